"""The window stays alive while something long is under way, and long work can be stopped."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from fieldtool.domain.errors import KnownError
from fieldtool.services import exchange, importing, summary
from fieldtool.services.session import Session
from fieldtool.ui.controls.underway import UnderWay
from fieldtool.ui.gate import Gate, settle_memory
from fieldtool.ui.shell import Window
from tests.seed import make_seeded
from tests.ui.conftest import OpenWindow, settle
from tests.ui.vaults import PASSPHRASE

pytestmark = pytest.mark.slow
T = TypeVar("T")
LONGEST = 100  # milliseconds that the event loop may stand still


@pytest.fixture
def busy(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """A window on a vault with 10,000 notes."""
    made = make_seeded(tmp_path / "seeded", 10_000)
    window = open_window(made.folder)
    before = gc.get_threshold()
    settle_memory()  # as the program does in idle time after its first paint
    window.open(Gate().unlock(made.folder, PASSPHRASE))
    settle(window, qtbot)
    yield window
    gc.unfreeze()
    gc.set_threshold(*before)


@contextmanager
def beating() -> Iterator[list[float]]:
    """A heart that beats every five milliseconds; the list holds how long each beat took, in milliseconds."""
    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
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
        }
    finally:
        headquarters.close()
    assert {name: gap for name, gap in found.items() if gap > LONGEST} == {}


def test_long_work_is_stopped_when_asked_and_changes_nothing(busy: Window, qtbot: QtBot) -> None:
    assert busy.frame is not None
    wait, faults = UnderWay("Printing…"), list[KnownError]()
    qtbot.addWidget(wait)
    finished: list[object] = []

    def work(session: Session) -> object:
        return summary.render_summary(session, progress=wait.progress, cancelled=wait.cancelled)

    busy.frame.desk.long(work, finished.append, faults.append)
    QTimer.singleShot(300, wait.stop)
    qtbot.waitUntil(lambda: bool(faults), timeout=60_000)
    assert finished == []
    assert faults[0].code == "cancelled"
