"""Text, rounded grounds and chips drawn from tokens; knows no widgets and keeps nothing but shaped text."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGlyphRun, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from fieldtool.ui.look import icons
from fieldtool.ui.look.lettering import BODY, MEDIUM, REGULAR, SMALL, advance, font, metrics, width
from fieldtool.ui.look.tokens import CHIP_H, R_CHIP, Role, colour, theme, tint_of

Align = Literal["left", "right", "center"]
ChipKind = Literal["plain", "outline", "accent", "ok", "warn", "bad", "other"]
Wash = tuple[int, int, Role]  # start, length, whose colour


@lru_cache(maxsize=8000)
def fitted(words: str, px: int, weight: QFont.Weight, room: int) -> tuple[str, float]:
    """The line as it fits into `room` pixels, elided where it must be, and its width."""
    if advance(words, px, weight) > room + 1:
        words = metrics(px, weight).elidedText(words, Qt.TextElideMode.ElideRight, room)
    return words, advance(words, px, weight)


def text(
    painter: QPainter, box: QRectF, words: str, px: int = BODY, weight: QFont.Weight = REGULAR, role: Role = "text", align: Align = "left"
) -> float:
    """One elided line, centred by cap height so that mixed scripts share a baseline; returns its width."""
    glyphs, wide = _shaped(words, px, weight, int(box.width()))
    x = box.left() if align == "left" else box.right() - wide if align == "right" else box.center().x() - wide / 2
    at = QPointF(x, round(box.center().y() + _half_cap(px, weight)))
    painter.setPen(colour(role))
    for run in glyphs:
        painter.drawGlyphRun(at, run)
    return wide


@lru_cache(maxsize=3000)
def _shaped(words: str, px: int, weight: QFont.Weight, room: int) -> tuple[tuple[QGlyphRun, ...], float]:
    """A fitted line shaped once, its base line at nought: shaping anew at each paint is half of what text costs."""
    words, wide = fitted(words, px, weight, room)
    layout, option = QTextLayout(words, font(px, weight)), QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(wide + 1)
        line.setPosition(QPointF(0, -line.ascent()))
    layout.endLayout()
    return tuple(layout.glyphRuns()), wide


@lru_cache(maxsize=64)
def _half_cap(px: int, weight: QFont.Weight) -> float:
    return metrics(px, weight).capHeight() / 2


_UNDERLINES = {"accent": QTextCharFormat.UnderlineStyle.SingleUnderline, "other": QTextCharFormat.UnderlineStyle.DotLine}


def wash(role: Role) -> QTextCharFormat:
    """Words of one author: washed in their colour, and underlined in a way of their own (solid, dotted; waved for a leak)."""
    made = QTextCharFormat()
    made.setBackground(colour(tint_of(role)))
    made.setForeground(colour(role))
    made.setUnderlineStyle(_UNDERLINES.get(role, QTextCharFormat.UnderlineStyle.WaveUnderline))
    return made


def paragraph(
    words: str, room: float, px: int = BODY, leading: int = 18, marks: tuple[Wash, ...] = (), weight: QFont.Weight = REGULAR
) -> tuple[QTextLayout, int]:
    """Wrapped text with a fixed leading (a fallback font must not make rows jump), and its height in pixels."""
    return _paragraph(theme().name, words, int(room), px, leading, marks, weight)


@lru_cache(maxsize=800)
def _paragraph(
    _theme: str, words: str, room: int, px: int, leading: int, marks: tuple[Wash, ...], weight: QFont.Weight
) -> tuple[QTextLayout, int]:
    layout, option, ranges = QTextLayout(words.replace("\n", "\u2028"), font(px, weight)), QTextOption(), []
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    for start, length, role in marks:
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, length, wash(role)
        ranges.append(span)
    layout.setFormats(ranges)
    layout.setCacheEnabled(True)  # else every paint shapes it anew
    layout.beginLayout()
    y, measure = 0, metrics(px, weight)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, 1))
        line.setPosition(QPointF(0, y + (leading - measure.height()) / 2 + measure.ascent() - line.ascent()))
        y += leading
    layout.endLayout()
    return layout, max(y, leading)


def draw_paragraph(
    painter: QPainter, x: float, y: float, words: str, room: float, px: int = BODY, leading: int = 18, role: Role = "text",
    marks: tuple[Wash, ...] = (), weight: QFont.Weight = REGULAR,
) -> int:  # fmt: skip
    """Draw wrapped text with its top left corner at (x, y); returns its height."""
    layout, tall = paragraph(words, room, px, leading, marks, weight)
    painter.setPen(colour(role))
    layout.draw(painter, QPointF(x, y))
    return tall


def rounded(
    painter: QPainter, box: QRectF, radius: float, fill: Role | QColor | None = None, line: Role | None = None, wide: float = 1
) -> None:
    """A rounded rectangle, filled, outlined or both."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(colour(fill) if isinstance(fill, str) else fill)
    painter.setPen(QPen(colour(line), wide) if line else Qt.PenStyle.NoPen)
    half = wide / 2 if line else 0
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), max(0.0, radius - half), max(0.0, radius - half))
    painter.restore()


def hairline(painter: QPainter, x1: float, x2: float, y: float, role: Role = "line") -> None:
    """A horizontal line of one pixel."""
    painter.fillRect(QRectF(x1, y, x2 - x1, 1), colour(role))


def chip_width(words: str, icon: str = "") -> int:
    """How wide a chip is."""
    return width(words, SMALL, MEDIUM) + 12 + (15 if icon else 0)


def chip(painter: QPainter, x: float, middle: float, words: str, kind: ChipKind = "plain", icon: str = "", chosen: bool = False) -> float:
    """A chip centred on the line `middle`; on a chosen row its ground is the page. Returns the width used."""
    box = QRectF(round(x), round(middle - CHIP_H / 2), chip_width(words, icon), CHIP_H)
    fill: Role | None = "quiet"
    ink: Role = "text2"
    if kind == "outline":
        fill = None
    elif kind != "plain":
        fill, ink = tint_of(kind), kind
    edge: Role | None = ink if theme().high else "line_strong" if kind == "outline" else None
    rounded(painter, box, R_CHIP, "base" if chosen else fill, edge)
    if icon:
        icons.paint(painter, box.left() + 4, box.top() + 2, icon, ink, 14)
    left = box.left() + 6 + (15 if icon else 0)
    text(painter, QRectF(left, box.top(), box.right() - left, CHIP_H), words, SMALL, MEDIUM, ink)
    return box.width()


def forget() -> None:
    """Drop shaped paragraphs, as after new faces were loaded."""
    for cache in (_paragraph, fitted, _shaped, _half_cap):
        cache.cache_clear()
