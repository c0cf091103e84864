"""What no validator looks at, looked at by ourselves: order, languages, marks and their owners, metadata that agree, contrast."""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from fieldtool.reports import styles
from fieldtool.reports.document import VisitSummary

LEAST = 5.0  # contrast of everything that is read
_TITLE = re.compile(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)


def flaws(content: bytes, summary: VisitSummary) -> list[str]:
    """Names of the rules that a document breaks."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = {
            "order": backwards(pdf),
            "language": languages(pdf, summary),
            "marks": strays(pdf),
            "metadata": disagreeing(pdf),
            "contrast": faint(pdf),
        }
    return [name for name, places in found.items() if places]


def elements(element: Any) -> Iterator[Any]:
    """An element of the structure tree and all below it."""
    yield element
    for kid in kids_of(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def kids_of(element: Any) -> list[Any]:
    """The kids of an element, whether it has one or many."""
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def reading_order(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int, Any]]:
    """(page, number, element) of all marked content, as it is read aloud."""
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}

    def walk(element: Any, page: int) -> Iterator[tuple[int, int, Any]]:
        here = numbers[element.Pg.objgen] if "/Pg" in element else page
        for kid in kids_of(element):
            if isinstance(kid, int):
                yield here, kid, element
            elif kid.get("/Type") == "/MCR":
                yield numbers[kid.Pg.objgen], int(kid.MCID), element
            elif kid.get("/Type") != "/OBJR":
                yield from walk(kid, here)

    return walk(pdf.Root.StructTreeRoot.K, 0)


def backwards(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Where what is read aloud steps back on the paper."""
    order = [(page, number) for page, number, _ in reading_order(pdf)]
    return [b for a, b in itertools.pairwise(order) if b < a]


def languages(pdf: pikepdf.Pdf, summary: VisitSummary) -> dict[str, int]:
    """Languages of notes in which fewer paragraphs are tagged than the record has notes."""
    document = str(pdf.Root.get("/Lang", ""))
    wanted = Counter(n.language for n in summary.notes if n.language and n.language != summary.languages[0] and n.recommendations)
    tagged = Counter(str(e.Lang) for e in elements(pdf.Root.StructTreeRoot.K) if "/Lang" in e)
    missing = {lang: count for lang, count in wanted.items() if tagged[lang] < count}
    return missing | ({"document": 1} if document != summary.languages[0] else {})


def strays(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Marked content whose page and parent tree do not lead back to the element that holds it."""
    root = pdf.Root.StructTreeRoot
    known: dict[int, Any] = {}
    for leaf in root.ParentTree.Kids if "/ParentTree" in root else ():
        numbers = list(leaf.Nums)
        known |= {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    lost = []
    for page, number, element in reading_order(pdf):
        entry = known.get(int(pdf.pages[page].obj.get("/StructParents", -1)))
        if entry is None or number >= len(entry) or entry[number].objgen != element.objgen:
            lost.append((page, number))
    return lost


def disagreeing(pdf: pikepdf.Pdf) -> list[str]:
    """Where the metadata packet cannot be read or says another title than the information dictionary."""
    packet = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    title = _TITLE.search(packet)
    said = title.group(1).decode() if title else ""
    return [] if said == str(pdf.docinfo.get("/Title", "")) and packet.count(b"</rdf:RDF>") == 1 else [said]


def faint(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """(page, colour) of text that stands out too little from the lightest tinted ground; white stands on the deep colour alone."""
    found = set()
    for index, page in enumerate(pdf.pages):
        ink, deep = "000000", False
        kept: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("q", "Q"):
                kept, ink = ([*kept, ink], ink) if operator == "q" else (kept[:-1], kept[-1])
            elif operator == "rg":
                ink = "".join(f"{round(float(part) * 255):02X}" for part in instruction.operands)
                deep = deep or contrast(ink, "FFFFFF") >= LEAST
            elif operator in ("Tj", "TJ", "'") and contrast(ink, styles.GROUND) < LEAST and not (ink == "FFFFFF" and deep):
                found.add((index, ink))
    return sorted(found)


def contrast(ink: str, ground: str) -> float:
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
