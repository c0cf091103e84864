"""Child process of the start benchmark: shows one window, tells when its first frame was painted, and ends; it changes nothing it measures.

Arguments: `empty WIDTH HEIGHT` for a bare QMainWindow, or `app` for the program as a user starts it, on the vault of its home.
The parent's clock at the start comes in the environment variable T0 (`time.monotonic`, seconds).
"""

import json
import os
import sys
import time
from typing import NoReturn

HEAVY = ("alembic", "pikepdf", "pyhanko", "reportlab", "sqlalchemy", "sqlcipher3")
"""What may not be imported before the first frame."""


def main() -> None:
    """Start one of the two, with the event loop's start as the place where the watching begins."""
    mode, *arguments = sys.argv[1:]
    if mode == "app":
        from fieldtool.app import main as start

        watch_event_loop()
        start([])
    else:
        from PySide6.QtWidgets import QApplication, QMainWindow

        watch_event_loop()
        application = QApplication([])
        window = QMainWindow()
        window.resize(int(arguments[0]), int(arguments[1]))
        window.show()
        application.exec()
    raise SystemExit("the event loop ended before anything was painted")


def watch_event_loop() -> None:
    """Let `QApplication.exec` first put a filter on every visible window, then run."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    run = QApplication.exec

    class FirstPaint(QObject):
        """Waits for the first paint event of a window; the frame is on the display when the loop comes round again."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                QTimer.singleShot(0, report)
            return False

    watcher = FirstPaint()

    def watched_exec(*_: object) -> int:
        for window in QApplication.topLevelWidgets():
            window.installEventFilter(watcher)
        return run()

    QApplication.exec = watched_exec  # type: ignore[method-assign]


def report() -> NoReturn:
    """Print the figures as one JSON object and end at once: tearing down is not part of starting."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    QGuiApplication.sync()
    painted = time.monotonic()
    window = next(window for window in QApplication.topLevelWidgets() if window.isVisible())
    figures = {
        "milliseconds": (painted - float(os.environ["T0"])) * 1000,
        "heavy": [name for name in HEAVY if name in sys.modules],
        "width": window.width(),
        "height": window.height(),
    }
    print(json.dumps(figures), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
