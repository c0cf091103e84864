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
from fieldtool.services.admin import headquarters_alone
from fieldtool.services.files import read_small, write_whole
from fieldtool.services.session import Session
from fieldtool.services.time_authorities import every_certificate, stamp_fault, visit_of


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
class ProvenSummary:
    """A summary whose signatures hold, whose signer led the visit, and whose time stamp, if there is one, headquarters believes."""

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


def records_fault(
    session: Session, summary: VisitSummary, verdict: PdfVerdict, whole: str, file: str, authorities: Sequence[str] = ()
) -> KnownError | None:
    """What the records of the visit say against the signer or the time stamp of a document: pdf-not-leading, pdf-revoked,
    pdf-stamp-unknown, pdf-stamp-withdrawn; None where they say nothing.

    Everybody with a card has a document certificate of headquarters: the chain alone does not make a head of visit. A signature has no
    place in a stream, so what is still believed of a revoked key's documents are those that a record still believed names: this file, or
    the file as it stood after the head's signature. `authorities` are the fingerprints of those that the reader believes anyway.
    """
    visit = visit_of(session, summary)
    if visit is None:
        return stamp_fault(session, None, verdict, (), file, authorities)
    listed = session.store.list_("signed_summary", visit=visit)
    named = {r.fields.get("sha256") for r in listed} & {whole, verdict.signatures[0].revision_sha256}
    by_headquarters = [r.fields.get("sha256") for r in headquarters_alone(session.store, listed, session.trust(visit))]
    return _signer_fault(session, visit, verdict, bool(named), file) or stamp_fault(
        session, visit, verdict, by_headquarters, file, authorities
    )


def _signer_fault(session: Session, visit: EntityId, verdict: PdfVerdict, named: bool, file: str) -> KnownError | None:
    """What the cards say. An organisation's card that headquarters has bound to nobody any more counts as a revoked key."""
    trust, signature = session.trust(visit), verdict.signatures[0]
    ours = [c for cards in trust.cards.values() for c in cards if signature.certificate_sha256 in _documents(c)]
    if ours and not any(c.role in LEADING for c in ours):
        return refuse("pdf-not-leading", file=file, name=ours[-1].name)
    ended = any(trust.revoked(c.key) for c in ours) or (signature.by_card and not _bound_still(trust, visit, ours, signature))
    return refuse("pdf-revoked", file=file, name=ours[-1].name) if ended and not named else None


def keep_summary(session: Session, name: str, content: bytes, *, dry_run: bool = False, origin: str = "command") -> KeptSummary:
    """Prove a signed summary, compare it with the records, and keep it as an attachment of its visit; the same file again changes nothing.

    Raises `KnownError` no-identity, pdf-unsigned, pdf-altered, pdf-untrusted, pdf-not-leading, pdf-revoked, visit-unknown, role-needed.
    """
    proven = prove(session, name, content)
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
    proven = prove(session, source.name, read_small(source))
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
    stated = now.isoformat().replace("+00:00", "Z")
    done, record, kept = record_summary(session, out, confirmed, session.name, stated, label="confirm", origin=origin)
    records.edit_record(session, done.visit, {"state": "confirmed"}, origin=origin, label="confirm")
    verdict = done.verdict
    return ConfirmedSummary(out, done.visit, done.sha256, verdict.record_sha256, verdict.remarks, record, kept.attachment or EntityId(""))


def record_summary(
    session: Session, path: Path, content: bytes, signer: str, signed_at: str, *, label: str, origin: str
) -> tuple[ProvenSummary, EntityId, KeptSummary]:
    """Record and keep a document that was signed or stamped here and written to `path`: proven once more, the record, what is kept."""
    proven = prove(session, path.name, content)
    wanted: dict[str, JsonValue] = {
        "visit": proven.visit, "edition": proven.summary.edition.value, "language": proven.language, "sha256": proven.sha256,
        "record_sha256": proven.verdict.record_sha256, "signer": signer, "signed_at": signed_at,
    }  # fmt: skip
    (record,) = records.add_records(session, "signed_summary", [wanted], origin=origin, label=label).ids
    return proven, record, keep_summary(session, path.name, content, origin=origin)


def prove(session: Session, name: str, content: bytes) -> ProvenSummary:
    """A signed summary of a visit here, proven. Raises `KnownError` no-identity, visit-unknown; what `refusal` and `records_fault` say."""
    lineage = session.lineage
    if lineage is None:
        raise refuse("no-identity")
    verdict = verify_pdf(content, lineage.ders, authorities_der=every_certificate(session))
    fault = refusal(verdict, name)
    if fault is not None:
        raise fault
    summary = read_signed(content)
    visit = session.find_visit(summary.cover.reference)
    fault = records_fault(session, summary, verdict, _digest(content), name)
    if fault is not None:
        raise fault
    sha256, language = _digest(content), "+".join(summary.languages)
    told = {sha256, verdict.record_sha256}
    listed = session.store.list_("signed_summary", visit=visit)
    named = tuple(r for r in listed if {r.fields.get("sha256"), r.fields.get("record_sha256")} & told)
    return ProvenSummary(content, sha256, verdict, summary, visit, language, named)


# ------------------------------------------------------------------------------------------------------------- inside


def _attachment_of(session: Session, proven: ProvenSummary) -> EntityId | None:
    kept = session.store.list_("attachment", visit=proven.visit)
    return next((r.id for r in kept if r.fields.get("sha256") == proven.sha256 and r.fields.get("record") == proven.visit), None)


def _facts(proven: ProvenSummary) -> dict[str, JsonValue]:
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
