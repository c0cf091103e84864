"""`dev.py crash --rounds N`: kill -9 at random points of import, export, autosave and backup; nothing acknowledged may be lost.

A round forks a child that opens a real vault and works; the parent kills it after a random time, opens the vault again and looks. A vault
lives through many rounds, crash upon crash, until its colleague's letters are used up. It fails, too, when too few rounds met an open
transaction: the child says in shared memory when its BEGIN has returned and when its COMMIT has.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import selectors
import shutil
import signal
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fieldtool.domain.errors import KnownError
from fieldtool.services import importing
from fieldtool.services.session import Session
from fieldtool.storage.transactions import Transactions
from fieldtool.storage.work import Work
from tests.campaigns import deeds
from tests.campaigns.deeds import Teller
from tests.campaigns.stage import Stage, make_stage
from tests.campaigns.standing import BACKUP, BUNDLE, Expected, Looked, Lost, found_in, notes_in, whole

LEAST_OPEN = 0.30  # of the rounds have to interrupt a transaction
MANY = 100  # rounds; of fewer, chance alone decides whether they reach that share, and one has to
SHORTER, LONGER = 0.9, 1.03  # what the time a deed is thought to take becomes, after it was over before the kill or was not
LETTERS, NOTES = 6, 120
LIFE = 40  # rounds at most
DEEDS = ("autosave", "import", "export", "backup")
_IN, _OUT = b"\x01", b"\x00"


@dataclass(slots=True)
class Tally:
    """What the rounds have met."""

    rounds: Counter[str] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)  # the deed was over before the kill
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the rounds that interrupted an open transaction."""
        return self.open.total() / max(1, self.rounds.total())


class Pipe:
    """A teller that writes lines into a pipe; short ones, so that two threads never mix them."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def _say(self, *parts: str) -> None:
        os.write(self._descriptor, (" ".join(parts) + "\n").encode())

    def begin(self, key: str, value: str) -> None:
        """A change is asked for."""
        self._say("begin", key, value)

    def done(self, key: str, value: str) -> None:
        """It was acknowledged."""
        self._say("done", key, value)

    def ready(self) -> None:
        """The vault is open; the clock of the kill starts."""
        self._say("ready", "vault", "open")


class Life:
    """One copy of the vault through its rounds."""

    def __init__(self, stage: Stage, folder: Path, chance: random.Random, tally: Tally, times: dict[str, float]) -> None:
        self.stage, self.chance, self.tally, self.times = stage, chance, tally, times
        self.vault = stage.copy(folder)
        self.outbox = folder / "outbox"
        self.outbox.mkdir()
        self.expected = Expected()
        self.looked: Looked = set()
        self.letter = 0
        self.number = 0
        self.open = mmap.mmap(-1, 1)

    def deed(self, kind: str, tag: str) -> Callable[[Session, Teller], None]:
        """What is to be interrupted this time."""
        chance = random.Random(self.chance.random())
        if kind == "autosave":
            return lambda session, tell: deeds.autosave(session, self.stage, tell, tag, 1_000, chance)
        if kind == "import":
            return lambda session, tell: deeds.take_in(session, self.stage.letters[self.letter].path, tell, f"letter:{self.letter}")
        if kind == "export":
            return lambda session, tell: deeds.send(session, self.stage, self.outbox / f"{tag}{BUNDLE}", tell, tag, chance)
        return lambda session, tell: deeds.back_up(session, self.outbox / f"{tag}{BACKUP}", tell, tag, chance)

    def round(self, kind: str) -> None:
        """Begin, kill, open again, compare, and do what was interrupted to its end."""
        self.number += 1
        tag = f"{kind[0]}{self.number}"
        todo = self.deed(kind, tag)
        ended = self._interrupt(todo, kind)
        self.tally.rounds[kind] += 1
        self.tally.open[kind] += self.open[:1] == _IN
        self.tally.ended[kind] += ended
        session = self.stage.session(self.vault)
        try:
            whole(session)
            self.expected.hold_against(self._found(session))
            self._again(session, kind, tag)
        finally:
            session.close()

    def _interrupt(self, todo: Callable[[Session, Teller], None], kind: str) -> bool:
        """Fork, let the child work, kill it; whether it had ended by itself."""
        self.open[:1] = _OUT
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _work(self.stage, self.vault, todo, Pipe(writing), self.open)
        os.close(writing)
        limit = self.times[kind] * self.chance.uniform(0, 1.05)
        heard = _listen(reading, child, limit)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise Lost(f"{kind} failed without being killed; its report is above")
        for line in heard:
            self.tally.acknowledged += line.startswith("done")
            self.expected.hear(line)
        ended = os.WIFEXITED(status)
        self.times[kind] *= SHORTER if ended else LONGER
        return ended

    def _found(self, session: Session) -> dict[str, str]:
        return found_in(session, self.stage, self.outbox, self.looked)

    def _again(self, session: Session, kind: str, tag: str) -> None:
        """The next try of what was interrupted succeeds, under the same name."""
        chance = random.Random(self.chance.random())
        if kind == "import":
            letter = self.stage.letters[self.letter]
            importing.import_file(session, letter.path)
            self.letter += 1
            self.expected.must[f"letter:{self.letter - 1}"] = "whole"
        elif kind == "export":
            deeds.send(session, self.stage, self.outbox / f"{tag}{BUNDLE}", _Hearing(self.expected), f"{tag}b", chance)
        elif kind == "backup" and not (self.outbox / f"{tag}{BACKUP}").exists():
            deeds.back_up(session, self.outbox / f"{tag}{BACKUP}", _Hearing(self.expected), f"{tag}b", chance)
        elif kind == "autosave":
            deeds.autosave(session, self.stage, _Hearing(self.expected), f"{tag}b", 1, chance)
        self.expected.hold_against(self._found(session))

    def arrive(self) -> None:
        """In the end the colleague takes in every file that bears a final name, and then has every note that we have."""
        ours = self.stage.session(self.vault)
        deeds.send(ours, self.stage, self.outbox / f"last{BUNDLE}", _Hearing(self.expected), "last", self.chance)
        theirs = self.stage.session(self.vault.with_name("theirs"), "theirs")
        try:
            for path in sorted(self.outbox.glob(f"*{BUNDLE}")):
                importing.import_file(theirs, path)
            have, sent = notes_in(theirs, self.stage), notes_in(ours, self.stage)
            if have != sent:
                raise Lost(f"the colleague lacks {sent.keys() - have.keys()}")
            if theirs.store.forks():
                raise Lost("a crash has forked the history")
        finally:
            ours.close()
            theirs.close()


class _Hearing:
    """A teller for what is done without being killed."""

    def __init__(self, expected: Expected) -> None:
        self._expected = expected

    def begin(self, key: str, value: str) -> None:
        self._expected.hear(f"begin {key} {value}")

    def done(self, key: str, value: str) -> None:
        self._expected.hear(f"done {key} {value}")


def _work(stage: Stage, vault: Path, todo: Callable[[Session, Teller], None], pipe: Pipe, open_: mmap.mmap) -> None:
    """The child's life: it never returns."""
    code = 1
    try:
        _watch(open_)
        session = stage.session(vault)
        pipe.ready()
        todo(session, pipe)
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


def _watch(open_: mmap.mmap) -> None:
    """Say in shared memory whether a transaction is open: from the moment BEGIN has returned until COMMIT or ROLLBACK has."""
    begin, end = Transactions._begin, Transactions._end

    def begun(self: Transactions) -> Work:
        work = begin(self)
        open_[:1] = _IN
        return work

    def ended(self: Transactions, error: BaseException | None) -> None:
        end(self, error)
        open_[:1] = _OUT

    Transactions._begin, Transactions._end = begun, ended  # type: ignore[method-assign]


def _listen(reading: int, child: int, limit: float) -> list[str]:
    """What the child says until it is killed, `limit` seconds after it was ready, or has ended."""
    said = b""
    until: float | None = None
    with selectors.DefaultSelector() as watch:
        watch.register(reading, selectors.EVENT_READ)
        while True:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                os.kill(child, signal.SIGKILL)
                until = None
            if watch.select(left if left is None or left > 0 else None):
                piece = os.read(reading, 65_536)
                if not piece:
                    break
                said += piece
                if b"ready vault open\n" in said:
                    head, _, tail = said.partition(b"ready vault open\n")
                    said = head + tail
                    until = time.monotonic() + limit
    os.close(reading)
    *lines, cut = said.decode().split("\n")
    if cut:
        raise Lost(f"the child's last line is cut: {cut}")
    return lines


def calibrate(stage: Stage, folder: Path) -> dict[str, float]:
    """How long each deed takes here when nobody kills it, in seconds: kills are spread over that."""
    taken: dict[str, list[float]] = {kind: [] for kind in DEEDS}
    life = Life(stage, folder, random.Random(0), Tally(), {})
    for n in range(3):
        for kind in DEEDS:
            session = stage.session(life.vault)
            begun = time.monotonic()
            todo = life.deed(kind, f"c{kind[0]}{n}")
            if kind == "autosave":
                deeds.autosave(session, stage, _Hearing(life.expected), f"ca{n}", 2, random.Random(n))
            else:
                todo(session, _Hearing(life.expected))
            taken[kind].append(time.monotonic() - begun)
            session.close()
        life.letter += 1
    return {kind: statistics.median(times) for kind, times in taken.items()}


def run(rounds: int, seed: int, folder: Path) -> Tally:
    """All rounds; stops at the first that lost something."""
    stage = make_stage(folder / "stage", LETTERS, NOTES)
    chance, tally = random.Random(seed), Tally()
    times = calibrate(stage, folder / "calibration")
    done = 0
    while done < rounds:
        life = Life(stage, folder / f"life-{done}", chance, tally, times)
        while done < rounds and life.number < LIFE:
            kind = chance.choice(DEEDS)
            if kind == "import" and life.letter == len(stage.letters):
                break
            done += 1
            if _fails(partial(life.round, kind), f"round {done} ({kind}, seed {seed})", tally):
                return tally
        if _fails(life.arrive, f"the end of a life after round {done} (seed {seed})", tally):
            return tally
        shutil.rmtree(life.vault.parent)
    return tally


def _fails(step: Callable[[], None], name: str, tally: Tally) -> bool:
    try:
        step()
    except (Lost, KnownError) as error:
        tally.lost.append(f"{name}: {error}")
        return True
    return False


def main(arguments: list[str]) -> int:
    """Run, print the table; 1 when something was lost or too few rounds met an open transaction."""
    parser = argparse.ArgumentParser(prog="dev.py crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="repeats the same choices; the kills still fall as the machine runs")
    asked = parser.parse_args(arguments)
    seed = random.SystemRandom().randrange(1 << 32) if asked.seed is None else asked.seed
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fieldtool-crash-") as folder:
        tally = run(asked.rounds, seed, Path(folder))
    print(f"{'interrupted':12} {'rounds':>7} {'in a transaction':>17} {'over before':>12}")
    for kind in DEEDS:
        print(f"{kind:12} {tally.rounds[kind]:7} {tally.open[kind]:17} {tally.ended[kind]:12}")
    print(
        f"{tally.rounds.total()} rounds in {time.monotonic() - begun:.0f} s (seed {seed}): {tally.acknowledged} changes acknowledged by "
        f"killed processes, {tally.share:.0%} of the rounds in an open transaction"
    )
    for lost in tally.lost:
        print(f"LOST: {lost}")
    least = LEAST_OPEN if tally.rounds.total() >= MANY else 0.001
    if tally.share < least:
        print(f"Too few rounds met an open transaction: {tally.share:.0%}, at least {least:.1%} are needed.")
    return 1 if tally.lost or tally.share < least else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
