"""The product's neutral mark, drawn and never shipped as a picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from fieldtool.ui.look import icons, painting


def paint_mark(painter: QPainter, box: QRectF) -> None:
    """Draw the mark into a square."""
    painting.rounded(painter, box, 10, "accent")
    icons.paint(painter, 8, 8, "recommendations", "on_accent", 28)
