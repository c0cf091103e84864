"""Something that takes its time: what is done, how far it is, and a way to stop it; it runs nothing itself."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Painted, label
from fieldtool.ui.controls.layout import column, row
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import BODY, REGULAR
from fieldtool.ui.look.tokens import XS
from fieldtool.ui.words import tr


class _Messenger(QObject):
    """Outlives the widget: the work may go on when nobody shows it any more."""

    moved = Signal(object, object)  # bytes: more than an int of C holds
    stopped = Signal()


class UnderWay(QWidget):
    """`progress` and `cancelled` are handed to the work and may be called on its thread, also when the widget is gone."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self._stop, self._messenger = threading.Event(), _Messenger()
        self._done, self._total = 0, 0
        self._bar = Painted(self._paint, 0, 6, told)
        self._cancel = Button(tr("Cancel"), "ghost", name=f"{tr('Cancel')}: {told}")
        self._cancel.clicked.connect(self.stop)
        self.setFocusProxy(self._cancel)
        self.setLayout(column(row(label(told, BODY, REGULAR, "text2"), None, self._cancel), XS, self._bar))
        self._messenger.moved.connect(self._on_moved)
        self._messenger.stopped.connect(self._on_stopped)

    def progress(self, _step: str, done: int, total: int) -> None:
        """So much of so much is done."""
        self._messenger.moved.emit(done, total)

    def cancelled(self) -> bool:
        """Whether the work should stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop; everything is left as it was."""
        self._stop.set()
        self._messenger.stopped.emit()

    def _on_stopped(self) -> None:
        self._cancel.setEnabled(False)

    def _on_moved(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._bar.setAccessibleDescription(f"{100 * done // max(total, 1)} %")
        self._bar.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        painting.rounded(painter, box.adjusted(0, 1, 0, -1), 2, "line")
        if self._total:
            painting.rounded(
                painter, QRectF(box.left(), box.top() + 1, box.width() * min(1.0, self._done / self._total), box.height() - 2), 2, "accent"
            )
