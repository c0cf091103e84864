"""Checks many canonical values; it accepts exactly what `domain.values.decode` accepts, only faster for the common case."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from fieldtool.domain import values
from fieldtool.sync.limits import MAX_VALUE

_WORDS = frozenset({"null", "true", "false"})


def check_values(texts: Iterable[str]) -> None:
    """Raises `values.NotCanonical` unless each text is the canonical JSON of one value, within the format's limit."""
    for text in set(texts) - _WORDS:
        if len(text) > MAX_VALUE // 4 and len(text.encode()) > MAX_VALUE:
            raise values.NotCanonical("a value is too long")
        if not _is_plain(text):
            values.decode(text)


def _is_plain(text: str) -> bool:
    """Whether a text is for sure its own canonical form: printable, in normal form, between two quotes, with no quote or escape inside."""
    return (
        text[:1] == text[-1:] == '"'
        and text.count('"') == 2
        and "\\" not in text
        and text.isprintable()
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )
