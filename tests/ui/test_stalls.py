"""The window stays alive while something long is under way, and long work can be stopped."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from fieldtool.domain.errors import KnownError
from fieldtool.services import exchange, importing, summary
from fieldtool.services.session import Session
from fieldtool.ui import screens
from fieldtool.ui.controls.underway import UnderWay
from fieldtool.ui.gate import Gate, settle_memory
from fieldtool.ui.shell import Window
from tests.seed import make_seeded
from tests.ui.conftest import OpenWindow, settle, shown
from tests.ui.vaults import PASSPHRASE

pytestmark = pytest.mark.slow
T = TypeVar("T")
LONGEST = 100  # milliseconds that the event loop may stand still


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vaults of a head with 10,000 notes and of headquarters; each test copies them."""
    return make_seeded(tmp_path_factory.mktemp("seeded"), 10_000).folder.parent


@pytest.fixture
def busy(seeded: Path, open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """A window on a vault with 10,000 notes."""
    folder = Path(shutil.copytree(seeded, tmp_path / "seeded")) / "head"
    window = open_window(folder)
    before = gc.get_threshold()
    settle_memory()  # as the program does in idle time after its first paint
    window.open(Gate().unlock(folder, PASSPHRASE))
    settle(window, qtbot)
    yield window
    gc.unfreeze()
    gc.set_threshold(*before)


@contextmanager
def beating(clock: Callable[[], float] = time.perf_counter) -> Iterator[list[float]]:
    """A heart that beats every five milliseconds; the list holds how long each beat took, in milliseconds.

    By `time.thread_time` that is what this thread worked between two beats, whatever else the machine has to do.
    """
    gaps: list[float] = []
    last = [clock()]

    def beat() -> None:
        now = clock()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    heart = QTimer()
    heart.setInterval(5)
    heart.timeout.connect(beat)
    heart.start()
    yield gaps
    heart.stop()


def longest_gap(window: Window, qtbot: QtBot, work: Callable[[Session], T]) -> float:
    """The longest time the event loop stood still while `work` ran on the slow lane."""
    assert window.frame is not None
    answers: list[object] = []
    with beating() as gaps:
        window.frame.desk.long(work, answers.append, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=120_000)
    assert not isinstance(answers[0], KnownError), answers[0]
    assert len(gaps) > 10
    return max(gaps)


def test_the_window_lives_while_a_large_vault_is_exported_and_read(busy: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "all.ftbundle"
    headquarters = Gate().unlock(tmp_path / "seeded" / "hq", PASSPHRASE)
    try:
        found = {
            "export": longest_gap(busy, qtbot, lambda s: exchange.export_bundle(s, path, to=["hq"])),
            "import": longest_gap(busy, qtbot, lambda _s: importing.import_paths(headquarters, [path])),
            "search index and rows made anew": longest_gap(busy, qtbot, _made_anew),
        }
    finally:
        headquarters.close()
    assert {name: gap for name, gap in found.items() if gap > LONGEST} == {}


def _made_anew(session: Session) -> object:
    session.store.rebuild()
    return len(session.store.search("протокол"))


def test_long_work_is_stopped_when_asked_and_changes_nothing(busy: Window, qtbot: QtBot) -> None:
    assert busy.frame is not None
    wait, faults = UnderWay("Printing…"), list[KnownError]()
    qtbot.addWidget(wait)
    finished: list[object] = []

    def work(session: Session) -> object:
        return summary.render_summary(session, progress=wait.progress, cancelled=wait.cancelled)

    with beating() as gaps:
        busy.frame.desk.long(work, finished.append, faults.append)
        QTimer.singleShot(300, wait.stop)
        qtbot.waitUntil(lambda: bool(faults), timeout=60_000)
    assert max(gaps) <= LONGEST
    assert finished == []
    assert faults[0].code == "cancelled"


@pytest.fixture
def imported() -> None:
    """Every screen's module: what the first look at one costs is told apart from what loading its code does."""
    for found in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(found.name)


@pytest.mark.usefixtures("imported")
def test_no_screen_holds_the_window_however_much_it_has_to_show(busy: Window, qtbot: QtBot) -> None:
    assert busy.frame is not None
    held, desk = dict[str, float](), busy.frame.desk
    note = desk.session.store.list_("note", visit=desk.visit)[0]
    for name in ("visit", "meetings", "recommendations", "follow_up", "exchange", "conflict", "meeting_form", "history", "settings"):
        with beating(time.thread_time) as gaps:
            screen = shown(busy, name, qtbot, note.id if name == "history" else "")
            for view in (v for v in screen.findChildren(QAbstractItemView) if v.isVisible() and name != "settings"):
                for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
                    QTest.keyClick(view, key)
                    settle(busy, qtbot)
            for wide in (1100, 1366):
                busy.resize(wide, 768)
                settle(busy, qtbot)
        held[name] = max(gaps)
    with beating(time.thread_time) as gaps:
        busy.remake()
        qtbot.waitUntil(lambda: busy.frame is not None, timeout=20_000)
        settle(busy, qtbot)
    held["opening"] = max(gaps)
    assert {name: gap for name, gap in held.items() if gap > LONGEST} == {}
