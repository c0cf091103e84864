"""Panes that scroll up and down; they hold other controls and know none of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from fieldtool.ui.controls.editors import BAR, tame
from fieldtool.ui.controls.layout import Surface, column


class Pane(QScrollArea):
    """It scrolls up and down only: it is never narrower than what is in it."""

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        return QSize(inside.minimumSizeHint().width() + BAR if inside else 0, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(content: QWidget, name: str) -> QScrollArea:
    """A pane that scrolls when it is taller than its place."""
    area = Pane()
    tame(area, name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(Surface(layout=column(content)))
    return area
