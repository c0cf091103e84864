"""The panel of suggestions above the caret: it never takes the focus, the line hands it its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.popup import Popup
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import BODY, BOLD, CAPTION, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import R_CONTROL, S
from fieldtool.ui.screens.meeting.suggest import Suggestion
from fieldtool.ui.words import tr

WIDE, TALL, FOOT = 560, 44, 26


class Suggestions(Popup):
    """`taken` carries the chosen suggestion."""

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Suggestion] = []
        self._at = 0
        self.setAccessibleName(tr("Suggestions"))
        self.hide()

    def show_rows(self, rows: Sequence[Suggestion], caret: QPoint, right: int) -> None:
        """Show suggestions with their lower edge above the caret (in the parent's coordinates); none hides the panel."""
        self._rows, self._at = list(rows), 0
        if not rows:
            self.hide()
            return
        high = TALL * len(rows) + FOOT + 2 * self.PAD + 8
        left = max(0, min(caret.x() - 44, right - WIDE)) - self.PAD
        self.setGeometry(left, max(0, caret.y() - high + self.PAD - 6), WIDE + 2 * self.PAD, high)
        self.raise_()
        self.show()
        self.update()
        self._speak()

    def rows(self) -> list[Suggestion]:
        """What is offered now; nothing while hidden."""
        return self._rows if not self.isHidden() else []

    def move_by(self, step: int) -> None:
        """Choose the next or the previous one, round the end."""
        if self._rows:
            self._at = (self._at + step) % len(self._rows)
            self.update()
            self._speak()

    def take(self) -> None:
        """Take the chosen one."""
        chosen = self._rows[self._at]
        self.hide()
        self.taken.emit(chosen)

    def _speak(self) -> None:
        chosen = self._rows[self._at]
        announce(self, f"{chosen.lead} {chosen.words}. {chosen.detail}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int((event.position().y() - self.PAD - 4) // TALL)
        if event.button() == Qt.MouseButton.LeftButton and 0 <= row < len(self._rows):
            self._at = row
            self.take()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, left, wide, y = QPainter(self), self.PAD + 4.0, self.width() - 2 * self.PAD - 8.0, self.PAD + 4.0
        for k, found in enumerate(self._rows):
            self._paint_row(painter, QRectF(left, y, wide, TALL), found, k == self._at)
            y += TALL
        keys = tr("↑ ↓ choose    Enter takes it    Esc leaves the text as typed")
        painting.text(painter, QRectF(left + S, y + 1, wide - S, FOOT - 2), keys, CAPTION, REGULAR, "text3")

    def _paint_row(self, painter: QPainter, box: QRectF, found: Suggestion, on: bool) -> None:
        painting.rounded(painter, box, R_CONTROL, "tint" if on else None)
        x = box.left() + S
        if found.lead:
            painting.text(painter, QRectF(x, box.top() + 4, 52, 20), found.lead, SMALL, BOLD if found.strong else MEDIUM, "text2")
            x = box.left() + 56
        start, length = found.hit
        at = x
        for words, hit in (
            (found.words[:start], False),
            (found.words[start : start + length], True),
            (found.words[start + length :], False),
        ):
            room = QRectF(at, box.top() + 4, box.right() - S - at, 20)
            at += painting.text(painter, room, words, BODY, BOLD if hit else REGULAR, "accent" if hit else "text")
        painting.text(painter, QRectF(x, box.top() + 22, box.right() - S - x, 18), found.detail, SMALL, REGULAR, "text2" if on else "text3")
