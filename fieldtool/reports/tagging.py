"""Tagged building blocks over the PDF library: canvas, paragraph, table, contents and figure;
they carry structure and no content of their own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.structure import Attributes, Marked, Node, Structure

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table
from reportlab.platypus.tableofcontents import TableOfContents


class TaggedCanvas(Canvas):
    """A canvas that writes marked content and keeps the structure beside it."""

    # The library's own attributes that tagging needs; its type stubs leave them out.
    _code: list[str]
    _annotationrefs: list[Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.structure = Structure()
        self.counting = False  # whether this pass only finds out what stands on which page

    def begin(self, node: Node) -> None:
        """Open marked content of an element."""
        self._code.append(f"/{node.tag} <</MCID {self.structure.begin(node)}>> BDC")

    def begin_artifact(self, kind: str = "") -> None:
        """Open content that means nothing to a reader: rules, grounds, page furniture (`kind` Header or Footer)."""
        self._code.append(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC" if kind else "/Artifact BMC")
        self.structure.depth += 1

    def end(self) -> None:
        """Close what is open."""
        self._code.append("EMC")
        self.structure.depth -= 1
        self.structure.current = None

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Draw decoration inside."""
        self.begin_artifact(kind)
        yield
        self.end()

    def showPage(self) -> None:
        """Finish a page, in the structure too."""
        super().showPage()
        self.structure.turn_page()

    def _addAnnotation(self, annotation: Any, name: Any = None, addtopage: int = 1) -> None:
        super()._addAnnotation(annotation, name, addtopage)  # type: ignore[misc] # left out of the stubs
        if self.structure.current is not None:
            self.structure.annotations.append((self.structure.page, len(self._annotationrefs) - 1, self.structure.current))


class _DrawnOnce(Flowable):
    """A mixin: takes its place in a pass that counts pages, and is drawn in those that are kept."""

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        if not canvas.counting:
            super().drawOn(canvas, x, y, _sW)  # type: ignore[call-arg] # left out of the stubs


class TaggedParagraph(_DrawnOnce, Paragraph):
    """A paragraph with a role (P, H1, H2, H3, LI, Caption); its parts stay one element when it splits."""

    def __init__(self, text: str, style: ParagraphStyle, role: str = "P", lang: str = "", **options: Any) -> None:
        super().__init__(text, style, **options)
        self.role = role
        self.lang = lang
        self.key: Hashable = ("paragraph", id(self))
        self.cell: tuple[int, int, bool] | None = None  # row, column, is head: set by `tagged_table`
        self.bookmark = ""  # title of its entry in the outline
        self.level = 0
        self.listed = False  # whether the contents list names it
        self.leads = False  # whether it belongs to what follows: a heading, a caption above a table
        self.need = 0.0  # height that must be left on the page, or it starts on the next one: a heading's text stays with it
        self._broken_for = -1.0  # the width that its lines are broken for

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        # A paragraph is asked several times in each pass, a cell most often.
        if available_width != self._broken_for or not hasattr(self, "blPara"):
            super().wrap(available_width, available_height)
            self._broken_for = available_width
        width, height = float(self.width), float(self.height)
        return width, max(height, self.need) if available_height < self.need else height

    def split(self, available_width: float, available_height: float) -> list[Any]:
        if available_height < self.need:
            return []
        parts: list[Any] = list(super().split(available_width, available_height))
        for part in parts:
            part.role, part.lang, part.key, part.cell = self.role, self.lang, self.key, self.cell
            part.bookmark, part.level, part.listed = "", 0, False
        if parts:
            parts[0].bookmark, parts[0].level, parts[0].listed = self.bookmark, self.level, self.listed
        return parts

    def draw(self) -> None:
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas) or canvas.structure.depth:
            super().draw()
            return
        canvas.begin(self._node(canvas.structure))
        super().draw()
        canvas.end()

    def _node(self, structure: Structure) -> Node:
        attributes: Attributes = {"Lang": self.lang} if self.lang else {}
        if self.role != "LI":
            return structure.node(self.key, self.role, None, attributes)
        known = structure.known(self.key)
        if known is not None:
            return known
        last = structure.root.kids[-1] if structure.root.kids else None
        whole = last if isinstance(last, Node) and last.tag == "L" else structure.root.add("L", {"ListNumbering": "Disc"})
        return structure.node(self.key, "LBody", whole.add("LI"), attributes)


class TaggedTable(_DrawnOnce, Table):
    """A table that breaks well: no single row alone at the foot or the head of a page, and a row taller than most goes on overleaf."""

    _rowHeights: list[float]  # left out of the stubs
    _splitRows: Callable[..., list[Any]]
    grid: Sequence[Sequence[TaggedParagraph]] = ()
    widths: Sequence[float] = ()

    def split(self, available_width: float, available_height: float) -> list[Any]:
        heights, head = self._rowHeights, self.repeatRows
        fit, used = 0, 0.0
        while fit < len(heights) and used + heights[fit] <= available_height:
            used += heights[fit]
            fit += 1
        if fit < head or fit == len(heights):
            return []
        room, rows = available_height - used, fit - head
        if heights[fit] > _TALL and room > _ROOM:
            parts = list(self._splitRows(available_height, doInRowSplit=1))
            if parts:
                return parts
        lonely = rows < 2 <= len(heights) - head and sum(heights[head : head + 2]) < _TALL
        if rows == 0 or (lonely and available_height < _FULL):
            return [] if available_height < _FULL else list(super().split(available_width, available_height))
        if len(heights) - fit == 1 and rows > 2 and heights[fit - 1] + heights[fit] < _TALL:
            available_height = used - heights[fit - 1] + 0.01  # the last but one goes along
        return list(super().split(available_width, available_height))


_TALL = 160.0  # points; a row of this height is parted where the page ends
_ROOM = 60.0  # if that much of it fits
_FULL = 600.0  # points; with so much room no page further on has more


def tagged_table(
    key: str,
    head: Sequence[TaggedParagraph],
    rows: Sequence[Sequence[TaggedParagraph]],
    widths: Sequence[float],
    style: Sequence[tuple[Any, ...]],
    row_head: int | None = None,
) -> TaggedTable:
    """A table with scoped headers; without `head` it has row headers only. A repeated head is decoration on later pages."""
    grid = ([list(head)] if head else []) + [list(r) for r in rows]
    for r, row in enumerate(grid):
        for column, cell in enumerate(row):
            cell.cell = (r, column, bool(head) and r == 0)
    table = TaggedTable(
        grid,
        colWidths=list(widths),
        style=list(style),
        repeatRows=1 if head else 0,
        splitInRow=1,
        renderCB=cast(Any, _TableTagger(key, row_head)),
    )
    table.grid, table.widths = grid, widths
    return table


def columns_of(cells: Sequence[TaggedParagraph], per_row: int, width: float, style: Sequence[tuple[Any, ...]]) -> TaggedTable:
    """Paragraphs side by side, row after row: a table for the eye alone, to a screen reader plain paragraphs."""
    rows: list[list[Any]] = [list(cells[i : i + per_row]) for i in range(0, len(cells), per_row)]
    rows[-1] += [""] * (per_row - len(rows[-1]))
    return TaggedTable(rows, colWidths=[width / per_row] * per_row, style=list(style), renderCB=cast(Any, _TableTagger("", None, True)))


class _TableTagger:
    """Called by the library while it draws a table; opens and closes the marked content of grounds, rules and cells."""

    def __init__(self, key: str, row_head: int | None, only_for_looks: bool = False) -> None:
        self.key, self.row_head, self.only_for_looks = key, row_head, only_for_looks

    def __call__(self, table: Table, event: str, *args: Any) -> None:
        canvas = table.canv
        if not isinstance(canvas, TaggedCanvas):
            return
        if event in ("startBG", "startLines"):
            canvas.begin_artifact()
        elif event in ("endBG", "endLines", "endCell"):
            canvas.end()
        elif event == "startCell":
            inner = args[2][0] if isinstance(args[2], tuple | list) and args[2] else args[2]
            if self.only_for_looks and isinstance(inner, TaggedParagraph):
                canvas.begin(canvas.structure.node(inner.key, "P"))
            else:
                self._cell(canvas, inner)

    def _cell(self, canvas: TaggedCanvas, inner: Any) -> None:
        place = getattr(inner, "cell", None)
        if place is None:
            canvas.begin_artifact()
            return
        row, column, head = place
        structure = canvas.structure
        known = structure.known((self.key, row, column))
        if head and known is not None and isinstance(known.kids[0], Marked) and known.kids[0].page != structure.page:
            canvas.begin_artifact("Header")
            return
        table = structure.node(("table", self.key), "Table", None, {})
        part = structure.node((self.key, "part", head), "THead" if head else "TBody", table)
        line = structure.node((self.key, "row", row), "TR", part)
        is_header = head or column == self.row_head
        attributes: Attributes = {"Scope": "Column" if head else "Row"} if is_header else {}
        if inner.lang:
            attributes["Lang"] = inner.lang
        canvas.begin(structure.node((self.key, row, column), "TH" if is_header else "TD", line, attributes))


class TaggedContents(_DrawnOnce, TableOfContents):
    """The contents list: every entry a link inside a TOCI."""

    _table: Any  # left out of the stubs

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        size: tuple[float, float] = super().wrap(available_width, available_height)
        self._table._renderCB = self._tag
        self._open = False
        return size

    def _tag(self, table: Table, event: str, *args: Any) -> None:
        canvas = table.canv
        if not isinstance(canvas, TaggedCanvas):
            return
        if event in ("startBG", "startLines"):
            canvas.begin_artifact()
        elif event in ("endBG", "endLines"):
            canvas.end()
        elif event == "startCell":
            inner = args[2][0] if isinstance(args[2], tuple | list) else args[2]
            self._open = isinstance(inner, Paragraph)
            if self._open:
                link = canvas.structure.node(("contents",), "TOC").add("TOCI").add("Reference").add("Link")
                link.text = inner.getPlainText()
                canvas.begin(link)
        elif event == "endCell" and self._open:
            canvas.end()
            self._open = False


class TaggedFigure(_DrawnOnce):
    """A drawing with an alternative text; `paint` gets the canvas with the origin at the lower left corner."""

    def __init__(self, width: float, height: float, alt: str, paint: Callable[[Canvas], None]) -> None:
        super().__init__()
        self.width, self.height, self.alt, self.paint = width, height, alt, paint
        self.spaceBefore = self.spaceAfter = 4

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            self.paint(canvas)
            return
        x, y = canvas.absolutePosition(0, 0)
        box = (x, y, x + self.width, y + self.height)
        canvas.begin(canvas.structure.node(("figure", id(self)), "Figure", None, {"Alt": self.alt, "BBox": box}))
        self.paint(canvas)
        canvas.end()


class Box(Flowable):
    """A place on the page that is remembered under a name: where a signature will stand. Draws a dashed frame as decoration."""

    def __init__(self, name: str, width: float, height: float, colour: Any) -> None:
        super().__init__()
        self.name, self.width, self.height, self.colour = name, width, height, colour
        self.place: tuple[int, tuple[float, float, float, float]] | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        x, y = canvas.absolutePosition(0, 0)
        self.place = (canvas.getPageNumber() - 1, (x, y, x + self.width, y + self.height))
        if isinstance(canvas, TaggedCanvas):
            canvas.begin_artifact()
        canvas.setStrokeColor(self.colour)
        canvas.setLineWidth(0.5)
        canvas.setDash(2, 2)
        canvas.rect(0, 0, self.width, self.height)
        if isinstance(canvas, TaggedCanvas):
            canvas.end()


def draw_text(canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False, right: bool = False) -> None:
    """One line of text in whatever fonts it needs, from x or ending at x."""
    cursor = x - faces.width(text, size, bold) if right else x
    for family, run in faces.runs(text):
        name = faces.face(family, bold)
        canvas.setFont(name, size)
        canvas.drawString(cursor, y, run)
        cursor += stringWidth(run, name, size)


def draw_lines(canvas: Canvas, x: float, y: float, text: str, size: float, room: float, bold: bool = False) -> float:
    """A text on two lines at most, set smaller where it needs more; returns the base of the last line."""
    lines = faces.lines(text, size, room, bold)
    while len(lines) > 2 and size > _SMALLEST:
        size -= 0.5
        lines = faces.lines(text, size, room, bold)
    for number, line in enumerate(lines):
        draw_text(canvas, x, y - number * size * 1.25, line, size, bold)
    return y - (len(lines) - 1) * size * 1.25


_SMALLEST = 6.0  # points
