"""Words and marks on a page: labels, painted lines, chips; nothing here takes the focus."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy

from fieldtool.ui.controls.layout import FIXED, FREE, PREFERRED, row
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL, font, width
from fieldtool.ui.look.painting import ChipKind
from fieldtool.ui.look.tokens import Role

INK: dict[Role, QPalette.ColorRole] = {
    "text": QPalette.ColorRole.WindowText,
    "text2": QPalette.ColorRole.LinkVisited,
    "text3": QPalette.ColorRole.PlaceholderText,
    "accent": QPalette.ColorRole.Link,
    "bad": QPalette.ColorRole.BrightText,
}
LEAST_LINE = 56  # pixels: less of a line says nothing
Draw = Callable[[QPainter, QRectF], object]


def label(words: str, px: int = BODY, weight: QFont.Weight = REGULAR, role: Role = "text") -> QLabel:
    """A label coloured by palette role, so that a theme change reaches it without a stylesheet."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)  # a label would guess HTML in what a user wrote
    made.setText(words)
    made.setFont(font(px, weight))
    made.setForegroundRole(INK[role])
    return made


def paragraph(words: str, px: int = BODY, role: Role = "text", weight: QFont.Weight = REGULAR) -> QLabel:
    """A wrapping label that never widens its column."""
    made = label(words, px, weight, role)
    made.setWordWrap(True)
    policy = QSizePolicy(FREE, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


class Painted(QLabel):
    """One drawing, of fixed size or as tall as `tall(width)` says; a QLabel, so that screen readers see text and not a client."""

    def __init__(self, draw: Draw, wide: int = 0, high: int = 0, name: str = "", tall: Callable[[int], int] | None = None) -> None:
        super().__init__()
        self._draw, self._tall = draw, tall
        self.setAccessibleName(name)
        policy = QSizePolicy(FIXED if wide else FREE, FIXED if high else PREFERRED)
        policy.setHeightForWidth(tall is not None)
        self.setSizePolicy(policy)
        self.wanted = QSize(wide or 40, high)
        self.setProperty("stretch", 0 if wide else 1)

    def sizeHint(self) -> QSize:
        return QSize(self.wanted.width(), self._tall(max(40, self.width()))) if self._tall else self.wanted

    def heightForWidth(self, wide: int) -> int:
        return self._tall(wide) if self._tall else -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._draw(QPainter(self), QRectF(self.rect()))


class Line(Painted):
    """One line that elides instead of widening its column: it takes what is left, or with `fit` its own width at most."""

    def __init__(self, words: str, px: int = BODY, weight: QFont.Weight = REGULAR, role: Role = "text", fit: bool = False) -> None:
        super().__init__(self._paint, 0, px + 6, words)
        self._px, self._weight, self._fit = px, weight, fit
        self._ink: Role = role
        self._words = ""
        if fit:
            self.setProperty("stretch", 0)
            self.setSizePolicy(PREFERRED, FIXED)
        self.say(words)

    def say(self, words: str, role: Role | None = None) -> None:
        """Show other words."""
        self._words, self._ink = words, role or self._ink
        self.setAccessibleName(words)
        self.setToolTip(html.escape(words))
        wide = width(words, self._px, self._weight) + 2
        self.setMinimumWidth(min(wide, LEAST_LINE))
        if self._fit:
            self.wanted = QSize(wide, self._px + 6)
            self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What it says now."""
        return self._words

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        if box.width() < 2 * self._px and width(self._words, self._px, self._weight) > box.width():
            return  # an ellipsis alone says nothing
        painting.text(painter, box, self._words, self._px, self._weight, self._ink)


def icon(name: str, role: Role = "text2", size: int = 16) -> Painted:
    """An icon that means nothing alone: the words stand beside it."""
    return Painted(lambda p, _box: icons.paint(p, 0, 0, name, role, size), size, size)


def glyph(mark: glyphs.Mark, size: int = 12) -> Painted:
    """A status mark beside its word."""
    return Painted(lambda p, box: glyphs.paint(p, box.center().x() + 0.5, box.center().y() + 0.5, mark, size), size + 2, size + 4)


def chip(words: str, kind: ChipKind = "plain", icon_name: str = "") -> Painted:
    """A chip as a widget."""
    wide = painting.chip_width(words, icon_name)
    return Painted(lambda p, box: painting.chip(p, 0, box.center().y(), words, kind, icon_name), wide, 20, words)


def section(title: str, note: str = "") -> QHBoxLayout:
    """The head of a part of a page, with a grey remark."""
    remark = [label(note, SMALL, REGULAR, "text3")] if note else []
    return row(label(title, BODY, BOLD), *remark, None)
