"""The page that asks for the passphrase, also shown as the lock; it says nothing about the visit and imports no vault."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.fields import Well, line_edit
from fieldtool.ui.controls.labels import Line, Painted, icon, label, paragraph
from fieldtool.ui.controls.layout import Surface, column, holder, row
from fieldtool.ui.look import icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, DISPLAY, MEDIUM, READ, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XL, XS, L, M, S
from fieldtool.ui.words import tr

WIDE = 344
SLOW_DOWN = (0, 0, 1, 2, 4, 8, 15, 30)  # seconds to wait after that many wrong passphrases


def paint_mark(painter: QPainter, box: QRectF) -> None:
    """The product's neutral mark, drawn."""
    painting.rounded(painter, box, 10, "accent")
    icons.paint(painter, 8, 8, "recommendations", "on_accent", 28)


class LayoutChip(Painted):
    """Which letters the keyboard gives: the system's language until something is typed, then the script of what was typed."""

    def __init__(self) -> None:
        self._words = QGuiApplication.inputMethod().locale().name().split("_")[0].upper()
        super().__init__(self._paint, 44, 20, "")
        self._tell(self._words, tr("Keyboard: {name}", name=self._words))

    def typed(self, text: str) -> None:
        """Look at the letters of a key press."""
        for character in text:
            if character.isalpha():
                script = unicodedata.name(character, "").split(" ")[0].capitalize()
                self._tell({"Latin": "ABC", "Cyrillic": "АБВ"}.get(script, character), tr("Keyboard: {name}", name=script))

    def _tell(self, words: str, spoken: str) -> None:
        self._words = words
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        painting.chip(painter, box.right() - painting.chip_width(self._words), box.center().y(), self._words, "outline")


class PassphraseField(Well):
    """A passphrase with what helps to type it: the letters in force, a way to see it, Caps Lock noticed by what arrives."""

    caps_lock_changed = Signal(bool)
    return_pressed = Signal()

    def __init__(self, name: str) -> None:
        self.edit = line_edit("", name, READ)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText)
        self.letters = LayoutChip()
        self.reveal = Button("", "ghost", "eye", name=tr("Show the passphrase"))
        self.reveal.setCheckable(True)
        super().__init__(self.edit, self.letters, self.reveal, margins=(M, 0, XS, 0), height=40)
        self.reveal.toggled.connect(self._on_reveal)
        self.edit.returnPressed.connect(self.return_pressed)

    def _on_reveal(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.reveal.icon_name = "eye_off" if shown else "eye"
        self.reveal.setAccessibleName(tr("Hide the passphrase") if shown else tr("Show the passphrase"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.edit:
            text = event.text()
            self.letters.typed(text)
            if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps_lock_changed.emit(text.isupper() != shifted)
        return super().eventFilter(watched, event)

    def take(self) -> str:
        """The passphrase; the field is empty afterwards."""
        words = self.edit.text()
        self.edit.clear()
        return words


class Unlock(Surface):
    """`unlock_requested` carries the passphrase; the shell answers with `refuse` or takes the page away."""

    unlock_requested = Signal(str)
    other_vault_requested = Signal()
    recovery_requested = Signal()

    def __init__(self, holder_name: str, kept: str = "") -> None:
        super().__init__("window")
        self.passphrase = PassphraseField(tr("Passphrase"))
        self._go = Button(tr("Unlock"), "primary", hint=tr("Enter"))
        self._go.setMinimumSize(WIDE, 40)
        self._warn_icon = icon("warn", "warn")
        self._warning = Line("", SMALL, REGULAR, "text2")
        self._wrong = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_pause_over)
        self.setLayout(self._layout(holder_name, kept))
        self._warn("")
        self.passphrase.caps_lock_changed.connect(self._on_caps_lock)
        self.passphrase.return_pressed.connect(self._on_go)
        self._go.clicked.connect(self._on_go)

    def _layout(self, holder_name: str, kept: str) -> QVBoxLayout:
        box = holder(
            column(
                row(Painted(paint_mark, 44, 44), None), L,
                label(tr("Unlock the vault"), DISPLAY, BOLD), XS, label(holder_name, BODY, REGULAR, "text2"), INSET,
                label(tr("Passphrase"), SMALL, MEDIUM, "text2"), XS, self.passphrase, S,
                row(self._warn_icon, self._warning, gap=6), M, self._go, L, paragraph(kept, SMALL, "text2"),
            )
        )  # fmt: skip
        box.setFixedWidth(WIDE)
        other = Button(tr("Other vault…"), "ghost")
        other.clicked.connect(self.other_vault_requested)
        recovery = Button(tr("Use the recovery sheet…"), "ghost")
        recovery.clicked.connect(self.recovery_requested)
        offline = label(tr("Works offline. Nothing leaves this computer by itself."), SMALL, REGULAR, "text3")
        return column(None, row(None, box, None), XL, None, row(other, recovery, None, offline, margins=(S, 0, INSET, M)))

    def start(self) -> None:
        """Put the caret where the passphrase goes."""
        self.passphrase.edit.setFocus()

    def refuse(self, why: str) -> None:
        """The passphrase was wrong, or the vault cannot be opened: say why, and slow down after some attempts."""
        self._wrong += 1
        seconds = SLOW_DOWN[min(self._wrong, len(SLOW_DOWN) - 1)]
        self._warn(why)
        if seconds:
            self._pause.start(seconds * 1000)
            self._go.say(tr("Wait %n second(s)", seconds))
        else:
            self._on_pause_over()

    def _on_pause_over(self) -> None:
        self._go.say(tr("Unlock"))
        self._enable(True)
        self.start()

    def _enable(self, on: bool) -> None:
        for widget in (self._go, self.passphrase.edit, self.passphrase.reveal):
            widget.setEnabled(on)

    def _on_go(self) -> None:
        words = self.passphrase.take()
        if words:
            self._enable(False)
            self._go.say(tr("Unlocking…"))
            self._warn("")
            self.unlock_requested.emit(words)

    def _on_caps_lock(self, on: bool) -> None:
        self._warn(tr("Caps Lock is on") if on else "")

    def _warn(self, words: str) -> None:
        self._warn_icon.setVisible(bool(words))
        self._warning.say(words)
