"""One writer at a time and readers beside it on one engine; it knows neither tables nor records."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as cipher
from sqlalchemy.pool import PoolProxiedConnection

from fieldtool.domain.ids import Clock
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.engine import WRITER_CACHE, InstanceLock, faults_named, raise_named, transaction
from fieldtool.storage.work import Work


class Transactions:
    """The open database of one vault. Writes wait for each other; a read sees one state from its beginning to its end."""

    def __init__(self, engine: sa.Engine, file: Path, lock: InstanceLock, clock: Clock) -> None:
        self._engine, self._file, self._lock, self._clock = engine, file, lock, clock
        self._writing = threading.RLock()
        self._writer: PoolProxiedConnection | None = None
        self._dictionary = Dictionary()
        self._closed = False
        self._writes = 0  # transactions of the writer so far
        self._descriptor = os.open(file, os.O_RDONLY)  # for backups; closed last, as closing drops the locks of the whole process

    def close(self) -> None:
        """Close every connection and let others in. Unsealed changes stay as they are."""
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()
            if not self._closed:
                self._closed = True
                self._lock.release()
                os.close(self._descriptor)

    def _write(self) -> _Writing:
        return _Writing(self)

    def _connect(self) -> PoolProxiedConnection:
        if self._writer is None:
            self._writer = self._engine.raw_connection()
            self._writer.cursor().execute(f"PRAGMA cache_size=-{WRITER_CACHE}")
        return self._writer

    def _begin(self) -> Work:
        writer = self._connect()
        self._dictionary.trim()
        self._writes += 1
        cursor = writer.cursor()
        if self._engine.dialect.name == "sqlite":  # PostgreSQL's driver begins by itself
            cursor.execute("BEGIN IMMEDIATE")
        return Work(cursor, self._engine.dialect.paramstyle)

    def _end(self, error: BaseException | None) -> None:
        writer = self._connect()
        if error is None:
            try:
                writer.commit()
                return
            except BaseException:
                self._roll_back(writer)
                raise
        self._roll_back(writer)

    def _roll_back(self, writer: PoolProxiedConnection) -> None:
        writer.rollback()
        self._dictionary.forget()  # numbers given in a transaction that never was

    def _pragma(self, sql: str) -> list[tuple[Any, ...]]:
        """A pragma on the writer's connection that must stand outside any transaction."""
        cursor = self._connect().cursor()
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = list(cursor.fetchall())
        cursor.close()
        return rows

    def _bring_home(self) -> None:
        """Copy what stands in the write-ahead log into the main file, as far as nobody reads the old pages."""
        with self._writing, faults_named(self._file):
            self._pragma("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def _read(self) -> Iterator[Work]:
        with faults_named(self._file):
            connection = self._engine.raw_connection()
            try:
                with transaction(connection, self._engine.dialect, "BEGIN") as work:
                    yield work
            finally:
                connection.close()


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
        except cipher.Error as error:
            store._writing.release()
            raise_named(error, store._file)
        except BaseException:
            store._writing.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        store = self._store
        try:
            store._end(error)
        except cipher.Error as failed:
            raise_named(failed, store._file)
        finally:
            store._writing.release()
        if isinstance(error, cipher.Error):
            raise_named(error, store._file)
