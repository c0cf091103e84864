"""The page that asks for the passphrase, also shown as the lock; it says nothing about the visit and imports no vault."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut

from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import icon, label, paragraph
from fieldtool.ui.controls.passphrase import PassphraseField
from fieldtool.ui.first_frame import FIELD_AT, FIELD_HIGH, GO_AT, GO_HIGH, HIGH, KEPT_AT, WARNING_AT, WIDE, FirstFrame
from fieldtool.ui.look.lettering import REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, M, S
from fieldtool.ui.words import tr

SLOW_DOWN = (0, 0, 1, 2, 4, 8, 15, 30)  # seconds to wait after that many wrong passphrases


class Unlock(FirstFrame):
    """`unlock_requested` carries the passphrase; the shell answers with `refuse` or takes the page away."""

    unlock_requested = Signal(str)
    other_vault_requested = Signal()
    recovery_requested = Signal()
    help_requested = Signal()

    def __init__(self, holder_name: str, kept: str = "") -> None:
        super().__init__(holder_name)
        self.finished = True
        self._wrong = 0
        self.passphrase = PassphraseField(tr("Passphrase"), self.edit)
        self.passphrase.setParent(self)
        self._go = Button(tr("Unlock"), "primary", hint=tr("Enter"))
        self._warn_icon, self._warning = icon("warn", "warn"), paragraph("", SMALL, "text2")
        self._kept = paragraph(kept, SMALL, "text2")
        self._other, self._recovery = Button(tr("Other vault…"), "ghost"), Button(tr("Use the recovery sheet…"), "ghost")
        self._help = Button(tr("Help"), "ghost", hint="F1")
        self._offline = label(tr("Works offline. Nothing leaves this computer by itself."), SMALL, REGULAR, "text3")
        for widget in (self._go, self._warn_icon, self._warning, self._kept, self._other, self._recovery, self._help, self._offline):
            widget.setParent(self)
            widget.show()
        self.passphrase.show()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._connect()
        self._warn("")

    def _connect(self) -> None:
        self._pause.timeout.connect(self._on_pause_over)
        self.passphrase.caps_lock_changed.connect(self._on_caps_lock)
        self.passphrase.return_pressed.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._other.clicked.connect(self.other_vault_requested)
        self._help.clicked.connect(self.help_requested)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help_requested)
        self._recovery.clicked.connect(self.recovery_requested)

    @classmethod
    def grown_from(cls, frame: FirstFrame, kept: str = "") -> Unlock:
        """The whole page in place of its first frame: what was typed meanwhile is in it."""
        page = cls(frame.holder_name, kept)
        page.edit.setText(frame.edit.text())
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        block = self.block().toRect()
        left, top = block.left(), block.top()
        self.passphrase.setGeometry(left, top + FIELD_AT, WIDE, FIELD_HIGH)
        tall = self._warning.heightForWidth(WIDE - 22) if self._warning.text() else 0
        first = WARNING_AT if tall <= GO_AT - WARNING_AT - XS else FIELD_AT + FIELD_HIGH + XS
        lower = max(0, first + tall + XS - GO_AT)  # a refusal is said whole: what stands under it makes room
        self._warn_icon.setGeometry(left, top + first, 16, 18)
        self._warning.setGeometry(left + 22, top + first, WIDE - 22, tall)
        self._go.setGeometry(left, top + GO_AT + lower, WIDE, GO_HIGH)
        self._kept.setGeometry(left, top + KEPT_AT + lower, WIDE, 48)
        foot = self.height() - 12 - self._other.sizeHint().height()
        other, recovery, offline = self._other.sizeHint(), self._recovery.sizeHint(), self._offline.sizeHint()
        self._other.setGeometry(S, foot, other.width(), other.height())
        self._recovery.setGeometry(2 * S + other.width(), foot, recovery.width(), recovery.height())
        beside = 4 * S + other.width() + recovery.width() + self._help.sizeHint().width()
        self._offline.setVisible(beside + offline.width() + INSET <= self.width())  # a remark; the buttons are not
        self._help.setGeometry(3 * S + other.width() + recovery.width(), foot, self._help.sizeHint().width(), other.height())
        self._offline.setGeometry(self.width() - INSET - offline.width(), foot + 7, offline.width(), offline.height())

    def minimumSizeHint(self) -> QSize:
        foot = (self._other, self._recovery, self._help)
        wide = sum(b.sizeHint().width() + S for b in foot) + S
        lower = self._kept.y() - int(self.block().top()) - KEPT_AT
        return QSize(max(WIDE + 2 * INSET, wide), INSET + HIGH + max(0, lower) + self._other.sizeHint().height() + M + S)

    def start(self) -> None:
        """Put the caret where the passphrase goes."""
        self.edit.setFocus()

    def say(self, words: str) -> None:
        """Tell something that has just happened; it counts as no attempt."""
        self._warn(words)

    def refuse(self, why: str) -> None:
        """The passphrase was wrong, or the vault cannot be opened: say why, and slow down after some attempts."""
        self._wrong += 1
        seconds = SLOW_DOWN[min(self._wrong, len(SLOW_DOWN) - 1)]
        self._warn(why)
        self.edit.setReadOnly(False)
        self.start()
        if seconds:
            self._pause.start(seconds * 1000)
            self._go.say(tr("Wait %n second(s)", seconds))
        else:
            self._on_pause_over()

    def _on_pause_over(self) -> None:
        self._go.say(tr("Unlock"))
        self._go.setEnabled(True)

    def _on_go(self) -> None:
        """Try what was typed; while one must wait, it stays typed."""
        if not self._go.isEnabled():
            return
        words = self.passphrase.take()
        if words:
            # Neither is disabled but the button: a field that is would hand the focus on, and what is typed next with it.
            self.edit.setReadOnly(True)
            self._go.setEnabled(False)
            self._go.say(tr("Unlocking…"))
            self._warn("")
            self.unlock_requested.emit(words)

    def _on_caps_lock(self, on: bool) -> None:
        self._warn(tr("Caps Lock is on") if on else "")

    def _warn(self, words: str) -> None:
        self._warn_icon.setVisible(bool(words))
        self._warning.setText(words)
        self._place()
