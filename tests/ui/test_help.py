"""F1: every screen has its section in every language, words are found, the keyboard is enough, and the caret comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.ui import words
from fieldtool.ui.frame import makers
from fieldtool.ui.guide import CONTENTS, cut, read_guide
from fieldtool.ui.help_pane import HelpPane
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.screens.meetings import Meetings
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, shown

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "user-guide"
GATES = ("firstrun", "unlock", "recovery")


@pytest.mark.parametrize("language", sorted(p.name for p in GUIDES.iterdir()))
def test_every_screen_has_its_section(language: str, preferences: PreferenceFile) -> None:
    guide = read_guide(language)
    wanted = [*GATES, *makers(preferences)]
    assert [s for s in wanted if guide.of_screen(s) is None] == []
    marked = [screen for section in guide.sections for screen in section.screens]
    assert sorted(marked) == sorted(wanted)  # each once, and none that is gone


def test_both_languages_explain_a_screen_on_the_same_page() -> None:
    pages = [{screen: s.page for s in read_guide(language).sections for screen in s.screens} for language in ("en", "ru")]
    assert pages[0] == pages[1]


def test_a_language_without_a_guide_gets_the_english_one() -> None:
    assert read_guide("xx").title(CONTENTS) == read_guide("en").title(CONTENTS)


def test_the_contents_lead_to_every_page() -> None:
    for language in ("en", "ru"):
        guide = read_guide(language)
        listed = guide.text(CONTENTS)
        assert [p for p in guide.pages if p != CONTENTS and f"]({p})" not in listed] == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", []),
        ("words without a heading", []),
        ("# A\n```\n# no heading\n```\n## B", ["A", "B"]),
        ("#hash is no heading\n# C", ["C"]),
        ("# D\n<!-- screens: -->\n<!-- screens x -->", ["D"]),
    ],
)
def test_odd_pages_are_cut_without_surprise(text: str, titles: list[str]) -> None:
    sections = cut("p.md", text)
    assert [s.title for s in sections] == titles
    assert all(s.screens == () for s in sections)


@pytest.mark.parametrize(
    ("language", "query", "page"),
    [("en", "recovery SHEET", "recovery-sheet.md"), ("ru", "печать штаб", "border.md"), ("ru", "БЛОКИРОВКА", "locking.md")],
)
def test_words_are_found_in_any_case(language: str, query: str, page: str) -> None:
    assert page in [s.page for s in read_guide(language).find(query)]


@pytest.mark.parametrize("query", ["", "   ", "zzzqqq", "passphrase zzzqqq"])
def test_what_is_nowhere_is_not_found(query: str) -> None:
    assert read_guide("en").find(query) == []


def pane(window: Window) -> HelpPane:
    found = window.findChild(HelpPane)
    assert found is not None
    return found


def test_the_keyboard_opens_searches_reads_and_goes_back_to_the_caret(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "meetings", qtbot)
    assert isinstance(screen, Meetings)
    window.activateWindow()
    screen.writing.line.setFocus()
    QTest.keyClicks(screen.writing.line, "half a wo")
    QTest.keyClick(screen.writing.line, Qt.Key.Key_F1)
    help_pane = pane(window)
    assert help_pane.page.toPlainText().startswith("Recording a meeting")
    assert QApplication.focusWidget() is help_pane.edit
    QTest.keyClicks(help_pane.edit, "recovery")
    assert help_pane.list.isVisible()
    assert len(help_pane._found.rows) > 2
    first = help_pane._found.rows[0]
    QTest.keyClick(help_pane.edit, Qt.Key.Key_Down)
    QTest.keyClick(help_pane.edit, Qt.Key.Key_Up)
    QTest.keyClick(help_pane.edit, Qt.Key.Key_Return)
    assert not help_pane.list.isVisible()
    assert first.title in help_pane.page.toPlainText()
    QTest.keyClick(help_pane.edit, Qt.Key.Key_Escape)
    assert not help_pane.isVisible()
    assert QApplication.focusWidget() is screen.writing.line
    assert screen.writing.line.toPlainText() == "half a wo"


def test_a_search_without_a_hit_says_so_and_keeps_the_page(window: Window) -> None:
    window.show_help()
    help_pane = pane(window)
    help_pane.edit.setText("zzzqqq")
    assert help_pane._nothing.isVisible()
    assert (help_pane.page.isVisible(), help_pane.list.isVisible()) == (True, False)


def test_links_lead_to_pages_and_never_out_of_the_guide(window: Window) -> None:
    window.show_help()
    help_pane = pane(window)
    help_pane._show_page(CONTENTS, 0)
    links = []
    block = help_pane.page.document().begin()
    while block.isValid():
        piece = block.begin()
        while not piece.atEnd():
            if piece.fragment().charFormat().isAnchor():
                links.append(piece.fragment().charFormat().anchorHref())
            piece += 1
        block = block.next()
    assert len(links) > 12
    assert [link for link in links if link not in help_pane._guide.pages] == []


def test_the_lock_page_has_help_and_loses_no_letter(open_window: OpenWindow, vault: Path) -> None:
    window = open_window(vault)
    window.activateWindow()
    page = window.page()
    assert page is not None
    edit = page.focusProxy()
    assert edit is not None
    QTest.keyClicks(edit, "seven")
    QTest.keyClick(edit, Qt.Key.Key_F1)
    assert pane(window).page.toPlainText().startswith("Locking")
    QTest.keyClick(pane(window).edit, Qt.Key.Key_F1)
    assert not pane(window).isVisible()
    assert QApplication.focusWidget() is edit


def test_the_guide_speaks_the_language_of_the_window(window: Window) -> None:
    words.language.use("ru")
    try:
        window.show_help()
        assert pane(window).page.toPlainText().startswith("Экран визита")
    finally:
        words.language.use("en")


def test_nothing_is_set_in_a_foreign_face(window: Window) -> None:
    window.show_help()
    help_pane = pane(window)
    help_pane._show_page("recording.md", 0)
    families, block = set(), help_pane.page.document().begin()
    while block.isValid():
        piece = block.begin()
        while not piece.atEnd():
            families.add(QFontInfo(piece.fragment().charFormat().font()).family())
            piece += 1
        block = block.next()
    assert families == {"Inter"}


def test_no_line_of_a_page_is_wider_than_the_pane(window: Window, qtbot: QtBot) -> None:
    window.show_help()
    help_pane = pane(window)
    for page in help_pane._guide.pages:
        help_pane._show_page(page, 0)
        assert help_pane.page.document().size().width() <= help_pane.page.viewport().width() + 1, page
