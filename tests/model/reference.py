"""The reference model: what replicas hold and what follows from it, in sets and loops; no code of the product, and never fast.

A replica is a set of sealed segments, a list of open changes, and what it believes of the authors. Everything else is computed from that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

STRICT = ["public", "internal", "restricted", "confidential"]  # of the field `marking`, in JSON


@dataclass(frozen=True)
class Change:
    """One change; `id` is its number in the model, `author` the bytes that order equal clocks."""

    id: int
    entity: str
    field: str
    value: str
    hlc: int
    author: bytes
    parents: frozenset[int]


@dataclass(frozen=True)
class Segment:
    """What was sealed at once; `name` is the real hash."""

    name: bytes
    author: bytes
    stream: bytes
    seq0: int
    prev: bytes | None
    changes: tuple[Change, ...]


@dataclass
class Replica:
    """One vault as the model sees it."""

    held: set[Segment] = field(default_factory=set)
    open: list[Change] = field(default_factory=list)
    private: list[Change] = field(default_factory=list)  # the log that never leaves
    tip: tuple[bytes, int] | None = None  # hash and end of the own stream
    strangers: set[bytes] = field(default_factory=set)  # authors whose card has not come
    revoked: dict[bytes, frozenset[bytes]] = field(default_factory=dict)  # author → tips still believed
    aside: set[bytes] = field(default_factory=set)  # segments of an undone import

    # --- which segments count

    def chain(self, name: bytes | None) -> list[Segment] | None:
        """A segment and all before it; None where one is missing."""
        by_name = {s.name: s for s in self.held}
        found = []
        while name is not None:
            if name not in by_name:
                return None
            found.append(by_name[name])
            name = by_name[name].prev
        return found

    def believed(self, segment: Segment) -> bool:
        """Whether the author counts for this replica, up to this segment."""
        if segment.name in self.aside or segment.author in self.strangers:
            return False
        if segment.author not in self.revoked:
            return True
        return any(segment in (self.chain(tip) or ()) for tip in self.revoked[segment.author])

    def accepted(self) -> set[Segment]:
        """The segments whose changes count: nothing before them is missing, and their authors are believed."""
        return {s for s in self.held if self.chain(s.name) is not None and self.believed(s)}

    def waiting(self) -> set[Segment]:
        """Those with a gap before them."""
        return {s for s in self.held if self.chain(s.name) is None}

    def tips(self) -> set[tuple[bytes, bytes]]:
        """The ends of what counts."""
        ours = self.accepted()
        return {(s.stream, s.name) for s in ours} - {(s.stream, s.prev) for s in ours if s.prev is not None}

    def ends(self, stream: bytes) -> set[tuple[bytes, int]]:
        """Where a stream may go on: the segments without a gap before them that nothing follows, with the number of changes up to them."""
        ours = {s for s in self.held if s.stream == stream and s.name not in self.aside and self.chain(s.name) is not None}
        return {(s.name, s.seq0 + len(s.changes)) for s in ours if s.name not in {o.prev for o in ours}}

    def forks(self) -> set[tuple[bytes, bytes | None]]:
        """Where a stream goes on in two ways."""
        places = [(s.stream, s.prev) for s in self.held]
        return {p for p in places if places.count(p) > 1}

    # --- what the changes say

    def counting(self) -> list[Change]:
        """All changes that count, the open ones too."""
        return [c for s in self.accepted() for c in s.changes] + self.open

    def versions(self, entity: str) -> list[Change]:
        """The changes of a record that count: private ones only while nothing of it is shared."""
        shared = [c for c in self.counting() if c.entity == entity]
        return shared or [c for c in self.private if c.entity == entity]

    def kept(self, entity: str) -> bool:
        """Whether the record is private altogether."""
        return any(c in self.private for c in self.versions(entity))

    def stored(self) -> dict[int, Change]:
        """All changes there are, counted or not."""
        return {c.id: c for c in [*(c for s in self.held for c in s.changes), *self.open, *self.private]}

    def heads(self, entity: str, key: str) -> set[Change]:
        """The versions of a field that nothing accepted follows; unaccepted changes are looked through."""
        stored, ours = self.stored(), [c for c in self.versions(entity) if c.field == key]
        ids = {c.id for c in ours}
        passed: set[int] = set()
        for change in ours:
            line = set(change.parents)
            while line:
                parent = stored.get(line.pop())
                if parent is None or (parent.entity, parent.field) != (entity, key) or parent.id in passed:
                    continue
                passed.add(parent.id)
                if parent.id not in ids:
                    line |= parent.parents
        return {c for c in ours if c.id not in passed}

    def ancestry(self, ids: Iterable[int]) -> set[int]:
        """These changes and all they descend from."""
        stored, seen, line = self.stored(), set[int](), set(ids)
        while line:
            at = line.pop()
            if at in stored and at not in seen:
                seen.add(at)
                line |= stored[at].parents
        return seen

    def fields(self, entity: str) -> set[str]:
        """The field keys that the record has."""
        return {c.field for c in self.versions(entity)}

    def value(self, entity: str, key: str) -> str:
        """The value in force: the strictest marking, an element that anybody holds, a record that anybody keeps, else the latest."""
        heads = self.heads(entity, key)
        values = {c.value for c in heads}
        if key == "deleted":
            return "true" if values == {"true"} else "false"
        if key.startswith("recommendations/"):
            return "true" if "true" in values else "false"
        if key == "marking":
            return max(values, key=lambda v: STRICT.index(v.strip('"')))
        return max(heads, key=lambda c: (c.hlc, c.author, c.value)).value

    def conflicts(self, entity: str) -> set[str]:
        """The fields that a person has to decide about."""
        plain = {f for f in self.fields(entity) if not f.startswith("recommendations/")}
        torn = {f for f in plain if len({c.value for c in self.heads(entity, f)}) > 1}
        return torn | ({"deleted"} if self.unseen(entity) else set())

    def unseen(self, entity: str) -> set[Change]:
        """Heads of other fields that no deletion in force has seen."""
        deletions = {c for c in self.heads(entity, "deleted") if c.value == "true"}
        if not deletions:
            return set()
        seen = self.ancestry(p for d in deletions for p in d.parents)
        return {h for f in self.fields(entity) - {"deleted"} for h in self.heads(entity, f) if h.id not in seen}

    def deleted(self, entity: str) -> bool:
        """Whether the record is gone for its readers."""
        return "deleted" in self.fields(entity) and self.value(entity, "deleted") == "true" and not self.unseen(entity)
