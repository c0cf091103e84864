"""Meetings of a visit in the order of their start, and one meeting with its notes as the recorder shows it; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.schema import OWN_NOTE_KINDS
from fieldtool.services.arranging import in_order
from fieldtool.services.screens.names import Names, NoteLinks, RecommendationName, texts, word
from fieldtool.services.session import Session

FAR = datetime(9999, 1, 1)  # noqa: DTZ001  # the visit's own zone: meeting times carry none


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting on a timeline. `number` is derived from the order of starts and is no key."""

    id: EntityId
    number: int
    start: datetime
    end: datetime | None
    title: str
    types: tuple[str, ...]  # interlocutor types, terms
    institutions: tuple[EntityId, ...]
    state: str  # term
    attribution: str  # term
    marking: str  # term
    notes: int
    conflict: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note of the stream."""

    id: EntityId
    at: str  # HH:MM
    kind: str  # term
    text: str
    by: str
    chips: tuple[RecommendationName, ...]
    speakers: tuple[str, ...]  # names
    speaker_ids: tuple[str, ...]
    unnamed: tuple[str, ...]
    attribution: str  # its own, else the meeting's
    marking: str
    stricter: bool  # its own rule is another than the meeting's
    private: bool
    conflict: bool
    positions: tuple[tuple[str, str], ...]  # value (term), recommendation key
    heads: Mapping[str, tuple[LocalChange, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """Something prepared to be asked."""

    key: str
    recommendation: RecommendationName | None
    text: str
    raised: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who may speak in this meeting: a person or an institution."""

    id: EntityId
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A recommendation in the list beside the stream."""

    name: RecommendationName
    notes_here: int
    addressed: bool


@dataclass(frozen=True, slots=True)
class MeetingModel:
    """One meeting with everything the recorder shows."""

    row: MeetingRow
    people: str
    languages: tuple[str, ...]
    place: str
    notes: tuple[NoteRow, ...]
    questions: tuple[Question, ...]
    speakers: tuple[Attendee, ...]
    beside: tuple[Beside, ...]
    attachments: tuple[str, ...]
    summary: str
    heads: Mapping[str, tuple[LocalChange, ...]]
    visit_start: str


def moment(text: object) -> datetime | None:
    """A local date and time of a field, or None where it is missing or malformed."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def meeting_rows(session: Session, names: Names, visit: EntityId, notes: Counter[str] | None = None) -> list[MeetingRow]:
    """Every meeting of a visit, by start."""
    counts = notes if notes is not None else NoteLinks.read(session, visit).per_meeting()
    records = sorted(session.store.list_("meeting", visit=visit), key=lambda r: (moment(r.fields.get("start")) or FAR, r.id))
    return [_row(r, n, names, counts[r.id]) for n, r in enumerate(records, 1)]


def next_meeting(rows: list[MeetingRow], now: datetime) -> MeetingRow | None:
    """The meeting that comes next: the first planned one that has not ended, else the first planned one."""
    planned = [r for r in rows if r.state in ("planned", "")]
    return next((r for r in planned if (r.end or r.start) >= now), planned[0] if planned else None)


def meeting_model(session: Session, meeting: EntityId, language: str) -> MeetingModel | None:
    """One meeting, or None where it is gone."""
    record = session.store.get(meeting)
    if record is None or record.deleted or record.kind != "meeting":
        return None
    names, visit = Names.of(session, language), EntityId(str(record.fields["visit"]))
    here_written = [entity for entity, kind, field in session.store.referring(meeting) if kind == "note" and field == "meeting"]
    counted = Counter({str(meeting): len(here_written)})  # the other meetings' notes need not be read for this one
    row = next(r for r in meeting_rows(session, names, visit, counted) if r.id == meeting)
    positions = _positions(session, names, visit, meeting)
    notes = tuple(_note(n, names, row, positions) for n in in_order(session.store.get_many(here_written).values()))
    here = Counter(chip.id for n in notes for chip in n.chips)
    visit_record = session.store.get(visit)
    recommendations = names.of_visit(visit_record) if visit_record else []
    f = record.fields
    attached = [a.fields for a in session.store.list_("attachment", visit=visit) if a.fields.get("record") == meeting]
    return MeetingModel(
        row=row,
        people=_people(names, f.get("attendees")),
        languages=texts(f.get("languages")),
        place=word(f.get("place")),
        notes=notes,
        questions=_questions(names, f.get("questions"), here),
        speakers=_speakers(names, f.get("attendees"), row),
        beside=tuple(Beside(r, here[r.id], any(addressed(names, r, t) for t in row.types)) for r in recommendations),
        attachments=tuple(word(a.get("name")) for a in attached),
        summary=word(f.get("summary")),
        heads=record.heads,
        visit_start=word(visit_record.fields.get("start")) if visit_record else "",
    )


# ------------------------------------------------------------------------------------------------------------- inside


def _row(record: Record, number: int, names: Names, notes: int) -> MeetingRow:
    f = record.fields
    institutions = tuple(EntityId(i) for i in texts(f.get("institutions")))
    types = tuple(dict.fromkeys(names.institutions[i].type for i in institutions if i in names.institutions))
    return MeetingRow(
        record.id, number, moment(f.get("start")) or FAR, moment(f.get("end")), names.institution_names(institutions), types, institutions,
        word(f.get("state")), word(f.get("attribution")), word(f.get("marking")), notes, bool(record.conflicts),
    )  # fmt: skip


def _note(record: Record, names: Names, meeting: MeetingRow, positions: dict[str, str]) -> NoteRow:
    f = record.fields
    chips = names.chips(texts(f.get("recommendations")))
    attribution, marking = word(f.get("attribution")), word(f.get("marking"))
    at = word(f.get("at"))
    said = tuple(s for s in (names.speaker(i) for i in texts(f.get("speakers"))) if s) + texts(f.get("unnamed_speakers"))
    told = (
        ()
        if word(f.get("kind")) in OWN_NOTE_KINDS
        else tuple((positions[c.id], c.key) for c in chips if c.id in positions)
    )
    return NoteRow(
        record.id, at[11:16], word(f.get("kind")), word(f.get("text")), record.made_by, chips, said, texts(f.get("speakers")),
        texts(f.get("unnamed_speakers")), attribution or meeting.attribution,
        marking or meeting.marking, bool((attribution and attribution != meeting.attribution) or (marking and marking != meeting.marking)),
        record.private, bool(record.conflicts), told, record.heads,
    )  # fmt: skip


def _positions(session: Session, names: Names, visit: EntityId, meeting: EntityId) -> dict[str, str]:
    rows = session.store.list_("position", visit=visit)
    return {str(p.fields.get("recommendation")): word(p.fields.get("value")) for p in rows if p.fields.get("meeting") == meeting}


def _parts(value: object) -> list[tuple[str, Mapping[str, object]]]:
    return sorted((str(k), v) for k, v in value.items() if isinstance(v, Mapping)) if isinstance(value, Mapping) else []


def _people(names: Names, attendees: object) -> str:
    found = []
    for _, part in _parts(attendees):
        person = names.people.get(EntityId(str(part.get("person"))))
        found.append(person.both if person else str(part.get("name") or ""))
    return ", ".join(f for f in found if f)


def _speakers(names: Names, attendees: object, row: MeetingRow) -> tuple[Attendee, ...]:
    people = [names.people[EntityId(str(p.get("person")))] for _, p in _parts(attendees) if p.get("person") in names.people]
    persons = [Attendee(p.id, p.both, names.institution_names([p.institution] if p.institution else [])) for p in people]
    return (*persons, *(Attendee(i, names.institutions[i].name, "") for i in row.institutions if i in names.institutions))


def _questions(names: Names, value: object, here: Counter[EntityId]) -> tuple[Question, ...]:
    found = []
    for key, part in sorted(_parts(value), key=lambda kv: (str(kv[1].get("order") or ""), kv[0])):
        name = names.recommendations.get(EntityId(str(part.get("recommendation"))))
        found.append(Question(key, name, str(part.get("text") or ""), bool(name and here[name.id])))
    return tuple(found)


def addressed(names: Names, recommendation: RecommendationName, kind: str) -> bool:
    """Whether a recommendation addresses an interlocutor type: by an institution's name in any language, or by the type itself."""
    wanted = {a.casefold() for a in recommendation.addressees}
    if not wanted.isdisjoint({names.term("institution_type", kind).casefold(), kind.casefold(), plural(kind.casefold())}):
        return True
    return any(spelling.casefold() in wanted for i, spelling in names.spellings() if names.institutions[i].type == kind)


def plural(kind: str) -> str:
    """The plural of a type's English name, as sheets address whole groups: “political parties”."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
