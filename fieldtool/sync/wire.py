"""The msgpack layout of a segment, of its values and of a bundle's list of segments: shapes only, no meaning and no checks beyond types."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from fieldtool.sync.limits import DIGEST, MAX_NUMBER, SALT, SIGNATURE

Number = Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
Hash = Annotated[bytes, Meta(min_length=DIGEST, max_length=DIGEST)]
Id = Annotated[bytes, Meta(min_length=16, max_length=16)]
Salt = Annotated[bytes, Meta(min_length=SALT, max_length=SALT)]
Signature = Annotated[bytes, Meta(min_length=SIGNATURE, max_length=SIGNATURE)]


class WireOrigin(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """[hlc, author]"""

    hlc: Number
    author: str


Parents = None | Annotated[int, Meta(ge=0)] | list[Annotated[int, Meta(ge=0)]]
"""nil for none, one number, or a list of two and more."""


class WireRow(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """[entity, field, value, step, parents, origin]

    `value` is canonical JSON, or nil: then the row is salted and its digest is the next one of `digests`. `step` is the HLC less that of
    the row before (of the first row: the HLC itself). A parent is ref << 16 | row; ref 0 is this segment, ref n the n-th of `refs`.
    """

    entity: Annotated[int, Meta(ge=0)]
    field: str
    value: str | None
    step: int
    parents: Parents
    origin: WireOrigin | None


class WireEntity(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """[id, kind]"""

    id: Id
    kind: str


class WireHeader(msgspec.Struct, array_like=True, gc=False):
    """What stands first in a segment of every format, so that an older version can name, keep and relay what it cannot read."""

    format: Number
    schema: Number
    must: list[str]
    org: Hash
    visit: Id
    scope: str
    key: Hash
    epoch: Number
    stream: Hash
    seq0: Number
    prev: Hash | None


class WireSegment(WireHeader, array_like=True, forbid_unknown_fields=True, gc=False):
    """The header, then entities, refs, rows and digests: the signed body of format 1.

    `digests` holds SHA-256(salt + value) of each salted row, one after the other in the order of the rows, 32 bytes each.
    """

    entities: list[WireEntity]
    refs: list[Hash]
    rows: list[WireRow]
    digests: bytes


class WireOutline(WireHeader, array_like=True, gc=False):
    """The header, and the rows as they lie."""

    entities: msgspec.Raw
    refs: msgspec.Raw
    rows: msgspec.Raw


class WireValue(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """[row, salt, value]: what a salted row says, beside the signed body."""

    row: Annotated[int, Meta(ge=0)]
    salt: Salt
    value: str


class WireSealed(msgspec.Struct, array_like=True, forbid_unknown_fields=True, gc=False):
    """[body, signature, values]: one entry of `segments.zst`."""

    body: bytes
    signature: Signature
    values: bytes


encode = msgspec.msgpack.Encoder().encode
decode_header = msgspec.msgpack.Decoder(WireHeader).decode
decode_outline = msgspec.msgpack.Decoder(WireOutline).decode
decode_segment = msgspec.msgpack.Decoder(WireSegment).decode
decode_values = msgspec.msgpack.Decoder(list[WireValue]).decode


def array_length(packed: memoryview) -> int:
    """The number of elements of a packed array, as its first bytes say. Raises `msgspec.DecodeError` for anything else."""
    kind = packed[0]
    if kind >> 4 == 9:
        return kind & 15
    if kind in (0xDC, 0xDD):
        return int.from_bytes(packed[1 : 3 if kind == 0xDC else 5], "big")
    raise msgspec.DecodeError("not an array")
