"""Files into a vault: recognise, prove, preview, take in, or keep in quarantine with the reason; decides nothing about bytes or merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from fieldtool.domain.changes import COUNTED, ChangeSet, Scope, SealedSegment, SegmentState
from fieldtool.domain.errors import ExitCode, KnownError, refuse
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash
from fieldtool.domain.remarks import Remark
from fieldtool.domain.values import JsonValue
from fieldtool.identity import fingerprints
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle, stranger, verify_bundle
from fieldtool.identity.lineage import Lineage
from fieldtool.identity.requests import LARGEST as REQUEST_LARGEST
from fieldtool.identity.requests import looks_like_request
from fieldtool.identity.trust import TrustStore
from fieldtool.services import baseline, sheets
from fieldtool.services.admin import redactions
from fieldtool.services.alarms import Alarm, fork_alarms
from fieldtool.services.arriving import attachments_ahead
from fieldtool.services.attachments import demand_size, drop_unnamed
from fieldtool.services.files import unreadable
from fieldtool.services.judging import Judge, Judged, is_newer
from fieldtool.services.redaction import without_values
from fieldtool.services.session import Session
from fieldtool.services.settling import settle, settle_what_is_left, settled_afterwards
from fieldtool.services.underway import Cancelled, Meter, Progress
from fieldtool.storage import Arrival, BundleEntry, MergeOutcome, PeerState, Quarantined, Verdict
from fieldtool.sync.manifest import Manifest
from fieldtool.sync.reader import LARGEST_FILE, MAGIC, looks_like_bundle, mangled, open_bundle, read_bundle
from fieldtool.sync.segments import SegmentFault, decode_segment, read_header

_PASSES = 2  # over a file: to prove it, and to take its attachments in
_PIECE = 1 << 18  # bytes
MOST_CONFLICTS = 50  # an import that would raise more stops and asks
_NO_SHEETS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"ID3", b"OggS", b"\x1aE\xdf\xa3", b"\x7fELF", b"MZ")
_KEPT = frozenset(
    {"signer-unknown", "signer-revoked", "bundle-newer", "bundle-truncated", "bundle-altered", "bundle-forged", "root-foreign"}
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file. `error` is None when it was taken in, all of it; with `segment-faulty` the rest of it was."""

    path: Path
    kind: str  # bundle, receipt, request, sheet, …
    sender: str = ""
    n: int = 0
    visit: EntityId | None = None
    changes: int = 0
    new_segments: int = 0
    known: bool = False  # everything in it was here already
    conflicts: int = 0  # more (or fewer) open conflicts than before
    proposals: int = 0
    held: int = 0
    newer: int = 0  # of them, those that only a newer version of this tool can read
    changeset: ChangeSet | None = None
    bundle: int = 0  # number in the ledger, to undo the import by
    error: KnownError | None = None
    detail: dict[str, JsonValue] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()  # of a summary: what is proven of it
    sheet: sheets.SheetImport | None = None  # what a sheet was taken for
    forks: tuple[Alarm, ...] = ()  # copies of vaults that the file has shown to be in use
    succeeded: str = ""  # words of the organisation's new root, which the file has brought and the old one had named


def import_paths(
    session: Session,
    paths: Iterable[Path],
    *,
    expect_root: str | None = None,
    dry_run: bool = False,
    report: str | None = None,
    most_conflicts: int | None = MOST_CONFLICTS,
    origin: str = "command",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> list[Imported]:
    """Take in every file, and every file of each folder; a file that is refused leaves the others alone.

    Nothing raises for one file's fault. Where it was `cancelled`, the last result says so, and the files behind it were not looked at.
    """
    done: list[Imported] = []
    files = _files(paths)
    *starts, whole = accumulate((_PASSES * _size(path) for path in files), initial=0)
    meter = Meter("import", whole, progress, cancelled)
    for path, start in zip(files, starts, strict=True):
        try:
            meter.at(start)
            result = import_file(
                session, path, expect_root=expect_root, dry_run=dry_run, report=report, most_conflicts=most_conflicts, origin=origin,
                meter=meter,
            )  # fmt: skip
            done.append(result)
        except KnownError as error:
            done.append(Imported(path, "unknown", error=error))
            if error.code == "cancelled":
                break
    return done


def worst(results: Iterable[Imported]) -> ExitCode:
    """The exit code of a command over several files: the highest."""
    return max((r.error.exit_code if r.error else ExitCode.DONE for r in results), default=ExitCode.DONE)


def import_file(
    session: Session,
    path: Path,
    *,
    expect_root: str | None = None,
    dry_run: bool = False,
    report: str | None = None,
    most_conflicts: int | None = MOST_CONFLICTS,
    origin: str = "command",
    meter: Meter | None = None,
) -> Imported:
    """Take in one file, recognised by its content. Raises `KnownError` when nothing of it was taken in."""
    head = read_head(path)
    if looks_like_request(head):
        from fieldtool.services.people import describe_request

        return Imported(path, "request", detail=describe_request(head))
    if head[:5] == b"%PDF-" and (summary := _read_summary(path)) is not None:
        return _import_summary(session, path, summary, dry_run, origin)
    if looks_like_bundle(head) or is_called_bundle(path) or _cut_bundle(head):
        meter = meter or Meter("import", _PASSES * _size(path))
        try:
            if not looks_like_bundle(head):
                raise mangled(head)
            return _import_bundle(session, path, expect_root, dry_run, most_conflicts, origin, meter)
        except KnownError as error:
            if error.code in _KEPT and not dry_run:
                _quarantine(session, path, error)
            raise
    if _is_no_text(head):
        raise refuse("file-foreign", file=path.name)
    taken = sheets.import_sheet(session, path, report=report, dry_run=dry_run, origin=origin)
    known = not taken.added and not dry_run
    return Imported(path, "sheet", changes=len(taken.added), known=known, detail=sheets.sheet_json(taken), sheet=taken)


def _is_no_text(head: bytes) -> bool:
    """Whether a file begins as pictures, sound, films and programs do: nobody meant it as a sheet."""
    return head.startswith(_NO_SHEETS) or head[4:8] == b"ftyp"


def _read_summary(path: Path) -> bytes | None:
    """The content of a PDF that is a summary of this tool's, well or ill; None of any other, which may be a report."""
    from fieldtool.reports.reading import was_summary  # the PDF libraries come when a PDF does

    demand_size(path)
    data = _read(path)
    return data if was_summary(data) else None


def _import_summary(session: Session, path: Path, data: bytes, dry_run: bool, origin: str) -> Imported:
    from fieldtool.services.confirming import keep_summary

    kept = keep_summary(session, path.name, data, dry_run=dry_run, origin=origin)
    return Imported(
        path, "summary", kept.signer, visit=kept.visit, changes=kept.changes, known=kept.known, detail=kept.facts, changeset=kept.changeset,
        remarks=kept.remarks
    )


def compared_root(der: bytes, expected: str | None) -> None:
    """Raises `KnownError` root-not-compared when nobody has compared the organisation yet, root-mismatch when it is another one."""
    from fieldtool.identity.certificates import read_certificate

    key = read_certificate(der).key
    if expected is None:
        raise refuse("root-not-compared", words=fingerprints.words(key), fingerprint=fingerprints.digits(key))
    if not fingerprints.matches(expected, key):
        raise refuse("root-mismatch")


def undo_import(session: Session, bundle: int, *, origin: str = "command") -> ChangeSet:
    """Set aside what came with one file, as if it had not come; importing it again readmits it. `bundle` is its number in the ledger.

    Offered until something was sent or confirmed since, or somebody built on it. Raises `KnownError` undo-not-possible.
    """
    store = session.store
    session.seal_all()
    entry = next((e for e in store.bundles() if e.number == bundle and e.direction == "in"), None)
    if entry is None:
        raise refuse("undo-not-possible", reason="there is no such import")
    if any(e.direction == "out" and e.number > bundle and e.visit == entry.visit for e in store.bundles()):
        raise refuse("undo-not-possible", reason="something was sent or confirmed since")
    facts = store.segments(entry.visit)
    theirs = {f.hash for f in facts if f.bundle == bundle}
    if not theirs:
        raise refuse("undo-not-possible", reason="it brought nothing new")
    later = [f.hash for f in facts if f.hash not in theirs and f.state in COUNTED]
    for segment in map(decode_segment, store.sealed(later)):
        if segment.prev in theirs or any(ref.segment in theirs for row in segment.rows for ref in row.parents):
            raise refuse("undo-not-possible", reason="later changes build on it")
    touched = store.restate({h: Verdict(SegmentState.SET_ASIDE) for h in theirs}, origin=origin, label="undo-import")
    brought = entry.facts.get("brought")
    drop_unnamed(session, {str(digest) for digest in brought} if isinstance(brought, list) else set())
    session.forget_trust()
    session.announce(touched)
    return touched


# ------------------------------------------------------------------------------------------------------------- bundles


def _import_bundle(
    session: Session, path: Path, expect_root: str | None, dry_run: bool, most_conflicts: int | None, origin: str, meter: Meter
) -> Imported:
    unverified = read_bundle(path, session.keys.reader.decrypt_stream, meter.tick)
    manifest = Manifest.from_json(unverified.manifest)
    pinned = session.lineage
    lineage = _roots(session, pinned, unverified, manifest)
    if pinned is None:
        compared_root(lineage.present.der, expect_root)
    trust = session.trust(manifest.visit) if lineage == pinned else session.trust_under(lineage, manifest.visit)
    opened = _proven(session, unverified, trust, first=pinned is None)
    unverified = replace(unverified, parts={})  # its segments are out: they are not kept twice
    if dry_run:
        return replace(_preview(session, path, opened, trust, origin), succeeded=_succeeded(pinned, lineage))
    if pinned is None:
        session.pin(lineage)
    elif lineage != pinned:
        session.follow(lineage)
    session.seal_all()
    settle_what_is_left(session)
    with session.store.held():
        if pinned is not None and lineage != pinned:  # an earlier root vouches no longer for all that it did
            for visit in {f.visit for f in session.store.segments()}:
                settle(session, visit)
        if session.store.shared:  # another officer may have taken in cards or revocations since the sender was proven
            session.forget_trust()
            opened.believe(verify_bundle(unverified, session.trust(manifest.visit)))
        taken = _take(session, path, unverified.sha256, opened, most_conflicts, origin, meter)
    return replace(taken, succeeded=_succeeded(pinned, lineage))


def _roots(session: Session, pinned: Lineage | None, unverified: UnverifiedBundle, manifest: Manifest) -> Lineage:
    """The organisation's roots as the pinned one and the file's statements name them: those prove themselves, before anybody is believed.

    Before a root is pinned, those that the file brings, for people to compare the last. Raises `KnownError` bundle-forged, root-foreign,
    signer-unknown.
    """
    if pinned is not None:
        return session.roots_with(pinned, manifest.successions)
    brought = stranger(unverified).root
    if brought is None:
        raise refuse("signer-unknown", name=manifest.sender_name, fingerprint=fingerprints.words(manifest.sender))
    return Lineage.of(brought).widened(manifest.successions)


def _succeeded(pinned: Lineage | None, lineage: Lineage) -> str:
    """The words of the organisation's new root, where a file has brought one; else nothing."""
    return fingerprints.words(lineage.present.key) if pinned is not None and lineage != pinned else ""


@dataclass(slots=True)
class _Opened:
    """A proven bundle on its way into the vault. Its segments are handed on: whoever takes them lets go of them piece by piece."""

    signer: KeyHash
    name: str
    authorities: tuple[bytes, ...]
    manifest: Manifest
    blobs: Mapping[str, int]
    segments: list[SealedSegment]

    def believe(self, verified: VerifiedBundle) -> None:
        """The sender, as what is known now vouches for it."""
        self.signer, self.name, self.authorities = verified.signer, verified.name, verified.authorities

    def hand_over(self) -> list[SealedSegment]:
        """The segments, which are the taker's from now on."""
        segments, self.segments = self.segments, []
        return segments


def _proven(session: Session, unverified: UnverifiedBundle, trust: TrustStore, *, first: bool) -> _Opened:
    """At the first meeting there is no card yet: the root that people have just compared vouches for the sender."""
    verified = verify_bundle(unverified, trust, by_chain=first)
    bundle = open_bundle(verified, [session.keys.reader.recipient])
    if bundle.manifest.org != trust.org:
        raise refuse("root-foreign")
    return _Opened(verified.signer, verified.name, verified.authorities, bundle.manifest, bundle.blobs, list(bundle.segments))


def _take(
    session: Session, path: Path, digest: bytes, opened: _Opened, most_conflicts: int | None, origin: str, meter: Meter
) -> Imported:  # fmt: skip
    manifest, store = opened.manifest, session.store
    session.meet(opened.authorities)
    judged, known = _judged(session, opened)
    facts, trust = _Facts.of(judged.arrivals, known=known), session.trust(manifest.visit)
    with ExitStack() as stack:
        if any(trust.revoked(a.segment.key) for a in judged.arrivals):  # whether others stand before a tip depends on what comes now
            stack.enter_context(settled_afterwards(session, manifest.visit))
        brought = stack.enter_context(attachments_ahead(session, path, opened.blobs, meter))
        entry = _entry(session, path, digest, opened, brought)
        outcome = store.merge(
            _handed_on(judged.arrivals), origin=origin, bundle=entry, peer=_peer(session, manifest), attachments=brought,
            most_conflicts=most_conflicts,
        )  # fmt: skip
    store.release(digest)
    session.forget_trust()
    session.announce(outcome.changeset)
    if session.is_headquarters() and (settled := baseline.follow(session)):
        outcome = replace(outcome, conflicts_after=outcome.conflicts_after - settled)
    result = _imported(path, opened, outcome, facts)
    result = replace(result, forks=tuple(fork_alarms(session, outcome.forks)))
    if not judged.faulty:
        return result
    reasons: dict[str, JsonValue] = {"segments": [{"hash": h.hex(), "reason": reason} for h, reason in judged.faulty]}
    error = refuse("segment-faulty", count=len(judged.faulty))
    store.quarantine(Quarantined(digest, path.name, error.code, reasons, 0, session.clock()))
    return replace(result, error=error)


def _judged(session: Session, opened: _Opened) -> tuple[Judged, bool]:
    """What is to be merged, and whether all was here already. Admin segments are taken in first: they say whom to believe."""
    store, visit, segments = session.store, opened.manifest.visit, opened.hand_over()
    known = store.known([s.hash for s in segments]) - store.damaged()
    again = known & _unread(session, visit)
    fresh = [s for s in segments if s.hash not in known] + [s for s in segments if s.hash in again]
    admin, rest = _divided(fresh)
    faulty = _merge_admin(session, visit, admin, opened)
    trust = session.trust(visit)
    taken_back = redactions(store, visit, trust)
    judged = _judge(session, visit, trust, opened).judge([without_values(s, taken_back) for s in rest], {opened.signer: opened.name})
    judged.faulty[:0] = faulty
    return judged, not fresh


T = TypeVar("T")


def _handed_on(arrivals: list[T]) -> Iterator[T]:
    """Each in its order, and out of the list."""
    arrivals.reverse()
    while arrivals:
        yield arrivals.pop()


def _unread(session: Session, visit: EntityId) -> set[SegmentHash]:
    return {f.hash for f in session.store.segments(visit) if f.verdict in (SegmentState.HELD, SegmentState.SET_ASIDE)}


def _divided(segments: Sequence[SealedSegment]) -> tuple[list[SealedSegment], list[SealedSegment]]:
    """The admin stream and the rest: cards have to be known before anybody's words are judged."""
    admin: list[SealedSegment] = []
    rest: list[SealedSegment] = []
    for sealed in segments:
        try:
            scope = read_header(sealed.body).scope
        except SegmentFault:
            scope = ""
        (admin if scope == Scope.ADMIN.value else rest).append(sealed)
    return admin, rest


def _merge_admin(
    session: Session, visit: EntityId, admin: Sequence[SealedSegment], opened: _Opened
) -> list[tuple[SegmentHash, str]]:
    """Take in cards and revocations, then judge anew what is here already."""
    if not admin:
        return []
    judged = _judge(session, visit, session.trust(visit), opened).judge(admin, {opened.signer: opened.name})
    with settled_afterwards(session, visit):
        session.announce(session.store.merge(judged.arrivals, origin="judge", label="judge").changeset)
    return judged.faulty


def _judge(session: Session, visit: EntityId, trust: TrustStore, opened: _Opened) -> Judge:
    chains = {f.hash: f.prev for f in session.store.segments(visit)}
    return Judge(session, visit, trust.with_authorities(opened.authorities), chains)


def _preview(session: Session, path: Path, opened: _Opened, trust: TrustStore, origin: str) -> Imported:
    """What would come of a bundle; nothing stays. Cards in it are not yet counted: what only they would let in is shown as held."""
    segments = opened.hand_over()
    known = session.store.known([s.hash for s in segments]) - session.store.damaged()
    fresh = [s for s in segments if s.hash not in known]
    judged = _judge(session, opened.manifest.visit, trust, opened).judge(fresh, {opened.signer: opened.name})
    facts = _Facts.of(judged.arrivals, known=not fresh)
    return _imported(path, opened, session.store.merge(judged.arrivals, origin=origin, preview=True), facts)


def _entry(session: Session, path: Path, digest: bytes, opened: _Opened, brought: Sequence[str]) -> BundleEntry:
    manifest, counts = opened.manifest, opened.manifest.counts
    facts: dict[str, JsonValue] = {"segments": counts.segments, "changes": counts.changes, "blobs": counts.blobs, "brought": list(brought)}
    kind, name = manifest.type.value, opened.name
    return BundleEntry(
        "in", kind, manifest.n, manifest.visit, opened.signer, name, path.name, digest, session.clock(), (session.key,), facts
    )


def _peer(session: Session, manifest: Manifest) -> PeerState:
    have = frozenset(t.segment for t in manifest.have)
    want = tuple(w.hex() for w in manifest.want)
    return PeerState(manifest.sender, manifest.visit, manifest.n, have, frozenset(manifest.held), want, session.clock())


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is told of the arrivals of one file, which are gone when they are merged."""

    proposals: int
    held: int
    newer: int
    known: bool

    @classmethod
    def of(cls, arrivals: Sequence[Arrival], *, known: bool) -> _Facts:
        held = sum(1 for a in arrivals if a.state is SegmentState.HELD)
        newer = sum(1 for a in arrivals if a.count is not None and is_newer(a.sealed))
        return cls(sum(len(a.proposals) for a in arrivals), held, newer, known)


def _imported(path: Path, opened: _Opened, outcome: MergeOutcome, facts: _Facts) -> Imported:
    manifest = opened.manifest
    return Imported(
        path, manifest.type.value, opened.name, manifest.n, manifest.visit, outcome.changes, outcome.new, facts.known,
        outcome.conflicts_after - outcome.conflicts_before, facts.proposals, facts.held, facts.newer, outcome.changeset, outcome.bundle,
    )  # fmt: skip


def _quarantine(session: Session, path: Path, error: KnownError) -> None:
    """Keep a file that was not taken in, encrypted like everything else, with the reason; not one that no bundle can be as large as."""
    if _size(path) > LARGEST_FILE:
        return
    try:
        with path.open("rb") as file:
            name = session.store.add_blob(iter(lambda: file.read(_PIECE), b""))
    except OSError as fault:
        raise unreadable(path, fault) from fault
    facts: dict[str, JsonValue] = {k: str(v) for k, v in error.values.items()}
    size = session.store.blob_size(name) or 0
    session.store.quarantine(Quarantined(bytes.fromhex(name), path.name, error.code, facts, size, session.clock()))


def read_head(path: Path) -> bytes:
    """The beginning of a file: enough to tell what it is, and all of an identity request. Raises `KnownError` file-unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(REQUEST_LARGEST + 1)
    except OSError as error:
        raise unreadable(path, error) from error


def is_called_bundle(path: Path) -> bool:
    """Whether a file's name says that it is a bundle or a receipt: then it is one, well or ill."""
    return path.suffix.lower() in (".ftbundle", ".ftreceipt")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever reads it says what is wrong with it


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".")) if path.is_dir() else [path]
    return found


def _cut_bundle(data: bytes) -> bool:
    return 0 < len(data) < len(MAGIC) and MAGIC.startswith(data)
