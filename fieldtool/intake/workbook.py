"""Excel workbooks to rows; it does not know what the columns mean."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import iterparse

from fieldtool.intake.archive import ARCHIVE_FAULTS
from fieldtool.intake.grid import MAX_CELL, MAX_COLUMNS, MAX_LINES, Grid, Grids, Row, row_of
from fieldtool.intake.preview import Place, file_refused, line_refused

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_FILLED = 100_000  # cells written into the other parts of merged cells


def read_workbook(name: str, raw: bytes) -> Grids:
    """The visible sheets of a workbook whose archive has been checked. Raises `KnownError` sheet-unreadable for a damaged one."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    # openpyxl answers contradicting parts with whatever the contradiction runs into; both XML parsers' errors are SyntaxErrors.
    faults = (*ARCHIVE_FAULTS, SyntaxError, InvalidFileException, KeyError, TypeError, AttributeError, IndexError, AssertionError)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(raw)) as archive:
            # It warns of extensions that it drops (data validation, print areas): nothing that is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            try:
                visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                hidden = tuple(sheet.title for sheet in book.worksheets if sheet not in visible)
                places = [Place(name, sheet.title if len(visible) > 1 else "") for sheet in visible]
                grids = tuple(
                    _grid(place, sheet.title, _lines(sheet), _shape_of(archive, sheet))
                    for place, sheet in zip(places, visible, strict=True)
                )
            finally:
                book.close()
    except faults as error:
        raise file_refused(name, "damaged") from error
    return Grids("Excel workbook", grids, hidden)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a sheet's values do not tell: merged areas (row, column, last row, last column from 1), hidden lines, where formulas stand."""

    merged: tuple[tuple[int, int, int, int], ...]
    hidden: frozenset[int]
    formulas: frozenset[tuple[int, int]]


def _shape_of(archive: zipfile.ZipFile, sheet: Worksheet) -> _Shape:
    """The sheet's shape, read from its XML: openpyxl tells it only in a mode that builds each cell of a merged area, all 2**34 at worst."""
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    formulas: set[tuple[int, int]] = set()
    with archive.open(_part_of(sheet)) as content:
        for _, element in iterparse(content):
            tag = element.tag.rpartition("}")[2]
            if tag == "c" and (where := element.get("r")) and any(child.tag.endswith("}f") for child in element):
                formulas.add(coordinate_to_tuple(where))
            elif tag == "row":
                if element.get("hidden") in ("1", "true"):
                    hidden.add(int(element.get("r", "0")))
                element.clear()
            elif tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                if left and top and right and bottom:
                    merged.append((top, left, bottom, right))
    return _Shape(tuple(merged), frozenset(hidden), frozenset(formulas))


def _part_of(sheet: Worksheet) -> str:
    """Which part of the archive holds the sheet; read-only sheets know it under a name that is not public."""
    return str(getattr(sheet, "_worksheet_path"))  # noqa: B009 - the stubs do not know it


def _lines(sheet: Worksheet) -> dict[int, list[object]]:
    """The lines that hold a value, by their number; lines and columns beyond the limits are not looked at."""
    found: dict[int, list[object]] = {}
    for line, values in enumerate(sheet.iter_rows(max_row=MAX_LINES, max_col=MAX_COLUMNS, values_only=True), start=1):
        if any(value is not None for value in values):
            found[line] = list(values)
    return found


def _grid(place: Place, title: str, lines: dict[int, list[object]], shape: _Shape) -> Grid:
    texts = {line: [_text(value) for value in values] for line, values in lines.items()}
    filled = _fill_merged(texts, shape.merged)
    unstored: dict[int, list[int]] = {}
    for line, column in sorted(shape.formulas):
        if line in texts and column <= MAX_COLUMNS and not texts[line][column - 1]:
            unstored.setdefault(line, []).append(column - 1)
    rows: list[Row] = []
    for line in sorted(texts):
        if any(len(text) > MAX_CELL for text in texts[line]):
            raise line_refused(place, line, "cell-long", limit=MAX_CELL)
        fills, open_formulas = frozenset(filled.get(line, ())), tuple(unstored.get(line, ()))
        gap = line - 1 not in texts
        row = row_of(line, texts[line], filled=fills, hidden=line in shape.hidden, unstored=open_formulas, after_gap=gap)
        if row.cells:
            rows.append(row)
    return Grid(title, tuple(rows))


def _fill_merged(texts: dict[int, list[str]], merged: tuple[tuple[int, int, int, int], ...]) -> dict[int, set[int]]:
    """Writes a merged cell's text into its other parts on lines that hold anything; returns which columns of which lines those are."""
    filled: dict[int, set[int]] = {}
    room = MAX_FILLED
    for top, left, bottom, right in sorted(merged):
        text = texts[top][left - 1] if top in texts and left <= MAX_COLUMNS else ""
        if not text:
            continue
        for line in range(top, min(bottom, MAX_LINES) + 1):
            if line not in texts or room <= 0:
                continue
            for column in range(left - 1, min(right, MAX_COLUMNS)):
                if (line, column) != (top, left - 1) and not texts[line][column]:
                    texts[line][column] = text
                    filled.setdefault(line, set()).add(column)
                    room -= 1
    return filled


_WHOLE = re.compile(r"-?\d+\.0+\Z")


def _text(value: object) -> str:
    """A cell's value as a person reads it: 7.0 is 7, a date is YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        text = repr(value)
        return text.partition(".")[0] if _WHOLE.match(text) else text
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)
