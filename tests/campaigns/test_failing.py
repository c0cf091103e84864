"""Some points of the campaign of failing disks; all of them are `dev.py failing`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaigns.failing import PARTS, namespace

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_a_disk_that_fails_costs_nothing_but_another_try(part: str) -> None:
    if part == "disk":
        try:
            namespace()
        except SystemExit as refused:
            pytest.skip(str(refused))
    words = [sys.executable, "-m", "tests.campaigns.failing", "--part", part, "--every", "97"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" points: ") == 4
