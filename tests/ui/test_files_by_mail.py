"""Numbered files for a mailbox with a limit, and headquarters' inbox that says how far it is and can be stopped; by keys."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from fieldtool.services import attachments, exchange, hq, records, vaults
from fieldtool.services.exchange import MAIL_SIZES
from fieldtool.services.session import Session
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.base import Screen
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.headquarters import Headquarters
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, settle, shown
from tests.ui.vaults import PASSPHRASE, Made

PART = 80_000  # bytes of a file, as an attachment of a mail


def session_of(window: Window) -> Session:
    assert window.frame is not None
    return window.frame.desk.session


def told(screen: Screen) -> str:
    return " ".join(w.text() or w.accessibleName() for w in screen.findChildren(QLabel) if w.isVisible())


def press(window: Window, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    window.activateWindow()
    at = window.focusWidget()
    assert at is not None
    QTest.keyClick(at, key, how)


def the_exchange(window: Window, qtbot: QtBot) -> Exchange:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    window.activateWindow()
    return screen


# ----------------------------------------------------------------------------------------------------------- the size of a file


def test_a_size_is_chosen_by_keys_and_remembered_for_whom_it_was(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = the_exchange(window, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mail.ftbundle"), ""))
    screen.show_export()
    settle(window, qtbot)
    assert screen._size.most_bytes() == 0
    for _ in range(30):  # the panel begins at its button: once round
        if window.focusWidget() in screen._size.choice.group.buttons():
            break
        press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Right)
    assert screen._size.most_bytes() == MAIL_SIZES[1] == 10_000_000
    assert "several numbered files" in told(screen)
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Space)
    settle(window, qtbot)
    assert [f.name for f in tmp_path.glob("*.ftbundle")] == ["mail.ftbundle"]  # one is enough: no number
    assert screen._model is not None
    assert [r.most_bytes for r in screen._model.recipients] == [10_000_000]
    screen.show_export()
    assert screen._size.most_bytes() == 0  # nobody is ticked: nobody lacks anything
    next(iter(screen._checks.values())).setChecked(True)
    assert screen._size.most_bytes() == 10_000_000
    screen._size.choice.group.button(0).click()
    next(iter(screen._checks.values())).setChecked(False)
    next(iter(screen._checks.values())).setChecked(True)
    assert screen._size.most_bytes() == 0  # what was chosen by hand is not chosen anew


def test_what_is_larger_goes_in_numbered_files_that_count_as_handed_over_together(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen, session = the_exchange(window, qtbot), session_of(window)
    note = session.store.list_("note")[0]
    for number in range(2):
        (tmp_path / f"{number}.bin").write_bytes(os.urandom(30_000))
        attachments.attach_file(session, note.id, tmp_path / f"{number}.bin")
    assert screen._model is not None
    screen.export(tmp_path / "mail.ftbundle", [screen._model.recipients[0].name], most_bytes=PART)
    settle(window, qtbot)
    files = sorted(tmp_path.glob("*.ftbundle"))
    assert len(files) >= 3
    assert [f.name for f in files] == [f"mail-{n}of{len(files)}.ftbundle" for n in range(1, len(files) + 1)]
    assert all(f.stat().st_size * 4 / 3 <= PART for f in files)
    assert f"{len(files)} files for" in told(screen)
    press(window, Qt.Key.Key_Space)  # the button is where the focus is
    settle(window, qtbot)
    assert {f.state for f in screen._model.files if f.out} == {"handed over"}


def test_a_size_that_is_too_small_writes_nothing_and_says_why(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen = the_exchange(window, qtbot)
    assert screen._model is not None
    screen.export(tmp_path / "mail.ftbundle", [screen._model.recipients[0].name], most_bytes=1_000)
    settle(window, qtbot)
    assert "the least is" in screen.notice.words()
    assert list(tmp_path.glob("*.ftbundle")) == []
    assert exchange.remembered_size(session_of(window), screen._model.recipients[0].key) == 0


# ---------------------------------------------------------------------------------------------------------------- the inbox


@pytest.fixture
def inbox(vault: Path, tmp_path: Path) -> Path:
    """A folder with two files of the head's, and one that is none."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    head = vaults.unlock_vault(vault, PASSPHRASE)
    for number in (1, 2):
        records.edit_record(head, head.store.list_("meeting")[0].id, {"summary": f"What came of it, {number}."})
        exchange.export_bundle(head, folder / f"{number}.ftbundle", to=["hq"])
    head.close()
    (folder / "0.ftbundle").write_bytes(b"not for us")
    return folder


@pytest.fixture
def officer(disputed: Made, tmp_path: Path, open_window: OpenWindow, qtbot: QtBot) -> Headquarters:
    """The page of headquarters, on a copy of its vault."""
    folder = Path(shutil.copytree(disputed.folder.parent / "hq", tmp_path / "hq"))
    window = open_window(folder)
    window.open(Gate().unlock(folder, PASSPHRASE))
    screen = shown(window, "headquarters", qtbot)
    assert isinstance(screen, Headquarters)
    window.activateWindow()
    return screen


def test_the_inbox_says_how_far_it_is_and_what_came_of_each_file(officer: Headquarters, qtbot: QtBot, inbox: Path) -> None:
    window = officer.window()
    assert isinstance(window, Window)
    officer.take_inbox(inbox)
    wait = officer._under_way
    assert wait is not None
    moved: list[tuple[int, int]] = []
    wait._messenger.moved.connect(lambda done, total: moved.append((done, total)))
    settle(window, qtbot)
    assert moved == sorted(moved)
    assert moved[-1][0] > 0
    assert "1 receipt written" in told(officer)
    assert "it does not begin like one" in told(officer)
    assert len(list((inbox / "receipts").iterdir())) == 1


def test_the_inbox_is_stopped_by_a_key_and_the_next_time_takes_the_rest(officer: Headquarters, qtbot: QtBot, inbox: Path) -> None:
    window, pressed = officer.window(), threading.Event()
    assert isinstance(window, Window)
    before = session_of(window).store.change_count()
    officer.desk.long(lambda _s: pressed.wait(30), lambda _done: None)  # the work has not begun when somebody presses the key
    officer.take_inbox(inbox)
    press(window, Qt.Key.Key_Space)
    pressed.set()
    settle(window, qtbot)
    assert "Stopped as you asked" in told(officer)
    assert "1.ftbundle" not in told(officer)
    assert session_of(window).store.change_count() == before
    officer.take_inbox(inbox)
    settle(window, qtbot)
    assert "Stopped" not in told(officer)
    assert session_of(window).store.change_count() > before


def test_what_came_before_the_stop_stays_and_has_its_receipt(officer: Headquarters, qtbot: QtBot, inbox: Path) -> None:
    window = officer.window()
    assert isinstance(window, Window)
    (inbox / "0.ftbundle").unlink()
    seen = 0

    def stop_at_second(_step: str, done: int, _total: int) -> None:
        nonlocal seen
        seen = max(seen, done)

    first = 2 * (inbox / "1.ftbundle").stat().st_size
    done = hq.import_inbox(
        session_of(window), [inbox], receipts=inbox / "receipts", progress=stop_at_second, cancelled=lambda: seen >= first
    )
    assert [f.error.code if f.error else "" for f in done.files] == ["", "cancelled"]
    assert len(done.receipts) == 1
