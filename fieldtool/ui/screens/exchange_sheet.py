"""A sheet or report that was opened: what it was taken for, every text to compare, the report it belongs to; it takes nothing in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from fieldtool.domain.values import JsonValue
from fieldtool.intake import Remark
from fieldtool.services.importing import Imported
from fieldtool.services.sheets import SheetImport
from fieldtool.ui import words
from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.controls.fields import Well
from fieldtool.ui.controls.forms import Field
from fieldtool.ui.controls.labels import Line, glyph, icon, paragraph
from fieldtool.ui.controls.layout import column, strip
from fieldtool.ui.look.lettering import BODY, MEDIUM, READ, REGULAR, SMALL
from fieldtool.ui.look.tokens import S
from fieldtool.ui.words import language, tr

REMARKS = 6  # shown as lines; more of them stand under the texts
TEXTS_HIGH = 190  # pixels


def sheet_words(sheet: SheetImport) -> str:
    """What was found, in a sentence."""
    found = sheet.preview.recommendations
    priority = sum(r.fields["class"] == "priority" for r in found)
    parts = [tr("%n recommendation(s)", len(found)), tr("with priority: {count}", count=words.number(priority))]
    parts += [tr("here already: {count}", count=words.number(sheet.known))] if sheet.known else []
    return ", ".join(parts)


def added_words(sheet: SheetImport) -> str:
    """What came of it, in a sentence."""
    return tr("%n recommendation(s) added to {report}", len(sheet.added), report=sheet.reference)


class SheetPreview(QWidget):
    """One sheet as it was understood, with the name of the report to take it into."""

    def __init__(self, found: Imported, sheet: SheetImport, *, report_offered: bool) -> None:
        super().__init__()
        self.report = Field(tr("Reference of the report"), tr("A report that is not known yet is made."))
        self.report.edit.setText(sheet.reference)
        self.report.setVisible(report_offered)
        self._offered = report_offered
        remarks = [_told(remark, sheet.preview.paged) for remark in sheet.preview.remarks]
        shown = [strip(icon("warn", "warn"), paragraph(told, SMALL, "text2")) for told in remarks[:REMARKS]]
        self.texts = PlainEditor(tr("The recommendations as they were read"), _texts(sheet, remarks[REMARKS:]), READ, 21, 6)
        self.texts.setReadOnly(True)
        well = Well(self.texts, margins=(S, 4, 2, 4))
        well.setFixedHeight(TEXTS_HIGH)
        told = f"{found.path.name} · {sheet.preview.read_as}"
        head = strip(glyph(("disc_check", "ok")), column(Line(told, BODY, MEDIUM), Line(sheet_words(sheet), SMALL, REGULAR, "text2")))
        self.setLayout(column(head, S, *shown, S, well, S, self.report))

    def reference(self) -> str | None:
        """The report that was named; None where each file is to make one that is named after it."""
        return (self.report.text() or None) if self._offered else None


def _told(remark: Remark, paged: bool) -> str:
    told = remark.saying.text(language.code)
    line = (tr("page {number}", number=remark.line) if paged else tr("line {line}", line=remark.line)) if remark.line else ""
    place = ", ".join(filter(None, (remark.sheet, line)))
    return f"{place}: {told}" if place else f"{told[:1].upper()}{told[1:]}."


def _texts(sheet: SheetImport, more: list[str]) -> str:
    found = [f"{_key(r.fields)}  {r.fields['text']}" for r in sheet.preview.recommendations]
    return "\n".join([*found, *more])


def _key(fields: Mapping[str, JsonValue]) -> str:
    """How people name a recommendation of one report: P-01, O-07a."""
    number = f"{fields['number']:02d}" if isinstance(fields["number"], int) else ""
    return f"{'P' if fields['class'] == 'priority' else 'O'}-{number}{fields.get('letter', '')}"
