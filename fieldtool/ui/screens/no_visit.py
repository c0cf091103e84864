"""What stands where a visit's pages would, as long as no visit is here: how to get one; shows no record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fieldtool.services import first_steps
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import label, paragraph
from fieldtool.ui.controls.layout import Surface, column, holder, row
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, HEAD, MEDIUM, SMALL
from fieldtool.ui.look.tokens import INSET, R_POPUP, XL, XS, L, M
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.exchange_lines import documents
from fieldtool.ui.words import tr

WIDE = 520


class NoVisit(Screen):
    """A request goes to headquarters, a visit comes back; headquarters itself plans one."""

    def __init__(self, desk: Desk) -> None:
        officer = desk.session.is_headquarters()
        self._words = paragraph("", HEAD)
        self.open = Button(tr("Open the visit file…"), "primary", "in", hint="Ctrl+O")
        self.request = Button(tr("Save the identity request…"), "plain", "out")
        told = (
            tr("Headquarters plans a visit with the command `fieldtool add visits`, or takes one in with a file.")
            if officer
            else tr("Headquarters sends the visit in a file. It needs your identity request first and compares these words by voice.")
        )
        words = column(label(tr("Your fingerprint"), SMALL, MEDIUM, "text2"), XS, self._words, margins=(L, M, L, M))
        card = Surface("sunken", radius=R_POPUP, layout=words)
        inner = holder(column(paragraph(told, BODY, "text2"), L, card, L, row(self.open, self.request, None), None))
        inner.setFixedWidth(WIDE)
        page = holder(column(row(inner, None, margins=(INSET, XL, INSET, 0)), None))
        super().__init__(desk, Head(tr("No visit yet")), page)
        self.open.clicked.connect(self._on_open)
        self.request.clicked.connect(self._on_request)

    def load(self) -> None:
        self.desk.read(first_steps.own_words, self._words.setText)

    def start(self) -> None:
        self.open.setFocus(Qt.FocusReason.ShortcutFocusReason)  # with the ring

    def commands(self) -> list[Command]:
        return [Command("open-files", tr("Open files that came"), "Ctrl+O", self._on_open)]

    def _on_open(self) -> None:
        self.desk.go("exchange", "open")

    def _on_request(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the identity request"), str(Path(documents()) / "identity.ftrequest"))
        if path:
            self.save_request(Path(path))

    def save_request(self, path: Path) -> None:
        """Write the request, and say so here."""
        told = tr("The request is written. Send it to headquarters; they answer with the visit file.")
        self.desk.long(lambda s: first_steps.save_request(s, path), lambda _n: self.notice.tell(told), self.refuse)
