"""The history of one record: who said what, when, on which computer; an earlier version can be said again, nothing is erased."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from fieldtool.domain.ids import EntityId
from fieldtool.services import records
from fieldtool.services.screens.conflict import differing
from fieldtool.services.screens.history import ChangeLine, HistoryModel, history_model
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.layout import column, holder
from fieldtool.ui.controls.views import Rows, box_of, ground, is_chosen, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs, painting
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.painting import Wash
from fieldtool.ui.look.tokens import INSET, Role, S
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.terms import field_label, kind_label
from fieldtool.ui.words import tr

GUTTER, LEADING = 150, 19


class History(Screen):
    """Enter or the button makes the chosen version the present one, as a new change."""

    kinds = frozenset({"note", "meeting", "recommendation", "action", "position", "visit", "finding", "section", "person", "institution",
                       "comment"})  # fmt: skip
    origin = "history"

    def __init__(self, desk: Desk) -> None:
        self._entity = EntityId("")
        self._kind = ""
        back = Button("", "ghost", "left", name=tr("Back"))
        back.clicked.connect(lambda: desk.go("", ""))
        self._restore = Button(tr("Say this again"), "primary", "undo")
        self._head = Head("", self._restore, before=back)
        self._rows: Rows[ChangeLine] = Rows([], self._say)
        self.list = list_of(self._rows, self._draw, self._height, tr("Changes, latest first"))
        super().__init__(desk, self._head, holder(column(S, self.list)))
        self._restore.clicked.connect(self.restore)
        self.list.activated.connect(lambda _index: self.restore())
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._on_row())

    def target(self, wanted: str) -> None:
        """Show the history of a record."""
        self._entity, self._stale = EntityId(wanted), True

    def kept_target(self) -> str:
        return self._entity

    def load(self) -> None:
        entity, language = self._entity, words.language.code
        self.desk.read(lambda s: history_model(s, entity, language), self._show)

    def start(self) -> None:
        self.list.setFocus()

    def commands(self) -> list[Command]:
        return [Command("restore-version", tr("Say the chosen version again"), "Ctrl+R", self.restore)]

    def _show(self, model: HistoryModel | None) -> None:
        if model is None:
            return
        self._kind = model.kind
        self._head.title.say(tr("History"))
        self._head.meta.say(f"{kind_label(model.kind)}: {model.title}")
        self._rows.show(model.lines)
        if model.lines:
            self.list.setCurrentIndex(self._rows.index(0, 0))
        self._on_row()

    def chosen(self) -> ChangeLine | None:
        """The change under the bar."""
        index = self.list.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None

    def _on_row(self) -> None:
        found = self.chosen()
        self._restore.setEnabled(found is not None and not found.current)

    def restore(self) -> None:
        """Make the field say again what it said then; the versions since stay in the history."""
        found, entity = self.chosen(), self._entity
        if found is not None and not found.current:
            key = f"{found.field}/{found.element}" if found.element else found.field
            change = found.change
            self.desk.write(lambda s: records.restore_version(s, entity, key, change, origin=self.origin), None, self.refuse)

    # ------------------------------------------------------------------------------------------------ rows

    def _field(self, found: ChangeLine) -> str:
        name = tr("deleted") if found.field == "deleted" else field_label(self._kind, found.field)
        return f"{name}: {found.element}" if found.element and found.element != found.after else name

    def _told(self, found: ChangeLine) -> str:
        return found.after or tr("(taken away)")

    def _height(self, found: ChangeLine, wide: int) -> int:
        return 36 + painting.paragraph(self._told(found), wide - GUTTER - 2 * INSET, BODY, LEADING)[1]

    def _say(self, found: ChangeLine, _column: int) -> str:
        return f"{words.moment(found.at)}, {found.author}, {self._field(found)}: {self._told(found)}"

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, found: ChangeLine, _column: int) -> None:
        box = box_of(option)
        ground(painter, option, S)
        x, right = box.left() + INSET + GUTTER, box.right() - INSET
        painting.text(painter, QRectF(box.left() + INSET, box.top() + 8, GUTTER - S, 18), words.moment(found.at), SMALL, REGULAR, "text3")
        role: Role = "accent" if found.own else "other"
        glyphs.paint(painter, x + 4, box.top() + 17, ("dot", role), 12)
        x += 16
        x += painting.text(painter, QRectF(x, box.top() + 8, 260, 18), found.author, SMALL, BOLD, "text2") + S
        x += painting.text(painter, QRectF(x, box.top() + 8, 260, 18), self._field(found), SMALL, MEDIUM, "text2") + S
        if found.current:
            x += painting.chip(painter, x, box.top() + 17, tr("in force"), "ok", "", is_chosen(option)) + S
        if found.state:
            painting.chip(painter, x, box.top() + 17, found.state, "warn", "", is_chosen(option))
        where = tr("installation {id}", id=found.installation)
        painting.text(painter, QRectF(right - 160, box.top() + 8, 160, 18), where, SMALL, REGULAR, "text3", "right")
        text, left = self._told(found), box.left() + INSET + GUTTER
        marks: tuple[Wash, ...] = ()
        if found.is_text and found.before:
            marks = tuple((start, length, role) for start, length in differing(found.after, [found.before]))
        painting.draw_paragraph(painter, left, box.top() + 28, text, box.width() - GUTTER - 2 * INSET, BODY, LEADING, "text", marks)
