"""Reading records, heads, histories and conflicts out of the rows and the log; it writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from fieldtool.domain.changes import DELETED, Conflict, Head, Origin, Record, Scope, SegmentState
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import SETS, KindSpec, split_key
from fieldtool.domain.ids import EntityId, Hlc, KeyHash, LocalChange, SegmentHash, hlc_ms, id_bytes, id_from_bytes, is_entity_id
from fieldtool.domain.merge import project
from fieldtool.domain.values import JsonValue
from fieldtool.storage.codec import COUNTING, FAULTY, PROPOSED, STATES
from fieldtool.storage.dictionary import SCOPES, Dictionary
from fieldtool.storage.projection import parents_of, read_histories
from fieldtool.storage.state import ALL_PRIVATE, DELETED_STATE, THERE, Heads, decode_conflicts, decode_heads
from fieldtool.storage.work import Row, Work

_object: msgspec.json.Decoder[dict[str, JsonValue]] = msgspec.json.Decoder()

Names = Mapping[KeyHash, str]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record: who said what, when, from which installation, and whether it counts.

    `hlc` and `author` are the origin's where headquarters restated the change; `state` is accepted, proposed, waiting, held, revoked or
    set aside;
    `current` says that it is a head of its field now. `name` is the public name of the change.
    """

    change: LocalChange
    name: str
    field: str
    value: str | None
    hlc: Hlc
    author: str
    key: KeyHash
    parents: tuple[LocalChange, ...]
    state: SegmentState
    scope: Scope
    visit: EntityId
    current: bool
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that its author's role does not allow: kept and shown, not in force."""

    entity: EntityId
    kind: str
    entry: HistoryEntry


_RECORD = """SELECT r.uid, r.kind, r.state, r.private, b.made, b.made_by, b.changed, b.changed_by, b.fields, b.heads, b.conflicts
FROM record r JOIN body b ON b.ent = r.id"""


class Reader:
    """Answers questions about records inside one transaction."""

    def __init__(self, dictionary: Dictionary, names: Names) -> None:
        self._dictionary, self._names = dictionary, dict(names)

    # ------------------------------------------------------------------------------------------------------------ records

    def get(self, work: Work, entity: EntityId) -> Record | None:
        """One record, deleted or not; None for what is no id, as where a link says nothing."""
        if not is_entity_id(entity):
            return None
        rows = work.rows(_RECORD + " WHERE r.uid = ? AND r.state > 0", (id_bytes(entity),))
        return min(self._records(work, rows), key=lambda r: r.kind, default=None)

    def get_many(self, work: Work, entities: Iterable[EntityId]) -> dict[EntityId, Record]:
        """Several records, deleted or not."""
        rows = list(work.among(_RECORD + " WHERE r.state > 0 AND r.uid IN ({})", [id_bytes(e) for e in entities]))
        found: dict[EntityId, Record] = {}
        for record in sorted(self._records(work, rows), key=lambda r: r.kind):
            found.setdefault(record.id, record)
        return found

    def numbered(self, work: Work, entities: Iterable[int]) -> list[Record]:
        """Records by their numbers, deleted ones left out, latest change first, of one moment the newest."""
        rows = list(work.among(f"{_RECORD} WHERE r.state = {THERE} AND r.id IN ({{}})", entities))
        newest = sorted(self._records(work, rows), key=lambda r: r.id, reverse=True)  # of one moment, as by an import
        return sorted(newest, key=lambda r: -r.changed_at)

    def list_(self, work: Work, kind: str, visit: EntityId | None, deleted: bool) -> list[Record]:
        """The records of one kind by id."""
        where, values = self._where(work, kind, visit, deleted)
        if where is None:
            return []
        rows = work.rows(f"{_RECORD} {where} ORDER BY r.uid", values)
        return self._records(work, rows)

    def count(self, work: Work, kind: str, visit: EntityId | None) -> int:
        """How many records of one kind there are, deleted ones left out."""
        where, values = self._where(work, kind, visit, False)
        return 0 if where is None else work.number(f"SELECT count(*) FROM record r {where}", values)

    def _where(self, work: Work, kind: str, visit: EntityId | None, deleted: bool) -> tuple[str | None, tuple[int, ...]]:
        number = self._dictionary.known_kind(work, kind)
        place = None if visit is None else self._dictionary.known_visit(work, visit)
        if number is None or (visit is not None and place is None):
            return None, ()
        states = "r.state > 0" if deleted else f"r.state = {THERE}"
        spec = self._dictionary.spec(number)
        if place is None:
            return f"WHERE r.kind = ? AND {states}", (number,)
        if spec is not None and not spec.scope_field:  # belongs to no visit: those that are used in it
            return f"JOIN stand s ON s.ent = r.id WHERE s.visit = ? AND r.kind = ? AND {states}", (place, number)
        return f"WHERE r.kind = ? AND r.visit = ? AND {states}", (number, place)

    def find(self, work: Work, prefix: str) -> list[tuple[EntityId, str]]:
        """The records whose id begins with `prefix`."""
        digits = prefix.replace("-", "")
        if not digits or len(digits) > 32 or any(c not in "0123456789abcdef" for c in digits):
            return []
        low, high = bytes.fromhex(digits.ljust(32, "0")), bytes.fromhex(digits.ljust(32, "f"))
        rows = work.rows("SELECT uid, kind FROM record WHERE uid >= ? AND uid <= ? AND state > 0 ORDER BY uid LIMIT 100", (low, high))
        found = [(id_from_bytes(uid), self._dictionary.kind_name(work, kind)) for uid, kind in rows]
        return [(e, k) for e, k in found if e.startswith(prefix)]

    def referring(self, work: Work, entity: EntityId) -> list[tuple[EntityId, str, str]]:
        """The records that link to a record, deleted ones left out: id, kind and field key."""
        rows = work.rows(
            "SELECT r.uid, r.kind, l.fld FROM link l JOIN record r ON r.id = l.ent WHERE l.target = ? AND r.state = ? ORDER BY r.uid",
            (id_bytes(entity), THERE),
        )
        names = self._dictionary.names_of_fields(work, {r[2] for r in rows})
        return [(id_from_bytes(uid), self._dictionary.kind_name(work, kind), names[fld]) for uid, kind, fld in rows]

    def links(self, work: Work, kind: str, visit: EntityId) -> list[tuple[int, str, EntityId]]:
        """What the records of one kind in a visit link to: a number per record, the name of the field, the target's id."""
        where, values = self._where(work, kind, visit, False)
        if where is None:
            return []
        rows = work.rows(f"SELECT l.ent, l.fld, l.target FROM record r JOIN link l ON l.ent = r.id {where} ORDER BY r.uid, l.fld", values)
        names = {f: split_key(name)[0] for f, name in self._dictionary.names_of_fields(work, {r[1] for r in rows}).items()}
        targets = {t: id_from_bytes(t) for t in {r[2] for r in rows}}
        return [(ent, names[fld], targets[target]) for ent, fld, target in rows]

    def made_by(self, work: Work, kind: str, visit: EntityId) -> dict[str, int]:
        """How many records of one kind each person made in a visit."""
        where, values = self._where(work, kind, visit, False)
        if where is None:
            return {}
        rows = work.rows(f"SELECT b.made_by, count(*) FROM record r JOIN body b ON b.ent = r.id {where} GROUP BY b.made_by", values)
        counts: dict[str, int] = {}
        for author, count in rows:
            name = self._dictionary.author_name(work, author, self._names)
            counts[name] = counts.get(name, 0) + count
        return counts

    def _records(self, work: Work, rows: Sequence[Row]) -> list[Record]:
        try:
            heads = [decode_heads(r[9]) for r in rows]
            values = [_object.decode(r[8]) for r in rows]
        except msgspec.MsgspecError as error:
            raise refuse("vault-damaged", detail="what was read together of a record is not what was written") from error
        names = self._dictionary.names_of_fields(work, {f for h in heads for f in h})
        authors = {a: self._dictionary.author_name(work, a, self._names) for a in {r[5] for r in rows} | {r[7] for r in rows}}
        found = []
        for row, versions, fields in zip(rows, heads, values, strict=True):
            uid, kind, state, private, made, made_by, changed, changed_by, _, _, conflicts = row
            spec = self._dictionary.spec(kind) if kind in self._dictionary.kind_names else self._kind(work, kind)
            found.append(
                Record(
                    id=id_from_bytes(uid),
                    kind=self._dictionary.kind_names[kind],
                    fields=fold(fields, spec),
                    made_at=hlc_ms(made),
                    made_by=authors[made_by],
                    changed_at=hlc_ms(changed),
                    changed_by=authors[changed_by],
                    deleted=state == DELETED_STATE,
                    private=private == ALL_PRIVATE,
                    conflicts=tuple(decode_conflicts(conflicts)),
                    heads={names[f]: tuple(map(LocalChange, v[::2])) for f, v in versions.items()},
                )
            )
        return found

    def _kind(self, work: Work, kind: int) -> KindSpec | None:
        self._dictionary.kind_name(work, kind)
        return self._dictionary.spec(kind)

    # -------------------------------------------------------------------------------------------------- heads and history

    def heads(self, work: Work, entity: EntityId, key: str) -> tuple[Head, ...]:
        """The present versions of one field, latest first."""
        fld = self._dictionary.field_number(work, key)
        if fld is None:
            return ()
        found: list[int] = []
        for row in work.rows("SELECT b.heads FROM record r JOIN body b ON b.ent = r.id WHERE r.uid = ?", (id_bytes(entity),)):
            found += decode_heads(row[0]).get(fld, ())[::2]
        return self._heads(work, found)

    def _heads(self, work: Work, changes: Iterable[int]) -> tuple[Head, ...]:
        entries = self._entries(work, work.among(_ENTRY + "c.id IN ({})", changes), set())
        ordered = sorted(entries, key=lambda e: (e[1].hlc, e[2], e[1].value or ""), reverse=True)
        return tuple(Head(e.change, e.value, e.hlc, e.author, e.key) for _, e, _ in ordered)

    def writers(self, work: Work, entities: Iterable[EntityId]) -> dict[EntityId, set[KeyHash]]:
        """The installations that wrote any present version of a field, for each of these records."""
        heads: dict[EntityId, set[int]] = {}
        sql = "SELECT r.uid, b.heads FROM record r JOIN body b ON b.ent = r.id WHERE r.uid IN ({})"
        for uid, packed in work.among(sql, [id_bytes(e) for e in entities]):
            heads.setdefault(id_from_bytes(uid), set()).update(c >> 16 for versions in decode_heads(packed).values() for c in versions[::2])
        segments = {n for numbers in heads.values() for n in numbers}
        sql = "SELECT s.id, a.mark FROM segment s JOIN stream t ON t.id = s.stream JOIN author a ON a.id = t.author WHERE s.id IN ({})"
        authors = {number: KeyHash(mark) for number, mark in work.among(sql, segments)}
        return {entity: {authors[n] for n in numbers} for entity, numbers in heads.items()}

    def history(self, work: Work, entity: EntityId) -> list[HistoryEntry]:
        """Every change of a record that this vault holds, oldest first; segments that do not hold together are left out."""
        current: set[int] = set()
        ents = []
        for ent, heads in work.rows(
            "SELECT r.id, b.heads FROM record r LEFT JOIN body b ON b.ent = r.id WHERE r.uid = ?", (id_bytes(entity),)
        ):
            ents.append(ent)
            if heads is not None:
                current.update(c for versions in decode_heads(heads).values() for c in versions[::2])
        entries = self._entries(work, work.among(_ENTRY + "c.ent IN ({})", ents), current)
        return [e for _, e, _ in sorted(entries, key=lambda e: (e[1].hlc, e[2], e[1].field, e[1].value or ""))]

    def proposals(self, work: Work, visit: EntityId | None) -> list[Proposal]:
        """Changes beyond their authors' roles that nobody has taken up, oldest first."""
        rows = list(work.rows(_ENTRY + f"s.verdict = {PROPOSED} AND s.chained = 1 AND u.change IS NOT NULL"))
        found = []
        for ent, entry, _ in self._entries(work, rows, set()):
            if visit is None or entry.visit == visit:
                uid, kind = work.rows("SELECT uid, kind FROM record WHERE id = ?", (ent,))[0]
                found.append(Proposal(id_from_bytes(uid), self._dictionary.kind_name(work, kind), entry))
        return sorted(found, key=lambda p: (p.entry.hlc, p.entity, p.entry.field))

    def _entries(self, work: Work, rows: Iterable[Row], current: set[int]) -> list[tuple[int, HistoryEntry, tuple[int, bytes]]]:
        every = list(rows)
        names = self._dictionary.names_of_fields(work, {r[2] for r in every})
        found = []
        for row in every:
            change, ent, fld, value, hlc, parent, parents, o_hlc, o_author, author, scope, unaccepted, name, verdict, chained, visit = row
            counts = author if o_author is None else o_author
            mark = self._dictionary.author(work, author)[1]
            origin = None if o_author is None else Origin(Hlc(o_hlc), self._dictionary.author_name(work, o_author, self._names))
            entry = HistoryEntry(
                change=LocalChange(change),
                name=public_name(name, change),
                field=names[fld],
                value=value,
                hlc=Hlc(hlc if o_hlc is None else o_hlc),
                author=self._dictionary.author_name(work, counts, self._names),
                key=KeyHash(mark),
                parents=tuple(LocalChange(p) for p in parents_of(parent, parents)),
                state=state_of(name, verdict, chained, unaccepted is not None),
                scope=SCOPES[scope],
                visit=self._dictionary.visit_id(work, visit),
                current=change in current,
                origin=origin,
            )
            found.append((ent, entry, self._dictionary.author(work, counts)))
        return found

    # ---------------------------------------------------------------------------------------------------------- conflicts

    def conflicts(self, work: Work, visit: EntityId | None) -> list[Conflict]:
        """What people have to settle, by record and field."""
        rows = work.rows(
            "SELECT r.id, r.uid, r.kind, r.visit, b.heads, b.conflicts FROM record r JOIN body b ON b.ent = r.id WHERE"
            " r.conflicts > 0 ORDER BY r.uid"
        )
        place = None if visit is None else self._dictionary.known_visit(work, visit)
        found: list[Conflict] = []
        for ent, uid, kind, at, packed, torn in rows:
            if visit is not None and (place is None or not self._stands(work, ent, kind, at, place)):
                continue
            kind_name = self._dictionary.kind_name(work, kind)
            heads = decode_heads(packed)
            found += [
                Conflict(id_from_bytes(uid), kind_name, key, self._torn(work, ent, kind, heads, key)) for key in decode_conflicts(torn)
            ]
        return found

    def _stands(self, work: Work, ent: int, kind: int, at: int, place: int) -> bool:
        self._dictionary.kind_name(work, kind)
        spec = self._dictionary.spec(kind)
        if spec is not None and not spec.scope_field:
            return work.row("SELECT 1 FROM stand WHERE visit = ? AND ent = ?", (place, ent)) is not None
        return at == place

    def _torn(self, work: Work, ent: int, kind: int, heads: Heads, key: str) -> tuple[Head, ...]:
        fld = self._dictionary.field_number(work, key)
        changes = list(heads[fld][::2]) if fld is not None else []
        if key == DELETED:
            changes += self._unseen(work, ent, kind)
        return self._heads(work, changes)

    def _unseen(self, work: Work, ent: int, kind: int) -> list[int]:
        versions = [v for _, v in read_histories(work, self._dictionary, [ent])]
        return [v.change for v in project(versions, self._dictionary.spec(kind)).unseen]

    # ------------------------------------------------------------------------------------------------------- public names

    def named(self, work: Work, name: str) -> LocalChange | None:
        """The change of a public name, None when there is none or more than one."""
        head, dash, row = name.rpartition("-")
        if not dash or not row.isdecimal() or len(row) > (18 if head == "open" else 5):
            return None
        if head == "open":
            found = work.row("SELECT id FROM change WHERE id = ?", (int(row),))
            return LocalChange(found[0]) if found else None
        if len(head) != 16 or any(c not in "0123456789abcdef" for c in head):
            return None
        low = bytes.fromhex(head)
        rows = work.rows("SELECT id, count FROM segment WHERE hash >= ? AND hash <= ?", (low, low + b"\xff" * 24))
        if len(rows) != 1 or int(row) >= rows[0][1]:
            return None
        return LocalChange(rows[0][0] << 16 | int(row))


_ENTRY = """SELECT c.id, c.ent, c.fld, c.val, c.hlc, c.parent, c.parents, o.hlc, o.author, t.author, t.scope, u.change,
s.hash, s.verdict, s.chained, t.visit
FROM change c JOIN segment s ON s.id = c.id >> 16 JOIN stream t ON t.id = s.stream
LEFT JOIN origin o ON o.change = c.id LEFT JOIN unaccepted u ON u.change = c.id WHERE """


def public_name(segment: bytes | None, change: int) -> str:
    """What a change is called for everybody: `<16 hex of its segment>-<row>`; `open-<number>` while it is not sealed."""
    return f"open-{change}" if segment is None else f"{SegmentHash(segment).hex()[:16]}-{change & 0xFFFF}"


def state_of(segment: bytes | None, verdict: int, chained: int, unaccepted: bool) -> SegmentState:
    """What this vault does with one change, in the words of a segment's state."""
    if segment is None:
        return SegmentState.OPEN
    if verdict == FAULTY:
        return SegmentState.FAULTY
    if not chained:
        return SegmentState.WAITING
    if verdict == PROPOSED:
        return SegmentState.PROPOSED if unaccepted else SegmentState.ACCEPTED
    return SegmentState.ACCEPTED if verdict in COUNTING else STATES[verdict]


def fold(flat: dict[str, JsonValue], spec: KindSpec | None) -> dict[str, JsonValue]:
    """Fields as people know them: elements folded back into sorted lists and maps; the tombstone is not a field."""
    fields: dict[str, JsonValue] = {}
    folded: set[str] = set()
    for key, value in flat.items():
        name, slash, element = key.partition("/")
        if not slash:
            if key != DELETED:
                fields[key] = value
            continue
        folded.add(name)
        known = spec.field(name) if spec else None
        if known is not None and known.shape in SETS:
            chosen = fields.setdefault(name, [])
            if value is True and isinstance(chosen, list):
                chosen.append(element)
        else:
            parts = fields.setdefault(name, {})
            if value is not None and isinstance(parts, dict):
                parts[element] = value
    for name in folded:
        value = fields[name]
        if isinstance(value, list):
            value.sort(key=str)
        elif isinstance(value, dict) and len(value) > 1:
            fields[name] = dict(sorted(value.items()))
    return fields
