"""Composition root: builds every object once and hands it on; holds no behaviour and imports nothing heavy before the first paint."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldtool.ui.shell import Window

CONFIG_FILE, PROGRAM, RETURN, SCALE = "window.conf", "fieldtool", "FIELDTOOL_RETURN", "FIELDTOOL_SCALE"


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: the window without arguments, else the command line. Returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words and has_display():
        return run_window(None)
    from fieldtool.cli import main as run_command

    return run_command(words, open_window=run_window)


def run_window(vault: Path | None, *, config: Path | None = None, seconds: float = 0) -> int:
    """Open the window on a vault folder (None: the last one, or the platform's place) and return when it is closed.

    `seconds` closes it by itself after that time (for scripts). Raises `KnownError` no-display.
    """
    from fieldtool.ui.preferences import PreferenceFile

    if not has_display():
        from fieldtool.domain.errors import refuse

        raise refuse("no-display")
    preferences = PreferenceFile((config or config_folder()) / CONFIG_FILE)
    scale(preferences.values.text_size)
    from PySide6.QtCore import QSize, QTimer

    from fieldtool.ui.gate import Gate
    from fieldtool.ui.opening import make_application, watch_for_bugs
    from fieldtool.ui.shell import Window, in_idle_time

    application = make_application(preferences)
    place, locked = left_behind()
    remembered = preferences.values.vault
    folder = locked or vault or (Path(remembered) if remembered else default_vault())
    window = Window(folder, gate := Gate(), preferences, start_anew)
    window.kept = locked is not None
    window.bug_reported.connect(window.show_bug)
    watch_for_bugs(window.bug_reported.emit)
    window.painted.connect(lambda: in_idle_time(gate.warm()))
    window.setGeometry(*place) if place else window.resize(window.screen().availableSize().boundedTo(QSize(1366, 768)))
    window.show()
    if seconds:
        QTimer.singleShot(int(seconds * 1000), window.close)
    return application.exec()


def scale(percent: int) -> None:
    """Enlarge everything by the user's own setting, on top of what the session asks for; a process that takes over finds that unspoilt."""
    asked = os.environ.setdefault(SCALE, os.environ.get("QT_SCALE_FACTOR", ""))
    try:
        before = float(asked or 1)
    except ValueError:
        before = 1.0
    if percent != 100 or asked:
        os.environ["QT_SCALE_FACTOR"] = str(before * percent / 100)
    else:
        os.environ.pop("QT_SCALE_FACTOR", None)


def start_anew(window: Window) -> None:
    """Replace the process by a fresh one that asks for the passphrase at the same place: what was in memory is gone with it."""
    box = window.geometry()
    os.environ[RETURN] = f"{box.x()},{box.y()},{box.width()},{box.height()},{window.folder}"
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", PROGRAM]
    os.execv(program[0], program)


def left_behind() -> tuple[tuple[int, int, int, int] | None, Path | None]:
    """Where the window stood and on which vault, when this process took over from one that was locked."""
    words = os.environ.pop(RETURN, "").split(",", 4)
    if len(words) != 5 or not all(w.lstrip("-").isdecimal() for w in words[:4]):
        return None, None
    x, y, wide, high = map(int, words[:4])
    return (x, y, wide, high), Path(words[4])


def has_display() -> bool:
    """Whether a window can be opened: always on Windows and macOS, elsewhere where a display is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or os.environ.get("QT_QPA_PLATFORM") in (
        "offscreen",
        "minimal",
    )


def config_folder() -> Path:
    """Where the window's preferences lie on this platform."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)) / PROGRAM


def default_vault() -> Path:
    """Where a vault lies on this platform when nobody names a folder: as `services.places` says, with what Qt has loaded already."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / PROGRAM / "vault"
