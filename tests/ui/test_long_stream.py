"""A meeting of thousands of notes opens as fast as one of a hundred, and every note can be reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.domain.ids import EntityId
from fieldtool.services.screens.meetings import NoteRow
from fieldtool.ui.look import painting
from fieldtool.ui.screens.meeting.stream import AT_ONCE, Earlier, Stream

MANY = 5_000


def note(number: int) -> NoteRow:
    text = f"{number} commission minutes комиссия " * 4
    return NoteRow(EntityId(f"n{number}"), "09:30", "statement", text, "A. Sample", (), (), (), (), "", "", False, False, False, (), {})


NOTES = [note(n) for n in range(MANY)]


@pytest.fixture
def stream(dressed: QApplication, qtbot: QtBot) -> Stream:
    made = Stream()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.show_notes(NOTES, ())
    dressed.processEvents()
    return made


def shown(stream: Stream) -> list[NoteRow]:
    return [r for r in stream.rows.rows if isinstance(r, NoteRow)]


def test_only_what_is_near_is_measured(stream: Stream) -> None:
    painting.forget()
    stream.show_notes(NOTES, ())
    stream.resize(640, 480)
    QApplication.processEvents()
    assert painting._paragraph.cache_info().misses <= 3 * AT_ONCE  # else thousands
    assert stream.rows.rows[0] == Earlier(MANY - AT_ONCE)
    assert shown(stream) == NOTES[-AT_ONCE:]
    assert stream.notes() == NOTES


def test_whoever_goes_up_comes_to_the_first_note(stream: Stream) -> None:
    stream.setFocus()
    stream.choose(NOTES[-1].id)
    stream.resize(700, 900)
    few = NOTES[:250]
    stream.show_notes(few, ())
    stream.choose(few[-1].id)
    for _ in range(60):
        QTest.keyClick(stream, Qt.Key.Key_PageUp)
        QApplication.processEvents()
    assert shown(stream) == few
    assert stream.chosen() == few[0]


def test_an_arrow_crosses_the_edge_note_by_note(stream: Stream) -> None:
    stream.setFocus()
    first = shown(stream)[0]
    stream.choose(first.id)
    QApplication.processEvents()
    at = NOTES.index(first)
    for step in range(1, 4):
        QTest.keyClick(stream, Qt.Key.Key_Up)
        QApplication.processEvents()
        assert stream.chosen() == NOTES[at - step]
        assert stream.viewport().rect().intersects(stream.visualRect(stream.currentIndex()))


def test_a_note_that_is_not_shown_yet_is_chosen_all_the_same(stream: Stream) -> None:
    assert stream.choose(NOTES[7].id)
    assert stream.chosen() == NOTES[7]
    assert shown(stream)[-1] == NOTES[-1]
    assert not stream.choose("nobody")


def test_what_was_opened_stays_open_when_a_note_is_filed_and_another_meeting_begins_at_its_end(stream: Stream) -> None:
    stream.show_earlier()
    stream.show_earlier()
    seen = len(shown(stream))
    assert seen == 3 * AT_ONCE
    stream.show_notes([*NOTES, note(MANY)], ())
    assert len(shown(stream)) == seen + 1
    stream.show_notes([note(n) for n in range(90_000, 90_300)], ())
    assert len(shown(stream)) == AT_ONCE
    stream.show_notes(NOTES[:3], ())
    assert shown(stream) == NOTES[:3]
