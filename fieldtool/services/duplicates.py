"""Records that are probably one and the same, made by two people offline: found, offered, joined by “same as”, and parted again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from fieldtool.domain.changes import ChangeSet, Record
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.services import records
from fieldtool.services.session import Session

MOST_APART = 45  # minutes between the starts of two records of one meeting


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one kind that may be one; `why` is a key for the words: same-time, same-name."""

    kind: str
    first: EntityId
    second: EntityId
    why: str


def likely_pairs(session: Session, visit: EntityId | None = None) -> list[Pair]:
    """The pairs that nobody has joined, by kind and id."""
    found = [*_meetings(session.store.list_("meeting", visit=visit))]
    for kind in ("institution", "person"):
        found += _named_alike(kind, session.store.list_(kind))
    return sorted(found, key=lambda p: (p.kind, p.first, p.second))


def join(session: Session, first: EntityId, second: EntityId, *, origin: str = "command") -> ChangeSet:
    """Say that the second record is the same as the first; both stay as they are. Raises `KnownError` record-unknown, field-unknown."""
    keep, other = records.get_record(session, first), records.get_record(session, second)
    if keep.kind != other.kind:
        raise refuse("value-refused", kind=other.kind, field="same_as", value=first, reason=f"it is a record of kind {keep.kind}")
    return records.edit_record(session, second, {f"same_as/{first}": True}, origin=origin, label="join")


def part(session: Session, first: EntityId, second: EntityId, *, origin: str = "command") -> ChangeSet:
    """Take back that two records are the same."""
    done = ChangeSet(frozenset(), frozenset(), origin)
    for one, other in ((first, second), (second, first)):
        if other in _same_as(records.get_record(session, one)):
            done = records.edit_record(session, one, {f"same_as/{other}": False}, origin=origin, label="part")
    return done


def _meetings(meetings: Iterable[Record]) -> Iterator[Pair]:
    for a, b in combinations(sorted(meetings, key=lambda r: r.id), 2):
        if a.fields.get("visit") != b.fields.get("visit") or _joined(a, b):
            continue
        if _minutes_apart(a, b) <= MOST_APART and _links(a) & _links(b):
            yield Pair("meeting", a.id, b.id, "same-time")


def _named_alike(kind: str, found: Iterable[Record]) -> Iterator[Pair]:
    by_name: dict[str, list[Record]] = {}
    for record in found:
        for name in _names(record):
            by_name.setdefault(_folded(name), []).append(record)
    seen: set[tuple[EntityId, EntityId]] = set()
    for named in by_name.values():
        for a, b in combinations(sorted(named, key=lambda r: r.id), 2):
            same_country = (a.fields.get("country") or b.fields.get("country")) == (b.fields.get("country") or a.fields.get("country"))
            if a.id != b.id and (a.id, b.id) not in seen and same_country and not _joined(a, b):
                seen.add((a.id, b.id))
                yield Pair(kind, a.id, b.id, "same-name")


def _names(record: Record) -> list[str]:
    name, latin = record.fields.get("name"), record.fields.get("name_latin")
    spoken = [str(v) for v in name.values()] if isinstance(name, dict) else [str(name)] if name else []
    return [*spoken, *([latin] if isinstance(latin, str) and latin else [])]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def _minutes_apart(a: Record, b: Record) -> float:
    starts = [r.fields.get("start") for r in (a, b)]
    try:
        first, second = (datetime.fromisoformat(str(s)) for s in starts)
    except ValueError:
        return float("inf")
    return abs((first - second).total_seconds()) / 60


def _links(record: Record) -> set[str]:
    value = record.fields.get("institutions")
    return {str(v) for v in value} if isinstance(value, list) else set()


def _same_as(record: Record) -> set[str]:
    value = record.fields.get("same_as")
    return {str(v) for v in value} if isinstance(value, list) else set()


def _joined(a: Record, b: Record) -> bool:
    return a.id in _same_as(b) or b.id in _same_as(a)
