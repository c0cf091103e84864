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
from collections.abc import Collection
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
    _check_tables(body)
    _check_names(body.rows)
    digests, beside = _salted(body, values)
    check_values([*(row.value for row in body.rows if row.value is not None), *(v.value for v in values)])
    return Segment(
        hash=name, must=header.must, org=header.org, visit=header.visit, scope=scope, key=header.key, epoch=header.epoch,
        stream=header.stream, seq0=header.seq0, prev=header.prev,
        entities=tuple((id_from_bytes(e.id), e.kind) for e in body.entities), rows=_rows(body, digests, beside),
    )  # fmt: skip


def _check_tables(body: wire.WireSegment) -> None:
    """Entities and refs: each once. That each is used, in the order of first use, is seen in passing by `_rows`."""
    if len({e.id for e in body.entities}) != len(body.entities):
        raise SegmentFault("an entity named twice")
    if len(set(body.refs)) != len(body.refs):
        raise SegmentFault("a segment referred to twice")
    for kind in {e.kind for e in body.entities}:
        if not kind.isascii() or not kind.isprintable() or not 0 < len(kind) <= limits.MAX_KIND:
            raise SegmentFault("a kind without a proper name")


def _check_names(rows: list[wire.WireRow]) -> None:
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


def _salted(body: wire.WireSegment, values: list[wire.WireValue]) -> tuple[list[bytes], dict[int, wire.WireValue]]:
    """The digests in order, and the values beside the body by row: in ascending order, each the one that was signed."""
    digests = [body.digests[i : i + limits.DIGEST] for i in range(0, len(body.digests), limits.DIGEST)]
    rows = [number for number, row in enumerate(body.rows) if row.value is None]
    if len(digests) != len(rows) or len(body.digests) % limits.DIGEST:
        raise SegmentFault("not one digest for each salted row")
    signed = dict(zip(rows, digests, strict=True))
    last = -1
    sha256 = hashlib.sha256
    for v in values:
        if v.row <= last:
            raise SegmentFault("values out of order")
        last = v.row
        if sha256(v.salt + v.value.encode()).digest() != signed.get(last):
            raise SegmentFault("a value that is not the one that was signed")
    return digests, {v.row: v for v in values}


def _rows(body: wire.WireSegment, digests: list[bytes], beside: dict[int, wire.WireValue]) -> tuple[SegmentRow, ...]:
    """The rows; in the same pass that clocks stay in range and that entities and refs come in the order of their first use, all of them."""
    found: list[SegmentRow] = []
    parents = _Parents(body.refs)
    digest = iter(digests)
    hlc, entities = 0, 0
    for number, row in enumerate(body.rows):
        hlc += row.step
        if not 0 < hlc <= limits.MAX_NUMBER:
            raise SegmentFault("a clock value out of range")
        entity, value, origin = row.entity, row.value, row.origin
        if entity >= entities:
            if entity > entities:
                raise SegmentFault("entities not in the order of their first use")
            entities += 1
        refs = parents.of(row.parents, hlc, found) if row.parents else ()
        restated = None if origin is None else Origin(Hlc(origin.hlc), origin.author)
        if value is not None:
            found.append(SegmentRow(entity, row.field, value, Hlc(hlc), refs, restated))
        else:
            said = beside.get(number)
            text, salt = (None, b"") if said is None else (said.value, said.salt)
            found.append(SegmentRow(entity, row.field, text, Hlc(hlc), refs, restated, True, salt, next(digest)))
    if entities != len(body.entities) or parents.used != len(body.refs):
        raise SegmentFault("an entity or a ref that no row uses")
    return tuple(found)


class _Parents:
    """Turns packed parents into refs, and sees that refs are first used in their order and that parents in the same segment are older."""

    __slots__ = ("_names", "used")

    def __init__(self, refs: list[bytes]) -> None:
        self._names = [None, *map(SegmentHash, refs)]
        self.used = 0

    def of(self, packed: list[int], hlc: int, earlier: list[SegmentRow]) -> tuple[Ref, ...]:
        """The parents of the row that comes after `earlier`; ascending, each once."""
        if len(packed) > limits.MAX_PARENTS:
            raise SegmentFault("more parents than the format allows")
        last = -1
        names = self._names
        refs: list[Ref] = []
        for parent in packed:
            if parent <= last:
                raise SegmentFault("parents out of order")
            last = parent
            ref, row = parent >> 16, parent & 0xFFFF
            if ref == 0:
                if row >= len(earlier) or earlier[row].hlc >= hlc:
                    raise SegmentFault("a change that is not later than its parent")
            elif ref > self.used:
                self.used += 1
                if ref != self.used or ref >= len(names):
                    raise SegmentFault("refs not in the order of their first use")
            refs.append(Ref(names[ref], row))
        return tuple(refs)
