"""How segments' states are numbered and their bytes kept small in the vault; it changes no byte that leaves."""

from __future__ import annotations

import zstandard

from fieldtool.domain.changes import SegmentState

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


def shrink(content: bytes) -> bytes:
    """Bytes as they are kept."""
    return zstandard.ZstdCompressor(level=1).compress(content)


def expand(kept: bytes) -> bytes:
    """The bytes again, exactly. They were written by this vault, whose pages are authenticated."""
    return zstandard.ZstdDecompressor().decompress(kept)
