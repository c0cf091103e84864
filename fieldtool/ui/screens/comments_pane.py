"""Colleagues' comments under a section of the summary: read, written, answered and settled by keys; changes no section."""

from __future__ import annotations

import json

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.ids import EntityId
from fieldtool.services import comments, recording
from fieldtool.services.screens.summary import CommentRow, SectionRow, comment_draft_key
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.controls.fields import Well
from fieldtool.ui.controls.labels import Line, label
from fieldtool.ui.controls.layout import FIXED, Surface, column, row
from fieldtool.ui.controls.views import Rows, box_of, ground, is_chosen, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL
from fieldtool.ui.look.tokens import XS, Role, S
from fieldtool.ui.screens import marks
from fieldtool.ui.words import tr

KEEP_AFTER = 600  # milliseconds after the first key; the promise is one second
MOST, LEADING, STEP = 190, 18, 20  # pixels: of the list, of a line, of an answer's indent


class CommentsPane(Surface):
    """Ctrl+E goes to the line, Enter files; in the list Enter answers, Ctrl+Shift+E settles, H shows the history.

    `left` asks for the focus to be taken elsewhere, `refused` carries a fault.
    """

    left = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, origin: str) -> None:
        self._desk, self._origin = desk, origin
        self._section = self._answering = self._kept = ""
        self._count, self._told = Line("", SMALL, REGULAR, "text3", fit=True), Line("", SMALL, REGULAR, "text2")
        self._settle = Button(tr("Mark as settled"), "ghost", "check", hint="Ctrl+Shift+E")
        self.rows: Rows[CommentRow] = Rows([], _say)
        self.list = _List()
        list_of(self.rows, _draw, _height, tr("Comments on this section"), self.list)
        self.edit = _Words()
        self.edit.setFixedHeight(2 * LEADING + 6)
        edge = Surface("line")
        edge.setFixedHeight(1)
        head = row(label(tr("Comments"), SMALL, BOLD, "text2"), self._count, None, self._settle, gap=S)
        super().__init__("base", layout=column(edge, XS, head, self.list, self._told, XS, Well(self.edit, margins=(10, 4, 8, 4))))
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._connect()

    def _connect(self) -> None:
        self._timer.timeout.connect(self.keep)
        self.edit.textChanged.connect(self._on_typed)
        self.edit.filed.connect(self.file)
        self.edit.let_go.connect(self._on_let_go)
        self._settle.clicked.connect(self.mark)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._follow())
        self.list.activated.connect(lambda _index: self.answer())
        self.list.history_asked.connect(lambda: self._desk.go("history", self._chosen_id()))

    # ------------------------------------------------------------------------------------------------ what it shows

    def show_section(self, found: SectionRow, chosen: str = "") -> None:
        """Show the comments on a section; words being typed on the same one stay. `chosen` puts the bar on a comment."""
        moved = found.word != self._section
        if moved:
            self.keep()
        wanted = chosen or ("" if moved else self._chosen_id())
        self._section = found.word
        self.rows.show(found.comments)
        self.list.setVisible(bool(found.comments))
        self._fit()
        at = next((k for k, c in enumerate(found.comments) if c.id == wanted), 0)
        if found.comments:
            self.list.setCurrentIndex(self.rows.index(at, 0))
            self.list.scrollTo(self.rows.index(at, 0))
        self._count.say(tr("%n open", found.open_comments) if found.open_comments else tr("all settled") if found.comments else "")
        if moved:
            self._put(found.comment_draft)
        elif self._answering and not any(c.id == self._answering for c in found.comments):
            self._answer_to("")  # what was being answered has gone
        self._follow()

    def _fit(self) -> None:
        wide = max(200, self.width() - 4)
        self.list.setFixedHeight(min(MOST, sum(_height(c, wide) for c in self.rows.rows) + 2) if self.rows.rows else 0)

    def _chosen(self) -> CommentRow | None:
        index = self.list.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() and index.row() < len(self.rows.rows) else None

    def _chosen_id(self) -> str:
        found = self._chosen()
        return found.id if found else ""

    def chosen(self) -> str:
        """The comment under the bar, while the list has the focus or something is being answered; else nothing."""
        return self._chosen_id() if self.list.hasFocus() else self._answering

    def _follow(self) -> None:
        found = self._chosen()
        self._settle.setVisible(found is not None)
        if found is not None:
            self._settle.say(tr("Mark as settled") if found.open else tr("Open again"))

    # ------------------------------------------------------------------------------------------------ what is done with it

    def begin(self) -> None:
        """Go to the line, for a new comment."""
        self._answer_to("")
        self.edit.setFocus()

    def answer(self) -> None:
        """Go to the line, to answer the chosen comment."""
        found = self._chosen()
        if found is not None:
            self._answer_to(found.thread)
            self.edit.setFocus()

    def mark(self) -> None:
        """Settle the chosen comment with its answers, or open it again."""
        found = self._chosen()
        if found is None:
            return
        comment, change = found.id, comments.settle_comment if found.open else comments.reopen_comment
        self._desk.write(lambda session: change(session, comment, origin=self._origin), None, self.refused.emit)

    def file(self) -> None:
        """File what was typed; the words stay in the line until they are stored."""
        text, visit, section = self.edit.words(), self._desk.visit, self._section
        answering = EntityId(self._answering) if self._answering else None
        if not text.strip() or visit is None:
            return
        self._timer.stop()

        def work(session: Session) -> ChangeSet:
            made = comments.write_comment(session, visit, text, section=section, record=answering, origin=self._origin)
            recording.keep_draft(session, comment_draft_key(visit, section), "")
            return made.changes

        def done(_changes: ChangeSet) -> None:
            announce(self, tr("The comment is filed."))
            if self._section == section and self.edit.words() == text:  # nobody has typed on
                self._put("")

        self._desk.write(work, done, self.refused.emit)

    def keep(self) -> None:
        """Make half-written words durable."""
        self._timer.stop()
        draft, visit, section = self._draft(), self._desk.visit, self._section
        if section and visit is not None and draft != self._kept:
            self._kept = draft
            session = self._desk.session
            self._desk.writes.submit(lambda: recording.keep_draft(session, comment_draft_key(visit, section), draft))

    def _draft(self) -> str:
        text = self.edit.words()
        return json.dumps({"text": text, "answering": self._answering}, ensure_ascii=False) if text else ""

    def _put(self, draft: str) -> None:
        kept = json.loads(draft) if draft else {}
        self._kept = draft
        self.edit.blockSignals(True)
        self.edit.show_words(str(kept.get("text", "")))
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self.edit.blockSignals(False)
        self._answer_to(str(kept.get("answering", "")))

    def _answer_to(self, comment: str) -> None:
        found = next((c for c in self.rows.rows if c.id == comment), None)
        self._answering = found.id if found else ""
        self._told.setVisible(found is not None)
        if found is not None:
            self._told.say(tr("Answer to {author}: {text}", author=found.author, text=" ".join(found.text.split())))
        self.edit.setPlaceholderText(tr("Your answer") if found else tr("Comment on this section"))
        self.edit.setAccessibleName(tr("Your answer") if found else tr("Comment on this section"))

    def _on_typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()  # from the first key on, so that steady typing is kept, too

    def _on_let_go(self) -> None:
        if self._answering:
            self._answer_to("")
        else:
            self.left.emit()


class _Words(PlainEditor):
    """The line for a comment: Enter files, Shift+Enter begins a new line, Esc lets go."""

    filed = Signal()
    let_go = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Comment on this section"), "", BODY, LEADING)
        self.setPlaceholderText(tr("Comment on this section"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.filed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.let_go.emit()
        else:
            super().keyPressEvent(event)


class _List(QListView):
    """`history_asked` follows H, as in the stream of notes."""

    history_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_H and not event.modifiers():
            self.history_asked.emit()
        else:
            super().keyPressEvent(event)


# ------------------------------------------------------------------------------------------------------------- rows


def _indent(found: CommentRow) -> int:
    return S + (STEP if found.id != found.thread else 0)


def _height(found: CommentRow, wide: int) -> int:
    return 30 + painting.paragraph(found.text, wide - _indent(found) - 2 * S, BODY, LEADING)[1]


def _say(found: CommentRow, _column: int) -> str:
    state = tr("open") if found.open else tr("settled")
    kind = tr("answer") if found.id != found.thread else tr("comment")
    about = f", {found.about.key}" if found.about else ""
    return f"{kind}, {state}{about}, {found.author}, {words.moment(found.at)}: {found.text}"


def _draw(painter: QPainter, option: QStyleOptionViewItem, found: CommentRow, _column: int) -> None:
    """Author and time on one line, the words beneath; what is settled is grey and has a check."""
    box = box_of(option)
    ground(painter, option)
    x, y, right = box.left() + _indent(found), box.top() + 5, box.right() - S
    at = x + painting.text(painter, QRectF(x, y, right - x, 18), found.author, SMALL, BOLD, "text2") + S
    at += painting.text(painter, QRectF(at, y, max(0.0, right - at), 18), words.moment(found.at), SMALL, REGULAR, "text3") + S
    if found.about is not None:
        painting.chip(painter, at, y + 9, found.about.key, marks.chip_kind(found.about), "", is_chosen(option))
    if not found.open:
        wide = painting.text(painter, QRectF(at, y, right - at, 18), tr("settled"), SMALL, REGULAR, "text3", "right")
        icons.paint(painter, right - wide - 20, y + 1, "check", "text3")
    role: Role = "text" if found.open else "text2"
    painting.draw_paragraph(painter, x, y + 19, found.text, box.width() - _indent(found) - 2 * S, BODY, LEADING, role)
