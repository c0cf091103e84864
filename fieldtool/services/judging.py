"""What to make of segments: who signed them, which role they had then, which rows are proposals; it reads no files and merges nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from fieldtool.domain import values
from fieldtool.domain.authority import Role, may_change
from fieldtool.domain.changes import Scope, SealedSegment, Segment, SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash
from fieldtool.identity.bundles import verify_segment
from fieldtool.identity.certificates import read_certificate
from fieldtool.identity.trust import Revocation, TrustStore
from fieldtool.services.admin import decode_der
from fieldtool.services.session import Session
from fieldtool.storage import Arrival, SegmentFacts, Verdict
from fieldtool.sync.segments import SegmentFault, SegmentHeader, SegmentNewer, decode_segment, read_header, row_count

_NONE: frozenset[int] = frozenset()


_TOGETHER = 64  # segments whose signatures are verified at a time


@dataclass(slots=True)
class Judged:
    """Arrivals for the store, and the segments that cannot even be kept: (hash, reason)."""

    arrivals: list[Arrival] = field(default_factory=list)
    faulty: list[tuple[SegmentHash, str]] = field(default_factory=list)


class Judge:
    """Judges segments of one visit by one state of its admin stream; one's own key needs no card in one's own vault."""

    def __init__(self, session: Session, visit: EntityId, trust: TrustStore, chains: Mapping[SegmentHash, SegmentHash | None]) -> None:
        self._visit, self._trust, self._prev = visit, trust, dict(chains)
        self._own = read_certificate(session.envelope.certificate)
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
            verified = verify_segment(sealed, segment, self._trust, self._own)
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
        role = self._trust.role(segment.key, self._visit, segment.epoch) or (Role.EXPERT if segment.key == self._own.key else None)
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

    A card may let in the next one, which was here before it: the admin stream is judged until that changes nothing, whatever came first.
    What was kept unread because nobody knew its signer is read now and merged; what nobody vouches for any more is unread again.
    """
    admin = [f for f in session.store.segments(visit) if f.scope is Scope.ADMIN]
    for _ in range(len(admin) + 1):
        if not _judge_scope(session, visit, admin=True):
            break
        session.forget_trust()
    _judge_scope(session, visit, admin=False)


def _judge_scope(session: Session, visit: EntityId, *, admin: bool) -> bool:
    """Judge the stored segments of the admin stream, or all others; whether that has changed anything."""
    facts = session.store.segments(visit)
    concerned = {f.hash: f for f in facts if not _put_aside(f) and (f.scope is Scope.ADMIN) is admin}
    sealed = session.store.sealed(concerned)
    trust = session.trust(visit).with_authorities(_certificates(sealed)) if admin else session.trust(visit)
    judged = Judge(session, visit, trust, {f.hash: f.prev for f in facts}).judge(sealed, {f.key: f.claimed_name for f in facts})
    misfits = _misfits(facts)
    verdicts: dict[SegmentHash, Verdict] = {}
    again: list[Arrival] = []
    for arrival in judged.arrivals:
        was = concerned[arrival.sealed.hash]
        wanted = _wanted(was, arrival, misfits)
        if wanted is None:
            continue
        if was.unread and wanted.state not in (SegmentState.HELD, SegmentState.FAULTY):
            again.append(arrival)
        else:
            verdicts[was.hash] = wanted
    if again:
        session.announce(session.store.merge(again, origin="judge", label="judge").changeset)
    if verdicts:
        session.announce(session.store.restate(verdicts, origin="judge"))
    return bool(again or verdicts)


def _certificates(admin: Iterable[SealedSegment]) -> Iterator[bytes]:
    """The certificates (DER) that cards in an admin stream bear, whether or not they count: the root says which are headquarters'.

    Who is headquarters must not depend on rows that follow from what headquarters is believed to have said.
    """
    for sealed in admin:
        with suppress(SegmentFault, SegmentNewer):
            for row in decode_segment(sealed).rows:
                said = values.decode_trusted(row.value) if row.field == "certificate" and row.value is not None else None
                if (der := decode_der(said)) is not None:
                    yield der


def look_through(session: Session, visit: EntityId, apart: Collection[SegmentHash]) -> tuple[list[SegmentHash], list[SegmentHash]]:
    """The stored segments, but for those `apart`, that do not bear their authors' signatures, and those of which this vault makes something
    else than signatures, chains and the admin stream say. It changes nothing.
    """
    facts = session.store.segments(visit)
    concerned = {f.hash: f for f in facts if f.hash not in apart and not _put_aside(f)}
    names, misfits = list(concerned), _misfits(facts)
    admin = session.store.sealed(n for n, f in concerned.items() if f.scope is Scope.ADMIN)
    judge = Judge(session, visit, session.trust(visit).with_authorities(_certificates(admin)), {f.hash: f.prev for f in facts})
    forged: list[SegmentHash] = []
    misjudged: list[SegmentHash] = []
    for start in range(0, len(names), _TOGETHER):
        judged = judge.judge(session.store.sealed(names[start : start + _TOGETHER]), {})
        forged += [name for name, _ in judged.faulty if concerned[name].verdict is not SegmentState.FAULTY]
        misjudged += [a.sealed.hash for a in judged.arrivals if _wanted(concerned[a.sealed.hash], a, misfits) is not None]
    return forged, misjudged


def _put_aside(facts: SegmentFacts) -> bool:
    """Whether a segment was set aside with the import that it came by; nothing else can be."""
    return facts.verdict is SegmentState.SET_ASIDE and facts.bundle != 0


def _wanted(was: SegmentFacts, arrival: Arrival, misfits: Collection[SegmentHash]) -> Verdict | None:
    """What is to be made of a stored segment; None where that is so already. What a newer version has read here stays read."""
    if was.hash in misfits:
        return None if was.verdict is SegmentState.FAULTY else Verdict(SegmentState.FAULTY)
    if arrival.count is None:
        wanted = Verdict(arrival.state, arrival.proposals)
        lost = was.unread and wanted.state not in (SegmentState.HELD, SegmentState.FAULTY)
        return wanted if lost or (was.verdict, was.proposals) != (wanted.state, wanted.proposals) else None
    if is_newer(arrival.sealed) or (was.unread and was.verdict is SegmentState.HELD):
        return None
    return Verdict(SegmentState.HELD, unread=True)


def _misfits(facts: Iterable[SegmentFacts]) -> set[SegmentHash]:
    """The segments that do not fit behind the one that they say they follow, whoever signed them."""
    known = {f.hash: f for f in facts}
    found = set()
    for one in known.values():
        before = known.get(one.prev) if one.prev is not None else None
        if before is None:
            continue
        together = (before.stream, before.key, before.scope) == (one.stream, one.key, one.scope)
        if not together or (before.count and before.seq0 + before.count != one.seq0):
            found.add(one.hash)
    return found


def newer_parts(session: Session, visit: EntityId) -> int:
    """How many parts of a visit are kept and handed on that only a newer version can read."""
    held = [f.hash for f in session.store.segments(visit) if f.state is SegmentState.HELD]
    return sum(map(is_newer, session.store.sealed(held)))


def is_newer(sealed: SealedSegment) -> bool:
    """Whether only a newer version can read a segment that is kept here."""
    return read_header(sealed.body).newer


def _unread(sealed: SealedSegment, header: SegmentHeader, claimed: Mapping[KeyHash, str]) -> Arrival:
    """A segment that is kept and handed on without being read: only its header is known, and no row reaches the store."""
    scope = Scope(header.scope) if header.scope in {s.value for s in Scope} else Scope.SHARED
    segment = Segment(
        sealed.hash, header.must, header.org, header.visit, scope, header.key, header.epoch, header.stream, header.seq0, header.prev, (), ()
    )
    return Arrival(sealed, segment, SegmentState.HELD, claimed_name=claimed.get(header.key, ""), count=row_count(sealed.body))
