"""Backups that restore, checks that find damage, seal, recovery and wipe, and the summary, by command."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.unit.cli.commands import PASSPHRASE, Desk, passphrase_file, run


def test_a_backup_restores_beside_the_present(expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="before the backup")
    before = expert.done("--json", "list", "notes").out
    said = expert.json("backup", tmp_path / "b.ftbackup")
    assert said["size"] == (tmp_path / "b.ftbackup").stat().st_size
    assert (tmp_path / "b.ftbackup").stat().st_mode & 0o077 == 0
    expert.add("notes", kind="statement", text="after the backup")
    restored = expert.json("restore", tmp_path / "b.ftbackup")
    assert restored["kept_before"] is True
    assert expert.done("--json", "list", "notes").out == before
    assert any(p.name.startswith("vault.db.before-restore") for p in expert.vault.iterdir())
    elsewhere = Desk(tmp_path / "new" / "vault", expert.files)
    assert elsewhere.json("restore", tmp_path / "b.ftbackup")["kept_before"] is False
    assert elsewhere.done("--json", "list", "notes").out == before
    elsewhere.add("notes", kind="statement", text="goes on")  # in a stream of its own
    assert expert.run("backup", tmp_path / "b.ftbackup").code == 1  # never over another file


def test_what_a_killed_backup_or_restore_left_is_in_nobodys_way(expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="before the backup")
    before = expert.done("--json", "list", "notes").out
    halves = [tmp_path / ".b.ftbackup.vault.db", tmp_path / ".b.ftbackup.part", expert.vault / ".restoring.vault.db"]
    for half in halves:
        half.write_bytes(b"half" * 1_000)
    expert.done("backup", tmp_path / "b.ftbackup")
    expert.done("restore", tmp_path / "b.ftbackup")
    assert expert.done("--json", "list", "notes").out == before
    assert not any(half.exists() for half in halves)


def test_backups_that_are_none(expert: Desk, tmp_path: Path) -> None:
    path = tmp_path / "b.ftbackup"
    expert.done("backup", path)
    whole, before = path.read_bytes(), expert.done("--json", "list", "recommendations").out
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    with zipfile.ZipFile(tmp_path / "more.ftbackup", "w") as more, zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            more.writestr(name, archive.read(name))
        more.writestr("../evil", b"x")
    for content, code in (
        (whole[:-100], 1),
        (bytes(damaged), 3),
        (b"", 1),
        (b"PK\x03\x04", 1),
        ((tmp_path / "more.ftbackup").read_bytes(), 1),
    ):
        path.write_bytes(content)
        assert expert.run("restore", path).code == code
    assert expert.run("restore", tmp_path / "none").code == 1
    path.write_bytes(whole)
    wrong = run("--vault", tmp_path / "v", "--passphrase-file", passphrase_file(tmp_path, "another passphrase"), "restore", path)
    assert wrong.code == 1
    assert "does not open" in wrong.err
    assert expert.done("--json", "list", "recommendations").out == before
    assert not (tmp_path / "evil").exists()


def test_check_says_what_is_whole_and_what_to_do_before_leaving(expert: Desk) -> None:
    expert.add("notes", kind="statement", text="not sent yet")
    said = expert.json("check")
    assert (said["whole"], said["faults"]) == (True, [])
    assert said["counts"]["recommendations"] == 25
    assert said["departure"]["unconfirmed"] == ["KAZ-2022-1"]
    outcome = expert.done("check")
    assert "The vault is whole" in outcome.out
    assert "Headquarters has not confirmed everything of KAZ-2022-1." in outcome.err


def test_a_damaged_vault_is_named_and_nothing_is_made_in_its_place(expert: Desk) -> None:
    database = expert.vault / "vault.db"
    whole = database.read_bytes()
    damaged = bytearray(whole)
    for place in range(8192, len(whole), 4096):
        damaged[place] ^= 0xFF
    database.write_bytes(damaged)
    assert expert.run("check").code == 3
    assert expert.run("list", "recommendations").code == 3
    database.write_bytes(b"a letter")
    assert expert.run("list", "recommendations").code in (1, 3)
    database.unlink()
    assert expert.run("list", "recommendations").code != 0
    assert not database.exists()
    (expert.vault / "keys.json").write_bytes(b"{}")
    assert expert.run("list", "recommendations").code in (1, 3)


def test_seal_and_recover(expert: Desk, tmp_path: Path) -> None:
    before = expert.done("--json", "list", "recommendations").out
    expert.done("seal")
    sealed = expert.run("list", "recommendations")
    assert (sealed.code, sealed.out) == (1, "")
    assert "sealed" in sealed.err
    assert expert.run("recover").code == 1
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
    assert expert.run("recover", "--sheet-file", wrong).code == 1
    assert expert.run("list", "recommendations").code == 1
    assert expert.json("recover", "--sheet-file", expert.files / "sheet.txt") == {"recovered": "seal"}
    assert expert.done("--json", "list", "recommendations").out == before
    assert expert.json("identity", "show")["cards"] == [{"visit": "KAZ-2022-1", "role": "expert"}]


def test_a_forgotten_passphrase(expert: Desk, tmp_path: Path) -> None:
    before = expert.done("--json", "list", "recommendations").out
    new = passphrase_file(tmp_path, "seven quiet lamps burning")
    words = ("--vault", expert.vault, "--passphrase-file", new, "recover", "--sheet-file", expert.files / "sheet.txt", "--json")
    refused = run(*words)
    assert (refused.code, refused.json["error"]["code"]) == (1, "keys-would-change")
    assert expert.done("--json", "list", "recommendations").out == before
    outcome = run(*words, "--new-keys")
    assert outcome.json == {"recovered": "passphrase"}
    assert run("--vault", expert.vault, "--passphrase-file", new, "list", "recommendations", "--json").out == before
    assert expert.run("list", "recommendations").code == 1  # the old one


def test_wipe_needs_a_yes_and_a_confirmation(expert: Desk) -> None:
    expert.add("notes", kind="statement", text="not sent yet")
    (expert.vault / "holiday.jpg").write_bytes(b"not ours")
    refused = expert.run("wipe", "--yes")
    assert refused.code == 1
    assert "KAZ-2022-1" in refused.err
    assert expert.run("wipe", "--unconfirmed").code == 1  # nobody to ask
    assert len(expert.items("notes")) == 1
    expert.done("wipe", "--yes", "--unconfirmed")
    assert [p.name for p in expert.vault.iterdir()] == ["holiday.jpg"]
    assert expert.run("list", "notes").code == 1


def test_the_passphrase_stands_in_no_file(expert: Desk) -> None:
    expert.add("notes", kind="statement", text="a canary in the coal mine")
    for path in expert.vault.rglob("*"):
        raw = path.read_bytes()
        assert PASSPHRASE.encode() not in raw
        assert b"canary" not in raw


def test_a_summary_is_drafted_by_anybody_and_signed_by_the_head_alone(head: Desk, expert: Desk, hq: Desk, tmp_path: Path) -> None:
    (visit,) = head.items("visits")
    meeting = head.add("meetings", visit=visit["id"], start="2022-04-11T09:30", state="held", summary="They agreed.", marking="internal")
    head.add("notes", meeting=meeting, kind="statement", text="The calendar is agreed.", attribution="on record by institution")
    draft = head.json("export", "summary", "--draft", "-o", tmp_path / "draft.pdf")
    assert draft["signed"] is False
    assert {g["gap"] for g in draft["gaps"]} >= {"priority-never-raised"}
    assert (tmp_path / "draft.pdf").read_bytes().startswith(b"%PDF")
    assert head.run("verify", tmp_path / "draft.pdf").code == 3
    refused = expert.run("export", "summary", "--sign", "-o", tmp_path / "no.pdf")
    assert refused.code == 1
    assert not (tmp_path / "no.pdf").exists()
    signed = head.json("export", "summary", "--sign", "--language", "en", "-o", tmp_path / "signed.pdf")
    assert signed["signer"] == "Elena Marković"
    assert "Signed by Elena Marković" in head.done("verify", tmp_path / "signed.pdf").out
    assert head.items("summaries")[0]["sha256"] == signed["sha256"]
    whole = (tmp_path / "signed.pdf").read_bytes()
    (tmp_path / "signed.pdf").write_bytes(whole + b"\n% more")
    assert head.run("verify", tmp_path / "signed.pdf").code == 3
    assert head.run("export", "summary", "--edition", "press", "-o", tmp_path / "press.txt").code in (0, 1)
