"""What a record is called where people read it: meetings by number and interlocutor, notes by their words; changes nothing."""

from __future__ import annotations

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId
from fieldtool.services import conflicts
from fieldtool.services.screens.meetings import meeting_rows
from fieldtool.services.screens.names import Names
from fieldtool.services.session import Session


def record_title(session: Session, names: Names, record: Record) -> str:
    """A line that names the record; `2. Central Election Commission` for a meeting."""
    if record.kind == "meeting":
        rows = meeting_rows(session, names, EntityId(str(record.fields["visit"])))
        return next((f"{r.number}. {r.title}" for r in rows if r.id == record.id), conflicts.record_title(session, record.id))
    if record.kind == "recommendation":
        name = names.recommendations[record.id]
        return f"{name.key} {name.words}"
    return conflicts.record_title(session, record.id)
