"""What a team may see of headquarters' library, restated in the visit's own log.

Who knows which library records a visit needs, and nothing of files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fieldtool.domain.changes import Draft, Origin, Record, Scope
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.services.session import Session
from fieldtool.storage import HistoryEntry


def restate(session: Session, visit: EntityId) -> int:
    """Say in the visit's shared log what the team needs of the library and has not been told; the number of changes made.

    Each restated value names the change it comes from as its origin, so that headquarters and team show the same author, time and words.
    Its parents are that change and what the visit had of it before: the team does not have what lies between. Done again with nothing new
    it makes nothing.
    """
    drafts = [d for record in _needed(session, visit) for d in _untold(session, record, visit)]
    if drafts:
        session.append(drafts, visit=visit, scope=Scope.SHARED, origin="baseline", label="restate")
    return len(drafts)


def follow(session: Session) -> int:
    """Let restatements in other visits follow an edit of what they restate, where headquarters has both; how many fields that settles.

    Two teams in one country are told the same; when one of them edits it, the other's untouched copy is no second opinion. A copy that its
    team has edited is one, and stays a conflict.
    """
    settled = 0
    for conflict in session.store.conflicts():
        entries = {e.change: e for e in session.store.history(conflict.entity) if e.field == conflict.field}
        heads = [e for e in entries.values() if e.current]
        edits, copies = [h for h in heads if h.origin is None], [h for h in heads if h.origin is not None]
        if len(edits) != 1 or (value := edits[0].value) is None or not copies:
            continue
        edit = edits[0]
        before = {(e.hlc, e.author, e.value) for e in _ancestors(entries, edit)}
        if all((c.hlc, c.author, c.value) in before for c in copies):
            parents, origin = tuple(h.change for h in heads), Origin(edit.hlc, edit.author)
            for visit in sorted({c.visit for c in copies}):
                draft = Draft(conflict.entity, conflict.kind, conflict.field, value, parents, origin)
                session.append([draft], visit=visit, scope=Scope.SHARED, origin="baseline", label="restate")
            settled += 1
    return settled


def _untold(session: Session, record: Record, visit: EntityId) -> list[Draft]:
    entries = {e.change: e for e in session.store.history(record.id)}
    here: dict[str, list[HistoryEntry]] = {}
    for entry in entries.values():
        if entry.visit == visit:
            here.setdefault(entry.field, []).append(entry)
    return [
        Draft(record.id, record.kind, e.field, e.value, (e.change, *_had(entries, e, visit)), Origin(e.hlc, e.author))
        for e in entries.values()
        if e.current and e.visit != visit and e.value is not None and _said(entries, here.get(e.field, [])) != {e.value}
    ]


def _said(entries: Mapping[LocalChange, HistoryEntry], among: Collection[HistoryEntry]) -> set[str | None]:
    """What these changes say in the end: the values of those that none of the others follows."""
    return {e.value for e in _last(entries, among)}


def _had(entries: Mapping[LocalChange, HistoryEntry], entry: HistoryEntry, visit: EntityId) -> list[LocalChange]:
    """What the visit had of a field before this change, the last of each line."""
    return sorted(e.change for e in _last(entries, [e for e in _ancestors(entries, entry) if e.visit == visit]))


def _last(entries: Mapping[LocalChange, HistoryEntry], among: Collection[HistoryEntry]) -> list[HistoryEntry]:
    followed = {before.change for e in among for before in _ancestors(entries, e)}
    return [e for e in among if e.change not in followed]


def _ancestors(entries: Mapping[LocalChange, HistoryEntry], entry: HistoryEntry) -> list[HistoryEntry]:
    found: dict[LocalChange, HistoryEntry] = {}
    waiting = list(entry.parents)
    while waiting:
        change = waiting.pop()
        if change in entries and change not in found:
            found[change] = entries[change]
            waiting += entries[change].parents
    return list(found.values())


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
