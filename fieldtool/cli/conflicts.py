"""`conflicts …`: what several people wrote at once, shown side by side and settled by a person; it merges nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.people import visit_of
from fieldtool.cli.vaults import opened, text_of
from fieldtool.domain import values
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import split_key
from fieldtool.services import conflicts, records
from fieldtool.services.vocabularies import load_labels

if TYPE_CHECKING:
    from fieldtool.domain.changes import Conflict


def show_list(call: Call) -> int:
    """`fieldtool conflicts list`."""
    asked = call.arguments
    with opened(call) as session:
        found = conflicts.list_conflicts(session, visit=visit_of(session, asked.visit) if asked.visit else None)
        items = [conflicts.conflict_json(session, c) for c in found]
        titles = [conflicts.record_title(session, c.entity) for c in found]
    authors = ["; ".join(dict.fromkeys(h.author for h in c.heads)) for c in found]
    rows = [(conflicts.conflict_id(c), _label(call, c), title, who) for c, title, who in zip(found, titles, authors, strict=True)]
    call.terminal.table(("id", "field", "record", "authors"), rows)
    call.terminal.tell("{total} in all.", total=len(found))
    call.terminal.answer({"kind": "conflicts", "total": len(items), "items": items})
    return 0


def show(call: Call) -> int:
    """`fieldtool conflicts show ID`."""
    with opened(call) as session:
        conflict = conflicts.find_conflict(session, call.arguments.id)
        view = conflicts.show_conflict(session, conflict)
        shown = conflicts.conflict_json(session, conflict)
        names = [session.store.public_name(h.change) for h in conflict.heads]
    terminal = call.terminal
    terminal.show(f"{view.id}\n{_label(call, conflict)}: {view.title}")
    for name, head in zip(names, conflict.heads, strict=True):
        terminal.show(f"\n{name}  {head.author}, {records.utc(head.hlc >> 16)}")
        value = None if head.value is None else values.decode_trusted(head.value)
        terminal.show(f"    {terminal.words('redacted') if head.value is None else value}")
    if view.base is not None:
        terminal.show(f"\n{terminal.words('Both came from:')}\n    {view.base}")
    proposed = view.proposal.text if view.proposal is not None else None
    if proposed is not None:
        terminal.show(f"\n{terminal.words('Proposed merge (take it with --text-file):')}\n    {proposed}")
    terminal.answer({"conflict": {**shown, "title": view.title, "base": view.base, "proposal": proposed}})
    return 0


def resolve(call: Call) -> int:
    """`fieldtool conflicts resolve ID`."""
    asked = call.arguments
    text = None if asked.text_file is None else text_of(asked.text_file).removesuffix("\n")
    with opened(call) as session:
        conflict = conflicts.find_conflict(session, asked.id)
        take = None
        if asked.take is not None:
            take = session.store.change_named(asked.take)
            if take is None or take not in {h.change for h in conflict.heads}:
                raise refuse("base-unknown", base=asked.take)
        touched = conflicts.resolve(session, conflict, take=take, text=text)
        left = len(conflicts.list_conflicts(session))
    call.terminal.tell("Settled. {left} conflicts are left.", left=left)
    call.terminal.answer({"id": conflicts.conflict_id(conflict), "changes": touched.changes, "left": left})
    return 0


def _label(call: Call, conflict: Conflict) -> str:
    name, element = split_key(conflict.field)
    label = load_labels().field(conflict.kind, name, call.terminal.language)
    return f"{label} / {element}" if element is not None else label
