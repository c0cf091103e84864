"""Writing this installation's own changes into its open segments, and sealing those; it verifies and merges nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from fieldtool.domain.changes import DELETED, Draft, Origin, Ref, Scope, SealedSegment, Segment, SegmentRow
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import (
    Clock,
    EntityId,
    Hlc,
    KeyHash,
    LocalChange,
    Randomness,
    SegmentHash,
    StreamId,
    id_bytes,
    id_from_bytes,
    next_hlc,
)
from fieldtool.storage.codec import ACCEPTED, FAULTY, SET_ASIDE, shrink
from fieldtool.storage.dictionary import BY_KEY, BY_NAME, PRIVATE, SCOPE_NUMBER, SCOPES, Dictionary
from fieldtool.storage.projection import Batch, ChangeRow, pack_parents, parents_of, write_changes
from fieldtool.storage.state import State, decode_texts, read_states
from fieldtool.storage.work import Row, Work

SEGMENT_ROWS = 4_096  # an open segment that has so many rows grows no further

OpenSegment: TypeAlias = Segment  # a segment that is about to be sealed; its `hash` is empty
Encode: TypeAlias = Callable[[OpenSegment], SealedSegment]


@dataclass(frozen=True, slots=True)
class Author:
    """Whose pen writes: the name as the installation claims it, and the hash of its key."""

    name: str
    key: KeyHash


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """What waits to be sealed in one visit and scope."""

    visit: EntityId
    scope: Scope
    changes: int
    since: int  # ms since 1970 UTC of the oldest open segment


@dataclass(slots=True)
class Written:
    """What an append put into the log."""

    batch: Batch
    before: dict[tuple[EntityId, str], str | None]  # (record, field key) → value in force before
    numbers: list[LocalChange]
    created: list[int]
    states: dict[int, State]  # the records as they were, read once for log and rows
    least: int = 0  # the clock value that the last draft's parents leave free


_TO_SEAL = """SELECT s.stream, s.count, s.hash, t.visit, t.scope, t.author, t.stream FROM segment s
JOIN stream t ON t.id = s.stream WHERE s.id = ?"""
_SEALED = """UPDATE segment SET hash = ?, seq0 = ?, prev = ?, epoch = ?, verdict = ?, grows = 0, body = ?, signature = ?, beside = ?
WHERE id = ?"""
_AMENDABLE = """SELECT c.hlc, c.parent, c.parents, o.change FROM change c LEFT JOIN origin o ON o.change = c.id WHERE c.id = ?"""


@dataclass(slots=True)
class _Seen:
    """A record while one append writes to it: a later draft sees what an earlier one of the same append wrote."""

    state: State  # as stored
    heads: dict[int, list[int]]


class ChangeLog:
    """This installation's pen in one vault."""

    def __init__(self, dictionary: Dictionary, clock: Clock, randomness: Randomness) -> None:
        self._dictionary, self._clock, self._randomness = dictionary, clock, randomness

    # ------------------------------------------------------------------------------------------------------------- append

    def write(self, work: Work, drafts: Sequence[Draft], visit: EntityId, scope: Scope, author: Author) -> Written:
        """Put drafts into the log; the rows are not touched yet. Raises `ValueError` for what no service may ask."""
        dictionary = self._dictionary
        entities, new = self._records(work, drafts)
        states = read_states(work, sorted(e for e in set(entities.values()) if e not in new))
        written = Written(Batch(new=new), {}, [], list(new), states)
        seen = {ent: _Seen(State(uid, kind), {}) for ent, (uid, kind) in new.items()}
        seen |= {ent: _Seen(state, {f: list(v[::2]) for f, v in state.heads.items()}) for ent, state in states.items()}
        numbers = dictionary.fields(work, {d.field for d in drafts})
        dictionary.names_of_fields(work, {f for s in states.values() for f in s.heads})
        page = _Page(self, work, visit, scope, author, written.batch)
        now = self._clock()
        for draft in drafts:
            ent = entities[draft.entity]
            self._write_one(work, page, draft, ent, numbers[draft.field], seen[ent], now, written)
        page.close()
        return written

    def _write_one(self, work: Work, page: _Page, draft: Draft, ent: int, fld: int, seen: _Seen, now: int, written: Written) -> None:
        state = seen.state
        if page.scope != PRIVATE and state.private == 1:
            written.batch.again.add(ent)
        elif page.scope == PRIVATE and state.private != 1 and state.state:
            raise ValueError("a shared record cannot be changed in the private log")
        parents = self._parents(draft, fld, seen)
        if page.scope != PRIVATE and (state.private or page.saw_private(work, parents)):
            parents = page.without_private(work, parents)
        written.before.setdefault((draft.entity, draft.field), state.fields.get(draft.field))
        clocks = page.clocks(work, ent, parents)
        written.least = next_hlc(0, clocks)
        hlc = next_hlc(now, clocks)
        change = self._amend(work, page, draft, ent, fld, parents, hlc, seen, written)
        if change is None:
            change = page.add(work, ent, fld, draft.value, parents, hlc, draft.origin)
        written.numbers.append(LocalChange(change))
        seen.heads[fld] = [c for c in seen.heads.get(fld, ()) if c not in parents and c != change] + [change]

    def _records(self, work: Work, drafts: Sequence[Draft]) -> tuple[dict[EntityId, int], dict[int, tuple[bytes, int]]]:
        kinds: dict[EntityId, str] = {}
        for draft in drafts:
            if kinds.setdefault(draft.entity, draft.kind) != draft.kind:
                raise ValueError("one record, two kinds")
        uids = {id_bytes(entity): entity for entity in kinds}
        found: dict[EntityId, int] = {}
        for number, uid, kind in work.among("SELECT id, uid, kind FROM record WHERE uid IN ({})", uids):
            if self._dictionary.kind_name(work, kind) == kinds[uids[uid]]:
                found[uids[uid]] = number
        new: dict[int, tuple[bytes, int]] = {}
        if len(found) < len(kinds):
            following = work.number("SELECT max(id) FROM record") + 1
            for entity, kind_name in kinds.items():
                if entity not in found:
                    found[entity] = following + len(new)
                    new[found[entity]] = id_bytes(entity), self._dictionary.kind_number(work, kind_name)
        return found, new

    def _parents(self, draft: Draft, fld: int, seen: _Seen) -> tuple[int, ...]:
        if draft.parents is not None:
            return tuple(sorted(set(draft.parents)))
        if draft.field == DELETED:
            return tuple(sorted({c for versions in seen.heads.values() for c in versions}))
        return tuple(sorted(seen.heads.get(fld, ())))

    def _amend(
        self, work: Work, page: _Page, draft: Draft, ent: int, fld: int, parents: tuple[int, ...], hlc: Hlc, seen: _Seen, written: Written
    ) -> int | None:
        """Rewrite the newest change of the field in the open segment while its parents stay the same; None when there is none such."""
        heads = [c for c in seen.heads.get(fld, ()) if c >> 16 == page.segment]
        if len(heads) != 1 or draft.origin is not None:
            return None
        change = heads[0]
        row = work.row(_AMENDABLE, (change,))
        if row is None or (row[1], row[2]) != pack_parents(parents) or row[3] is not None or page.is_named(work, ent, change):
            return None  # written by this very append, or seen differently, or restated, or others follow it
        hlc = max(row[0], hlc)
        work.run("UPDATE change SET val = ?, hlc = ? WHERE id = ?", (draft.value, hlc, change))
        written.batch.changes.append((change, ent, fld, draft.value, hlc, row[1], row[2]))
        if row[0] == seen.state.made:
            written.batch.again.add(ent)  # the first change of the record has moved
        return change

    # --------------------------------------------------------------------------------------------------------------- seal

    def open_segments(self, work: Work) -> list[OpenFacts]:
        """What waits to be sealed; the private log never does."""
        rows = work.rows(
            "SELECT t.visit, t.scope, sum(s.count), min(s.at) FROM segment s JOIN stream t ON t.id = s.stream"
            " WHERE s.hash IS NULL AND t.scope <> ? GROUP BY t.visit, t.scope",
            (PRIVATE,),
        )
        return [OpenFacts(self._dictionary.visit_id(work, v), SCOPES[s], int(n), at) for v, s, n, at in rows]

    def seal(self, work: Work, org: bytes, visit: EntityId, scope: Scope, encode: Encode) -> SegmentHash | None:
        """Seal the open segments of a visit and scope, first those that their changes follow; the last hash, None when nothing was open."""
        if scope is Scope.PRIVATE:
            raise ValueError("the private log is never sealed")
        number = self._dictionary.known_visit(work, visit)
        rows = work.rows(
            "SELECT s.id FROM segment s JOIN stream t ON t.id = s.stream WHERE s.hash IS NULL AND t.visit = ? AND t.scope = ?"
            " ORDER BY s.id",
            (number, SCOPE_NUMBER[scope]),
        )
        last = None
        for (segment,) in rows:
            last = self._seal_one(work, org, segment, encode) or last
        return last

    def _seal_one(self, work: Work, org: bytes, segment: int, encode: Encode) -> SegmentHash | None:
        """Seal one open segment, after those before it in its stream and those its changes follow."""
        row = work.row(_TO_SEAL, (segment,))
        if row is None or row[2] is not None or row[4] == PRIVATE:
            return SegmentHash(row[2]) if row and row[2] else None
        earlier = work.rows("SELECT id FROM segment WHERE stream = ? AND hash IS NULL AND id < ? ORDER BY id", (row[0], segment))
        for (number,) in earlier:
            self._seal_one(work, org, number, encode)
        rows = work.rows(
            "SELECT id, ent, fld, val, hlc, parent, parents FROM change WHERE id >= ? AND id < ? ORDER BY id",
            (segment << 16, segment + 1 << 16),
        )
        if len(rows) != row[1]:
            raise RuntimeError("an open segment has lost rows")
        self._seal_parents(work, org, segment, rows, encode)
        opened = self._compose(work, org, segment, row, rows)
        sealed = encode(opened)
        if hashlib.sha256(sealed.body).digest() != sealed.hash:
            raise ValueError("a sealed segment that does not bear its own hash")
        bytes_kept = (shrink(sealed.body), sealed.signature, shrink(sealed.values))
        work.run(_SEALED, (sealed.hash, opened.seq0, opened.prev or b"", opened.epoch, ACCEPTED, *bytes_kept, segment))
        return sealed.hash

    def _compose(self, work: Work, org: bytes, segment: int, about: Row, rows: Sequence[Row]) -> OpenSegment:
        """What is to be encoded and signed."""
        stream, _, _, visit, scope, author, stream_id = about
        before = work.row(  # never what waits or was set aside, from a copy of this vault: others could not follow it
            "SELECT hash, seq0 + count FROM segment WHERE stream = ? AND hash IS NOT NULL AND chained = 1"
            f" AND verdict NOT IN ({FAULTY}, {SET_ASIDE}) ORDER BY seq0 DESC, id DESC LIMIT 1",
            (stream,),
        )
        prev, seq0 = (SegmentHash(before[0]), int(before[1])) if before else (None, 0)
        entities, segment_rows = self._rows(work, rows, segment)
        return Segment(
            hash=SegmentHash(b""),
            must=(),
            org=org,
            visit=self._dictionary.visit_id(work, visit),
            scope=SCOPES[scope],
            key=KeyHash(self._dictionary.author(work, author)[1]),
            epoch=epoch_of(work, visit),
            stream=StreamId(stream_id),
            seq0=seq0,
            prev=prev,
            entities=entities,
            rows=segment_rows,
        )

    def _seal_parents(self, work: Work, org: bytes, segment: int, rows: Iterable[Row], encode: Encode) -> None:
        others = {p >> 16 for r in rows for p in parents_of(r[5], r[6])} - {segment}
        for (number,) in list(work.among("SELECT id FROM segment WHERE hash IS NULL AND id IN ({})", sorted(others))):
            self._seal_one(work, org, number, encode)

    def _rows(self, work: Work, rows: Sequence[Row], segment: int) -> tuple[tuple[tuple[EntityId, str], ...], tuple[SegmentRow, ...]]:
        dictionary = self._dictionary
        ents = list(dict.fromkeys(r[1] for r in rows))
        about = {n: (id_from_bytes(uid), kind) for n, uid, kind in work.among("SELECT id, uid, kind FROM record WHERE id IN ({})", ents)}
        entities = tuple((about[e][0], dictionary.kind_name(work, about[e][1])) for e in ents)
        place = {e: i for i, e in enumerate(ents)}
        names = dictionary.names_of_fields(work, {r[2] for r in rows})
        segments = {p >> 16 for r in rows for p in parents_of(r[5], r[6])}
        hashes = {
            n: SegmentHash(h) for n, h in work.among("SELECT id, hash FROM segment WHERE hash IS NOT NULL AND id IN ({})", sorted(segments))
        }
        origins = {
            c: Origin(Hlc(h), dictionary.author(work, a)[1].decode())
            for c, h, a in work.rows(
                "SELECT change, hlc, author FROM origin WHERE change >= ? AND change < ?", (segment << 16, segment + 1 << 16)
            )
        }
        made = []
        for row in rows:
            change, ent, fld, value, hlc = row[:5]
            kind = dictionary.spec(about[ent][1])
            spec = kind.field(split_key(names[fld])[0]) if kind else None
            refs = tuple(Ref(None if p >> 16 == segment else hashes[p >> 16], p & 0xFFFF) for p in parents_of(row[5], row[6]))
            salted = spec is not None and spec.salted
            made.append(SegmentRow(place[ent], names[fld], value, Hlc(hlc), refs, origins.get(change), salted))
        return entities, tuple(made)


class _Page:
    """The open segment that one append writes into; a full one is followed by another."""

    def __init__(self, log: ChangeLog, work: Work, visit: EntityId, scope: Scope, author: Author, batch: Batch) -> None:
        self._log, self._batch, self._work = log, batch, work
        dictionary = log._dictionary
        self.scope = SCOPE_NUMBER[scope]
        self._visit_id, self._key = visit, author.key
        self._visit = dictionary.visit_number(work, visit)
        self._author = dictionary.author_number(work, BY_KEY, author.key, author.name)
        self._rows: list[ChangeRow] = []
        self._at: dict[int, int] = {}
        self._origins: list[tuple[int, int, int]] = []
        self._stopped: set[int] = set()
        self._known: dict[int, tuple[bool, bool]] = {}  # segment → still growing, private
        row = work.row(
            "SELECT s.id, s.count, t.id FROM segment s JOIN stream t ON t.id = s.stream"
            " WHERE t.author = ? AND t.visit = ? AND t.scope = ? AND s.hash IS NULL AND s.grows = 1 AND t.nonce IS NOT NULL",
            (self._author, self._visit, self.scope),
        )
        self.segment: int = row[0] if row else -1
        self._count: int = row[1] if row else 0
        self._stream: int = row[2] if row else -1
        self._stored = self._count
        if row:
            self._tell()

    def _tell(self) -> None:
        self._batch.authors[self.segment] = self._author
        self._batch.scopes[self.segment] = self.scope
        self._batch.visits[self.segment] = self._visit

    def add(self, work: Work, ent: int, fld: int, value: str, parents: tuple[int, ...], hlc: Hlc, origin: Origin | None) -> int:
        """One more row; its number."""
        if self.segment < 0 or self._count >= SEGMENT_ROWS:
            self._open(work)
        for parent in parents:
            if parent >> 16 != self.segment:
                self._stop(work, parent >> 16)
        change = self.segment << 16 | self._count
        self._count += 1
        row: ChangeRow = (change, ent, fld, value, hlc, *pack_parents(parents))
        self._at[change] = len(self._rows)
        self._rows.append(row)
        self._batch.changes.append(row)
        if origin is not None:
            author = self._log._dictionary.author_number(work, BY_NAME, origin.author.encode())
            self._origins.append((change, origin.hlc, author))
            self._batch.origins[change] = origin.hlc, author
        return change

    def clocks(self, work: Work, ent: int, parents: tuple[int, ...]) -> list[Hlc]:
        """The clocks of parents. Raises `ValueError` for a parent that is no change of this record."""
        found = [(self._rows[self._at[p]][1], self._rows[self._at[p]][4]) for p in parents if p in self._at]
        found += [
            (r[0], r[1]) for r in work.among("SELECT ent, hlc FROM change WHERE id IN ({})", [p for p in parents if p not in self._at])
        ]
        if len(found) != len(parents) or any(of != ent for of, _ in found):
            raise ValueError("a parent that is no change of this record")
        return [Hlc(hlc) for _, hlc in found]

    def is_named(self, work: Work, ent: int, change: int) -> bool:
        """Whether a later change of the record, a deletion for instance, has seen this one as it is."""
        rows = work.rows("SELECT parent, parents FROM change WHERE ent = ? AND id > ?", (ent, change))
        later = [*((r[0], r[1]) for r in rows), *((r[5], r[6]) for r in self._rows)]
        return any(change in parents_of(one, several) for one, several in later)

    def saw_private(self, work: Work, parents: tuple[int, ...]) -> bool:
        """Whether any of these changes stands in the private log."""
        return any(self._about(work, p >> 16)[1] for p in parents)

    def without_private(self, work: Work, parents: tuple[int, ...]) -> tuple[int, ...]:
        """Parents without those of the private log: what is shared leaves its private history behind."""
        return tuple(p for p in parents if not self._about(work, p >> 16)[1])

    def _about(self, work: Work, segment: int) -> tuple[bool, bool]:
        if segment == self.segment:
            return True, self.scope == PRIVATE
        if segment not in self._known:
            row = work.row("SELECT s.grows, t.scope FROM segment s JOIN stream t ON t.id = s.stream WHERE s.id = ?", (segment,))
            if row is None:
                raise ValueError("a parent that is no change of this vault")
            self._known[segment] = bool(row[0]), row[1] == PRIVATE
        return self._known[segment]

    def _stop(self, work: Work, segment: int) -> None:
        """Let an open segment grow no further once another follows it: segments could otherwise wait for each other for ever."""
        if self._about(work, segment)[0] and segment not in self._stopped:
            work.run("UPDATE segment SET grows = 0 WHERE id = ?", (segment,))
            self._stopped.add(segment)
            self._known[segment] = False, self._known[segment][1]

    def _open(self, work: Work) -> None:
        if self.segment >= 0:
            self.close()
            work.run("UPDATE segment SET grows = 0 WHERE id = ?", (self.segment,))
        if self._stream < 0:
            self._stream = self._find_stream(work)
        self.segment, self._count, self._stored = work.number("SELECT max(id) FROM segment") + 1, 0, 0
        work.run(
            "INSERT INTO segment (id, stream, seq0, count, prev, epoch, verdict, chained, grows, bundle, at, unread) VALUES"
            " (?, ?, 0, 0, ?, 0, ?, 1, 1, 0, ?, 0)",
            (self.segment, self._stream, b"", ACCEPTED, self._log._clock()),
        )
        self._tell()

    def _find_stream(self, work: Work) -> int:
        row = work.row(
            "SELECT id FROM stream WHERE author = ? AND visit = ? AND scope = ? AND nonce IS NOT NULL ORDER BY id DESC LIMIT 1",
            (self._author, self._visit, self.scope),
        )
        if row:
            return int(row[0])
        number = work.number("SELECT max(id) FROM stream") + 1
        nonce = self._log._randomness(16)
        org = work.row("SELECT value FROM setting WHERE name = ?", (ORGANISATION,))
        name = hashlib.sha256((bytes.fromhex(org[0]) if org else b"") + id_bytes(self._visit_id) + self._key + nonce).digest()
        work.run(
            "INSERT INTO stream (id, stream, author, visit, scope, nonce) VALUES (?, ?, ?, ?, ?, ?)",
            (number, name, self._author, self._visit, self.scope, nonce),
        )
        return number

    def close(self) -> None:
        """Write the rows to the log."""
        work = self._work
        write_changes(work, self._rows)
        work.many("INSERT INTO origin (change, hlc, author) VALUES (?, ?, ?)", self._origins)
        if self._count != self._stored:
            work.run("UPDATE segment SET count = ? WHERE id = ?", (self._count, self.segment))
        self._rows, self._origins, self._at, self._stored = [], [], {}, self._count


ORGANISATION = "organisation"  # the setting that holds the organisation's id, in hex


def epoch_of(work: Work, visit: int) -> int:
    """The highest epoch that a record in force of a visit's admin stream names; 0 before the first."""
    rows = work.rows(
        "SELECT b.fields FROM stand s JOIN record r ON r.id = s.ent JOIN body b ON b.ent = r.id JOIN kind k ON k.id = r.kind"
        " WHERE s.visit = ? AND k.name IN ('card', 'revocation', 'redaction', 'time_authority') AND r.state > 0",
        (visit,),
    )
    named = [decode_texts(fields).get("epoch", "0") for (fields,) in rows]
    return max((int(epoch) for epoch in named if epoch.isdecimal()), default=0)
