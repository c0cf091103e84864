"""One spreadsheet file to a preview of the recommendations in it; nothing is recorded and the file is only read."""

from __future__ import annotations

from pathlib import Path

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.intake.delimited import SEPARATORS, announced_separator, decode_text, separated
from fieldtool.intake.grid import MAX_BYTES, Grid, Grids
from fieldtool.intake.layout import Layout, Terms, find_layout
from fieldtool.intake.lines import read_lines
from fieldtool.intake.preview import Place, ProposedRecommendation, Remark, SheetPreview, file_refused
from fieldtool.intake.sayings import say
from fieldtool.intake.workbook import is_old_workbook, is_workbook, read_workbook


def read_sheet(source: Path | bytes, vocabularies: Vocabularies, *, name: str = "") -> SheetPreview:
    """The recommendations of a sheet, known by its content: .xlsx, or text between commas, semicolons, tabs or bars.

    `name` is what messages call the file (default: the path's last part). Raises `KnownError`: file-unreadable, file-foreign,
    sheet-unreadable, sheet-empty, sheet-row, sheet-repeated.
    """
    name = name or (source.name if isinstance(source, Path) else "the sheet")
    raw = _bytes_of(source, name)
    terms = Terms.of(vocabularies)
    grids = _grids(name, raw, terms)
    read = [(grid, layout) for grid in grids.visible if (layout := find_layout(grid, terms)) is not None]
    remarks = [Remark(title, 0, say("sheet-hidden")) for title in grids.hidden]
    several = len(grids.visible) > 1
    if several:
        taken = {grid.name for grid, _ in read}
        remarks += [Remark(g.name, 0, say("sheet-without-table")) for g in grids.visible if g.name not in taken and g.rows]
    found: list[ProposedRecommendation] = []
    for grid, layout in read:
        place = Place(name, grid.name if several else "")
        lines = read_lines(grid, layout, terms, place)
        found += lines.recommendations
        if lines.recommendations:
            remarks += _about_sheet(grid, layout, lines.recommendations, lines.classes_named)
        remarks += lines.remarks
    if not found:
        raise refuse("sheet-empty", file=name)
    _check_unrepeated(name, found, several)
    title = next((layout.title for _, layout in read if layout.title), "")
    columns = tuple(column for _, layout in read for column in layout.columns)
    return SheetPreview(name, grids.read_as, title, columns, tuple(found), tuple(remarks))


def looks_like_sheet(raw: bytes) -> bool:
    """Whether the beginning of a file may be a sheet: a ZIP archive, an old workbook, or text. Only `read_sheet` knows."""
    if is_workbook(raw) or is_old_workbook(raw):
        return True
    try:
        decode_text("", raw)
    except KnownError:
        return False
    return not raw.startswith(b"%PDF")


def _bytes_of(source: Path | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        raw = source
    else:
        try:
            with source.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise refuse("file-unreadable", file=name, reason=error.strerror or "unknown") from error
    if len(raw) > MAX_BYTES:
        raise file_refused(name, "file-large", limit=MAX_BYTES // 2**20)
    return raw


def _grids(name: str, raw: bytes, terms: Terms) -> Grids:
    if is_workbook(raw):
        return read_workbook(name, raw)
    if is_old_workbook(raw):
        raise file_refused(name, "old-excel")
    if raw.startswith(b"%PDF"):
        raise refuse("file-foreign", file=name)
    text, encoding = decode_text(name, raw)
    announced, text = announced_separator(text)
    grid, separator = _best_grid(name, text, announced, terms)
    return Grids(f"text, {encoding}, {SEPARATORS[separator]}", (grid,))


def _best_grid(name: str, text: str, announced: str, terms: Terms) -> tuple[Grid, str]:
    """The rows under the separator that lets most headings be understood; a fault of the text counts only where no separator works."""
    best: tuple[int, Grid, str] | None = None
    fault: KnownError | None = None
    for separator in [announced] if announced else [s for s in SEPARATORS if s in text] or [","]:
        try:
            grid = separated(text, separator, Place(name))
        except KnownError as error:
            fault = fault or error
            continue
        layout = find_layout(grid, terms)
        score = layout.score if layout else 0
        if best is None or score > best[0]:
            best = score, grid, separator
    if best is None or (best[0] == 0 and fault is not None):
        raise fault or refuse("sheet-empty", file=name)
    return best[1], best[2]


def _about_sheet(grid: Grid, layout: Layout, found: tuple[ProposedRecommendation, ...], classes_named: bool) -> list[Remark]:
    remarks = []
    if not classes_named:
        remarks.append(Remark(grid.name, 0, say("class-unknown")))
    letters = [c for r in found for c in str(r.fields["text"]) if c.isalpha()]
    if layout.text_language not in ("", "en") or sum(c > "\u024f" for c in letters) * 2 > len(letters):
        remarks.append(Remark(grid.name, 0, say("text-not-english")))
    return remarks


def _check_unrepeated(name: str, found: list[ProposedRecommendation], several: bool) -> None:
    first: dict[tuple[int, str], ProposedRecommendation] = {}
    for proposed in found:
        earlier = first.setdefault(proposed.key, proposed)
        if earlier is not proposed:
            places = [f"{p.line} ({p.sheet})" if several else str(p.line) for p in (earlier, proposed)]
            number, letter = proposed.key
            raise refuse("sheet-repeated", file=name, number=f"{number}{letter}", first=places[0], second=places[1])
