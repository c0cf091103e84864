"""The press text: composed, approved by the head of the visit, handed out as a text only then; writes no sentence of it itself."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.domain.authority import LEADING
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.identity import envelope
from fieldtool.reports.document import Edition
from fieldtool.reports.press import press_text
from fieldtool.services import records, summary
from fieldtool.services.files import write_whole
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class PressText:
    """A press text in UTF-8, the digest of its composed record, and who approved exactly these words; empty where nobody has."""

    content: bytes = field(repr=False)
    sha256: str
    record_sha256: str
    approved_by: str
    approved_at: str


def compose_press(session: Session, *, visit: EntityId | None = None, language: str = "en", draft: bool = False) -> PressText:
    """What the press text says now, leak-checked. Raises `KnownError` value-refused, summary-leak."""
    place = session.visit_or_only(visit)
    checked = summary.compose(session, visit=place, edition=Edition.PRESS, language=language, draft=draft)
    content = press_text(checked).encode()
    digest = hashlib.sha256(content).hexdigest()
    # Only the head of the visit, the deputy and headquarters can write these records: what others wrote is a proposal, and not listed.
    found = [r for r in session.store.list_("signed_summary", visit=place) if r.fields.get("edition") == Edition.PRESS.value]
    ours = next((r for r in found if r.fields.get("sha256") == digest and r.fields.get("language") == language), None)
    signer, at = (str(ours.fields.get(name)) for name in ("signer", "signed_at")) if ours else ("", "")
    return PressText(content, digest, checked.record.sha256, signer, at)


def approve_press(
    session: Session, passphrase: str, *, visit: EntityId | None = None, language: str = "en", origin: str = "command"
) -> PressText:
    """The head of the visit, or the deputy, approves the press text as it reads now; the approval is a record, signed like every other.

    Approving the same words again changes nothing. Raises `KnownError` role-needed, wrong-passphrase, and as `compose_press`.
    """
    place = session.visit_or_only(visit)
    if session.role(place) not in LEADING:
        raise refuse("role-needed", role="the head of the visit")
    summary.refuse_conflicts(session, place)
    envelope.open_document_key(session.envelope, passphrase)  # whoever approves knows the passphrase, as for every signature
    text = compose_press(session, visit=place, language=language)
    if text.approved_by:
        return text
    now = datetime.datetime.fromtimestamp(session.clock() // 1000, datetime.UTC).isoformat().replace("+00:00", "Z")
    wanted: dict[str, JsonValue] = {
        "visit": place, "edition": Edition.PRESS.value, "language": language, "sha256": text.sha256,
        "record_sha256": text.record_sha256, "signer": session.name, "signed_at": now,
    }  # fmt: skip
    records.add_records(session, "signed_summary", [wanted], origin=origin, label="approve")
    return PressText(text.content, text.sha256, text.record_sha256, session.name, now)


def export_press(session: Session, path: Path, *, visit: EntityId | None = None, language: str = "en", draft: bool = False) -> PressText:
    """Write the approved press text, or a draft that says that it is one. Raises `KnownError` press-unapproved, disk-full, …"""
    text = compose_press(session, visit=visit, language=language, draft=draft)
    if not draft and not text.approved_by:
        raise refuse("press-unapproved")
    write_whole(path, text.content)
    return text
