"""The rows of one segment between their packed and their domain form, checked on the way in both directions; it knows no header.

Both directions demand the same: clocks in range and later than parents in the same segment, refs and entities in the order of their first
use, parents ascending, digests that match. So nothing is sealed here that others would refuse.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from fieldtool.domain.changes import Origin, Ref, Segment, SegmentRow
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import EntityId, Hlc, SegmentHash, id_bytes
from fieldtool.domain.schema import KINDS
from fieldtool.sync import limits
from fieldtool.sync.faults import SegmentFault
from fieldtool.sync.wire import Parents, WireEntity, WireOrigin, WireRow, WireSegment, WireValue

_ROW = 0xFFFF


@lru_cache(maxsize=4096)
def is_salted(kind: str, field: str) -> bool:
    """Whether this version writes that field salted; a field it does not know keeps the flag that its row has."""
    spec = KINDS.get(kind)
    known = spec.field(split_key(field)[0]) if spec else None
    return known is not None and known.salted


# -------------------------------------------------------------------------------------------------------------------- pack


class Packer:
    """Packs the rows of a segment, and with them the tables that they use and the values that stand beside the body."""

    def __init__(self, segment: Segment, randomness: Callable[[int], bytes]) -> None:
        self._segment, self._randomness = segment, randomness
        self._entities: dict[tuple[EntityId, str], int] = {}
        self._places: dict[int, int] = {}  # place in the caller's table → place in ours
        self._refs: dict[bytes, int] = {}
        self._digests: list[bytes] = []
        self.beside: list[WireValue] = []
        self.rows = list(self._pack())

    @property
    def entities(self) -> list[WireEntity]:
        """The records concerned, in the order of their first use."""
        return [WireEntity(id_bytes(entity), kind) for entity, kind in self._entities]

    @property
    def refs(self) -> list[bytes]:
        """The other segments in which parents stand, in the order of their first use."""
        return list(self._refs)

    @property
    def digests(self) -> bytes:
        """One digest for each salted row."""
        return b"".join(self._digests)

    def _pack(self) -> Iterable[WireRow]:
        kinds, places, most = [kind for _, kind in self._segment.entities], self._places, limits.MAX_NUMBER
        before = 0
        for number, row in enumerate(self._segment.rows):
            hlc, value, field, parents, entity = row.hlc, row.value, row.field, row.parents, row.entity
            if not 0 < hlc <= most:
                raise SegmentFault("a clock value out of range")
            if row.salted or is_salted(kinds[entity], field):
                self._salt(number, row)
                value = None
            elif value is None:
                raise SegmentFault("a row without its value")
            place = places.get(entity)
            origin = None if row.origin is None else WireOrigin(row.origin.hlc, row.origin.author)
            yield WireRow(
                self._place(entity) if place is None else place, field, value, hlc - before,
                self._parents(parents, number, hlc) if parents else None, origin,
            )  # fmt: skip
            before = hlc

    def _place(self, entity: int) -> int:
        place = self._entities.setdefault(self._segment.entities[entity], len(self._entities))
        self._places[entity] = place
        return place

    def _salt(self, number: int, row: SegmentRow) -> None:
        if row.value is None:
            if len(row.digest) != limits.DIGEST:
                raise SegmentFault("a redacted row without its digest")
            self._digests.append(row.digest)
            return
        salt = row.salt or self._randomness(limits.SALT)
        self.beside.append(WireValue(number, salt, row.value))
        self._digests.append(hashlib.sha256(salt + row.value.encode()).digest())

    def _parents(self, parents: tuple[Ref, ...], number: int, hlc: int) -> Parents:
        if len(parents) == 1:
            return self._parent(parents[0], number, hlc)
        packed = {self._parent(ref, number, hlc) for ref in sorted(parents, key=_by_name)}
        if len(packed) != len(parents) or len(packed) > limits.MAX_PARENTS:
            raise SegmentFault("a parent named twice, or more of them than the format allows")
        return sorted(packed)

    def _parent(self, ref: Ref, number: int, hlc: int) -> int:
        name, row = ref.segment, ref.row
        if name is not None:
            return self._refs.setdefault(name, len(self._refs) + 1) << 16 | row
        if row >= number or self._segment.rows[row].hlc >= hlc:
            raise SegmentFault("a change that is not later than its parent")
        return row


def _by_name(ref: Ref) -> tuple[bytes, int]:
    return ref.segment or b"", ref.row


# ------------------------------------------------------------------------------------------------------------------- check


def check_tables(body: WireSegment) -> None:
    """Raises `SegmentFault` for a table beyond its limit, an entry named twice, or a name that the format forbids.

    That each entry is used, in the order of first use, `check_rows` sees and `Packer` brings about.
    """
    if not 0 < len(body.rows) <= limits.MAX_ROWS or len(body.entities) > limits.MAX_ENTITIES or len(body.refs) > limits.MAX_REFS:
        raise SegmentFault("more rows, entities or refs than the format allows, or none")
    if len({e.id for e in body.entities}) != len(body.entities):
        raise SegmentFault("an entity named twice")
    if len(set(body.refs)) != len(body.refs):
        raise SegmentFault("a segment referred to twice")
    for kind in {e.kind for e in body.entities}:
        if not kind.isascii() or not kind.isprintable() or not 0 < len(kind) <= limits.MAX_KIND:
            raise SegmentFault("a kind without a proper name")
    for name in {row.field for row in body.rows}:
        if not name or name[0] == "/" or len(name.encode()) > limits.MAX_FIELD or not _is_plain(name):
            raise SegmentFault("a field without a proper name")
    for author in {row.origin.author for row in body.rows if row.origin is not None}:
        if not _is_plain(author) or len(author.encode()) > limits.MAX_AUTHOR:
            raise SegmentFault("an author without a proper name")


def _is_plain(text: str) -> bool:
    if text.isascii():
        return text.isprintable()
    return unicodedata.is_normalized("NFC", text) and not any(c < " " or c == "\x7f" for c in text)


# ------------------------------------------------------------------------------------------------------------------ unpack


def check_beside(body: WireSegment, values: list[WireValue]) -> None:
    """Raises `SegmentFault` unless there is one digest for each salted row, and each value beside the body is the one that was signed."""
    digests = body.digests
    rows = [number for number, row in enumerate(body.rows) if row.value is None]
    if len(digests) != len(rows) * limits.DIGEST:
        raise SegmentFault("not one digest for each salted row")
    signed = dict(zip(rows, range(0, len(digests), limits.DIGEST), strict=True))
    last, size, sha256 = -1, limits.DIGEST, hashlib.sha256
    for v in values:
        if v.row <= last:
            raise SegmentFault("values out of order")
        last = v.row
        place = signed.get(last)
        if place is None or sha256(v.salt + v.value.encode()).digest() != digests[place : place + size]:
            raise SegmentFault("a value that is not the one that was signed")


def check_rows(body: WireSegment) -> None:
    """Raises `SegmentFault` for clocks out of range, and for entities, refs and parents in another order than the format's."""
    clocks = list(accumulate([row.step for row in body.rows]))
    if min(clocks) <= 0 or max(clocks) > limits.MAX_NUMBER:
        raise SegmentFault("a clock value out of range")
    if list(dict.fromkeys([row.entity for row in body.rows])) != list(range(len(body.entities))):
        raise SegmentFault("entities not in the order of their first use, or one that no row uses")
    used = 0
    for number, row in enumerate(body.rows):
        packed = row.parents
        if packed is None:
            continue
        before = b""  # the ref that this row used for the first time last
        for parent in (packed,) if isinstance(packed, int) else _several(packed):
            ref = parent >> 16
            if ref == 0:
                if parent >= number or clocks[parent] >= clocks[number]:
                    raise SegmentFault("a change that is not later than its parent")
            elif ref > used:
                used += 1
                name = body.refs[ref - 1] if ref <= len(body.refs) else b""
                if ref != used or name <= before:
                    raise SegmentFault("refs not in the order of their first use, or several of one row not in that of their bytes")
                before = name
    if used != len(body.refs):
        raise SegmentFault("a ref that no row uses, or a use without its ref")


def _several(packed: list[int]) -> list[int]:
    """Two and more parents of a row, in ascending order, each once."""
    if not 1 < len(packed) <= limits.MAX_PARENTS:
        raise SegmentFault("a list of parents with fewer than two, or more than the format allows")
    if any(a >= b for a, b in pairwise(packed)):
        raise SegmentFault("parents out of order")
    return packed


def unpack_rows(body: WireSegment, values: Iterable[WireValue]) -> Iterator[SegmentRow]:
    """The rows of a segment that was checked."""
    names = [None, *map(SegmentHash, body.refs)]
    digests, beside = body.digests, {v.row: v for v in values}
    salted = hlc = 0
    for number, row in enumerate(body.rows):
        hlc += row.step
        value, packed = row.value, row.parents
        refs: tuple[Ref, ...] = ()
        if packed is not None:
            refs = tuple([Ref(names[p >> 16], p & _ROW) for p in ((packed,) if isinstance(packed, int) else packed)])
        origin = None if row.origin is None else Origin(Hlc(row.origin.hlc), row.origin.author)
        if value is not None:
            yield SegmentRow(row.entity, row.field, value, Hlc(hlc), refs, origin)
            continue
        digest, said = digests[salted : salted + limits.DIGEST], beside.get(number)
        salted += limits.DIGEST
        text, salt = (None, b"") if said is None else (said.value, said.salt)
        yield SegmentRow(row.entity, row.field, text, Hlc(hlc), refs, origin, True, salt, digest)
