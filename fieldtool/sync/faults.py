"""The one exception of a segment that does not hold; what to do about it is the caller's."""

from __future__ import annotations


class SegmentFault(ValueError):
    """These bytes are not a segment of this format; nothing in them may be used. The reason names no content."""
