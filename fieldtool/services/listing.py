"""What `list` shows, for every kind of record and for what a vault keeps beside records; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import ADMIN_KINDS, RECORD_KINDS, kind_named
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.conflicts import conflict_json, list_conflicts
from fieldtool.services.proposals import list_proposals, proposal_json
from fieldtool.services.session import Session

Item = dict[str, JsonValue]


def list_items(
    session: Session, kind: str, *, visit: EntityId | None = None, filters: Mapping[str, str] | None = None
) -> tuple[str, list[Item]]:
    """The plural name of what `kind` means, and its items as `list --json` shows them, sorted by id.

    `filters` keep the items whose field equals, holds or (for texts) contains the word. Raises `KnownError` kind-unknown, field-unknown.
    """
    beside = _BESIDE.get(kind)
    if beside is not None:
        return kind, [i for i in beside(session, visit) if all(_says(kind, i, name, word) for name, word in (filters or {}).items())]
    spec = kind_named(kind)
    if spec is None or spec.name in ADMIN_KINDS:
        raise refuse("kind-unknown", kind=kind, known=", ".join([*(k.plural for k in RECORD_KINDS), *_BESIDE]))
    found = records.list_records(session, spec.name, visit=visit, filters=filters)
    return spec.plural, [records.record_json(session, record) for record in found]


def _conflicts(session: Session, visit: EntityId | None) -> list[Item]:
    return [conflict_json(session, c) for c in list_conflicts(session, visit=visit)]


def _proposals(session: Session, visit: EntityId | None) -> list[Item]:
    found = (proposal_json(session, p) for p in list_proposals(session, visit=visit))
    return sorted(found, key=lambda i: str(i["id"]))


def _bundles(session: Session, visit: EntityId | None) -> list[Item]:
    return [
        {
            "id": b.number,
            "direction": b.direction,
            "type": b.kind,
            "n": b.n,
            "visit": b.visit,
            "sender": b.peer_name,
            "file": b.file,
            "sha256": b.digest.hex(),
            "at": records.utc(b.at),
            "recipients": [session.names().get(r, r.hex()) for r in b.recipients],
            **dict(b.facts),
        }
        for b in session.store.bundles(visit)
    ]


def _quarantine(session: Session, _visit: EntityId | None) -> list[Item]:
    found: list[Item] = [
        {"id": q.digest.hex(), "file": q.file, "reason": q.code, "facts": dict(q.facts), "size": q.size, "at": records.utc(q.at)}
        for q in session.store.quarantined()
    ]
    return sorted(found, key=lambda i: str(i["id"]))


_BESIDE: dict[str, Callable[[Session, EntityId | None], list[Item]]] = {
    "conflicts": _conflicts,
    "proposals": _proposals,
    "bundles": _bundles,
    "quarantine": _quarantine,
}


def _says(kind: str, item: Item, name: str, word: str) -> bool:
    if name not in item:
        raise refuse("field-unknown", kind=kind, field=name, known=", ".join(item))
    return str(item[name]) == word
