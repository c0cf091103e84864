"""Files that are not whole yet, beside their target: made, and swept up where a killed process left one; it touches nothing else there."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from fieldtool.sync.reader import MAGIC

SUFFIX = ".ftpart"
OLD = 60 * 60  # s without a byte written: longer than any export pauses
_NAME = re.compile(rf"\..+\.[a-z0-9_]{{8}}{re.escape(SUFFIX)}")


@contextmanager
def part_beside(path: Path) -> Iterator[Path]:
    """An empty file of ours in the folder of `path`, under a name of its own; it is removed at the end, if it still has that name.

    What an earlier export to this folder left when it was killed goes first. Raises `OSError`.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=SUFFIX, delete=False) as file:
        temporary = Path(file.name)
        try:
            _hold(file)
            _sweep(path.parent, temporary)
            yield temporary
        finally:
            with suppress(OSError):
                temporary.unlink()


def _sweep(folder: Path, own: Path) -> None:
    """Remove the parts in a folder that nobody works on; their age is by the clock of the disk that they lie on."""
    with suppress(OSError), os.scandir(folder) as entries:
        now = own.stat().st_mtime
        for entry in entries:
            if _NAME.fullmatch(entry.name) and entry.name != own.name:
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False) and now - entry.stat().st_mtime > OLD and _abandoned(Path(entry.path)):
                        os.unlink(entry.path)


def _abandoned(part: Path) -> bool:
    """Whether a file of such a name is the beginning of a bundle, and no process of this computer holds it."""
    with part.open("rb") as file:
        return MAGIC.startswith(file.read(len(MAGIC))) and _free(file)


if sys.platform == "win32":  # an open file can be neither renamed nor removed there: whoever is at it is safe by that, or has gone

    def _hold(file: IO[bytes]) -> None:
        file.close()

    def _free(_file: IO[bytes]) -> bool:
        return True

else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        with suppress(OSError):  # a disk that knows no locks
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
