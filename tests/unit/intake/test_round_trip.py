"""Whatever layout a list of recommendations is written in, the same list is read back."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.unit.intake.written import VOCABULARIES, read, sheet_of, workbook

Fields = dict[str, Any]

HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("No.", "№", "Recommendation number", "Номер", "#", "№ рекомендации", "Rec. No."),
    "class": ("Priority", "Приоритет", "Priority (Y/N)", "Приоритетность", "Class"),
    "themes": ("Theme", "Topics", "Тема", "Тематическая область"),
    "text": ("Recommendation", "Text of the recommendation", "Текст рекомендации", "Рекомендация", "Verbatim text"),
    "addressees": ("Addressee(s)", "Responsible institutions", "Адресаты", "Кому адресовано"),
    "action_required": ("Action required", "Type of action", "Требуемое действие", "Меры"),
    "commitments": ("Commitments", "OSCE commitments", "Обязательства"),
    "horizon": ("Horizon", "Timeline", "Сроки"),
    "page": ("Page", "p.", "Стр."),
    "short_label": ("Short label", "Краткое название"),
}
TITLES = ("Final report on the sample elections", "Итоговый отчёт о выборах (образец)", "Annex 1: recommendations of the mission")
SECTIONS = {
    "priority": ("I. Priority recommendations", "ПРИОРИТЕТНЫЕ РЕКОМЕНДАЦИИ"),
    "other": ("Other recommendations", "II. Прочие рекомендации"),
}
CLASS_WORDS = {"priority": ("Yes", "P", "да", "приоритетная", "x"), "other": ("No", "", "нет", "прочая", "-")}
NAMES = (
    "Parliament",
    "Ministry of Information, Communications and Culture",
    "Central Election Commission",
    "political parties",
    "Парламент",
    "Верховный суд",
    "Министерство юстиции, религии и печати",
    "Prosecutor General (office of)",
)
COMMITMENTS = ("Copenhagen 1990, 9.1", "Istanbul 1999, 25", "ICCPR, Article 25", "Копенгаген 1990, 7.4")
WORDS = (
    "publish",
    "lift",
    "results,",
    "by",
    "polling",
    "station;",
    "“without",
    "delay”,",
    "before",
    "и",
    "опубликовать",
    "списки",
    "избирателей:",
    "(a)",
    "2021",
    "=SUM",
    "the",
    "7.",
    'said "so"',
    "/",
    "on-line",
    "\n",
    "Total",
    "§ 5",
    "№ 7",
)


def terms(name: str) -> list[str]:
    return [t.word for t in VOCABULARIES[name].terms]


texts = st.lists(st.sampled_from(WORDS), min_size=6, max_size=30).map(lambda words: "Ensure that " + " ".join(words).strip() + " end.")
optional = st.none()


@st.composite
def recommendation_lists(draw: st.DrawFn) -> list[Fields]:
    keys = draw(st.lists(st.tuples(st.integers(1, 999), st.sampled_from(["", "", "", "a", "b"])), min_size=1, max_size=12, unique=True))
    found = []
    for number, letter in sorted(keys):
        wanted: Fields = {
            "number": number,
            "letter": letter,
            "class": draw(st.sampled_from(["priority", "other"])),
            "text": draw(texts),
            "themes": draw(st.lists(st.sampled_from(terms("theme")), max_size=3, unique=True)),
            "addressees": draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)),
            "action_required": draw(st.lists(st.sampled_from(terms("action_required")), max_size=2, unique=True)),
            "commitments": draw(st.lists(st.sampled_from(COMMITMENTS), max_size=2, unique=True)),
            "horizon": draw(st.sampled_from(["", *terms("horizon")])),
            "page": draw(st.one_of(st.none(), st.integers(1, 300))),
            "short_label": draw(st.sampled_from(["", "Freedom of assembly", "Списки избирателей"])),
        }
        found.append({name: value for name, value in wanted.items() if value})
    return found


@dataclass(frozen=True)
class Manner:
    """How somebody writes the list down."""

    columns: tuple[str, ...]
    headings: dict[str, str]
    language: str  # of the labels of terms
    titles: tuple[str, ...]
    sections: bool  # classes as section headings and not in a column
    listing: str  # what stands between the elements of a list
    number_form: str
    blank_lines: bool
    class_words: dict[str, str]


@st.composite
def manners(draw: st.DrawFn) -> Manner:
    sections = draw(st.booleans())
    columns = draw(st.permutations([name for name in HEADINGS if name != "class" or not sections]))
    return Manner(
        columns=tuple(columns),
        headings={name: draw(st.sampled_from(choices)) for name, choices in HEADINGS.items()},
        language=draw(st.sampled_from(["en", "ru"])),
        titles=tuple(draw(st.lists(st.sampled_from(TITLES), max_size=3))),
        sections=sections,
        listing=draw(st.sampled_from(["; ", ";", "\n", "\n- "])),
        number_form=draw(st.sampled_from(["{n}{l}", "{n} ({l})", "№ {n}{l}", "{n}{l}."])),
        blank_lines=draw(st.booleans()),
        class_words={name: draw(st.sampled_from(words)) for name, words in CLASS_WORDS.items()},
    )


def cell(wanted: Fields, column: str, manner: Manner) -> str:
    value = wanted.get(column)
    if column == "number":
        letter = wanted.get("letter", "")
        return (manner.number_form if letter else manner.number_form.replace(" ({l})", "")).format(n=value, l=letter)
    if column == "class":
        return manner.class_words[str(value)]
    vocabulary = {"themes": "theme", "action_required": "action_required", "horizon": "horizon"}.get(column)
    parts = value if isinstance(value, list) else [] if value is None else [value]
    if vocabulary:
        parts = [VOCABULARIES[vocabulary].label(word, manner.language) for word in parts]
    return manner.listing.join(map(str, parts))


def written_rows(wanted: list[Fields], manner: Manner) -> list[list[str]]:
    width = len(manner.columns)
    rows = [[title, *[""] * (width - 1)] for title in manner.titles]
    rows.append([manner.headings[column] for column in manner.columns])
    standing = ""
    for fields in wanted:
        if manner.sections and fields["class"] != standing:
            standing = fields["class"]
            rows.append([SECTIONS[standing][len(standing) % 2], *[""] * (width - 1)])
        if manner.blank_lines:
            rows.append([""] * width)
        rows.append([cell(fields, column, manner) for column in manner.columns])
    return rows


def read_back(raw: bytes) -> list[Fields]:
    return [dict(r.fields) for r in read(raw).recommendations]


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(
    recommendation_lists(),
    manners(),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_text_files(wanted: list[Fields], manner: Manner, separator: str, ending: str, encoding: str) -> None:
    saved = io.StringIO()
    csv.writer(saved, delimiter=separator, lineterminator=ending).writerows(written_rows(wanted, manner))
    assert read_back(saved.getvalue().encode(encoding)) == wanted


@QUICK
@given(recommendation_lists(), manners(), st.sampled_from(["windows-1251", "koi8-r"]))
def test_text_files_of_one_byte_encodings(wanted: list[Fields], manner: Manner, encoding: str) -> None:
    saved = io.StringIO()
    rows = [
        [text.replace("№", "N").replace("“", '"').replace("”", '"').replace("§", "par.") for text in row]
        for row in written_rows(wanted, manner)
    ]
    csv.writer(saved, delimiter=";").writerows(rows)
    found = [fields["text"] for fields in read_back(saved.getvalue().encode(encoding))]
    assert found == [f["text"].replace("№", "N").replace("“", '"').replace("”", '"').replace("§", "par.") for f in wanted]


@QUICK
@given(recommendation_lists(), manners(), st.booleans())
def test_workbooks(wanted: list[Fields], manner: Manner, merged: bool) -> None:
    rows = written_rows(wanted, manner)
    if merged:
        rows = [row for row in rows if any(row)]

    def merge(book: Workbook) -> None:
        """Titles and section headings across all columns; equal neighbours below one another in the columns where people do that."""
        sheet = sheet_of(book)
        for line, row in enumerate(rows, start=1):
            if sum(map(bool, row)) == 1:
                sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=len(row))
        for place in (manner.columns.index(name) for name in ("themes", "addressees", "horizon")):
            line = 1
            while line < len(rows):
                last = line
                while (
                    last < len(rows)
                    and rows[line - 1][place]
                    and rows[last][place] == rows[line - 1][place]
                    and sum(map(bool, rows[last])) > 1
                ):
                    last += 1
                if last > line:
                    sheet.merge_cells(start_row=line, end_row=last, start_column=place + 1, end_column=place + 1)
                line = last + 1

    cells = [[int(text) if text.isdigit() else text or None for text in row] for row in rows]

    def finish(book: Workbook) -> None:
        for row in sheet_of(book).iter_rows():
            for place in row:
                if place.data_type == "f":
                    place.data_type = "s"  # a text that begins with “=”
        if merged:
            merge(book)

    assert read_back(workbook(cells, change=finish)) == wanted
