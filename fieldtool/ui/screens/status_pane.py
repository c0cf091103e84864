"""An official status as headquarters enters it: value, the report that set it, the day; checks what was typed, asks others to store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from fieldtool.domain.ids import EntityId
from fieldtool.services.statuses import Source
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.forms import Field, Sentence
from fieldtool.ui.controls.labels import Line, label
from fieldtool.ui.controls.layout import FIXED, Surface, column, row, strip
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.look.lettering import MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, L, M, S
from fieldtool.ui.screens.terms import choices, term
from fieldtool.ui.words import tr


class StatusPane(Surface):
    """`chosen` carries recommendation, value, report and ISO date; `closed` says that it went away."""

    chosen = Signal(str, str, str, str)
    closed = Signal()

    def __init__(self) -> None:
        self.recommendation, self._value, self._report = EntityId(""), "", EntityId("")
        self._sources: tuple[Source, ...] = ()
        self._title = Line("", SMALL, MEDIUM, "text2")
        self.value, self.source = Button("", "plain", menu=True), Button("", "plain", menu=True)
        self.day = Field(tr("Day"), tr("YYYY-MM-DD"))
        self.refusal = Sentence()
        self.save = Button(tr("Set the status"), "plain", "check")
        away = Button(tr("Cancel"), "ghost", name=tr("Leave the status as it is"))
        earlier = label(tr("What earlier reports found stays listed."), SMALL, REGULAR, "text3")
        edge = Surface("line")
        edge.setFixedHeight(1)
        body = column(edge, S, self._title, S, row(self.value, self.source, None), S, self.day, self.refusal, XS,
                      strip(self.save, away, None), XS, earlier, margins=(L, 0, INSET, M))  # fmt: skip
        super().__init__("base", layout=body)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self.value.clicked.connect(lambda: open_menu(self.value, self._values()))
        self.source.clicked.connect(lambda: open_menu(self.source, self._reports()))
        self.day.edit.returnPressed.connect(self.on_save)
        self.save.clicked.connect(self.on_save)
        away.clicked.connect(self.close_pane)
        self.hide()

    def show_form(self, recommendation: EntityId, key: str, sources: Sequence[Source]) -> None:
        """Begin anew for a recommendation; nothing is chosen for the officer, but the day follows the report."""
        self.recommendation, self._sources = recommendation, tuple(sources)
        self._title.say(tr("Official status of {key}", key=key))
        self.day.edit.clear()
        self.refusal.tell("")
        self._set_value("")
        self._set_report(None)
        self.show()
        self.value.setFocus()

    def close_pane(self) -> None:
        """Go away without a word."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def on_save(self) -> None:
        """Hand over what was chosen, or say what is missing."""
        if not self._value or not self._report:
            self.refusal.tell(tr("Choose the status and the report that set it."))
            (self.source if self._value else self.value).setFocus()
            return
        self.refusal.tell("")
        try:
            day = date.fromisoformat(self.day.text()).isoformat()
        except ValueError:
            day = ""
        if day != self.day.text() or not day:
            self.day.refuse(tr("A day is written 2022-04-13."))
            return
        self.chosen.emit(self.recommendation, self._value, self._report, day)

    def _values(self) -> list[Entry]:
        return [Entry(told, partial(self._set_value, word), word == self._value) for word, told in choices("official_status")]

    def _reports(self) -> list[Entry]:
        return [Entry(f"{s.reference}  {s.title}"[:80], partial(self._set_report, s), s.id == self._report) for s in self._sources]

    def _set_value(self, word: str) -> None:
        self._value = word
        self.value.say(term("official_status", word) if word else tr("Status"), f"{tr('Status')}: {term('official_status', word)}")

    def _set_report(self, source: Source | None) -> None:
        before = next((s.date for s in self._sources if s.id == self._report), "")
        self._report = source.id if source else EntityId("")
        told = source.reference if source else ""
        self.source.say(told or tr("Report"), f"{tr('Report')}: {told}")
        if source is not None and self.day.text() in ("", before):
            self.day.edit.setText(source.date)
