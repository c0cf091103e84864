"""What headquarters sees over all visits: who sent what, what is missing, what is signed, official status by report; changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fieldtool.domain.ids import EntityId
from fieldtool.services import hq
from fieldtool.services.screens.names import Names, word
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class SenderLine:
    """One installation on one visit: its files, and the parts it signed to have that have not come."""

    name: str
    files: tuple[int, ...]
    missing: int
    last_at: int  # ms since 1970 UTC


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit with what came of it."""

    id: EntityId
    reference: str
    title: str
    country: str
    start: str
    state: str  # term
    meetings: int
    notes: int
    conflicts: int
    proposals: int
    signed: int
    senders: tuple[SenderLine, ...]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many recommendations of a report have which official status."""

    report: str
    title: str
    counts: tuple[tuple[str, int], ...]  # term, number; in the vocabulary's order, the rest not evaluated


@dataclass(frozen=True, slots=True)
class HeadquartersModel:
    """Everything the headquarters screen lists."""

    visits: tuple[VisitLine, ...]  # latest first
    reports: tuple[StatusCount, ...]


def headquarters_model(session: Session, language: str) -> HeadquartersModel:
    """All visits and reports of this vault."""
    names = Names.of(session, language)
    senders: dict[EntityId, list[SenderLine]] = {}
    for s in hq.status(session):
        if s.bundles:
            senders.setdefault(s.visit, []).append(SenderLine(s.name, s.bundles, s.missing, s.last_at))
    visits = []
    for record in session.visits():
        f, here = record.fields, record.id
        visits.append(
            VisitLine(
                id=here,
                reference=word(f.get("reference")),
                title=names.text_of(f.get("city")),
                country=word(f.get("country")),
                start=word(f.get("start")),
                state=word(f.get("state")),
                meetings=session.store.count("meeting", here),
                notes=session.store.count("note", here),
                conflicts=len(session.store.conflicts(visit=here)),
                proposals=len(session.store.proposals(visit=here)),
                signed=session.store.count("signed_summary", here),
                senders=tuple(sorted(senders.get(here, []), key=lambda s: s.name)),
            )
        )
    return HeadquartersModel(tuple(reversed(visits)), _reports(session))


def _reports(session: Session) -> tuple[StatusCount, ...]:
    latest: dict[str, tuple[str, str]] = {}
    for s in session.store.list_("official_status"):
        key, dated = word(s.fields.get("recommendation")), (word(s.fields.get("date")), word(s.fields.get("value")))
        latest[key] = max(latest.get(key, ("", "")), dated)
    order = [t.word for t in session.vocabularies["official_status"].terms]
    per_report: dict[str, Counter[str]] = {}
    for r in session.store.list_("recommendation"):
        value = latest.get(r.id, ("", "not evaluated"))[1]
        per_report.setdefault(word(r.fields.get("report")), Counter())[value] += 1
    lines = []
    for report in session.store.list_("report"):
        counts = per_report.get(report.id, Counter())
        known = tuple((term, counts[term]) for term in order if counts[term])
        lines.append(StatusCount(word(report.fields.get("reference")), word(report.fields.get("title")), known))
    return tuple(sorted(lines, key=lambda c: c.report, reverse=True))
