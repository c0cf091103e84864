"""Comments on a draft of the summary: written beside a section, answered, settled and opened again; changes no section and no finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.domain.changes import NOTHING, ChangeSet, Draft, Record, Scope
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.planning import tied
from fieldtool.services.session import Session

ELSEWHERE = "prepared and approved"  # the section of a comment on something that no section shows
_SHOWN_IN = {
    "recommendation": "recommendations",
    "finding": "recommendations",
    "position": "recommendations",
    "progress": "recommendations",
    "note": "recommendations",
    "meeting": "meetings",
    "action": "action points",
    "assistance": "assistance offered",
    "report": "reports covered",
    "visit": "purpose",
}


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `about` is the record it speaks of, if it speaks of one; `at` is in ms since 1970 UTC."""

    id: EntityId
    text: str
    author: str
    at: int
    settled: bool
    about: EntityId | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and what was answered, oldest first. It is open while any of them is: an answer that comes late is not lost in what was
    settled before it arrived.
    """

    section: str  # term of summary_section
    comments: tuple[Comment, ...]

    @property
    def first(self) -> Comment:
        """The comment that began it."""
        return self.comments[0]

    @property
    def open(self) -> bool:
        """Whether somebody still waits for something."""
        return not all(c.settled for c in self.comments)


@dataclass(frozen=True, slots=True)
class Written:
    """The id of what was written, and what was touched."""

    id: EntityId
    changes: ChangeSet


def threads(session: Session, visit: EntityId) -> tuple[Thread, ...]:
    """Every comment of a visit with its answers: open ones first, each by the time it began."""
    found = {c.id: c for c in session.store.list_("comment", visit=visit)}
    grouped: dict[EntityId, list[Record]] = {}
    for comment in found.values():
        grouped.setdefault(_root(comment, found), []).append(comment)
    made = [_thread(session, found[root], some) for root, some in grouped.items()]
    return tuple(sorted(made, key=lambda t: (not t.open, t.first.at, t.first.id)))


def count_open(session: Session, visit: EntityId) -> int:
    """How many comments, each with its answers, nobody has settled."""
    return sum(t.open for t in threads(session, visit))


def thread_of(session: Session, comment: EntityId) -> Thread:
    """The comment with what it answers and what answers it. Raises `KnownError` record-unknown, record-newer, value-refused."""
    record = _comment(session, comment)
    every = threads(session, EntityId(str(record.fields["visit"])))
    return next(t for t in every if any(c.id == comment for c in t.comments))


def section_named(session: Session, typed: str) -> str:
    """The term of the section that is called so in any language, or nothing."""
    wanted = typed.strip().casefold()
    found = session.vocabularies["summary_section"].terms
    return next((t.word for t in found if wanted in (t.word.casefold(), *(v.casefold() for v in t.labels.values()))), "")


def write_comment(
    session: Session, visit: EntityId, text: str, *, section: str = "", record: EntityId | None = None, origin: str = "command"
) -> Written:
    """Comment on a section, or on a record, or answer a comment where `record` is one; `#P-03` in the words ties them to a recommendation.

    Raises `KnownError` value-missing without words or without anything to comment on, value-refused for an unknown section, and those of
    `add_records`.
    """
    if record is None:
        record, rest = tied(session, text)
        text = rest if text.lstrip().startswith("#") else text  # a key within a sentence is one of its words
    about = records.get_record(session, record) if record is not None else None
    visit = EntityId(str(about.fields["visit"])) if about is not None and about.fields.get("visit") else visit
    if about is not None and about.kind == "comment":
        section = thread_of(session, about.id).section
    elif about is not None:
        section = section or _SHOWN_IN.get(about.kind, ELSEWHERE)
    if not section:
        raise refuse("value-missing", kind="comment", field="section")
    wanted: dict[str, JsonValue] = {"visit": visit, "section": section, "record": record, "text": text.strip()}
    made = records.add_records(session, "comment", [wanted], origin=origin, label="comment")
    return Written(made.ids[0], made.changes)


def settle_comment(session: Session, comment: EntityId, *, origin: str = "command") -> ChangeSet:
    """Settle a comment with all its answers that are here, in one unit of work; nothing where they are. Raises as `thread_of`."""
    waiting = [c.id for c in thread_of(session, comment).comments if not c.settled]
    return _mark(session, waiting, True, origin, "settle-comment")


def reopen_comment(session: Session, comment: EntityId, *, origin: str = "command") -> ChangeSet:
    """Open a settled comment again; nothing where it is open. Raises as `thread_of`."""
    found = thread_of(session, comment)
    return NOTHING if found.open else _mark(session, [found.first.id], False, origin, "reopen-comment")


def comment_json(thread: Thread, comment: Comment) -> dict[str, JsonValue]:
    """One comment as the command line's list shows it."""
    return {
        "id": comment.id,
        "section": thread.section,
        "record": comment.about,
        "text": comment.text,
        "author": comment.author,
        "at": records.utc(comment.at),
        "settled": comment.settled,
        "answers": thread.first.id if comment.id != thread.first.id else None,
    }


# ------------------------------------------------------------------------------------------------------------- inside


def _mark(session: Session, comments: list[EntityId], settled: bool, origin: str, label: str) -> ChangeSet:
    drafts: list[Draft] = []
    for entity in comments:
        record = _comment(session, entity)
        drafts += records.plan_edit(session, record, {"settled": settled}, base=record.heads)
    if not drafts:
        return NOTHING
    visit = EntityId(str(_comment(session, comments[0]).fields["visit"]))
    return session.append(drafts, visit=visit, scope=Scope.SHARED, origin=origin, label=label)


def _comment(session: Session, entity: EntityId) -> Record:
    found = records.get_record(session, entity)
    if found.kind != "comment":
        raise refuse("value-refused", kind="comment", field="id", value=entity, reason=f"it names a {found.kind}")
    if found.deleted:
        raise refuse("record-unknown", id=entity)
    return found


def _root(comment: Record, known: Mapping[EntityId, Record]) -> EntityId:
    """The comment that an answer goes back to; one whose beginning is missing, or that answers itself in a circle, begins anew."""
    at, seen = comment, {comment.id}
    while (above := known.get(EntityId(str(at.fields.get("record"))))) is not None:
        if above.id in seen:
            return min(seen)
        seen.add(above.id)
        at = above
    return at.id


def _thread(session: Session, root: Record, some: list[Record]) -> Thread:
    ordered = sorted(some, key=lambda c: (c.id != root.id, c.made_at, c.id))
    section = str(root.fields.get("section") or "")
    about = session.store.get(EntityId(str(root.fields.get("record")))) if not section and root.fields.get("record") else None
    place = section or _SHOWN_IN.get(about.kind if about else "", ELSEWHERE)
    return Thread(place, tuple(_shown(c, root.id) for c in ordered))


def _shown(record: Record, root: EntityId) -> Comment:
    f, about = record.fields, record.fields.get("record")
    own = EntityId(str(about)) if about and record.id == root else None
    return Comment(record.id, str(f.get("text") or ""), record.made_by, record.made_at, f.get("settled") is True, own)
