"""Official status at headquarters, by keys: value, report and day; earlier ones stay listed; nobody else sets one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import records, sample, statuses, vaults
from fieldtool.services.session import Session
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.screens.recommendations import Recommendations
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle, shown
from tests.ui.vaults import PASSPHRASE, send

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # an open menu grabs the keyboard; offscreen there is none

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def page(window: Window, qtbot: QtBot) -> Recommendations:
    screen = shown(window, "recommendations", qtbot)
    assert isinstance(screen, Recommendations)
    return screen


def session_of(window: Window) -> Session:
    assert window.frame is not None
    return window.frame.desk.session


def press(window: Window, qtbot: QtBot, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window.activateWindow()  # a menu that closes leaves no window active offscreen
    at = window.focusWidget()
    assert at is not None
    QTest.keyClick(at, key, how)
    settle(window, qtbot)


def choose(button: QWidget, qtbot: QtBot, down: int) -> None:
    """Open a button's menu and go down in it, by keys."""
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(m.isVisible() for m in button.findChildren(QMenu)))
    menu = next(m for m in button.findChildren(QMenu) if m.isVisible())
    for _ in range(down):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def listed(window: Window, recommendation: EntityId) -> list[tuple[object, ...]]:
    found = [r.fields for r in session_of(window).store.list_("official_status") if r.fields["recommendation"] == recommendation]
    return sorted((f["date"], f["value"], f["set_by"]) for f in found)


def test_headquarters_sets_a_status_by_keys_and_the_one_before_stays(officer: Window, qtbot: QtBot) -> None:
    screen = page(officer, qtbot)
    chosen = screen.chosen()
    assert chosen is not None
    latest = statuses.sources(session_of(officer))[0]
    press(officer, qtbot, Qt.Key.Key_O, CONTROL_SHIFT)
    assert screen.status.isVisible()
    assert not screen.finding.isVisible()
    assert officer.focusWidget() is screen.status.value
    choose(screen.status.value, qtbot, 3)
    choose(screen.status.source, qtbot, 1)
    assert screen.status.day.text() == latest.date  # the day follows the report
    screen.status.day.edit.setFocus()
    press(officer, qtbot, Qt.Key.Key_Return)
    assert listed(officer, chosen.name.id) == [(latest.date, "partially implemented", latest.id)]
    assert not screen.status.isVisible()
    assert screen.finding.isVisible()
    assert officer.focusWidget() is screen.table
    press(officer, qtbot, Qt.Key.Key_O, CONTROL_SHIFT)
    choose(screen.status.value, qtbot, 1)
    choose(screen.status.source, qtbot, 1)
    screen.status.day.edit.setText("2023-03-19")
    screen.status.save.setFocus()
    press(officer, qtbot, Qt.Key.Key_Space)
    both = [(latest.date, "partially implemented", latest.id), ("2023-03-19", "fully implemented", latest.id)]
    assert listed(officer, chosen.name.id) == both
    detail = screen.finding.detail
    assert detail is not None
    assert [s.value for s in detail.statuses] == ["partially implemented", "fully implemented"]
    assert officer.frame is not None
    officer.frame.undo()
    settle(officer, qtbot)
    assert listed(officer, chosen.name.id) == both[:1]
    assert "Taken back: the official status" in {w.accessibleName() for w in officer.frame.sidebar.findChildren(QWidget)}


@pytest.mark.parametrize("day", ["", "19.03.2023", "2023-02-30", "2023-3-19", "20230319", "tomorrow"])
def test_a_day_that_is_none_is_named_beneath_its_field_and_nothing_is_written(officer: Window, qtbot: QtBot, day: str) -> None:
    screen = page(officer, qtbot)
    chosen = screen.chosen()
    assert chosen is not None
    screen.set_status()
    settle(officer, qtbot)
    screen.status.on_save()
    assert screen.status.refusal.words() == "Choose the status and the report that set it."
    choose(screen.status.value, qtbot, 1)
    choose(screen.status.source, qtbot, 1)
    screen.status.day.edit.setText(day)
    screen.status.on_save()
    settle(officer, qtbot)
    assert screen.status.day.edit.accessibleDescription() == "A day is written 2022-04-13."
    assert screen.status.isVisible()
    assert listed(officer, chosen.name.id) == []


def test_escape_and_another_recommendation_leave_the_status_as_it_is(officer: Window, qtbot: QtBot) -> None:
    screen = page(officer, qtbot)
    for way in (screen._on_escape, lambda: screen._turn(1)):
        screen.set_status()
        settle(officer, qtbot)
        assert screen.status.isVisible()
        way()
        settle(officer, qtbot)
        assert not screen.status.isVisible()
        assert screen.finding.isVisible()


def test_the_head_of_the_visit_is_told_whose_it_is(window: Window, qtbot: QtBot) -> None:
    screen = page(window, qtbot)
    assert [b for b in screen.detail.findChildren(Button) if b.accessibleName() == "Set the official status"] == []
    screen.set_status()
    settle(window, qtbot)
    assert not screen.status.isVisible()
    assert "Only headquarters sets the official status" in screen.notice.words()
    session, chosen = session_of(window), screen.chosen()
    assert chosen is not None
    report = statuses.sources(session)[0].id
    with pytest.raises(KnownError, match="headquarters"):
        statuses.set_official_status(session, chosen.name.id, "fully implemented", report, "2023-03-19", origin="test")


def test_what_cannot_be_meant_is_refused_whole_and_what_is_set_reaches_the_team(hq: Path, vault: Path, tmp_path: Path) -> None:
    session, head = vaults.unlock_vault(hq, PASSPHRASE), vaults.unlock_vault(vault, PASSPHRASE)
    report = statuses.sources(session)[0].id
    rec = next(r for r in session.store.list_("recommendation") if r.fields["class"] == "priority").id
    before = len(session.store.list_("official_status"))
    cases = [
        (rec, "wonderful", report, "2023-03-19"),
        (rec, "not implemented", report, "2023-02-30"),
        (rec, "not implemented", rec, "2023-03-19"),
        (report, "not implemented", report, "2023-03-19"),
        (EntityId("01a20d3a-4e76-74f8-9acb-000000000000"), "not implemented", report, "2023-03-19"),
    ]
    for recommendation, value, source, day in cases:
        with pytest.raises(KnownError):
            statuses.set_official_status(session, recommendation, value, source, day, origin="test")
    assert len(session.store.list_("official_status")) == before
    statuses.set_official_status(session, rec, "not implemented", report, "2023-03-19", origin="test")
    send(session, head, tmp_path / "status.ftbundle", sample.HEAD, None)
    told = {(r.fields["recommendation"], r.fields["value"]) for r in records.list_records(head, "statuses")}
    assert (rec, "not implemented") in told
    session.close()
    head.close()
