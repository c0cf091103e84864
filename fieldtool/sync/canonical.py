"""Checks many canonical values at once; it accepts exactly what `domain.values.decode` accepts, one by one, and only faster."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from fieldtool.domain import values
from fieldtool.sync.limits import MAX_VALUE

_encoder = msgspec.json.Encoder()
_texts: msgspec.json.Decoder[list[str]] = msgspec.json.Decoder(list[str])
_PLAIN = frozenset({"null", "true", "false"})


def check_values(texts: Sequence[str]) -> None:
    """Raises `values.NotCanonical` unless each text is the canonical JSON of one value, within the format's limit."""
    strings: list[str] = []
    for text in texts:
        if text[:1] == '"':
            strings.append(text)
        elif text not in _PLAIN:
            values.decode(text)
    joined = "\n".join(strings)
    if len(joined) > MAX_VALUE // 4:
        for text in texts:
            if len(text) > MAX_VALUE // 4 and len(text.encode()) > MAX_VALUE:
                raise values.NotCanonical("a value is too long")
    if strings and not _all_plain(strings, joined):
        for text in strings:
            values.decode(text)


def _all_plain(strings: list[str], joined: str) -> bool:
    """Whether all are canonical for sure. False only says that each has to be looked at alone.

    One line per text, so that equality of the whole is equality of each: a text with a line break of its own would be two lines.
    Normal form of the joined text implies that of each value: a break or an escape never composes with what follows it.
    """
    if joined.count("\n") != len(strings) - 1 or "\\u0000" in joined:
        return False
    if not (joined.isascii() or unicodedata.is_normalized("NFC", joined)):
        return False
    try:
        decoded = _texts.decode("[" + joined.replace("\n", ",") + "]")
    except (msgspec.MsgspecError, UnicodeError):
        return False
    return _encoder.encode_lines(decoded).decode() == joined + "\n"
