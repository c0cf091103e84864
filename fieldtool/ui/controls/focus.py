"""The focus mark of buttons: one overlay a window, shown after Tab or a shortcut and never after a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fieldtool.ui.look import painting
from fieldtool.ui.look.tokens import R_CONTROL

_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class FocusRing(QWidget):
    """A ring two pixels away from one button; editors and views show their own place (caret, row bar)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target: QWidget | None = None

    def surround(self, target: QWidget | None) -> None:
        """Show the ring around a button, or hide it."""
        if (before := self._living()) is not None:
            before.removeEventFilter(self)
        self._target = target
        if target is not None:
            target.installEventFilter(self)
        self.place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide):
            self.place()
        return False

    def _living(self) -> QWidget | None:
        """The button, unless its panel was cleared meanwhile: Qt then deletes it without a word to Python."""
        return self._target if self._target is not None and isValid(self._target) else None

    def place(self) -> None:
        """Stand around the button again: the page under it was moved."""
        target = self._living()
        self.setVisible(target is not None and target.isVisible())
        if target is not None:
            at = target.mapTo(target.window(), target.rect().topLeft())
            self.setGeometry(at.x() - 4, at.y() - 4, target.width() + 8, target.height() + 8)
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painting.rounded(QPainter(self), QRectF(self.rect()), R_CONTROL + 4, None, "accent", 2)


def mark_focus(button: QWidget, reason: Qt.FocusReason) -> None:
    """A button got the focus: show the window's ring if keys brought it."""
    ring = button.window().findChild(FocusRing, options=_DIRECT)
    if reason in _BY_KEYS:
        (ring or FocusRing(button.window())).surround(button)
    elif ring is not None:
        ring.surround(None)


def unmark_focus(button: QWidget) -> None:
    """A button lost the focus."""
    ring = button.window().findChild(FocusRing, options=_DIRECT)
    if ring is not None:
        ring.surround(None)


def replace_focus(window: QWidget) -> None:
    """The page of a window was moved: its ring goes with it."""
    ring = window.findChild(FocusRing, options=_DIRECT)
    if ring is not None:
        ring.place()
