"""A vault into which no visit has come yet: every page of a visit says how to get one, and the first one that comes is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldtool.domain.authority import Role
from fieldtool.services import exchange, people, vaults
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.no_visit import NoVisit
from fieldtool.ui.screens.visit import Visit
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, settle
from tests.ui.vaults import PASSPHRASE, Made

NAME = "Aru Bekova"


@pytest.fixture
def newcomer(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Window:
    folder = tmp_path / "newcomer"
    vaults.create_vault(folder, PASSPHRASE, name=NAME, installation="laptop 7").session.close()
    window = open_window(folder)
    window.open(Gate().unlock(folder, PASSPHRASE))
    settle(window, qtbot)
    return window


@pytest.mark.parametrize("place", ["visit", "meetings", "recommendations", "follow_up", "summary", "meeting_form"])
def test_no_page_of_a_visit_takes_words_that_would_be_lost(newcomer: Window, qtbot: QtBot, place: str) -> None:
    frame = newcomer.frame
    assert frame is not None
    frame.show_screen(place)
    settle(newcomer, qtbot)
    assert isinstance(frame.stack.currentWidget(), NoVisit)
    marked = [name for name, button in frame.sidebar.buttons.items() if button.isChecked()]
    assert marked == ["meetings" if place == "meeting_form" else place]


def test_the_first_visit_that_comes_is_shown(newcomer: Window, disputed: Made, tmp_path: Path, qtbot: QtBot) -> None:
    frame = newcomer.frame
    assert frame is not None
    page = frame.stack.currentWidget()
    assert isinstance(page, NoVisit)
    page.save_request(tmp_path / "identity.ftrequest")
    settle(newcomer, qtbot)
    assert page.notice.words()
    hq = vaults.unlock_vault(shutil.copytree(disputed.folder.parent / "hq", tmp_path / "hq"), PASSPHRASE)
    people.add_person(hq, (tmp_path / "identity.ftrequest").read_bytes(), visit=disputed.visit, role=Role.EXPERT)
    made = exchange.export_bundle(hq, tmp_path / "visit.ftbundle", to=[NAME])
    hq.close()
    frame.show_screen("exchange")
    screen = frame.screens["exchange"]
    assert isinstance(screen, Exchange)
    assert not screen._hand_over.isEnabled()
    screen.preview([made.path])
    settle(newcomer, qtbot)
    for _ in range(2):  # the organisation's words are compared, then the file is taken in
        next(b for b in screen._panel_buttons() if b.kind == "primary").click()
        settle(newcomer, qtbot)
    assert frame.desk.visit == disputed.visit
    assert screen._hand_over.isEnabled()
    frame.show_screen("visit")
    settle(newcomer, qtbot)
    assert isinstance(frame.stack.currentWidget(), Visit)


def test_a_request_that_cannot_be_written_is_said_there(newcomer: Window, qtbot: QtBot, tmp_path: Path) -> None:
    assert newcomer.frame is not None
    page = newcomer.frame.stack.currentWidget()
    assert isinstance(page, NoVisit)
    page.save_request(tmp_path / "nowhere" / "identity.ftrequest")
    settle(newcomer, qtbot)
    assert page.notice.words()
    assert not (tmp_path / "nowhere").exists()
