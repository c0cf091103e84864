"""What a change, a head, a segment and a conflict are; knows neither how they are stored nor how they travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from fieldtool.domain.ids import EntityId, Hlc, KeyHash, LocalChange, SegmentHash, StreamId
from fieldtool.domain.values import JsonValue

DELETED = "deleted"  # the system field that holds the tombstone; every kind has it


class Scope(StrEnum):
    """Which log a segment belongs to within its visit."""

    SHARED = "shared"  # travels with the visit
    ADMIN = "admin"  # cards, revocations, roots: written by headquarters (acceptances by the head)
    PRIVATE = "private"  # never sealed, never packed


# Ref, Origin and SegmentRow come in hundreds of thousands at a time: msgspec's frozen structs are made in a fifth of the time of frozen
# dataclasses, and without `gc` the collector does not walk them again and again while they are made.
class Ref(msgspec.Struct, frozen=True, gc=False):
    """A change named for everybody: the segment it stands in and its row there; `segment` is None for the same segment."""

    segment: SegmentHash | None
    row: int


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a value restated by headquarters comes from: who made it, and when, as headquarters states it."""

    hlc: Hlc
    author: str  # name as on the card


class SegmentRow(msgspec.Struct, frozen=True, gc=False):
    """One change inside a segment.

    `entity` indexes the segment's entities. `value` is canonical JSON, None where it was redacted (or has not come).
    `parents` are the heads its author was shown. `salted` says that the signed body holds only the digest of salt and value.
    """

    entity: int
    field: str
    value: str | None
    hlc: Hlc
    parents: tuple[Ref, ...] = ()
    origin: Origin | None = None
    salted: bool = False
    salt: bytes = b""
    digest: bytes = b""  # SHA-256(salt + value) of a salted row


@dataclass(frozen=True, slots=True)
class Segment:
    """What one stream wrote between two seals, decoded: `hash` is SHA-256 of the signed body, `must` what a reader has to know.

    The rows of a segment that came sealed may be read from its bytes whenever they are asked for: go through them once.
    """

    hash: SegmentHash
    must: tuple[str, ...]
    org: bytes  # SHA-256 of the organisation's root public key, 32 bytes
    visit: EntityId
    scope: Scope
    key: KeyHash
    epoch: int
    stream: StreamId
    seq0: int  # number of changes of this stream before this segment
    prev: SegmentHash | None
    entities: tuple[tuple[EntityId, str], ...]  # (id, kind)
    rows: Sequence[SegmentRow]
    named: frozenset[tuple[str, str]] | None = field(default=None, compare=False)  # what `fields` answers, where somebody knows it already

    def fields(self) -> frozenset[tuple[str, str]]:
        """Kind and field key of everything that its rows change."""
        if self.named is not None:
            return self.named
        return frozenset([(self.entities[row.entity][1], row.field) for row in self.rows])


@dataclass(frozen=True, slots=True)
class SealedSegment:
    """A segment as it is stored and relayed, byte for byte: signed body, signature, and the salted values beside it."""

    hash: SegmentHash
    body: bytes
    signature: bytes
    values: bytes  # msgpack: list of [row, salt, value] with redacted ones left out


class SegmentState(StrEnum):
    """What this vault does with a segment; a pure function of its bytes, its chain and the admin stream."""

    OPEN = "open"  # our own, still growing
    ACCEPTED = "accepted"
    WAITING = "waiting"  # its predecessor has not come
    HELD = "held"  # signer unknown, or a feature this version does not know
    PROPOSED = "proposed"  # rows beyond the author's role are proposals (the rest of its rows count)
    REVOKED = "revoked"  # beyond the tips still believed of a revoked key
    FAULTY = "faulty"
    SET_ASIDE = "set aside"  # by an undone import


COUNTED = (SegmentState.ACCEPTED, SegmentState.PROPOSED)
"""The states of segments whose changes count, but for those that are proposals."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that a service wants to record: `value` is canonical JSON; `parents` the local numbers of the heads its author was shown.

    `parents=None` means "all present heads" and is for fields that nobody was shown (creation, set elements).
    """

    entity: EntityId
    kind: str
    field: str
    value: str
    parents: tuple[LocalChange, ...] | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A present version of one field: who wrote it, when, from which installation."""

    change: LocalChange
    value: str | None  # canonical JSON; None where redacted
    hlc: Hlc
    author: str  # name on the card, or the claimed name
    key: KeyHash


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several heads with different values of one field, or a deletion that did not see an edit (`field` is then "deleted")."""

    entity: EntityId
    kind: str
    field: str
    heads: tuple[Head, ...]  # latest first


@dataclass(frozen=True, slots=True)
class Record:
    """One record as rows show it: a projection of the accepted changes.

    `fields` holds plain JSON values named as in the schema: sets and maps folded back from their elements. In conflict a field shows the
    provisional value (latest by HLC; for attribution, marking, private and protected the strictest). `heads` gives, per changed field key,
    the local numbers to hand back as `parents` when that field is edited.
    """

    id: EntityId
    kind: str
    fields: dict[str, JsonValue]
    made_at: int  # ms since 1970 UTC
    made_by: str
    changed_at: int
    changed_by: str
    deleted: bool = False
    private: bool = False
    conflicts: tuple[str, ...] = ()
    heads: dict[str, tuple[LocalChange, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one unit of work touched, announced after its commit; `origin` names who started it (a screen, a command, an import)."""

    records: frozenset[EntityId]
    kinds: frozenset[str]
    origin: str
    label: str = ""  # what undo names: a message key such as "file-note"
    changes: int = 0

    def __bool__(self) -> bool:
        return self.changes > 0


NOTHING = ChangeSet(frozenset(), frozenset(), "")
