"""The unsigned document: conforming, complete, readable by others, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zlib
from pathlib import Path

import pikepdf
import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.reports import styles
from fieldtool.reports.document import Edition
from fieldtool.reports.finish import saved
from fieldtool.reports.leaks import CheckedSummary, compose_checked
from fieldtool.reports.printable import texts_of
from fieldtool.reports.reading import read_pdf
from fieldtool.reports.rendering import UnsignedPdf, render
from tests.unit.reports import tools
from tests.unit.reports.examining import backwards, contrast, reading_order
from tests.unit.reports.sample import material, sample_material, sample_visit


def squeezed(text: str) -> str:
    """Without any space: what is left when lines and columns are forgotten."""
    return re.sub(r"[\s\u00a0]+", "", text)


def test_the_same_record_gives_the_same_bytes(checked: CheckedSummary, unsigned: UnsignedPdf) -> None:
    assert render(checked).sha256 == unsigned.sha256


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.SHAREABLE])
@pytest.mark.parametrize("languages", [("en",), ("ru",), ("en", "ru")])
def test_every_edition_in_every_language_prints_all_it_says(edition: Edition, languages: tuple[str, ...], tmp_path: Path) -> None:
    checked = compose_checked(sample_material(edition, languages))
    file = tmp_path / "summary.pdf"
    file.write_bytes(render(checked).content)
    printed = squeezed(tools.raw_text_of(file))
    missing = [place for place, text in texts_of(checked.summary) if _is_printed(place) and squeezed(text) not in printed]
    assert missing == []


def _is_printed(place: str) -> bool:
    """Places of a summary that stand on paper word for word, whatever the line breaks: texts, names, labels."""
    return bool(re.search(r": (text|source|title|summary|description|owner|kind\.text|value\.text)$", place)) and "theme" not in place


def test_the_attached_record_is_the_summary(unsigned: UnsignedPdf, tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(unsigned.content)
    shown = tools.run("qpdf", "--show-attachment=visit.json", file)
    assert hashlib.sha256(shown.encode()).hexdigest() == unsigned.record_sha256
    assert json.loads(shown)["cover"]["reference"] == "KAZ-2022-1"
    assert tools.text_of(file).count(unsigned.record_sha256) >= unsigned.pages


def test_every_page_carries_marking_and_its_number(unsigned: UnsignedPdf) -> None:
    pages = read_pdf(unsigned.content).pages
    assert len(pages) == unsigned.pages > 5
    for number, text in enumerate(pages, 1):
        assert "Restricted" in text
        assert f"{number} / {unsigned.pages}" in text


def test_all_fonts_are_embedded(unsigned: UnsignedPdf, tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(unsigned.content)
    rows = tools.run("pdffonts", file).splitlines()[2:]
    assert len(rows) >= 3
    assert all(re.search(r"\byes\s+yes\s+yes\b", row) for row in rows), rows


def test_reading_order_is_that_of_the_record(checked: CheckedSummary, unsigned: UnsignedPdf) -> None:
    """The structure tree says the headings in the order of the summary's parts, recommendation after recommendation."""
    with pikepdf.open(io.BytesIO(unsigned.content)) as pdf:
        heads = [kid for kid in pdf.Root.StructTreeRoot.K.K if str(kid.S) in ("/H1", "/H2")]
        bookmarks = [str(child.title) for item in pdf.open_outline().root for child in (item, *item.children)]
    assert str(heads[0].S) == "/H1"
    keys = [b.split("  ")[0] for b in bookmarks if b.startswith("KAZ-")]
    assert keys == [r.key for r in checked.summary.recommendations]


@pytest.mark.parametrize("character", ["😀", "漢", "\u202e", "ა\u0007"])
def test_a_character_that_no_font_draws_is_refused_by_name_and_place(character: str) -> None:
    visit, entity, team = sample_visit()
    visit.change(visit.records["note"][3].id, text=f"Said {character} here")
    with pytest.raises(KnownError) as refused:
        render(compose_checked(material(visit, entity, team)))
    assert refused.value.code == "summary-unprintable"
    assert refused.value.values["place"] == "note 4: text"
    assert str(refused.value.values["character"]).startswith("U+")


HOSTILE = [
    '<img src="/etc/passwd"/>', "<a href='file:///etc/passwd'>x</a>", "<para><font size=400>x", "&lt;b&gt; &amp; </font></para>",
    "]]> <!-- --",
    "a & b < c > d", "{digest} {0} %s", "line\nline\n\n\nline", "\\ ( ) ) ( <</MCID 0>> BDC EMC", "Ω" * 300, "x" * 3000, "=cmd()",
]  # fmt: skip


def test_user_text_is_data(tmp_path: Path) -> None:
    visit, entity, team = sample_visit()
    for note, text in zip(visit.records["note"], HOSTILE, strict=False):
        visit.change(note.id, text=text)
    for number, text in enumerate(HOSTILE):
        line = text[:40].replace("\n", " ")
        fields = {"visit": entity, "start": f"2022-04-14T{number:02}:00", "attribution": "on record by name", "marking": "internal"}
        visit.add("meeting", {**fields, "summary": text, "place": text.replace("\n", " "), "interpreter": line, "institutions": []})
        visit.change(visit.records["recommendation"][number].id, short_label=line, text=text)
        visit.add("action", {"visit": entity, "description": text, "owner": line})
    file = tmp_path / "summary.pdf"
    file.write_bytes(render(compose_checked(material(visit, entity, team))).content)
    assert tools.conformance(file, "ua1") == tools.conformance(file, "3a") == []
    printed = squeezed(tools.raw_text_of(file).replace("\f", ""))
    assert [text for text in HOSTILE if squeezed(text) not in printed] == []


SCRIPTS = {
    "ru": "Подъезд, съёмка, №\u00a05, «кавычки» — ёлка.",
    "kk": "Ә Ғ Қ Ң Ө Ұ Ү Һ І: ұсыныстың орындалу барысы туралы ақпарат.",
    "ka": "საარჩევნო ადმინისტრაციამ უნდა უზრუნველყოს წვდომა.",
    "hy": "Ընտրական հանձնաժողովները պետք է ապահովեն հրապարակումը՝ ձևաչափով։",
    "mn": "Сонгуулийн ерөнхий хороо шийдвэрээ нийтэлнэ. Ө ө Ү ү",
    "tg": "Кумиссияи марказии интихобот рӯйхатро дастрас гардонад. Ғ Ӣ Қ Ӯ Ҳ Ҷ",
    "uz": "Saylov komissiyalari aʼzolarini tayinlash tartibi oʻzgartirilishi lozim.",
    "tr": "İıŞşĞğ Çankırı", "el": "Οι συστάσεις της αποστολής.", "signs": "→ ≥ ½ € ₸ ₽ № § ● ✓ office affine",
}  # fmt: skip


def test_every_script_is_printed_and_found_again(tmp_path: Path) -> None:
    visit, entity, team = sample_visit()
    for note, (language, text) in zip(visit.records["note"], SCRIPTS.items(), strict=False):
        visit.change(note.id, text=text, language=language)
    file = tmp_path / "summary.pdf"
    file.write_bytes(render(compose_checked(material(visit, entity, team))).content)
    assert tools.conformance(file, "3a") == tools.conformance(file, "ua1") == []
    found = tools.raw_text_of(file).replace("\u00a0", " ")
    assert [text for text in SCRIPTS.values() if squeezed(text) not in squeezed(found)] == []
    assert "office affine" in found  # no ligatures: they would break search


def test_what_is_read_aloud_comes_in_the_order_it_is_printed(unsigned: UnsignedPdf) -> None:
    """No validator looks at this: the structure tree walks through the marked content of the pages without a step back."""
    with pikepdf.open(io.BytesIO(unsigned.content)) as pdf:
        assert sum(1 for _ in reading_order(pdf)) > 500
        assert backwards(pdf) == []


def test_ink_stands_out_from_its_ground() -> None:
    """At least 5 : 1 for everything that is read (WCAG asks for 4.5)."""
    grounds = ("FFFFFF", styles.GROUND)
    inks = {styles.INK, styles.GREY, "12355B", "6B3A7E", *(ink for _, ink in (*styles.STATUS.values(), *styles.POSITION.values()))}
    assert {ink: contrast(ink, ground) for ink in inks for ground in grounds if contrast(ink, ground) < 5} == {}


def test_long_and_short_visits_are_set(tmp_path: Path) -> None:
    visit, entity, team = sample_visit()
    meeting = visit.records["meeting"][0].id
    recommendation = visit.records["recommendation"][0].id
    visit.change(entity, scope="selected", selected=[recommendation])
    for note in visit.records["note"]:
        visit.change(note.id, recommendations=[recommendation])
    for kind in ("position", "progress", "assistance", "action"):
        visit.records[kind].clear()
    long = "\n".join(f"Paragraph {i}: " + "the commission described the steps it plans to take. " * 6 for i in range(40))
    visit.add(
        "note",
        {
            "visit": entity,
            "meeting": meeting,
            "kind": "plan announced",
            "text": long,
            "language": "en",
            "recommendations": [recommendation],
        },
    )
    document = render(compose_checked(material(visit, entity, team)))
    file = tmp_path / "long.pdf"
    file.write_bytes(document.content)
    assert tools.conformance(file, "3a") == tools.conformance(file, "ua1") == []
    # The long note stands once in full; the list of plans refers to it.
    assert tools.text_of(file).count("Paragraph 17:") == 1


def test_eighty_recommendations_are_set(tmp_path: Path) -> None:
    visit, entity, team = sample_visit()
    report = visit.records["report"][0].id
    for number in range(26, 81):
        fields = {
            "report": report,
            "number": number,
            "class": "other",
            "themes": ["media"],
            "text": f"Do what recommendation {number} says.",
        }
        visit.add("recommendation", fields)
    document = render(compose_checked(material(visit, entity, team)))
    file = tmp_path / "eighty.pdf"
    file.write_bytes(document.content)
    assert tools.conformance(file, "ua1") == []
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        assert max(len(item.children) for item in outline.root) <= 60
    assert "KAZ-2021-PAR-O-80" in tools.text_of(file)


def test_a_draft_is_marked_on_every_page_and_still_conforms(tmp_path: Path) -> None:
    document = render(compose_checked(sample_material(draft=True)))
    assert all("DRAFT" in text for text in read_pdf(document.content).pages)
    file = tmp_path / "draft.pdf"
    file.write_bytes(document.content)
    assert tools.conformance(file, "ua1") == []


def test_the_press_text_is_no_document() -> None:
    with pytest.raises(KnownError, match="press"):
        render(compose_checked(sample_material(Edition.PRESS)))


def test_a_wish_to_stop_is_heard(checked: CheckedSummary) -> None:
    steps: list[tuple[str, int]] = []

    def note(step: str, done: int, _total: int) -> None:
        steps.append((step, done))

    with pytest.raises(KnownError, match="Stopped"):
        render(checked, note, lambda: len(steps) > 2)
    assert len(steps) == 3


def test_no_stream_ends_in_a_line_end_however_many_there_are() -> None:
    """Two hundred packed streams: one in 128 would by chance, and another program would count one byte less."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        thing = pikepdf.Name.Thing
        values = [number * 7919 % 1_000_003 for number in range(20_000)]
        things = [pdf.make_indirect(pikepdf.Dictionary(Type=thing, Value=value)) for value in values]
        pdf.Root.Things = pikepdf.Array(things)
        content = saved(pdf)
        assert saved(pdf) == content
    assert content.count(b"endstream") > 200
    assert not re.search(rb"[\r\n]\r?\nendstream", content)
    with pikepdf.open(io.BytesIO(content)) as again:
        assert [int(thing.Value) for thing in again.Root.Things] == [number * 7919 % 1_000_003 for number in range(20_000)]
        assert any("/FLDT_Pad" in thing for thing in again.Root.Things)  # so it would have happened here


def test_a_map_of_names_takes_no_key_that_is_not_a_name_of_it() -> None:
    """A reader takes every key of a page's fonts for a font."""
    padded = 0
    for number in range(300):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            note = pikepdf.String(hashlib.sha256(b"%d" % number).hexdigest())
            maps = [pdf.make_indirect(pikepdf.Dictionary(F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Note=note))) for _ in range(250)]
            pdf.Root.Maps = pikepdf.Array(maps)
            content = saved(pdf)
        assert not re.search(rb"[\r\n]\r?\nendstream", content)
        with pikepdf.open(io.BytesIO(content)) as again:
            padded += any(isinstance(o, pikepdf.Dictionary) and "/FLDT_Pad" in o for o in again.objects)
            assert all([*a_map.keys()] == ["/F1"] for a_map in again.Root.Maps)
    assert padded  # so it would have happened here


def test_an_attachment_whose_checksum_is_a_line_end_is_written_otherwise() -> None:
    """Its compressed data end in that byte at every level of compression, so it goes through another encoding."""
    contents = [b'{"visit": "' + b"x" * number + b'"}' for number in range(1, 1_000)]
    unlucky = [content for content in contents if zlib.compress(content)[-1] in b"\r\n"]
    assert len(unlucky) > 4
    for content in unlucky[:5]:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.Root.Attached = pdf.make_stream(content, Type=pikepdf.Name.EmbeddedFile)
            written = saved(pdf)
        assert not re.search(rb"[\r\n]\r?\nendstream", written)
        with pikepdf.open(io.BytesIO(written)) as again:
            assert again.Root.Attached.read_bytes() == content


def test_a_padded_document_still_conforms(unsigned: UnsignedPdf, tmp_path: Path) -> None:
    file = tmp_path / "padded.pdf"
    with pikepdf.open(io.BytesIO(unsigned.content)) as pdf:
        for thing in [pdf.Root, pdf.pages[0].obj, *pdf.Root.StructTreeRoot.K.K, *pdf.Root.StructTreeRoot.ParentTree.Kids]:
            thing["/FLDT_Pad"] = 1
        file.write_bytes(saved(pdf))
    assert tools.conformance(file, "3a") == tools.conformance(file, "ua1") == []
