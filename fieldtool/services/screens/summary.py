"""The summary's sections with what they lack and what was written into them; changes nothing, lays out nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.services import comments, summary
from fieldtool.services.comments import Thread
from fieldtool.services.screens.meetings import MeetingRow, meeting_rows
from fieldtool.services.screens.names import Names, NoteLinks, RecommendationName, texts, word
from fieldtool.services.session import Session
from fieldtool.services.summary import Gap

SOURCES = {  # which kinds of note a section is drafted from
    "plans noted": ("plan announced", "commitment"),
    "obstacles": ("obstacle",),
    "assistance offered": ("assistance offered", "assistance requested"),
}
# In which section each gap is mended.
PLACES = {
    "strict-conflict": "prepared and approved",
    "conflict": "prepared and approved",
    "meeting-not-held": "meetings",
    "meeting-without-note": "meetings",
    "meeting-without-summary": "meetings",
    "priority-never-raised": "recommendations",
    "finding-missing": "recommendations",
    "finding-draft": "recommendations",
    "quote-not-cleared": "recommendations",
    "action-without-owner": "action points",
    "segment-waiting": "prepared and approved",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A note that a section rests on."""

    text: str
    keys: tuple[str, ...]
    meeting: MeetingRow | None


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A colleague's comment on a section, or an answer to one."""

    id: EntityId
    thread: EntityId  # the comment that began it
    open: bool  # whether the thread is
    text: str
    author: str
    at: int  # ms since 1970 UTC
    about: RecommendationName | None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: how much the records hold for it, its gaps, the words that the head wrote into it, and what colleagues say of it."""

    word: str  # term of summary_section
    number: int
    count: int
    gaps: tuple[Gap, ...]
    text: str
    entity: EntityId | None
    heads: Mapping[str, tuple[LocalChange, ...]]
    sources: tuple[Source, ...]
    comments: tuple[CommentRow, ...]  # open ones first, answers below what they answer
    open_comments: int
    comment_draft: str  # a comment that is half written


@dataclass(frozen=True, slots=True)
class SignedRow:
    """A summary that was signed."""

    edition: str
    language: str
    signer: str
    signed_at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SummaryModel:
    """Everything the summary screen lists."""

    sections: tuple[SectionRow, ...]
    signed: tuple[SignedRow, ...]  # latest first
    may_sign: bool
    hindered: int  # gaps that signing is refused for


def summary_model(session: Session, visit: EntityId, language: str, written_in: str) -> SummaryModel:
    """The sections of a visit's summary; `written_in` is the language of the summary."""
    names = Names.of(session, language)
    gaps = summary.completeness(session, visit)
    written = summary.written_sections(session, visit, written_in)
    threads, drafts = comments.threads(session, visit), session.store.drafts()
    sources = _sources(session, names, visit)
    counts = _counts(session, names, visit)
    rows = []
    for number, term in enumerate(session.vocabularies["summary_section"].terms, 1):
        record = written.get(term.word)
        talk = [t for t in threads if t.section == term.word]
        waiting = sum(t.open for t in talk)
        mine = [g for g in gaps if g.key != "comment-open" and PLACES.get(g.key, "prepared and approved") == term.word]
        mine += [Gap("comment-open", waiting, False)] if waiting else []
        rows.append(
            SectionRow(
                term.word,
                number,
                counts.get(term.word, len(sources.get(term.word, ()))),
                tuple(mine),
                word(record.fields.get("text")) if record else "",
                record.id if record else None,
                record.heads if record else {},
                sources.get(term.word, ()),
                tuple(row for t in talk for row in _comments(names, t)),
                waiting,
                drafts.get(comment_draft_key(visit, term.word), ""),
            )
        )
    signed = sorted(session.store.list_("signed_summary", visit=visit), key=lambda r: (r.made_at, r.id), reverse=True)
    return SummaryModel(
        tuple(rows),
        tuple(
            SignedRow(
                word(s.fields.get("edition")),
                word(s.fields.get("language")),
                word(s.fields.get("signer")),
                word(s.fields.get("signed_at")),
                word(s.fields.get("sha256")),
            )
            for s in signed
        ),
        _may_sign(session, visit),
        sum(g.count for g in gaps if g.hinders),
    )


def comment_draft_key(visit: EntityId, section: str) -> str:
    """Under what name a half-written comment on a section is kept."""
    return f"comment/{visit}/{section}"


def _comments(names: Names, thread: Thread) -> list[CommentRow]:
    return [
        CommentRow(c.id, thread.first.id, thread.open, c.text, c.author, c.at, names.recommendations.get(c.about) if c.about else None)
        for c in thread.comments
    ]


def drafted(sources: tuple[Source, ...]) -> str:
    """A section's words as its notes say them, one paragraph each, to be edited."""
    lines = []
    for s in sources:
        keys = f" ({', '.join(s.keys)})" if s.keys else ""
        lines.append(f"{s.text.rstrip('. ')}{keys}.")
    return "\n".join(lines)


def _sources(session: Session, names: Names, visit: EntityId) -> dict[str, tuple[Source, ...]]:
    meetings = {m.id: m for m in meeting_rows(session, names, visit)}
    notes = sorted(session.store.list_("note", visit=visit), key=lambda n: (word(n.fields.get("at")), n.id))
    found: dict[str, list[Source]] = {}
    for n in notes:
        for section, kinds in SOURCES.items():
            if n.fields.get("kind") in kinds:
                keys = tuple(c.key for c in names.chips(texts(n.fields.get("recommendations"))))
                source = Source(word(n.fields.get("text")), keys, meetings.get(EntityId(word(n.fields.get("meeting")))))
                found.setdefault(section, []).append(source)
    return {k: tuple(v) for k, v in found.items()}


def _counts(session: Session, names: Names, visit: EntityId) -> dict[str, int]:
    record = session.store.get(visit)
    covered = names.of_visit(record) if record else []
    noted = NoteLinks.read(session, visit).per_recommendation()
    return {
        "reports covered": len(texts(record.fields.get("reports"))) if record else 0,
        "meetings": sum(m.fields.get("state") == "held" for m in session.store.list_("meeting", visit=visit)),
        "themes discussed": len({t for r in covered if r.id in noted for t in r.themes}),
        "recommendations": len(covered),
        "action points": len(session.store.list_("action", visit=visit)),
    }


def _may_sign(session: Session, visit: EntityId) -> bool:
    try:
        return session.role(visit).value in ("head", "deputy")
    except KnownError:
        return False
