"""What a team may see of headquarters' library, restated in the visit's own log.

Who knows which library records a visit needs, and nothing of files.
"""

from __future__ import annotations

from fieldtool.domain.changes import Draft, Origin, Record, Scope
from fieldtool.domain.ids import EntityId
from fieldtool.services.session import Session


def restate(session: Session, visit: EntityId) -> int:
    """Say in the visit's shared log what the team needs of the library and has not been told; the number of changes made.

    Each restated value names the change it comes from as its origin and all heads of the field as its parents, so that headquarters and
    team show the same
    author, time and words. Done again with nothing new it makes nothing.
    """
    drafts = [d for record in _needed(session, visit) for d in _untold(session, record, visit)]
    if drafts:
        session.append(drafts, visit=visit, scope=Scope.SHARED, origin="baseline", label="restate")
    return len(drafts)


def _untold(session: Session, record: Record, visit: EntityId) -> list[Draft]:
    entries = session.store.history(record.id)
    told = {e.field: e.value for e in entries if e.visit == visit}
    return [
        Draft(record.id, record.kind, e.field, e.value, (e.change,), Origin(e.hlc, e.author))
        for e in entries
        if e.current and e.visit != visit and e.value is not None and told.get(e.field) != e.value
    ]


def _needed(session: Session, visit: EntityId) -> list[Record]:
    """Reports of the visit and their recommendations, those of other reports that are linked with them, official statuses, the country
    and its institutions.
    """
    record = session.store.get(visit)
    if record is None:
        return []
    named = record.fields.get("reports")
    reports = {str(r) for r in named} if isinstance(named, list) else set()
    every = session.store.list_("recommendation", deleted=True)
    recs = {r.id: r for r in every if r.fields.get("report") in reports}
    linked = {other for r in recs.values() for other in _links(r)}
    recs |= {r.id: r for r in every if r.id in linked or any(other in recs for other in _links(r))}
    reports |= {str(r.fields.get("report")) for r in recs.values()}
    country = record.fields.get("country")
    found = [r for r in session.store.list_("country", deleted=True) if r.fields.get("iso3") == country]
    found += [r for r in session.store.list_("report", deleted=True) if r.id in reports]
    found += list(recs.values())
    found += [r for r in session.store.list_("official_status", deleted=True) if r.fields.get("recommendation") in recs]
    found += [r for r in session.store.list_("institution", deleted=True) if r.fields.get("country") == country]
    return found


def _links(record: Record) -> list[str]:
    links = record.fields.get("links")
    return [*links] if isinstance(links, dict) else []
