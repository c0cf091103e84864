"""What a person at a terminal is asked: the passphrase, twice for a new one, and whether the organisation's words are the same."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.cli.commands import PASSPHRASE, Desk

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are Unix's", allow_module_level=True)

import pty

ROOT = Path(__file__).resolve().parents[3]


def at_terminal(answers: list[tuple[str, str]], *words: object) -> tuple[int, str]:
    """Run a command on a terminal and type each answer when its question has been asked; the exit code and what was on the screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fieldtool", *map(str, words)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, start_new_session=True) as process:
        os.close(theirs)
        screen, asked, deadline = "", 0, time.monotonic() + 60
        while time.monotonic() < deadline:
            if select.select([ours], [], [], 0.2)[0]:
                try:
                    screen += os.read(ours, 65536).decode()
                except OSError:  # the program has ended and its side is closed
                    break
            if answers and answers[0][0] in screen[asked:]:
                asked = len(screen)
                os.write(ours, answers.pop(0)[1].encode() + b"\n")
        code = process.wait(10)
    os.close(ours)
    return code, screen


def test_the_passphrase_is_asked_and_not_shown(hq: Desk) -> None:
    code, screen = at_terminal([("Passphrase: ", PASSPHRASE)], "--vault", hq.vault, "list", "visits")
    assert code == 0
    assert "KAZ-2022-1" in screen
    assert PASSPHRASE not in screen


def test_a_new_passphrase_is_asked_twice(tmp_path: Path) -> None:
    words = ("--vault", tmp_path / "v", "init", "--name", "Zoe")
    code, screen = at_terminal([("New passphrase: ", PASSPHRASE), ("Once more: ", "other"), ("Once more: ", PASSPHRASE)], *words)
    assert code == 0, screen
    assert "The two are not the same." in screen
    assert "Recovery sheet" in screen


def test_the_organisation_is_compared_by_a_person(hq: Desk, tmp_path: Path) -> None:
    newcomer = Desk(tmp_path / "v", tmp_path)
    newcomer.done("init", "--name", "Zoe", "--recovery-sheet", tmp_path / "sheet.txt")
    newcomer.done("identity", "request", tmp_path / "zoe.ftrequest")
    hq.done("people", "add", tmp_path / "zoe.ftrequest", "--role", "expert")
    hq.done("export", "bundle", "--to", "Zoe", "-o", tmp_path / "visit.ftbundle")
    words = hq.json("identity", "show")["organisation"]["words"]
    command = ("--vault", newcomer.vault, "import", tmp_path / "visit.ftbundle")
    code, screen = at_terminal([("Passphrase: ", PASSPHRASE), ("Type yes: ", "no")], *command)
    assert code == 1
    assert words in screen
    assert newcomer.items("recommendations") == []
    code, screen = at_terminal([("Passphrase: ", PASSPHRASE), ("Type yes: ", "yes")], *command)
    assert code == 0
    assert len(newcomer.items("recommendations")) == 25
