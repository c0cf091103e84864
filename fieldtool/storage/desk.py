"""What belongs to this vault alone: unsaved words, settings, the ledger of bundles, quarantine; none of it is ever packed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from fieldtool.domain.ids import Clock, EntityId, KeyHash, SegmentHash, id_bytes, id_from_bytes
from fieldtool.domain.values import JsonValue
from fieldtool.storage.blobs import Blobs, Incoming
from fieldtool.storage.place import Place
from fieldtool.storage.transactions import Transactions
from fieldtool.storage.work import Row, Work

_encode = msgspec.json.Encoder(order="sorted").encode
_facts: msgspec.json.Decoder[dict[str, JsonValue]] = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """One file that was written here (`direction` out) or taken in (in).

    `n` counts the bundles of the installation that wrote it, `peer` is that installation; `recipients` are the keys it is for,
    `handed_over` says
    when it was given to them. `facts` are counts and names for people, as JSON. `number` is given by the vault and names the import for
    undo.
    """

    direction: str
    kind: str  # bundle, receipt, baseline
    n: int
    visit: EntityId
    peer: KeyHash
    peer_name: str
    file: str
    digest: bytes  # SHA-256 of the file
    at: int  # ms since 1970 UTC
    recipients: tuple[KeyHash, ...] = ()
    facts: Mapping[str, JsonValue] = field(default_factory=dict)
    number: int = 0
    handed_over: Mapping[KeyHash, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeerState:
    """What an installation last signed about a visit: the tips it has, what it holds without counting it, and the attachments it wants."""

    peer: KeyHash
    visit: EntityId
    n: int
    have: frozenset[SegmentHash]
    held: frozenset[SegmentHash]
    want: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that was not taken in, and why; its bytes are kept as a blob where they could be read."""

    digest: bytes
    file: str
    code: str  # of the known error
    facts: Mapping[str, JsonValue]
    size: int
    at: int


_KEEP_NUMBER = (
    "INSERT INTO setting (name, value) VALUES ('bundle number', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_KEEP_DRAFT = "INSERT INTO draft (name, text, at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text, at = excluded.at"


class Desk(Transactions):
    """The part of a vault that is nobody else's."""

    def __init__(self, place: Place, clock: Clock) -> None:
        super().__init__(place, clock)
        self._blobs = Blobs(self._write, self._read, clock)

    # ------------------------------------------------------------------------------------------------ drafts and settings

    def keep_draft(self, name: str, text: str | None) -> None:
        """Keep words that are not filed yet, encrypted like everything else; None drops them."""
        with self._write() as work:
            if text is None:
                work.run("DELETE FROM draft WHERE name = ?", (name,))
            else:
                sql = _KEEP_DRAFT
                work.run(sql, (name, text, self._clock()))

    def drafts(self) -> dict[str, str]:
        """All words not filed yet, oldest first."""
        with self._read() as work:
            return {r[0]: r[1] for r in work.rows("SELECT name, text FROM draft ORDER BY at, name")}

    def setting(self, name: str) -> str | None:
        """A setting of this vault."""
        with self._read() as work:
            row = work.row("SELECT value FROM setting WHERE name = ?", (name,))
            return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str | None) -> None:
        """Keep a setting, or drop it with None."""
        with self._write() as work:
            work.run("DELETE FROM setting WHERE name = ?", (name,))
            if value is not None:
                work.run("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))

    # ------------------------------------------------------------------------------------------------------------- ledger

    @contextmanager
    def bundle_number(self) -> Iterator[int]:
        """The number of the next bundle this installation writes; each is given once, unless the block fails and no later one is given."""
        with self._write() as work:
            row = work.row("SELECT value FROM setting WHERE name = 'bundle number'")
            number = int(row[0]) + 1 if row else 1
            work.run(_KEEP_NUMBER, (str(number),))
        try:
            yield number
        except BaseException:
            with self._write() as work:
                work.run("UPDATE setting SET value = ? WHERE name = 'bundle number' AND value = ?", (str(number - 1), str(number)))
            raise

    def add_bundles(self, entries: Iterable[BundleEntry]) -> list[int]:
        """Enter files that were written into the ledger; their numbers. The same file in the same direction keeps its number."""
        with self._write() as work:
            return [add_bundle(work, entry) for entry in entries]

    def hand_over(self, number: int, peers: Iterable[KeyHash]) -> None:
        """Note that a file was handed over to these people; the first time said stays."""
        now = self._clock()
        sql = "UPDATE recipient SET handed_over = ? WHERE bundle = ? AND peer = ? AND handed_over IS NULL"
        with self._write() as work:
            work.many(sql, [(now, number, p) for p in peers])

    def bundles(self, visit: EntityId | None = None) -> list[BundleEntry]:
        """The ledger, oldest first."""
        with self._read() as work:
            return bundles(work, visit)

    def note_peer(self, state: PeerState) -> bool:
        """Keep what a peer signed about a visit, unless something it signed later is known; whether it was kept."""
        with self._write() as work:
            return note_peer(work, state)

    def peers(self, visit: EntityId) -> list[PeerState]:
        """What every peer last signed about a visit: the cursor of what it still needs."""
        with self._read() as work:
            return peers(work, visit)

    # --------------------------------------------------------------------------------------------------------- quarantine

    def quarantine(self, file: Quarantined) -> None:
        """Note a file that was not taken in; a later reason replaces an earlier one. Its bytes go into `add_blob`."""
        with self._write() as work:
            work.run("DELETE FROM quarantine WHERE digest = ?", (file.digest,))
            work.run(
                "INSERT INTO quarantine (digest, file, code, facts, size, at) VALUES (?, ?, ?, ?, ?, ?)",
                (file.digest, file.file, file.code, _encode(dict(file.facts)).decode(), file.size, file.at),
            )

    def release(self, digest: bytes) -> None:
        """Forget a quarantined file and its bytes: it was taken in after all, or thrown away."""
        with self._write() as work:
            kept = work.row("SELECT digest FROM quarantine WHERE digest = ?", (digest,))
            work.run("DELETE FROM quarantine WHERE digest = ?", (digest,))
        if kept:
            self._blobs.drop(digest)

    def quarantined(self) -> list[Quarantined]:
        """Files that were not taken in, oldest first."""
        with self._read() as work:
            rows = work.rows("SELECT digest, file, code, facts, size, at FROM quarantine ORDER BY at, digest")
        return [Quarantined(d, f, c, _facts.decode(facts), s, at) for d, f, c, facts, s, at in rows]

    # -------------------------------------------------------------------------------------------------------- attachments

    def add_blob(self, pieces: Iterable[bytes], *, expected: str | None = None, progress: Callable[[int], None] | None = None) -> str:
        """Take in an attachment piece by piece; its SHA-256 in hex. `progress` is told the bytes so far and may raise to stop.

        Raises `KnownError` bundle-altered when the content is not the one that `expected` names; nothing of it stays then.
        """
        with self.held():
            return self._blobs.put(pieces, None if expected is None else bytes.fromhex(expected), progress).hex()

    @contextmanager
    def receive_blob(self, sha256: str) -> Iterator[Incoming]:
        """An attachment on its way in, whose pieces are pushed as they come: `write` each, then `finish`. Else nothing of it stays.

        Raises `KnownError` bundle-altered when the content is not the one that `sha256` names.
        """
        with self._blobs.receive(bytes.fromhex(sha256)) as coming:
            yield coming

    def waiting_blobs(self) -> dict[str, int]:
        """The attachments that came ahead of their records (`Incoming.finish` with `marked`), and when."""
        return {d.hex(): at for d, at in self._blobs.marked().items()}

    def forget_blobs(self, digests: Iterable[str]) -> None:
        """Delete those of the attachments that came ahead of their records: these will not come."""
        self._blobs.forget([bytes.fromhex(d) for d in digests])

    def has_blob(self, sha256: str) -> bool:
        """Whether an attachment's content is here."""
        return self._blobs.size(bytes.fromhex(sha256)) is not None

    def blobs_here(self, digests: Collection[str]) -> set[str]:
        """Those of the attachments whose content is here."""
        return {d.hex() for d in self._blobs.here([bytes.fromhex(d) for d in digests])}

    def blob_size(self, sha256: str) -> int | None:
        """The bytes of an attachment, None when its content is not here."""
        return self._blobs.size(bytes.fromhex(sha256))

    def read_blob(self, sha256: str) -> Iterator[bytes]:
        """The content of an attachment, piece by piece. Raises `LookupError` when it is not here."""
        return self._blobs.open(bytes.fromhex(sha256))

    def drop_blob(self, sha256: str) -> bool:
        """Delete an attachment's content; whether it was here."""
        return self._blobs.drop(bytes.fromhex(sha256))


def add_bundle(work: Work, entry: BundleEntry) -> int:
    """Enter a file into the ledger; its number. The same file in the same direction keeps the number it has."""
    row = work.row("SELECT id FROM bundle WHERE direction = ? AND digest = ?", (entry.direction, entry.digest))
    if row:
        return int(row[0])
    number = work.number("SELECT max(id) FROM bundle") + 1
    work.run(
        "INSERT INTO bundle (id, direction, kind, n, visit, peer, peer_name, file, digest, at, facts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            entry.direction,
            entry.kind,
            entry.n,
            id_bytes(entry.visit),
            entry.peer,
            entry.peer_name,
            entry.file,
            entry.digest,
            entry.at,
            _encode(dict(entry.facts)).decode(),
        ),
    )
    work.many("INSERT INTO recipient (bundle, peer) VALUES (?, ?)", [(number, r) for r in dict.fromkeys(entry.recipients)])
    return number


def bundles(work: Work, visit: EntityId | None) -> list[BundleEntry]:
    """The ledger, oldest first."""
    sql = "SELECT id, direction, kind, n, visit, peer, peer_name, file, digest, at, facts FROM bundle"
    rows = work.rows(sql + " ORDER BY id") if visit is None else work.rows(sql + " WHERE visit = ? ORDER BY id", (id_bytes(visit),))
    people: dict[int, list[Row]] = {}
    for row in work.rows("SELECT bundle, peer, handed_over FROM recipient ORDER BY bundle, peer"):
        people.setdefault(row[0], []).append(row)
    return [_entry(row, people.get(row[0], [])) for row in rows]


def _entry(row: Row, people: Sequence[Row]) -> BundleEntry:
    number, direction, kind, n, visit, peer, name, file, digest, at, facts = row
    given = {KeyHash(p): t for _, p, t in people if t is not None}
    to = tuple(KeyHash(p) for _, p, _ in people)
    return BundleEntry(
        direction, kind, n, id_from_bytes(visit), KeyHash(peer), name, file, digest, at, to, _facts.decode(facts), number, given
    )


def note_peer(work: Work, state: PeerState) -> bool:
    """Keep what a peer signed about a visit, unless something it signed later is known; whether it was kept."""
    key = (state.peer, id_bytes(state.visit))
    row = work.row("SELECT n FROM peer WHERE peer = ? AND visit = ?", key)
    if row is not None and row[0] >= state.n:
        return False
    work.run("DELETE FROM peer WHERE peer = ? AND visit = ?", key)
    work.run(
        "INSERT INTO peer (peer, visit, n, have, held, want, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*key, state.n, b"".join(sorted(state.have)), b"".join(sorted(state.held)), _encode(list(state.want)).decode(), state.at),
    )
    return True


def peers(work: Work, visit: EntityId) -> list[PeerState]:
    """What every peer last signed about a visit."""
    rows = work.rows("SELECT peer, n, have, held, want, at FROM peer WHERE visit = ? ORDER BY peer", (id_bytes(visit),))
    wants: msgspec.json.Decoder[list[str]] = msgspec.json.Decoder(list[str])
    return [PeerState(KeyHash(p), visit, n, _hashes(have), _hashes(held), tuple(wants.decode(w)), at) for p, n, have, held, w, at in rows]


def _hashes(packed: bytes) -> frozenset[SegmentHash]:
    return frozenset(SegmentHash(packed[i : i + 32]) for i in range(0, len(packed), 32))
