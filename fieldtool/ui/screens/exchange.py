"""What was sent, what came, what waits: hand over, open files, follow each file to its receipt; proves and merges nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QStyleOptionViewItem, QVBoxLayout, QWidget

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import exchange, importing, ledger
from fieldtool.services.exchange import Exported
from fieldtool.services.importing import Imported
from fieldtool.services.screens.exchange import ExchangeModel, FileLine, QuarantineLine, RecipientLine, exchange_model
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button, Check
from fieldtool.ui.controls.labels import Line, Painted, chip, glyph, icon, label, paragraph, section
from fieldtool.ui.controls.layout import Splitter, Surface, column, holder, row, strip
from fieldtool.ui.controls.views import Rows, box_of, ground, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, R_POPUP, ROW2, XS, L, M, Role, S
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.conflict import clear, scrolled
from fieldtool.ui.screens.terms import field_label, kind_label, term
from fieldtool.ui.words import fault_sentences, tr

STATES = (words.later("saved"), words.later("packed"), words.later("handed over"), words.later("confirmed"))


class Exchange(Screen):
    """Files may also be dropped onto the page."""

    kinds = frozenset({"visit", "meeting", "note", "card", "revocation", "position", "finding", "action", "section"})
    origin = "exchange"

    def __init__(self, desk: Desk) -> None:
        self._model: ExchangeModel | None = None
        self._open = Button(tr("Open files…"), "plain", "in", hint="Ctrl+O")
        self._hand_over = Button(tr("Hand over…"), "primary", "exchange")
        self._head = Head(tr("Exchange"), self._open, self._hand_over)
        self._panel, self._people, self._waiting = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._files: Rows[FileLine] = Rows([], _say_file)
        self.files = list_of(self._files, _draw_file, lambda _f, _w: ROW2, tr("Files sent and received"))
        self._checks: dict[str, Check] = {}
        super().__init__(desk, self._head, self._body())
        self.setAcceptDrops(True)
        self._open.clicked.connect(self.choose_files)
        self._hand_over.clicked.connect(self.show_export)
        self.files.activated.connect(lambda index: self._on_file(self._files.rows[index.row()]))

    def _body(self) -> QWidget:
        self._no_files = label(tr("No file yet. What you hand over and what comes is listed here."), BODY, REGULAR, "text3")
        main = holder(
            column(
                self._panel,
                section(tr("People"), tr("how far what you wrote has got")),
                S,
                self._people,
                L,
                section(tr("Files")),
                S,
                row(self._no_files),
                self.files,
                margins=(INSET, L, L, 0),
            )
        )
        side = holder(column(section(tr("Waiting for you")), M, self._waiting, None, margins=(L, L, INSET, L)))
        return Splitter((main, 760), (scrolled(side, tr("Waiting for you")), 380))

    def load(self) -> None:
        visit, language = self.desk.visit, words.language.code
        if visit is not None:
            self.desk.read(lambda s: exchange_model(s, visit, language), self._show)

    def start(self) -> None:
        self.files.setFocus()

    def target(self, wanted: str) -> None:
        """Open the panel for handing over ("export")."""
        if wanted == "export":
            self.show_export()

    def commands(self) -> list[Command]:
        return [
            Command("open-files", tr("Open files that came"), "Ctrl+O", self.choose_files),
            Command("hand-over", tr("Hand over"), "Ctrl+Shift+H", self.show_export),
        ]

    # ------------------------------------------------------------------------------------------------ what it shows

    def _show(self, model: ExchangeModel) -> None:
        self._model = model
        told = tr("%n change(s) in no file yet", model.unsent) if model.unsent else tr("everything you wrote is in a file")
        self._head.meta.say(told)
        clear(self._people)
        for line in model.recipients:
            self._people.addWidget(_recipient(line))
        if not model.recipients:
            self._people.addWidget(
                paragraph(tr("Nobody has a card here yet: headquarters sends the team with the visit file."), BODY, "text3")
            )
        self._files.show(model.files)
        self._no_files.setVisible(not model.files)
        self.files.setVisible(bool(model.files))
        self._show_waiting(model)

    def _show_waiting(self, model: ExchangeModel) -> None:
        clear(self._waiting)
        for view in model.conflicts:
            name = field_label(view.kind, view.field.partition("/")[0])
            authors = ", ".join(view.authors)
            button = Button(tr("Settle"), "plain", name=tr("Settle: {name}", name=name))
            button.clicked.connect(partial(self.desk.go, "conflict", view.id))
            words_ = column(
                Line(f"{kind_label(view.kind)}: {name}".capitalize(), BODY, MEDIUM),
                Line(f"{view.title} · {authors}", SMALL, REGULAR, "text3"),
            )
            self._waiting.addWidget(_card(row(glyph(("cross", "bad")), words_, button)))
        for sender, count in model.gaps:
            missing = tr("%n part(s) that {name} has are not here. Ask for a new file.", count, name=sender)
            self._waiting.addWidget(_card(row(glyph(("half", "warn")), paragraph(missing))))
        if model.proposals:
            told = tr("%n proposal(s) that only the head or headquarters can put in force.", model.proposals)
            self._waiting.addWidget(_card(row(glyph(("ring", "text2")), paragraph(told))))
        for line in model.quarantine:
            self._waiting.addWidget(self._quarantine(line))
        if not (model.conflicts or model.gaps or model.proposals or model.quarantine):
            self._waiting.addWidget(
                row_widget(glyph(("disc_check", "ok")), label(tr("Nothing. Everybody agrees."), BODY, REGULAR, "text2"))
            )

    def _quarantine(self, line: QuarantineLine) -> QWidget:
        away = Button(tr("Throw away"), "page", name=tr("Throw {file} away", file=line.file))
        away.clicked.connect(partial(self._forget, line.digest))
        head = row(icon("shield", "warn"), Line(line.file, BODY, MEDIUM), chip(tr("put aside"), "warn"))
        return Surface(
            "warn_tint",
            radius=R_POPUP,
            layout=column(head, XS, paragraph(fault_sentences(line.error), SMALL), S, row(away, None), margins=(M, M, M, M)),
        )

    def _forget(self, digest: bytes) -> None:
        self.desk.read(lambda s: ledger.forget_quarantined(s, digest), lambda _n: self._again())

    def _again(self) -> None:
        self._stale = True
        self.refresh()

    # ------------------------------------------------------------------------------------------------ handing over

    def show_export(self) -> None:
        """For whom the next file is."""
        model = self._model
        if model is None:
            self.desk.read(lambda s: exchange_model(s, self.desk.visit or EntityId(""), words.language.code), self._show_then_export)
            return
        clear(self._panel)
        self._checks = {r.name: Check(f"{r.name} · {term('card_role', r.role)}") for r in model.recipients}
        for line in model.recipients:
            self._checks[line.name].setChecked(line.saved > 0)
        write, away = Button(tr("Write the file…"), "primary", "out"), Button(tr("Cancel"), "ghost")
        write.clicked.connect(self._on_write)
        away.clicked.connect(lambda: clear(self._panel))
        told = paragraph(
            tr("One file that only the people chosen, headquarters and you can read. It holds what they have not confirmed."),
            SMALL,
            "text2",
        )
        boxes = [strip(box, None) for box in self._checks.values()]
        self._panel.addWidget(_card(column(label(tr("Hand over to"), BODY, BOLD), XS, told, S, *boxes, M, row(write, away, None)), space=L))
        if self._checks:
            next(iter(self._checks.values())).setFocus()

    def _show_then_export(self, model: ExchangeModel) -> None:
        self._show(model)
        self.show_export()

    def _on_write(self) -> None:
        chosen = [name for name, box in self._checks.items() if box.isChecked()]
        if not chosen:
            self.notice.tell(tr("Nobody is chosen. Tick at least one name."))
            return
        suggested = str(
            Path(documents()) / f"{tr('hand-over')}-{self._model.files[0].n + 1 if self._model and self._model.files else 1}.ftbundle"
        )
        path, _ = QFileDialog.getSaveFileName(self, tr("Write the file"), suggested, "Fieldtool (*.ftbundle)")
        if path:
            self.export(Path(path), chosen)

    def export(self, path: Path, to: Sequence[str]) -> None:
        """Write a bundle off the GUI thread; the page says when it is done."""
        visit = self.desk.visit
        self._tell_panel(tr("Writing the file…"))
        self.desk.long(lambda s: exchange.export_bundle(s, path, to=to, visit=visit), self._on_exported, self._on_not_exported)

    def _on_exported(self, done: Exported) -> None:
        self._again()
        handed = Button(tr("I have handed it over"), "primary", "check")
        handed.clicked.connect(partial(self._mark_handed_over, done))
        counts = done.facts.manifest.counts
        told = tr("{file} holds %n change(s) for {names}.", counts.changes, file=done.path.name, names=", ".join(done.recipients))
        remark = paragraph(
            tr("Give it to them on a stick or send it; nobody else can read it. It counts as arrived when their receipt comes."),
            SMALL,
            "text2",
        )
        clear(self._panel)
        self._panel.addWidget(
            _card(column(row(glyph(("disc_check", "ok")), Line(told, BODY, MEDIUM)), XS, remark, S, row(handed, None)), space=L)
        )

    def _on_not_exported(self, error: KnownError) -> None:
        clear(self._panel)
        self.refuse(error)

    def _mark_handed_over(self, done: Exported) -> None:
        def work(session: Session) -> None:
            for entry in session.store.bundles():
                if entry.direction == "out" and entry.digest == done.facts.sha256:
                    ledger.mark_handed_over(session, entry.number)

        clear(self._panel)
        self.desk.read(work, lambda _n: self._again())

    def _on_file(self, line: FileLine) -> None:
        if line.out and line.state == "packed":
            self.desk.read(lambda s: ledger.mark_handed_over(s, line.number), lambda _n: self._again())

    def _tell_panel(self, told: str) -> None:
        clear(self._panel)
        self._panel.addWidget(_card(row(icon("clock"), label(told, BODY, REGULAR, "text2"), None), space=L))

    # ------------------------------------------------------------------------------------------------ opening files

    def choose_files(self) -> None:
        """Ask which files came."""
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Open files that came"), documents())
        if paths:
            self.preview([Path(p) for p in paths])

    def preview(self, paths: Sequence[Path], compared: str | None = None) -> None:
        """Look at what files would bring; nothing is taken in yet."""
        self._tell_panel(tr("Looking at the file…"))
        self.desk.long(
            lambda s: importing.import_paths(s, paths, dry_run=True, expect_root=compared, origin=self.origin),
            lambda found: self._show_preview(paths, found, compared),
        )

    def _show_preview(self, paths: Sequence[Path], found: list[Imported], compared: str | None) -> None:
        clear(self._panel)
        stranger = next((f.error for f in found if f.error is not None and f.error.code == "root-not-compared"), None)
        lines = [imported_line(f) for f in found]
        away = Button(tr("Leave them out"), "ghost")
        away.clicked.connect(lambda: clear(self._panel))
        if stranger is not None:
            take = Button(tr("The words are the same"), "primary", "check")
            take.clicked.connect(lambda: self.preview(paths, str(stranger.values["fingerprint"])))
        else:
            take = Button(tr("Take them in"), "primary", "check")
            take.setEnabled(any(f.error is None and not f.known for f in found))
            take.clicked.connect(lambda: self.take(paths, compared))
        title = label(tr("What the files would bring"), BODY, BOLD)
        self._panel.addWidget(_card(column(title, S, *lines, S, row(take, away, None)), space=L))
        take.setFocus()

    def take(self, paths: Sequence[Path], compared: str | None = None) -> None:
        """Take the files in."""
        self._tell_panel(tr("Taking in…"))
        self.desk.long(
            lambda s: importing.import_paths(s, paths, expect_root=compared, most_conflicts=None, origin=self.origin), self._on_taken
        )

    def _on_taken(self, done: list[Imported]) -> None:
        clear(self._panel)
        away = Button(tr("Good"), "plain")
        away.clicked.connect(lambda: clear(self._panel))
        lines = [imported_line(f) for f in done]
        self._panel.addWidget(_card(column(label(tr("Taken in"), BODY, BOLD), S, *lines, S, row(away, None)), space=L))
        self._again()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.preview(paths)


def documents() -> str:
    """Where people keep their files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def row_widget(*items: QWidget) -> QWidget:
    """Widgets beside each other, left."""
    return strip(*items, None)


def _card(layout: QVBoxLayout | object, space: int = S) -> QWidget:
    card = Surface("sunken", radius=R_POPUP, layout=column(layout, margins=(L, M, L, M)))  # type: ignore[arg-type]  # a layout
    return holder(column(card, margins=(0, 0, 0, space)), fixed=True)


def _recipient(line: RecipientLine) -> QWidget:
    """Name, role, and the four states with how many changes stand in each."""
    counts = dict(zip(STATES, (line.saved, line.packed, line.handed_over, line.confirmed), strict=True))

    def paint(painter: QPainter, box: QRectF) -> None:
        step = box.width() / 4
        for k, (state, count) in enumerate(counts.items()):
            x = k * step
            mark = glyphs.LEDGER[state] if count else ("ring", "line_strong")
            glyphs.paint(painter, x + 8, box.center().y(), mark, 16 if mark[0] == "dot" else 11)
            ink: Role = "text" if count else "text3"
            told = f"{words.number(count)} {tr(state)}" if count else tr(state)
            painting.text(painter, QRectF(x + 20, box.top(), step - 22, box.height()), told, SMALL, REGULAR, ink)

    spoken = ", ".join(f"{count} {tr(state)}" for state, count in counts.items())
    track = Painted(paint, 0, 24, f"{line.name}: {spoken}")
    track.setProperty("stretch", 11)
    name, role = Line(line.name, BODY, MEDIUM), Line(term("card_role", line.role), SMALL, REGULAR, "text3")
    name.setProperty("stretch", 4)
    role.setProperty("stretch", 2)
    return strip(name, role, track, gap=M)


def imported_line(found: Imported) -> QWidget:
    """One file in a sentence: what it is, what it brings, what to look at."""
    if found.error is not None:
        return strip(
            glyph(("cross", "bad")), column_of(Line(found.path.name, BODY, MEDIUM), paragraph(fault_sentences(found.error), SMALL, "text2"))
        )
    if found.known:
        told = tr("everything in it is here already")
    elif found.kind == "receipt":
        told = tr("a receipt: it confirms what they have")
    elif found.kind == "request":
        told = tr("an identity request of {name}: {words}", name=str(found.detail.get("name")), words=str(found.detail.get("words")))
    else:
        parts = [tr("%n new change(s)", found.changes)]
        parts += [tr("%n conflict(s)", found.conflicts)] if found.conflicts > 0 else []
        parts += [tr("%n proposal(s)", found.proposals)] if found.proposals else []
        parts += [tr("%n part(s) held back", found.held)] if found.held else []
        told = ", ".join(parts)
    sender = tr("{told}, from {sender}", told=told, sender=found.sender) if found.sender else told
    return strip(glyph(("disc_check", "ok")), column_of(Line(found.path.name, BODY, MEDIUM), Line(sender, SMALL, REGULAR, "text2")))


def column_of(*items: QWidget) -> QVBoxLayout:
    """Widgets below each other."""
    return column(*items)


def _say_file(line: FileLine, _column: int) -> str:
    direction = tr("sent to {names}", names=", ".join(line.recipients)) if line.out else tr("from {name}", name=line.sender)
    return f"{line.file}, {direction}, {words.moment(line.at)}, {tr('%n change(s)', line.changes)}, {tr(line.state) if line.state else ''}"


def _draw_file(painter: QPainter, option: QStyleOptionViewItem, line: FileLine, _column: int) -> None:
    box = box_of(option)
    ground(painter, option, S)
    painting.hairline(painter, box.left() + S, box.right() - S, box.bottom() - 1)
    icons.paint(painter, box.left() + 18, box.top() + 15, "out" if line.out else "in", "text2")
    top, low = QRectF(box.left() + 44, box.top() + 5, box.width() - 250, 18), QRectF(box.left() + 44, box.top() + 23, box.width() - 250, 16)
    painting.text(painter, top, line.file, BODY, MEDIUM)
    people = tr("to {names}", names=", ".join(line.recipients)) if line.out else tr("from {name}", name=line.sender)
    painting.text(painter, low, f"{people} · {words.moment(line.at)}", SMALL, REGULAR, "text3")
    right = QRectF(box.right() - 200, box.top() + 5, 186, 18)
    if line.state:
        mark = glyphs.LEDGER[line.state]
        wide = painting.text(painter, right, tr(line.state), SMALL, MEDIUM, "text2", "right")
        glyphs.paint(painter, right.right() - wide - 12, right.center().y(), mark, 14 if mark[0] == "dot" else 11)
    kind = tr("receipt") if line.kind == "receipt" else tr("%n change(s)", line.changes)
    painting.text(painter, QRectF(right.left(), box.top() + 23, right.width(), 16), kind, SMALL, REGULAR, "text3", "right")
