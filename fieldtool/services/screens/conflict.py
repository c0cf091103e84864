"""One conflict as its screen shows it: versions with what only each says, the notes that bear on it; settles nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldtool.domain import values
from fieldtool.domain.changes import Conflict, Head
from fieldtool.domain.errors import KnownError
from fieldtool.domain.fields import Shape, split_key
from fieldtool.domain.ids import EntityId, KeyHash, LocalChange
from fieldtool.domain.schema import KINDS
from fieldtool.domain.textmerge import matching, tokens
from fieldtool.services import conflicts
from fieldtool.services.screens.meetings import meeting_rows
from fieldtool.services.screens.names import Names, texts, word
from fieldtool.services.screens.recommendations import NoteLine
from fieldtool.services.screens.titles import record_title
from fieldtool.services.session import Session

Span = tuple[int, int]  # start, length


@dataclass(frozen=True, slots=True)
class Version:
    """One side: who wrote it, when, what it says, and the spans that no other side says."""

    change: LocalChange
    author: str
    own: bool  # written on this installation
    at: int  # ms since 1970 UTC
    text: str
    term: str  # the stored term where the field is one
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ConflictModel:
    """Everything that helps to settle one conflict."""

    id: str
    entity: EntityId
    kind: str
    field: str
    vocabulary: str  # where the versions are terms
    is_text: bool
    title: str
    versions: tuple[Version, ...]
    proposal: str
    torn: int  # places of the proposal where the sides cannot be joined
    notes: tuple[NoteLine, ...]
    number: int
    total: int


def conflict_model(session: Session, name: str, visit: EntityId, language: str) -> ConflictModel | None:
    """A conflict by its name, else the first there is, else None: it may have been settled meanwhile."""
    found = conflicts.list_conflicts(session, visit=visit)
    wanted = next((c for c in found if conflicts.conflict_id(c) == name), found[0] if found else None)
    if wanted is None:
        return None
    record = session.store.get(wanted.entity)
    if record is None:
        return None
    try:
        view = conflicts.show_conflict(session, wanted)
    except KnownError:
        return None
    names = Names.of(session, language)
    spec = KINDS[wanted.kind].field(split_key(wanted.field)[0])
    is_text = bool(spec and spec.shape in (Shape.TEXT, Shape.WORD, Shape.NAMES))
    sides = [_text(h) for h in wanted.heads]
    versions = tuple(_version(h, k, sides, session.key) for k, h in enumerate(wanted.heads))
    return ConflictModel(
        id=view.id,
        entity=wanted.entity,
        kind=wanted.kind,
        field=wanted.field,
        vocabulary=spec.of if spec and spec.shape is Shape.TERM else "",
        is_text=is_text,
        title=record_title(session, names, record),
        versions=tuple(sorted(versions, key=lambda v: v.at)),
        proposal=view.proposal.text if view.proposal else sides[0],
        torn=view.proposal.torn if view.proposal else 0,
        notes=_notes(session, names, wanted, visit),
        number=found.index(wanted) + 1,
        total=len(found),
    )


def differing(one: str, others: list[str]) -> tuple[Span, ...]:
    """Spans of `one` that none of the others shares: whole words; a shared short word does not break a span."""
    mine = tokens(one)
    shared = [False] * len(mine)
    for other in others:
        for start, _, size in matching(mine, tokens(other)):
            if any(len(w.strip()) > 2 for w in mine[start : start + size]):
                shared[start : start + size] = [True] * size
    flags = "".join(("=" if same else "x") * len(token) for token, same in zip(mine, shared, strict=True))
    spans = []
    for run in re.finditer("x+", flags):
        body = one[run.start() : run.end()]
        lead = len(body) - len(body.lstrip(" ;:,."))
        if kept := body.strip(" ;:,.\n"):
            spans.append((run.start() + lead, len(kept)))
    return tuple(spans)


def _version(head: Head, number: int, sides: list[str], own: KeyHash) -> Version:
    text = sides[number]
    others = sides[:number] + sides[number + 1 :]
    return Version(head.change, head.author, head.key == own, head.hlc >> 16, text, text, differing(text, others))


def _text(head: Head) -> str:
    if head.value is None:
        return ""
    value = values.decode_trusted(head.value)
    return value if isinstance(value, str) else "" if value is None else values.canonical(value)


def _notes(session: Session, names: Names, conflict: Conflict, visit: EntityId) -> tuple[NoteLine, ...]:
    """The notes of the meeting in question, or of the recommendation, that the two sides may rest on."""
    record = session.store.get(conflict.entity)
    if record is None:
        return ()
    meetings = {m.id: m for m in meeting_rows(session, names, visit)}
    about = record.id if record.kind == "meeting" else word(record.fields.get("meeting"))
    topic = word(record.fields.get("recommendation"))
    lines = []
    for n in session.store.list_("note", visit=visit):
        f = n.fields
        if n.id != record.id and ((about and f.get("meeting") == about) or (topic and topic in texts(f.get("recommendations")))):
            meeting = meetings.get(EntityId(word(f.get("meeting"))))
            rule = word(f.get("attribution")) or (meeting.attribution if meeting else "")
            lines.append(NoteLine(n.id, word(f.get("kind")), word(f.get("text")), n.made_by, meeting, rule))
    return tuple(lines)
