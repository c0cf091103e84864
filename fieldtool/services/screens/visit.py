"""The visit at a glance: timeline, what waits, the coverage matrix, the team; made from records, changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId
from fieldtool.services.comments import count_open
from fieldtool.services.screens.exchange import waiting
from fieldtool.services.screens.meetings import MeetingRow, addressed, meeting_rows, next_meeting
from fieldtool.services.screens.names import Names, NoteLinks, RecommendationName, word
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class Cell:
    """What one type of interlocutor said on one recommendation; `addressed` means met and addressed by it, but silent."""

    notes: int
    position: str  # term or ""
    addressed: bool


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One recommendation across the interlocutor types."""

    name: RecommendationName
    cells: tuple[Cell, ...]
    raised: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the visit and its meetings."""

    date: date
    meetings: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One card of the visit."""

    name: str
    role: str  # term
    notes: int
    own: bool


@dataclass(frozen=True, slots=True)
class VisitModel:
    """Everything the visit screen shows."""

    visit: EntityId
    days: tuple[Day, ...]
    next: MeetingRow | None
    ask: tuple[RecommendationName, ...]  # what the next meeting should be asked about
    types: tuple[str, ...]  # columns of the matrix, terms
    coverage: tuple[CoverageRow, ...]
    never: tuple[RecommendationName, ...]
    unsent: int  # own changes that no bundle carries yet
    unconfirmed: int  # bundles handed over without a receipt
    conflicts: int
    comments: int  # open ones on the summary
    team: tuple[TeamMember, ...]


def visit_model(session: Session, visit: EntityId, language: str, now: datetime) -> VisitModel | None:
    """The visit, or None where it is gone; `now` is the local time that decides which meeting comes next."""
    record = session.store.get(visit)
    if record is None:
        return None
    names = Names.of(session, language)
    notes = NoteLinks.read(session, visit)
    rows = meeting_rows(session, names, visit, notes.per_meeting())
    upcoming = next_meeting(rows, now)
    recommendations = names.of_visit(record)
    coverage, types = _coverage(session, names, visit, recommendations, rows, notes)
    ask = _ask(names, coverage, types, upcoming.types)[:5] if upcoming else ()
    sent = waiting(session, visit)
    return VisitModel(
        visit=visit,
        days=_days(record, rows),
        next=upcoming,
        ask=ask,
        types=types,
        coverage=coverage,
        never=tuple(c.name for c in coverage if not c.raised),
        unsent=sent.unsent,
        unconfirmed=sent.unconfirmed,
        conflicts=len(session.store.conflicts(visit=visit)),
        comments=count_open(session, visit),
        team=_team(session, visit),
    )


def _days(record: Record, rows: list[MeetingRow]) -> tuple[Day, ...]:
    held: dict[date, list[MeetingRow]] = defaultdict(list)
    for row in rows:
        held[row.start.date()].append(row)
    for text in (record.fields.get("start"), record.fields.get("end")):
        try:
            held[date.fromisoformat(str(text))]
        except ValueError:
            continue
    days = sorted(held)
    if days and (days[-1] - days[0]).days < 60:  # a visit's empty days are shown, too; a wrong year is not filled up
        days = [days[0] + timedelta(days=k) for k in range((days[-1] - days[0]).days + 1)]
    return tuple(Day(d, tuple(held.get(d, ()))) for d in days)


def _coverage(
    session: Session, names: Names, visit: EntityId, recommendations: list[RecommendationName], rows: list[MeetingRow], notes: NoteLinks
) -> tuple[tuple[CoverageRow, ...], tuple[str, ...]]:
    by_id = {r.id: r for r in rows}
    types = tuple(dict.fromkeys(t for r in rows for t in r.types))
    heard: Counter[tuple[str, str]] = Counter()
    for place, recommended in notes.notes:
        meeting = by_id.get(EntityId(place))
        for rec in recommended:
            for kind in meeting.types if meeting else ("",):
                heard[rec, kind] += 1
    positions: dict[tuple[str, str], str] = {}
    for p in session.store.list_("position", visit=visit):
        institution = names.institutions.get(EntityId(str(p.fields.get("institution"))))
        positions[str(p.fields.get("recommendation")), institution.type if institution else ""] = word(p.fields.get("value"))
    met = {t for r in rows if r.state == "held" for t in r.types}
    raised = {rec for rec, _ in heard} | {rec for rec, _ in positions}
    aimed = {(r.id, t) for r in recommendations for t in types if addressed(names, r, t)}
    made = []
    for r in recommendations:
        cells = tuple(Cell(heard[r.id, t], positions.get((r.id, t), ""), t in met and (r.id, t) in aimed) for t in types)
        made.append(CoverageRow(r, cells, r.id in raised))
    return tuple(made), types


def ask_of(session: Session, visit: EntityId, language: str, kinds: tuple[str, ...]) -> tuple[RecommendationName, ...]:
    """What interlocutors of these types (terms) should be asked about: what addresses them and they have not spoken on, then what nobody
    has raised, priority first.
    """
    record = session.store.get(visit)
    if record is None:
        return ()
    names, notes = Names(session, language), NoteLinks.read(session, visit)
    rows = meeting_rows(session, names, visit, notes.per_meeting())
    coverage, types = _coverage(session, names, visit, names.of_visit(record), rows, notes)
    return _ask(names, coverage, types, kinds)


def _ask(
    names: Names, coverage: tuple[CoverageRow, ...], types: tuple[str, ...], kinds: tuple[str, ...]
) -> tuple[RecommendationName, ...]:
    """What addresses these types first, then priority ones that nobody has raised, then others never raised."""
    aimed = [c.name for c in coverage if any(addressed(names, c.name, t) for t in kinds) and not _heard_from(c, types, kinds)]
    never = [c.name for c in coverage if not c.raised]
    return tuple(dict.fromkeys([*aimed, *never]))


def _heard_from(row: CoverageRow, types: tuple[str, ...], kinds: tuple[str, ...]) -> bool:
    return any(row.cells[types.index(t)].notes for t in kinds if t in types)


def _team(session: Session, visit: EntityId) -> tuple[TeamMember, ...]:
    written = session.store.made_by("note", visit)
    cards = session.store.list_("card", visit=visit)
    found = {word(c.fields.get("name")): word(c.fields.get("role")) for c in cards if c.fields.get("role") in ("head", "deputy", "expert")}
    rank = {"head": 0, "deputy": 1}
    return tuple(
        TeamMember(n, r, written.get(n, 0), n == session.name) for n, r in sorted(found.items(), key=lambda nr: (rank.get(nr[1], 2), nr[0]))
    )
