"""From the start of a process to its first painted frame: unlock window against empty QMainWindow and against other programs.

It never measures a warm process.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import Case, interleave, median
from tests.display import virtual_display, window_environment

ROOT = Path(__file__).resolve().parent.parent
GOAL = 1.3
NOVELWRITER = "novelWriter==26.2.2"
PEERS = ("ReText", "novelWriter")
"""Published Qt programs for writers, in Python too: one as Debian packages it, one installed here from the package index."""


@dataclass(frozen=True, slots=True)
class FirstFrame:
    """What a child told: time to the first frame, heavy modules imported by then, its window's size in pixels, resident memory in MB."""

    milliseconds: float
    heavy: tuple[str, ...]
    width: int
    height: int
    megabytes: float


def cases(rounds: int) -> Iterator[Case]:
    """The ratio to an empty window, the number of heavy modules at the first frame, and each peer."""
    with virtual_display() as display, tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as folder:
        environment = home_with_vault(Path(folder), window_environment(display))
        ours = first_frame(environment, "app")
        size = (str(ours.width), str(ours.height))
        taken = interleave(
            rounds,
            {
                "floor": lambda: first_frame(environment, "empty", *size).milliseconds,
                "ours": lambda: first_frame(environment, "app").milliseconds,
                **{name: partial(peer_milliseconds, environment, name) for name in PEERS},
            },
        )
    yield Case("start to first frame: unlock window / empty QMainWindow (ms)", median(taken["floor"]), median(taken["ours"]), GOAL)
    if ours.heavy:
        print("bench: imported before the first frame: " + ", ".join(ours.heavy), file=sys.stderr)
    yield Case("heavy libraries imported at the first frame (count)", 0, len(ours.heavy), 0)
    for name in PEERS:
        yield Case(f"start to first frame: unlock window / {name} (ms)", median(taken[name]), median(taken["ours"]), 1)


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
    return _told([sys.executable, "-m", "bench._first_paint", *arguments], environment, None)


def peer_milliseconds(environment: dict[str, str], name: str) -> float:
    """How long another program takes to its first frame."""
    return peer_told(environment, name).milliseconds


def peer_told(environment: dict[str, str], name: str) -> FirstFrame:
    """The first frame of another program, by the Python it was made for; what it complains about is dropped."""
    python, script = _peer(name)
    kept = {name: value for name, value in environment.items() if name not in ("VIRTUAL_ENV", "PYTHONNOUSERSITE")}
    return _told([str(python), str(ROOT / "bench" / "_first_paint.py"), "peer", str(script)], kept, subprocess.DEVNULL)


def _peer(name: str) -> tuple[Path, Path]:
    """The Python and the start script of a peer; novelWriter is installed into an environment of its own when it is not there yet."""
    if name == "ReText":
        return Path("/usr/bin/python3"), Path("/usr/bin/retext")
    place = ROOT / "build" / "peers" / NOVELWRITER
    if not (place / "bin" / "novelwriter").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([place / "bin" / "python", "-m", "pip", "install", "--quiet", NOVELWRITER], check=True)
    return place / "bin" / "python", place / "bin" / "novelwriter"


def _told(words: list[str], environment: dict[str, str], complaints: int | None) -> FirstFrame:
    child = subprocess.run(
        words, cwd=ROOT, env=environment | {"T0": repr(time.monotonic())}, check=True, stdout=subprocess.PIPE, stderr=complaints,
        text=True, timeout=60,
    )  # fmt: skip
    told = json.loads(child.stdout.splitlines()[-1])  # a peer may have talked before
    return FirstFrame(told["milliseconds"], tuple(told["heavy"]), told["width"], told["height"], told["megabytes"])
