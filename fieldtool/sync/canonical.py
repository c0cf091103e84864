"""Checks many canonical values; it accepts exactly what `domain.values.decode` accepts, only faster for the common case."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from fieldtool.domain import values
from fieldtool.sync.limits import MAX_VALUE

_WORDS = frozenset({"null", "true", "false"})


def check_values(texts: Iterable[str]) -> None:
    """Raises `values.NotCanonical` unless each text is the canonical JSON of one value, within the format's limit."""
    some = set(texts) - _WORDS
    if max(map(len, some), default=0) > MAX_VALUE // 4 and any(len(text.encode()) > MAX_VALUE for text in some):
        raise values.NotCanonical("a value is too long")
    if _are_plain(some):
        return
    quoted = {text for text in some if text[:1] == '"' == text[-1:]}
    for text in some - quoted if _are_plain(quoted) else some:
        values.decode(text)


def _are_plain(texts: Collection[str]) -> bool:
    """Whether texts are for sure their own canonical form: printable, in normal form, between two quotes, with no quote or escape inside.

    Looked at as one text, a backslash between two: where there are no more of those than joints, a quote on either side of each, and two
    quotes for each text, nothing stands anywhere else. Neither character composes with what follows it.
    """
    joined, joints = "\\".join(texts), len(texts) - 1
    return (
        joined.count("\\") == joined.count('"\\"') == joints
        and joined[:1] == '"' == joined[-1:]
        and "\\" not in joined[:2] + joined[-2:]  # one quote alone
        and joined.count('"') == 2 * len(texts)
        and joined.isprintable()
        and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
    )
