"""Type, colour and measure of the printed summary; nothing here knows what is printed."""

from __future__ import annotations

from typing import Any

from fieldtool.reports import faces  # noqa: F401 - first: it configures the library

# isort: split
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

PAGE = A4
MARGIN = 25 * mm
WIDTH = A4[0] - 2 * MARGIN
HEIGHT = A4[1] - 2 * MARGIN

INK, GREY, RULE, GROUND = "1B1F24", "5A6470", "C6CDD5", "EEF2F6"
STATUS = {  # symbol and colour; the word stands beside them
    "fully implemented": ("●", "1B6B3A"),
    "mostly implemented": ("◕", "28629B"),
    "partially implemented": ("◐", "8A5A00"),
    "not implemented": ("○", "A3262A"),
    "no longer applicable": ("–", "5A6470"),
    "not evaluated": ("–", "5A6470"),
}
POSITION = {  # the same
    "accepts": ("✓", "1B6B3A"),
    "accepts in part": ("◐", "8A5A00"),
    "notes": ("○", "1B1F24"),
    "rejects": ("✕", "A3262A"),
    "claims already done": ("●", "28629B"),
}


def colour(rrggbb: str) -> Color:
    """A colour of six hexadecimal digits."""
    return HexColor(f"#{rrggbb}")


class Sheet:
    """The paragraph and table styles around one deep colour of the organisation."""

    def __init__(self, deep: str) -> None:
        self.deep = colour(deep)
        base: dict[str, Any] = {"fontName": "NS", "fontSize": 10, "leading": 14, "textColor": colour(INK)}
        self.body = ParagraphStyle("body", spaceAfter=6, allowWidows=0, allowOrphans=0, **base)
        self.title = self._head("title", 26, 32, spaceAfter=2)
        self.subtitle = ParagraphStyle("subtitle", parent=self.body, fontSize=13, leading=18, textColor=colour(GREY), spaceAfter=6 * mm)
        self.h1 = self._head("h1", 17, 21, spaceBefore=16, spaceAfter=8)
        self.h2 = self._head("h2", 12, 15.5, spaceBefore=12, spaceAfter=3)
        self.h3 = self._head("h3", 10, 14, spaceBefore=5, spaceAfter=2)
        self.caption = ParagraphStyle("caption", parent=self.body, fontSize=8.5, leading=11.5, textColor=colour(GREY), spaceAfter=4)
        self.note_head = ParagraphStyle("note-head", parent=self.caption, spaceBefore=3, spaceAfter=1)
        self.note = ParagraphStyle("note", parent=self.body, leftIndent=4 * mm, spaceAfter=5)
        self.quote = ParagraphStyle(
            "quote",
            parent=self.body,
            backColor=colour(GROUND),
            borderPadding=5.5,
            leftIndent=6,
            rightIndent=6,
            spaceBefore=7,
            spaceAfter=9,
        )
        self.translation = ParagraphStyle("translation", parent=self.body, leftIndent=6, fontSize=9.5, leading=13, fontName="NS-I")
        self.item = ParagraphStyle("item", parent=self.body, leftIndent=5 * mm, bulletIndent=1 * mm, spaceAfter=2)
        self.cell = ParagraphStyle("cell", parent=self.body, fontSize=8.5, leading=11.5, spaceAfter=0)
        self.small = ParagraphStyle("small", parent=self.cell, leftIndent=4 * mm, spaceAfter=5)
        self.cell_right = ParagraphStyle("cell-right", parent=self.cell, alignment=2)
        self.cell_head = ParagraphStyle("cell-head", parent=self.cell, fontName="NS-B", textColor=self.deep)
        self.cell_head_right = ParagraphStyle("cell-head-right", parent=self.cell_head, alignment=2)
        self.contents = ParagraphStyle("contents", parent=self.body, spaceBefore=1.5, spaceAfter=0, rightIndent=10 * mm)

    def _head(self, name: str, size: float, leading: float, **space: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=self.body, fontName="NS-B", fontSize=size, leading=leading, textColor=self.deep, **space)

    def table(self, head: bool = True) -> list[tuple[Any, ...]]:
        """Horizontal rules only; a light ground under the head."""
        style: list[tuple[Any, ...]] = [
            ("FONTNAME", (0, 0), (-1, -1), "NS"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.35, colour(RULE)),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ]
        if head:
            style += [
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, self.deep),
                ("BACKGROUND", (0, 0), (-1, 0), colour(GROUND)),
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ]
        return style
