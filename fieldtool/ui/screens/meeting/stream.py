"""The notes of a meeting as a stream that rests on the line below it; paints rows, edits none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent, Qt
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from fieldtool.domain.schema import OWN_NOTE_KINDS
from fieldtool.services.screens.meetings import NoteRow, Question
from fieldtool.ui.controls.views import Grouped, Rows, box_of, ground, is_chosen, list_of
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, READ, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, M, Role, S
from fieldtool.ui.screens import marks
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr

GUTTER, LEADING = 72, 21
AT_ONCE = 100  # notes that are measured and shown before one asks for earlier ones
TAKEN = 2 * INSET + GUTTER + S  # what gutter and margins leave of the width


class Prepared(tuple[Question, ...]):
    """The questions prepared and not raised yet: the first row of the stream."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """How many notes stand above those shown."""

    count: int


StreamRow = NoteRow | Prepared | Earlier


class Stream(QListView):
    """A short stream leaves its space above, not below. `edit_requested` carries the chosen note.

    Of a long one the latest notes are shown, and more as soon as one comes to the first of them: a list measures every row it has.
    """

    edit_requested = Signal(object)
    delete_requested = Signal(object)
    history_requested = Signal(object)
    focus_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows[StreamRow] = Grouped(say, lambda r: not isinstance(r, NoteRow))
        self._notes: tuple[NoteRow, ...] = ()
        self._prepared = Prepared()
        self._first = 0  # the place of the first note shown among all
        self.filed = ""  # the note that was filed a moment ago keeps its tint
        list_of(self.rows, self._draw, height, tr("Notes of this meeting"), self)
        self.activated.connect(lambda index: self.edit_requested.emit(self.rows.rows[index.row()]))
        # later, when whatever has moved the stream has come to its end
        self.verticalScrollBar().valueChanged.connect(self._look_up, Qt.ConnectionType.QueuedConnection)

    def show_notes(self, notes: Sequence[NoteRow], questions: Sequence[Question]) -> None:
        """Replace the rows; the newest stays in sight."""
        chosen, first = self.chosen(), self._notes[self._first].id if self._notes else ""
        self._notes, self._prepared = tuple(notes), Prepared(q for q in questions if not q.raised)
        latest = max(0, len(notes) - AT_ONCE)
        self._first = next((k for k, note in enumerate(self._notes[:latest]) if note.id == first), latest)
        self._fill()
        if chosen is not None:
            self.choose(chosen.id)
        self._rest()

    def show_earlier(self) -> None:
        """Show the notes before the first one shown; what is in sight stays where it is."""
        chosen, bar, last = self.chosen(), self.verticalScrollBar(), self._notes[self._first - 1] if self._first else None
        if chosen is None and self.currentIndex().isValid():
            chosen = last  # the arrow has left the first note shown for the row above it
        below = bar.maximum() - bar.value()
        self._first = max(0, self._first - AT_ONCE)
        self._fill()
        if chosen is not None:
            self.choose(chosen.id)
        self.scrollToBottom()  # lays the rows out
        bar.setValue(bar.maximum() - below)
        if chosen is not None:
            self.scrollTo(self.currentIndex())

    def _fill(self) -> None:
        above: list[StreamRow] = [self._prepared] if self._prepared else []
        if self._first:
            above.append(Earlier(self._first))
        self.rows.show([*above, *self._notes[self._first :]])

    def _look_up(self) -> None:
        """Show earlier notes when the first one shown is at the upper edge."""
        shown = self.indexAt(QPoint(self.viewport().width() // 2, 0))
        if self._first and shown.isValid() and shown.row() <= self.rows.first():
            self.show_earlier()

    def chosen(self) -> NoteRow | None:
        """The note under the row bar."""
        index = self.currentIndex()
        found = self.rows.rows[index.row()] if index.isValid() and index.row() < len(self.rows.rows) else None
        return found if isinstance(found, NoteRow) else None

    def notes(self) -> list[NoteRow]:
        """All notes of the meeting in their order."""
        return list(self._notes)

    def choose(self, entity: str) -> bool:
        """Put the row bar on a note, whether it is shown already or not."""
        at = next((k for k, note in enumerate(self._notes) if note.id == entity), -1)
        if 0 <= at < self._first:
            self._first = max(0, at - AT_ONCE // 4)
            self._fill()
        for k, row in enumerate(self.rows.rows):
            if isinstance(row, NoteRow) and row.id == entity:
                self.setCurrentIndex(self.rows.index(k, 0))
                self.scrollTo(self.rows.index(k, 0))
                return True
        return False

    def _rest(self) -> None:
        wide, left = self.viewport().width(), self.height()
        for row in self.rows.rows:
            left -= height(row, wide)
            if left <= 0:
                break
        self.setViewportMargins(0, max(0, left), 0, 0)
        self.scrollToBottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self.chosen()
        if found is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(found)
        elif found is not None and event.key() == Qt.Key.Key_H and not event.modifiers():
            self.history_requested.emit(found)
        else:
            super().keyPressEvent(event)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, row: StreamRow, _column: int) -> None:
        box = box_of(option)
        if isinstance(row, Prepared):
            _draw_prepared(painter, box, row)
            return
        if isinstance(row, Earlier):
            painting.text(painter, box.adjusted(INSET + GUTTER, 0, -INSET, 0), say(row, 0), SMALL, REGULAR, "text3")
            return
        if row.id == self.filed and not is_chosen(option):
            painting.rounded(painter, box.adjusted(S, 0, -S, 0), 6, "tint")
        ground(painter, option, S)
        _draw_note(painter, box, row, is_chosen(option))


def height(row: StreamRow, wide: int) -> int:
    """How tall a row is at that width."""
    if isinstance(row, Prepared):
        return 48 + 26 * len(row)
    if isinstance(row, Earlier):
        return 32
    return 42 + painting.paragraph(row.text, wide - TAKEN, READ, LEADING)[1] + (24 if row.positions else 0)


def say(row: StreamRow, _column: int) -> str:
    """The whole row in words."""
    if isinstance(row, Prepared):
        return tr("Prepared, not raised yet") + ": " + "; ".join(q.text for q in row)
    if isinstance(row, Earlier):
        return tr("%n earlier note(s)", row.count)
    keys = ", ".join(c.key for c in row.chips)
    rule = f", {term('attribution', row.attribution)}" if row.stricter else ""
    return f"{row.at}, {term('note_kind', row.kind)}, {keys}{rule}, {row.by}: {row.text}"


def _draw_prepared(painter: QPainter, box: QRectF, row: Prepared) -> None:
    x, y = box.left() + INSET + GUTTER, box.top() + 10
    painting.text(painter, QRectF(x, y - 2, 300, 22), tr("Prepared, not raised yet"), SMALL, BOLD, "text2")
    glyphs.paint(painter, x - 16, y + 9, ("ring", "edge"), 9)
    for k, question in enumerate(row):
        at = y + 34 + 26 * k
        if question.recommendation:
            painting.chip(painter, x, at, question.recommendation.key, marks.chip_kind(question.recommendation))
        painting.text(painter, QRectF(x + 50, at - 12, box.right() - INSET - x - 50, 24), question.text, BODY, REGULAR, "text2")
    painting.hairline(painter, x, box.right() - INSET, box.bottom() - 1)


def _draw_note(painter: QPainter, box: QRectF, row: NoteRow, chosen: bool) -> None:
    """Time in the gutter, kind and chips on one line, the words at reading size, what was heard beneath."""
    x, y = box.left() + INSET + GUTTER, box.top() + 10
    own: Role = "other" if row.kind in OWN_NOTE_KINDS else "text2"
    painting.text(painter, QRectF(box.left() + INSET, y, 40, 18), row.at, SMALL, REGULAR, "text3")
    icons.paint(painter, x - 24, y + 1, marks.NOTE_ICON.get(row.kind, "meeting"), own)
    by = painting.text(painter, QRectF(box.right() - INSET - 200, y, 200, 18), row.by, SMALL, REGULAR, "text3", "right") + M
    at = x + painting.text(painter, QRectF(x, y, 240, 18), term("note_kind", row.kind), SMALL, BOLD, own) + S
    at = marks.chips(painter, at, y + 9, row.chips, chosen, max(60.0, box.right() - INSET - by - at - 60))
    if row.private:
        at += painting.chip(painter, at, y + 9, tr("only here"), "outline", "lock", chosen) + S
    if row.stricter:
        icon, kind = marks.ATTRIBUTION.get(row.attribution, ("person", "plain"))
        at += painting.chip(painter, at, y + 9, term("attribution", row.attribution), kind, icon, chosen) + S
    if row.conflict:
        at += painting.chip(painter, at, y + 9, tr("two versions"), "bad", "", chosen) + S
    if row.speakers:
        painting.text(painter, QRectF(at, y, max(0.0, box.right() - INSET - by - at), 18), ", ".join(row.speakers), SMALL, REGULAR, "text3")
    y += 22 + painting.draw_paragraph(painter, x, y + 22, row.text, box.width() - TAKEN, READ, LEADING)
    for value, key in row.positions:
        mark = glyphs.POSITION.get(value, ("ring", "text2"))
        glyphs.paint(painter, x + 6, y + 14, mark, 12)
        x += 18 + painting.text(painter, QRectF(x + 18, y + 5, 220, 18), f"{term('position', value)} {key}", SMALL, MEDIUM, mark[1]) + M
