"""Labelled fields for short forms; the label stands above, the placeholder never replaces it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.fields import Well, line_edit
from fieldtool.ui.controls.labels import Line, icon, label, paragraph
from fieldtool.ui.controls.layout import FIXED, Surface, column, row
from fieldtool.ui.look.lettering import MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import CONTROL, XS, S


class Field(QWidget):
    """A one-line field under its label, with a grey remark below."""

    def __init__(self, title: str, remark: str = "", well: Well | None = None, edit: QLineEdit | None = None) -> None:
        super().__init__()
        self.edit = edit or line_edit("", title)
        head = label(title, SMALL, MEDIUM, "text2")
        head.setBuddy(self.edit)
        self._told = remark
        self._remark = Line(remark, SMALL, REGULAR, "text3")
        self.edit.textChanged.connect(self._on_edited)
        layout: QVBoxLayout = column(head, XS, well or Well(self.edit, height=CONTROL), 2, self._remark)
        self.setLayout(layout)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)

    def text(self) -> str:
        """What was typed, without spaces around it."""
        return self.edit.text().strip()

    def remark(self, words: str) -> None:
        """Say something about what was typed."""
        self._remark.say(words)

    def refuse(self, words: str) -> None:
        """Say beneath the field what is wrong with it, and go there; the next key in it puts the remark back."""
        self._remark.say(words, "bad")
        self.edit.setAccessibleDescription(words)
        announce(self, words)
        self.edit.setFocus()
        self.edit.selectAll()

    def _on_edited(self) -> None:
        if self.edit.accessibleDescription():
            self.edit.setAccessibleDescription("")
            self._remark.say(self._told, "text3")


class Sentence(Surface):
    """A sentence that stands where something was refused; hidden while there is none."""

    def __init__(self) -> None:
        self._words = paragraph("")
        self._words.setProperty("stretch", 1)
        super().__init__("warn_tint", radius=6, layout=row(icon("warn", "warn"), self._words, margins=(S, S, S, S)))
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self.hide()

    def tell(self, words: str) -> None:
        """Show a sentence; an empty one hides it."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says."""
        return self._words.text()
