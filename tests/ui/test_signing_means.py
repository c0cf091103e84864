"""Signing in the window with an organisation's own card: in a file and in a reader, by keys; every refusal stands where one looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from fieldtool.services import cards, sample, vaults
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.summary import Summary
from fieldtool.ui.shell import Window
from tests.card_readers import Readers, make_readers
from tests.signing_cards import PIN
from tests.ui.conftest import OpenWindow, settle, shown
from tests.ui.vaults import PASSPHRASE, Made, send

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # an open menu grabs the keyboard; offscreen there is none


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Readers:
    """Two cards: one of them holds Elena's key."""
    return make_readers(tmp_path_factory.mktemp("readers"), ("Elena's card", "Empty"))


@pytest.fixture
def bound(disputed: Made, readers: Readers, vault: Path, hq: Path, tmp_path: Path) -> Path:
    """The head's vault, which knows that headquarters has bound Elena's card."""
    office, head = vaults.unlock_vault(hq, PASSPHRASE), vaults.unlock_vault(vault, PASSPHRASE)
    cards.bind_card(office, sample.HEAD, readers.pem("elena").read_bytes(), visit=disputed.visit)
    send(office, head, tmp_path / "cards.ftbundle", sample.HEAD, None)
    office.close()
    head.close()
    return vault


def choose(screen: Summary, qtbot: QtBot, down: int) -> None:
    """Go down in the menu of means, by keys."""
    button = screen.signing.means.button
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(m.isVisible() for m in button.findChildren(QMenu)))
    menu = next(m for m in button.findChildren(QMenu) if m.isVisible())
    for _ in range(down):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def typed(window: Window, screen: Summary, qtbot: QtBot, secret: str) -> None:
    """Type a PIN and press Enter where the caret stands."""
    field = screen.signing._field
    assert field is not None
    QTest.keyClicks(field.edit, secret)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    settle(window, qtbot)


def signed(window: Window) -> int:
    assert window.frame is not None
    return len(window.frame.desk.session.store.list_("signed_summary"))


def test_a_card_signs_from_a_file_and_from_a_reader(
    bound: Path, open_window: OpenWindow, readers: Readers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(bound)
    window.open(Gate().unlock(bound, PASSPHRASE))
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    out, picked = [tmp_path / "1.pdf"], [readers.folder / "elena.p12"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out[0]), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picked[0]), ""))
    screen.show_signing()
    choose(screen, qtbot, 2)
    assert screen.signing.means.button.text() == "elena.p12"
    typed(window, screen, qtbot, PIN)
    assert "Signed with the card of Elena" in told(screen)
    picked[0], out[0] = readers.plug(tmp_path / "reader", monkeypatch, "Elena's card", "Empty"), tmp_path / "2.pdf"
    screen.show_signing()
    choose(screen, qtbot, 2 + len(cards.known_libraries()) + 1)
    settle(window, qtbot)
    means = screen.signing.means
    assert {t.name for t in means._tokens} == {"Elena's card", "Empty"}
    assert means.card.isVisible()
    elena = next(e for e in means._cards() if e.text.startswith("Elena's card"))
    assert elena.handler is not None
    elena.handler()
    assert means.button.text() == "Elena's card"
    typed(window, screen, qtbot, "11111111")
    assert "The PIN or passphrase does not open Elena's card" in screen.signing.refusal.words()
    assert (signed(window), out[0].exists()) == (1, False)
    screen.show_signing()  # what was chosen has stayed
    typed(window, screen, qtbot, PIN)
    assert "Signed with the card of Elena" in told(screen)
    assert signed(window) == 2


def told(screen: Summary) -> str:
    return " ".join(w.text() for w in screen.findChildren(QLabel) if w.isVisible())


def test_what_is_no_library_or_finds_no_card_is_said_and_the_document_key_is_back(
    window: Window, readers: Readers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    screen.show_signing()
    means = screen.signing.means
    for library, words in ((tmp_path / "none.so", "no library for cards"), (readers.plug(tmp_path / "r", monkeypatch), "finds no card")):
        means.look(library)
        settle(window, qtbot)
        assert words in screen.signing.refusal.words()
        assert means.button.text() == "Document key"


def test_a_card_that_is_locked_nearly_so_or_asks_itself_is_told_before(
    window: Window, readers: Readers, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    screen.show_signing()
    library = readers.plug_stubborn(tmp_path / "reader", monkeypatch, "counts,keypad")
    for wrong, words in (("xx", "The next wrong PIN locks this card."), ("xxx", "This card is locked.")):
        (tmp_path / "reader" / "count").write_text(wrong)
        screen.signing.means.look(library)
        settle(window, qtbot)
        assert words in told(screen)
    assert "The reader asks for the PIN itself." in told(screen)
    field = screen.signing._field
    assert field is not None
    assert not field.isVisible()
