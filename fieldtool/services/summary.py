"""The visit summary: what is still missing, the document, the signature, the ledger of what was signed.

Lays out and signs nothing itself: a process of its own does, which never sees a key.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.authority import LEADING, Role
from fieldtool.domain.changes import ChangeSet, Record, Scope
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.remarks import Remark
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.identity import envelope
from fieldtool.identity.cards import CardKey
from fieldtool.identity.certificates import read_certificate
from fieldtool.reports.document import Edition, OrganisationProfile
from fieldtool.reports.leaks import CheckedSummary, compose_checked
from fieldtool.reports.material import SummaryMaterial, TeamCard
from fieldtool.reports.pens import DocumentPen
from fieldtool.reports.rendering import Cancelled, Progress, UnsignedPdf
from fieldtool.reports.worker import render_in_worker, sign_in_worker
from fieldtool.services import records
from fieldtool.services.cards import card_pen
from fieldtool.services.comments import count_open
from fieldtool.services.conflicts import list_conflicts
from fieldtool.services.files import write_whole
from fieldtool.services.people import visit_cards
from fieldtool.services.session import Session

LANGUAGES = {"en": ("en",), "ru": ("ru",), "en+ru": ("en", "ru")}
PRESS_LANGUAGES = {**LANGUAGES, "kk": ("kk",)}
_TEAM = (*sorted(LEADING), Role.EXPERT)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a careful head would look at before signing: a key for the words, and how many."""

    key: str
    count: int
    hinders: bool  # signing is refused while it stands


@dataclass(frozen=True, slots=True)
class SignedSummaryFile:
    """A signed summary that was written and read back."""

    path: Path
    sha256: str
    record_sha256: str
    signer: str
    remarks: tuple[Remark, ...]  # the verdict of our own verifier
    record: EntityId


def completeness(session: Session, visit: EntityId | None = None) -> list[Gap]:
    """What is missing or open, worst first; empty when nothing is."""
    place = session.visit_or_only(visit)
    found = list_conflicts(session, visit=place)
    strict = [c for c in found if (f := KINDS[c.kind].field(split_key(c.field)[0])) is not None and f.strict]
    meetings = session.store.list_("meeting", visit=place)
    notes = session.store.list_("note", visit=place)
    raised = {r for n in notes for r in _links(n.fields.get("recommendations"))}
    recommendations = _covered(session, place)
    covered: set[str] = {r.id for r in recommendations}
    priority = [r for r in recommendations if r.fields.get("class") == "priority" and r.id not in raised]
    noted = {n.fields.get("meeting") for n in notes}
    quotes = [n for n in notes if n.fields.get("kind") == "quote" and n.fields.get("private") is not True]
    concluded = {str(f.fields.get("recommendation")) for f in session.store.list_("finding", visit=place) if f.fields.get("text")}
    gaps = [
        Gap("strict-conflict", len(strict), True),
        Gap("conflict", len(found) - len(strict), False),
        Gap("meeting-not-held", sum(m.fields.get("state") in (None, "planned") for m in meetings), False),
        Gap("meeting-without-note", sum(m.fields.get("state") == "held" and m.id not in noted for m in meetings), False),
        Gap("meeting-without-summary", sum(m.fields.get("state") == "held" and not m.fields.get("summary") for m in meetings), False),
        Gap("priority-never-raised", len(priority), False),
        Gap("finding-missing", len(raised & covered - concluded), False),
        Gap("finding-draft", sum(f.fields.get("state") != "agreed" for f in session.store.list_("finding", visit=place)), False),
        Gap("action-without-owner", sum(not a.fields.get("owner") for a in session.store.list_("action", visit=place)), False),
        Gap("quote-not-cleared", sum(q.fields.get("cleared_by_speaker") is not True for q in quotes), False),
        Gap("comment-open", count_open(session, place), False),
        Gap("segment-waiting", sum(f.state.value in ("waiting", "held") for f in session.store.segments(place)), False),
    ]
    return [g for g in gaps if g.count]


def written_sections(session: Session, visit: EntityId, language: str) -> dict[str, Record]:
    """The record of each section's text, by its term; of two that were made apart the one that the document shows: the later with words."""
    found = [r for r in session.store.list_("section", visit=visit) if r.fields.get("language") == language]
    ordered = sorted(found, key=lambda r: (bool(r.fields.get("text")), r.changed_at, r.id))
    return {str(r.fields.get("section")): r for r in ordered}


def write_section(
    session: Session, visit: EntityId, section: str, language: str, text: str, *, base: Mapping[str, tuple[LocalChange, ...]], origin: str
) -> ChangeSet:
    """Make a section say `text` in a language; `base` gives the heads that the author was shown. Raises as `edit_record`, `add_records`."""
    record = written_sections(session, visit, language).get(section)
    if record is not None:
        return records.edit_record(session, record.id, {"text": text}, base=base, origin=origin, label="write-section")
    wanted: dict[str, JsonValue] = {"visit": visit, "section": section, "language": language, "text": text}
    return records.add_records(session, "section", [wanted], origin=origin, label="write-section").changes


def compose(
    session: Session, *, visit: EntityId | None = None, edition: Edition = Edition.INTERNAL, language: str = "en", draft: bool = False
) -> CheckedSummary:
    """What the summary says now, leak-checked. Raises `KnownError` value-refused for a language it is not written in, summary-leak."""
    place = session.visit_or_only(visit)
    written = PRESS_LANGUAGES if edition is Edition.PRESS else LANGUAGES
    if language not in written:
        reason = Remark("known are {known}", {"known": ", ".join(written)})
        raise refuse("value-refused", kind="summary", field="language", value=language, reason=reason)
    root = session.root
    organisation = read_certificate(root).organisation if root else ""
    team = tuple(TeamCard(c.name, c.role.value, c.name_latin) for c in visit_cards(session, place) if c.role in _TEAM)
    kept = {kind: session.store.list_(kind, visit=place if spec.scope_field else None) for kind, spec in KINDS.items()}
    material = SummaryMaterial(
        place, kept, session.vocabularies, team, OrganisationProfile(organisation), edition, written[language], session.clock(), draft
    )
    return compose_checked(material)


def render_summary(
    session: Session,
    *,
    visit: EntityId | None = None,
    edition: Edition = Edition.INTERNAL,
    language: str = "en",
    draft: bool = True,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> UnsignedPdf:
    """The unsigned document, for the preview and for drafts.

    Raises `KnownError` value-refused, summary-leak, edition-not-paged, summary-unprintable, cancelled.
    """
    checked = compose(session, visit=visit, edition=edition, language=language, draft=draft)
    return render_in_worker(checked, progress, cancelled)


def export_draft(
    session: Session,
    path: Path,
    *,
    visit: EntityId | None = None,
    edition: Edition = Edition.INTERNAL,
    language: str = "en",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> UnsignedPdf:
    """Write a watermarked draft. Raises as `render_summary`, and file-exists over a signed one, disk-full, file-unwritable."""
    _refuse_signed(path)
    document = render_summary(session, visit=visit, edition=edition, language=language, draft=True, progress=progress, cancelled=cancelled)
    write_whole(path, document.content)
    return document


def sign_summary(
    session: Session,
    path: Path,
    by: str | CardKey,
    *,
    visit: EntityId | None = None,
    edition: Edition = Edition.INTERNAL,
    language: str = "en",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    origin: str = "command",
) -> SignedSummaryFile:
    """Compose, render, sign with the document key, read back, write, and record what was signed: for the head of the visit or the deputy.

    `by` is the passphrase of the document key, asked each time, or the organisation's own card, opened by its PIN. Raises `KnownError`
    role-needed, wrong-passphrase, summary-conflict, as `card_pen` and as `export_draft`; then no file is left and nothing is recorded.
    """
    place = session.visit_or_only(visit)
    if session.role(place) not in LEADING:
        raise refuse("role-needed", role="the head of the visit")
    refuse_conflicts(session, place)
    _refuse_signed(path)
    pen, name = _document_pen(session, place, by) if isinstance(by, str) else card_pen(session, place, by)
    now = datetime.datetime.fromtimestamp(session.clock() // 1000, datetime.UTC)
    document = render_summary(session, visit=place, edition=edition, language=language, draft=False, progress=progress, cancelled=cancelled)
    signed = sign_in_worker(document, pen, now, name, cancelled=cancelled)
    write_whole(path, signed.content)
    said: dict[str, JsonValue] = {
        "edition": edition.value, "language": language, "sha256": signed.sha256, "record_sha256": signed.record_sha256,
        "signer": signed.signer, "signed_at": now.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    try:
        record = _record_signature(session, place, said, origin)
    except BaseException:
        path.unlink(missing_ok=True)  # a signed file that no record names is refused at headquarters, and nobody here would know of it
        raise
    return SignedSummaryFile(path, signed.sha256, signed.record_sha256, signed.signer, signed.verdict.remarks, record)


def _record_signature(session: Session, visit: EntityId, said: dict[str, JsonValue], origin: str) -> EntityId:
    """What was signed, and that the visit is: one unit of work, so that neither ever stands without the other."""
    entity, drafts = records.plan_addition(session, "signed_summary", said, visit)
    record = records.get_record(session, visit)
    if record.fields.get("state") not in ("signed", "handed over", "confirmed"):
        drafts += records.plan_edit(session, record, {"state": "signed"}, base=record.heads)
    session.append(drafts, visit=visit, scope=Scope.SHARED, origin=origin, label="sign")
    return entity


def refuse_conflicts(session: Session, visit: EntityId) -> None:
    """Raises `KnownError` summary-conflict while something is open that would make a signature say more than the team agreed on."""
    hindering = [g for g in completeness(session, visit) if g.hinders]
    if hindering:
        raise refuse("summary-conflict", count=sum(g.count for g in hindering))


def _refuse_signed(path: Path) -> None:
    """Raises `KnownError` file-exists where a signed document lies: nothing of ours takes its place, a draft least of all."""
    try:
        there = path.read_bytes()
    except OSError:
        return
    if there.startswith(b"%PDF-") and b"/ByteRange" in there:
        raise refuse("file-exists", file=path.name)


def _document_pen(session: Session, visit: EntityId, passphrase: str) -> tuple[DocumentPen, str]:
    """The document key of this installation under its card, and the name on that card."""
    trust = session.trust(visit)
    card = trust.card_of(session.key, visit)
    if card is None or card.document_certificate is None:
        raise refuse("no-identity")
    pen = envelope.open_document_key(session.envelope, passphrase).carded(trust.chain(card.document_certificate))
    return pen, card.name


def _covered(session: Session, visit: EntityId) -> list[Record]:
    record = records.get_record(session, visit)
    reports = _links(record.fields.get("reports"))
    chosen = _links(record.fields.get("selected")) if record.fields.get("scope") == "selected" else []
    every = session.store.list_("recommendation")
    return [r for r in every if (r.id in chosen if chosen else r.fields.get("report") in reports)]


def _links(value: JsonValue) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []
