"""Opening the encrypted database file: key, pragmas, pool, lock, and the world's faults as known errors; knows no records."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

import sqlalchemy as sa
import sqlcipher3.dbapi2 as cipher
from sqlalchemy import event

from fieldtool.domain.errors import KnownError, refuse

FILE, LOCK = "vault.db", "vault.lock"
FORMAT = 1  # of the vault; an older program refuses a newer one
FORMAT_SETTING = "format"  # the setting that holds it
PAGE = 4096
WRITER_CACHE, READER_CACHE = 4_096, 16_384  # KiB of pages that one connection keeps in memory
LOG_PAGES = 4_000  # of the write-ahead log before a commit has to bring them home; idle moments do it earlier
_HEAD = b"SQLite format 3\x00"
_FULL, _READ_ONLY, _CORRUPT, _NOT_A_DB, _BUSY, _LOCKED, _IO, _CANT_OPEN = 13, 8, 11, 26, 5, 6, 10, 14


class InstanceLock:
    """The lock that keeps a second window or command out; the operating system drops it when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises `KnownError` vault-busy, vault-read-only."""
        try:
            self._file: IO[bytes] = open(folder / LOCK, "a+b")  # noqa: SIM115  held as long as the vault is open
        except OSError as error:
            raise refuse("vault-read-only", folder=folder) from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise refuse("vault-busy") from error

    def release(self) -> None:
        """Let others in."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def connector(
    file: Path, key: bytes, *, read_only: bool = False, settings: bool = True, cache: int = WRITER_CACHE
) -> Callable[[], Any]:
    """A function that opens one keyed connection with safe settings; the file must exist already, unless it is being made."""
    if len(key) != 32:
        raise ValueError("a vault key has 32 bytes")

    def connect() -> Any:
        address = f"{file.absolute().as_uri()}?mode={'ro&immutable=1' if read_only else 'rw'}"
        connection = cipher.connect(address, uri=True, check_same_thread=False, timeout=10, isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("PRAGMA secure_delete=FAST")
            connection.execute(f"PRAGMA cache_size=-{cache}")
            if not read_only and settings:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
            if connection.execute("PRAGMA temp_store").fetchone()[0] != 2:  # SQLCipher spills plain text to disk otherwise
                raise RuntimeError("temporary tables would be written to disk")
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def make_engine(connect: Callable[[], Any]) -> sa.Engine:
    """An engine over keyed connections. Transactions begin explicitly: otherwise DDL is not rolled back, and a reader sees two states."""
    engine = sa.create_engine(
        "sqlite://", creator=connect, module=cipher, poolclass=sa.QueuePool, pool_size=4, max_overflow=4, pool_reset_on_return=None
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def look_at_folder(folder: Path) -> Path:
    """The file of the vault in a folder, after a look from outside. Raises `KnownError` vault-missing, and those of `look_at_file`."""
    file = folder / FILE
    if not file.exists():
        raise refuse("vault-missing", folder=folder)
    look_at_file(file)
    return file


def look_at_file(file: Path) -> None:
    """See from outside whether a file may be a vault. Raises `KnownError` vault-foreign, vault-damaged, file-unreadable."""
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            head = stream.read(len(_HEAD))
    except OSError as error:
        raise refuse("file-unreadable", file=file.name, reason=error.strerror or "the disk does not answer") from error
    if head == _HEAD or 0 < size < PAGE:
        raise refuse("vault-foreign", file=file)
    if (size == 0 or size % PAGE) and not _has_wal(file):  # a crash may leave the file behind its write-ahead log
        raise refuse("vault-damaged", detail="its file is cut short")


def _has_wal(file: Path) -> bool:
    wal = file.with_name(file.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


@contextmanager
def faults_named(file: Path) -> Iterator[None]:
    """Turn what the database or the disk reports into the sentence a user can act on; anything else is a bug and passes through."""
    try:
        yield
    except (sa.exc.DBAPIError, cipher.Error) as error:
        raise_named(error, file)


def raise_named(error: BaseException, file: Path) -> NoReturn:
    """Raise the known error that `error` stands for, or `error` itself: then it is a bug."""
    known = _known(error.orig if isinstance(error, sa.exc.DBAPIError) else error, file)
    if known is None:
        raise error
    raise known from error


def _known(error: BaseException | None, file: Path) -> KnownError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary == _FULL:
        return refuse("disk-full", file=file.name)
    if primary in (_READ_ONLY, _CANT_OPEN):
        return refuse("vault-read-only", folder=file.parent)
    if primary in (_CORRUPT, _NOT_A_DB):
        return refuse("vault-damaged", detail="a page of it does not hold what was written there")
    if primary in (_BUSY, _LOCKED):
        return refuse("vault-busy")
    if primary == _IO:
        return refuse("file-unwritable", file=file.name, reason="the disk reports an error")
    return None


def damaged_pages(file: Path, key: bytes) -> list[str]:
    """What is wrong with the pages of a database, in the database's words: the authentication code of each, and their structure.

    A connection of its own, thrown away afterwards: one damaged page poisons whatever meets it.
    """
    connection = connector(file, key)()
    try:
        found = [str(r[0]) for r in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
        return found or [str(r[0]) for r in connection.execute("PRAGMA quick_check").fetchall() if r[0] != "ok"]
    except cipher.DatabaseError as error:
        if _known(error, file) is None:
            raise
        return [str(error)]
    finally:
        connection.close()


def new_file(file: Path) -> None:
    """Make the empty file that a new vault grows in, readable by its owner only. Raises `KnownError` vault-exists, vault-read-only."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError as error:
        raise refuse("vault-exists", folder=file.parent) from error
    except OSError as error:
        raise refuse("vault-read-only", folder=file.parent) from error


def check_format(file: Path, key: bytes, *, read_only: bool = False) -> None:
    """Look into a vault without changing it. Raises `KnownError` vault-damaged, vault-foreign, vault-newer."""
    with faults_named(file):
        connection = connector(file, key, read_only=read_only, settings=False)()
        try:
            tables = {r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
            if not {"setting", "segment", "change"} <= tables:
                raise refuse("vault-foreign", file=file)
            row = connection.execute("SELECT value FROM setting WHERE name = ?", (FORMAT_SETTING,)).fetchone()
        finally:
            connection.close()
    if row is None or not row[0].isdecimal():
        raise refuse("vault-foreign", file=file)
    if int(row[0]) > FORMAT:
        raise refuse("vault-newer", found=row[0], known=FORMAT)
