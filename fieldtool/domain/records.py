"""From what a user wants a record to say to the changes that say it: checks values, splits sets and maps; reads and writes nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldtool.domain import ids, values
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.fields import SETS, FieldSpec, KindSpec, Shape, join_key, split_key
from fieldtool.domain.values import JsonValue
from fieldtool.domain.vocabularies import Vocabularies

MAX_WORD, MAX_TEXT, MAX_ELEMENTS = 2_000, 200_000, 2_000

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\Z")
_LANGUAGE = re.compile(r"[^/\x00-\x1f]{1,200}\Z")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field key and the canonical JSON of its new value."""

    key: str
    value: str


def plan_fields(
    spec: KindSpec, wanted: Mapping[str, JsonValue], current: Mapping[str, object] | None, vocabularies: Vocabularies
) -> list[FieldChange]:
    """The changes that make a record say `wanted`; `current` is None for a new record.

    Keys of `wanted` are field names (whole values) or `field/element`. Raises `KnownError` field-unknown, value-refused, value-missing,
    ends-before-start; nothing is half planned. Values equal to the current ones give no change.
    """
    out: dict[str, str] = {}
    for name, value in wanted.items():
        field_name, element = split_key(name)
        field = spec.field(field_name)
        if field is None:
            raise refuse("field-unknown", kind=spec.name, field=field_name, known=", ".join(f.name for f in spec.fields))
        before = (current or {}).get(field_name)
        if element is not None:
            if not field.elementwise:
                raise _no(spec, field, value, "it has no elements")
            after = _with_element(field, before, element, value)
        else:
            after = value
        checked = check_value(spec, field, after, vocabularies)
        for change in _difference(field, before, checked):
            out[change.key] = change.value
    for field in spec.fields:
        if field.required and (wanted.get(field.name, None) if current is None else wanted.get(field.name, current.get(field.name))) in (
            None,
            "",
            [],
            {},
        ):
            raise refuse("value-missing", kind=spec.name, field=field.name)
    _check_span(spec, {name: str(_said(name, out, current) or "") for name in ("start", "end")}, out)
    return [FieldChange(k, v) for k, v in out.items()]


def _said(name: str, planned: Mapping[str, str], current: Mapping[str, object] | None) -> object:
    """What a plain field will say once the planned changes are made."""
    return values.decode_trusted(planned[name]) if name in planned else (current or {}).get(name)


def _check_span(spec: KindSpec, said: Mapping[str, str], planned: Mapping[str, str]) -> None:
    """What has a start and an end does not end first. What two people made so apart is not refused to whoever changes something else."""
    start, end = said["start"], said["end"]
    if start and end and end < start and not planned.keys().isdisjoint(said):  # ISO 8601 without zones sorts as it passes
        raise refuse("ends-before-start", kind=spec.name, start=start, end=end)


def check_value(spec: KindSpec, field: FieldSpec, value: JsonValue, vocabularies: Vocabularies) -> JsonValue:
    """`value` in its normal form for that field. None empties a field. Raises `KnownError` value-refused."""
    try:
        value = values.normalised(value)
    except values.NotCanonical as error:
        raise _no(spec, field, "…", str(error)) from error
    if field.shape in SETS or field.shape is Shape.PARTS or field.shape is Shape.NAMES:
        return _check_many(spec, field, value, vocabularies)
    if value is None:
        return None
    return _check_one(spec, field, value, vocabularies)


def _check_many(spec: KindSpec, field: FieldSpec, value: JsonValue, vocabularies: Vocabularies) -> JsonValue:
    if field.shape in SETS:
        items = [] if value is None else value if isinstance(value, list) else [value]
        if len(items) > MAX_ELEMENTS:
            raise _no(spec, field, "…", f"more than {MAX_ELEMENTS} elements")
        checked: list[JsonValue] = [*sorted({str(_check_one(spec, field, v, vocabularies)) for v in items})]
        return checked
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > MAX_ELEMENTS:
        raise _no(spec, field, value, "an object is needed")
    for key, inner in value.items():
        if not _LANGUAGE.match(key):
            raise _no(spec, field, key, "a key is a short text without a slash")
        if field.shape is Shape.NAMES and not isinstance(inner, str | None):
            raise _no(spec, field, inner, "a text is needed for each language")
        if field.shape is Shape.PARTS and not isinstance(inner, dict | None):
            raise _no(spec, field, inner, "an object is needed for each element")
        if isinstance(inner, str) and len(inner) > MAX_TEXT:
            raise _no(spec, field, "…", f"longer than {MAX_TEXT} characters")
    return {k: v for k, v in value.items() if v is not None and v != ""}


def _check_one(spec: KindSpec, field: FieldSpec, value: JsonValue, vocabularies: Vocabularies) -> JsonValue:
    match field.shape:
        case Shape.FLAG:
            if not isinstance(value, bool):
                raise _no(spec, field, value, "true or false is needed")
        case Shape.NUMBER:
            if isinstance(value, bool) or not isinstance(value, int):
                raise _no(spec, field, value, "a whole number is needed")
        case _:
            if not isinstance(value, str):
                raise _no(spec, field, value, "a text is needed")
            _check_text(spec, field, value, vocabularies)
    return value


def _check_text(spec: KindSpec, field: FieldSpec, value: str, vocabularies: Vocabularies) -> None:
    limit = MAX_TEXT if field.shape is Shape.TEXT else MAX_WORD
    if len(value) > limit:
        raise _no(spec, field, value[:20] + "…", f"longer than {limit} characters")
    if field.required and not value.strip():
        raise refuse("value-missing", kind=spec.name, field=field.name)
    match field.shape:
        case Shape.TERM | Shape.TERMS:
            vocabulary = vocabularies[field.of]
            if value not in vocabulary:
                raise _no(spec, field, value, "known terms are " + "; ".join(t.word for t in vocabulary.terms))
        case Shape.LINK | Shape.LINKS:
            if not ids.is_entity_id(value):
                raise _no(spec, field, value, "the id of a record is needed")
        case Shape.DATE:
            if not _is_day(value):
                raise _no(spec, field, value, "a date is written YYYY-MM-DD")
        case Shape.TIME:
            if not _TIME.match(value):
                raise _no(spec, field, value, "a time is written YYYY-MM-DDTHH:MM")
            if not _is_day(value[:10]) or value[11:13] > "23" or value[14:] > "59":
                raise _no(spec, field, value, "there is no such time")
        case Shape.WORDS:
            if "/" in value and not value.replace("/", "").strip():
                raise _no(spec, field, value, "it holds no word")
        case _:
            pass


def _is_day(text: str) -> bool:
    """Whether a day of the calendar is written YYYY-MM-DD."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _with_element(field: FieldSpec, before: object, element: str, value: JsonValue) -> JsonValue:
    """The whole value of a set or map after one element was put in or taken out."""
    if field.shape in SETS:
        elements: list[JsonValue] = [v for v in (before if isinstance(before, Sequence) else []) if v != element]
        return [*elements, element] if value is True else elements
    whole: dict[str, JsonValue] = dict(before) if isinstance(before, Mapping) else {}
    whole[element] = value
    return whole


def _difference(field: FieldSpec, before: object, after: JsonValue) -> list[FieldChange]:
    if field.shape in SETS:
        old = {str(v) for v in before} if isinstance(before, Sequence) else set()
        new = {str(v) for v in after} if isinstance(after, list) else set()
        changed = [(e, "true") for e in sorted(new - old)] + [(e, "false") for e in sorted(old - new)]
        return [FieldChange(join_key(field.name, e), v) for e, v in changed]
    if field.elementwise:
        was: Mapping[str, object] = before if isinstance(before, Mapping) else {}
        now: Mapping[str, JsonValue] = after if isinstance(after, dict) else {}
        keys = sorted({*was, *now})
        return [FieldChange(join_key(field.name, k), values.canonical(now.get(k))) for k in keys if was.get(k) != now.get(k)]
    if before == after:
        return []
    return [FieldChange(field.name, values.canonical(after))]


def _no(spec: KindSpec, field: FieldSpec, value: object, reason: str) -> KnownError:
    return refuse("value-refused", kind=spec.name, field=field.name, value=str(value)[:80], reason=reason)
