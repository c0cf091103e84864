"""Faults planted one by one into a conforming document: each is found by a validator or by our own examination."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from fieldtool.reports.document import Edition
from fieldtool.reports.leaks import CheckedSummary, compose_checked
from fieldtool.reports.rendering import UnsignedPdf, render
from tests.unit.reports import tools
from tests.unit.reports.examining import elements, flaws
from tests.unit.reports.sample import sample_material


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.SHAREABLE])
@pytest.mark.parametrize("languages", [("en",), ("ru",), ("en", "ru")])
def test_every_edition_stands_our_own_examination(edition: Edition, languages: tuple[str, ...]) -> None:
    checked = compose_checked(sample_material(edition, languages))
    assert flaws(render(checked).content, checked.summary) == []


def first(pdf: Pdf, tag: str) -> Any:
    """The first element of a tag."""
    return next(e for e in elements(pdf.Root.StructTreeRoot.K) if tag == e.S)


def every(pdf: Pdf, tag: str, key: str) -> None:
    """Take an entry from all elements of a tag, of all tags where it is empty."""
    for element in elements(pdf.Root.StructTreeRoot.K):
        if key in element and (not tag or tag == element.S):
            del element[key]


def of_font(pdf: Pdf, kind: str, key: str) -> None:
    """Take an entry from the first font or font descriptor that has it."""
    found: Any = next(o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == kind and key in o)
    del found[key]


def packet(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    """Another metadata packet."""

    def damage(pdf: Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old in content
        pdf.Root.Metadata.write(content.replace(old, new))

    return damage


def drawn(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    """Other content on the second page."""

    def damage(pdf: Pdf) -> None:
        stream: Any = pdf.pages[1].obj.Contents
        assert isinstance(stream, Stream)
        content = stream.read_bytes()
        assert old in content
        stream.write(content.replace(old, new, 1))

    return damage


def untagged(pdf: Pdf) -> None:
    """A figure that belongs to nothing."""
    stream: Any = pdf.pages[1].obj.Contents
    content = stream.read_bytes()
    start = content.index(b"/Figure <</MCID")
    end, close = content.index(b"BDC", start) + 3, content.index(b"EMC", start)
    stream.write(content[:start] + content[end:close] + content[close + 3 :])


def swapped(pdf: Pdf) -> None:
    """Two elements change places."""
    kids = pdf.Root.StructTreeRoot.K.K
    kids[5], kids[9] = kids[9], kids[5]


def in_another_page(pdf: Pdf) -> None:
    """One page's marks lead to another page's elements."""
    pdf.pages[2].obj.StructParents, pdf.pages[3].obj.StructParents = 3, 2


def silent(root: Any) -> None:
    """A field that says nothing to a screen reader."""
    del root.AcroForm.Fields[0].TU
    del next(k for k in root.StructTreeRoot.K.K if k.S == "/Form").Alt


MUTATIONS: dict[str, tuple[str, Callable[[Pdf], Any]]] = {
    "no header scope": ("ua1", lambda pdf: every(pdf, "/TH", "/A")),
    "font not embedded": ("3a", lambda pdf: of_font(pdf, "/FontDescriptor", "/FontFile2")),
    "font without a map to text": ("3a", lambda pdf: of_font(pdf, "/Font", "/ToUnicode")),
    "figure outside the structure": ("ua1", untagged),
    "empty alternative text": ("ua1", lambda pdf: setattr(first(pdf, "/Figure"), "Alt", String(""))),
    "another archive part": ("3a", packet(b"<pdfaid:part>3", b"<pdfaid:part>7")),
    "accessibility not claimed": ("ua1", packet(b"pdfuaid:part", b"pdfuaid:peace")),
    "no title in the packet": ("ua1", packet(b"dc:title", b"dc:tilte")),
    "no packet": ("3a", lambda pdf: pdf.Root.__delattr__("Metadata")),
    "packet cut short": ("own", packet(b"</rdf:RDF>", b"")),
    "two titles": ("own", lambda pdf: pdf.docinfo.__setitem__("/Title", String("Another"))),
    "colours of a printing press": ("3a", drawn(b"BT", b"0 0 0 1 k BT")),
    "no such language": ("ua1", lambda pdf: setattr(pdf.Root, "Lang", String("english language"))),
    "another language": ("own", lambda pdf: setattr(pdf.Root, "Lang", String("fr"))),
    "foreign words without their language": ("own", lambda pdf: every(pdf, "", "/Lang")),
    "cells outside a table": ("ua1", lambda pdf: setattr(first(pdf, "/Table"), "S", Name.Div)),
    "an element of no known kind": ("ua1", lambda pdf: setattr(first(pdf, "/TR"), "S", Name.Foo)),
    "a list item without body": ("ua1", lambda pdf: setattr(first(pdf, "/LBody"), "S", Name.P)),
    "a heading that is none": ("ua1", lambda pdf: setattr(first(pdf, "/H1"), "S", Name.P)),
    "wrong reading order": ("own", swapped),
    "a link without words": (
        "ua1",
        lambda pdf: next(a for p in pdf.pages for a in p.obj.get("/Annots", Array()) if a.Subtype == "/Link").__delattr__("Contents"),
    ),
    "no way back from the page": ("own", lambda pdf: pdf.pages[2].obj.__delattr__("StructParents")),
    "the way back leads elsewhere": ("own", in_another_page),
    "no parent tree": ("ua1", lambda pdf: pdf.Root.StructTreeRoot.__delattr__("ParentTree")),
    "attachment of unknown relation": ("3a", lambda pdf: pdf.Root.AF[0].__delattr__("AFRelationship")),
    "no output intent": ("3a", lambda pdf: pdf.Root.__delattr__("OutputIntents")),
    "no language": ("ua1", lambda pdf: pdf.Root.__delattr__("Lang")),
    "not marked": ("ua1", lambda pdf: pdf.Root.MarkInfo.__setattr__("Marked", False)),
    "no alternative text": ("ua1", lambda pdf: next(k for k in pdf.Root.StructTreeRoot.K.K if k.S == "/Figure").__delattr__("Alt")),
    "heading skipped": ("ua1", lambda pdf: next(k for k in pdf.Root.StructTreeRoot.K.K if k.S == "/H2").__setattr__("S", Name.H4)),
    "attachment not associated": ("3a", lambda pdf: pdf.Root.__delattr__("AF")),
    "field without a name for readers": ("ua1", lambda pdf: silent(pdf.Root)),
    "tab order": ("ua1", lambda pdf: pdf.pages[0].obj.__delattr__("Tabs")),
    "title not shown": ("ua1", lambda pdf: pdf.Root.ViewerPreferences.__delattr__("DisplayDocTitle")),
    "script": ("3a", lambda pdf: pdf.Root.__setattr__("OpenAction", Dictionary(S=Name.JavaScript, JS=String("1")))),
    "faint text": ("own", drawn(b"BT", b".7 .7 .7 rg BT")),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_fault_is_found(name: str, checked: CheckedSummary, unsigned: UnsignedPdf, tmp_path: Path) -> None:
    by, damage = MUTATIONS[name]
    file = tmp_path / "damaged.pdf"
    with pikepdf.open(io.BytesIO(unsigned.content)) as pdf:
        damage(pdf)
        pdf.save(file, fix_metadata_version=False)
    found = flaws(file.read_bytes(), checked.summary) if by == "own" else tools.conformance(file, by)
    assert found != []
