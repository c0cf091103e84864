"""Tells that the computer goes to sleep, that its lid closes or that its session is locked, by the system's own bus; locks nothing itself.

Where there is no such bus (Windows, macOS, a bare display) it is silent: the clock of `lock.IdleWatch` notices sleep afterwards.
"""

from __future__ import annotations

import os

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

LOGIN, LOGIN_PATH, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
POWER, POWER_PATH, PROPERTIES = "org.freedesktop.UPower", "/org/freedesktop/UPower", "org.freedesktop.DBus.Properties"


class LidWatch(QObject):
    """`closing` is emitted at most a few milliseconds after the system said so; sleep waits until the watch was stopped.

    Sources: systemd's org.freedesktop.login1(5) for PrepareForSleep, Lock and the delaying inhibitor; UPower's reference for LidIsClosed.
    """

    closing = Signal()

    def __init__(self, parent: QObject, bus: QDBusConnection | None = None) -> None:
        """`bus` is the system's own where none is given; without one nothing is watched and nothing fails."""
        super().__init__(parent)
        self._bus = bus or QDBusConnection.systemBus()
        self._delay: QDBusMessage | None = None  # holds a descriptor: the system waits with sleep while it is open
        self._calls: list[QDBusPendingCallWatcher] = []
        self._wires = (
            (LOGIN, LOGIN_PATH, MANAGER, "PrepareForSleep", SLOT("on_sleep(bool)")),
            (LOGIN, own_session(os.environ), f"{LOGIN}.Session", "Lock", SLOT("on_session_locked()")),
            (POWER, POWER_PATH, PROPERTIES, "PropertiesChanged", SLOT("on_power_changed()")),
        )
        self.watching = self._bus.isConnected()
        if self.watching:
            for service, path, interface, name, slot in self._wires:
                self._bus.connect(service, path, interface, name, self, slot)  # type: ignore[call-overload]  # it takes what SLOT gives
            self._ask(LOGIN, LOGIN_PATH, MANAGER, "Inhibit", ["sleep", "Fieldtool", "The vault is locked first", "delay"], self._on_delayed)

    def stop(self) -> None:
        """Watch no more, and let the computer sleep."""
        self._delay = None
        self._calls.clear()
        if self.watching:
            self.watching = False
            for service, path, interface, name, slot in self._wires:
                self._bus.disconnect(service, path, interface, name, self, slot)  # type: ignore[call-overload]  # as above

    def _ask(self, service: str, path: str, interface: str, name: str, arguments: list[object], answered: object) -> None:
        """Call without waiting; whoever is not there does not answer."""
        message = QDBusMessage.createMethodCall(service, path, interface, name)
        message.setArguments(arguments)
        call = QDBusPendingCallWatcher(self._bus.asyncCall(message), self)
        call.finished.connect(answered)
        self._calls.append(call)

    def _on_delayed(self, call: QDBusPendingCallWatcher) -> None:
        self._delay = call.reply() if not call.isError() else None

    def _on_lid_told(self, call: QDBusPendingCallWatcher) -> None:
        told = call.reply().arguments() if not call.isError() else []
        if told and (told[0].variant() if isinstance(told[0], QDBusVariant) else told[0]) is True:
            self.closing.emit()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:
        """The system is about to sleep, or has woken."""
        if begins:
            self.closing.emit()

    @Slot()
    def on_session_locked(self) -> None:
        """The session is asked to lock: the vault with it."""
        self.closing.emit()

    @Slot()
    def on_power_changed(self) -> None:
        """Something about power changed, among it perhaps the lid, which need not put the computer to sleep."""
        self._ask(POWER, POWER_PATH, PROPERTIES, "Get", [POWER, "LidIsClosed"], self._on_lid_told)


def own_session(environment: os._Environ[str] | dict[str, str]) -> str:
    """The path of one's own session on the bus; empty, which is any, where nothing names it.

    Escaped as systemd's sd_bus_path_encode(3) does it.
    """
    name = environment.get("XDG_SESSION_ID", "")
    escaped = "".join(c if c.isascii() and c.isalnum() and not (k == 0 and c.isdigit()) else f"_{ord(c):02x}" for k, c in enumerate(name))
    return f"{LOGIN_PATH}/session/{escaped}" if name else ""
