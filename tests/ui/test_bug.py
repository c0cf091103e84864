"""A bug in the middle of a word: the word is kept, the report can be copied, and none of it holds what anybody wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldtool.services import recording
from fieldtool.services.crash import crash_report
from fieldtool.ui.screens.meetings import Meetings
from fieldtool.ui.shell import Window, read_report
from tests.ui.conftest import settle, shown

SECRET = "the deputy minister hesitated"


def broken(words: str) -> str:
    """The report of a bug whose message quotes a note."""
    try:
        raise ValueError(words)
    except ValueError as bug:
        return crash_report(bug)


def test_a_bug_keeps_the_half_written_note_and_offers_a_report_without_it(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen = shown(window, "meetings", qtbot)
    assert isinstance(screen, Meetings)
    window.activateWindow()
    screen.writing.line.setFocus()
    QTest.keyClicks(screen.writing.line, SECRET)
    path = tmp_path / "crash.txt"
    path.write_text(broken(SECRET), "utf-8")
    window.show_bug(str(path))
    settle(window, qtbot)
    assert window.frame is not None
    assert SECRET in "".join(recording.kept_drafts(window.frame.desk.session).values())
    assert "Nothing is lost" in screen.notice.words()
    screen.notice.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "ValueError" in copied
    assert "test_bug.py" in copied
    assert SECRET not in copied


def test_another_message_offers_no_report(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "meetings", qtbot)
    screen.notice.tell("Saved elsewhere.")
    assert not screen.notice.copy.isVisible()


@pytest.mark.parametrize("path", ["", "/nowhere/at/all.txt"])
def test_a_report_that_cannot_be_read_back_is_named_at_least(path: str) -> None:
    assert read_report(path or "/no such report") == (path or "/no such report")
