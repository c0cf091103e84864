"""One file to a preview of the recommendations in it; nothing is recorded and the file is only read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.intake.archive import WORKBOOK, is_archive, is_old_office, kind_of_archive
from fieldtool.intake.delimited import SEPARATORS, announced_separator, decode_text, separated
from fieldtool.intake.grid import MAX_BYTES, Grid, Grids
from fieldtool.intake.layout import Layout, Terms, find_layout
from fieldtool.intake.lines import read_lines
from fieldtool.intake.objects import looks_like_objects, read_objects
from fieldtool.intake.pages import read_pages
from fieldtool.intake.preview import Place, ProposedRecommendation, Remark, SheetPreview, file_refused
from fieldtool.intake.report import Line, report_grid
from fieldtool.intake.sayings import Saying, say
from fieldtool.intake.word import read_document
from fieldtool.intake.workbook import read_workbook


def read_sheet(source: Path | bytes, vocabularies: Vocabularies, *, name: str = "") -> SheetPreview:
    """The recommendations of a file, known by its content: .xlsx; text between commas, semicolons, tabs or bars; JSON objects; a table or
    the chapter of recommendations of a report in Word or PDF.

    `name` is what messages call the file (default: the path's last part). Raises `KnownError`: file-unreadable, file-foreign,
    sheet-unreadable, sheet-empty, sheet-row, sheet-repeated.
    """
    name = name or (source.name if isinstance(source, Path) else "the sheet")
    raw = _bytes_of(source, name)
    terms = Terms.of(vocabularies)
    grids = _grids(name, raw, terms)
    read = [(grid, layout) for grid in grids.visible if (layout := find_layout(grid, terms)) is not None]
    remarks = [Remark(title, 0, say("sheet-hidden")) for title in grids.hidden]
    remarks += [Remark("", line, saying) for line, saying in grids.remarks]
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
    return SheetPreview(name, grids.read_as, title, columns, tuple(found), tuple(remarks), grids.paged)


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
    if is_archive(raw):
        return read_workbook(name, raw) if kind_of_archive(name, raw) == WORKBOOK else _of_document(name, raw, terms)
    if is_old_office(raw):
        raise file_refused(name, "old-office")
    if raw.startswith(b"%PDF"):
        return _of_report("report, PDF", read_pages(name, raw), terms, [(0, say("from-pages"))], paged=True)
    text, encoding = decode_text(name, raw)
    if looks_like_objects(text):
        return Grids("JSON", (read_objects(name, text),))
    announced, text = announced_separator(text)
    grid, separator = _best_grid(name, text, announced, terms)
    return Grids(f"text, {encoding}, {SEPARATORS[separator]}", (grid,))


def _of_document(name: str, raw: bytes, terms: Terms) -> Grids:
    """A table of recommendations where the document has one, else the chapter of them."""
    document = read_document(name, raw)
    remarks = [(0, say("changes-tracked"))] if document.tracked else []
    tables = [grid for grid in document.tables if find_layout(grid, terms) is not None]
    if tables:
        return Grids("Word document, table", tuple(tables), remarks=tuple(remarks))
    return _of_report("report, Word document", document.paragraphs, terms, remarks, paged=False)


def _of_report(read_as: str, lines: Sequence[Line], terms: Terms, remarks: list[tuple[int, Saying]], *, paged: bool) -> Grids:
    grid, more = report_grid(lines, terms, paged=paged)
    return Grids(read_as, (grid,) if grid else (), remarks=(*remarks, *more), paged=paged)


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
