"""The one function that turns accepted changes into rows, whoever wrote them; it never writes the change log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

from fieldtool.domain.changes import DELETED
from fieldtool.domain.ids import EntityId, id_bytes, id_from_bytes, is_entity_id
from fieldtool.domain.merge import NULL, TRUE, Version, project, settle
from fieldtool.storage.dictionary import PRIVATE, Dictionary
from fieldtool.storage.state import (
    ABSENT,
    ALL_PRIVATE,
    NOTHING,
    OPEN,
    THERE,
    State,
    Versions,
    fill_state,
    read_dictionary_of_fields,
    read_states,
    with_head,
    without_head,
    write_states,
)
from fieldtool.storage.work import Row, Work

# one change as its row: id, record, field, value, clock, one parent (0: none, or several), several parents (8 bytes each)
ChangeRow: TypeAlias = "tuple[int, int, int, str | None, int, int, bytes | None]"


@dataclass(slots=True)
class Batch:
    """Accepted changes that have just been written to the log, and what is known about them without asking."""

    changes: list[ChangeRow] = field(default_factory=list)
    authors: dict[int, int] = field(default_factory=dict)  # segment → author
    scopes: dict[int, int] = field(default_factory=dict)  # segment → scope
    visits: dict[int, int] = field(default_factory=dict)  # segment → visit
    origins: dict[int, tuple[int, int]] = field(default_factory=dict)  # change → clock and author of the change it restates
    new: dict[int, tuple[bytes, int]] = field(default_factory=dict)  # records whose row is not there yet: id and kind
    again: set[int] = field(default_factory=set)  # records to be recomputed from all their changes


@dataclass(slots=True)
class Late:
    """Parents named by changes of this import before they came themselves: they arrive superseded."""

    first: int  # changes below were there before this import
    named: dict[int, set[tuple[int, int]]] = field(default_factory=dict)

    def add(self, parent: int, ent: int, fld: int) -> None:
        """Note that `parent` is no head any more if it turns out to be of this field."""
        if parent >= self.first:
            self.named.setdefault(parent, set()).add((ent, fld))


@dataclass(slots=True)
class Held:
    """Records between two passes of one import, the least recently used first: read once, and most of them written once."""

    late: Late
    states: dict[int, State] = field(default_factory=dict)
    used: set[tuple[int, int]] = field(default_factory=set)  # visit and record, of records that belong to no visit
    again: set[int] = field(default_factory=set)  # of those, the ones whose visits have to be found anew

    def take(self, batch: Batch, states: dict[int, State], free: Collection[int]) -> None:
        """Keep what one pass has brought up to date; `free` are the kinds that belong to no visit."""
        for ent in states:
            self.states.pop(ent, None)
        self.states |= states
        visits = batch.visits
        roaming = {ent for ent, state in states.items() if state.kind in free}
        if len(set(visits.values())) == 1:
            visit = next(iter(visits.values()))
            self.used.update((visit, ent) for ent in roaming)
        elif roaming:
            self.used.update((visits[row[0] >> 16], row[1]) for row in batch.changes if row[1] in roaming)
        self.again |= batch.again & roaming

    def let_go(self, keep: int) -> dict[int, State]:
        """All but the `keep` records used last: they are the taker's from now on."""
        gone = list(self.states)[: max(0, len(self.states) - keep)]
        return {ent: self.states.pop(ent) for ent in gone}


def write_changes(work: Work, rows: Sequence[ChangeRow]) -> None:
    """Put changes into the log. The driver is slow with None: the column of several parents is filled where there are several only."""
    work.many("INSERT INTO change (id, ent, fld, val, hlc, parent) VALUES (?, ?, ?, ?, ?, ?)", [r[:6] for r in rows if r[6] is None])
    work.many(
        "INSERT INTO change (id, ent, fld, val, hlc, parent, parents) VALUES (?, ?, ?, ?, ?, ?, ?)", [r for r in rows if r[6] is not None]
    )


def parents_of(parent: int, parents: bytes | None) -> list[int]:
    """The parents that the two columns hold, ascending."""
    return [parent] if parent else unpack_parents(parents) if parents is not None else []


def unpack_parents(parents: bytes) -> list[int]:
    """The numbers in the column of several parents."""
    return [int.from_bytes(parents[i : i + 8], "big") for i in range(0, len(parents), 8)]


def pack_parents(parents: Sequence[int]) -> tuple[int, bytes | None]:
    """The two columns that hold parents."""
    if not parents:
        return 0, None
    if len(parents) == 1:
        return parents[0], None
    return 0, b"".join(p.to_bytes(8, "big") for p in sorted(parents))


class Projector:
    """Applies changes to rows. Every path gives what `domain.merge.project` gives for the whole history of the record."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._keys: dict[str, str] = {}

    def apply(self, work: Work, batch: Batch, read: Mapping[int, State] | None = None) -> dict[int, State]:
        """Bring the rows of all touched records up to date; the states as they now are. `read` are those that were read already."""
        held = Held(Late(1 << 62), dict(read or {}))
        self._pass_once(work, batch, held)
        return self.write(work, held)

    def advance(self, work: Work, batch: Batch, held: Held) -> None:
        """Apply one pass of a longer import; rows are written when too many records are held, and by `write`."""
        self._pass_once(work, batch, held)
        if len(held.states) > work.HOLD:
            self.write(work, held, work.HOLD // 2)

    def _pass_once(self, work: Work, batch: Batch, held: Held) -> None:
        states = self._states(work, batch, held)
        self._walk(work, batch, states, held.late)
        if batch.again:
            self._recompute(work, batch.again, states)
        held.take(batch, states, self._free({s.kind for s in states.values()}))

    def write(self, work: Work, held: Held, keep: int = 0) -> dict[int, State]:
        """Write the rows of all records held but the `keep` used last, and let them go."""
        states = held.let_go(keep)
        self._finish(work, states)
        self._place(work, states)
        ordered = sorted(states.items(), key=itemgetter(0))  # new rows stand beside each other, and fill their pages
        for start in range(0, len(ordered), work.TOGETHER):
            some = dict(ordered[start : start + work.TOGETHER])
            write_states(work, some, self._keys)
            self._write_links(work, some)
            work.many("INSERT INTO dirty (ent) VALUES (?) ON CONFLICT DO NOTHING", [(e,) for e in some])
        self._write_stand(work, held)
        return states

    # ------------------------------------------------------------------------------------------------------- the short way

    def _states(self, work: Work, batch: Batch, held: Held) -> dict[int, State]:
        touched = {row[1] for row in batch.changes}
        touched |= batch.again
        known = touched.difference(batch.new)
        states = {ent: state for ent in known if (state := held.states.get(ent)) is not None}
        if unread := sorted(known.difference(states)):
            states |= read_states(work, unread)
        for ent, (uid, kind) in batch.new.items():
            states[ent] = State(uid, kind)
        if known and work.row("SELECT change FROM unaccepted LIMIT 1"):
            batch.again.update(row[0] for row in work.among("SELECT DISTINCT ent FROM unaccepted WHERE ent IN ({})", known))
        return states

    def _walk(self, work: Work, batch: Batch, states: dict[int, State], late: Late) -> None:
        """Put each change into the heads of its field; what several heads say, or who was last among equal clocks, is settled later."""
        deletion = self._dictionary.field_number(work, DELETED)
        names = self._dictionary.names_of_fields(work, {row[2] for row in batch.changes})
        authors, scopes, origins, again, named = batch.authors, batch.scopes, batch.origins, batch.again, late.named
        links = self._links(batch, states)
        segment, author, private = -1, 0, OPEN
        for change, ent, fld, value, clock, parent, parents in batch.changes:
            if change >> 16 != segment:
                segment = change >> 16
                author, private = authors[segment], ALL_PRIVATE if scopes[segment] == PRIVATE else OPEN
            state = states[ent]
            by = author
            if origins and change in origins:
                clock, by = origins[change]
            versions = state.heads.get(fld, ())
            if parent or parents is not None:
                versions = self._pass(state, fld, versions, (parent,) if parents is None else unpack_parents(parents), late, ent)
            if fld in links:
                state.linked |= {fld}
            if state.state == ABSENT:
                state.state, state.private = THERE, private
                state.made, state.made_by = clock, by
            elif clock <= state.made:
                self._note_made(work, state, clock, by)
            if state.private != private:
                again.add(ent)
            if named and (ent, fld) in named.pop(change, ()):
                state.heads[fld] = versions
                continue
            state.heads[fld] = versions = with_head(versions, change, clock) if versions else (change, clock)
            if clock > state.changed:
                state.changed, state.changed_by, state.unsure = clock, by, False
            elif clock == state.changed and by != state.changed_by:
                state.unsure = True
            if len(versions) > 2 or fld in state.many:
                state.torn |= {fld}
            else:
                state.fields[names[fld]] = NULL if value is None else value
        if deletion is not None:
            again.update(e for e, s in states.items() if deletion in s.heads)

    def _pass(self, state: State, fld: int, versions: Versions, parents: Iterable[int], late: Late, ent: int) -> Versions:
        """The heads without these parents, which are heads no more."""
        for parent in parents:
            versions, passed = without_head(versions, parent)
            if passed is None:
                late.add(parent, ent, fld)
            elif passed == state.changed:
                state.unsure = True
        return versions

    def _links(self, batch: Batch, states: dict[int, State]) -> set[int]:
        """The fields of this pass that are links in some kind of record."""
        kinds = {s.kind for s in states.values()}
        return {fld for fld in {row[2] for row in batch.changes} if any(self._dictionary.link(kind, fld) is not False for kind in kinds)}

    def _note_made(self, work: Work, state: State, clock: int, by: int) -> None:
        if clock < state.made:
            state.made, state.made_by = clock, by
        elif by != state.made_by:
            state.made_by = min(by, state.made_by, key=lambda a: self._dictionary.author(work, a))

    def _finish(self, work: Work, states: dict[int, State]) -> None:
        """Settle what the walks could not say: fields that have or had several heads, and who changed the record last.

        Once, before rows are written: each time it costs a look at every head.
        """
        some = {ent: s for ent, s in states.items() if s.torn or s.unsure}
        read_dictionary_of_fields(work, self._dictionary, some)
        self._settle(work, [(s, fld) for s in some.values() for fld in s.torn])
        for state in some.values():
            state.torn = NOTHING
            if state.unsure:
                self._find_last(work, state)

    def _find_last(self, work: Work, state: State) -> None:
        last = max(clock for versions in state.heads.values() for clock in versions[1::2])
        found = [c for versions in state.heads.values() for c, clock in zip(versions[::2], versions[1::2], strict=True) if clock == last]
        authors = {self._author(work, c) for c in found}
        state.changed, state.changed_by, state.unsure = last, self._last_of(work, authors), False

    def _last_of(self, work: Work, authors: set[int]) -> int:
        return authors.pop() if len(authors) == 1 else max(authors, key=lambda a: self._dictionary.author(work, a))

    def _author(self, work: Work, change: int) -> int:
        row = work.row(_AUTHOR, (change, change >> 16))
        if row is None:
            raise LookupError("a head that is no change")
        return int(row[0])

    def _settle(self, work: Work, torn: list[tuple[State, int]]) -> None:
        """The value in force, and whether it is a conflict, of fields that have or had several heads."""
        names = self._dictionary.field_names
        versions = {v.change: v for v in read_versions(work, self._dictionary, [c for s, f in torn for c in s.heads[f][::2]])}
        for state, fld in torn:
            key = names[fld]
            heads = sorted((versions[c] for c in state.heads[fld][::2]), key=lambda v: (v.made, v.by, v.value or ""), reverse=True)
            value, conflict = settle(key, self._dictionary.field_spec(state.kind, fld), heads)
            state.fields[key] = NULL if value is None else value
            state.conflicts = state.conflicts | {key} if conflict else state.conflicts - {key} or NOTHING
            state.many = state.many | {fld} if len(heads) > 1 else state.many - {fld} or NOTHING

    # ------------------------------------------------------------------------------------------------------- the long way

    def recompute(self, work: Work, entities: Iterable[int]) -> dict[int, State]:
        """Recompute records from all their stored changes, and write them."""
        return self.apply(work, Batch(again=set(entities)))

    def _recompute(self, work: Work, entities: set[int], states: dict[int, State]) -> None:
        for ent, (state, touched) in self.whole(work, entities, {e: (states[e].uid, states[e].kind) for e in entities}).items():
            state.was, state.linked = states[ent].was, states[ent].linked | touched
            states[ent] = state

    def whole(self, work: Work, entities: Iterable[int], about: dict[int, tuple[bytes, int]]) -> dict[int, tuple[State, set[int]]]:
        """The states of records as their whole histories give them, with every field that ever stood in them; nothing is written."""
        by_record: dict[int, list[Version]] = {ent: [] for ent in entities}
        for ent, version in read_histories(work, self._dictionary, list(by_record)):
            by_record[ent].append(version)
        found: dict[int, tuple[State, set[int]]] = {}
        for ent, versions in by_record.items():
            uid, kind = about[ent]
            state = State(uid, kind)
            self._dictionary.kind_name(work, kind)  # a vault that was just opened has read no names yet
            result = project(versions, self._dictionary.spec(kind))
            left = result.present and not result.private and any(v.private for v in versions)
            numbers = self._dictionary.fields(work, {v.field for v in versions})
            authors = {v.by: self._dictionary.author_number(work, *v.by) for v in (result.made, result.changed) if v is not None}
            fill_state(state, result, numbers, authors, private_left=left)
            found[ent] = state, {numbers[v.field] for v in versions}
        self._place(work, {e: s for e, (s, _) in found.items()})
        return found

    # ------------------------------------------------------------------------------------------------------- beside the rows

    def _place(self, work: Work, states: dict[int, State]) -> None:
        """Which visit each record belongs to."""
        for state in states.values():
            spec = self._dictionary.spec(state.kind)
            if state.state == ABSENT:
                state.visit = 0
            elif spec is not None and spec.scope_field == "self":
                state.visit = self._dictionary.visit_number(work, id_from_bytes(state.uid))
            elif spec is None or spec.scope_field:
                visit = state.fields.get("visit", "")
                state.visit = (
                    self._dictionary.visit_number(work, EntityId(visit[1:-1])) if len(visit) == 38 and is_entity_id(visit[1:-1]) else 0
                )

    def link_rows(self, ent: int, state: State, fields: Iterable[int]) -> tuple[list[tuple[int, int, bytes]], list[tuple[int, int]]]:
        """The links that these fields of a record are, and the fields that are none."""
        made, gone = [], []
        for fld in fields:
            how = self._dictionary.link(state.kind, fld)
            if how is False:
                continue
            value = state.fields.get(self._dictionary.field_names[fld], NULL)
            if how is True:
                if len(value) == 38 and is_entity_id(value[1:-1]):
                    made.append((ent, fld, id_bytes(EntityId(value[1:-1]))))
                else:
                    gone.append((ent, fld))
            elif value == TRUE:
                made.append((ent, fld, how))
            else:
                gone.append((ent, fld))
        return made, gone

    def _write_links(self, work: Work, states: dict[int, State]) -> None:
        inserts: list[tuple[int, int, bytes]] = []
        upserts: list[tuple[int, int, bytes]] = []
        gone: list[tuple[int, int]] = []
        for ent, state in states.items():
            made, lost = self.link_rows(ent, state, state.linked)
            (inserts if state.was is None else upserts).extend(made)
            if state.was is not None:
                gone.extend(lost)
        work.many("DELETE FROM link WHERE ent = ? AND fld = ?", gone)
        work.many("INSERT INTO link (ent, fld, target) VALUES (?, ?, ?)", inserts)
        work.many(_UPSERT_LINK, upserts)

    def _write_stand(self, work: Work, held: Held) -> None:
        """In which visits records of kinds that belong to no visit are used."""
        again = sorted(held.again)
        work.many("DELETE FROM stand WHERE ent = ?", [(e,) for e in again])
        pairs = {pair for pair in held.used if pair[1] not in held.again}
        pairs.update((r[0], r[1]) for r in work.among(_STAND, again))
        work.many("INSERT INTO stand (visit, ent) VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(pairs))
        held.used, held.again = set(), set()

    def _free(self, kinds: Iterable[int]) -> set[int]:
        """Those of the kinds that belong to no visit."""
        return {k for k in kinds if (spec := self._dictionary.spec(k)) is not None and not spec.scope_field}

    def stands(self, work: Work, entities: Iterable[int], about: Mapping[int, tuple[State, set[int]]]) -> dict[int, set[int]]:
        """In which visits those of these records that belong to no visit are used, as their changes say; nothing is written."""
        free = [e for e in entities if (spec := self._dictionary.spec(about[e][0].kind)) is not None and not spec.scope_field]
        found: dict[int, set[int]] = {}
        for visit, ent in work.among(_STAND, free):
            found.setdefault(ent, set()).add(visit)
        return found


_UPSERT_LINK = "INSERT INTO link (ent, fld, target) VALUES (?, ?, ?) ON CONFLICT (ent, fld) DO UPDATE SET target = excluded.target"

_AUTHOR = """SELECT coalesce(o.author, t.author) FROM segment s JOIN stream t ON t.id = s.stream
LEFT JOIN origin o ON o.change = ? WHERE s.id = ?"""

_STAND = """SELECT DISTINCT t.visit, c.ent FROM change c JOIN segment s ON s.id = c.id >> 16 JOIN stream t ON t.id = s.stream
LEFT JOIN unaccepted u ON u.change = c.id WHERE u.change IS NULL AND c.ent IN ({})"""

_VERSIONS = """SELECT c.id, c.ent, c.fld, c.val, c.hlc, c.parent, c.parents, o.hlc, o.author, t.author, t.scope, u.change
FROM change c JOIN segment s ON s.id = c.id >> 16 JOIN stream t ON t.id = s.stream
LEFT JOIN origin o ON o.change = c.id LEFT JOIN unaccepted u ON u.change = c.id WHERE """


def read_versions(work: Work, dictionary: Dictionary, changes: Iterable[int]) -> list[Version]:
    """These changes as merge sees them."""
    return [v for _, v in _versions(work, dictionary, list(work.among(_VERSIONS + "c.id IN ({})", changes)))]


def read_histories(work: Work, dictionary: Dictionary, entities: Iterable[int]) -> list[tuple[int, Version]]:
    """All changes of these records, accepted or not, each with its record."""
    return _versions(work, dictionary, list(work.among(_VERSIONS + "c.ent IN ({})", entities)))


def _versions(work: Work, dictionary: Dictionary, rows: Sequence[Row]) -> list[tuple[int, Version]]:
    names = dictionary.names_of_fields(work, {r[2] for r in rows})
    found: list[tuple[int, Version]] = []
    for change, ent, fld, value, hlc, parent, parents, origin_hlc, origin_author, author, scope, unaccepted in rows:
        several = tuple(parents_of(parent, parents))
        made = hlc if origin_hlc is None else origin_hlc
        by = dictionary.author(work, author if origin_author is None else origin_author)
        found.append((ent, Version(change, names[fld], value, made, by, several, unaccepted is None, scope == PRIVATE)))
    return found
