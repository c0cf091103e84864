"""A lane runs jobs in order off the GUI thread and hands back results, faults and bugs on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.ui.lane import TaskLane

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def lane() -> Iterator[TaskLane]:
    made = TaskLane("test")
    yield made
    made.close()


def test_jobs_run_in_order_off_the_gui_thread_and_answer_on_it(lane: TaskLane, qtbot: QtBot) -> None:
    ran: list[int] = []
    answered: list[tuple[int, bool]] = []
    gui = threading.current_thread()

    def work(number: int) -> bool:
        ran.append(number)
        return threading.current_thread() is not gui

    def done(number: int, elsewhere: bool) -> None:
        answered.append((number, elsewhere and threading.current_thread() is gui))

    for number in range(20):
        lane.submit(partial(work, number), partial(done, number))
    qtbot.waitUntil(lambda: len(answered) == 20)
    assert ran == list(range(20))
    assert answered == [(n, True) for n in range(20)]


def test_a_known_error_goes_to_the_one_who_asked(lane: TaskLane, qtbot: QtBot) -> None:
    faults: list[KnownError] = []

    def work() -> None:
        raise refuse("wrong-passphrase")

    lane.submit(work, None, faults.append)
    qtbot.waitUntil(lambda: bool(faults))
    assert faults[0].code == "wrong-passphrase"


def test_a_bug_is_raised_again_on_the_gui_thread(lane: TaskLane, qtbot: QtBot) -> None:
    def work() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        lane.submit(work)
        qtbot.waitUntil(lambda: not lane.busy)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_closing_lets_the_jobs_given_end_and_drops_their_answers(qtbot: QtBot) -> None:
    lane = TaskLane("closing")
    ran: list[int] = []
    answered: list[None] = []
    for number in range(5):
        lane.submit(partial(ran.append, number), answered.append)
    lane.close()
    assert ran == list(range(5))
    qtbot.wait(20)
    assert answered == []


def test_busy_is_told_once_for_a_row_of_jobs(lane: TaskLane, qtbot: QtBot) -> None:
    told: list[bool] = []
    lane.busy_changed.connect(told.append)
    for _ in range(3):
        lane.submit(lambda: None)
    qtbot.waitUntil(lambda: not lane.busy)
    assert told == [True, False]


def test_a_closed_lane_takes_nothing_more(lane: TaskLane) -> None:
    done: list[str] = []
    lane.submit(lambda: done.append("in time"))
    lane.close()
    lane.submit(lambda: done.append("too late"))
    assert not lane.busy
    assert not [t for t in threading.enumerate() if t.name.startswith("fieldtool")]
    assert done == ["in time"]
