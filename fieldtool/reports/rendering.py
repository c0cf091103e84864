"""A summary to the unsigned document, in the right order of steps; each step's result has a type of its own. Imports the PDF libraries
only when called."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from fieldtool import __version__
from fieldtool.domain.errors import refuse
from fieldtool.reports.document import Edition, VisitSummary
from fieldtool.reports.leaks import CheckedSummary, check_file
from fieldtool.reports.metadata import DocumentFacts
from fieldtool.reports.record import NAME
from fieldtool.reports.wording import Wording

Progress = Callable[[str, int, int], None]  # step, done, of how many
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class UnsignedPdf:
    """A conforming document with empty signature fields. `record_sha256` is printed in it and is that of its attachment."""

    content: bytes = field(repr=False)
    sha256: str
    record: bytes = field(repr=False)
    record_sha256: str
    pages: int
    draft: bool
    reference: str
    languages: tuple[str, ...]
    deep: str  # the organisation's colour, for the look of the signature


def render(checked: CheckedSummary, progress: Progress | None = None, cancelled: Cancelled | None = None) -> UnsignedPdf:
    """The document of a checked summary, searched for leaks once more when it is finished; the same summary gives the same bytes.

    Raises `KnownError` edition-not-paged for the press text, which is no document; summary-unprintable, summary-leak, cancelled.
    """
    summary, record = checked.summary, checked.record
    if summary.edition is Edition.PRESS:
        raise refuse("edition-not-paged", edition=summary.edition.value)
    # The PDF libraries take a quarter of a second to import: they come when a document is wanted.
    from fieldtool.reports.finish import AttachedFile, finish
    from fieldtool.reports.layout import lay_out

    pages = lay_out(summary, record, progress, cancelled)
    if cancelled and cancelled():
        raise refuse("cancelled")
    if progress:
        progress("finish", 0, 1)
    wording = Wording(summary.languages)
    attached = AttachedFile(NAME, record.content, "application/json", wording("attachment-description"))
    content = finish(pages, _facts(summary, record.sha256, wording), attached, signature_fields(summary.languages))
    check_file(content, checked)
    if progress:
        progress("finish", 1, 1)
    return UnsignedPdf(
        content,
        hashlib.sha256(content).hexdigest(),
        record.content,
        record.sha256,
        pages.pages,
        summary.draft,
        summary.cover.reference,
        summary.languages,
        summary.cover.organisation.colour,
    )


def signature_fields(languages: tuple[str, ...]) -> dict[str, str]:
    """The names of the signature fields and what a screen reader says of each."""
    wording = Wording(languages)
    return {
        "HeadOfVisit": wording("field-head"),
        "Headquarters": wording("field-headquarters"),
        "ArchiveTimestamp": wording("field-archive"),
    }


def _facts(summary: VisitSummary, record_sha256: str, wording: Wording) -> DocumentFacts:
    cover = summary.cover
    return DocumentFacts(
        title=f"{wording('title')}: {cover.country}, {cover.reference}",
        author=cover.organisation.name,
        subject=wording("subject", reference=cover.reference, edition=cover.edition.text),
        keywords=f"record-sha256 {record_sha256}",
        language=summary.languages[0],
        created=datetime.datetime.fromtimestamp(cover.prepared_at // 1000, datetime.UTC),
        tool=f"Fieldtool {__version__}",
    )
