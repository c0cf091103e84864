"""Judges a signed document more strictly than any one tool; reads bytes, needs no vault. The PDF libraries are loaded when it is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fieldtool.domain.errors import KnownError
from fieldtool.reports.findings import FIELDS, Findings
from fieldtool.reports.record import NAME, NotARecord, read_record
from fieldtool.reports.verdict import Flaw, PdfVerdict


def verify_pdf(
    content: bytes, roots_der: Sequence[bytes], ledger_sha256: str | None = None, *, authorities_der: Sequence[bytes] = ()
) -> PdfVerdict:
    """Whether a document is a visit summary, certified by a head of visit under one of the roots, and unchanged since the last signature.

    All must hold: the signatures and their chains; the last signature covers the whole file; the fields are exactly ours; what was added
    between signatures is nothing but a signature; the attached record is the one whose SHA-256 is printed on every page (and the ledger's,
    if given); a time stamp, where there is one, is of an authority whose certificate is among `authorities_der`. Never raises for what is
    in the file.
    """
    from fieldtool.reports.reading import NotReadable, read_pdf
    from fieldtool.reports.signatures import judge_signatures

    found = Findings()
    try:
        document = read_pdf(content)
    except NotReadable as error:
        found.add(Flaw.NOT_READABLE, str(error))
        return PdfVerdict(tuple(found.flaws), tuple(found.details), (), "", 0)
    judge_signatures(content, roots_der, authorities_der, found)
    if (found.signatures and set(document.fields) != set(FIELDS)) or (found.signatures and len(document.fields) != len(FIELDS)):
        found.add(Flaw.FIELDS, f"fields: {', '.join(document.fields)}")
    digest = _judge_record(document.files, document.pages, dict(document.information), ledger_sha256, found)
    return PdfVerdict(tuple(found.flaws), tuple(found.details), tuple(found.signatures), digest, len(document.pages), found.archivable)


def _judge_record(
    files: Sequence[tuple[str, bytes]], pages: Sequence[str], information: dict[str, str], ledger_sha256: str | None, found: Findings
) -> str:
    if [name for name, _ in files] != [NAME] or not _is_record(files[0][1]):
        found.add(Flaw.NO_RECORD, f"attached: {', '.join(name for name, _ in files) or 'nothing'}")
        return ""
    digest = hashlib.sha256(files[0][1]).hexdigest()
    without = [number for number, text in enumerate(pages, 1) if digest not in text]
    if without or not pages:
        found.add(Flaw.RECORD_MISMATCH, f"not printed on page(s) {', '.join(map(str, without))}")
    if information.get("/Keywords") != f"record-sha256 {digest}":
        found.add(Flaw.METADATA_MISMATCH, "keywords name another record")
    if ledger_sha256 is not None and ledger_sha256 != digest:
        found.add(Flaw.LEDGER_MISMATCH, f"ledger has {ledger_sha256}")
    return digest


def _is_record(content: bytes) -> bool:
    try:
        read_record(content)
    except NotARecord:
        return False
    except KnownError:
        return True  # of a later version: what it says is for that version to read
    return True
