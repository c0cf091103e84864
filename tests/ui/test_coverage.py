"""From a cell of the coverage to what was said, or to asking; questions by kind of interlocutor: by real keys, typed words stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.templates import template_of
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.frame import Frame
from fieldtool.ui.screens.meeting_form import MeetingForm
from fieldtool.ui.screens.note_blocks import NOTE_WAY, NoteBlocks
from fieldtool.ui.screens.recommendations import Recommendations
from fieldtool.ui.screens.visit import Visit
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle, shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # an open menu grabs the keyboard; offscreen there is none

CTRL = Qt.KeyboardModifier.ControlModifier


def frame(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def focused(window: Window) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def at_cell(window: Window, key: str, kind: str, qtbot: QtBot) -> Visit:
    """The visit screen with the matrix's ring on a cell, moved there by the arrow keys."""
    screen = shown(window, "visit", qtbot)
    assert isinstance(screen, Visit)
    model = screen._model
    assert model is not None
    row = next(k for k, r in enumerate(model.coverage) if r.name.key == key)
    screen.matrix.setFocus()
    screen.matrix.setCurrentIndex(screen._coverage.index(0, 0))
    for _ in range(row):
        QTest.keyClick(screen.matrix, Qt.Key.Key_Down)
    for _ in range(model.types.index(kind) + 1):
        QTest.keyClick(screen.matrix, Qt.Key.Key_Right)
    return screen


def blocks(screen: Recommendations) -> list[str]:
    """The words of the notes on the page."""
    page = screen.detail.widget()
    assert page is not None
    (found,) = page.findChildren(NoteBlocks)
    return [n.text for n in found._notes]


def test_enter_on_a_cell_leads_to_what_such_interlocutors_said_and_on_to_the_meeting(window: Window, qtbot: QtBot) -> None:
    at_cell(window, "P-03", "citizen observers", qtbot)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window, qtbot)
    screen = frame(window).screens["recommendations"]
    assert isinstance(screen, Recommendations)
    detail = screen.finding.detail
    assert detail is not None
    assert detail.name.key == "P-03"
    wanted = [n.text for n in detail.notes if n.meeting is not None and "citizen observers" in n.meeting.types]
    assert blocks(screen) == wanted
    assert 0 < len(wanted) < len(detail.notes)
    way = focused(window)
    assert way.objectName() == NOTE_WAY
    QTest.keyClick(way, Qt.Key.Key_Escape)
    settle(window, qtbot)
    assert blocks(screen) == [n.text for n in detail.notes]
    screen.target(f"{detail.name.id}#citizen observers")
    settle(window, qtbot)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window, qtbot)
    assert frame(window).place == "meetings"


def test_another_recommendation_is_shown_whole_again(window: Window, qtbot: QtBot) -> None:
    at_cell(window, "P-03", "citizen observers", qtbot)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window, qtbot)
    screen = frame(window).screens["recommendations"]
    assert isinstance(screen, Recommendations)
    for command in ("recommendation-next", "recommendation-previous"):
        frame(window).commands.run(command)
        settle(window, qtbot)
        detail = screen.finding.detail
        assert detail is not None
        assert blocks(screen) == [n.text for n in detail.notes]


@pytest.mark.parametrize("planned", [True, False])
def test_enter_on_an_empty_cell_leads_to_asking_the_next_such_interlocutor(window: Window, qtbot: QtBot, planned: bool) -> None:
    session = frame(window).desk.session
    court = next(i for i in session.store.list_("institution") if i.fields["type"] == "court")
    if planned:
        meeting: dict[str, JsonValue] = {"visit": session.visits()[-1].id, "start": "2099-04-14T09:00", "state": "planned"}
        records.add_records(session, "meeting", [{**meeting, "institutions": [court.id]}])
    at_cell(window, "P-06", "court", qtbot)
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window, qtbot)
    form = frame(window).screens["meeting_form"]
    assert isinstance(form, MeetingForm)
    assert form._day.text().startswith("2099") is planned
    assert form._terms["institution_type"] == "court"
    if planned:
        assert focused(window) is form._questions
    else:  # whom one meets is missing
        QTest.keyClicks(focused(window), "Another Court")
        form._questions.setFocus()
    QTest.keyClicks(focused(window), "How long may a count take?")
    QTest.keyClick(focused(window), Qt.Key.Key_Return, CTRL)
    settle(window, qtbot)
    asked = [m for m in session.store.list_("meeting") if "How long may a count take?" in str(m.fields.get("questions"))]
    assert len(asked) == 1
    (question,) = asked[0].fields["questions"].values()  # type: ignore[union-attr]
    tied = {r.id: r.fields["number"] for r in session.store.list_("recommendation")}
    assert tied[question["recommendation"]] == 6  # type: ignore[index,call-overload]


def choose(form: MeetingForm, first: str, window: Window, qtbot: QtBot) -> None:
    """Enter on the first template of the open menu, which is the one for the kind that is chosen."""
    qtbot.waitUntil(lambda: any(m.isVisible() for m in form._template.findChildren(QMenu)))
    menu = next(m for m in form._template.findChildren(QMenu) if m.isVisible())
    assert menu.actions()[0].text().strip("✓ ") == first
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle(window, qtbot)


def test_a_template_adds_questions_below_what_is_typed_and_undo_takes_them_back(window: Window, qtbot: QtBot) -> None:
    form = shown(window, "meeting_form", qtbot, "new")
    assert isinstance(form, MeetingForm)
    form._set_term("institution_type", "parliament")
    form._questions.setFocus()
    QTest.keyClicks(focused(window), "Who chairs?")
    QTest.keyClick(focused(window), Qt.Key.Key_T, CTRL)
    choose(form, "Parliament", window, qtbot)
    lines = form._questions.words().splitlines()
    template = template_of("parliament")
    assert template is not None
    prompts = template.lines("en")
    assert lines[: 1 + len(prompts)] == ["Who chairs?", *prompts]
    open_ones = lines[1 + len(prompts) :]
    assert open_ones  # what parliament is addressed by and has not spoken on, and what nobody has raised
    assert open_ones[0].startswith("#P-01")
    assert not any(line.startswith("#P-04") for line in open_ones)  # on that parliament has spoken
    window.activateWindow()  # a menu that closes leaves no window active offscreen
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(focused(window), Qt.Key.Key_T, CTRL)
    choose(form, "Parliament", window, qtbot)
    assert form._questions.words().splitlines() == lines
    assert form._added.text() == "All of these questions stand here already."
    window.activateWindow()
    QTest.keyClick(focused(window), Qt.Key.Key_Z, CTRL)
    assert form._questions.words() == "Who chairs?"


def test_a_meeting_like_another_keeps_what_is_typed(window: Window, qtbot: QtBot) -> None:
    form = shown(window, "meeting_form", qtbot, "new")
    assert isinstance(form, MeetingForm)
    session = form.desk.session
    other = session.store.list_("meeting")[0]
    questions: dict[str, JsonValue] = {"01": {"recommendation": None, "text": "And when?", "order": "01"}}
    records.edit_record(session, other.id, {"place": "Hall 2", "questions": questions, "attribution": "Chatham House"})
    form._place.edit.setText("Room 1")
    form._questions.setFocus()
    QTest.keyClicks(focused(window), "Who?")
    form._like(other.id)
    settle(window, qtbot)
    assert (form._place.text(), form._questions.words()) == ("Room 1", "Who?\nAnd when?")
    assert form._terms["attribution"] == "Chatham House"
    assert isinstance(form._another, Button)
