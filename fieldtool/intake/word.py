"""Word documents to tables and paragraphs, numbered as the reader of the document sees them; it does not know what they mean."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, fromstring

from fieldtool.intake.archive import ARCHIVE_FAULTS
from fieldtool.intake.grid import MAX_CELL, MAX_COLUMNS, MAX_LINES, Grid, Row, row_of
from fieldtool.intake.preview import Place, file_refused, line_refused
from fieldtool.intake.report import Line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FAULTS = (*ARCHIVE_FAULTS, SyntaxError, KeyError, RecursionError)  # the XML parser's errors are SyntaxErrors
_UNSEEN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK))
MAX_PARAGRAPHS = 50_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document's tables, its paragraphs outside of tables, and whether somebody's changes in it wait for an answer."""

    tables: tuple[Grid, ...]
    paragraphs: tuple[Line, ...]
    tracked: bool


def read_document(name: str, raw: bytes) -> Document:
    """The visible text of a document whose archive has been checked, as if all changes in it were accepted.

    Raises `KnownError` sheet-unreadable for a damaged one, sheet-row for a cell that is too long.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            root = fromstring(archive.read("word/document.xml"))
            numbering = fromstring(archive.read("word/numbering.xml")) if "word/numbering.xml" in names else None
            styles = fromstring(archive.read("word/styles.xml")) if "word/styles.xml" in names else None
        body = root.find(f"{_W}body")
        if body is None:
            raise file_refused(name, "damaged")
        reader = _Reader(name, _Numbers.of(numbering, styles))
        reader.read(body)
    except _FAULTS as error:
        raise file_refused(name, "damaged") from error
    tracked = any(root.find(f".//{_W}{mark}") is not None for mark in ("ins", "del", "moveFrom"))
    return Document(tuple(reader.tables), tuple(reader.paragraphs), tracked)


# ------------------------------------------------------------------------------------------------- automatic numbers

_Level = tuple[str, int]  # a list and the depth in it


def _value(element: Element | None, path: str) -> str:
    found = element.find(path) if element is not None else None
    return found.get(f"{_W}val", "") if found is not None else ""


@dataclass(slots=True)
class _Numbers:
    """What the next paragraph of each list is numbered; lists of one definition count on together unless one starts anew."""

    definition: dict[str, str] = field(default_factory=dict)  # list → its definition
    formats: dict[_Level, str] = field(default_factory=dict)  # by definition
    starts: dict[_Level, int] = field(default_factory=dict)
    restarts: dict[_Level, int] = field(default_factory=dict)  # by list
    styles: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # style → the one it is based on, list, depth
    counts: dict[_Level, int] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> _Numbers:
        """The numbers of a document by its two parts that define them."""
        made = cls()
        for style in styles.iterfind(f"{_W}style") if styles is not None else ():
            properties = style.find(f"{_W}pPr/{_W}numPr")
            named = _value(style, f"{_W}basedOn"), _value(properties, f"{_W}numId"), int(_value(properties, f"{_W}ilvl") or 0)
            made.styles[style.get(f"{_W}styleId", "")] = named
        for abstract in numbering.iterfind(f"{_W}abstractNum") if numbering is not None else ():
            key = abstract.get(f"{_W}abstractNumId", "")
            for level in abstract.iterfind(f"{_W}lvl"):
                depth = int(level.get(f"{_W}ilvl", "0"))
                made.formats[key, depth] = _value(level, f"{_W}numFmt")
                made.starts[key, depth] = int(_value(level, f"{_W}start") or 1)
        for instance in numbering.iterfind(f"{_W}num") if numbering is not None else ():
            listed = instance.get(f"{_W}numId", "")
            made.definition[listed] = _value(instance, f"{_W}abstractNumId")
            for override in instance.iterfind(f"{_W}lvlOverride"):
                if start := _value(override, f"{_W}startOverride"):
                    made.restarts[listed, int(override.get(f"{_W}ilvl", "0"))] = int(start)
        return made

    def next(self, paragraph: Element) -> str:
        """The number before a paragraph, such as `7.` or `b)`, or "" where it has none or only a bullet."""
        properties = paragraph.find(f"{_W}pPr")
        own = properties.find(f"{_W}numPr") if properties is not None else None
        listed, depth = self._of_style(_value(properties, f"{_W}pStyle"))
        listed = _value(own, f"{_W}numId") or listed
        depth = int(_value(own, f"{_W}ilvl") or depth)
        definition = self.definition.get(listed)
        if definition is None:  # number 0 takes a paragraph out of its style's list
            return ""
        key = definition, depth
        if (restart := self.restarts.pop((listed, depth), None)) is not None:
            self.counts[key] = restart - 1
        count = self.counts[key] = self.counts.get(key, self.starts.get(key, 1) - 1) + 1
        for deeper in [k for k in self.counts if k[0] == definition and k[1] > depth]:
            del self.counts[deeper]
        return _written(self.formats.get(key, ""), count)

    def _of_style(self, style: str) -> tuple[str, int]:
        for _ in range(len(self.styles)):
            based, listed, depth = self.styles.get(style, ("", "", 0))
            if listed or not based:
                return listed, depth
            style = based
        return "", 0


def _written(form: str, count: int) -> str:
    if form in ("decimal", "decimalZero"):
        return f"{count}."
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = chr(ord("a") + count - 1)
        return f"{letter if form == 'lowerLetter' else letter.upper()})"
    return ""


# ------------------------------------------------------------------------------------------------------------ content


@dataclass(slots=True)
class _Reader:
    name: str
    numbers: _Numbers
    tables: list[Grid] = field(default_factory=list)
    paragraphs: list[Line] = field(default_factory=list)

    def read(self, body: Element) -> None:
        """Everything in the order of the document."""
        for element in _blocks(body):
            if element.tag == f"{_W}tbl":
                self.tables.append(self._table(element))
            else:
                self._paragraph(element)
            if len(self.paragraphs) > MAX_PARAGRAPHS:
                raise file_refused(self.name, "paragraphs-many", limit=MAX_PARAGRAPHS)

    def _paragraph(self, paragraph: Element) -> None:
        number, text = self.numbers.next(paragraph), _text(paragraph)
        style = _value(paragraph, f"{_W}pPr/{_W}pStyle").lower()
        strong = style.startswith(("heading", "title")) or _all_strong(paragraph)
        for part in text.split("\n"):
            self.paragraphs.append(Line(part.strip(), len(self.paragraphs) + 1, strong, number=number))
            number = ""

    def _table(self, table: Element) -> Grid:
        """A table's lines; a cell that carries on the one above repeats its text, as a merged cell of a sheet does."""
        rows: list[Row] = []
        above: dict[int, str] = {}
        title = f"table {len(self.tables) + 1}"
        for count, line in enumerate(table.iterfind(f"{_W}tr"), 1):
            if count > MAX_LINES:
                break
            texts: list[str] = []
            filled: set[int] = set()
            for cell in line.iterfind(f"{_W}tc"):
                column, properties = len(texts), cell.find(f"{_W}tcPr")
                text = self._cell(cell)
                if len(text) > MAX_CELL:
                    raise line_refused(Place(self.name, title), count, "cell-long", limit=MAX_CELL)
                merged = properties.find(f"{_W}vMerge") if properties is not None else None
                if merged is not None and merged.get(f"{_W}val") != "restart" and not text:
                    text = above.get(column, "")
                    filled.add(column)
                above[column] = text
                width = min(int(_value(properties, f"{_W}gridSpan") or 1), MAX_COLUMNS)
                texts += [text] * width
                filled |= set(range(column + 1, column + width))
            rows.append(row_of(count, texts[:MAX_COLUMNS], filled=frozenset(filled)))
        return Grid(title, tuple(row for row in rows if row.cells))

    def _cell(self, cell: Element) -> str:
        paragraphs = (p for block in _blocks(cell) for p in ([block] if block.tag == f"{_W}p" else block.iter(f"{_W}p")))
        parts = [f"{self.numbers.next(paragraph)} {_text(paragraph)}".strip() for paragraph in paragraphs]
        return "\n".join(part for part in parts if part)


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables below an element, also inside content controls and accepted insertions; tables are not looked into."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag not in _UNSEEN:
            yield from _blocks(child)


def _text(element: Element) -> str:
    """The text that a reader sees of a paragraph; line breaks stay."""
    parts: list[str] = []
    for child in element:
        if child.tag in _UNSEEN or (child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None):
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag == f"{_W}tab":
            parts.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            parts.append("\N{NON-BREAKING HYPHEN}")
        elif child.tag not in (f"{_W}pPr", f"{_W}p"):
            parts.append(_text(child))
    return "".join(parts)


def _all_strong(paragraph: Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    return bool(runs) and all(any(run.find(f"{_W}rPr/{_W}{mark}") is not None for mark in ("b", "i")) for run in runs)
