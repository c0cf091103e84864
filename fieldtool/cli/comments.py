"""`comments …`: what colleagues say of a draft, listed, written, settled and opened again; it edits no section."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.people import visit_of
from fieldtool.cli.vaults import opened, text_of
from fieldtool.domain.ids import EntityId
from fieldtool.services import comments, records

if TYPE_CHECKING:
    from fieldtool.domain.changes import ChangeSet
    from fieldtool.services.session import Session


def show_list(call: Call) -> int:
    """`fieldtool comments list`."""
    asked, terminal = call.arguments, call.terminal
    with opened(call) as session:
        every = comments.threads(session, visit_of(session, asked.visit))
        found = [t for t in every if t.open or asked.all]
        sections = [session.vocabularies["summary_section"].label(t.section, terminal.language) for t in found]
    rows = []
    for thread, section in zip(found, sections, strict=True):
        for comment in thread.comments:
            state = terminal.words("open" if thread.open else "settled")
            rows.append((comment.id, state, section, comment.author, " ".join(comment.text.split())))
    terminal.table(("id", "state", "section", "author", "text"), rows)
    terminal.tell("{open} open.", open=sum(t.open for t in every))
    items = [comments.comment_json(t, c) for t in found for c in t.comments]
    terminal.answer({"kind": "comments", "open": sum(t.open for t in every), "total": len(items), "items": items})
    return 0


def write(call: Call) -> int:
    """`fieldtool comments write SECTION|ID --text-file F`."""
    asked = call.arguments
    text = text_of(asked.text_file)
    with opened(call) as session:
        visit = visit_of(session, asked.visit)
        section = comments.section_named(session, asked.on)
        record = None if section else records.find_id(session, asked.on)
        made = comments.write_comment(session, visit, text, section=section, record=record)
    call.terminal.tell("The comment is written: {id}", id=made.id)
    call.terminal.answer({"id": made.id, "changes": made.changes.changes})
    return 0


def settle(call: Call) -> int:
    """`fieldtool comments settle ID`."""
    return _mark(call, comments.settle_comment)


def reopen(call: Call) -> int:
    """`fieldtool comments reopen ID`."""
    return _mark(call, comments.reopen_comment)


def _mark(call: Call, change: Callable[[Session, EntityId], ChangeSet]) -> int:
    with opened(call) as session:
        comment = records.find_id(session, call.arguments.id)
        touched = change(session, comment)
        left = comments.count_open(session, EntityId(str(records.get_record(session, comment).fields["visit"])))
    call.terminal.tell("{open} open.", open=left)
    call.terminal.answer({"id": comment, "changes": touched.changes, "open": left})
    return 0
