"""The tour of the sample visit by real key presses: each task is ticked when it is done, and only then; it outlives the lock."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fieldtool.domain.ids import EntityId
from fieldtool.services import conflicts, recording, tour
from fieldtool.services.first_steps import make_sample_vault
from fieldtool.services.session import Session
from fieldtool.services.tour import STEPS, Facts, Tour
from fieldtool.services.vaults import create_vault, unlock_vault
from fieldtool.ui import words
from fieldtool.ui.frame import Frame
from fieldtool.ui.gate import SAMPLE_PASSPHRASE, Gate
from fieldtool.ui.help_pane import HelpPane
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.meetings import Meetings
from fieldtool.ui.screens.summary import Summary
from fieldtool.ui.shell import Window
from fieldtool.ui.tour import TOUR_KEY, Guiding
from tests.ui.conftest import OpenWindow, lock, settle


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample vault as a newcomer gets it; nobody writes into it."""
    folder = tmp_path_factory.mktemp("tour") / "sample-visit"
    make_sample_vault(folder, SAMPLE_PASSPHRASE).close()
    return folder


@pytest.fixture
def sample_folder(sample_made: Path, tmp_path: Path) -> Path:
    """A copy of the sample vault."""
    return Path(shutil.copytree(sample_made, tmp_path / "sample-visit"))


@pytest.fixture
def touring(open_window: OpenWindow, sample_folder: Path, qtbot: QtBot) -> Window:
    """A window on the sample vault, at the beginning of the tour."""
    window = open_window(sample_folder)
    window.open(Gate().unlock(sample_folder, SAMPLE_PASSPHRASE))
    settle(window, qtbot)
    window.activateWindow()
    return window


def framed(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def guide(window: Window) -> Guiding:
    return framed(window).tour


def at(window: Window) -> str:
    state = guide(window).state
    assert state is not None
    return "" if state.at == len(STEPS) else STEPS[state.at]


def press(window: Window, what: str) -> None:
    """Press a button of the strip by the keyboard."""
    button = getattr(guide(window).strip, what)
    assert button.isVisible()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def write(window: Window, qtbot: QtBot, words: str) -> None:
    screen = framed(window).screens["meetings"]
    assert isinstance(screen, Meetings)
    screen.writing.line.setFocus()
    QTest.keyClicks(screen.writing.line, words)
    settle(window, qtbot)
    QTest.keyClick(screen.writing.line, Qt.Key.Key_Return)
    settle(window, qtbot)


def test_the_whole_tour_by_keys(touring: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = touring
    assert (guide(window).strip.isVisible(), at(window)) == (True, "note")
    press(window, "go")
    settle(window, qtbot)
    assert framed(window).place == "meetings"
    write(window, qtbot, "They will look at others' practice")
    assert at(window) == "link"
    write(window, qtbot, "On observers #obs")  # Enter takes the recommendation
    write(window, qtbot, "")  # and Enter files the note
    assert at(window) == "find"
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(framed(window).finder.edit, "register")
    settle(window, qtbot)
    QTest.keyClick(framed(window).finder.edit, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert at(window) == "lock"
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    again(window, qtbot)
    assert at(window) == "receive"
    press(window, "go")
    settle(window, qtbot)
    exchange = framed(window).screens["exchange"]
    assert isinstance(exchange, Exchange)
    assert at(window) == "receive"  # looked at, and not taken in
    exchange.take([tour.colleagues_file(framed(window).desk.session, visit_of(framed(window).desk.session))])
    settle(window, qtbot)
    assert at(window) == "settle"
    session = framed(window).desk.session
    (conflict,) = conflicts.list_conflicts(session)
    framed(window).desk.write(lambda s: conflicts.resolve(s, conflict, text="Both.", origin="conflict"))
    settle(window, qtbot)
    assert at(window) == "draft"
    press(window, "go")
    settle(window, qtbot)
    summary = framed(window).screens["summary"]
    assert isinstance(summary, Summary)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "draft.pdf"), ""))
    summary.signing.write_draft()
    settle(window, qtbot)
    assert (tmp_path / "draft.pdf").exists()
    assert at(window) == ""
    assert guide(window).done == set(STEPS)
    assert not guide(window).strip.next.isVisible()


def visit_of(session: Session) -> EntityId:
    return session.visits()[-1].id


def again(window: Window, qtbot: QtBot) -> None:
    """Wait until the vault is closed after a lock, and open it again."""
    qtbot.waitUntil(lambda: window.frame is None and not window.lane.busy, timeout=20_000)
    window.open(Gate().unlock(window.folder, SAMPLE_PASSPHRASE))
    settle(window, qtbot)
    window.activateWindow()


def test_it_is_skipped_gone_back_left_and_resumed(touring: Window, qtbot: QtBot) -> None:
    window, strip = touring, guide(touring).strip
    assert not strip.back.isVisible()
    press(window, "next")
    press(window, "next")
    assert at(window) == "find"
    press(window, "back")
    assert (at(window), strip.next.text()) == ("link", "Skip")
    press(window, "away")
    assert not strip.isVisible()
    lock(window, qtbot)
    again(window, qtbot)
    assert not guide(window).strip.isVisible()
    framed(window).commands.run("tour")
    settle(window, qtbot)
    assert (guide(window).strip.isVisible(), at(window)) == (True, "link")
    for _ in range(20):
        guide(window)._step(1)
    assert (at(window), guide(window).done) == ("", frozenset())  # at the end, and nothing is said to be done that was not
    framed(window).commands.run("tour")
    settle(window, qtbot)
    assert at(window) == "note"


def test_what_is_undone_is_not_done(touring: Window, qtbot: QtBot) -> None:
    window = touring
    press(window, "go")
    settle(window, qtbot)
    write(window, qtbot, "A note that was a mistake")
    assert guide(window).done == {"note"}
    framed(window).undo()
    settle(window, qtbot)
    assert guide(window).done == frozenset()
    press(window, "back")
    assert guide(window).strip.next.text() == "Skip"


def test_a_search_that_is_put_away_finds_nothing(touring: Window, qtbot: QtBot) -> None:
    finder = framed(touring).finder
    for query, key in (("register", Qt.Key.Key_Escape), ("zzzqqq", Qt.Key.Key_Return), ("help for this", Qt.Key.Key_Return)):
        QTest.keyClick(touring, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(finder.edit, query)
        settle(touring, qtbot)
        QTest.keyClick(finder.edit, key)
        settle(touring, qtbot)
    assert guide(touring).done == frozenset()


def test_nobody_elses_vault_has_a_tour(window: Window, qtbot: QtBot) -> None:
    assert not guide(window).offered
    assert "tour" not in framed(window).commands
    guide(window).start()
    guide(window).resume(tour.encoded(Tour()))
    settle(window, qtbot)
    assert not guide(window).strip.isVisible()
    window.show_help()
    pane = window.findChild(HelpPane)
    assert pane is not None
    assert not pane.tour.isVisible()
    assert TOUR_KEY not in recording.kept_drafts(framed(window).desk.session)


def test_the_help_starts_it(touring: Window, qtbot: QtBot) -> None:
    press(touring, "away")
    touring.show_help()
    pane = touring.findChild(HelpPane)
    assert pane is not None
    QTest.keyClick(pane.tour, Qt.Key.Key_Space)
    settle(touring, qtbot)
    assert (pane.isVisible(), guide(touring).strip.isVisible()) == (False, True)


def test_the_help_of_the_first_window_leads_to_it(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(tmp_path / "vault")
    window.show_help()
    pane = window.findChild(HelpPane)
    assert pane is not None
    QTest.keyClick(pane.tour, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    settle(window, qtbot)
    assert (guide(window).strip.isVisible(), at(window)) == (True, "note")


@pytest.mark.parametrize("kept", ["", "{", "[]", "null", '{"at": "x"}', '{"at": -1}', '{"at": 99}', '{"before": 3}', '{"witnessed": [1]}'])
def test_a_damaged_mark_begins_the_tour_anew(kept: str) -> None:
    assert tour.decoded(kept) is None


def test_what_nobody_can_witness_is_not_believed() -> None:
    assert tour.done(Tour(witnessed=frozenset({"note", "settle", "find", "nonsense"})), Facts()) == {"find"}
    assert "settle" not in tour.done(Tour(before=Facts(received=1)), Facts(received=1))


def test_a_vault_of_that_name_without_the_sample_is_not_the_sample(tmp_path: Path) -> None:
    own = create_vault(tmp_path / "own", "seven quiet herons cross", name="Elena Marković", organisation="Another organisation").session
    try:
        assert not tour.is_sample(own)
    finally:
        own.close()


def test_the_colleagues_file_is_made_once_and_leaves_nothing_else(sample_folder: Path) -> None:
    session = unlock_vault(sample_folder, SAMPLE_PASSPHRASE)
    try:
        visit = visit_of(session)
        first = tour.colleagues_file(session, visit)
        content = first.read_bytes()
        assert tour.colleagues_file(session, visit) == first
        assert first.read_bytes() == content
        first.unlink()
        assert tour.colleagues_file(session, visit).read_bytes() != content  # another colleague of the same name; still one file
        assert sorted(p.name for p in sample_folder.parent.iterdir()) == ["sample-visit", first.name]
    finally:
        session.close()


def test_a_place_that_cannot_be_written_is_said_and_the_button_works_again(touring: Window, qtbot: QtBot) -> None:
    window = touring
    for _ in range(4):
        press(window, "next")
    target = window.folder.with_name("sample-visit-colleague.ftbundle")
    (target / "something").mkdir(parents=True)
    press(window, "go")
    settle(window, qtbot)
    assert framed(window).screens["visit"].notice.words()
    assert guide(window).strip.go.isEnabled()


@pytest.mark.parametrize("wide", [1024, 1280, 1366])
def test_every_step_fits_a_small_laptop_in_russian(touring: Window, qtbot: QtBot, wide: int) -> None:
    words.language.use("ru")
    try:
        touring.resize(wide, 720)
        QApplication.processEvents()
        strip = guide(touring).strip
        for k in range(len(STEPS) + 1):
            strip.say(k, frozenset(STEPS[:k]))
            QApplication.processEvents()
            assert touring.width() == wide
            assert strip.how.height() >= strip.how.heightForWidth(strip.how.width())
            assert strip.height() <= 72
    finally:
        words.language.use("en")
