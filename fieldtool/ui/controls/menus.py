"""Menus that open at a button; made when opened, so that they wear the theme in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from fieldtool.ui.look import tokens
from fieldtool.ui.look.lettering import font

_SHEET = """QMenu{{background:{raised};border:1px solid {line_strong};border-radius:6px;padding:4px}}
QMenu::item{{padding:5px 24px 5px 12px;border-radius:4px;color:{text}}} QMenu::item:selected{{background:{tint};color:{text}}}
QMenu::item:disabled{{color:{text3}}} QMenu::separator{{height:1px;background:{line};margin:4px 8px}}
QMenu::indicator{{width:14px;height:14px;left:8px}}"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu; an empty text is a separator."""

    text: str
    handler: Callable[[], None] | None = None
    on: bool = False
    shortcut: str = ""


def make_menu(parent: QWidget, entries: Sequence[Entry]) -> QMenu:
    """A menu with those lines; the one that is on carries a tick."""
    menu = QMenu(parent)
    menu.setFont(font())
    menu.setStyleSheet(_SHEET.format(**{str(role): value for role, value in tokens.theme().values.items()}))
    ticks = any(e.on for e in entries)
    for entry in entries:
        if not entry.text:
            menu.addSeparator()
            continue
        action = menu.addAction(f"✓  {entry.text}" if entry.on else f"    {entry.text}" if ticks else entry.text)
        action.setEnabled(entry.handler is not None)
        if entry.shortcut:
            action.setShortcut(QKeySequence(entry.shortcut))
        if entry.handler is not None:
            action.triggered.connect(entry.handler)
    return menu


def open_menu(button: QWidget, entries: Sequence[Entry]) -> None:
    """Open a menu below a button."""
    menu = make_menu(button, entries)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
