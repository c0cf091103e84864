"""Recording without a screen: add, edit, delete, list, history, search and undo of records; decides nothing about trust or transport."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldtool.domain.authority import Role, may_change
from fieldtool.domain.changes import DELETED, NOTHING, ChangeSet, Draft, Record, Scope
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import SETS, KindSpec, Shape, split_key
from fieldtool.domain.ids import EntityId, LocalChange, is_entity_id, new_entity_id
from fieldtool.domain.records import plan_fields
from fieldtool.domain.schema import ADMIN_KINDS, KINDS, RECORD_KINDS, kind_named
from fieldtool.domain.values import JsonValue
from fieldtool.services.session import Session
from fieldtool.storage import HistoryEntry, SearchHit


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` made: the new ids in the order given, and what was touched."""

    ids: tuple[EntityId, ...]
    changes: ChangeSet


def spec_of(word: str) -> KindSpec:
    """The kind that a user names, singular or plural. Raises `KnownError` kind-unknown."""
    spec = kind_named(word)
    if spec is None or spec.name in ADMIN_KINDS:
        raise refuse("kind-unknown", kind=word, known=", ".join(k.plural for k in RECORD_KINDS))
    return spec


def add_records(
    session: Session,
    kind: str,
    wanted: Sequence[Mapping[str, JsonValue]],
    *,
    visit: EntityId | None = None,
    origin: str = "command",
    label: str = "add",
    ids: Sequence[EntityId] | None = None,
) -> Added:
    """Make records of one kind, all or none, in one unit of work.

    `visit` names the visit where the fields do not; `ids` fixes the new ids (made beforehand by the caller). Raises `KnownError` of
    `plan_fields`,
    and field-official, role-needed, visit-needed.
    """
    spec = spec_of(kind)
    made = tuple(ids) if ids is not None else tuple(new_entity_id(session.clock, session.randomness) for _ in wanted)
    batches: dict[tuple[EntityId, Scope], list[Draft]] = {}
    for entity, fields in zip(made, wanted, strict=True):
        full = dict(fields)
        if spec.scope_field == "visit" and not full.get("visit"):
            full["visit"] = session.visit_or_only(visit)
        drafts = _plan_new(session, spec, entity, full)
        home = _home_of_new(session, spec, entity, full, visit)
        check_may(session, home[0], spec, [d.field for d in drafts])
        batches.setdefault(home, []).extend(drafts)
    return Added(made, _append_all(session, batches, origin, label))


def plan_addition(session: Session, kind: str, wanted: Mapping[str, JsonValue], visit: EntityId) -> tuple[EntityId, list[Draft]]:
    """A new shared record of a visit, its id and its changes, for a unit of work that holds more than it; see `add_records`."""
    spec, entity = spec_of(kind), new_entity_id(session.clock, session.randomness)
    drafts = _plan_new(session, spec, entity, {**wanted, "visit": visit})
    check_may(session, visit, spec, [d.field for d in drafts])
    return entity, drafts


def _plan_new(session: Session, spec: KindSpec, entity: EntityId, fields: Mapping[str, JsonValue]) -> list[Draft]:
    return [Draft(entity, spec.name, c.key, c.value, ()) for c in plan_fields(spec, fields, None, session.vocabularies)]


def edit_record(
    session: Session,
    entity: EntityId,
    wanted: Mapping[str, JsonValue],
    *,
    base: Mapping[str, tuple[LocalChange, ...]] | None = None,
    origin: str = "command",
    label: str = "edit",
    visit: EntityId | None = None,
) -> ChangeSet:
    """Make a record say `wanted`; `base` gives, per field key, the heads that the author was shown.

    Without a base a field with several heads is refused (base-needed). Sharing a private note (`private=false`) writes its present values
    as new
    changes into the visit's shared log; it cannot be recalled.
    """
    record = get_record(session, entity)
    if record.private and not record.deleted and wanted.get("private") is False:
        return _share(session, record, KINDS[record.kind], wanted, origin)
    drafts = plan_edit(session, record, wanted, base=base, visit=visit)
    return _append_all(session, {home_of(session, KINDS[record.kind], record, visit): drafts}, origin, label) if drafts else NOTHING


def plan_edit(
    session: Session,
    record: Record,
    wanted: Mapping[str, JsonValue],
    *,
    base: Mapping[str, tuple[LocalChange, ...]] | None = None,
    visit: EntityId | None = None,
) -> list[Draft]:
    """The changes of an edit, for a unit of work that holds more than it; see `edit_record`."""
    if record.deleted:  # an edit that has seen the deletion would disagree with it; `restore_record` takes it back
        raise refuse("record-unknown", id=record.id)
    spec = KINDS[record.kind]
    planned = plan_fields(spec, wanted, record.fields, session.vocabularies)
    check_may(session, home_of(session, spec, record, visit)[0], spec, [c.key for c in planned])
    return [Draft(record.id, spec.name, c.key, c.value, _shown(session, record, c.key, base)) for c in planned]


def delete_record(session: Session, entity: EntityId, *, origin: str = "command", label: str = "delete") -> ChangeSet:
    """Put a tombstone on a record; everything it said stays in its history."""
    record = get_record(session, entity)
    draft = plan_deletion(session, record)
    return _append_all(session, {home_of(session, KINDS[record.kind], record, None): [draft]}, origin, label)


def plan_deletion(session: Session, record: Record) -> Draft:
    """The tombstone of a record, for a unit of work that holds more than it."""
    spec = KINDS[record.kind]
    check_may(session, home_of(session, spec, record, None)[0], spec, [DELETED, *record.heads])
    covered = tuple(sorted({h for heads in record.heads.values() for h in heads}))
    return Draft(record.id, spec.name, DELETED, "true", covered)


def restore_record(session: Session, entity: EntityId, *, origin: str = "command", label: str = "restore") -> ChangeSet:
    """Take the tombstone off a record."""
    record = get_record(session, entity)
    if not record.deleted:
        return NOTHING
    spec = KINDS[record.kind]
    home = home_of(session, spec, record, None)
    return _append_all(session, {home: [Draft(entity, spec.name, DELETED, "false", record.heads.get(DELETED))]}, origin, label)


def restore_version(session: Session, entity: EntityId, key: str, change: LocalChange, *, origin: str = "command") -> ChangeSet:
    """Make a field say again what it said in an earlier change; raises `KnownError` base-unknown."""
    entry = next((e for e in session.store.history(entity) if e.change == change and e.field == key), None)
    if entry is None or entry.value is None:
        raise refuse("base-unknown", base=change)
    record = get_record(session, entity)
    spec = KINDS[record.kind]
    home = home_of(session, spec, record, None)
    check_may(session, home[0], spec, [key])
    return _append_all(
        session, {home: [Draft(entity, record.kind, key, entry.value, record.heads.get(key, ()))]}, origin, "restore-version"
    )


def get_record(session: Session, entity: EntityId) -> Record:
    """One record, deleted or not. Raises `KnownError` record-unknown, record-newer."""
    record = session.store.get(entity)
    if record is None or record.kind in ADMIN_KINDS:
        raise refuse("record-unknown", id=entity)
    if record.kind not in KINDS:
        raise refuse("record-newer", id=entity, kind=record.kind)
    return record


def find_id(session: Session, prefix: str) -> EntityId:
    """The id that begins with `prefix` (at least four characters). Raises `KnownError` record-unknown, record-ambiguous."""
    if is_entity_id(prefix):
        return get_record(session, EntityId(prefix)).id
    found = [e for e, kind in session.store.find(prefix) if kind not in ADMIN_KINDS] if len(prefix) >= 4 else []
    if not found:
        raise refuse("record-unknown", id=prefix)
    if len(found) > 1:
        raise refuse("record-ambiguous", id=prefix)
    return found[0]


def list_records(session: Session, kind: str, *, visit: EntityId | None = None, filters: Mapping[str, str] | None = None) -> list[Record]:
    """The records of a kind that are not deleted, by id.

    `filters` keep those whose field equals, holds or (for texts) contains the word.
    """
    spec = spec_of(kind)
    rows = session.store.list_(spec.name, visit=visit if spec.scope_field else None)
    for name, word in (filters or {}).items():
        field = spec.field(name)
        if field is None:
            raise refuse("field-unknown", kind=spec.name, field=name, known=", ".join(f.name for f in spec.fields))
        rows = [r for r in rows if _holds(r.fields.get(name), word, whole=field.shape is not Shape.TEXT)]
    return rows


def history(session: Session, entity: EntityId) -> list[HistoryEntry]:
    """Every change of a record, oldest first."""
    get_record(session, entity)
    return session.store.history(entity)


def search(
    session: Session, query: str, *, kinds: Iterable[str] | None = None, visit: EntityId | None = None, limit: int = 50
) -> list[SearchHit]:
    """Records whose texts hold every word of the query, in any script, latest first; none of a kind that only a newer version knows."""
    hits = session.store.search(query, kinds=None if kinds is None else frozenset(kinds), visit=visit, limit=limit)
    return [hit for hit in hits if hit.kind in KINDS]


def matching(session: Session, query: str, *, kinds: Collection[str] | None = None, limit: int) -> list[Record]:
    """The records that `search` finds in every visit, whole, for a list that follows every key."""
    return [record for record in session.store.matching(query, kinds=kinds, limit=limit) if record.kind in KINDS]


def undo(session: Session, *, origin: str) -> ChangeSet:
    """Take back the last unit of work that `origin` began, as new changes that say what was said before.

    Nothing where others changed it since.
    """
    unit = session.store.last_unit(origin)
    if unit is None:
        return NOTHING
    batches: dict[tuple[EntityId, Scope], list[Draft]] = {}
    for step in unit.steps:
        heads = session.store.heads(step.entity, step.field)
        if [h.change for h in heads] != [step.change]:
            continue  # somebody has written since; their words stay
        before = step.before if step.before is not None else "null"
        batches.setdefault((unit.visit, unit.scope), []).append(Draft(step.entity, step.kind, step.field, before, (step.change,)))
    for entity, kind in unit.created:
        record = session.store.get(entity)
        if record is not None and not record.deleted:
            covered = tuple(sorted({h for hs in record.heads.values() for h in hs}))
            batches.setdefault((unit.visit, unit.scope), []).append(Draft(entity, kind, DELETED, "true", covered))
    return _append_all(session, batches, origin, "undo")


def record_json(session: Session, record: Record) -> dict[str, JsonValue]:
    """One record as `list --json` shows it: id, every field named as in the schema, who made and last changed it and when (UTC)."""
    shown: dict[str, JsonValue] = {"id": record.id}
    if record.kind == "recommendation":
        shown["key"] = recommendation_key(session, record)
    for field in KINDS[record.kind].fields:
        empty: JsonValue = [] if field.shape in SETS else {} if field.elementwise else None
        shown[field.name] = record.fields.get(field.name, empty)
    shown["made"] = {"by": record.made_by, "at": utc(record.made_at)}
    shown["changed"] = {"by": record.changed_by, "at": utc(record.changed_at)}
    shown["conflicts"] = list(record.conflicts)
    return shown


def recommendation_key(session: Session, record: Record) -> str:
    """The key people use: report reference, Priority or Other, number and letter, e.g. `KAZ-2021-PAR-O-07a`."""
    report = session.store.get(EntityId(str(record.fields.get("report"))))
    return f"{report.fields.get('reference') if report else '?'}-{short_key(record)}"


def short_key(record: Record) -> str:
    """The key within one report: `P-03`, `O-07a`."""
    number, letter = record.fields.get("number"), record.fields.get("letter") or ""
    return f"{'P' if record.fields.get('class') == 'priority' else 'O'}-{number if isinstance(number, int) else 0:02d}{letter}"


def utc(ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601 in UTC."""
    import datetime

    return datetime.datetime.fromtimestamp(ms / 1000, datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ------------------------------------------------------------------------------------------------------------- inside


def _home_of_new(
    session: Session, spec: KindSpec, entity: EntityId, fields: Mapping[str, JsonValue], visit: EntityId | None
) -> tuple[EntityId, Scope]:
    if spec.scope_field == "self":
        return entity, Scope.SHARED
    if spec.scope_field == "visit":
        scope = Scope.PRIVATE if fields.get("private") is True else Scope.SHARED
        return session.known_visit(EntityId(str(fields["visit"]))), scope
    return session.library_home(visit), Scope.SHARED


def home_of(session: Session, spec: KindSpec, record: Record, visit: EntityId | None) -> tuple[EntityId, Scope]:
    """In which log a record is written on: the visit (or the library) and the scope."""
    if spec.scope_field == "self":
        return record.id, Scope.SHARED
    if spec.scope_field == "visit":
        return EntityId(str(record.fields["visit"])), Scope.PRIVATE if record.private else Scope.SHARED
    return session.library_home(visit), Scope.SHARED


def check_may(session: Session, visit: EntityId, spec: KindSpec, keys: Iterable[str]) -> None:
    """Raises `KnownError` field-official or role-needed where this installation's holder may not change one of these field keys on that
    visit.
    """
    role = session.role(visit)
    for key in keys:
        if may_change(role, spec.name, key):
            continue
        if spec.official or (f := spec.field(split_key(key)[0])) is None or f.official:
            raise refuse("field-official", kind=spec.name, field=key)
        raise refuse("role-needed", role="the head of the visit" if f.head else Role.HQ.value)


def _shown(session: Session, record: Record, key: str, base: Mapping[str, tuple[LocalChange, ...]] | None) -> tuple[LocalChange, ...]:
    """The heads that the author of a new change was shown.

    Those of `base`, and what this installation itself has said on top of them since.
    """
    heads = record.heads.get(key, ())
    if base is not None and key in base:
        shown = set(base[key])
        return tuple(sorted(shown | _own_since(session, record, key, shown))) if set(heads) - shown else base[key]
    if len(heads) > 1 and key in record.conflicts:
        raise refuse("base-needed", field=key, count=len(heads))
    return heads


def _own_since(session: Session, record: Record, key: str, shown: set[LocalChange]) -> set[LocalChange]:
    """One's own heads that follow what was shown, or began where nothing was: an editor that saves twice must not disagree with itself."""
    entries = {e.change: e for e in session.store.history(record.id) if e.field == key}
    found = set()
    for head in session.store.heads(record.id, key):
        at = entries.get(head.change)
        while at is not None and at.key == session.key:
            if set(at.parents) & shown or (not shown and not at.parents):
                found.add(head.change)
                break
            at = entries.get(at.parents[0]) if len(at.parents) == 1 else None
    return found


def _share(session: Session, record: Record, spec: KindSpec, wanted: Mapping[str, JsonValue], origin: str) -> ChangeSet:
    full = {**{k: v for k, v in record.fields.items() if v not in (None, [], {})}, **wanted}
    planned = plan_fields(spec, full, None, session.vocabularies)
    visit = EntityId(str(record.fields["visit"]))
    check_may(session, visit, spec, [c.key for c in planned])
    drafts = [Draft(record.id, spec.name, c.key, c.value, record.heads.get(c.key, ())) for c in planned]
    return _append_all(session, {(visit, Scope.SHARED): drafts}, origin, "share")


def _append_all(session: Session, batches: Mapping[tuple[EntityId, Scope], list[Draft]], origin: str, label: str) -> ChangeSet:
    done = [
        session.append(drafts, visit=visit, scope=scope, origin=origin, label=label) for (visit, scope), drafts in batches.items() if drafts
    ]
    if not done:
        return NOTHING
    return ChangeSet(
        frozenset().union(*(d.records for d in done)),
        frozenset().union(*(d.kinds for d in done)),
        origin,
        label,
        sum(d.changes for d in done),
    )


def _holds(value: JsonValue, word: str, *, whole: bool) -> bool:
    if isinstance(value, dict):
        return word in value or any(_holds(v, word, whole=False) for v in value.values())
    if isinstance(value, list):
        return word in [str(v) for v in value]
    if isinstance(value, bool):
        return word == str(value).lower()
    text = "" if value is None else str(value)
    return text == word if whole else word.casefold() in text.casefold()
