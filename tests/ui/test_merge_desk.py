"""The head's desk: positions that agree or contradict, the finding beside them, dissent that keeps its author."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldtool.domain.ids import EntityId
from fieldtool.services import findings, records
from fieldtool.services.screens.recommendations import Accord, PositionLine, accord_of
from fieldtool.services.session import Session
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.recommendations import Recommendations
from fieldtool.ui.shell import Window
from tests.ui.conftest import lock, settle, shown
from tests.ui.vaults import PASSPHRASE


def desk(window: Window, qtbot: QtBot) -> tuple[Recommendations, Session, EntityId]:
    screen = shown(window, "recommendations", qtbot)
    assert isinstance(screen, Recommendations)
    assert screen.desk.visit is not None
    return screen, screen.desk.session, screen.desk.visit


def said(screen: Recommendations) -> str:
    page = screen.detail.widget()
    assert page is not None
    return " ".join(w.text() or w.accessibleName() for w in page.findChildren(QLabel))


def of(institution: str, value: str) -> PositionLine:
    return PositionLine(value, institution, None, "2022-04-11")


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([], Accord.NONE),
        ([of("a", "accepts")], Accord.NONE),
        ([of("a", "accepts"), of("b", "no position")], Accord.NONE),
        ([of("a", "accepts"), of("b", "accepts")], Accord.SAME),
        ([of("a", "accepts"), of("b", "accepts in part")], Accord.DIFFERENT),
        ([of("a", "notes"), of("b", "rejects")], Accord.DIFFERENT),
        ([of("a", "claims already done"), of("b", "rejects")], Accord.CONTRARY),
        ([of("a", "rejects"), of("b", "accepts"), of("a", "accepts")], Accord.SAME),  # it has changed its mind
    ],
)
def test_the_latest_word_of_each_institution_is_compared(positions: list[PositionLine], expected: Accord) -> None:
    assert accord_of(positions) is expected


def test_a_contradiction_is_said_in_words_and_can_be_filtered(window: Window, qtbot: QtBot) -> None:
    screen, session, visit = desk(window, qtbot)
    row = next(r for r in screen._all if r.position and r.position.value == "accepts" and r.accord is not Accord.CONTRARY)
    other = next(i for i in session.store.list_("institution") if row.position and row.position.institution not in str(i.fields["name"]))
    wanted = {"visit": visit, "recommendation": row.name.id, "institution": other.id, "value": "rejects", "date": "2022-04-14"}
    records.add_records(session, "position", [dict(wanted)])
    settle(window, qtbot)
    screen._contrary.setChecked(True)
    assert row.name.id in [r.name.id for r in screen._rows.rows]
    assert all(r.accord is Accord.CONTRARY for r in screen._rows.rows)
    screen.target(row.name.id)
    settle(window, qtbot)
    assert "They contradict each other" in said(screen)


def test_the_finding_is_kept_while_it_is_typed_and_taken_back_by_name(window: Window, qtbot: QtBot) -> None:
    screen, session, visit = desk(window, qtbot)
    row = next(r for r in screen._all if not r.finding)
    screen.target(row.name.id)
    settle(window, qtbot)
    screen.finding.edit.setFocus()
    QTest.keyClicks(screen.finding.edit, "The draft law meets half of it")
    qtbot.waitUntil(lambda: findings.finding_of(session, visit, row.name.id) is not None, timeout=5_000)
    QTest.keyClicks(screen.finding.edit, "; the rest is open.")  # the page beside was fetched anew meanwhile
    screen.keep()
    settle(window, qtbot)
    record = findings.finding_of(session, visit, row.name.id)
    assert record is not None
    assert record.fields["text"] == "The draft law meets half of it; the rest is open."
    assert record.conflicts == ()
    assert len([f for f in session.store.list_("finding", visit=visit) if f.fields["recommendation"] == row.name.id]) == 1
    QTest.keyClick(screen.finding.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window, qtbot)
    record = findings.finding_of(session, visit, row.name.id)
    assert record is not None
    assert record.fields["state"] == "agreed"
    assert window.frame is not None
    window.frame.undo()
    settle(window, qtbot)
    assert window.frame.sidebar.saved.words() == "Taken back: the state of the finding"


def test_locking_in_the_middle_of_a_finding_loses_no_word(window: Window, qtbot: QtBot, vault: Path) -> None:
    screen, _, visit = desk(window, qtbot)
    row = next(r for r in screen._all if not r.finding)
    screen.target(row.name.id)
    settle(window, qtbot)
    QTest.keyClicks(screen.finding.edit, "Half a thou")
    lock(window, qtbot)
    session = Gate().unlock(vault, PASSPHRASE)
    try:
        record = findings.finding_of(session, visit, row.name.id)
        assert record is not None
        assert record.fields["text"] == "Half a thou"
    finally:
        session.close()


def test_keys_turn_the_recommendations_and_reach_the_notes(window: Window, qtbot: QtBot) -> None:
    screen, _, _ = desk(window, qtbot)
    first = screen.chosen()
    run = {c.id: c.handler for c in screen.commands()}
    run["recommendation-next"]()
    settle(window, qtbot)
    assert screen.chosen() != first
    row = next(r for r in screen._all if r.notes)
    screen.target(row.name.id)
    settle(window, qtbot)
    run["recommendation-note"]()
    way = window.focusWidget()
    assert way is not None
    assert way.accessibleName().startswith("Open meeting")
    QTest.keyClick(way, Qt.Key.Key_Space)
    settle(window, qtbot)
    assert window.frame is not None
    assert window.frame.place == "meetings"


def test_dissent_keeps_its_author_beside_the_finding(window: Window, qtbot: QtBot) -> None:
    screen, session, visit = desk(window, qtbot)
    row = next(r for r in screen._all if not r.finding)
    assert not findings.write_dissent(session, visit, row.name.id, "no finding yet", base={}, origin="test")
    findings.write_finding(session, visit, row.name.id, "It is met.", base={}, origin="test")
    record = findings.finding_of(session, visit, row.name.id)
    assert record is not None
    records.edit_record(session, record.id, {"dissent": {"Tomas": "The decree is missing."}})
    findings.write_dissent(session, visit, row.name.id, "Mine.", base={}, origin="test")
    screen.target(row.name.id)
    settle(window, qtbot)
    detail = screen.finding.detail
    assert detail is not None
    assert dict(detail.dissent) == {"Tomas": "The decree is missing.", session.name: "Mine."}
    shown_ = " ".join(w.text() for w in screen.finding.findChildren(QLabel))
    assert "Tomas sees it otherwise: The decree is missing." in shown_
