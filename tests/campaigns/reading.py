"""The layers of the bundle reader as one function of bytes, for the fuzzer and the suite: a sentence or a result, never anything else.

The first byte of an input names a layer, since a fuzzer does not get past a signature; the rest is what that layer is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

from fieldtool.domain.changes import SealedSegment
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.identity.cms import NotSigned, verify_detached
from fieldtool.sync.manifest import Manifest
from fieldtool.sync.payload import unpack_segments
from fieldtool.sync.segments import SegmentFault, SegmentNewer, decode_segment, encode_segment, read_header, row_count, segment_hash
from tests.unit.sync.containers import pack, unpack_pieces
from tests.unit.sync.hostile import CONTAINERS, FRAMES, PLAIN, WHOLE, frame
from tests.unit.sync.made import counted, manifest, small

FINDINGS = Path(__file__).with_name("findings")
SENTENCES = (KnownError, SegmentFault, SegmentNewer, NotSigned)
_SIGNED = b'{"a":1}'
_BODY, _VALUES = encode_segment(small(), counted().randbytes)


def _container(data: bytes) -> None:
    step = 1 + len(data) % 97  # any split is read alike
    answers = [_unpacked([data]), _unpacked([data[i : i + step] for i in range(0, len(data), step)])]
    assert answers[0] == answers[1], "the split of a container decides how it is read"
    if isinstance(answers[0], str):
        raise refuse(answers[0], detail="as it was refused")
    assert pack(answers[0]) == data, "two spellings of one container"


def _unpacked(pieces: list[bytes]) -> dict[str, bytes] | str:
    try:
        return unpack_pieces(pieces)
    except KnownError as refusal:
        return refusal.code


def _manifest(data: bytes) -> None:
    read = Manifest.from_json(data)
    assert read.to_json() == data, "two spellings of one manifest"


def _frame(data: bytes) -> None:
    for sealed in unpack_segments(data):
        _decode(sealed)


def _payload(data: bytes) -> None:
    _frame(zstandard.ZstdCompressor(level=1, write_checksum=True, write_content_size=True).compress(data))


def _decode(sealed: SealedSegment) -> None:
    read_header(sealed.body)
    row_count(sealed.body)
    decode_segment(sealed)


def _segment(data: bytes) -> None:
    size = int.from_bytes(data[:2], "big")
    body, values = data[2 : 2 + size], data[2 + size :]
    _decode(SealedSegment(segment_hash(body), body, bytes(64), values))


def _signature(data: bytes) -> None:
    verify_detached(_SIGNED, data)


LAYERS: tuple[Callable[[bytes], None], ...] = (_container, _manifest, _frame, _payload, _segment, _signature)


def read(data: bytes) -> str:
    """Give an input to its layer: "read", or the name of the refusal. Whatever else is raised is a finding."""
    if not data:
        return "nothing"
    try:
        LAYERS[data[0] % len(LAYERS)](data[1:])
    except SENTENCES as refusal:
        return type(refusal).__name__
    return "read"


def seeds() -> Iterator[bytes]:
    """Good inputs of every layer, and the hostile corpus."""
    from tests.unit.sync.organisation import sample

    good = [(0, WHOLE), (1, manifest().to_json()), (2, frame()), (3, PLAIN), (4, len(_BODY).to_bytes(2, "big") + _BODY + _VALUES)]
    good.append((5, sample().hq.pen.sign_cms(_SIGNED)))
    yield from (bytes([layer]) + content for layer, content in good)
    for layer, corpus in ((0, CONTAINERS), (2, FRAMES)):
        for made in corpus.values():
            if len(content := made()) < 100_000:
                yield bytes([layer]) + content
    yield from (path.read_bytes() for path in sorted(FINDINGS.glob("*.bin")))
