"""Recording while people speak: notes, positions, action points, half-written words; decides no rule of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldtool.domain.changes import NOTHING, ChangeSet
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.session import Session

DRAFT_KEY = "note/{meeting}"
_SCRIPTS = (
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("kk", "ӘәҒғҚқҢңӨөҰұҮүҺһ"),
    ("uk", "ІіЄєЇїҐґ"),
    ("ru", "\u0400-\u04ff"),
    ("el", "\u0370-\u03ff"),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, as the recorder hands it over. Ids of recommendations and speakers; terms; `at` local time, YYYY-MM-DDTHH:MM."""

    text: str
    kind: str = "statement"
    at: str = ""
    recommendations: Sequence[str] = ()
    speakers: Sequence[str] = ()
    unnamed: Sequence[str] = ()
    attribution: str = ""
    marking: str = ""
    position: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """The id of what was filed, and what was touched."""

    id: EntityId
    changes: ChangeSet


def language_of(text: str) -> str:
    """The language tag that the letters of a text suggest; English for Latin letters. A guess that the user may correct."""
    return next((tag for tag, letters in _SCRIPTS if re.search(f"[{letters}]", text)), "en")


def file_note(session: Session, meeting: EntityId, spoken: Spoken, *, origin: str) -> Filed:
    """File a note of a meeting, and the position it states on each recommendation. Raises `KnownError` of `add_records`."""
    visit = str(records.get_record(session, meeting).fields["visit"])
    wanted: dict[str, JsonValue] = {"visit": visit, "meeting": meeting, **_fields(spoken)}
    if spoken.at:
        wanted["at"] = spoken.at
    made = records.add_records(session, "note", [wanted], origin=origin, label="file-note")
    positions = _file_positions(session, meeting, visit, spoken, origin)
    return Filed(made.ids[0], joined(made.changes, positions))


def save_note(session: Session, note: EntityId, spoken: Spoken, *, base: Mapping[str, tuple[LocalChange, ...]], origin: str) -> ChangeSet:
    """Correct a note; `base` gives the heads that the author was shown."""
    record = records.get_record(session, note)
    changes = records.edit_record(session, note, _fields(spoken), base=base, origin=origin, label="save-note")
    if spoken.position:
        meeting = EntityId(str(record.fields.get("meeting")))
        changes = joined(changes, _file_positions(session, meeting, str(record.fields["visit"]), spoken, origin))
    return changes


def file_action(session: Session, meeting: EntityId, spoken: Spoken, *, origin: str) -> Filed:
    """File an action point that a meeting gave rise to."""
    visit = str(records.get_record(session, meeting).fields["visit"])
    wanted: dict[str, JsonValue] = {
        "visit": visit,
        "meeting": meeting,
        "description": spoken.text.strip(),
        "state": "open",
        "priority": "normal",
    }
    wanted |= {"recommendations": list(spoken.recommendations), "owner": session.name}
    made = records.add_records(session, "action", [wanted], origin=origin, label="file-action")
    return Filed(made.ids[0], made.changes)


def keep_draft(session: Session, key: str, words: str) -> None:
    """Make half-written words durable, encrypted; empty words forget them."""
    session.store.keep_draft(key, words or None)


def kept_drafts(session: Session) -> Mapping[str, str]:
    """Every half-written text by its key."""
    return session.store.drafts()


def half_written(session: Session) -> int:
    """How many texts somebody has begun; where the window stood, which is kept beside them, is none."""
    return sum(1 for key in kept_drafts(session) if not key.startswith("window/"))


def joined(first: ChangeSet, second: ChangeSet) -> ChangeSet:
    """Two parts of one unit of work as one announcement."""
    if not (first and second):
        return first or second
    return ChangeSet(first.records | second.records, first.kinds | second.kinds, first.origin, first.label, first.changes + second.changes)


def _fields(spoken: Spoken) -> dict[str, JsonValue]:
    wanted: dict[str, JsonValue] = {
        "kind": spoken.kind, "text": spoken.text.strip(), "language": language_of(spoken.text),
        "recommendations": list(spoken.recommendations),
        "speakers": list(spoken.speakers), "unnamed_speakers": list(spoken.unnamed), "attribution": spoken.attribution or None,
        "marking": spoken.marking or None,
    }  # fmt: skip
    return wanted | ({"private": True} if spoken.private else {})


def _file_positions(session: Session, meeting: EntityId, visit: str, spoken: Spoken, origin: str) -> ChangeSet:
    fields = records.get_record(session, meeting).fields
    institutions = fields.get("institutions")
    if not spoken.position or not spoken.recommendations or not isinstance(institutions, list) or not institutions:
        return NOTHING
    date = (spoken.at or str(fields.get("start") or ""))[:10]
    common: dict[str, JsonValue] = {
        "visit": visit,
        "meeting": meeting,
        "institution": institutions[0],
        "value": spoken.position,
        "date": date,
    }
    rows = [{**common, "recommendation": r} for r in spoken.recommendations]
    return records.add_records(session, "position", rows, origin=origin, label="file-note").changes
