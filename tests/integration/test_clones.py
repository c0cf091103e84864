"""Backups put back and disks cloned: noticed at opening, nothing forked in silence, everything merged in the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.services import alarms, demo, exchange, importing, records, sample, vaults
from fieldtool.services.alarms import AlarmKind
from fieldtool.services.anchors import Incarnation
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import Session
from tests.unit.cli.commands import Outcome, run

Unlock = Callable[[str], Session]


def note(session: Session, text: str) -> None:
    records.add_records(session, "notes", [{"kind": "statement", "text": text}])


def reopened(folder: Path) -> Session:
    return vaults.unlock_vault(folder, demo.PASSPHRASE)


def test_a_vault_that_goes_on_where_it_stopped_is_not_suspected(copy: Path) -> None:
    folder = copy / "vaults" / "expert-1"
    reopened(folder).close()
    for n in range(2):
        session = reopened(folder)
        assert session.incarnation is Incarnation.CONTINUED
        note(session, f"Note {n}")
        session.close()


def test_a_crash_right_after_the_first_seal_does_not_look_like_another_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    first = vaults.create_vault(tmp_path / "vault", demo.PASSPHRASE, name="Elena Marković", organisation="Sample").session
    records.add_records(first, "country", [{"iso3": "KAZ"}])
    first.store.seal_all(first.seal)
    first.store.close()  # and no anchor was dropped
    again = reopened(tmp_path / "vault")
    assert again.incarnation is Incarnation.CONTINUED
    again.close()


def test_a_vault_on_another_computer_begins_new_streams(copy: Path) -> None:
    folder = copy / "vaults" / "expert-1"
    first = reopened(folder)
    note(first, "Before the move.")
    first.close()
    shutil.rmtree(anchor_folder())
    moved = reopened(folder)
    assert moved.incarnation is Incarnation.MOVED
    streams = {f.stream for f in moved.store.segments() if f.key == moved.key}
    assert [(a.kind, a.ours) for a in alarms.alarms(moved)] == [(AlarmKind.MOVED, True)]
    note(moved, "After the move.")
    moved.seal_all()
    assert len({f.stream for f in moved.store.segments() if f.key == moved.key}) == len(streams) + 1
    moved.close()


def test_a_restored_backup_is_noticed_and_its_lost_words_come_back_from_a_colleague(copy: Path, unlock: Unlock) -> None:
    folder, saved, head = copy / "vaults" / "expert-1", copy / "saved", unlock("head")
    reopened(folder).close()
    shutil.copytree(folder, saved)
    lost = reopened(folder)
    note(lost, "Written after the backup and sent to the head.")
    importing.import_file(head, exchange.export_bundle(lost, copy / "sent.ftbundle", to=[sample.HEAD]).path)
    lost.close()
    shutil.rmtree(folder)
    shutil.copytree(saved, folder)
    restored = reopened(folder)
    assert restored.incarnation is Incarnation.BEHIND
    assert [(a.kind, a.ours, a.name) for a in alarms.alarms(restored)] == [(AlarmKind.BEHIND, True, sample.TOMAS)]
    assert alarms.alarms(head) == []
    note(restored, "Written after the backup was put back.")
    answer = exchange.export_bundle(restored, copy / "again.ftbundle", to=[sample.HEAD])
    assert answer.facts.manifest.n > 1_000_000
    importing.import_file(head, answer.path)
    (told,) = alarms.alarms(head)
    assert (told.kind, told.name, told.installation, told.parts) == (AlarmKind.RESTORED, sample.TOMAS, "laptop of expert-1", 1)
    importing.import_file(restored, exchange.export_bundle(head, copy / "back.ftbundle", to=[sample.TOMAS]).path)
    texts = {r.fields["text"] for r in records.list_records(restored, "notes")}
    assert {"Written after the backup and sent to the head.", "Written after the backup was put back."} <= texts
    assert demo.list_digests(restored) == demo.list_digests(head)
    assert head.store.forks() == []
    importing.import_file(head, exchange.export_receipt(restored, copy / "has.ftreceipt", to=[sample.HEAD]).path)
    assert alarms.alarms(head) == []  # it has back what it lacked
    restored.close()


def test_two_copies_that_both_go_on_are_reported_as_a_fork_and_both_are_kept(copy: Path, unlock: Unlock) -> None:
    folder, clone, head = copy / "vaults" / "expert-1", copy / "clone", unlock("head")
    reopened(folder).close()
    shutil.copytree(folder, clone)
    kept = anchor_folder()
    other = kept.with_name("anchors of the other computer")
    shutil.copytree(kept, other)  # the other computer was cloned with its anchor, so neither can notice
    first = reopened(folder)
    note(first, "From the one laptop.")
    a = exchange.export_bundle(first, copy / "a.ftbundle", to=[sample.HEAD])
    first.close()
    shutil.rmtree(kept)
    shutil.copytree(other, kept)
    second = reopened(clone)
    assert second.incarnation is Incarnation.CONTINUED
    note(second, "From its clone.")
    b = exchange.export_bundle(second, copy / "b.ftbundle", to=[sample.HEAD])
    second.close()
    assert importing.import_file(head, a.path).forks == ()
    (told,) = importing.import_file(head, b.path).forks
    assert (told.kind, told.name, told.ours, told.parts) == (AlarmKind.FORKED, sample.TOMAS, False, 2)
    assert told.installation == "laptop of expert-1"
    assert alarms.alarms(head) == [told] == alarms.alarms(head, told.visit)
    assert len(head.store.forks()) == 1
    assert {"From the one laptop.", "From its clone."} <= {r.fields["text"] for r in records.list_records(head, "notes")}


def test_the_command_line_says_whose_vault_is_in_use_twice_and_what_to_do(copy: Path) -> None:
    folder, clone, kept = copy / "vaults" / "expert-1", copy / "clone", anchor_folder()
    shutil.copytree(folder, clone)
    other = Path(shutil.copytree(kept, copy / "anchors"))

    def fieldtool(vault: Path, *words: object) -> Outcome:
        return run("--vault", vault, "--passphrase-file", copy / "passphrase.txt", *words)

    (copy / "note.json").write_text('{"kind": "statement", "text": "At the door."}')
    for vault, file in ((folder, "a.ftbundle"), (clone, "b.ftbundle")):
        assert fieldtool(vault, "add", "notes", "--json-file", copy / "note.json").code == 0
        assert fieldtool(vault, "export", "bundle", "--to", "hq", "-o", copy / file).code == 0
        shutil.rmtree(kept)
        shutil.copytree(other, kept)
    fieldtool(copy / "vaults" / "hq", "import", copy / "a.ftbundle")
    said = fieldtool(copy / "vaults" / "hq", "import", copy / "b.ftbundle")
    assert said.code == 0
    assert "Two copies of the vault of Tomas Lindqvist (laptop of expert-1) are in use" in said.err
    for words in (("hq", "status"), ("check",)):
        assert "Two copies of the vault of Tomas Lindqvist" in fieldtool(copy / "vaults" / "hq", *words).err
        (alarm,) = fieldtool(copy / "vaults" / "hq", "--json", *words).json["alarms"]
        assert (alarm["kind"], alarm["parts"]) == ("forked", 2)
