"""What cannot be read is refused with the line named, hostile files cost little, and nothing comes back half read."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.intake import read_sheet
from fieldtool.intake.grid import MAX_BYTES, MAX_CELL
from fieldtool.intake.sayings import SENTENCES
from tests.unit.intake.written import FREEDOMS, MEDIA, PARTIES, VOCABULARIES, part, read, read_text, sheet_of, with_parts, workbook

GOOD = workbook([["No.", "Recommendation"], [1, FREEDOMS], [2, PARTIES]])


def refusal(act: Callable[[], object]) -> KnownError:
    with pytest.raises(KnownError) as caught:
        act()
    assert caught.value.exit_code is ExitCode.REFUSED
    assert str(caught.value).count(".") >= 2  # what and why; what next
    return caught.value


def reason(error: KnownError) -> object:
    return error.values.get("reason_code")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (f"No.,Recommendation\n1,{FREEDOMS}\nseven,{PARTIES}\n", 3, "number-unread"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n7.1,{PARTIES}\n", 3, "number-unread"),
        (f"No.;Recommendation\n1;{FREEDOMS}\n7, 8;{PARTIES}\n", 3, "number-unread"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n7-8,{PARTIES}\n", 3, "number-unread"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n-7,{PARTIES}\n", 3, "number-unread"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n0,{PARTIES}\n", 3, "number-range"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n1000,{PARTIES}\n", 3, "number-range"),
        (f"No.,Recommendation,Theme\n1,{FREEDOMS},media\n2,,media\n", 3, "text-missing"),
        (f"No.,Recommendation,Theme\n1,{FREEDOMS},media\n,{PARTIES},media\n", 3, "number-missing"),
        (f"No.,Recommendation\nOther recommendations,\n,{PARTIES}\n1,{FREEDOMS}\n", 3, "number-missing"),
        (f"No.,Priority,Recommendation\n1,yes,{FREEDOMS}\n2,perhaps,{PARTIES}\n", 3, "class-unread"),
        (f"No.,Priority,Recommendation\n1,High,{FREEDOMS}\n2,Low,{PARTIES}\n", 2, "class-unread"),
        (f"No.,Letter,Recommendation\n1,a,{FREEDOMS}\n1,first,{PARTIES}\n", 3, "number-unread"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n2,Ease the requirements, and soon\n", 3, "cells-beyond"),
        (f'No.,Recommendation\n1,{FREEDOMS}\n2,"{PARTIES}\n3,{MEDIA}\n', 3, "quote-open"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n2,{'long ' * (MAX_CELL // 4)}\n", 3, "cell-long"),
        (f"No.,Recommendation\n1,{FREEDOMS}\n2,{'long ' * 30_000}\n", 3, "cell-long"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, line: int, code: str) -> None:
    error = refusal(lambda: read_text(text))
    assert (error.code, error.values["line"], reason(error)) == ("sheet-row", line, code)
    assert f"line {line}" in str(error)


def test_the_sheet_is_named_where_there_are_several() -> None:
    heading = ["No.", "Recommendation"]
    raw = workbook([heading, [1, FREEDOMS]], [heading, ["x1", PARTIES]], titles=["first", "second"])
    assert "list.xlsx (second), line 2" in str(refusal(lambda: read(raw, "list.xlsx")))


@pytest.mark.parametrize("numbers", [("1", "1"), ("7a", "7 (A)"), ("7", "№ 7.0")])
def test_a_repeated_number_names_both_lines(numbers: tuple[str, str]) -> None:
    error = refusal(lambda: read_text(f"No.,Recommendation\n{numbers[0]},{FREEDOMS}\n5,{MEDIA}\n{numbers[1]},{PARTIES}\n"))
    assert (error.code, error.values["first"], error.values["second"]) == ("sheet-repeated", "2", "4")


def test_a_number_repeated_on_another_sheet() -> None:
    heading = ["No.", "Recommendation"]
    error = refusal(lambda: read(workbook([heading, [1, FREEDOMS]], [heading, [1, PARTIES]], titles=["EN", "more"])))
    assert (error.code, error.values["first"], error.values["second"]) == ("sheet-repeated", "2 (EN)", "2 (more)")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"hello, this is a letter\nand not a table\n",
        b"No.,Recommendation\n",
        b"No.,Recommendation\n,,\n,,\n",
        b"Name,Phone\nA,1\nB,2\n",
        b"a;b;c\n1;2;3\n",
        "Приоритетные рекомендации\n".encode(),
        b"No.,Amount\n1,200\n2,300\n",
        workbook([]),
        workbook([["No.", "Recommendation"]]),
        workbook([["Name", "Phone"], ["A", 1]]),
    ],
)
def test_a_sheet_without_recommendations(raw: bytes) -> None:
    assert refusal(lambda: read(raw)).code == "sheet-empty"


def test_only_hidden_sheets() -> None:
    def hide(book: Workbook) -> None:
        sheet_of(book, 1).sheet_state = "hidden"

    raw = workbook([["Contents"]], [["No.", "Recommendation"], [1, FREEDOMS]], change=hide)
    assert refusal(lambda: read(raw)).code == "sheet-empty"


@pytest.mark.parametrize(
    ("raw", "code", "why"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "sheet-unreadable", "damaged"),
        (bytes(range(256)) * 20, "file-foreign", None),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "file-foreign", None),
        (b"age-encryption.org/v1\n" + random.Random(1).randbytes(500), "file-foreign", None),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "sheet-unreadable", "old-office"),
        (b"PK\x03\x04 and no archive", "sheet-unreadable", "damaged"),
        (b"\xff\xfeN\x00o\x00\x00\xd8,\x00", "sheet-unreadable", "damaged"),
        (b"No.,Recommendation\n" + b"1,text\n" * (MAX_BYTES // 7 + 9), "sheet-unreadable", "file-large"),
    ],
)
def test_files_that_are_no_sheet(raw: bytes, code: str, why: str | None) -> None:
    error = refusal(lambda: read(raw))
    assert (error.code, reason(error)) == (code, why)


def test_a_path_that_cannot_be_read(tmp_path: Path) -> None:
    assert refusal(lambda: read_sheet(tmp_path / "none.csv", VOCABULARIES)).code == "file-unreadable"
    assert refusal(lambda: read_sheet(tmp_path, VOCABULARIES)).code == "file-unreadable"


# --- hostile and damaged workbooks


def archive(**parts: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return saved.getvalue()


def test_an_archive_that_is_no_workbook() -> None:
    assert reason(refusal(lambda: read(archive(**{"manifest.json": b"{}"})))) == "other-archive"
    slides = archive(**{"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})
    assert reason(refusal(lambda: read(slides))) == "other-archive"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml"])
def test_entities_are_refused_before_anything_is_parsed(tmp_path: Path, name: str, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    evil = f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}"><!ENTITY s SYSTEM "{secret.as_uri()}">]>' + part(GOOD, name).decode().split("?>", 1)[-1]
    assert reason(refusal(lambda: read(with_parts(GOOD, {name: evil.encode(encoding)})))) == "declares-entities"


def test_a_bomb_is_refused_by_its_declared_size() -> None:
    started = time.monotonic()
    bomb = with_parts(GOOD, {"xl/worksheets/sheet1.xml": b" " * 200_000_000})
    assert len(bomb) < 400_000
    assert reason(refusal(lambda: read(bomb))) == "unpacks-large"
    assert time.monotonic() - started < 10


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = with_parts(GOOD, {"xl/worksheets/sheet1.xml": b" " * 100_000_000})
    lying = bomb.replace((100_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    assert reason(refusal(lambda: read(lying))) == "damaged"


def test_a_part_that_stands_twice_is_refused() -> None:
    saved = io.BytesIO(GOOD)
    with zipfile.ZipFile(saved, "a") as target, pytest.warns(UserWarning, match="Duplicate name"):
        target.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    assert reason(refusal(lambda: read(saved.getvalue()))) == "damaged"


def test_a_merged_area_as_large_as_the_sheet_costs_little() -> None:
    rows: list[list[object]] = [["No.", "Recommendation"], *([n, f"{FREEDOMS} {n}"] for n in range(1, 900))]

    def merge(book: Workbook) -> None:
        sheet_of(book).merged_cells.add("C2:XFD1048576")
        sheet_of(book)["C2"] = "everywhere"

    started = time.monotonic()
    assert len(read(workbook(rows, change=merge)).recommendations) == 899
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/workbook.xml", b"no xml at all"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='x'><c t='s'><v>99</v></c></row></sheetData></worksheet>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet"),
        ("xl/styles.xml", b"<styleSheet>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("[Content_Types].xml", b"<Types/>"),
    ],
)
def test_contradicting_parts_are_refused(name: str, content: bytes) -> None:
    error = refusal(lambda: read(with_parts(GOOD, {name: content})))
    assert error.code in ("sheet-unreadable", "sheet-empty")


def outcome(raw: bytes) -> str:
    """What reading came to: "read", or the code of the refusal; anything else is a bug and raises."""
    try:
        read(raw)
    except KnownError as error:
        return error.code
    return "read"


def test_damage_anywhere_is_refused_or_harmless() -> None:
    """Every truncation and flip: a whole preview or a known refusal, never a bug."""
    dice = random.Random(7)
    for _ in range(150):
        raw = bytearray(GOOD)
        if dice.random() < 0.3:
            del raw[dice.randrange(len(raw)) :]
        for _ in range(dice.choice((1, 1, 3, 40))):
            if raw:
                raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        assert outcome(bytes(raw)) in {"read", "sheet-unreadable", "sheet-empty", "sheet-row", "sheet-repeated", "file-foreign"}


def test_damage_inside_the_unpacked_parts_is_refused_or_harmless() -> None:
    """The checksums of the archive hide the parser from plain flips: damage the XML itself."""
    dice = random.Random(11)
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        whole = part(GOOD, name)
        for _ in range(25):
            content = bytearray(whole)
            for _ in range(dice.choice((1, 2, 9))):
                content[dice.randrange(len(content))] = dice.choice(b"0123456789<>/\"'=&; azAZ\x00\xff")
            raw = with_parts(GOOD, {name: bytes(content)})
            assert outcome(raw) in {"read", "sheet-unreadable", "sheet-empty", "sheet-row", "sheet-repeated"}


def test_every_sentence_is_there_in_both_languages_with_the_same_values() -> None:
    import string

    for code, (english, russian) in SENTENCES.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, russian)]
        assert fields[0] == fields[1], code
        assert not any("а" <= c <= "я" for c in english.casefold()), code
        assert any("а" <= c <= "я" for c in russian.casefold()), code
