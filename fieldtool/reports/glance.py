"""The numbers at a glance: figures, coverage matrix and progress by theme, counted from what the edition shows; draws nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fieldtool.domain.changes import Record
from fieldtool.reports.attribution import text_of, words_of
from fieldtool.reports.composing import Composing
from fieldtool.reports.document import (
    ActionEntry,
    AssistanceEntry,
    CoverageMatrix,
    CoverageRow,
    Figure,
    Label,
    MeetingEntry,
    NoteEntry,
    RecommendationEntry,
    ThemeLine,
)

PLANS = ("plan announced", "commitment")  # kinds of note that stand under "plans noted"


def compose_figures(
    held: Sequence[MeetingEntry],
    notes: Sequence[NoteEntry],
    recommendations: Sequence[RecommendationEntry],
    assistance: Sequence[AssistanceEntry],
    actions: Sequence[ActionEntry],
    coverage: CoverageMatrix,
) -> tuple[Figure, ...]:
    """The numbers that open the summary, in the order they are shown."""
    raised = [r for r in recommendations if is_raised(r)]
    unraised_priority = [r for r in recommendations if r.recommendation_class.word == "priority" and not is_raised(r)]
    return (
        Figure("figure-meetings", len(held)),
        Figure("figure-interlocutors", len(coverage.types)),
        Figure("figure-notes", len(notes)),
        Figure("figure-recommendations", len(recommendations)),
        Figure("figure-raised", len(raised)),
        Figure("figure-priority-open", len(unraised_priority)),
        Figure("figure-positions", sum(len(r.positions) for r in recommendations)),
        Figure("figure-progress", sum(1 for r in recommendations if r.progress)),
        Figure("figure-plans", sum(1 for n in notes if n.kind.word in PLANS)),
        Figure("figure-obstacles", sum(1 for n in notes if n.kind.word == "obstacle")),
        Figure("figure-assistance", len(assistance)),
        Figure("figure-actions", len(actions)),
    )


def is_raised(recommendation: RecommendationEntry) -> bool:
    """Whether anything that the edition shows was said about a recommendation."""
    return bool(recommendation.note_numbers or recommendation.positions or recommendation.progress)


def compose_coverage(c: Composing, notes: Sequence[NoteEntry]) -> CoverageMatrix:
    """Counts notes said in meetings and positions per recommendation and type; types that must not be shown are left out of the matrix."""
    counts: dict[str, Counter[str]] = {r.id: Counter() for r in c.recommendations}
    for record in (*c.rules.all_of("note"), *c.rules.all_of("position")):
        if not c.rules.admits(record):
            continue
        touched = words_of(record, "recommendations") or (text_of(record, "recommendation"),)
        for word in _types_behind(c, record):
            for recommendation in touched:
                if recommendation in counts:
                    counts[recommendation][word] += 1
    present = {word for counter in counts.values() for word in counter}
    known = c.material.vocabularies.get("institution_type")
    order = sorted(present, key=lambda w: (known.rank(w) if known else 0, w))
    rows = [CoverageRow(c.key(r.id), text_of(r, "short_label"), tuple(counts[r.id][w] for w in order)) for r in c.recommendations]
    return CoverageMatrix(tuple(c.label("institution_type", w) for w in order), tuple(rows))


def _types_behind(c: Composing, record: Record) -> set[str]:
    """The types of the institutions behind a note or position; a note that nobody said has none."""
    if record.kind == "note" and text_of(record, "kind") in ("internal", "expert assessment"):
        return set()
    if text_of(record, "institution"):
        institutions = [text_of(record, "institution")]
    else:
        institutions = [s for s in words_of(record, "speakers") if c.institution_type(s)]
        if not institutions:
            institutions = [i for m in c.rules.group(text_of(record, "meeting")) for i in words_of(m, "institutions")]
    types = {c.institution_type(i) for i in institutions} - {""}
    return {t for t in types if not c.rules.protected(record) or c.rules.type_shown(t)}


def compose_themes(c: Composing, recommendations: Sequence[RecommendationEntry]) -> tuple[ThemeLine, ...]:
    """One line per theme in the vocabulary's order; a recommendation with several themes counts under each."""
    known = c.material.vocabularies.get("theme")
    labels: dict[str, Label] = {t.word: t for r in recommendations for t in r.themes}
    lines = []
    for word in sorted(labels, key=lambda w: (known.rank(w) if known else 0, w)):
        of_theme = [r for r in recommendations if any(t.word == word for t in r.themes)]
        stages = Counter(r.progress[-1].stage for r in of_theme if r.progress)
        lines.append(
            ThemeLine(
                theme=labels[word],
                recommendations=tuple(r.key for r in of_theme),
                raised=sum(1 for r in of_theme if is_raised(r)),
                progressing=sum(1 for r in of_theme if r.progress),
                stages=tuple(sorted(stages.items(), key=lambda kv: kv[0].word)),
            )
        )
    return tuple(lines)
