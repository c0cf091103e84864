"""Somebody at the keyboard of the real program, on a virtual display: types, presses, and waits until the program has come to rest."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.display import window_environment
from tests.ui.vaults import PASSPHRASE

T = TypeVar("T")
REST = 0.25  # seconds in which a program at rest uses no processor time; a blinking caret takes less than a tick


def wait_for(found: Callable[[], T], seconds: float = 60) -> T:
    """What `found` gives once it gives something. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not (answer := found()):
        if time.monotonic() > end:
            raise TimeoutError("it did not come")
        time.sleep(0.05)
    return answer


class Person:
    """The running program and its keyboard; `vault` is the folder it opens."""

    def __init__(self, home: Path, vault: Path, display: str) -> None:
        settings = home / ".config" / "fieldtool"
        settings.mkdir(parents=True)
        (settings / "window.conf").write_text(f"language=en\ntheme=light\nvault={vault}\n")
        self.environment = window_environment(display) | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        self.process = subprocess.Popen([sys.executable, "-m", "fieldtool"], env=self.environment, stderr=subprocess.PIPE)
        self.window = self.windows()[-1]
        self.focus()

    def tool(self, *words: str) -> str:
        """What xdotool answers."""
        return subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True).stdout

    def windows(self) -> list[str]:
        """The numbers of the program's windows, once there is one."""
        return wait_for(lambda: self.tool("search", "--onlyvisible", "--pid", str(self.process.pid)).split())

    def focus(self) -> None:
        """Give the keyboard to the program: no window manager does it here."""
        self.tool("windowfocus", "--sync", self.window)

    def title(self) -> str:
        """What the window is called."""
        return self.tool("getwindowname", self.window).strip()

    def type(self, words: str) -> None:
        """Type words, key by key."""
        self.tool("type", "--delay", "12", words)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, and wait until the program has answered each."""
        for key in keys:
            self.tool("key", key)
            self.rest()

    def step(self, times: int) -> None:
        """Go so many controls on, without a look at each."""
        self.tool("key", "--delay", "30", *["Tab"] * times)
        self.rest()

    def rest(self) -> None:
        """Wait until no thread of the program runs or wants to, and none of its helpers is at work."""
        wait_for(self._rests, 120)

    def _rests(self) -> bool:
        before = self._ticks()
        time.sleep(REST)
        return before is not None and self._ticks() == before

    def _ticks(self) -> int | None:
        """Processor time used so far, in ticks; None while a thread is running or a helper is alive."""
        used = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                state, *facts = (task / "stat").read_text().rpartition(")")[2].split()
                children = (task / "children").read_text()
            except (FileNotFoundError, ProcessLookupError):
                return None  # a thread that has just ended
            if state != "S" or any(map(_works, children.split())):
                return None
            used += int(facts[10]) + int(facts[11])
        return used

    def unlock(self) -> None:
        """Type the passphrase."""
        self.type(PASSPHRASE)
        self.tool("key", "Return")
        wait_for(lambda: "Nur-Sultan" in self.title())
        self.rest()

    def names_file(self, *paths: Path) -> None:
        """Answer the dialogue that asks for files."""
        dialogue = wait_for(lambda: [w for w in self.windows() if w != self.window])[-1]
        self.tool("windowfocus", "--sync", dialogue)
        self.press("ctrl+a")
        self.type(" ".join(f'"{path}"' for path in paths) if len(paths) > 1 else str(paths[0]))
        self.tool("key", "Return")
        wait_for(lambda: dialogue not in self.windows())
        self.focus()
        self.rest()

    def close(self) -> None:
        """Leave by key; whoever does not go is ended."""
        self.tool("key", "ctrl+q")
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        if self.process.stderr:
            self.process.stderr.close()


def _works(child: str) -> bool:
    """Whether a helper of the program is at work; the one that only looks after the others' leftovers stays for ever."""
    try:
        return b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
