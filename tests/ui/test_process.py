"""The real program on a virtual display, driven by real key events: what a person sees, and what a thief would find."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldtool.services import recording, vaults
from tests.integration.test_canaries import found_in
from tests.ui.person import Person, wait_for
from tests.ui.vaults import PASSPHRASE, Made

CANARY = "zanzibar quartz 4711"
pytestmark = [pytest.mark.display, pytest.mark.slow]


class Program(Person):
    """A person at the keyboard, and a thief at the memory."""

    def find_window_again(self) -> None:
        """After the process was replaced it has another window, often of the same number."""
        wait_for(lambda: b"FIELDTOOL_RETURN=" in Path(f"/proc/{self.process.pid}/environ").read_bytes())
        self.window = self.windows()[-1]
        time.sleep(0.5)
        self.focus()

    def holds(self, *secrets: bytes) -> list[bytes]:
        """Which of the secrets stand anywhere in the process's memory that it may write."""
        found: set[bytes] = set()
        with open(f"/proc/{self.process.pid}/maps") as maps, open(f"/proc/{self.process.pid}/mem", "rb", 0) as memory:
            for line in maps:
                span, rights = line.split()[:2]
                if "w" not in rights or "r" not in rights:
                    continue
                start, end = (int(x, 16) for x in span.split("-"))
                try:
                    memory.seek(start)
                    content = memory.read(end - start)
                except (OSError, OverflowError, ValueError):
                    continue
                found.update(s for s in secrets if s in content)
        return sorted(found)


@pytest.fixture
def program(disputed: Made, tmp_path: Path, virtual_display: str) -> Iterator[Program]:
    vault = Path(shutil.copytree(disputed.folder, tmp_path / "vault"))
    running = Program(tmp_path / "home", vault, virtual_display)
    yield running
    running.close()


def forms(text: str) -> tuple[bytes, ...]:
    """How a text may stand in memory."""
    return text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")


def drafts(vault: Path) -> str:
    session = vaults.unlock_vault(vault, PASSPHRASE)
    try:
        return "\n".join(recording.kept_drafts(session).values())
    finally:
        session.close()


def test_a_locked_process_holds_neither_note_nor_passphrase_and_unlocking_returns_to_the_caret(program: Program, tmp_path: Path) -> None:
    program.unlock()
    program.press("ctrl+2")
    program.type(CANARY)
    time.sleep(1.2)
    assert program.holds(*forms(CANARY))
    program.press("ctrl+l")
    program.find_window_again()
    assert program.holds(*forms(CANARY), *forms(PASSPHRASE)) == []
    assert found_in([tmp_path], [CANARY, PASSPHRASE]) == set()
    program.unlock()
    time.sleep(1.0)
    program.type(" and on")
    time.sleep(1.2)
    program.close()
    assert f"{CANARY} and on" in drafts(tmp_path / "vault")


def test_killing_the_process_in_mid_word_loses_less_than_a_second(program: Program, tmp_path: Path) -> None:
    program.unlock()
    program.press("ctrl+2")
    program.type("half a wo")
    time.sleep(1.1)
    os.kill(program.process.pid, 9)
    program.process.wait(10)
    assert "half a wo" in drafts(tmp_path / "vault")
