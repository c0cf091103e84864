"""Fields to type into: a painted well around a bare editor; they hold words and judge none of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLineEdit, QWidget

from fieldtool.ui.controls.layout import Item, Margins, row
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import BODY, font
from fieldtool.ui.look.tokens import CONTROL, R_CONTROL, colour


class Well(QFrame):
    """The frame of something editable: quiet fill, hairline, firm lower edge; an accent ring while the caret is inside."""

    def __init__(self, *items: Item, margins: Margins = (10, 0, 4, 0), height: int = 0) -> None:
        super().__init__()
        self.setLayout(row(*items, margins=margins))
        if height:
            self.setFixedHeight(height)
        for widget in self.findChildren(QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box, focused = QPainter(self), QRectF(self.rect()), QApplication.focusWidget()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if focused is not None and not isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            painting.rounded(painter, box, R_CONTROL, "base", "accent", 2)
            return
        painting.rounded(painter, box, R_CONTROL, "sunken", "line")
        painter.setPen(QPen(colour("edge"), 1))
        painter.drawLine(QPointF(box.left() + 5, box.bottom() - 0.5), QPointF(box.right() - 5, box.bottom() - 0.5))


def bare(widget: QWidget, name: str, px: int) -> None:
    """Take an editor's own ground away: the well around it draws it."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Base, "transparent")
    widget.setPalette(palette)
    widget.setFont(font(px))
    widget.setAccessibleName(name)


# On X11 Qt gives editors the Emacs keys; the window's commands come first.
_COMMAND_KEYS = frozenset(
    {Qt.Key.Key_D, Qt.Key.Key_E, Qt.Key.Key_F, Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)


def is_command_key(event: QEvent) -> bool:
    """Whether an editor asks for a key that the window's commands own."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() in _COMMAND_KEYS


class LineEdit(QLineEdit):
    """A one-line editor that leaves the window's command keys to the window."""

    def event(self, event: QEvent) -> bool:
        if is_command_key(event):
            event.ignore()
            return False
        return super().event(event)


def line_edit(placeholder: str, name: str, px: int = BODY) -> QLineEdit:
    """A one-line editor without frame or ground."""
    made = LineEdit()
    made.setPlaceholderText(placeholder)
    made.setFrame(False)
    bare(made, name, px)
    return made


def field(placeholder: str, name: str) -> tuple[Well, QLineEdit]:
    """A one-line editor in its well."""
    editor = line_edit(placeholder, name)
    return Well(editor, height=CONTROL), editor
