"""Sheets and documents as people make them, written by code: the tests' only source of messy files besides the shipped sample."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.intake import SheetPreview, read_sheet
from fieldtool.services.vocabularies import load_vocabularies

VOCABULARIES: Vocabularies = load_vocabularies()
FREEDOMS = "Lift undue restrictions on expression and assembly."
PARTIES = "Ease the requirements for registering political parties."
MEDIA = "Oblige public broadcasters to hold debates with all contestants."


def read(raw: bytes, name: str = "sheet.csv") -> SheetPreview:
    """The preview of these bytes."""
    return read_sheet(raw, VOCABULARIES, name=name)


def read_text(text: str, encoding: str = "utf-8") -> SheetPreview:
    """The preview of this text."""
    return read(text.encode(encoding))


def workbook(*sheets: Sequence[Sequence[object]], change: Callable[[Workbook], None] | None = None, titles: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets' rows; `change` may merge cells, hide sheets and the like before it is saved."""
    book = Workbook()
    for at, rows in enumerate(sheets):
        sheet = sheet_of(book) if at == 0 else book.create_sheet()
        for row in rows:
            sheet.append(list(row))
        if titles:
            sheet.title = titles[at]
    if change:
        change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def sheet_of(book: Workbook, at: int = 0) -> Worksheet:
    """A sheet of a workbook by its place."""
    return book.worksheets[at]


def with_parts(raw: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The workbook with some parts of its archive replaced or added."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, content in changed.items():
            target.writestr(name, content)
    return saved.getvalue()


def part(raw: bytes, name: str) -> bytes:
    """One part of a workbook's archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def remark_codes(preview: SheetPreview) -> list[tuple[int, str]]:
    """The remarks as (line, code)."""
    return [(r.line, r.saying.code) for r in preview.remarks]


def taken(preview: SheetPreview) -> dict[str, str]:
    """What each column was taken for, by its letter."""
    return {c.letter: c.taken_as for c in preview.columns}


def document(body: str, *, numbering: str = "", styles: str = "") -> bytes:
    """A Word document of these elements; `numbering` and `styles` are the insides of its two parts that number paragraphs."""
    around = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {around}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {around}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {around}>{styles}</w:styles>",
    }
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return saved.getvalue()


def paragraph(text: str, *, bold: bool = False, listed: tuple[str, int] | None = None, style: str = "") -> str:
    """A paragraph of one run; `listed` is the list and the depth in it."""
    numbered = f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>' if listed else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    strong = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:pPr>{named}{numbered}</w:pPr><w:r>{strong}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_table(*rows: Sequence[str]) -> str:
    """A table; each cell is a text or the inside of a `w:tc` element, if it begins with a bracket."""
    lines = ("".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"
