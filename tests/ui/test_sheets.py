"""Headquarters drops a report onto the window: every text can be compared, the report is named, and only then is anything taken in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldtool.services import records
from fieldtool.services.session import Session
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.exchange_sheet import REMARKS, SheetPreview
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle, shown

TEXTS = ["Publish all results at once & <b>everywhere</b>.", "Hold debates with all contestants."]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Two recommendations, and more unknown themes than there are lines for remarks."""
    rows = [
        {"number": n, "text": text, "class": chosen, "themes": [f"zebra {n}-{k}" for k in range(REMARKS)]}
        for n, text, chosen in zip((1, 2), TEXTS, ("priority", "other"), strict=True)
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(rows), "utf-8")
    return path


def session_of(window: Window) -> Session:
    assert window.frame is not None
    return window.frame.desk.session


def preview(screen: Exchange) -> SheetPreview:
    (found,) = screen.findChildren(SheetPreview)
    return found


@pytest.mark.qt_log_ignore("This plugin does not support")  # the page grows beyond the window: offscreen windows have no hints
def test_a_sheet_is_compared_named_and_taken_by_keys(officer: Window, qtbot: QtBot, sheet: Path) -> None:
    screen = shown(officer, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    before = session_of(officer).store.change_count()
    screen.preview([sheet])
    settle(officer, qtbot)
    shown_texts = preview(screen).texts.words()
    assert f"P-01  {TEXTS[0]}\nO-02  {TEXTS[1]}" in shown_texts
    assert "zebra 2-5" in shown_texts  # remarks without a line of their own
    assert preview(screen).report.text() == "list"
    assert session_of(officer).store.change_count() == before
    QTest.keyClick(officer.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert officer.focusWidget() is preview(screen).report.edit
    preview(screen).report.edit.selectAll()
    QTest.keyClicks(officer.focusWidget(), "KAZ-2011-PAR")
    QTest.keyClick(officer.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(officer.focusWidget(), Qt.Key.Key_Space)
    settle(officer, qtbot)
    (report,) = [r.id for r in records.list_records(session_of(officer), "reports") if r.fields["reference"] == "KAZ-2011-PAR"]
    taken = records.list_records(session_of(officer), "recommendations", filters={"report": report})
    assert sorted(str(r.fields["text"]) for r in taken) == sorted(TEXTS)


def test_two_sheets_make_a_report_each(officer: Window, qtbot: QtBot, sheet: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("No.,Recommendation\n1,Let observers work at every stage.\n", "utf-8")
    screen = shown(officer, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    screen.preview([sheet, other])
    settle(officer, qtbot)
    assert all(not p.report.isVisible() for p in screen.findChildren(SheetPreview))
    screen.take([sheet, other])
    settle(officer, qtbot)
    assert {"list", "other"} <= {r.fields["reference"] for r in records.list_records(session_of(officer), "reports")}


def test_an_expert_cannot_take_recommendations_in(window: Window, qtbot: QtBot, sheet: Path) -> None:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    before = session_of(window).store.change_count()
    screen.preview([sheet])
    settle(window, qtbot)
    assert screen.findChildren(SheetPreview) == []
    assert session_of(window).store.change_count() == before
