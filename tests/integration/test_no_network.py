"""The whole demo on a computer without any network: no interface but an unconfigured loopback, in a namespace of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldtool.services import demo
from tests.integration.test_loop import TOTALS

ALONE = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"])
CONNECT = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=5)"


def alone() -> list[str]:
    """The words before a command that has no network; skips where the kernel lets nobody cut it off."""
    for words in ALONE:
        try:
            if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
                return words
        except FileNotFoundError:
            break
    pytest.skip("this system lets nobody run a program without a network (unshare --net)")


@pytest.mark.slow
def test_the_whole_demo_runs_without_a_network(tmp_path: Path) -> None:
    words = alone()
    cut = subprocess.run([*words, sys.executable, "-c", CONNECT], capture_output=True, text=True)
    assert "Network is unreachable" in cut.stderr
    out = tmp_path / "demo-out"
    command = [sys.executable, "-m", "fieldtool", "demo", "--no-window", "--out", str(out)]
    played = subprocess.run([*words, *command], capture_output=True, text=True)
    assert played.returncode == 0, played.stdout + played.stderr
    said = json.loads((out / "demo.json").read_bytes())
    assert said["what"] == demo.MARK
    assert said["imported_again_unchanged"] is True
    assert {kind: said["lists"]["hq"][kind]["total"] for kind in TOTALS} == TOTALS
