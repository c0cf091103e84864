"""The two charts of the summary and what they say to somebody who cannot see them; counts nothing itself."""

from __future__ import annotations

from collections.abc import Iterator

from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.document import CoverageMatrix, CoverageRow, ThemeLine
from fieldtool.reports.styles import GREY, GROUND, HEIGHT, INK, RULE, WIDTH, Sheet, colour
from fieldtool.reports.tagging import TaggedFigure, draw_text
from fieldtool.reports.wording import Wording

# isort: split
from reportlab.pdfgen.canvas import Canvas

ROW = 11.2  # height of a row of the matrix, points
CLOSEST_ROW = 9.0  # where that keeps the matrix in one picture
FEWEST_ROWS = 4  # in the last picture
LABELS, WIDEST_LABELS = 100.0, 210.0  # width of the row labels
NARROWEST = 10.0  # a column of the matrix is hardly ever less
BAR_LABELS = 176.0
MAX_NAME = 44  # characters of a type's name above its column
SLANT = 60.0  # what the last name leans out over its column, at least


def coverage_figures(matrix: CoverageMatrix, sheet: Sheet, wording: Wording, room: float) -> Iterator[TaggedFigure]:
    """The matrix as pictures: the first is at most `room` points high, the others take a page each."""
    if not matrix.types:
        return
    heads = [_elided(_first_language(t.text), MAX_NAME) for t in matrix.types]
    head_height = max(faces.width(h, 7.5) for h in heads) * 0.71 + 12
    start, fitting = 0, (room - head_height - 12) / max(len(matrix.rows), 1)
    step = min(ROW, fitting) if fitting >= CLOSEST_ROW else ROW
    first, most = (max(FEWEST_ROWS, int((height - head_height - 12) / step + 1e-6)) for height in (room, HEIGHT))
    for count in row_counts(len(matrix.rows), first, most):
        rows = matrix.rows[start : start + count]
        start += count
        picture = _Matrix(matrix, rows, heads, head_height, step, sheet)
        yield TaggedFigure(WIDTH, picture.height, _coverage_alt(matrix, rows, wording), picture)


def row_counts(rows: int, first: int, most: int) -> list[int]:
    """How many rows each picture of the matrix shows: the first and the others at most as told, and never fewer than four on the last."""
    counts: list[int] = []
    rest = rows
    while rest > 0:
        count = min(rest, most if counts else first)
        if 0 < rest - count < FEWEST_ROWS < count:
            count = rest - FEWEST_ROWS
        counts.append(count)
        rest -= count
    return counts


def _coverage_alt(matrix: CoverageMatrix, rows: tuple[CoverageRow, ...], wording: Wording) -> str:
    lines = []
    for row in rows:
        said = [f"{_first_language(t.text)} {wording.number(n)}" for t, n in zip(matrix.types, row.counts, strict=True) if n]
        lines.append(wording("coverage-alt-row", key=row.key, counts=", ".join(said) or wording("coverage-alt-none")))
    return wording("coverage-alt", rows=" ".join(lines))


class _Matrix:
    """Paints rows of the coverage matrix."""

    def __init__(
        self, matrix: CoverageMatrix, rows: tuple[CoverageRow, ...], heads: list[str], head_height: float, row: float, sheet: Sheet
    ) -> None:
        self.rows, self.heads, self.head_height, self.row, self.sheet = rows, heads, head_height, row, sheet
        leaning = [faces.width(head, 7.5) * 0.71 - after * NARROWEST for after, head in enumerate(reversed(heads))]
        slant = max(SLANT, *leaning)
        self.step = min(30.0, (WIDTH - LABELS - slant) / len(matrix.types))
        longest = max(faces.width(row.key, 7.5, True) + (faces.width(row.short, 7.5) + 6 if row.short else 0) for row in matrix.rows)
        self.labels = min(max(LABELS, longest + 12), WIDEST_LABELS, WIDTH - slant - self.step * len(matrix.types))
        self.height = head_height + row * len(rows) + 2

    def __call__(self, canvas: Canvas) -> None:
        self._heads(canvas)
        for i, row in enumerate(self.rows):
            self._row(canvas, row, self.height - self.head_height - (i + 1) * self.row)

    def _heads(self, canvas: Canvas) -> None:
        canvas.setFillColor(colour(INK))
        for j, head in enumerate(self.heads):
            canvas.saveState()
            canvas.translate(self.labels + (j + 0.5) * self.step, self.height - self.head_height + 4)
            canvas.rotate(45)
            draw_text(canvas, 0, 0, head, 7.5)
            canvas.restoreState()

    def _row(self, canvas: Canvas, row: CoverageRow, y: float) -> None:
        raised = any(row.counts)
        right = self.labels + self.step * len(self.heads)
        canvas.setStrokeColor(colour(RULE))
        canvas.setLineWidth(0.3)
        canvas.line(0, y, right, y)
        canvas.setFillColor(colour(INK if raised else GREY))
        low = y + (self.row - 5.2) / 2  # a capital of this size is 5.2 points high
        draw_text(canvas, 0, low, row.key, 7.5, bold=raised)
        if row.short:
            x = faces.width(row.key, 7.5, raised) + 6
            draw_text(canvas, x, low, _fitted(row.short, self.labels - x - 4), 7.5)
        for j, count in enumerate(row.counts):
            if count:
                self._dot(canvas, self.labels + (j + 0.5) * self.step, y + self.row / 2, count)

    def _dot(self, canvas: Canvas, x: float, y: float, count: int) -> None:
        canvas.setFillColor(self.sheet.deep)
        text = str(count)
        wide = faces.width(text, 7, True)
        tall = min(4.7, self.row / 2 - 0.3)
        half = max(tall, wide / 2 + 2.2)
        canvas.roundRect(x - half, y - tall, 2 * half, 2 * tall, tall, stroke=0, fill=1)
        canvas.setFillColor(colour("FFFFFF"))
        draw_text(canvas, x - wide / 2, y - 2.5, text, 7, bold=True)


def theme_figure(lines: tuple[ThemeLine, ...], sheet: Sheet, wording: Wording) -> TaggedFigure:
    """Three nested bars per theme: all, raised, with reported progress."""
    row = 17.0
    height = row * len(lines) + 18
    alt_rows = [
        wording(
            "progress-alt-row", theme=_first_language(t.theme.text), all=len(t.recommendations), raised=t.raised, progressing=t.progressing
        )
        for t in lines
    ]
    most = max((len(t.recommendations) for t in lines), default=1)
    unit = (WIDTH - BAR_LABELS - 70) / most

    def paint(canvas: Canvas) -> None:
        _legend(canvas, height - 10, sheet, wording)
        for i, line in enumerate(lines):
            _bars(canvas, line, height - 18 - (i + 1) * row, unit, sheet)

    return TaggedFigure(WIDTH, height, wording("progress-alt", rows=" ".join(alt_rows)), paint)


def _legend(canvas: Canvas, y: float, sheet: Sheet, wording: Wording) -> None:
    x = BAR_LABELS
    for key, fill in (("legend-all", colour(GROUND)), ("legend-raised", colour("9DB2CC")), ("legend-progressing", sheet.deep)):
        canvas.setFillColor(fill)
        canvas.setStrokeColor(colour(GREY))
        canvas.setLineWidth(0.4)
        canvas.rect(x, y, 8, 6, stroke=1, fill=1)
        canvas.setFillColor(colour(INK))
        draw_text(canvas, x + 11, y, wording(key), 7.5)
        x += 22 + faces.width(wording(key), 7.5)


def _bars(canvas: Canvas, line: ThemeLine, y: float, unit: float, sheet: Sheet) -> None:
    canvas.setFillColor(colour(INK))
    draw_text(canvas, 0, y + 4, _fitted(_first_language(line.theme.text), BAR_LABELS - 6, 8.5), 8.5)
    canvas.setStrokeColor(colour(GREY))
    canvas.setLineWidth(0.4)
    for count, fill, inset in (
        (len(line.recommendations), colour(GROUND), 0.0),
        (line.raised, colour("9DB2CC"), 2.0),
        (line.progressing, sheet.deep, 4.0),
    ):
        if count:
            canvas.setFillColor(fill)
            canvas.rect(BAR_LABELS, y + 1 + inset, unit * count, 11 - 2 * inset, stroke=1 if inset == 0 else 0, fill=1)
    canvas.setFillColor(colour(INK))
    draw_text(
        canvas,
        BAR_LABELS + unit * len(line.recommendations) + 5,
        y + 4,
        f"{len(line.recommendations)} · {line.raised} · {line.progressing}",
        8.5,
        bold=True,
    )


def _first_language(label: str) -> str:
    return label.partition(" / ")[0]


def _elided(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _fitted(text: str, width: float, size: float = 7.5) -> str:
    """The text, shortened with an ellipsis to a width: the table behind the figure has it in full."""
    while len(text) > 2 and faces.width(text, size) > width:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    return text
