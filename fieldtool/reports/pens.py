"""What signs a document: the little that this room has to know of a key; it holds none and makes none."""

from __future__ import annotations

from typing import Protocol


class DocumentPen(Protocol):
    """The key that signs documents and nothing else, as identity hands it out after the passphrase was asked."""

    @property
    def certificate_der(self) -> bytes:
        """The signer's certificate."""

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """The certificates above it, the root included."""

    def sign(self, data: bytes) -> bytes:
        """Over `data` with SHA-256: ECDSA P-256, DER; or RSA PKCS#1 v1.5 with an organisation's card."""
