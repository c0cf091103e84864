"""Headquarters: a folder of bundles in, signed receipts out, and what is still missing.

The same import as everywhere, many files at once.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId, KeyHash
from fieldtool.services import exchange, importing
from fieldtool.services.importing import Imported
from fieldtool.services.people import visit_cards
from fieldtool.services.session import Session
from fieldtool.storage import BundleEntry

RECEIPT = ".ftreceipt"


@dataclass(frozen=True, slots=True)
class Inbox:
    """What came of an inbox: each file, and the receipts written."""

    files: tuple[Imported, ...]
    receipts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SenderState:
    """What headquarters has of one installation on one visit, and how many parts it signed to have that have not come."""

    visit: EntityId
    name: str
    bundles: tuple[int, ...]
    missing: int
    last_at: int  # ms since 1970 UTC


def import_inbox(session: Session, paths: Iterable[Path], *, receipts: Path | None = None, origin: str = "headquarters") -> Inbox:
    """Take in every file of an inbox and write a receipt for each sender of a bundle; the same files again change nothing.

    Raises `KnownError` role-needed, vault-read-only for a receipts folder that cannot be made.
    """
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    done = importing.import_paths(session, paths, most_conflicts=None, origin=origin)
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
    """Per visit and sender: which bundles came, and how much of what the sender signed to have is not here."""
    found: dict[tuple[EntityId, KeyHash], list[BundleEntry]] = {}
    for entry in session.store.bundles():
        if entry.direction == "in" and entry.kind == "bundle":
            found.setdefault((entry.visit, entry.peer), []).append(entry)
    states = []
    for (visit, peer), entries in found.items():
        signed = {h for p in session.store.peers(visit) if p.peer == peer for h in p.have}
        missing = len(signed - session.store.known(signed))
        numbers = tuple(sorted({e.n for e in entries}))
        states.append(SenderState(visit, entries[-1].peer_name, numbers, missing, max(e.at for e in entries)))
    return sorted(states, key=lambda s: (s.visit, s.name))


def _latin(session: Session, visit: EntityId, name: str) -> str:
    """The name of that card in Latin letters, where the card has one."""
    return next((c.name_latin for c in visit_cards(session, visit) if c.name == name and c.name_latin), name)


def _plain(name: str) -> str:
    """A file name that every system takes: Latin letters without marks and digits, else a part of the name's digest."""
    bare = unicodedata.normalize("NFKD", name.lower())
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in bare if not unicodedata.combining(c)).strip("-")
    return kept or hashlib.sha256(name.encode()).hexdigest()[:8]
