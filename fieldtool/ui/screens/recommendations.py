"""Recommendations: a filter line, one table, and everything known about the chosen one beside it; never edits a quoted text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QStyleOptionViewItem, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.ids import EntityId
from fieldtool.services import findings, statuses, tables
from fieldtool.services.screens.recommendations import (
    Accord,
    RecommendationDetail,
    RecommendationRow,
    recommendation_detail,
    recommendation_rows,
)
from fieldtool.services.session import Session
from fieldtool.services.statuses import Source
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button, Segmented
from fieldtool.ui.controls.editors import tame
from fieldtool.ui.controls.fields import Well, line_edit
from fieldtool.ui.controls.labels import icon
from fieldtool.ui.controls.layout import Splitter, column, grow, holder, strip
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.controls.panes import Pane
from fieldtool.ui.controls.views import Header, Rows, box_of, ground, table_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs, painting
from fieldtool.ui.look.glyphs import STAGES
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL, width
from fieldtool.ui.look.tokens import CONTROL, INSET, ROW2, Role, S
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.exchange_lines import documents
from fieldtool.ui.screens.finding_pane import FindingPane
from fieldtool.ui.screens.note_blocks import NOTE_WAY
from fieldtool.ui.screens.recommendation_detail import detail_page, of_kind
from fieldtool.ui.screens.status_pane import StatusPane
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr

ALL, PRIORITY, OTHER = 0, 1, 2
AT_REST = 120  # milliseconds without a key in the filter; reading the page beside the table never meets a key press then


class Recommendations(Screen):
    """Typing filters at once; arrows in the table turn the pages beside it."""

    origin = "recommendations"
    kinds = frozenset({"recommendation", "note", "position", "progress", "official_status", "action", "meeting", "finding", "visit"})

    def __init__(self, desk: Desk) -> None:
        self._all: list[RecommendationRow] = []
        self._theme = self._addressee = self._status = ""
        self._wanted = ""
        self._only: tuple[str, str] | None = None  # a recommendation, and whose notes on it are shown alone (institution_type)
        self._arriving = False  # whether the first of them gets the focus when they are there
        self.filter_edit = line_edit(tr("Number, word or theme"), tr("Filter recommendations"))
        self._class = Segmented([tr("All"), tr("Priority"), tr("Other")], ALL, tr("Class"))
        self._themes = Button(tr("Theme"), "ghost", menu=True)
        self._addressees = Button(tr("Addressee"), "ghost", menu=True)
        self._statuses = Button(tr("Status"), "ghost", menu=True)
        self._never = Button(tr("Never raised"), "ghost", "filter")
        self._never.setCheckable(True)
        self._contrary = Button(tr("Contradictions"), "ghost", "filter")
        self._contrary.setCheckable(True)
        self._rows: Rows[RecommendationRow] = Rows([], _say, [tr(c) for c in COLUMNS])
        self.table = table_of(self._rows, _draw, ROW2, column_widths(), tr("Recommendations"), Header())
        self.table.setMinimumWidth(sum(column_widths().values()) + WORDS_LEAST)
        self.detail = Pane()
        tame(self.detail, tr("The chosen recommendation"))
        self.detail.setWidgetResizable(True)
        self.finding, self.status = FindingPane(), StatusPane()
        self._export = Button(tr("Export…"), "plain", "out")
        self._head = Head(tr("Recommendations"), self._export)
        super().__init__(desk, self._head, self._body())
        self._detail_timer = QTimer(self)
        self._detail_timer.setSingleShot(True)
        self._detail_timer.timeout.connect(self._fetch_detail)
        self._connect()

    def _body(self) -> QWidget:
        find = Well(icon("search", "text3"), self.filter_edit, height=CONTROL)
        find.setMinimumWidth(132)
        find.setMaximumWidth(228)
        buttons = (self._class, self._themes, self._addressees, self._statuses, self._never, self._contrary)
        filters = strip(find, *buttons, None, margins=(INSET, 10, INSET, 10))
        return holder(column(filters, Splitter((self.table, 752), (holder(column(grow(self.detail), self.finding, self.status)), 406))))

    def _connect(self) -> None:
        self.filter_edit.textChanged.connect(self._filter)
        self._class.chosen.connect(lambda _n: self._filter())
        self._never.toggled.connect(lambda _on: self._filter())
        self._themes.clicked.connect(lambda: open_menu(self._themes, self._entries("_theme")))
        self._addressees.clicked.connect(lambda: open_menu(self._addressees, self._entries("_addressee")))
        self._statuses.clicked.connect(lambda: open_menu(self._statuses, self._entries("_status")))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._follow())
        self._rows.modelReset.connect(self._choose_again)
        self._export.clicked.connect(self.export)
        self._contrary.toggled.connect(lambda _on: self._filter())
        self.finding.written.connect(self._on_written)
        self.finding.state_chosen.connect(self._on_state)
        self.status.chosen.connect(self._on_status)
        self.status.closed.connect(self._on_status_closed)

    def commands(self) -> list[Command]:
        return [
            Command("recommendations-filter", tr("Filter recommendations"), "Ctrl+F", self.filter_edit.setFocus),
            Command("recommendation-next", tr("Next recommendation"), "Alt+Down", lambda: self._turn(1)),
            Command("recommendation-previous", tr("Previous recommendation"), "Alt+Up", lambda: self._turn(-1)),
            Command("recommendation-note", tr("Open the next note"), "Alt+Right", self._next_note),
            Command("finding", tr("Write the finding"), "Ctrl+E", self.finding.edit.setFocus),
            Command("finding-agreed", tr("Finding agreed, or draft again"), "Ctrl+Return", self.finding.turn),
            Command("official-status", tr("Set the official status"), "Ctrl+Shift+O", self.set_status),
            Command("back-to-table", tr("Back to the table"), "Esc", self._on_escape),
        ]

    def keep(self) -> None:
        self.finding.keep()

    def _on_written(self, recommendation: str, text: str) -> None:
        shown, visit = self.finding.detail, self.desk.visit
        if shown is None or visit is None:
            return
        base, write = shown.finding_heads, findings.write_finding if shown.may_find else findings.write_dissent

        def work(session: Session) -> ChangeSet:
            return write(session, visit, EntityId(recommendation), text, base=base, origin=self.origin)

        self.desk.write(work, None, self.refuse)

    def _on_state(self, recommendation: str, state: str) -> None:
        shown, visit = self.finding.detail, self.desk.visit
        if shown is None or visit is None:
            return
        base = shown.finding_heads

        def work(session: Session) -> ChangeSet:
            return findings.settle_finding(session, visit, EntityId(recommendation), state, base=base, origin=self.origin)

        self.desk.write(work, None, self.refuse)

    def set_status(self) -> None:
        """Ask headquarters for a status of the chosen recommendation; tell everybody else whose it is."""
        detail = self.finding.detail
        if detail is None:
            return
        if not detail.may_set_status:
            self.notice.tell(tr("Only headquarters sets the official status. What you hear is recorded as reported progress."))
            return

        def show(found: tuple[Source, ...]) -> None:
            self.status.show_form(detail.name.id, detail.full_key, found)
            self.finding.hide()

        self.desk.read(statuses.sources, show)

    def _on_status(self, recommendation: str, value: str, report: str, day: str) -> None:
        def work(session: Session) -> ChangeSet:
            return statuses.set_official_status(session, EntityId(recommendation), value, EntityId(report), day, origin=self.origin)

        self.desk.write(work, lambda _done: self.status.close_pane(), self.refuse)

    def _on_status_closed(self) -> None:
        self.finding.setVisible(self.finding.detail is not None)
        self.table.setFocus()

    def _on_escape(self) -> None:
        self.status.close_pane()
        if self._only is not None:
            self._only = None
            self._fetch_detail()
        self.start()

    def _next_note(self) -> None:
        """Put the focus on the next note's way to its meeting; Enter goes there."""
        ways = [b for b in self.detail.findChildren(Button) if b.objectName() == NOTE_WAY]
        if ways:
            at = next((k for k, b in enumerate(ways) if b.hasFocus()), -1)
            way = ways[(at + 1) % len(ways)]
            way.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.detail.ensureWidgetVisible(way)

    def start(self) -> None:
        self.table.setFocus()

    def target(self, wanted: str) -> None:
        """Choose a recommendation, after `#` with the notes of one kind of interlocutor alone, or show the ones never raised ("never")."""
        wanted, _, kind = wanted.partition("#")
        self._only, self._arriving = ((wanted, kind), True) if kind else (None, False)
        if wanted == "never":
            self._never.setChecked(True)
        elif wanted:
            self._never.setChecked(False)
            self._contrary.setChecked(False)
            self.filter_edit.clear()
            self._class.choose(ALL)
            self._wanted = wanted
            self._filter()

    # ------------------------------------------------------------------------------------------------ what it shows

    def load(self) -> None:
        visit, language = self.desk.visit, words.language.code
        if visit is not None:
            self.desk.read(lambda s: recommendation_rows(s, visit, language), self._show)

    def _show(self, rows: list[RecommendationRow]) -> None:
        self._all = rows
        first = sum(r.name.priority for r in rows)
        for number, (name, count) in enumerate(((tr("All"), len(rows)), (tr("Priority"), first), (tr("Other"), len(rows) - first))):
            self._class.say(number, f"{name} {words.number(count)}")
        self._never.say(tr("Never raised") + f" {sum(not r.notes for r in rows)}")
        contrary = sum(r.accord is Accord.CONTRARY for r in rows)
        self._contrary.say(tr("Contradictions") + f" {contrary}")
        self._contrary.setVisible(bool(contrary) or self._contrary.isChecked())
        self._filter()

    def _filter(self) -> None:
        chosen = self.chosen()
        self._wanted = self._wanted or (chosen.name.id if chosen else "")
        self._rows.show([r for r in self._all if self._holds(r)])
        shown = len(self._rows.rows)
        self._head.meta.say(
            tr("%n of {total} shown", shown, total=len(self._all)) if shown < len(self._all) else tr("%n recommendation(s)", shown)
        )

    def _holds(self, row: RecommendationRow) -> bool:
        name, kind = row.name, self._class.at()
        if (kind == PRIORITY and not name.priority) or (kind == OTHER and name.priority) or (self._never.isChecked() and row.notes):
            return False
        if self._contrary.isChecked() and row.accord is not Accord.CONTRARY:
            return False
        if (self._theme and self._theme not in name.themes) or (self._addressee and self._addressee not in name.addressees):
            return False
        if self._status and self._status != (row.status.value if row.status else "not evaluated"):
            return False
        themes = " ".join(term("theme", t) for t in name.themes)
        everywhere = f"{name.key} {name.text} {name.words} {themes} {' '.join(name.addressees)}".casefold()
        return all(part in everywhere for part in self.filter_edit.text().casefold().split())

    def _choose_again(self) -> None:
        at = next((k for k, r in enumerate(self._rows.rows) if r.name.id == self._wanted), 0)
        if self._rows.rows:
            self._wanted = ""  # a screen that has read nothing yet still has to come to it
            self.table.selectRow(at)
        else:
            self._follow()

    def chosen(self) -> RecommendationRow | None:
        """The row under the bar."""
        index = self.table.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None

    def _follow(self) -> None:
        """Let the page beside the table follow the bar: at once for arrows, after a pause for somebody who types in the filter."""
        self._detail_timer.start(AT_REST if self.filter_edit.hasFocus() else 0)

    def _fetch_detail(self) -> None:
        row, visit, language = self.chosen(), self.desk.visit, words.language.code
        if row is None or visit is None:
            self._show_detail(None)
            return
        recommendation = row.name.id
        self.desk.read(lambda s: recommendation_detail(s, visit, recommendation, language), self._show_detail)

    def _show_detail(self, detail: RecommendationDetail | None) -> None:
        row = self.chosen()
        if detail is not None and row is not None and detail.name.id != row.name.id:
            return  # the bar has moved on while this was fetched
        self.finding.show_detail(detail)
        if self.status.isVisible():
            if detail is not None and detail.name.id == self.status.recommendation:
                self.finding.hide()
            else:
                self.status.hide()  # what was chosen was meant for another one
        if detail is None or self._only is None or self._only[0] != detail.name.id:
            self._only = None if detail is not None else self._only  # another one is shown whole again
            self.detail.setWidget(detail_page(detail, self._turn, self._on_note, self.set_status))
            return
        self.detail.setWidget(detail_page(of_kind(detail, self._only[1]), self._turn, self._on_note, self.set_status, self._whole(detail)))
        if self._arriving:
            self._arriving = False
            self._next_note()

    def _whole(self, detail: RecommendationDetail) -> Button:
        """The way back to everything that was said."""
        kind = term("institution_type", self._only[1]) if self._only else ""
        spoken = tr("Show the notes of all, not only: {kind}", kind=kind)
        way = Button(tr("Only: {kind}", kind=kind), "plain", "close", hint="Esc", name=spoken)

        def show() -> None:
            self._only = None
            self._show_detail(detail)

        way.clicked.connect(show)
        return way

    def export(self) -> None:
        """Write the recommendations as a table; the ending decides the format."""
        path, _ = QFileDialog.getSaveFileName(
            self,
            tr("Write a table"),
            str(Path(documents()) / f"{tr('recommendations')}.xlsx"),
            "Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)",
        )
        if path:
            language = words.language.code
            self.desk.long(
                lambda s: tables.export_table(s, "recommendation", Path(path), language=language),
                lambda count: self.notice.tell(tr("{file} is written: %n recommendation(s).", count, file=Path(path).name)),
                self.refuse,
            )

    def _turn(self, by: int) -> None:
        at = self.table.currentIndex().row() + by
        if 0 <= at < len(self._rows.rows):
            self.table.selectRow(at)

    def _on_note(self, meeting: EntityId, note: EntityId) -> None:
        self.desk.go("meetings", f"{meeting}#{note}")

    # ------------------------------------------------------------------------------------------------ filters

    def _entries(self, field: str) -> list[Entry]:
        now = str(getattr(self, field))
        if field == "_theme":
            found = sorted({t for r in self._all for t in r.name.themes})
            labelled = [(t, term("theme", t)) for t in found]
        elif field == "_addressee":
            labelled = [(a, a) for a in sorted({a for r in self._all for a in r.name.addressees})]
        else:
            found = sorted({r.status.value if r.status else "not evaluated" for r in self._all})
            labelled = [(v, term("official_status", v)) for v in found]
        every = Entry(tr("All"), partial(self._set_filter, field, ""), not now)
        return [every, Entry(""), *(Entry(label, partial(self._set_filter, field, value), value == now) for value, label in labelled)]

    def _set_filter(self, field: str, value: str) -> None:
        button, name, label = {
            "_theme": (self._themes, tr("Theme"), term("theme", value)),
            "_addressee": (self._addressees, tr("Addressee"), value),
            "_status": (self._statuses, tr("Status"), term("official_status", value)),
        }[field]
        setattr(self, field, value)
        button.setChecked(bool(value))
        button.say(label[:22] if value else name, f"{name}: {label or tr('All')}")
        self._filter()


WORDS_LEAST = 180  # pixels for the words of a row: with less of them the page is panned
GLYPH = 18  # a mark and the air before its word
COLUMNS = (
    words.later("No."),
    words.later("Recommendation"),
    words.later("Notes"),
    words.later("Position"),
    words.later("Reported"),
    words.later("Official"),
)


def column_widths() -> dict[int, int]:
    """Every column but the words is as wide as the longest of its vocabulary in the language in force."""
    position = max(width(term("position", word), SMALL) for word in glyphs.POSITION)
    stage = max(width(term("progress_stage", word), SMALL) for word in STAGES)
    return {0: 72, 2: 56, 3: position + GLYPH + 2 * S + 2, 4: stage + 2 * S + 2, 5: 62}


def _say(row: RecommendationRow, column: int) -> str:
    position = f"{term('position', row.position.value)}, {row.position.institution}" if row.position else ""
    if row.accord is Accord.CONTRARY:
        position += f", {tr('contradicted')}"
    status = f"{term('official_status', row.status.value)}, {row.status.report}" if row.status else term("official_status", "not evaluated")
    return [row.name.key, row.name.text, tr("%n note(s)", row.notes), position, term("progress_stage", row.stage), status][column]


def _draw(painter: QPainter, option: QStyleOptionViewItem, row: RecommendationRow, column: int) -> None:
    """Two lines a row: the words, then theme and addressees; marks in columns of their own."""
    box = box_of(option)
    ground(painter, option, bar=column == 0)
    painting.hairline(painter, box.left(), box.right() + 1, box.bottom() - 1)
    top, low = (
        QRectF(box.left() + S, box.top() + 5, box.width() - 2 * S, 18),
        QRectF(box.left() + S, box.top() + 23, box.width() - 2 * S, 16),
    )
    if column == 0:
        strong = row.name.priority
        painting.text(
            painter, top.adjusted(INSET - S, 0, 0, 0), row.name.key, BODY, BOLD if strong else REGULAR, "text" if strong else "text2"
        )
    elif column == 1:
        themes = ", ".join(term("theme", t) for t in row.name.themes)
        painting.text(painter, top, row.name.words)
        painting.text(painter, low, " · ".join(p for p in (themes, ", ".join(row.name.addressees)) if p), SMALL, REGULAR, "text3")
    elif column == 2:
        ink: Role = "text2" if row.notes else "bad" if row.name.priority else "text3"
        told = words.number(row.notes) if row.notes else tr("never")
        painting.text(painter, top.adjusted(0, 0, S, 0), told, SMALL, MEDIUM if ink == "bad" else REGULAR, ink)
    elif column == 3 and row.position:
        glyphs.paint(painter, top.left() + 6, top.center().y(), glyphs.POSITION.get(row.position.value, ("ring", "text2")), 12)
        painting.text(painter, top.adjusted(GLYPH, 0, 0, 0), term("position", row.position.value), SMALL)
        if row.accord is Accord.CONTRARY:
            glyphs.paint(painter, low.left() + 6, low.center().y(), ("cross", "bad"), 9)
            painting.text(painter, low.adjusted(GLYPH, 0, 0, 0), tr("contradicted"), SMALL, MEDIUM, "bad")
        else:
            painting.text(painter, low.adjusted(GLYPH, 0, 0, 0), row.position.institution, SMALL, REGULAR, "text3")
    elif column == 4 and row.stage:
        painting.text(painter, top, term("progress_stage", row.stage), SMALL)
        at = STAGES.index(row.stage) if row.stage in STAGES else -1
        for k in range(len(STAGES)):
            pip = QRectF(top.left() + k * 11, low.center().y() - 2, 9, 4)
            painting.rounded(painter, pip, 1.5, "accent" if k <= at else "line_strong")
    elif column == 5:
        _draw_status(painter, top, row)


def _draw_status(painter: QPainter, box: QRectF, row: RecommendationRow) -> None:
    """Grey, and never on the scale of progress: the next observation activity sets it."""
    value = row.status.value if row.status else ""
    shape = {
        "fully implemented": "disc_check",
        "mostly implemented": "half",
        "partially implemented": "half",
        "not implemented": "cross",
    }.get(value)
    if shape is None:
        glyphs.paint(painter, box.left() + 6, box.center().y(), ("dotted", "edge"), 11)
    elif shape == "half":
        glyphs.paint(painter, box.left() + 6, box.center().y(), ("half", "text2"), 11)
    elif shape == "cross":
        glyphs.paint(painter, box.left() + 6, box.center().y(), ("cross", "text2"), 11)
    else:
        glyphs.paint(painter, box.left() + 6, box.center().y(), ("disc_check", "text2"), 11)
