"""Official status of a recommendation as headquarters sets it: a value, the report that says so, its date; computes none from notes."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class Source:
    """A report that may have set a status."""

    id: EntityId
    reference: str
    title: str
    date: str  # of its publication, ISO 8601, or empty


def may_set_status(session: Session) -> bool:
    """Whether this installation's holder sets official statuses: headquarters alone."""
    return session.is_headquarters()


def sources(session: Session) -> tuple[Source, ...]:
    """Every report, the latest first."""
    fields = ("reference", "title", "published_on")
    found = [Source(r.id, *(str(r.fields.get(name) or "") for name in fields)) for r in session.store.list_("report")]
    return tuple(sorted(found, key=lambda s: (s.date, s.reference, s.id), reverse=True))


def set_official_status(session: Session, recommendation: EntityId, value: str, report: EntityId, date: str, *, origin: str) -> ChangeSet:
    """Say what a report found; what earlier reports found stays beside it, as the recommendation's history.

    Raises `KnownError` field-official for anybody but headquarters, record-unknown, and value-refused for a term or date that cannot be,
    or a source that is no report.
    """
    if not may_set_status(session):
        raise refuse("field-official", kind="official_status", field="value")
    for entity, kind in ((recommendation, "recommendation"), (report, "report")):
        if records.get_record(session, entity).kind != kind:
            field = "set_by" if kind == "report" else kind
            raise refuse("value-refused", kind="official_status", field=field, value=entity, reason=f"it is no {kind}")
    wanted: dict[str, JsonValue] = {"recommendation": recommendation, "value": value, "set_by": report, "date": date}
    return records.add_records(session, "official_status", [wanted], origin=origin, label="set-status").changes
