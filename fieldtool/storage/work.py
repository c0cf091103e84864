"""One transaction as the other modules of storage use it: plain SQL in, tuples out; it knows neither tables nor records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

Row: TypeAlias = "Sequence[Any]"  # Any: a row holds what its query asked for

MANY = 30_000  # values in one IN list; SQLite takes 32,766


class Work:
    """A transaction in progress on a driver's own connection: an autosave is a dozen statements, dearer each through the engine.

    SQL is written with `?`; a driver with another mark has a class of its own below this one.
    """

    PIECE, HOLD, TOGETHER = 5_000, 6_000, 250  # an import: changes in one pass, records held between two, records written at a time

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:  # Any: the cursor of whichever driver
        self._cursor = cursor

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        self._cursor.execute(sql, values)
        found: list[Row] = self._cursor.fetchall()
        return found

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        self._cursor.execute(sql, values)
        found: list[Row] = self._cursor.fetchall()
        return found[0] if found else None

    def number(self, sql: str, values: Sequence[object] = ()) -> int:
        """The one whole number that a query answers with; 0 for null."""
        row = self.row(sql, values)
        return int(row[0] or 0) if row else 0

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """Execute one statement."""
        self._cursor.execute(sql, values)

    def many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Execute one statement for each tuple."""
        if rows:
            self._cursor.executemany(sql, rows)

    def among(self, sql: str, values: Iterable[object], before: Sequence[object] = (), step: int = MANY) -> Iterator[Row]:
        """The rows of a query that ends in `{}`, a list of any length, asked in pieces; `before` fills the marks in front of it."""
        wanted = list(values)
        for start in range(0, len(wanted), step):
            piece = wanted[start : start + step]
            yield from self.rows(sql.format(",".join("?" * len(piece))), (*before, *piece))
