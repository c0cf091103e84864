"""Folding of texts for search, so that what people type finds what people wrote in any script; it never changes a stored text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Letters that people type in place of each other and that no decomposition joins.
_ALIKE = str.maketrans(
    {
        "ё": "е", "й": "и", "қ": "к", "ҡ": "к", "ҳ": "х", "һ": "х", "ә": "а", "ғ": "г", "ґ": "г", "ң": "н", "ҥ": "н", "ө": "о",
        "ү": "у", "ұ": "у",
        "і": "и", "ї": "и", "є": "е", "ў": "у", "ҷ": "ч", "җ": "ж", "ъ": "ь", "ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ħ": "h",
        "æ": "a", "œ": "o", "þ": "t", "ð": "d", "ŋ": "n", "ʻ": "", "ʼ": "",
    }
)  # fmt: skip
# Uzbek writes oʻ and gʻ with whatever apostrophe the keyboard has; elsewhere an apostrophe parts words (l’élection).
_APOSTROPHE = re.compile("(?<=[og])['’‘`´]")
_WORD = re.compile(r"[^\W_]+")


class _Folds(dict[int, str]):
    """The folded form of every character met so far, by code point."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", chr(code).lower().translate(_ALIKE))
        folded = "".join(c for c in letters if not unicodedata.combining(c)).translate(_ALIKE)
        self[code] = folded
        return folded


_folds = _Folds()


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word of a text, and where it stands in the text as written."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """`text` in the form that is indexed and searched: lower case, no accents, one spelling of each sound."""
    return _APOSTROPHE.sub("", text.translate(_folds))


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(fold(text))


def words_with_places(text: str) -> list[Word]:
    """The folded words of a text with their places in it."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for c in _folds[ord(char)]:
            folded.append(c)
            places.append(place)
    joined = "".join(folded)
    for match in reversed(list(_APOSTROPHE.finditer(joined))):
        joined = joined[: match.start()] + joined[match.end() :]
        del places[match.start() : match.end()]
    places.append(len(text))
    return [Word(m.group(), places[m.start()], _end(text, places, m.end())) for m in _WORD.finditer(joined)]


def _end(text: str, places: list[int], stop: int) -> int:
    """Where a word ends in the text: behind the marks that belong to its last letter."""
    end = places[stop - 1] + 1
    while end < places[stop] and (unicodedata.combining(text[end]) or text[end] in "ʻʼ"):
        end += 1
    return end


def matches(query: Iterable[str], found: Iterable[str]) -> bool:
    """Whether every word of the query begins a word of the text."""
    known = set(found)
    return all(any(word.startswith(wanted) for word in known) for wanted in query)
