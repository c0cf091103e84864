"""Bundles and receipts out of a vault: who gets what, and the ledger of what was sent; decides nothing about bytes, signatures or merge."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fieldtool.domain.changes import COUNTED, SealedSegment, SegmentState
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash
from fieldtool.domain.remarks import Remark
from fieldtool.identity import age
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle, verify_bundle
from fieldtool.identity.trust import Card
from fieldtool.services import baseline
from fieldtool.services.people import find_card, reading_cards
from fieldtool.services.session import Session
from fieldtool.services.underway import Cancelled, Meter, Progress
from fieldtool.storage import BundleEntry
from fieldtool.sync.manifest import BundleType, Manifest, Recipient, Tip
from fieldtool.sync.writer import BlobSource, BundleFacts, Locks, WrittenFile, divide, writing

TEAM, HQ = "team", "hq"
LEAST_PART = 64 * 1024  # bytes
MAIL_SIZES = (0, 10_000_000, 20_000_000)  # bytes that common mailboxes take; 0: no limit
_FRAME = 24 * 1024  # manifest, signature, headers and encryption of one file
_ENTRY = 512  # headers of one attached file
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_KEPT_ASIDE = (SegmentState.HELD, SegmentState.WAITING)
_TEAM_ROLES = ("expert", "head", "deputy")


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was written: what it holds and for whom."""

    path: Path
    facts: BundleFacts
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """What leaves, and for whom."""

    kind: BundleType
    visit: EntityId
    cards: list[Card]
    segments: list[SealedSegment]
    blobs: set[str]


@dataclass(frozen=True, slots=True)
class _Load:
    """What goes into one file."""

    path: Path
    segments: Sequence[SealedSegment]
    blobs: Sequence[str]


def recipients_of(session: Session, visit: EntityId, to: Sequence[str]) -> list[Card]:
    """The cards that `to` names: a name, a fingerprint, “team” (everybody else of the visit's team) or “hq”; never one of a revoked key.

    Raises `KnownError` person-unknown, person-ambiguous.
    """
    cards = [c for c in reading_cards(session, visit) if c.key != session.key]
    found: dict[KeyHash, Card] = {}
    for word in to:
        if word == TEAM:
            named = [c for c in cards if c.role.value in _TEAM_ROLES]
        elif word == HQ:
            named = [c for c in cards if c.role.value == "hq"]
        else:
            named = [find_card(cards, word)]
        if not named:
            raise refuse("person-unknown", name=word)
        found |= {c.key: c for c in named}
    return list(found.values())


def export_bundle(
    session: Session, path: Path, *, to: Sequence[str], visit: EntityId | None = None, everything: bool = False,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> Exported:  # fmt: skip
    """Write what the recipients have not confirmed as one file, readable by them, by headquarters and by this vault itself.

    Headquarters restates first what the team needs of its library. `everything` sends all there is: for somebody whose laptop was
    restored. Raises `KnownError` no-identity, person-unknown, nothing-to-export, bundle-too-large, disk-full, file-unwritable, cancelled;
    then no file is left, and no number used up.
    """
    outgoing = _outgoing(session, to, visit, everything)
    return _write(session, outgoing, [_Load(path, outgoing.segments, sorted(outgoing.blobs))], progress, cancelled)[0]


def export_parts(
    session: Session, path: Path, *, to: Sequence[str], most_bytes: int, visit: EntityId | None = None, everything: bool = False,
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> list[Exported]:  # fmt: skip
    """The same in numbered files, none of which grows beyond `most_bytes` as an attachment of a mail (base64 takes a third more).

    Words come first, attached files after them; each file can be taken in alone and in any order. An attached file that is larger than
    the limit is left out: whoever misses it asks for it by the want-list of the next bundle. All files come to stand, or none. Raises as
    `export_bundle`, and value-refused for a limit below `LEAST_PART` bytes.
    """
    if most_bytes < LEAST_PART:
        reason = Remark("the least is {size} bytes", {"size": LEAST_PART})
        raise refuse("value-refused", kind="bundle", field="size", value=most_bytes, reason=reason)
    outgoing = _outgoing(session, to, visit, everything)
    room = most_bytes * 3 // 4 - _FRAME
    loads: list[tuple[list[SealedSegment], list[str]]] = [(group, []) for group in divide(outgoing.segments, room)]
    filled = room
    for digest in sorted(outgoing.blobs, key=lambda d: (session.store.blob_size(d) or 0, d)):
        size = (session.store.blob_size(digest) or 0) + _ENTRY
        if size > room:
            continue
        if filled + size > room:
            loads.append(([], []))
            filled = 0
        loads[-1][1].append(digest)
        filled += size
    if not loads:
        raise refuse("nothing-to-export", name=", ".join(c.name for c in outgoing.cards))
    return _write(
        session, outgoing, [_Load(_numbered(path, n, len(loads)), *load) for n, load in enumerate(loads, 1)], progress, cancelled
    )


def remember_size(session: Session, to: Sequence[str], most_bytes: int, *, visit: EntityId | None = None) -> None:
    """Remember for each of these people how large a file may be, for the next one; 0: no limit. It stays in this vault."""
    for card in recipients_of(session, session.visit_or_only(visit), to):
        session.desk.set_setting(_size_of(card.key), str(most_bytes) if most_bytes else None)


def remembered_size(session: Session, key: KeyHash) -> int:
    """The bytes that were chosen for somebody the last time; 0: no limit."""
    kept = session.desk.setting(_size_of(key)) or ""
    return int(kept) if kept.isdecimal() else 0


def _size_of(key: KeyHash) -> str:
    return f"file-size {key.hex()}"


def _numbered(path: Path, number: int, of: int) -> Path:
    return path if of == 1 else path.with_name(f"{path.stem}-{number}of{of}{path.suffix}")


def _outgoing(session: Session, to: Sequence[str], visit: EntityId | None, everything: bool) -> _Outgoing:
    """The visit, for whom, and what they have not confirmed: segments and attachments."""
    place = session.visit_or_only(visit)
    session.pen()
    cards = recipients_of(session, place, to)
    if session.is_headquarters():
        baseline.restate(session, place)
    session.seal_all()
    confirmed = set() if everything else confirmed_by_all(session, place, cards)
    segments = list(session.store.segments_after(place, confirmed))
    blobs = _blobs(session, place, cards, segments)
    if not segments and not blobs:
        raise refuse("nothing-to-export", name=", ".join(c.name for c in cards))
    return _Outgoing(BundleType.BUNDLE, place, cards, segments, blobs)


def export_receipt(session: Session, path: Path, *, to: Sequence[str], visit: EntityId | None = None) -> Exported:
    """Write a signed confirmation of all that this vault has of the visit. Raises `KnownError` as `export_bundle`."""
    place = session.visit_or_only(visit)
    session.pen()
    session.seal_all()
    outgoing = _Outgoing(BundleType.RECEIPT, place, recipients_of(session, place, to), [], set())
    return _write(session, outgoing, [_Load(path, [], [])])[0]


def confirmed_by_all(session: Session, visit: EntityId, cards: Sequence[Card]) -> set[SegmentHash]:
    """The tips up to which each of these people has confirmed everything by a signature of theirs, never by what was once written for
    them. A tip that has not come confirms nothing before it: which segments those are, only its own bytes say.
    """
    states = {p.peer: p for p in session.store.peers(visit)}
    previous = {f.hash: f.prev for f in session.store.segments(visit)}
    lines: list[set[SegmentHash]] = []
    for card in cards:
        line: set[SegmentHash] = set()
        for tip in states[card.key].have if card.key in states else ():
            at: SegmentHash | None = tip
            while at is not None and at in previous and at not in line:
                line.add(at)
                at = previous[at]
        lines.append(line)
    return set.intersection(*lines) if lines else set()


def verifier(session: Session, visit: EntityId) -> Callable[[UnverifiedBundle], VerifiedBundle]:
    """The judgement of this vault on a bundle of a visit, as a function."""

    def verify(bundle: UnverifiedBundle) -> VerifiedBundle:
        return verify_bundle(bundle, session.trust(visit))

    return verify


def _manifest(session: Session, outgoing: _Outgoing, number: int) -> Manifest:
    store, visit, cards = session.store, outgoing.visit, outgoing.cards
    readers = {c.recipient: Recipient(c.name, c.key, c.recipient) for c in [*cards, *_headquarters(session, visit)]}
    own = session.keys.reader.recipient
    readers[own] = Recipient(session.name, session.key, own)
    return Manifest(
        outgoing.kind,
        n=number,
        org=session.org,
        visit=visit,
        sender=session.key,
        sender_name=session.name,
        made_at=session.clock(),
        recipients=tuple(readers[a] for a in sorted(readers)),
        epoch=store.epoch(visit),
        have=_have(session, visit, [r.key for r in readers.values()]),
        held=tuple(f.hash for f in store.segments(visit) if f.state in _KEPT_ASIDE),
        want=tuple(bytes.fromhex(s) for s in sorted(missing_blobs(session, visit))),
        successions=session.lineage.statements if session.lineage else (),
    )


def _have(session: Session, visit: EntityId, readers: Sequence[KeyHash | None]) -> tuple[Tip, ...]:
    """The ends of what counts here, and of what each reader signed to have what counts here as well.

    A reader who lacks the end of a stream cannot know what stands before it: a copied vault may have gone on in two ways. Its own
    end, named by us, it knows.
    """
    counting = {f.hash: f.stream for f in session.store.segments(visit) if f.state in COUNTED}
    theirs = {tip for p in session.store.peers(visit) if p.peer in readers for tip in p.have if tip in counting}
    return tuple(Tip(s, t) for s, t in sorted({*session.store.tips(visit), *((counting[tip], tip) for tip in theirs)}))


def _headquarters(session: Session, visit: EntityId) -> list[Card]:
    return [c for c in reading_cards(session, visit) if c.role.value == "hq"]


def _write(
    session: Session, outgoing: _Outgoing, loads: Sequence[_Load], progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[Exported]:
    """Write every file under another name and read it back; then all take their names and enter the ledger, or none."""
    meter = Meter("export", sum(_work(session, load) for load in loads), progress, cancelled)
    with ExitStack() as stack:
        files: list[WrittenFile] = []
        for number, load in enumerate(loads, 1):
            n = stack.enter_context(session.desk.bundle_number())
            manifest = replace(_manifest(session, outgoing, n), part=number, parts=len(loads))
            blobs = [BlobSource(d, partial(session.store.read_blob, d)) for d in load.blobs]
            locks = _locks(session, outgoing.visit, manifest)
            files.append(stack.enter_context(writing(load.path, manifest, load.segments, blobs, locks=locks, tick=meter.tick)))
        _settle(session, outgoing, files)
    session.drop_anchor()
    return [Exported(file.facts.path, file.facts, tuple(c.name for c in outgoing.cards)) for file in files]


def _settle(session: Session, outgoing: _Outgoing, files: Sequence[WrittenFile]) -> None:
    settled: list[WrittenFile] = []
    try:
        for file in files:
            file.settle()
            settled.append(file)
        session.store.add_bundles([_entry(session, outgoing, file.facts) for file in files])
    except BaseException:
        for file in settled:
            file.facts.path.unlink(missing_ok=True)
        raise


def _entry(session: Session, outgoing: _Outgoing, facts: BundleFacts) -> BundleEntry:
    manifest, counts = facts.manifest, facts.manifest.counts
    return BundleEntry(
        "out", manifest.type.value, manifest.n, outgoing.visit, session.key, session.name, facts.path.name, facts.sha256, session.clock(),
        tuple(c.key for c in outgoing.cards),
        {"segments": counts.segments, "changes": counts.changes, "blobs": counts.blobs, "size": facts.size,
         "tips": [t.segment.hex() for t in manifest.have]},
    )  # fmt: skip


def _locks(session: Session, visit: EntityId, manifest: Manifest) -> Locks:
    addresses = [r.address for r in manifest.recipients]

    def encrypt(source: BinaryIO, target: BinaryIO) -> None:
        age.encrypt_stream(source, target, addresses)

    return Locks(session.pen().sign_cms, encrypt, session.keys.reader.decrypt_stream, verifier(session, visit))


def _work(session: Session, load: _Load) -> int:
    """The bytes that pass while a file is written: attachments three times, the rest, compressed to about a third, twice."""
    words = sum(len(s.body) + len(s.values) for s in load.segments)
    return 3 * sum(session.store.blob_size(d) or 0 for d in load.blobs) + 2 * words // 3


def attached(session: Session, visit: EntityId) -> dict[EntityId, str]:
    """The attachments that records of a visit name: record and SHA-256 of the content in hexadecimal."""
    found = {r.id: r.fields.get("sha256") for r in session.store.list_("attachment", visit=visit)}
    return {record: name for record, name in found.items() if isinstance(name, str) and _SHA256.match(name)}


def missing_blobs(session: Session, visit: EntityId) -> set[str]:
    """SHA-256 of the attachments that records of the visit name and whose content is not here."""
    named = set(attached(session, visit).values())
    return named - session.store.blobs_here(named)


def _blobs(session: Session, visit: EntityId, cards: Sequence[Card], segments: Sequence[SealedSegment]) -> set[str]:
    """The attachments that are first named in what is sent, and those that a recipient has asked for, as far as they are here."""
    sent = {s.hash.hex()[:16] for s in segments}
    states = {p.peer: p for p in session.store.peers(visit)}
    asked = {w for c in cards if c.key in states for w in states[c.key].want}
    wanted = {
        digest
        for record, digest in attached(session, visit).items()
        if digest in asked or any(e.field == "sha256" and e.name.partition("-")[0] in sent for e in session.store.history(record))
    }
    return session.store.blobs_here(wanted)
