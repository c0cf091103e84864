"""The one canonical encoding of values: JSON with sorted keys, unescaped UTF-8, NFC and no floats; knows no fields and no records."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

# Any: a recursive alias cannot be decoded by msgspec; `JsonValue` is what leaves this module.
JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

MAX_DEPTH = 16
MAX_INT = 2**63 - 1

_encoder = msgspec.json.Encoder(order="sorted")
_decoder: msgspec.json.Decoder[JsonValue] = msgspec.json.Decoder()


class NotCanonical(ValueError):
    """The bytes or the value are outside the canonical encoding."""


def canonical(value: JsonValue) -> str:
    """The canonical JSON text of `value`; equal values give equal texts. Raises `NotCanonical` for what it forbids."""
    if value.__class__ is str:  # the common case, kept short
        _check_text(value)
        return _encoder.encode(_nfc(value)).decode()
    return _encoder.encode(normalised(value)).decode()


def decode(text: str | bytes) -> JsonValue:
    """The value of a canonical JSON text. Raises `NotCanonical` when the text is anything but its own canonical form."""
    try:
        value = _decoder.decode(text)
        again = canonical(value)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if again != (text if isinstance(text, str) else text.decode()):
        raise NotCanonical("not in canonical form")
    return value


def decode_trusted(text: str | bytes) -> JsonValue:
    """The value of a text that this installation checked when it was taken in."""
    return _decoder.decode(text)


def normalised(value: JsonValue, depth: int = 0) -> JsonValue:
    """`value` with every text in NFC, checked for what the format forbids."""
    if depth > MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INT:
            raise NotCanonical("number out of range")
        return value
    if isinstance(value, str):
        _check_text(value)
        return _nfc(value)
    if isinstance(value, list):
        return [normalised(v, depth + 1) for v in value]
    if isinstance(value, Mapping):
        return {str(normalised(k, depth + 1)): normalised(v, depth + 1) for k, v in value.items()}
    raise NotCanonical(f"{type(value).__name__} has no place in the format")


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise NotCanonical("NUL in text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("lone surrogate in text") from error
