"""Copies of a vault that are known to open again, and putting one back; it never writes over a vault that it has not kept aside."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as cipher

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.storage.codec import FAULTY
from fieldtool.storage.engine import FILE, InstanceLock, check_format, connector, faults_named, look_at_file

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a verified copy holds."""

    path: Path
    size: int
    sha256: str
    changes: int
    records: int
    attachments: int


def copy_out(source: int, target: Path, progress: Callable[[int], None] | None) -> int:
    """Copy an open file to `target` by way of a temporary name, in the place of what a killed copy left under it; its size.

    `source` is a descriptor that stays open as long as the database does: closing one would drop every lock the database holds (POSIX).
    Raises `KnownError` disk-full, file-unwritable.
    """
    part = target.with_name(target.name + ".part")
    size = 0
    try:
        part.unlink(missing_ok=True)
        with part.open("xb") as out:
            os.chmod(part, 0o600)
            for piece in _pieces(source):
                out.write(piece)
                size += len(piece)
                if progress is not None:
                    progress(size)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        part.unlink(missing_ok=True)
        raise disk_fault(error, target) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return size


def _pieces(source: int) -> Iterator[bytes]:
    offset = 0
    while piece := os.pread(source, _PIECE, offset):
        yield piece
        offset += len(piece)


def settle(target: Path) -> None:
    """Give a verified copy its name and make that durable."""
    try:
        target.with_name(target.name + ".part").replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise disk_fault(error, target) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable."""
    if os.name == "nt":
        return  # Windows has no folder to sync
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_fault(error: OSError, file: Path) -> KnownError:
    """The sentence for what the operating system said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return refuse("disk-full", file=file.name)
    return refuse("file-unwritable", file=file.name, reason=error.strerror or "the disk does not answer")


def verify_copy(file: Path, key: bytes) -> tuple[str, int, int, int]:
    """Open a copy with the vault's key and check the authentication code of every page; its SHA-256, changes, records and attachments.

    The two passes over the file run side by side. Raises `KnownError` vault-foreign, vault-damaged, vault-newer.
    """
    check_format(file, key, read_only=True)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, file)
        with _opened(file, key) as connection:
            if connection.execute("PRAGMA cipher_integrity_check").fetchall():
                raise refuse("vault-damaged", detail="a page of it does not hold what was written there")
            counts = [connection.execute(sql).fetchone()[0] for sql in _COUNTS]
        return digest.result(), counts[0], counts[1], counts[2]


_COUNTS = (
    f"SELECT coalesce(sum(count), 0) FROM segment WHERE unread = 0 AND verdict <> {FAULTY}",
    "SELECT count(*) FROM record WHERE state > 0",
    "SELECT count(*) FROM blob WHERE digest IS NOT NULL",
)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _opened(file: Path, key: bytes) -> Iterator[cipher.Connection]:
    with faults_named(file):
        connection = connector(file, key, read_only=True)()
        try:
            yield connection
        finally:
            connection.close()


def verify_backup(path: Path, key: bytes) -> BackupFacts:
    """Whether a backup opens with this key and is whole. Raises `KnownError` file-unreadable, vault-foreign, vault-damaged, vault-newer."""
    look_at_file(path)
    try:
        return BackupFacts(path, path.stat().st_size, *verify_copy(path, key))
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error


def restore_backup(path: Path, folder: Path, key: bytes) -> BackupFacts:
    """Put a verified backup in place as the vault of `folder`; a vault that is there is kept beside it under another name.

    The restored vault must begin new streams (`Store.new_streams`): its old ones may have gone on elsewhere.
    Raises `KnownError` as `verify_backup`, and vault-busy, disk-full, file-unwritable.
    """
    facts = verify_backup(path, key)
    lock = InstanceLock(folder)
    try:
        target = folder / FILE
        with path.open("rb") as source:
            copy_out(source.fileno(), target, None)
        verify_copy(target.with_name(target.name + ".part"), key)
        if target.exists():
            _set_aside(target)
        settle(target)
    finally:
        lock.release()
    return facts


def _set_aside(target: Path) -> None:
    number = 1
    while (aside := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    for ending in ("-wal", "-shm"):
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    target.rename(aside)
