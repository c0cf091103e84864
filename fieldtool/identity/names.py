"""Whether two names can be mistaken for one another on a screen or on paper; judges names only, not who bears them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# What looks like a Latin letter once case is folded and marks are gone: Cyrillic, Greek, Armenian, Georgian, some digits and signs.
# Only shapes a reader takes for one another stand here; Ж and Х, И and У are two letters to everybody.
_LOOKS_LIKE = {
    "a": "аɑα",
    "b": "вьъβ",
    "c": "сϲ",
    "d": "ԁժ",
    "e": "еεєɛҽ",
    "f": "ғϝֆ",
    "g": "ɡցԍ",
    "h": "нһηհ",
    "i": "іιɩӀ",
    "j": "јϳ",
    "k": "кκқӄ",
    "l": "1|ӏǀ",
    "m": "мμ",
    "n": "пոռ",
    "o": "оοσօ0ჿѳ",
    "p": "рρ",
    "q": "ԛգզ",
    "r": "гր",
    "s": "ѕჽ5",
    "t": "тτ",
    "u": "иυս",
    "v": "ѵν",
    "w": "ωшщѡա",
    "x": "хχ×",
    "y": "уүγყ",
    "z": "зζ3ვჳ",
}
_FOLD = {ord(c): latin for latin, shapes in _LOOKS_LIKE.items() for c in shapes}
# Capitals that look Latin where the small letter does not, or looks like another one (Ν, ν), and the capital I, which looks like a small L.
_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЗКМНОРСТУХІЈЅԼՍՕՏՁԶ", "ABEZHIKMNOPTYXABEZKMHOPCTYXIJSLUOSZQ")
_STROKE = str.maketrans("IІΙӀ", "llll")
_TOGETHER = (("rn", "m"), ("vv", "w"))


def skeletons(name: str) -> frozenset[str]:
    """What is left of a name once all is folded that the eye can take for something else; names that share one are confusable."""
    compatible = unicodedata.normalize("NFKC", name)
    shown = (compatible, compatible.translate(_CAPITALS))
    return frozenset(_folded(text) for one in shown for text in (one, one.translate(_STROKE)))


def confusable(name: str, others: Iterable[str]) -> str | None:
    """The first of the other names that `name` can be mistaken for, equal ones included; None where there is none."""
    mine = skeletons(name)
    return next((other for other in others if mine & skeletons(other)), None)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLD)
    # Spaces, hyphens, quotation marks, accents and what has no width are left out.
    bare = "".join(c for c in apart if unicodedata.category(c)[0] in "LN")
    for pair, single in _TOGETHER:
        bare = bare.replace(pair, single)
    return bare
