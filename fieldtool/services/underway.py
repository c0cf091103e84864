"""How far something long is, and whether it should stop; it does nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from fieldtool.domain.errors import refuse

Progress = Callable[[str, int, int], None]
"""Told the step, how much is done, and of how much; called on the thread of the work."""
Cancelled = Callable[[], bool]
"""Whether to stop; asked on the thread of the work."""

_STEPS = 200  # at most so many calls of `progress`: whoever shows it is not the one who works


class Meter:
    """Counts what is done of `total` (bytes, mostly), tells `progress`, and stops where `cancelled` says so."""

    def __init__(self, step: str, total: int, progress: Progress | None = None, cancelled: Cancelled | None = None) -> None:
        self._step, self._total, self._progress, self._cancelled = step, max(total, 1), progress, cancelled
        self._done, self._told = 0, -1

    def tick(self, count: int) -> None:
        """So much more is done. Raises `KnownError` cancelled."""
        self.at(self._done + count)

    def at(self, done: int) -> None:
        """So much is done in all. Raises `KnownError` cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise refuse("cancelled")
        self._done = min(done, self._total)
        step = self._done * _STEPS // self._total
        if self._progress is not None and step != self._told:
            self._told = step
            self._progress(self._step, self._done, self._total)
