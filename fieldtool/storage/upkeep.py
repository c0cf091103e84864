"""Recomputing everything derived and comparing it with what is stored; it changes no source and repairs nothing by guessing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from fieldtool.domain.changes import Ref, SealedSegment, Segment
from fieldtool.domain.ids import EntityId, SegmentHash, id_from_bytes
from fieldtool.storage.codec import COUNTING, FAULTY, PROPOSED, expand
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.projection import PIECE, Batch, ChangeRow, Held, Late, Projector, parents_of
from fieldtool.storage.search import TextIndex
from fieldtool.storage.state import read_states
from fieldtool.storage.work import Row, Work

Decode = Callable[[SealedSegment], Segment | None]  # None: only a newer version can read it

_TOGETHER = 2_000  # records compared at a time


@dataclass(slots=True)
class CheckReport:
    """What a check found; empty lists mean that the vault is whole.

    `pages` are damaged pages as the database reports them; `segments` those whose bytes are not what their name says, or whose rows are not
    what their bytes say; `records` those whose stored rows differ from their changes and `chains` segments wrongly counted or left out: a
    rebuild mends these two.
    """

    pages: list[str] = field(default_factory=list)
    segments: list[SegmentHash] = field(default_factory=list)
    chains: list[SegmentHash] = field(default_factory=list)
    records: list[EntityId] = field(default_factory=list)
    changes: int = 0
    sealed: int = 0
    compared: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.pages or self.segments or self.chains or self.records)

    @property
    def mendable(self) -> bool:
        """Whether a rebuild would put right all that is wrong."""
        return not (self.pages or self.segments)


class Upkeep:
    """Rebuilds and checks what is derived from the log."""

    def __init__(self, dictionary: Dictionary, projector: Projector, index: TextIndex) -> None:
        self._dictionary, self._projector, self._index = dictionary, projector, index

    # ------------------------------------------------------------------------------------------------------------- rebuild

    def rebuild(self, work: Work) -> None:
        """Drop and make again, from the log, everything derived."""
        for table in ("body", "link", "stand", "dirty", "unaccepted"):
            work.run(f"DELETE FROM {table}")
        work.run("UPDATE record SET visit = 0, state = 0, private = 0, conflicts = 0")
        self._index.clear(work)
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

    def _mark_unaccepted(self, work: Work) -> None:
        counting = f"({COUNTING[0]}, {COUNTING[1]})"
        work.run(
            "INSERT INTO unaccepted (change, ent) SELECT c.id, c.ent FROM segment s"
            " JOIN change c ON c.id >= s.id << 16 AND c.id < (s.id + 1) << 16"
            f" WHERE s.hash IS NOT NULL AND (s.chained = 0 OR s.verdict NOT IN {counting})"
        )
        for number, rows in work.rows(
            f"SELECT id, proposals FROM segment WHERE verdict = {PROPOSED} AND chained = 1 AND proposals IS NOT NULL"
        ):
            ids = [number << 16 | int(r) for r in rows.split()]
            found = [(c, e) for c, e in work.among("SELECT id, ent FROM change WHERE id IN ({})", ids)]
            work.many("INSERT INTO unaccepted (change, ent) VALUES (?, ?)", found)

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
            if rows >= PIECE:
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
        self._check_chains(work, report)
        entities = [(r[0], r[1], r[2]) for r in work.rows("SELECT id, uid, kind FROM record ORDER BY id")]
        for start in range(0, len(entities), _TOGETHER):
            self._compare(work, entities[start : start + _TOGETHER], report)
        return report

    def _check_segments(self, work: Work, report: CheckReport, decode: Decode | None) -> None:
        for (number,) in work.rows("SELECT id FROM segment WHERE hash IS NOT NULL ORDER BY id"):
            row = work.rows("SELECT hash, body, signature, beside, unread, verdict FROM segment WHERE id = ?", (number,))[0]
            sealed = SealedSegment(SegmentHash(row[0]), expand(row[1]), row[2], expand(row[3]))
            report.sealed += 1
            if hashlib.sha256(sealed.body).digest() != sealed.hash or (
                decode is not None and not row[4] and row[5] != FAULTY and not self._says(work, number, decode(sealed))
            ):
                report.segments.append(sealed.hash)

    def _says(self, work: Work, number: int, segment: Segment | None) -> bool:
        """Whether the log holds, row by row, what a sealed segment says, as far as this version can read it."""
        if segment is None:
            return True
        names = self._dictionary
        rows = work.rows(
            "SELECT c.id, r.uid, r.kind, c.fld, c.val, c.hlc, c.parent, c.parents FROM change c JOIN record r ON r.id = c.ent"
            " WHERE c.id >= ? AND c.id < ? ORDER BY c.id",
            (number << 16, number + 1 << 16),
        )
        keys = names.names_of_fields(work, {r[3] for r in rows})
        found = [(id_from_bytes(r[1]), names.kind_name(work, r[2]), keys[r[3]], r[4], r[5]) for r in rows]
        said = [(*segment.entities[r.entity], r.field, r.value, r.hlc) for r in segment.rows]
        if [(e, k, f, v, int(h)) for e, k, f, v, h in said] != found:
            return False
        wanted = {ref.segment for r in segment.rows for ref in r.parents if ref.segment is not None}
        numbers = {SegmentHash(h): n for h, n in work.among("SELECT hash, id FROM segment WHERE hash IN ({})", wanted)}

        def known(refs: Iterable[Ref]) -> list[int]:
            here = [(number if ref.segment is None else numbers.get(ref.segment), ref.row) for ref in refs]
            return sorted(n << 16 | row for n, row in here if n is not None)

        return all(known(r.parents) == parents_of(row[-2], row[-1]) for r, row in zip(segment.rows, [r[1:] for r in rows], strict=True))

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

    def _compare(self, work: Work, entities: list[tuple[int, bytes, int]], report: CheckReport) -> None:
        numbers = [e for e, _, _ in entities]
        stored = read_states(work, numbers)
        for _, _, kind in entities:
            self._dictionary.kind_name(work, kind)
        right = self._projector.whole(work, numbers, {e: (uid, kind) for e, uid, kind in entities})
        links: dict[int, set[tuple[int, bytes]]] = {}
        for ent, fld, target in work.among("SELECT ent, fld, target FROM link WHERE ent IN ({})", numbers):
            links.setdefault(ent, set()).add((fld, target))
        for ent, uid, _ in entities:
            report.compared += 1
            is_, (ought, fields) = stored[ent], right[ent]
            made, _ = self._projector.link_rows(ent, ought, fields)
            same_rows = is_.row() == ought.row() and is_.was == ought.row() and is_.fields == ought.fields and is_.heads == ought.heads
            same_people = (is_.made, is_.made_by, is_.changed, is_.changed_by) == (
                ought.made,
                ought.made_by,
                ought.changed,
                ought.changed_by,
            )
            if not same_rows or not same_people or links.get(ent, set()) != {(f, t) for _, f, t in made}:
                report.records.append(id_from_bytes(uid))


def _change(row: Row) -> ChangeRow:
    return row[0], row[1], row[2], row[3], row[4], row[5], row[6]
