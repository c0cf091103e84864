"""Recommendations as a table, and everything known about one of them; changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.services import findings, statuses
from fieldtool.services.screens.meetings import MeetingRow, meeting_rows
from fieldtool.services.screens.names import Names, NoteLinks, RecommendationName, texts, word
from fieldtool.services.session import Session


class Accord(StrEnum):
    """How the latest positions of all institutions, or what all experts heard, stand to each other."""

    NONE = ""  # fewer than two
    SAME = "same"
    DIFFERENT = "different"
    CONTRARY = "contrary"  # one says yes, another no


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position: whose, which, in which meeting."""

    value: str  # term
    institution: str
    meeting: MeetingRow | None
    date: str
    type: str = ""  # of the institution, term


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A stage of progress that was heard of."""

    stage: str  # term
    date: str
    expert: str
    basis: str
    confidence: str  # term


@dataclass(frozen=True, slots=True)
class StatusLine:
    """An official status with the report that set it."""

    value: str  # term
    report: str
    date: str


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One row of the table."""

    name: RecommendationName
    notes: int
    position: PositionLine | None  # the latest
    stage: str  # the furthest reported, term or ""
    status: StatusLine | None
    accord: Accord = Accord.NONE  # of the positions
    finding: str = ""  # term of finding_state, "" where there is none


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note on a recommendation, wherever it was said."""

    id: EntityId
    kind: str
    text: str
    by: str
    meeting: MeetingRow | None
    attribution: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action point on a recommendation."""

    description: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link to a recommendation of another cycle."""

    type: str
    key: str
    report: str


@dataclass(frozen=True, slots=True)
class RecommendationDetail:
    """Everything known about one recommendation."""

    name: RecommendationName
    full_key: str
    report: str
    page: int
    translations: tuple[tuple[str, str], ...]  # language tag, text
    commitments: tuple[str, ...]
    action_required: tuple[str, ...]  # terms
    horizon: str  # term
    notes: tuple[NoteLine, ...]
    positions: tuple[PositionLine, ...]
    progress: tuple[ProgressLine, ...]  # oldest first
    statuses: tuple[StatusLine, ...]
    actions: tuple[ActionLine, ...]
    links: tuple[LinkLine, ...]
    finding: str
    finding_id: EntityId | None
    finding_state: str
    finding_heads: Mapping[str, tuple[LocalChange, ...]]
    dissent: tuple[tuple[str, str], ...]
    accord: Accord  # of the positions
    heard_alike: Accord  # of the experts' reported progress
    may_find: bool  # whether the holder writes the finding; others may dissent
    may_set_status: bool  # whether the holder sets the official status
    reader: str  # the holder's name


YES = frozenset({"accepts", "accepts in part", "claims already done"})
SILENT = frozenset({"no position", "not raised"})
STAGES = (
    "none",
    "announced",
    "under discussion",
    "draft prepared",
    "submitted to parliament",
    "adopted",
    "in force",
    "practice changed",
    "reversed",
)


def recommendation_rows(session: Session, visit: EntityId, language: str) -> list[RecommendationRow]:
    """The visit's recommendations, priority first."""
    record = session.store.get(visit)
    if record is None:
        return []
    names = Names.of(session, language)
    links = NoteLinks.read(session, visit)
    meetings, notes = {m.id: m for m in meeting_rows(session, names, visit, links.per_meeting())}, links.per_recommendation()
    positions = _by_recommendation(session.store.list_("position", visit=visit))
    progress = _by_recommendation(session.store.list_("progress", visit=visit))
    statuses = _statuses(session, names)
    found = {word(f.fields.get("recommendation")): word(f.fields.get("state")) for f in session.store.list_("finding", visit=visit)}
    rows = []
    for name in names.of_visit(record):
        heard = _positions(names, meetings, positions[name.id])
        stages = [word(p.fields.get("stage")) for p in progress[name.id]]
        official = statuses[name.id]
        rows.append(
            RecommendationRow(
                name,
                notes[name.id],
                heard[-1] if heard else None,
                max(stages, key=stage_rank, default=""),
                official[-1] if official else None,
                accord_of(heard),
                found.get(name.id, ""),
            )
        )
    return rows


def recommendation_detail(session: Session, visit: EntityId, recommendation: EntityId, language: str) -> RecommendationDetail | None:
    """One recommendation, or None where it is gone."""
    record = session.store.get(recommendation)
    if record is None or record.kind != "recommendation":
        return None
    names = Names.of(session, language)
    name = names.recommendations[recommendation]
    meetings = {m.id: m for m in meeting_rows(session, names, visit, Counter())}  # nobody asks here how many notes each has
    report = session.store.get(EntityId(word(record.fields.get("report"))))
    reference = word(report.fields.get("reference")) if report else ""
    f, page, translations = record.fields, record.fields.get("page"), record.fields.get("translations")
    progress = _by_recommendation(session.store.list_("progress", visit=visit))[recommendation]
    finding = findings.finding_of(session, visit, recommendation)
    positions = tuple(_positions(names, meetings, _by_recommendation(session.store.list_("position", visit=visit))[recommendation]))
    heard = tuple(_progress(p) for p in sorted(progress, key=lambda p: (word(p.fields.get("date")), p.id)))
    dissent = finding.fields.get("dissent") if finding else None
    return RecommendationDetail(
        name=name,
        full_key=f"{reference}-{name.key}" if reference else name.key,
        report=word(report.fields.get("title")) if report else "",
        page=page if isinstance(page, int) else 0,
        translations=tuple((k, str(v)) for k, v in sorted(translations.items()) if v) if isinstance(translations, dict) else (),
        commitments=texts(f.get("commitments")),
        action_required=texts(f.get("action_required")),
        horizon=word(f.get("horizon")),
        notes=_notes(session, names, meetings, visit, recommendation),
        positions=positions,
        progress=heard,
        statuses=tuple(_statuses(session, names)[recommendation]),
        actions=_actions(session, visit, recommendation),
        links=_links(session, names, record),
        finding=word(finding.fields.get("text")) if finding else "",
        finding_id=finding.id if finding else None,
        finding_state=word(finding.fields.get("state")) if finding else "",
        finding_heads=finding.heads if finding else {},
        dissent=tuple((k, str(v)) for k, v in sorted(dissent.items()) if v) if isinstance(dissent, dict) else (),
        accord=accord_of(positions),
        heard_alike=_heard_alike(heard),
        may_find=findings.leads(session, visit),
        may_set_status=statuses.may_set_status(session),
        reader=session.name,
    )


def accord_of(positions: Sequence[PositionLine]) -> Accord:
    """How the latest position of each institution stands to the others'; `positions` oldest first."""
    latest = {p.institution: p.value for p in positions if p.value not in SILENT}
    values = set(latest.values())
    if len(latest) < 2:
        return Accord.NONE
    if len(values) == 1:
        return Accord.SAME
    return Accord.CONTRARY if "rejects" in values and values & YES else Accord.DIFFERENT


def _heard_alike(lines: Sequence[ProgressLine]) -> Accord:
    latest = {p.expert: p.stage for p in lines}
    if len(latest) < 2:
        return Accord.NONE
    return Accord.SAME if len(set(latest.values())) == 1 else Accord.DIFFERENT


def stage_rank(stage: str) -> int:
    """How far a stage is; unknown ones count as none."""
    return STAGES.index(stage) if stage in STAGES else 0


def _by_recommendation(records: Sequence[Record]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[word(record.fields.get("recommendation"))].append(record)
    return found


def _positions(names: Names, meetings: dict[EntityId, MeetingRow], records: list[Record]) -> list[PositionLine]:
    rows = sorted(records, key=lambda p: (word(p.fields.get("date")), p.id))
    return [
        PositionLine(
            word(p.fields.get("value")), names.institution_names([word(p.fields.get("institution"))]),
            meetings.get(EntityId(word(p.fields.get("meeting")))), word(p.fields.get("date")),
            names.type_of(word(p.fields.get("institution"))),
        )
        for p in rows
    ]  # fmt: skip


def _progress(p: Record) -> ProgressLine:
    f = p.fields
    return ProgressLine(
        word(f.get("stage")), word(f.get("date")), word(f.get("expert")) or p.made_by, word(f.get("basis")), word(f.get("confidence"))
    )


def _statuses(session: Session, _names: Names) -> defaultdict[str, list[StatusLine]]:
    reports = {r.id: word(r.fields.get("reference")) for r in session.store.list_("report")}
    found: defaultdict[str, list[StatusLine]] = defaultdict(list)
    for s in sorted(session.store.list_("official_status"), key=lambda s: (word(s.fields.get("date")), s.id)):
        line = StatusLine(word(s.fields.get("value")), reports.get(EntityId(word(s.fields.get("set_by"))), ""), word(s.fields.get("date")))
        found[word(s.fields.get("recommendation"))].append(line)
    return found


def _notes(
    session: Session, names: Names, meetings: dict[EntityId, MeetingRow], visit: EntityId, recommendation: EntityId
) -> tuple[NoteLine, ...]:
    tied = [entity for entity, kind, _ in session.store.referring(recommendation) if kind == "note"]
    found = [n for n in session.store.get_many(tied).values() if n.fields.get("visit") == visit]
    lines = []
    for n in sorted(found, key=lambda n: (word(n.fields.get("at")), n.id)):
        meeting = meetings.get(EntityId(word(n.fields.get("meeting"))))
        rule = word(n.fields.get("attribution")) or (meeting.attribution if meeting else "")
        lines.append(NoteLine(n.id, word(n.fields.get("kind")), word(n.fields.get("text")), n.made_by, meeting, rule))
    return tuple(lines)


def _actions(session: Session, visit: EntityId, recommendation: EntityId) -> tuple[ActionLine, ...]:
    found = [a.fields for a in session.store.list_("action", visit=visit) if recommendation in texts(a.fields.get("recommendations"))]
    return tuple(ActionLine(word(f.get("description")), word(f.get("owner")), word(f.get("due")), word(f.get("state"))) for f in found)


def _links(session: Session, names: Names, record: Record) -> tuple[LinkLine, ...]:
    """Links that this recommendation names, and those of others that name it."""
    links = record.fields.get("links")
    out = [(str(k), str(v.get("type"))) for k, v in links.items() if isinstance(v, dict)] if isinstance(links, dict) else []
    for other in session.store.list_("recommendation"):
        theirs = other.fields.get("links")
        if isinstance(theirs, dict) and isinstance(part := theirs.get(record.id), dict):
            out.append((other.id, str(part.get("type"))))
    lines = []
    for entity, kind in dict.fromkeys(out):
        other_record = session.store.get(EntityId(entity))
        if other_record is not None and EntityId(entity) in names.recommendations:
            report = session.store.get(EntityId(word(other_record.fields.get("report"))))
            lines.append(
                LinkLine(kind, names.recommendations[EntityId(entity)].key, word(report.fields.get("reference")) if report else "")
            )
    return tuple(lines)
