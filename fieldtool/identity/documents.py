"""The second key of an installation, which signs documents: opened by the passphrase each time; knows nothing of PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from fieldtool.identity.certificates import Use, read_certificate, spki_of
from fieldtool.identity.fingerprints import key_hash

_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class DocumentSigner(Protocol):
    """What a writer of signed documents needs: ECDSA P-256 with SHA-256, and certificates. `DocumentPen` is one."""

    @property
    def certificate_der(self) -> bytes:
        """The signer's certificate: key usage contentCommitment, extended key usage document signing."""
        ...

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """The certificates above it, issuer first, root last; empty before there is a card."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The DER signature over `data`, which is hashed here."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256 digest of 32 bytes."""
        ...


class DocumentPen:
    """An unlocked document key with its certificate: its own self-signed one until `carded`."""

    __slots__ = ("_key", "certificate_der", "chain_der")

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: bytes, above: Sequence[bytes] = ()) -> None:
        read = read_certificate(certificate)
        if read.use is not Use.DOCUMENT or read.key != key_hash(spki_of(key.public_key())):
            raise ValueError("the certificate is not of this document key")
        self._key = key
        self.certificate_der = certificate
        self.chain_der = tuple(above)

    def carded(self, chain: Sequence[bytes]) -> DocumentPen:
        """The same pen with the DER certificates of its card, its own first, the root last. Raises `ValueError` for another key's."""
        return DocumentPen(self._key, chain[0], chain[1:])

    def sign(self, data: bytes) -> bytes:
        """The DER signature over `data`, which is hashed here."""
        return self._key.sign(data, _ECDSA)

    def sign_digest(self, digest: bytes) -> bytes:
        """The DER signature over a SHA-256 digest. Raises `ValueError` for another length than 32 bytes."""
        return self._key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256()), deterministic_signing=True))
