"""What can be done, as data: id, words, shortcut, handler; the menu, the palette and the tests read the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can ask for. `text` is translated; `shortcut` is a portable key sequence or empty."""

    id: str
    text: str
    shortcut: str
    handler: Callable[[], None]

    @property
    def keys(self) -> str:
        """The shortcut as this platform writes it."""
        return QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText) if self.shortcut else ""


class Commands:
    """The commands of one window; each shortcut is bound to the window once."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._all: dict[str, Command] = {}
        self._keys: dict[str, QShortcut] = {}

    def add(self, *commands: Command) -> None:
        """Add commands; one of the same id is replaced, its shortcut with it."""
        for command in commands:
            self.remove(command.id)
            self._all[command.id] = command
            if command.shortcut:
                shortcut = QShortcut(QKeySequence(command.shortcut), self._window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(command.handler)
                self._keys[command.id] = shortcut

    def remove(self, *ids: str) -> None:
        """Take commands away; unknown ids are ignored."""
        for wanted in ids:
            self._all.pop(wanted, None)
            if shortcut := self._keys.pop(wanted, None):
                shortcut.setEnabled(False)
                shortcut.deleteLater()

    def clear(self) -> None:
        """Take every command away, as at lock."""
        self.remove(*list(self._all))

    def run(self, wanted: str) -> None:
        """Do it. Raises `KeyError` for an unknown id."""
        self._all[wanted].handler()

    def __iter__(self) -> Iterator[Command]:
        return iter(self._all.values())

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._all
