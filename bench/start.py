"""From the start of a process to its first painted frame: unlock window against empty QMainWindow; it never measures a warm process."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import Case, interleave, median
from tests.display import virtual_display, window_environment

ROOT = Path(__file__).resolve().parent.parent
GOAL = 1.3


@dataclass(frozen=True, slots=True)
class FirstFrame:
    """What a child told: time to the first frame, heavy modules imported by then, size of its window in pixels."""

    milliseconds: float
    heavy: tuple[str, ...]
    width: int
    height: int


def cases(rounds: int) -> Iterator[Case]:
    """Two cases: the ratio, and the number of heavy modules at the first frame."""
    with virtual_display() as display, tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as folder:
        environment = home_with_vault(Path(folder), window_environment(display))
        ours = first_frame(environment, "app")
        size = (str(ours.width), str(ours.height))
        taken = interleave(
            rounds,
            {
                "floor": lambda: first_frame(environment, "empty", *size).milliseconds,
                "ours": lambda: first_frame(environment, "app").milliseconds,
            },
        )
    yield Case("start to first frame: unlock window / empty QMainWindow (ms)", median(taken["floor"]), median(taken["ours"]), GOAL)
    if ours.heavy:
        print("bench: imported before the first frame: " + ", ".join(ours.heavy), file=sys.stderr)
    yield Case("heavy libraries imported at the first frame (count)", 0, len(ours.heavy), 0)


def home_with_vault(home: Path, environment: dict[str, str]) -> dict[str, str]:
    """The environment of a user whose home has a vault at the usual place, made through the command line."""
    passphrase = home / "passphrase.txt"
    passphrase.write_text("seven quiet herons cross the ford\n", encoding="utf-8")
    at_home = {name: value for name, value in environment.items() if not name.startswith("XDG_")} | {"HOME": str(home)}
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    at_home["XDG_RUNTIME_DIR"] = str(runtime)
    words = ["-m", "fieldtool", "--passphrase-file", str(passphrase), "init", "--name", "A. Sample"]
    subprocess.run([sys.executable, *words], cwd=ROOT, env=at_home, check=True, stdout=subprocess.DEVNULL)
    return at_home


def first_frame(environment: dict[str, str], *arguments: str) -> FirstFrame:
    """Start one child process and wait for its figures; raises `CalledProcessError` when it painted nothing."""
    words = [sys.executable, "-m", "bench._first_paint", *arguments]
    child = subprocess.run(
        words, cwd=ROOT, env=environment | {"T0": repr(time.monotonic())}, check=True, stdout=subprocess.PIPE, text=True, timeout=60
    )
    told = json.loads(child.stdout)
    return FirstFrame(told["milliseconds"], tuple(told["heavy"]), told["width"], told["height"])
