"""The vault locks when the system says that it sleeps, that the lid closes or the session is locked: over a real bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtCore import ClassInfo, Property, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.ui.lid import LOGIN, LOGIN_PATH, MANAGER, POWER, POWER_PATH, PROPERTIES, LidWatch, own_session
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle

pytestmark = pytest.mark.usefixtures("dressed")


@ClassInfo({"D-Bus Interface": MANAGER})  # type: ignore[call-arg]  # the stub knows the keyword form only
class Login(QObject):  # type: ignore[operator]  # nor that it decorates
    """Plays the part of systemd-logind: answers who delays sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []

    @Slot(str, str, str, str, result=str)
    def Inhibit(self, what: str, _who: str, _why: str, mode: str) -> str:
        self.asked.append((what, mode))
        return "held"


@ClassInfo({"D-Bus Interface": POWER})  # type: ignore[call-arg]  # the stub knows the keyword form only
class Power(QObject):  # type: ignore[operator]  # as above
    """Plays the part of UPower: knows whether the lid is closed."""

    closed = False

    @Property(bool)
    def LidIsClosed(self) -> bool:
        return self.closed


class Bus:
    """A bus daemon of the test's own, with both services on it."""

    def __init__(self, address: str) -> None:
        self.system = QDBusConnection.connectToBus(address, "played system")
        self.ours = QDBusConnection.connectToBus(address, "ours")
        self.login, self.power = Login(), Power()
        slots = QDBusConnection.RegisterOption.ExportAllSlots | QDBusConnection.RegisterOption.ExportAllProperties
        for service, path, played in ((LOGIN, LOGIN_PATH, self.login), (POWER, POWER_PATH, self.power)):
            assert self.system.registerService(service)
            assert self.system.registerObject(path, played, slots)

    def say(self, path: str, interface: str, name: str, *arguments: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(arguments))
        assert self.system.send(message)


@pytest.fixture
def bus() -> Iterator[Bus]:
    daemon = shutil.which("dbus-daemon")
    assert daemon, "install the package dbus-daemon"
    words = [daemon, "--session", "--nofork", "--nopidfile", "--print-address=1"]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True)
    assert running.stdout is not None
    made = Bus(running.stdout.readline().strip())
    yield made
    QDBusConnection.disconnectFromBus("played system")
    QDBusConnection.disconnectFromBus("ours")
    running.stdout.close()
    running.terminate()
    running.wait(10)


@pytest.fixture
def watched(window: Window, bus: Bus, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Window:
    """The window on an open vault, which takes that bus for the system's."""
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    frame = window.frame
    assert frame is not None
    watch = LidWatch(frame, bus.ours)
    watch.closing.connect(frame.lock_requested)
    frame._lid = watch
    qtbot.waitUntil(lambda: bus.login.asked == [("sleep", "delay")])
    return window


def locked(window: Window, qtbot: QtBot) -> bool:
    qtbot.waitUntil(lambda: window.frame is None, timeout=5_000)
    qtbot.waitUntil(lambda: not window.lane.busy, timeout=20_000)
    return True


def test_sleep_locks_the_vault_before_it_begins(watched: Window, bus: Bus, qtbot: QtBot) -> None:
    bus.say(LOGIN_PATH, MANAGER, "PrepareForSleep", True)
    assert locked(watched, qtbot)


def test_a_session_that_is_locked_locks_the_vault(watched: Window, bus: Bus, qtbot: QtBot) -> None:
    bus.say(f"{LOGIN_PATH}/session/c7", f"{LOGIN}.Session", "Lock")
    assert locked(watched, qtbot)


def test_a_lid_that_closes_without_sleep_locks_and_other_news_of_power_do_not(watched: Window, bus: Bus, qtbot: QtBot) -> None:
    bus.say(LOGIN_PATH, MANAGER, "PrepareForSleep", False)
    bus.say(POWER_PATH, PROPERTIES, "PropertiesChanged", POWER)
    qtbot.wait(100)
    settle(watched, qtbot)
    assert watched.frame is not None
    bus.power.closed = True
    bus.say(POWER_PATH, PROPERTIES, "PropertiesChanged", POWER)
    assert locked(watched, qtbot)


def test_a_watch_that_was_stopped_says_nothing(bus: Bus, qtbot: QtBot) -> None:
    watch, said = LidWatch(QApplication.instance(), bus.ours), list[int]()  # type: ignore[arg-type]  # there is one
    watch.closing.connect(lambda: said.append(1))
    watch.stop()
    bus.say(LOGIN_PATH, MANAGER, "PrepareForSleep", True)
    qtbot.wait(60)
    assert (said, watch.watching) == ([], False)


def test_without_a_bus_nothing_is_watched_and_nothing_fails() -> None:
    nowhere = QDBusConnection("no bus of this name")
    watch = LidWatch(QApplication.instance(), nowhere)  # type: ignore[arg-type]  # there is one
    assert not watch.watching
    watch.stop()


@pytest.mark.parametrize(
    ("name", "path"),
    [("", ""), ("c1", f"{LOGIN_PATH}/session/c1"), ("2", f"{LOGIN_PATH}/session/_32"), ("a-b", f"{LOGIN_PATH}/session/a_2db")],
)
def test_ones_own_session_is_named_as_systemd_does(name: str, path: str) -> None:
    assert own_session({"XDG_SESSION_ID": name}) == path
