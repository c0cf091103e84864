"""Copied and restored vaults as people have to hear of them: who, which installation, what happened, for window and command line alike.

It mends nothing: what both copies wrote is kept and merged already.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldtool.domain.ids import EntityId, KeyHash
from fieldtool.services import exchange
from fieldtool.services.anchors import LEAP, Incarnation
from fieldtool.services.people import fingerprint, visit_cards
from fieldtool.services.session import Session
from fieldtool.storage import Fork


class AlarmKind(StrEnum):
    """What happened."""

    FORKED = "forked"  # two copies of a vault are in use: ask its holder to go on with one, hand over the other's work and wipe it
    RESTORED = "restored"  # somebody's vault lacks what it had: send them a bundle of everything
    BEHIND = "behind"  # this vault lacks what it had: ask a colleague for a bundle of everything
    MOVED = "moved"  # this vault was not open on this computer before: if the other copy is in use, go on with one only


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. `ours` where it is about this very installation; `parts` counts what is in two ways, or what is lacking."""

    kind: AlarmKind
    name: str
    installation: str
    words: str  # fingerprint of the installation, to be compared by voice
    visit: EntityId | None  # None: about the whole vault
    ours: bool
    parts: int


def alarms(session: Session, visit: EntityId | None = None) -> list[Alarm]:
    """All that is to be told now, of one visit or of all, this vault's own first; it goes once what caused it has been settled.

    A fork stays: that two copies went on is a fact of the log.
    """
    found = []
    own = {Incarnation.BEHIND: AlarmKind.BEHIND, Incarnation.MOVED: AlarmKind.MOVED}.get(session.incarnation)
    if own is not None:
        found.append(_alarm(session, own, session.key, None, 0))
    found += fork_alarms(session, (f for f in session.store.forks() if visit in (None, f.visit)))
    for place in (v.id for v in session.visits() if visit in (None, v.id)):
        found += _restored(session, place)
    return found


def fork_alarms(session: Session, forks: Iterable[Fork]) -> list[Alarm]:
    """These forks as alarms, one for each installation and visit."""
    parts: dict[tuple[KeyHash, EntityId], int] = {}
    for fork in forks:
        parts[fork.key, fork.visit] = parts.get((fork.key, fork.visit), 0) + len(fork.segments)
    return [_alarm(session, AlarmKind.FORKED, key, visit, count) for (key, visit), count in sorted(parts.items())]


def _restored(session: Session, visit: EntityId) -> list[Alarm]:
    """Installations whose numbers leapt, as a restored vault's do, and that have not got back what is here of their own."""
    last: dict[KeyHash, int] = {}  # the number in our ledger of the last file of each whose own numbers have leapt
    for entry in session.store.bundles(visit):
        if entry.direction == "in" and entry.peer != session.key and entry.n > LEAP:
            last[entry.peer] = entry.number
    if not last:
        return []
    facts = session.store.segments(visit)
    found = []
    for card in visit_cards(session, visit):
        if card.key not in last:
            continue
        theirs = {f.hash for f in facts if f.key == card.key and f.bundle < last[card.key]}
        lacking = theirs - exchange.confirmed_by_all(session, visit, [card])
        if lacking:
            found.append(_alarm(session, AlarmKind.RESTORED, card.key, visit, len(lacking)))
    return found


def _alarm(session: Session, kind: AlarmKind, key: KeyHash, visit: EntityId | None, parts: int) -> Alarm:
    places = [visit] if visit is not None else [v.id for v in session.visits()] if session.root else []
    card = next((c for v in places for c in visit_cards(session, v) if c.key == key), None)
    name = card.name if card else session.name if key == session.key else ""
    return Alarm(kind, name, card.installation if card else "", fingerprint(key).words, visit, key == session.key, parts)
