"""Records of one kind as a table file: XLSX, CSV or JSON. It knows no visit and hides nothing: whoever asks chooses the records."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from fieldtool.domain.changes import Record
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import SETS, FieldSpec, KindSpec, Shape
from fieldtool.domain.schema import KINDS
from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.reports import FORMATS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SYSTEM = ("id", "made_at", "made_by", "changed_at", "changed_by")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_MAX_CELL = 32_767  # UTF-16 units that a cell of XLSX can hold
_NO_XML = "\ufffe\uffff"
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what the format reads as a character by number
_FIRST_YEAR = 1900  # with which the calendar of XLSX begins
_TYPES: dict[Shape, dict[str, object]] = {
    Shape.FLAG: {"type": ["boolean", "null"]},
    Shape.NUMBER: {"type": ["integer", "null"]},
    Shape.DATE: {"type": ["string", "null"], "description": "YYYY-MM-DD"},
    Shape.TIME: {"type": ["string", "null"], "description": "YYYY-MM-DDTHH:MM in the visit's zone"},
    **{shape: {"type": ["array", "null"], "items": {"type": "string"}} for shape in SETS},
    Shape.NAMES: {"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}},
    Shape.PARTS: {"type": ["object", "null"], "additionalProperties": {"type": ["object", "null"]}},
}
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)

Value = str | int | bool | datetime.date | datetime.datetime | None


def write_table(
    kind: KindSpec,
    records: Sequence[Record],
    suffix: str,
    *,
    vocabularies: Vocabularies,
    language: str = "en",
    titles: Mapping[str, str] | None = None,
) -> bytes:
    """A table file of records of one kind, sorted by id.

    `suffix` is .xlsx, .csv or .json; `titles` gives the shown names of linked records by id. Terms stand as labels in XLSX and CSV and
    as stored words in
    JSON; sets are joined by "; ". The same records give the same bytes. Raises `KnownError` file-foreign for another suffix.
    """
    chosen = PurePath(f"x{suffix}").suffix.lower()
    if chosen not in FORMATS:
        raise refuse("file-foreign", file=suffix)
    ordered = sorted((r for r in records if not r.deleted), key=lambda r: r.id)
    if chosen == ".json":
        return _json(kind, ordered)
    columns = [*SYSTEM[:1], *(f.name for f in kind.fields), *SYSTEM[1:]]
    rows = [_row(kind, r, vocabularies, language, titles or {}) for r in ordered]
    return _csv(columns, rows) if chosen == ".csv" else _xlsx(kind.plural, columns, rows)


def _row(kind: KindSpec, record: Record, vocabularies: Vocabularies, language: str, titles: Mapping[str, str]) -> list[Value]:
    cells = [_value(f, record.fields.get(f.name), vocabularies, language, titles) for f in kind.fields]
    return [record.id, *cells, _moment(record.made_at), record.made_by, _moment(record.changed_at), record.changed_by]


def _moment(ms: int) -> datetime.datetime:
    return _EPOCH + datetime.timedelta(milliseconds=ms)


def _value(field: FieldSpec, value: object, vocabularies: Vocabularies, language: str, titles: Mapping[str, str]) -> Value:
    if value is None:
        return None
    if field.shape is Shape.DATE and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    if field.shape is Shape.TIME and isinstance(value, str):
        try:
            return datetime.datetime.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return "; ".join(
            f"{_shown(field, str(k), vocabularies, language, titles)}: {_plain(v)}" for k, v in sorted(value.items()) if v is not None
        )
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(sorted(_shown(field, str(v), vocabularies, language, titles) for v in value))
    return _shown(field, str(value), vocabularies, language, titles)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shown(field: FieldSpec, word: str, vocabularies: Vocabularies, language: str, titles: Mapping[str, str]) -> str:
    if field.shape in (Shape.TERM, Shape.TERMS) and field.of in vocabularies:
        return vocabularies[field.of].label(word, language)
    if field.shape in (Shape.LINK, Shape.LINKS):
        return titles.get(word, word)
    return word


def _safe(value: Value) -> str:
    """A cell of CSV as text. What a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value.tzinfo else value.strftime("%Y-%m-%dT%H:%M")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" \u00a0").startswith(_FORMULA) else text


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets take it for what it is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _json(kind: KindSpec, records: Sequence[Record]) -> bytes:
    """One object: kind, total, items; items as `fieldtool list --json` shows them."""
    items = [
        {"id": r.id, **r.fields, "made_at": r.made_at, "made_by": r.made_by, "changed_at": r.changed_at, "changed_by": r.changed_by}
        for r in records
    ]
    return (
        json.dumps({"kind": kind.plural, "total": len(items), "items": items}, ensure_ascii=False, sort_keys=True, indent=1).encode()
        + b"\n"
    )


def table_schema() -> str:
    """The JSON schema (2020-12) of the tables in JSON, as published in docs/tables.schema.json: one definition for each kind."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A table of records",
        "description": "Terms stand as their stored words, links as ids. Times of making and changing in ms since 1970 UTC.",
        "oneOf": [{"$ref": f"#/$defs/{kind.plural}"} for kind in KINDS.values()],
        "$defs": {kind.plural: _table_of(kind) for kind in KINDS.values()},
    }
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _table_of(kind: KindSpec) -> dict[str, object]:
    own: dict[str, object] = {f.name: _TYPES.get(f.shape, {"type": ["string", "null"]}) for f in kind.fields}
    system: dict[str, object] = {name: {"type": "integer" if name.endswith("_at") else "string"} for name in SYSTEM}
    item = {"type": "object", "properties": {**own, **system}, "required": [*SYSTEM], "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"kind": {"const": kind.plural}, "total": {"type": "integer"}, "items": {"type": "array", "items": item}},
        "required": ["kind", "total", "items"],
        "additionalProperties": False,
    }


def _xlsx(title: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    _fill(sheet, title, columns, rows)
    # The library would write the time of day; a table of the same records is the same file.
    book.properties.created = book.properties.modified = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 - the format has no zone
    out = io.BytesIO()
    book.save(out)
    return _fixed_times(out.getvalue())


def _fill(sheet: Worksheet, title: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = title[:31]
    sheet.append(list(columns))
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, datetime.date) and value.year < _FIRST_YEAR:
                value = value.isoformat()
            if isinstance(value, str):
                # Typed as text: a note that begins with "=" must not become a formula.
                cell.value = _cell_text(value)
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            else:
                cell.value = value.replace(tzinfo=None) if isinstance(value, datetime.datetime) else value
                cell.alignment = Alignment(vertical="top")
                if isinstance(value, datetime.datetime):
                    cell.number_format = "yyyy-mm-dd hh:mm"
                elif isinstance(value, datetime.date):
                    cell.number_format = "yyyy-mm-dd"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    for index, name in enumerate(columns):
        longest = max([len(name), *(len(str(row[index])) for row in rows[:500] if row[index] is not None)])
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(60, max(10, longest + 2))


def _cell_text(text: str) -> str:
    """A text that XLSX can hold: without what XML forbids, at most 32,767 UTF-16 units long with the cut said."""
    kept = "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _NO_XML))
    kept = _ESCAPED.sub("_x005F_", kept)
    units = kept.encode("utf-16-le")
    return kept if len(units) <= 2 * _MAX_CELL else units[: 2 * _MAX_CELL - 4].decode("utf-16-le", "ignore") + " …"


def _fixed_times(content: bytes) -> bytes:
    """The workbook's container again with one fixed time for every part."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = source.read(name)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
