"""Backups put back and disks cloned: noticed at opening, nothing forked in silence, everything merged in the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.services import demo, exchange, importing, records, sample, vaults
from fieldtool.services.anchors import Incarnation
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import Session

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
    note(restored, "Written after the backup was put back.")
    answer = exchange.export_bundle(restored, copy / "again.ftbundle", to=[sample.HEAD])
    assert answer.facts.manifest.n > 1_000_000
    importing.import_file(head, answer.path)
    importing.import_file(restored, exchange.export_bundle(head, copy / "back.ftbundle", to=[sample.TOMAS]).path)
    texts = {r.fields["text"] for r in records.list_records(restored, "notes")}
    assert {"Written after the backup and sent to the head.", "Written after the backup was put back."} <= texts
    assert demo.list_digests(restored) == demo.list_digests(head)
    assert head.store.forks() == []
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
    for written in (a, b):
        importing.import_file(head, written.path)
    assert len(head.store.forks()) == 1
    assert {"From the one laptop.", "From its clone."} <= {r.fields["text"] for r in records.list_records(head, "notes")}
