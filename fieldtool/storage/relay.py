"""Which sealed segments this vault holds, where streams end or fork, and the bytes to pass on; it reads no change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldtool.domain.changes import Scope, SealedSegment, SegmentState
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash, StreamId
from fieldtool.storage.arrivals import Fork, decode_rows
from fieldtool.storage.codec import COUNTING, FAULTY, SET_ASIDE, STATES, expand
from fieldtool.storage.dictionary import SCOPES, Dictionary
from fieldtool.storage.records import state_of
from fieldtool.storage.work import Work


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """What this vault knows and makes of one sealed segment; `bundle` is the number of the import it came with, 0 for one's own.

    `state` follows from `verdict` and the chain. `unread`: its rows are not in the log, only its header is known.
    """

    hash: SegmentHash
    stream: StreamId
    visit: EntityId
    scope: Scope
    key: KeyHash
    claimed_name: str
    seq0: int
    count: int
    prev: SegmentHash | None
    epoch: int
    state: SegmentState
    bundle: int
    at: int  # ms since 1970 UTC when it came or was opened
    verdict: SegmentState
    proposals: frozenset[int]
    unread: bool


class Relay:
    """Answers what a vault can hand on."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def facts(self, work: Work, visit: EntityId | None) -> list[SegmentFacts]:
        """Every sealed segment, predecessors first."""
        place = None if visit is None else self._dictionary.known_visit(work, visit)
        if visit is not None and place is None:
            return []
        sql = (
            "SELECT s.id, s.hash, t.stream, t.visit, t.scope, t.author, s.seq0, s.count, s.prev, s.epoch, s.verdict,"
            " s.chained, s.bundle, s.at, s.proposals, s.unread"
            " FROM segment s JOIN stream t ON t.id = s.stream WHERE s.hash IS NOT NULL"
        )
        rows = work.rows(sql + " ORDER BY s.id") if place is None else work.rows(sql + " AND t.visit = ? ORDER BY s.id", (place,))
        found = {}
        for number, name, stream, at, scope, author, seq0, count, prev, epoch, verdict, chained, bundle, when, beyond, unread in rows:
            found[number] = SegmentFacts(
                SegmentHash(name),
                StreamId(stream),
                self._dictionary.visit_id(work, at),
                SCOPES[scope],
                KeyHash(self._dictionary.author(work, author)[1]),
                self._dictionary.author_name(work, author, {}),
                seq0,
                count,
                SegmentHash(prev) if prev else None,
                epoch,
                state_of(name, verdict, chained, True),
                bundle,
                when,
                STATES[verdict],
                frozenset(decode_rows(beyond)),
                bool(unread),
            )
        return [found[n] for n in _predecessors_first({n: (f.hash, f.prev or b"") for n, f in found.items()})]

    def tips(self, work: Work, visit: EntityId) -> list[tuple[StreamId, SegmentHash]]:
        """The accepted segments that no accepted one follows."""
        place = self._dictionary.known_visit(work, visit)
        if place is None:
            return []
        rows = work.rows(
            f"SELECT t.stream, s.hash, s.prev FROM segment s JOIN stream t ON t.id = s.stream WHERE t.visit = ? AND s.hash IS NOT NULL"
            f" AND s.chained = 1 AND s.verdict IN ({COUNTING[0]}, {COUNTING[1]})",
            (place,),
        )
        followed = {r[2] for r in rows}
        return sorted((StreamId(r[0]), SegmentHash(r[1])) for r in rows if r[1] not in followed)

    def after(self, work: Work, visit: EntityId, have: Iterable[SegmentHash]) -> list[int]:
        """The numbers of the segments of a visit that are not among `have` or before them, predecessors first."""
        place = self._dictionary.known_visit(work, visit)
        if place is None:
            return []
        rows = work.rows(
            f"SELECT s.id, s.hash, s.prev FROM segment s JOIN stream t ON t.id = s.stream WHERE t.visit = ? AND s.hash IS NOT NULL"
            f" AND s.verdict NOT IN ({FAULTY}, {SET_ASIDE}) ORDER BY s.id",
            (place,),
        )
        before = {r[1]: r[2] for r in rows}
        theirs: set[bytes] = set()
        for name in have:
            at: bytes = name
            while at in before and at not in theirs:
                theirs.add(at)
                at = before[at]
        return _predecessors_first({r[0]: (r[1], r[2]) for r in rows if r[1] not in theirs})

    def sealed(self, work: Work, numbers: Sequence[int]) -> list[SealedSegment]:
        """These segments byte for byte, in the order asked for."""
        rows = {
            r[0]: r
            for r in work.among("SELECT id, hash, body, signature, beside FROM segment WHERE hash IS NOT NULL AND id IN ({})", numbers)
        }
        return [SealedSegment(SegmentHash(r[1]), expand(r[2]), r[3], expand(r[4])) for n in numbers if (r := rows.get(n)) is not None]

    def forks(self, work: Work, among: Sequence[int] | None) -> tuple[Fork, ...]:
        """Where two segments of a stream follow the same one; with `among`, only forks that one of these takes part in."""
        sql = "SELECT s.stream, s.prev, s.hash, s.id FROM segment s WHERE s.hash IS NOT NULL AND "
        if among is None:
            rows = work.rows(sql + f"s.verdict <> {FAULTY}")
        else:
            places = {r[0] for r in work.among("SELECT prev FROM segment WHERE id IN ({})", among)}
            rows = list(work.among(sql + f"s.verdict <> {FAULTY} AND s.prev IN ({{}})", places))
        by_place: dict[tuple[int, bytes], list[tuple[bytes, int]]] = {}
        for stream, prev, name, number in rows:
            by_place.setdefault((stream, prev), []).append((name, number))
        wanted = None if among is None else set(among)
        found = []
        for (stream, prev), segments in by_place.items():
            if len(segments) > 1 and (wanted is None or any(n in wanted for _, n in segments)):
                author, visit = work.rows("SELECT author, visit FROM stream WHERE id = ?", (stream,))[0]
                key = KeyHash(self._dictionary.author(work, author)[1])
                hashes = tuple(sorted(SegmentHash(h) for h, _ in segments))
                found.append(Fork(key, self._dictionary.visit_id(work, visit), SegmentHash(prev) if prev else None, hashes))
        return tuple(sorted(found, key=lambda f: (f.key, f.prev or b"")))


def _predecessors_first(segments: dict[int, tuple[bytes, bytes]]) -> list[int]:
    """Numbers of segments (hash, hash of the one before) so that none stands before its predecessor."""
    by_hash = {h: n for n, (h, _) in segments.items()}
    done: set[int] = set()
    ordered: list[int] = []
    for number in segments:
        line = []
        at: int | None = number
        while at is not None and at not in done:
            line.append(at)
            done.add(at)
            at = by_hash.get(segments[at][1])
        ordered += reversed(line)
    return ordered
