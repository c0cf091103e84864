"""Headquarters: a folder of bundles in, signed receipts out, and what is still missing.

The same import as everywhere, many files at once.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import COUNTED, Record, SegmentState
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash
from fieldtool.services import exchange, importing
from fieldtool.services.importing import Imported
from fieldtool.services.people import reading_cards, visit_cards
from fieldtool.services.session import Session
from fieldtool.services.underway import Cancelled, Progress
from fieldtool.storage import BundleEntry, SegmentFacts

RECEIPT = ".ftreceipt"


@dataclass(frozen=True, slots=True)
class Inbox:
    """What came of an inbox: each file, and the receipts written."""

    files: tuple[Imported, ...]
    receipts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SenderState:
    """What headquarters has of one installation on one visit, and what is open between the two."""

    visit: EntityId
    name: str
    bundles: tuple[int, ...]
    missing: int  # parts that the sender signed to have and that have not come
    last_at: int  # ms since 1970 UTC; 0 before the first
    unconfirmed: int  # parts of the visit that are here and that the sender has not confirmed
    receipt_due: bool  # something came since we last wrote to the sender
    gaps: tuple[int, ...]  # where parts are missing: the numbers of the sender's files, of any kind and visit, that have not come
    holders: tuple[str, ...]  # others who signed to have missing parts


@dataclass(frozen=True, slots=True)
class CountryState:
    """The visits to one country: their references, and what is open over all of them."""

    country: str  # three letters, as on the visits
    visits: tuple[str, ...]
    senders: int
    silent: int  # members of a team of whom nothing has come
    missing: int
    unconfirmed: int


def import_inbox(
    session: Session, paths: Iterable[Path], *, receipts: Path | None = None, origin: str = "headquarters",
    most_conflicts: int | None = None, progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Inbox:  # fmt: skip
    """Take in every file of an inbox and write a receipt for each sender of a bundle; the same files again change nothing.

    A file that would raise more than `most_conflicts` is left as it is, and says so; None takes any number.

    Where it was `cancelled`, what came before stays and has its receipts, and the last of the files says so. Raises `KnownError`
    role-needed, vault-read-only for a receipts folder that cannot be made.
    """
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    done = importing.import_paths(session, paths, most_conflicts=most_conflicts, origin=origin, progress=progress, cancelled=cancelled)
    written: list[Path] = []
    if receipts is not None:
        try:
            receipts.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refuse("vault-read-only", folder=receipts) from error
        senders = {(r.visit, r.sender): r for r in done if r.kind == "bundle" and r.visit and r.error is None and r.sender != session.name}
        for (visit, sender), result in senders.items():
            path = receipts / f"{_plain(_latin(session, visit, sender))}-{result.n:03d}{RECEIPT}"
            try:
                exchange.export_receipt(session, path, to=[sender], visit=visit)
            except KnownError as error:
                if error.code not in ("person-unknown", "person-ambiguous"):
                    raise
                continue
            written.append(path)
    return Inbox(tuple(done), tuple(written))


def status(session: Session) -> list[SenderState]:
    """Per visit and installation that has a card or has sent something: what came, what is missing, what is not confirmed."""
    entries = session.store.bundles()
    came: dict[tuple[EntityId, KeyHash], list[BundleEntry]] = {}
    for entry in entries:
        if entry.direction == "in" and entry.kind == "bundle" and entry.peer != session.key:
            came.setdefault((entry.visit, entry.peer), []).append(entry)
    states = []
    for visit in dict.fromkeys([*(v.id for v in session.visits()), *(v for v, _ in came)]):
        cards = {c.key: c for c in reading_cards(session, visit) if c.key != session.key and c.role not in (Role.HQ, Role.SERVICE)}
        facts = session.store.segments(visit)
        here = [f.hash for f in facts if f.state in COUNTED]
        for peer in dict.fromkeys([*cards, *(p for v, p in came if v == visit)]):
            sent, away = came.get((visit, peer), []), _missing(session, visit, peer, facts)
            name = cards[peer].name if peer in cards else sent[-1].peer_name
            confirmed = exchange.confirmed_by_all(session, visit, [cards[peer]]) if peer in cards else set(here)
            last_in = max((e.at for e in sent), default=0)
            written = [e.at for e in entries if e.direction == "out" and e.visit == visit and peer in e.recipients]
            states.append(
                SenderState(
                    visit, name, tuple(sorted({e.n for e in sent})), len(away), last_in,
                    sum(h not in confirmed for h in here), last_in > max(written, default=0) and peer in cards,
                    _not_come(entries, peer) if away else (), _holders(session, visit, peer, away, facts),
                )
            )  # fmt: skip
    return sorted(states, key=lambda s: (s.visit, s.name))


def countries(session: Session, states: Iterable[SenderState]) -> list[CountryState]:
    """The same by country, over all visits."""
    found: dict[str, list[Record]] = {}
    for visit in session.visits():
        found.setdefault(str(visit.fields.get("country") or ""), []).append(visit)
    by_visit: dict[EntityId, list[SenderState]] = {}
    for state in states:
        by_visit.setdefault(state.visit, []).append(state)
    rows = []
    for country, visits in sorted(found.items()):
        ours = [s for v in visits for s in by_visit.get(v.id, ())]
        references = tuple(str(v.fields.get("reference")) for v in visits)
        silent = sum(not s.bundles for s in ours)
        rows.append(
            CountryState(country, references, len(ours) - silent, silent, sum(s.missing for s in ours), sum(s.unconfirmed for s in ours))
        )
    return rows


def limit_role(session: Session, role: str, visits: Iterable[str]) -> None:
    """Let a role of the database's server read the visits of these references, and nothing else; none: nothing any more.

    The library is read with its records' restatements in a visit, never as a whole. Raises `KnownError` role-needed, visit-unknown,
    database-needed, database-role.
    """
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    session.store.limit(role, [session.find_visit(v) for v in visits])


def limited_roles(session: Session) -> dict[str, list[str]]:
    """The roles that read some visits only, with the references of those. Raises `KnownError` database-needed."""
    references = {v.id: str(v.fields.get("reference")) for v in session.visits()}
    found: dict[str, list[str]] = {}
    for role, visit in session.store.limited():
        found.setdefault(role, []).append(references.get(visit, visit))
    return found


def _missing(session: Session, visit: EntityId, peer: KeyHash, facts: Sequence[SegmentFacts]) -> set[SegmentHash]:
    """Parts of the sender's that are not here: what they signed to have, and what stands right before a part that waits for it."""
    signed = {h for p in session.store.peers(visit) if p.peer == peer for h in p.have}
    before = {f.prev for f in facts if f.key == peer and f.prev is not None}
    return (signed | before) - {f.hash for f in facts} - session.store.known(signed)


def _not_come(entries: Iterable[BundleEntry], peer: KeyHash) -> tuple[int, ...]:
    """Numbers up to the sender's last file that nothing that came bears: an installation counts files of every kind and visit as one."""
    numbers = {e.n for e in entries if e.direction == "in" and e.peer == peer}
    return tuple(sorted(set(range(1, max(numbers, default=0))) - numbers))


def _holders(session: Session, visit: EntityId, peer: KeyHash, away: set[SegmentHash], facts: Sequence[SegmentFacts]) -> tuple[str, ...]:
    """Who else signed to have these parts, or one that follows them: whoever has that has all before it."""
    waiting = {f.hash for f in facts if f.key == peer and f.state is SegmentState.WAITING}
    others = {p.peer for p in session.store.peers(visit) if p.peer not in (peer, session.key) and (away | waiting) & set(p.have)}
    names = session.trust(visit)
    return tuple(sorted(names.name_of(o) or o.hex()[:16] for o in others))


def _latin(session: Session, visit: EntityId, name: str) -> str:
    """The name of that card in Latin letters, where the card has one."""
    return next((c.name_latin for c in visit_cards(session, visit) if c.name == name and c.name_latin), name)


def _plain(name: str) -> str:
    """A file name that every system takes: Latin letters without marks and digits, else a part of the name's digest."""
    bare = unicodedata.normalize("NFKD", name.lower())
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in bare if not unicodedata.combining(c)).strip("-")
    return kept or hashlib.sha256(name.encode()).hexdigest()[:8]
