"""Status marks: shape first, colour second, never font characters; a word stands beside or is spoken elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from fieldtool.ui.look.stamps import stamp
from fieldtool.ui.look.tokens import Role, colour

Shape = Literal["disc_check", "check", "half", "ring", "cross", "double", "dash", "dotted", "dot", "none"]
Mark = tuple[Shape, Role]

POSITION: Mapping[str, Mark] = {
    "accepts": ("disc_check", "ok"),
    "accepts in part": ("half", "warn"),
    "notes": ("ring", "text2"),
    "rejects": ("cross", "bad"),
    "claims already done": ("double", "text2"),
    "no position": ("dash", "text2"),
    "not raised": ("none", "text3"),
}
LEDGER: Mapping[str, Mark] = {
    "saved": ("dot", "accent"),
    "packed": ("half", "text2"),
    "handed over": ("ring", "text2"),
    "confirmed": ("disc_check", "ok"),
}
STAGES = ("announced", "under discussion", "draft prepared", "submitted to parliament", "adopted", "in force", "practice changed")

_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "cross": [[(-0.3, -0.3), (0.3, 0.3)], [(-0.3, 0.3), (0.3, -0.3)]],
    "dash": [[(-0.3, 0), (0.3, 0)]],
    "disc_check": [[(-0.23, 0.02), (-0.05, 0.2), (0.25, -0.17)]],
    "check": [[(-0.34, 0.02), (-0.1, 0.26), (0.36, -0.24)]],
    "double": [[(-0.46, 0.02), (-0.28, 0.22), (0.04, -0.22)], [(-0.1, 0.02), (0.08, 0.22), (0.4, -0.22)]],
}


def paint(painter: QPainter, x: float, y: float, mark: Mark, size: float = 12) -> None:
    """Draw a mark of diameter `size` around (x, y)."""
    shape, role = mark
    if shape == "none":
        return
    away = size / 2 + 1  # strokes reach over the edge
    key = (shape, colour(role).rgba(), colour("base").rgba(), size)
    stamp(painter, x - away, y - away, math.ceil(2 * away), key, lambda on, left, top: _draw(on, left + away, top + away, mark, size))


def _draw(painter: QPainter, x: float, y: float, mark: Mark, size: float) -> None:
    shape, role = mark
    box = QRectF(x - size / 2, y - size / 2, size, size)
    if shape in ("disc_check", "dot"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(role))
        painter.drawEllipse(box if shape == "disc_check" else box.adjusted(size * 0.2, size * 0.2, -size * 0.2, -size * 0.2))
    pen = QPen(colour("base" if shape == "disc_check" else role), 1.5 if size > 9 else 1.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shape == "dotted":
        pen.setDashPattern([1.2, 1.9])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if shape in ("ring", "half", "dotted"):
        _ring(painter, box.adjusted(0.75, 0.75, -0.75, -0.75), half=role if shape == "half" else None)
    for stroke in _STROKES.get(shape, ()):
        path = QPainterPath(QPointF(x + size * stroke[0][0], y + size * stroke[0][1]))
        for dx, dy in stroke[1:]:
            path.lineTo(x + size * dx, y + size * dy)
        painter.drawPath(path)


def _ring(painter: QPainter, ring: QRectF, half: Role | None) -> None:
    painter.drawEllipse(ring)
    if half:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(half))
        painter.drawPie(ring, 90 * 16, -180 * 16)
