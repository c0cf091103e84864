"""One writer at a time and readers beside it on one engine; it knows neither tables nor records."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from fieldtool.domain.ids import Clock
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.engine import InstanceLock, faults_named
from fieldtool.storage.work import Work


class Transactions:
    """The open database of one vault. Writes wait for each other; a read sees one state from its beginning to its end."""

    def __init__(self, engine: sa.Engine, file: Path, lock: InstanceLock | None, clock: Clock) -> None:
        self._engine, self._file, self._lock, self._clock = engine, file, lock, clock
        self._writing = threading.RLock()
        self._writer: sa.Connection | None = None
        self._dictionary = Dictionary()

    def close(self) -> None:
        """Close every connection and let others in. Unsealed changes stay as they are."""
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    @contextmanager
    def _write(self) -> Iterator[Work]:
        with self._writing, faults_named(self._file):
            if self._writer is None:
                self._writer = self._engine.connect().execution_options(begin="BEGIN IMMEDIATE")
            try:
                with self._writer.begin():
                    yield Work(self._writer)
            except BaseException:
                self._dictionary.forget()  # numbers given in a transaction that never was
                raise

    @contextmanager
    def _read(self) -> Iterator[Work]:
        with faults_named(self._file), self._engine.connect() as connection, connection.begin():
            yield Work(connection)
