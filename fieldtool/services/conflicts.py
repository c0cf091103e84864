"""Conflicts as people settle them: both versions with author and time, what both came from, a proposed merge.

A person decides, nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.domain import values
from fieldtool.domain.changes import DELETED, ChangeSet, Conflict, Draft, Head, Scope
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import Shape, split_key
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.records import check_value
from fieldtool.domain.schema import ADMIN_KINDS, KINDS
from fieldtool.domain.textmerge import MergeProposal, propose_merge
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One open conflict. `id` is `<record>/<field key>`; `base` is the text that both versions came from, where there is one."""

    id: str
    conflict: Conflict
    title: str
    base: str | None
    proposal: MergeProposal | None  # a three-way merge of two texts; None for other values


def list_conflicts(session: Session, *, visit: EntityId | None = None) -> list[Conflict]:
    """The open conflicts, by record and field; those in kinds that only a newer version knows wait for it."""
    return [c for c in session.store.conflicts(visit=visit) if c.kind in KINDS and c.kind not in ADMIN_KINDS]


def conflict_id(conflict: Conflict) -> str:
    """The name of a conflict: `<record>/<field key>`."""
    return f"{conflict.entity}/{conflict.field}"


def find_conflict(session: Session, name: str) -> Conflict:
    """The open conflict of that name; the record's id may be shortened, and the field left out where it has only one.

    Raises `KnownError` conflict-unknown.
    """
    prefix, _, key = name.partition("/")
    found = [c for c in list_conflicts(session) if c.entity.startswith(prefix) and (not key or c.field == key)]
    if len(prefix) < 4 or len(found) != 1:
        raise refuse("conflict-unknown", id=name)
    return found[0]


def show_conflict(session: Session, conflict: Conflict) -> ConflictView:
    """A conflict with what a person needs to settle it."""
    record = records.get_record(session, conflict.entity)
    title = record_title(session, conflict.entity)
    spec = KINDS[record.kind].field(split_key(conflict.field)[0])
    told = sorted(conflict.heads, key=lambda h: h.hlc)
    texts = [t for h in told if isinstance(t := _value(h), str)]
    if spec is None or spec.shape not in (Shape.TEXT, Shape.WORD, Shape.NAMES) or len(texts) != 2:
        return ConflictView(conflict_id(conflict), conflict, title, None, None)
    base = _common_ancestor(session, conflict)
    one, other = (h.author if told[0].author != told[1].author else f"{h.author}, {records.utc(h.hlc >> 16)[:16]}" for h in told)
    proposal = propose_merge(base or "", texts[0], texts[1], (one, other), lines=spec.shape is Shape.TEXT)
    return ConflictView(conflict_id(conflict), conflict, title, base, proposal)


def resolve(
    session: Session,
    conflict: Conflict,
    *,
    take: LocalChange | None = None,
    value: JsonValue = None,
    text: str | None = None,
    origin: str = "command",
) -> ChangeSet:
    """Settle a conflict: take one version, or say it in new words.

    The new change follows all versions shown; they all stay in the history.
    """
    record = records.get_record(session, conflict.entity)
    spec = KINDS[record.kind]
    if conflict.field == DELETED:
        return _resolve_deletion(session, conflict, keep=take is not None and not _deletes(conflict, take), origin=origin)
    parents = tuple(h.change for h in conflict.heads)
    if take is not None:
        chosen = next((h for h in conflict.heads if h.change == take), None)
        if chosen is None or chosen.value is None:
            raise refuse("base-unknown", base=take)
        written = chosen.value
    else:
        name, element = split_key(conflict.field)
        field = spec.field(name)
        said: JsonValue = text if text is not None else value
        if field is not None and element is None:
            said = check_value(spec, field, said, session.vocabularies)
        written = values.canonical(said)
    home, scope = home_of(session, conflict.entity)
    records.check_may(session, home, spec, [conflict.field])
    return session.append(
        [Draft(conflict.entity, record.kind, conflict.field, written, parents)], visit=home, scope=scope, origin=origin, label="resolve"
    )


def _resolve_deletion(session: Session, conflict: Conflict, *, keep: bool, origin: str) -> ChangeSet:
    record = records.get_record(session, conflict.entity)
    home, scope = home_of(session, conflict.entity)
    heads = tuple(sorted({h for hs in record.heads.values() for h in hs}))
    draft = Draft(conflict.entity, record.kind, DELETED, "false" if keep else "true", heads)
    return session.append([draft], visit=home, scope=scope, origin=origin, label="resolve")


def _deletes(conflict: Conflict, take: LocalChange) -> bool:
    return any(h.change == take and h.value == "true" for h in conflict.heads)


def home_of(session: Session, entity: EntityId) -> tuple[EntityId, Scope]:
    """In which visit's log a record is written on."""
    record = records.get_record(session, entity)
    return records.home_of(session, KINDS[record.kind], record, None)


def record_title(session: Session, entity: EntityId) -> str:
    """What a record is called in lists: its title field, shortened to a line."""
    record = records.get_record(session, entity)
    value = record.fields.get(KINDS[record.kind].title)
    if isinstance(value, dict):
        value = value.get("en") or next((v for v in value.values() if v), "")
    return " ".join(str(value or record.id).split())[:120]


def conflict_json(session: Session, conflict: Conflict) -> dict[str, JsonValue]:
    """One conflict as `list conflicts --json` shows it: the same bytes on every vault that holds the same set."""
    return {
        "id": conflict_id(conflict),
        "record": conflict.entity,
        "kind": conflict.kind,
        "field": conflict.field,
        "versions": [
            {
                "change": session.store.public_name(h.change),
                "value": _value(h),
                "author": h.author,
                "installation": h.key.hex()[:16],
                "at": records.utc(h.hlc >> 16),
            }
            for h in conflict.heads
        ],
    }


def _value(head: Head) -> JsonValue:
    return None if head.value is None else values.decode_trusted(head.value)


def _common_ancestor(session: Session, conflict: Conflict) -> str | None:
    """The latest text that every version descends from."""
    entries = {e.change: e for e in session.store.history(conflict.entity)}

    def ancestors(change: LocalChange) -> set[LocalChange]:
        seen: set[LocalChange] = set()
        waiting = [change]
        while waiting:
            entry = entries.get(waiting.pop())
            if entry is not None:
                fresh = [p for p in entry.parents if p not in seen]
                seen.update(fresh)
                waiting += fresh
        return seen

    shared = set.intersection(*(ancestors(h.change) for h in conflict.heads))
    found = [e for c in shared if (e := entries.get(c)) is not None and e.field == conflict.field and e.value is not None]
    if not found:
        return None
    latest = max(found, key=lambda e: e.hlc)
    value = values.decode_trusted(latest.value or "null")
    return value if isinstance(value, str) else None
