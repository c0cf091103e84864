"""The pane one writes in: stream above, chips and choices, the line; holds the draft, asks for filing, and keeps what is half written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fieldtool.domain.ids import EntityId
from fieldtool.domain.vocabularies import STRICTEST
from fieldtool.services.screens.meetings import Beside, MeetingModel, NoteRow
from fieldtool.ui.controls.buttons import Button, ChipButton
from fieldtool.ui.controls.fields import Well
from fieldtool.ui.controls.labels import Line as Words
from fieldtool.ui.controls.labels import label
from fieldtool.ui.controls.layout import column, holder, row
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.look.lettering import CAPTION, REGULAR, SMALL
from fieldtool.ui.look.painting import ChipKind
from fieldtool.ui.look.tokens import INSET, XS, M, S
from fieldtool.ui.screens import marks
from fieldtool.ui.screens.meeting import suggest
from fieldtool.ui.screens.meeting.draft import ACTION, DraftNote, paragraphs, split
from fieldtool.ui.screens.meeting.line import Line, with_words
from fieldtool.ui.screens.meeting.stream import Stream
from fieldtool.ui.screens.meeting.suggest import Suggestion
from fieldtool.ui.screens.terms import choices, term
from fieldtool.ui.words import tr

KEEP_AFTER = 600  # milliseconds after the last key; the promise is one second


class Writing(QWidget):
    """`file_requested` carries a finished draft, `keep_requested` an unfinished one."""

    file_requested = Signal(object)
    keep_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.draft = DraftNote()
        self.model: MeetingModel | None = None
        self.stream, self.line = Stream(), Line()
        self._kind = Button("", "plain", "meeting", menu=True)
        self._rule = Button("", "ghost", "person", menu=True)
        self._marking = Button("", "ghost", menu=True)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(XS)
        self._clock = label("", SMALL, REGULAR, "text3")
        self._kept = label("", CAPTION, REGULAR, "text3")
        self._hint = label(_hints(), CAPTION, REGULAR, "text3")
        self._pieces: list[str] = []
        self._split = Button("", "plain", "meeting", hint="Ctrl+Shift+Enter")
        self._split.hide()
        self._files = Words("", SMALL, REGULAR, "text2")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        self.setLayout(self._layout())
        self._connect()

    def _layout(self) -> QVBoxLayout:
        pane = holder(
            column(
                self._files,
                2,
                row(self._kind, self._rule, self._marking, self._chips, None, self._split, self._clock, gap=XS),
                S,
                Well(self.line, margins=(10, 7, 8, 7)),
                6,
                row(self._hint, None, self._kept),
                margins=(INSET, M, INSET, M),
            )
        )
        pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.pane = pane
        return column(S, self.stream, pane)

    def _connect(self) -> None:
        self._kind.clicked.connect(lambda: open_menu(self._kind, self._kind_entries()))
        self._rule.clicked.connect(lambda: open_menu(self._rule, self._term_entries("attribution", "attribution")))
        self._marking.clicked.connect(lambda: open_menu(self._marking, self._term_entries("marking", "marking")))
        line = self.line
        line.textChanged.connect(self._on_typed)
        line.file_requested.connect(self.file)
        line.split_requested.connect(self.file_before_caret)
        line.last_note_requested.connect(self._on_last_note)
        line.let_go_requested.connect(self.let_go)
        line.pieces_pasted.connect(self._on_pieces)
        self._split.clicked.connect(self.file_pieces)
        line.drop_back_requested.connect(self._on_drop_back)
        self.stream.edit_requested.connect(self.edit)
        self.stream.focus_changed.connect(self._show_hint)

    # ------------------------------------------------------------------------------------------------ the draft

    def show_meeting(self, model: MeetingModel) -> None:
        """Show a meeting's notes; the draft stays what it is."""
        self.model = model
        self.stream.show_notes(model.notes, model.questions)
        self._files.say(tr("%n file(s)", len(model.attachments)) + ": " + ", ".join(model.attachments) if model.attachments else "")
        self._files.setVisible(bool(model.attachments))
        self._show_draft()

    def put(self, draft: DraftNote) -> None:
        """Continue a draft: words, chips and caret as they were left."""
        self.draft = draft
        self.line.put(draft.text, draft.caret)
        self._show_draft()

    def change(self, draft: DraftNote) -> None:
        """The draft was changed by a choice, not by typing."""
        self.draft = with_words(draft, self.line)
        self._show_draft()
        self._timer.start()

    def take(self, found: Suggestion) -> None:
        """A suggestion was taken: it answers the mark in the line."""
        self.line.take_mark_away()
        draft = self.draft
        if found.sort == "recommendation":
            draft = draft.with_recommendation(found.value)
        elif found.sort == "speaker":
            draft = draft.with_speaker(found.value)
        elif found.sort == "unnamed":
            draft = replace(draft, unnamed=(*draft.unnamed, found.value))
        elif found.sort == "kind":
            draft = replace(draft, kind=found.value)
        elif found.sort == "attribution":
            draft = replace(draft, attribution=found.value)
        elif found.sort == "marking":
            draft = replace(draft, marking=found.value)
        else:
            draft = replace(draft, position=found.value)
        self.change(draft)

    def keep(self) -> None:
        """Make the draft durable now."""
        self._timer.stop()
        self.draft = with_words(self.draft, self.line)
        self.keep_requested.emit(self.draft)

    def show_kept(self, when: datetime) -> None:
        """Say when the draft was last made durable."""
        self._kept.setText("" if self.draft.empty else tr("draft kept {time}", time=f"{when:%H:%M:%S}"))

    def _on_typed(self) -> None:
        written = with_words(self.draft, self.line)
        if written.text == self.draft.text:
            return
        at = self.draft.at or datetime.now().strftime("%Y-%m-%dT%H:%M")  # noqa: DTZ005  # the meeting's clock is the wall's
        self.draft = replace(written, at=at if written.text.strip() else "")
        self._clock.setText(self.draft.at[11:16])
        if not self._timer.isActive():
            self._timer.start()  # from the first key on, so that steady typing is kept, too

    # ------------------------------------------------------------------------------------------------ filing

    def file(self) -> None:
        """File what the line holds and be ready for the next."""
        finished = self._resolved(with_words(self.draft, self.line))
        if finished.text.strip():
            self._fresh(DraftNote())
            self.file_requested.emit(finished)

    def file_before_caret(self) -> None:
        """File what stands before the caret; the rest stays in the line with the same choices."""
        draft = with_words(self.draft, self.line)
        before, behind = split(draft.text, draft.caret)
        if before and behind and not draft.editing:
            self._fresh(replace(draft, text=behind, caret=0, position=""))
            self.file_requested.emit(self._resolved(replace(draft, text=before)))
        else:
            self.file()

    def _on_pieces(self, pieces: list[str]) -> None:
        """A long text was pasted: it becomes notes when asked, and stays one text otherwise."""
        self._pieces = pieces
        self._split.say(tr("File as %n notes", len(pieces)))
        self._split.show()

    def file_pieces(self) -> None:
        """File the paragraphs of the line as one note each, all with the same choices."""
        draft = with_words(self.draft, self.line)
        pieces = paragraphs(draft.text)
        if len(pieces) > 1 and not draft.editing:
            self._fresh(DraftNote())
            for piece in pieces:
                self.file_requested.emit(self._resolved(replace(draft, text=piece)))

    def _fresh(self, draft: DraftNote) -> None:
        self._timer.stop()
        self.put(draft)
        self._kept.setText("")
        self._split.hide()

    def _resolved(self, draft: DraftNote) -> DraftNote:
        """Keys that were typed out and not picked (`#P-03`) count as picked."""
        for word in draft.text.split():
            if word.startswith("#") and self.model is not None:
                found = [b.name.id for b in self.model.beside if suggest.is_key(b.name.key, word[1:].rstrip(",.;:"))]
                if len(found) == 1:
                    draft = replace(draft.with_recommendation(found[0]), text=draft.text.replace(word, "", 1).replace("  ", " "))
        return draft

    def edit(self, note: object) -> None:
        """Correct a filed note in the line; what stood there unfinished is filed nowhere and stays kept until the correction is done."""
        if isinstance(note, NoteRow) and not note.conflict:
            own = self.model.row if self.model else None
            self.put(
                DraftNote(
                    note.text,
                    note.kind,
                    tuple(c.id for c in note.chips),
                    note.speaker_ids,
                    note.unnamed,
                    note.attribution if own and note.attribution != own.attribution else "",
                    note.marking if own and note.marking != own.marking else "",
                    private=note.private,
                    at="",
                    caret=len(note.text),
                    editing=note.id,
                )
            )
            self.line.setFocus()

    def let_go(self) -> None:
        """Leave the correction of a note, or the mark; words that belong to no note yet stay."""
        if self.draft.editing:
            self._fresh(DraftNote())
            self.keep()

    def _on_last_note(self) -> None:
        if self.model and self.model.notes:
            self.edit(self.model.notes[-1])

    def _on_drop_back(self) -> None:
        draft = self.draft
        if draft.unnamed:
            self.change(replace(draft, unnamed=draft.unnamed[:-1]))
        elif draft.speakers:
            self.change(replace(draft, speakers=draft.speakers[:-1]))
        elif draft.recommendations:
            self.change(replace(draft, recommendations=draft.recommendations[:-1]))

    # ------------------------------------------------------------------------------------------------ choices

    def _show_draft(self) -> None:
        draft, model = self.draft, self.model
        self.line.editing = bool(draft.editing)
        self._kind.icon_name = "follow" if draft.kind == ACTION else marks.NOTE_ICON.get(draft.kind, "meeting")
        self._kind.say(tr("Action point") if draft.kind == ACTION else term("note_kind", draft.kind))
        rule = draft.attribution or (model.row.attribution if model else "")
        self._rule.icon_name = marks.ATTRIBUTION.get(rule, ("person", "plain"))[0]
        self._rule.say(term("attribution", rule) or tr("Rule"), tr("Attribution: {rule}", rule=term("attribution", rule)))
        marking = draft.marking or (model.row.marking if model else "")
        self._marking.say(term("marking", marking) or tr("Marking"), tr("Marking: {marking}", marking=term("marking", marking)))
        self._clock.setText(draft.at[11:16])
        self._show_hint()
        self._show_chips()

    def _show_hint(self, _focus: bool = False) -> None:
        if self.stream.hasFocus():
            keys = tr("Enter corrects    Alt+↑↓ moves    Ctrl+J joins with the one above    Ctrl+Shift+M other meeting")
        elif self.draft.editing:
            keys = tr("Esc leaves the note as it was    Enter saves the correction")
        else:
            keys = _hints()
        self._hint.setText(keys)

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        draft = self.draft
        for chip in self._recommendation_chips():
            self._chips.addWidget(chip)
        names = {s.id: s.name for s in self.model.speakers} if self.model else {}
        for entity in draft.speakers:
            drop = replace(draft, speakers=tuple(s for s in draft.speakers if s != entity))
            self._add_chip(names.get(EntityId(entity), tr("speaker")), "plain", "person", drop)
        for name in draft.unnamed:
            self._add_chip(name, "outline", "person", replace(draft, unnamed=tuple(u for u in draft.unnamed if u != name)))
        if draft.position:
            self._add_chip(
                term("position", draft.position), "ok" if draft.position == "accepts" else "plain", "", replace(draft, position="")
            )

    def _recommendation_chips(self) -> list[ChipButton]:
        names = {b.name.id: b.name for b in self.model.beside} if self.model else {}
        made = []
        for entity in self.draft.recommendations:
            name = names.get(EntityId(entity))
            chip = ChipButton(
                name.key if name else "?", marks.chip_kind(name) if name else "plain", tr("Untie {key}", key=name.key if name else "?")
            )
            chip.clicked.connect(lambda _on=False, gone=entity: self._untie(gone))
            made.append(chip)
        return made

    def _untie(self, entity: str) -> None:
        self.change(replace(self.draft, recommendations=tuple(r for r in self.draft.recommendations if r != entity)))
        self.line.setFocus()

    def _add_chip(self, words: str, kind: ChipKind, icon: str, dropped: DraftNote) -> None:
        chip = ChipButton(words, kind, tr("Take {name} away", name=words), icon)
        chip.clicked.connect(partial(self._drop, dropped))
        self._chips.addWidget(chip)

    def _drop(self, dropped: DraftNote, _on: bool = False) -> None:
        self.change(dropped)
        self.line.setFocus()

    def _kind_entries(self) -> list[Entry]:
        kinds = [Entry(label_, partial(self._set_kind, word), self.draft.kind == word) for word, label_ in choices("note_kind")]
        action = Entry(tr("Action point"), partial(self._set_kind, ACTION), self.draft.kind == ACTION)
        private = Entry(tr("Only here, never handed over"), self._turn_private, self.draft.private)
        return [*kinds, Entry(""), action, Entry(""), private]

    def _set_kind(self, word: str) -> None:
        self.change(replace(self.draft, kind=word))

    def _turn_private(self) -> None:
        self.change(replace(self.draft, private=not self.draft.private))

    def _term_entries(self, vocabulary: str, field: str) -> list[Entry]:
        """The meeting's own rule and every stricter one: a note may not be less strict by itself."""
        own = getattr(self.model.row, field) if self.model else ""
        order = STRICTEST[vocabulary]
        allowed = order[order.index(own) :] if own in order else order
        now = getattr(self.draft, field) or own
        return [Entry(term(vocabulary, w), partial(self._set_term, field, "" if w == own else w), w == now) for w in allowed]

    def _set_term(self, field: str, word: str) -> None:
        self.change(replace(self.draft, attribution=word) if field == "attribution" else replace(self.draft, marking=word))

    # ------------------------------------------------------------------------------------------------ suggestions

    def suggestions(self) -> list[Suggestion]:
        """What the mark before the caret finds."""
        mark, model = self.line.asked(), self.model
        if mark is None or model is None:
            return []
        if mark.mark == "#":
            return suggest.recommendations(model.beside, mark.words, lambda t: term("theme", t), _told)
        if mark.mark == "@":
            return suggest.speakers(model.speakers, mark.words, tr("a speaker without a name"))
        if mark.mark == "!":
            allowed = [(w, term("marking", w)) for w in STRICTEST["marking"]]
            return suggest.terms("marking", allowed, mark.words, tr("marking of this note"))
        return self._slash(mark.words)

    def _slash(self, words: str) -> list[Suggestion]:
        kinds = [*choices("note_kind"), (ACTION, tr("Action point"))]
        found = suggest.terms("kind", kinds, words, tr("kind of note"))
        if self.draft.recommendations:
            found += suggest.terms(
                "position", [c for c in choices("position") if c[0] != "not raised"], words, tr("position on the chosen recommendations")
            )
        own = self.model.row.attribution if self.model else ""
        order = STRICTEST["attribution"]
        stricter = order[order.index(own) :] if own in order else order
        found += suggest.terms(
            "attribution", [(w, term("attribution", w)) for w in stricter], words, tr("rule of attribution for this note")
        )
        return found[: suggest.LIMIT]


def _told(found: Beside) -> str:
    return tr("%n note(s) in this meeting", found.notes_here) if found.notes_here else tr("not raised in this meeting")


def _hints() -> str:
    return tr("Enter files    Ctrl+Enter splits    # recommendation    / kind    @ speaker    ! marking    ↑ last note")
