"""Where a store's database is, and what each kind of database does in its own way; it knows neither tables nor records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, Protocol

import sqlalchemy as sa
import sqlcipher3.dbapi2 as cipher

from fieldtool.domain.errors import refuse
from fieldtool.storage.backup import BackupFacts, copy_out, settle, verify_copy
from fieldtool.storage.engine import LOG_PAGES, WRITER_CACHE, InstanceLock, damaged_pages, raise_named
from fieldtool.storage.search import FoldedIndex, TextIndex
from fieldtool.storage.work import Work


class Place(Protocol):
    """One open database. `shared` says that others write to it too, `may_write` whether we do; `faults` are what its driver raises."""

    engine: sa.Engine
    shared: bool
    may_write: bool
    faults: tuple[type[BaseException], ...]
    index: TextIndex

    def begin(self, cursor: Any, *, writing: bool) -> Work:
        """Begin a transaction; while it writes nobody else does."""

    def fit_writer(self, cursor: Any) -> None:
        """Make a new connection the one that writes."""

    def raise_named(self, error: BaseException) -> NoReturn:
        """Raise the known error that a driver's error stands for, or the error itself: then it is a bug."""

    def hold(self, cursor: Any, *, wait: bool) -> bool:
        """Keep other writers of a shared database out until `let_go`, over as many transactions as there are; it counts.

        False when somebody else writes and we do not `wait`.
        """

    def let_go(self, cursor: Any) -> None:
        """Let other writers in again."""

    def rest(self, cursor: Any) -> None:
        """What is better done while nobody waits."""

    def damaged(self) -> list[str]:
        """What is wrong with the database's own pages, in its words."""

    def freeze(self, cursor: Any) -> None:
        """Keep the database's file as it is until `thaw`. Raises `KnownError` vault-busy, not-in-database."""

    def thaw(self, cursor: Any) -> None:
        """Let the file change again."""

    def copy(self, path: Path, progress: Callable[[int], None] | None) -> int:
        """Copy a frozen file to `path` under a temporary name; the bytes copied. Raises `KnownError` disk-full, file-unwritable."""

    def settle_copy(self, path: Path, size: int) -> BackupFacts:
        """Open a copy, check it, and give it its name. Raises `KnownError` vault-damaged; then nothing of it stays."""

    def close(self) -> None:
        """Close what is not a connection. Called once, after every connection has gone."""


@contextmanager
def named(place: Place) -> Iterator[None]:
    """Turn what the driver raises into the sentence a user can act on."""
    try:
        yield
    except place.faults as error:
        place.raise_named(error)


@contextmanager
def transaction(place: Place, *, writing: bool) -> Iterator[Work]:
    """A transaction on a connection of the pool, committed at the end and rolled back when anything is raised."""
    with named(place):
        connection = place.engine.raw_connection()
        try:
            cursor = connection.cursor()
            yield place.begin(cursor, writing=writing)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        finally:
            connection.close()


class VaultFile:
    """The encrypted file of one vault, which nobody else has open."""

    shared = False
    may_write = True
    faults: tuple[type[BaseException], ...] = (cipher.Error, sa.exc.DBAPIError)

    def __init__(self, engine: sa.Engine, file: Path, key: bytes, lock: InstanceLock) -> None:
        self.engine, self.file, self.key, self.lock = engine, file, key, lock
        self.index: TextIndex = FoldedIndex()
        self._descriptor = os.open(file, os.O_RDONLY)  # for backups; closed last, as closing drops the locks of the whole process

    def begin(self, cursor: Any, *, writing: bool) -> Work:
        """Begin: a writer takes its lock at once, so that what it reads is still true when it writes."""
        cursor.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        return Work(cursor)

    def fit_writer(self, cursor: Any) -> None:
        """The writer keeps more pages in memory than readers do."""
        cursor.execute(f"PRAGMA cache_size=-{WRITER_CACHE}")

    def raise_named(self, error: BaseException) -> NoReturn:
        """As `engine.raise_named`."""
        raise_named(error, self.file)

    def hold(self, cursor: Any, *, wait: bool) -> bool:
        """Nobody else has the file open."""
        return True

    def let_go(self, cursor: Any) -> None:
        """Nobody else has the file open."""

    def rest(self, cursor: Any) -> None:
        """Copy what stands in the write-ahead log into the main file, as far as nobody reads the old pages."""
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def damaged(self) -> list[str]:
        """Every page's authentication code, and their structure."""
        return damaged_pages(self.file, self.key)

    def freeze(self, cursor: Any) -> None:
        """What is written from now on stays in the write-ahead log."""
        if cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise refuse("vault-busy")
        cursor.execute("PRAGMA wal_autocheckpoint=0").fetchall()

    def thaw(self, cursor: Any) -> None:
        """The write-ahead log goes home again when it has grown."""
        cursor.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}").fetchall()

    def copy(self, path: Path, progress: Callable[[int], None] | None) -> int:
        """Copy the file itself: its pages are encrypted and authenticated already."""
        return copy_out(self._descriptor, path, progress)

    def settle_copy(self, path: Path, size: int) -> BackupFacts:
        """Every page's authentication code is checked before the copy counts."""
        part = path.with_name(path.name + ".part")
        try:
            facts = verify_copy(part, self.key)
            settle(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return BackupFacts(path, size, *facts)

    def close(self) -> None:
        """Let others open the file."""
        self.lock.release()
        os.close(self._descriptor)
