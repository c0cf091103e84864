"""Recording without a screen: lists, additions, edits, histories, searches, and what each refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.commands import Desk


def test_lists_are_one_object_sorted_by_id(hq: Desk) -> None:
    said = hq.json("list", "recommendations")
    assert said.keys() == {"kind", "total", "items"}
    assert (said["kind"], said["total"]) == ("recommendations", 25)
    ids = [item["id"] for item in said["items"]]
    assert ids == sorted(ids)
    first = next(item for item in said["items"] if item["number"] == 1)
    assert first["key"] == "KAZ-2021-PAR-P-01"
    assert first["class"] == "priority"
    assert first["themes"] == ["fundamental freedoms"]
    assert first["addressees"] == ["Ministry of Information and Social Development", "Ministry of Justice", "Parliament"]
    assert hq.json("list", "recommendation") == said  # the singular is understood


def test_lists_are_equal_byte_for_byte_on_vaults_that_hold_the_same(hq: Desk, head: Desk, expert: Desk) -> None:
    for kind in ("recommendations", "reports", "visits", "conflicts", "proposals"):
        said = [desk.done("list", kind, "--json").out for desk in (hq, head, expert)]
        assert said[0] == said[1] == said[2], kind


def test_filters(hq: Desk) -> None:
    assert len(hq.items("recommendations", "--filter", "class=priority")) == 6
    both = hq.items("recommendations", "--filter", "class=other", "--filter", "themes=media")
    assert sorted(r["number"] for r in both) == [17, 18]
    assert [r["number"] for r in hq.items("recommendations", "--filter", "text=INSULT")] == [17]
    assert hq.run("list", "recommendations", "--filter", "zebra=1").code == 1
    assert hq.run("list", "recommendations", "--filter", "zebra").code == 1
    assert len(hq.items("bundles", "--filter", "direction=out")) == 1
    assert hq.run("list", "bundles", "--filter", "zebra=1").code == 1


def test_the_table_for_people_has_a_line_for_each(hq: Desk) -> None:
    lines = hq.done("list", "recommendations").out.splitlines()
    assert len(lines) == 27
    assert lines[0].split() == ["id", "key", "themes", "text"]
    assert lines[-1] == "25 in all."


@pytest.mark.parametrize("kind", ["zebras", "cards", "revocation", ""])
def test_unknown_kinds(hq: Desk, kind: str) -> None:
    outcome = hq.run("list", kind)
    assert outcome.code == 1
    assert "recommendations" in outcome.err
    assert "quarantine" in outcome.err


def test_add_edit_history_delete(expert: Desk) -> None:
    (visit,) = expert.items("visits")
    meeting = expert.add("meetings", visit=visit["id"], start="2022-04-11T09:30", attribution="Chatham House", languages=["en", "ru"])
    note = expert.add("notes", meeting=meeting, kind="statement", text="Комиссия готова публиковать протоколы.", language="ru")
    expert.done("edit", note, "text=Комиссия готова публиковать повестки и протоколы.", "through_interpreter=yes", "kind=commitment")
    expert.done("edit", meeting, "languages+=kk", "languages-=en", "marking=restricted", "place=")
    (shown,) = expert.items("notes")
    assert (shown["kind"], shown["through_interpreter"]) == ("commitment", True)
    (shown,) = expert.items("meetings")
    assert (shown["languages"], shown["marking"], shown["place"]) == (["kk", "ru"], "restricted", None)
    changes = expert.json("history", note)["changes"]
    texts = [c["value"] for c in changes if c["field"] == "text"]
    assert texts[-1] == "Комиссия готова публиковать повестки и протоколы."
    assert {c["author"] for c in changes} == {"Tomas Lindqvist"}
    assert [c["value"] for c in changes if c["field"] == "text" and c["current"]] == texts[-1:]
    expert.done("delete", note)
    assert expert.items("notes") == []
    assert any(c["field"] == "deleted" for c in expert.json("history", note)["changes"])


def test_edits_with_json_elements_and_numbers(hq: Desk) -> None:
    court = hq.add("institutions", name={"en": "Supreme Court"}, type="court")
    hq.done("edit", court, "name/ru=Верховный суд", "name/en:=null", 'country="KAZ"'.replace('"', ""))
    (shown,) = hq.items("institutions")
    assert shown["name"] == {"ru": "Верховный суд"}
    assert shown["country"] == "KAZ"
    (report,) = hq.items("reports")
    hq.done(
        "edit", report["id"], "recommendation_count=25", "early=no", "election_types=parliamentary,local", 'election_dates:=["2021-01-10"]'
    )
    (shown,) = hq.items("reports")
    assert (shown["recommendation_count"], shown["early"], shown["election_types"]) == (25, False, ["local", "parliamentary"])
    assert shown["election_dates"] == ["2021-01-10"]


def test_refused_edits_change_nothing(hq: Desk) -> None:
    court = hq.add("institutions", name={"en": "Supreme Court"}, type="court")
    before = hq.done("--json", "list", "institutions").out
    for change in ("zebra=1", "type=zebra", "type", "=court", "name/en:=1", "name:=[", "country:=5", "name:=null", "type="):
        outcome = hq.run("edit", court, "country=KAZ", change)
        assert (outcome.code, outcome.out) == (1, ""), change
    assert hq.done("--json", "list", "institutions").out == before


BROKEN_JSON = (
    *("", "{", "[]", "[1]", '"text"', '{"number": NaN}', '{"a": 1, "a": 2}', '{"zebra": 1}', '{"kind": "zebra", "text": "t"}'),
    *("\ufeff[[]]", "[" * 5000, '{"kind": "statement", "text": 1.5}', '{"kind": "statement", "text": "\\ud800"}'),
)


def test_refused_json_files_add_nothing(expert: Desk) -> None:
    path = expert.files / "notes.json"
    for content in BROKEN_JSON:
        path.write_text(content, encoding="utf-8")
        assert expert.run("add", "notes", "--json-file", path).code == 1, content[:20]
    assert expert.items("notes") == []


def test_one_bad_object_of_many_adds_none(expert: Desk) -> None:
    path = expert.files / "notes.json"
    path.write_text(json.dumps([{"kind": "statement", "text": "good"}, {"kind": "zebra", "text": "bad"}]))
    assert expert.run("add", "notes", "--json-file", path).code == 1
    assert expert.items("notes") == []
    assert expert.run("add", "notes", "--json-file", expert.files / "none.json").code == 1
    path.write_bytes(b"\xff\xfe")
    assert expert.run("add", "notes", "--json-file", path).code == 1


def test_what_headquarters_alone_may_write(expert: Desk) -> None:
    (first, *_) = expert.items("recommendations")
    outcome = expert.run("edit", first["id"], "text=Other words")
    assert outcome.code == 1
    assert "set by headquarters only" in outcome.err


def test_unknown_records(hq: Desk) -> None:
    for name in ("ffffffff", "01", "zebra", "", "00000000-0000-0000-0000-000000000000"):
        for words in (["history", name], ["delete", name], ["edit", name, "text=x"]):
            outcome = hq.run(*words)
            assert (outcome.code, outcome.out) == (1, ""), words


def test_an_id_may_be_shortened_until_it_is_not_clear(hq: Desk) -> None:
    ids = [r["id"] for r in hq.items("recommendations")]
    assert hq.run("history", ids[0][:8]).code == 1  # made within one minute: they begin alike
    assert "More than one record begins with" in hq.run("history", ids[0][:8]).err
    assert hq.json("history", ids[0])["id"] == ids[0]


def test_the_base_of_an_edit_is_named(expert: Desk) -> None:
    note = expert.add("notes", kind="statement", text="first")
    (base,) = [c["change"] for c in expert.json("history", note)["changes"] if c["field"] == "text"]
    assert expert.run("edit", note, "text=second", "--base", "0123456789abcdef-7").code == 1
    other = next(c["change"] for c in expert.json("history", note)["changes"] if c["field"] == "kind")
    assert expert.run("edit", note, "text=second", "--base", other).code == 1
    expert.done("edit", note, "text=second", "--base", base)
    assert expert.items("notes")[0]["text"] == "second"


def test_search_in_any_script(expert: Desk) -> None:
    expert.add("notes", kind="statement", text="Ведомство обсудит ЁЛКИ и протоколы.")
    for query, total in (("елки", 1), ("ПРОТОКОЛЫ", 1), ("zebra", 0), ("insult journalists", 1)):
        said = expert.json("search", query)
        assert said["total"] == total, query
    assert expert.json("search", "election", "--limit", "2")["total"] == 2
    assert "1 found." in expert.done("search", "елки").out


def test_attachments_go_in_and_come_out(expert: Desk) -> None:
    (visit,) = expert.items("visits")
    meeting = expert.add("meetings", visit=visit["id"], start="2022-04-11T09:30")
    paper = expert.files / "draft-law.txt"
    paper.write_bytes(b"\x00Article 1\xff")
    (made,) = expert.json("attach", meeting, paper, "--source", "Ministry", "--marking", "internal")["ids"]
    (shown,) = expert.items("attachments")
    assert (shown["name"], shown["size"], shown["source"], shown["marking"]) == ("draft-law.txt", 11, "Ministry", "internal")
    expert.done("export", "attachment", made, "-o", expert.files / "out.txt")
    assert (expert.files / "out.txt").read_bytes() == paper.read_bytes()
    assert expert.run("export", "attachment", made, "-o", expert.files / "out.txt").code == 1  # never over another file
    assert expert.run("attach", meeting, expert.files / "none.txt").code == 1
    assert expert.run("attach", meeting, paper, "--marking", "zebra").code == 1


def test_what_people_read_of_a_history(expert: Desk) -> None:
    note = expert.add("notes", kind="statement", text="Nobody objected.")
    said = expert.done("--lang", "ru", "history", note).out
    assert "Tomas Lindqvist" in said
    assert "Текст: Nobody objected." in said
    assert "Вид: statement" in said


def test_tables_for_spreadsheets(hq: Desk, tmp_path: Path) -> None:
    for suffix in ("xlsx", "csv", "json"):
        out = tmp_path / f"recommendations.{suffix}"
        assert hq.json("export", "table", "recommendations", "-o", out)["rows"] == 25
        assert out.stat().st_size > 1000
    assert hq.run("export", "table", "recommendations", "-o", tmp_path / "list.docx").code == 1
    assert hq.run("export", "table", "zebras", "-o", tmp_path / "list.csv").code == 1
    assert hq.run("export", "table", "recommendations", "-o", tmp_path / "none" / "list.csv").code == 1


def test_a_meeting_does_not_end_before_it_starts(expert: Desk, tmp_path: Path) -> None:
    source = tmp_path / "meeting.json"
    (visit,) = expert.items("visits")
    times = {"start": "2022-04-14T09:00", "end": "2022-04-14T10:00"}
    made = expert.add("meetings", visit=visit["id"], **times)
    before = expert.done("--json", "list", "meetings").out
    for wrong in ({"start": "2022-04-14T10:01"}, {"end": "2022-04-14T08:59"}, {"end": "2022-04-13T23:00"}):
        source.write_text(json.dumps({"visit": visit["id"]} | times | wrong))
        edited = [f"{name}={word}" for name, word in wrong.items()]
        for words in (("add", "meetings", "--json-file", source), ("edit", made, "place=Room 4", *edited)):
            refused = expert.run("--json", *words)
            assert (refused.code, refused.json["error"]["code"]) == (1, "ends-before-start"), words
    assert expert.done("--json", "list", "meetings").out == before
    expert.done("edit", made, f"end={times['start']}")  # what is over at once is odd and no contradiction
    expert.done("edit", made, "start=2022-04-15T09:00", "end=2022-04-15T10:00")  # together they may pass each other's old values
    expert.done("edit", made, "end=")


@pytest.mark.parametrize("wrong", ["2022-04-31T09:00", "2022-04-14T24:00", "2022-04-14T09:60", "2022-04-14 09:00", "9:00"])
def test_a_wrong_time_is_called_a_time(expert: Desk, tmp_path: Path, wrong: str) -> None:
    (visit,) = expert.items("visits")
    source = tmp_path / "meeting.json"
    source.write_text(json.dumps({"visit": visit["id"], "start": wrong}))
    refused = expert.run("add", "meetings", "--json-file", source)
    assert refused.code == 1
    assert "time" in refused.err
    assert "date" not in refused.err


def test_likely_duplicates_are_listed_joined_and_parted(hq: Desk) -> None:
    first = hq.add("institutions", name={"en": "Supreme Court"}, type="court")
    second = hq.add("institutions", name={"en": "Supreme  court"}, type="court")
    ours = {first, second}

    def offered() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = hq.json("duplicates", "list")["items"]
        return [i for i in items if {i["first"], i["second"]} == ours]

    (pair,) = offered()
    assert (pair["kind"], pair["why"], pair["titles"]) == ("institution", "same-name", ["Supreme Court", "Supreme court"])
    assert "same name" in hq.done("duplicates", "list").out
    hq.done("duplicates", "join", pair["first"], pair["second"])
    assert offered() == []
    hq.done("duplicates", "part", first, second)
    assert offered() == [pair]
    report = hq.items("reports")[0]["id"]
    refused = hq.run("duplicates", "join", first, report)
    assert refused.code == 1
    assert hq.run("duplicates", "join", first, "zzzz").code == 1
