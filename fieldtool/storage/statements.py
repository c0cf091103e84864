"""Storage's SQL as PostgreSQL takes it fastest: arrays for lists, COPY for many rows; it changes what no statement says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, LargeBinary

from fieldtool.storage.tables import METADATA
from fieldtool.storage.work import Row, Work

FEW = 40  # rows below which statements go one by one
_INSERT = re.compile(r"INSERT INTO (\w+) \(([\w, ]+)\) VALUES \(\?(?:, \?)*\)( ON CONFLICT .+)?")
_UPDATE = re.compile(r"UPDATE (\w+) SET (\w+ = \?(?:, \w+ = \?)*) WHERE (\w+ = \?(?: AND \w+ = \?)*)")
_DELETE = re.compile(r"DELETE FROM (\w+) WHERE (\w+ = \?(?: AND \w+ = \?)*)")


class ServerWork(Work):
    """A transaction on PostgreSQL. Each pass asks and sends a dozen times: fewer and larger ones, where memory is not a laptop's."""

    PIECE, HOLD, TOGETHER = 20_000, 6_000, 6_000

    __slots__ = ()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """As `Work.rows`."""
        return super().rows(marked(sql), values)

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """As `Work.row`."""
        return super().row(marked(sql), values)

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """As `Work.run`."""
        super().run(marked(sql), values)

    def many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """As `Work.many`: many rows at once travel by COPY, into the table itself or, where something follows from them, beside it."""
        if len(rows) < FEW or (plan := planned(sql)) is None:
            super().many(marked(sql), rows)
            return
        table, columns, finish = plan
        if finish is not None:
            self._cursor.execute(f"CREATE TEMP TABLE {table} ({', '.join(columns)}) ON COMMIT DROP")
        names = [column.split()[0] for column in columns]
        with self._cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([column.split()[1] for column in columns])
            write = copy.write_row
            for row in rows:
                write(row)
        if finish is not None:
            self._cursor.execute(finish)
            self._cursor.execute(f"DROP TABLE {table}")

    def among(self, sql: str, values: Iterable[object], before: Sequence[object] = (), step: int = 0) -> Iterator[Row]:
        """As `Work.among`, asked at once: a list is one value."""
        wanted = list(values)
        if wanted:
            yield from self.rows(sql.replace("IN ({})", "= ANY(?)"), (*before, wanted))


@lru_cache(maxsize=500)
def marked(sql: str) -> str:
    """The statement with the driver's own marks."""
    return sql.replace("?", "%s")


@lru_cache(maxsize=500)
def planned(sql: str) -> tuple[str, tuple[str, ...], str | None] | None:
    """Where rows go by COPY: table, columns with their types, and the statement that makes of them what was asked; None: one by one."""
    if found := _INSERT.fullmatch(sql):
        table, names, rest = found[1], found[2].split(", "), found[3]
        if rest is None:
            return table, tuple(f"{n} {_type(table, n)}" for n in names), None
        return "stage", _numbered(table, names), f"INSERT INTO {table} ({', '.join(names)}) SELECT * FROM stage{rest}"
    if found := _UPDATE.fullmatch(sql):
        table, given, wanted = found[1], _names(found[2], ","), _names(found[3], " AND")
        changed = ", ".join(f"{n} = stage.c{i}" for i, n in enumerate(given))
        where = _where(table, wanted, len(given))
        return "stage", _numbered(table, given + wanted), f"UPDATE {table} SET {changed} FROM stage WHERE {where}"
    if found := _DELETE.fullmatch(sql):
        table, wanted = found[1], _names(found[2], " AND")
        return "stage", _numbered(table, wanted), f"DELETE FROM {table} USING stage WHERE {_where(table, wanted, 0)}"
    return None


def _names(said: str, between: str) -> list[str]:
    return [one.split(" = ")[0] for one in said.split(f"{between} ")]


def _numbered(table: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"c{i} {_type(table, n)}" for i, n in enumerate(names))


def _where(table: str, names: Sequence[str], start: int) -> str:
    return " AND ".join(f"{table}.{n} = stage.c{start + i}" for i, n in enumerate(names))


def _type(table: str, column: str) -> str:
    kind = METADATA.tables[table].c[column].type
    return "bigint" if isinstance(kind, BigInteger) else "bytea" if isinstance(kind, LargeBinary) else "text"
