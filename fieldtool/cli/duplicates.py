"""`duplicates …`: records that are probably one and the same, joined or parted by a person; it finds and decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.people import visit_of
from fieldtool.cli.vaults import opened
from fieldtool.services import conflicts, duplicates, records

if TYPE_CHECKING:
    from fieldtool.domain.changes import ChangeSet
    from fieldtool.domain.ids import EntityId
    from fieldtool.services.session import Session

_WHY = {"same-time": "same time and institution", "same-name": "same name"}


def show_list(call: Call) -> int:
    """`fieldtool duplicates list`."""
    asked, terminal = call.arguments, call.terminal
    with opened(call) as session:
        pairs = duplicates.likely_pairs(session, visit_of(session, asked.visit) if asked.visit else None)
        titles = [[conflicts.record_title(session, entity) for entity in (p.first, p.second)] for p in pairs]
    rows = [(p.first, p.second, terminal.words(_WHY[p.why]), " = ".join(dict.fromkeys(t))) for p, t in zip(pairs, titles, strict=True)]
    terminal.table(("first", "second", "why", "record"), rows)
    terminal.tell("{total} in all.", total=len(pairs))
    items = [{"kind": p.kind, "first": p.first, "second": p.second, "why": p.why, "titles": t} for p, t in zip(pairs, titles, strict=True)]
    terminal.answer({"kind": "duplicates", "total": len(items), "items": items})
    return 0


def join(call: Call) -> int:
    """`fieldtool duplicates join FIRST SECOND`."""
    return _answer(call, duplicates.join)


def part(call: Call) -> int:
    """`fieldtool duplicates part FIRST SECOND`."""
    return _answer(call, duplicates.part)


def _answer(call: Call, answer: Callable[[Session, EntityId, EntityId], ChangeSet]) -> int:
    with opened(call) as session:
        first, second = (records.find_id(session, typed) for typed in (call.arguments.first, call.arguments.second))
        touched = answer(session, first, second)
    call.terminal.tell("{count} changes recorded.", count=touched.changes)
    call.terminal.answer({"first": first, "second": second, "changes": touched.changes})
    return 0
