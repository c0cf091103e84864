"""Where the headings of a sheet stand and which column holds what, with the reason; it reads no recommendation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.intake.cells import Spellings, find_term, read_class, read_number, read_page, read_terms, spellings, split_leading_number
from fieldtool.intake.grid import Grid, Row, letter_of
from fieldtool.intake.headings import ASIDE, OFFICIAL, ORDINAL, Heading, heading_of, normalised
from fieldtool.intake.preview import NOT_TAKEN, Column
from fieldtool.intake.sayings import Saying, say

HEADINGS_WITHIN = 60  # so many lines may stand above the headings
_LONG = 40  # characters a text of a recommendation has at least, on average
_ENOUGH = 0.6  # share of a column's cells that has to look like something


@dataclass(frozen=True, slots=True)
class Terms:
    """The spellings of the vocabularies that a recommendation uses."""

    classes: Spellings
    themes: Spellings
    actions: Spellings
    horizons: Spellings

    @classmethod
    def of(cls, vocabularies: Vocabularies) -> Terms:
        """The spellings out of all vocabularies."""
        return cls(*(spellings(vocabularies[name]) for name in ("recommendation_class", "theme", "action_required", "horizon")))


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet understood: `roles` are fields and their columns, `first` the place of the first line under the headings.

    `implied_class` is what the heading of the texts says of all of them; `number_in_text` that each text begins with its number.
    """

    first: int
    score: int
    title: str
    roles: Mapping[str, int]
    translations: Mapping[str, int]
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    implied_class: str = ""
    number_in_text: bool = False
    text_language: str = ""
    strict_width: bool = False  # a line with more cells than headings was not meant so: an unquoted comma in a text


def find_layout(grid: Grid, terms: Terms) -> Layout | None:
    """The best reading of a sheet's headings, or None where there is no column of numbers and no column of texts."""
    best: Layout | None = None
    for at in range(min(HEADINGS_WITHIN, len(grid.rows))):
        for span in (1, 2):
            texts = _headings_at(grid.rows, at, span)
            if not texts:
                continue
            layout = _Plan(grid, terms, at + span, span, texts).layout()
            if layout is not None and (best is None or layout.score > best.score):
                best = layout
    return best


def _headings_at(rows: tuple[Row, ...], at: int, span: int) -> list[str]:
    """The texts of one or two lines, column by column; [] where two lines cannot be the parts of one heading."""
    upper = rows[at]
    if span == 1:
        return list(upper.cells) if any(heading_of(c).role for c in upper.cells) else []
    if at + 1 >= len(rows) or not upper.filled:
        return []
    lower = rows[at + 1]
    if any(read_number(c) or len(c) > _LONG for c in lower.cells) or not any(heading_of(c).role for c in upper.cells):
        return []
    width = max(len(upper.cells), len(lower.cells))
    return [" ".join(dict.fromkeys(filter(None, (upper.cell(c), lower.cell(c))))) for c in range(width)]


Test = Callable[[str], object]  # truthy when a cell passes


def _starts_with_number(text: str) -> bool:
    return split_leading_number(text)[0] != ""


@dataclass(slots=True)
class _Plan:
    """The work of one try: which column is taken as what, and why."""

    grid: Grid
    terms: Terms
    first: int
    span: int  # lines of headings: two that fit say more than one
    texts: list[str]
    roles: dict[str, int] = field(default_factory=dict)
    translations: dict[str, int] = field(default_factory=dict)
    why: dict[int, Saying] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    samples: dict[int, list[str]] = field(default_factory=dict)
    implied_class: str = ""

    def layout(self) -> Layout | None:
        self.headings = [heading_of(text) for text in self.texts]
        named = {h.role for h in self.headings if h.strength}
        if not named & {"text", "translation", "number"}:
            return None
        self.samples = self._samples()
        self._take_by_heading()
        self._take_by_contents()
        if "text" not in self.roles and self.translations:
            self._promote_translation()
        numbered = self._share(self.roles.get("text"), _starts_with_number) >= _ENOUGH
        number_in_text = numbered and "number" not in self.roles
        if "text" not in self.roles or not ("number" in self.roles or number_in_text):
            return None
        score = self.span - 1 + sum(3 * (h.strength > 0) + h.strength for c, h in enumerate(self.headings) if self._taken_as(c))
        text = self.roles["text"]
        return Layout(
            first=self.first,
            score=score,
            title=self._title(),
            roles=self.roles,
            translations=self.translations,
            columns=self._columns(number_in_text),
            headings=tuple(normalised(t) for t in self.texts),
            implied_class=self.implied_class,
            number_in_text=number_in_text,
            strict_width=not self.grid.name,  # only text files leave their sheet unnamed
            text_language=self.headings[text].language if text < len(self.headings) else "",
        )

    def _samples(self) -> dict[int, list[str]]:
        """Each column's own cells under the headings, on lines that have more than one cell of their own."""
        found: dict[int, list[str]] = defaultdict(list)
        for row in self.grid.rows[self.first :]:
            own = [(c, text) for c in range(len(row.cells)) if (text := row.own(c))]
            if len(own) > 1:
                for column, text in own:
                    found[column].append(text)
        return found

    def _share(self, column: int | None, test: Test) -> float:
        """The share of a column's cells that pass the test; 0 where it has none."""
        cells = self.samples.get(-1 if column is None else column, [])
        return sum(bool(test(c)) for c in cells) / len(cells) if cells else 0.0

    def _length(self, column: int) -> float:
        cells = self.samples.get(column, [])
        return sum(map(len, cells)) / len(cells) if cells else 0.0

    def _fits(self, role: str, column: int) -> float:
        """How well a column's cells suit a role, 0 to 1; 1 where any text does, or where the column is empty."""
        terms = self.terms
        tests: dict[str, Test] = {
            "number": read_number,
            ORDINAL: read_number,
            "class": lambda c: read_class(c, terms.classes),
            "themes": lambda c: read_terms(c, terms.themes)[0],
            "action_required": lambda c: read_terms(c, terms.actions)[0],
            "horizon": lambda c: find_term(c, terms.horizons),
            "page": read_page,
        }
        if not self.samples.get(column):
            return 0.0 if role in ("number", ORDINAL, "text") else 1.0
        if role == "text":
            return min(1.0, self._length(column) / _LONG)
        return self._share(column, tests[role]) if role in tests else 1.0

    def _take_by_heading(self) -> None:
        wishes: dict[str, list[int]] = defaultdict(list)
        for column, heading in enumerate(self.headings):
            if heading.strength:
                role = self._role_by_contents(heading, column)
                wishes[role].append(column)
        for role, columns in wishes.items():
            if role in (OFFICIAL, ASIDE):
                self.why.update(dict.fromkeys(columns, say("official-elsewhere" if role == OFFICIAL else "not-recorded")))
            elif role == "translation":
                self._take_translations(columns)
            elif role != ORDINAL:
                self._take_best(role, columns)
        for column in wishes.get(ORDINAL, []):
            if "number" not in self.roles and self._fits(ORDINAL, column) >= _ENOUGH:
                self._take("number", column, "by-heading")
            elif "number" in self.roles:
                self.why[column] = say("taken-already", letter=letter_of(self.roles["number"]))

    def _role_by_contents(self, heading: Heading, column: int) -> str:
        """What a heading means once its cells are seen: “Type” may be class or action; “Priority recommendations” may be the texts."""
        if heading.role not in ("class", "themes", "action_required") or self._fits(heading.role, column) >= _ENOUGH:
            return heading.role
        if heading.role == "class" and self._length(column) >= _LONG:
            self.implied_class = read_class(self.texts[column], self.terms.classes) or "priority"
            return "text"
        for other in ("class", "action_required", "themes"):
            if self._fits(other, column) >= _ENOUGH:
                return other
        # A column that says “Priority” has to be read; one that says “Type” may hold anything.
        return heading.role if heading.role != "class" or re.search("priorit|приоритет", self.texts[column].casefold()) else ASIDE

    def _take_best(self, role: str, columns: list[int], *, sure: bool = False) -> None:
        if role == "number" and not sure:
            columns = [c for c in columns if self._fits(role, c) > 0]
        if not columns:
            return
        best = max(columns, key=lambda c: (self._fits(role, c) >= _ENOUGH, self.headings[c].strength, self._fits(role, c), -c))
        if role == "text" and (latin := [c for c in columns if not self._cyrillic(c) and self._fits("text", c) > 0]):
            best = best if best in latin else latin[0]
        self._take(role, best, "by-heading")
        for column in columns:
            if column == best:
                continue
            if role == "text" and self._cyrillic(column) and not self._cyrillic(best) and "ru" not in self.translations:
                self.translations["ru"] = column
                self.why[column] = say("by-script")
            else:
                self.why[column] = say("taken-already", letter=letter_of(best))

    def _take_translations(self, columns: list[int]) -> None:
        for column in columns:
            language = self.headings[column].language or ("ru" if self._cyrillic(column) else "")
            if not language:
                self.why[column] = say("not-recorded")
            elif language in self.translations:
                self.why[column] = say("taken-already", letter=letter_of(self.translations[language]))
            else:
                self.translations[language] = column
                self.why[column] = say("by-language")

    def _take_by_contents(self) -> None:
        free = [c for c in sorted(self.samples) if c not in self.why]
        if "text" not in self.roles and not self.translations:
            long = [c for c in free if self._length(c) >= _LONG]
            if long:
                self._take("text", max(long, key=self._length), "by-contents")
        if "number" not in self.roles:
            for column in free:
                if column not in self.why and self._share(column, read_number) >= _ENOUGH:
                    self._take("number", column, "by-contents")
                    break

        text = self.roles.get("text")
        if "number" not in self.roles and text is not None and self._fits("text", text) >= 1 and not self._share(text, _starts_with_number):
            # Texts beside a column headed “No.” that holds no number: its lines have to be refused, not the sheet passed over.
            self._take_best("number", [c for c in free if c < len(self.headings) and self.headings[c].role == "number"], sure=True)

    def _promote_translation(self) -> None:
        """A sheet with one text, in another language: better taken with a remark than refused."""
        language = next(iter(self.translations))
        column = self.translations.pop(language)
        self._take("text", column, "by-language")

    def _take(self, role: str, column: int, reason: str) -> None:
        self.roles[role] = column
        self.why[column] = say(reason)

    def _cyrillic(self, column: int) -> bool:
        text = "".join(self.samples.get(column, [])[:20])
        letters = [c for c in text if c.isalpha()]
        return sum("\u0400" <= c <= "\u052f" for c in letters) * 2 > len(letters)

    def _taken_as(self, column: int) -> str:
        for role, taken in self.roles.items():
            if taken == column:
                return role
        return next((f"translations/{language}" for language, taken in self.translations.items() if taken == column), NOT_TAKEN)

    def _columns(self, number_in_text: bool) -> tuple[Column, ...]:
        found = []
        for column in range(max([len(self.texts), *(c + 1 for c in self.samples)])):
            heading = self.texts[column] if column < len(self.texts) else ""
            if not heading and not self.samples.get(column):
                continue
            why = self.why.get(column) or say("unknown-heading" if heading else "no-heading")
            if number_in_text and column == self.roles["text"]:
                why = say("number-in-text")
            found.append(Column(self.grid.name, letter_of(column), heading, self._taken_as(column), why))
        return tuple(found)

    def _title(self) -> str:
        """The first line of several words above the headings."""
        above = (row.own(c) for row in self.grid.rows[: self.first - 1] for c in range(len(row.cells)))
        return next((" ".join(text.split()) for text in above if len(text.split()) >= 3), "")
