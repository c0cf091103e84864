"""Whether a file is what it says: bundles, receipts, requests and signed summaries, judged without a vault when given what it needs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Scope
from fieldtool.domain.errors import ExitCode, KnownError, refuse
from fieldtool.domain.ids import LIBRARY
from fieldtool.domain.remarks import Remark, in_english
from fieldtool.domain.values import JsonValue, decode
from fieldtool.identity.age import AgeReader
from fieldtool.identity.bundles import stranger, verify_bundle, verify_segment
from fieldtool.identity.certificates import NotOurCertificate, read_certificate
from fieldtool.identity.lineage import Lineage, read_trust
from fieldtool.identity.requests import looks_like_request
from fieldtool.identity.time_authorities import TimeAuthority, read_time_authority
from fieldtool.identity.trust import Card, TrustStore
from fieldtool.services.admin import decode_der
from fieldtool.services.files import read_small
from fieldtool.services.importing import read_head
from fieldtool.services.session import Session
from fieldtool.sync.manifest import BundleType, Manifest
from fieldtool.sync.reader import OpenBundle, looks_like_bundle, mangled, open_bundle, read_bundle
from fieldtool.sync.segments import SegmentFault, SegmentNewer, decode_segment


@dataclass(frozen=True, slots=True)
class Verified:
    """The judgement of one file; `error` is None only when it is proven, and then `remarks` say what is."""

    path: Path
    kind: str
    error: KnownError | None = None
    facts: dict[str, JsonValue] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    @property
    def sentence(self) -> str:
        """The judgement in English, for scripts."""
        return str(self.error) if self.error else in_english(self.remarks)

    @property
    def exit_code(self) -> ExitCode:
        """0 when proven."""
        return self.error.exit_code if self.error else ExitCode.DONE


def verify_file(
    path: Path,
    *,
    root: bytes | None = None,
    readers: Sequence[AgeReader] = (),
    authorities: Sequence[TimeAuthority] = (),
    session: Session | None = None,
) -> Verified:
    """Judge one file. `root` (PEM), `readers` and `authorities` (for time stamps) stand in for a vault; with a session its own root, keys,
    cards and authorities count too.

    Never raises for what is in the file: a fault is in the answer.
    """
    try:
        data = read_head(path)
        if _kind(path, data) == "summary":
            data = read_small(path)
    except KnownError as error:
        return Verified(path, "unknown", error)
    try:
        lineage = read_trust(root) if root is not None else session.lineage if session else None
    except NotOurCertificate:
        return Verified(path, "unknown", refuse("file-foreign", file="the root certificate"))
    try:
        if _kind(path, data) == "summary":
            return _judge_pdf(path, data, lineage, authorities, session)
        return _judge(path, data, lineage, [*readers, *([session.keys.reader] if session else [])], session)
    except KnownError as fault:
        return Verified(path, _kind(path, data), fault)


def read_identity(path: Path) -> AgeReader:
    """The age identity in a key file. Raises `KnownError` file-unreadable, file-foreign."""
    try:
        return AgeReader.from_key_file(path.read_text("ascii"))
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error
    except ValueError as error:
        raise refuse("file-foreign", file=path.name) from error


def read_authority(path: Path) -> TimeAuthority:
    """The time-stamp authority whose certificate is in a file. Raises `KnownError` file-unreadable, authority-unfit."""
    return read_time_authority(read_small(path))


def _kind(path: Path, data: bytes) -> str:
    if data[:5] == b"%PDF-" or path.suffix.lower() == ".pdf":
        return "summary"
    if looks_like_bundle(data) or path.suffix == ".ftbundle":
        return "bundle"
    if path.suffix == ".ftreceipt":
        return "receipt"
    return "request" if looks_like_request(data) or path.suffix == ".ftrequest" else "unknown"


def _judge(path: Path, data: bytes, root: Lineage | None, readers: Sequence[AgeReader], session: Session | None) -> Verified:
    kind = _kind(path, data)
    if kind == "request":
        from fieldtool.services.people import describe_request

        facts = describe_request(data)
        asked = Remark("Identity request of {name}, signed by its own key: compare {words} by voice", facts)
        return Verified(path, kind, None, facts, (asked,))
    if kind == "unknown":
        raise refuse("file-foreign", file=path.name)
    return _judge_bundle(path, data, root, readers, session)


def _judge_pdf(path: Path, data: bytes, root: Lineage | None, authorities: Sequence[TimeAuthority], session: Session | None) -> Verified:
    from fieldtool.reports.verdict import refusal
    from fieldtool.reports.verify import verify_pdf
    from fieldtool.services.confirming import read_signed, records_fault
    from fieldtool.services.time_authorities import every_certificate

    if root is None:
        raise refuse("no-identity")
    ours = session if session is not None and session.lineage == root else None
    believed = [*(a.certificate for a in authorities), *(every_certificate(ours) if ours else ())]
    verdict = verify_pdf(data, root.ders, authorities_der=believed)
    facts: dict[str, JsonValue] = {
        "pages": verdict.pages, "record_sha256": verdict.record_sha256, "confirmed": verdict.confirmed,
        "level": verdict.level, "flaws": [f.value for f in verdict.flaws],
        "signatures": [{"field": s.field, "signer": s.signer, "card": s.by_card} for s in verdict.signatures],
    }  # fmt: skip
    if verdict.proven:
        first = verdict.signatures[0]
        facts |= {"signer": first.signer, "issuer": first.issuer, "card": first.by_card}
    if verdict.proven and verdict.stamp is not None:
        stamp = verdict.stamp
        facts["stamp"] = {"authority": stamp.signer, "issuer": stamp.issuer, "at": f"{stamp.signed_at:%Y-%m-%dT%H:%M:%SZ}"}
    fault = refusal(verdict, path.name)
    if fault is None and ours is not None:
        also = [a.sha256 for a in authorities]
        fault = records_fault(ours, read_signed(data), verdict, hashlib.sha256(data).hexdigest(), path.name, also)
    return Verified(path, "summary", fault, facts, verdict.remarks)


def _judge_bundle(path: Path, data: bytes, root: Lineage | None, readers: Sequence[AgeReader], session: Session | None) -> Verified:
    if not looks_like_bundle(data):
        raise mangled(data)
    unverified = None
    for reader in readers:
        try:
            unverified = read_bundle(path, reader.decrypt_stream)
            break
        except KnownError as error:
            if error.code != "bundle-not-for-you":
                raise
    if unverified is None:
        raise refuse("bundle-unknown-key")
    if root is None:
        raise refuse("no-identity")
    manifest = Manifest.from_json(unverified.manifest)
    known = session is not None and session.lineage == root
    root = root.widened(manifest.successions)
    trust = session.trust_under(root, manifest.visit) if session is not None and known else TrustStore.build(root)
    verified = verify_bundle(unverified, trust, by_chain=not known)
    bundle = open_bundle(verified)
    trust = trust.with_authorities(verified.authorities)
    faulty, unchecked, newer = _faulty(bundle, trust if known else _with_cards_inside(bundle, trust, stranger(unverified).certificate))
    counts = manifest.counts
    facts: dict[str, JsonValue] = {
        "sender": verified.name, "n": manifest.n, "visit": manifest.visit, "segments": counts.segments, "changes": counts.changes,
        "attachments": counts.blobs, "recipients": [r.name for r in manifest.recipients], "faulty": faulty,
        "unchecked": unchecked, "newer": newer,
    }  # fmt: skip
    if faulty:
        fault = refuse("segment-faulty", count=faulty)
        return Verified(path, manifest.type.value, fault, facts)
    return Verified(path, manifest.type.value, None, facts, _told(manifest, verified.name, unchecked, newer))


def _told(manifest: Manifest, name: str, unchecked: int, newer: int) -> tuple[Remark, ...]:
    """What is proven of a bundle or receipt, and what could not be looked at."""
    counts, who = manifest.counts, {"n": manifest.n, "name": name}
    first = Remark("Receipt {n} of {name}", who) if manifest.type is BundleType.RECEIPT else Remark("Bundle {n} of {name}", who)
    held = {"changes": counts.changes, "segments": counts.segments, "blobs": counts.blobs}
    said = [first, Remark("whole and unchanged"), Remark("changes: {changes}, parts: {segments}, attachments: {blobs}", held)]
    if unchecked:
        said.append(Remark("parts by others, whose signatures only a vault with their cards can check: {count}", {"count": unchecked}))
    if newer:
        said.append(Remark("parts that only a newer version of this tool can read and check: {count}", {"count": newer}))
    return tuple(said)


def _with_cards_inside(bundle: OpenBundle, trust: TrustStore, signer: bytes) -> TrustStore:
    """A store for somebody who holds nothing but the root: the signer's own certificate, and those on cards that headquarters signed.

    Only certificates that the root vouches for come to count.
    """
    offered = [signer]
    for sealed in bundle.segments:
        try:
            segment = decode_segment(sealed)
            if segment.scope is Scope.ADMIN and segment.key in trust.authorities:
                verify_segment(sealed, segment, trust)
                offered += [der for r in segment.rows if r.field == "certificate" and (der := decode_der(decode(r.value or "null")))]
        except (SegmentFault, SegmentNewer, KnownError):
            continue
    cards = []
    for der in offered:
        try:
            read = read_certificate(der)
        except NotOurCertificate:
            continue
        role = Role.HQ if read.key in trust.authorities else Role.EXPERT
        cards.append(Card(read.key, read.name, role, LIBRARY, der))
    return TrustStore.build(trust.lineage, cards, authorities=[a.der for a in trust.authorities.values()])


def _faulty(bundle: OpenBundle, trust: TrustStore) -> tuple[int, int, int]:
    """How many parts do not hold, are signed by keys whose cards are not known here, and can be read by a newer version only."""
    faulty = unchecked = newer = 0
    for sealed in bundle.segments:
        try:
            verify_segment(sealed, decode_segment(sealed), trust)
        except SegmentNewer:
            newer += 1
        except SegmentFault:
            faulty += 1
        except KnownError as error:
            unchecked += error.code == "signer-unknown"
            faulty += error.code != "signer-unknown"
    return faulty, unchecked, newer
