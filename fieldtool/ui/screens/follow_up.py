"""Follow-up: what is to be done, was promised, was offered; one list that answers who, until when, how far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from fieldtool.services import records
from fieldtool.services.screens.follow_up import FollowUpRow, follow_up_rows
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button, Segmented
from fieldtool.ui.controls.labels import label
from fieldtool.ui.controls.layout import column, grow, holder, row, strip
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.controls.views import Grouped, Rows, box_of, ground, is_chosen, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.glyphs import Mark
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, ROW2, Role, S
from fieldtool.ui.screens import marks
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.terms import choices, term
from fieldtool.ui.words import later, tr


@dataclass(frozen=True, slots=True)
class Group:
    """A head within the list."""

    title: str
    remark: str


Row = Group | FollowUpRow
TITLES = {
    "action": later("To be done"),
    "commitment": later("Promised"),
    "plan announced": later("Planned by others"),
    "assistance": later("Assistance"),
}
ICONS = {"action": "follow", "commitment": "commitment", "plan announced": "plan", "assistance": "offered"}
STATES: dict[str, Mark] = {
    "open": ("ring", "edge"),
    "in progress": ("half", "warn"),
    "done": ("disc_check", "ok"),
    "cancelled": ("cross", "text3"),
    "requested": ("ring", "edge"),
    "welcomed": ("disc_check", "ok"),
    "considered": ("half", "warn"),
    "declined": ("cross", "bad"),
    "no answer": ("dash", "text2"),
}
ALL, OPEN, OVERDUE = 0, 1, 2


class FollowUp(Screen):
    """Enter opens the meeting behind a line; the state of an action point changes in place."""

    kinds = frozenset({"action", "note", "assistance", "meeting", "recommendation"})
    origin = "follow-up"

    def __init__(self, desk: Desk) -> None:
        self._all: list[FollowUpRow] = []
        self._show_which = Segmented([tr("All"), tr("Still open"), tr("Overdue")], ALL, tr("Which"))
        self._state = Button(tr("State"), "plain", menu=True)
        self._rows: Rows[Row] = Grouped(_say, lambda r: isinstance(r, Group))
        self.list = list_of(self._rows, _draw, lambda r, _w: 40 if isinstance(r, Group) else ROW2, tr("Follow-up"))
        self.list.setMinimumWidth(520)  # words before marks: with less the page is panned
        self._empty = label(tr("Nothing to follow up yet. Type / and “action point” in a meeting."), BODY, REGULAR, "text3")
        self._head = Head(tr("Follow-up"), self._state)
        filters = strip(self._show_which, None, margins=(INSET, 10, INSET, 2))
        body = holder(column(filters, row(self._empty, margins=(INSET, 0, INSET, 0)), grow(self.list)))
        super().__init__(desk, self._head, body)
        self._show_which.chosen.connect(lambda _n: self._filter())
        self._state.clicked.connect(lambda: open_menu(self._state, self._entries()))
        self.list.activated.connect(self._on_open)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._on_row())

    def load(self) -> None:
        visit, language, today = self.desk.visit, words.language.code, date.today()  # noqa: DTZ011  # the user's own day
        if visit is not None:
            self.desk.read(lambda s: follow_up_rows(s, visit, language, today), self._show)

    def start(self) -> None:
        self.list.setFocus()

    def target(self, wanted: str) -> None:
        """Put the bar on one line."""
        self._wanted = wanted
        self._stale = True

    _wanted = ""

    def commands(self) -> list[Command]:
        return [Command("action-done", tr("The chosen action point is done"), "Ctrl+D", partial(self._set_state, "done"))]

    def _show(self, rows: list[FollowUpRow]) -> None:
        self._all = rows
        overdue = sum(r.overdue for r in rows)
        actions = sum(r.sort == "action" for r in rows)
        told = tr("%n action point(s)", actions) + (" · " + tr("{count} overdue", count=overdue) if overdue else "")
        self._head.meta.say(told)
        self._filter()

    def _filter(self) -> None:
        which, chosen = self._show_which.at(), self.chosen()
        wanted = self._wanted or (chosen.id if chosen else "")
        kept = [
            r
            for r in self._all
            if which == ALL or (which == OPEN and r.state not in ("done", "cancelled")) or (which == OVERDUE and r.overdue)
        ]
        rows: list[Row] = []
        for sort, title in TITLES.items():
            part = [r for r in kept if r.sort == sort]
            if part:
                rows += [Group(tr(title), str(len(part))), *part]
        self._rows.show(rows)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        at = next((k for k, r in enumerate(rows) if isinstance(r, FollowUpRow) and r.id == wanted), self._rows.first())
        if at >= 0:
            self.list.setCurrentIndex(self._rows.index(at, 0))
        self._wanted = ""
        self._on_row()

    def chosen(self) -> FollowUpRow | None:
        """The line under the bar."""
        index = self.list.currentIndex()
        found = self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None
        return found if isinstance(found, FollowUpRow) else None

    def _on_row(self) -> None:
        chosen = self.chosen()
        able = chosen is not None and chosen.sort in ("action", "assistance")
        self._state.setEnabled(able)

    def _on_open(self, index: QModelIndex) -> None:
        found = self._rows.rows[index.row()]
        if isinstance(found, FollowUpRow) and found.meeting is not None:
            self.desk.go("meetings", f"{found.meeting.id}#{found.id}")

    def _entries(self) -> list[Entry]:
        chosen = self.chosen()
        if chosen is None:
            return []
        vocabulary = "action_state" if chosen.sort == "action" else "reception"
        return [Entry(label_, partial(self._set_state, word), word == chosen.state) for word, label_ in choices(vocabulary)]

    def _set_state(self, word: str) -> None:
        chosen = self.chosen()
        if chosen is None or chosen.sort not in ("action", "assistance"):
            return
        field, entity, heads = "state" if chosen.sort == "action" else "reception", chosen.id, chosen.heads
        self.desk.write(
            lambda s: records.edit_record(s, entity, {field: word}, base=heads, origin=self.origin, label="action-state"), None, self.refuse
        )


def _say(found: Row, _column: int) -> str:
    if isinstance(found, Group):
        return f"{found.title}, {found.remark}"
    due = tr("due {day}", day=words.short_day(found.due)) if found.due else ""
    late = tr("overdue") if found.overdue else ""
    keys = ", ".join(c.key for c in found.chips)
    return ", ".join(p for p in (found.text, found.owner, due, late, _state(found), keys) if p)


def _state(found: FollowUpRow) -> str:
    return term("action_state" if found.sort == "action" else "reception", found.state) if found.state else ""


def _draw(painter: QPainter, option: QStyleOptionViewItem, found: Row, _column: int) -> None:
    box = box_of(option)
    if isinstance(found, Group):
        wide = painting.text(painter, box.adjusted(INSET, 12, -INSET, 0), found.title, BODY, BOLD)
        painting.text(painter, box.adjusted(INSET + wide + S, 12, 0, 0), found.remark, SMALL, REGULAR, "text3")
        return
    ground(painter, option, S)
    painting.hairline(painter, box.left() + INSET, box.right() - INSET, box.bottom() - 1)
    icons.paint(painter, box.left() + INSET, box.top() + 7, ICONS[found.sort], "text2")
    right = box.right() - INSET
    top, low = QRectF(box.left() + 48, box.top() + 5, box.width() - 360, 18), QRectF(box.left() + 48, box.top() + 23, box.width() - 360, 16)
    done = found.state in ("done", "cancelled")
    painting.text(painter, top, " ".join(found.text.split()), BODY, REGULAR, "text2" if done else "text")
    where = tr("Meeting {number}", number=found.meeting.number) if found.meeting else ""
    painting.text(painter, low, " · ".join(p for p in (found.owner, where) if p), SMALL, REGULAR, "text3")
    marks.chips(painter, right - 290, box.top() + 14, found.chips, is_chosen(option), 130)
    if found.state:
        glyphs.paint(painter, right - 140, box.top() + 14, STATES.get(found.state, ("ring", "edge")), 11)
        painting.text(painter, QRectF(right - 128, box.top() + 5, 128, 18), _state(found), SMALL, REGULAR, "text2")
    if found.due:
        ink: Role = "bad" if found.overdue else "text3"
        told = tr("due {day}", day=words.day(found.due, tr("d MMM yyyy")))
        painting.text(painter, QRectF(right - 128, box.top() + 23, 132, 16), told, SMALL, REGULAR, ink)
