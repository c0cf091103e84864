"""Composes meetings, notes, assistance, action points and files as one edition may show them; tied to no page and no font."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fieldtool.domain.changes import Record
from fieldtool.domain.sequence import place_of
from fieldtool.reports.attribution import ATTRIBUTIONS, MARKINGS, mapping_of, text_of, words_of
from fieldtool.reports.composing import Composing
from fieldtool.reports.document import ActionEntry, AssistanceEntry, AttachmentEntry, Attendee, Label, MeetingEntry, NoteEntry, Party

HELD = ("held", "")  # states of meetings that took place; one without a state counts as held


def compose_meetings(c: Composing, notes: tuple[NoteEntry, ...]) -> tuple[MeetingEntry, ...]:
    """The meetings that the edition lists, in order of start."""
    per_meeting = Counter(n.meeting for n in notes)
    return tuple(_meeting(c, m, per_meeting[c.meeting_number(m.id)]) for m in c.shown_meetings)


def _meeting(c: Composing, meeting: Record, notes: int) -> MeetingEntry:
    rules = c.rules
    group = rules.group(meeting.id)
    protected = rules.protected(meeting)
    return MeetingEntry(
        id=c.shown_id(meeting),
        number=c.meeting_number(meeting.id) or 0,
        start=text_of(meeting, "start"),
        end=text_of(meeting, "end"),
        place="" if protected else text_of(meeting, "place"),
        modality=c.maybe_label("modality", meeting, "modality"),
        parties=_parties(c, group, protected),
        attendees=tuple(_attendees(c, group)) if rules.by_name(meeting) else (),
        attribution=c.label("attribution", ATTRIBUTIONS[rules.attribution(meeting)]),
        marking=c.label("marking", MARKINGS[rules.marking(meeting)]),
        languages=words_of(meeting, "languages"),
        team_present=tuple(sorted({name for m in group for name in words_of(m, "team_present")})) if c.internal else (),
        interpreter=text_of(meeting, "interpreter") if c.internal and not protected else "",
        state=c.maybe_label("meeting_state", meeting, "state"),
        summary="\n\n".join(dict.fromkeys(text_of(m, "summary") for m in group if text_of(m, "summary"))),
        protected=protected,
        notes=notes,
    )


def _parties(c: Composing, group: list[Record], protected: bool) -> tuple[Party, ...]:
    found = dict.fromkeys(c.rules.canonical(i) for m in group for i in words_of(m, "institutions"))
    if not protected:
        parties = [Party(c.rules.canonical(i) if c.internal else "", c.institution_name(i), _type(c, i)) for i in found]
        return tuple(sorted(parties, key=lambda p: (p.name, p.id)))
    labels = {(label.word if label else ""): label for label in (c.type_label(i) for i in found)}
    return tuple(
        Party("", label.text if label else c.wording("source-hidden"), label) for _, label in sorted(labels.items(), key=lambda kv: kv[0])
    )


def _type(c: Composing, institution: str) -> Label | None:
    word = c.institution_type(institution)
    return c.label("institution_type", word) if word else None


def _attendees(c: Composing, group: list[Record]) -> Iterator[Attendee]:
    for meeting in group:
        for part in mapping_of(meeting, "attendees").values():
            if not isinstance(part, dict):
                continue
            role = c.label("attendee_role", str(part["role"])) if part.get("role") else None
            person = c.people.get(str(part.get("person") or ""))
            if person is None:
                if part.get("name"):
                    yield Attendee(str(part["name"]), "", role)
            elif c.rules.person_named(person):
                yield Attendee(c.person_name(person), text_of(person, "title"), role)


def further_meetings(c: Composing) -> tuple[tuple[Label | None, int], ...]:
    """For editions that leave the organisation: how many meetings are not listed, by a type that does not identify, else under no type."""
    if c.internal:
        return ()
    counts: Counter[str] = Counter()
    labels: dict[str, Label | None] = {}
    for meeting in c.meetings:
        if c.rules.admits(meeting) or text_of(meeting, "state") not in HELD:
            continue
        types = [c.type_label(i) for i in words_of(meeting, "institutions")]
        label = types[0] if len(types) == 1 and c.rules.protected(meeting) else None
        word = label.word if label else ""
        labels[word] = label
        counts[word] += 1
    # A single meeting under a type could still be found out from the calendar: the type stands from two on.
    lonely = [w for w, n in counts.items() if w and n < 2]
    for word in lonely:
        counts[""] += counts.pop(word)
        labels[""] = None
    return tuple((labels[w], counts[w]) for w in sorted(counts))


def compose_notes(c: Composing) -> tuple[NoteEntry, ...]:
    """The admitted notes, numbered in order of meeting and place in it."""
    admitted = [n for n in c.rules.all_of("note") if c.rules.admits(n)]
    admitted.sort(key=lambda n: (c.meeting_start(text_of(n, "meeting")) or "9", _place(n), n.id))
    return tuple(_note(c, n, i) for i, n in enumerate(admitted, 1))


def _place(note: Record) -> str:
    return place_of(text_of(note, "at"), text_of(note, "order"), note.id)


def _note(c: Composing, note: Record, number: int) -> NoteEntry:
    kind = text_of(note, "kind")
    return NoteEntry(
        id=c.shown_id(note),
        number=number,
        meeting=c.meeting_number(text_of(note, "meeting")),
        date=c.meeting_start(text_of(note, "meeting"))[:10] if c.meeting_number(text_of(note, "meeting")) else "",
        kind=c.label("note_kind", kind),
        text=text_of(note, "text"),
        language=text_of(note, "language"),
        source=_source(c, note),
        attribution=c.label("attribution", ATTRIBUTIONS[c.rules.attribution(note)]),
        marking=c.label("marking", MARKINGS[c.rules.marking(note)]),
        recommendations=c.keys(words_of(note, "recommendations")),
        recorded_by=note.made_by if c.internal else "",
        through_interpreter=note.fields.get("through_interpreter") is True,
        uncleared_quote=kind == "quote" and note.fields.get("cleared_by_speaker") is not True,
    )


def _source(c: Composing, note: Record) -> str:
    """Who said it, as far as the attribution in force allows: a name, an institution, a type, or no more than "an interlocutor"."""
    speakers = words_of(note, "speakers")
    named: list[str] = []
    for speaker in speakers:
        person = c.people.get(speaker)
        if person is None:
            named.append(c.institution_shown(speaker, note) if c.rules.group(speaker) else "")
        elif c.rules.by_name(note) and c.rules.person_named(person):
            title = text_of(person, "title")
            named.append(f"{c.person_name(person)}, {title}" if title else c.person_name(person))
        else:
            named.append(_behind(c, person, note))
    if words_of(note, "unnamed_speakers"):
        named += list(words_of(note, "unnamed_speakers")) if c.rules.by_name(note) else [_of_meeting(c, note)]
    return "; ".join(dict.fromkeys(n for n in named if n))


def _behind(c: Composing, person: Record, note: Record) -> str:
    """Whom a person who is not named speaks for."""
    institution = text_of(person, "institution")
    if not institution:
        return _of_meeting(c, note, hidden=not c.rules.person_named(person))
    return c.institution_shown(institution, note) if c.rules.person_named(person) else c.unnamed(institution)


def _of_meeting(c: Composing, note: Record, hidden: bool = False) -> str:
    group = c.rules.group(text_of(note, "meeting"))
    found = dict.fromkeys(i for m in group for i in words_of(m, "institutions"))
    if not found:
        return c.wording("source-hidden")
    return "; ".join(dict.fromkeys(c.unnamed(i) if hidden else c.institution_shown(i, note) for i in found))


def compose_assistance(c: Composing) -> tuple[AssistanceEntry, ...]:
    """The admitted offers of assistance by date."""
    admitted = sorted((r for r in c.rules.all_of("assistance") if c.rules.admits(r)), key=lambda r: (text_of(r, "date"), r.made_at, r.id))
    return tuple(
        AssistanceEntry(
            id=c.shown_id(r),
            type=c.label("assistance_type", text_of(r, "type")),
            institution=c.institution_shown(text_of(r, "institution"), r),
            recommendations=c.keys(words_of(r, "recommendations")),
            reception=c.maybe_label("reception", r, "reception"),
            date=text_of(r, "date") if c.internal or not c.rules.protected(r) else "",
            meeting=c.meeting_number(text_of(r, "meeting")),
        )
        for r in admitted
    )


def compose_actions(c: Composing) -> tuple[ActionEntry, ...]:
    """The admitted action points by due date; outside the organisation an owner is named only when of the team."""
    team = {card.name for card in c.material.team} | {card.name_latin for card in c.material.team if card.name_latin}
    admitted = sorted((r for r in c.rules.all_of("action") if c.rules.admits(r)), key=lambda r: (text_of(r, "due") or "9", r.made_at, r.id))
    return tuple(
        ActionEntry(
            id=c.shown_id(r),
            reference=text_of(r, "reference"),
            description=text_of(r, "description"),
            owner=text_of(r, "owner") if text_of(r, "owner") in team or (c.internal and not c.rules.protected(r)) else "",
            due=text_of(r, "due"),
            priority=c.maybe_label("priority", r, "priority"),
            state=c.maybe_label("action_state", r, "state"),
            recommendations=c.keys(words_of(r, "recommendations")),
            verified_by=text_of(r, "verified_by") if c.internal else "",
        )
        for r in admitted
    )


def compose_attachments(c: Composing) -> tuple[AttachmentEntry, ...]:
    """The files kept with the record that the internal edition names; the source only where whoever gave it may be named."""
    if not c.internal:
        return ()
    found = []
    for record in c.rules.all_of("attachment"):
        owner = _owner(c, record)
        if owner is None or not c.rules.admits(record) or not c.rules.admits(owner):
            continue
        protected = owner.kind in ("meeting", "note", "position", "progress", "assistance", "action") and c.rules.protected(owner)
        size = record.fields.get("size")
        number = c.meeting_number(owner.id if owner.kind == "meeting" else text_of(owner, "meeting"))
        found.append(
            AttachmentEntry(
                id=record.id,
                name="" if protected else text_of(record, "name"),
                media_type=text_of(record, "media_type"),
                size=size if isinstance(size, int) else None,
                source="" if protected else text_of(record, "source"),
                sha256=text_of(record, "sha256"),
                belongs_to=c.wording("meeting-number", number=number) if number else "",
            )
        )
    return tuple(found)


def _owner(c: Composing, attachment: Record) -> Record | None:
    wanted = text_of(attachment, "record")
    for kind, records in c.material.records.items():
        if kind == "attachment":
            continue
        found = next((r for r in records if r.id == wanted), None)
        if found is not None:
            return found if found in c.rules.all_of(kind) else None
    return None
