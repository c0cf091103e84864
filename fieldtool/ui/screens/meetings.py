"""The meeting recorder as a screen: header, writing pane, recommendations beside it; asks services to record, keeps no note itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import attachments, recording, records
from fieldtool.services.recording import Filed, Spoken
from fieldtool.services.screens.meetings import MeetingModel, MeetingRow, NoteRow, meeting_model, meeting_rows, next_meeting
from fieldtool.services.screens.names import Names
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.layout import Splitter, column, holder
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.tokens import INSET, XS
from fieldtool.ui.screens.base import NEXT, Screen
from fieldtool.ui.screens.meeting.arranging import Arranging
from fieldtool.ui.screens.meeting.beside import BesideList
from fieldtool.ui.screens.meeting.draft import ACTION, DraftNote
from fieldtool.ui.screens.meeting.header import MeetingHead
from fieldtool.ui.screens.meeting.popup import Suggestions
from fieldtool.ui.screens.meeting.writing import Writing
from fieldtool.ui.screens.terms import choices
from fieldtool.ui.words import tr

TINT_FOR = 1000  # milliseconds a filed note keeps its tint


class Meetings(Screen):
    """Everything by keyboard: the line has the focus, Esc comes back to it, F6 goes round the panes."""

    kinds = frozenset({"meeting", "note", "position", "recommendation", "person", "institution", "attachment", "visit"})
    origin = "recorder"

    def __init__(self, desk: Desk) -> None:
        self.meeting: EntityId | None = None
        self._rows: list[MeetingRow] = []
        self._wanted, self._seeks_next = "", False
        self._kept_once = False
        self.writing, self.beside = Writing(), BesideList()
        head = MeetingHead()
        right = holder(column(XS, self.beside))
        splitter = Splitter((self.writing, 780), (right, 390))
        super().__init__(desk, head, splitter)
        self.meeting_head = head
        self._arranging = Arranging(desk, self.writing, self.notice, self.origin, self.refuse)
        self.popup = Suggestions(self)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self._on_fade)
        self.setAcceptDrops(True)
        self._connect()

    def _connect(self) -> None:
        writing, head = self.writing, self.meeting_head
        writing.file_requested.connect(self._on_file)
        writing.keep_requested.connect(self._on_keep)
        writing.line.mark_changed.connect(self._on_mark)
        writing.line.suggestion_moved.connect(self.popup.move_by)
        writing.line.suggestion_taken.connect(self.popup.take)
        writing.line.image_pasted.connect(self._on_image)
        writing.stream.delete_requested.connect(self._on_delete)
        writing.stream.history_requested.connect(lambda note: self.desk.go("history", note.id))
        self.popup.taken.connect(writing.take)
        self.beside.link_requested.connect(self._on_link)
        head.rule_requested.connect(lambda: open_menu(head.rule, self._entries("attribution")))
        head.marking_requested.connect(lambda: open_menu(head.marking, self._entries("marking")))
        head.meetings_requested.connect(lambda: open_menu(head.number, self._meeting_entries()))
        head.end_requested.connect(self.end)
        head.details_requested.connect(self._details)

    # ------------------------------------------------------------------------------------------------ what it shows

    def target(self, wanted: str) -> None:
        """Open a meeting by its id, and in it the note behind a `#`; or the one that comes next."""
        meeting, _, self._wanted = wanted.partition("#")
        self._seeks_next = meeting == NEXT
        if meeting and meeting != self.meeting:
            self.keep()
            self.meeting, self._kept_once = None if self._seeks_next else EntityId(meeting), False
        self._stale = True

    def kept_target(self) -> str:
        return self.meeting or ""

    def load(self) -> None:
        visit, wanted, language = self.desk.visit, self.meeting, words.language.code
        if visit is None:
            return
        next_only, self._seeks_next = self._seeks_next, False
        now = datetime.now()  # noqa: DTZ005  # the visit's clock is the wall's

        def fetch(session: Session) -> tuple[list[MeetingRow], MeetingModel | None, str]:
            rows = meeting_rows(session, Names.of(session, language), visit)
            here = wanted if any(r.id == wanted for r in rows) else None
            upcoming = next_meeting(rows, now)
            chosen = here or (upcoming.id if upcoming else rows[-1].id if rows and not next_only else None)
            if chosen is None:
                return rows, None, ""
            kept = recording.kept_drafts(session).get(recording.DRAFT_KEY.format(meeting=chosen), "")
            return rows, meeting_model(session, chosen, language), kept

        def show(fetched: tuple[list[MeetingRow], MeetingModel | None, str]) -> None:
            if next_only and fetched[1] is None:
                self.desk.go("meeting_form", "new")  # none is planned: plan one
            else:
                self._show(fetched)

        self.desk.read(fetch, show)

    def _show(self, fetched: tuple[list[MeetingRow], MeetingModel | None, str]) -> None:
        self._rows, model, kept = fetched
        if model is None:
            return
        fresh = self.meeting != model.row.id or not self._kept_once
        self.meeting, self._kept_once = model.row.id, True
        self.meeting_head.show_meeting(model)
        self.writing.show_meeting(model)
        self.beside.show_rows(model.beside, model.row.title)
        if fresh:
            self.writing.put(DraftNote.from_text(kept) if kept else DraftNote())
        if self._wanted:
            self.writing.stream.choose(self._wanted)
            self._wanted = ""

    def start(self) -> None:
        self.writing.line.setFocus()

    def commands(self) -> list[Command]:
        return [
            Command("meeting-end", tr("End the meeting"), "Ctrl+E", self.end),
            Command("meeting-line", tr("Back to the line"), "Esc", self.start),
            Command("meeting-next", tr("Next meeting"), "Alt+Right", lambda: self._step(1)),
            Command("meeting-previous", tr("Previous meeting"), "Alt+Left", lambda: self._step(-1)),
            Command("meeting-details", tr("Particulars of the meeting"), "Ctrl+D", self._details),
            Command("attach", tr("Attach files to the meeting"), "Ctrl+Shift+A", self._choose_files),
            Command("file-pieces", tr("File each paragraph as a note"), "Ctrl+Shift+Return", self.writing.file_pieces),
            *self._arranging.commands(self._offer_meetings),
            Command("next-pane", tr("Next pane"), "F6", self._next_pane),
        ]

    def _offer_meetings(self) -> None:
        self._arranging.offer_meetings(self.meeting_head.number, self._rows, self.meeting)

    def _details(self) -> None:
        self.desk.go("meeting_form", self.meeting or "new")

    def _next_pane(self) -> None:
        panes: list[QWidget] = [self.writing.line, self.writing.stream, self.beside]
        at = next((k for k, p in enumerate(panes) if p.hasFocus()), -1)
        panes[(at + 1) % len(panes)].setFocus()

    def _step(self, by: int) -> None:
        ids = [r.id for r in self._rows]
        if self.meeting in ids:
            self._open(ids[(ids.index(self.meeting) + by) % len(ids)])

    def _open(self, meeting: str) -> None:
        self.target(meeting)
        self.refresh()

    # ------------------------------------------------------------------------------------------------ recording

    def _on_file(self, draft: DraftNote) -> None:
        meeting = self.meeting
        if meeting is None:
            return
        spoken = Spoken(
            draft.text, "statement" if draft.kind == ACTION else draft.kind, draft.at, draft.recommendations, draft.speakers, draft.unnamed,
            draft.attribution, draft.marking, draft.position, draft.private,
        )  # fmt: skip
        base = next((n.heads for n in self.writing.model.notes if n.id == draft.editing), {}) if self.writing.model else {}
        rest = self.writing.draft
        self._keep(meeting, draft)  # durable before it is filed: the same lane, so in this order
        filed: list[Filed] = []

        def work(session: Session) -> ChangeSet:
            if draft.editing:
                changes = recording.save_note(session, EntityId(draft.editing), spoken, base=base, origin=self.origin)
            else:
                file = recording.file_action if draft.kind == ACTION else recording.file_note
                filed.append(file(session, meeting, spoken, origin=self.origin))
                changes = filed[0].changes
            recording.keep_draft(session, recording.DRAFT_KEY.format(meeting=meeting), "" if rest.empty else rest.to_text())
            return changes

        def refused(error: KnownError) -> None:
            self.refuse(error)
            if self.writing.draft.empty:
                self.writing.put(draft)

        self.desk.write(work, lambda _changes: self._on_filed(filed, draft), refused)

    def _on_filed(self, filed: list[Filed], draft: DraftNote) -> None:
        self.writing.stream.filed = filed[0].id if filed else draft.editing
        self._fade.start(TINT_FOR)
        announce(self, tr("Filed: {text}", text=draft.text))

    def _on_fade(self) -> None:
        self.writing.stream.filed = ""
        self.writing.stream.viewport().update()

    def _on_keep(self, draft: DraftNote) -> None:
        if self.meeting is not None:
            self._keep(self.meeting, draft)

    def _keep(self, meeting: EntityId, draft: DraftNote) -> None:
        key, text = recording.DRAFT_KEY.format(meeting=meeting), "" if draft.empty else draft.to_text()

        def shown(_nothing: None) -> None:
            self.writing.show_kept(datetime.now())  # noqa: DTZ005  # the user's own clock

        self.desk.writes.submit(lambda: recording.keep_draft(self.desk.session, key, text), shown, self.refuse)

    def keep(self) -> None:
        self.writing.keep()

    def _on_delete(self, note: NoteRow) -> None:
        self.desk.write(lambda s: records.delete_record(s, note.id, origin=self.origin, label="delete-note"), None, self.refuse)

    def _on_link(self, entity: str) -> None:
        self.writing.change(self.writing.draft.with_recommendation(entity))
        self.writing.line.setFocus()

    # ------------------------------------------------------------------------------------------------ the meeting itself

    def end(self) -> None:
        """The meeting was held; its end is now, where now is on its day and after its start: who met early corrects the times."""
        model = self.writing.model
        if model is None or model.row.state == "held":
            return
        now = datetime.now()  # noqa: DTZ005  # the visit's clock is the wall's
        wanted = {"state": "held"} | (
            {"end": now.strftime("%Y-%m-%dT%H:%M")} if model.row.start <= now and now.date() == model.row.start.date() else {}
        )
        self._edit(dict(wanted), "end-meeting")

    def _edit(self, wanted: dict[str, object], label: str) -> None:
        model = self.writing.model
        if model is None:
            return
        meeting, heads = model.row.id, model.heads
        fields = {k: str(v) for k, v in wanted.items()}
        self.desk.write(lambda s: records.edit_record(s, meeting, fields, base=heads, origin=self.origin, label=label), None, self.refuse)

    def _entries(self, field: str) -> list[Entry]:
        now = getattr(self.writing.model.row, field) if self.writing.model else ""
        return [Entry(label, partial(self._edit, {field: word}, "edit-meeting"), word == now) for word, label in choices(field)]

    def _meeting_entries(self) -> list[Entry]:
        return [
            Entry(f"{r.number}  {words.clock_time(r.start)}  {r.title}", partial(self._open, r.id), r.id == self.meeting)
            for r in self._rows
        ]

    # ------------------------------------------------------------------------------------------------ files

    def attach(self, paths: Sequence[Path]) -> None:
        """Take files into the vault as attachments of the meeting, off the GUI thread."""
        meeting = self.meeting
        if meeting is not None:
            for path in paths:
                self.desk.long(partial(_attach_file, meeting=meeting, path=path), self._on_attached, self.refuse)

    def _on_image(self, image: object) -> None:
        meeting = self.meeting
        if meeting is None or not isinstance(image, QImage):
            return
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes text
        name, content = tr("pasted") + f"-{datetime.now():%H%M%S}.png", bytes(buffer.data().data())  # noqa: DTZ005  # the user's own clock
        self.desk.long(
            lambda s: attachments.attach_bytes(s, meeting, name, content, media_type="image/png", origin=self.origin),
            self._on_attached,
            self.refuse,
        )

    def _on_attached(self, _attachment: EntityId) -> None:
        announce(self, tr("The file is attached"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.attach(paths)

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Attach files to the meeting"))
        self.attach([Path(p) for p in chosen])

    # ------------------------------------------------------------------------------------------------ suggestions

    def _on_mark(self, mark: object) -> None:
        rows = self.writing.suggestions() if mark is not None else []
        line, pane = self.writing.line, self.writing.pane
        caret = line.viewport().mapTo(self, line.caret_box().topLeft().toPoint())
        right = pane.mapTo(self, QPoint(pane.width() - INSET, 0)).x()
        self.popup.show_rows(rows, caret, right)
        line.suggesting = bool(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.popup.hide()
        self.writing.line.suggesting = False


def _attach_file(session: Session, *, meeting: EntityId, path: Path) -> EntityId:
    return attachments.attach_file(session, meeting, path, origin=Meetings.origin)
