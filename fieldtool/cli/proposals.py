"""`proposals …`: what somebody said beyond their role, accepted or declined by somebody who may say it; it judges no role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.vaults import opened
from fieldtool.domain.errors import refuse
from fieldtool.services import proposals

if TYPE_CHECKING:
    from fieldtool.domain.changes import ChangeSet
    from fieldtool.domain.ids import LocalChange
    from fieldtool.services.session import Session


def show_list(call: Call) -> int:
    """`fieldtool proposals list`."""
    asked = call.arguments
    with opened(call) as session:
        visit = session.find_visit(asked.visit) if asked.visit else None
        items = [proposals.proposal_json(session, p) for p in proposals.list_proposals(session, visit=visit)]
    call.terminal.table(
        ("change", "author", "kind", "field", "value"),
        [tuple(str(i[k]) for k in ("id", "author", "kind", "field", "value")) for i in items],
    )
    call.terminal.tell("{total} in all.", total=len(items))
    call.terminal.answer({"kind": "proposals", "total": len(items), "items": items})
    return 0


def accept(call: Call) -> int:
    """`fieldtool proposals accept CHANGE`."""
    return _answer(call, proposals.accept_proposal)


def decline(call: Call) -> int:
    """`fieldtool proposals decline CHANGE`."""
    return _answer(call, proposals.decline_proposal)


def _answer(call: Call, answer: Callable[[Session, LocalChange], ChangeSet]) -> int:
    name = call.arguments.change
    with opened(call) as session:
        change = session.store.change_named(name)
        if change is None:
            raise refuse("base-unknown", base=name)
        touched = answer(session, change)
    call.terminal.tell("{count} changes recorded.", count=touched.changes)
    call.terminal.answer({"change": name, "changes": touched.changes})
    return 0
