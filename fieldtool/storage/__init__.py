"""The encrypted vault: change log, rows as its projection, search and backups; it verifies nothing and never decides whom to believe."""

from collections.abc import Callable

from fieldtool.domain.ids import Clock, Randomness
from fieldtool.storage.arrivals import Arrival, Fork, MergeOutcome, Verdict
from fieldtool.storage.backup import BackupFacts, restore_backup, verify_backup
from fieldtool.storage.blobs import Incoming
from fieldtool.storage.desk import BundleEntry, PeerState, Quarantined
from fieldtool.storage.log import Author, OpenFacts, OpenSegment
from fieldtool.storage.records import HistoryEntry, Proposal
from fieldtool.storage.relay import SegmentFacts
from fieldtool.storage.search import SearchHit
from fieldtool.storage.store import Store
from fieldtool.storage.units import Step, Unit
from fieldtool.storage.upkeep import CheckReport
from fieldtool.storage.vault import create_vault, open_vault

PATIENCE = 120  # seconds that a writer of a shared database waits for another


def connect_database(
    url: str, *, clock: Clock, randomness: Randomness, patience: float = PATIENCE, waiting: Callable[[str], None] | None = None
) -> Store:
    """As `server.connect_database`: the driver is loaded by whoever has a database only."""
    from fieldtool.storage.server import connect_database

    return connect_database(url, clock=clock, randomness=randomness, patience=patience, waiting=waiting)


__all__ = [
    "PATIENCE",
    "Arrival",
    "Author",
    "BackupFacts",
    "BundleEntry",
    "CheckReport",
    "Fork",
    "HistoryEntry",
    "Incoming",
    "MergeOutcome",
    "OpenFacts",
    "OpenSegment",
    "PeerState",
    "Proposal",
    "Quarantined",
    "SearchHit",
    "SegmentFacts",
    "Step",
    "Store",
    "Unit",
    "Verdict",
    "connect_database",
    "create_vault",
    "open_vault",
    "restore_backup",
    "verify_backup",
]
