"""Files in and out by command: people, bundles, receipts, conflicts, proposals, verification, and many files at once."""

from __future__ import annotations

import json
import random
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from fieldtool import resources
from tests.unit.cli.commands import PASSPHRASE, Desk, make_headquarters, passphrase_file, run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Another organisation, and a bundle of it."""
    desk = make_headquarters(tmp_path_factory.mktemp("strangers"))
    newcomer = Desk(desk.files / "newcomer", desk.files)
    newcomer.done("init", "--name", "Nobody Known", "--quiet", "--recovery-sheet", desk.files / "sheet-2.txt")
    newcomer.done("identity", "request", desk.files / "me.ftrequest")
    desk.done("people", "add", desk.files / "me.ftrequest", "--role", "expert")
    desk.done("export", "bundle", "--to", "team", "-o", desk.files / "foreign.ftbundle")
    return desk


def test_init_says_what_people_compare(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault", tmp_path)
    said = desk.json("init", "--name", "ნინო ბერაძე", "--name-latin", "Nino Beradze")
    assert said["name"] == "ნინო ბერაძე"
    assert len(said["fingerprint"]) == 64
    assert len(said["words"].split("-")) == 12
    assert "organisation" not in said
    again = desk.run("init", "--name", "Somebody Else")
    assert (again.code, again.out) == (1, "")
    shown = desk.json("identity", "show")
    assert (shown["fingerprint"], shown["organisation"], shown["cards"]) == (said["fingerprint"], None, [])


def test_init_refuses_what_would_lose_something(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault", tmp_path)
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("somebody's file")
    assert desk.run("init", "--name", "A", "--recovery-sheet", sheet).code == 1
    assert desk.run("init", "--name", "  ").code == 1
    assert run("--vault", desk.vault, "init", "--name", "A").code == 1  # no passphrase
    assert not desk.vault.exists()
    assert sheet.read_text() == "somebody's file"
    weak = run("--vault", desk.vault, "--passphrase-file", passphrase_file(tmp_path, "password"), "init", "--name", "A")
    assert weak.code == 0
    assert "weak" in weak.err


def test_people_by_command(hq: Desk) -> None:
    people = hq.json("people", "list")["people"]
    assert [(p["name"], p["role"], p["state"]) for p in people] == [
        ("Elena Marković", "head", "valid"),
        ("Katarina Holm", "hq", "valid"),
        ("Tomas Lindqvist", "expert", "valid"),
    ]
    assert "Tomas Lindqvist" in hq.done("people", "list").out
    hq.done("people", "revoke", "Tomas Lindqvist", "--reason", "laptop stolen")
    states = {p["name"]: p["state"] for p in hq.json("people", "list")["people"]}
    assert states["Tomas Lindqvist"] == "revoked"
    assert hq.run("people", "revoke", "Nobody").code == 1


def test_only_headquarters_gives_cards(hq: Desk, head: Desk, expert: Desk) -> None:
    outcome = head.run("people", "add", expert.files / "me.ftrequest", "--role", "expert")
    assert outcome.code == 1
    assert "headquarters" in outcome.err
    broken = expert.files / "broken.ftrequest"
    broken.write_bytes((expert.files / "me.ftrequest").read_bytes().replace(b"Tomas", b"Roman"))
    assert hq.run("people", "add", broken, "--role", "expert").code == 3
    assert hq.run("people", "add", expert.files / "none", "--role", "expert").code == 1


def test_the_head_accepts_a_newcomer_by_voice(head: Desk, tmp_path: Path) -> None:
    newcomer = Desk(tmp_path / "newcomer", tmp_path)
    words = newcomer.json("init", "--name", "Zoe Newcomer")["words"]
    newcomer.done("identity", "request", tmp_path / "new.ftrequest")
    (read,) = head.json("import", tmp_path / "new.ftrequest")["files"]
    assert (read["type"], read["detail"]["words"]) == ("request", words)
    wrong = "-".join(reversed(words.split("-")))
    assert head.run("people", "accept", wrong, "--request", tmp_path / "new.ftrequest").code == 3
    said = head.json("people", "accept", words, "--request", tmp_path / "new.ftrequest")["card"]
    assert (said["name"], said["role"], said["state"]) == ("Zoe Newcomer", "expert", "accepted by voice")


def test_the_first_visit_file_needs_a_comparison(hq: Desk, tmp_path: Path) -> None:
    newcomer = Desk(tmp_path / "newcomer", tmp_path)
    newcomer.done("init", "--name", "Zoe Newcomer", "--recovery-sheet", tmp_path / "s.txt")
    newcomer.done("identity", "request", tmp_path / "new.ftrequest")
    hq.done("people", "add", tmp_path / "new.ftrequest", "--role", "expert")
    hq.done("export", "bundle", "--to", "Zoe Newcomer", "-o", tmp_path / "visit.ftbundle")
    root = hq.json("identity", "show")["organisation"]
    outcome = newcomer.run("import", tmp_path / "visit.ftbundle")
    assert outcome.code == 1
    assert root["words"] in outcome.err
    assert newcomer.run("import", tmp_path / "visit.ftbundle", "--expect-root", "0" * 64).code == 3
    assert newcomer.items("recommendations") == []
    (dry,) = newcomer.json("import", tmp_path / "visit.ftbundle", "--expect-root", root["words"], "--dry-run")["files"]
    assert dry["changes"] > 200
    assert newcomer.items("recommendations") == []
    newcomer.done("import", tmp_path / "visit.ftbundle", "--expect-root", root["fingerprint"])
    assert len(newcomer.items("recommendations")) == 25
    assert newcomer.json("identity", "show")["cards"] == [{"visit": "KAZ-2022-1", "role": "expert"}]


def test_a_fresh_process_verifies_and_imports(made: Path, hq: Desk) -> None:
    """Nothing that another command of this process has loaded may be needed."""
    team = made / "team"
    options = f"--vault {hq.vault} --passphrase-file {hq.files / 'passphrase.txt'} --json verify {team / 'visit.ftbundle'}"
    done = subprocess.run([sys.executable, "-m", "fieldtool", *options.split()], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"][0]["proven"] is True


def test_a_conflict_is_shown_and_settled(head: Desk, expert: Desk, tmp_path: Path) -> None:
    (visit,) = head.items("visits")
    meeting = head.add("meetings", visit=visit["id"], start="2022-04-11T09:30", summary="They agreed.")
    head.done("export", "bundle", "--to", "team", "-o", tmp_path / "1.ftbundle")
    expert.done("import", tmp_path / "1.ftbundle")
    head.done("edit", meeting, "summary=They agreed on the calendar.")
    expert.done("edit", meeting, "summary=They agreed, with doubts.")
    expert.done("export", "bundle", "--to", "Elena Marković", "-o", tmp_path / "2.ftbundle")
    (taken,) = head.json("import", tmp_path / "2.ftbundle")["files"]
    assert taken["conflicts"] == 1
    (conflict,) = head.items("conflicts")
    assert {v["author"]: v["value"] for v in conflict["versions"]} == {
        "Elena Marković": "They agreed on the calendar.",
        "Tomas Lindqvist": "They agreed, with doubts.",
    }
    assert head.json("conflicts", "list")["items"] == [conflict]
    shown = head.json("conflicts", "show", conflict["id"])["conflict"]
    assert shown["base"] == "They agreed."
    assert "with doubts" in shown["proposal"]
    assert "They agreed, with doubts." in head.done("conflicts", "show", meeting).out
    blind = head.run("edit", meeting, "summary=Something else")
    assert blind.code == 1  # which version was seen?
    assert head.run("conflicts", "resolve", meeting, "--take", "0123456789abcdef-1").code == 1
    assert head.run("conflicts", "resolve", "ffffffff", "--take", conflict["versions"][0]["change"]).code == 1
    said = head.json("conflicts", "resolve", meeting, "--take", conflict["versions"][0]["change"])
    assert said["left"] == 0
    assert head.items("meetings")[0]["summary"] == conflict["versions"][0]["value"]
    assert head.run("conflicts", "show", meeting).code == 1


def test_a_conflict_is_settled_in_new_words(head: Desk, expert: Desk, tmp_path: Path) -> None:
    (visit,) = head.items("visits")
    for desk, text in ((head, "Nobody objected."), (expert, "Somebody objected.")):
        desk.done("edit", visit["id"], f"purpose={text}") if desk is head else desk.done("edit", visit["id"], f"deviations={text}")
    note = head.add("notes", visit=visit["id"], kind="statement", text="one")
    head.done("export", "bundle", "--to", "team", "-o", tmp_path / "1.ftbundle")
    expert.done("import", tmp_path / "1.ftbundle")
    head.done("edit", note, "text=one head")
    expert.done("edit", note, "text=one expert")
    expert.done("export", "bundle", "--to", "Elena Marković", "-o", tmp_path / "2.ftbundle")
    head.done("import", tmp_path / "2.ftbundle")
    words = tmp_path / "words.txt"
    words.write_text("one, both\nin two lines\n", encoding="utf-8")
    head.done("conflicts", "resolve", note, "--text-file", words)
    assert head.items("notes")[0]["text"] == "one, both\nin two lines"


def test_many_files_the_good_ones_taken_the_highest_code_returned(hq: Desk, expert: Desk, strangers: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="good")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    expert.done("export", "bundle", "--to", "hq", "-o", inbox / "3-good.ftbundle")
    whole = (inbox / "3-good.ftbundle").read_bytes()
    (inbox / "1-cut.ftbundle").write_bytes(whole[: len(whole) // 2])
    (inbox / "2-letter.docx").write_bytes(bytes(range(256)) * 30)
    (inbox / "4-foreign.ftbundle").write_bytes((strangers.files / "foreign.ftbundle").read_bytes())
    (inbox / ".hidden").write_bytes(b"not looked at")
    outcome = hq.run("--json", "import", inbox)
    assert outcome.code == 3
    files = {Path(f["file"]).name: f for f in outcome.json["files"]}
    assert {name: f["exit_code"] for name, f in files.items()} == {
        "1-cut.ftbundle": 3,
        "2-letter.docx": 1,
        "3-good.ftbundle": 0,
        "4-foreign.ftbundle": 1,
    }
    assert files["3-good.ftbundle"]["sender"] == "Tomas Lindqvist"
    assert [n["text"] for n in hq.items("notes")] == ["good"]
    assert len(hq.items("quarantine")) >= 1
    assert outcome.err.count("\n") == 3
    (again,) = hq.json("import", inbox / "3-good.ftbundle")["files"]
    assert (again["known"], again["changes"]) == (True, 0)


def test_flipped_bundles_change_no_record(hq: Desk, expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="good")
    path = tmp_path / "b.ftbundle"
    expert.done("export", "bundle", "--to", "hq", "-o", path)
    whole, dice = path.read_bytes(), random.Random(3)
    paths = []
    for n in range(12):
        flipped = bytearray(whole)
        flipped[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        paths.append(tmp_path / f"flipped-{n}.ftbundle")
        paths[-1].write_bytes(flipped)
    outcome = hq.run("--json", "import", *paths)
    assert outcome.code == 3
    assert all(f["exit_code"] in (1, 3) for f in outcome.json["files"])
    assert hq.items("notes") == []


def test_an_import_is_undone_and_taken_in_again(head: Desk, expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="good")
    expert.done("export", "bundle", "--to", "Elena Marković", "-o", tmp_path / "b.ftbundle")
    head.done("import", tmp_path / "b.ftbundle")
    number = head.items("bundles", "--filter", "file=b.ftbundle")[0]["id"]
    head.done("import", "--undo", number)
    assert head.items("notes") == []
    head.done("import", tmp_path / "b.ftbundle")
    assert len(head.items("notes")) == 1
    assert head.run("import", "--undo", 999).code == 1
    assert head.run("import").code == 1


def test_proposals_are_answered(head: Desk, expert: Desk, tmp_path: Path) -> None:
    assert head.json("proposals", "list") == {"kind": "proposals", "total": 0, "items": []}
    assert head.run("proposals", "accept", "0123456789abcdef-1").code == 1
    assert head.run("proposals", "decline", "zebra").code == 1


def test_bundles_for_mail_and_for_nobody(hq: Desk, expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="good")
    assert expert.run("export", "bundle", "--to", "Nobody", "-o", tmp_path / "b.ftbundle").code == 1
    for size in ("zebra", "10 parsecs", "5MBMB", "1", "0"):
        assert expert.run("export", "bundle", "--to", "hq", "--max-size", size, "-o", tmp_path / "b.ftbundle").code == 1, size
    assert list(tmp_path.glob("*.ftbundle*")) == []
    said = expert.json("export", "bundle", "--to", "hq", "--max-size", "10MB", "-o", tmp_path / "b.ftbundle")
    (one,) = said["files"]
    assert one["recipients"] == ["Katarina Holm"]
    assert (tmp_path / "b.ftbundle").stat().st_size == one["size"]
    hq.done("import", tmp_path / "b.ftbundle")
    assert expert.run("export", "bundle", "--to", "hq", "-o", tmp_path / "none" / "b.ftbundle").code == 1


def test_receipts_confirm(hq: Desk, expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="good")
    expert.done("export", "bundle", "--to", "hq", "-o", tmp_path / "b.ftbundle")
    said = hq.json("hq", "import", tmp_path / "b.ftbundle", "--receipts", tmp_path / "receipts")
    (receipt,) = said["receipts"]
    said = hq.json("hq", "status")
    (status,) = [s for s in said["senders"] if s["bundles"]]
    assert all((s["missing"], s["last"]) == (0, None) for s in said["senders"] if not s["bundles"])
    assert [(c["senders"], c["silent"]) for c in said["countries"]] == [(1, len(said["senders"]) - 1)]
    assert (status["name"], status["missing"], status["not_come"]) == ("Tomas Lindqvist", 0, [])
    assert "KAZ-2022-1" in hq.done("hq", "status").out
    hq.done("export", "receipt", "--for", tmp_path / "b.ftbundle", "-o", tmp_path / "again.ftreceipt")
    assert expert.run("wipe", "--yes").code == 1  # not confirmed yet
    (taken,) = expert.json("import", receipt)["files"]
    assert taken["type"] == "receipt"
    outcome = expert.run("export", "bundle", "--to", "hq", "-o", tmp_path / "c.ftbundle")
    assert outcome.code == 1
    assert "confirmed everything" in outcome.err
    assert hq.run("export", "receipt", "--for", tmp_path / "receipts", "-o", tmp_path / "x").code == 1
    assert hq.run("hq", "import", tmp_path / "b.ftbundle", "--database", "postgresql://server/db").code == 1
    assert expert.run("hq", "import", tmp_path / "b.ftbundle").code == 1  # only headquarters has an inbox
    assert expert.json("wipe", "--yes")["removed"] == ["keys.json", "vault.db"]
    assert not list(expert.vault.iterdir())


def test_verify_without_a_vault(made: Path, hq: Desk, strangers: Desk, tmp_path: Path) -> None:
    bundle = made / "team" / "visit.ftbundle"
    with_vault = hq.json("verify", bundle)["files"][0]
    assert (with_vault["proven"], with_vault["type"], with_vault["facts"]["sender"]) == (True, "bundle", "Katarina Holm")
    nothing = run("--json", "verify", bundle)
    assert nothing.code == 3
    assert nothing.json["files"][0]["error"]["code"] == "bundle-unknown-key"
    whole = bundle.read_bytes()
    for name, content, code in (
        ("cut.ftbundle", whole[:-1], 3),
        ("flipped.ftbundle", whole[:200] + bytes([whole[200] ^ 1]) + whole[201:], 3),
        ("empty.ftbundle", b"", 3),
        ("letter.ftbundle", b"Dear all", 3),
        ("letter.pdf", b"Dear all", 3),
        ("letter.txt", b"Dear all", 1),
        ("request.ftrequest", (strangers.files / "me.ftrequest").read_bytes(), 0),
        ("altered.ftrequest", (strangers.files / "me.ftrequest").read_bytes().replace(b"Known", b"Knaves"), 3),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        outcome = hq.run("--json", "verify", path)
        assert outcome.code == code, (name, outcome)
        assert outcome.json["files"][0]["proven"] is (code == 0), name
    assert run("verify", tmp_path / "none.ftbundle").code == 1
    assert run("verify", bundle, "--trust", tmp_path / "none.pem").code == 1
    assert run("verify", bundle, "--identity", tmp_path / "none.key").code == 1
    assert PASSPHRASE not in hq.done("verify", bundle).out


def test_a_sheet_is_previewed_and_taken_whole(hq: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "older.csv"
    sheet.write_text(
        "Final report of 2016\n\n№;Тема;Рекомендация;Приоритет\n"
        "1;СМИ;Обеспечить свободу слова и доступ журналистов.;да\n2;зебра;Публиковать решения комиссий.;нет\n",
        encoding="windows-1251",
    )
    dry = hq.done("--lang", "ru", "import", sheet, "--dry-run")
    assert "windows-1251" in dry.out
    assert "так называется столбец" in dry.out
    assert "5: «зебра» — неизвестная тема" in dry.err
    assert len(hq.items("reports")) == 1
    (taken,) = hq.json("import", sheet)["files"]
    assert (taken["type"], taken["changes"], taken["detail"]["report"]) == ("sheet", 2, "older")
    reports = {r["reference"]: r for r in hq.items("reports")}
    assert reports["older"]["title"] == "Final report of 2016"
    assert reports["older"]["country"] is None
    bad = tmp_path / "bad.csv"
    bad.write_text("No.,Recommendation\n1,Publish results without any delay at all.\n1,Publish them again and again and again.\n")
    outcome = hq.run("import", bad, resources.path("sample", "kaz-2021-recommendations.csv"), "--report", "KAZ-2021-PAR")
    assert outcome.code == 1
    assert "bad.csv: number 1 stands in line 2 and in line 3" in outcome.err
    assert "0 added to KAZ-2021-PAR, 25 were there already." in outcome.out
    assert len(hq.items("recommendations")) == 27


def test_a_report_in_pdf_is_previewed_and_taken(hq: Desk, tmp_path: Path) -> None:
    report = tmp_path / "final-report.pdf"
    text = "= Recommendations\n== Priority recommendations\n#enum(start: 1)[To publish all results at once.][To hold debates.]"
    (tmp_path / "report.typ").write_text(text, encoding="utf-8")
    typst.compile(tmp_path / "report.typ", output=report)
    dry = hq.done("import", report, "--dry-run")
    assert "report, PDF, 2 recommendations" in dry.out
    assert "compare each text with the report" in dry.err
    (taken,) = hq.json("import", report, "--report", "KAZ-2016-PAR")["files"]
    assert (taken["type"], taken["changes"], taken["detail"]["report"]) == ("sheet", 2, "KAZ-2016-PAR")
    texts = {r["text"] for r in hq.items("recommendations") if r["page"] == 1 and r["class"] == "priority"}
    assert texts == {"To publish all results at once.", "To hold debates."}


def test_files_that_have_not_come_are_named_with_whoever_has_their_parts(hq: Desk, head: Desk, expert: Desk, tmp_path: Path) -> None:
    for _ in range(6):
        expert.add("notes", kind="statement", text=secrets.token_hex(20_000))
    expert.done("export", "bundle", "--to", "team", "--max-size", "120KB", "-o", tmp_path / "b.ftbundle")
    files = sorted(tmp_path.glob("b*.ftbundle"))
    assert len(files) > 1
    hq.done("import", files[-1])
    (status,) = [s for s in hq.json("hq", "status")["senders"] if s["bundles"]]
    assert status["missing"] > 0
    assert status["not_come"] == list(range(1, len(files)))
    assert status["holders"] == []
    head.done("import", *files)
    head.done("export", "receipt", "--for", files[0], "-o", tmp_path / "head.ftreceipt")
    hq.done("import", tmp_path / "head.ftreceipt")
    (status,) = [s for s in hq.json("hq", "status")["senders"] if s["bundles"]]
    assert status["holders"] == ["Elena Marković"]
    assert "These have parts of Tomas Lindqvist that are missing here: Elena Marković" in hq.done("hq", "status").err
    hq.done("import", *files)
    (status,) = [s for s in hq.json("hq", "status")["senders"] if s["bundles"]]
    assert (status["missing"], status["not_come"], status["holders"]) == (0, [], [])
