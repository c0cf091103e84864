"""A short public text for the press office, out of a checked press edition; invents nothing and shows nothing that the edition does not
hold."""

from __future__ import annotations

from collections.abc import Iterator

from fieldtool.reports.document import Edition, VisitSummary
from fieldtool.reports.glance import PLANS
from fieldtool.reports.leaks import CheckedSummary
from fieldtool.reports.wording import Wording


def press_text(checked: CheckedSummary) -> str:
    """Who, where, when, themes, plans noted, assistance offered, the standing commitment: one block per language, plain text.

    The head of the visit approves it before it goes out. Raises `ValueError` for another edition: a check for one says nothing of another.
    """
    summary = checked.summary
    if summary.edition is not Edition.PRESS:
        raise ValueError(f"the {summary.edition.value} edition was not checked as a press text")
    texts = ("\n\n".join(_blocks(summary, Wording((language,)), index)) for index, language in enumerate(summary.languages))
    return "\n\n* * *\n\n".join(texts) + "\n"


def _blocks(summary: VisitSummary, w: Wording, index: int) -> Iterator[str]:
    cover = summary.cover

    def own(text: str) -> str:
        """A label's part in this block's language."""
        parts = text.split(" / ")
        return parts[index] if len(summary.languages) > 1 and len(parts) == len(summary.languages) else text

    if summary.draft:
        yield w("press-draft")
    yield w(
        "press-lead",
        organisation=cover.organisation.name,
        place=own(cover.place) or own(cover.country),
        country=own(cover.country),
        period=w.period(cover.start, cover.end),
    )
    met = [own(p.name) for m in summary.meetings for p in m.parties]
    if met:
        yield w("press-met", names="; ".join(dict.fromkeys(met)))
    themes = [own(t.theme.text) for t in summary.themes if t.raised]
    if themes:
        yield w("press-themes", themes="; ".join(themes))
    plans = [n.text for n in summary.notes if n.kind.word in PLANS]
    if plans:
        yield "\n".join([w("press-plans"), *(f"– {text}" for text in plans)])
    offered = [own(a.type.text) for a in summary.assistance]
    if offered:
        yield w("press-assistance", types="; ".join(dict.fromkeys(offered)))
    yield w("commitment-text")
