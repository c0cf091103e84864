"""Comments on a draft, by real keys: written under a section, answered, settled, found, kept through a lock, taken back by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldtool.services import comments, records
from fieldtool.services.session import Session
from fieldtool.ui.frame import Frame
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.summary import Summary
from fieldtool.ui.screens.visit import Visit
from fieldtool.ui.shell import Window
from tests.ui.conftest import lock, settle, shown
from tests.ui.vaults import PASSPHRASE

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def summary(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Summary:
    """The summary at the section on obstacles; its page is not drawn, which takes seconds and is looked at elsewhere."""
    monkeypatch.setattr(Summary, "_fetch_document", lambda _screen: None)
    screen = shown(window, "summary", qtbot, "obstacles")
    assert isinstance(screen, Summary)
    return screen


def frame(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def focused(window: Window) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def write(window: Window, text: str, qtbot: QtBot) -> None:
    """Type into the line that has the focus, and file it."""
    QTest.keyClicks(focused(window), text)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window, qtbot)


def lines(screen: Summary) -> list[tuple[str, bool]]:
    """The comments as they stand, and whether each is open."""
    return [(c.text, c.open) for c in screen.comments.rows.rows]


def said(screen: Summary, word: str) -> str:
    """A section's row as it is spoken."""
    return screen._say(next(r for r in screen._rows.rows if r.word == word), 0)


def test_a_comment_is_written_answered_settled_and_taken_back_by_keys(window: Window, summary: Summary, qtbot: QtBot) -> None:
    QTest.keyClick(focused(window), Qt.Key.Key_E, CTRL)
    assert focused(window) is summary.comments.edit
    write(window, "#P-02 Name the office", qtbot)
    QTest.keyClicks(focused(window), "First line")
    QTest.keyClick(focused(window), Qt.Key.Key_Return, SHIFT)
    write(window, "second line", qtbot)
    assert lines(summary) == [("Name the office", True), ("First line\nsecond line", True)]
    about = summary.comments.rows.rows[0].about
    assert about is not None
    assert about.key == "P-02"
    assert said(summary, "obstacles").endswith("2 open comments")
    QTest.keyClick(focused(window), Qt.Key.Key_Tab, SHIFT)
    while focused(window) is not summary.comments.list:
        QTest.keyClick(focused(window), Qt.Key.Key_Tab, SHIFT)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    assert focused(window).accessibleName() == "Your answer"
    write(window, "The registry", qtbot)
    assert lines(summary) == [("Name the office", True), ("The registry", True), ("First line\nsecond line", True)]
    QTest.keyClick(focused(window), Qt.Key.Key_E, CTRL | SHIFT)
    settle(window, qtbot)
    assert lines(summary) == [("First line\nsecond line", True), ("Name the office", False), ("The registry", False)]
    assert said(summary, "obstacles").endswith("1 open comment")
    QTest.keyClick(focused(window), Qt.Key.Key_Z, CTRL)
    settle(window, qtbot)
    assert frame(window).sidebar.saved.words() == "Taken back: the settling of a comment"
    assert [c.open for c in summary.comments.rows.rows] == [True, True, True]


def test_a_half_written_comment_and_what_it_answers_survive_the_lock(
    window: Window, summary: Summary, vault: Path, qtbot: QtBot
) -> None:
    session = summary.desk.session
    comments.write_comment(session, session.visits()[-1].id, "Which decree?", section="obstacles")
    settle(window, qtbot)
    summary.comments.list.setFocus()
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    QTest.keyClicks(focused(window), "The one of Mar")
    lock(window, qtbot)
    window.open(Gate().unlock(vault, PASSPHRASE))
    settle(window, qtbot)
    screen = frame(window).screens["summary"]
    assert isinstance(screen, Summary)
    assert screen.comments.edit.words() == "The one of Mar"
    screen.comments.edit.setFocus()
    write(window, "ch", qtbot)
    assert [c.text for c in screen.comments.rows.rows] == ["Which decree?", "The one of March"]
    assert screen.comments.rows.rows[1].thread == screen.comments.rows.rows[0].id
    assert screen.desk.session.store.drafts().get(f"comment/{screen.desk.visit}/obstacles") is None


def test_a_comment_waits_on_the_visit_screen_and_is_found(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Summary, "_fetch_document", lambda _screen: None)
    visit = shown(window, "visit", qtbot)
    assert isinstance(visit, Visit)
    fact = visit._facts[4]
    assert not fact.isVisible()
    session = visit.desk.session
    place = session.visits()[-1].id
    comments.write_comment(session, place, "Is this about the gazelle?", section="assistance offered")
    comments.write_comment(session, place, "And this about the ibex?", section="assistance offered")
    settle(window, qtbot)
    assert fact.accessibleName() == "Comments: 2 open. on the draft"
    QTest.keyClick(focused(window), Qt.Key.Key_K, CTRL)
    QTest.keyClicks(focused(window), "ibex")
    settle(window, qtbot)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window, qtbot)
    screen = frame(window).screens["summary"]
    assert isinstance(screen, Summary)
    assert screen._section == "assistance offered"
    assert screen.comments.rows.rows[screen.comments.list.currentIndex().row()].text == "And this about the ibex?"
    frame(window).show_screen("visit")
    fact.setFocus()
    QTest.keyClick(fact, Qt.Key.Key_Space)
    settle(window, qtbot)
    assert frame(window).place == "summary"
    assert screen._section == "assistance offered"


def test_words_typed_while_the_section_is_stored_stay_and_the_caret_with_them(window: Window, summary: Summary, qtbot: QtBot) -> None:
    summary.edit.setFocus()
    QTest.keyClicks(summary.edit, "Beginning")
    summary.keep()
    QTest.keyClicks(summary.edit, " and end")  # before what was stored has come back
    settle(window, qtbot)
    QTest.keyClicks(summary.edit, ".")
    assert summary.edit.words() == "Beginning and end."
    summary.keep()
    settle(window, qtbot)
    stored = summary.desk.session.store.list_("section")
    assert [(s.fields["text"], s.conflicts) for s in stored] == [("Beginning and end.", ())]


def test_words_on_top_of_a_colleagues_are_a_conflict_and_not_the_last_word(window: Window, summary: Summary, qtbot: QtBot) -> None:
    session: Session = summary.desk.session
    wanted = {"visit": session.visits()[-1].id, "section": "obstacles", "language": "en", "text": "Theirs"}
    (section,) = records.add_records(session, "section", [dict(wanted)]).ids
    settle(window, qtbot)
    QTest.keyClicks(summary.edit, "Mine, ")
    shown_ = dict(summary._base)
    records.edit_record(session, section, {"text": "Theirs, changed"})
    settle(window, qtbot)
    assert summary.edit.words() == "Mine, Theirs"
    assert summary._base == shown_  # what is written follows what was seen
