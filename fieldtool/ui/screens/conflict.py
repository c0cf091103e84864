"""A conflict: both versions with their differences, the notes that bear on them, and a proposed merge; chooses no winner by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import LocalChange
from fieldtool.services import conflicts
from fieldtool.services.screens.conflict import ConflictModel, Version, conflict_model, differing
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.controls.fields import Well
from fieldtool.ui.controls.labels import Line, Painted, glyph, label, paragraph, section
from fieldtool.ui.controls.layout import Splitter, Surface, column, holder, row, strip
from fieldtool.ui.controls.panes import scrolled
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL, VERSION
from fieldtool.ui.look.painting import Wash
from fieldtool.ui.look.tokens import INSET, R_POPUP, XL, L, M, Role, S
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.note_blocks import NoteBlocks
from fieldtool.ui.screens.terms import field_label, kind_label, term
from fieldtool.ui.words import tr

LEADING = 24
_WHOLE = QTextDocument.FindFlag.FindWholeWords | QTextDocument.FindFlag.FindCaseSensitively
COLOURS: tuple[Role, ...] = ("accent", "other", "warn")


class ConflictPage(Screen):
    """Alt+1, Alt+2 take a version; Ctrl+Enter saves the merge; both stay in the history."""

    kinds = frozenset({"meeting", "note", "finding", "section", "visit", "position", "action", "person", "comment"})
    origin = "conflict"

    def __init__(self, desk: Desk) -> None:
        self._name = ""
        self._model: ConflictModel | None = None
        back = Button("", "ghost", "left", name=tr("Back to exchange"))
        back.clicked.connect(lambda: desk.go("exchange"))
        later = Button(tr("Later"), "ghost")
        later.clicked.connect(lambda: desk.go("exchange"))
        self._head = Head("", later, before=back)
        self.edit = PlainEditor(tr("Proposed merge"), "", VERSION, LEADING)
        self._intro = paragraph("", BODY, "text2")
        self._versions, self._history, self._evidence = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._versions.setSpacing(M)
        self._save = Button(tr("Save the merge"), "primary", "check", hint="Ctrl+Enter")
        self._undo = Button(tr("Undo edits"), "ghost", "undo")
        super().__init__(desk, self._head, self._body())
        self._save.clicked.connect(self.save)
        self._undo.clicked.connect(self._propose)

    def _body(self) -> QWidget:
        kept = label(tr("Both versions stay in the history."), SMALL, REGULAR, "text3")
        self._merge = holder(
            column(
                section(tr("Proposed merge"), tr("edit freely; what each side alone says stays marked until you save")),
                S,
                Well(self.edit, margins=(14, 12, 8, 10)),
                M,
                strip(kept, None, self._undo, self._save),
                XL,
            )
        )
        main = holder(column(self._intro, M, self._versions, XL, self._merge, section(tr("How it came about")), S, self._history, None))
        main.layout().setContentsMargins(INSET, L, L, L)  # type: ignore[union-attr]  # `holder` has just set it
        side = holder(column(section(tr("What the notes say")), M, self._evidence, None, margins=(L, L, INSET, L)))
        return Splitter((scrolled(main, tr("Versions")), 800), (scrolled(side, tr("Notes on this point")), 340))

    def target(self, wanted: str) -> None:
        """Show the conflict of that name."""
        self._name, self._stale = wanted, True

    def load(self) -> None:
        visit, name, language = self.desk.visit, self._name, words.language.code
        if visit is not None:
            self.desk.read(lambda s: conflict_model(s, name, visit, language), self._show)

    def start(self) -> None:
        self.edit.setFocus()

    def commands(self) -> list[Command]:
        return [
            Command("take-first", tr("Take the first version"), "Alt+1", lambda: self.take(0)),
            Command("take-second", tr("Take the second version"), "Alt+2", lambda: self.take(1)),
            Command("save-merge", tr("Save the merge"), "Ctrl+Return", self.save),
        ]

    # ------------------------------------------------------------------------------------------------ what it shows

    def _show(self, model: ConflictModel | None) -> None:
        if model is None:
            self.desk.go("exchange")
            return
        fresh = self._model is None or self._model.id != model.id or self._model.versions != model.versions
        self._model, self._name = model, model.id
        name, element = split_key(model.field)
        what = (
            tr("deleted here, edited there")
            if model.field == "deleted"
            else field_label(model.kind, name) + (f" ({element})" if element else "")
        )
        self._head.title.say(what[:1].upper() + what[1:])
        self._head.meta.say(
            f"{kind_label(model.kind)} {model.title} · " + tr("conflict {number} of {total}", number=model.number, total=model.total)
        )
        self._intro.setText(
            tr("Two of you wrote this without seeing the other's. Marked is what only one of them says.")
            if len(model.versions) == 2
            else tr("%n of you wrote this without seeing the others'. Marked is what only one of them says.", len(model.versions))
        )
        clear(self._versions)
        for k, version in enumerate(model.versions):
            self._versions.addWidget(self._version(version, k), 1)
        self._merge.setVisible(model.is_text)
        clear(self._history)
        for k, version in enumerate(model.versions):
            told = tr("You wrote yours") if version.own else tr("{author} wrote theirs", author=version.author)
            when = label(words.moment(version.at), SMALL, REGULAR, "text3")
            self._history.addWidget(strip(when, glyph(("dot", COLOURS[k % 3])), Line(told, BODY, REGULAR, "text2"), gap=M))
        clear(self._evidence)
        if model.notes:
            self._evidence.addWidget(NoteBlocks(model.notes, None))
        else:
            self._evidence.addWidget(label(tr("No note bears on it."), BODY, REGULAR, "text3"))
        if fresh:
            self._propose()

    def _version(self, version: Version, number: int) -> QWidget:
        role = COLOURS[number % 3]
        vocabulary = self._model.vocabulary if self._model else ""
        text = term(vocabulary, version.term) if vocabulary else version.text or tr("(empty)")
        marks: tuple[Wash, ...] = () if vocabulary else tuple((start, length, role) for start, length in version.spans)

        def paint(painter: QPainter, box: QRectF) -> None:
            painting.draw_paragraph(painter, 0, 0, text, box.width(), VERSION, LEADING, marks=marks)

        body = Painted(
            paint, name=f"{version.author}: {text}", tall=lambda wide: painting.paragraph(text, wide, VERSION, LEADING, marks)[1]
        )
        author = tr("{name} (you)", name=version.author) if version.own else version.author
        take = Button(
            tr("Take this one"), "plain", hint=f"Alt+{number + 1}", name=tr("Take the version of {author}", author=version.author)
        )
        take.clicked.connect(lambda: self.take(number))
        when = Line(words.moment(version.at), SMALL, REGULAR, "text3")
        head = row(glyph(("dot", role), 17), Line(author, BODY, BOLD, fit=True), when)
        return Surface("sunken", radius=R_POPUP, layout=column(head, M, body, M, row(take, None), margins=(L, M, L, M)))

    def _propose(self) -> None:
        model = self._model
        if model is None or not model.is_text:
            return
        self.edit.show_words(model.proposal)
        for k, version in enumerate(model.versions):
            others = [v.text for v in model.versions if v is not version]
            for start, length in differing(version.text, others):
                found = self.edit.document().find(version.text[start : start + length], 0, _WHOLE)
                if not found.isNull():
                    found.mergeCharFormat(painting.wash(COLOURS[k % 3]))
        lines = max(3, min(8, self.edit.document().size().height() / LEADING))
        self.edit.setFixedHeight(int(lines * LEADING) + 4)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    # ------------------------------------------------------------------------------------------------ settling

    def take(self, number: int) -> None:
        """Settle it with one of the versions."""
        if self._model is not None and number < len(self._model.versions):
            self._settle(self._model.versions[number].change, None)

    def save(self) -> None:
        """Settle it with the merged words."""
        if self._model is not None and self._model.is_text:
            self._settle(None, self.edit.words())

    def _settle(self, take: LocalChange | None, text: str | None) -> None:
        name = self._name

        def work(session: Session) -> ChangeSet:
            return conflicts.resolve(session, conflicts.find_conflict(session, name), take=take, text=text, origin=self.origin)

        self.desk.write(work, self._on_settled, self.refuse)

    def _on_settled(self, _changes: ChangeSet) -> None:
        self._model, self._name, self._stale = None, "", True
        self.refresh()


def clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
