"""One writer at a time and readers beside it on one engine; it knows neither tables nor records."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy.pool import PoolProxiedConnection

from fieldtool.domain.ids import Clock
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.place import Place, named, transaction
from fieldtool.storage.work import Work

T = TypeVar("T")


class Transactions:
    """The open database of one vault. Writes wait for each other; a read sees one state from its beginning to its end."""

    def __init__(self, place: Place, clock: Clock) -> None:
        self._place, self._clock = place, clock
        self._writing = threading.RLock()
        self._writer: PoolProxiedConnection | None = None
        self._dictionary = Dictionary()
        self._closed = False
        self._writes = 0  # transactions of the writer so far
        self._committed = 0  # those of them that were committed

    @property
    def shared(self) -> bool:
        """Whether others write to the same database while this store is open."""
        return self._place.shared

    @property
    def may_write(self) -> bool:
        """Whether this store may be written to; a role that reads some visits of a shared database may not."""
        return self._place.may_write

    @property
    def state(self) -> int | None:
        """A number that is another one after every commit; None where others write, too, and no number of ours tells of it."""
        return None if self.shared else self._committed

    def close(self) -> None:
        """Close every connection and let others in. Unsealed changes stay as they are."""
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._place.engine.dispose()
            if not self._closed:
                self._closed = True
                self._place.close()

    def _write(self) -> _Writing:
        return _Writing(self)

    def _connect(self) -> PoolProxiedConnection:
        if self._writer is None:
            self._writer = self._place.engine.raw_connection()
            self._place.fit_writer(self._writer.cursor())
        return self._writer

    def _begin(self) -> Work:
        writer = self._connect()
        self._dictionary.trim()
        self._writes += 1
        return self._place.begin(writer.cursor(), writing=True)

    def _end(self, error: BaseException | None) -> None:
        writer = self._connect()
        if error is None:
            try:
                writer.commit()
                self._committed += 1  # only now: what was read before may be older than what this number stands for, never newer
                return
            except BaseException:
                self._roll_back(writer)
                raise
        self._roll_back(writer)

    def _roll_back(self, writer: PoolProxiedConnection) -> None:
        self._dictionary.forget()  # numbers given in a transaction that never was
        try:
            writer.rollback()
        except self._place.faults:
            self._lose_writer()
            raise

    def _lose_writer(self) -> None:
        """The connection is lost, and its transaction with it: the next one begins on another."""
        if self._writer is not None:
            self._writer.invalidate()
            self._writer = None

    def _outside(self, step: Callable[[Any], T]) -> T:
        """Do something on the writer's connection that must stand outside any transaction."""
        with self._writing, named(self._place):
            cursor = self._connect().cursor()
            try:
                return step(cursor)
            finally:
                cursor.close()

    def _bring_home(self) -> None:
        self._outside(self._place.rest)

    @contextmanager
    def held(self, *, wait: bool = True) -> Iterator[bool]:
        """Keep every other writer of a shared database out, over several transactions; reads go on everywhere.

        False when somebody else is writing and we do not `wait`. Nobody else writes to a vault that is open here.
        """
        held = self._outside(lambda cursor: self._place.hold(cursor, wait=wait)) if self.shared else True
        try:
            yield held
        finally:
            if held and self.shared:
                self._outside(self._place.let_go)

    def _read(self) -> AbstractContextManager[Work]:
        return transaction(self._place, writing=False)


class _Writing:
    """One transaction of the writer. A class, as every autosave passes here and generators cost more than the rest of it."""

    __slots__ = ("_store",)

    def __init__(self, store: Transactions) -> None:
        self._store = store

    def __enter__(self) -> Work:
        store = self._store
        store._writing.acquire()
        try:
            return store._begin()
        except store._place.faults as error:
            if store.shared:
                store._lose_writer()
            store._writing.release()
            store._place.raise_named(error)
        except BaseException:
            store._writing.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        store = self._store
        try:
            store._end(error)
        except store._place.faults as failed:
            store._place.raise_named(failed)
        finally:
            store._writing.release()
        if isinstance(error, store._place.faults):
            store._place.raise_named(error)
