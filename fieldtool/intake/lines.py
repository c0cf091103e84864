"""The lines under a sheet's headings to proposed recommendations; a line that cannot be read refuses the whole file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fieldtool.domain.values import JsonValue
from fieldtool.intake.cells import (
    MAX_NUMBER,
    Number,
    find_term,
    read_class,
    read_letter,
    read_names,
    read_number,
    read_page,
    read_terms,
    split_leading_number,
)
from fieldtool.intake.grid import Grid, Row, letter_of
from fieldtool.intake.headings import normalised
from fieldtool.intake.layout import Layout, Terms
from fieldtool.intake.preview import Place, ProposedRecommendation, Remark, line_refused
from fieldtool.intake.sayings import say
from fieldtool.intake.sections import class_of_section, without_enumerator

MAX_RECOMMENDATIONS = 2000
MAX_LABEL_WORDS = 4  # domain rule: a short label is never mistaken for the official text

_NUMERAL = re.compile(r"\(?(?:[IVXLC]+|[ХІ]+|[A-ZА-Я]|\d+(?:\.\d+)*)[.)]*\Z")
_TOTAL = re.compile(r"(grand |sub)?total\b|sum\b|count\b|итого\b|всего\b|барлығы\b")

_FOOTNOTE = re.compile(r"\*|[¹²³†]|(note|source|примечани[ея]|источник)\s*:", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A recommendation that following lines may still continue."""

    line: int
    section: str
    number: Number
    letter: str
    text: str
    chosen: str  # class
    lists: dict[str, list[str]] = field(default_factory=dict)
    translations: dict[str, str] = field(default_factory=dict)
    single: dict[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadLines:
    """What one sheet gave."""

    recommendations: tuple[ProposedRecommendation, ...]
    remarks: tuple[Remark, ...]
    classes_named: bool  # something said which recommendations have priority


def read_lines(grid: Grid, layout: Layout, terms: Terms, place: Place) -> ReadLines:
    """Every recommendation of a sheet. Raises `KnownError` sheet-row naming the line that cannot be read."""
    return _Lines(grid, layout, terms, place).read()


@dataclass(slots=True)
class _Lines:
    grid: Grid
    layout: Layout
    terms: Terms
    place: Place
    section: str = ""
    section_class: str = ""
    section_theme: str = ""
    classes_named: bool = False
    found: list[_Open] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    may_continue: bool = False

    def read(self) -> ReadLines:
        self._set_section(self.grid.name)
        self.section = ""
        if self.layout.implied_class:
            self.section_class, self.classes_named = self.layout.implied_class, True
        for at, row in enumerate(self.grid.rows[self.layout.first :]):
            if not self._is_heading(row) and not (at == 0 and _numbers_columns(row)):
                self._read_row(row)
            if len(self.found) > MAX_RECOMMENDATIONS:
                raise line_refused(self.place, row.line, "too-many", limit=MAX_RECOMMENDATIONS)
        return ReadLines(
            tuple(self._proposed(o) for o in self.found), tuple(self.remarks), self.classes_named or "class" in self.layout.roles
        )

    # --- one line

    def _read_row(self, row: Row) -> None:
        if self.layout.strict_width and len(row.cells) > len(self.layout.headings):
            raise line_refused(self.place, row.line, "cells-beyond")
        number_text, text = self._number_and_text(row)
        number = read_number(number_text) if number_text else None
        if number is not None and not (self._own(row, "number") == "" and not self.layout.number_in_text and not self._own(row, "letter")):
            self._open(row, number, text)
        elif not self._is_aside(row, text):
            if text and number_text and number is None:
                raise line_refused(self.place, row.line, "number-unread", value=_short(number_text))
            self._continue(row, text)
        self._remark_on(row)

    def _number_and_text(self, row: Row) -> tuple[str, str]:
        text = self._own(row, "text")
        if self.layout.number_in_text:
            return split_leading_number(text)
        return self._cell(row, "number"), text

    def _is_aside(self, row: Row, text: str) -> bool:
        """Whether the line is a section heading, a total or a footnote; a section heading is remembered."""
        own = [cell for c in range(len(row.cells)) if (cell := row.own(c))]
        if not own:
            return True
        joined = " ".join(own)
        alone = len(own) == 1 or (len(own) == 2 and _NUMERAL.match(own[0]) is not None)
        if alone and len(joined) <= 160 and self._set_section(own[-1]):
            self.may_continue = False
            return True
        if _TOTAL.match(normalised(own[0])) and len(own) <= 3:
            self._remark(row.line, "total-skipped")
            return True
        lists = ("themes", "addressees", "action_required", "commitments")
        if (text and not self._is_footnote(row, own)) or (self.may_continue and any(self._own(row, role) for role in lists)):
            return False
        if any(c in self.layout.roles.values() or len(own) == 1 for c in range(len(row.cells)) if row.own(c)):
            self._remark(row.line, "line-unused")
        return True

    def _is_footnote(self, row: Row, own: list[str]) -> bool:
        """Whether a lone text stands apart from the table or begins as footnotes do."""
        return len(own) == 1 and (row.after_gap or _FOOTNOTE.match(own[0]) is not None)

    def _set_section(self, text: str) -> bool:
        """Whether `text` is the heading of a section; its class or theme then holds for the lines below."""
        plain = without_enumerator(text)
        named_class, named_theme = "", ""
        for piece in (plain, *re.split(r"\s*[:–—]\s*|\s-\s", plain)):
            words = normalised(piece)
            if not named_class:
                if found := self.terms.classes.get(words):
                    named_class = found if len(words) > 1 else ""
                elif not (named_class := class_of_section(piece)):
                    named_theme = named_theme or self.terms.themes.get(words, "")
        if not named_class and not named_theme:
            return False
        if named_class:
            self.section_class, self.section_theme, self.classes_named = named_class, named_theme, True
        else:
            self.section_theme = named_theme
        self.section = " ".join(text.split())
        return True

    def _open(self, row: Row, number: Number, text: str) -> None:
        letter = read_letter(self._own(row, "letter"))
        if letter is None:
            raise line_refused(self.place, row.line, "number-unread", value=_short(self._own(row, "letter")))
        named = f"{number.number}{number.letter or letter}"
        if not 1 <= number.number <= MAX_NUMBER:
            raise line_refused(self.place, row.line, "number-range", value=number.number)
        if not text and not (text := self._cell(row, "text") if self._own(row, "letter") else ""):
            if _TOTAL.search(" ".join(normalised(c) for c in row.cells)):
                self._remark(row.line, "total-skipped")
                return
            raise line_refused(self.place, row.line, "text-missing", value=named)
        self.classes_named = self.classes_named or bool(number.priority_class)
        opened = _Open(row.line, self.section, number, number.letter or letter, text, self._class_of(row, number))
        self._take_lists(row, opened)
        if self.section_theme and not opened.lists["themes"]:
            opened.lists["themes"] = [self.section_theme]
        self._take_single(row, opened)
        self.found.append(opened)
        self.may_continue = True

    def _continue(self, row: Row, text: str) -> None:
        """A line without a number of its own carries the one above on, unless it has what only a new recommendation has."""
        new = any(self._own(row, role) for role in ("class", "themes", "horizon") if role in self.layout.roles)
        if not self.may_continue or (text and new):
            raise line_refused(self.place, row.line, "number-missing")
        above = self.found[-1]
        if text:
            above.text += "\n" + text
        self._remark(row.line, "continued", value=f"{above.number.number}{above.letter}")
        self._take_lists(row, above)

    def _class_of(self, row: Row, number: Number) -> str:
        cell = self._cell(row, "class")
        named = read_class(cell, self.terms.classes)
        if named is None:
            raise line_refused(self.place, row.line, "class-unread", value=_short(cell), letter=letter_of(self.layout.roles["class"]))
        if named and self.section_class and named != self.section_class:
            self._remark(
                row.line, "class-contradicts", cell=_short(cell), section=_short(self.section or self.grid.name or self.section_class)
            )
        return named or number.priority_class or self.section_class or "other"

    # --- what stands in the other columns

    def _take_lists(self, row: Row, opened: _Open) -> None:
        for role, spellings in (("themes", self.terms.themes), ("action_required", self.terms.actions)):
            terms, unknown = read_terms(self._cell(row, role), spellings)
            self._extend(opened, role, terms)
            for value in unknown:
                self._remark(row.line, f"unknown-{role}", value=_short(value))
        commas = "addressees" in self.layout.roles and not self._has_semicolons("addressees")
        self._extend(opened, "addressees", read_names(self._cell(row, "addressees"), commas_separate=commas))
        self._extend(opened, "commitments", read_names(self._cell(row, "commitments"), commas_separate=False))
        for language, column in self.layout.translations.items():
            if text := row.own(column):
                before = opened.translations.get(language)
                opened.translations[language] = f"{before}\n{text}" if before else text

    def _extend(self, opened: _Open, role: str, values: list[str]) -> None:
        opened.lists[role] = list(dict.fromkeys((*opened.lists.get(role, ()), *values)))

    def _take_single(self, row: Row, opened: _Open) -> None:
        if cell := self._cell(row, "horizon"):
            if (term := find_term(cell, self.terms.horizons)) is not None:
                opened.single["horizon"] = term
            else:
                self._remark(row.line, "unknown-horizon", value=_short(cell))
        if cell := self._cell(row, "page"):
            if (page := read_page(cell)) is not None:
                opened.single["page"] = page
            else:
                self._remark(row.line, "page-unread", value=_short(cell))
        if cell := self._cell(row, "short_label"):
            if len(cell.split()) <= MAX_LABEL_WORDS:
                opened.single["short_label"] = " ".join(cell.split())
            else:
                self._remark(row.line, "label-long")

    def _has_semicolons(self, role: str) -> bool:
        """Whether any cell of the column parts its names otherwise, so that its commas belong to names."""
        column = self.layout.roles[role]
        return any(re.search(r"[;\n]", row.cell(column)) for row in self.grid.rows[self.layout.first :])

    def _proposed(self, opened: _Open) -> ProposedRecommendation:
        fields: dict[str, JsonValue] = {"number": opened.number.number}
        if opened.letter:
            fields["letter"] = opened.letter
        fields |= {"class": opened.chosen, "text": opened.text, **opened.single}
        fields |= {role: list(values) for role, values in opened.lists.items() if values}
        if opened.translations:
            fields["translations"] = dict(opened.translations)
        return ProposedRecommendation(self.grid.name, opened.line, opened.section, fields)

    # --- looking at a row

    def _cell(self, row: Row, role: str) -> str:
        return row.cell(self.layout.roles.get(role, -1))

    def _own(self, row: Row, role: str) -> str:
        return row.own(self.layout.roles.get(role, -1))

    def _is_heading(self, row: Row) -> bool:
        """Whether the headings are repeated, as on each printed page."""
        cells = [normalised(c) for c in row.cells]
        return sum(map(bool, cells)) > 1 and cells == list(self.layout.headings[: len(cells)])

    def _remark_on(self, row: Row) -> None:
        if row.hidden:
            self._remark(row.line, "hidden-line")
        if row.cleaned:
            self._remark(row.line, "characters-dropped")
        taken = {*self.layout.roles.values(), *self.layout.translations.values()}
        for column in row.unstored:
            if column in taken:
                self._remark(row.line, "formula-empty", letter=letter_of(column))

    def _remark(self, line: int, code: str, **values: object) -> None:
        self.remarks.append(Remark(self.grid.name, line, say(code, **values)))


def _numbers_columns(row: Row) -> bool:
    """Whether the line only counts the columns (1, 2, 3, …), as official tables do under their headings."""
    cells = [c for c in row.cells if c]
    return len(cells) > 2 and cells == [str(n) for n in range(1, len(cells) + 1)]


def _short(text: str) -> str:
    """A cell's beginning, for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
