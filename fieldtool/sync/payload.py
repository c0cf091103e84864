"""`segments.zst`: sealed segments in one checked zstd frame; it looks neither into a segment nor at its signature.

    pack_segments(segments) -> bytes
    unpack_segments(bytes) -> list[SealedSegment]   raises KnownError bundle-altered
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import zstandard

from fieldtool.domain.changes import SealedSegment
from fieldtool.domain.errors import refuse
from fieldtool.sync import limits, wire
from fieldtool.sync.segments import segment_hash

_LEVEL = 3
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
    """
    _check_frame(data)
    try:
        plain = zstandard.ZstdDecompressor(max_window_size=limits.MAX_WINDOW).decompress(
            data, max_output_size=limits.MAX_PAYLOAD, read_across_frames=False, allow_extra_data=False
        )
        entries = wire.decode_sealed(plain)
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise refuse("bundle-altered", detail="its segments cannot be unpacked") from error
    if len(entries) > limits.MAX_SEGMENTS or len(plain) != _shortest(entries):
        raise refuse("bundle-altered", detail="its list of segments is not in canonical form")
    found = [SealedSegment(segment_hash(e.body), e.body, e.signature, e.values) for e in entries]
    if len({s.hash for s in found}) != len(found):
        raise refuse("bundle-altered", detail="a segment stands in it twice")
    return found


def _shortest(entries: list[wire.WireSealed]) -> int:
    """The bytes that these entries take when every length is written in its shortest form: any other form takes more."""
    total = wire.array_size(len(entries))
    for e in entries:
        total += 1 + wire.bin_size(len(e.body)) + wire.bin_size(limits.SIGNATURE) + wire.bin_size(len(e.values))
    return total


def _check_frame(data: bytes) -> None:
    if data[:4] != zstandard.FRAME_HEADER or (data[4:5] and data[4] & _SPARE_BITS):
        raise refuse("bundle-altered", detail="its segments are not a zstd frame")
    try:
        frame = zstandard.get_frame_parameters(data)
    except zstandard.ZstdError as error:
        raise refuse("bundle-altered", detail="its segments are not a zstd frame") from error
    declared = frame.content_size != zstandard.CONTENTSIZE_UNKNOWN and frame.content_size <= limits.MAX_PAYLOAD
    if not declared or not frame.has_checksum or frame.dict_id or frame.window_size > limits.MAX_WINDOW:
        raise refuse("bundle-altered", detail="its segments declare no size, no checksum, or more than the format allows")
