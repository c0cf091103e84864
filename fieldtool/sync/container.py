"""The ZIP inside a bundle: stored entries only, written in one way and read by comparing bytes; it opens no file and checks no signature.

    compose(entries) -> pieces of the container, in the format's order
    ContainerParser(begin).feed(piece), …, close()   raises KnownError bundle-truncated / bundle-altered

Both ways are streams: no more of a container is in memory than a piece. The reader believes nothing that a ZIP says about itself: it reads
a name and a size, writes the header anew and compares. So duplicate names, paths, hidden bytes, a second directory, other methods, dates or
attributes cannot occur in what it accepts.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.sync import limits
from fieldtool.sync.limits import MANIFEST_NAME, SEGMENTS_NAME, SIGNATURE_NAME

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_BLOB = re.compile(r"blobs/[0-9a-f]{64}\Z")

ENTRY_MARK = b"PK\x03\x04"  # what every container of ours begins with
_MOST_ENTRIES = limits.MAX_BLOBS + 3
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION  # Unix
_DATE = 1 << 5 | 1  # 1980-01-01, the earliest there is; the time is 0
_MODE = 0o100600 << 16  # a plain file

Sink = Callable[[memoryview], None]
"""Takes the content of an entry in pieces, in their order; a view is good for that call only."""
Begin = Callable[[str, int], Sink]
"""Called at the beginning of each entry with its name and its size in bytes; who takes its content."""


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


# ------------------------------------------------------------------------------------------------------------- out


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that goes into a container: its size in bytes, its CRC-32, and where its content is read from when its turn comes."""

    name: str
    size: int
    crc: int
    pieces: Callable[[], Iterable[bytes]]


def entry_of(name: str, content: bytes) -> Entry:
    """An entry whose content is in memory."""
    return Entry(name, len(content), zlib.crc32(content), lambda: (content,))


def compose(entries: Sequence[Entry]) -> Iterator[bytes]:
    """The container of these entries piece by piece; everything that can be refused is refused before the first.

    Raises `KnownError` bundle-too-large, and `ValueError` for what the format does not know: that is a bug of the caller.
    """
    names = [e.name for e in entries]
    if not in_order(names):
        raise ValueError("entries outside the format's order")
    if len(entries) > _MOST_ENTRIES or any(e.size > (limit_of(e.name) or 0) for e in entries):
        raise refuse("bundle-too-large")
    if sum(e.size + _LOCAL.size + _CENTRAL.size + 2 * len(e.name) for e in entries) + _END.size > limits.MAX_CONTAINER:
        raise refuse("bundle-too-large")
    return _composed(entries)


def _composed(entries: Sequence[Entry]) -> Iterator[bytes]:
    directory: list[bytes] = []
    offset = 0
    for entry in entries:
        head = _local(entry.name, entry.crc, entry.size)
        yield head
        yield from entry.pieces()
        directory.append(_central(entry.name, entry.crc, entry.size, offset))
        offset += len(head) + entry.size
    yield _tail(directory, offset)


# ------------------------------------------------------------------------------------------------------------- in


class ContainerParser:
    """Reads a container as its bytes arrive, in pieces of any size. Raises `KnownError` bundle-truncated or bundle-altered.

    What a sink was given counts only when `close` has returned.
    """

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._step: Callable[[memoryview], int] = self._head
        self._held = bytearray()  # the beginning of a header
        self._names: list[str] = []
        self._directory: list[bytes] = []
        self._offset = 0  # where the next header stands
        self._name, self._size, self._declared = "", 0, 0
        self._sink: Sink | None = None
        self._left, self._crc = 0, 0
        self._tail: bytes | None = None
        self._compared = 0

    def feed(self, piece: bytes | memoryview) -> None:
        """Take the next bytes."""
        view = memoryview(piece)
        while view:
            view = view[self._step(view) :]

    def close(self) -> None:
        """The end has come: whether the container is whole."""
        if self._tail is None or self._compared < len(self._tail):
            raise refuse("bundle-truncated", detail="it ends in the middle of its container")

    def _head(self, view: memoryview) -> int:
        """Collect a header: of an entry, or the beginning of the table of contents."""
        held = len(self._held)
        wanted = _header_size(self._held)
        taken = min(len(view), wanted - held)
        self._held += view[:taken]
        if len(self._held) == wanted == _header_size(self._held):
            self._on_header(bytes(self._held))
        return taken

    def _on_header(self, head: bytes) -> None:
        self._held.clear()
        if head[:4] != ENTRY_MARK:
            self._tail = _tail(self._directory, self._offset)
            if not in_order(self._names):
                raise _altered("an entry is missing or out of order")
            self._step = self._table
            self._table(memoryview(head))
            return
        name = head[_LOCAL.size :].decode("ascii", "replace")
        crc, size = _LOCAL.unpack_from(head)[6:8]
        limit = limit_of(name)
        if limit is None or size > limit or self._offset + len(head) + size > limits.MAX_CONTAINER:
            raise _altered("an entry that does not belong there, or is too large")
        if head != _local(name, crc, size):
            raise _altered("the header of an entry is not the one that belongs to it")
        if len(self._names) == _MOST_ENTRIES or not _may_follow(self._names, name):
            raise _altered("an entry stands in it twice or out of order, or there are more than the format allows")
        self._names.append(name)
        self._name, self._size, self._declared = name, size, crc
        self._left, self._crc = size, 0
        self._sink = self._begin(name, size)
        self._step = self._content
        if size == 0:
            self._on_end()

    def _content(self, view: memoryview) -> int:
        piece = view[: self._left]
        self._crc = zlib.crc32(piece, self._crc)
        if self._sink is not None:
            self._sink(piece)
        self._left -= len(piece)
        if self._left == 0:
            self._on_end()
        return len(piece)

    def _on_end(self) -> None:
        if self._crc != self._declared:
            raise _altered("a checksum does not match")
        self._directory.append(_central(self._name, self._crc, self._size, self._offset))
        self._offset += _LOCAL.size + len(self._name) + self._size
        self._step = self._head

    def _table(self, view: memoryview) -> int:
        """Compare the table of contents with the one that belongs to these entries; nothing stands behind it."""
        end = self._compared + len(view)
        if self._tail is None or self._tail[self._compared : end] != view:
            raise _altered("its table of contents is not the one that belongs to it")
        self._compared = end
        return len(view)


def _header_size(held: bytes | bytearray) -> int:
    """How many bytes the header that begins so has, as far as that can be said: a mark, then the rest, then the name."""
    if len(held) < len(ENTRY_MARK) or held[:4] != ENTRY_MARK:
        return len(ENTRY_MARK)
    return _LOCAL.size if len(held) < _LOCAL.size else _LOCAL.size + int.from_bytes(held[26:28], "little")


def _may_follow(names: Sequence[str], name: str) -> bool:
    if len(names) < 2:
        return name == (MANIFEST_NAME, SIGNATURE_NAME)[len(names)]
    return (name == SEGMENTS_NAME and len(names) == 2) or (is_blob_name(name) and (not is_blob_name(names[-1]) or names[-1] < name))


def _altered(detail: str) -> KnownError:
    return refuse("bundle-altered", detail=detail)


def _local(name: str, crc: int, size: int) -> bytes:
    return _LOCAL.pack(0x04034B50, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0) + name.encode("ascii")


def _central(name: str, crc: int, size: int, offset: int) -> bytes:
    head = _CENTRAL.pack(0x02014B50, _MADE_BY, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(name), 0, 0, 0, 0, _MODE, offset)
    return head + name.encode("ascii")


def _tail(directory: Iterable[bytes], offset: int) -> bytes:
    records = list(directory)
    table = b"".join(records)
    return table + _END.pack(0x06054B50, 0, 0, len(records), len(records), len(table), offset, 0)
