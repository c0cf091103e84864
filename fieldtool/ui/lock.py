"""Notices that nobody is there: asks for the lock after a time without keys or pointer, and after sleep; locks nothing itself."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

from fieldtool.ui.preferences import Preferences

_SIGNS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove, QEvent.Type.TouchBegin})
_TICK = 5  # seconds
_SLEPT = 30  # seconds that a tick may come late before it counts as sleep: the lid was closed


class IdleWatch(QObject):
    """`idle` is emitted after the preferred minutes without a sign of life in the window, and when the computer wakes from sleep."""

    idle = Signal()

    def __init__(self, window: QWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._seen = self._ticked = time.monotonic()
        self._wall = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK * 1000)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        window.installEventFilter(self)  # the window's own events only: on the application every event would pass through Python

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._window.removeEventFilter(self)

    def _on_tick(self) -> None:
        # The monotonic clock may stand still during sleep, the wall clock may be set: either one being late counts.
        late = max(time.monotonic() - self._ticked, time.time() - self._wall) - _TICK
        self._ticked, self._wall = time.monotonic(), time.time()
        if late > _SLEPT or time.monotonic() - self._seen > self._preferences.lock_minutes * 60:
            self._seen = time.monotonic()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._seen = time.monotonic()
        return False
