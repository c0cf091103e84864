"""What a vault learns when another version opens it: what was held is read, what is derived is made again; it judges nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from fieldtool.domain.errors import refuse
from fieldtool.domain.remarks import Remark
from fieldtool.domain.schema import RECORD_KINDS
from fieldtool.services.session import Session
from fieldtool.services.settling import settle
from fieldtool.storage import Store
from fieldtool.sync import limits

UNDER_WAY, KEPT = "vault.db.upgrading", "vault.db.before-upgrade"
_READ_BY, _COUNTED = "read-by", "upgrade-counts"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a version can read: format of segments, edition of the list of kinds and fields, features."""

    format: int
    schema: int
    features: frozenset[str]

    @classmethod
    def ours(cls) -> Knowledge:
        """This version's."""
        return cls(limits.FORMAT, limits.SCHEMA, limits.FEATURES)

    @classmethod
    def of(cls, store: Store) -> Knowledge:
        """That of the version that opened a vault last; a vault that does not say so was made by the first."""
        said = store.setting(_READ_BY)
        if said is None:
            return cls(1, 1, frozenset())
        number, schema, *features = said.split()
        return cls(int(number), int(schema), frozenset(features))

    def joined(self, other: Knowledge) -> Knowledge:
        """What the two know together."""
        return Knowledge(max(self.format, other.format), max(self.schema, other.schema), self.features | other.features)

    def note(self, store: Store) -> None:
        """Remember that a version with this knowledge has opened the vault, and made what is derived."""
        store.set_setting(_READ_BY, " ".join([str(self.format), str(self.schema), *sorted(self.features)]))


def upgrade(session: Session) -> bool:
    """Where another version had the vault before: read what it could not, judge anew, and make everything derived again.

    The database as it was stays beside the vault. In headquarters' database, which several versions open, only what is new counts: an older
    version makes nothing again there. Whether there was anything to do. Raises `KnownError` disk-full, and vault-damaged where
    something would be missing afterwards: then the next opening tries again.
    """
    store = session.store
    before = Knowledge.of(store)
    now = before.joined(Knowledge.ours()) if store.shared else Knowledge.ours()
    if now == before or not store.may_write:
        return False
    copy = None if store.shared else _keep(session)
    counted = _counted(session)
    with store.held():
        store.rebuild()
        if session.root is not None:
            for visit in {f.visit for f in store.segments()}:
                settle(session, visit)
    if any(count < counted[what] for what, count in _counts(session).items()):
        detail = Remark("after the upgrade something is missing; {file} is the database as it was", {"file": UNDER_WAY})
        raise refuse("vault-damaged", detail=detail)
    now.note(store)
    store.set_setting(_COUNTED, None)
    if copy is not None:
        copy.replace(copy.with_name(KEPT))
    return True


def _keep(session: Session) -> Path:
    """The database as it was before; one that is there already is from an upgrade that did not come to its end."""
    copy = session.folder / UNDER_WAY
    if not copy.exists():
        session.store.backup(copy)
    return copy


def _counted(session: Session) -> dict[str, int]:
    """How many there were before the first try: a later one is measured by that, and not by what the first has left."""
    kept = session.store.setting(_COUNTED)
    found = msgspec.json.decode(kept, type=dict[str, int]) if kept is not None else _counts(session)
    session.store.set_setting(_COUNTED, msgspec.json.encode(found).decode())
    return found


def _counts(session: Session) -> dict[str, int]:
    """Of every kind of record, deleted or not, of changes and of segments."""
    store = session.store
    found = {spec.plural: len(store.list_(spec.name, deleted=True)) for spec in RECORD_KINDS}
    return found | {"changes": store.change_count(), "segments": len(store.segments())}
