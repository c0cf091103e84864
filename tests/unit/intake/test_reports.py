"""Reports in Word and PDF, tables in Word, lists in JSON: the recommendations come out word for word, and nothing beside them."""

from __future__ import annotations

import json
import random

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.domain.errors import KnownError
from fieldtool.intake import SheetPreview
from tests.unit.intake.written import (
    FREEDOMS,
    MEDIA,
    PARTIES,
    document,
    paragraph,
    part,
    read,
    read_text,
    remark_codes,
    with_parts,
    word_table,
)  # fmt: skip

DECIMAL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
LISTS = f'''<w:abstractNum w:abstractNumId="0">{DECIMAL}</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'''


def told(preview: SheetPreview) -> list[tuple[object, ...]]:
    """Number, class, themes and text of each recommendation."""
    return [(r.fields["number"], r.fields["class"], r.fields.get("themes", []), r.fields["text"]) for r in preview.recommendations]


def reason(raw: bytes, name: str) -> object:
    with pytest.raises(KnownError) as caught:
        read(raw, name)
    return caught.value.values.get("reason_code", caught.value.code)


def outcome(raw: bytes) -> str:
    try:
        read(raw, "r")
    except KnownError as error:
        return error.code
    return "read"


# ------------------------------------------------------------------------------------------------------------- Word

CHAPTER = (
    paragraph("Recommendations", style="Heading1"),
    paragraph("They are offered with a view to better elections. 2021. Was a year."),
    paragraph("A. Priority recommendations", style="Heading2"),
    paragraph(FREEDOMS, listed=("1", 0)),
    paragraph("by law;", listed=("3", 0)),
    paragraph("B. Other recommendations", style="Heading2"),
    paragraph("Media", bold=True),
    paragraph(MEDIA, listed=("2", 0)),
    paragraph("Annex: results", style="Heading1"),
    paragraph("Not a recommendation", listed=("4", 0)),
)


def test_a_report_numbered_by_word_itself() -> None:
    preview = read(document("".join(CHAPTER), numbering=LISTS), "report.docx")
    assert preview.read_as == "report, Word document"
    assert told(preview) == [(1, "priority", [], f"{FREEDOMS}\nby law;"), (2, "other", ["media"], MEDIA)]
    assert preview.remarks == ()


def test_a_style_numbers_its_paragraphs_and_another_is_based_on_it() -> None:
    styles = '''<w:style w:styleId="Rec"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Mine"><w:basedOn w:val="Rec"/></w:style>'''
    body = [paragraph("Recommendations"), paragraph(FREEDOMS, style="Rec"), paragraph("(continued)", listed=("0", 0), style="Mine")]
    preview = read(document("".join([*body, paragraph(MEDIA, style="Mine")]), numbering=LISTS, styles=styles), "r.docx")
    assert [t[::3] for t in told(preview)] == [(1, f"{FREEDOMS}\n(continued)"), (2, MEDIA)]


def test_deleted_words_are_gone_and_inserted_ones_are_there_and_a_person_is_told() -> None:
    deleted, inserted = "<w:r><w:delText>minutes.</w:delText></w:r>", "<w:r><w:t>results.</w:t></w:r>"
    changed = f"<w:r><w:t>1. Publish all </w:t></w:r><w:del>{deleted}</w:del><w:ins>{inserted}</w:ins>"
    body = f"{paragraph('Recommendations')}<w:p>{changed}</w:p>"
    preview = read(document(body), "r.docx")
    assert told(preview) == [(1, "other", [], "Publish all results.")]
    assert (0, "changes-tracked") in remark_codes(preview)


def test_hidden_words_field_codes_and_fallbacks_are_not_quoted() -> None:
    runs = (
        "<w:r><w:t>1. Publish</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:tab/><w:t>results</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>results</w:t></w:r></mc:Fallback></mc:AlternateContent>"
        "<w:r><w:noBreakHyphen/><w:t>now.</w:t></w:r>"
    )
    preview = read(document(f"{paragraph('Recommendations')}<w:p>{runs}</w:p>"), "r.docx")
    assert told(preview)[0][3] == "Publish results\u2011now."


def test_a_table_in_a_document_is_read_as_a_sheet_is() -> None:
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("media")
    again = "<w:tcPr><w:vMerge/></w:tcPr><w:p/>"
    wide = f'<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{paragraph("Priority recommendations")}'
    number = paragraph("", listed=("1", 0))
    table = word_table(["No.", "Theme", "Recommendation"], [wide], [number, down, FREEDOMS], [number, again, PARTIES])
    preview = read(document(word_table(["To", "From"]) + table + "".join(CHAPTER), numbering=LISTS), "list.docx")
    assert preview.read_as == "Word document, table"
    assert told(preview) == [(1, "priority", ["media"], FREEDOMS), (2, "priority", ["media"], PARTIES)]


TEXT = st.lists(st.sampled_from(["publish", "7.", "results", "(a)", "by", "§ 5", "данные", "№ 7", "2021.", "A."]), min_size=3, max_size=12)


@given(st.lists(TEXT, min_size=1, max_size=12), st.integers(0, 12), st.booleans())
def test_whatever_a_report_says_its_numbered_texts_come_back(texts: list[list[str]], priority: int, typed: bool) -> None:
    said = [f"To {' '.join(words)} in full." for words in texts]
    body = [paragraph("Recommendations", style="Heading1"), paragraph("Offered to all.")]
    for at, text in enumerate(said):
        if at in (0, priority):
            body.append(paragraph("Priority recommendations" if at < priority else "Other recommendations", bold=True))
        body.append(paragraph(f"{at + 1}. {text}") if typed else paragraph(text, listed=("1", 0)))
    raw = document("".join(body), numbering=LISTS)
    assert [t[:2] + t[3:] for t in told(read(raw, "r.docx"))] == [
        (at + 1, "priority" if at < priority else "other", text) for at, text in enumerate(said)
    ]


def test_damage_inside_a_document_is_refused_or_harmless() -> None:
    dice, whole = random.Random(12), document("".join(CHAPTER), numbering=LISTS)
    for name in ("word/document.xml", "word/numbering.xml", "word/styles.xml"):
        for _ in range(40):
            content = bytearray(part(whole, name))
            for _ in range(dice.choice((1, 2, 9))):
                content[dice.randrange(len(content))] = dice.choice(b"0123456789<>/\"'=&; azAZ\x00\xff")
            allowed = {"read", "sheet-unreadable", "sheet-empty", "sheet-row", "sheet-repeated"}
            assert outcome(with_parts(whole, {name: bytes(content)})) in allowed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph("Recommendations"), "sheet-empty"),
        (paragraph("1. Without a chapter."), "sheet-empty"),
        ("<w:sdt>" * 3000 + "</w:sdt>" * 3000, "damaged"),
        (word_table(["No.", "Recommendation"], ["1", "long " * 10_000]), "cell-long"),
        (paragraph("x") * 50_001, "paragraphs-many"),
    ],
)
def test_documents_that_are_refused(body: str, expected: str) -> None:
    assert reason(document(body), "r.docx") == expected


def test_a_document_that_declares_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'
    assert reason(with_parts(document(paragraph("Recommendations")), {"word/document.xml": bomb}), "r.docx") == "declares-entities"


# -------------------------------------------------------------------------------------------------------------- PDF

FREELY = (
    "To lift undue restrictions on expression and on self-nominated candidates, and to do so well before the elections of 2021. 13. "
    "It goes on."
)
REPORT = """
#set page(
  paper: "a4", header: [Republic of Example #h(1fr) Page: #context counter(page).display()], footer: [Final Report of a sample mission]
)
#set par(leading: 0.6em)
#outline()
= Background
In 2016 the mission made priority recommendations. #lorem(450)
= Recommendations
They are offered with a view to better elections.#footnote[As is usual.]
== A. Priority Recommendations
#enum(start: 1)[To lift undue restrictions on expression and on self-nominated candidates, and to do so well before the elections of
2021. 13. It goes on.#footnote[1. A note.]][To let observers work:
- at all stages;
- without conditions.]
#pagebreak()
== B. Other Recommendations
*Media*
#enum(start: 3)[Публиковать результаты#footnote[Note.] по каждому участку.]
_Cyber-security_
#enum(start: 5)[To ease the requirements.]
= Annex I: Results
1. A party
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report set by a program that knows nothing of this one."""
    source = tmp_path_factory.mktemp("report") / "report.typ"
    source.write_text(REPORT, "utf-8")
    made = typst.compile(source)
    assert isinstance(made, bytes)
    return made


def test_a_report_in_pdf(report: bytes) -> None:
    preview = read(report, "report.pdf")
    assert preview.read_as == "report, PDF"
    assert told(preview) == [
        (1, "priority", [], FREELY),
        (2, "priority", [], "To let observers work:\n• at all stages;\n• without conditions."),
        (3, "other", ["media"], "Публиковать результаты по каждому участку."),
        (5, "other", [], "To ease the requirements."),
    ]  # fmt: skip
    pages = [r.fields["page"] for r in preview.recommendations]
    assert pages == [1, 2, 3, 3]
    assert {code for _, code in remark_codes(preview)} == {"from-pages", "number-skipped", "unknown-themes"}


def test_a_damaged_report_is_refused_in_words(report: bytes) -> None:
    """What a foreign file does to the reader of pages happens in another process; here only a reason arrives."""
    dice = random.Random(3)
    for cut in (200, len(report) // 2):
        assert outcome(report[:cut]) != "read"
    for _ in range(4):
        raw = bytearray(report)
        for _ in range(300):
            raw[dice.randrange(9, len(raw))] ^= 1 << dice.randrange(8)
        assert outcome(bytes(raw)) in {"read", "sheet-unreadable", "sheet-empty"}


def test_a_report_of_pictures_and_a_locked_one() -> None:
    import io

    import pikepdf

    for encryption, expected in ((False, "no-text"), (pikepdf.Encryption(owner="o", user="u"), "locked")):
        pdf, saved = pikepdf.new(), io.BytesIO()
        pdf.add_blank_page()
        pdf.save(saved, encryption=encryption)
        assert reason(saved.getvalue(), "r.pdf") == expected


# ------------------------------------------------------------------------------------------------------------- JSON


def test_objects_are_read_by_their_names() -> None:
    item = {
        "id": "0190-aaaa", "number": 7, "letter": "a", "class": "priority", "themes": ["media", "women"], "text": MEDIA,
        "translations": {"ru": "Проводить дебаты."}, "addressees": ["Parliament", "Ministry of Justice, Religion and Press"],
        "horizon": None, "conflicts": 0, "made": {"at": "2021", "by": "x"},
    }  # fmt: skip
    for whole in ([item], {"kind": "recommendations", "items": [item], "total": 1}, {"recommendations": [item]}):
        (found,) = read_text(json.dumps(whole)).recommendations
        assert found.fields == {
            "number": 7, "letter": "a", "class": "priority", "text": MEDIA, "themes": ["media", "women"],
            "translations": {"ru": "Проводить дебаты."}, "addressees": ["Parliament", "Ministry of Justice, Religion and Press"],
        }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"number": 1, "text": "Publish results by polling station."', "json-broken"),
        ('[{"number": 1, "number": 2, "text": "Publish"}]', "json-broken"),
        ("[" + '{"a":' * 20_000, "json-broken"),
        ("[]", "json-other"),
        ('{"total": 1}', "sheet-empty"),
        ('{"items": [1, 2]}', "json-other"),
        ('[{"number": 1, "text": "' + "x" * 40_000 + '"}]', "cell-long"),
        ('[{"number": 0, "text": "Publish results by polling station."}]', "number-range"),
        ('[{"name": "nobody"}]', "sheet-empty"),
    ],
)
def test_objects_that_are_refused(text: str, expected: str) -> None:
    assert reason(text.encode(), "list.json") == expected


