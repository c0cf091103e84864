"""Changes beyond their authors' roles: seen by everybody, in force only when somebody who may say so accepts them.

It judges no role itself.
"""

from __future__ import annotations

from fieldtool.domain import values
from fieldtool.domain.changes import ChangeSet, Draft, SegmentState
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.conflicts import home_of
from fieldtool.services.session import Session
from fieldtool.storage import Proposal

_IN_FORCE = (SegmentState.ACCEPTED, SegmentState.OPEN)


def list_proposals(session: Session, *, visit: EntityId | None = None) -> list[Proposal]:
    """The proposals that nobody has answered, oldest first: a later change of the field by somebody who may make it has answered."""
    found = []
    for proposal in session.store.proposals(visit):
        if proposal.kind not in KINDS:
            continue  # a newer version judges anew whether it is one
        answered = {p for e in session.store.history(proposal.entity) if e.state in _IN_FORCE for p in e.parents}
        if proposal.entry.change not in answered:
            found.append(proposal)
    return found


def accept_proposal(session: Session, change: LocalChange, *, origin: str = "command") -> ChangeSet:
    """Say in one's own name what a proposal says; the new change follows the proposal and every version shown.

    Raises `KnownError` base-unknown, role-needed.
    """
    proposal = next((p for p in session.store.proposals() if p.entry.change == change), None)
    if proposal is None or proposal.entry.value is None:
        raise refuse("base-unknown", base=change)
    return _answer(session, proposal, proposal.entry.value, origin, "accept-proposal")


def decline_proposal(session: Session, change: LocalChange, *, origin: str = "command") -> ChangeSet:
    """Say again what is in force, having seen the proposal: it stays in the history and is not asked about again."""
    proposal = next((p for p in session.store.proposals() if p.entry.change == change), None)
    if proposal is None:
        raise refuse("base-unknown", base=change)
    heads = session.store.heads(proposal.entity, proposal.entry.field)
    value = heads[0].value if heads and heads[0].value is not None else "null"
    return _answer(session, proposal, value, origin, "decline-proposal")


def proposal_json(session: Session, proposal: Proposal) -> dict[str, JsonValue]:
    """One proposal as `list proposals --json` shows it."""
    entry = proposal.entry
    value = None if entry.value is None else values.decode_trusted(entry.value)
    return {
        "id": entry.name, "record": proposal.entity, "kind": proposal.kind, "field": entry.field, "value": value, "author": entry.author,
        "at": records.utc(entry.hlc >> 16),
    }  # fmt: skip


def _answer(session: Session, proposal: Proposal, value: str, origin: str, label: str) -> ChangeSet:
    entity, field = proposal.entity, proposal.entry.field
    record = records.get_record(session, entity)
    home, scope = home_of(session, entity)
    records.check_may(session, home, KINDS[record.kind], [field])
    parents = (proposal.entry.change, *(h.change for h in session.store.heads(entity, field)))
    draft = Draft(entity, proposal.kind, field, value, tuple(sorted(parents)))
    return session.append([draft], visit=home, scope=scope, origin=origin, label=label)
