"""What surrounds every screen: which visit, who is here, how many of what; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services.comments import count_open
from fieldtool.services.screens.names import Names, word
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class VisitName:
    """A visit as the sidebar names it."""

    id: EntityId
    title: str
    reference: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class FrameModel:
    """The sidebar's words and counts. `visit` is None in a vault that holds none."""

    visit: VisitName | None
    visits: tuple[VisitName, ...]
    user: str
    role: str  # term of card_role, or "" before there is a card
    headquarters: bool
    counts: Mapping[str, int]  # meetings, recommendations, follow_up, summary (open comments), conflicts


def frame_model(session: Session, visit: EntityId | None, language: str) -> FrameModel:
    """The frame around the screens of a visit; without one of the latest visit there is."""
    names = Names.of(session, language)
    records = {r.id: r for r in session.visits()}
    visits = tuple(VisitName(r.id, names.text_of(r.fields.get("city")) or word(r.fields.get("reference")), word(r.fields.get("reference")),
                             _date(r.fields.get("start")), _date(r.fields.get("end"))) for r in records.values())  # fmt: skip
    here = next((v for v in visits if v.id == visit), visits[-1] if visits else None)
    counts: dict[str, int] = {}
    if here:
        counts = {
            "meetings": len(session.store.list_("meeting", visit=here.id)),
            "recommendations": len(names.of_visit(records[here.id])),
            "follow_up": len(session.store.list_("action", visit=here.id)),
            "summary": count_open(session, here.id),
            "conflicts": len(session.store.conflicts(visit=here.id)),
        }
    return FrameModel(here, visits, session.name, _role(session, here), session.is_headquarters(), counts)


def _role(session: Session, visit: VisitName | None) -> str:
    try:
        return session.role(visit.id).value if visit else ""
    except KnownError:
        return ""


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
