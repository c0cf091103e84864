"""Writing into a visit's admin stream: one record at a time, sealed at once; who may, and what follows from it, is for others to say."""

from __future__ import annotations

from collections.abc import Mapping

from fieldtool.domain import values
from fieldtool.domain.changes import Draft, Scope
from fieldtool.domain.fields import join_key
from fieldtool.domain.ids import EntityId, new_entity_id
from fieldtool.domain.values import JsonValue
from fieldtool.services.session import Session


def write_admin(session: Session, visit: EntityId, kind: str, fields: Mapping[str, JsonValue], origin: str) -> None:
    """Write one record of the admin stream, sealed at once."""
    entity = new_entity_id(session.clock, session.randomness)
    drafts: list[Draft] = []
    for name, value in fields.items():
        if isinstance(value, dict):
            drafts += [Draft(entity, kind, join_key(name, k), values.canonical(v), ()) for k, v in value.items()]
        elif isinstance(value, list):
            drafts += [Draft(entity, kind, join_key(name, str(v)), "true", ()) for v in value]
        else:
            drafts.append(Draft(entity, kind, name, values.canonical(value), ()))
    session.append(drafts, visit=visit, scope=Scope.ADMIN, origin=origin, label=f"add-{kind}")
    session.seal_all()
    session.forget_trust()
