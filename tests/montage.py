"""Contact sheets of every page of the summaries, signed: each edition in each language, and the visits that try the pages; nothing is
judged here: somebody has to look. Called by `python -m tests.screens --pages`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from fieldtool.reports.document import Edition
from fieldtool.reports.leaks import compose_checked
from fieldtool.reports.material import SummaryMaterial
from fieldtool.reports.rendering import render
from fieldtool.reports.signing import sign_pdf
from tests.unit.reports import certificates
from tests.unit.reports.conftest import NOON
from tests.unit.reports.extremes import VISITS
from tests.unit.reports.sample import sample_material

ACROSS, DOWN = 4, 2  # pages on a sheet
DPI, GAP, GROUND = 90, 8, (110, 110, 110)


def draw_sheets(folder: Path) -> int:
    """Write the sheets as PNG files; how many there are."""
    written = 0
    for name, content in _summaries():
        document = pypdfium2.PdfDocument(_signed(content))
        document.init_forms()  # without it nobody sees the signature
        pages = [page.render(scale=DPI / 72).to_pil() for page in document]
        for start in range(0, len(pages), ACROSS * DOWN):
            sheet = _sheet(pages[start : start + ACROSS * DOWN])
            sheet.save(folder / f"{name}-{start // (ACROSS * DOWN) + 1}.png")
            written += 1
    return written


def _summaries() -> Iterator[tuple[str, SummaryMaterial]]:
    for edition in (Edition.INTERNAL, Edition.SHAREABLE):
        for languages in (("en",), ("ru",), ("en", "ru")):
            yield f"summary-{edition.value}-{'+'.join(languages)}", sample_material(edition, languages)
    for name, made in VISITS.items():
        yield f"summary-{re.sub('[^a-z]+', '-', name)}", made()


def _signed(content: SummaryMaterial) -> bytes:
    return sign_pdf(render(compose_checked(content)), certificates.head(), NOON).content


def _sheet(pages: list[Image.Image]) -> Image.Image:
    wide, tall = pages[0].width + GAP, pages[0].height + GAP
    rows = (len(pages) + ACROSS - 1) // ACROSS
    sheet = Image.new("RGB", (min(len(pages), ACROSS) * wide + GAP, rows * tall + GAP), GROUND)
    for number, page in enumerate(pages):
        sheet.paste(page, (GAP + number % ACROSS * wide, GAP + number // ACROSS * tall))
    return sheet
