"""Sheets as people really keep them are understood, and the preview says how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fieldtool import resources
from fieldtool.intake import SheetPreview, read_sheet
from tests.unit.intake.written import (
    FREEDOMS,
    MEDIA,
    PARTIES,
    VOCABULARIES,
    part,
    read,
    read_text,
    remark_codes,
    sheet_of,
    taken,
    with_parts,
    workbook,
)


def only(preview: SheetPreview) -> dict[str, Any]:
    (proposed,) = preview.recommendations
    return dict(proposed.fields)


def numbers(preview: SheetPreview) -> list[str]:
    return [f"{number}{letter}" for number, letter in (r.key for r in preview.recommendations)]


def classes(preview: SheetPreview) -> list[object]:
    return [r.fields["class"] for r in preview.recommendations]


def test_the_sample_sheet_is_read_whole() -> None:
    preview = read_sheet(resources.path("sample", "kaz-2021-recommendations.csv"), VOCABULARIES)
    assert preview.file == "kaz-2021-recommendations.csv"
    assert preview.read_as == "text, utf-8, comma"
    assert preview.remarks == ()
    assert numbers(preview) == [str(n) for n in range(1, 26)]
    assert classes(preview) == ["priority"] * 6 + ["other"] * 19
    assert [c.taken_as for c in preview.columns] == [
        "number",
        "class",
        "themes",
        "text",
        "addressees",
        "action_required",
        "commitments",
        "horizon",
    ]
    assert preview.recommendations[4].fields == {
        "number": 5,
        "class": "priority",
        "text": "Guarantee that election disputes are decided by impartial bodies, within short deadlines, "
        "with reasoned and published decisions.",
        "themes": ["complaints and appeals"],
        "addressees": ["Supreme Court", "Central Election Commission"],
        "action_required": ["legal change", "practice"],
        "commitments": ["Copenhagen 1990, 5.10"],
        "horizon": "before next election",
    }


def test_title_rows_above_the_headings_give_the_title() -> None:
    preview = read_text(f"OSCE participating State: sample\n\nFinal report on the sample elections\n\nNo.,Recommendation\n1,{FREEDOMS}\n")
    assert preview.title == "OSCE participating State: sample"
    assert numbers(preview) == ["1"]
    assert preview.recommendations[0].line == 6


def test_russian_headings_in_another_order() -> None:
    preview = read_text(
        "Срок;Адресаты;Текст рекомендации;Тема;№ п/п;Приоритетная?\n"
        "до следующих выборов;Парламент;Упростить регистрацию политических партий в стране.;Регистрация политических партий;1;да\n"
        "долгосрочная;ЦИК;Публиковать решения комиссий в машиночитаемом виде.;избирательные комиссии;2;нет\n"
    )
    assert taken(preview) == {"A": "horizon", "B": "addressees", "C": "text", "D": "themes", "E": "number", "F": "class"}
    assert classes(preview) == ["priority", "other"]
    assert preview.recommendations[0].fields["themes"] == ["candidate and party registration"]
    assert preview.recommendations[1].fields["themes"] == ["election administration"]
    assert [r.fields["horizon"] for r in preview.recommendations] == ["before next election", "long term"]
    assert remark_codes(preview) == [(0, "text-not-english")]


@pytest.mark.parametrize(
    "yes", ["Yes", "yes ", "Y", "P", "x", "✓", "1", "да", "Да", "приоритетная", "Priority", "П", "TRUE", "priority recommendation"]
)
@pytest.mark.parametrize("no", ["No", "", "нет", "other", "прочая", "0", "-", "–", "O"])
def test_priority_in_every_usual_spelling(yes: str, no: str) -> None:
    preview = read_text(f"No.\tPriority\tRecommendation\n1\t{yes}\t{FREEDOMS}\n2\t{no}\t{PARTIES}\n")
    assert classes(preview) == ["priority", "other"]


def test_section_headings_set_class_and_theme() -> None:
    preview = read_text(
        "No.,Recommendation,Addressee\n"
        "I. Priority recommendations,,\n"
        f"1,{FREEDOMS},Parliament\n"
        ",II. Other recommendations,\n"
        ",Media,\n"
        f"2,{MEDIA},Parliament\n"
        "C. Регистрация партий,,\n"
        f"3,{PARTIES},Parliament\n"
    )
    assert classes(preview) == ["priority", "other", "other"]
    assert [r.fields.get("themes") for r in preview.recommendations] == [None, ["media"], ["candidate and party registration"]]
    assert [r.section for r in preview.recommendations] == ["I. Priority recommendations", "Media", "C. Регистрация партий"]
    assert preview.remarks == ()


@pytest.mark.parametrize(
    "heading",
    ["II. Прочие рекомендации", "ПРОЧИЕ РЕКОМЕНДАЦИИ", "Other recommendations", "B) Further recommendations:", "Иные рекомендации миссии"],
)
def test_section_headings_for_other(heading: str) -> None:
    preview = read_text(f"№;Рекомендация\nПриоритетные рекомендации;\n1;{FREEDOMS}\n{heading};\n2;{PARTIES}\n")
    assert classes(preview) == ["priority", "other"]


def test_a_cell_is_believed_before_a_section_and_the_contradiction_is_named() -> None:
    preview = read_text(f"No.,Priority,Recommendation\nOther recommendations,,\n1,yes,{FREEDOMS}\n2,,{PARTIES}\n")
    assert classes(preview) == ["priority", "other"]
    assert remark_codes(preview) == [(3, "class-contradicts")]


def test_nothing_says_which_have_priority() -> None:
    preview = read_text(f"No.,Recommendation\n1,{FREEDOMS}\n")
    assert classes(preview) == ["other"]
    assert remark_codes(preview) == [(0, "class-unknown")]


def test_the_heading_of_the_texts_may_name_their_class() -> None:
    preview = read_text(f"No.,Priority recommendations\n1,{FREEDOMS}\n2,{PARTIES}\n")
    assert classes(preview) == ["priority", "priority"]
    assert taken(preview) == {"A": "number", "B": "text"}
    assert preview.remarks == ()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("7", "7"),
        ("7a", "7a"),
        ("7 (a)", "7a"),
        ("7A", "7a"),
        ("7-b", "7b"),
        ("7.b", "7b"),
        ("№ 7", "7"),
        ("No. 7", "7"),
        ("7.", "7"),
        ("7)", "7"),
        ("(7)", "7"),
        ("7.0", "7"),
        ("7б", "7b"),
        ("7 (в)", "7c"),
        ("Rec. 7", "7"),
        ("Рекомендация 7", "7"),
        ("#7", "7"),
        ("'7", "7"),
        ('"=""7"""', "7"),
        ("007", "7"),
        ("P-07", "7"),
        ("KAZ-2021-PAR-O-07a", "7a"),
    ],
)
def test_numbers_in_every_usual_spelling(written: str, key: str) -> None:
    assert numbers(read_text(f"No.,Recommendation\n{written},{FREEDOMS}\n")) == [key]


def test_a_key_names_the_class() -> None:
    assert classes(read_text(f"Key,Recommendation\nP-01,{FREEDOMS}\nO-02,{PARTIES}\n")) == ["priority", "other"]


def test_a_key_is_believed_before_the_section_it_stands_in() -> None:
    preview = read_text(f"Key,Recommendation\nOther recommendations,\nP-01,{FREEDOMS}\n2,{PARTIES}\n")
    assert classes(preview) == ["priority", "other"]


def test_letters_in_a_column_of_their_own() -> None:
    preview = read_text(f"No.,Sub-letter,Recommendation\n7,a,{FREEDOMS}\n7,(б),{PARTIES}\n8,,{MEDIA}\n")
    assert numbers(preview) == ["7a", "7b", "8"]


def test_numbers_at_the_beginning_of_the_texts() -> None:
    preview = read_text(f"Theme;Recommendation\nmedia;1. {FREEDOMS}\nmedia;2a) {PARTIES}\n")
    assert numbers(preview) == ["1", "2a"]
    assert [r.fields["text"] for r in preview.recommendations] == [FREEDOMS, PARTIES]
    assert [c.why.code for c in preview.columns] == ["by-heading", "number-in-text"]


def test_columns_without_headings_are_known_by_contents() -> None:
    preview = read_text(f",Recommendation,,Remarks,Zebra\n1,{FREEDOMS},x,a,b\n2,{PARTIES},y,c,d\n")
    assert numbers(preview) == ["1", "2"]
    assert [(c.letter, c.taken_as, c.why.code) for c in preview.columns] == [
        ("A", "number", "by-contents"),
        ("B", "text", "by-heading"),
        ("C", "", "no-heading"),
        ("D", "", "not-recorded"),
        ("E", "", "unknown-heading"),
    ]


def test_a_running_count_gives_way_to_the_number() -> None:
    preview = read_text(f"№ п/п,№ рекомендации,Рекомендация\n1,4,{FREEDOMS}\n2,9,{PARTIES}\n")
    assert numbers(preview) == ["4", "9"]
    assert preview.columns[0].why.text("en") == "column B is taken for that already"


@pytest.mark.parametrize(
    ("cell", "themes"),
    [
        ("media", ["media"]),
        ("Media; Women", ["media", "women"]),
        ("media / women's participation", ["media", "women"]),
        ("media, candidate and party registration, election day", ["media", "candidate and party registration", "election day"]),
        ("complaints and appeals and media", ["complaints and appeals", "media"]),
        ("СМИ и женщины", ["media", "women"]),
        ('"media\nelection day"', ["media", "election day"]),
        ('"• media\n• election day"', ["media", "election day"]),
        ("Регистрация кандидатов и партий, финансирование кампании", ["candidate and party registration", "campaign finance"]),
        ("сайлау жүйесі", ["electoral system"]),
        ("media; media", ["media"]),
        ("Post-election", ["post-election"]),
    ],
)
def test_several_themes_in_a_cell(cell: str, themes: list[str]) -> None:
    preview = read_text(f"No.\tTheme\tRecommendation\n1\t{cell}\t{FREEDOMS}\n")
    assert only(preview)["themes"] == themes
    assert remark_codes(preview) == [(0, "class-unknown")]  # no piece of it was left over


def test_an_unknown_theme_is_left_out_and_named_with_its_line() -> None:
    preview = read_text(
        f"No.;Theme;Action required;Horizon;Recommendation\n1;media;law;soon;{FREEDOMS}\n2;media, zebras;magic;;{PARTIES}\n"
    )
    assert [r.fields["themes"] for r in preview.recommendations] == [["media"], ["media"]]
    assert [r.fields.get("action_required") for r in preview.recommendations] == [["legal change"], None]
    assert [(r.line, r.saying.text("en")) for r in preview.remarks if r.line] == [
        (2, "“soon” is not a known horizon; it was left out"),
        (3, "“zebras” is not a known theme; it was left out"),
        (3, "“magic” is not a known kind of action; it was left out"),
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Parliament; Ministry of Justice", ["Parliament", "Ministry of Justice"]),
        ("Parliament, Ministry of Justice", ["Parliament", "Ministry of Justice"]),
        ("Ministry of Information, Communications and Culture", ["Ministry of Information, Communications and Culture"]),
        ("Ministry of Justice, CEC, political parties", ["Ministry of Justice", "CEC", "political parties"]),
        ("Parliament / Supreme Court", ["Parliament", "Supreme Court"]),
        ('"Parliament\nSupreme Court"', ["Parliament", "Supreme Court"]),
        ('"- Parliament\n- Supreme Court"', ["Parliament", "Supreme Court"]),
        ("Министерство информации, общественного развития; Парламент", ["Министерство информации, общественного развития", "Парламент"]),
        ("Парламент, Центральная избирательная комиссия", ["Парламент", "Центральная избирательная комиссия"]),
    ],
)
def test_several_addressees_in_a_cell(cell: str, names: list[str]) -> None:
    assert only(read_text(f"No.\tAddressee\tRecommendation\n1\t{cell}\t{FREEDOMS}\n"))["addressees"] == names


def test_semicolons_in_the_column_keep_commas_within_names() -> None:
    preview = read_text(f"No.\tAddressee\tRecommendation\n1\tParliament, lower chamber\t{FREEDOMS}\n2\tParliament; CEC\t{PARTIES}\n")
    assert preview.recommendations[0].fields["addressees"] == ["Parliament, lower chamber"]


def test_commitments_keep_their_commas() -> None:
    fields = only(read_text(f"No.\tCommitments\tRecommendation\n1\tCopenhagen 1990, 9.1; Istanbul 1999, 25\t{FREEDOMS}\n"))
    assert fields["commitments"] == ["Copenhagen 1990, 9.1", "Istanbul 1999, 25"]


def test_translations_stand_beside_the_official_text() -> None:
    preview = read_text(
        f"No.,Recommendation (Russian),Recommendation (English),Text – Kazakh\n"
        f"1,Снять ограничения свободы собраний и выражения.,{FREEDOMS},Шектеулерді алып тастау.\n"
    )
    fields = only(preview)
    assert fields["text"] == FREEDOMS
    assert fields["translations"] == {"ru": "Снять ограничения свободы собраний и выражения.", "kk": "Шектеулерді алып тастау."}
    assert [c.taken_as for c in preview.columns] == ["number", "translations/ru", "text", "translations/kk"]


def test_two_texts_without_a_named_language_are_told_apart_by_script() -> None:
    fields = only(read_text(f"No.,Рекомендация,Recommendation\n1,Снять ограничения свободы собраний и выражения.,{FREEDOMS}\n"))
    assert fields["text"] == FREEDOMS
    assert fields["translations"] == {"ru": "Снять ограничения свободы собраний и выражения."}


def test_official_status_is_not_taken_from_a_sheet() -> None:
    preview = read_text(f"No.,Recommendation,Status\n1,{FREEDOMS},fully implemented\n")
    assert only(preview).keys() == {"number", "class", "text"}
    assert preview.columns[2].why.code == "official-elsewhere"


def test_pages_and_short_labels() -> None:
    preview = read_text(
        f"No.,Short label,Recommendation,Page\n"
        f"1,Freedom of assembly,{FREEDOMS},p. 12\n2,A label of far too many words,{PARTIES},12-13\n3,,{MEDIA},annex\n"
    )
    assert [r.fields.get("short_label") for r in preview.recommendations] == ["Freedom of assembly", None, None]
    assert [r.fields.get("page") for r in preview.recommendations] == [12, 12, None]
    assert [(line, code) for line, code in remark_codes(preview) if line] == [(3, "label-long"), (4, "page-unread")]


def test_lines_that_continue_the_one_above() -> None:
    preview = read_text(
        f"No.,Recommendation,Addressee\n1,{FREEDOMS},Parliament\n,(a) in law;,\n,(b) in practice.,Supreme Court\n2,{PARTIES},\n"
    )
    assert preview.recommendations[0].fields["text"] == f"{FREEDOMS}\n(a) in law;\n(b) in practice."
    assert preview.recommendations[0].fields["addressees"] == ["Parliament", "Supreme Court"]
    assert [(line, code) for line, code in remark_codes(preview) if line] == [(3, "continued"), (4, "continued")]


def test_totals_footnotes_column_numbers_and_repeated_headings_are_no_recommendations() -> None:
    preview = read_text(
        f"No.,Recommendation,Addressee\n1,2,3\n1,{FREEDOMS},Parliament\n"
        f"No.,Recommendation,Addressee\n2,{PARTIES},\n,,\nTotal,2,\nИтого: 2,,\n"
        ",* The English text is official.,\nSource: the final report,,\n,,\n,Prepared by the sample team,\n"
    )
    assert numbers(preview) == ["1", "2"]
    assert [r.fields["text"] for r in preview.recommendations] == [FREEDOMS, PARTIES]
    assert [(line, code) for line, code in remark_codes(preview) if line] == [
        (7, "total-skipped"),
        (8, "total-skipped"),
        (9, "line-unused"),
        (10, "line-unused"),
        (12, "line-unused"),
    ]


def test_quoted_texts_of_several_lines_keep_line_numbers_right() -> None:
    preview = read_text(f'No.,Theme,Recommendation\n1,media,"{FREEDOMS}\nin law\nand in practice"\n2,zebra,{PARTIES}\n')
    assert preview.recommendations[0].fields["text"] == f"{FREEDOMS}\nin law\nand in practice"
    assert [(line, code) for line, code in remark_codes(preview) if line] == [(5, "unknown-themes")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, ending: str) -> None:
    lines = [["No.", "Priority", "Recommendation"], ["1", "yes", f'"{FREEDOMS}"'], ["2", "no", f'"{PARTIES}"']]
    preview = read_text(ending.join(separator.join(line) for line in lines))
    assert [r.fields["text"] for r in preview.recommendations] == [FREEDOMS, PARTIES]
    assert [r.line for r in preview.recommendations] == [2, 3]


def test_an_announced_separator_is_believed() -> None:
    preview = read_text(f"sep=;\r\nNo.;Recommendation\r\n1;{FREEDOMS}\r\n")
    assert preview.read_as == "text, utf-8, semicolon"
    assert preview.recommendations[0].line == 3


RUSSIAN = (
    "Номер;Приоритет;Рекомендация\n1;да;Снять необоснованные ограничения свободы собраний.\n"
    "2;нет;Упростить регистрацию партий — в законе и на практике.\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1251", "koi8-r", "cp866"]
)
def test_encodings(encoding: str) -> None:
    text = RUSSIAN if encoding not in ("koi8-r", "cp866") else RUSSIAN.replace("—", "-")
    preview = read_text(text, encoding)
    assert preview.recommendations[0].fields["text"] == "Снять необоснованные ограничения свободы собраний."
    assert classes(preview) == ["priority", "other"]
    assert encoding.removesuffix("-sig") in preview.read_as or encoding in ("utf-16", "utf-32")


def test_western_texts_in_windows_1252() -> None:
    preview = read_text(
        "No.;Recommendation\n1;Garantir la liberté d’expression, à l’égard de tous les médias “indépendants”.\n", "windows-1252"
    )
    assert preview.recommendations[0].fields["text"] == "Garantir la liberté d’expression, à l’égard de tous les médias “indépendants”."


def test_capitals_do_not_mislead_the_guess_of_the_encoding() -> None:
    text = "№;ПРИОРИТЕТ;РЕКОМЕНДАЦИЯ\n1;ДА;СНЯТЬ НЕОБОСНОВАННЫЕ ОГРАНИЧЕНИЯ СВОБОДЫ СОБРАНИЙ\n".replace("№", "N")
    for encoding in ("windows-1251", "koi8-r"):
        assert read_text(text, encoding).recommendations[0].fields["text"] == "СНЯТЬ НЕОБОСНОВАННЫЕ ОГРАНИЧЕНИЯ СВОБОДЫ СОБРАНИЙ"


def test_the_extension_decides_nothing(tmp_path: Path) -> None:
    for name, raw in (
        ("list.pdf", f"No.;Recommendation\n1;{FREEDOMS}\n".encode()),
        ("list.csv", workbook([["No.", "Recommendation"], [1, FREEDOMS]])),
    ):
        path = tmp_path / name
        path.write_bytes(raw)
        assert numbers(read_sheet(path, VOCABULARIES)) == ["1"]


def test_texts_come_in_nfc_without_invisible_controls() -> None:
    preview = read_text(f"No.,Recommendation\n1,Elect\u202eions must be fre\u0301e and fair for all the citizens\u200b.\n2,{PARTIES}\n")
    assert preview.recommendations[0].fields["text"] == "Elections must be fr\u00e9e and fair for all the citizens."
    assert (2, "characters-dropped") in remark_codes(preview)


# --- workbooks


def test_a_workbook_with_numbers_dates_and_formulas_as_text() -> None:
    rows: list[list[object]] = [
        ["No.", "Recommendation", "Page", "Horizon"],
        [7.0, FREEDOMS, 12, "long-term"],
        ["8a", "=HYPERLINK(1) is quoted here as text of a rule", None, None],
    ]

    def as_text(book: Workbook) -> None:
        sheet_of(book)["B3"].data_type = "s"

    preview = read(workbook(rows, change=as_text), "list.xlsx")
    assert preview.read_as == "Excel workbook"
    assert numbers(preview) == ["7", "8a"]
    assert preview.recommendations[0].fields["page"] == 12
    assert preview.recommendations[1].fields["text"] == "=HYPERLINK(1) is quoted here as text of a rule"


def test_merged_cells_reach_all_their_lines() -> None:
    rows: list[list[object]] = [
        ["Sample report on elections", None, None, None, None],
        ["No.", "Theme", "Recommendation", "Addressee", "Priority"],
        [1, "Media", FREEDOMS, "Parliament", "yes"],
        [2, None, PARTIES, None, None],
        ["Other recommendations", None, None, None, None],
        [3, "Women", MEDIA, "Parliament", None],
        [None, None, "and in practice", None, None],
    ]

    def merge(book: Workbook) -> None:
        for area in ("A1:E1", "B3:B4", "D3:D4", "E3:E4", "A5:E5", "A6:A7", "B6:B7"):
            sheet_of(book).merge_cells(area)

    preview = read(workbook(rows, change=merge), "list.xlsx")
    assert preview.title == "Sample report on elections"
    assert [r.fields.get("themes") for r in preview.recommendations] == [["media"], ["media"], ["women"]]
    assert [r.fields.get("addressees") for r in preview.recommendations] == [["Parliament"]] * 3
    assert classes(preview) == ["priority", "priority", "other"]
    assert preview.recommendations[2].fields["text"] == f"{MEDIA}\nand in practice"


def test_headings_on_two_lines() -> None:
    rows: list[list[object]] = [
        ["No.", "Recommendation", None, "Addressee"],
        [None, "English", "Russian", None],
        [1, FREEDOMS, "Снять ограничения свободы собраний.", "Parliament"],
    ]

    def merge(book: Workbook) -> None:
        for area in ("A1:A2", "B1:C1", "D1:D2"):
            sheet_of(book).merge_cells(area)

    fields = only(read(workbook(rows, change=merge), "list.xlsx"))
    assert fields["text"] == FREEDOMS
    assert fields["translations"] == {"ru": "Снять ограничения свободы собраний."}
    assert fields["addressees"] == ["Parliament"]


def test_sheets_by_class_and_hidden_sheets() -> None:
    heading = ["No.", "Recommendation"]

    def hide(book: Workbook) -> None:
        sheet_of(book, 2).sheet_state = "hidden"
        sheet_of(book, 3).sheet_state = "veryHidden"

    raw = workbook(
        [heading, [1, FREEDOMS]],
        [heading, [2, PARTIES]],
        [heading, [1, "an older draft of the recommendation about freedoms"]],
        [heading, [2, MEDIA]],
        [["Contacts"], ["none"]],
        titles=["Priority recommendations", "Other recommendations", "old", "older", "Contacts"],
        change=hide,
    )
    preview = read(raw, "list.xlsx")
    assert classes(preview) == ["priority", "other"]
    assert [(r.sheet, r.saying.code) for r in preview.remarks] == [
        ("old", "sheet-hidden"),
        ("older", "sheet-hidden"),
        ("Contacts", "sheet-without-table"),
    ]
    assert [r.sheet for r in preview.recommendations] == ["Priority recommendations", "Other recommendations"]


def test_hidden_lines_are_taken_and_named() -> None:
    def hide(book: Workbook) -> None:
        sheet_of(book).row_dimensions[3].hidden = True

    preview = read(workbook([["No.", "Recommendation"], [1, FREEDOMS], [2, PARTIES]], change=hide), "list.xlsx")
    assert numbers(preview) == ["1", "2"]
    assert (3, "hidden-line") in remark_codes(preview)


def test_shared_and_rich_strings_as_excel_writes_them() -> None:
    raw = workbook([["No.", "Recommendation"], [1, "first"]])
    sheet = part(raw, "xl/worksheets/sheet1.xml").decode()
    for at, text in enumerate(("No.", "Recommendation", "first")):
        sheet = sheet.replace(f't="inlineStr"><is><t>{text}</t></is>', f't="s"><v>{at}</v>')
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3">'
        "<si><t>No.</t></si><si><t>Recommendation</t></si>"
        '<si><r><t xml:space="preserve">Lift </t></r><r><rPr><b/></rPr><t>undue</t></r>'
        '<r><t xml:space="preserve"> restrictions_x000D_\n&amp; more</t></r></si></sst>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = (
        part(raw, "[Content_Types].xml")
        .decode()
        .replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
    )
    changed = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings, "[Content_Types].xml": types}
    assert only(read(with_parts(raw, {name: text.encode() for name, text in changed.items()})))["text"] == "Lift undue restrictions\n& more"


def test_a_formula_without_a_stored_value_is_named() -> None:
    preview = read(workbook([["No.", "Recommendation", "Addressee"], [1, FREEDOMS, "=A1"], [2, PARTIES, "Parliament"]]), "list.xlsx")
    assert (2, "formula-empty") in remark_codes(preview)


def test_a_stray_cell_far_away_costs_nothing() -> None:
    def stray(book: Workbook) -> None:
        sheet_of(book)["XFD1048576"] = "here"

    assert numbers(read(workbook([["No.", "Recommendation"], [1, FREEDOMS]], change=stray), "list.xlsx")) == ["1"]


def test_every_sentence_of_a_preview_is_said_in_both_languages() -> None:
    preview = read_text(f"No.,Theme,Recommendation,Zebra\n1,zebra,{FREEDOMS},q\n")
    for saying in [*(c.why for c in preview.columns), *(r.saying for r in preview.remarks)]:
        assert saying.text("en") != saying.text("ru")
