"""Signed summaries that come to headquarters: read back, compared with the records, kept, counter-signed; judges no signature itself."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.domain.authority import LEADING
from fieldtool.domain.changes import ChangeSet, Record
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.remarks import Remark
from fieldtool.domain.values import JsonValue
from fieldtool.identity import envelope
from fieldtool.identity.trust import Card, TrustStore
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.record import read_record
from fieldtool.reports.verdict import PdfVerdict, SignatureFacts, refusal
from fieldtool.reports.verify import verify_pdf
from fieldtool.services import attachments, records
from fieldtool.services.files import write_whole
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """A proven summary: whose visit it is of, what it holds, whether the records here name it, and the attachment it is kept as."""

    visit: EntityId
    signer: str
    recorded: bool  # a signed_summary record that the head wrote names this file, or the record inside it
    known: bool  # it was kept here already
    changes: int
    attachment: EntityId | None  # None after a dry run of a new one
    facts: dict[str, JsonValue]
    remarks: tuple[Remark, ...]
    changeset: ChangeSet | None = None


@dataclass(frozen=True, slots=True)
class ConfirmedSummary:
    """A summary that bears headquarters' counter-signature, written and recorded."""

    path: Path
    visit: EntityId
    sha256: str
    record_sha256: str
    remarks: tuple[Remark, ...]  # the verdict of our own verifier
    record: EntityId
    attachment: EntityId


@dataclass(frozen=True, slots=True)
class _Proven:
    content: bytes = field(repr=False)
    sha256: str
    verdict: PdfVerdict
    summary: VisitSummary
    visit: EntityId
    language: str
    named: tuple[Record, ...]  # the signed_summary records that name it


def read_signed(content: bytes) -> VisitSummary:
    """The record attached to a document that has been verified."""
    from fieldtool.reports.reading import read_pdf

    return read_record(read_pdf(content).files[0][1])


def signer_fault(session: Session, summary: VisitSummary, verdict: PdfVerdict, whole: str, file: str) -> KnownError | None:
    """What the cards of the visit say against the signer: pdf-not-leading, pdf-revoked; None where they say nothing.

    Everybody with a card has a document certificate of headquarters: the chain alone does not make a head of visit. A signature has no
    place in a stream, so what is still believed of a revoked key's documents are those that a record still believed names: this file, or
    the file as it stood after the head's signature. An organisation's card that headquarters has bound to nobody any more counts as such.
    """
    visit = next((v.id for v in session.visits() if v.fields.get("reference") == summary.cover.reference), None)
    if visit is None:
        return None
    trust, signature = session.trust(visit), verdict.signatures[0]
    ours = [c for cards in trust.cards.values() for c in cards if signature.certificate_sha256 in _documents(c)]
    if ours and not any(c.role in LEADING for c in ours):
        return refuse("pdf-not-leading", file=file, name=ours[-1].name)
    if any(trust.revoked(c.key) for c in ours) or (signature.by_card and not _bound_still(trust, visit, ours, signature)):
        believed = {r.fields.get("sha256") for r in session.store.list_("signed_summary", visit=visit)}
        if not believed & {whole, signature.revision_sha256}:
            return refuse("pdf-revoked", file=file, name=ours[-1].name)
    return None


def keep_summary(session: Session, name: str, content: bytes, *, dry_run: bool = False, origin: str = "command") -> KeptSummary:
    """Prove a signed summary, compare it with the records, and keep it as an attachment of its visit; the same file again changes nothing.

    Raises `KnownError` no-identity, pdf-unsigned, pdf-altered, pdf-untrusted, pdf-not-leading, pdf-revoked, visit-unknown, role-needed.
    """
    proven = _prove(session, name, content)
    signer = proven.verdict.signatures[0].signer
    held = _attachment_of(session, proven)
    made, known = held, held is not None
    if held is None and not dry_run:
        made = attachments.attach_bytes(
            session, proven.visit, name, content, media_type="application/pdf", source=signer,
            marking=proven.summary.cover.marking.word, origin=origin,
        )  # fmt: skip
    facts = _facts(proven)
    facts["attachment"] = made
    changes = 0 if known or dry_run else 1
    return KeptSummary(proven.visit, signer, bool(proven.named), known, changes, made, facts, proven.verdict.remarks)


def confirm_summary(session: Session, source: Path, out: Path, passphrase: str, *, origin: str = "headquarters") -> ConfirmedSummary:
    """Verify a head's summary, counter-sign it with headquarters' document key, write and keep it, and record the visit as confirmed.

    Raises `KnownError` role-needed, wrong-passphrase, summary-unrecorded, summary-confirmed, file-exists (the file itself), and as
    `keep_summary`; then nothing is written or recorded.
    """
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    if out.exists() and out.samefile(source):
        raise refuse("file-exists", file=out.name)
    proven = _prove(session, source.name, _read(source))
    if proven.verdict.confirmed:
        raise refuse("summary-confirmed", file=source.name)
    if not proven.named:
        raise refuse("summary-unrecorded", file=source.name)
    trust = session.trust(proven.visit)
    card = trust.card_of(session.key, proven.visit)
    if card is None or card.document_certificate is None:
        raise refuse("no-identity")
    pen = envelope.open_document_key(session.envelope, passphrase).carded(trust.chain(card.document_certificate))
    from fieldtool.reports.confirming import counter_sign  # pyHanko takes half a second to import

    now = datetime.datetime.fromtimestamp(session.clock() // 1000, datetime.UTC)
    confirmed = counter_sign(proven.content, pen, now, trust.lineage.ders, session.name)
    write_whole(out, confirmed)
    return _record(session, _prove(session, out.name, confirmed), out, now, origin)


# ------------------------------------------------------------------------------------------------------------- inside


def _record(session: Session, proven: _Proven, out: Path, now: datetime.datetime, origin: str) -> ConfirmedSummary:
    wanted: dict[str, JsonValue] = {
        "visit": proven.visit, "edition": proven.summary.edition.value, "language": proven.language, "sha256": proven.sha256,
        "record_sha256": proven.verdict.record_sha256, "signer": session.name, "signed_at": now.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    (record,) = records.add_records(session, "signed_summary", [wanted], origin=origin, label="confirm").ids
    attachment = keep_summary(session, out.name, proven.content, origin=origin).attachment
    records.edit_record(session, proven.visit, {"state": "confirmed"}, origin=origin, label="confirm")
    sha256, verdict = proven.sha256, proven.verdict
    return ConfirmedSummary(out, proven.visit, sha256, verdict.record_sha256, verdict.remarks, record, attachment or EntityId(""))


def _prove(session: Session, name: str, content: bytes) -> _Proven:
    lineage = session.lineage
    if lineage is None:
        raise refuse("no-identity")
    verdict = verify_pdf(content, lineage.ders)
    fault = refusal(verdict, name)
    if fault is not None:
        raise fault
    summary = read_signed(content)
    visit = session.find_visit(summary.cover.reference)
    fault = signer_fault(session, summary, verdict, _digest(content), name)
    if fault is not None:
        raise fault
    sha256, language = _digest(content), "+".join(summary.languages)
    told = {sha256, verdict.record_sha256}
    listed = session.store.list_("signed_summary", visit=visit)
    named = tuple(r for r in listed if {r.fields.get("sha256"), r.fields.get("record_sha256")} & told)
    return _Proven(content, sha256, verdict, summary, visit, language, named)


def _attachment_of(session: Session, proven: _Proven) -> EntityId | None:
    kept = session.store.list_("attachment", visit=proven.visit)
    return next((r.id for r in kept if r.fields.get("sha256") == proven.sha256 and r.fields.get("record") == proven.visit), None)


def _facts(proven: _Proven) -> dict[str, JsonValue]:
    summary, verdict = proven.summary, proven.verdict
    first = verdict.signatures[0]
    return {
        "reference": summary.cover.reference, "edition": summary.edition.value, "language": proven.language, "signer": first.signer,
        "issuer": first.issuer, "card": first.by_card,
        "signed_at": first.signed_at.isoformat() if first.signed_at else None, "confirmed": verdict.confirmed, "pages": verdict.pages,
        "sha256": proven.sha256, "record_sha256": verdict.record_sha256, "recorded": bool(proven.named),
        "holds": {
            "meetings": len(summary.meetings), "notes": len(summary.notes), "recommendations": len(summary.recommendations),
            "actions": len(summary.actions), "assistance": len(summary.assistance), "attachments": len(summary.attachments),
        },
    }  # fmt: skip


def _documents(card: Card) -> set[str]:
    """The certificates under which the holder of a card signs documents, by SHA-256."""
    return {_digest(der) for der in (card.document_certificate, card.signing_card) if der is not None}


def _bound_still(trust: TrustStore, visit: EntityId, cards: Sequence[Card], signature: SignatureFacts) -> bool:
    """Whether the newest card of one of the signers still names the organisation's card that signed."""
    newest = [card for c in cards if (card := trust.card_of(c.key, visit)) is not None]
    return not cards or any(signature.certificate_sha256 in _documents(c) for c in newest)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error
