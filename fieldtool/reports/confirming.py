"""Headquarters' counter-signature on a signed document, verified before and after; time stamps are for `stamping`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from fieldtool.domain.errors import refuse
from fieldtool.identity.stamps import common_name
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.pades import apply_signature, signer_of
from fieldtool.reports.pens import DocumentPen
from fieldtool.reports.reading import read_pdf
from fieldtool.reports.record import read_record
from fieldtool.reports.verdict import PdfVerdict, refusal
from fieldtool.reports.verify import verify_pdf
from fieldtool.reports.wording import Wording


def counter_sign(
    content: bytes, pen: DocumentPen, signed_at: datetime.datetime, roots_der: Sequence[bytes], signer_name: str = ""
) -> bytes:
    """The document with headquarters' counter-signature, verified before and after.

    Raises `KnownError` pdf-unsigned, pdf-altered, pdf-untrusted for a document that does not verify; pdf-altered for one that is confirmed
    already.
    """
    verdict = verify_pdf(content, roots_der)
    _demand(verdict)
    if verdict.confirmed:
        raise refuse("pdf-altered", file="The summary", detail="headquarters has counter-signed it already")
    summary = _summary_in(content)
    wording = Wording(summary.languages)
    signer = signer_of(pen)
    name, issuer = common_name(signer.certificate.subject), common_name(signer.certificate.issuer)
    lines = [
        wording("signed-by", name=signer_name or name),
        wording("field-headquarters"),
        wording("signed-at", date=signed_at.strftime("%Y-%m-%d %H:%M")),
        wording("signed-issuer", issuer=issuer),
    ]
    deep = summary.cover.organisation.colour
    confirmed = apply_signature(content, signer, "Headquarters", lines, deep, signed_at, name=signer_name or name)
    _demand(verify_pdf(confirmed, roots_der))
    return confirmed


def _summary_in(content: bytes) -> VisitSummary:
    """The record inside a document that has been verified."""
    return read_record(read_pdf(content).files[0][1])


def _demand(verdict: PdfVerdict) -> None:
    fault = refusal(verdict, "The summary")
    if fault is not None:
        raise fault
