"""Making and opening a vault's database; where one was expected and cannot be read, none is ever made."""

from __future__ import annotations

from pathlib import Path

from fieldtool.domain.changes import DELETED
from fieldtool.domain.ids import Clock, Randomness
from fieldtool.storage.engine import (
    FILE,
    FORMAT,
    FORMAT_SETTING,
    READER_CACHE,
    InstanceLock,
    check_format,
    connector,
    faults_named,
    look_at_folder,
    make_engine,
    new_file,
)
from fieldtool.storage.place import VaultFile, transaction
from fieldtool.storage.search import TextIndex
from fieldtool.storage.store import Store
from fieldtool.storage.tables import METADATA
from fieldtool.storage.work import Work


def create_vault(folder: Path, key: bytes, *, clock: Clock, randomness: Randomness) -> Store:
    """Make an empty vault in an existing folder and open it. Raises `KnownError` vault-exists, vault-busy, vault-read-only, disk-full."""
    file = folder / FILE
    lock = InstanceLock(folder)
    try:
        new_file(file)
        engine = make_engine(connector(file, key, cache=READER_CACHE))
        try:
            with faults_named(file):
                METADATA.create_all(engine)
            place = VaultFile(engine, file, key, lock)
            try:
                with transaction(place, writing=True) as work:
                    fill(place.index, work)
                with faults_named(file):
                    connection = engine.raw_connection()
                    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    connection.close()
            except BaseException:
                place.close()
                raise
        except BaseException:
            engine.dispose()
            for leftover in (FILE, FILE + "-wal", FILE + "-shm"):
                (folder / leftover).unlink(missing_ok=True)
            raise
        return Store(place, clock, randomness)
    except BaseException:
        lock.release()
        raise


def fill(index: TextIndex, work: Work) -> None:
    """What stands in every database from its beginning."""
    index.make(work)
    work.run("INSERT INTO field (id, name) VALUES (1, ?)", (DELETED,))  # asked for by every write
    work.run("INSERT INTO setting (name, value) VALUES (?, ?)", (FORMAT_SETTING, str(FORMAT)))


def open_vault(folder: Path, key: bytes, *, clock: Clock, randomness: Randomness) -> Store:
    """Open the vault in a folder.

    Raises `KnownError` vault-missing, vault-foreign, vault-damaged, vault-newer, vault-busy, vault-read-only.
    """
    file = look_at_folder(folder)
    lock = InstanceLock(folder)
    try:
        check_format(file, key)
        return Store(VaultFile(make_engine(connector(file, key, cache=READER_CACHE)), file, key, lock), clock, randomness)
    except BaseException:
        lock.release()
        raise
