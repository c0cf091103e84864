"""Proves that each guard of a test run can fail, by planting what it forbids; it tests no product code."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

PLANTED = '''
"""Each test here breaks one rule, and the last ones break none."""
import logging, threading, time, warnings, os
from pathlib import Path
import pytest
from hypothesis import settings
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget

kept = []

def test_warning():
    warnings.warn("old", DeprecationWarning, stacklevel=1)

def test_qt_message(qapp):
    qWarning("Qt said so")

def test_log_record():
    logging.getLogger("room").warning("left unseen")

def test_log_record_asked_for(caplog):
    logging.getLogger("room").warning("looked at")
    assert "looked at" in caplog.text

def test_thread():
    threading.Thread(target=time.sleep, args=(4,)).start()

def test_own_daemon_thread():
    threading.Thread(target=time.sleep, args=(4,), daemon=True, name="fieldtool-index").start()

def test_foreign_daemon_thread():
    threading.Thread(target=time.sleep, args=(4,), daemon=True, name="other").start()

def test_timer(qapp):
    timer = QTimer()
    timer.start(10_000)
    kept.append(timer)

def test_timer_of_closed_widget(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    timer = QTimer(widget)
    timer.start(10_000)

def test_qthread(qapp):
    thread = QThread()
    thread.start()
    kept.append(thread)

def test_after(qapp):
    assert not [thing for thing in kept if isinstance(thing, QTimer) and thing.isActive()]

def test_home_is_the_runs_own():
    assert "fieldtool-home-" in str(Path.home())
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "DISPLAY" not in os.environ

def test_hypothesis_never_hurries():
    assert settings().deadline is None

@pytest.mark.never_declared
def test_marker():
    pass
'''


def test_each_guard_fails_on_what_it_forbids(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    shutil.copy(ROOT / "pyproject.toml", pytester.path)
    shutil.copy(ROOT / "tests" / "conftest.py", pytester.path)
    planted = PLANTED.split("@pytest.mark.never_declared")[0]
    (pytester.path / "test_planted.py").write_text(planted)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-q", "-rA", "test_planted.py")

    outcome = {
        words[1].split("::")[1]: words[0]
        for words in (line.split() for line in result.outlines)
        if len(words) > 1 and words[0] in ("PASSED", "FAILED", "ERROR") and "::" in words[1]
    }
    assert outcome == {
        "test_warning": "FAILED",
        "test_qt_message": "FAILED",
        "test_log_record": "ERROR",
        "test_log_record_asked_for": "PASSED",
        "test_thread": "ERROR",
        "test_own_daemon_thread": "ERROR",
        "test_foreign_daemon_thread": "PASSED",
        "test_timer": "ERROR",
        "test_timer_of_closed_widget": "PASSED",
        "test_qthread": "ERROR",
        "test_after": "PASSED",
        "test_home_is_the_runs_own": "PASSED",
        "test_hypothesis_never_hurries": "PASSED",
    }


def test_an_undeclared_marker_is_refused(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    shutil.copy(ROOT / "pyproject.toml", pytester.path)
    shutil.copy(ROOT / "tests" / "conftest.py", pytester.path)
    (pytester.path / "test_planted.py").write_text(PLANTED)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-q", "test_planted.py")

    result.stdout.fnmatch_lines(["*never_declared*not found in `markers`*"])
    assert result.ret != 0
