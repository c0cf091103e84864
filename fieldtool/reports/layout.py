"""Pages from a summary: template, furniture, contents and the pass that counts pages; what stands on the pages is told elsewhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fieldtool.domain.errors import refuse
from fieldtool.reports import faces  # first: it configures the library
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.keeping import keep
from fieldtool.reports.printable import check_printable
from fieldtool.reports.record import SummaryRecord
from fieldtool.reports.story import Story
from fieldtool.reports.structure import Structure
from fieldtool.reports.styles import GREY, MARGIN, PAGE, RULE, WIDTH, Sheet, colour
from fieldtool.reports.tagging import TaggedCanvas, TaggedParagraph, draw_lines, draw_text
from fieldtool.reports.wording import Wording

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

Progress = Callable[[str, int, int], None]  # step, done, of how many
Cancelled = Callable[[], bool]

BAND = 40 * mm  # height of the band on the cover


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where a signature field stands: page from 0 and rectangle in points."""

    name: str
    page: int
    rect: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pages with their structure beside them; not yet a conforming file."""

    content: bytes
    structure: Structure
    places: tuple[SignaturePlace, ...]
    pages: int


def lay_out(summary: VisitSummary, record: SummaryRecord, progress: Progress | None = None, cancelled: Cancelled | None = None) -> LaidOut:
    """Set the pages. Raises `KnownError` summary-unprintable, cancelled."""
    check_printable(summary, faces.has_face)
    sheet, wording = Sheet(summary.cover.organisation.colour), Wording(summary.languages)
    story = Story(summary, record, sheet, wording)
    out = io.BytesIO()
    pages = _Pages(out, summary, record, sheet, wording, progress or _silent, cancelled or _never)
    canvases: list[TaggedCanvas] = []

    def make_canvas(*args: Any, **options: Any) -> TaggedCanvas:
        canvas = TaggedCanvas(*args, **options)
        canvas.counting = not canvases  # the contents list is never right before the first pass is over
        canvases[:] = [canvas]
        return canvas

    flowables = story.flowables()
    keep(flowables)
    pages.multiBuild(flowables, canvasmaker=make_canvas)
    places = []
    for box in story.boxes:
        if box.place is None:
            raise AssertionError("a signature box was not drawn")
        places.append(SignaturePlace(box.name, *box.place))
    return LaidOut(out.getvalue(), canvases[0].structure, tuple(places), pages.page)


def _silent(step: str, done: int, total: int) -> None:
    """Nobody wants to know."""


def _never() -> bool:
    return False


class _Pages(BaseDocTemplate):
    """The page template; builds as often as it takes until the contents list and the page count are right."""

    def __init__(
        self,
        out: io.BytesIO,
        summary: VisitSummary,
        record: SummaryRecord,
        sheet: Sheet,
        wording: Wording,
        progress: Progress,
        cancelled: Cancelled,
    ) -> None:
        super().__init__(out, pagesize=PAGE, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN)
        self.summary, self.record, self.sheet, self.wording = summary, record, sheet, wording
        self.progress, self.cancelled = progress, cancelled
        self.total = 0
        self.anchors = 0
        body = Frame(MARGIN, MARGIN, WIDTH, PAGE[1] - 2 * MARGIN, 0, 0, 0, 0)
        cover = Frame(MARGIN, MARGIN, WIDTH, PAGE[1] - MARGIN - BAND - 10 * mm, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("cover", [cover], onPage=self._cover), PageTemplate("body", [body], onPage=self._furniture)])

    def beforeDocument(self) -> None:
        self.anchors = 0
        self.canv.showOutline()

    def afterFlowable(self, flowable: Any) -> None:
        if isinstance(flowable, TaggedParagraph) and flowable.bookmark:
            self.anchors += 1
            anchor = f"h{self.anchors}"
            self.canv.bookmarkPage(anchor)
            self.canv.addOutlineEntry(flowable.bookmark, anchor, flowable.level, closed=flowable.level > 0)
            if flowable.listed:
                self.notify("TOCEntry", (0, faces.markup(flowable.bookmark), self.page, anchor))

    def afterPage(self) -> None:
        if self.cancelled():
            raise refuse("cancelled")
        self.progress("layout", self.page, max(self.total, self.page))

    def _endBuild(self) -> None:
        self.total = self.page
        super()._endBuild()  # type: ignore[misc] # left out of the stubs

    def _cover(self, canvas: Any, _pages: Any) -> None:
        if canvas.counting:
            return
        organisation, marking = self.summary.cover.organisation, self.summary.cover.marking.text
        with canvas.artifact():
            canvas.setFillColor(self.sheet.deep)
            canvas.rect(0, PAGE[1] - BAND, PAGE[0], BAND, stroke=0, fill=1)
        room = WIDTH - faces.width(marking, 10, True) - 8 * mm
        canvas.begin(canvas.structure.node("organisation", "P"))
        canvas.setFillColor(colour("FFFFFF"))
        y = draw_lines(canvas, MARGIN, PAGE[1] - 20 * mm, organisation.name, 14, room, bold=True)
        if organisation.unit:
            draw_lines(canvas, MARGIN, y - 6 * mm, organisation.unit, 9.5, room)
        canvas.end()
        with canvas.artifact("Header"):
            canvas.setFillColor(colour("FFFFFF"))
            draw_text(canvas, PAGE[0] - MARGIN, PAGE[1] - 20 * mm, marking, 10, bold=True, right=True)
        self._footer(canvas)
        self._watermark(canvas)

    def _furniture(self, canvas: Any, _pages: Any) -> None:
        if canvas.counting:
            return
        cover = self.summary.cover
        y = PAGE[1] - 15 * mm
        with canvas.artifact("Header"):
            canvas.setFillColor(colour(GREY))
            running = f"{cover.reference}  ·  {self.wording('title')}, {cover.country}"
            room = WIDTH - faces.width(cover.marking.text, 8, True) - 8 * mm
            draw_text(canvas, MARGIN, y, running, min(8, 8 * room / faces.width(running, 8)))
            canvas.setFillColor(self.sheet.deep)
            draw_text(canvas, PAGE[0] - MARGIN, y, cover.marking.text, 8, bold=True, right=True)
            canvas.setStrokeColor(colour(RULE))
            canvas.setLineWidth(0.4)
            canvas.line(MARGIN, y - 5, PAGE[0] - MARGIN, y - 5)
        self._footer(canvas)
        self._watermark(canvas)

    def _footer(self, canvas: TaggedCanvas) -> None:
        with canvas.artifact("Footer"):
            canvas.setFillColor(colour(GREY))
            draw_text(canvas, MARGIN, 13 * mm, self.wording.first("record", digest=self.record.sha256), 6.5)
            number = self.wording.first("page", page=self.page, pages=self.total or "–")
            draw_text(canvas, PAGE[0] - MARGIN, 13 * mm, number, 8, right=True)

    def _watermark(self, canvas: TaggedCanvas) -> None:
        if not self.summary.draft:
            return
        text = self.wording("draft")
        with canvas.artifact():
            canvas.saveState()
            canvas.translate(PAGE[0] / 2, PAGE[1] / 2)
            canvas.rotate(55)
            canvas.setFillColor(colour("E6E9ED"))
            size = min(110.0, 480 / max(faces.width(text, 1, True), 0.1))
            draw_text(canvas, -faces.width(text, size, True) / 2, -size / 3, text, size, bold=True)
            canvas.restoreState()
