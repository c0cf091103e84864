"""The recommendations in the running text of a report, as a sheet would have them; it knows no file format and reads no record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from fieldtool.intake.cells import split_leading_number
from fieldtool.intake.grid import Grid, row_of
from fieldtool.intake.headings import normalised
from fieldtool.intake.layout import Terms
from fieldtool.intake.sayings import Saying, say
from fieldtool.intake.sections import class_of_section, without_enumerator

_CHAPTER = re.compile(r"((final|main|list of|summary of) )*recommendations\Z|(итоговые |основные )?рекомендации\Z")
_END = re.compile(r"annex|appendix|about (the )?\w+|приложение|об? \w+", re.IGNORECASE)
_CLOSED = tuple(".:;!?)”»\"'")
_POINT = re.compile(r"\s*(?:[-–—•●▪]\s|\(?[a-zа-я]\)\s|\(?[ivx]+\)\s)")
MOST_SKIPPED = 5  # numbers that a page torn out would take along; beyond that a number at the beginning of a line is a number
EDGE = 3  # so many lines at most stand in the head or foot of a page
_PAGE_NUMBER = re.compile(r"[-–/| ]*(page |стр\. )?#[-–/| ]*(of #|из #|#)?[-–/| ]*\Z", re.IGNORECASE)
LONGEST_HEADING = 90
LONGEST_USUAL = 1500  # characters; a recommendation is a sentence or two


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page or a paragraph of a document.

    `place` is where a person finds it: a page or the count of a paragraph. `strong` lines stand out (bold, italic, a heading's style);
    `flows` says that the next line carries the sentence on, as lines of a page do and paragraphs do not. `number` was set by the
    document's automatic numbering and is not in the text. A `note` begins the footnotes of its page.
    """

    text: str
    place: int
    strong: bool = False
    flows: bool = False
    number: str = ""
    note: bool = False


@dataclass(slots=True)
class _Item:
    number: int
    letter: str
    place: int
    chosen: str
    theme: str
    text: str


@dataclass(slots=True)
class _Chapter:
    items: list[_Item] = field(default_factory=list)
    remarks: list[tuple[int, Saying]] = field(default_factory=list)


def report_grid(lines: Sequence[Line], terms: Terms, *, paged: bool) -> tuple[Grid | None, list[tuple[int, Saying]]]:
    """The chapter of recommendations as a grid of number, class, theme, text and page, and what a person should look at.

    The chapter is the one under a heading “Recommendations” that holds most texts numbered one after the other from 1; None where there
    is none. A number is one only where it follows the number before, so that a year at the beginning of a line stays what it is.
    """
    starts = [at for at, line in enumerate(lines) if _is_chapter(line)]
    chapters = [_chapter(lines[at + 1 :], terms, class_of_section(lines[at].text)) for at in starts]
    best = max(chapters, key=lambda c: len(c.items), default=_Chapter())
    if not best.items:
        return None, []
    classes = any(item.chosen for item in best.items)
    head = ["Number", "Recommendation", "Theme", *(["Class"] if classes else []), *(["Page"] if paged else [])]
    rows = [row_of(0, head)]
    for item in best.items:
        cells = [f"{item.number}{item.letter}", item.text, item.theme]
        cells += ([item.chosen] if classes else []) + ([str(item.place)] if paged else [])
        rows.append(row_of(item.place, cells))
        if len(item.text) > LONGEST_USUAL:
            best.remarks.append((item.place, say("text-long", value=f"{item.number}{item.letter}")))
    return Grid("", tuple(rows)), best.remarks


def _is_chapter(line: Line) -> bool:
    """Whether the line heads a chapter of recommendations; a line of the contents ends with its page."""
    plain = without_enumerator(line.text)
    return len(plain) <= LONGEST_HEADING and (_CHAPTER.match(normalised(plain)) is not None or class_of_section(line.text) != "")


def _chapter(lines: Sequence[Line], terms: Terms, chosen: str) -> _Chapter:
    found = _Chapter()
    theme, open_ = "", False  # `open_`: the next line may carry the last recommendation on
    flowing = False
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if (opened := _opened(found, line, text, chosen, theme)) is not None:
            found.items.append(opened)
            open_, flowing = True, line.flows
        elif section := _section(text, found, open_):
            chosen, theme, open_ = section, "", False
        elif _is_end(line, text, terms, found, open_):
            break
        elif _is_theme(line, text, terms, found, open_):
            theme, open_ = without_enumerator(text), False
        elif open_:
            last = found.items[-1]
            last.text = _carried_on(last.text, text, flowing)
            flowing = line.flows
        elif found.items:
            found.remarks.append((line.place, say("line-unused")))
    return found


def _opened(found: _Chapter, line: Line, text: str, chosen: str, theme: str) -> _Item | None:
    """The recommendation that a line begins, where its number follows the one before."""
    number, rest = (line.number, text) if line.number else split_leading_number(text)
    parts = re.match(r"\(?(\d{1,3})\s*\(?([a-z]?)\)?[.)]*\Z", number.strip().lower())
    if parts is None or not rest:
        return None
    value, letter = int(parts[1]), parts[2]
    before = (found.items[-1].number, found.items[-1].letter) if found.items else (0, "")
    follows = value == before[0] + 1 and letter in ("", "a")
    next_letter = value == before[0] and before[1] != "" and letter == chr(ord(before[1]) + 1)
    skipped = bool(found.items) and before[0] + 1 < value <= before[0] + 1 + MOST_SKIPPED and rest[:1].isupper()
    if not (follows or next_letter or skipped):
        return None
    if skipped:
        found.remarks.append((line.place, say("number-skipped", before=f"{before[0]}{before[1]}", value=f"{value}{letter}")))
    return _Item(value, letter, line.place, chosen, theme, rest)


def _section(text: str, found: _Chapter, open_: bool) -> str:
    """The class that a heading inside the chapter names, or nothing where the line is part of a sentence."""
    return class_of_section(text) if _may_head(text, found, open_) else ""


def _may_head(text: str, found: _Chapter, open_: bool) -> bool:
    ended = not open_ or found.items[-1].text.endswith(_CLOSED)
    return ended and len(text) <= LONGEST_HEADING and not text.endswith((".", ",", ";"))


def _is_end(line: Line, text: str, terms: Terms, found: _Chapter, open_: bool) -> bool:
    if not found.items or not _may_head(text, found, open_):
        return False
    plain = without_enumerator(text)
    if normalised(plain) in terms.themes:
        return False
    return (_END.match(plain) is not None and (line.strong or plain.isupper())) or (plain.isupper() and len(plain) > 4)


def _is_theme(line: Line, text: str, terms: Terms, found: _Chapter, open_: bool) -> bool:
    if not _may_head(text, found, open_) or not text[:1].isupper():
        return False
    return normalised(without_enumerator(text)) in terms.themes or line.strong


def _carried_on(before: str, text: str, flowing: bool) -> str:
    if not flowing or _POINT.match(text):
        return f"{before}\n{text}"
    return before + text if before.endswith("-") and before[-2:-1].isalpha() else f"{before} {text}"


def running_text(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of all pages without footnotes, and without what stands at the head or foot of page after page, whatever its number."""
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in (*page[:EDGE], *page[-EDGE:])})
    often = {shape for shape, count in seen.items() if count >= max(2, len(pages) // 3) or _PAGE_NUMBER.match(shape)}
    kept: list[Line] = []
    for page in pages:
        inner = range(EDGE, len(page) - EDGE)
        text = (line for at, line in enumerate(page) if at in inner or _shape(line) not in often)
        kept += takewhile(lambda line: not line.note, text)
    return [replace(line, text=line.text.replace("\xad", "")) for line in kept]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)
