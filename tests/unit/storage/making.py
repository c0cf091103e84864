"""Real vaults, authors and sealed segments for the tests of storage; nothing is signed here, since storage looks at no signature."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from fieldtool.domain.changes import ChangeSet, Draft, Scope, SealedSegment, SegmentState
from fieldtool.domain.ids import EntityId, KeyHash, LocalChange, new_entity_id
from fieldtool.domain.values import JsonValue, canonical
from fieldtool.storage import Arrival, Author, OpenSegment, Store, create_vault, open_vault
from fieldtool.sync.segments import decode_segment, encode_segment, segment_hash

KEY = bytes(range(32))
ORG = b"o" * 32
ANN, BOB = Author("Ann", KeyHash(b"a" * 32)), Author("Bob", KeyHash(b"b" * 32))


class Ticking:
    """A clock that goes on by one millisecond each time it is read, and can be set."""

    def __init__(self, now: int = 1_700_000_000_000) -> None:
        self.now = now

    def __call__(self) -> int:
        self.now += 1
        return self.now


CLOCK = Ticking()


def new_id() -> EntityId:
    """A fresh id."""
    return new_entity_id(CLOCK, os.urandom)


VISIT = new_id()


def make(folder: Path) -> Store:
    """A new vault with an organisation."""
    folder.mkdir(parents=True, exist_ok=True)
    store = create_vault(folder, KEY, clock=CLOCK, randomness=os.urandom)
    store.set_organisation(ORG)
    store.set_names({ANN.key: ANN.name, BOB.key: BOB.name})
    return store


def reopen(folder: Path) -> Store:
    """The vault of a folder, opened again."""
    return open_vault(folder, KEY, clock=CLOCK, randomness=os.urandom)


def encode(segment: OpenSegment) -> SealedSegment:
    """A sealed segment with a signature that is none."""
    body, values = encode_segment(segment, os.urandom)
    return SealedSegment(segment_hash(body), body, b"s" * 64, values)


def arrivals(sealed: Iterable[SealedSegment], state: SegmentState = SegmentState.ACCEPTED) -> list[Arrival]:
    """Segments as they come out of verification."""
    return [Arrival(s, decode_segment(s), state) for s in sealed]


def write(
    store: Store,
    entity: EntityId,
    kind: str,
    author: Author = ANN,
    parents: tuple[LocalChange, ...] | None = None,
    scope: Scope = Scope.SHARED,
    visit: EntityId = VISIT,
    **fields: JsonValue,
) -> ChangeSet:
    """Write fields of one record; `__` in a name stands for the slash of an element."""
    drafts = [Draft(entity, kind, name.replace("__", "/"), canonical(value), parents) for name, value in fields.items()]
    return store.append(drafts, visit=visit, scope=scope, author=author, origin="test", label="write")


def exchange(source: Store, target: Store, visit: EntityId = VISIT) -> None:
    """Give `target` everything of a visit that it has not."""
    source.seal_all(encode)
    have = [h for _, h in target.tips(visit)]
    target.merge(arrivals(source.segments_after(visit, have)), origin="import")


def listed(store: Store, kind: str = "note") -> list[tuple[object, ...]]:
    """Records without what is local to one vault."""
    return [
        (r.id, r.fields, r.made_at, r.made_by, r.changed_at, r.changed_by, r.deleted, r.conflicts) for r in store.list_(kind, deleted=True)
    ]


class Vaults:
    """The vaults of one test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: list[Store] = []

    def __call__(self, name: str = "a") -> Store:
        """A new vault."""
        return self._keep(make(self.folder / name))

    def reopen(self, name: str = "a") -> Store:
        """A vault that was closed, or copied there."""
        return self._keep(reopen(self.folder / name))

    def _keep(self, store: Store) -> Store:
        self._open.append(store)
        return store

    def close(self) -> None:
        """Close them all; closing twice does no harm."""
        for store in self._open:
            store.close()
