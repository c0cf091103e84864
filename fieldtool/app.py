"""Composition root: builds every object once and hands it on; holds no behaviour and imports nothing heavy before the first paint."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

CONFIG_FILE, PROGRAM = "window.conf", "fieldtool"


def main(arguments: Sequence[str] | None = None) -> int:
    """The program: the window without arguments, else the command line. Returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words:
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
    if preferences.values.text_size != 100:
        os.environ["QT_SCALE_FACTOR"] = str(preferences.values.text_size / 100)
    from PySide6.QtCore import QTimer

    from fieldtool.ui.gate import Gate
    from fieldtool.ui.opening import make_application
    from fieldtool.ui.shell import Window, in_idle_time

    application = make_application(preferences)
    remembered = preferences.values.vault
    window = Window(vault or (Path(remembered) if remembered else default_vault()), gate := Gate(), preferences)
    window.painted.connect(lambda: in_idle_time(gate.warm()))
    window.resize(1366, 768)
    window.show()
    if seconds:
        QTimer.singleShot(int(seconds * 1000), window.close)
    return application.exec()


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
    """Where a vault lies on this platform when nobody names a folder: `services.places` says the same, but imports more than Qt has loaded."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / PROGRAM / "vault"
