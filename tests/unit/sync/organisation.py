"""A sample organisation with real certificates, pens and age identities for the tests of bundles; it holds no test."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import SealedSegment, Segment
from fieldtool.identity.age import AgeReader
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle, verify_bundle
from fieldtool.identity.certificates import Use, issue, read_certificate, spki_of
from fieldtool.identity.pen import Pen
from fieldtool.identity.trust import Card, TrustStore
from fieldtool.sync.limits import SEGMENT_TYPE
from fieldtool.sync.manifest import Manifest, Recipient
from fieldtool.sync.reader import OpenBundle, open_bundle, read_bundle
from fieldtool.sync.segments import encode_segment, segment_hash
from fieldtool.sync.writer import BlobSource, BundleFacts, Locks
from tests.unit.sync.containers import encrypting, write_bundle
from tests.unit.sync.made import VISIT, counted, manifest


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an installation: a pen and an age identity."""

    name: str
    pen: Pen
    reader: AgeReader

    @property
    def recipient(self) -> Recipient:
        """How a manifest names this member."""
        return Recipient(self.name, self.pen.key_hash, self.reader.recipient)

    def seal(self, segment: Segment) -> SealedSegment:
        """The segment as this member's own, signed."""
        body, values = encode_segment(dataclasses.replace(segment, key=self.pen.key_hash), counted().randbytes)
        return SealedSegment(segment_hash(body), body, self.pen.sign(SEGMENT_TYPE, body), values)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A root, headquarters, and two experts with cards, the first on a second laptop as well; a stranger without one."""

    root: bytes  # DER
    trust: TrustStore
    hq: Member
    expert: Member
    other: Member
    second: Member  # the expert's other laptop: the same name, a key of its own
    stranger: Member

    def verify(self, bundle: UnverifiedBundle) -> VerifiedBundle:
        """Identity's judgement by this organisation's root and cards."""
        return verify_bundle(bundle, self.trust)

    def manifest(self, sender: Member, readers: Iterable[Member], **other: object) -> Manifest:
        """A manifest of that sender for itself and these readers."""
        addressed = tuple(m.recipient for m in {m.pen.key_hash: m for m in (sender, *readers)}.values())
        own: dict[str, object] = {"org": self.trust.org, "sender": sender.pen.key_hash, "sender_name": sender.name, "recipients": addressed}
        return manifest(**own | other)

    def write(
        self,
        path: Path,
        sender: Member,
        readers: Iterable[Member] = (),
        segments: Iterable[SealedSegment] = (),
        blobs: Mapping[str, bytes] | None = None,
        **other: object,
    ) -> BundleFacts:
        """A bundle file of that sender, written as services write it."""
        made = self.manifest(sender, readers, **other)
        packed = [BlobSource(name, lambda content=content: [content]) for name, content in (blobs or {}).items()]  # type: ignore[misc]
        locks = self.locks(sender, [r.address for r in made.recipients])
        return write_bundle(path, made, list(segments), packed, locks=locks)

    def locks(self, sender: Member, addresses: Sequence[str]) -> Locks:
        """What a sender signs with, encrypts with and checks itself with."""
        return Locks(sender.pen.sign_cms, encrypting(addresses), sender.reader.decrypt_stream, self.verify)

    def read(self, path: Path, reader: Member) -> OpenBundle:
        """A bundle file as that reader opens it."""
        return open_bundle(self.verify(read_bundle(path, reader.reader.decrypt_stream)), {reader.reader.recipient})


@cache
def sample() -> Organisation:
    """One organisation for all tests of a process; making keys takes longer than most of them."""
    random = counted(3).randbytes
    root_key, hq_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_spki = spki_of(root_key.public_key())
    root = issue(Use.ROOT, root_spki, "Sample root", signer=root_key, issuer=None, organisation="Sample", randomness=random)
    at_root = read_certificate(root)
    hq_spki = spki_of(hq_key.public_key())
    hq_certificate = issue(Use.HEADQUARTERS, hq_spki, "Headquarters", signer=root_key, issuer=at_root, randomness=random)

    def own(name: str, key: ec.EllipticCurvePrivateKey) -> bytes:
        return issue(Use.INSTALLATION, spki_of(key.public_key()), name, signer=key, issuer=None, randomness=random)

    hq = Member("Headquarters", Pen(hq_key, own("Headquarters", hq_key), (hq_certificate, root)), AgeReader.generate())
    members = []
    cards = []
    for name in ("А. Үлгі", "B. Sample", "А. Үлгі", "C. Stranger"):
        key = ec.generate_private_key(ec.SECP256R1())
        spki = spki_of(key.public_key())
        certificate = issue(Use.INSTALLATION, spki, name, signer=hq_key, issuer=read_certificate(hq_certificate), randomness=random)
        carded = name != "C. Stranger"
        pen = Pen(key, own(name, key), (certificate, hq_certificate, root) if carded else ())
        members.append(Member(name, pen, AgeReader.generate()))
        if carded:
            cards.append(Card(pen.key_hash, name, Role.EXPERT, VISIT, certificate, members[-1].reader.recipient, epoch=1))
    return Organisation(root, TrustStore.build(root, cards, authorities=[hq_certificate]), hq, *members)
