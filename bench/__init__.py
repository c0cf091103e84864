"""Measuring against floors of the same run: a case, its rounds, its verdict; it measures nothing itself and judges no absolute time.

A group is a module `bench/<group>.py` with `cases(rounds: int) -> Iterable[Case]`; modules whose name begins with an
underscore support a group. `python3 dev.py bench [group ...] [--json] [--rounds N]` runs them.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table.

    `floor` and `ours` are numbers in one unit, named in `name` ("… (ms)"), smaller is better. `goal` is the largest
    ratio allowed. A goal without a floor to measure (at most 300 ms) has its limit as `floor` and 1 as `goal`; a count
    that must be nought has 0 as both.
    """

    name: str
    floor: float
    ours: float
    goal: float

    @property
    def ratio(self) -> float | None:
        """`ours` ÷ `floor`; None when the floor is nought."""
        return self.ours / self.floor if self.floor else None

    @property
    def met(self) -> bool:
        """Whether the goal is reached, exactly as measured: nothing is rounded in its favour."""
        return self.ours <= self.goal if self.ratio is None else self.ratio <= self.goal

    def as_json(self) -> dict[str, object]:
        """The object that `--json` prints; scripts rely on these keys."""
        return {"case": self.name, "floor": self.floor, "ours": self.ours, "ratio": self.ratio, "goal": self.goal, "met": self.met}


def interleave(rounds: int, runs: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Take every run in turn, `rounds` times, each second round backwards, so that a drifting machine harms all alike.

    A run measures itself and returns its figure. One round before the counted ones warms caches and is dropped.
    """
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        order = list(runs) if number % 2 else list(runs)[::-1]
        for name in order:
            figure = runs[name]()
            if number:
                taken[name].append(figure)
    return taken


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """`work` as a run for `interleave`: its wall time in milliseconds."""

    def run() -> float:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    return run


def median(figures: Sequence[float]) -> float:
    """The middle figure."""
    return statistics.median(figures)


def percentile(figures: Sequence[float], percent: float) -> float:
    """The smallest figure that at least `percent` of all do not exceed."""
    ordered = sorted(figures)
    return ordered[max(0, min(len(ordered), -int(-len(ordered) * percent // 100)) - 1)]
