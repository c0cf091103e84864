"""The PDF's fonts: registered once, chosen per character; import it before any other module of the PDF library, and nowhere but in the
layout."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.sax.saxutils import escape

from reportlab import rl_config

from fieldtool import resources
from fieldtool.reports import printable

# The library reads these while its modules are imported. An unembedded Helvetica would otherwise creep in by table and drawing defaults.
rl_config.canvas_basefontname = "NS"
rl_config.defaultGraphicsFontName = "NS"
rl_config.useA85 = 0
rl_config.invariant = 1

from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: E402 - after the configuration above

_FILES = {
    "NS": "NotoSans-Regular",
    "NS-B": "NotoSans-Bold",
    "NS-I": "NotoSans-Italic",
    "NS-BI": "NotoSans-BoldItalic",
    "KA": "NotoSansGeorgian-Regular",
    "KA-B": "NotoSansGeorgian-Bold",
    "HY": "NotoSansArmenian-Regular",
    "HY-B": "NotoSansArmenian-Bold",
    "SY": "NotoSansSymbols2-Regular",
    "MA": "NotoSansMath-Regular",
}
_FAMILIES = (("NS", "NS-B", "NS-I", "NS-BI"), ("KA", "KA-B", "KA", "KA-B"), ("HY", "HY-B", "HY", "HY-B"), ("SY",) * 4, ("MA",) * 4)
CHAIN = ("NS", "KA", "HY", "SY", "MA")


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of a font subset.

    WORKAROUND: the library maps unused codes to U+0000, which PDF/A forbids, and writes blocks longer than the 100 entries that a CMap
    may have.
    """
    pairs = [(code, character) for code, character in enumerate(subset) if character]
    blocks = []
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines = "\n".join(f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>" for code, character in part)
        blocks.append(f"{len(part)} beginbfchar\n{lines}\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{''.join(blocks)}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


class _Font(ttfonts.TTFont):
    """A font that measures each word once: a document is set twice, and most words come again."""

    _asciiReadable: int  # the library's own: whether a document gets all of ASCII at once

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        known = self._widths.get(text)
        if known is None:
            known = self._widths[text] = super().stringWidth(text, 1000, encoding)
        return known * size / 1000

    @functools.cached_property
    def _widths(self) -> dict[str, float]:
        return {}


def register() -> None:
    """Make the fonts known to the library."""
    ttfonts.makeToUnicodeCMap = _to_unicode
    for name, file in _FILES.items():
        pdfmetrics.registerFont(_Font(name, str(resources.path("fonts", "pdf", f"{file}.ttf"))))
    for normal, bold, italic, both in _FAMILIES:
        pdfmetrics.registerFontFamily(normal, normal=normal, bold=bold, italic=italic, boldItalic=both)


@contextmanager
def sparse() -> Iterator[None]:
    """Documents begun meanwhile get no glyphs but those they draw; elsewhere the whole of ASCII comes along, which makes longer texts
    smaller."""
    fonts = [font for name in _FILES if isinstance(font := pdfmetrics.getFont(name), _Font)]
    for font in fonts:
        font._asciiReadable = 0
    try:
        yield
    finally:
        for font in fonts:
            font._asciiReadable = 1


register()  # the library's style sheet looks its base font up while it is imported


@functools.cache
def _drawn(family: str) -> frozenset[int]:
    font = pdfmetrics.getFont(family)
    assert isinstance(font, ttfonts.TTFont)
    return frozenset(font.face.charToGlyph)


@functools.lru_cache(maxsize=8192)
def face_of(character: str) -> str:
    """The family that draws a character. Raises `ValueError` where none does: `printable` refuses such text before it comes here."""
    code = ord(character)
    for family in CHAIN:
        if code in _drawn(family):
            return family
    raise ValueError(f"no font draws {printable.name_of(character)}")


def has_face(character: str) -> bool:
    """Whether a font here draws the character."""
    try:
        face_of(character)
    except ValueError:
        return False
    return True


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text cut into (family, run): each run can be drawn by one family. Spaces stay with the run before them."""
    text = tidy(text)
    if text.isascii():
        if text:
            yield CHAIN[0], text
        return
    family, start = CHAIN[0], 0
    for i, character in enumerate(text):
        wanted = family if character == " " else face_of(character)
        if wanted != family:
            if i > start:
                yield family, text[start:i]
            family, start = wanted, i
    if len(text) > start:
        yield family, text[start:]


def tidy(text: str) -> str:
    """The text in NFC with tabs and line breaks as spaces: what a line can hold."""
    return unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r\n", "\n").replace("\n", " ")


def markup(text: str) -> str:
    """User text as paragraph markup: escaped, every run in a font that has its characters. Text is data: no tag in it survives as one."""
    return "".join(escape(run) if family == CHAIN[0] else f'<font face="{family}">{escape(run)}</font>' for family, run in runs(text))


def face(family: str, bold: bool) -> str:
    """The font of a family, bold or regular."""
    return f"{family}-B" if bold and family in ("NS", "KA", "HY") else family


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in points."""
    return float(sum(pdfmetrics.stringWidth(run, face(family, bold), size) for family, run in runs(text)))


def lines(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than `room` points; a word that is wider stands alone on its line."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size, bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return found
