"""Headquarters' part in a signed document's life: counter-signature, time-stamps, what an archive needs. Opens no connection.

A time-stamp authority is handed in; nothing here knows how it is reached. The token of a signature comes before the next signature: it is
put into reserved room that no later signature may find changed.
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fieldtool.domain.errors import refuse
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.pades import apply_signature, signer_of
from fieldtool.reports.pens import DocumentPen
from fieldtool.reports.reading import read_pdf
from fieldtool.reports.record import read_record
from fieldtool.reports.signatures import ARCHIVE, SIGNED_DATA, common_name, tagged
from fieldtool.reports.verdict import PdfVerdict, refusal
from fieldtool.reports.verify import verify_pdf
from fieldtool.reports.wording import Wording

# isort: split
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import add_validation_info
from pyhanko_certvalidator import ValidationContext

_attribute: Any = simple_cms_attribute  # has no annotations


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


def stamp_signature(content: bytes, authority: TimeStamper) -> bytes:
    """The document with a time-stamp token (RFC 3161) inside its last signature: PAdES B-T, no signed byte touched.

    Raises `ValueError` when the reserved room is too small for the token.
    """
    signature = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[-1]
    start, first, second, _ = (int(v) for v in signature.byte_range)
    digest = hashlib.sha256(signature.signer_info["signature"].native).digest()
    token = asyncio.run(authority.async_timestamp(digest, "sha256"))
    signature.signer_info["unsigned_attrs"] = [_attribute("signature_time_stamp_token", token)]
    room = second - start - first - 2
    packed = tagged(0x30, SIGNED_DATA + signature.signed_data.dump(force=True)).hex().upper().encode()
    if len(packed) > room:
        raise ValueError("the time-stamp token does not fit into the signature's room")
    return content[: start + first + 1] + packed.ljust(room, b"0") + content[second - 1 :]


def archive(content: bytes, authority: TimeStamper, roots_der: Sequence[bytes], revocations_der: Sequence[bytes]) -> bytes:
    """The document with everything that proves its signatures later on, under an archive time-stamp: PAdES B-LTA.

    `revocations_der` are certificate revocation lists of every issuer in the chains, the authority's included.
    """
    with _metadata_kept():
        stream = io.BytesIO(content)
        for index in range(len(PdfFileReader(stream).embedded_regular_signatures)):
            out = io.BytesIO()
            signature = PdfFileReader(stream).embedded_regular_signatures[index]
            add_validation_info(signature, _context(roots_der, revocations_der), output=out)
            stream = out
        archived = io.BytesIO()
        writer, context = IncrementalPdfFileWriter(stream), _context(roots_der, revocations_der)
        # The proofs go before the time-stamp, which then covers every byte of the file.
        proofs_first = TimestampDSSContentSettings(update_before_ts=True, include_vri=False)
        stamper = PdfTimeStamper(authority, field_name=ARCHIVE)
        stamper.timestamp_pdf(writer, "sha256", validation_context=context, output=archived, dss_settings=proofs_first)
        return archived.getvalue()


def _context(roots_der: Sequence[bytes], revocations_der: Sequence[bytes]) -> ValidationContext:
    roots = [c for der in roots_der for c in load_certs_from_pemder_data(der)]
    return ValidationContext(trust_roots=roots, crls=list(revocations_der), allow_fetching=False, revocation_mode="require")


@contextmanager
def _metadata_kept() -> Iterator[None]:
    """WORKAROUND: pyHanko rewrites the metadata whenever it writes, here through writers that it makes itself."""
    kept = BasePdfFileWriter._update_meta
    BasePdfFileWriter._update_meta = lambda self: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        BasePdfFileWriter._update_meta = kept  # type: ignore[method-assign]
