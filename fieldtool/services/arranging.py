"""Notes put in order after the fact: two made one, one moved up, down or to another meeting; loosens no rule and shows no private note."""

from __future__ import annotations

from collections.abc import Iterable

from fieldtool.domain.changes import NOTHING, ChangeSet, Record
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import KINDS, OWN_NOTE_KINDS
from fieldtool.domain.sequence import between, place_of
from fieldtool.domain.values import JsonValue
from fieldtool.domain.vocabularies import STRICTEST
from fieldtool.services import records
from fieldtool.services.recording import language_of
from fieldtool.services.session import Session


def in_order(notes: Iterable[Record]) -> list[Record]:
    """The notes of one meeting as they stand below each other: by time, or where somebody put them."""
    return sorted(notes, key=lambda n: (_place(n), n.id))


def merge_notes(session: Session, upper: EntityId, lower: EntityId, *, origin: str) -> ChangeSet:
    """Make two notes of one meeting one, in one unit of work: the upper one gets the words and links of both and the stricter rules, what
    refers to the lower one refers to the upper, the lower one is deleted. Who said what stays in both histories.

    Raises `KnownError` notes-of-two-meetings, notes-of-two-places, notes-of-two-kinds, base-needed where either has versions that nobody
    has settled, and those of `edit_record`.
    """
    first, second = _note(session, upper), _note(session, lower)
    if first.id == second.id or first.fields.get("meeting") != second.fields.get("meeting"):
        raise refuse("notes-of-two-meetings")
    if first.private != second.private:
        raise refuse("notes-of-two-places")
    if (first.fields.get("kind") in OWN_NOTE_KINDS) != (second.fields.get("kind") in OWN_NOTE_KINDS):
        raise refuse("notes-of-two-kinds")
    drafts = records.plan_edit(session, first, _both(session, first, second))
    home = records.home_of(session, KINDS["note"], first, None)
    for entity, kind, key in session.store.referring(lower):
        referring = session.store.get(entity)
        if referring is None or referring.deleted or kind not in KINDS or records.home_of(session, KINDS[kind], referring, None) != home:
            continue
        drafts += records.plan_edit(session, referring, {key: upper})
    drafts.append(records.plan_deletion(session, second))
    return session.append(drafts, visit=home[0], scope=home[1], origin=origin, label="merge-notes")


def move_note(session: Session, note: EntityId, by: int, *, origin: str) -> ChangeSet:
    """Move a note past the one above it (`by` -1) or below it (1); nothing where there is none. Its time stays what it is.

    A place is made of the places beside it, and those of their ids. So that nothing of a private note travels, a shared note never takes
    its place from one: where the two pass each other, the private one moves.
    """
    moved = _note(session, note)
    ordered = in_order(_of_meeting(session, EntityId(str(moved.fields.get("meeting")))))
    to = [n.id for n in ordered].index(note) + by
    if not 0 <= to < len(ordered):
        return NOTHING
    passed = ordered[to]
    if passed.private and not moved.private:
        moved, passed, by = passed, moved, -by
    rest = [n for n in ordered if n.id != moved.id and (moved.private or not n.private)]
    at = [n.id for n in rest].index(passed.id) + (by > 0)
    low = _place(rest[at - 1]) if at else ""
    high = _place(rest[at]) if at < len(rest) else ""
    return records.edit_record(session, moved.id, {"order": between(low, high)}, origin=origin, label="move-note")


def move_to_meeting(session: Session, note: EntityId, meeting: EntityId, *, origin: str) -> ChangeSet:
    """Move a note to another meeting of its visit; there it stands by its time. The stricter of both meetings' rules goes with it.

    A position that was recorded with it is the institution's in the first meeting, and stays. Raises `KnownError` notes-of-two-meetings
    for a meeting of another visit, and those of `edit_record`.
    """
    moved, target = _note(session, note), records.get_record(session, meeting)
    if target.kind != "meeting" or target.deleted or target.fields.get("visit") != moved.fields.get("visit"):
        raise refuse("notes-of-two-meetings")
    wanted: dict[str, JsonValue] = {"meeting": meeting, "order": None}
    for field in STRICTEST:
        there, own = _word(target, field), _word(moved, field)
        strict = _stricter(field, _in_force(session, moved, field), there)
        wanted[field] = own or None if strict == own else None if strict == there else strict
    return records.edit_record(session, note, wanted, origin=origin, label="move-note")


# ------------------------------------------------------------------------------------------------------------- inside


def _note(session: Session, entity: EntityId) -> Record:
    """A note that can be written on: there, and of one mind."""
    found = records.get_record(session, entity)
    if found.deleted or found.kind != "note":
        raise refuse("record-unknown", id=entity)
    for key in found.conflicts:
        raise refuse("base-needed", field=key, count=len(found.heads.get(key, ())))
    return found


def _of_meeting(session: Session, meeting: EntityId) -> Iterable[Record]:
    written = [entity for entity, kind, field in session.store.referring(meeting) if kind == "note" and field == "meeting"]
    return session.store.get_many(written).values()


def _both(session: Session, first: Record, second: Record) -> dict[str, JsonValue]:
    """What the upper note says once it holds both: words and links of both, the stricter of each rule, only what both are freed from."""
    upper, lower = _word(first, "text").rstrip(), _word(second, "text").lstrip()
    text = ("\n" if "\n" in upper + lower else " ").join(t for t in (upper, lower) if t)
    wanted: dict[str, JsonValue] = {"text": text, "language": _same(first, second, "language") or language_of(text)}
    for field in ("recommendations", "speakers", "unnamed_speakers"):
        wanted[field] = [*_many(first, field), *_many(second, field)]
    for field in STRICTEST:
        strict = _stricter(field, _in_force(session, first, field), _in_force(session, second, field))
        wanted[field] = strict if strict != _in_force(session, first, field) else _word(first, field) or None
    if second.fields.get("through_interpreter") is True:
        wanted["through_interpreter"] = True
    for field in ("attribution_relaxed", "cleared_by_speaker"):
        if first.fields.get(field) is True and second.fields.get(field) is not True:
            wanted[field] = False
    return wanted


def _in_force(session: Session, note: Record, field: str) -> str:
    """A note's own rule, or its meeting's."""
    meeting = session.store.get(EntityId(str(note.fields.get("meeting"))))
    return _word(note, field) or (_word(meeting, field) if meeting else "")


def _stricter(field: str, one: str, other: str) -> str:
    """The stricter of two terms; one that this version does not know is stricter than all, none at all is the least."""
    order = STRICTEST[field]
    return max(one, other, key=lambda w: -1 if not w else order.index(w) if w in order else len(order))


def _place(note: Record) -> str:
    return place_of(_word(note, "at"), _word(note, "order"), note.id)


def _same(first: Record, second: Record, field: str) -> str:
    return _word(first, field) if _word(first, field) == _word(second, field) else ""


def _word(record: Record, field: str) -> str:
    return str(record.fields.get(field) or "")


def _many(record: Record, field: str) -> list[JsonValue]:
    found = record.fields.get(field)
    return list(found) if isinstance(found, list | tuple) else []
