"""Reads our own kind of PDF back: text of each page, attached files, data about the document;
it judges nothing and trusts nothing it reads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")  # the record's SHA-256, on every page of a summary
_MAX_DEPTH = 40
_TRACE = re.compile(r"Fieldtool|record-sha256 ")
_UNREADABLE = (pikepdf.PdfError, pikepdf.DataDecodingError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")


class NotReadable(ValueError):
    """The bytes are no PDF that this module can read."""


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """What stands in a document: text per page, files by name, the information dictionary, the metadata packet, names of signature
    fields."""

    pages: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    information: tuple[tuple[str, str], ...]
    packet: bytes
    fields: tuple[str, ...]


def read_pdf(content: bytes) -> ReadPdf:
    """Read a document. Raises `NotReadable`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            fonts: dict[tuple[int, int], dict[int, str]] = {}
            pages = tuple(_text(page.obj, fonts) for page in pdf.pages)
            information = tuple(sorted((str(k), str(v)) for k, v in pdf.docinfo.items()))
            return ReadPdf(pages, tuple(_files(pdf)), information, _packet(pdf), tuple(_field_names(pdf)))
    except _UNREADABLE as error:
        raise NotReadable(type(error).__name__) from error


def was_summary(content: bytes) -> bool:
    """Whether a document is a visit summary or once was one: a single trace of one is enough, so that a mangled one is still judged.

    A document that nothing can read counts as one, too: a verdict names what is wrong with it.
    """
    try:
        document = read_pdf(content)
    except NotReadable:
        return True
    information = dict(document.information)
    traces = (information.get("/Producer", ""), information.get("/Keywords", ""), information.get("/Creator", ""))
    return bool(document.fields or document.files or any(_TRACE.match(t) for t in traces) or any(map(_DIGEST.search, document.pages)))


def every_text(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text string and every stream of a document, with the place: what a leak check has to look through beyond the pages."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts: dict[tuple[int, int], dict[int, str]] = {}
        for index, page in enumerate(pdf.pages, 1):
            yield f"page {index}", _text(page.obj, fonts)
        for number, thing in enumerate(pdf.objects):
            place = f"object {number + 1}"
            yield from _strings(thing, place, 0)
            if isinstance(thing, Stream) and "/Length1" not in thing:  # a font's outlines say nothing
                yield place, thing.read_bytes().decode("utf-8", "replace")
        yield from _strings(pdf.trailer, "trailer", 0)


def _strings(thing: object, place: str, depth: int) -> Iterator[tuple[str, str]]:
    """The text strings inside one object, without following references: every indirect object is looked at by itself."""
    if depth > _MAX_DEPTH:
        raise NotReadable("nested too deeply")
    if isinstance(thing, String):
        yield place, str(thing)
    elif isinstance(thing, Array):
        for item in thing:
            yield from _strings(_direct(item), place, depth + 1)
    elif isinstance(thing, Dictionary | Stream):
        for key, item in thing.items():
            yield from _strings(_direct(item), f"{place} {key}" if depth == 0 else place, depth + 1)


def _direct(item: object) -> object:
    return None if getattr(item, "is_indirect", False) else item


def _text(page: Dictionary, fonts: dict[tuple[int, int], dict[int, str]]) -> str:
    known = page.get("/Resources", Dictionary()).get("/Font", Dictionary())
    current: dict[int, str] = {}
    out: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            current = _characters(known.get(str(instruction.operands[0])), fonts)
        elif operator in ("Tj", "'", '"'):
            out.append(_decoded(instruction.operands[-1], current))
        elif operator == "TJ":
            out += [_decoded(part, current) for part in instruction.operands[0] if isinstance(part, String)]
        elif operator in ("ET", "T*", "Td", "TD"):
            out.append("\n" if operator == "ET" else " ")
    return "".join(out)


def _characters(font: Object | None, fonts: dict[tuple[int, int], dict[int, str]]) -> dict[int, str]:
    if font is None or "/ToUnicode" not in font:
        return {}
    key = font.objgen
    if key not in fonts:
        table = {}
        for block in _BLOCK.findall(font.ToUnicode.read_bytes()):
            for code, text in _PAIR.findall(block):
                table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        fonts[key] = table
    return fonts[key]


def _decoded(operand: object, characters: dict[int, str]) -> str:
    return "".join(characters.get(code, "") for code in bytes(operand)) if isinstance(operand, String) else ""


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    names = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary()).get("/Names", Array())
    for index in range(0, len(names), 2):
        spec = names[index + 1]
        yield str(spec.UF), spec.EF.UF.read_bytes()


def _packet(pdf: pikepdf.Pdf) -> bytes:
    metadata = pdf.Root.get("/Metadata")
    return metadata.read_bytes() if isinstance(metadata, Stream) else b""


def _field_names(pdf: pikepdf.Pdf) -> Iterator[str]:
    for field in pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array()):
        if field.get("/FT") == Name.Sig:
            yield str(field.T)
        else:
            yield f"?{field.get('/T', '')}"
