"""The summary's own words in its language or languages, and labels of vocabularies beside them;
writes no sentence about the visit's content."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Mapping
from typing import cast

from fieldtool import resources
from fieldtool.domain.numbers import grouped, spoken
from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.reports.document import Label

LANGUAGES = ("en", "ru")  # languages that a summary's frame can be written in
PRESS_LANGUAGES = (*LANGUAGES, "kk")  # those of the press text


@functools.lru_cache(maxsize=8)
def _table(language: str) -> Mapping[str, object]:
    table = cast("dict[str, object]", json.loads(resources.path("summary", f"{language}.json").read_text("utf-8")))
    # Kazakh is written for the press text alone; what never stands in one is not translated.
    return table if language in LANGUAGES else {**_table("en"), **table}


class Wording:
    """Messages in one language, or in two side by side. Raises `ValueError` for a language the frame is not written in."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        if not languages or any(lang not in PRESS_LANGUAGES for lang in languages):
            raise ValueError(f"no summary is written in {'+'.join(languages) or 'no language'}")
        self.languages = languages

    def __call__(self, key: str, /, **values: object) -> str:
        """The message of that key; in two languages with a slash between.

        A message that ends in its one placeholder says the value once: `Meeting / Встреча 3`, `Addressed to / Адресаты: …`.
        """
        templates = [str(_table(lang)[key]) for lang in self.languages]
        placeholder = f"{{{next(iter(values), '')}}}"
        if len(templates) > 1 and len(values) == 1 and all(t.endswith(placeholder) for t in templates):
            leads = [t.removesuffix(placeholder).rstrip() for t in templates]
            colon = ":" if all(lead.endswith(":") for lead in leads) else ""
            told = spoken(values, self.languages[0])
            return f"{self.join([lead.rstrip(':') for lead in leads])}{colon} {next(iter(told.values()))}"
        return self.join(t.format(**spoken(values, lang)) for t, lang in zip(templates, self.languages, strict=True))

    def number(self, count: int) -> str:
        """A count as it is written in the first language."""
        return grouped(count, self.languages[0])

    @property
    def first(self) -> Wording:
        """The same words in the first language alone: for charts and furniture, where there is no room for two."""
        return Wording(self.languages[:1])

    def each(self, key: str, /, **values: object) -> list[tuple[str, str]]:
        """The message in each language as (language, text): for whole sentences, which stand below each other."""
        return [(lang, str(_table(lang)[key]).format(**spoken(values, lang))) for lang in self.languages]

    def join(self, texts: object) -> str:
        """Different texts with a slash between them, empty ones left out."""
        return " / ".join(dict.fromkeys(t for t in cast("list[str]", texts) if t))

    def label(self, vocabularies: Vocabularies, vocabulary: str, word: str) -> Label:
        """The label of a stored word; a word this version does not know stands for itself."""
        known = vocabularies.get(vocabulary)
        texts = [known.label(word, lang) if known else word for lang in self.languages]
        return Label(word, self.join(texts))

    def pick(self, names: Mapping[str, object]) -> str:
        """A name given per language: in the summary's languages where there is one, else in English, else in the first there is."""
        texts = [str(names[lang]) for lang in self.languages if names.get(lang)]
        if not texts:
            texts = [str(v) for k, v in sorted(names.items(), key=lambda kv: (kv[0] != "en", kv[0])) if v][:1]
        return self.join(texts)

    def date(self, iso: str) -> str:
        """A date in words, `11 April 2022`; anything that is no date stands as it is."""
        try:
            day = datetime.date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        return self.join([_long_date(day, lang) for lang in self.languages])

    def short_date(self, iso: str) -> str:
        """A date for tables; ISO 8601 where two languages stand side by side."""
        try:
            day = datetime.date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        if len(self.languages) > 1:
            return day.isoformat()
        months = cast("list[str]", _table(self.languages[0])["months-short"])
        return str(_table(self.languages[0])["date-short"]).format(
            day=day.day, month=months[day.month - 1], month_number=day.month, year=day.year
        )

    def period(self, start: str, end: str) -> str:
        """A period of days in words."""
        if not end or start == end:
            return self.date(start)
        first, last = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
        if (first.year, first.month) != (last.year, last.month):
            return self.join([f"{_long_date(first, lang)} – {_long_date(last, lang)}" for lang in self.languages])
        return self.join([_short_period(first, last, lang) for lang in self.languages])


def _long_date(day: datetime.date, language: str) -> str:
    months = cast("list[str]", _table(language)["months"])
    return str(_table(language)["date-long"]).format(day=day.day, month=months[day.month - 1], year=day.year)


def _short_period(first: datetime.date, last: datetime.date, language: str) -> str:
    """Two days of one month; where the year comes first the days stand behind it."""
    table = _table(language)
    if "period-long" not in table:
        return f"{first.day}–{_long_date(last, language)}"
    months = cast("list[str]", table["months"])
    return str(table["period-long"]).format(first=first.day, day=last.day, month=months[last.month - 1], year=last.year)
