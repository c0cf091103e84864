"""The key an installation signs with: segments in DSSE's envelope, manifests as CMS; it never leaves this room in the clear."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash, Randomness
from fieldtool.identity.certificates import Use, issue_under, public_key, read_certificate, spki_of
from fieldtool.identity.fingerprints import key_hash
from fieldtool.identity.private_keys import CURVE_ORDER
from fieldtool.identity.revocations import Ended, write_list

SEGMENT_TYPE = "application/vnd.fieldtool.segment.v1+msgpack"
REQUEST_TYPE = "application/vnd.fieldtool.request.v1+json"
SUCCESSION_TYPE = "application/vnd.fieldtool.root-succession.v1+json"

SIGNATURE_LENGTH = 64
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_VERIFY = ec.ECDSA(hashes.SHA256())


def pae(payload_type: str, body: bytes) -> bytes:
    """What is signed for a body of that type: DSSE's pre-authentication encoding, version 1."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)


def sign_payload(key: ec.EllipticCurvePrivateKey, payload_type: str, body: bytes) -> bytes:
    """The signature of a body: 64 bytes r || s, with the smaller of the two possible s, so that nobody else can write another valid one."""
    r, s = decode_dss_signature(key.sign(pae(payload_type, body), _ECDSA))
    return r.to_bytes(32, "big") + min(s, CURVE_ORDER - s).to_bytes(32, "big")


def verify_payload(spki: bytes, payload_type: str, body: bytes, signature: bytes) -> bool:
    """Whether the key of that DER SubjectPublicKeyInfo signed the body under that type."""
    if len(signature) != SIGNATURE_LENGTH:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if s > CURVE_ORDER // 2:
        return False
    try:
        public_key(spki).verify(encode_dss_signature(r, s), pae(payload_type, body), _VERIFY)
    except InvalidSignature:
        return False
    return True


class Pen:
    """An unlocked signing key with its certificates.

    `self_certificate` is what the installation says of itself; `chain` runs from the certificate that headquarters issued up to the root
    and is empty until there is a card.
    """

    __slots__ = ("_key", "chain", "key_hash", "self_certificate", "spki")

    def __init__(self, key: ec.EllipticCurvePrivateKey, self_certificate: bytes, chain: Sequence[bytes] = ()) -> None:
        self._key = key
        self.spki = spki_of(key.public_key())
        self.key_hash: KeyHash = key_hash(self.spki)
        self.self_certificate = self_certificate
        self.chain = tuple(chain)
        for certificate in (self_certificate, *self.chain[:1]):
            if read_certificate(certificate).key != self.key_hash:
                raise ValueError("the certificate is of another key")

    @property
    def certificate(self) -> bytes | None:
        """The DER certificate that headquarters issued, or None before there is one."""
        return self.chain[0] if self.chain else None

    def carded(self, chain: Sequence[bytes]) -> Pen:
        """The same pen with the DER certificates of its card, its own first, the root last. Raises `ValueError` for another key's."""
        return Pen(self._key, self.self_certificate, chain)

    def sign(self, payload_type: str, body: bytes) -> bytes:
        """64 bytes r || s: ECDSA P-256 with SHA-256 over DSSE's pre-authentication encoding."""
        return sign_payload(self._key, payload_type, body)

    def issue(self, use: Use, spki: bytes, name: str, randomness: Randomness) -> bytes:
        """A certificate (DER) of a public key (DER), where this pen is headquarters'. Raises `KnownError` role-needed."""
        return issue_under(self._key, read_certificate(self.chain[0]) if self.chain else None, use, spki, name, randomness)

    def revocations(self, ended: Iterable[Ended], now: datetime.datetime) -> bytes:
        """The list (DER) of what headquarters' installation issued and is believed no longer. Raises `KnownError` role-needed."""
        issuer = read_certificate(self.chain[0]) if self.chain else None
        if issuer is None or issuer.use is not Use.HEADQUARTERS:
            raise refuse("role-needed", role="headquarters")
        return write_list(self._key, issuer, ended, now)

    def sign_cms(self, content: bytes, chain: Sequence[bytes] = ()) -> bytes:
        """A detached CMS signature of `content` (DER), with `chain` (default: the pen's own, else what it says of itself) inside."""
        from fieldtool.identity.cms import sign_detached  # pyHanko takes most of a second to import

        used = tuple(chain) or self.chain or (self.self_certificate,)
        if read_certificate(used[0]).key != self.key_hash:
            raise ValueError("the certificate is of another key")
        return sign_detached(content, used, lambda data: self._key.sign(data, _ECDSA))
