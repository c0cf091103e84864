"""The vault as services use it: one object, one write at a time, reads beside it; no rule of merge, trust or transport is decided here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from fieldtool.domain.changes import NOTHING, ChangeSet, Conflict, Draft, Head, Record, Scope, SealedSegment
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import Clock, EntityId, KeyHash, LocalChange, Randomness, SegmentHash, StreamId, id_from_bytes
from fieldtool.storage import policies
from fieldtool.storage.arrivals import Arrival, Arrivals, Fork, MergeOutcome, Verdict
from fieldtool.storage.autosave import Autosave
from fieldtool.storage.backup import BackupFacts
from fieldtool.storage.blobs import settle
from fieldtool.storage.desk import BundleEntry, Desk, PeerState, add_bundle, note_peer
from fieldtool.storage.dictionary import BY_KEY, PRIVATE, Dictionary
from fieldtool.storage.log import ORGANISATION, Author, ChangeLog, Encode, OpenFacts, epoch_of
from fieldtool.storage.place import Place
from fieldtool.storage.projection import Projector
from fieldtool.storage.records import HistoryEntry, Names, Proposal, Reader, public_name
from fieldtool.storage.relay import Relay, SegmentFacts
from fieldtool.storage.search import Search, SearchHit
from fieldtool.storage.state import State
from fieldtool.storage.units import Step, Unit, Units
from fieldtool.storage.upkeep import CheckReport, Decode, Upkeep
from fieldtool.storage.work import Work

T = TypeVar("T")


class _Undone(Exception):
    """Carries an outcome out of a transaction that is meant to be rolled back."""

    def __init__(self, outcome: MergeOutcome) -> None:
        self.outcome = outcome


class Store(Desk):
    """One vault. Every method is one transaction; methods may be called from any thread, and writes wait for each other.

    Any of them may raise `KnownError` disk-full, vault-read-only, vault-damaged, vault-busy.
    """

    def __init__(self, place: Place, clock: Clock, randomness: Randomness) -> None:
        super().__init__(place, clock)
        self._projector = Projector(self._dictionary)
        self._log = ChangeLog(self._dictionary, clock, randomness)
        self._arrivals = Arrivals(self._dictionary, self._projector)
        self._upkeep = Upkeep(self._dictionary, self._projector, place.index)
        self._autosave = Autosave(self._dictionary, clock)
        self._reading = Dictionary()  # of what is committed; the writer's own may hold what is rolled back later
        self._names: dict[KeyHash, str] = {}
        self._units = Units()
        self._sweep()

    def _sweep(self) -> None:
        """Drop what an interrupted import left behind, unless it is somebody else's who is still at it."""
        if not self.may_write:
            return
        with self.held(wait=False) as alone:
            if alone:
                self._blobs.sweep()

    def _ask(self, question: Callable[[Reader, Work], T]) -> T:
        with self._read() as work:
            return question(Reader(self._reading, self._names), work)

    # ------------------------------------------------------------------------------------------------------------- writing

    def append(
        self, drafts: Sequence[Draft], *, visit: EntityId, scope: Scope, author: Author, origin: str, label: str, seal: Encode | None = None
    ) -> ChangeSet:
        """Record one unit of work: log and rows in one transaction. What was touched, after the commit.

        A draft whose parents equal those of the newest change of its field in the open segment replaces that change's value. In a shared
        database the segment is sealed by `seal` in the same transaction: nobody can sign what another has left open. Raises `KnownError`
        not-in-database for a private one.
        """
        if not drafts:
            return NOTHING
        if self.shared:
            if scope is Scope.PRIVATE:
                raise refuse("not-in-database", what="A private note")
            if seal is None:
                raise ValueError("what is written to a shared database is sealed at once")
            return self._append(drafts, visit, scope, author, origin, label, seal)
        with self._writing:
            if self._autosave.knows(drafts, visit, scope, author, self._writes):
                return self._save_again(drafts[0], visit, scope, origin, label)
            return self._append(drafts, visit, scope, author, origin, label, seal)

    def _save_again(self, draft: Draft, visit: EntityId, scope: Scope, origin: str, label: str) -> ChangeSet:
        before = self._autosave.value(draft)
        with self._write() as work:
            change = self._autosave.save(work, draft)
        self._autosave.saved(draft, self._writes)
        step = Step(draft.entity, draft.kind, draft.field, before, draft.value, change)
        self._units.remember(Unit(origin, label, visit, scope, (step,), ()))
        return ChangeSet(frozenset((draft.entity,)), frozenset((draft.kind,)), origin, label, 1)

    def _append(
        self, drafts: Sequence[Draft], visit: EntityId, scope: Scope, author: Author, origin: str, label: str, seal: Encode | None
    ) -> ChangeSet:
        with self._write() as work:
            written = self._log.write(work, drafts, visit, scope, author)
            states = self._projector.apply(work, written.batch, written.states)
            created = [(id_from_bytes(states[e].uid), self._dictionary.kind_name(work, states[e].kind)) for e in written.created]
            changeset = self._changeset(work, states, origin, label, len(drafts))
            if seal is not None:
                self._log.seal(work, self._organisation(work), visit, scope, seal)
        steps = tuple(
            Step(d.entity, d.kind, d.field, written.before[d.entity, d.field], d.value, n)
            for d, n in zip(drafts, written.numbers, strict=True)
        )
        self._units.remember(Unit(origin, label, visit, scope, steps, tuple(created)))
        if seal is None:
            self._autosave.learn(drafts, visit, scope, author, written, states, self._writes)
        return changeset

    def _changeset(self, work: Work, states: Mapping[int, State], origin: str, label: str, changes: int) -> ChangeSet:
        kinds = {self._dictionary.kind_name(work, k) for k in {s.kind for s in states.values()}}
        return ChangeSet(frozenset(id_from_bytes(s.uid) for s in states.values()), frozenset(kinds), origin, label, changes)

    def last_unit(self, origin: str) -> Unit | None:
        """The last unit of work that `origin` began since the vault was opened."""
        return self._units.last(origin)

    # ------------------------------------------------------------------------------------------------------------- reading

    def get(self, entity: EntityId) -> Record | None:
        """One record, deleted or not; None when there is none."""
        return self._ask(lambda reader, work: reader.get(work, entity))

    def get_many(self, entities: Iterable[EntityId]) -> dict[EntityId, Record]:
        """Several records, deleted or not; unknown ones are left out."""
        return self._ask(lambda reader, work: reader.get_many(work, entities))

    def find(self, prefix: str) -> list[tuple[EntityId, str]]:
        """Id and kind of the records whose id begins with `prefix`; at most 100."""
        return self._ask(lambda reader, work: reader.find(work, prefix))

    def list_(self, kind: str, visit: EntityId | None = None, deleted: bool = False) -> list[Record]:
        """The records of a kind, sorted by id. A visit keeps its own records, and of kinds that belong to no visit those used in it."""
        return self._ask(lambda reader, work: reader.list_(work, kind, visit, deleted))

    def count(self, kind: str, visit: EntityId | None = None) -> int:
        """How many records `list_` would give."""
        return self._ask(lambda reader, work: reader.count(work, kind, visit))

    def referring(self, entity: EntityId) -> list[tuple[EntityId, str, str]]:
        """The records that link to this one: id, kind and field key."""
        return self._ask(lambda reader, work: reader.referring(work, entity))

    def links(self, kind: str, visit: EntityId) -> list[tuple[int, str, EntityId]]:
        """What the records of a kind in a visit link to: a number per record, field name, target. Far cheaper than the records."""
        return self._ask(lambda reader, work: reader.links(work, kind, visit))

    def made_by(self, kind: str, visit: EntityId) -> dict[str, int]:
        """How many records of a kind each person made in a visit."""
        return self._ask(lambda reader, work: reader.made_by(work, kind, visit))

    def heads(self, entity: EntityId, field: str) -> tuple[Head, ...]:
        """The present versions of one field key, latest first."""
        return self._ask(lambda reader, work: reader.heads(work, entity, field))

    def writers(self, entities: Iterable[EntityId]) -> dict[EntityId, set[KeyHash]]:
        """The installations that wrote any present version of a field, for each of these records."""
        return self._ask(lambda reader, work: reader.writers(work, entities))

    def history(self, entity: EntityId) -> list[HistoryEntry]:
        """Every change of a record that this vault holds, oldest first."""
        return self._ask(lambda reader, work: reader.history(work, entity))

    def conflicts(self, visit: EntityId | None = None) -> list[Conflict]:
        """What people have to settle, by record and field."""
        return self._ask(lambda reader, work: reader.conflicts(work, visit))

    def proposals(self, visit: EntityId | None = None) -> list[Proposal]:
        """Changes beyond their authors' roles, oldest first."""
        return self._ask(lambda reader, work: reader.proposals(work, visit))

    def change_named(self, name: str) -> LocalChange | None:
        """The change of a public name such as `0123456789abcdef-7` or `open-65540`; None when there is none."""
        return self._ask(lambda reader, work: reader.named(work, name))

    def public_name(self, change: LocalChange) -> str:
        """What a change is called for everybody. Raises `LookupError` for a number that is no change."""
        with self._read() as work:
            row = work.row("SELECT hash FROM segment WHERE id = ?", (change >> 16,))
            if row is None:
                raise LookupError("no such change")
            return public_name(row[0], change)

    def change_count(self) -> int:
        """How many changes this vault holds, counted or not."""
        with self._read() as work:
            return work.number("SELECT count(*) FROM change")

    def set_names(self, names: Names) -> None:
        """The names on the cards this vault knows; they take the place of claimed names from now on."""
        self._names = dict(names)

    # -------------------------------------------------------------------------------------------------------------- search

    def search(
        self, query: str, *, kinds: Collection[str] | None = None, visit: EntityId | None = None, limit: int = 50
    ) -> list[SearchHit]:
        """Records whose texts hold a word that begins with each word of the query, in any script, latest first.

        Right at any time: changed records that are not indexed yet are read, many of them are indexed first. A visit also finds records
        of no visit.
        """
        return self._searched(lambda search, work: search.find(work, query, kinds, visit, limit))

    def matching(self, query: str, *, kinds: Collection[str] | None = None, limit: int = 50) -> list[Record]:
        """The records that `search` finds, whole and without the place where: for a list that follows every key."""

        def look(search: Search, work: Work) -> list[Record]:
            found = search.numbers(work, query, kinds, None, limit)
            return Reader(self._reading, self._names).numbered(work, found)[:limit]

        return self._searched(look)

    def _searched(self, look: Callable[[Search, Work], T]) -> T:
        """Ask the index, which many changed records are brought into first."""
        search = Search(self._reading, self._place.index)
        with self._read() as work:
            if not (self.may_write and search.must_index(work)):
                return look(search, work)
        while self.index_pending(2_000):
            pass
        with self._read() as work:
            return look(search, work)

    def index_pending(self, limit: int = 500) -> int:
        """Bring up to `limit` changed records into the search index, in a transaction of its own; how many were.

        Call it when idle until it answers 0: then the write-ahead log is brought home as well, so that no typing has to wait for it.
        """
        with self._read() as work:
            pending = Search(self._reading, self._place.index).pending(work)
        if not pending:
            self._bring_home()
            return 0
        with self._write() as work:
            return Search(self._dictionary, self._place.index).index_some(work, limit)

    # ------------------------------------------------------------------------------------------------------------ segments

    def open_segments(self) -> list[OpenFacts]:
        """What waits to be sealed, per visit and scope."""
        with self._read() as work:
            return self._log.open_segments(work)

    def seal(self, visit: EntityId, scope: Scope, encode: Encode) -> SegmentHash | None:
        """Seal what is open in one visit and scope; the hash of the last segment, None when nothing was open."""
        with self._write() as work:
            return self._log.seal(work, self._organisation(work), visit, scope, encode)

    def seal_all(self, encode: Encode) -> int:
        """Seal everything but the private log; how many visits and scopes had something open."""
        with self._write() as work:
            waiting = self._log.open_segments(work)
            for facts in waiting:
                self._log.seal(work, self._organisation(work), facts.visit, facts.scope, encode)
            return len(waiting)

    def new_streams(self, key: KeyHash | None = None) -> None:
        """Begin new streams from now on: this vault was restored or cloned, and its old ones may go on elsewhere. Seal first.

        With `key` only that installation's, as in a database that others write to as well.
        """
        sql = "UPDATE stream SET nonce = NULL WHERE nonce IS NOT NULL AND scope <> ?"
        with self._write() as work:
            if key is None:
                work.run(sql, (PRIVATE,))
            else:
                work.run(sql + " AND author IN (SELECT id FROM author WHERE rank = ? AND mark = ?)", (PRIVATE, BY_KEY, key))

    def known(self, hashes: Collection[SegmentHash]) -> set[SegmentHash]:
        """Those of the segments that this vault holds already."""
        with self._read() as work:
            return {SegmentHash(r[0]) for r in work.among("SELECT hash FROM segment WHERE hash IN ({})", hashes)}

    def merge(
        self,
        arrivals: Iterable[Arrival],
        *,
        origin: str,
        label: str = "import",
        bundle: BundleEntry | None = None,
        peer: PeerState | None = None,
        attachments: Iterable[str] = (),
        most_conflicts: int | None = None,
        preview: bool = False,
    ) -> MergeOutcome:
        """Take in verified segments, in any order, in one transaction; those already here change nothing, unless they were held or set
        aside, or are noted as damaged: then what arrives takes their place.

        `bundle` enters the file into the ledger and `peer` what its sender signed as its own state, in the same transaction; the
        `attachments` that came ahead of it stay from then on. What an iterator yields is let go of as it is taken in: a large
        import needs no memory for both its bytes and what is made of them.

        `preview` tells what would come of it and rolls back. Raises `KnownError` too-many-conflicts when more than `most_conflicts` would
        be added.
        """
        coming = {a.sealed.hash: a for a in arrivals}
        names = set(coming)
        try:
            with self._write() as work:
                before = _conflicts(work)
                number = 0 if bundle is None else add_bundle(work, bundle)
                if peer is not None:
                    note_peer(work, peer)
                damaged = _damaged(work)
                taken = self._arrivals.take(work, coming, number, self._clock(), damaged)
                _note_damaged(work, damaged - names)
                after = _conflicts(work)
                settle(work, map(bytes.fromhex, attachments))
                if most_conflicts is not None and after - before > most_conflicts:
                    raise refuse("too-many-conflicts", count=after - before)
                outcome = MergeOutcome(
                    self._touched(work, taken.touched, origin, label, taken.changes),
                    len(taken.new),
                    len(names) - len(taken.new),
                    taken.changes,
                    before,
                    after,
                    tuple(taken.waiting),
                    tuple(taken.faulty),
                    Relay(self._dictionary).forks(work, taken.numbers),
                    number,
                )
                if preview:
                    raise _Undone(outcome)
        except _Undone as undone:
            return undone.outcome
        self._reading = Dictionary()  # a signer may call itself otherwise now
        return outcome

    def restate(self, verdicts: Mapping[SegmentHash, Verdict], *, origin: str, label: str = "judge") -> ChangeSet:
        """Judge segments anew after late cards, revocations, acceptances or an undone import; rows follow in the same transaction."""
        with self._write() as work:
            touched = self._arrivals.judge(work, verdicts)
            return self._touched(work, touched, origin, label, len(touched))

    def redact(self, sealed: SealedSegment, rows: Collection[int], *, origin: str, label: str = "redact") -> ChangeSet:
        """Keep a segment as `sealed` has it, without the values of these rows; its name and its signature still hold."""
        with self._write() as work:
            touched = self._arrivals.redact(work, sealed.hash, rows, sealed.values)
            return self._touched(work, touched, origin, label, len(touched))

    def _touched(self, work: Work, entities: set[int], origin: str, label: str, changes: int) -> ChangeSet:
        rows = list(work.among("SELECT uid, kind FROM record WHERE id IN ({})", sorted(entities)))
        kinds = frozenset(self._dictionary.kind_name(work, k) for k in {r[1] for r in rows})
        return ChangeSet(frozenset(id_from_bytes(r[0]) for r in rows), kinds, origin, label, changes)

    def tips(self, visit: EntityId) -> list[tuple[StreamId, SegmentHash]]:
        """The ends of what this vault holds and accepts without a gap, per stream; a forked stream has several."""
        with self._read() as work:
            return Relay(self._reading).tips(work, visit)

    def segments(self, visit: EntityId | None = None) -> list[SegmentFacts]:
        """What this vault makes of every sealed segment, predecessors first."""
        with self._read() as work:
            return Relay(self._reading).facts(work, visit)

    def segments_after(self, visit: EntityId, have: Iterable[SegmentHash]) -> Iterator[SealedSegment]:
        """The sealed segments of a visit beyond what somebody has, predecessors first, byte for byte as they came."""
        with self._read() as work:
            numbers = Relay(self._reading).after(work, visit, have)
        for start in range(0, len(numbers), 64):
            with self._read() as work:
                found = Relay(self._reading).sealed(work, numbers[start : start + 64])
            yield from found

    def sealed(self, hashes: Iterable[SegmentHash]) -> list[SealedSegment]:
        """These segments byte for byte, those that are here."""
        with self._read() as work:
            numbers = [r[0] for r in work.among("SELECT id FROM segment WHERE hash IN ({})", hashes)]
            return Relay(self._reading).sealed(work, numbers)

    def forks(self) -> list[Fork]:
        """Every place where a stream goes on in two ways."""
        with self._read() as work:
            return list(Relay(self._reading).forks(work, None))

    def epoch(self, visit: EntityId) -> int:
        """The highest epoch of the visit's admin stream that is known here."""
        with self._read() as work:
            number = self._reading.known_visit(work, visit)
            return 0 if number is None else epoch_of(work, number)

    # -------------------------------------------------------------------------------------------------------- organisation

    def set_organisation(self, org: bytes) -> None:
        """Pin the organisation whose id (SHA-256 of its root's public key) every segment of this vault will name."""
        if len(org) != 32:
            raise ValueError("an organisation's id has 32 bytes")
        self.set_setting(ORGANISATION, org.hex())

    def _organisation(self, work: Work) -> bytes:
        row = work.row("SELECT value FROM setting WHERE name = ?", (ORGANISATION,))
        if row is None:
            raise refuse("no-identity")
        return bytes.fromhex(row[0])

    # ------------------------------------------------------------------------------------------------ a shared database

    def limit(self, role: str, visits: Collection[EntityId]) -> None:
        """Let a role of the database's server read these visits and nothing else; none: nothing any more.

        Raises `KnownError` database-role, database-needed.
        """
        self._demand_shared()
        with self._write() as work:
            policies.limit(work, role, visits)

    def limited(self) -> list[tuple[str, EntityId]]:
        """Every such role, with each visit that it reads. Raises `KnownError` database-needed."""
        self._demand_shared()
        with self._read() as work:
            return policies.limited(work)

    def _demand_shared(self) -> None:
        if not self.shared:
            raise refuse("database-needed")

    # -------------------------------------------------------------------------------------------------------------- upkeep

    def rebuild(self) -> None:
        """Drop and make again everything derived from the log: rows, heads, links, search; equal to what was there."""
        with self._write() as work:
            self._upkeep.rebuild(work)

    def mend(self, rows: Collection[SegmentHash], decode: Decode) -> None:
        """Make again everything derived; first the log of the segments `rows`, from their sealed bytes."""
        with self._write() as work:
            self._upkeep.clear(work)
            intact = {a.sealed.hash: a for a in self._upkeep.intact(work, rows, decode)}
            self._arrivals.take(work, intact, 0, self._clock(), frozenset(rows))
            self._upkeep.rebuild(work)
        self._reading = Dictionary()

    def damaged(self) -> frozenset[SegmentHash]:
        """The sealed segments that the last check found damaged and no import has repaired since."""
        with self._read() as work:
            return _damaged(work)

    def note_damaged(self, names: Iterable[SegmentHash]) -> None:
        """Note, in place of what was noted before, which segments a check found damaged."""
        with self._write() as work:
            _note_damaged(work, frozenset(names))

    def check(self, decode: Decode | None = None) -> CheckReport:
        """Recompute hashes, chains, heads and rows and compare them with what is stored; `decode` reads sealed segments again as well.

        Where pages are damaged nothing else is looked at.
        """
        with self._writing:
            if pages := self._place.damaged():
                return CheckReport(pages=pages)
            with self._write() as work:
                return self._upkeep.check(work, decode)

    def backup(self, path: Path, *, progress: Callable[[int], None] | None = None) -> BackupFacts:
        """Copy the vault, as it is at one moment, to a new file, and open the copy to check every page of it. Writing goes on meanwhile.

        Raises `KnownError` file-exists, disk-full, file-unwritable.
        """
        if path.exists():
            raise refuse("file-exists", file=path.name)
        with self._resting():
            size = self._place.copy(path, progress)
        return self._place.settle_copy(path, size)

    @contextmanager
    def _resting(self) -> Iterator[None]:
        """Keep the main file as it is: what is written meanwhile stays in the write-ahead log."""
        self._outside(self._place.freeze)
        try:
            yield
        finally:
            self._outside(self._place.thaw)


def _conflicts(work: Work) -> int:
    return work.number("SELECT sum(conflicts) FROM record WHERE conflicts > 0")


_DAMAGED = "damaged"


def _damaged(work: Work) -> frozenset[SegmentHash]:
    row = work.row("SELECT value FROM setting WHERE name = ?", (_DAMAGED,))
    return frozenset(SegmentHash(bytes.fromhex(name)) for name in str(row[0]).split()) if row else frozenset()


def _note_damaged(work: Work, names: frozenset[SegmentHash]) -> None:
    work.run("DELETE FROM setting WHERE name = ?", (_DAMAGED,))
    if names:
        work.run("INSERT INTO setting (name, value) VALUES (?, ?)", (_DAMAGED, " ".join(sorted(name.hex() for name in names))))
