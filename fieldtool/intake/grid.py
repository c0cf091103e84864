"""A sheet as rows of plain texts, whatever file it came from; it knows nothing of recommendations."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fieldtool.intake.sayings import Saying

MAX_BYTES = 16 * 1024 * 1024
MAX_LINES = 20_000
MAX_COLUMNS = 200
MAX_CELL = 32_767  # what a spreadsheet cell can hold

# Controls, and the marks that turn text around: a verbatim text has no use for them, and they can make one number look like another.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")
_CARRIAGE = re.compile("\r\n?|_x000D_\n?|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet. `filled` holds the columns whose text was written into a merged cell's other parts."""

    line: int
    cells: tuple[str, ...]
    filled: frozenset[int] = frozenset()
    hidden: bool = False
    cleaned: bool = False  # control characters were dropped
    unstored: tuple[int, ...] = ()  # columns of formulas without a stored value
    after_gap: bool = False  # an empty line stands above

    def cell(self, column: int) -> str:
        """The text of a column, "" where the line is shorter."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""

    def own(self, column: int) -> str:
        """The text of a column unless a merged cell filled it."""
        return "" if column in self.filled else self.cell(column)


@dataclass(frozen=True, slots=True)
class Grid:
    """One visible sheet: its name ("" for text files) and its lines that hold anything."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grids:
    """All sheets of a file, the form it was read as, the names of sheets that are hidden, and remarks by line (0: on the whole file).

    Where it is `paged`, lines are pages.
    """

    read_as: str
    visible: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    remarks: tuple[tuple[int, Saying], ...] = ()
    paged: bool = False


def letter_of(column: int) -> str:
    """The letter of a column counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def clean(text: str) -> tuple[str, bool]:
    """`text` in NFC with plain line ends, without outer blanks and invisible controls; and whether such controls were dropped."""
    if text.isascii() and text.isprintable():
        return text.strip(), False
    text = _CARRIAGE.sub("\n", unicodedata.normalize("NFC", text))
    kept = _INVISIBLE.sub("", text)
    return kept.strip(), kept != text


def row_of(
    line: int,
    texts: list[str],
    *,
    filled: frozenset[int] = frozenset(),
    hidden: bool = False,
    unstored: tuple[int, ...] = (),
    after_gap: bool = False,
) -> Row:
    """A row of cleaned texts, without empty cells at its end."""
    pairs = [clean(text) for text in texts]
    while pairs and not pairs[-1][0]:
        pairs.pop()
    cleaned = any(dropped for _, dropped in pairs)
    return Row(line, tuple(text for text, _ in pairs), filled, hidden, cleaned, unstored, after_gap)
