"""Where a note stands among the others of its meeting: by when it was said, or where somebody put it; knows no records."""

from __future__ import annotations

FIRST, LAST = ord("!"), ord("~")  # what a made key is made of: printable, and below every letter there is room


def place_of(at: str, order: str, entity: str) -> str:
    """The text that a note is sorted by: its `order` where it has one, else its time and its id. Both lie in one space, so that a moved
    note stands between two that nobody touched. A note without a time stands before all others.
    """
    return order or f"{at or '1'} {entity}"


def between(low: str, high: str) -> str:
    """A key above `low` and below `high`, by code points; an empty `high` is no limit.

    Where there is no room (equal keys, or `high` is `low` and a space) the upper key comes back, and the sorter's next criterion decides.
    """
    if not high or (low < high and not high.startswith(low)):
        return low + chr((FIRST + LAST) // 2)
    made = low
    for letter in high[len(low) :]:
        if ord(letter) > FIRST + 1:
            return made + chr((FIRST + min(ord(letter), LAST)) // 2)
        if ord(letter) == FIRST + 1:
            return made + chr(FIRST) + chr((FIRST + LAST) // 2)
        made += letter
    return high
