"""The lines of a PDF's pages, read in a process of their own: what a foreign file does to the reader stays there. It knows no chapters."""

from __future__ import annotations

import ctypes
import multiprocessing
import re
import signal
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median
from typing import TYPE_CHECKING

from fieldtool.intake.preview import file_refused
from fieldtool.intake.report import Line, running_text

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

MAX_PAGES = 500
PATIENCE = 60.0  # seconds; a report of 60 pages takes less than one
_SMALL, _SMALL_MARK, _LIFTED = 0.87, 0.8, 0.15  # of the usual height: a line of a footnote, a footnote's mark, how far one is raised
_STRONG = re.compile(r"bold|black|heavy|semibold|italic|oblique", re.IGNORECASE)
_ALONE = re.compile(r"\(?\d{1,3}[a-z]?[.)]\Z")


def read_pages(name: str, raw: bytes) -> list[Line]:
    """The lines of all pages without running heads and footnotes; `place` is the page, from 1.

    Raises `KnownError` sheet-unreadable for a file that is damaged, locked, too long, or that holds pictures of pages only.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, raw), name="fieldtool-report", daemon=True)
    process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(PATIENCE) else "damaged"
    except EOFError:
        answer = "damaged"
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(answer, str):
        raise file_refused(name, answer, limit=MAX_PAGES)
    lines = running_text(answer)
    if not lines:
        raise file_refused(name, "no-text")
    return lines


# --- in a process of its own


def _work(connection: Connection, raw: bytes) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal: whoever waits for us decides
    connection.send(_pages(raw))
    connection.close()


def _pages(raw: bytes) -> list[list[Line]] | str:
    """The lines of each page, or the code of the reason why there are none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        return "locked" if "password" in str(error).lower() else "damaged"
    if len(document) > MAX_PAGES:
        return "pages-many"
    texts = [document[at].get_textpage() for at in range(len(document))]
    drawn = [_drawn(text) for text in texts]
    heights = Counter(round(sign.height, 1) for page in drawn for line in page for sign in line if sign.height)
    usual = heights.most_common(1)[0][0] if heights else 0.0
    return [_lines(text, page, number, usual) for number, (text, page) in enumerate(zip(texts, drawn, strict=True), 1)]


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character, the height of its line box in points (0 for blanks), where its drawing stands up from, and its place on the page."""

    code: int
    height: float
    foot: float
    at: int


def _drawn(page: PdfTextPage) -> list[list[_Sign]]:
    """The characters of a page, line by line; lines of blanks are left out."""
    from pypdfium2 import raw as pdfium

    lines: list[list[_Sign]] = [[]]
    box = pdfium.FS_RECTF()
    left, right, foot, top = (ctypes.c_double() for _ in range(4))
    for at in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page, at)
        if code in (10, 13):
            lines.append([])
            continue
        boxed = code > 32 and pdfium.FPDFText_GetLooseCharBox(page, at, box)
        boxed = boxed and pdfium.FPDFText_GetCharBox(page, at, left, right, foot, top)
        lines[-1].append(_Sign(code, box.top - box.bottom if boxed else 0.0, foot.value if boxed else 0.0, at))
    return [line for line in lines if any(sign.height for sign in line)]


def _lines(page: PdfTextPage, drawn: list[list[_Sign]], number: int, usual: float) -> list[Line]:
    """The lines of a page, without those in small print; `usual` is the height of the text's letters in points.

    Small or raised numbers inside a line are marks of footnotes and no part of a sentence; a line that begins with one is a footnote. A
    number all alone is a mark or the number of the page.
    """
    found: list[Line] = []
    for line in drawn:
        seen = [sign for sign in line if sign.height]
        ground = median(sign.foot for sign in seen) + usual * _LIFTED
        marks = {s.at for s in seen if chr(s.code).isdigit() and (s.height < usual * _SMALL_MARK or s.foot > ground)}
        first = seen[0].at
        if median(sign.height for sign in seen) < usual * _SMALL and first not in marks:
            continue
        if first not in marks and len(seen) <= 3 and all(chr(sign.code).isdigit() for sign in seen):
            continue
        text = _decoded([sign.code for sign in line if sign.at not in marks]).replace("\x02", "-").replace("\ufffe", "-")
        found.append(Line(" ".join(text.split()), number, _is_strong(page, first), flows=True, note=first in marks))
    return _joined(found)


def _decoded(codes: list[int]) -> str:
    return "".join(map(chr, codes)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _is_strong(page: PdfTextPage, at: int) -> bool:
    from pypdfium2 import raw as pdfium

    if pdfium.FPDFText_GetFontWeight(page, at) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(page, at, name, len(name), flags)
    return _STRONG.search(name.value.decode("utf-8", "replace")) is not None


def _joined(lines: list[Line]) -> list[Line]:
    """A number that stands on a line of its own belongs to the text after it."""
    found: list[Line] = []
    for line in lines:
        if found and _ALONE.match(found[-1].text):
            found[-1] = Line(f"{found[-1].text} {line.text}", line.place, line.strong, flows=True)
        else:
            found.append(line)
    return found
