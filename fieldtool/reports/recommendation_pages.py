"""The chapter on recommendations: overview and one block each; sets what the summary says and adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.document import RecommendationEntry, StatusEntry
from fieldtool.reports.glance import is_raised
from fieldtool.reports.setting import SEPARATOR, Setting
from fieldtool.reports.styles import POSITION, STATUS
from fieldtool.reports.tagging import TaggedParagraph

# isort: split
from reportlab.platypus import Flowable

SHORT_QUOTE = 500  # characters; so short a recommendation stays together and with its status
FEW_POSITIONS = 3  # of a recommendation; of more the overview gives the numbers
OUTLINE_GROUP = 60  # entries of one level that a reader's outline, and a signing library's recursion, bear well


class RecommendationPages:
    """Sets the chapter on recommendations."""

    def __init__(self, setting: Setting) -> None:
        self.set = setting
        self.wording = setting.wording
        self.entries = setting.summary.recommendations

    def flowables(self) -> Iterator[Flowable]:
        """The whole chapter."""
        s, w = self.set, self.wording
        yield s.heading(w("recommendations"), 1)
        yield from s.section("recommendations")
        yield from s.each("recommendations-how")
        if not self.entries:
            return
        yield s.heading(w("recommendations-overview"), 2)
        yield self._overview()
        grouped = len(self.entries) > OUTLINE_GROUP
        for i, entry in enumerate(self.entries):
            if grouped and i % OUTLINE_GROUP == 0:
                last = self.entries[min(i + OUTLINE_GROUP, len(self.entries)) - 1]
                yield s.heading(f"{entry.key} – {last.key}", 2, outline=1)
                yield from self._block(entry, 3, 2)
            else:
                yield from self._block(entry, 3 if grouped else 2, 2 if grouped else 1)

    def _overview(self) -> Flowable:
        rows: list[Sequence[str | TaggedParagraph]] = [
            [e.key, self._themes(e), self._positions(e), self._stage(e), self._status(e)] for e in self.entries
        ]
        columns = ("column-key", "column-theme", "column-positions", "column-progress", "column-status")
        return self.set.table("overview", columns, rows, (21, 19, 25, 15, 20))

    def _block(self, entry: RecommendationEntry, level: int, outline: int) -> Iterator[Flowable]:
        s, w = self.set, self.wording
        name = entry.short_label or self._themes(entry)
        yield s.heading("  ".join(t for t in (entry.key, name) if t), level, outline=outline, style=s.sheet.h2)
        parts = [entry.recommendation_class.text, self._themes(entry) if entry.short_label else "", *self._facts(entry)]
        yield s.text(SEPARATOR.join(p for p in parts if p), s.sheet.caption, leads=True)
        for paragraph in s.paragraphs(entry.text, s.sheet.quote, "en"):
            paragraph.leads = len(entry.text) < SHORT_QUOTE
            yield paragraph
        for lang, text in entry.translations:
            yield s.label(faces.markup(w("recommendation-translation", language=lang)))
            yield from s.paragraphs(text, s.sheet.translation, lang)
        yield self._statuses(entry)
        yield from self._said(entry, level + 1)

    def _said(self, entry: RecommendationEntry, level: int) -> Iterator[Flowable]:
        s, w = self.set, self.wording
        short = entry.key.removeprefix(f"{entry.report}-")  # who turns to this page finds out where they are
        if not is_raised(entry):
            yield s.text(w("not-raised"))
        if entry.positions:
            yield s.heading(f"{w('positions')}: {short}", level, bookmark=False)
            rows: list[Sequence[str | TaggedParagraph]] = [
                [p.institution, self._position(p.value.word, p.value.text), s.meeting_and_date(p.meeting, p.date)] for p in entry.positions
            ]
            yield s.table(f"positions {entry.key}", ("column-institution", "column-position", "column-meeting"), rows, (50, 25, 25))
        if entry.progress:
            yield s.heading(f"{w('progress')}: {short}", level, bookmark=False)
            for p in entry.progress:
                more = [s.meeting_and_date(p.meeting, p.date), p.basis]
                if p.confidence:
                    more.append(w("progress-confidence", confidence=p.confidence.text))
                if p.expert:
                    more.append(w("progress-expert", expert=p.expert))
                yield s.item(SEPARATOR.join([p.stage.text, *(m for m in more if m)]))
        if entry.note_numbers:
            yield s.heading(f"{w('evidence')}: {short}", level, bookmark=False)
            for number in entry.note_numbers:
                yield from s.note(s.summary.note(number), under=entry.key)
        if entry.finding:
            state = f" ({entry.finding.state.text})" if entry.finding.state else ""
            yield s.heading(w("finding") + state, level, bookmark=False)
            yield from s.paragraphs(entry.finding.text)
            for author, text in entry.finding.dissent:
                yield s.label(faces.markup(w("finding-dissent", author=author)))
                yield from s.paragraphs(text, s.sheet.note)

    def _facts(self, entry: RecommendationEntry) -> list[str]:
        w = self.wording
        facts = []
        if entry.page is not None:
            facts.append(w("recommendation-page", page=entry.page))
        if entry.addressees:
            facts.append(w("recommendation-addressees", names="; ".join(entry.addressees)))
        if entry.action_required:
            facts.append(w("recommendation-action", actions="; ".join(a.text for a in entry.action_required)))
        if entry.horizon:
            facts.append(w("recommendation-horizon", horizon=entry.horizon.text))
        if entry.commitments:
            facts.append(w("recommendation-commitments", commitments="; ".join(entry.commitments)))
        if entry.links:
            facts.append(w("recommendation-linked", links="; ".join(f"{key} ({kind.text})" for key, kind in entry.links)))
        return facts

    def _statuses(self, entry: RecommendationEntry) -> TaggedParagraph:
        lead = f"<b>{faces.markup(self.wording('status'))}:</b> "
        if not entry.statuses:
            return self.set.rich(lead + faces.markup(self.wording("status-none")))
        return self.set.rich(lead + "; ".join(self._status_line(s) for s in entry.statuses))

    def _status_line(self, status: StatusEntry) -> str:
        symbol, ink = STATUS.get(status.value.word, ("–", "5A6470"))
        about = ", ".join(t for t in (status.via, status.link.text if status.link else "") if t)
        source = ", ".join(t for t in (status.set_by, self.wording.date(status.date)) if t)
        rest = f" {about} ({self.wording('column-source')}: {source})" if about else f" ({self.wording('column-source')}: {source})"
        return self.set.coloured(status.value.text, ink, symbol) + faces.markup(rest)

    def _themes(self, entry: RecommendationEntry) -> str:
        return ", ".join(t.text for t in entry.themes)

    def _position(self, word: str, text: str) -> TaggedParagraph:
        symbol, ink = POSITION.get(word, ("–", "1B1F24"))
        return TaggedParagraph(self.set.coloured(text, ink, symbol), self.set.sheet.cell)

    def _positions(self, entry: RecommendationEntry) -> str:
        if len(entry.positions) > FEW_POSITIONS:
            counts = Counter(p.value.text for p in entry.positions)
            return "; ".join(f"{value}: {count}" for value, count in counts.items())
        return "; ".join(f"{p.institution}: {p.value.text}" for p in entry.positions) or self.wording("none")

    def _stage(self, entry: RecommendationEntry) -> str:
        return entry.progress[-1].stage.text if entry.progress else self.wording("none")

    def _status(self, entry: RecommendationEntry) -> TaggedParagraph:
        if not entry.statuses:
            return self.set.text(self.wording("status-none"), self.set.sheet.cell)
        status = entry.statuses[0]
        symbol, ink = STATUS.get(status.value.word, ("–", "5A6470"))
        source = f"<br/>{faces.markup(', '.join(t for t in (status.via, status.set_by, self.wording.short_date(status.date)) if t))}"
        return TaggedParagraph(self.set.coloured(status.value.text, ink, symbol) + source, self.set.sheet.cell)
