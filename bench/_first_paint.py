"""Child process of the start benchmark: shows one window, tells when its first frame was painted, and ends; it changes nothing it measures.

Arguments: `empty WIDTH HEIGHT` for a bare QMainWindow, `app` for the program as a user starts it, on the vault of its home, or
`peer SCRIPT` for another Qt program's start script, run by the Python that the program belongs to (only the standard library is needed).
The parent's clock at the start comes in the environment variable T0 (`time.monotonic`, seconds).
"""

import importlib
import importlib.util
import json
import os
import runpy
import sys
import time
from typing import Any, NoReturn

HEAVY = ("alembic", "pikepdf", "pyhanko", "reportlab", "sqlalchemy", "sqlcipher3")
"""What may not be imported before the first frame."""
BINDINGS = ("PySide6", "PyQt6", "PyQt5")


def main() -> None:
    """Start one of the three, with the event loop's start as the place where the watching begins."""
    mode, *arguments = sys.argv[1:]
    if mode == "app":
        from fieldtool.app import main as start

        watch_event_loop("PySide6")
        start([])
    elif mode == "peer":
        watch_event_loop(next(binding for binding in BINDINGS if importlib.util.find_spec(binding)))
        sys.argv = [arguments[0]]
        runpy.run_path(arguments[0], run_name="__main__")
    else:
        from PySide6.QtWidgets import QApplication, QMainWindow

        watch_event_loop("PySide6")
        application = QApplication([])
        window = QMainWindow()
        window.resize(int(arguments[0]), int(arguments[1]))
        window.show()
        application.exec()
    raise SystemExit("the event loop ended before anything was painted")


def watch_event_loop(binding: str) -> None:
    """Let the event loop's start, or that of a dialog before it, first put a filter on every visible window, then run."""
    core: Any = importlib.import_module(f"{binding}.QtCore")
    widgets: Any = importlib.import_module(f"{binding}.QtWidgets")

    class FirstPaint(core.QObject):  # type: ignore[misc]
        """Waits for the first paint event of a window; the frame is on the display when the loop comes round again."""

        seen = False

        def eventFilter(self, watched: object, event: Any) -> bool:
            if event.type() == core.QEvent.Type.Paint and not self.seen:
                self.seen = True
                core.QTimer.singleShot(0, lambda: report(binding))
            return False

    watcher = FirstPaint()
    for kind, takes_self in ((widgets.QApplication, False), (widgets.QDialog, True)):
        for name in ("exec", "exec_"):
            run = getattr(kind, name, None)
            if run is not None:
                setattr(kind, name, watched(run, takes_self, widgets.QApplication, watcher))


def watched(run: Any, takes_self: bool, application: Any, watcher: object) -> Any:
    """`run`, with the watcher put on every top-level window first."""

    def run_watched(*given: object) -> object:
        for window in application.topLevelWidgets():
            window.installEventFilter(watcher)
            if window.isVisible():
                window.update()  # a program that let its events run before this has painted already
        return run(*given[: int(takes_self)])

    return run_watched


def report(binding: str) -> NoReturn:
    """Print the figures as one JSON object and end at once: tearing down is not part of starting."""
    gui: Any = importlib.import_module(f"{binding}.QtGui")
    application: Any = importlib.import_module(f"{binding}.QtWidgets").QApplication
    gui.QGuiApplication.sync()
    painted = time.monotonic()
    window = next(window for window in application.topLevelWidgets() if window.isVisible())
    figures = {
        "milliseconds": (painted - float(os.environ["T0"])) * 1000,
        "heavy": [name for name in HEAVY if name in sys.modules],
        "width": window.width(),
        "height": window.height(),
        "megabytes": resident(),
    }
    print(json.dumps(figures), flush=True)
    os._exit(0)


def resident() -> float:
    """This process's resident memory in MB."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
