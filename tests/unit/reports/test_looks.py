"""What a typographer would see, measured on the finished pages: margins, page ends, tables that break, nothing clipped."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from fieldtool.reports import faces, styles
from fieldtool.reports.document import Edition
from fieldtool.reports.leaks import compose_checked
from fieldtool.reports.rendering import render
from tests.unit.reports import tools
from tests.unit.reports.extremes import CROWD, LONG_OFFICE, SAID, URL, VISITS, WORD
from tests.unit.reports.sample import sample_material

LINE = 0.6  # points that a letter may lean over its advance width
FOOT = 0.45  # of a page's height that may be white at its foot before it looks half empty


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; y grows downwards, from the upper edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Set:
    """A document that was set: its words by page, its text, its bytes."""

    pages: list[list[Word]]
    content: bytes
    text: str


VISITS_AND_SAMPLE = {"sample": sample_material, **VISITS}


@pytest.fixture(scope="module", params=VISITS_AND_SAMPLE)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Set:
    """Each of the visits."""
    return set_pages(request.param, tmp_path_factory.mktemp("looks"))


def set_pages(name: str, folder: Path) -> Set:
    """A visit's document, measured by poppler."""
    content = render(compose_checked(VISITS_AND_SAMPLE[name]())).content
    file = folder / "summary.pdf"
    file.write_bytes(content)
    root = ElementTree.fromstring(tools.run("pdftotext", "-bbox", "-enc", "UTF-8", file, "-"))
    named = "{http://www.w3.org/1999/xhtml}"
    pages = [
        [Word(w.text or "", *(float(w.get(k, "0")) for k in ("xMin", "yMin", "xMax", "yMax"))) for w in page.iter(f"{named}word")]
        for page in root.iter(f"{named}page")
    ]
    return Set(pages, content, tools.raw_text_of(file))


def test_no_text_stands_outside_the_margins(document: Set) -> None:
    width = styles.PAGE[0]
    outside = [
        (number, word.text, word.left, word.right)
        for number, page in enumerate(document.pages, 1)
        for word in page
        if word.left < styles.MARGIN - LINE or word.right > width - styles.MARGIN + LINE
    ]
    assert outside == []


def test_no_text_runs_into_the_foot_of_the_page(document: Set) -> None:
    """Between the type area and the footer there is nothing."""
    low, foot = styles.PAGE[1] - styles.MARGIN + 3, styles.PAGE[1] - 20 * 72 / 25.4 + 3
    between = [(n, w.text) for n, page in enumerate(document.pages, 1) for w in page if w.bottom > low and w.top < foot]
    assert between == []


def test_no_page_but_the_last_is_half_empty(document: Set) -> None:
    height = styles.PAGE[1]
    lowest = [max(w.bottom for w in page if w.bottom < height - styles.MARGIN + 3) for page in document.pages[:-1]]
    empty = {n: round(1 - low / height, 2) for n, low in enumerate(lowest, 1) if low < height * (1 - FOOT)}
    assert empty == {}


def test_no_heading_is_the_last_on_its_page(document: Set) -> None:
    """Nothing that announces something is parted from it."""
    with pikepdf.open(io.BytesIO(document.content)) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        last: dict[int, tuple[int, str]] = {}
        for element in pdf.Root.StructTreeRoot.K.K:
            for page, mcid in marked(element, numbers):
                last[page] = max(last.get(page, (-1, "")), (mcid, str(element.S)))
    assert {page + 1: tag for page, (_, tag) in last.items() if re.fullmatch(r"/H\d", tag)} == {}


def marked(element: Any, numbers: dict[tuple[int, int], int], page: int = -1) -> list[tuple[int, int]]:
    """(page, number) of all marked content below an element."""
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    kids = element.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            found.append((page, kid))
        elif kid.get("/Type") == "/MCR":
            found.append((numbers[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") != "/OBJR":
            found += marked(kid, numbers, page)
    return found


def test_a_tables_head_stands_once_on_a_page(document: Set) -> None:
    """A table that goes on begins anew on the next page, not on the same one."""
    for text in ("Where", "Owner"):
        counts = [sum(1 for w in page if w.text == text) for page in document.pages]
        assert max(counts) <= 1, (text, counts)
    shown = [sum(1 for w in page if w.text == "Reported" and _in_head(w, page)) for page in document.pages]
    assert max(shown) <= 1


def _in_head(word: Word, page: list[Word]) -> bool:
    return any(w.text == "Theme" and abs(w.bottom - word.bottom) < 26 for w in page)


def test_no_row_stands_alone_on_a_page(document: Set) -> None:
    """Where a table ends on a page that it did not begin on, two of its rows are there."""
    for page in document.pages[1:]:
        keys = [w for w in page if re.fullmatch(r"KAZ-2021-PAR-[PO]-\d+", w.text) and abs(w.left - styles.MARGIN - 4) < 1]
        top = min((w.top for w in page if w.top > 60), default=0)
        ends_here = any(w.top > keys[0].bottom + 100 for w in page) if keys else False
        assert not (len(keys) == 1 and keys[0].top - top < 60 and ends_here), keys


LONG = "everything long"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Set:
    """The visit in which everything is long."""
    return set_pages(LONG, tmp_path_factory.mktemp("long"))


def test_a_crowd_is_named_in_full_where_there_is_room(long: Set) -> None:
    squeezed = long.text.replace(" ", "")
    assert [i for i in range(CROWD) if f"LatinNameOfPersonNumber{i})" not in squeezed] == []
    lines = {round(w.bottom) for w in next(p for p in long.pages if any(w.text == "Those" for w in p))}
    assert len(lines) < 75  # and not down one narrow column over five pages


def test_what_is_too_long_for_a_line_is_broken_and_not_cut(long: Set) -> None:
    squeezed = re.sub(r"\s", "", long.text.replace("\f", ""))
    for text in (URL, WORD, LONG_OFFICE, SAID * 5):
        assert re.sub(r"\s", "", text) in squeezed


def test_more_positions_than_the_overview_holds_are_counted_there(long: Set) -> None:
    assert "Accepts: 2" in long.text


def test_no_word_in_the_head_of_a_table_is_broken(tmp_path: Path) -> None:
    """In two languages, where heads are longest."""
    file = tmp_path / "summary.pdf"
    file.write_bytes(render(compose_checked(sample_material(Edition.INTERNAL, ("en", "ru")))).content)
    assert tools.words_of_heads("en", "ru") - set(tools.raw_text_of(file).split()) == set()


@pytest.mark.parametrize("name", ["Office", LONG_OFFICE, LONG_OFFICE * 3, "O" * 80])
def test_the_organisations_name_fits_the_cover(name: str) -> None:
    size = 14.0
    lines = faces.lines(name, size, 300, bold=True)
    assert " ".join(lines) == name
    if " " in name:
        assert max(faces.width(line, size, bold=True) for line in lines) <= 300
