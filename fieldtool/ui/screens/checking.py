"""A file that somebody brings to the summary: a PDF is verified and its verdict told, anything else goes to the exchange screen; takes
nothing in and judges nothing itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldtool.services import verifying
from fieldtool.services.verifying import Verified
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, glyph, label, paragraph
from fieldtool.ui.controls.layout import Item, Surface, column, row, strip
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, SMALL
from fieldtool.ui.look.tokens import R_POPUP, XS, M, S
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.exchange_lines import LOOK, documents
from fieldtool.ui.words import fault_sentences, remarks, tr


class Checking:
    """`panel` is put into the page; it is empty until a file was verified."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk, self._parent = desk, parent
        self.panel = QVBoxLayout()

    def choose(self) -> None:
        """Ask for the files: what dropping them does, by keyboard."""
        paths, _ = QFileDialog.getOpenFileNames(self._parent, tr("Verify a file"), documents(), "PDF (*.pdf)")
        if paths:
            self.check([Path(p) for p in paths])

    def check(self, paths: Sequence[Path]) -> None:
        """Verify PDFs off the GUI thread; where something else is among them, the exchange screen shows what all of them would bring."""
        if any(p.suffix.lower() != ".pdf" for p in paths):
            self._desk.go("exchange", LOOK + json.dumps([str(p) for p in paths]))
            return
        clear(self.panel)
        self._show([paragraph(tr("Looking at the file…"), SMALL, "text2")])
        self._desk.long(lambda s: [verifying.verify_file(p, session=s) for p in paths], self._on_verified)

    def _on_verified(self, found: list[Verified]) -> None:
        away = Button(tr("Close"), "plain")
        away.clicked.connect(lambda: clear(self.panel))
        self._show([*map(_line, found), row(away, None)])
        away.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, parts: Sequence[Item]) -> None:
        clear(self.panel)
        title = label(tr("Verify a file"), BODY, BOLD)
        spaced: list[Item] = [part for p in parts for part in (XS, p)]
        self.panel.addWidget(Surface("sunken", radius=R_POPUP, layout=column(title, *spaced, margins=(M, S, M, M))))


def _line(found: Verified) -> QWidget:
    """One file: proven or not by symbol and word, and why."""
    name = Line(found.path.name, BODY, MEDIUM)
    if found.error is not None:
        return strip(glyph(("cross", "bad")), column(name, paragraph(fault_sentences(found.error), SMALL, "text2")))
    return strip(glyph(("disc_check", "ok")), column(name, paragraph(remarks(found.remarks), SMALL, "text2")))
