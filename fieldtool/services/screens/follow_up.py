"""What somebody promised, asked for or has to do: commitments, plans, assistance, action points in one list; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.services.screens.meetings import MeetingRow, meeting_rows
from fieldtool.services.screens.names import Names, RecommendationName, texts, word
from fieldtool.services.session import Session

Sort = Literal["action", "commitment", "plan announced", "assistance"]


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One line. `state` is a term of action_state, reception or empty; `overdue` counts open action points past their day."""

    id: EntityId
    sort: Sort
    text: str
    owner: str
    due: date | None
    state: str
    overdue: bool
    chips: tuple[RecommendationName, ...]
    meeting: MeetingRow | None
    heads: Mapping[str, tuple[LocalChange, ...]]


def follow_up_rows(session: Session, visit: EntityId, language: str, today: date) -> list[FollowUpRow]:
    """Action points by due day, then what was promised and offered, in the order of the meetings."""
    names = Names.of(session, language)
    meetings = {m.id: m for m in meeting_rows(session, names, visit)}
    rows = [_action(r, names, meetings, today) for r in session.store.list_("action", visit=visit)]
    rows.sort(key=lambda r: (r.state in ("done", "cancelled"), r.due or date.max, r.id))
    said = [n for n in session.store.list_("note", visit=visit) if n.fields.get("kind") in ("commitment", "plan announced")]
    rows += [_note(n, names, meetings) for n in sorted(said, key=lambda n: (word(n.fields.get("kind")), word(n.fields.get("at"))))]
    offers = sorted(session.store.list_("assistance", visit=visit), key=lambda a: (word(a.fields.get("date")), a.id))
    return rows + [_offer(a, names, meetings) for a in offers]


def _meeting(record: Record, meetings: dict[EntityId, MeetingRow]) -> MeetingRow | None:
    return meetings.get(EntityId(word(record.fields.get("meeting"))))


def _action(record: Record, names: Names, meetings: dict[EntityId, MeetingRow], today: date) -> FollowUpRow:
    f = record.fields
    due, state = _date(f.get("due")), word(f.get("state"))
    late = due is not None and due < today and state not in ("done", "cancelled")
    chips = names.chips(texts(f.get("recommendations")))
    return FollowUpRow(
        record.id,
        "action",
        word(f.get("description")),
        word(f.get("owner")),
        due,
        state,
        late,
        chips,
        _meeting(record, meetings),
        record.heads,
    )


def _note(record: Record, names: Names, meetings: dict[EntityId, MeetingRow]) -> FollowUpRow:
    f = record.fields
    meeting = _meeting(record, meetings)
    sort: Sort = "commitment" if f.get("kind") == "commitment" else "plan announced"
    return FollowUpRow(
        record.id,
        sort,
        word(f.get("text")),
        meeting.title if meeting else "",
        None,
        "",
        False,
        names.chips(texts(f.get("recommendations"))),
        meeting,
        record.heads,
    )


def _offer(record: Record, names: Names, meetings: dict[EntityId, MeetingRow]) -> FollowUpRow:
    f = record.fields
    text = names.term("assistance_type", f.get("type"))
    chips = names.chips(texts(f.get("recommendations")))
    owner = names.institution_names([word(f.get("institution"))])
    text = text[:1].upper() + text[1:]
    return FollowUpRow(
        record.id, "assistance", text, owner, None, word(f.get("reception")), False, chips, _meeting(record, meetings), record.heads
    )


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
