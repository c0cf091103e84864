"""What the end of a page must not part: gives every heading the room that it wants on its page; sets no text and draws nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fieldtool.reports.styles import HEIGHT, WIDTH
from fieldtool.reports.tagging import TaggedFigure, TaggedParagraph, TaggedTable

# isort: split
from reportlab.platypus import Flowable, KeepTogether, Spacer

MOST = 420.0  # points; what is kept together never takes more of a page
_ROWS = 2  # rows of a table that stay with what announces it
_WIDE = 0.56  # width of an average character in sizes of type: a little too wide, so that the room is never too small
_PARTED = 4  # lines from which on a paragraph may be parted, two to each side


def keep(flowables: Sequence[Flowable]) -> None:
    """Set the `need` of every paragraph that leads: its own height and what has to follow on the same page.

    Heights are estimated from the number of characters: to set every text twice would cost more than a line too much of white.
    """
    wanted = 0.0
    for flowable in reversed(flowables):
        wanted = min(_wanted(flowable, wanted), MOST)


def set_height(flowable: Flowable) -> float:
    """The height of a paragraph or table with the space around it, as it will really be set."""
    _, height = flowable.wrap(WIDTH, HEIGHT)
    return float(height + flowable.getSpaceBefore() + flowable.getSpaceAfter())


def _wanted(flowable: Flowable, after: float) -> float:
    """The height that a flowable wants with what follows, if that wants `after`."""
    if isinstance(flowable, TaggedParagraph):
        if not flowable.leads:
            return _first_lines(flowable)
        flowable.need = min(_height(flowable, WIDTH) + after, MOST)
        return flowable.need
    if isinstance(flowable, TaggedTable):
        return sum(_row_height(flowable, row) for row in range(min(flowable.repeatRows + _ROWS, len(flowable.grid))))
    if isinstance(flowable, Spacer):
        return float(flowable.height) + after
    if isinstance(flowable, TaggedFigure):
        return float(flowable.height)
    if isinstance(flowable, KeepTogether):
        return MOST  # pictures and signatures: they take the next page by themselves where they have to
    return 0.0


def _first_lines(paragraph: TaggedParagraph) -> float:
    lines = _lines(paragraph, WIDTH)
    spaces = paragraph.style.spaceBefore + 2 * paragraph.style.borderPadding
    return float((lines if lines < _PARTED else 2) * paragraph.style.leading + spaces)


def _height(paragraph: TaggedParagraph, width: float) -> float:
    style = paragraph.style
    return float(_lines(paragraph, width) * style.leading + style.spaceBefore + style.spaceAfter + 2 * style.borderPadding)


def _row_height(table: TaggedTable, row: int) -> float:
    return max(_height(cell, width) for cell, width in zip(table.grid[row], table.widths, strict=True)) + 7


def _lines(paragraph: TaggedParagraph, width: float) -> int:
    """Lines of a paragraph's text, forced line breaks counted."""
    room = (width - paragraph.style.leftIndent - paragraph.style.rightIndent) / (paragraph.style.fontSize * _WIDE)
    lines, used = 1, 0
    for frag in paragraph.frags:
        if getattr(frag, "lineBreak", False):
            lines, used = lines + max(0, math.ceil(used / room) - 1) + 1, 0
        used += len(frag.text)
    return lines + max(0, math.ceil(used / room) - 1)
