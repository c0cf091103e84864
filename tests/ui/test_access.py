"""Reachable and leaving by Tab, named for screen readers, complete in two languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.ui import words
from fieldtool.ui.help_pane import HelpPane
from fieldtool.ui.screens.border import SEAL
from fieldtool.ui.screens.settings import Settings
from fieldtool.ui.shell import Window
from tests.ui.conftest import shown
from tests.ui.test_screens import ALL

CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "translations"

EVERYTHING = (*ALL, "help", "seal", "tour")  # the screens, and what opens over one
PLACES = ("visit", "meetings", "recommendations", "follow_up", "summary", "exchange")


def controls(root: QWidget) -> list[QWidget]:
    """Everything one can act on that is visible now."""
    found = [
        w
        for w in root.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit | QTextEdit) or w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return [w for w in found if w.isVisible() and w.isEnabled() and not w.objectName().startswith("qt_")]


def opened(window: Window, qtbot: QtBot, name: str) -> QWidget:
    """A screen, or what opens over one, as it is shown to the user."""
    if name == "help":
        shown(window, "visit", qtbot)
        window.show_help()
        pane = window.findChild(HelpPane)
        assert pane is not None
        return pane
    if name == "seal":
        screen = shown(window, "settings", qtbot)
        assert isinstance(screen, Settings)
        screen.border.ask(SEAL)
        return screen
    if name == "tour":
        shown(window, "meetings", qtbot)
        assert window.frame is not None
        strip = window.frame.tour.strip
        strip.say(1, frozenset({"note"}))
        strip.show()
        return window.frame
    return shown(window, name, qtbot)


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_control_has_a_name_of_its_own(window: Window, qtbot: QtBot, name: str) -> None:
    root = opened(window, qtbot, name)
    named = [(w.accessibleName(), type(w).__name__) for w in controls(root) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert named
    nameless = [kind for spoken, kind in named if not spoken.strip() or spoken == kind]
    assert not nameless
    spoken = [s for s, _ in named]
    assert sorted({s for s in spoken if spoken.count(s) > 1}) == []


@pytest.mark.parametrize("name", EVERYTHING)
def test_tab_visits_every_control_and_comes_round(window: Window, qtbot: QtBot, name: str) -> None:
    root = opened(window, qtbot, name)
    window.activateWindow()
    wanted = {w for w in controls(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not _in_exclusive_group(w)}
    seen: list[QWidget] = []
    for _ in range(400):
        window.focusNextChild()
        now = QApplication.focusWidget()
        if now is None or now in seen[:1]:
            break
        seen.append(now)
    missed = [w.accessibleName() or type(w).__name__ for w in wanted if w not in seen]
    assert not missed, [w.accessibleName() for w in seen]


@pytest.mark.parametrize("place", [*PLACES, "settings", "history"])
def test_the_sidebar_marks_where_one_is_and_tab_reaches_it(window: Window, qtbot: QtBot, place: str) -> None:
    shown(window, "visit", qtbot)
    shown(window, place, qtbot)
    assert window.frame is not None
    side = window.frame.sidebar
    marked = [name for name, button in (side.buttons | {"settings": side.settings}).items() if button.isChecked()]
    assert marked == ([] if place == "history" else [place])
    stops = [b for b in side.buttons.values() if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


def _in_exclusive_group(widget: QWidget) -> bool:
    """Whether the arrows, not Tab, reach it: an unchosen one of a segmented choice."""
    groups = [g for g in widget.window().findChildren(QButtonGroup) if g.exclusive() and widget in g.buttons()]
    return bool(groups) and groups[0].checkedButton() is not widget


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("wide", [1366, 1280])
def test_no_screen_is_wider_than_a_small_laptop_in_russian(window: Window, qtbot: QtBot, name: str, wide: int) -> None:
    words.language.use("ru")
    try:
        window.resize(wide, 720)
        screen = shown(window, name, qtbot)
        assert window.width() == wide
        assert screen.minimumSizeHint().width() <= screen.width()
    finally:
        words.language.use("en")


def test_no_sentence_is_left_untranslated_and_the_catalogues_are_compiled() -> None:
    before = {path.name: path.read_bytes() for path in CATALOGUES.glob("fieldtool_*.*")}
    done = subprocess.run([sys.executable, str(CATALOGUES / "update.py")], capture_output=True, text=True)
    after = {path.name: path.read_bytes() for path in CATALOGUES.glob("fieldtool_*.*")}
    for name, content in before.items():
        (CATALOGUES / name).write_bytes(content)
    assert (done.returncode, done.stdout) == (0, "")
    assert [name for name in after if after[name] != before.get(name)] == []


@pytest.mark.parametrize(("count", "told"), [(1, "1 запись"), (3, "3 записи"), (5, "5 записей"), (21, "21 запись")])
def test_russian_counts_in_its_own_way(dressed: object, count: int, told: str) -> None:
    words.language.use("ru")
    try:
        assert words.tr("%n note(s)", count) == told
    finally:
        words.language.use("en")


def test_translations_keep_every_placeholder() -> None:
    wrong = []
    for message in ElementTree.parse(CATALOGUES / "fieldtool_ru.ts").iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        wanted = sorted(re.findall(r"\{\w+\}", source))
        wrong += [source for form in forms if sorted(re.findall(r"\{\w+\}", form)) != wanted]
    assert not wrong
