"""The ledger of what was sent and what came: per recipient saved, packed, handed over, confirmed; sends nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldtool.domain.changes import Conflict, Scope
from fieldtool.domain.errors import CATALOGUE, KnownError
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import EntityId, KeyHash, LocalChange, SegmentHash
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.identity.trust import Card
from fieldtool.services import conflicts, duplicates, people, proposals
from fieldtool.services.exchange import remembered_size
from fieldtool.services.judging import newer_parts
from fieldtool.services.screens.history import shown
from fieldtool.services.screens.names import Names
from fieldtool.services.screens.titles import record_title
from fieldtool.services.session import Session
from fieldtool.storage import BundleEntry, Proposal
from fieldtool.storage.relay import SegmentFacts

SAVED, PACKED, HANDED_OVER, CONFIRMED = "saved", "packed", "handed over", "confirmed"


@dataclass(frozen=True, slots=True)
class RecipientLine:
    """How far one person has got with what this installation wrote: changes in each state, by the words of the ledger."""

    name: str
    key: KeyHash
    role: str  # term
    state: str  # the least far of what there is
    saved: int  # in no file for this person yet
    packed: int
    handed_over: int
    confirmed: int
    most_bytes: int = 0  # that one file for this person may have, as was chosen the last time; 0: no limit


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of the ledger. `state` is packed, handed over or confirmed for outgoing ones, empty for incoming."""

    number: int
    out: bool
    kind: str  # bundle, receipt, baseline
    n: int
    file: str
    at: int  # ms since 1970 UTC
    sender: str
    recipients: tuple[str, ...]
    changes: int
    size: int
    state: str


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A file that was not taken in, and why (a code of the catalogue of faults with its values)."""

    digest: bytes
    file: str
    error: KnownError
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """An open conflict in a line."""

    id: str
    kind: str
    field: str
    title: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A change beyond its author's role that nobody has answered."""

    change: LocalChange
    kind: str
    field: str
    title: str
    value: str
    author: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two records of one kind that may be one; `why` is same-time or same-name."""

    kind: str
    first: EntityId
    second: EntityId
    first_title: str
    second_title: str
    why: str


@dataclass(frozen=True, slots=True)
class ExchangeModel:
    """Everything the exchange screen lists."""

    recipients: tuple[RecipientLine, ...]
    files: tuple[FileLine, ...]  # latest first
    gaps: tuple[tuple[str, int], ...]  # who signed to have parts that have not come, and how many
    newer: int  # parts that only a newer version of this tool can read
    quarantine: tuple[QuarantineLine, ...]
    conflicts: tuple[ConflictLine, ...]
    proposals: tuple[ProposalLine, ...]
    pairs: tuple[PairLine, ...]  # records that are probably one
    role: str  # term of card_role; decides who may answer a proposal or accept a person
    unsent: int
    may_export: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the visit screen tells: own changes in no file yet, and files without a receipt."""

    unsent: int
    unconfirmed: int


def exchange_model(session: Session, visit: EntityId, language: str) -> ExchangeModel:
    """The ledger of a visit, what is in conflict, and what was put aside."""
    entries = [e for e in session.store.bundles(visit) if e.kind != "baseline" or e.direction == "in"]
    cards = {c.key: c for c in _cards(session, visit) if c.key != session.key}
    own = _own_segments(session, visit)
    total = sum(s.count for s in own) + _open_changes(session, visit)
    lines = [_recipient(session, visit, c, entries, own, total) for c in cards.values() if c.role.value != "service"]
    found = tuple(_conflict(session, c, language) for c in conflicts.list_conflicts(session, visit=visit))
    names, names_of = {k: c.name for k, c in cards.items()}, Names.of(session, language)
    return ExchangeModel(
        tuple(sorted(lines, key=lambda r: (r.role != "hq", r.name))),
        tuple(_file(e, names, own, session, visit) for e in reversed(entries)),
        _gaps(session, visit, names),
        newer_parts(session, visit),
        tuple(_quarantine(q.digest, q.file, q.code, q.facts, q.size, q.at) for q in session.store.quarantined()),
        found,
        tuple(_proposal(session, names_of, p) for p in proposals.list_proposals(session, visit=visit)),
        _pairs(session, names_of, visit),
        _role(session, visit),
        waiting(session, visit).unsent,
        bool(cards),
    )


def waiting(session: Session, visit: EntityId) -> Waiting:
    """What has not been handed over, and what has not been confirmed."""
    entries = [e for e in session.store.bundles(visit) if e.direction == "out" and e.kind == "bundle"]
    own = _own_segments(session, visit)
    packed = _sent_of(own, entries)
    unsent = sum(s.count for s in own) - packed + _open_changes(session, visit)
    confirmed = _confirmed_of(session, visit, own, [k for e in entries for k in e.recipients])
    unconfirmed = sum(1 for e in entries if _changes_through(own, e) > confirmed)
    return Waiting(unsent, unconfirmed)


# ------------------------------------------------------------------------------------------------------------- inside


def _cards(session: Session, visit: EntityId) -> list[Card]:
    try:
        return people.reading_cards(session, visit)
    except KnownError:
        return []  # no organisation is pinned yet: nobody can be sent anything


def _own_segments(session: Session, visit: EntityId) -> list[SegmentFacts]:
    return [s for s in session.store.segments(visit) if s.key == session.key and s.scope is Scope.SHARED]


def _open_changes(session: Session, visit: EntityId) -> int:
    return sum(o.changes for o in session.store.open_segments() if o.visit == visit and o.scope is Scope.SHARED)


def _tips_of(entry: BundleEntry) -> set[SegmentHash]:
    tips = entry.facts.get("tips")
    return {SegmentHash(bytes.fromhex(str(t))) for t in tips} if isinstance(tips, list) else set()


def _changes_up_to(own: Iterable[SegmentFacts], tips: set[SegmentHash]) -> int:
    """How many own changes stand up to these tips, over all own streams."""
    reached: dict[bytes, int] = {}
    for s in own:
        if s.hash in tips:
            reached[s.stream] = max(reached.get(s.stream, 0), s.seq0 + s.count)
    return sum(reached.values())


def _changes_through(own: Iterable[SegmentFacts], entry: BundleEntry) -> int:
    return _changes_up_to(own, _tips_of(entry))


def _sent_of(own: list[SegmentFacts], entries: list[BundleEntry]) -> int:
    return _changes_up_to(own, set().union(*(_tips_of(e) for e in entries)))


def _confirmed_of(session: Session, visit: EntityId, own: list[SegmentFacts], keys: Iterable[KeyHash]) -> int:
    """Changes that every one of these people has confirmed by a signature."""
    have = {p.peer: set(p.have) for p in session.store.peers(visit)}
    return min((_changes_up_to(own, have.get(k, set())) for k in dict.fromkeys(keys)), default=0)


def _conflict(session: Session, conflict: Conflict, language: str) -> ConflictLine:
    record = session.store.get(conflict.entity)
    title = record_title(session, Names.of(session, language), record) if record else ""
    authors = tuple(dict.fromkeys(h.author for h in conflict.heads))
    return ConflictLine(conflicts.conflict_id(conflict), conflict.kind, conflict.field, title, authors)


def _proposal(session: Session, names: Names, proposal: Proposal) -> ProposalLine:
    record = session.store.get(proposal.entity)
    name, element = split_key(proposal.entry.field)
    spec = KINDS[proposal.kind].field(name)
    value = shown(names, proposal.entry.value, spec.of if spec else "", element)
    title = record_title(session, names, record) if record else ""
    return ProposalLine(proposal.entry.change, proposal.kind, name, title, value, proposal.entry.author)


def _pairs(session: Session, names: Names, visit: EntityId) -> tuple[PairLine, ...]:
    lines = []
    for pair in duplicates.likely_pairs(session, visit):
        first, second = session.store.get(pair.first), session.store.get(pair.second)
        if first is not None and second is not None:
            titles = record_title(session, names, first), record_title(session, names, second)
            lines.append(PairLine(pair.kind, pair.first, pair.second, *titles, pair.why))
    return tuple(lines)


def _role(session: Session, visit: EntityId) -> str:
    try:
        return session.role(visit).value
    except KnownError:
        return ""


def _recipient(
    session: Session, visit: EntityId, card: Card, entries: list[BundleEntry], own: list[SegmentFacts], total: int
) -> RecipientLine:
    mine = [e for e in entries if e.direction == "out" and e.kind == "bundle" and card.key in e.recipients]
    sent = _sent_of(own, mine)
    handed = _sent_of(own, [e for e in mine if card.key in e.handed_over])
    confirmed = _confirmed_of(session, visit, own, [card.key])
    sent, handed = max(sent, confirmed), max(handed, confirmed)
    parts = {SAVED: total - sent, PACKED: sent - handed, HANDED_OVER: handed - confirmed, CONFIRMED: confirmed}
    state = next((s for s, n in parts.items() if n), CONFIRMED)
    return RecipientLine(
        card.name, card.key, card.role.value, state, parts[SAVED], parts[PACKED], parts[HANDED_OVER], parts[CONFIRMED],
        remembered_size(session, card.key),
    )  # fmt: skip


def _file(entry: BundleEntry, names: dict[KeyHash, str], own: list[SegmentFacts], session: Session, visit: EntityId) -> FileLine:
    state = ""
    if entry.direction == "out":
        confirmed = _confirmed_of(session, visit, own, entry.recipients)
        done = entry.kind == "bundle" and confirmed >= _changes_through(own, entry) and bool(entry.recipients)
        state = CONFIRMED if done else HANDED_OVER if entry.handed_over else PACKED
    recipients = tuple(names[k] for k in entry.recipients if k in names)
    changes, size = _number(entry.facts.get("changes")), _number(entry.facts.get("size"))
    return FileLine(
        entry.number, entry.direction == "out", entry.kind, entry.n, entry.file, entry.at, entry.peer_name, recipients, changes, size, state
    )


def _gaps(session: Session, visit: EntityId, names: Mapping[KeyHash, str]) -> tuple[tuple[str, int], ...]:
    """Who signed to have parts that are not here, and how many: numbers of files would not tell, for some files are for others."""
    found = []
    for peer in session.store.peers(visit):
        missing = len(set(peer.have) - session.store.known(peer.have))
        if missing:
            found.append((names.get(peer.peer, ""), missing))
    return tuple(sorted(found))


def _quarantine(digest: bytes, file: str, code: str, facts: object, size: int, at: int) -> QuarantineLine:
    values = {str(k): v for k, v in facts.items()} if isinstance(facts, dict) else {}
    known = code if code in CATALOGUE else "file-foreign"
    return QuarantineLine(digest, file, KnownError(known, {"file": file, **values}), size, at)


def _number(value: JsonValue) -> int:
    return value if isinstance(value, int) else 0
