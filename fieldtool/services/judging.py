"""What to make of segments: who signed them, which role they had then, which rows are proposals; it reads no files and merges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fieldtool.domain.authority import may_change
from fieldtool.domain.changes import Scope, SealedSegment, Segment, SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash
from fieldtool.identity.bundles import verify_segment
from fieldtool.identity.trust import Revocation, TrustStore
from fieldtool.services.session import Session
from fieldtool.storage import Arrival, SegmentFacts, Verdict
from fieldtool.sync.segments import SegmentFault, SegmentHeader, SegmentNewer, decode_segment, read_header, row_count

_NONE: frozenset[int] = frozenset()


@dataclass(slots=True)
class Judged:
    """Arrivals for the store, and the segments that cannot even be kept: (hash, reason)."""

    arrivals: list[Arrival] = field(default_factory=list)
    faulty: list[tuple[SegmentHash, str]] = field(default_factory=list)


class Judge:
    """Judges segments of one visit by one state of its admin stream."""

    def __init__(self, visit: EntityId, trust: TrustStore, chains: Mapping[SegmentHash, SegmentHash | None]) -> None:
        self._visit, self._trust, self._prev = visit, trust, dict(chains)
        self._lines: dict[SegmentHash, frozenset[SegmentHash]] = {}

    def judge(self, sealed: Iterable[SealedSegment], claimed: Mapping[KeyHash, str]) -> Judged:
        """Every segment decoded, verified and judged.

        One that is faulty, forged or of another visit is named with its reason; the rest goes on.
        """
        judged = Judged()
        readable: list[tuple[SealedSegment, Segment]] = []
        for one in sealed:
            try:
                segment = decode_segment(one)
            except SegmentNewer as newer:
                judged.arrivals.append(_unread(one, newer.header, claimed))
            except SegmentFault as fault:
                judged.faulty.append((one.hash, str(fault)))
            else:
                if segment.visit != self._visit:
                    judged.faulty.append((one.hash, "it belongs to another visit"))
                else:
                    self._prev[segment.hash] = segment.prev
                    readable.append((one, segment))
        for one, segment in readable:
            self._one(one, segment, claimed, judged)
        return judged

    def _one(self, sealed: SealedSegment, segment: Segment, claimed: Mapping[KeyHash, str], judged: Judged) -> None:
        try:
            verified = verify_segment(sealed, segment, self._trust)
        except KnownError as error:
            if error.code == "signer-unknown":
                judged.arrivals.append(_unread(sealed, read_header(sealed.body), claimed))
            else:
                judged.faulty.append((sealed.hash, error.code))
            return
        name = self._trust.name_of(segment.key) or claimed.get(segment.key, "")
        if not self._stands(segment.hash, verified.revocations):
            judged.arrivals.append(Arrival(sealed, segment, SegmentState.REVOKED, claimed_name=name))
            return
        verdict = self.verdict(segment)
        judged.arrivals.append(Arrival(sealed, segment, verdict.state, verdict.proposals, name))

    def verdict(self, segment: Segment) -> Verdict:
        """What the signer's role, at the epoch the segment names, makes of its rows; the signature and revocations are judged elsewhere."""
        role = self._trust.role(segment.key, self._visit, segment.epoch)
        if role is None:
            return Verdict(SegmentState.HELD)
        theirs = {(kind, field) for kind, field in segment.fields() if not may_change(role, kind, field)}
        beyond = _NONE
        if theirs:
            kinds = [kind for _, kind in segment.entities]
            beyond = frozenset(n for n, row in enumerate(segment.rows) if (kinds[row.entity], row.field) in theirs)
        if segment.scope is Scope.ADMIN and beyond:
            return Verdict(SegmentState.FAULTY)  # nobody proposes cards and revocations
        return Verdict(SegmentState.PROPOSED if beyond else SegmentState.ACCEPTED, beyond)

    def _stands(self, name: SegmentHash, revocations: tuple[Revocation, ...]) -> bool:
        """Whether a revoked key's segment is at or before a tip that every revocation of the key still believes."""
        return all(any(name in self._back_from(tip) for tip in r.tips.values()) for r in revocations)

    def _back_from(self, tip: SegmentHash) -> frozenset[SegmentHash]:
        """The segments of a stream up to a tip, as far as they are here."""
        if tip not in self._lines:
            line: set[SegmentHash] = set()
            at: SegmentHash | None = tip
            while at is not None:
                line.add(at)
                at = self._prev.get(at)
            self._lines[tip] = frozenset(line)
        return self._lines[tip]


def judge_anew(session: Session, visit: EntityId) -> None:
    """Judge the stored segments of a visit by the present admin stream: after late cards, acceptances and revocations.

    A segment that was kept unread because nobody knew its signer is read now and merged.
    """
    facts = session.store.segments(visit)
    judge = Judge(visit, session.trust(visit), {f.hash: f.prev for f in facts})
    changing = {f.hash: f for f in facts if f.state is not SegmentState.SET_ASIDE}
    judged = judge.judge(session.store.sealed(changing), {f.key: f.claimed_name for f in facts})
    known = {a.sealed.hash: a for a in judged.arrivals}
    verdicts = {h: Verdict(a.state, a.proposals) for h, a in known.items() if a.count is None and _differs(changing[h], a)}
    unread = [a for h, a in known.items() if a.count is None and changing[h].state is SegmentState.HELD]
    if unread:
        session.announce(session.store.merge(unread, origin="judge", label="judge").changeset)
    fresh = {a.sealed.hash for a in unread}
    if again := {h: v for h, v in verdicts.items() if h not in fresh}:
        session.announce(session.store.restate(again, origin="judge"))


def newer_parts(session: Session, visit: EntityId) -> int:
    """How many parts of a visit are kept and handed on that only a newer version can read."""
    held = [f.hash for f in session.store.segments(visit) if f.state is SegmentState.HELD]
    return sum(map(is_newer, session.store.sealed(held)))


def is_newer(sealed: SealedSegment) -> bool:
    """Whether only a newer version can read a segment that is kept here."""
    return read_header(sealed.body).newer


def _differs(facts: SegmentFacts, arrival: Arrival) -> bool:
    settled = {SegmentState.WAITING: SegmentState.ACCEPTED}
    return settled.get(facts.state, facts.state) is not arrival.state or arrival.state is SegmentState.PROPOSED


def _unread(sealed: SealedSegment, header: SegmentHeader, claimed: Mapping[KeyHash, str]) -> Arrival:
    """A segment that is kept and handed on without being read: only its header is known, and no row reaches the store."""
    scope = Scope(header.scope) if header.scope in {s.value for s in Scope} else Scope.SHARED
    segment = Segment(
        sealed.hash, header.must, header.org, header.visit, scope, header.key, header.epoch, header.stream, header.seq0, header.prev, (), ()
    )
    return Arrival(sealed, segment, SegmentState.HELD, claimed_name=claimed.get(header.key, ""), count=row_count(sealed.body))
