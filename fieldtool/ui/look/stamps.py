"""Small drawings kept as pixels: the same mark stands in every row of a list; it decides nothing about how one looks."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

_PHASES = 8  # places within a pixel that are told apart: curves differ by where they stand
_MOST = 1_000
Draw = Callable[[QPainter, float, float], None]
_kept: dict[Hashable, QImage] = {}  # pictures and no pixmaps: those must not outlive the application


def stamp(painter: QPainter, x: float, y: float, size: int, key: Hashable, draw: Draw) -> None:
    """Draw what `draw(painter, x, y)` draws within `size` pixels right of and below (x, y), from pixels where they are kept.

    `key` names everything that it looks like: shape, colours, size.
    """
    left, top = math.floor(x), math.floor(y)
    across, down = int((x - left) * _PHASES), int((y - top) * _PHASES)
    density = painter.device().devicePixelRatio()
    whole = (key, across, down, density)
    pixels = _kept.get(whole)
    if pixels is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        pixels = _kept[whole] = _drawn(across / _PHASES, down / _PHASES, size + 1, density, draw)
    painter.drawImage(QPointF(left, top), pixels)


def _drawn(x: float, y: float, size: int, density: float, draw: Draw) -> QImage:
    made = QImage(math.ceil(size * density), math.ceil(size * density), QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(density)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, x, y)
    painter.end()
    return made
