"""One disputed vault for all tests of the window, copied for each; a window on it that closes itself and its vault."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.ui import words
from fieldtool.ui.gate import Gate
from fieldtool.ui.look import lettering, palette
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.screens.base import Screen
from fieldtool.ui.shell import Window
from tests.ui.vaults import PASSPHRASE, Made, make_disputed


@pytest.fixture(scope="session")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The vault of a head with one conflict; nobody writes into it."""
    return make_disputed(tmp_path_factory.mktemp("disputed"))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with the window's faces and palette, in English."""
    lettering.load_faces((*lettering.FIRST_FACES, *lettering.OTHER_FACES))
    words.language.use("en")
    qapp.setFont(lettering.font())
    palette.apply(qapp, "light")
    return qapp


@pytest.fixture
def preferences(tmp_path: Path) -> PreferenceFile:
    """Preferences of their own: English, light."""
    made = PreferenceFile(tmp_path / "config" / "window.conf")
    made.change(language="en", theme="light")
    return made


@pytest.fixture
def vault(disputed: Made, tmp_path: Path) -> Path:
    """A copy of the disputed vault."""
    return Path(shutil.copytree(disputed.folder, tmp_path / "vault"))


OpenWindow = Callable[[Path], Window]


@pytest.fixture
def open_window(dressed: QApplication, qtbot: QtBot, preferences: PreferenceFile) -> Iterator[OpenWindow]:
    """Shows a window on a folder and waits for its first paint."""
    opened: list[Window] = []

    def show(folder: Path) -> Window:
        window = Window(folder, Gate(), preferences)
        window.resize(1366, 768)
        opened.append(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        return window

    yield show
    for window in opened:
        window.close()
        window.deleteLater()
    dressed.processEvents()


@pytest.fixture
def window(open_window: OpenWindow, vault: Path, qtbot: QtBot) -> Window:
    """A window on the unlocked disputed vault, with the visit shown."""
    made = open_window(vault)
    made.open(Gate().unlock(vault, PASSPHRASE))
    shown(made, "visit", qtbot)
    return made


@pytest.fixture
def hq(disputed: Made, tmp_path: Path) -> Path:
    """A copy of headquarters' vault."""
    return Path(shutil.copytree(disputed.folder.parent / "hq", tmp_path / "hq"))


@pytest.fixture
def officer(hq: Path, open_window: OpenWindow, qtbot: QtBot) -> Window:
    """A window on headquarters' vault."""
    window = open_window(hq)
    window.open(Gate().unlock(hq, PASSPHRASE))
    settle(window, qtbot)
    window.activateWindow()
    return window


def shown(window: Window, name: str, qtbot: QtBot, target: str = "") -> Screen:
    """Go to a screen and wait until everything asked for has arrived."""
    frame = window.frame
    assert frame is not None
    settle(window, qtbot)
    frame.show_screen(name, target)
    settle(window, qtbot)
    return frame.screens[name]


def settle(window: Window, qtbot: QtBot) -> None:
    """Wait until no lane of the open vault has anything to do."""
    frame = window.frame
    assert frame is not None
    desk = frame.desk
    for _ in range(3):  # an answer may ask again, or start a timer of no length that asks
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not (desk.reads.busy or desk.writes.busy or desk.slow.busy), timeout=20_000)


def lock(window: Window, qtbot: QtBot) -> None:
    """Lock, and wait until the vault is closed."""
    window.lock()
    assert window.frame is None
    qtbot.waitUntil(lambda: not window.lane.busy, timeout=20_000)
