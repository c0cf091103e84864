"""Taking in verified segments in any order, and changing one's mind about them; it verifies no signature and judges no role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fieldtool.domain.changes import ChangeSet, SealedSegment, Segment, SegmentRow, SegmentState
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash, id_bytes
from fieldtool.storage.codec import COUNTING, FAULTY, HELD, PROPOSED, SET_ASIDE, VERDICTS, shrink
from fieldtool.storage.dictionary import BY_KEY, BY_NAME, SCOPE_NUMBER, Dictionary
from fieldtool.storage.projection import Batch, ChangeRow, Held, Late, Projector, pack_parents, parents_of, write_changes
from fieldtool.storage.work import Work


@dataclass(frozen=True, slots=True)
class Arrival:
    """One verified and decoded segment, and what its signer's card makes of it.

    `proposals` are the rows beyond the signer's role when `state` is proposed; `claimed_name` is what the signer calls itself. A segment
    of a newer
    format comes with the header's values and no rows, held, and with `count` from its header, 0 where that cannot be read.
    """

    sealed: SealedSegment
    segment: Segment
    state: SegmentState
    proposals: frozenset[int] = frozenset()
    claimed_name: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vault now makes of a segment that it holds already.

    `unread`: nobody here vouches for its signer any more, so that its rows leave the log as if they had never been read.
    """

    state: SegmentState
    proposals: frozenset[int] = frozenset()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Fork:
    """Two or more segments that follow the same one: a laptop was cloned or restored. All are kept and merged."""

    key: KeyHash
    visit: EntityId
    prev: SegmentHash | None
    segments: tuple[SegmentHash, ...]


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a merge did; `forks` are those that the new segments take part in, `bundle` the number to undo the import by."""

    changeset: ChangeSet
    new: int = 0
    known: int = 0
    changes: int = 0
    conflicts_before: int = 0
    conflicts_after: int = 0
    waiting: tuple[SegmentHash, ...] = ()
    faulty: tuple[SegmentHash, ...] = ()
    forks: tuple[Fork, ...] = ()
    bundle: int = 0


@dataclass(slots=True)
class _Link:
    """What the chain needs to know of one segment."""

    number: int
    stream: int
    end: int | None  # changes of the stream up to and with this segment; None where only a newer version can count them
    verdict: int
    chained: bool


@dataclass(slots=True)
class _Call:
    """What the passes of one import share."""

    links: Mapping[SegmentHash, _Link]
    named: dict[SegmentHash, int]  # segments that parents stand in and that are here
    held: Held
    bundle: int
    now: int
    read_now: Collection[SegmentHash]
    first_record: int
    next_record: int
    entities: dict[tuple[EntityId, str], int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Taken:
    """The inside of an outcome, while it grows."""

    touched: set[int] = field(default_factory=set)
    new: list[SegmentHash] = field(default_factory=list)
    faulty: list[SegmentHash] = field(default_factory=list)
    waiting: list[SegmentHash] = field(default_factory=list)
    changes: int = 0
    numbers: list[int] = field(default_factory=list)


_INSERT_SEGMENT = """INSERT INTO segment (id, hash, stream, seq0, count, prev, epoch, verdict, chained, grows, bundle, at, proposals, body,
signature, beside, unread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)"""
_CHAIN = "SELECT hash, id, stream, CASE WHEN count = 0 THEN NULL ELSE seq0 + count END, verdict, chained FROM segment WHERE hash IN ({})"


class Arrivals:
    """The door for everybody's segments, one's own of another day included."""

    def __init__(self, dictionary: Dictionary, projector: Projector) -> None:
        self._dictionary, self._projector = dictionary, projector

    def take(self, work: Work, coming: dict[SegmentHash, Arrival], bundle: int, now: int, replace: Collection[SegmentHash] = ()) -> Taken:
        """Put new segments into the log and their accepted changes into the rows; known ones change nothing.

        Those to `replace` that are among them are put in the place of what is kept under their names, damaged; they still count as come
        when they did. `coming` is emptied: what has been taken in is let go of.
        """
        taken = Taken()
        replace = coming.keys() & set(replace)
        first = work.number("SELECT max(id) FROM segment") + 1
        stored = work.among("SELECT bundle, at, id, hash, unread FROM segment WHERE hash IN ({})", coming.keys())
        kept = [tuple(r[:3]) for r in stored if r[4] or r[3] in replace]  # they came when they did
        spoilt = self._spoilt(work, [k[2] for k in kept])
        fresh, read_now = self._fresh(work, coming, replace)
        taken.touched.update(self._readmit(work, coming))
        coming.clear()
        if not fresh:
            return taken
        numbers = {a.sealed.hash: first + i for i, a in enumerate(fresh)} | read_now
        links = self._chain(work, fresh, numbers)
        taken.changes = sum(len(a.segment.rows) for a in fresh)
        taken.new = [a.sealed.hash for a in fresh]
        taken.numbers = list(numbers.values())
        record = work.number("SELECT max(id) FROM record") + 1
        call = _Call(links, dict(numbers), Held(Late(first << 16)), bundle, now, set(read_now), record, record)
        for piece in _pieces(fresh, work.PIECE):
            self._take_piece(work, piece, call)
        self._projector.write(work, call.held)
        work.many("UPDATE segment SET bundle = ?, at = ? WHERE id = ?", kept)
        call.touched |= self._recompute(work, spoilt)
        taken.touched.update(call.touched)
        self._settle_missing(work, numbers, taken)
        self._drain(work, numbers, taken)
        taken.faulty = [h for h, n in links.items() if n.verdict == FAULTY and h in numbers]
        waiting = work.among("SELECT hash FROM segment WHERE chained = 0 AND id IN ({})", taken.numbers)
        taken.waiting = [SegmentHash(r[0]) for r in waiting if r[0] not in set(taken.faulty)]
        return taken

    def _readmit(self, work: Work, wanted: Mapping[SegmentHash, Arrival]) -> set[int]:
        """Segments that were held, or set aside by an undone import, are judged by what they come with now."""
        sql = f"SELECT hash, unread FROM segment WHERE verdict IN ({HELD}, {SET_ASIDE}) AND hash IN ({{}})"
        found = [(wanted[SegmentHash(name)], unread) for name, unread in work.among(sql, wanted)]
        back = [a for a, unread in found if a.count is not None or not unread]  # the others have just been read
        return self.judge(work, {a.sealed.hash: Verdict(a.state, a.proposals, a.count is not None) for a in back}) if back else set()

    # -------------------------------------------------------------------------------------------------------------- order

    def _spoilt(self, work: Work, numbers: Iterable[int]) -> set[int]:
        """Drop what was made of damaged segments; the records that it was about."""
        found: set[int] = set()
        for number in numbers:
            within = (number << 16, number + 1 << 16)
            found.update(
                r[0]
                for r in work.rows("SELECT DISTINCT r.id FROM change c JOIN record r ON r.id = c.ent WHERE c.id >= ? AND c.id < ?", within)
            )
            work.run("DELETE FROM change WHERE id >= ? AND id < ?", within)
            work.run("DELETE FROM origin WHERE change >= ? AND change < ?", within)
            work.run("DELETE FROM missing WHERE child >= ? AND child < ?", within)
            work.run("DELETE FROM unaccepted WHERE change >= ? AND change < ?", within)
        return found

    def _fresh(
        self, work: Work, by_hash: Mapping[SegmentHash, Arrival], replace: Collection[SegmentHash]
    ) -> tuple[list[Arrival], dict[SegmentHash, int]]:
        """The segments that are new here, each once, a predecessor before its successor; those kept unread until now keep their numbers."""
        known: set[bytes] = set()
        read_now: dict[SegmentHash, int] = {}
        for name, number, unread in list(work.among("SELECT hash, id, unread FROM segment WHERE hash IN ({})", by_hash)):
            if name in replace or (unread and by_hash[name].count is None):  # kept unread by an older version; this one can read it
                work.run("DELETE FROM segment WHERE id = ?", (number,))
                read_now[SegmentHash(name)] = number
            else:
                known.add(name)
        done: set[SegmentHash] = set()
        ordered: list[Arrival] = []
        for arrival in by_hash.values():
            line = []
            at: Arrival | None = arrival
            while at is not None and at.sealed.hash not in done and at.sealed.hash not in known:
                line.append(at)
                done.add(at.sealed.hash)
                at = by_hash.get(at.segment.prev) if at.segment.prev is not None else None
            ordered += reversed(line)
        return ordered, read_now

    def _chain(self, work: Work, fresh: Sequence[Arrival], numbers: Mapping[SegmentHash, int]) -> dict[SegmentHash, _Link]:
        """Where each segment stands in its stream. Validity depends on bytes and chain only, never on what came first."""
        before = {a.segment.prev for a in fresh if a.segment.prev is not None and a.segment.prev not in numbers}
        links = {SegmentHash(h): _Link(n, s, end, verdict, bool(c)) for h, n, s, end, verdict, c in work.among(_CHAIN, before)}
        for arrival in fresh:
            segment = arrival.segment
            count = len(segment.rows) if arrival.count is None else arrival.count
            stream = self._stream(work, arrival)
            link = _Link(numbers[arrival.sealed.hash], stream, segment.seq0 + count if count else None, VERDICTS[arrival.state], False)
            prev = links.get(segment.prev) if segment.prev is not None else None
            if not _follows(segment.prev, segment.seq0, stream, prev):
                link.verdict = FAULTY
            link.chained = link.verdict != FAULTY and (segment.prev is None or (prev is not None and prev.chained))
            links[arrival.sealed.hash] = link
        return links

    def _stream(self, work: Work, arrival: Arrival) -> int:
        segment = arrival.segment
        dictionary = self._dictionary
        author = dictionary.author_number(work, BY_KEY, segment.key, arrival.claimed_name)
        visit, scope = dictionary.visit_number(work, segment.visit), SCOPE_NUMBER[segment.scope]
        return dictionary.stream_number(work, segment.stream, author, visit, scope)

    # --------------------------------------------------------------------------------------------------------------- rows

    def _take_piece(self, work: Work, piece: Sequence[Arrival], call: _Call) -> None:
        batch = Batch()
        links = call.links
        work.many(_INSERT_SEGMENT, [_segment_row(a, links[a.sealed.hash], call.bundle, call.now) for a in piece])
        readable = [a for a in piece if links[a.sealed.hash].verdict != FAULTY]
        entities = self._entities(work, readable, call, batch)
        changes: list[ChangeRow] = []
        missing: list[tuple[bytes, int, int]] = []
        unaccepted: list[tuple[int, int]] = []
        for arrival in readable:
            link = links[arrival.sealed.hash]
            number, segment = link.number, arrival.segment
            self._tell(work, batch, number, segment)
            said = tuple(segment.rows)  # of one segment at a time: as objects they are four times their bytes
            fields = self._dictionary.fields(work, {row.field for row in said})
            _name(work, [ref.segment for row in said for ref in row.parents], call.named)
            rows = self._rows(work, said, number, [entities[e] for e in segment.entities], fields, call.named, missing, batch)
            changes += rows
            if segment.hash in call.read_now:  # what follows it is here already
                batch.again.update(r[1] for r in rows)
            if not link.chained or link.verdict not in COUNTING:
                unaccepted += [(r[0], r[1]) for r in rows]
                batch.again.update(r[1] for r in rows)
            elif link.verdict == PROPOSED:
                held = [r for r in rows if (r[0] & 0xFFFF) in arrival.proposals]
                unaccepted += [(r[0], r[1]) for r in held]
                batch.again.update(r[1] for r in held)
                batch.changes += [r for r in rows if (r[0] & 0xFFFF) not in arrival.proposals]
            else:
                batch.changes += rows
        write_changes(work, changes)
        work.many("INSERT INTO missing (hash, row, child) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", missing)
        work.many("INSERT INTO unaccepted (change, ent) VALUES (?, ?)", unaccepted)
        work.many("INSERT INTO origin (change, hlc, author) VALUES (?, ?, ?)", [(c, h, a) for c, (h, a) in batch.origins.items()])
        call.touched.update(r[1] for r in batch.changes)
        call.touched |= batch.again
        self._projector.advance(work, batch, call.held)

    def _tell(self, work: Work, batch: Batch, number: int, segment: Segment) -> None:
        batch.authors[number] = self._dictionary.author_number(work, BY_KEY, segment.key)
        batch.scopes[number] = SCOPE_NUMBER[segment.scope]
        batch.visits[number] = self._dictionary.visit_number(work, segment.visit)

    def _rows(
        self,
        work: Work,
        said: Iterable[SegmentRow],
        number: int,
        entities: Sequence[int],
        fields: Mapping[str, int],
        named: Mapping[SegmentHash, int],
        missing: list[tuple[bytes, int, int]],
        batch: Batch,
    ) -> list[ChangeRow]:
        """The rows of one segment as they are stored."""
        change = base = number << 16
        rows: list[ChangeRow] = []
        add = rows.append
        for row in said:
            parents = row.parents
            if not parents:
                add((change, entities[row.entity], fields[row.field], row.value, row.hlc, 0, None))
            else:
                found = []
                for ref in parents:
                    if ref.segment is None:
                        found.append(base | ref.row)
                    elif ref.segment in named:
                        found.append(named[ref.segment] << 16 | ref.row)
                    else:
                        missing.append((ref.segment, ref.row, change))
                if len(found) == 1:
                    add((change, entities[row.entity], fields[row.field], row.value, row.hlc, found[0], None))
                else:
                    packed = b"".join([p.to_bytes(8, "big") for p in sorted(found)]) if found else None
                    add((change, entities[row.entity], fields[row.field], row.value, row.hlc, 0, packed))
            if row.origin is not None:
                author = self._dictionary.author_number(work, BY_NAME, row.origin.author.encode())
                batch.origins[change] = row.origin.hlc, author
            change += 1
        return rows

    def _entities(self, work: Work, piece: Sequence[Arrival], call: _Call, batch: Batch) -> dict[tuple[EntityId, str], int]:
        """The numbers of all records named; new ones are noted in the batch."""
        dictionary, known = self._dictionary, call.entities
        named = {e for a in piece for e in a.segment.entities if e not in known}
        about = {(id_bytes(e), dictionary.kind_number(work, kind)): (e, kind) for e, kind in named}
        if call.first_record > 1:
            for number, uid, kind in work.among("SELECT id, uid, kind FROM record WHERE uid IN ({})", {u for u, _ in about}):
                if (uid, kind) in about:
                    known[about[uid, kind]] = number
        for key in sorted(about):
            if about[key] not in known:
                known[about[key]] = call.next_record
                batch.new[call.next_record] = key
                call.next_record += 1
        return known

    # ------------------------------------------------------------------------------------------------- what comes afterwards

    def _settle_missing(self, work: Work, numbers: Mapping[SegmentHash, int], taken: Taken) -> None:
        """Give changes that came before their parents the numbers of those, now that they are here."""
        found = list(work.among("SELECT hash, row, child FROM missing WHERE hash IN ({})", numbers))
        if not found:
            return
        parents: dict[int, set[int]] = {}
        for name, row, child in found:
            parents.setdefault(child, set()).add(numbers[SegmentHash(name)] << 16 | row)
        again: set[int] = set()
        updates = []
        for child, ent, parent, several in work.among("SELECT id, ent, parent, parents FROM change WHERE id IN ({})", parents):
            known = set(parents_of(parent, several))
            updates.append((*pack_parents(sorted(known | parents[child])), child))
            again.add(ent)
        work.many("UPDATE change SET parent = ?, parents = ? WHERE id = ?", updates)
        work.many("DELETE FROM missing WHERE hash = ? AND row = ? AND child = ?", [tuple(r) for r in found])
        taken.touched.update(self._recompute(work, again))

    def _drain(self, work: Work, numbers: Mapping[SegmentHash, int], taken: Taken) -> None:
        """Let in what has waited for the segments that have just come."""
        again = self._rechain(work, numbers)
        taken.touched.update(self._recompute(work, again))

    def _rechain(self, work: Work, changed: Iterable[SegmentHash]) -> set[int]:
        """Follow the chains from segments that are new or judged anew; the records that this touches."""
        again: set[int] = set()
        wave = {SegmentHash(h): _Link(n, s, e, v, bool(c)) for h, n, s, e, v, c in work.among(_CHAIN, changed)}
        while wave:
            following: dict[SegmentHash, _Link] = {}
            rows = work.among(
                "SELECT hash, id, stream, seq0, count, prev, verdict, chained FROM segment WHERE hash IS NOT NULL AND prev IN ({})", wave
            )
            for name, number, stream, seq0, count, prev, verdict, chained in rows:
                before = wave[SegmentHash(prev)]
                if not _follows(SegmentHash(prev), seq0, stream, before):
                    verdict = FAULTY
                now = before.chained and before.verdict != FAULTY and verdict != FAULTY
                link = _Link(number, stream, seq0 + count if count else None, verdict, now)
                if now != bool(chained) or verdict == FAULTY:
                    work.run("UPDATE segment SET chained = ?, verdict = ? WHERE id = ?", (int(now), verdict, number))
                    if now != bool(chained):
                        again |= self._mark(work, number)
                        following[SegmentHash(name)] = link
            wave = following
        return again

    def _mark(self, work: Work, number: int, *, unread: bool = False) -> set[int]:
        """Write down which changes of a segment do not count, or drop those that are not to be read; its records."""
        row = work.row("SELECT verdict, chained, proposals, hash FROM segment WHERE id = ?", (number,))
        if row is None:
            raise LookupError("no such segment")
        verdict, chained, proposals, _ = row
        within = (number << 16, number + 1 << 16)
        changes = work.rows("SELECT id, ent FROM change WHERE id >= ? AND id < ?", within)
        work.run("DELETE FROM unaccepted WHERE change >= ? AND change < ?", within)
        if verdict == FAULTY or unread:  # nothing may be traced through it: others may never have read it
            work.run("UPDATE segment SET unread = 1 WHERE id = ?", (number,))
            work.run("DELETE FROM change WHERE id >= ? AND id < ?", within)
            work.run("DELETE FROM origin WHERE change >= ? AND change < ?", within)
            work.run("DELETE FROM missing WHERE child >= ? AND child < ?", within)
            work.many("DELETE FROM link WHERE ent = ?", [(e,) for e in {e for _, e in changes}])  # those that stay are made again
            return {e for _, e in changes}
        if not chained or verdict not in COUNTING:
            out = [(c, e) for c, e in changes]
        else:
            held = set(decode_rows(proposals)) if verdict == PROPOSED else set()
            out = [(c, e) for c, e in changes if c & 0xFFFF in held]
        work.many("INSERT INTO unaccepted (change, ent) VALUES (?, ?)", out)
        return {e for _, e in changes}

    def _recompute(self, work: Work, entities: set[int]) -> set[int]:
        ordered = sorted(entities)
        for start in range(0, len(ordered), 2_000):
            self._projector.recompute(work, ordered[start : start + 2_000])
        return entities

    # ----------------------------------------------------------------------------------------------------------- redacted

    def redact(self, work: Work, name: SegmentHash, rows: Collection[int], beside: bytes) -> set[int]:
        """Drop the values of some rows of a segment: `beside` is what stays beside its body; the records that this touches."""
        found = work.row("SELECT id FROM segment WHERE hash = ?", (name,))
        if found is None:
            return set()
        numbers = [found[0] << 16 | row for row in rows]
        said = list(work.among("SELECT id, ent FROM change WHERE val IS NOT NULL AND id IN ({})", numbers))
        work.run("UPDATE segment SET beside = ? WHERE id = ?", (shrink(beside), found[0]))
        work.many("UPDATE change SET val = NULL WHERE id = ?", [(change,) for change, _ in said])
        return self._recompute(work, {ent for _, ent in said})

    # ----------------------------------------------------------------------------------------------------------- judged anew

    def judge(self, work: Work, verdicts: Mapping[SegmentHash, Verdict]) -> set[int]:
        """Change what is made of segments; the records that this touches, brought up to date."""
        again: set[int] = set()
        changed: list[SegmentHash] = []
        for name, number, verdict, proposals, unread in list(
            work.among("SELECT hash, id, verdict, proposals, unread FROM segment WHERE hash IN ({})", verdicts)
        ):
            wanted = verdicts[SegmentHash(name)]
            new, rows = VERDICTS[wanted.state], encode_rows(wanted.proposals)
            if (new, rows) == (verdict, proposals) and (unread or not wanted.unread):
                continue
            chained = self._chained(work, number) if new != FAULTY else False
            work.run("UPDATE segment SET verdict = ?, proposals = ?, chained = ? WHERE id = ?", (new, rows, int(chained), number))
            again |= self._mark(work, number, unread=wanted.unread)
            changed.append(SegmentHash(name))
        again |= self._rechain(work, changed)
        return self._recompute(work, again)

    def _chained(self, work: Work, number: int) -> bool:
        row = work.row("SELECT prev, seq0, stream FROM segment WHERE id = ?", (number,))
        if row is None or not row[0]:
            return row is not None
        link = next((_Link(n, s, e, v, bool(c)) for _, n, s, e, v, c in work.among(_CHAIN, [row[0]])), None)
        return link is not None and link.chained and _follows(SegmentHash(row[0]), row[1], row[2], link)


def _follows(prev: SegmentHash | None, seq0: int, stream: int, before: _Link | None) -> bool:
    """Whether a segment fits where it says it stands; True while its predecessor is not here."""
    if prev is None:
        return seq0 == 0
    return before is None or (before.stream == stream and before.end in (seq0, None))


def _name(work: Work, mentioned: Iterable[SegmentHash | None], named: dict[SegmentHash, int]) -> None:
    """Add to the numbers of segments those of the ones mentioned that are here."""
    others = {name for name in mentioned if name is not None and name not in named}
    named.update((SegmentHash(h), n) for h, n in work.among("SELECT hash, id FROM segment WHERE hash IN ({})", others))


def _segment_row(arrival: Arrival, link: _Link, bundle: int, now: int) -> tuple[object, ...]:
    segment, sealed = arrival.segment, arrival.sealed
    count = len(segment.rows) if arrival.count is None else arrival.count
    return (
        link.number,
        sealed.hash,
        link.stream,
        segment.seq0,
        count,
        segment.prev or b"",
        segment.epoch,
        link.verdict,
        int(link.chained),
        bundle,
        now,
        encode_rows(arrival.proposals),
        shrink(sealed.body),
        sealed.signature,
        shrink(sealed.values),
        int(arrival.count is not None or link.verdict == FAULTY),
    )


def _pieces(arrivals: list[Arrival], most: int) -> Iterator[list[Arrival]]:
    """The arrivals in their order, as many as are taken in one pass; they leave the list."""
    arrivals.reverse()
    while arrivals:
        piece: list[Arrival] = []
        rows = 0
        while arrivals and rows < most:
            piece.append(arrivals.pop())
            rows += len(piece[-1].segment.rows)
        yield piece


def encode_rows(rows: Iterable[int]) -> str | None:
    """Row numbers as they are kept."""
    return " ".join(map(str, sorted(rows))) or None


def decode_rows(kept: str | None) -> list[int]:
    """Row numbers again."""
    return [int(r) for r in kept.split()] if kept else []
