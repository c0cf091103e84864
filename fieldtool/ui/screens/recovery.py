"""Opens a vault whose passphrase is lost: the recovery sheet and a new passphrase; says plainly that the signing key is new, too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from fieldtool.domain.errors import KnownError
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.forms import Field, Sentence
from fieldtool.ui.controls.labels import Painted, label, paragraph
from fieldtool.ui.controls.layout import Surface, column, holder, row
from fieldtool.ui.controls.mark import paint_mark
from fieldtool.ui.controls.passphrase import PassphraseField, after_each_other
from fieldtool.ui.gate import Gate
from fieldtool.ui.lane import TaskLane
from fieldtool.ui.look.lettering import BODY, BOLD, DISPLAY, MEDIUM, SMALL
from fieldtool.ui.look.tokens import INSET, XL, XS, L, M, S
from fieldtool.ui.screens.first_run import WIDE
from fieldtool.ui.words import fault_sentences, tr


class Recovery(Surface):
    """`recovered` carries the open session."""

    recovered = Signal(object)
    back_requested = Signal()
    help_requested = Signal()

    def __init__(self, folder: Path, gate: Gate, lane: TaskLane) -> None:
        self._folder, self._gate, self._lane = folder, gate, lane
        self._typed = Field(tr("The eight groups of the recovery sheet"), tr("Capitals, spaces and hyphens do not matter"))
        self._passphrase, self._again = PassphraseField(tr("New passphrase")), PassphraseField(tr("The same passphrase again"))
        self.refusal = Sentence()
        go, back = Button(tr("Open the vault"), "primary", hint=tr("Enter")), Button(tr("Back"), "ghost", "left")
        box = holder(
            column(
                row(Painted(paint_mark, 44, 44), None),
                L,
                label(tr("Use the recovery sheet"), DISPLAY, BOLD),
                XS,
                paragraph(
                    tr("It opens the data and sets a new passphrase. The signing key is new as well: ask headquarters for a new card."),
                    BODY,
                    "text2",
                ),
                INSET,
                self._typed,
                S,
                label(tr("New passphrase"), SMALL, MEDIUM, "text2"),
                XS,
                self._passphrase,
                S,
                label(tr("The same passphrase again"), SMALL, MEDIUM, "text2"),
                XS,
                self._again,
                L,
                row(back, None, go),
                M,
                self.refusal,
            )
        )
        box.setFixedWidth(WIDE)
        super().__init__("window", layout=column(None, row(None, box, None), XL, None))
        go.clicked.connect(self._on_go)
        back.clicked.connect(self.back_requested)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help_requested)
        self._again.return_pressed.connect(self._on_go)
        after_each_other(self._passphrase, self._again)

    def start(self) -> None:
        """Put the caret where the sheet is typed."""
        self._typed.edit.setFocus()

    def _on_go(self) -> None:
        typed, passphrase = self._typed.text(), self._passphrase.edit.text()
        if wrong := self._gate.mistyped(typed):
            self.refusal.tell(tr("Not as on the sheet, by number: {groups}.", groups=", ".join(map(str, wrong))))
        elif not passphrase or passphrase != self._again.edit.text():
            self.refusal.tell(tr("The two passphrases differ. Look at them with the eye, and check the keyboard."))
        else:
            self.setEnabled(False)
            folder, gate = self._folder, self._gate
            self._lane.submit(lambda: gate.recover(folder, typed, passphrase), self.recovered.emit, self._refuse)

    def _refuse(self, error: KnownError) -> None:
        self.setEnabled(True)
        self.refusal.tell(fault_sentences(error))
