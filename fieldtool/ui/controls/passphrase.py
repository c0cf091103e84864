"""A field for a passphrase: the letters in force, a way to see it, Caps Lock noticed; keeps the words no longer than asked."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.fields import Well, bare
from fieldtool.ui.controls.labels import Painted
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import READ
from fieldtool.ui.look.tokens import XS, M
from fieldtool.ui.words import tr


class LayoutChip(Painted):
    """Which letters the keyboard gives: the system's language until something is typed, then the script of what was typed."""

    def __init__(self) -> None:
        locale = QGuiApplication.inputMethod().locale().name()
        self._words = locale.split("_")[0].upper() if "_" in locale else ""
        super().__init__(self._paint, 44, 20, "")
        self._tell(self._words, tr("Keyboard: {name}", name=self._words) if self._words else "")

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
        if self._words:
            painting.chip(painter, box.right() - painting.chip_width(self._words), box.center().y(), self._words, "outline")


class PassphraseField(Well):
    """`caps_lock_changed` says what the letters that arrive betray; Qt does not tell the state of the key itself."""

    caps_lock_changed = Signal(bool)
    return_pressed = Signal()

    def __init__(self, name: str, edit: QLineEdit | None = None) -> None:
        self.edit = edit or QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setFrame(False)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText)
        bare(self.edit, name, READ)
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


def after_each_other(first: PassphraseField, again: PassphraseField) -> None:
    """Tab leads from the first field to the second: on the eye between them, the next space typed blindly would show the passphrase."""
    for earlier, later in pairwise((first.edit, again.edit, first.reveal, again.reveal)):
        QWidget.setTabOrder(earlier, later)
