"""What the palette finds: records by their words in any script, each as one line that leads to its screen; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import ADMIN_KINDS, KINDS
from fieldtool.services import comments, records
from fieldtool.services.screens.names import Names, texts, word
from fieldtool.services.session import Session

LIMIT = 30  # notes, and as many of everything else: a recommendation is not lost behind thousands of notes that are newer
ORDER = ("recommendation", "meeting", "note", "person", "institution", "action", "comment")  # what people look for first
NOTES = frozenset({"note"})
OTHERS = frozenset(KINDS) - ADMIN_KINDS - NOTES


@dataclass(frozen=True, slots=True)
class Found:
    """One line: `screen` and `target` say where it leads."""

    id: EntityId
    kind: str
    title: str
    detail: str
    screen: str
    target: str


def find(session: Session, query: str, visit: EntityId | None, language: str) -> list[Found]:
    """Records that hold every word of the query, the visit's own and the library's: by kind in `ORDER`, the newest of each first."""
    if not query.strip():
        return []
    names = Names.of(session, language)
    hits = [r for kinds in (OTHERS, NOTES) for r in records.matching(session, query, kinds=kinds, limit=LIMIT)]
    hits.sort(key=lambda r: (ORDER.index(r.kind) if r.kind in ORDER else len(ORDER), r.kind))  # stable: the newest stays first
    lines = [_line(session, r, names) for r in hits]
    return [line for line in lines if line is not None]


def _line(session: Session, record: Record, names: Names) -> Found | None:
    f = record.fields
    if record.kind == "note":
        chips = " ".join(c.key for c in names.chips(texts(f.get("recommendations"))))
        detail = " · ".join(p for p in (names.term("note_kind", f.get("kind")), chips, record.made_by) if p)
        return Found(record.id, "note", word(f.get("text")), detail, "meetings", f"{f.get('meeting')}#{record.id}")
    if record.kind == "recommendation":
        name = names.recommendations[record.id]
        return Found(
            record.id,
            "recommendation",
            f"{name.key}  {name.text}",
            ", ".join(names.term("theme", t) for t in name.themes),
            "recommendations",
            record.id,
        )
    if record.kind == "meeting":
        title = names.institution_names(texts(f.get("institutions")))
        return Found(record.id, "meeting", title, word(f.get("start")).replace("T", " "), "meetings", record.id)
    if record.kind == "person":
        person = names.people[record.id]
        return Found(record.id, "person", person.both, word(f.get("title")), "history", record.id)
    if record.kind == "institution":
        return Found(
            record.id,
            "institution",
            names.institutions[record.id].name,
            names.term("institution_type", f.get("type")),
            "history",
            record.id,
        )
    if record.kind == "comment":
        return _comment(session, record, names)
    if record.kind == "action":
        return Found(record.id, "action", word(f.get("description")), word(f.get("owner")), "follow_up", record.id)
    if record.kind == "attachment":  # the first of its words is the id of what it is attached to
        return Found(record.id, "attachment", word(f.get("name")), word(f.get("source")), "history", record.id)
    title = next((word(v) for v in f.values() if isinstance(v, str) and len(v) > 3), "")
    return Found(record.id, record.kind, title, "", "history", record.id) if title else None


def _comment(session: Session, record: Record, names: Names) -> Found:
    section = word(record.fields.get("section")) or comments.thread_of(session, record.id).section
    detail = f"{names.term('summary_section', section)} · {record.made_by}"
    return Found(record.id, "comment", word(record.fields.get("text")), detail, "summary", f"{section}#{record.id}")
