"""The head's finding on a recommendation, and who sees it otherwise; weighs nothing itself."""

from __future__ import annotations

from collections.abc import Mapping

from fieldtool.domain.changes import NOTHING, ChangeSet, Record
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.session import Session

Base = Mapping[str, tuple[LocalChange, ...]]


def leads(session: Session, visit: EntityId) -> bool:
    """Whether the holder may write findings on that visit."""
    try:
        return session.role(visit).value in ("head", "deputy", "hq")
    except KnownError:
        return False


def finding_of(session: Session, visit: EntityId, recommendation: EntityId) -> Record | None:
    """The visit's finding on a recommendation, or None; of two that were made apart the first."""
    found = (f for f in session.store.list_("finding", visit=visit) if f.fields.get("recommendation") == recommendation)
    return min(found, key=lambda f: f.id, default=None)


def write_finding(session: Session, visit: EntityId, recommendation: EntityId, text: str, *, base: Base, origin: str) -> ChangeSet:
    """Make the finding say `text`, as a draft where there was none. Raises `KnownError` of `edit_record`, `add_records`."""
    record = finding_of(session, visit, recommendation)
    if record is not None:
        return records.edit_record(session, record.id, {"text": text}, base=base, origin=origin, label="write-finding")
    wanted: dict[str, JsonValue] = {"visit": visit, "recommendation": recommendation, "text": text, "state": "draft"}
    return records.add_records(session, "finding", [wanted], origin=origin, label="write-finding").changes


def settle_finding(session: Session, visit: EntityId, recommendation: EntityId, state: str, *, base: Base, origin: str) -> ChangeSet:
    """Mark the finding as a draft or as agreed; nothing where there is none. Raises `KnownError` of `edit_record`."""
    record = finding_of(session, visit, recommendation)
    if record is None:
        return NOTHING
    return records.edit_record(session, record.id, {"state": state}, base=base, origin=origin, label="settle-finding")


def write_dissent(session: Session, visit: EntityId, recommendation: EntityId, text: str, *, base: Base, origin: str) -> ChangeSet:
    """Say, under one's own name, where one sees the finding otherwise; empty words take it back. Nothing where there is no finding."""
    record = finding_of(session, visit, recommendation)
    if record is None:
        return NOTHING
    others = record.fields.get("dissent")
    whole: dict[str, JsonValue] = {**(others if isinstance(others, dict) else {}), session.name: text or None}
    return records.edit_record(session, record.id, {"dissent": whole}, base=base, origin=origin, label="write-dissent")
