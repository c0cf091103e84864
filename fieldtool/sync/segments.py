"""Segments to canonical bytes and back; it signs nothing, believes nobody, and never looks at what another segment says.

    encode_segment(segment, randomness) -> (body, values)      seal: the caller signs `body` under SEGMENT_TYPE
    decode_segment(sealed) -> Segment                          raises SegmentFault, SegmentNewer
    read_header(body) -> SegmentHeader                         works for every format, so that newer segments can be kept and relayed
    row_count(body) -> int                                     without decoding the rows
    redact_values(sealed, rows) -> SealedSegment               drops values and salts; body, hash and signature stay

A body is canonical: decoding refuses all bytes that encoding would not have produced, so one segment has one hash. Values of free text and
of personal fields stand in it as SHA-256(salt + value), the values themselves beside it, so that they can be dropped later.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from fieldtool.domain.changes import Origin, Ref, Scope, SealedSegment, Segment, SegmentRow
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import EntityId, Hlc, KeyHash, Randomness, SegmentHash, StreamId, id_bytes, id_from_bytes
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import NotCanonical
from fieldtool.sync import limits, wire
from fieldtool.sync.canonical import check_values

_SCOPES = {s.value: s for s in Scope}


class SegmentFault(ValueError):
    """These bytes are not a segment of this format; nothing in them may be used. The reason names no content."""


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


@lru_cache(maxsize=4096)
def is_salted(kind: str, field: str) -> bool:
    """Whether this version writes that field salted; a field it does not know keeps the flag that its row has."""
    spec = KINDS.get(kind)
    known = spec.field(split_key(field)[0]) if spec else None
    return known is not None and known.salted


# ------------------------------------------------------------------------------------------------------------------ encode


def encode_segment(segment: Segment, randomness: Randomness) -> tuple[bytes, bytes]:
    """The signed body and the values beside it; `segment.hash` is not used. A salted row without a salt gets a fresh one.

    Raises `SegmentFault` for what the format cannot hold: that is a bug of the caller, and nothing has been written.
    """
    beside: list[wire.WireValue] = []
    digests: list[bytes] = []
    refs: dict[bytes, int] = {}
    rows: list[wire.WireRow] = []
    order: dict[tuple[EntityId, str], int] = {}
    hlc = 0
    for number, row in enumerate(segment.rows):
        about = segment.entities[row.entity]
        entity = order.setdefault(about, len(order))
        salted = row.salted or is_salted(about[1], row.field)
        value = None
        if salted:
            digests.append(_beside(number, row, randomness, beside))
        else:
            value = _plain(row)
        origin = None if row.origin is None else wire.WireOrigin(row.origin.hlc, row.origin.author)
        rows.append(wire.WireRow(entity, row.field, value, row.hlc - hlc, _parents(row.parents, refs), origin))
        hlc = row.hlc
    body = wire.encode(
        wire.WireSegment(
            format=limits.FORMAT, schema=limits.SCHEMA, must=sorted(segment.must), org=segment.org, visit=id_bytes(segment.visit),
            scope=segment.scope.value, key=segment.key, epoch=segment.epoch, stream=segment.stream, seq0=segment.seq0, prev=segment.prev,
            entities=[wire.WireEntity(id_bytes(entity), kind) for entity, kind in order],
            refs=list(refs), rows=rows, digests=b"".join(digests),
        )
    )  # fmt: skip
    values = wire.encode(beside)
    decode_segment(SealedSegment(segment_hash(body), body, b"", values))  # what others would refuse is never signed
    return body, values


def segment_hash(body: bytes) -> SegmentHash:
    """The name of a segment: SHA-256 of its signed body."""
    return SegmentHash(hashlib.sha256(body).digest())


def _plain(row: SegmentRow) -> str:
    if row.value is None:
        raise SegmentFault("a row without its value")
    return row.value


def _beside(number: int, row: SegmentRow, randomness: Randomness, beside: list[wire.WireValue]) -> bytes:
    if row.value is None:
        if len(row.digest) != limits.DIGEST:
            raise SegmentFault("a redacted row without its digest")
        return row.digest
    salt = row.salt or randomness(limits.SALT)
    beside.append(wire.WireValue(number, salt, row.value))
    return hashlib.sha256(salt + row.value.encode()).digest()


def _parents(parents: tuple[Ref, ...], refs: dict[bytes, int]) -> list[int]:
    if not parents:
        return []
    packed = []
    for ref in sorted(parents, key=lambda r: (r.segment or b"", r.row)):
        index = 0 if ref.segment is None else refs.setdefault(ref.segment, len(refs) + 1)
        packed.append(index << 16 | ref.row)
    return sorted(packed)


# ------------------------------------------------------------------------------------------------------------------ decode


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
    if len(sealed.body) > limits.MAX_BODY or len(sealed.values) > limits.MAX_VALUES:
        raise SegmentFault("larger than the format allows")
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
        return _segment(sealed.hash, header, body, values)
    except (msgspec.MsgspecError, NotCanonical, UnicodeError, RecursionError) as error:
        raise SegmentFault(str(error)) from error


def row_count(body: bytes) -> int:
    """The number of rows, without looking into them; 0 for a newer format. Raises `SegmentFault`."""
    if read_header(body).format > limits.FORMAT:
        return 0
    try:
        parts = msgspec.msgpack.decode(body, type=list[msgspec.Raw])
        return len(msgspec.msgpack.decode(parts[13], type=list[msgspec.Raw]))
    except (msgspec.MsgspecError, IndexError) as error:
        raise SegmentFault("no rows") from error


def redact_values(sealed: SealedSegment, rows: Collection[int]) -> SealedSegment:
    """The segment without the values and salts of those rows; hash and signature still hold.

    Raises `SegmentFault` when a row does not stand in the body as a digest: what is signed in the clear cannot be dropped.
    """
    body = wire.decode_segment(sealed.body)
    for row in rows:
        if row >= len(body.rows) or body.rows[row].value is not None:
            raise SegmentFault("a row that is not salted cannot be redacted")
    kept = [v for v in wire.decode_values(sealed.values) if v.row not in rows]
    return SealedSegment(sealed.hash, sealed.body, sealed.signature, wire.encode(kept))


# ------------------------------------------------------------------------------------------------------------------ checks


def _segment(name: SegmentHash, header: SegmentHeader, body: wire.WireSegment, values: list[wire.WireValue]) -> Segment:
    scope = _SCOPES.get(header.scope)
    if scope is None or scope is Scope.PRIVATE:
        raise SegmentFault("no such scope")
    if not 0 < len(body.rows) <= limits.MAX_ROWS or len(body.entities) > limits.MAX_ENTITIES or len(body.refs) > limits.MAX_REFS:
        raise SegmentFault("more rows, entities or refs than the format allows, or none")
    entities = _entities(body)
    _check_fields(body.rows)
    _check_refs(body)
    digests = _check_values(body, values)
    return Segment(
        hash=name, must=header.must, org=header.org, visit=header.visit, scope=scope, key=header.key, epoch=header.epoch,
        stream=header.stream, seq0=header.seq0, prev=header.prev, entities=entities, rows=tuple(_rows(body, digests, values)),
    )  # fmt: skip


def _entities(body: wire.WireSegment) -> tuple[tuple[EntityId, str], ...]:
    seen = -1
    for row in body.rows:
        if row.entity > seen:
            seen += 1
            if row.entity != seen:
                raise SegmentFault("entities not in the order of their first use")
    if seen + 1 != len(body.entities):
        raise SegmentFault("an entity that no row uses, or a row without one")
    if len({e.id for e in body.entities}) != len(body.entities):
        raise SegmentFault("an entity named twice")
    for kind in {e.kind for e in body.entities}:
        if not kind.isascii() or not kind.isprintable() or not 0 < len(kind) <= limits.MAX_KIND:
            raise SegmentFault("a kind without a proper name")
    return tuple((id_from_bytes(e.id), e.kind) for e in body.entities)


def _check_fields(rows: list[wire.WireRow]) -> None:
    for name in {row.field for row in rows}:
        if not name or name[0] == "/" or (len(name) > limits.MAX_FIELD // 4 and len(name.encode()) > limits.MAX_FIELD):
            raise SegmentFault("a field without a proper name")
        if not _is_plain(name):
            raise SegmentFault("a field name with characters the format forbids")
    for author in {row.origin.author for row in rows if row.origin is not None}:
        if not _is_plain(author) or len(author.encode()) > limits.MAX_AUTHOR:
            raise SegmentFault("an author without a proper name")


def _is_plain(text: str) -> bool:
    if text.isascii():
        return text.isprintable()
    return unicodedata.is_normalized("NFC", text) and not any(c < " " or c == "\x7f" for c in text)


def _check_refs(body: wire.WireSegment) -> None:
    """Refs in the order of their first use, each used; parents ascending; a parent in the same segment stands earlier and is older."""
    if len(set(body.refs)) != len(body.refs):
        raise SegmentFault("a segment referred to twice")
    used = 0
    clocks: list[int] = []
    hlc = 0
    for number, row in enumerate(body.rows):
        hlc += row.step
        if not 0 < hlc <= limits.MAX_NUMBER:
            raise SegmentFault("a clock value out of range")
        clocks.append(hlc)
        last = -1
        for parent in row.parents:
            if parent <= last:
                raise SegmentFault("parents out of order")
            last = parent
            ref = parent >> 16
            if ref == 0:
                if parent >= number or clocks[parent] >= hlc:
                    raise SegmentFault("a change that is not later than its parent")
            elif ref > used:
                used += 1
                if ref != used:
                    raise SegmentFault("refs not in the order of their first use")
        if len(row.parents) > limits.MAX_PARENTS:
            raise SegmentFault("more parents than the format allows")
    if used != len(body.refs):
        raise SegmentFault("a ref that no row uses, or a parent without one")


def _check_values(body: wire.WireSegment, values: list[wire.WireValue]) -> dict[int, bytes]:
    """The digest of each salted row. Values beside the body stand in ascending order and match their digests; every value is canonical."""
    salted = [number for number, row in enumerate(body.rows) if row.value is None]
    if len(body.digests) != limits.DIGEST * len(salted):
        raise SegmentFault("not one digest for each salted row")
    digests = {number: body.digests[i * limits.DIGEST : (i + 1) * limits.DIGEST] for i, number in enumerate(salted)}
    last = -1
    sha256 = hashlib.sha256
    texts = [row.value for row in body.rows if row.value is not None]
    for v in values:
        if v.row <= last:
            raise SegmentFault("values out of order")
        last = v.row
        if sha256(v.salt + v.value.encode()).digest() != digests.get(last):
            raise SegmentFault("a value that is not the one that was signed")
        texts.append(v.value)
    check_values(texts)
    return digests


def _rows(body: wire.WireSegment, digests: dict[int, bytes], values: list[wire.WireValue]) -> Iterable[SegmentRow]:
    refs: list[SegmentHash | None] = [None, *(SegmentHash(r) for r in body.refs)]
    beside = {v.row: v for v in values}
    hlc = 0
    for number, row in enumerate(body.rows):
        hlc += row.step
        parents = tuple([Ref(refs[p >> 16], p & 0xFFFF) for p in row.parents])
        origin = None if row.origin is None else Origin(Hlc(row.origin.hlc), row.origin.author)
        if row.value is not None:
            yield SegmentRow(row.entity, row.field, row.value, Hlc(hlc), parents, origin)
        else:
            said = beside.get(number)
            text, salt = (None, b"") if said is None else (said.value, said.salt)
            yield SegmentRow(row.entity, row.field, text, Hlc(hlc), parents, origin, True, salt, digests[number])
