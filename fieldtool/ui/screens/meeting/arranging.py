"""The chosen note joined with the one above, moved up, down or to another meeting, by keys; asks services, keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import arranging
from fieldtool.services.screens.meetings import MeetingRow, NoteRow
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.desk import Desk
from fieldtool.ui.screens.base import Notice
from fieldtool.ui.screens.meeting.stream import Stream
from fieldtool.ui.screens.meeting.writing import Writing
from fieldtool.ui.words import tr


class Arranging:
    """Works on the note under the row bar, else on the last one: from the line, what was just filed is at hand."""

    def __init__(self, desk: Desk, writing: Writing, notice: Notice, origin: str, refuse: Callable[[KnownError], None]) -> None:
        self._desk, self._writing, self._notice, self._origin, self._refuse = desk, writing, notice, origin, refuse

    @property
    def _stream(self) -> Stream:
        return self._writing.stream

    def commands(self, open_meetings: Callable[[], None]) -> list[Command]:
        """What the palette offers; the same keys stand below the line while the stream has the focus."""
        return [
            Command("note-join", tr("Join the note with the one above"), "Ctrl+J", self.join),
            Command("note-up", tr("Move the note up"), "Alt+Up", partial(self.move, -1)),
            Command("note-down", tr("Move the note down"), "Alt+Down", partial(self.move, 1)),
            Command("note-elsewhere", tr("Move the note to another meeting…"), "Ctrl+Shift+M", open_meetings),
        ]

    def join(self) -> None:
        """Make the note and the one above one."""
        notes = self._stream.notes()
        lower = self._free_note()
        at = next((k for k, n in enumerate(notes) if lower is not None and n.id == lower.id), 0)
        if lower is None or at == 0:
            return
        upper = notes[at - 1]
        if self._writing.draft.editing == upper.id:
            self._tell_busy()
            return
        self._write(lambda s: arranging.merge_notes(s, upper.id, lower.id, origin=self._origin), upper, tr("Joined with the note above"))

    def move(self, by: int) -> None:
        """Move the note past its neighbour."""
        note = self._free_note()
        if note is not None:
            told = tr("Moved up") if by < 0 else tr("Moved down")
            self._write(lambda s: arranging.move_note(s, note.id, by, origin=self._origin), note, told)

    def offer_meetings(self, anchor: QWidget, rows: list[MeetingRow], here: EntityId | None) -> None:
        """Open the menu of the other meetings of the visit."""
        note = self._free_note()
        if note is not None and len(rows) > 1:
            self._stream.choose(note.id)
            told = [(r, f"{r.number}  {words.clock_time(r.start)}  {r.title}") for r in rows if r.id != here]
            open_menu(anchor, [Entry(line, partial(self._send, note, row)) for row, line in told])

    def _send(self, note: NoteRow, row: MeetingRow) -> None:
        told = tr("Moved to meeting {number}", number=row.number)
        self._write(lambda s: arranging.move_to_meeting(s, note.id, row.id, origin=self._origin), note, told)

    def _free_note(self) -> NoteRow | None:
        notes = self._stream.notes()
        note = self._stream.chosen() or (notes[-1] if notes else None)
        if note is not None and self._writing.draft.editing == note.id:
            self._tell_busy()
            return None
        return note

    def _tell_busy(self) -> None:
        self._notice.tell(tr("The line is correcting this note: finish that first, with Enter or Esc."))

    def _write(self, work: Callable[[Session], ChangeSet], chosen: NoteRow, told: str) -> None:
        def done(changes: ChangeSet) -> None:
            if changes:
                self._stream.choose(chosen.id)
                announce(self._stream, told)

        self._desk.write(work, done, self._refuse)
