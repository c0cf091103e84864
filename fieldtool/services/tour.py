"""What a newcomer's tour of the sample visit is measured by, and the colleague's file it needs; shows nothing, opens no connection."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import EntityId, KeyHash
from fieldtool.services import exchange, importing, people, records, sample, vaults
from fieldtool.services.session import Session

STEPS = ("note", "link", "find", "lock", "receive", "settle", "draft")
WITNESSED = frozenset({"find", "lock", "draft"})  # these leave no record behind: the window has to have seen them
ORIGIN = "tour"
_PASSPHRASE = "four herons of the tour"  # of a vault that lives for a second and holds nothing but the sample


@dataclass(frozen=True, slots=True)
class Facts:
    """How many of what the vault holds: notes, notes tied to a recommendation, files taken in, open conflicts."""

    notes: int = 0
    linked: int = 0
    received: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Tour:
    """How far somebody is: the step shown (`len(STEPS)` is the end), whether the strip is, what was witnessed, what there was at first."""

    at: int = 0
    shown: bool = True
    witnessed: frozenset[str] = frozenset()
    before: Facts = Facts()


def encoded(tour: Tour) -> str:
    """As the vault keeps it, among the drafts."""
    return msgspec.json.encode(tour).decode()


def decoded(kept: str) -> Tour | None:
    """What was kept; None for nothing, and for what cannot be read."""
    try:
        tour = msgspec.json.decode(kept, type=Tour)
    except msgspec.MsgspecError:
        return None
    return tour if 0 <= tour.at <= len(STEPS) else None


def is_sample(session: Session) -> bool:
    """Whether this is the vault of the sample visit, in which nothing is real."""
    if session.name != sample.HEAD or not session.is_headquarters():
        return False
    reference = sample.load_sample().content["visit"]["reference"]
    return [v.fields.get("reference") for v in session.visits()] == [reference]


def facts(session: Session, visit: EntityId) -> Facts:
    """What the vault holds now."""
    notes = session.store.list_("note", visit=visit)
    return Facts(
        len(notes),
        sum(bool(n.fields.get("recommendations")) for n in notes),
        sum(entry.direction == "in" for entry in session.store.bundles(visit)),
        len(session.store.conflicts(visit=visit)),
    )


def done(tour: Tour, now: Facts) -> frozenset[str]:
    """The steps that are done: by what the vault holds more than at first, and by what was witnessed."""
    first = tour.before
    shown = {
        "note": now.notes > first.notes,
        "link": now.linked > first.linked,
        "receive": now.received > first.received,
        "settle": now.received > first.received and not now.conflicts,
    }
    return frozenset(step for step, holds in shown.items() if holds) | (tour.witnessed & WITNESSED)


def colleagues_file(session: Session, visit: EntityId) -> Path:
    """A colleague's bundle for this sample vault, beside it: he wrote the summary of a meeting that its holder wrote, too.

    His vault is made for it and gone afterwards; he gets a card as on any other visit. A file made before is used again.
    Raises `KnownError` disk-full, file-unwritable.
    """
    path = session.folder.with_name(f"{session.folder.name}-colleague.ftbundle")
    if path.is_file():
        return path
    content = sample.load_sample().content["disagreement"]
    his, hers = (next(v["text"] for v in content["versions"] if v["by"] == who) for who in (sample.TOMAS, sample.NINO))
    meeting = sorted(session.store.list_("meeting", visit=visit), key=lambda m: str(m.fields["start"]))[content["meeting"] - 1].id
    with tempfile.TemporaryDirectory(prefix="fieldtool-tour-") as made:
        colleague = vaults.create_vault(Path(made) / "vault", _PASSPHRASE, name=sample.TOMAS, installation="tour").session
        try:
            card = people.add_person(session, people.identity_request(colleague), visit=visit, role=Role.EXPERT, origin=ORIGIN)
            first, root = Path(made) / "first.ftbundle", people.fingerprint(KeyHash(session.org)).digits
            exchange.export_bundle(session, first, to=[people.fingerprint(card.key).digits], visit=visit, everything=True)
            importing.import_file(colleague, first, expect_root=root)
            records.edit_record(colleague, meeting, {content["field"]: his})
            records.edit_record(session, meeting, {content["field"]: hers}, origin=ORIGIN, label="tour")
            exchange.export_bundle(colleague, path, to=["hq"], visit=visit)
        finally:
            colleague.close()
    return path
