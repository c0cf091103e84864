"""A page larger than its window, as with large text on a small screen: bars, wheel, keys and the caret move it; draws no page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QScrollBar, QTextEdit, QWidget

from fieldtool.ui.controls.editors import BAR, dress_bar
from fieldtool.ui.controls.focus import replace_focus
from fieldtool.ui.look.tokens import L
from fieldtool.ui.words import tr

STEP = 40


class Panning(QObject):
    """Gives the page of a window the room it needs; where the window has less, the page is moved under it.

    The page stays a child of the window, so that the focus and the caret stay where they are when the bars come and go.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._page = window, QWidget()
        self._across, self._down = _bar(window, Qt.Orientation.Horizontal), _bar(window, Qt.Orientation.Vertical)
        self._following = False
        for bar in (self._across, self._down):
            bar.valueChanged.connect(self._move)
        window.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether the page is larger than the window."""
        return self._following

    def place(self, page: QWidget) -> None:
        """Give the page its room; called whenever the window or what the page needs has another size."""
        self._page = page
        view, least = self._view(page.minimumSizeHint()), page.minimumSizeHint()
        whole = view.expandedTo(least)
        for bar, room, need in ((self._across, view.width(), whole.width()), (self._down, view.height(), whole.height())):
            bar.blockSignals(True)
            bar.setRange(0, need - room)
            bar.setPageStep(room)
            bar.setVisible(need > room)
            bar.blockSignals(False)
        page.resize(whole)
        self._across.setGeometry(0, view.height(), view.width(), BAR)
        self._down.setGeometry(view.width(), 0, BAR, view.height())
        for bar in (self._across, self._down):
            bar.raise_()
        self._follow_keys(whole != view)
        self._move()

    def _view(self, least: QSize) -> QSize:
        """What of the window is left beside the bars it takes."""
        room, down, across = self._window.size(), 0, 0
        for _ in range(2):  # one bar takes room that may call for the other
            across = BAR if least.width() > room.width() - down else 0
            down = BAR if least.height() > room.height() - across else 0
        return QSize(room.width() - down, room.height() - across)

    def _follow_keys(self, on: bool) -> None:
        """Only a page that is moved is followed: otherwise no event of the application passes through here."""
        application = QApplication.instance()
        if on is self._following or not isinstance(application, QApplication):
            return
        self._following = on
        if on:
            application.installEventFilter(self)
            application.focusChanged.connect(self._on_focus)
        else:
            application.removeEventFilter(self)
            application.focusChanged.disconnect(self._on_focus)

    def stop(self) -> None:
        """Follow nothing any more: the window is closed."""
        self._follow_keys(False)

    def _move(self) -> None:
        self._page.move(-self._across.value(), -self._down.value())
        replace_focus(self._window)

    def _on_focus(self, _before: object, now: object) -> None:
        if isinstance(now, QWidget):
            self.show_whole(now)

    def show_whole(self, widget: QWidget) -> None:
        """Move the page so that a control, or the place in it where one is, can be seen."""
        if not self._page.isAncestorOf(widget):
            return
        spot = place_in(widget)
        spot.translate(widget.mapTo(self._page, QPoint(0, 0)))
        for bar, first, last in ((self._across, spot.left(), spot.right()), (self._down, spot.top(), spot.bottom())):
            at, room = bar.value(), bar.pageStep()
            if last + L > at + room:
                at = last + L - room
            if first - L < at:
                at = first - L
            bar.setValue(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.LayoutRequest:
                self.place(self._page)
            elif isinstance(event, QWheelEvent):
                self._across.setValue(self._across.value() - event.angleDelta().x())
                self._down.setValue(self._down.value() - event.angleDelta().y())
            elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                self._turn(event.key())
        elif kind == QEvent.Type.KeyRelease and isinstance(watched, QWidget) and watched.hasFocus():
            self.show_whole(watched)
        return False

    def _turn(self, key: int) -> None:
        """Keys that nothing on the page took."""
        ways = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        self._down.setValue(self._down.value() + ways.get(Qt.Key(key), 0) * (self._down.pageStep() - STEP))


def place_in(widget: QWidget) -> QRect:
    """Where in a control one is: the caret of an editor, the chosen row of a list, else all of it."""
    if isinstance(widget, QLineEdit | QTextEdit):
        spot = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        return spot.toAlignedRect() if hasattr(spot, "toAlignedRect") else QRect(spot)
    if isinstance(widget, QAbstractItemView):
        row = widget.visualRect(widget.currentIndex()).translated(widget.viewport().pos())
        return row if row.isValid() else QRect(0, 0, 1, 1)
    return widget.rect()


def _bar(window: QWidget, way: Qt.Orientation) -> QScrollBar:
    bar = QScrollBar(way, window)
    dress_bar(bar)
    bar.setSingleStep(STEP)
    bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    bar.setAccessibleName(tr("Move the page sideways") if way is Qt.Orientation.Horizontal else tr("Move the page up and down"))
    bar.hide()
    return bar
