"""Finds characters that no font here draws and says where they stand, before a page is laid out; prints nothing."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Callable, Iterator

from fieldtool.domain.errors import refuse
from fieldtool.reports.document import VisitSummary

_SPACES = "\n\r\t"
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})  # would make a line read differently than it is stored


def name_of(character: str) -> str:
    """A character as people can look it up: `U+1F600 GRINNING FACE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def check_printable(summary: VisitSummary, has_face: Callable[[str], bool]) -> None:
    """Raises `KnownError` summary-unprintable for the first character that no font draws, or that turns the line around, naming the
    record it stands in."""
    seen: set[str] = set()
    for place, text in texts_of(summary):
        for character in unicodedata.normalize("NFC", text):
            if character in seen or character in _SPACES:
                continue
            if unicodedata.bidirectional(character) in _TURNS or not has_face(character):
                raise refuse("summary-unprintable", character=name_of(character), place=place)
            seen.add(character)


def texts_of(summary: VisitSummary) -> Iterator[tuple[str, str]]:
    """Every text of a summary with the place it stands in, such as `note 12: text` or `recommendation KAZ-2021-PAR-P-01: short_label`."""
    for field in dataclasses.fields(summary):
        value = getattr(summary, field.name)
        if isinstance(value, tuple) and field.name not in ("languages", "omitted"):
            for index, item in enumerate(value, 1):
                yield from _texts(item, _entry(field.name, item, index), "")
        else:
            yield from _texts(value, field.name, "")


def _entry(part: str, item: object, index: int) -> str:
    singular = {"notes": "note", "recommendations": "recommendation", "meetings": "meeting", "reports": "report", "actions": "action"}.get(
        part, part
    )
    named = getattr(item, "key", None) or getattr(item, "number", None) or getattr(item, "reference", None) or index
    return f"{singular} {named}"


def _texts(value: object, entry: str, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield (f"{entry}: {path}" if path else entry), value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, entry, path)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), entry, f"{path}.{field.name}" if path else field.name)
