"""Files written whole or not at all, and what is said where one cannot be read; it knows nothing of what is in them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from fieldtool.domain.errors import KnownError, refuse


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file as `write_pieces` does."""
    write_pieces(path, (content,))


def unreadable(path: Path, error: OSError) -> KnownError:
    """The sentence for a file that the operating system does not give."""
    return refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer")


def read_small(path: Path, largest: int | None = None) -> bytes:
    """The bytes of a file, no more than one beyond `largest`. Raises `KnownError` file-unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(-1 if largest is None else largest + 1)
    except OSError as error:
        raise unreadable(path, error) from error


def write_pieces(path: Path, pieces: Iterable[bytes]) -> int:
    """Write a file so that a crash, or whatever `pieces` raises, leaves the old one or the new one; the bytes written.

    Raises `KnownError` disk-full, file-unwritable.
    """
    temporary, size = path.with_name(f".{path.name}.part"), 0
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        give_name(temporary, path)
        return size
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise disk_fault(error, path) from error


def disk_fault(error: OSError, path: Path) -> KnownError:
    """The sentence for what the operating system said when a file was to be written: disk-full or file-unwritable."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return refuse("disk-full", file=path.name)
    return refuse("file-unwritable", file=path.name, reason=error.strerror or "the disk does not answer")


def make_durable(path: Path) -> None:
    """Return when the content of a file is on the disk, so that it may take its name. Raises `OSError`."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def give_name(temporary: Path, path: Path) -> None:
    """Let a finished file take its name, and make that durable. Raises `OSError`."""
    os.replace(temporary, path)
    if os.name != "nt":  # Windows has no folder to sync
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
