"""Segments to canonical bytes and back; it signs nothing, believes nobody, and never looks at what another segment says.

    encode_segment(segment, randomness) -> (body, values)      seal: the caller signs `body` under SEGMENT_TYPE
    decode_segment(sealed) -> Segment                          raises SegmentFault, SegmentNewer
    read_header(body) -> SegmentHeader                         works for every format, so that newer segments can be kept and relayed
    row_count(body) -> int                                     without decoding the rows
    redact_values(sealed, numbers) -> SealedSegment               drops values and salts; body, hash and signature stay

A body is canonical: decoding refuses all bytes that encoding would not have produced, so one segment has one hash. Values of free text and
of personal fields stand in it as SHA-256(salt + value), the values themselves beside it, so that they can be dropped later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

import msgspec

from fieldtool.domain.changes import Scope, SealedSegment, Segment, SegmentRow
from fieldtool.domain.ids import EntityId, KeyHash, Randomness, SegmentHash, StreamId, id_bytes, id_from_bytes
from fieldtool.domain.values import NotCanonical
from fieldtool.sync import limits, rows, wire
from fieldtool.sync.canonical import check_values
from fieldtool.sync.faults import SegmentFault
from fieldtool.sync.rows import is_salted

__all__ = [
    "SegmentFault", "SegmentHeader", "SegmentNewer", "decode_segment", "encode_segment", "is_salted", "read_header", "redact_values",
    "row_count", "segment_hash",
]  # fmt: skip

@lru_cache(maxsize=1 << 14)
def _entity(packed: bytes, kind: str) -> tuple[EntityId, str]:
    """The same records stand in segment after segment: one pair for all of them."""
    return id_from_bytes(packed), kind


_SCOPES = {s.value: s for s in Scope if s is not Scope.PRIVATE}
_NOT_OURS = (msgspec.MsgspecError, NotCanonical, UnicodeError, RecursionError)


class SegmentNewer(ValueError):
    """A well-formed header that asks for more than this version knows: keep and relay the segment, do not read its rows."""

    def __init__(self, header: SegmentHeader) -> None:
        super().__init__(f"format {header.format}, must know {', '.join(header.unknown) or 'nothing more'}")
        self.header = header


@dataclass(frozen=True, slots=True)
class SegmentHeader:
    """What every version can say about a segment."""

    format: int
    must: tuple[str, ...]
    org: bytes
    visit: EntityId
    scope: str  # a newer version may know more scopes
    key: KeyHash
    epoch: int
    stream: StreamId
    seq0: int
    prev: SegmentHash | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The features of `must` that this version does not understand."""
        return tuple(f for f in self.must if f not in limits.FEATURES)

    @property
    def newer(self) -> bool:
        """Whether only a newer version can read the rows."""
        return self.format > limits.FORMAT or bool(self.unknown)


def encode_segment(segment: Segment, randomness: Randomness) -> tuple[bytes, bytes]:
    """The signed body and the values beside it; `segment.hash` is not used. A salted row without a salt gets a fresh one.

    Raises `SegmentFault` for what others would refuse: that is a bug of the caller, and nothing has been written.
    """
    if segment.scope is Scope.PRIVATE:
        raise SegmentFault("a private segment")
    packed = rows.Packer(segment, randomness)
    body = wire.WireSegment(
        format=limits.FORMAT, schema=limits.SCHEMA, must=sorted(segment.must), org=segment.org, visit=id_bytes(segment.visit),
        scope=segment.scope.value, key=segment.key, epoch=segment.epoch, stream=segment.stream, seq0=segment.seq0, prev=segment.prev,
        entities=packed.entities, refs=packed.refs, rows=packed.rows, digests=packed.digests,
    )  # fmt: skip
    try:
        _check(body, packed.beside)
        encoded, beside = wire.encode(body), wire.encode(packed.beside)
    except _NOT_OURS as error:
        raise SegmentFault(str(error)) from error
    _check_size(encoded, beside)
    read_header(encoded)
    return encoded, beside


def segment_hash(body: bytes) -> SegmentHash:
    """The name of a segment: SHA-256 of its signed body."""
    return SegmentHash(hashlib.sha256(body).digest())


def read_header(body: bytes) -> SegmentHeader:
    """The header of a segment of any format. Raises `SegmentFault` when there is none."""
    try:
        head = wire.decode_header(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise SegmentFault(f"no segment header: {error}") from error
    if head.must != sorted(set(head.must)) or len(head.must) > limits.MAX_MUST:
        raise SegmentFault("features out of order")
    if not all(f.isascii() and f.isprintable() and 0 < len(f) <= limits.MAX_FEATURE for f in head.must):
        raise SegmentFault("a feature without a proper name")
    if head.format < 1 or (head.prev is None) != (head.seq0 == 0):
        raise SegmentFault("a header that contradicts itself")
    return SegmentHeader(
        head.format, tuple(head.must), head.org, id_from_bytes(head.visit), head.scope, KeyHash(head.key), head.epoch,
        StreamId(head.stream), head.seq0, None if head.prev is None else SegmentHash(head.prev),
    )  # fmt: skip


def decode_segment(sealed: SealedSegment) -> Segment:
    """The segment, with the values that are still there. The signature is not looked at: that is identity's.

    Raises `SegmentNewer` for a format or feature of a newer version, `SegmentFault` for everything that is not canonical.
    """
    _check_size(sealed.body, sealed.values)
    if segment_hash(sealed.body) != sealed.hash:
        raise SegmentFault("the hash is not that of the body")
    header = read_header(sealed.body)
    if header.newer:
        raise SegmentNewer(header)
    try:
        body = wire.decode_segment(sealed.body)
        values = wire.decode_values(sealed.values)
        if wire.encode(body) != sealed.body or wire.encode(values) != sealed.values:
            raise SegmentFault("not in canonical form")
        _check(body, values)
        rows.check_beside(body, values)
        rows.check_rows(body)
    except _NOT_OURS as error:
        raise SegmentFault(str(error)) from error
    scope = _SCOPES.get(header.scope)
    if scope is None:
        raise SegmentFault("no such scope")
    kinds = [e.kind for e in body.entities]
    return Segment(
        hash=sealed.hash, must=header.must, org=header.org, visit=header.visit, scope=scope, key=header.key, epoch=header.epoch,
        stream=header.stream, seq0=header.seq0, prev=header.prev,
        entities=tuple([_entity(e.id, e.kind) for e in body.entities]), rows=_Rows(sealed, len(body.rows)),
        named=frozenset([(kinds[row.entity], row.field) for row in body.rows]),
    )  # fmt: skip


class _Rows(Sequence[SegmentRow]):
    """The rows of a segment that was checked, read from its bytes each time that somebody goes through them, and kept by nobody.

    A bundle holds hundreds of thousands: as objects they are four times their bytes.
    """

    __slots__ = ("_length", "_sealed")

    def __init__(self, sealed: SealedSegment, length: int) -> None:
        self._sealed, self._length = sealed, length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[SegmentRow]:
        return rows.unpack_rows(wire.decode_segment(self._sealed.body), wire.decode_values(self._sealed.values))

    @overload
    def __getitem__(self, index: int) -> SegmentRow: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[SegmentRow, ...]: ...

    def __getitem__(self, index: int | slice) -> SegmentRow | tuple[SegmentRow, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, _Rows) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _check_size(body: bytes, values: bytes) -> None:
    if len(body) > limits.MAX_BODY or len(values) > limits.MAX_VALUES:
        raise SegmentFault("larger than the format allows")


def _check(body: wire.WireSegment, values: list[wire.WireValue]) -> None:
    """What has to hold in both directions besides the order of tables and parents."""
    rows.check_tables(body)
    check_values([*[row.value for row in body.rows if row.value is not None], *[v.value for v in values]])


def row_count(body: bytes) -> int:
    """The number of rows, without looking into them; 0 for a newer format. Raises `SegmentFault`."""
    if read_header(body).format > limits.FORMAT:
        return 0
    try:
        rows_alone = memoryview(wire.decode_outline(body).rows)
        return wire.array_length(rows_alone)
    except _NOT_OURS as error:
        raise SegmentFault("no rows") from error


def redact_values(sealed: SealedSegment, numbers: Collection[int]) -> SealedSegment:
    """The segment without the values and salts of those rows; hash and signature still hold.

    Raises `SegmentNewer` for a newer format, whose rows nobody here can tell from its salts, and `SegmentFault` when a row does not stand
    in the body as a digest: what is signed in the clear cannot be dropped.
    """
    header = read_header(sealed.body)
    if header.format > limits.FORMAT:
        raise SegmentNewer(header)
    body = wire.decode_segment(sealed.body)
    for number in numbers:
        if number >= len(body.rows) or body.rows[number].value is not None:
            raise SegmentFault("a row that is not salted cannot be redacted")
    kept = [v for v in wire.decode_values(sealed.values) if v.row not in numbers]
    return SealedSegment(sealed.hash, sealed.body, sealed.signature, wire.encode(kept))
