"""Checks many canonical values at once; it accepts exactly what `domain.values.decode` accepts, one by one, and only faster."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from fieldtool.domain import values
from fieldtool.sync.limits import MAX_VALUE

_WORDS = frozenset({"null", "true", "false"})


def check_values(texts: Iterable[str]) -> None:
    """Raises `values.NotCanonical` unless each text is the canonical JSON of one value, within the format's limit."""
    plain: list[str] = []
    for text in texts:
        if text[:1] == text[-1:] == '"' and "\\" not in text and text != '"':
            plain.append(text)
        elif text not in _WORDS:
            _check(text)
    joined = "".join(plain)
    # Texts between quotes, with no quote, escape or control character inside, are their own canonical form if they are in normal form;
    # a quote never composes with what follows it, so the joined text is in normal form when each of them is, and the other way round.
    if joined.count('"') == 2 * len(plain) and joined.isprintable() and len(joined) <= MAX_VALUE // 4 and _in_normal_form(joined):
        return
    for text in plain:
        _check(text)


def _in_normal_form(text: str) -> bool:
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _check(text: str) -> None:
    if len(text) > MAX_VALUE // 4 and len(text.encode()) > MAX_VALUE:
        raise values.NotCanonical("a value is too long")
    values.decode(text)
