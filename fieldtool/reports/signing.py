"""Signs an unsigned document as its head of visit: certifying PAdES B-B signature with a visible look;
judges nobody's trust. Loads the PDF libraries when called."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Protocol

from fieldtool.domain.errors import refuse
from fieldtool.reports.rendering import UnsignedPdf
from fieldtool.reports.verdict import PdfVerdict

FIELD = "HeadOfVisit"


class DocumentPen(Protocol):
    """The key that signs documents and nothing else, as identity hands it out after the passphrase was asked."""

    @property
    def certificate_der(self) -> bytes:
        """The signer's certificate."""

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """The certificates above it, the root included."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA P-256 with SHA-256 over `data`, DER."""


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A signed document that our own verifier has read again and found good."""

    content: bytes = field(repr=False)
    sha256: str
    record_sha256: str
    signer: str
    signed_at: datetime.datetime
    verdict: PdfVerdict


def sign_pdf(unsigned: UnsignedPdf, pen: DocumentPen, signed_at: datetime.datetime, signer_name: str = "", location: str = "") -> SignedPdf:
    """Sign, read back and verify; only what verifies is returned.

    `signed_at` is this device's clock, in UTC; `signer_name` is what the look says, the certificate's name when empty. Raises `KnownError`
    summary-incomplete for a draft; `AssertionError` when the verifier does not find the result good, which is a bug.
    """
    if unsigned.draft:
        raise refuse("summary-incomplete", missing="a draft cannot be signed")
    from fieldtool.reports.pades import certify

    return certify(unsigned, pen, signed_at, signer_name, location)
