"""What no test may leave behind or hide: stray log records, threads, timers, files in the user's home. It holds no fixtures of a room.

Warnings fail through `filterwarnings = error`, Qt messages through pytest-qt's `qt_log_level_fail`; both are set in
pyproject.toml. `tests/unit/house/test_guards.py` plants a violation of each and sees it fail.
"""

import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.display import virtual_display as run_virtual_display

if TYPE_CHECKING:
    from PySide6.QtCore import QThread, QTimer

GRACE_SECONDS = 2.0
"""How long a thread that was told to stop may still take."""

_HOME: pytest.StashKey[Path] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home of its own, no screen, and a locale that does not depend on the machine."""
    home = Path(tempfile.mkdtemp(prefix="fieldtool-home-"))
    config.stash[_HOME] = home
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ.pop(name, None)
    os.environ.update(HOME=str(home), XDG_RUNTIME_DIR=str(runtime), QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
    _choose_hypothesis_profile()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's home."""
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)


def _choose_hypothesis_profile() -> None:
    """On a developer's machine each run tries new examples and keeps the failing ones; CI repeats the same examples.

    So a submission is never refused for luck, and new failures are found where somebody can look at them. No deadline
    anywhere: two cores shared by several processes make single examples slow without a fault.
    """
    slow = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("developer", deadline=None, print_blob=True, suppress_health_check=slow)
    hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, suppress_health_check=slow, derandomize=True)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "developer")


class _Collecting(logging.Handler):
    """Keeps every record that reaches the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_stray_log_records(request: pytest.FixtureRequest) -> Iterator[None]:
    """A record at WARNING or above fails the test, unless it asks for `caplog` and so looks at what is logged."""
    collecting = _Collecting()
    logging.getLogger().addHandler(collecting)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(collecting)
    if collecting.records and "caplog" not in request.fixturenames:
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in collecting.records]
        pytest.fail("the test logged, and did not ask for caplog:\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(autouse=True)
def no_leftover_threads() -> Iterator[None]:
    """A thread that the test started and that must be waited for, or that is fieldtool's own, has ended when the test ends."""
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + GRACE_SECONDS
    while left := [thread for thread in threading.enumerate() if thread not in before and _must_end(thread)]:
        left[0].join(max(0.0, until - time.monotonic()))
        if left[0].is_alive():
            pytest.fail("threads were left running: " + ", ".join(sorted(thread.name for thread in left)), pytrace=False)


def _must_end(thread: threading.Thread) -> bool:
    return thread.is_alive() and (not thread.daemon or thread.name.startswith("fieldtool"))


@pytest.fixture(autouse=True)
def no_leftover_qt_activity(request: pytest.FixtureRequest) -> Iterator[None]:
    """No QTimer or QThread of a test that uses Qt runs on after it, and the shared thread pool is idle."""
    yield
    if "qapp" not in request.fixturenames or "PySide6.QtCore" not in sys.modules:
        return
    if left := _running_qt_objects():
        pytest.fail("Qt objects were left running: " + ", ".join(left), pytrace=False)


def _running_qt_objects() -> list[str]:
    """Names what still runs, and stops it, so that the next test is not blamed."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left: list[str] = []
    if _live_qt_objects():
        gc.collect()  # what only a reference cycle keeps is not left behind
    for found in _live_qt_objects():
        if isinstance(found, QTimer):
            left.append(f"QTimer {found.objectName()!r} every {found.interval()} ms")
            found.stop()
        else:
            left.append(f"QThread {found.objectName()!r}")
            found.quit()
            found.wait(int(GRACE_SECONDS * 1000))
    if not QThreadPool.globalInstance().waitForDone(int(GRACE_SECONDS * 1000)):
        left.append("the global QThreadPool")
    return sorted(left)


def _live_qt_objects() -> list["QTimer | QThread"]:
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    found = [thing for thing in gc.get_objects() if isinstance(thing, QTimer | QThread) and isValid(thing)]
    here = QThread.currentThread()
    return [thing for thing in found if (thing.isActive() if isinstance(thing, QTimer) else thing is not here and thing.isRunning())]


@pytest.fixture(scope="session")
def virtual_display() -> Iterator[str]:
    """A virtual X display for child processes with a real window (`tests.display.window_environment`); missing Xvfb fails."""
    with run_virtual_display() as display:
        yield display
