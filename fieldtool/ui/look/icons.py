"""Own icons as stroke paths on a 16 grid, painted at the painter's density; no image files and no SVG library."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from fieldtool.ui.look.stamps import stamp
from fieldtool.ui.look.tokens import Role, colour

STROKE = 1.4
_DISC = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z"
_SHEET = "M3.5 1.5H9L12.5 5v9.5h-9zM9 1.5V5h3.5"
PATHS = {
    "visit": "M2.5 5.5h11M5 2v2m6-2v2M3.5 3.5h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1z",
    "meeting": "M2.5 3.5h11v7.5h-6L4.5 13.5V11h-2z",
    "recommendations": "M7 3.5h6.5M7 8.5h6.5M7 13.5h6.5M2.3 3.5l1 1 1.7-2M2.3 8.5l1 1 1.7-2M2.3 13.5l1 1 1.7-2",
    "follow": "M3.5 14V2.5H12l-2 3 2 3H3.5",
    "summary": f"{_SHEET}M5.5 8.5h5M5.5 11.5h5",
    "exchange": "M4.5 13.5v-11m0 0L2 5m2.5-2.5L7 5M11.5 2.5v11m0 0L14 11m-2.5 2.5L9 11",
    "headquarters": "M2.5 13.5h11M3.5 13.5v-8h5v8M8.5 8.5h4v5M5.3 8h1.4M5.3 10.5h1.4M8 5.5v-3",
    "desk": "M2.5 3.5h4.5v9H2.5zM9 3.5h4.5v9H9zM7 8h2",
    "search": "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.4 3.4",
    "settings": "M2.5 5h6m4 0h1m-11 6h1m4 0h6M10.5 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM5.5 12.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
    "lock": "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
    "eye": "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
    "eye_off": "M6.2 4.1A6.3 6.3 0 0 1 8 3.8c4 0 6.2 4.2 6.2 4.2a11 11 0 0 1-1.7 2.2M4.1 5.1A10.5 10.5 0 0 0 1.8 8"
    "S4 12.2 8 12.2a6 6 0 0 0 3.2-.9M2.5 2.5l11 11",
    "down": "M4.5 6.5 8 10l3.5-3.5",
    "right": "M6.5 4.5 10 8l-3.5 3.5",
    "left": "M9.5 4.5 6 8l3.5 3.5",
    "check": "M3 8.5 6.5 12 13 4.5",
    "plus": "M7.5 3v9M3 7.5h9",
    "close": "M4 4l8 8M12 4l-8 8",
    "more": "M3.5 8h.01M8 8h.01M12.5 8h.01",
    "clock": f"{_DISC}M8 4.8V8l2.2 1.5",
    "history": "M2.7 8A5.4 5.4 0 1 0 4.4 4.1L2.5 5.8M2.5 2.6v3.2h3.2M8 5.2V8l2 1.4",
    "person": "M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.4-2.4 2.4-4 5-4s4.6 1.6 5 4",
    "house": "M2.5 6.5 8 2.5l5.5 4M2.5 13.5h11M4.5 6.5v5m3.5-5v5m3.5-5v5",
    "fact": f"{_SHEET}M5.8 9.3l1.5 1.5 2.7-3",
    "commitment": "M7 5.5H5a2.5 2.5 0 0 0 0 5h2M9 5.5h2a2.5 2.5 0 0 1 0 5H9M5.5 8h5",
    "plan": "M2.5 13.5h11M3.5 11l3-4L9 9l3.5-5.5m0 0H9.8m2.7 0v2.7",
    "obstacle": "M8 2.5 14 13.2H2zM8 6.5v3m0 1.9v.1",
    "asked": "M7.5 2.5v7m0 0-3-3m3 3 3-3M2.5 10v3.5h10V10",
    "offered": "M7.5 9.5v-7m0 0-3 3m3-3 3 3M2.5 10v3.5h10V10",
    "assess": "M10.5 2.8l2.7 2.7L6 12.7l-3.3.6.6-3.3zM8.8 4.5l2.7 2.7",
    "out": "M9.5 2.5h4v4m0-4L8 8M12.5 9.5v4h-10v-10h4",
    "in": "M8 2.5v7m0 0-3-3m3 3 3-3M2.5 9.5v4h11v-4",
    "quote": "M6.5 4.5c-2 .5-3 2-3 4.5v2.5h3v-3H5M12.5 4.5c-2 .5-3 2-3 4.5v2.5h3v-3H11",
    "undo": "M5.5 3l-3 3 3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H6",
    "filter": "M2.5 3.5h11l-4 4.7v4.3l-3-1V8.2z",
    "shield": "M8 1.8l5 1.9v4c0 3-2 5.2-5 6.5-3-1.3-5-3.5-5-6.5v-4zM5.8 8l1.6 1.6 2.9-3.1",
    "pen": "M2.5 13.5c2-3 2.5-6 4-8 1-1.3 2.6-.5 2 1.3-.7 2.2-3 4.2-2 5 1 .7 2-1.5 3-1.5s.5 1.7 1.5 1.7 1.5-.7 2.5-.7",
    "warn": f"{_DISC}M8 5v3.5m0 2.3v.1",
    "help": f"{_DISC}M6.2 6.2a1.9 1.9 0 1 1 2.7 1.8C8.3 8.3 8 8.6 8 9.3M8 11.3v.1",
    "clip": "M12.5 7.5 8 12a2.8 2.8 0 0 1-4-4l5-5a1.9 1.9 0 0 1 2.7 2.7L7 10.4a.9.9 0 0 1-1.3-1.3L9.5 5.3",
    "key": "M10 9.5a3.5 3.5 0 1 0-3.3-2.3L2.5 11.5v2h2.2v-1.6h1.6v-1.6l1.3-1.2A3.5 3.5 0 0 0 10 9.5zM11 5h.01",
}  # fmt: skip

_TOKEN = re.compile(r"[MmLlHhVvCcSsAaZz]|-?(?:\d+\.?\d*|\.\d+)")
_COUNT = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "a": 7, "z": 0}


def paint(painter: QPainter, x: float, y: float, name: str, role: Role = "text2", size: int = 16) -> None:
    """Stroke an icon with its top left corner on a whole pixel."""
    ink = colour(role)

    def draw(on: QPainter, _x: float, _y: float) -> None:
        on.scale(size / 16, size / 16)
        on.setPen(QPen(ink, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        on.drawPath(path(name))

    stamp(painter, round(x), round(y), size, (name, ink.rgba(), size), draw)


@lru_cache(maxsize=128)
def path(name: str) -> QPainterPath:
    """The outline of an icon. Raises `KeyError` for a name that has no path."""
    made, previous, control = QPainterPath(), "", QPointF()
    for letter, numbers in _commands(PATHS[name]):
        here, kind = made.currentPosition(), letter.lower()
        base = here if letter.islower() else QPointF()
        if kind == "h":
            made.lineTo(base.x() + numbers[0], here.y())
        elif kind == "v":
            made.lineTo(here.x(), base.y() + numbers[0])
        elif kind == "z":
            made.closeSubpath()
        elif kind == "a":
            _arc(made, numbers, base + QPointF(numbers[5], numbers[6]))
        else:
            points = [base + QPointF(a, b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
            if kind == "s":
                points.insert(0, here * 2 - control if previous in ("c", "s") else here)
            _draw(made, kind, points)
            control = points[-2] if len(points) == 3 else control
        previous = kind
    return made


def _draw(made: QPainterPath, kind: str, points: list[QPointF]) -> None:
    if kind == "m":
        made.moveTo(points[0])
    elif kind == "l":
        made.lineTo(points[0])
    else:
        made.cubicTo(*points)


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; a repeated set of numbers repeats the command (after M as L)."""
    words, letter = _TOKEN.findall(text), ""
    at = 0
    while at < len(words):
        if words[at].isalpha():
            letter, at = words[at], at + 1
        count = _COUNT[letter.lower()]
        yield letter, [float(w) for w in words[at : at + count]]
        at += count
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _arc(made: QPainterPath, numbers: list[float], end: QPointF) -> None:
    """A circular arc from here to `end`, by the end-point rule of SVG 1.1, appendix F.6.5."""
    radius, large, sweep, start = numbers[0], bool(numbers[3]), bool(numbers[4]), made.currentPosition()
    middle, half = (start + end) / 2, (start - end) / 2
    length = math.hypot(half.x(), half.y())
    radius = max(radius, length)
    away = math.sqrt(max(0.0, radius**2 - length**2)) / (length or 1) * (-1 if large == sweep else 1)
    centre = middle + QPointF(half.y(), -half.x()) * away
    first = math.degrees(math.atan2(-(start.y() - centre.y()), start.x() - centre.x()))
    last = math.degrees(math.atan2(-(end.y() - centre.y()), end.x() - centre.x()))
    turn = (first - last) % 360 if sweep else -((last - first) % 360)
    made.arcTo(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius, first, -turn)
