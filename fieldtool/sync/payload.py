"""`segments.zst`: sealed segments in one checked zstd frame; it looks neither into a segment nor at its signature.

    pack_segments(segments) -> bytes
    unpack_segments(bytes) -> list[SealedSegment]   raises KnownError bundle-altered
"""

from __future__ import annotations

from collections.abc import Iterable

import zstandard

from fieldtool.domain.changes import SealedSegment
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.sync import limits, wire
from fieldtool.sync.segments import segment_hash

_LEVEL = 3
_ENTRY = b"\x93"  # a packed list of three
_PIECE = 1 << 11  # bytes taken at a time: a block of a few bytes may stand for 128 KiB
_SPARE_BITS = 0x18  # of a frame's descriptor: reserved and unused (RFC 8878, 3.1.1.1.1)


def pack_segments(segments: Iterable[SealedSegment]) -> bytes:
    """One frame that declares its size and carries a checksum. Raises `KnownError` bundle-too-large."""
    entries = [wire.WireSealed(s.body, s.signature, s.values) for s in segments]
    plain = wire.encode(entries)
    if len(plain) > limits.MAX_PAYLOAD or len(entries) > limits.MAX_SEGMENTS:
        raise refuse("bundle-too-large")
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True, write_content_size=True).compress(plain)


def unpack_segments(data: bytes) -> list[SealedSegment]:
    """The segments of a frame, each named by the hash of its body. Raises `KnownError` bundle-altered.

    The frame's parameters are read before anything is decompressed: the size that a frame declares would otherwise override any limit.
    What comes out is cut into segments as it comes, so that it is never in memory twice.
    """
    plain = _Plain(data, _check_frame(data))
    found = [plain.segment() for _ in range(plain.count())]
    plain.close()
    if len({s.hash for s in found}) != len(found):
        raise refuse("bundle-altered", detail="a segment stands in it twice")
    return found


class _Plain:
    """The list of segments as it comes out of the frame; every length has to be written in its shortest form."""

    def __init__(self, data: bytes, declared: int) -> None:
        self._data, self._at, self._left = data, 0, declared
        self._frame = zstandard.ZstdDecompressor(max_window_size=limits.MAX_WINDOW).decompressobj(read_across_frames=False)
        self._ready = bytearray()

    def count(self) -> int:
        """How many segments follow."""
        kind = self._take(1)[0]
        if kind >> 4 == 9:
            return kind & 15
        return self._number({0xDC: (2, 1 << 4), 0xDD: (4, 1 << 16)}.get(kind), limits.MAX_SEGMENTS)

    def segment(self) -> SealedSegment:
        """The next one."""
        if self._take(1) != _ENTRY:
            raise _malformed()
        body, signature, values = self._bytes(), self._bytes(), self._bytes()
        if len(signature) != limits.SIGNATURE:
            raise _malformed()
        return SealedSegment(segment_hash(body), body, signature, values)

    def close(self) -> None:
        """See that nothing follows, in the frame or behind it, and that the frame's checksum is right."""
        while not self._frame.eof:
            self._more()
        if self._ready or self._left or self._frame.unused_data or self._at < len(self._data):
            raise _malformed()

    def _bytes(self) -> bytes:
        kind = self._take(1)[0]
        return self._take(self._number({0xC4: (1, 0), 0xC5: (2, 1 << 8), 0xC6: (4, 1 << 16)}.get(kind), limits.MAX_PAYLOAD))

    def _number(self, form: tuple[int, int] | None, most: int) -> int:
        """A length of so many bytes, and the least that is written so."""
        if form is None:
            raise _malformed()
        width, least = form
        number = int.from_bytes(self._take(width), "big")
        if not least <= number <= most:
            raise _malformed()
        return number

    def _take(self, size: int) -> bytes:
        if size > len(self._ready) + self._left:
            raise _malformed()
        while len(self._ready) < size:
            self._more()
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def _more(self) -> None:
        piece = self._data[self._at : self._at + _PIECE]
        self._at += len(piece)
        try:
            plain = self._frame.decompress(piece) if piece else b""
        except zstandard.ZstdError as error:
            raise _malformed() from error
        self._left -= len(plain)
        if not piece or self._left < 0:
            raise _malformed()
        self._ready += plain


def _malformed() -> KnownError:
    return refuse("bundle-altered", detail="its segments cannot be unpacked")


def _check_frame(data: bytes) -> int:
    """The size that a frame declares, where its parameters are the format's."""
    if data[:4] != zstandard.FRAME_HEADER or (data[4:5] and data[4] & _SPARE_BITS):
        raise refuse("bundle-altered", detail="its segments are not a zstd frame")
    try:
        frame = zstandard.get_frame_parameters(data)
    except zstandard.ZstdError as error:
        raise refuse("bundle-altered", detail="its segments are not a zstd frame") from error
    declared = frame.content_size != zstandard.CONTENTSIZE_UNKNOWN and frame.content_size <= limits.MAX_PAYLOAD
    if not declared or not frame.has_checksum or frame.dict_id or frame.window_size > limits.MAX_WINDOW:
        raise refuse("bundle-altered", detail="its segments declare no size, no checksum, or more than the format allows")
    return int(frame.content_size)
