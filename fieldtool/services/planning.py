"""Planning a meeting in one step: interlocutor, people, time, rule, questions; makes what is missing, joins no duplicates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldtool.domain.changes import NOTHING, ChangeSet, Record
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.records import plan_fields
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.recording import joined
from fieldtool.services.session import Session

_KEY = re.compile(r"#([PO])-?0*(\d+)([a-z]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What a person typed. Times are YYYY-MM-DDTHH:MM in the visit's zone; `questions` one a line, `#P-06` ties one to a recommendation."""

    institution: str
    institution_type: str
    start: str
    end: str = ""
    place: str = ""
    people: Sequence[str] = ()
    attribution: str = ""
    marking: str = ""
    modality: str = ""
    questions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The meeting, and everything that was touched for it."""

    id: EntityId
    changes: ChangeSet


def plan_of(session: Session, meeting: EntityId) -> MeetingPlan:
    """A meeting as it would be typed: for a form, and as the template of another. Raises `KnownError` record-unknown."""
    f = records.get_record(session, meeting).fields
    institutions = [r for i in _texts(f.get("institutions")) if (r := session.store.get(EntityId(i))) is not None]
    first = institutions[0] if institutions else None
    asked = sorted(_parts(f.get("questions")), key=lambda kv: str(kv[1].get("order") or kv[0]))
    return MeetingPlan(
        institution=_name(first) if first else "",
        institution_type=str(first.fields.get("type") or "") if first else "",
        start=str(f.get("start") or ""),
        end=str(f.get("end") or ""),
        place=str(f.get("place") or ""),
        people=tuple(_attendee(session, part) for _, part in sorted(_parts(f.get("attendees")))),
        attribution=str(f.get("attribution") or ""),
        marking=str(f.get("marking") or ""),
        modality=str(f.get("modality") or ""),
        questions=tuple(_question(session, part) for _, part in asked),
    )


def plan_meeting(session: Session, visit: EntityId, plan: MeetingPlan, *, origin: str) -> Planned:
    """Make a meeting. Raises `KnownError` of `add_records`."""
    fields, touched = _fields(session, visit, plan, origin)
    made = records.add_records(session, "meeting", [{**fields, "visit": visit, "state": "planned"}], origin=origin, label="plan-meeting")
    return Planned(made.ids[0], joined(touched, made.changes))


def change_meeting(
    session: Session, meeting: EntityId, plan: MeetingPlan, *, base: Mapping[str, tuple[LocalChange, ...]], origin: str
) -> Planned:
    """Make a meeting say what was typed; `base` gives the heads that the author was shown."""
    visit = EntityId(str(records.get_record(session, meeting).fields["visit"]))
    fields, touched = _fields(session, visit, plan, origin)
    return Planned(meeting, joined(touched, records.edit_record(session, meeting, fields, base=base, origin=origin, label="edit-meeting")))


def find_institution(session: Session, typed: str) -> Record | None:
    """The institution of that name in any language, else the only one whose name holds the words."""
    wanted = typed.casefold().strip()
    if not wanted:
        return None
    spelled = [
        (r, [str(v).casefold() for v in n.values()])
        for r in session.store.list_("institution")
        if isinstance(n := r.fields.get("name"), dict)
    ]
    exact = [r for r, names in spelled if wanted in names]
    if exact:
        return exact[0]
    within = [r for r, names in spelled if any(wanted in name for name in names)]
    return within[0] if len(within) == 1 else None


def tied(session: Session, line: str) -> tuple[EntityId | None, str]:
    """The recommendation that a line names by its key, and the line without it; None and the line where it names none."""
    found = _KEY.search(line)
    if found is None:
        return None, line
    wanted = (found[1].upper() == "P", int(found[2]), found[3].lower())
    for r in session.store.list_("recommendation"):
        if (r.fields.get("class") == "priority", r.fields.get("number"), str(r.fields.get("letter") or "")) == wanted:
            return r.id, " ".join(part for part in (line[: found.start()].strip(), line[found.end() :].strip()) if part)
    return None, line


# ------------------------------------------------------------------------------------------------------------- inside


def _fields(session: Session, visit: EntityId, plan: MeetingPlan, origin: str) -> tuple[dict[str, JsonValue], ChangeSet]:
    times: dict[str, JsonValue] = {"visit": visit, "start": plan.start, "end": plan.end or None}
    plan_fields(KINDS["meeting"], times, None, session.vocabularies)  # refused before anything is made for it
    touched = NOTHING
    institution = find_institution(session, plan.institution)
    if institution is None and plan.institution.strip():
        spelled: dict[str, JsonValue] = {"en": plan.institution.strip()}
        wanted: dict[str, JsonValue] = {"name": spelled, "type": plan.institution_type or "other"}
        added = records.add_records(session, "institution", [wanted], visit=visit, origin=origin, label="plan-meeting")
        touched, institution_id = added.changes, added.ids[0]
    else:
        institution_id = institution.id if institution else EntityId("")
    attendees: dict[str, JsonValue] = {}
    for number, name in enumerate((n.strip() for n in plan.people if n.strip()), 1):
        person, changes = _person(session, visit, name, institution_id, origin)
        touched = joined(touched, changes)
        attendees[f"{number:02d}"] = {"person": person, "name": None, "role": "interlocutor"}
    questions: dict[str, JsonValue] = {}
    for number, line in enumerate((q.strip() for q in plan.questions if q.strip()), 1):
        recommendation, text = tied(session, line)
        questions[f"{number:02d}"] = {"recommendation": recommendation, "text": text, "order": f"{number:02d}"}
    fields: dict[str, JsonValue] = {
        "start": plan.start, "end": plan.end or None, "place": plan.place or None, "attribution": plan.attribution or None,
        "marking": plan.marking or None, "modality": plan.modality or None, "attendees": attendees, "questions": questions,
        "institutions": [institution_id] if institution_id else [],
    }  # fmt: skip
    return fields, touched


def _person(session: Session, visit: EntityId, name: str, institution: EntityId, origin: str) -> tuple[EntityId, ChangeSet]:
    bare = re.sub(r"\s*\(.*\)$", "", name).casefold()
    for person in session.store.list_("person"):
        if bare in (str(person.fields.get("name") or "").casefold(), str(person.fields.get("name_latin") or "").casefold()):
            return person.id, NOTHING
    wanted: dict[str, JsonValue] = {"name": name}
    if institution:
        wanted["institution"] = institution
    added = records.add_records(session, "person", [wanted], visit=visit, origin=origin, label="plan-meeting")
    return added.ids[0], added.changes


def _question(session: Session, part: Mapping[str, JsonValue]) -> str:
    recommendation = session.store.get(EntityId(str(part.get("recommendation"))))
    key = f"#{records.short_key(recommendation)} " if recommendation else ""
    return f"{key}{part.get('text') or ''}"


def _attendee(session: Session, part: Mapping[str, JsonValue]) -> str:
    person = session.store.get(EntityId(str(part.get("person"))))
    return str(person.fields.get("name") if person else part.get("name") or "")


def _name(record: Record) -> str:
    names = record.fields.get("name")
    return str(names.get("en") or next(iter(names.values()), "")) if isinstance(names, dict) else ""


def _texts(value: JsonValue) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


def _parts(value: JsonValue) -> list[tuple[str, Mapping[str, JsonValue]]]:
    return [(str(k), v) for k, v in value.items() if isinstance(v, dict)] if isinstance(value, dict) else []
