"""`dev.py failing`: the n-th write of autosave, import, export and backup fails, for every n until none does; then on a small full disk.

Each time: a sentence about the disk, nothing half done, what was acknowledged still there, and the next try succeeds. A few lines of C,
compiled here and loaded before the C library, let write, fsync, truncate and rename fail, the database's own included. It needs a C
compiler, and Linux for the small disk; where one is missing it says so and fails.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.errors import KnownError
from fieldtool.services import importing
from fieldtool.services.session import Session
from tests.campaigns import deeds
from tests.campaigns.stage import Stage, make_stage
from tests.campaigns.standing import BACKUP, BUNDLE, Expected, Lost, found_in, whole

DEEDS = ("autosave", "import", "export", "backup")
SENTENCES = {"disk-full", "file-unwritable"}
SHIM, SMALL = "FIELDTOOL_FAILING_SHIM", "FIELDTOOL_SMALL_DISK"
DISK = 12 << 20  # bytes of the small disk
STEP = 4096
MOST = 3_000  # writes of one deed; more would mean that it never ends


class Trouble:
    """What lets the disk fail from some point on, and takes the fault away again."""

    def begin(self, folder: Path, n: int) -> None:
        """The disk fails from point `n` on."""
        raise NotImplementedError

    def end(self) -> bool:
        """The disk works again; whether it had failed at all."""
        raise NotImplementedError


class FailingWrite(Trouble):
    """The n-th write fails: once, or it and all that follow."""

    def __init__(self, error: int, forever: bool) -> None:
        self._shim = ctypes.CDLL(os.environ[SHIM])
        self._shim.failing_disarm.restype = ctypes.c_long
        self._error, self._forever, self._n = error, forever, 0

    def begin(self, folder: Path, n: int) -> None:
        """Arm the shim."""
        self._n = n
        self._shim.failing_arm(os.fsencode(folder), ctypes.c_long(n), self._error, int(self._forever))

    def end(self) -> bool:
        """Disarm it."""
        return int(self._shim.failing_disarm()) >= self._n


class FullDisk(Trouble):
    """A file fills the small disk but for n times 4096 bytes."""

    def __init__(self) -> None:
        self._filler: Path | None = None
        self._disk = Path(os.environ[SMALL])

    def begin(self, folder: Path, n: int) -> None:
        """Fill the disk."""
        free = os.statvfs(self._disk)
        size = free.f_bavail * free.f_frsize - (n - 1) * STEP
        self._filler = self._disk / "filler"
        with self._filler.open("wb") as file:
            if size > 0:
                os.posix_fallocate(file.fileno(), 0, size)

    def end(self) -> bool:
        """Give the room back. A deed that is short of it says so: whether the disk was ever full nobody else knows."""
        if self._filler is not None:
            self._filler.unlink()
        return False


@dataclass(slots=True)
class Outcome:
    """One deed under one kind of trouble."""

    points: int = 0
    sentences: Counter[str] | None = None
    survived: int = 0  # the fault was met and the deed succeeded all the same


class _Hearing:
    def __init__(self, expected: Expected) -> None:
        self._expected = expected

    def begin(self, key: str, value: str) -> None:
        self._expected.hear(f"begin {key} {value}")

    def done(self, key: str, value: str) -> None:
        self._expected.hear(f"done {key} {value}")


def do(kind: str, session: Session, stage: Stage, outbox: Path, expected: Expected, tag: str) -> None:
    """One deed from beginning to end."""
    tell, chance = _Hearing(expected), random.Random(3)
    if kind == "autosave":
        deeds.autosave(session, stage, tell, tag, 1, chance)
    elif kind == "import":
        deeds.take_in(session, stage.letters[1].path, tell, "letter:1")
    elif kind == "export":
        deeds.send(session, stage, outbox / f"out{BUNDLE}", tell, tag, chance)
    else:
        deeds.back_up(session, outbox / f"out{BACKUP}", tell, tag, chance)


def one_point(kind: str, stage: Stage, folder: Path, trouble: Trouble, n: int, outcome: Outcome) -> bool:
    """The disk fails at point `n` of a deed; whether the deed succeeded without meeting a fault: then there is no further point."""
    vault = stage.copy(folder)
    outbox = folder / "outbox"
    outbox.mkdir()
    expected = Expected()
    session = stage.session(vault)
    try:
        importing.import_file(session, stage.letters[0].path)
        expected.must["letter:0"] = "whole"
        trouble.begin(folder, n)
        said = ""
        try:
            do(kind, session, stage, outbox, expected, "first")
        except KnownError as error:
            said = error.code
            if said not in SENTENCES:
                raise Lost(f"{said}: {error}") from error
        finally:
            met = trouble.end()
        expected.hold_against(found_in(session, stage, outbox, set()))
        whole(session)
    finally:
        session.close()
    _again(kind, stage, vault, outbox, expected)
    outcome.points += 1
    if said:
        outcome.sentences = (outcome.sentences or Counter()) + Counter([said])
    elif met:
        outcome.survived += 1
    return not said and not met


def _again(kind: str, stage: Stage, vault: Path, outbox: Path, expected: Expected) -> None:
    """After opening anew everything stands, and the next try succeeds."""
    session = stage.session(vault)
    try:
        whole(session)
        expected.hold_against(found_in(session, stage, outbox, set()))
        if kind != "backup" or not (outbox / f"out{BACKUP}").exists():
            do(kind, session, stage, outbox, expected, "second")
        expected.hold_against(found_in(session, stage, outbox, set()))
    finally:
        session.close()


def campaign(name: str, trouble: Callable[[], Trouble], folder: Path, every: int) -> int:
    """All deeds under one trouble; 1 when a point was not survived."""
    stage = make_stage(folder / "stage", 2, 40)
    life = Path(os.environ.get(SMALL, folder)) / "life"
    failed = 0
    for kind in DEEDS:
        outcome, begun, n = Outcome(), time.monotonic(), 1
        while n < MOST:
            try:
                if one_point(kind, stage, life, trouble(), n, outcome):
                    break
            except (Lost, KnownError, OSError, RuntimeError) as error:
                failed = 1
                print(f"LOST: {name}, {kind}, point {n}: {type(error).__name__}: {error}", flush=True)
            n += every
        else:
            failed = 1
            print(f"LOST: {name}, {kind}: no end after {MOST} points")
        said = ", ".join(f"{k} {v}" for k, v in sorted((outcome.sentences or Counter()).items()))
        print(f"{name:30} {kind:9} {outcome.points:4} points: {said or 'nothing failed'}; {outcome.survived} met a fault and succeeded"
              f" ({time.monotonic() - begun:.0f} s)", flush=True)  # fmt: skip
        if not outcome.sentences:
            failed = 1
            print(f"LOST: {name}, {kind}: no fault was ever met, so nothing was shown")
    return failed


PARTS: dict[str, tuple[str, Callable[[], Trouble]]] = {
    "once": ("a write fails once", lambda: FailingWrite(errno.EIO, False)),
    "on": ("no room from a write on", lambda: FailingWrite(errno.ENOSPC, True)),
    "disk": ("a small disk is full", FullDisk),
}


def main(arguments: list[str]) -> int:
    """Outside: compile, and run each part in a process of its own. Inside: run that part."""
    parser = argparse.ArgumentParser(prog="dev.py failing", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try every N-th point only")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this: a failing write, no room from a write on, a full disk")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    parts = asked.part or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="fieldtool-failing-") as folder:
        if not asked.inside:
            return max(_outside(part, Path(folder), asked.every) for part in parts)
        if SMALL in os.environ:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", os.environ[SMALL]], check=True)
        name, trouble = PARTS[parts[0]]
        return campaign(name, trouble, Path(folder), asked.every)


def _outside(part: str, folder: Path, every: int) -> int:
    words = [sys.executable, "-m", "tests.campaigns.failing", "--inside", "--part", part, "--every", str(every)]
    environment = dict(os.environ)
    if part == "disk":
        words = [*namespace(), *words]
        disk = folder / "disk"
        disk.mkdir()
        environment[SMALL] = str(disk)
    else:
        environment[SHIM] = environment["LD_PRELOAD"] = str(compiled(folder))
    return subprocess.run(words, env=environment).returncode


def compiled(folder: Path) -> Path:
    """The shim as a library. Raises `SystemExit` where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise SystemExit("There is no C compiler (Debian: gcc libc6-dev).")
    library = folder / "failing.so"
    source = Path(__file__).with_name("failing.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    return library


def namespace() -> list[str]:
    """The words before a command that may mount a disk of its own. Raises `SystemExit` where the kernel allows nobody to."""
    for words in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
        if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    raise SystemExit("This system lets nobody mount a small disk of its own (unshare --mount).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
