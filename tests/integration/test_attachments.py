"""Attachments between vaults: streamed, taken up again where an import stopped, and never left behind by what did not come to be."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import arriving, attachments, demo, exchange, importing, records, sample
from fieldtool.services.session import Session
from fieldtool.storage import Incoming
from fieldtool.sync import parts
from fieldtool.sync.reader import MAGIC

Unlock = Callable[[str], Session]
ROOT = Path(__file__).resolve().parent.parent.parent
MB = 1 << 20


def attach(session: Session, folder: Path, *sizes: int, seed: int = 7) -> list[EntityId]:
    """Files of these sizes at a meeting."""
    meeting, made = records.list_records(session, "meetings")[0].id, random.Random(seed)
    found = []
    for n, size in enumerate(sizes):
        file = folder / f"film-{seed}-{n}.bin"
        file.write_bytes(made.randbytes(size))
        found.append(attachments.attach_file(session, meeting, file))
    return found


def sent(session: Session, path: Path, **other: object) -> exchange.Exported:
    return exchange.export_bundle(session, path, to=[sample.HEAD], **other)  # type: ignore[arg-type]


def blobs(session: Session, attached: list[EntityId]) -> set[str]:
    return {str(records.get_record(session, a).fields["sha256"]) for a in attached}


def saved(session: Session, attachment: EntityId, folder: Path) -> bytes:
    attachments.save_attachment(session, attachment, folder / "saved")
    return (folder / "saved").read_bytes()


def after(calls: int) -> Callable[[], bool]:
    """Says stop when it has been asked so often."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


def test_memory_does_not_grow_with_attachments(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    peaks = []
    for size in (4 * MB, 32 * MB):
        tracemalloc.start()
        try:
            (attached,) = attach_large(one, copy, size)
            written = sent(one, copy / f"{size}.ftbundle")
            importing.import_file(head, written.path)
            attachments.save_attachment(head, attached, copy / "saved")
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert (copy / "saved").stat().st_size == size
    assert peaks[1] < peaks[0] + 6 * MB, peaks  # what eight times the size may cost more


def attach_large(session: Session, folder: Path, size: int) -> list[EntityId]:
    with (folder / "large").open("wb") as file:
        for n in range(size // MB):
            file.write(bytes([n]) * MB)
    return [attachments.attach_file(session, records.list_records(session, "meetings")[0].id, folder / "large")]


def test_a_killed_import_goes_on_where_it_stopped(copy: Path, unlock: Unlock, monkeypatch: pytest.MonkeyPatch) -> None:
    one = unlock("expert-1")
    attached = attach(one, copy, 3 * MB, 3 * MB, 3 * MB)
    written = sent(one, copy / "three.ftbundle")
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom fieldtool.services import importing, vaults\n"
        "session = vaults.unlock_vault(Path(sys.argv[1]), sys.argv[3])\n"
        "def kill(_step, done, total):\n    if done > 0.8 * total: os.kill(os.getpid(), 9)\n"
        "importing.import_paths(session, [Path(sys.argv[2])], progress=kill)\n"
    )
    child = subprocess.run([sys.executable, "-c", program, copy / "vaults" / "head", written.path, demo.PASSPHRASE], cwd=ROOT)
    assert child.returncode == -signal.SIGKILL
    head = unlock("head")
    here = head.store.blobs_here(blobs(one, attached))
    assert 0 < len(here) < 3
    assert set(head.store.waiting_blobs()) == here
    assert not {r.id for r in records.list_records(head, "attachments")} & set(attached)
    read: list[str] = []
    real = head.store.receive_blob

    def receive(_store: object, name: str) -> AbstractContextManager[Incoming]:
        read.append(name)
        return real(name)

    monkeypatch.setattr(type(head.store), "receive_blob", receive)
    assert importing.import_file(head, written.path).error is None
    assert set(read) == blobs(one, attached) - here
    assert [len(saved(head, a, copy)) for a in attached] == [3 * MB] * 3
    assert head.store.waiting_blobs() == {}


@pytest.mark.parametrize("calls", [3, 700, 1500])
def test_a_cancelled_import_leaves_the_records_alone_and_can_be_repeated(copy: Path, unlock: Unlock, calls: int) -> None:
    one, head = unlock("expert-1"), unlock("head")
    attached = attach(one, copy, 3 * MB, 3 * MB)
    written = sent(one, copy / "two.ftbundle")
    before = (dict(demo.list_digests(head)), head.store.change_count(), head.store.bundles())
    (stopped,) = importing.import_paths(head, [written.path], cancelled=after(calls))
    assert stopped.error is not None
    assert stopped.error.code == "cancelled"
    assert (dict(demo.list_digests(head)), head.store.change_count(), head.store.bundles()) == before
    assert head.store.quarantined() == []
    (taken,) = importing.import_paths(head, [written.path])
    assert taken.error is None
    assert [len(saved(head, a, copy)) for a in attached] == [3 * MB] * 2


def test_files_behind_the_one_that_was_cancelled_are_not_looked_at(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    attach(one, copy, MB)
    written = sent(one, copy / "one.ftbundle")
    done = importing.import_paths(head, [written.path, written.path, written.path], cancelled=lambda: True)
    assert [r.error.code for r in done if r.error] == ["cancelled"]


def test_what_nobody_takes_up_again_is_dropped_in_the_end(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    attach(one, copy, 3 * MB, 3 * MB)
    large = sent(one, copy / "two.ftbundle")
    small = exchange.export_receipt(one, copy / "small.ftreceipt", to=[sample.HEAD])
    importing.import_paths(head, [large.path], cancelled=after(1500))
    left = set(head.store.waiting_blobs())
    assert left
    importing.import_file(head, small.path)
    assert head.store.blobs_here(left) == left
    head.clock = lambda: one.clock() + arriving.KEPT + 1000
    importing.import_file(head, small.path)
    assert head.store.blobs_here(left) == set()
    assert head.store.waiting_blobs() == {}


def test_a_refused_merge_leaves_no_attachment_behind(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    for session, text in ((one, "One says"), (head, "Another says")):
        for n, meeting in enumerate(records.list_records(session, "meetings")):
            records.edit_record(session, meeting.id, {"place": f"{text} {n}"})
    names = blobs(one, attach(one, copy, 70_000))
    sent(one, copy / "many.ftbundle")
    with pytest.raises(KnownError, match="conflicts"):
        importing.import_file(head, copy / "many.ftbundle", most_conflicts=1)
    assert head.store.blobs_here(names) == set()
    importing.import_file(head, copy / "many.ftbundle", most_conflicts=None)
    assert head.store.blobs_here(names) == names


def test_an_undone_import_takes_its_attachments_with_it_and_brings_them_again(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    (own,) = attach(head, copy, 50_000, seed=3)  # the same file is here already, at a record of one's own
    attached = attach(one, copy, 50_000, seed=3) + attach(one, copy, 60_000, seed=4)
    sent(one, copy / "two.ftbundle")
    taken = importing.import_file(head, copy / "two.ftbundle")
    importing.undo_import(head, taken.bundle)
    assert head.store.blobs_here(blobs(one, attached)) == blobs(head, [own])
    importing.import_file(head, copy / "two.ftbundle")
    assert head.store.blobs_here(blobs(one, attached)) == blobs(one, attached)


@pytest.mark.parametrize("calls", [0, 5, 60, 300])
def test_a_cancelled_export_leaves_no_file_and_uses_no_number(copy: Path, unlock: Unlock, calls: int) -> None:
    one = unlock("expert-1")
    attach(one, copy, 3 * MB)
    (copy / "out").mkdir()
    last, ledger = max(b.n for b in one.store.bundles() if b.direction == "out"), one.store.bundles()
    with pytest.raises(KnownError, match="Stopped"):
        sent(one, copy / "out" / "film.ftbundle", cancelled=after(calls))
    assert list((copy / "out").iterdir()) == []
    assert one.store.bundles() == ledger
    assert sent(one, copy / "out" / "film.ftbundle").facts.manifest.n == last + 1


def test_what_a_killed_export_left_is_swept_by_a_later_one_to_that_folder(copy: Path, unlock: Unlock) -> None:
    one = unlock("expert-1")
    attach(one, copy, MB)
    out = copy / "out"
    out.mkdir()
    one.close()
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom fieldtool.services import exchange, vaults\n"
        "session = vaults.unlock_vault(Path(sys.argv[1]), sys.argv[4])\n"
        "def kill(_step, done, total):\n    if done > 0.8 * total: os.kill(os.getpid(), 9)\n"
        "exchange.export_bundle(session, Path(sys.argv[2]), to=[sys.argv[3]], progress=kill)\n"
    )
    words = [sys.executable, "-c", program, str(copy / "vaults" / "expert-1"), str(out / "film.ftbundle"), sample.HEAD, demo.PASSPHRASE]
    assert subprocess.run(words, cwd=ROOT).returncode == -signal.SIGKILL
    (left,) = out.iterdir()
    assert left.suffix == parts.SUFFIX
    others = {
        name: (out / f".{name}").write_bytes(content)
        for name, content in (("notes.abcdefgh.ftpart", b"words"), ("film.ftbundle.part", MAGIC), ("x.short.ftpart", MAGIC))
    }
    (out / ".link.abcdefgh.ftpart").symlink_to(left)
    one = unlock("expert-1")

    def export(name: str, age: float) -> set[str]:
        for path in out.iterdir():
            if not path.is_symlink():
                os.utime(path, (time.time() - age,) * 2)
        sent(one, out / name)
        return {path.name for path in out.iterdir()}

    assert left.name in export("young.ftbundle", parts.OLD - 60)
    with left.open("rb") as held:  # somebody is still at it
        fcntl.flock(held.fileno(), fcntl.LOCK_EX)
        assert left.name in export("held.ftbundle", parts.OLD + 60)
    last = export("old.ftbundle", parts.OLD + 60)
    assert last == {*(f".{name}" for name in others), ".link.abcdefgh.ftpart", "young.ftbundle", "held.ftbundle", "old.ftbundle"}


def test_numbered_files_stand_all_or_none(copy: Path, unlock: Unlock, monkeypatch: pytest.MonkeyPatch) -> None:
    one = unlock("expert-1")
    attach(one, copy, *[60_000] * 5)
    (copy / "out").mkdir()
    ledger, real, names = one.store.bundles(), os.replace, iter([True, True, False])

    def full(source: Path, target: Path) -> None:
        if not next(names):
            raise OSError(28, "No space left on device")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(KnownError, match="no room left"):
            exchange.export_parts(one, copy / "out" / "mail.ftbundle", to=[sample.HEAD], most_bytes=128 * 1024)
    assert list((copy / "out").iterdir()) == []
    assert one.store.bundles() == ledger
    written = exchange.export_parts(one, copy / "out" / "mail.ftbundle", to=[sample.HEAD], most_bytes=128 * 1024)
    assert [w.facts.manifest.n for w in written] == [max(b.n for b in ledger if b.direction == "out") + n + 1 for n in range(len(written))]


def test_progress_only_grows_and_ends_near_the_whole(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    attach(one, copy, 3 * MB)
    out: list[tuple[str, int, int]] = []
    back: list[tuple[str, int, int]] = []
    sent(one, copy / "film.ftbundle", progress=lambda *said: out.append(said))
    importing.import_paths(head, [copy / "film.ftbundle"], progress=lambda *said: back.append(said))
    for step, seen in (("export", out), ("import", back)):
        done = [d for _, d, _ in seen]
        assert {s for s, _, _ in seen} == {step}
        assert done == sorted(done)
        assert len(seen) <= 202
        assert seen[-1][2] * 0.95 < done[-1] <= seen[-1][2]


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(copy: Path, unlock: Unlock, monkeypatch: pytest.MonkeyPatch) -> None:
    one = unlock("expert-1")
    with (copy / "long.bin").open("wb") as file:
        file.truncate(attachments.LARGEST + 1)
    monkeypatch.setattr(type(one.store), "add_blob", None)  # nobody may even begin
    with pytest.raises(KnownError, match="larger than 200 MiB"):
        attachments.attach_file(one, records.list_records(one, "meetings")[0].id, copy / "long.bin")


def test_a_refused_attachment_leaves_nothing(copy: Path, unlock: Unlock) -> None:
    one = unlock("expert-1")
    (copy / "film.bin").write_bytes(b"x" * 70_000)
    meeting = records.list_records(one, "meetings")[0].id
    with pytest.raises(KnownError, match="marking"):
        attachments.attach_file(one, meeting, copy / "film.bin", marking="sky-blue")
    assert not one.store.has_blob(hashlib.sha256(b"x" * 70_000).hexdigest())


def test_a_bundle_by_name_that_does_not_begin_like_one_is_damaged(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    attach(one, copy, 1000)
    whole = sent(one, copy / "film.ftbundle").path.read_bytes()
    for name, content, code in (
        ("empty.ftbundle", b"", "bundle-truncated"),
        ("begun.FTBUNDLE", whole[:10], "bundle-truncated"),
        ("mail.ftbundle", base64.encodebytes(whole), "bundle-altered"),
        ("mail.ftreceipt", b"-----BEGIN AGE ENCRYPTED FILE-----\n", "bundle-altered"),
        ("sheet.ftbundle", "№;Текст\n1;Два\n".encode(), "bundle-altered"),
    ):
        (copy / name).write_bytes(content)
        (found,) = importing.import_paths(head, [copy / name])
        assert found.error is not None
        assert (found.error.code, found.error.exit_code) == (code, ExitCode.NOT_AUTHENTIC), name
        assert name in {q.file for q in head.store.quarantined()}
