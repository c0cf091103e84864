"""Text of separated columns in any usual encoding to rows; it does not know what the columns mean."""

from __future__ import annotations

import codecs
import csv
import io
import re
from math import log

from fieldtool.domain.errors import refuse
from fieldtool.intake.grid import MAX_CELL, MAX_COLUMNS, MAX_LINES, Grid, Row, row_of
from fieldtool.intake.preview import Place, file_refused, line_refused

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BYTE_ENCODINGS = ("windows-1251", "koi8-r", "cp866", "windows-1252")  # the first wins where nothing tells them apart

# How often each letter occurs in Russian, in thousandths: enough to tell one Cyrillic encoding from another.
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_THOUSANDTHS = (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 1, 1)
_FREQUENCY = dict(zip(_RUSSIAN, _THOUSANDTHS, strict=True))
_NEUTRAL = frozenset("«»„“”‘’–—…№§°·•\u00a0\u00ad")


def decode_text(name: str, raw: bytes) -> tuple[str, str]:
    """The text of `raw` and the name of its encoding. Raises `KnownError` file-foreign when it is no text."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decoded(name, raw[len(mark) :], encoding), encoding
    if b"\x00" in raw[:4096]:
        encoding = _wide_encoding(raw[:4096])
        if not encoding:
            raise refuse("file-foreign", file=name)
        return _decoded(name, raw, encoding), encoding
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _is_binary(raw):
            raise refuse("file-foreign", file=name) from None
    encoding = max(_BYTE_ENCODINGS, key=lambda e: _likelihood(raw, e))
    return raw.decode(encoding, errors="replace"), encoding


def _decoded(name: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise file_refused(name, "damaged") from error


def _wide_encoding(start: bytes) -> str:
    """UTF-16 without a mark shows by zero bytes (of commas, digits, line ends) on one side only; "" when it is no text."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if even and odd:
        return ""
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = start[: len(start) // 2 * 2].decode(encoding, errors="ignore")
    return encoding if any(sep in text for sep in "\n\r") and "\x00" not in text else ""


def _is_binary(raw: bytes) -> bool:
    controls = sum(raw.count(c) for c in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls > len(raw) // 100


def _likelihood(raw: bytes, encoding: str) -> float:
    """How much the high bytes of `raw` look like writing in that encoding: a sum of log frequencies, punished for what no writer does."""
    text = raw[:65536].decode(encoding, errors="replace")
    score, before = 0.0, " "
    for here in text:
        if here >= "\x80" and here not in _NEUTRAL:
            score += _letter_score(before, here)
        elif here.isalpha() and "а" <= before.lower() <= "ё":
            score -= 5  # a Latin letter glued to a Cyrillic one
        before = here
    return score


def _letter_score(before: str, here: str) -> float:
    small = here.lower()
    if small in _FREQUENCY:
        score = log(_FREQUENCY[small] / 20)
        if here != small and before.isalpha() and before == before.lower():
            score -= 4  # a capital within a word of small letters
        if before.isascii() and before.isalpha():
            score -= 5
        return score
    if here.isalpha() and here <= "\u024f":  # an accented Latin letter belongs beside Latin letters
        return 0.5 if before.isascii() and (before.isalpha() or not before.isalnum()) else -6
    return -2 if here.isalpha() else -8


def separated(text: str, separator: str, place: Place) -> Grid:
    """The lines of `text` split at `separator`. Raises `KnownError` sheet-row for a quotation mark that never closes or a cell too long."""
    rows: list[Row] = []
    strict = True
    while True:
        rows.clear()
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        start, gap = 1, False
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append(_row(start, cells, gap, place))
                start, gap = reader.line_num + 1, not any(cells)
                if len(rows) > MAX_LINES:
                    break
        except csv.Error as error:
            if "end of data" in str(error):
                raise line_refused(place, start, "quote-open") from None
            if "field larger" in str(error):
                raise line_refused(place, start, "cell-long", limit=MAX_CELL) from None
            if not strict:
                raise file_refused(place.file, "damaged") from error
            strict = False  # `"Parliament" and others`: programs write it, and it can be read
            continue
        return Grid("", tuple(rows))


def _row(line: int, cells: list[str], gap: bool, place: Place) -> Row:
    if any(len(cell) > MAX_CELL for cell in cells):
        raise line_refused(place, line, "cell-long", limit=MAX_CELL)
    return row_of(line, [_unformulated(cell) for cell in cells[:MAX_COLUMNS]], after_gap=gap)


_AS_TEXT = re.compile(r'="([^"]*)"\Z')


def _unformulated(cell: str) -> str:
    """`="007"` is how programs keep a number as text; anything else stays as it is."""
    found = _AS_TEXT.match(cell)
    return found[1] if found else cell


def announced_separator(text: str) -> tuple[str, str]:
    """The separator that a first line `sep=;` announces and the text with that line blanked, or "" and the text unchanged."""
    found = re.match(r'"?sep=([,;\t|])"?[ \t]*(?=\r|\n|\Z)', text, re.IGNORECASE)
    return (found[1], text[found.end() :]) if found else ("", text)
