"""Small files written whole or not at all; it knows nothing of what is in them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from fieldtool.domain.errors import refuse


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file so that a crash leaves the old one or the new one. Raises `KnownError` disk-full, file-unwritable."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise refuse("disk-full", file=path.name) from error
        raise refuse("file-unwritable", file=path.name, reason=error.strerror or "the disk does not answer") from error
