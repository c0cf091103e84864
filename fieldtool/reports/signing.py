"""Signs an unsigned document as its head of visit: certifying PAdES B-B signature with a visible look;
judges nobody's trust. Loads the PDF libraries when called."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field

from fieldtool.domain.errors import refuse
from fieldtool.reports.pens import DocumentPen
from fieldtool.reports.rendering import UnsignedPdf
from fieldtool.reports.verdict import PdfVerdict
from fieldtool.reports.verify import verify_pdf
from fieldtool.reports.wording import Wording

FIELD = "HeadOfVisit"


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
    # pyHanko takes half a second to import: it comes when something is to be signed.
    from fieldtool.identity.stamps import common_name
    from fieldtool.reports.pades import SquareCode, apply_signature, signer_of

    signer = signer_of(pen)
    subject, issuer = common_name(signer.certificate.subject), common_name(signer.certificate.issuer)
    lines = _look(unsigned, signer_name or subject, issuer, signed_at)
    content = apply_signature(
        unsigned.content,
        signer,
        FIELD,
        lines,
        unsigned.deep,
        signed_at,
        location=location,
        name=signer_name or subject,
        certify_document=True,
        code=SquareCode(unsigned.sha256, Wording(unsigned.languages)("signed-code")),
    )
    root = pen.chain_der[-1] if pen.chain_der else pen.certificate_der
    verdict = verify_pdf(content, (root,), ledger_sha256=unsigned.record_sha256)
    if not verdict.proven:
        raise AssertionError(f"the document just signed does not verify: {verdict.details}")
    return SignedPdf(content, hashlib.sha256(content).hexdigest(), unsigned.record_sha256, subject, signed_at, verdict)


def _look(unsigned: UnsignedPdf, name: str, issuer: str, signed_at: datetime.datetime) -> list[str]:
    """What the signature shows, line by line."""
    wording = Wording(unsigned.languages)
    return [
        wording("signed-by", name=name),
        wording("signed-role", reference=unsigned.reference),
        wording("signed-at", date=signed_at.strftime("%Y-%m-%d %H:%M")),
        wording("signed-issuer", issuer=issuer),
        f"{wording('signed-digest')} {unsigned.sha256[:32]}",
        unsigned.sha256[32:],
    ]
