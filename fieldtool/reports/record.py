"""The machine-readable record of a summary: canonical JSON, its digest, its schema, and reading it back; knows no PDF."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

import msgspec

from fieldtool.domain.errors import refuse
from fieldtool.domain.values import JsonValue, NotCanonical, canonical, decode, decode_trusted
from fieldtool.reports.document import VisitSummary

FORMAT = "fieldtool-visit-summary"
VERSION = 1
NAME = "visit.json"  # under which it is attached


class NotARecord(ValueError):
    """The bytes are no record of a visit summary."""


@dataclass(frozen=True, slots=True)
class SummaryRecord:
    """The canonical JSON of a summary and its SHA-256 in hex: printed, attached and kept in the ledger."""

    content: bytes = field(repr=False)
    sha256: str


def record_json(summary: VisitSummary) -> SummaryRecord:
    """The record of a summary: equal summaries give equal bytes.

    Written entry by entry: one call that encodes ten thousand notes would stop every other thread for its whole length.
    """
    parts = {"format": canonical(FORMAT), "version": canonical(VERSION)}
    for field_ in dataclasses.fields(summary):
        value = getattr(summary, field_.name)
        entries = f"[{','.join(canonical(_plain(v)) for v in value)}]" if isinstance(value, tuple) else canonical(_plain(value))
        parts[field_.name] = entries
    content = f"{{{','.join(f'{canonical(name)}:{parts[name]}' for name in sorted(parts))}}}".encode()
    return SummaryRecord(content, hashlib.sha256(content).hexdigest())


def entries_of(record: SummaryRecord) -> Iterator[tuple[str, JsonValue]]:
    """What a record's bytes say, as (place, value): `cover`, `notes[1]`, `notes[2]` …; read entry by entry for the same reason."""
    for name, raw in msgspec.json.decode(record.content, type=dict[str, msgspec.Raw]).items():
        if bytes(raw).startswith(b"["):
            for index, entry in enumerate(msgspec.json.decode(raw, type=list[msgspec.Raw]), 1):
                yield f"{name}[{index}]", decode_trusted(bytes(entry))
        else:
            yield name, decode_trusted(bytes(raw))


def read_record(content: bytes) -> VisitSummary:
    """The summary that a record holds. Raises `NotARecord`, also for bytes in another spelling;
    `KnownError` bundle-newer for a later version."""
    try:
        value = decode(content)
    except NotCanonical as error:
        raise NotARecord(str(error)) from error
    if not isinstance(value, dict) or value.pop("format", None) != FORMAT:
        raise NotARecord("another format")
    version = value.pop("version", None)
    if isinstance(version, int) and version > VERSION:
        raise refuse("bundle-newer", found=f"summary record {version}")
    try:
        return msgspec.convert(value, VisitSummary)
    except msgspec.ValidationError as error:
        raise NotARecord(str(error)) from error


def record_schema() -> str:
    """The JSON schema (2020-12) of a record, as published in docs/visit.schema.json."""
    (reference,), definitions = msgspec.json.schema_components([VisitSummary], ref_template="#/$defs/{name}")
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The record of a visit summary",
        "description": "Attached to the signed PDF as visit.json: exactly what is printed. Times in ms since 1970 UTC, dates YYYY-MM-DD.",
        "properties": {"format": {"const": FORMAT}, "version": {"const": VERSION}},
        "required": ["format", "version"],
        "allOf": [reference],
        "$defs": definitions,
    }
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _plain(value: object) -> JsonValue:
    if isinstance(value, Enum):
        return str(value.value)
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a record")
