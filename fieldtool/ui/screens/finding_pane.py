"""The finding under one recommendation's evidence: written by the head, answered by dissent; kept while typing, asks others to store."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from fieldtool.domain.ids import EntityId
from fieldtool.services.screens.recommendations import RecommendationDetail
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.controls.fields import Well
from fieldtool.ui.controls.labels import label, paragraph
from fieldtool.ui.controls.layout import FIXED, Surface, column, row
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, L, M, S
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr

KEEP_AFTER = 600  # milliseconds after the first key; the promise is one second


class FindingPane(Surface):
    """`written` carries the recommendation shown and the words; `state_chosen` it and a term of finding_state."""

    written = Signal(str, str)
    state_chosen = Signal(str, str)

    def __init__(self) -> None:
        self.detail: RecommendationDetail | None = None
        self._stored = ""
        self._title, self._state = label(tr("Finding"), SMALL, BOLD, "text2"), label("", SMALL, REGULAR, "text3")
        self._agree = Button("", "ghost", "check")
        self._text = paragraph("", BODY)
        self._others = QVBoxLayout()
        self.edit = PlainEditor(tr("Finding"), "", BODY, 20)
        self.edit.setFixedHeight(82)
        self._well = Well(self.edit, margins=(10, 6, 8, 6))
        head = row(self._title, self._state, None, self._agree, gap=S)
        edge = Surface("line")
        edge.setFixedHeight(1)
        super().__init__("base", layout=column(edge, S, head, XS, self._text, self._others, 2, self._well, margins=(L, 0, INSET, M)))
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        self.edit.textChanged.connect(self._on_typed)
        self._agree.clicked.connect(self.turn)
        self.hide()

    def show_detail(self, detail: RecommendationDetail | None) -> None:
        """Show a recommendation's finding; words that are being typed on the same one stay."""
        before = self.detail
        moved = detail is None or before is None or before.name.id != detail.name.id
        if moved:
            self.keep()
        self.detail = detail
        self.setVisible(detail is not None)
        if detail is None:
            return
        stored = self._own_words(detail)
        if moved or self.edit.words() == self._stored:
            self._put(stored)
        self._stored = stored
        self._show_around(detail)

    def _show_around(self, detail: RecommendationDetail) -> None:
        self._state.setText(term("finding_state", detail.finding_state) if detail.finding else tr("not written yet"))
        self._agree.setVisible(detail.may_find and bool(detail.finding))
        self._agree.say(tr("Back to draft") if detail.finding_state == "agreed" else tr("Agreed"))
        self._text.setText(detail.finding)
        self._text.setVisible(not detail.may_find and bool(detail.finding))
        self._well.setVisible(detail.may_find or bool(detail.finding))
        name = tr("Finding") if detail.may_find else tr("Where you see it otherwise")
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(tr("What the visit finds on this recommendation") if detail.may_find else name)
        while (item := self._others.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for author, text in detail.dissent:
            if detail.may_find or author != detail.reader:
                self._others.addWidget(paragraph(tr("{author} sees it otherwise: {text}", author=author, text=text), SMALL, "text2"))

    def turn(self) -> None:
        """Agreed becomes draft again, a draft agreed."""
        if self.detail is not None and self.detail.may_find and self.detail.finding:
            self.keep()
            self.state_chosen.emit(self.detail.name.id, "draft" if self.detail.finding_state == "agreed" else "agreed")

    def keep(self) -> None:
        """Ask for what was typed to be stored now."""
        self._timer.stop()
        if self.detail is not None and self.edit.words() != self._stored:
            self._stored = self.edit.words()
            self.written.emit(EntityId(self.detail.name.id), self._stored)

    def _on_typed(self) -> None:
        if self.edit.words() != self._stored and not self._timer.isActive():
            self._timer.start()  # from the first key on, so that steady typing is kept, too

    def _put(self, words: str) -> None:
        self._stored = words
        if self.edit.words() != words:
            self.edit.show_words(words)

    @staticmethod
    def _own_words(detail: RecommendationDetail) -> str:
        return detail.finding if detail.may_find else dict(detail.dissent).get(detail.reader, "")
