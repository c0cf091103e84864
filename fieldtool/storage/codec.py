"""How segments' states are numbered and their bytes kept small in the vault; it changes no byte that leaves."""

from __future__ import annotations

import threading

import zstandard

from fieldtool.domain.changes import SegmentState
from fieldtool.domain.errors import refuse

# What services said of a segment; waiting is no verdict but follows from the chain, open is a segment without a hash.
ACCEPTED, HELD, PROPOSED, REVOKED, FAULTY, SET_ASIDE = range(6)
VERDICTS = {
    SegmentState.ACCEPTED: ACCEPTED,
    SegmentState.HELD: HELD,
    SegmentState.PROPOSED: PROPOSED,
    SegmentState.REVOKED: REVOKED,
    SegmentState.FAULTY: FAULTY,
    SegmentState.SET_ASIDE: SET_ASIDE,
}
STATES = {number: state for state, number in VERDICTS.items()}
COUNTING = (ACCEPTED, PROPOSED)


class _Compressors(threading.local):
    """One of each per thread: they keep state, and making one costs more than a segment."""

    def __init__(self) -> None:
        self.shrink = zstandard.ZstdCompressor(level=1)
        self.expand = zstandard.ZstdDecompressor()


_compressors = _Compressors()


def shrink(content: bytes) -> bytes:
    """Bytes as they are kept."""
    return _compressors.shrink.compress(content)


def expand(kept: bytes) -> bytes:
    """The bytes again, exactly. Raises `KnownError` vault-damaged for what this vault has not written so."""
    try:
        return _compressors.expand.decompress(kept)
    except (zstandard.ZstdError, TypeError) as error:
        raise refuse("vault-damaged", detail="a sealed part cannot be read") from error
