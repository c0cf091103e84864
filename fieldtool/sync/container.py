"""The ZIP inside a bundle: stored entries only, written in one way and read by comparing bytes; it opens no file and checks no signature.

    pack(entries) -> bytes            entries in their fixed order
    unpack(data) -> dict[name, memoryview] raises KnownError bundle-truncated / bundle-altered; nothing is copied

The reader believes nothing that a ZIP says about itself: it reads a name and a size, writes the header anew and compares. So duplicate
names, paths, hidden bytes, a second directory, other methods, dates or attributes cannot occur in what it accepts.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence

from fieldtool.domain.errors import refuse
from fieldtool.sync import limits
from fieldtool.sync.limits import MANIFEST_NAME, SEGMENTS_NAME, SIGNATURE_NAME

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_BLOB = re.compile(r"blobs/[0-9a-f]{64}\Z")

_MOST_ENTRIES = limits.MAX_BLOBS + 3
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION  # Unix
_DATE = 1 << 5 | 1  # 1980-01-01, the earliest there is; the time is 0
_MODE = 0o100600 << 16  # a plain file


def is_blob_name(name: str) -> bool:
    """Whether `name` is that of an attachment: blobs/ and 64 hexadecimal digits."""
    return _BLOB.match(name) is not None


def limit_of(name: str) -> int | None:
    """The most bytes an entry of that name may have; None for a name the format does not have."""
    named = {MANIFEST_NAME: limits.MAX_MANIFEST, SIGNATURE_NAME: limits.MAX_CMS, SEGMENTS_NAME: limits.MAX_SEGMENTS_FILE}
    return limits.MAX_BLOB if is_blob_name(name) else named.get(name)


def in_order(names: Sequence[str]) -> bool:
    """Whether these names stand in the one order the format allows: manifest, its signature, segments, blobs ascending."""
    rest = list(names[2:])
    if rest[:1] == [SEGMENTS_NAME]:
        del rest[0]
    return list(names[:2]) == [MANIFEST_NAME, SIGNATURE_NAME] and all(map(is_blob_name, rest)) and rest == sorted(set(rest))


def pack(entries: Mapping[str, bytes]) -> bytes:
    """The container of these entries, which must stand in the format's order. Raises `ValueError` for what the format does not allow."""
    if not in_order(list(entries)) or len(entries) > _MOST_ENTRIES:
        raise ValueError("entries outside the format's order, or too many")
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, content in entries.items():
        limit = limit_of(name)
        if limit is None or len(content) > limit:
            raise ValueError(f"{name} is larger than the format allows")
        crc = zlib.crc32(content)
        head = _local(name, crc, len(content))
        parts += (head, content)
        directory.append(_central(name, crc, len(content), offset))
        offset += len(head) + len(content)
    whole = b"".join([*parts, _tail(directory, offset)])
    if len(whole) > limits.MAX_CONTAINER:
        raise ValueError("larger than the format allows")
    return whole


def unpack(data: bytes) -> dict[str, memoryview]:
    """The entries of a container, in their order. Raises `KnownError` bundle-truncated or bundle-altered; nothing is half read."""
    view = memoryview(data)
    found: dict[str, memoryview] = {}
    directory: list[bytes] = []
    offset = 0
    while data[offset : offset + 4] == b"PK\x03\x04":
        name, content, crc = _entry(view, offset)
        if name in found or len(found) == _MOST_ENTRIES:
            raise refuse("bundle-altered", detail="an entry stands in it twice, or there are more than the format allows")
        found[name] = content
        directory.append(_central(name, crc, len(content), offset))
        offset += _LOCAL.size + len(name) + len(content)
    tail = _tail(directory, offset)
    rest = bytes(view[offset : offset + len(tail) + 1])
    if rest != tail:
        short = len(rest) < len(tail) and tail.startswith(rest)
        raise refuse("bundle-truncated" if short else "bundle-altered", detail="its table of contents is not the one that belongs to it")
    if not in_order(list(found)):
        raise refuse("bundle-altered", detail="an entry is missing or out of order")
    return found


def _entry(data: memoryview, offset: int) -> tuple[str, memoryview, int]:
    if len(data) < offset + _LOCAL.size:
        raise refuse("bundle-truncated", detail="it ends in the middle of an entry")
    _, _, _, _, _, _, crc, size, _, name_size, _ = _LOCAL.unpack_from(data, offset)
    start = offset + _LOCAL.size + name_size
    name = bytes(data[offset + _LOCAL.size : start]).decode("ascii", "replace")
    limit = limit_of(name)
    if limit is None or size > limit:
        raise refuse("bundle-altered", detail="an entry that does not belong there, or is too large")
    if data[offset:start] != _local(name, crc, size):
        raise refuse("bundle-altered", detail="the header of an entry is not the one that belongs to it")
    content = data[start : start + size]
    if len(content) < size:
        raise refuse("bundle-truncated", detail="it ends in the middle of an entry")
    if zlib.crc32(content) != crc:
        raise refuse("bundle-altered", detail="a checksum does not match")
    return name, content, crc


def _local(name: str, crc: int, size: int) -> bytes:
    return _LOCAL.pack(0x04034B50, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name.encode("ascii")


def _central(name: str, crc: int, size: int, offset: int) -> bytes:
    head = _CENTRAL.pack(0x02014B50, _MADE_BY, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, _MODE, offset)
    return head + name.encode("ascii")


def _tail(directory: Iterable[bytes], offset: int) -> bytes:
    records = list(directory)
    table = b"".join(records)
    return table + _END.pack(0x06054B50, 0, 0, len(records), len(records), len(table), offset, 0)
