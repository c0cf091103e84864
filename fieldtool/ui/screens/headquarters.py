"""Headquarters: the inbox, every visit with what came and what is missing, official status by report; proves nothing itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldtool.domain.errors import KnownError
from fieldtool.services import hq, importing
from fieldtool.services.hq import Inbox
from fieldtool.services.screens.headquarters import HeadquartersModel, StatusCount, VisitLine, headquarters_model
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, Painted, chip, glyph, label, paragraph, section
from fieldtool.ui.controls.layout import Item, Splitter, column, grow, holder, row, strip
from fieldtool.ui.controls.panes import scrolled
from fieldtool.ui.controls.underway import UnderWay
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import painting
from fieldtool.ui.look.glyphs import Mark
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, L, M, Role, S
from fieldtool.ui.screens.alarms import Alarms
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.exchange_lines import card, documents, flood_words, imported_line
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import capital, tr

INKS: dict[str, Role] = {
    "fully implemented": "ok",
    "mostly implemented": "accent",
    "partially implemented": "warn",
    "not implemented": "bad",
    "no longer applicable": "line_strong",
    "not evaluated": "line",
}


class Headquarters(Screen):
    """The inbox is a folder: the same files again change nothing."""

    kinds = frozenset({"visit", "meeting", "note", "official_status", "report", "recommendation", "signed_summary"})
    origin = "headquarters"

    def __init__(self, desk: Desk) -> None:
        self._inbox = Button(tr("Open an inbox…"), "primary", "in")
        self._panel, self._visits, self._reports = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._head = Head(tr("Headquarters"), self._inbox)
        self._alarms = Alarms(desk, whole=True)
        self._under_way: UnderWay | None = None
        super().__init__(desk, self._head, holder(column(self._alarms, grow(self._body()))))
        self._inbox.clicked.connect(self.choose_inbox)

    def _body(self) -> QWidget:
        main = holder(column(self._panel, section(tr("Visits")), S, self._visits, None, margins=(INSET, L, L, L)))
        remark = tr("set by the next observation activity, never by a visit")
        side = holder(
            column(section(tr("Official status")), XS, paragraph(remark, SMALL, "text3"), M, self._reports, None, margins=(L, L, INSET, L))
        )
        return Splitter((scrolled(main, tr("Visits")), 760), (scrolled(side, tr("Official status")), 390))

    def load(self) -> None:
        language = words.language.code
        self.desk.read(lambda s: headquarters_model(s, language), self._show)

    def start(self) -> None:
        self._inbox.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commands(self) -> list[Command]:
        return [Command("inbox", tr("Open an inbox"), "Ctrl+O", self.choose_inbox)]

    def _show(self, model: HeadquartersModel) -> None:
        self._head.meta.say(tr("%n visit(s)", len(model.visits)))
        clear(self._visits)
        for line in model.visits:
            self._visits.addWidget(self._visit(line))
        if not model.visits:
            self._visits.addWidget(label(tr("No visit yet. Plan one with the command line, or open an inbox."), BODY, REGULAR, "text3"))
        clear(self._reports)
        for count in model.reports:
            self._reports.addWidget(_report(count))

    def _visit(self, line: VisitLine) -> QWidget:
        go = Button(tr("Open"), "page", name=tr("Open the visit {name}", name=line.reference))
        go.clicked.connect(partial(self.desk.visit_requested.emit, line.id))
        counts = [tr("%n meeting(s)", line.meetings), tr("%n note(s)", line.notes)]
        counts += [tr("%n conflict(s)", line.conflicts)] if line.conflicts else []
        counts += [tr("%n proposal(s)", line.proposals)] if line.proposals else []
        signed = [chip(tr("signed"), "ok")] if line.signed else []
        head = row(
            Line(f"{line.title or line.country}", BODY, BOLD, fit=True),
            chip(line.reference),
            chip(term("visit_state", line.state), "outline"),
            *signed,
            None,
            go,
        )
        items: list[Item] = [head, XS, Line(" · ".join(counts), SMALL, REGULAR, "text2"), S]
        for s in line.senders:
            mark: Mark = ("half", "warn") if s.missing else ("disc_check", "ok")
            told = tr("%n part(s) have not come", s.missing) if s.missing else tr("all there")
            files = tr("files {numbers}", numbers=", ".join(map(str, s.files)))
            when = label(f"{files} · {words.moment(s.last_at)}", SMALL, REGULAR, "text3")
            items.append(strip(glyph(mark), Line(s.name, BODY, MEDIUM), Line(told, SMALL, REGULAR, "text2"), when))
        if not line.senders:
            items.append(label(tr("Nothing has come back yet."), SMALL, REGULAR, "text3"))
        return card(column(*items), space=M)

    # ------------------------------------------------------------------------------------------------ the inbox

    def choose_inbox(self) -> None:
        """Ask which folder the files are in."""
        folder = QFileDialog.getExistingDirectory(self, tr("The folder of the inbox"), documents())
        if folder:
            self.take_inbox(Path(folder))

    def take_inbox(self, folder: Path, most_conflicts: int | None = importing.MOST_CONFLICTS) -> None:
        """Take in every file of a folder; a receipt for each sender is written beside them. It can be stopped between any two pieces.

        A file that would raise more than `most_conflicts` is left, and the officer is asked.
        """
        clear(self._panel)
        wait = self._under_way = UnderWay(tr("Proving and taking in…"))
        self._panel.addWidget(card(column(wait), space=L))
        wait.setFocus()
        self.desk.long(
            lambda s: hq.import_inbox(
                s, [folder], receipts=folder / "receipts", origin=self.origin, most_conflicts=most_conflicts, progress=wait.progress,
                cancelled=wait.cancelled
            ),
            lambda done: self._on_inbox(done, folder),
            self._on_refused,
        )

    def leave(self) -> None:
        if self._under_way is not None:
            self._under_way.stop()

    def _on_refused(self, error: KnownError) -> None:
        clear(self._panel)
        self.refuse(error)

    def _on_inbox(self, done: Inbox, folder: Path) -> None:
        clear(self._panel)
        good, anyway = Button(tr("Good"), "plain"), Button(tr("Take them in all the same"), "ghost")
        flood = any(f.error is not None and f.error.code == "too-many-conflicts" for f in done.files)
        anyway.setVisible(flood)
        anyway.clicked.connect(lambda: self.take_inbox(folder, None))
        good.clicked.connect(lambda: clear(self._panel))
        looked_at = [f for f in done.files if f.error is None or f.error.code != "cancelled"]
        told: list[Item] = [label(capital(tr("%n receipt(s) written", len(done.receipts))), BODY, BOLD)]
        if len(looked_at) < len(done.files):
            rest = tr("Stopped as you asked. What is listed here is done; the other files are as they were, and come the next time.")
            told += [XS, paragraph(rest, SMALL, "text2")]
        asked: list[Item] = [paragraph(flood_words(), SMALL, "text2"), S] if flood else []
        self._panel.addWidget(card(column(*told, S, *map(imported_line, looked_at), S, *asked, row(good, anyway, None)), space=L))
        good.setFocus()
        self._stale = True
        self.refresh()
        self._alarms.load()


def _report(count: StatusCount) -> QWidget:
    """One bar: the statuses of a report's recommendations, in the order of the scale, with their numbers in words below."""
    total = sum(n for _, n in count.counts)

    def paint(painter: QPainter, box: QRectF) -> None:
        x = box.left()
        for value, number in count.counts:
            wide = box.width() * number / max(total, 1)
            painting.rounded(painter, QRectF(x, 3, max(wide - 2, 2), 10), 3, INKS.get(value, "line_strong"))
            x += wide

    told = ", ".join(f"{number} {term('official_status', value).lower()}" for value, number in count.counts)
    bar = Painted(paint, 0, 16, f"{count.report}: {told}")
    items = column(
        Line(count.report, BODY, MEDIUM),
        Line(count.title, SMALL, REGULAR, "text3"),
        XS,
        bar,
        2,
        paragraph(told, SMALL, "text2"),
        margins=(0, 0, 0, L),
    )
    return holder(items, fixed=True)
