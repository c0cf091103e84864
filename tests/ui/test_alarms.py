"""Copied and restored vaults in the window: said with name and advice as long as it is so, on the pages where one hands over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import KeyHash
from fieldtool.services import exchange, importing, people, records, sample, vaults
from fieldtool.services.alarms import AlarmKind
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.alarms import Alarms
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, settle, shown
from tests.ui.vaults import PASSPHRASE, Made

INSTALLATION = "laptop 7"


class Team:
    """Headquarters and an expert of its visit, whose disk is copied while nothing of hers has been sent."""

    def __init__(self, disputed: Made, folder: Path) -> None:
        self.folder = folder
        self.hq = Path(shutil.copytree(disputed.folder.parent / "hq", folder / "hq"))
        self.expert = folder / "expert"
        made = vaults.create_vault(self.expert, PASSPHRASE, name="Aru Bekova", installation=INSTALLATION).session
        with_card = vaults.unlock_vault(self.hq, PASSPHRASE)
        people.add_person(with_card, people.identity_request(made), visit=disputed.visit, role=Role.EXPERT)
        card = exchange.export_bundle(with_card, folder / "card.ftbundle", to=["Aru Bekova"])
        importing.import_file(made, card.path, expect_root=people.fingerprint(KeyHash(with_card.org)).digits)
        with_card.close()
        records.add_records(made, "notes", [{"kind": "statement", "text": "Before the disk was copied."}])
        made.close()
        self.clone = Path(shutil.copytree(self.expert, folder / "clone"))
        self.anchors = Path(shutil.copytree(anchor_folder(), folder / "anchors"))

    def open(self, vault: Path, same_disk: bool = True) -> Session:
        """Open a vault; with another disk, on a computer that was copied with it and notices nothing."""
        if not same_disk:
            shutil.rmtree(anchor_folder())
            shutil.copytree(self.anchors, anchor_folder())
        return vaults.unlock_vault(vault, PASSPHRASE)

    def sent(self, vault: Path, text: str, same_disk: bool = True) -> Path:
        """A note written there, in a file for headquarters."""
        session = self.open(vault, same_disk)
        records.add_records(session, "notes", [{"kind": "statement", "text": text}])
        path = self.folder / f"{len(list(self.folder.glob('*.ftbundle')))}.ftbundle"
        exchange.export_bundle(session, path, to=["hq"])
        session.close()
        return path


@pytest.fixture
def team(disputed: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team of its own, on a computer of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Team(disputed, tmp_path / "team")


def unlocked(open_window: OpenWindow, folder: Path, qtbot: QtBot) -> Window:
    window = open_window(folder)
    window.open(Gate().unlock(folder, PASSPHRASE))
    settle(window, qtbot)
    return window


def told(window: Window, page: str, qtbot: QtBot) -> list[str]:
    """What the strips of a page say to a screen reader."""
    alarms = shown(window, page, qtbot).findChild(Alarms)
    assert alarms is not None
    return [w.accessibleName() for w in alarms.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if w.isVisible()]


def kinds(window: Window, page: str, qtbot: QtBot) -> list[AlarmKind]:
    found = shown(window, page, qtbot).findChild(Alarms)
    assert found is not None
    return [a.kind for a in found.shown]


def test_a_fork_is_told_the_moment_it_arrives_and_stays_on_every_page(team: Team, open_window: OpenWindow, qtbot: QtBot) -> None:
    first, second = team.sent(team.expert, "From the one."), team.sent(team.clone, "From the other.", same_disk=False)
    window = unlocked(open_window, team.hq, qtbot)
    pages = ("visit", "exchange", "headquarters")
    mine = told(window, "visit", qtbot)  # a copied vault has something to say of itself
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    screen.take([first])
    settle(window, qtbot)
    assert told(window, "exchange", qtbot) == mine
    screen.take([second])
    settle(window, qtbot)
    for page in pages:
        (said,) = [s for s in told(window, page, qtbot) if s not in mine]
        assert said.startswith("Two copies of the vault of Aru Bekova are in use. What both wrote is kept. Ask Aru Bekova to go on")
    words.language.use("ru")
    try:
        assert window.frame is not None
        window.frame.desk.remake_requested.emit()
        qtbot.waitUntil(lambda: window.frame is not None and window.frame.place != "", timeout=10_000)
        assert any("две копии хранилища: Aru Bekova" in s for s in told(window, "visit", qtbot))
    finally:
        words.language.use("en")
    window.lock()
    qtbot.waitUntil(lambda: not window.lane.busy, timeout=20_000)
    again = unlocked(open_window, team.hq, qtbot)
    assert AlarmKind.FORKED in kinds(again, "visit", qtbot)


def test_whoever_was_restored_is_sent_everything_by_keys_alone(
    team: Team, open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = team.sent(team.expert, "Sent, and then lost with the disk.")
    shutil.rmtree(team.expert)
    shutil.copytree(team.clone, team.expert)
    after = team.sent(team.expert, "Written after the backup was put back.")
    window = unlocked(open_window, team.hq, qtbot)
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    screen.take([lost, after])
    settle(window, qtbot)
    assert AlarmKind.RESTORED in kinds(window, "exchange", qtbot)
    (way,) = [b for b in screen._alarms.findChildren(Button) if b.accessibleName() == "Hand everything over to Aru Bekova"]
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Space)
    settle(window, qtbot)
    assert [n for n, box in screen._checks.items() if box.isChecked()] == ["Aru Bekova"]
    path = team.folder / "all.ftbundle"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    write = next(b for b in screen.findChildren(Button) if b.text() == "Write the file…")
    write.setFocus()
    QTest.keyClick(write, Qt.Key.Key_Space)
    settle(window, qtbot)
    assert screen._model is not None
    latest = screen._model.files[0]
    assert (latest.file, latest.recipients, latest.changes > 800) == (path.name, ("Aru Bekova",), True)  # all of the visit, not what is new
    restored = team.open(team.expert)
    importing.import_file(restored, path)
    assert {"Sent, and then lost with the disk.", "Written after the backup was put back."} <= {
        r.fields["text"] for r in records.list_records(restored, "notes")
    }
    receipt = exchange.export_receipt(restored, team.folder / "has.ftreceipt", to=[sample.HEADQUARTERS])
    restored.close()
    screen.take([receipt.path])
    settle(window, qtbot)
    for page in ("exchange", "visit", "headquarters"):
        assert AlarmKind.RESTORED not in kinds(window, page, qtbot)


def test_ones_own_copy_is_told_and_a_vault_that_goes_on_is_not_suspected(team: Team, open_window: OpenWindow, qtbot: QtBot) -> None:
    window = unlocked(open_window, team.expert, qtbot)
    assert told(window, "visit", qtbot) == []
    window.lock()
    qtbot.waitUntil(lambda: not window.lane.busy, timeout=20_000)
    shutil.rmtree(anchor_folder())
    moved = unlocked(open_window, team.clone, qtbot)
    (said,) = told(moved, "visit", qtbot)
    assert said.startswith("This vault was not open on this computer before. If another copy of it is in use, go on with one of them only")
