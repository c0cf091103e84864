"""The stored form of one record's projection, to and from the tables record and body; it applies no rule of merge."""

from __future__ import annotations

from typing import Any

import msgspec

from fieldtool.domain.merge import Projection
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.work import Work

ABSENT, THERE, DELETED_STATE = 0, 1, 2  # record.state
OPEN, ALL_PRIVATE, PRIVATE_LEFT = 0, 1, 2  # record.private

_raw_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])
_numbers = msgspec.msgpack.Decoder(list[int])
_names = msgspec.json.Decoder(list[str])
_pack = msgspec.msgpack.Encoder().encode
_key = msgspec.json.Encoder().encode

Versions = tuple[int, ...]  # the heads of one field, ascending: change, clock (the origin's where there is one), change, clock, …
Heads = dict[int, Versions]  # field → its heads
NOTHING: frozenset[Any] = frozenset()  # Any: of whatever; thousands of records are held at once, and most of their sets stay empty


class State:
    """One record while changes are applied to it; `fields` holds canonical JSON per field key."""

    __slots__ = (
        "changed",
        "changed_by",
        "conflicts",
        "fields",
        "heads",
        "kind",
        "linked",
        "made",
        "made_by",
        "many",
        "private",
        "state",
        "torn",
        "uid",
        "unsure",
        "visit",
        "was",
    )

    def __init__(self, uid: bytes, kind: int) -> None:
        self.uid, self.kind = uid, kind
        self.fields: dict[str, str] = {}
        self.heads: Heads = {}
        self.conflicts: frozenset[str] = NOTHING
        self.made = self.made_by = self.changed = self.changed_by = 0
        self.visit = 0
        self.state = self.private = 0
        self.linked: frozenset[int] = NOTHING  # fields that changed since the row was written, of those that may be links
        self.torn: frozenset[int] = NOTHING  # fields of this pass whose value has to be settled
        self.unsure = False  # who was last has to be found again
        self.many: frozenset[int] = NOTHING  # fields whose value was settled among several heads
        self.was: tuple[int, int, int, int] | None = None  # the record's row as stored: visit, state, private, conflicts

    def row(self) -> tuple[int, int, int, int]:
        """What the record's row should say: visit, state, private, number of conflicts."""
        return self.visit, self.state, self.private, len(self.conflicts)


def encode_fields(fields: dict[str, str], keys: dict[str, str]) -> str:
    """The JSON object of a body; `keys` remembers how each key is written."""
    parts = []
    for name, value in fields.items():
        key = keys.get(name)
        if key is None:
            key = keys[name] = _key(name).decode() + ":"
        parts.append(key + value)
    return "{" + ",".join(parts) + "}"


def with_head(versions: Versions, change: int, clock: int) -> Versions:
    """These heads with this one, whose clock may be new."""
    if not versions or versions[-2] < change:
        return (*versions, change, clock)
    place = next(i for i in range(0, len(versions), 2) if versions[i] >= change)
    return (*versions[:place], change, clock, *versions[place + 2 * (versions[place] == change) :])


def without_head(versions: Versions, change: int) -> tuple[Versions, int | None]:
    """These heads without one, and its clock; None where it is not among them."""
    for place in range(0, len(versions), 2):
        if versions[place] == change:
            return versions[:place] + versions[place + 2 :], versions[place + 1]
    return versions, None


def encode_heads(heads: Heads) -> bytes:
    """The heads of all fields as one flat list of numbers."""
    flat: list[int] = []
    for field, versions in heads.items():
        if len(versions) == 2:
            flat += (field, *versions)
        else:
            for place in range(0, len(versions), 2):
                flat += (field, versions[place], versions[place + 1])
    return _pack(flat)


def decode_heads(packed: bytes) -> Heads:
    """The heads of all fields of one record."""
    flat = _numbers.decode(packed)
    heads: Heads = {}
    for i in range(0, len(flat), 3):
        field = flat[i]
        heads[field] = (*heads.get(field, ()), flat[i + 1], flat[i + 2])
    return heads


def decode_texts(fields: str) -> dict[str, str]:
    """The canonical JSON of each field key of a body."""
    return {k: str(v, "utf-8") for k, v in _raw_fields.decode(fields).items()}


def decode_conflicts(conflicts: str | None) -> list[str]:
    """The field keys in conflict."""
    return _names.decode(conflicts) if conflicts else []


_STATE = """SELECT r.id, r.uid, r.kind, r.visit, r.state, r.private, r.conflicts, b.made, b.made_by, b.changed, b.changed_by,
b.fields, b.heads, b.conflicts FROM record r LEFT JOIN body b ON b.ent = r.id WHERE r.id IN ({})"""


def read_states(work: Work, entities: list[int]) -> dict[int, State]:
    """The states of these records as stored."""
    found: dict[int, State] = {}
    for row in work.among(_STATE, entities):
        ent, uid, kind, visit, state, private, conflicts, made, made_by, changed, changed_by, fields, heads, torn = row
        record = found[ent] = State(uid, kind)
        record.was = (visit, state, private, conflicts)
        record.visit, record.state, record.private = visit, state, private
        if fields is not None:
            record.fields, record.heads = decode_texts(fields), decode_heads(heads)
            record.made, record.made_by, record.changed, record.changed_by = made, made_by, changed, changed_by
            record.conflicts = frozenset(decode_conflicts(torn))
            record.many = frozenset([f for f, versions in record.heads.items() if len(versions) > 2])
    return found


_INSERT_RECORD = "INSERT INTO record (id, uid, kind, visit, state, private, conflicts) VALUES (?, ?, ?, ?, ?, ?, ?)"
_UPDATE_RECORD = "UPDATE record SET visit = ?, state = ?, private = ?, conflicts = ? WHERE id = ?"
_INSERT_BODY = "INSERT INTO body (ent, made, made_by, changed, changed_by, fields, heads, conflicts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_UPSERT_BODY = _INSERT_BODY + (
    " ON CONFLICT (ent) DO UPDATE SET made = excluded.made, made_by = excluded.made_by, changed = excluded.changed,"
    " changed_by = excluded.changed_by,"
    " fields = excluded.fields, heads = excluded.heads, conflicts = excluded.conflicts"
)


def write_states(work: Work, states: dict[int, State], keys: dict[str, str]) -> None:
    """Store these states; a record without an accepted change keeps its number and has no body."""
    inserts: list[tuple[object, ...]] = []
    updates: list[tuple[object, ...]] = []
    new: list[tuple[object, ...]] = []
    bodies: list[tuple[object, ...]] = []
    gone: list[tuple[object, ...]] = []
    for ent, record in states.items():
        row = record.row()
        if record.was is None:
            inserts.append((ent, record.uid, record.kind, *row))
        elif row != record.was:
            updates.append((*row, ent))
        if record.state == ABSENT:
            gone.append((ent,))
            continue
        torn = _key(sorted(record.conflicts)).decode() if record.conflicts else None
        body = (
            ent,
            record.made,
            record.made_by,
            record.changed,
            record.changed_by,
            encode_fields(record.fields, keys),
            encode_heads(record.heads),
            torn,
        )
        (new if record.was is None else bodies).append(body)
    work.many(_INSERT_RECORD, inserts)
    work.many(_UPDATE_RECORD, updates)
    work.many("DELETE FROM body WHERE ent = ?", gone)
    work.many(_INSERT_BODY, new)
    work.many(_UPSERT_BODY, bodies)


def fill_state(
    state: State, result: Projection, numbers: dict[str, int], authors: dict[tuple[int, bytes], int], *, private_left: bool
) -> None:
    """Make `state` say what the full projection of the record says."""
    state.fields = dict(result.values)
    for key, heads in result.heads.items():
        state.heads[numbers[key]] = tuple([n for v in sorted(heads, key=lambda v: v.change) for n in (v.change, v.made)])
    state.conflicts = frozenset(result.conflicts)
    state.state = ABSENT if not result.present else DELETED_STATE if result.deleted else THERE
    state.private = PRIVATE_LEFT if private_left else ALL_PRIVATE if result.private else OPEN
    if result.made is not None and result.changed is not None:
        state.made, state.made_by = result.made.made, authors[result.made.by]
        state.changed, state.changed_by = result.changed.made, authors[result.changed.by]


def read_dictionary_of_fields(work: Work, dictionary: Dictionary, states: dict[int, State]) -> None:
    """Have the dictionary know the keys of all fields that these records have."""
    dictionary.names_of_fields(work, {f for s in states.values() for f in s.heads})
