"""What stands on the pages, in the order of the record; sets no page itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.charts import coverage_figures, theme_figure
from fieldtool.reports.document import MeetingEntry, VisitSummary
from fieldtool.reports.glance import PLANS
from fieldtool.reports.keeping import set_height
from fieldtool.reports.recommendation_pages import RecommendationPages
from fieldtool.reports.record import SummaryRecord
from fieldtool.reports.setting import MANY_PEOPLE, SEPARATOR, Setting
from fieldtool.reports.styles import HEIGHT, WIDTH, Sheet
from fieldtool.reports.tagging import Box, TaggedContents, TaggedParagraph
from fieldtool.reports.wording import Wording

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, Spacer

HEAD_FIELD, HEADQUARTERS_FIELD, ARCHIVE_FIELD = "HeadOfVisit", "Headquarters", "ArchiveTimestamp"
_COLUMN = WIDTH / 100


class Story:
    """The flow of one summary; `boxes` are the places of the visible signatures, known once the pages are set."""

    def __init__(self, summary: VisitSummary, record: SummaryRecord, sheet: Sheet, wording: Wording) -> None:
        self.summary, self.record, self.sheet, self.wording = summary, record, sheet, wording
        self.set = Setting(summary, sheet, wording)
        self.boxes = (Box(HEAD_FIELD, WIDTH, 32 * mm, sheet.deep), Box(HEADQUARTERS_FIELD, WIDTH, 26 * mm, sheet.deep))

    def flowables(self) -> list[Flowable]:
        """Everything, in order."""
        parts = (
            self._cover, self._glance, self._reports, self._meetings, self._themes, RecommendationPages(self.set).flowables, self._plans,
            self._obstacles,
            self._assistance, self._actions, self._commitment, self._annexes, self._approval,
        )  # fmt: skip
        return [flowable for part in parts for flowable in part()]

    def _cover(self) -> Iterator[Flowable]:
        cover, s, w = self.summary.cover, self.set, self.wording
        yield NextPageTemplate("body")
        yield Spacer(1, 3 * mm)
        yield s.heading(w("title"), 1, style=self.sheet.title, bookmark=False)
        yield s.text(f"{cover.country}: {cover.place}, {w.period(cover.start, cover.end)}", self.sheet.subtitle)
        team = [f"{m.name} ({m.name_latin})" if m.name_latin and m.name_latin != m.name else m.name for m in cover.team]
        facts = [
            ("cover-reference", cover.reference),
            ("cover-edition", cover.edition.text),
            ("cover-marking", cover.marking.text),
            ("cover-country", cover.country),
            ("cover-place", cover.place),
            ("cover-dates", w.period(cover.start, cover.end)),
            ("cover-purpose", cover.purpose),
            ("cover-activities", "; ".join(a.text for a in cover.activities)),
            ("cover-head", cover.head),
            ("cover-team", "; ".join(team)),
            ("cover-deviations", cover.deviations),
        ]
        yield s.facts("cover", [(w(key), value) for key, value in facts if value], 24)
        yield from s.section("purpose")
        yield Spacer(1, 3 * mm)
        yield s.heading(w("contents"), 2, bookmark=False)
        contents = TaggedContents(dotsMinLevel=0, levelStyles=[self.sheet.contents], tableStyle=_CONTENTS_STYLE)
        yield contents
        yield CondPageBreak(HEIGHT * 2 / 3)  # a long cover goes on overleaf, and what follows goes on there, too

    def _glance(self) -> Iterator[Flowable]:
        s, w, summary = self.set, self.wording, self.summary
        head, figures = s.heading(w("glance"), 1), s.figures(summary.figures)
        yield from (head, figures)
        matrix_head = s.heading(w("coverage"), 2)
        caption = s.text(w("coverage-figure"), self.sheet.caption)
        room = HEIGHT - sum(set_height(part) for part in (head, figures, matrix_head, caption))
        for index, figure in enumerate(coverage_figures(summary.coverage, self.sheet, w.first, room)):
            yield KeepTogether([matrix_head, figure, caption] if index == 0 else [figure])
        if summary.themes:
            head = s.heading(w("progress-by-theme"), 2)
            yield KeepTogether([head, theme_figure(summary.themes, self.sheet, w.first), s.text(w("progress-figure"), self.sheet.caption)])
        if summary.coverage.types or summary.themes:
            yield s.heading(w("coverage-table"), 2)
        if summary.coverage.types:
            yield self._coverage_table()
        if summary.themes:
            yield self._theme_table()

    def _coverage_table(self) -> Flowable:
        w, matrix = self.wording, self.summary.coverage
        rows = []
        for row in matrix.rows:
            said = [f"{t.text} {w.number(n)}" for t, n in zip(matrix.types, row.counts, strict=True) if n]
            rows.append([row.key, "; ".join(said) or w("coverage-alt-none"), w.number(sum(row.counts))])
        return self.set.table("coverage", ("column-key", "column-types", "column-total"), rows, (28, 60, 12), right=(2,))

    def _theme_table(self) -> Flowable:
        rows = []
        for line in self.summary.themes:
            stages = "; ".join(f"{label.text} {self.wording.number(count)}" for label, count in line.stages)
            counts = [self.wording.number(n) for n in (len(line.recommendations), line.raised, line.progressing)]
            rows.append([line.theme.text, *counts, stages or self.wording("none")])
        columns = ("column-theme", "column-all", "column-raised", "column-progressing", "column-stages")
        return self.set.table("themes", columns, rows, (30, 8, 12, 15, 35), right=(1, 2, 3))

    def _reports(self) -> Iterator[Flowable]:
        s, w = self.set, self.wording
        yield s.heading(w("reports"), 1)
        yield from s.section("reports covered")
        for report in self.summary.reports:
            yield s.heading(f"{report.reference}  {report.title}", 2, style=self.sheet.h3)
            parts = [report.mission.text if report.mission else "", "; ".join(t.text for t in report.election_types)]
            if report.election_dates:
                parts.append(w("report-elections", dates="; ".join(w.date(d) for d in report.election_dates)))
            if report.published_on:
                parts.append(w("report-published", date=w.date(report.published_on)))
            parts += [report.source_url, w("report-count", count=report.recommendations)]
            yield s.text(SEPARATOR.join(p for p in parts if p), self.sheet.caption)

    def _meetings(self) -> Iterator[Flowable]:
        s, w, meetings = self.set, self.wording, self.summary.meetings
        yield s.heading(w("meetings"), 1)
        yield from s.section("meetings")
        if any(m.protected for m in meetings):
            yield s.text(w("meetings-protected"), self.sheet.caption, leads=True)
        if meetings:
            rows: list[Sequence[str | TaggedParagraph]] = [
                [str(m.number), s.meeting_time(m), s.meeting_with(m), s.meeting_how(m), s.meeting_rule(m)] for m in meetings
            ]
            columns = ("column-number", "column-when", "column-with", "column-present", "column-rule")
            yield s.table("meetings", columns, rows, (6, 14, 26, 30, 24))
        elif not self.summary.further_meetings:
            yield s.text(w("meetings-none"))
        if self.summary.further_meetings:
            yield s.text(w("meetings-further"), leads=True)
            for label, count in self.summary.further_meetings:
                yield s.item(f"{label.text if label else w('meetings-further-unnamed')}: {w.number(count)}")
        crowded = [m for m in meetings if len(m.attendees) > MANY_PEOPLE]
        if crowded:
            yield s.heading(w("meeting-attendees"), 2)
            for meeting in crowded:
                yield self._meeting_label(meeting)
                yield s.text("; ".join(s.people(meeting)), self.sheet.small)
        said = [m for m in meetings if m.summary]
        if said:
            yield s.heading(w("meeting-summaries"), 2)
            for meeting in said:
                yield self._meeting_label(meeting)
                yield from s.paragraphs(meeting.summary, self.sheet.note)

    def _meeting_label(self, meeting: MeetingEntry) -> TaggedParagraph:
        number = self.wording("meeting-number", number=meeting.number)
        return self.set.label(faces.markup(f"{number}{SEPARATOR}{self.set.party_names(meeting)}"))

    def _themes(self) -> Iterator[Flowable]:
        s, w = self.set, self.wording
        yield s.heading(w("themes"), 1)
        yield from s.section("themes discussed")
        discussed = [t for t in self.summary.themes if t.raised]
        if not discussed:
            yield s.text(w("themes-none"))
        raised = {r.key for r in self.summary.recommendations if r.note_numbers or r.positions or r.progress}
        for line in discussed:
            yield s.item(f"{line.theme.text}: {', '.join(k for k in line.recommendations if k in raised)}")

    def _plans(self) -> Iterator[Flowable]:
        yield from self._notes_of("plans", "plans noted", PLANS, "plans-none")

    def _obstacles(self) -> Iterator[Flowable]:
        yield from self._notes_of("obstacles", "obstacles", ("obstacle",), "obstacles-none")

    def _notes_of(self, title: str, section: str, kinds: Sequence[str], none: str) -> Iterator[Flowable]:
        yield self.set.heading(self.wording(title), 1)
        yield from self.set.section(section)
        notes = [n for n in self.summary.notes if n.kind.word in kinds]
        if not notes:
            yield self.set.text(self.wording(none))
        for note in notes:
            yield from self.set.note(note, with_keys=True)

    def _assistance(self) -> Iterator[Flowable]:
        s, w = self.set, self.wording
        yield s.heading(w("assistance"), 1)
        yield from s.section("assistance offered")
        if not self.summary.assistance:
            yield s.text(w("assistance-none"))
            return
        rows = [
            [
                a.type.text,
                a.institution or w("none"),
                ", ".join(a.recommendations),
                a.reception.text if a.reception else w("none"),
                s.meeting_and_date(a.meeting, a.date),
            ]
            for a in self.summary.assistance
        ]
        yield s.table(
            "assistance",
            ("column-type", "column-institution", "column-recommendations", "column-reception", "column-meeting"),
            rows,
            (18, 21, 23, 21, 17),
        )

    def _actions(self) -> Iterator[Flowable]:
        s, w = self.set, self.wording
        yield s.heading(w("actions"), 1)
        yield from s.section("action points")
        if not self.summary.actions:
            yield s.text(w("actions-none"))
            return
        rows = [
            [
                "  ".join(t for t in (a.reference, a.description) if t),
                a.owner or w("none"),
                w.short_date(a.due) or w("none"),
                ", ".join(label.text for label in (a.state, a.priority) if label),
                ", ".join(a.recommendations),
            ]
            for a in self.summary.actions
        ]
        yield s.table(
            "actions", ("column-action", "column-owner", "column-due", "column-state", "column-recommendations"), rows, (41, 14, 13, 12, 20)
        )

    def _commitment(self) -> Iterator[Flowable]:
        yield self.set.heading(self.wording("commitment"), 1)
        yield from self.set.section("standing commitment")
        yield from self.set.each("commitment-text")

    def _annexes(self) -> Iterator[Flowable]:
        s, w, summary = self.set, self.wording, self.summary
        yield s.heading(w("annexes"), 1)
        untied = [n for n in summary.notes if not n.recommendations]
        if untied:
            yield s.heading(w("annex-notes"), 2)
            for note in untied:
                yield from s.note(note)
        if summary.attachments:
            yield s.heading(w("annex-attachments"), 2)
            rows = [[a.name or w("none"), a.source or w("none"), a.belongs_to, a.sha256] for a in summary.attachments]
            yield s.table("attachments", ("column-name", "column-source", "column-meeting", "column-sha256"), rows, (26, 20, 14, 40))
        if summary.edition.value == "internal":
            yield s.heading(w("annex-omitted"), 2)
            yield s.text(self._omitted())
        yield s.heading(w("annex-record"), 2)
        yield from s.each("annex-record-text", digest=self.record.sha256)

    def _omitted(self) -> str:
        w = self.wording
        if not self.summary.omitted:
            return w("annex-omitted-none")
        counts = "; ".join(w(f"omitted-{kind}", count=count) for kind, count in self.summary.omitted)
        return w("annex-omitted-text", ceiling=self.summary.ceiling.text, counts=counts)

    def _approval(self) -> Iterator[Flowable]:
        """Who prepared it; then, on one page, who approved it and the signatures: none of them stands alone on the last."""
        s, w, cover = self.set, self.wording, self.summary.cover
        yield s.heading(w("approval"), 1)
        yield from s.section("prepared and approved")
        people = [[f"{m.name} ({m.name_latin})" if m.name_latin and m.name_latin != m.name else m.name, m.role.text] for m in cover.team]
        if people:
            yield s.table("approval", ("approval-prepared", "column-role"), people, (60, 40))
            yield Spacer(1, 3 * mm)
        approved = f"{w('approval-approved')}: {cover.head or w('none')}{SEPARATOR}{w('approval-date', date=w.date(s.prepared_on()))}"
        block: list[Flowable] = [s.text(approved), *s.each("approval-how")]
        for box, key in zip(self.boxes, ("field-head", "field-headquarters"), strict=True):
            block += [s.text(w(key), self.sheet.caption), box, Spacer(1, 4 * mm)]
        yield KeepTogether(block)


_CONTENTS_STYLE: Any = [
    ("FONTNAME", (0, 0), (-1, -1), "NS"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]
