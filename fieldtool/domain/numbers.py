"""Whole numbers as people read them: groups of three with the mark of the language; the one place for window, terminal and document."""

from __future__ import annotations

from collections.abc import Mapping

_NARROW, _WIDE = "\u202f", "\u00a0"  # spaces that no line ends at
_MARKS = {"en": ",", "ru": _WIDE, "kk": _WIDE, "fr": _NARROW, "de": ".", "es": ".", "it": "."}
_LONGER = frozenset({"es", "it"})  # four digits stand together there
# Placeholders of sentences that name something by its number; everything else that is a whole number counts something.
_NAMING = frozenset({"n", "number", "first", "last", "day", "month", "month_number", "year", "page", "pages", "port"})


def grouped(value: int, language: str) -> str:
    """`12,345` in English, `12 345` with a no-break space in Russian; a language that is not known is written like English."""
    if language in _LONGER and abs(value) < 10_000:
        return str(value)
    return f"{value:,}".replace(",", _MARKS.get(language, _MARKS["en"]))


def spoken(values: Mapping[str, object], language: str) -> dict[str, object]:
    """The values of a sentence, its counts grouped; numbers that name something (a meeting, a bundle, a year) stay as they are."""
    return {k: grouped(v, language) if type(v) is int and k not in _NAMING else v for k, v in values.items()}
