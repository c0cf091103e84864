"""Tables read back by the programs they are for: typed, filtered, safe, and the same bytes each time."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from fieldtool.domain.changes import Record
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.reports.tables import table_schema, write_table
from tests.unit.reports.sample import sample_visit, vocabularies

VISIT, ENTITY, _ = sample_visit()
WORDS = vocabularies()


def action(**fields: JsonValue) -> Record:
    return Record(
        EntityId("0198fa00-0000-7000-8000-000000000001"), "action", dict(fields), 1_650_000_000_000, "Elena", 1_650_000_060_000, "Tomas"
    )


def sheet_of(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return sheet


def test_recommendations_as_a_workbook() -> None:
    titles: dict[str, str] = {r.id: str(r.fields["reference"]) for r in VISIT.records["report"]}
    content = write_table(KINDS["recommendation"], VISIT.records["recommendation"], ".xlsx", vocabularies=WORDS, titles=titles)
    sheet = sheet_of(content)
    head = [c.value for c in sheet[1]]
    assert head[:4] == ["id", "report", "number", "letter"]
    assert sheet.max_row == 28
    first = dict(zip(head, (c.value for c in sheet[2]), strict=True))
    assert (first["report"], first["number"], first["class"], first["themes"]) == ("KAZ-2021-PAR", 1, "Priority", "Fundamental freedoms")
    assert first["made_at"] == datetime.datetime(2022, 4, 10, 14, 17, 20)  # noqa: DTZ001 - a cell has no zone; the column is UTC
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(10 <= sheet.column_dimensions[letter].width <= 60 for letter in "ABCDEFG")


def test_labels_follow_the_language() -> None:
    content = write_table(KINDS["position"], VISIT.records["position"], ".csv", vocabularies=WORDS, language="ru")
    assert "Отклоняет" in content.decode("utf-8-sig")


def test_dates_are_dates() -> None:
    sheet = sheet_of(write_table(KINDS["action"], VISIT.records["action"], ".xlsx", vocabularies=WORDS))
    column = [c.value for c in sheet[1]].index("due")
    assert sheet[2][column].value == datetime.datetime(2022, 6, 30)  # noqa: DTZ001
    assert sheet[2][column].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_the_same_records_give_the_same_bytes(suffix: str) -> None:
    records = VISIT.records["note"]
    once = write_table(KINDS["note"], records, suffix, vocabularies=WORDS)
    assert write_table(KINDS["note"], list(reversed(records)), suffix, vocabularies=WORDS) == once


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u00a0=HYPERLINK(0)", "%0A=1", "\n=1", "＝1+1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    record = action(description=text, owner=text)
    rows = list(csv.DictReader(io.StringIO(write_table(KINDS["action"], [record], ".csv", vocabularies=WORDS).decode("utf-8-sig"))))
    assert rows[0]["description"] == f"'{text}"
    sheet = sheet_of(write_table(KINDS["action"], [record], ".xlsx", vocabularies=WORDS))
    cell = sheet[2][[c.value for c in sheet[1]].index("description")]
    assert cell.data_type == "s"
    assert cell.value == text


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_text_survives_or_is_made_safe(text: str) -> None:
    record = action(description=text)
    json_text = write_table(KINDS["action"], [record], ".json", vocabularies=WORDS)
    assert json.loads(json_text)["items"][0]["description"] == text
    rows = list(
        csv.DictReader(io.StringIO(write_table(KINDS["action"], [record], ".csv", vocabularies=WORDS).decode("utf-8-sig"), newline=""))
    )
    assert rows[0]["description"].removeprefix("'") == text.removeprefix("'")
    sheet_of(write_table(KINDS["action"], [record], ".xlsx", vocabularies=WORDS))


def test_csv_is_what_spreadsheets_take_for_utf_8() -> None:
    content = write_table(KINDS["note"], VISIT.records["note"], ".csv", vocabularies=WORDS)
    assert content.startswith(b"\xef\xbb\xbfid,")
    assert "Комиссия готова" in content.decode("utf-8-sig")


def test_deleted_records_are_not_in_a_table() -> None:
    record = action(description="gone")
    gone = Record(record.id, "action", record.fields, 0, "", 0, "", deleted=True)
    assert json.loads(write_table(KINDS["action"], [gone], ".json", vocabularies=WORDS)) == {"kind": "actions", "total": 0, "items": []}


def test_an_empty_table_has_its_head() -> None:
    assert sheet_of(write_table(KINDS["action"], [], ".xlsx", vocabularies=WORDS)).max_row == 1


@pytest.mark.parametrize("suffix", [".ods", "", ".pdf", "xlsx"])
def test_another_kind_of_table_is_refused(suffix: str) -> None:
    if suffix == "xlsx":
        assert write_table(KINDS["action"], [], f".{suffix}", vocabularies=WORDS)
        return
    with pytest.raises(KnownError):
        write_table(KINDS["action"], [], suffix, vocabularies=WORDS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\uffffb\ufffe", "ab"), ("bell\x07 and \x00null", "bell and null"), ("_x0041_ stays", "_x005F_x0041_ stays"),
        ("two\nlines", "two\nlines"), ("\u202bمرحبا\u202c", "\u202bمرحبا\u202c"), ("2022-01-01", "2022-01-01"), ("1e5", "1e5"),
        ("007", "007"),
    ],
)  # fmt: skip
def test_a_text_in_a_workbook_is_the_text(text: str, shown: str) -> None:
    """`_x0041_` would be read as the letter A: the format's own escape keeps it."""
    sheet = sheet_of(write_table(KINDS["action"], [action(description=text)], ".xlsx", vocabularies=WORDS))
    cell = sheet[2][[c.value for c in sheet[1]].index("description")]
    assert (cell.value, cell.data_type) == (shown, "s")


@pytest.mark.parametrize("letter", ["x", "ж", "😀"])
def test_a_text_longer_than_a_cell_is_cut_and_says_so_and_stands_whole_elsewhere(letter: str) -> None:
    record = action(description=letter * 40_000)
    sheet = sheet_of(write_table(KINDS["action"], [record], ".xlsx", vocabularies=WORDS))
    shown = str(sheet[2][[c.value for c in sheet[1]].index("description")].value)
    assert shown.endswith(f"{letter} …")
    assert len(shown.encode("utf-16-le")) // 2 <= 32_767
    assert letter * 40_000 in write_table(KINDS["action"], [record], ".csv", vocabularies=WORDS).decode()
    assert letter * 40_000 in write_table(KINDS["action"], [record], ".json", vocabularies=WORDS).decode()


def test_a_date_before_the_calendar_of_workbooks_is_a_text() -> None:
    sheet = sheet_of(write_table(KINDS["action"], [action(description="old", due="1850-01-01")], ".xlsx", vocabularies=WORDS))
    cell = sheet[2][[c.value for c in sheet[1]].index("due")]
    assert (cell.value, cell.data_type) == ("1850-01-01", "s")


def test_the_published_schema_of_tables_is_the_one_in_force() -> None:
    published = Path(__file__).resolve().parents[3] / "docs" / "tables.schema.json"
    assert published.read_text("utf-8") == table_schema()


TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


@pytest.mark.parametrize("kind", [k for k in VISIT.records if k in KINDS])
def test_a_table_in_json_is_what_its_schema_says(kind: str) -> None:
    table = json.loads(write_table(KINDS[kind], VISIT.records[kind], ".json", vocabularies=WORDS))
    known = json.loads(table_schema())["$defs"][KINDS[kind].plural]["properties"]
    assert table["kind"] == known["kind"]["const"]
    properties = known["items"]["items"]["properties"]
    for item in table["items"]:
        for name, value in item.items():
            wanted = properties[name]["type"]
            assert type(value) in [TYPES[t] for t in (wanted if isinstance(wanted, list) else [wanted])], (name, value)
