"""A half-written meeting survives the lock as it was typed, rests on what its author was shown, and goes when it is saved or given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldtool.services import records
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.meeting_draft import FormDraft
from fieldtool.ui.screens.meeting_form import MeetingForm
from fieldtool.ui.shell import Window
from tests.ui.conftest import lock, settle, shown
from tests.ui.vaults import PASSPHRASE

CTRL = Qt.KeyboardModifier.ControlModifier


def form(window: Window, qtbot: QtBot, target: str = "new") -> MeetingForm:
    screen = shown(window, "meeting_form", qtbot, target)
    assert isinstance(screen, MeetingForm)
    return screen


def focused(window: Window) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def drafts(window: Window) -> list[str]:
    assert window.frame is not None
    return [key for key in window.frame.desk.session.store.drafts() if key.startswith("meeting-form/")]


def test_what_was_typed_is_there_after_the_lock_and_gone_once_saved(window: Window, vault: Path, qtbot: QtBot) -> None:
    screen = form(window, qtbot)
    QTest.keyClicks(focused(window), "Supreme Cou")
    screen._start.edit.setFocus()
    screen._start.edit.selectAll()
    QTest.keyClicks(focused(window), "9:")  # no time yet
    screen._questions.setFocus()
    QTest.keyClicks(focused(window), "Who chai")
    lock(window, qtbot)
    window.open(Gate().unlock(vault, PASSPHRASE))
    settle(window, qtbot)
    assert window.frame is not None
    again = window.frame.screens["meeting_form"]
    assert isinstance(again, MeetingForm)
    assert (again._who.text(), again._start.text(), again._questions.words()) == ("Supreme Cou", "9:", "Who chai")
    again._start.edit.setText("09:00")
    QTest.keyClick(focused(window), Qt.Key.Key_Return, CTRL)
    settle(window, qtbot)
    assert window.frame.place == "meetings"
    assert drafts(window) == []
    assert form(window, qtbot)._who.text() == ""


def test_escape_gives_up_what_was_typed(window: Window, qtbot: QtBot) -> None:
    screen = form(window, qtbot)
    QTest.keyClicks(focused(window), "Nobody")
    screen.keep()
    settle(window, qtbot)
    assert len(drafts(window)) == 1
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    settle(window, qtbot)
    assert drafts(window) == []
    assert form(window, qtbot)._who.text() == ""


def test_a_change_that_came_meanwhile_is_a_conflict_and_not_undone(window: Window, qtbot: QtBot) -> None:
    assert window.frame is not None
    session = window.frame.desk.session
    meeting = session.store.list_("meeting")[0].id
    screen = form(window, qtbot, meeting)
    screen._place.edit.setFocus()
    screen._place.edit.selectAll()
    QTest.keyClicks(focused(window), "Room 1")
    seen = screen._heads.get("place", ())
    screen.keep()
    settle(window, qtbot)
    records.edit_record(session, meeting, {"place": "Hall 2"})
    again = form(window, qtbot, meeting)
    assert again._place.text() == "Room 1"
    assert again._heads.get("place", ()) == seen


@pytest.mark.parametrize("kept", ["", "null", "[]", "{", '{"fields": 1}', "words"])
def test_what_is_no_draft_is_none(kept: str) -> None:
    assert FormDraft.from_text(kept) is None
