"""The rows of one segment between their packed and their domain form, checked on the way in both directions; it knows no header.

Both directions demand the same: clocks in range and later than parents in the same segment, refs and entities in the order of their first
use, parents ascending, digests that match. So nothing is sealed here that others would refuse.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

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

    That each entry is used, in the order of first use, `unpack_rows` sees in passing and `Packer` brings about.
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


def salted_rows(body: WireSegment, values: list[WireValue]) -> list[tuple[bytes, WireValue | None]]:
    """For each salted row in order its digest and what stands beside the body. Raises `SegmentFault` where the two do not match."""
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
    beside = {v.row: v for v in values}
    return [(digest, beside.get(row)) for row, digest in signed.items()]


def unpack_rows(body: WireSegment, salted: list[tuple[bytes, WireValue | None]]) -> tuple[SegmentRow, ...]:
    """The rows. Raises `SegmentFault` for clocks out of range, and for entities, refs and parents in another order than the format's."""
    found: list[SegmentRow] = []
    add = found.append
    parents = _Parents(body.refs, found)
    beside = iter(salted)
    hlc = entities = 0
    most = limits.MAX_NUMBER
    for row in body.rows:
        hlc += row.step
        if not 0 < hlc <= most:
            raise SegmentFault("a clock value out of range")
        entity, value, packed, origin = row.entity, row.value, row.parents, row.origin
        if entity >= entities:
            if entity > entities:
                raise SegmentFault("entities not in the order of their first use")
            entities += 1
        refs: tuple[Ref, ...] = ()
        if packed is not None:
            refs = (parents.one(packed, hlc),) if isinstance(packed, int) else parents.several(packed, hlc)
        restated = None if origin is None else Origin(Hlc(origin.hlc), origin.author)
        if value is not None:
            add(SegmentRow(entity, row.field, value, Hlc(hlc), refs, restated))
        else:
            digest, said = next(beside)
            text, salt = (None, b"") if said is None else (said.value, said.salt)
            add(SegmentRow(entity, row.field, text, Hlc(hlc), refs, restated, True, salt, digest))
    if entities != len(body.entities) or parents.used != len(body.refs):
        raise SegmentFault("an entity or a ref that no row uses")
    return tuple(found)


class _Parents:
    """Turns packed parents into refs, and sees that refs are first used in their order and that parents in the same segment are older."""

    __slots__ = ("_earlier", "_names", "used")

    def __init__(self, refs: list[bytes], earlier: list[SegmentRow]) -> None:
        self._names = [None, *map(SegmentHash, refs)]
        self._earlier = earlier  # the rows before the one at hand; it grows while they are unpacked
        self.used = 0

    def several(self, packed: list[int], hlc: int) -> tuple[Ref, ...]:
        """Two and more parents of a row, in ascending order, each once."""
        if not 1 < len(packed) <= limits.MAX_PARENTS:
            raise SegmentFault("a list of parents with fewer than two, or more than the format allows")
        if any(a >= b for a, b in pairwise(packed)):
            raise SegmentFault("parents out of order")
        return tuple([self.one(p, hlc) for p in packed])

    def one(self, parent: int, hlc: int) -> Ref:
        """One parent of a row with that clock."""
        ref, row = parent >> 16, parent & _ROW
        if ref > self.used:
            self.used += 1
            if ref != self.used or ref >= len(self._names):
                raise SegmentFault("refs not in the order of their first use")
        elif ref == 0 and (row >= len(self._earlier) or self._earlier[row].hlc >= hlc):
            raise SegmentFault("a change that is not later than its parent")
        return Ref(self._names[ref], row)
