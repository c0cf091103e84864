"""A file dropped onto the summary, or chosen by keyboard: what is told of it, and that nothing of it is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.services import summary
from fieldtool.services.session import Session
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.summary import Summary
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle, shown
from tests.ui.vaults import PASSPHRASE

WORTH = "head of visit, certified by"


def session_of(window: Window) -> Session:
    assert window.frame is not None
    return window.frame.desk.session


def drop(screen: QWidget, *paths: Path) -> None:
    """Let files fall onto a widget, as a file browser does."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    how = Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), *how)
    QApplication.sendEvent(screen, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(screen, QDropEvent(QPointF(9, 9), *how))


def told(screen: QWidget) -> str:
    """Every word that stands on a widget or is said of it."""
    return " ".join(w.text() or w.accessibleName() for w in screen.findChildren(QLabel) if not w.isHidden())


@pytest.fixture
def signed(window: Window, tmp_path: Path) -> Path:
    """A summary signed by the head who sits at this window."""
    path = tmp_path / "summary.pdf"
    summary.sign_summary(session_of(window), path, PASSPHRASE)
    return path


def test_a_dropped_summary_is_told_in_plain_words_and_a_changed_one_too(window: Window, qtbot: QtBot, signed: Path, tmp_path: Path) -> None:
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    before = session_of(window).store.change_count()
    drop(screen, signed)
    qtbot.waitUntil(lambda: WORTH in told(screen), timeout=15_000)
    assert "Signed by Elena Marković" in told(screen)
    assert "not yet confirmed by headquarters." in told(screen)
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(signed.read_bytes() + b"\n% added")
    drop(screen, forged)
    qtbot.waitUntil(lambda: "forged.pdf" in told(screen), timeout=15_000)
    settle(window, qtbot)
    assert "changed after signing" in told(screen)
    assert WORTH not in told(screen)
    assert session_of(window).store.change_count() == before


def test_the_keyboard_verifies_what_is_chosen(window: Window, qtbot: QtBot, signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown(window, "summary", qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(signed)], ""))
    QTest.keyClick(screen, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: WORTH in told(screen), timeout=15_000)


@pytest.mark.parametrize("name", ["broken.ftbundle", "a\nb.ftbundle"])
def test_anything_else_is_looked_at_where_files_come_in(window: Window, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    screen = shown(window, "summary", qtbot)
    broken = tmp_path / name
    broken.write_bytes(b"no bundle")
    drop(screen, broken)
    settle(window, qtbot)
    assert window.frame is not None
    assert window.frame.place == "exchange"
    exchange = window.frame.screens["exchange"]
    assert isinstance(exchange, Exchange)
    qtbot.waitUntil(lambda: "broken.ftbundle" in told(exchange) or "b.ftbundle" in told(exchange), timeout=20_000)


def test_the_exchange_screen_says_the_same_of_a_summary(window: Window, qtbot: QtBot, signed: Path) -> None:
    screen = shown(window, "exchange", qtbot)
    drop(screen, signed)
    qtbot.waitUntil(lambda: WORTH in told(screen), timeout=15_000)
