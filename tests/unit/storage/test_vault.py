"""Making and opening a vault, and every way in which the world can spoil it: a sentence, never a fresh vault, never a changed file."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fieldtool.domain.changes import SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.storage import Store, create_vault, open_vault, restore_backup, verify_backup
from fieldtool.storage.engine import connector
from fieldtool.sync.segments import decode_segment
from tests.unit.storage.making import CLOCK, KEY, VISIT, Vaults, arrivals, encode, new_id, reopen, write


def refused(code: str) -> pytest.RaisesExc[KnownError]:
    """A known error of that code."""
    return pytest.RaisesExc(KnownError, check=lambda e: e.code == code)


def closed(vaults: Vaults, notes: int = 3) -> Path:
    """The folder of a closed vault with a few notes."""
    store = vaults()
    for number in range(notes):
        write(store, new_id(), "note", text=f"note {number} " + "word " * 200)
    store.seal_all(encode)
    store.close()
    return vaults.folder / "a"


def test_a_vault_opens_again_with_what_was_written(vaults: Vaults) -> None:
    folder = closed(vaults)
    store = vaults.reopen()
    assert len(store.list_("note")) == 3
    assert store.check(decode_segment).whole
    assert oct((folder / "vault.db").stat().st_mode & 0o777) == "0o600"


def test_nothing_readable_stands_in_the_files(vaults: Vaults) -> None:
    store = vaults()
    write(store, new_id(), "note", text="canary Қазақстан")
    store.keep_draft("line", "canary half")
    store.set_setting("x", "canary")
    store.add_blob([b"canary blob"])
    store.index_pending()
    for file in (vaults.folder / "a").iterdir():
        content = file.read_bytes()
        assert b"canary" not in content
        assert "Қазақстан".encode() not in content
        assert b"SQLite format" not in content


def test_the_wrong_key_opens_nothing_and_writes_nothing_to_stderr(vaults: Vaults, capfd: pytest.CaptureFixture[str]) -> None:
    folder = closed(vaults)
    before = (folder / "vault.db").read_bytes()
    with refused("vault-damaged"):
        open_with(folder, bytes(32))
    assert capfd.readouterr() == ("", "")
    assert (folder / "vault.db").read_bytes() == before


def open_with(folder: Path, key: bytes) -> Store:
    """Open with any key."""
    return open_vault(folder, key, clock=CLOCK, randomness=os.urandom)


def test_no_vault_is_made_where_one_was_expected(vaults: Vaults) -> None:
    with refused("vault-missing"):
        reopen(vaults.folder)
    assert [p.name for p in vaults.folder.iterdir()] == []


def test_a_vault_is_never_made_over_another(vaults: Vaults) -> None:
    folder = closed(vaults)
    before = (folder / "vault.db").read_bytes()
    with refused("vault-exists"):
        create_vault(folder, KEY, clock=CLOCK, randomness=os.urandom)
    assert (folder / "vault.db").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "vault-damaged"),
        (b"hello", "vault-foreign"),
        (b"SQLite format 3\x00" + bytes(8176), "vault-foreign"),
        (os.urandom(8192), "vault-damaged"),
        (os.urandom(8193), "vault-damaged"),
    ],
)
def test_foreign_and_damaged_files_are_told_apart(vaults: Vaults, content: bytes, code: str) -> None:
    (vaults.folder / "vault.db").write_bytes(content)
    with refused(code):
        reopen(vaults.folder)
    assert (vaults.folder / "vault.db").read_bytes() == content


def test_an_encrypted_database_of_another_program_is_foreign(vaults: Vaults) -> None:
    (vaults.folder / "vault.db").touch()
    connection = connector(vaults.folder / "vault.db", KEY)()
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with refused("vault-foreign"):
        reopen(vaults.folder)


def test_a_newer_vault_is_left_alone(vaults: Vaults) -> None:
    store = vaults()
    store.set_setting("format", "7")
    store.close()
    before = (vaults.folder / "a" / "vault.db").read_bytes()
    with pytest.raises(KnownError, match="format 7, known: 1"):
        vaults.reopen()
    assert (vaults.folder / "a" / "vault.db").read_bytes() == before


def test_a_second_window_is_kept_out_and_let_in_afterwards(vaults: Vaults) -> None:
    store = vaults()
    with refused("vault-busy"):
        vaults.reopen()
    store.close()
    assert vaults.reopen().list_("note") == []


def test_a_cut_file_is_damaged(vaults: Vaults) -> None:
    folder = closed(vaults, 40)
    file = folder / "vault.db"
    os.truncate(file, file.stat().st_size // 2 // 4096 * 4096)
    with refused("vault-damaged"):
        list_everything(folder)


def list_everything(folder: Path) -> None:
    """Open, read all, close."""
    store = reopen(folder)
    try:
        store.list_("note")
        for note in store.list_("note"):
            store.history(note.id)
        list(store.segments_after(VISIT, []))
        store.search("word")
    finally:
        store.close()


def test_flipped_bits_are_found_by_check_or_on_the_way_there(vaults: Vaults) -> None:
    folder = closed(vaults, 40)
    file = folder / "vault.db"
    whole = file.read_bytes()
    found = 0
    for page in range(1, len(whole) // 4096, 5):
        damaged = bytearray(whole)
        damaged[page * 4096 + 1234] ^= 4
        file.write_bytes(damaged)
        try:
            store = vaults.reopen()
        except KnownError as error:  # a page that is read at opening
            assert error.code == "vault-damaged"  # noqa: PT017
            continue
        report = store.check()
        found += 1
        assert not report.whole
        assert not report.mendable
        store.close()
    assert found
    file.write_bytes(whole)
    store = vaults.reopen()
    assert store.check(decode_segment).whole


def test_a_folder_that_cannot_be_written(vaults: Vaults) -> None:
    folder = closed(vaults)
    script = f"""
        import os, sys
        from pathlib import Path
        sys.path[:] = {sys.path!r}
        from fieldtool.domain.errors import KnownError
        from fieldtool.storage import open_vault
        try:
            open_vault(Path({str(folder)!r}), bytes(range(32)), clock=lambda: 1, randomness=os.urandom)
        except KnownError as error:
            print(error.code)
    """
    vaults.folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    if nobody and not readable_by_others(Path(sys.executable)):
        nobody = {}
    try:
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, **nobody)  # type: ignore[call-overload]
    finally:
        folder.chmod(0o755)
        for path in folder.iterdir():
            path.chmod(0o600)
    if nobody or os.geteuid() != 0:
        assert done.stdout == "vault-read-only\n", done.stderr


def readable_by_others(path: Path) -> bool:
    """Whether somebody without rights could run this."""
    return all(p.stat().st_mode & 0o001 for p in [path.resolve(), *path.resolve().parents, *path.absolute().parents])


def test_what_was_acknowledged_survives_kill(vaults: Vaults) -> None:
    script = """
        import os, sys, time
        from pathlib import Path
        sys.path[:] = {path!r}
        from tests.unit.storage.making import make, new_id, write
        store = make(Path({folder!r}))
        number = 0
        while True:
            write(store, new_id(), "note", text=str(number))
            number += 1
            print(number, flush=True)
    """
    folder = vaults.folder / "a"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script.format(path=sys.path, folder=str(folder)))], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    acknowledged = 0
    while acknowledged < 25:
        acknowledged = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    acknowledged = int(rest[-1]) if rest else acknowledged
    store = vaults.reopen()
    texts = {str(r.fields["text"]) for r in store.list_("note")}
    assert {str(n) for n in range(acknowledged)} <= texts
    assert len(texts) <= acknowledged + 1
    assert store.check(decode_segment).whole


def test_a_full_disk_keeps_what_was_there_and_says_so(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="small")
    size = (vaults.folder / "a" / "vault.db").stat().st_size // 4096
    store._outside(lambda cursor: cursor.execute(f"PRAGMA max_page_count={size}"))  # the database's own way of having no room
    with refused("disk-full"):
        write(store, note, "note", text="large " * 50_000)
    assert [r.fields["text"] for r in store.list_("note")] == ["small"]
    store._outside(lambda cursor: cursor.execute("PRAGMA max_page_count=1000000"))
    write(store, note, "note", text="again")
    assert store.check(decode_segment).whole


def test_a_bug_in_the_middle_leaves_nothing_half_done(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    for _ in range(3):
        write(a, new_id(), "meeting", place="here")
        a.seal_all(encode)
    many = arrivals(a.segments_after(VISIT, []))
    with pytest.raises(KeyError):  # an arrival that claims to be open: a bug of the caller
        b.merge([*many[:2], dataclasses.replace(many[2], state=SegmentState.OPEN)], origin="import")
    assert (b.change_count(), b.list_("meeting"), b.segments()) == (0, [], [])
    b.merge(many, origin="import")
    assert len(b.list_("meeting")) == 3
    assert b.check(decode_segment).whole


def test_backups_open_and_hold_everything(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="before")
    blob = store.add_blob([b"x" * 600_000])
    target = vaults.folder / "copy.ftbackup"
    facts = store.backup(target)
    assert (facts.changes, facts.records, facts.attachments) == (1, 1, 1)
    write(store, note, "note", text="after")
    store.close()
    assert verify_backup(target, KEY).sha256 == facts.sha256
    fresh = vaults.folder / "fresh"
    fresh.mkdir()
    restore_backup(target, fresh, KEY)
    restored = vaults.reopen("fresh")
    assert [r.fields["text"] for r in restored.list_("note")] == ["before"]
    assert sum(map(len, restored.read_blob(blob))) == 600_000
    assert restored.check(decode_segment).whole
    restore_backup(target, vaults.folder / "a", KEY)
    assert (vaults.folder / "a" / "vault.db.before-restore-1").exists()


def test_what_a_killed_backup_left_does_not_stand_in_the_way_of_the_next(vaults: Vaults) -> None:
    store = vaults()
    write(store, new_id(), "note", text="before")
    target = vaults.folder / "copy.ftbackup"
    target.with_name("copy.ftbackup.part").write_bytes(b"half a vault" * 1_000)
    facts = store.backup(target)
    store.close()
    assert verify_backup(target, KEY).sha256 == facts.sha256
    (vaults.folder / "a" / "vault.db.part").write_bytes(b"half a vault" * 1_000_000)
    restore_backup(target, vaults.folder / "a", KEY)
    assert [r.fields["text"] for r in vaults.reopen("a").list_("note")] == ["before"]
    assert not list(vaults.folder.rglob("*.part"))


def test_writing_goes_on_while_a_backup_is_made(vaults: Vaults) -> None:
    store = vaults()
    for _ in range(5):
        write(store, new_id(), "note", text="x" * 5000)
    seen: list[int] = []

    def progress(size: int) -> None:
        seen.append(size)
        write(store, new_id(), "note", text="meanwhile " * 500)

    facts = store.backup(vaults.folder / "b", progress=progress)
    assert seen
    assert facts.changes == 5
    assert len(store.list_("note")) == 5 + len(seen)
    assert store.check(decode_segment).whole


def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_replaced(vaults: Vaults) -> None:
    folder = closed(vaults, 20)
    good = (folder / "vault.db").read_bytes()
    bad = bytearray(good)
    bad[4096 * (len(good) // 4096 - 1) + 100] ^= 1
    path = vaults.folder / "b"
    for content, code in (
        (bytes(bad), "vault-damaged"),
        (good[:5000], "vault-damaged"),
        (b"", "vault-damaged"),
        (b"text", "vault-foreign"),
    ):
        path.write_bytes(content)
        with refused(code):
            verify_backup(path, KEY)
        with refused(code):
            restore_backup(path, folder, KEY)
        assert (folder / "vault.db").read_bytes() == good
    with refused("vault-damaged"):
        verify_backup(folder / "vault.db", bytes(32))
    with refused("file-unreadable"):
        verify_backup(vaults.folder / "none", KEY)


def test_a_backup_never_writes_over_a_file(vaults: Vaults) -> None:
    store = vaults()
    target = vaults.folder / "mine.txt"
    target.write_text("mine")
    with refused("file-exists"):
        store.backup(target)
    with refused("file-unwritable"):
        store.backup(vaults.folder / "none" / "b")
    assert target.read_text() == "mine"


def test_a_crash_that_left_only_the_log_behind_opens(vaults: Vaults) -> None:
    store = vaults()
    write(store, new_id(), "note", text="in the log only")
    shutil.copytree(vaults.folder / "a", vaults.folder / "crashed")
    crashed = vaults.reopen("crashed")
    assert len(crashed.list_("note")) == 1
