"""The unlock page's first frame: colours, title and the field, painted with as little of Qt as that takes; everything else comes after it.

The first touch of the namespace `Qt` costs a tenth of an empty window's start, and every call that could take one of its enums
touches it: QBrush, fillRect, setPen. Layouts and painted buttons cost as much again. Hence strokes and clips only, and no such import here.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldtool.ui.look.lettering import BODY, BOLD, DISPLAY, READ, REGULAR, SMALL, font, metrics
from fieldtool.ui.look.tokens import INSET, R_CONTROL, Role, colour
from fieldtool.ui.words import tr

WIDE, HIGH = 344, 330
# Tops within the page's block; the finished page puts its controls at the same places.
MARK, TITLE_AT, HOLDER_AT, LABEL_AT, FIELD_AT, WARNING_AT, GO_AT, KEPT_AT = 0, 60, 92, 130, 150, 198, 226, 282
FIELD_HIGH, GO_HIGH, MARK_SIZE = 40, 40, 44
_STROKES = (((8.5, 11.5), (11.2, 14.2), (15.8, 8.8)), ((21, 12), (35, 12)))  # a tick and a line, three times


class FirstFrame(QWidget):
    """A page that paints itself and holds one editor; `complete` of the heir adds the rest after the first paint."""

    def __init__(self, holder_name: str) -> None:
        super().__init__()
        self.holder_name = holder_name
        self.finished = False
        self.edit = QLineEdit(self)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setFrame(False)
        self.edit.setFont(font(READ))
        ground = self.edit.palette()
        ground.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        self.edit.setPalette(ground)
        self.edit.setAccessibleName(tr("Passphrase"))
        self.setFocusProxy(self.edit)

    def block(self) -> QRectF:
        """Where the page's block stands: in the middle, a little above."""
        return QRectF((self.width() - WIDE) // 2, max(INSET, (self.height() - HIGH) // 2 - 28), WIDE, HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        block = self.block()
        self.edit.setGeometry(int(block.left()) + 12, int(block.top()) + FIELD_AT + 4, WIDE - 112, FIELD_HIGH - 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, block = QPainter(self), self.block()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._fill(painter, QRectF(self.rect()), "window", 0)
        self._mark(painter, block.left(), block.top())
        self._line(painter, block, TITLE_AT, tr("Unlock the vault"), DISPLAY, bold=True, role="text")
        self._line(painter, block, HOLDER_AT, self.holder_name, BODY, role="text2")
        self._line(painter, block, LABEL_AT, tr("Passphrase"), SMALL, bold=True, role="text2")
        if not self.finished:
            self._fill(painter, QRectF(block.left(), block.top() + FIELD_AT, WIDE, FIELD_HIGH), "accent")
            self._fill(painter, QRectF(block.left() + 2, block.top() + FIELD_AT + 2, WIDE - 4, FIELD_HIGH - 4), "base", R_CONTROL - 2)
            self._fill(painter, QRectF(block.left(), block.top() + GO_AT, WIDE, GO_HIGH), "accent")

    def _mark(self, painter: QPainter, x: float, y: float) -> None:
        """The product's neutral mark, drawn."""
        self._fill(painter, QRectF(x, y, MARK_SIZE, MARK_SIZE), "accent", 10)
        pen, strokes = painter.pen(), QPainterPath()
        pen.setColor(colour("on_accent"))
        pen.setWidthF(2.3)
        for row in range(3):
            for first, *rest in _STROKES:
                strokes.moveTo(x + first[0] + 1, y + first[1] + 1 + 9.5 * row)
                for a, b in rest:
                    strokes.lineTo(x + a + 1, y + b + 1 + 9.5 * row)
        painter.strokePath(strokes, pen)

    def _fill(self, painter: QPainter, box: QRectF, role: Role, radius: float = R_CONTROL) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        self._pour(painter, shape, role)

    def _line(self, painter: QPainter, block: QRectF, top: int, words: str, px: int, *, bold: bool = False, role: Role) -> None:
        weight, shape = BOLD if bold else REGULAR, QPainterPath()
        shape.addText(QPointF(block.left(), round(block.top() + top + metrics(px, weight).ascent())), font(px, weight), words)
        self._pour(painter, shape, role)

    def _pour(self, painter: QPainter, shape: QPainterPath, role: Role) -> None:
        """Fill a shape with a stroke as wide as it is high, clipped to it: a brush would touch what this module avoids."""
        box, pen = shape.boundingRect(), painter.pen()
        stroke = QPainterPath(QPointF(box.left() - 1, box.center().y()))
        stroke.lineTo(box.right() + 1, box.center().y())
        pen.setColor(colour(role))
        pen.setWidthF(box.height() + 2)
        painter.save()
        painter.setClipPath(shape)
        painter.strokePath(stroke, pen)
        painter.restore()
