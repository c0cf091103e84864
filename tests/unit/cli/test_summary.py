"""The summary in all its editions by command: drafted, signed, approved, confirmed by headquarters, read back; and what is refused."""

from __future__ import annotations

import datetime
import re
from contextlib import closing
from pathlib import Path

import pikepdf
import pytest

from fieldtool.identity import envelope
from fieldtool.reports.pades import apply_signature, signer_of
from fieldtool.services import vaults
from tests.unit.cli.commands import PASSPHRASE, Desk, run

NOON = datetime.datetime(2022, 4, 16, 12, tzinfo=datetime.UTC)


def told(desk: Desk, **meeting: str) -> str:
    """A meeting with a note on record; the note's id."""
    fields = {"attribution": "on record by institution", "marking": "public", "state": "held", **meeting}
    (institution,) = desk.json(
        "add", "institutions", "--json-file", _json(desk, '{"name": {"en": "Sample Electoral Board"}, "type": "election management body"}')
    )["ids"]
    made = desk.add("meetings", start="2022-04-11T09:30", institutions=[institution], **fields)
    return desk.add("notes", meeting=made, kind="plan announced", text="A new calendar is planned.", cleared_by_speaker=True,
                    attribution=fields["attribution"], marking=fields["marking"], speakers=[institution])  # fmt: skip


def _json(desk: Desk, text: str) -> Path:
    path = desk.files / "institution.json"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def signed(head: Desk, hq: Desk, tmp_path: Path) -> Path:
    """A summary that the head signed, whose records headquarters has."""
    told(head)
    head.done("export", "summary", "--sign", "-o", tmp_path / "signed.pdf")
    head.done("export", "bundle", "--to", "hq", "-o", tmp_path / "final.ftbundle")
    hq.done("import", tmp_path / "final.ftbundle")
    return tmp_path / "signed.pdf"


def forge(expert: Desk, signed: Path, out: Path) -> None:
    """The head's document as it stood before it was signed, signed by the expert's own document key under their own card."""
    whole = signed.read_bytes()
    unsigned = whole[: whole.index(b"%%EOF") + len(b"%%EOF\n")]
    with closing(vaults.unlock_vault(expert.vault, PASSPHRASE)) as session:
        (visit,) = (v.id for v in session.visits())
        card = session.trust(visit).card_of(session.key, visit)
        assert card is not None
        assert card.document_certificate is not None
        chain = session.trust(visit).chain(card.document_certificate)
        pen = envelope.open_document_key(session.envelope, PASSPHRASE).carded(chain)
    out.write_bytes(apply_signature(unsigned, signer_of(pen), "HeadOfVisit", ["x"], "12355B", NOON, certify_document=True))


def test_the_shareable_edition_is_drafted_and_signed(head: Desk, tmp_path: Path) -> None:
    told(head)
    draft = head.json("export", "summary", "--edition", "shareable", "-o", tmp_path / "draft.pdf")
    assert (draft["edition"], draft["signed"]) == ("shareable", False)
    done = head.json("export", "summary", "--edition", "shareable", "--language", "en+ru", "--sign", "-o", tmp_path / "signed.pdf")
    assert {g["gap"] for g in done["gaps"]} >= {"priority-never-raised"}
    facts = head.json("verify", tmp_path / "signed.pdf")["files"][0]["facts"]
    assert (facts["record_sha256"], facts["level"]) == (done["record_sha256"], "B-B")
    assert [(s["edition"], s["sha256"]) for s in head.items("summaries")] == [("shareable", done["sha256"])]


def test_what_is_unfinished_is_listed_before_it_is_signed(head: Desk, tmp_path: Path) -> None:
    """A quote nobody cleared, a remark nobody settled, a recommendation spoken of without a conclusion; and mended, none of it."""
    note = told(head)
    recommendation = head.items("recommendations")[0]["id"]
    head.done("edit", note, "kind=quote", "cleared_by_speaker:=false", f"recommendations+={recommendation}")
    comment = head.add("comments", record=note, text="Ask once more.")
    assert gaps(head, tmp_path) >= {"quote-not-cleared": 1, "comment-open": 1, "finding-missing": 1}.items()
    head.done("edit", note, "cleared_by_speaker:=true")
    head.done("edit", comment, "settled:=true")
    head.add("findings", recommendation=recommendation, text="Under way.", state="agreed")
    assert not {"quote-not-cleared", "comment-open", "finding-missing"} & dict(gaps(head, tmp_path)).keys()


def gaps(head: Desk, tmp_path: Path) -> set[tuple[str, int]]:
    """What a draft says is missing."""
    return {(g["gap"], g["count"]) for g in head.json("export", "summary", "-o", tmp_path / "draft.pdf")["gaps"]}


def test_a_leak_is_refused_with_its_place_and_leaves_no_file(head: Desk, tmp_path: Path) -> None:
    told(head)
    head.add("people", name="Zarina Canaryova", protected=True)
    head.add("actions", description="Write to Zarina Canaryova.", state="open")
    for finish in ("--draft", "--sign"):
        outcome = head.run("--json", "export", "summary", "--edition", "shareable", finish, "-o", tmp_path / "leak.pdf")
        assert (outcome.code, outcome.json["error"]["code"]) == (1, "summary-leak")
        assert "actions[1]" in outcome.json["error"]["what"]
    assert not list(tmp_path.glob("*leak*"))
    assert not list(tmp_path.glob(".*leak*"))
    assert head.items("summaries") == []


def test_what_is_missing_is_listed_before_anything_is_signed(head: Desk, expert: Desk, tmp_path: Path) -> None:
    note = told(head)
    head.done("export", "bundle", "--to", "team", "-o", tmp_path / "1.ftbundle")
    expert.done("import", tmp_path / "1.ftbundle")
    head.done("edit", note, "marking=internal")
    expert.done("edit", note, "marking=restricted")
    expert.done("export", "bundle", "--to", "Elena Marković", "-o", tmp_path / "2.ftbundle")
    head.done("import", tmp_path / "2.ftbundle")
    outcome = head.run("export", "summary", "--sign", "-o", tmp_path / "no.pdf")
    assert outcome.code == 1
    lines = outcome.err.splitlines()
    assert lines[0].startswith("1 ×")
    assert "Settle them first" in lines[-1]
    assert not (tmp_path / "no.pdf").exists()


@pytest.mark.parametrize(("language", "says"), [("en", "Plans noted:"), ("ru", "Отмеченные планы:"), ("kk", "Атап өтілген жоспарлар:")])
def test_a_press_text_leaves_when_the_head_has_approved_these_words(
    head: Desk, expert: Desk, tmp_path: Path, language: str, says: str
) -> None:
    note = told(head)
    press = ("export", "summary", "--edition", "press", "--language", language, "-o", tmp_path / "press.txt")
    refused = head.run("--json", *press)
    assert (refused.code, refused.json["error"]["code"]) == (1, "press-unapproved")
    assert not (tmp_path / "press.txt").exists()
    draft = head.json(*press, "--draft")
    first = (tmp_path / "press.txt").read_text("utf-8").splitlines()[0]
    assert "–" in first
    assert draft["approved_by"] is None
    assert expert.run(*press, "--sign").code == 1
    approved = head.json(*press, "--sign")
    assert approved["approved_by"] == "Elena Marković"
    text = (tmp_path / "press.txt").read_text("utf-8")
    assert says in text
    assert first not in text
    head.done("export", "bundle", "--to", "team", "-o", tmp_path / "1.ftbundle")
    expert.done("import", tmp_path / "1.ftbundle")
    assert expert.json(*press)["sha256"] == approved["sha256"]
    head.done(*press, "--sign")
    assert len(head.items("summaries")) == 1  # the same words are approved once
    head.done("edit", note, "text=A new calendar and a new list are planned.")
    assert head.run(*press).code == 1  # these words nobody has approved


def test_an_expert_cannot_approve_by_writing_the_record(expert: Desk, tmp_path: Path) -> None:
    told(expert)
    path = tmp_path / "approval.json"
    path.write_text('{"edition": "press", "language": "en", "sha256": "%s"}' % ("0" * 64), encoding="utf-8")
    outcome = expert.run("--json", "add", "summaries", "--json-file", path)
    assert (outcome.code, outcome.json["error"]["code"]) == (1, "role-needed")


def test_kazakh_is_for_the_press_text_alone(head: Desk, tmp_path: Path) -> None:
    told(head)
    outcome = head.run("--json", "export", "summary", "--language", "kk", "-o", tmp_path / "no.pdf")
    assert (outcome.code, outcome.json["error"]["code"]) == (1, "value-refused")


def test_the_verdict_is_told_in_russian_to_the_last_word(signed: Path, head: Desk, made: Path, tmp_path: Path) -> None:
    """Of a good file, an altered one, a torn bundle and a request; names and technical names apart, nothing English is left."""
    altered, torn = tmp_path / "altered.pdf", tmp_path / "torn.ftbundle"
    altered.write_bytes(signed.read_bytes() + b"\n%\n")
    torn.write_bytes((made / "team" / "visit.ftbundle").read_bytes()[:3000])
    outcome = head.run("--lang", "ru", "verify", signed, altered, torn, made / "team" / "visit.ftbundle", head.files / "me.ftrequest")
    assert "Подпись: Elena Marković, руководитель визита; ключ заверен: Katarina Holm" in outcome.out
    assert "приложенная запись совпадает; время не подтверждено службой меток времени (PAdES B-B)" in outcome.out
    assert "после последней подписи что-то добавлено или изменено" in outcome.err
    assert "как бывает, когда копия оборвана" in outcome.err
    names = r"\w+\.(pdf|ft\w+)|Elena Marković|Katarina Holm|UTC|PAdES B-B|PDF|([a-z]+-){11}[a-z]+"
    assert re.findall(r"[A-Za-z]{2,}", re.sub(names, "", outcome.out + outcome.err)) == []


def test_headquarters_confirms_and_everybody_sees_it(signed: Path, head: Desk, hq: Desk, tmp_path: Path) -> None:
    before = signed.read_bytes()
    done = hq.json("hq", "confirm", signed, "-o", tmp_path / "confirmed.pdf")
    assert signed.read_bytes() == before
    (judged,) = head.json("verify", tmp_path / "confirmed.pdf")["files"]
    assert judged["facts"]["confirmed"] is True
    assert "; confirmed by headquarters" in judged["sentence"]
    assert [s["signer"] for s in judged["facts"]["signatures"]] == ["Elena Marković", "Katarina Holm"]
    assert hq.items("visits")[0]["state"] == "confirmed"
    assert done["sha256"] in {s["sha256"] for s in hq.items("summaries")}
    hq.done("export", "bundle", "--to", "team", "-o", tmp_path / "confirmed.ftbundle")
    head.done("import", tmp_path / "confirmed.ftbundle")
    assert head.items("visits")[0]["state"] == "confirmed"
    head.done("export", "attachment", done["attachment"], "-o", tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_bytes() == (tmp_path / "confirmed.pdf").read_bytes()
    again = hq.run("--json", "hq", "confirm", tmp_path / "confirmed.pdf", "-o", tmp_path / "twice.pdf")
    assert (again.code, again.json["error"]["code"]) == (1, "summary-confirmed")
    assert not (tmp_path / "twice.pdf").exists()


def test_headquarters_confirms_only_what_is_proven_and_recorded(signed: Path, head: Desk, hq: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert head.run("hq", "confirm", signed, "-o", out).code == 1  # not for the head
    assert hq.run("hq", "confirm", signed, "-o", signed).code == 1  # nor over the head's own
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(signed.read_bytes() + b"\n% more")
    assert hq.run("hq", "confirm", broken, "-o", out).code == 3
    head.done("export", "summary", "--draft", "-o", tmp_path / "draft.pdf")
    assert hq.run("hq", "confirm", tmp_path / "draft.pdf", "-o", out).code == 3
    head.done("export", "summary", "--edition", "shareable", "--sign", "-o", tmp_path / "other.pdf")
    unknown = hq.run("--json", "hq", "confirm", tmp_path / "other.pdf", "-o", out)
    assert (unknown.code, unknown.json["error"]["code"]) == (1, "summary-unrecorded")
    assert not out.exists()
    assert hq.items("visits")[0]["state"] != "confirmed"


def test_a_revoked_heads_summary_is_refused_unless_a_record_still_believed_names_it(
    signed: Path, head: Desk, hq: Desk, tmp_path: Path
) -> None:
    confirmed, late, out = tmp_path / "confirmed.pdf", tmp_path / "late.pdf", tmp_path / "out.pdf"
    hq.done("hq", "confirm", signed, "-o", confirmed)
    head.done("export", "summary", "--sign", "-o", late)
    assert hq.run("verify", late).code == 0
    hq.done("people", "revoke", "Elena Marković")
    for stolen in (late, signed):
        refused = hq.run("--json", "verify", stolen)
        believed = stolen is signed
        assert refused.code == (0 if believed else 3), refused
        (told_of,) = refused.json["files"]
        assert (told_of["error"] or {}).get("code") == (None if believed else "pdf-revoked")
    assert hq.run("verify", confirmed).code == 0
    for words in (("import", late), ("hq", "confirm", late, "-o", out)):
        assert hq.run(*words).code == 3
    # The stolen laptop can still send a record that names its file; that record is not believed either.
    head.done("export", "bundle", "--to", "hq", "-o", tmp_path / "late.ftbundle")
    hq.run("import", tmp_path / "late.ftbundle")
    assert hq.run("verify", late).code == 3


def test_a_summary_signed_with_the_card_of_somebody_who_does_not_lead_is_refused(
    signed: Path, expert: Desk, hq: Desk, tmp_path: Path
) -> None:
    """An expert has a document key under the same root: the chain holds, and the card says that they do not lead."""
    forged = tmp_path / "forged.pdf"
    forge(expert, signed, forged)
    assert hq.run("--json", "verify", forged).json["files"][0]["error"]["code"] == "pdf-not-leading"
    assert [hq.run(*words).code for words in (("verify", forged), ("import", forged))] == [3, 3]


def test_headquarters_reads_a_summary_back_and_keeps_it(signed: Path, hq: Desk, tmp_path: Path) -> None:
    (dry,) = hq.json("import", signed, "--dry-run")["files"]
    assert (dry["type"], dry["changes"], dry["detail"]["attachment"]) == ("summary", 0, None)
    assert hq.items("attachments") == []
    (taken,) = hq.json("import", signed)["files"]
    facts = taken["detail"]
    assert (taken["sender"], taken["known"], facts["recorded"], facts["confirmed"]) == ("Elena Marković", False, True, False)
    assert (facts["reference"], facts["edition"]) == ("KAZ-2022-1", "internal")
    assert (facts["holds"]["meetings"], facts["holds"]["recommendations"]) == (1, 25)
    (kept,) = hq.items("attachments")
    assert (kept["id"], kept["name"], kept["sha256"]) == (facts["attachment"], "signed.pdf", facts["sha256"])
    hq.done("export", "attachment", kept["id"], "-o", tmp_path / "kept.pdf")
    assert (tmp_path / "kept.pdf").read_bytes() == signed.read_bytes()
    (again,) = hq.json("import", signed)["files"]
    assert (again["known"], again["changes"]) == (True, 0)
    assert len(hq.items("attachments")) == 1
    assert "signed by Elena Marković" in hq.done("import", signed).out


def test_a_summary_whose_records_have_not_come_is_kept_and_said_to_be_unnamed(head: Desk, hq: Desk, tmp_path: Path) -> None:
    told(head)
    head.done("export", "summary", "--sign", "-o", tmp_path / "early.pdf")
    outcome = hq.run("import", tmp_path / "early.pdf")
    assert outcome.code == 0
    assert "no record here names it" in outcome.err


def test_a_summary_that_is_not_proven_is_not_taken_in(signed: Path, head: Desk, hq: Desk, tmp_path: Path) -> None:
    whole = signed.read_bytes()
    head.done("export", "summary", "--draft", "-o", tmp_path / "draft.pdf")
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 1
    for name, content in (("cut.pdf", whole[:-2000]), ("more.pdf", whole + b"%"), ("flip.pdf", bytes(flipped)), ("no.pdf", b"%PDF-1.7\n")):
        (tmp_path / name).write_bytes(content)
        assert hq.run("import", tmp_path / name).code == 3, name
    assert hq.run("import", tmp_path / "draft.pdf").code == 3
    with pikepdf.open(signed) as pdf:  # nothing left but the pages: it is still no report
        del pdf.Root.AcroForm, pdf.Root.Names, pdf.trailer.Info, pdf.Root.Metadata
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj.Annots
        pdf.save(tmp_path / "pages.pdf")
    assert hq.run("import", tmp_path / "pages.pdf").code == 3
    assert hq.items("attachments") == []


def test_a_summary_of_another_organisation_is_not_taken_in(head: Desk, made: Path, tmp_path: Path) -> None:
    lone = Desk(tmp_path / "lone", tmp_path)
    lone.done("init", "--name", "Elena Marković", "--organisation", "Sample Organisation", "--recovery-sheet", tmp_path / "s.txt")
    told(head)
    head.done("export", "summary", "--sign", "-o", tmp_path / "theirs.pdf")
    outcome = lone.run("--json", "import", tmp_path / "theirs.pdf")
    assert (outcome.code, outcome.json["files"][0]["error"]["code"]) == (3, "pdf-untrusted")
    assert run("verify", tmp_path / "theirs.pdf", "--trust", tmp_path / "none.pem").code == 1
