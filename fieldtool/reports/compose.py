"""Records to a `VisitSummary`: pure, the same material gives the same summary; decides no look and writes no file."""

from __future__ import annotations

from collections import Counter

from fieldtool.domain.changes import Record
from fieldtool.reports.attribution import EVIDENCE_KINDS, MARKINGS, mapping_of, text_of, words_of
from fieldtool.reports.composing import Composing
from fieldtool.reports.document import (
    Cover,
    Edition,
    Figure,
    FindingEntry,
    NoteEntry,
    PositionEntry,
    ProgressEntry,
    RecommendationEntry,
    ReportEntry,
    SectionText,
    StatusEntry,
    TeamMember,
    VisitSummary,
)
from fieldtool.reports.evidence import (
    HELD,
    compose_actions,
    compose_assistance,
    compose_attachments,
    compose_meetings,
    compose_notes,
    further_meetings,
)
from fieldtool.reports.glance import compose_coverage, compose_figures, compose_themes
from fieldtool.reports.material import SummaryMaterial


def compose_summary(material: SummaryMaterial) -> VisitSummary:
    """The summary of one visit in one edition.

    Raises `KnownError` visit-unknown; `ValueError` for a language that the frame is not written in.
    """
    c = Composing(material)
    notes = compose_notes(c)
    meetings = compose_meetings(c, notes)
    recommendations = tuple(_recommendation(c, r, notes) for r in c.recommendations)
    assistance, actions = compose_assistance(c), compose_actions(c)
    attachments = compose_attachments(c)
    coverage = compose_coverage(c, notes)
    held = tuple(m for m in meetings if (m.state.word if m.state else "") in HELD)
    figures = compose_figures(held, notes, recommendations, assistance, actions, coverage)
    further = further_meetings(c)
    if further:
        figures = tuple(Figure(f.name, f.value + sum(n for _, n in further)) if f.name == "figure-meetings" else f for f in figures)
    return VisitSummary(
        edition=material.edition,
        languages=material.languages,
        draft=material.draft,
        cover=_cover(c),
        figures=figures,
        coverage=coverage,
        themes=compose_themes(c, recommendations),
        reports=_reports(c),
        meetings=meetings,
        further_meetings=further,
        notes=notes,
        recommendations=recommendations,
        assistance=assistance,
        actions=actions,
        sections=_sections(c),
        attachments=attachments,
        ceiling=c.label("marking", MARKINGS[c.rules.ceiling]),
        omitted=_omitted(c),
    )


def _cover(c: Composing) -> Cover:
    visit, material = c.visit, c.material
    team = tuple(TeamMember(t.name, c.label("card_role", t.role), t.name_latin) for t in material.team)
    head = next((t for t in team if t.role.word == "head"), None)
    return Cover(
        reference=text_of(visit, "reference"),
        marking=c.label("marking", _document_marking(c)),
        edition=c.label("edition", material.edition.value),
        country=_country(c, text_of(visit, "country")),
        place=c.wording.pick(mapping_of(visit, "city")),
        start=text_of(visit, "start"),
        end=text_of(visit, "end"),
        timezone=text_of(visit, "timezone"),
        purpose=text_of(visit, "purpose"),
        activities=c.labels("activity_type", visit, "activity_types"),
        head=_both_scripts(head) if head else "",
        team=team,
        organisation=material.organisation,
        prepared_at=material.prepared_at,
        deviations=text_of(visit, "deviations") if c.internal else "",
    )


def _both_scripts(member: TeamMember) -> str:
    return f"{member.name} ({member.name_latin})" if member.name_latin and member.name_latin != member.name else member.name


def _document_marking(c: Composing) -> str:
    """A document takes the highest marking of its content, and at least `internal` where it names the team's own work."""
    if not c.internal:
        return "public"
    ranks = [c.rules.marking(r) for kind in ("meeting", *EVIDENCE_KINDS, "attachment") for r in c.rules.all_of(kind) if c.rules.admits(r)]
    return MARKINGS[max([1, *ranks])]


def _country(c: Composing, iso3: str) -> str:
    record = next((r for r in c.rules.all_of("country") if text_of(r, "iso3") == iso3), None)
    return c.wording.pick(mapping_of(record, "name")) or iso3 if record else iso3


def _reports(c: Composing) -> tuple[ReportEntry, ...]:
    counts = Counter(text_of(r, "report") for r in c.recommendations)
    wanted = {*words_of(c.visit, "reports"), *counts}
    found = [r for r in c.rules.all_of("report") if r.id in wanted]
    found.sort(key=lambda r: (text_of(r, "published_on"), text_of(r, "reference")), reverse=True)
    return tuple(
        ReportEntry(
            id=c.shown_id(r),
            reference=text_of(r, "reference"),
            title=text_of(r, "title"),
            mission=c.maybe_label("mission_type", r, "mission_type"),
            election_types=c.labels("election_type", r, "election_types"),
            election_dates=words_of(r, "election_dates"),
            published_on=text_of(r, "published_on"),
            source_url=text_of(r, "source_url"),
            recommendations=counts[r.id],
        )
        for r in found
    )


def _recommendation(c: Composing, record: Record, notes: tuple[NoteEntry, ...]) -> RecommendationEntry:
    key = c.key(record.id)
    page, number = record.fields.get("page"), record.fields.get("number")
    report = c.by_id.get(text_of(record, "report"))
    links = _links(c, record)
    return RecommendationEntry(
        id=c.shown_id(record),
        key=key,
        report=text_of(report, "reference") if report else "",
        report_id=c.shown_id(report) if report else "",
        number=number if isinstance(number, int) else 0,
        letter=text_of(record, "letter"),
        recommendation_class=c.label("recommendation_class", text_of(record, "class")),
        themes=c.labels("theme", record, "themes"),
        short_label=text_of(record, "short_label"),
        text=text_of(record, "text"),
        translations=tuple((lang, str(text)) for lang, text in mapping_of(record, "translations").items()),
        page=page if isinstance(page, int) else None,
        commitments=words_of(record, "commitments"),
        action_required=c.labels("action_required", record, "action_required"),
        addressees=words_of(record, "addressees"),
        horizon=c.maybe_label("horizon", record, "horizon"),
        links=tuple((c.key(other), c.label("link_type", kind)) for other, kind in links),
        statuses=_statuses(c, record, links),
        positions=_positions(c, record),
        progress=_progress(c, record),
        note_numbers=tuple(n.number for n in notes if key in n.recommendations),
        finding=_finding(c, record),
    )


def _links(c: Composing, record: Record) -> list[tuple[str, str]]:
    """Links from this recommendation and to it, as (other's id, kind of link), by the other's key."""
    found: dict[str, str] = {}
    for other, part in mapping_of(record, "links").items():
        if isinstance(part, dict) and part.get("type") and other in c.by_id:
            found[other] = str(part["type"])
    for other_record in c.rules.all_of("recommendation"):
        part = mapping_of(other_record, "links").get(record.id)
        if isinstance(part, dict) and part.get("type"):
            found.setdefault(other_record.id, str(part["type"]))
    return sorted(found.items(), key=lambda kv: c.key(kv[0]))


def _statuses(c: Composing, record: Record, links: list[tuple[str, str]]) -> tuple[StatusEntry, ...]:
    kinds: dict[str, str] = {record.id: "", **dict(links)}
    found = [s for s in c.rules.all_of("official_status") if text_of(s, "recommendation") in kinds]
    found.sort(key=lambda s: (text_of(s, "recommendation") != record.id, _negated(text_of(s, "date")), s.id))
    out = []
    for status in found:
        about = text_of(status, "recommendation")
        report = c.by_id.get(text_of(status, "set_by"))
        own = about == record.id
        out.append(
            StatusEntry(
                id=c.shown_id(status),
                value=c.label("official_status", text_of(status, "value")),
                set_by=text_of(report, "reference") if report else "",
                date=text_of(status, "date"),
                via="" if own else c.key(about),
                link=None if own else c.label("link_type", kinds[about]),
            )
        )
    return tuple(out)


def _negated(date: str) -> tuple[int, ...]:
    return tuple(-ord(ch) for ch in date)


def _positions(c: Composing, record: Record) -> tuple[PositionEntry, ...]:
    found = [p for p in c.rules.all_of("position") if text_of(p, "recommendation") == record.id and c.rules.admits(p)]
    found.sort(key=lambda p: (text_of(p, "date"), c.institution_shown(text_of(p, "institution"), p), p.id))
    return tuple(
        PositionEntry(
            id=c.shown_id(p),
            institution=c.institution_shown(text_of(p, "institution"), p),
            value=c.label("position", text_of(p, "value")),
            date=text_of(p, "date") if c.internal or not c.rules.protected(p) else "",
            meeting=c.meeting_number(text_of(p, "meeting")),
        )
        for p in found
    )


def _progress(c: Composing, record: Record) -> tuple[ProgressEntry, ...]:
    found = [p for p in c.rules.all_of("progress") if text_of(p, "recommendation") == record.id and c.rules.admits(p)]
    found.sort(key=lambda p: (text_of(p, "date"), p.made_at, p.id))
    return tuple(
        ProgressEntry(
            id=c.shown_id(p),
            stage=c.label("progress_stage", text_of(p, "stage")),
            basis=text_of(p, "basis") if c.internal else "",
            date=text_of(p, "date") if c.internal or not c.rules.protected(p) else "",
            expert=(text_of(p, "expert") or p.made_by) if c.internal else "",
            confidence=c.maybe_label("confidence", p, "confidence") if c.internal else None,
            meeting=c.meeting_number(text_of(p, "meeting")),
        )
        for p in found
    )


def _finding(c: Composing, record: Record) -> FindingEntry | None:
    """The head's finding; outside the organisation only when agreed, and without dissent."""
    found = [f for f in c.rules.all_of("finding") if text_of(f, "recommendation") == record.id and text_of(f, "text")]
    if not c.internal:
        found = [f for f in found if text_of(f, "state") == "agreed"]
    if not found:
        return None
    finding = max(found, key=lambda f: (f.changed_at, f.id))
    dissent = tuple((author, str(text)) for author, text in mapping_of(finding, "dissent").items()) if c.internal else ()
    return FindingEntry(c.shown_id(finding), text_of(finding, "text"), c.maybe_label("finding_state", finding, "state"), dissent)


def _sections(c: Composing) -> tuple[SectionText, ...]:
    """The head's own texts in the summary's languages; of two for one section and language the later one."""
    latest: dict[tuple[str, str], Record] = {}
    for record in sorted(c.rules.all_of("section"), key=lambda r: (r.changed_at, r.id)):
        if text_of(record, "text") and text_of(record, "language") in c.material.languages:
            latest[text_of(record, "section"), text_of(record, "language")] = record
    order = {lang: i for i, lang in enumerate(c.material.languages)}
    return tuple(
        SectionText(s, lang, text_of(r, "text")) for (s, lang), r in sorted(latest.items(), key=lambda kv: (kv[0][0], order[kv[0][1]]))
    )


def _omitted(c: Composing) -> tuple[tuple[str, int], ...]:
    if c.material.edition is not Edition.INTERNAL:
        return ()
    counts: list[tuple[str, int]] = []
    for kind in ("meeting", *EVIDENCE_KINDS, "attachment"):
        records = c.meetings if kind == "meeting" else c.rules.all_of(kind)
        left_out = sum(1 for r in records if not c.rules.admits(r))
        if left_out:
            counts.append((kind, left_out))
    return tuple(counts)
