"""Recomputing everything that sealed bytes and the log say, and comparing it with what is stored; it repairs nothing by guessing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from fieldtool.domain.changes import Ref, SealedSegment, Segment, SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, SegmentHash, id_bytes, id_from_bytes
from fieldtool.storage.arrivals import Arrival, decode_rows
from fieldtool.storage.codec import COUNTING, FAULTY, PROPOSED, STATES, expand
from fieldtool.storage.dictionary import BY_KEY, BY_NAME, SCOPE_NUMBER, Dictionary
from fieldtool.storage.projection import Batch, ChangeRow, Held, Late, Projector, pack_parents
from fieldtool.storage.search import Search, TextIndex
from fieldtool.storage.state import read_states
from fieldtool.storage.work import Row, Work

Decode = Callable[[SealedSegment], Segment | None]  # None: only a newer version can read it

_TOGETHER = 2_000  # records compared at a time


@dataclass(slots=True)
class CheckReport:
    """What a check found; empty lists mean that the vault is whole.

    `pages` are damaged pages as the database reports them, `segments` those whose bytes are not what their name says, `unsealed` the
    numbers of open segments that have lost something: these are sources. All else is mended from them: `rows` are segments of which the
    log does not say what their bytes say, `chains` segments wrongly counted or left out, `records` those whose stored rows differ from
    their changes, `tables` derived tables that hold too much or too little.
    """

    pages: list[str] = field(default_factory=list)
    segments: list[SegmentHash] = field(default_factory=list)
    chains: list[SegmentHash] = field(default_factory=list)
    unsealed: list[int] = field(default_factory=list)
    rows: list[SegmentHash] = field(default_factory=list)
    records: list[EntityId] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    changes: int = 0
    sealed: int = 0
    compared: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.mendable and not self.derived

    @property
    def mendable(self) -> bool:
        """Whether all that is wrong can be made again from what is here."""
        return not (self.pages or self.segments or self.unsealed)

    @property
    def derived(self) -> bool:
        """Whether something is wrong that can be made again from what is here."""
        return bool(self.rows or self.chains or self.records or self.tables)


class Upkeep:
    """Rebuilds and checks what is derived from the log."""

    def __init__(self, dictionary: Dictionary, projector: Projector, index: TextIndex) -> None:
        self._dictionary, self._projector, self._index = dictionary, projector, index

    # ------------------------------------------------------------------------------------------------------------- rebuild

    def clear(self, work: Work) -> None:
        """Drop everything that `rebuild` makes again."""
        for table in ("body", "link", "stand", "dirty", "unaccepted"):
            work.run(f"DELETE FROM {table}")
        work.run("UPDATE record SET visit = 0, state = 0, private = 0, conflicts = 0")
        self._index.clear(work)

    def rebuild(self, work: Work) -> None:
        """Drop and make again, from the log, everything derived."""
        self.clear(work)
        for (kind,) in work.rows("SELECT id FROM kind"):
            self._dictionary.kind_name(work, kind)  # a vault that was just opened has read no names yet
        for number, chained in self._chains(work).items():
            work.run("UPDATE segment SET chained = ? WHERE id = ? AND chained <> ?", (int(chained), number, int(chained)))
        self._mark_unaccepted(work)
        held = Held(Late(0))
        again: set[int] = {r[0] for r in work.rows("SELECT DISTINCT ent FROM unaccepted")}
        for batch in self._batches(work):
            self._projector.advance(work, batch, held)
        self._projector.write(work, held)
        ordered = sorted(again)
        for start in range(0, len(ordered), _TOGETHER):
            self._projector.recompute(work, ordered[start : start + _TOGETHER])

    def intact(self, work: Work, names: Collection[SegmentHash], decode: Decode) -> list[Arrival]:
        """These segments as their bytes say them, judged as they were."""
        found = []
        sql = "SELECT hash, body, signature, beside, verdict, proposals FROM segment WHERE hash IN ({})"
        for name, body, signature, beside, verdict, proposals in list(work.among(sql, names)):
            sealed = SealedSegment(SegmentHash(name), expand(body), signature, expand(beside))
            said = decode(sealed)
            if said is not None:
                found.append(Arrival(sealed, said, STATES.get(verdict, SegmentState.HELD), frozenset(decode_rows(proposals))))
        return found

    def _mark_unaccepted(self, work: Work) -> None:
        work.many("INSERT INTO unaccepted (change, ent) VALUES (?, ?)", self._unaccepted(work))

    def _unaccepted(self, work: Work) -> list[tuple[int, int]]:
        """The changes that do not count, with their records, from the segments' verdicts and chains."""
        counting = f"({COUNTING[0]}, {COUNTING[1]})"
        rows = work.rows(
            "SELECT c.id, c.ent FROM segment s JOIN change c ON c.id >= s.id << 16 AND c.id < (s.id + 1) << 16"
            f" WHERE s.hash IS NOT NULL AND (s.chained = 0 OR s.verdict NOT IN {counting})"
        )
        found = [(c, e) for c, e in rows]
        for number, proposals in work.rows(
            f"SELECT id, proposals FROM segment WHERE verdict = {PROPOSED} AND chained = 1 AND proposals IS NOT NULL"
        ):
            ids = [number << 16 | row for row in decode_rows(proposals)]
            found += [(c, e) for c, e in work.among("SELECT id, ent FROM change WHERE id IN ({})", ids)]
        return found

    def _batches(self, work: Work) -> Iterator[Batch]:
        """The accepted changes of the whole log in passes."""
        segments = work.rows(
            "SELECT s.id, s.count, t.author, t.scope, t.visit FROM segment s JOIN stream t ON t.id = s.stream"
            f" WHERE s.chained = 1 AND s.verdict IN ({COUNTING[0]}, {COUNTING[1]}) ORDER BY s.id"
        )
        some: list[Row] = []
        rows = 0
        for segment in segments:
            some.append(segment)
            rows += segment[1]
            if rows >= work.PIECE:
                yield self._batch(work, some)
                some, rows = [], 0
        if some:
            yield self._batch(work, some)

    def _batch(self, work: Work, segments: list[Row]) -> Batch:
        batch = Batch()
        wanted = set()
        for number, _, author, scope, visit in segments:
            wanted.add(number)
            batch.authors[number], batch.scopes[number], batch.visits[number] = author, scope, visit
        within = (segments[0][0] << 16, segments[-1][0] + 1 << 16)
        left_out = {r[0] for r in work.rows("SELECT change FROM unaccepted WHERE change >= ? AND change < ?", within)}
        rows = work.rows("SELECT id, ent, fld, val, hlc, parent, parents FROM change WHERE id >= ? AND id < ? ORDER BY id", within)
        batch.changes = [_change(r) for r in rows if r[0] >> 16 in wanted and r[0] not in left_out]
        batch.origins = {
            c: (h, a) for c, h, a in work.rows("SELECT change, hlc, author FROM origin WHERE change >= ? AND change < ?", within)
        }
        return batch

    # --------------------------------------------------------------------------------------------------------------- check

    def check(self, work: Work, decode: Decode | None) -> CheckReport:
        """Recompute hashes, chains, heads and rows, and compare; with `decode` also what the sealed bytes say."""
        report = CheckReport(changes=work.number("SELECT count(*) FROM change"))
        self._check_segments(work, report, decode)
        self._check_open(work, report)
        self._check_chains(work, report)
        entities = [(r[0], r[1], r[2]) for r in work.rows("SELECT id, uid, kind FROM record ORDER BY id")]
        for start in range(0, len(entities), _TOGETHER):
            self._compare_some(work, entities[start : start + _TOGETHER], report)
        self._check_tables(work, report)
        return report

    def _check_segments(self, work: Work, report: CheckReport, decode: Decode | None) -> None:
        for (number,) in work.rows("SELECT id FROM segment WHERE hash IS NOT NULL ORDER BY id"):
            row = work.rows("SELECT hash, body, signature, beside, unread, verdict FROM segment WHERE id = ?", (number,))[0]
            report.sealed += 1
            said, name = None, SegmentHash(row[0])
            try:
                sealed = SealedSegment(name, expand(row[1]), row[2], expand(row[3]))
                whole = hashlib.sha256(sealed.body).digest() == sealed.hash
                if whole and decode is not None and not row[4] and row[5] != FAULTY:
                    said = decode(sealed)
            except (KnownError, ValueError):
                whole = False
            if not whole:
                report.segments.append(name)
            elif row[5] not in STATES or (said is not None and not self._says(work, number, said)):
                report.rows.append(name)

    def _says(self, work: Work, number: int, segment: Segment) -> bool:
        """Whether the log holds, row by row, what a sealed segment says."""
        wanted = {ref.segment for r in segment.rows for ref in r.parents if ref.segment is not None}
        numbers = {SegmentHash(h): n for h, n in work.among("SELECT hash, id FROM segment WHERE hash IN ({})", wanted)}
        return (
            self._head_says(work, number, segment)
            and self._rows_say(work, number, segment, numbers)
            and self._beside_says(work, number, segment, numbers)
        )

    def _head_says(self, work: Work, number: int, segment: Segment) -> bool:
        row = work.row(
            "SELECT t.stream, a.rank, a.mark, v.uid, t.scope, s.seq0, s.count, s.prev, s.epoch FROM segment s"
            " JOIN stream t ON t.id = s.stream JOIN author a ON a.id = t.author JOIN visit v ON v.id = t.visit WHERE s.id = ?",
            (number,),
        )
        about = (segment.stream, BY_KEY, segment.key, id_bytes(segment.visit), SCOPE_NUMBER[segment.scope])
        return row is not None and tuple(row) == (*about, segment.seq0, len(segment.rows), segment.prev or b"", segment.epoch)

    def _rows_say(self, work: Work, number: int, segment: Segment, numbers: dict[SegmentHash, int]) -> bool:
        found = work.rows(
            "SELECT c.id, r.uid, k.name, f.name, c.val, c.hlc, c.parent, c.parents FROM change c JOIN record r ON r.id = c.ent"
            " JOIN kind k ON k.id = r.kind JOIN field f ON f.id = c.fld WHERE c.id >= ? AND c.id < ? ORDER BY c.id",
            (number << 16, number + 1 << 16),
        )

        def parents(refs: Iterable[Ref]) -> tuple[int, bytes | None]:
            here = [(number if ref.segment is None else numbers.get(ref.segment), ref.row) for ref in refs]
            return pack_parents(sorted(n << 16 | row for n, row in here if n is not None))

        named = [(id_bytes(entity), kind) for entity, kind in segment.entities]
        said = [(number << 16 | n, *named[r.entity], r.field, r.value, int(r.hlc), *parents(r.parents)) for n, r in enumerate(segment.rows)]
        return said == [tuple(r) for r in found]

    def _beside_says(self, work: Work, number: int, segment: Segment, numbers: dict[SegmentHash, int]) -> bool:
        """Whether what is restated, and what has not come yet, stands beside the log as a segment says."""
        within, rows = (number << 16, number + 1 << 16), list(enumerate(segment.rows, number << 16))
        restated = work.rows(
            "SELECT o.change, o.hlc, a.rank, a.mark FROM origin o JOIN author a ON a.id = o.author"
            " WHERE o.change >= ? AND o.change < ? ORDER BY o.change",
            within,
        )
        origins = [(c, int(r.origin.hlc), BY_NAME, r.origin.author.encode()) for c, r in rows if r.origin is not None]
        missing = {tuple(r) for r in work.rows("SELECT hash, row, child FROM missing WHERE child >= ? AND child < ?", within)}
        away = {(ref.segment, ref.row, c) for c, r in rows for ref in r.parents if ref.segment is not None and ref.segment not in numbers}
        return origins == [tuple(r) for r in restated] and away == missing

    def _check_open(self, work: Work, report: CheckReport) -> None:
        """What is not sealed yet stands in the log alone: it can be counted, not made again."""
        rows = work.rows(
            "SELECT s.id, s.count, count(f.id) FROM segment s LEFT JOIN change c ON c.id >= s.id << 16 AND c.id < (s.id + 1) << 16"
            " LEFT JOIN record r ON r.id = c.ent LEFT JOIN field f ON f.id = c.fld AND r.id IS NOT NULL"
            " WHERE s.hash IS NULL GROUP BY s.id, s.count ORDER BY s.id"
        )
        report.unsealed += [number for number, count, here in rows if count != here]

    def _chains(self, work: Work) -> dict[int, bool]:
        """Whether each sealed segment stands without a gap, from hashes and counts alone."""
        rows = work.rows("SELECT id, hash, prev, stream, seq0, count, verdict FROM segment WHERE hash IS NOT NULL")
        by_hash = {r[1]: r for r in rows}
        stands: dict[bytes, bool] = {}
        for row in rows:
            line = []
            at: Row | None = row
            while at is not None and at[1] not in stands:
                line.append(at)
                at = by_hash.get(at[2]) if at[2] else None
            for one in reversed(line):
                before = by_hash.get(one[2]) if one[2] else None
                if not one[2]:
                    fits = one[4] == 0
                else:
                    fits = before is not None and stands[before[1]] and before[3] == one[3]
                    fits = fits and before is not None and (not before[5] or before[4] + before[5] == one[4])
                stands[one[1]] = fits and one[6] != FAULTY
        return {r[0]: stands[r[1]] for r in rows}

    def _check_chains(self, work: Work, report: CheckReport) -> None:
        stands = self._chains(work)
        for number, name, chained in work.rows("SELECT id, hash, chained FROM segment WHERE hash IS NOT NULL ORDER BY id"):
            if stands[number] != bool(chained):
                report.chains.append(SegmentHash(name))

    def _check_tables(self, work: Work, report: CheckReport) -> None:
        """Derived tables that say nothing of one record alone."""
        stored = {tuple(r) for r in work.rows("SELECT change, ent FROM unaccepted")}
        if stored != set(self._unaccepted(work)):
            report.tables.append("unaccepted")
        for table in ("body", "link", "stand"):
            if work.row(f"SELECT t.ent FROM {table} t LEFT JOIN record r ON r.id = t.ent WHERE r.id IS NULL LIMIT 1"):
                report.tables.append(table)
        if not Search(self._dictionary, self._index).level(work):
            report.tables.append("search")

    def _compare_some(self, work: Work, entities: list[tuple[int, bytes, int]], report: CheckReport) -> None:
        """Compare records; where one cannot even be read, each by itself."""
        try:
            self._compare(work, entities, report)
        except (msgspec.MsgspecError, ValueError, TypeError, IndexError, KeyError):
            if len(entities) == 1:
                report.compared += 1
                report.records.append(id_from_bytes(entities[0][1]))
                return
            for entity in entities:
                self._compare_some(work, [entity], report)

    def _compare(self, work: Work, entities: list[tuple[int, bytes, int]], report: CheckReport) -> None:
        numbers = [e for e, _, _ in entities]
        stored = read_states(work, numbers)
        for _, _, kind in entities:
            self._dictionary.kind_name(work, kind)
        right = self._projector.whole(work, numbers, {e: (uid, kind) for e, uid, kind in entities})
        links: dict[int, set[tuple[int, bytes]]] = {}
        for ent, fld, target in work.among("SELECT ent, fld, target FROM link WHERE ent IN ({})", numbers):
            links.setdefault(ent, set()).add((fld, target))
        stands = self._projector.stands(work, numbers, right)
        standing: dict[int, set[int]] = {}
        for visit, ent in work.among("SELECT visit, ent FROM stand WHERE ent IN ({})", numbers):
            standing.setdefault(ent, set()).add(visit)
        wrong = []
        for ent, uid, _ in entities:
            is_, (ought, fields) = stored[ent], right[ent]
            made, _ = self._projector.link_rows(ent, ought, fields)
            same_rows = is_.row() == ought.row() and is_.was == ought.row() and is_.fields == ought.fields and is_.heads == ought.heads
            same_people = (is_.made, is_.made_by, is_.changed, is_.changed_by) == (
                ought.made,
                ought.made_by,
                ought.changed,
                ought.changed_by,
            )
            same_links = links.get(ent, set()) == {(f, t) for _, f, t in made} and standing.get(ent, set()) == stands.get(ent, set())
            if not same_rows or not same_people or not same_links:
                wrong.append(id_from_bytes(uid))
        report.compared += len(entities)
        report.records += wrong


def _change(row: Row) -> ChangeRow:
    return row[0], row[1], row[2], row[3], row[4], row[5], row[6]
