"""How large a file for somebody may be: what their mail takes, as it was chosen for them the last time; it writes no file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fieldtool.services.exchange import MAIL_SIZES
from fieldtool.services.screens.exchange import RecipientLine
from fieldtool.ui.controls.buttons import Segmented
from fieldtool.ui.controls.labels import Line, label
from fieldtool.ui.controls.layout import column, row
from fieldtool.ui.look.lettering import BODY, REGULAR, SMALL
from fieldtool.ui.look.tokens import XS, M
from fieldtool.ui.words import tr


class FileSize(QWidget):
    """No limit, or one of a few. It follows the people chosen, the narrowest mailbox of them, until somebody chooses otherwise."""

    def __init__(self) -> None:
        super().__init__()
        options = [tr("{n} MB", n=size // 1_000_000) if size else tr("no limit") for size in MAIL_SIZES]
        self.choice = Segmented(options, 0, tr("Fits e-mail"))
        self._said = Line(tr("One file."), SMALL, REGULAR, "text3")
        self._touched = False
        self.choice.chosen.connect(self._on_chosen)
        self.setLayout(column(row(label(tr("Fits e-mail"), BODY), self.choice, None, gap=M), XS, self._said))

    def most_bytes(self) -> int:
        """The most bytes that one file may have as an attachment; 0: no limit."""
        return MAIL_SIZES[self.choice.at()]

    def follow(self, chosen: Sequence[RecipientLine]) -> None:
        """Take what was chosen for these people the last time."""
        if not self._touched:
            limits = [line.most_bytes for line in chosen if line.most_bytes in MAIL_SIZES[1:]]
            self.choice.choose(MAIL_SIZES.index(min(limits)) if limits else 0)
            self._say()

    def _on_chosen(self, _number: int) -> None:
        self._touched = True
        self._say()

    def _say(self) -> None:
        several = tr("Where one is not enough: several numbered files, to be taken in alone and in any order.")
        self._said.say(several if self.most_bytes() else tr("One file."))
