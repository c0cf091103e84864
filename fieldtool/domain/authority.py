"""Who may change what: the role × field table as a pure rule; who holds which role is decided from cards elsewhere."""

from __future__ import annotations

from enum import StrEnum

from fieldtool.domain.changes import DELETED
from fieldtool.domain.fields import split_key
from fieldtool.domain.schema import ADMIN_KINDS, KINDS


class Role(StrEnum):
    """What a card says its holder is on one visit."""

    EXPERT = "expert"
    HEAD = "head"
    DEPUTY = "deputy"
    HQ = "hq"
    SERVICE = "service"  # headquarters' watcher: signs receipts, records nothing


LEADING = frozenset({Role.HEAD, Role.DEPUTY})


def may_change(role: Role, kind: str, key: str) -> bool:
    """Whether a change of that field, made by a holder of that role, is in force; otherwise it is a proposal.

    Kinds and fields that this version does not know are open to everybody on the visit: they are kept and shown, and a version that knows
    them judges anew.
    """
    if role is Role.SERVICE:
        return False
    if role is Role.HQ:
        return True
    if kind in ADMIN_KINDS:
        return kind == "card" and role in LEADING  # an acceptance; what it is worth is for identity to judge
    spec = KINDS.get(kind)
    if spec is None:
        return True
    if spec.official:
        return False
    name, _ = split_key(key)
    field = None if name == DELETED else spec.field(name)
    if field is None:
        return True
    if field.official:
        return False
    return role in LEADING or not field.head
