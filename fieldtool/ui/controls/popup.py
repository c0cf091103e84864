"""Raised panels inside the window: the caret stays where it is, and every platform agrees where they stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldtool.ui.look import painting, tokens
from fieldtool.ui.look.tokens import R_POPUP, colour


class Popup(QWidget):
    """A panel with its shadow drawn; `PAD` is the room that the shadow takes on each side."""

    PAD = 12

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, pad = QPainter(self), self.PAD
        box, shade = QRectF(self.rect()).adjusted(pad, pad, -pad, -pad), QColor(colour("shadow"))
        strength = 0.05 if tokens.theme().dark else 0.012
        for away in range(pad, 0, -1):
            shade.setAlphaF(strength * (1 - away / (pad + 1)))
            painting.rounded(painter, box.adjusted(-away, 3 - away, away, away + 3), R_POPUP + away, shade)
        painting.rounded(painter, box, R_POPUP, "raised", "line_strong")
