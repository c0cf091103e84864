"""Ctrl+K: everything by its words, and every command; keyboard only, in place; runs nothing before Enter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from fieldtool.services.screens.find import Found, find
from fieldtool.ui import words
from fieldtool.ui.commands import Command, Commands
from fieldtool.ui.controls.fields import line_edit
from fieldtool.ui.controls.labels import icon, label
from fieldtool.ui.controls.layout import column, row
from fieldtool.ui.controls.popup import Popup
from fieldtool.ui.controls.views import Grouped, Rows, box_of, ground, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, L, M, S
from fieldtool.ui.screens.terms import kind_label
from fieldtool.ui.words import tr

WIDE, MOST = 640, 9
ICONS = {
    "note": "quote",
    "meeting": "meeting",
    "recommendation": "recommendations",
    "person": "person",
    "institution": "house",
    "action": "follow",
    "comment": "meeting",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A head within the list."""

    title: str


Row = Group | Found | Command


class Finder(Popup):
    """`left` is emitted when it is put away without a choice, `found` when something that was found is gone to."""

    left = Signal()
    found = Signal()

    def __init__(self, parent: QWidget, desk: Desk, commands: Commands) -> None:
        super().__init__(parent)
        self._desk, self._commands = desk, commands
        self._serial = 0
        self.edit = line_edit(tr("A word, a name, a number, or what to do"), tr("Find anything"), HEAD)
        self.rows: Rows[Row] = Grouped(_say, lambda r: isinstance(r, Group))
        self.list = list_of(self.rows, _draw, _height, tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = label(tr("Nothing has these words."), BODY, REGULAR, "text3")
        self.edit.setBackgroundRole(QPalette.ColorRole.Light)  # ground of its own: a key then paints nothing of what lies beneath
        self.edit.setAutoFillBackground(True)
        pad, told = self.PAD, row(self.nothing, margins=(L, 0, L, 0))
        self.setLayout(
            column(
                row(icon("search", "text3"), self.edit, margins=(L, M, L, M)), told, self.list, margins=(pad + 1, pad + 1, pad + 1, pad + 4)
            )
        )
        self.setAccessibleName(tr("Find anything"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._search)
        self.edit.textChanged.connect(lambda _words: self._timer.start())
        self.edit.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self.hide()

    def open(self, query: str = "") -> None:
        """Show it, with these words to look for."""
        self.edit.setText(query)
        self.edit.selectAll()
        self._search()
        self.raise_()
        self.show()
        self.edit.setFocus()

    def place(self) -> None:
        """Stand in the upper middle of the window, as tall as what was found."""
        parent = self.parentWidget()
        tall = min(sum(_height(r, WIDE) for r in self.rows.rows), MOST * 44) or 32
        if parent is not None:
            self.setGeometry((parent.width() - WIDE) // 2 - self.PAD, 84, WIDE + 2 * self.PAD, tall + 62 + 2 * self.PAD)

    def _search(self) -> None:
        query, visit, language = self.edit.text(), self._desk.visit, words.language.code
        self._serial += 1
        serial = self._serial
        commands = self._matching(query)
        if not query.strip():
            self._show([], commands)
            return

        def arrived(found: list[Found]) -> None:
            if serial == self._serial:  # a later key has asked again
                self._show(found, commands)

        self._desk.read(lambda s: find(s, query, visit, language), arrived)

    def _matching(self, query: str) -> list[Command]:
        parts = query.casefold().split()
        return [c for c in self._commands if all(p in c.text.casefold() for p in parts)]

    def _show(self, found: list[Found], commands: list[Command]) -> None:
        rows: list[Row] = []
        kind = ""
        for line in found:
            if line.kind != kind:
                rows.append(Group(kind_label(line.kind, many=True).capitalize()))
                kind = line.kind
            rows.append(line)
        if commands:
            rows += [Group(tr("Commands")), *commands]
        self.rows.show(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        if (first := self.rows.first()) >= 0:
            self.list.setCurrentIndex(self.rows.index(first, 0))
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.edit:
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(-1 if key == Qt.Key.Key_Up else 1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentIndex())
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                self.left.emit()
                return True
        if event.type() == QEvent.Type.FocusOut and watched is self.edit and self.isVisible():
            self.hide()
        return False

    def _step(self, by: int) -> None:
        rows, at = self.rows.rows, self.list.currentIndex().row()
        for _ in rows:
            at = (at + by) % len(rows)
            if not isinstance(rows[at], Group):
                break
        if rows:
            self.list.setCurrentIndex(self.rows.index(at, 0))
            self.list.scrollTo(self.rows.index(max(0, at - 1), 0))
            self.list.scrollTo(self.rows.index(at, 0))

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        chosen = self.rows.rows[index.row()]
        self.hide()
        if isinstance(chosen, Found):
            self.found.emit()
            self._desk.go(chosen.screen, chosen.target)
        elif isinstance(chosen, Command):
            chosen.handler()


def _height(row_: Row, _wide: int) -> int:
    return 28 if isinstance(row_, Group) else 44 if isinstance(row_, Found) else 32


def _say(row_: Row, _column: int) -> str:
    if isinstance(row_, Group):
        return row_.title
    return f"{row_.title}. {row_.detail}" if isinstance(row_, Found) else f"{row_.text} {row_.keys}"


def _draw(painter: QPainter, option: QStyleOptionViewItem, row_: Row, _column: int) -> None:
    box = box_of(option)
    if isinstance(row_, Group):
        painting.text(painter, box.adjusted(INSET, 4, -INSET, 0), row_.title, SMALL, BOLD, "text3")
        return
    ground(painter, option, XS, active=True)
    if isinstance(row_, Command):
        painting.text(painter, box.adjusted(INSET + 24, 0, -120, 0), row_.text, BODY)
        painting.text(painter, box.adjusted(0, 0, -INSET, 0), row_.keys, SMALL, REGULAR, "text3", "right")
        return
    icons.paint(painter, box.left() + INSET - 4, box.top() + 6, ICONS.get(row_.kind, "fact"), "text2")
    x = box.left() + INSET + 24
    painting.text(painter, QRectF(x, box.top() + 4, box.right() - S - x, 20), " ".join(row_.title.split()), BODY)
    painting.text(painter, QRectF(x, box.top() + 22, box.right() - S - x, 18), row_.detail, SMALL, REGULAR, "text3")
