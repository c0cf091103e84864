"""The machine-readable record of a summary: canonical JSON and its digest; knows no PDF."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from enum import Enum

from fieldtool.domain.values import JsonValue, canonical
from fieldtool.reports.document import VisitSummary

FORMAT = "fieldtool-visit-summary"
VERSION = 1
NAME = "visit.json"  # under which it is attached


@dataclass(frozen=True, slots=True)
class SummaryRecord:
    """The canonical JSON of a summary and its SHA-256 in hex: printed, attached and kept in the ledger."""

    content: bytes = field(repr=False)
    sha256: str


def record_json(summary: VisitSummary) -> SummaryRecord:
    """The record of a summary: equal summaries give equal bytes."""
    plain = _plain(summary)
    assert isinstance(plain, dict)
    content = canonical({"format": FORMAT, "version": VERSION, **plain}).encode()
    return SummaryRecord(content, hashlib.sha256(content).hexdigest())


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
