"""Notes on a page beside something else: each one drawing and at most one button, some at once; edits none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import OWN_NOTE_KINDS
from fieldtool.services.screens.recommendations import NoteLine
from fieldtool.ui import words
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Painted
from fieldtool.ui.controls.layout import column, holder, strip
from fieldtool.ui.look import icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL
from fieldtool.ui.look.tokens import CONTROL, M, Role, S
from fieldtool.ui.screens import marks
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr

AT_ONCE = 30  # notes on the page before one asks for more
NOTE_WAY = "note-way"  # object name of the buttons that lead from a note to its meeting
ASIDE, FOOT = 24, 18  # pixels: what the icon takes of the width; the line with the author
Open = Callable[[EntityId, EntityId], None]  # a meeting, and the note in it


class NoteBlocks(QWidget):
    """Some notes at once, the next ones when asked for: a page of thousands of widgets would hold the window for seconds.

    `open_meeting` is what a note's button does; without it there are no buttons.
    """

    def __init__(self, notes: tuple[NoteLine, ...], open_meeting: Open | None) -> None:
        super().__init__()
        self._notes, self._shown, self._open = notes, 0, open_meeting
        self._blocks = column()
        self._more = Button("", "plain")
        self._more.clicked.connect(self.show_more)
        self.setLayout(column(holder(self._blocks), strip(self._more)))
        self.show_more()

    def show_more(self) -> None:
        """The next notes below those that stand here."""
        for note in self._notes[self._shown : self._shown + AT_ONCE]:
            self._blocks.addWidget(NoteBlock(note, self._open))
        self._shown = min(self._shown + AT_ONCE, len(self._notes))
        left = len(self._notes) - self._shown
        self._more.say(tr("Show %n more", min(left, AT_ONCE)))
        self._more.setVisible(left > 0)


class NoteBlock(Painted):
    """A note with where it was said, by whom it was written, and under which rule."""

    def __init__(self, note: NoteLine, open_meeting: Open | None) -> None:
        self._note, meeting = note, note.meeting
        self._kind = term("note_kind", note.kind)
        self._where = f"{tr('Meeting {number}', number=meeting.number)} · {meeting.title}" if meeting else ""
        self._rule = term("attribution", note.attribution) if marks.protected(note.attribution) else ""
        self._by = f"{note.by}, {words.short_day(meeting.start.date()) if meeting else ''}".rstrip(", ")
        self._way: Button | None = None
        said = ", ".join(p for p in (self._kind, self._where, self._rule) if p)
        super().__init__(self._paint, name=f"{said}: {note.text} {self._by}", tall=self._height)
        if meeting is not None and open_meeting is not None:
            self._way = Button("", "ghost", "right", name=tr("Open meeting {number}", number=meeting.number))
            self._way.setParent(self)
            self._way.setObjectName(NOTE_WAY)
            self._way.clicked.connect(lambda: open_meeting(meeting.id, note.id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._way is not None:
            wanted = self._way.sizeHint()
            self._way.setGeometry(self.width() - wanted.width(), 0, wanted.width(), wanted.height())

    @property
    def _top(self) -> int:
        return CONTROL if self._way is not None else FOOT

    def _height(self, wide: int) -> int:
        return self._top + 2 + painting.paragraph(self._note.text, wide - ASIDE)[1] + 2 + FOOT + M

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        own = self._note.kind in OWN_NOTE_KINDS
        ink: Role = "other" if own else "text2"
        middle, right = self._top / 2, box.right()
        icons.paint(painter, 0, middle - 8, marks.NOTE_ICON.get(self._note.kind, "meeting"), ink)
        if self._way is not None:
            right -= self._way.width() + S
        if self._rule:
            right -= painting.chip_width(self._rule, "eye_off")
            painting.chip(painter, right, middle, self._rule, "warn", "eye_off")
            right -= S
        head = QRectF(ASIDE, middle - 9, max(0.0, right - ASIDE), 18)
        used = painting.text(painter, head, self._kind, SMALL, BOLD, "text2") + S
        painting.text(painter, head.adjusted(used, 0, 0, 0), self._where, SMALL, REGULAR, "text3")
        y = self._top + 2
        y += painting.draw_paragraph(painter, ASIDE, y, self._note.text, box.width() - ASIDE, BODY) + 2
        painting.text(painter, QRectF(ASIDE, y, box.width() - ASIDE, FOOT), self._by, SMALL, REGULAR, "text3")
