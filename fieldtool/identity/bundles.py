"""Received bytes before and after proof: the verified types can be made only here, so whoever holds one knows that it was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field

from fieldtool.domain.changes import SealedSegment, Segment
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash
from fieldtool.identity.certificates import Certificate, Use
from fieldtool.identity.fingerprints import words
from fieldtool.identity.pen import SEGMENT_TYPE, verify_payload
from fieldtool.identity.trust import Card, Revocation, TrustStore

_PROOF = object()  # never leaves this module


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One file beside the manifest, as it came: its size in bytes, its digest, and the content where it is kept, as no attachment's is."""

    size: int
    sha256: bytes
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class UnverifiedBundle:
    """A container that was opened and is well formed; nothing says yet who made it. `parts` are its other files by name."""

    manifest: bytes
    p7s: bytes  # DER of the detached CMS signature over `manifest`
    parts: Mapping[str, BundlePart] = field(default_factory=dict)
    sha256: bytes = b""  # of the encrypted file it came in


@dataclass(frozen=True, slots=True)
class VerifiedBundle:
    """A bundle with a manifest signed by somebody believed here. Its parts hold only if their digests are the manifest's: sync compares.

    `signer` is the key that signed: the sender named in the manifest has to be that one. `card` is None where the signer is an installation
    of headquarters that the root certified and whose card has not come yet. `authorities` are headquarters' certificates (DER) from inside.
    """

    manifest: bytes
    p7s: bytes
    parts: Mapping[str, BundlePart]
    signer: KeyHash
    name: str
    card: Card | None
    authorities: tuple[bytes, ...]
    proof: InitVar[object]  # not kept: a changed copy would have to prove itself again

    def __post_init__(self, proof: object) -> None:
        _demand_proof(proof)


@dataclass(frozen=True, slots=True)
class VerifiedSegment:
    """A segment signed by the key its header names, and that key is known here.

    `revocations` is not empty where the key was revoked: then the segment counts only if, for each of them, it stands at or before the tip
    of its stream still believed, which the chain decides, not this room.
    """

    sealed: SealedSegment
    segment: Segment
    signer: Certificate
    revocations: tuple[Revocation, ...]
    proof: InitVar[object]  # not kept: a changed copy would have to prove itself again

    def __post_init__(self, proof: object) -> None:
        _demand_proof(proof)


@dataclass(frozen=True, slots=True)
class Stranger:
    """What may be shown of a bundle that nobody vouches for: the name its signer claims, the key, and the root it came with, if any."""

    name: str
    key: KeyHash
    certificate: bytes  # DER
    root: bytes | None  # DER of a root that vouches for the signer by its own account; to be compared by voice


def verify_bundle(bundle: UnverifiedBundle, trust: TrustStore, *, by_chain: bool = False) -> VerifiedBundle:
    """The bundle, if somebody believed here signed its manifest; `by_chain` believes also whom the root vouches for without a card here.

    A vault takes in by cards only; a third party who holds nothing but the root judges by the chain.

    Raises `KnownError` bundle-forged (any alteration), signer-revoked, root-foreign (another organisation), signer-unknown.
    """
    signer, chain = _signature(bundle)
    root = _root_over(chain)
    if root is not None and not trust.lineage.holds(root):
        raise refuse("root-foreign")
    trust = trust.with_authorities(c.der for c in chain if c.use is Use.HEADQUARTERS)
    if trust.revoked(signer.key):
        raise refuse("signer-revoked")
    name = trust.name_of(signer.key)
    if name is None and by_chain and trust.vouches_for(signer):
        name = signer.name
    if name is None:
        raise refuse("signer-unknown", name=signer.name, fingerprint=words(signer.key))
    authorities = tuple(c.der for c in chain if trust.authorities.get(c.key) == c)
    return VerifiedBundle(bundle.manifest, bundle.p7s, bundle.parts, signer.key, name, trust.card_of(signer.key), authorities, _PROOF)


def stranger(bundle: UnverifiedBundle) -> Stranger:
    """Who claims to have signed the bundle, and the root it brings: at first meetings, in quarantine. Raises `KnownError` bundle-forged."""
    signer, chain = _signature(bundle)
    return Stranger(signer.name, signer.key, signer.der, _root_over(chain))


def verify_segment(sealed: SealedSegment, segment: Segment, trust: TrustStore, own: Certificate | None = None) -> VerifiedSegment:
    """The segment (`segment`: `sealed` decoded), if the key its header names signed it and is known here; `own` needs no card.

    Raises `KnownError` bundle-forged, root-foreign, signer-unknown. A revoked key does not raise: what it signed before counts.
    """
    if hashlib.sha256(sealed.body).digest() != sealed.hash or segment.hash != sealed.hash:
        raise refuse("bundle-forged", detail="a segment is not what its name says")
    if segment.org != trust.org:
        raise refuse("root-foreign")
    signer = trust.certificate_of(segment.key) or (own if own is not None and own.key == segment.key else None)
    if signer is None:
        raise refuse("signer-unknown", name="", fingerprint=words(segment.key))
    if not verify_payload(signer.spki, SEGMENT_TYPE, sealed.body, sealed.signature):
        raise refuse("bundle-forged", detail="a segment is not signed by the key it names")
    return VerifiedSegment(sealed, segment, signer, trust.revocations.get(segment.key, ()), _PROOF)


def _signature(bundle: UnverifiedBundle) -> tuple[Certificate, tuple[Certificate, ...]]:
    from fieldtool.identity.cms import NotSigned, verify_detached  # asn1crypto: not needed to open a vault

    try:
        signature = verify_detached(bundle.manifest, bundle.p7s)
    except NotSigned as error:
        raise refuse("bundle-forged", detail=str(error)) from error
    if signature.signer.use not in (Use.INSTALLATION, Use.HEADQUARTERS):
        raise refuse("bundle-forged", detail="it is signed with a certificate that is not for bundles")
    return signature.signer, signature.chain


def _root_over(chain: tuple[Certificate, ...]) -> bytes | None:
    return chain[-1].der if chain[-1].use is Use.ROOT else None


def _demand_proof(proof: object) -> None:
    if proof is not _PROOF:
        raise TypeError("a verified value is made by verifying, in this module alone")
