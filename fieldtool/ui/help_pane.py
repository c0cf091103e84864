"""F1: the user's guide beside what one is doing, open at the section of the screen; it changes no record and asks nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QWidget

from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.fields import Well, line_edit
from fieldtool.ui.controls.labels import Line, icon, label
from fieldtool.ui.controls.layout import Surface, column, grow, row
from fieldtool.ui.controls.pages import PageView
from fieldtool.ui.controls.views import Rows, box_of, ground, list_of
from fieldtool.ui.guide import CONTENTS, Guide, Section, read_guide
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import CONTROL, XS, L, M, S, colour
from fieldtool.ui.words import language, tr

WIDE = 456
_SCROLLS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class HelpPane(Surface):
    """A pane over the right of the window. F1 or Esc puts it away, and the caret is back."""

    tour_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        self._guide: Guide = read_guide(language.code)
        self._before: QWidget | None = None
        self.edit = line_edit(tr("A word of what you look for"), tr("Search the guide"))
        self._found: Rows[Section] = Rows([], lambda s, _c: f"{s.title}. {self._guide.title(s.page)}")
        self.list = list_of(self._found, self._draw, lambda _s, _w: 44, tr("Sections found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows reach it from the field
        self._nothing = label(tr("No section has these words."), BODY, REGULAR, "text3")
        self.page = PageView(tr("The guide"))
        self._title = Line(tr("Help"), BODY, BOLD)
        contents, away = Button(tr("Contents"), "ghost"), Button("", "ghost", "close", hint="Esc", name=tr("Close the help"))
        self.tour = Button(tr("Five-minute tour"), "plain", "right")
        super().__init__("base", layout=column(
            row(self._title, contents, away, margins=(L, S, S, S), gap=XS),
            row(Well(icon("search", "text3"), self.edit, height=CONTROL), margins=(L, 0, L, M)),
            row(self._nothing, margins=(L, 0, L, 0)),
            grow(self.list), grow(self.page),
            row(self.tour, None, margins=(L, S, L, S)),
            margins=(1, 0, 0, 0),
        ))  # fmt: skip
        self.setParent(window)
        self.setAccessibleName(tr("Help"))
        self.edit.textChanged.connect(self._on_query)
        self.edit.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self.page.link_chosen.connect(self._on_link)
        contents.clicked.connect(lambda: self._show_page(CONTENTS, 0))
        away.clicked.connect(self.put_away)
        self.tour.clicked.connect(self._on_tour)
        self.hide()

    def open(self, screen: str, tour: bool = False) -> None:
        """Show the section of a screen, or the contents where none explains it; offer the `tour` where it can be taken."""
        self.tour.setVisible(tour)
        self._before = QApplication.focusWidget()
        self.edit.clear()
        section = self._guide.of_screen(screen)
        self.place()
        self.show()
        self.raise_()
        self._show_page(section.page, section.number) if section else self._show_page(CONTENTS, 0)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Close it and give the focus back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def _on_tour(self) -> None:
        self.put_away()
        self.tour_requested.emit()

    def place(self) -> None:
        """Stand at the right edge of the window, from top to bottom."""
        parent = self.parentWidget()
        if parent is not None:
            wide = min(WIDE, parent.width())
            self.setGeometry(parent.width() - wide, 0, wide, parent.height())

    # ------------------------------------------------------------------------------------------------ what it shows

    def _show_page(self, page: str, heading: int) -> None:
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.blockSignals(False)
        self._show_list(False)
        self.page.show_page(self._guide.text(page))
        self.page.go_to_heading(heading)
        self._title.say(self._guide.title(page))

    def _show_list(self, on: bool, empty: bool = False) -> None:
        self.list.setVisible(on and not empty)
        self._nothing.setVisible(on and empty)
        self.page.setVisible(not on or empty)

    def _on_query(self, query: str) -> None:
        found = self._guide.find(query)
        self._found.show(found)
        if found:
            self.list.setCurrentIndex(self._found.index(0, 0))
        self._show_list(bool(query.strip()), not found)

    def _on_link(self, target: QUrl) -> None:
        if target.fileName() in self._guide.pages:
            self._show_page(target.fileName(), 0)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            section = self._found.rows[index.row()]
            self._show_page(section.page, section.number)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, section: Section, _column: int) -> None:
        box = box_of(option)
        ground(painter, option, XS, active=True)
        title = section.title if not section.number else f"{section.title} · {self._guide.title(section.page)}"
        painting.text(painter, QRectF(box.left() + L, box.top() + 4, box.width() - 2 * L, 20), title, BODY, MEDIUM)
        told = self._guide.around(section, self.edit.text())
        painting.text(painter, QRectF(box.left() + L, box.top() + 23, box.width() - 2 * L, 18), told, SMALL, REGULAR, "text2")

    # ------------------------------------------------------------------------------------------------ keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # the screen behind would take it otherwise
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or watched is not self.edit:
            return False
        key, rows = event.key(), len(self._found.rows)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            if self.list.isVisible() and rows:
                self.list.setCurrentIndex(self._found.index((self.list.currentIndex().row() + step) % rows, 0))
            else:
                self.page.scroll_by(step * 48)
            return True
        if key in _SCROLLS:
            self.page.scroll_by((-1 if key == Qt.Key.Key_PageUp else 1) * (self.page.viewport().height() - 48))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.isVisible():
            self._take(self.list.currentIndex())
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(colour("line_strong"))
        painter.drawLine(self.rect().topLeft(), self.rect().bottomLeft())
