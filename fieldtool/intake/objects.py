"""Lists of JSON objects to rows, a heading for every name in them; it does not know what the names mean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from fieldtool.intake.grid import MAX_CELL, MAX_COLUMNS, MAX_LINES, Grid, row_of
from fieldtool.intake.preview import Place, file_refused, line_refused

_LISTS = ("recommendations", "items")  # names under which a list may lie; our own lists have theirs under the second
_TEXTS = {"text": "text", "translations": "translation", "translation": "translation"}


def looks_like_objects(text: str) -> bool:
    """Whether a text begins as JSON objects do, which no sheet does."""
    start = text.lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip().startswith(("{", "]")))


def read_objects(name: str, text: str) -> Grid:
    """The objects as lines; the count of an object, from 1, is its line. Raises `KnownError` sheet-unreadable, sheet-row."""
    try:
        whole = json.loads(text, object_pairs_hook=_unrepeated)
    except (ValueError, RecursionError) as error:
        place = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise file_refused(name, "json-broken", line=place) from error
    objects = _objects(whole)
    if objects is None:
        raise file_refused(name, "json-other")
    lines = [_flat(item) for item in objects[: MAX_LINES + 1]]
    headings = list(dict.fromkeys(key for line in lines for key in line))[:MAX_COLUMNS]
    for count, texts in enumerate(lines, 1):
        if any(len(text) > MAX_CELL for text in texts.values()):
            raise line_refused(Place(name), count, "cell-long", limit=MAX_CELL)
    rows = [row_of(0, headings), *(row_of(count, [line.get(h, "") for h in headings]) for count, line in enumerate(lines, 1))]
    return Grid("", tuple(rows))


def _unrepeated(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _objects(whole: object) -> list[Mapping[str, object]] | None:
    if isinstance(whole, Mapping):
        whole = next((whole[name] for name in _LISTS if isinstance(whole.get(name), list)), [whole])
    return whole if isinstance(whole, list) and whole and all(isinstance(item, Mapping) for item in whole) else None


def _flat(item: Mapping[str, object]) -> dict[str, str]:
    """An object's texts by heading; texts by language become a column each."""
    found: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, Mapping) and key in _TEXTS:
            found |= {f"{_TEXTS[key]} ({language})": _written(text) for language, text in value.items()}
        else:
            found[key] = _written(value)
    return found


def _written(value: object) -> str:
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(filter(None, map(_written, value)))
    return str(value)
