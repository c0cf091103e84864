"""A vault into which no visit has come yet: every page of a visit says how to get one, and the first one that comes is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldtool.domain.authority import Role
from fieldtool.services import exchange, people, vaults
from fieldtool.ui.controls.underway import UnderWay
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


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 400, "not a kind of file"),
        ("film.mp4", b"\0\0\0\x20ftypisom" + b"\0" * 400, "not a kind of file"),
        ("empty.ftbundle", b"", "it is empty"),
        ("gone.ftbundle", None, "cannot be read"),
    ],
)
def test_what_is_no_file_of_ours_is_said_beside_its_name(
    newcomer: Window, qtbot: QtBot, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert told in _looked_at(newcomer, qtbot, tmp_path / name)


def test_an_empty_folder_is_said_to_be_empty(newcomer: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "There is no file in it." in _looked_at(newcomer, qtbot, tmp_path / "nothing")


def _looked_at(window: Window, qtbot: QtBot, path: Path) -> str:
    """What the exchange screen says of a file that was dropped onto it."""
    assert window.frame is not None
    window.frame.show_screen("exchange")
    screen = window.frame.screens["exchange"]
    assert isinstance(screen, Exchange)
    screen.preview([path])
    settle(window, qtbot)
    shown = screen._panel.itemAt(0)
    panel = shown.widget() if shown is not None else None
    assert panel is not None
    return " ".join(found.text() for found in panel.findChildren(QLabel))


def test_progress_counts_beyond_two_gigabytes(qtbot: QtBot, newcomer: Window) -> None:
    wait = UnderWay("Looking at the file…")
    qtbot.addWidget(wait)
    wait.progress("", 3 << 30, 4 << 30)
    assert wait._bar.accessibleDescription() == "75 %"
