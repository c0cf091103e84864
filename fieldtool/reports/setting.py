"""Small pieces of setting that every part of the pages uses: headings, texts, tables, facts, notes; knows no order of parts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.document import Figure, MeetingEntry, NoteEntry, VisitSummary
from fieldtool.reports.styles import GREY, WIDTH, Sheet
from fieldtool.reports.tagging import TaggedParagraph, TaggedTable, columns_of, tagged_table
from fieldtool.reports.wording import Wording

# isort: split
from reportlab.lib.styles import ParagraphStyle

LONG_NOTE = 600  # characters with its source; a longer note is printed once and referred to elsewhere
MANY_PEOPLE = 8  # more of them stand below the table of meetings, where there is room
SEPARATOR = "\u00a0· "  # never begins a line
_PER_ROW = 4


def roomy(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widths of columns, each at least as told where all have room together: what is lacking comes from those that have some to spare."""
    lacking = sum(max(0.0, need - width) for width, need in zip(widths, least, strict=True))
    spare = [max(0.0, width - need) for width, need in zip(widths, least, strict=True)]
    if lacking > sum(spare):
        return list(widths)
    taken = [lacking * one / (sum(spare) or 1.0) for one in spare]
    return [max(width, need) - less for width, need, less in zip(widths, least, taken, strict=True)]


class Setting:
    """Makes flowables of a summary's pieces."""

    def __init__(self, summary: VisitSummary, sheet: Sheet, wording: Wording) -> None:
        self.summary, self.sheet, self.wording = summary, sheet, wording
        self._printed: dict[int, str] = {}  # number of a long note → where it stands in full

    # --- texts

    def text(self, text: str, style: ParagraphStyle | None = None, lang: str = "", leads: bool = False) -> TaggedParagraph:
        """One paragraph of text as it is; if it leads, it stays on one page with what follows."""
        paragraph = TaggedParagraph(faces.markup(text), style or self.sheet.body, lang=self._foreign(lang))
        paragraph.leads = leads
        return paragraph

    def rich(self, markup: str, style: ParagraphStyle | None = None) -> TaggedParagraph:
        """One paragraph of ready markup, its texts escaped already."""
        return TaggedParagraph(markup, style or self.sheet.body)

    def paragraphs(self, text: str, style: ParagraphStyle | None = None, lang: str = "") -> Iterator[TaggedParagraph]:
        """A text of many lines: one paragraph each."""
        for line in text.replace("\r\n", "\n").split("\n"):
            if line.strip():
                yield self.text(line.strip(), style, lang)

    def each(self, key: str, /, **values: object) -> Iterator[TaggedParagraph]:
        """A sentence of the frame in each of its languages, below each other."""
        for lang, text in self.wording.each(key, **values):
            yield self.text(text, lang=lang)

    def item(self, text: str) -> TaggedParagraph:
        """An item of a list."""
        return TaggedParagraph(faces.markup(text), self.sheet.item, role="LI", bulletText="•")

    def heading(
        self, text: str, level: int, style: ParagraphStyle | None = None, bookmark: bool = True, outline: int | None = None
    ) -> TaggedParagraph:
        """A heading that stays with what follows; the first level stands in the outline and the contents list unless `bookmark` is
        false."""
        styles = {1: self.sheet.h1, 2: self.sheet.h2, 3: self.sheet.h3, 4: self.sheet.h3}
        paragraph = TaggedParagraph(faces.markup(text), style or styles[level], role=f"H{level}")
        paragraph.leads = True
        if bookmark and (level == 1 or outline is not None):
            paragraph.bookmark, paragraph.level, paragraph.listed = text, outline or 0, level == 1
        return paragraph

    def label(self, markup: str) -> TaggedParagraph:
        """A grey line above a text, from ready markup; it stays with the text."""
        paragraph = TaggedParagraph(markup, self.sheet.note_head)
        paragraph.leads = True
        return paragraph

    def section(self, section: str) -> Iterator[TaggedParagraph]:
        """What the head wrote for a section."""
        for written in self.summary.sections:
            if written.section == section:
                yield from self.paragraphs(written.text, lang=written.language)

    def _foreign(self, lang: str) -> str:
        return lang if lang and lang != self.summary.languages[0] else ""

    # --- tables

    def table(
        self,
        key: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str | TaggedParagraph]],
        shares: Sequence[float],
        right: Sequence[int] = (),
        row_head: int | None = 0,
    ) -> TaggedTable:
        """A table with a head of message keys; `shares` are its columns' parts of the width in percent, `right` those set to the right."""
        sheet = self.sheet
        head = [
            TaggedParagraph(faces.markup(self.wording(c)), sheet.cell_head_right if i in right else sheet.cell_head)
            for i, c in enumerate(columns)
        ]
        body = [[self._cell(v, sheet.cell_right if i in right else sheet.cell) for i, v in enumerate(row)] for row in rows]
        if row_head is not None and len(rows) * (len(columns) - 1) < len(columns) + len(rows):
            row_head = None  # in a tiny table more headers than cells would confuse whoever hears them
        after_number = [("LEFTPADDING", (i + 1, 0), (i + 1, -1), 16) for i in right if i + 1 < len(columns) and i + 1 not in right]
        paddings = [20 if i - 1 in right and i not in right else 8 for i in range(len(columns))]
        least = [self._longest_word(c) + p + 1 for c, p in zip(columns, paddings, strict=True)]
        widths = roomy([WIDTH * s / 100 for s in shares], least)
        table = tagged_table(key, head, body, widths, [*sheet.table(), *after_number], row_head)
        table.spaceBefore, table.spaceAfter = 2, 8
        return table

    def _longest_word(self, head: str) -> float:
        """Its width in points: a head is broken between words only."""
        return max(faces.width(word, self.sheet.cell_head.fontSize, True) for word in self.wording(head).split())

    def facts(self, key: str, rows: Sequence[tuple[str, str]], share: float) -> TaggedTable:
        """Names of facts to the left, facts to the right."""
        body = [[TaggedParagraph(faces.markup(name), self.sheet.cell_head), self._cell(value, self.sheet.cell)] for name, value in rows]
        return tagged_table(key, [], body, [WIDTH * share / 100, WIDTH * (100 - share) / 100], self.sheet.table(head=False), row_head=0)

    def _cell(self, value: str | TaggedParagraph, style: ParagraphStyle) -> TaggedParagraph:
        return value if isinstance(value, TaggedParagraph) else TaggedParagraph(faces.markup(value), style)

    def figures(self, figures: Sequence[Figure]) -> TaggedTable:
        """The numbers at a glance, four in a row: large number above its name."""
        deep = self.sheet.deep.hexval()[2:]
        style = ParagraphStyle("figure", parent=self.sheet.cell, leading=10.5, autoLeading="max")
        cells = []
        for figure in figures:
            name = faces.markup(self.wording(figure.name))
            markup = f'<font size="17" color="#{deep}"><b>{figure.value}</b></font><br/><font size="8.5" color="#{GREY}">{name}</font>'
            cells.append(TaggedParagraph(markup, style))
        rules: list[tuple[Any, ...]] = [
            *self.sheet.table(head=False),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
        table = columns_of(cells, _PER_ROW, WIDTH, rules)
        table.spaceAfter = 8
        return table

    # --- meetings

    def meeting_time(self, meeting: MeetingEntry) -> str:
        """When a meeting was, on as few lines as fit."""
        if not meeting.start:
            return self.wording("none")
        times = "–".join(t[11:16] for t in (meeting.start, meeting.end) if len(t) >= 16)
        return f"{self.wording.short_date(meeting.start)} {times}".strip()

    def meeting_with(self, meeting: MeetingEntry) -> TaggedParagraph:
        """Whom a meeting was with, and who of them may be named."""
        lines = [f"<b>{faces.markup(self.party_names(meeting))}</b>"]
        if len(meeting.attendees) > MANY_PEOPLE:
            lines.append(faces.markup(self.wording("meeting-attendees-below", count=len(meeting.attendees))))
        else:
            lines += [faces.markup(person) for person in self.people(meeting)]
        return TaggedParagraph("<br/>".join(lines), self.sheet.cell)

    def people(self, meeting: MeetingEntry) -> Iterator[str]:
        """Those of the other side who may be named, with title and role."""
        for person in meeting.attendees:
            role = person.role.text if person.role and person.role.word != "interlocutor" else ""
            yield ", ".join(t for t in (person.name, person.title, role) if t)

    def party_names(self, meeting: MeetingEntry) -> str:
        """The parties of a meeting in a line."""
        return "; ".join(p.name for p in meeting.parties) or self.wording("none")

    def meeting_how(self, meeting: MeetingEntry) -> str:
        """Place, way, languages, interpreter and team."""
        w = self.wording
        state = meeting.state.text if meeting.state and meeting.state.word != "held" else ""
        parts = [state, meeting.place, meeting.modality.text if meeting.modality else ""]
        if meeting.languages:
            parts.append(w("meeting-languages", languages=", ".join(meeting.languages)))
        if meeting.interpreter:
            parts.append(w("meeting-interpreter", name=meeting.interpreter))
        if meeting.team_present:
            parts.append(w("meeting-team", names=", ".join(meeting.team_present)))
        return "; ".join(p for p in parts if p)

    def meeting_rule(self, meeting: MeetingEntry) -> str:
        """Attribution, marking and how many notes there are."""
        return "; ".join((meeting.attribution.text, meeting.marking.text, self.wording("meeting-notes", count=meeting.notes)))

    def meeting_and_date(self, number: int | None, date: str) -> str:
        """`Meeting 3, 11 Apr 2022`, as far as known."""
        meeting = self.wording("meeting-number", number=number) if number else ""
        return ", ".join(t for t in (meeting, self.wording.short_date(date)) if t) or self.wording("none")

    # --- notes

    def note(self, note: NoteEntry, with_keys: bool = False, under: str = "") -> Iterator[TaggedParagraph]:
        """A note: what it is in grey, then its text; a long one that stands elsewhere already is only referred to."""
        if under and len(note.text) + len(note.source) > LONG_NOTE:
            elsewhere = self._printed.setdefault(note.number, under)
            if elsewhere != under:
                yield self.text(self.wording("evidence-see", number=note.number, key=elsewhere), self.sheet.caption)
                return
        elif note.number in self._printed and with_keys:
            yield self.text(self.wording("evidence-see", number=note.number, key=self._printed[note.number]), self.sheet.caption)
            return
        yield self.label(self._note_head(note, with_keys))
        yield from self.paragraphs(note.text, self.sheet.note, note.language)

    def _note_head(self, note: NoteEntry, with_keys: bool) -> str:
        w = self.wording
        own = note.kind.word == "expert assessment"
        parts = [w("note", number=note.number), note.source, w("note-assessment") if own else ""]
        if note.meeting:
            parts.append(self.meeting_and_date(note.meeting, note.date))
        parts += [
            w("note-interpreted") if note.through_interpreter else "",
            w("note-uncleared") if note.uncleared_quote else "",
            f"{note.attribution.text}, {note.marking.text}" if self.summary.edition.value == "internal" else "",
            w("note-by", name=note.recorded_by) if note.recorded_by else "",
            ", ".join(note.recommendations) if with_keys else "",
        ]
        ink = "6B3A7E" if own else "1B1F24"
        lead = f'<b><font color="#{ink}">{faces.markup(note.kind.text)}</font></b>'
        return lead + faces.markup(SEPARATOR + SEPARATOR.join(p for p in parts if p))

    def prepared_on(self) -> str:
        """The day the summary was composed, in UTC."""
        return datetime.datetime.fromtimestamp(self.summary.cover.prepared_at / 1000, datetime.UTC).date().isoformat()

    def coloured(self, text: str, rrggbb: str, symbol: str = "") -> str:
        """Markup of a word in a colour, a symbol before it; the word alone says everything."""
        lead = f"{faces.markup(symbol)} " if symbol else ""
        return f'<font color="#{rrggbb}">{lead}<b>{faces.markup(text)}</b></font>'
