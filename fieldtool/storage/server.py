"""Headquarters' database on PostgreSQL: connecting, its locks and faults; it knows no records and keeps no key."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

import psycopg
import sqlalchemy as sa

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import Clock, Randomness
from fieldtool.storage import policies
from fieldtool.storage.backup import BackupFacts
from fieldtool.storage.engine import FORMAT, FORMAT_SETTING
from fieldtool.storage.place import transaction
from fieldtool.storage.search import TextIndex
from fieldtool.storage.server_search import WordIndex
from fieldtool.storage.statements import ServerWork
from fieldtool.storage.store import Store
from fieldtool.storage.tables import METADATA
from fieldtool.storage.vault import fill
from fieldtool.storage.work import Work

SCHEMES = ("postgresql", "postgres")
DATABASE = "database"  # the setting that holds the database's own random name
_LOCK = 0x6669656C64746F6F  # of the one writer in a database; any number that no other program uses
_WAIT = 10  # seconds for the server to answer
_HOLDER = """SELECT a.usename, a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory'
AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND l.classid = %s AND l.objid = %s AND l.objsubid = 1"""
# Whoever holds the lock for long says since when: everybody on the server may read that of each other's connections.
_SINCE = """SELECT set_config('application_name', 'fieldtool, since ' || to_char(clock_timestamp() AT TIME ZONE 'UTC', 'HH24:MI') || ' UTC',
false)"""
_NAME = "fieldtool"
# Columns whose bytes are compressed or encrypted already: the server need not try.
_COMPRESSED = (("segment", "body"), ("segment", "beside"), ("blob_chunk", "content"))

Waiting = Callable[[str], None]  # told who is writing, when a writer has to wait for them
_ENCRYPTED = ("require", "verify-ca", "verify-full")
_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"


def connect_database(
    url: str, *, clock: Clock, randomness: Randomness, patience: float, waiting: Waiting | None = None
) -> Store:
    """Open headquarters' database, whose tables are made when it is empty.

    `url` names server and database as libpq understands it; passwords stand in its own files. Whoever writes waits `patience` seconds for
    another who does, after `waiting` was told. Raises `KnownError` database-password, database-open, database-unreachable, database-busy,
    vault-foreign, vault-newer.
    """
    connect = _connector(check_url(url), patience)
    engine = sa.create_engine("postgresql+psycopg://", creator=connect, pool_pre_ping=True, pool_size=2, max_overflow=4)
    place = Server(engine, patience, waiting)
    try:
        with transaction(place, writing=False) as work:  # looking waits for nobody, not even for a long import
            ready = _is_ready(work)
        if not ready:
            with transaction(place, writing=True) as work:  # whoever comes second waits here, and finds the tables made
                if not _is_ready(work):
                    _make(place, work, randomness)
        with transaction(place, writing=False) as work:
            place.may_write = bool(work.number("SELECT has_table_privilege('segment', 'INSERT')::int"))
        return Store(place, clock, randomness)
    except BaseException:
        engine.dispose()
        raise


def check_url(url: str) -> str:
    """The URL, with encryption asked for wherever it leaves this computer.

    Raises `KnownError` database-password, database-open, database-unreachable.
    """
    try:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        password = parts.password
    except ValueError as error:
        raise refuse("database-unreachable", reason="its address cannot be read") from error
    if parts.scheme not in SCHEMES:
        raise refuse("database-unreachable", reason="its address does not begin with postgresql://")
    if password is not None or {"password", "sslpassword"} & set(options):
        raise refuse("database-password")
    named = (parts.hostname or "", *options.get("host", "").split(","), *options.get("hostaddr", "").split(","))
    hosts = [h for h in named if h]
    if not hosts or all(map(_here, hosts)):
        return url
    asked = options.get("sslmode")
    if asked is None:
        return f"{url}{'&' if parts.query else '?'}sslmode=verify-full"
    if asked not in _ENCRYPTED:
        raise refuse("database-open", mode=asked)
    return url


def _here(host: str) -> bool:
    """Whether what is sent to a host stays on this computer."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connector(url: str, patience: float) -> Callable[[], psycopg.Connection[tuple[Any, ...]]]:
    def connect() -> psycopg.Connection[tuple[Any, ...]]:
        connection = psycopg.connect(url, connect_timeout=_WAIT, application_name=_NAME, client_encoding="utf8")
        if not (connection.pgconn.ssl_in_use or _here(connection.info.host or "/")):  # a server named by a service file or the environment
            connection.close()
            raise refuse("database-open", mode="none")
        connection.execute("SELECT set_config('lock_timeout', %s, false)", (f"{patience * 1000:.0f}",))
        connection.commit()
        return connection

    return connect


def _is_ready(work: Work) -> bool:
    """Whether a database is ours and ready; False when it is empty. Raises `KnownError` vault-foreign, vault-newer."""
    tables = {r[0] for r in work.rows(_TABLES)}
    if not tables:
        return False
    row = work.row("SELECT value FROM setting WHERE name = ?", (FORMAT_SETTING,)) if set(METADATA.tables) <= tables else None
    if row is None or not row[0].isdecimal():
        raise refuse("vault-foreign", file="The database")
    if int(row[0]) > FORMAT:
        raise refuse("vault-newer", found=row[0], known=FORMAT)
    return True


def _make(place: Server, work: Work, randomness: Randomness) -> None:
    """The tables of an empty database."""
    for table in METADATA.sorted_tables:
        work.run(str(sa.schema.CreateTable(table).compile(dialect=place.engine.dialect)))
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            work.run(str(sa.schema.CreateIndex(index).compile(dialect=place.engine.dialect)))
    for holder, column in _COMPRESSED:
        work.run(f"ALTER TABLE {holder} ALTER COLUMN {column} SET STORAGE EXTERNAL")
    fill(place.index, work)
    policies.make(work)
    work.run("INSERT INTO setting (name, value) VALUES (?, ?)", (DATABASE, randomness(16).hex()))


class Server:
    """One database on a server. Whoever writes holds one lock of the database: two that read first and then write would leave two heads."""

    shared = True
    faults: tuple[type[BaseException], ...] = (psycopg.Error, sa.exc.DBAPIError)

    def __init__(self, engine: sa.Engine, patience: float, waiting: Waiting | None = None) -> None:
        self.engine = engine
        self.index: TextIndex = WordIndex()
        self.may_write = True
        self._patience, self._waiting = patience, waiting

    def begin(self, cursor: Any, *, writing: bool) -> Work:
        """Begin: a writer waits until it is the only one, and sees what the one before it wrote; a reader sees one state throughout."""
        if writing:
            self._lock(cursor, "xact_")
        else:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return ServerWork(cursor)

    def fit_writer(self, cursor: Any) -> None:
        """The server is set up by whoever runs it."""

    def raise_named(self, error: BaseException) -> NoReturn:
        """What the server or the way to it reports, as a sentence."""
        known = _known(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        if known is None:
            raise error
        raise known from error

    def hold(self, cursor: Any, *, wait: bool) -> bool:
        """Take the writer's lock for the connection; transactions on it take it once more."""
        if wait:
            self._lock(cursor, "")
            got = True
        else:
            got = _try(cursor, "")
        if got:
            cursor.execute(_SINCE)
        cursor.connection.commit()
        return got

    def _lock(self, cursor: Any, kind: str) -> None:
        """Become the one who writes, after a bounded wait. Raises `KnownError` database-busy."""
        if _try(cursor, kind):
            return
        if self._waiting is not None:
            self._waiting(_holder(cursor))
        try:
            cursor.execute(f"SELECT pg_advisory_{kind}lock(%s)", (_LOCK,))
        except psycopg.errors.LockNotAvailable as error:
            cursor.connection.rollback()
            raise refuse("database-busy", who=_holder(cursor), seconds=f"{self._patience:.0f}") from error

    def let_go(self, cursor: Any) -> None:
        """Give the lock back. A connection that is lost has given it back already."""
        if not cursor.connection.closed:
            cursor.execute("SELECT pg_advisory_unlock(%s), set_config('application_name', %s, false)", (_LOCK, _NAME))
            cursor.connection.commit()

    def rest(self, cursor: Any) -> None:
        """The server minds its own log."""

    def damaged(self) -> list[str]:
        """Whoever runs the server checks its pages."""
        return []

    def freeze(self, cursor: Any) -> None:
        """Raises `KnownError` not-in-database: its backups are made where it runs."""
        raise refuse("not-in-database", what="A backup")

    def thaw(self, cursor: Any) -> None:
        """Nothing was frozen."""

    def copy(self, path: Path, progress: Callable[[int], None] | None) -> int:
        """As `freeze`."""
        raise refuse("not-in-database", what="A backup")

    def settle_copy(self, path: Path, size: int) -> BackupFacts:
        """As `freeze`."""
        raise refuse("not-in-database", what="A backup")

    def close(self) -> None:
        """Connections are all there is."""


def _try(cursor: Any, kind: str) -> bool:
    cursor.execute(f"SELECT pg_try_advisory_{kind}lock(%s)", (_LOCK,))
    return bool(cursor.fetchone()[0])


def _holder(cursor: Any) -> str:
    """Who writes, as far as the server tells: the database's name for them, and since when."""
    cursor.execute(_HOLDER, (_LOCK >> 32, _LOCK & 0xFFFFFFFF))
    row = cursor.fetchone()
    return f"{row[0]}{row[1].removeprefix(_NAME)}" if row else "?"


_UNREACHABLE = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.ReadOnlySqlTransaction,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)


def _known(error: BaseException | None) -> KnownError | None:
    if isinstance(error, psycopg.errors.DiskFull):
        return refuse("disk-full", file="the database")
    if isinstance(error, _UNREACHABLE):
        said = str(error).strip().splitlines()
        return refuse("database-unreachable", reason=said[-1].strip() if said else "it does not answer")
    return None
