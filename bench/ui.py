"""The unlocked window on large vaults: opening, typing, finding, filtering, painting, memory; each scenario in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import Case
from bench.start import PEERS, ROOT, home_with_vault, peer_told
from tests.display import virtual_display, window_environment
from tests.seed import make_seeded

MANY, MOST = 10_000, 100_000


def cases(rounds: int) -> Iterator[Case]:
    """The rows of the table of goals that concern the window after unlocking."""
    with virtual_display() as display, tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as name:
        home = Path(name)
        environment = home_with_vault(home, window_environment(display))
        many = make_seeded(home / "many", MANY).folder
        opened = play("visit", many, rounds, environment)
        yield Case(f"unlock to visit, {MANY:,} notes, without key derivation (ms; limit)", 300, opened["ours"], 1)
        yield Case("the same / a bare open and one paint of the page (ms)", opened["floor"], opened["ours"], 2)
        typed = play("typing", many, rounds, environment)
        yield Case("key to painted, p95: new note in a meeting of 20,000 words / bare QTextEdit (ms)", typed["floor"], typed["meeting"], 2)
        yield Case("key to painted, p95: note of 20,000 words / bare QTextEdit (ms)", typed["floor"], typed["note"], 2)
        painted = play("table", many, rounds, environment)
        yield Case("table repaint / C++ model and delegate (ms)", painted["floor"], painted["ours"], 1.3)
        for peer in PEERS:
            megabytes = peer_told(environment, peer).megabytes
            yield Case(f"memory with {MANY:,} notes / {peer} with an empty page (MB)", megabytes, opened["megabytes"], 1)
        most = make_seeded(home / "most", MOST).folder
        for title, scenario in (("search", "search"), ("filter", "filter")):
            found = play(scenario, most, max(1, rounds // 4), environment)
            yield Case(f"{title} key to painted, p95, {MOST:,} notes (ms; limit)", 16.7, found["ours"], 1)
            yield Case(f"{title} key to painted, p95 / pure repaint (ms)", found["floor"], found["ours"], 1.5)


def play(scenario: str, folder: Path, rounds: int, environment: dict[str, str]) -> dict[str, float]:
    """The figures of one scenario on a copy of the vault; raises `CalledProcessError` when it did not come through."""
    with tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as name:
        copy = shutil.copytree(folder, Path(name) / "vault")
        words = [sys.executable, "-m", "bench._window", scenario, str(copy), str(rounds)]
        child = subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=600)
    figures: dict[str, float] = json.loads(child.stdout)
    return figures
