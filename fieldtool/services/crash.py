"""Reports of bugs that hold where the program was and nothing that anybody wrote: no values, no messages, no paths of the user."""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback
from pathlib import Path

from fieldtool import __version__


def crash_report(bug: BaseException) -> str:
    """The report as text: versions, kinds of the exceptions, and file, line and function of every frame.

    The messages of exceptions are left out: they may quote a note, a name or a path.
    """
    lines = [f"fieldtool {__version__}, Python {platform.python_version()}, {sys.platform} {platform.machine()}"]
    seen: BaseException | None = bug
    while seen is not None and len(lines) < 400:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {_within(f.filename)}:{f.lineno} in {f.name}" for f in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines) + "\n"


def write_crash_report(bug: BaseException) -> Path:
    """Write the report to the platform's log folder, readable by its owner alone; where it was written."""
    import platformdirs

    folder = platformdirs.user_log_path("fieldtool", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(crash_report(bug))
    return path


def _within(filename: str) -> str:
    """The last parts of a source file's path: enough to find it, without the folder that may bear a person's name."""
    return "/".join(Path(filename).parts[-3:])
