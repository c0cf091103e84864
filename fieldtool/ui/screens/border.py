"""Sealing and wiping, for a border: says first what comes of it, then asks for the passphrase; removes nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from fieldtool.domain.errors import KnownError
from fieldtool.services import first_steps
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.forms import Sentence
from fieldtool.ui.controls.labels import icon, label, paragraph
from fieldtool.ui.controls.layout import FIXED, Surface, column, row
from fieldtool.ui.controls.passphrase import PassphraseField
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, SMALL
from fieldtool.ui.look.tokens import R_POPUP, XS, L, M, S
from fieldtool.ui.words import fault_sentences, later, tr

SETTLED = 30  # milliseconds in which layouts follow each other
Act = tuple[str, str, tuple[str, ...]]
SEAL: Act = (
    later("Seal the vault"),
    later("Seal it now"),
    (
        later("From now on your passphrase opens nothing. You can say it truthfully to whoever asks."),
        later(
            "Only the recovery sheet, or headquarters, opens the vault again. "
            "Leave the sheet where you will come back to, never in your luggage."
        ),
        later("Hand over first: what is in no file yet stays here, unreadable, until the sheet is typed."),
    ),
)
WIPE: Act = (
    later("Wipe the vault"),
    later("Wipe it for good"),
    (
        later("The vault of this computer goes for good, private notes and drafts included. Nobody can bring it back."),
        later("It is refused until headquarters has confirmed everything you wrote."),
        later("Backups and files elsewhere stay; find them yourself."),
    ),
)


class Border(QWidget):
    """Two buttons, and under them the one that was chosen, with its warning."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.seal, self.wipe = Button(tr("Seal…"), "plain", "lock"), Button(tr("Wipe…"), "plain", "close")
        self._act: Act = SEAL
        self.refusal = Sentence()
        self.panel: QWidget | None = None
        self._settled = QTimer(self)  # once the page has grown by the panel
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED)
        self._settled.timeout.connect(self._show_whole)
        self._box = column(row(self.seal, self.wipe, None), M)
        self.setLayout(self._box)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self.seal.clicked.connect(lambda: self.ask(SEAL))
        self.wipe.clicked.connect(lambda: self.ask(WIPE))

    def ask(self, act: Act) -> None:
        """Say what comes of it, and ask for the passphrase."""
        self.put_away()
        title, go_words, warnings = act
        self._act, self.refusal = act, Sentence()
        self.passphrase = PassphraseField(tr("Passphrase"))
        self.go, away = Button(tr(go_words), "primary"), Button(tr("Cancel"), "ghost", name=f"{tr('Cancel')}: {tr(title)}")
        self.go.clicked.connect(self._on_go)
        self.passphrase.return_pressed.connect(self._on_go)
        away.clicked.connect(self._on_away)
        told = [paragraph(tr(sentence), BODY) for sentence in warnings]
        inner = column(
            row(icon("warn", "warn"), label(tr(title), BODY, BOLD), None), S, *told, M,
            label(tr("Passphrase"), SMALL, MEDIUM, "text2"), XS, self.passphrase, M, row(self.go, away, None), self.refusal,
            margins=(L, M, L, M), gap=2,
        )  # fmt: skip
        self.panel = Surface("sunken", radius=R_POPUP, layout=inner)
        self._box.addWidget(self.panel)
        self.panel.setAccessibleName(" ".join(map(tr, (title, *warnings))))
        announce(self.panel, self.panel.accessibleName())
        self.passphrase.edit.setFocus()
        self._settled.start()

    def _show_whole(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and self.panel is not None:
            area.ensureWidgetVisible(self.panel)

    def put_away(self) -> None:
        """Take the panel away; nothing was done."""
        self._settled.stop()
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None

    def _on_away(self) -> None:
        self.put_away()
        (self.seal if self._act is SEAL else self.wipe).setFocus()

    def _on_go(self) -> None:
        words = self.passphrase.take()
        if not words:
            self.refusal.tell(tr("Type your passphrase first."))
            return
        self.setEnabled(False)
        if self._act is SEAL:
            self._desk.long(lambda s: first_steps.seal(s, words), lambda _n: self._desk.lock_requested.emit(), self._refuse)
        else:
            self._desk.long(lambda s: first_steps.may_wipe(s, words), lambda _n: self._desk.wipe_requested.emit(), self._refuse)

    def _refuse(self, error: KnownError) -> None:
        self.setEnabled(True)
        self.refusal.tell(fault_sentences(error))
        announce(self, fault_sentences(error))
        self.passphrase.edit.setFocus()
