"""Runs work off the GUI thread, one job after another, and hands results back on the GUI thread; knows nothing of what the work is."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from fieldtool.domain.errors import KnownError

T = TypeVar("T")
Failed = Callable[[KnownError], None]


class TaskLane(QObject):
    """One worker thread. Jobs run in the order given; `busy_changed` says whether any is under way.

    A `KnownError` goes to `failed`; any other exception is raised again on the GUI thread, where the crash hook sees it.
    """

    busy_changed = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._name = f"fieldtool {name}"
        self._waiting, self._closed = 0, False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job is under way or waits."""
        return self._waiting > 0

    def submit(self, work: Callable[[], T], done: Callable[[T], None] | None = None, failed: Failed | None = None) -> None:
        """Run `work` on the lane; exactly one of the two answers is called on the GUI thread, unless the lane is closed before.

        A lane that was muted or closed takes nothing more: a late timer of a screen that is going away must not wake it.
        """
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._waiting += 1
        if self._waiting == 1:
            self.busy_changed.emit(True)

        def job() -> None:
            try:
                result = work()
            except KnownError as error:
                fault = error  # the name `error` is gone when the answer is called
                self._arrived.emit(lambda: failed(fault) if failed else _raise(fault))
            except BaseException as bug:  # noqa: BLE001  # handed on whole to the GUI thread, where it is raised again
                crash = bug
                self._arrived.emit(lambda: _raise(crash))
            else:
                self._arrived.emit(lambda: done(result) if done else None)

        self._jobs.put(job)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _on_arrived(self, answer: Callable[[], None]) -> None:
        if self._closed:
            return
        self._waiting -= 1
        if self._waiting == 0:
            self.busy_changed.emit(False)
        answer()

    def mute(self) -> None:
        """Answer no more: whoever asked is going away. The jobs given are done all the same."""
        self._waiting, self._closed = 0, True

    def close(self) -> None:
        """Let the jobs given so far end, then end the thread; answers that have not arrived are dropped."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None
        self.mute()


def _raise(error: BaseException) -> None:
    raise error
