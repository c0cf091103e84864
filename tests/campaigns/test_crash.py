"""A short run of the crash campaign, and proof that it would notice; the long run is `dev.py crash --rounds 1000`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaigns.standing import Expected, Lost
from tests.effort import EFFORT

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_killed_program_loses_nothing_it_acknowledged() -> None:
    """In a process of its own: it forks, and a test runner has threads."""
    words = [sys.executable, "-m", "tests.campaigns.crash", "--rounds", str(16 * EFFORT)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{16 * EFFORT} rounds in" in done.stdout


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["begin note:a 0", "done note:a 0"], {}),
        (["begin note:a 0", "done note:a 0", "begin note:a 1", "done note:a 1"], {"note:a": "0"}),
        (["begin note:a 0", "done note:a 0", "begin note:a 1"], {"note:a": "2"}),
        (["begin file:x whole", "done file:x whole"], {"note:a": "0"}),
        (["begin note:a 0"], {"note:a": "1"}),
    ],
)
def test_what_was_acknowledged_and_is_not_there_is_lost(lines: list[str], found: dict[str, str]) -> None:
    expected = Expected()
    for line in lines:
        expected.hear(line)
    with pytest.raises(Lost):
        expected.hold_against(found)


def test_what_was_only_asked_for_may_be_there_or_not_and_what_is_there_must_stay() -> None:
    expected = Expected()
    for line in ("begin note:a 0", "done note:a 0", "begin note:a 1"):
        expected.hear(line)
    expected.hold_against({"note:a": "1"})
    with pytest.raises(Lost):
        expected.hold_against({"note:a": "0"})
