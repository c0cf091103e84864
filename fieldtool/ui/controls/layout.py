"""Rows, columns and plain areas: how things stand beside each other; no words and no painting of content."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from fieldtool.ui.look import painting
from fieldtool.ui.look.tokens import Role, S, colour

FIXED, FREE, GROW = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding
PREFERRED = QSizePolicy.Policy.Preferred
Item = QWidget | QLayout | int | None
W = TypeVar("W", bound=QWidget)
Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def grow(widget: W) -> W:
    """The widget takes what height is left in its column."""
    widget.setProperty("tall", 1)
    return widget


def column(*items: Item, margins: Margins = NONE, gap: int = 0) -> QVBoxLayout:
    """Widgets, layouts, spaces (int) and stretches (None), top to bottom."""
    box = QVBoxLayout()
    _fill(box, items, margins, gap)
    return box


def row(*items: Item, margins: Margins = NONE, gap: int = S) -> QHBoxLayout:
    """The same, left to right."""
    box = QHBoxLayout()
    _fill(box, items, margins, gap)
    return box


def _fill(box: QBoxLayout, items: tuple[Item, ...], margins: Margins, gap: int) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for item in items:
        if isinstance(item, QWidget):
            box.addWidget(item, int(item.property("tall" if isinstance(box, QVBoxLayout) else "stretch") or 0))
        elif isinstance(item, int):
            box.addSpacing(item)
        elif item is None:
            box.addStretch(1)
        else:
            box.addLayout(item)


def holder(layout: QLayout, fixed: bool = False) -> QWidget:
    """A bare widget around a layout; `fixed` keeps it at its own height."""
    widget = QWidget()
    widget.setLayout(layout)
    widget.setSizePolicy(PREFERRED, FIXED if fixed else PREFERRED)
    return widget


def strip(*items: Item, margins: Margins = NONE, gap: int = S) -> QWidget:
    """A row that keeps its own height."""
    return holder(row(*items, margins=margins, gap=gap), fixed=True)


class Surface(QWidget):
    """A plain area in one colour role, with a hairline at the bottom ("b") or right ("r"), or rounded corners."""

    def __init__(self, role: Role = "base", line: str = "", radius: int = 0, *, layout: QLayout | None = None) -> None:
        super().__init__()
        self._role: Role = role
        self._line, self._radius = line, radius
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, not radius)  # what lies beneath is not painted for nothing
        if layout is not None:
            self.setLayout(layout)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), self.rect()
        if self._radius:
            painting.rounded(painter, QRectF(box), self._radius, self._role)
        else:
            painter.fillRect(box, colour(self._role))
        painter.setPen(colour("line"))
        if self._line:
            painter.drawLine(box.bottomLeft() if self._line == "b" else box.topRight(), box.bottomRight())


class Splitter(QSplitter):
    """Panes side by side: a hairline to the eye, nine pixels to the hand."""

    def __init__(self, *panes: tuple[QWidget, int], grows: int = 0) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(9)
        self.setChildrenCollapsible(False)
        for widget, _ in panes:
            self.addWidget(widget)
        self.setSizes([wide for _, wide in panes])
        self.setStretchFactor(grows, 1)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), self.rect()
        painter.fillRect(box, colour("base"))
        painter.fillRect(box.center().x(), 0, 1, box.height(), colour("accent" if self.underMouse() else "line"))
