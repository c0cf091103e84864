"""What was sent, what came, what waits: hand over, open files, follow each file to its receipt; proves and merges nothing itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import exchange, importing, ledger, people
from fieldtool.services.exchange import Exported
from fieldtool.services.importing import Imported
from fieldtool.services.screens.exchange import ExchangeModel, FileLine, RecipientLine, exchange_model
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button, Check
from fieldtool.ui.controls.labels import glyph, label, paragraph, section
from fieldtool.ui.controls.layout import Splitter, column, grow, holder, row, strip
from fieldtool.ui.controls.panes import scrolled
from fieldtool.ui.controls.underway import UnderWay
from fieldtool.ui.controls.views import Rows, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, ROW2, XS, L, M, S
from fieldtool.ui.screens.alarms import Alarms
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.exchange_lines import LOOK, card, documents, draw_file, flood_words, imported_line, recipient_lines, say_file
from fieldtool.ui.screens.exchange_sheet import SheetPreview
from fieldtool.ui.screens.exchange_size import FileSize
from fieldtool.ui.screens.exchange_waiting import Waiting
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr


class Exchange(Screen):
    """Files may also be dropped onto the page."""

    kinds = frozenset({"visit", "meeting", "note", "card", "revocation", "position", "finding", "action", "section", "comment"})
    origin = "exchange"

    def __init__(self, desk: Desk) -> None:
        self._model: ExchangeModel | None = None
        self._open = Button(tr("Open files…"), "plain", "in", hint="Ctrl+O")
        self._hand_over = Button(tr("Hand over…"), "primary", "exchange")
        self._head = Head(tr("Exchange"), self._open, self._hand_over)
        self._panel, self._people, self._waiting = QVBoxLayout(), QVBoxLayout(), Waiting(desk, self, self.again)
        self._files: Rows[FileLine] = Rows([], say_file)
        self.files = list_of(self._files, draw_file, lambda _f, _w: ROW2, tr("Files sent and received"))
        self.files.setMinimumWidth(360)  # names before numbers: with less the page is panned
        self._checks: dict[str, Check] = {}
        self._under_way: UnderWay | None = None
        self._alarms = Alarms(desk)
        super().__init__(desk, self._head, holder(column(self._alarms, grow(self._body()))))
        self.setAcceptDrops(True)
        self._open.clicked.connect(self.choose_files)
        self._hand_over.clicked.connect(lambda: self.show_export(""))
        self.files.activated.connect(lambda index: self._on_file(self._files.rows[index.row()]))

    def _body(self) -> QWidget:
        self._no_files = label(tr("No file yet. What you hand over and what comes is listed here."), BODY, REGULAR, "text3")
        self._no_files.setAlignment(Qt.AlignmentFlag.AlignTop)
        main = holder(
            column(
                self._panel,
                section(tr("People"), tr("how far what you wrote has got")),
                S,
                self._people,
                L,
                section(tr("Files")),
                S,
                grow(self._no_files),  # takes the height that the list would: nothing above it spreads
                self.files,
                margins=(INSET, L, L, 0),
            )
        )
        side = holder(column(section(tr("Waiting for you")), M, self._waiting.layout_, None, margins=(L, L, INSET, L)))
        return Splitter((main, 760), (scrolled(side, tr("Waiting for you")), 380))

    def load(self) -> None:
        visit, language = self.desk.visit, words.language.code
        self._hand_over.setEnabled(visit is not None)
        if visit is None:
            clear(self._people)
            self._people.addWidget(self._no_people())
        else:
            self.desk.read(lambda s: exchange_model(s, visit, language), self._show)

    def start(self) -> None:
        (self._open if self.files.isHidden() else self.files).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def target(self, wanted: str) -> None:
        """Open the panel for handing over: "export", or "everything:NAME" for somebody who lacks what they had; or look at files."""
        word, _, name = wanted.partition(":")
        if wanted.startswith(LOOK):
            self.preview([Path(p) for p in json.loads(name)])
        elif wanted == "open":
            self.choose_files()
        elif word in ("export", "everything"):
            self.show_export(name)

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
        for shown in recipient_lines(model.recipients):
            self._people.addWidget(shown)
        if not model.recipients:
            self._people.addWidget(self._no_people())
        self._files.show(model.files)
        self._no_files.setVisible(not model.files)
        if not model.files and self.files.hasFocus():
            self._open.setFocus()  # a list that hides would hand the focus to the sidebar
        self.files.setVisible(bool(model.files))
        self._waiting.show_model(model)

    def _no_people(self) -> QWidget:
        return paragraph(tr("Nobody has a card here yet: headquarters sends the team with the visit file."), BODY, "text3")

    def again(self) -> None:
        """Fetch everything anew: something outside the records has changed."""
        self._stale = True
        self.refresh()
        self._alarms.load()

    # ------------------------------------------------------------------------------------------------ handing over

    def show_export(self, lacking: str = "") -> None:
        """For whom the next file is; with the name of somebody who lacks what they had, a file of everything for them."""
        model = self._model
        if model is None:
            self.desk.read(
                lambda s: exchange_model(s, self.desk.visit or EntityId(""), words.language.code),
                lambda m: self._show_then_export(m, lacking),
            )
            return
        clear(self._panel)
        self._checks = {r.name: Check(f"{r.name} · {term('card_role', r.role)}") for r in model.recipients}
        for line in model.recipients:
            self._checks[line.name].setChecked(line.name == lacking if lacking else line.saved > 0)
        write, away = Button(tr("Write the file…"), "primary", "out"), Button(tr("Cancel"), "ghost")
        write.clicked.connect(self._on_write)
        away.clicked.connect(lambda: clear(self._panel))
        told = paragraph(
            tr("One file that only the people chosen, headquarters and you can read. It holds what they have not confirmed."),
            SMALL,
            "text2",
        )
        self._size = FileSize()
        for box in self._checks.values():
            box.toggled.connect(lambda _on: self._size.follow(self._chosen()))
        self._size.follow(self._chosen())
        boxes = [strip(box, None) for box in self._checks.values()]
        self._everything = Check(tr("Everything, also what they have confirmed: for a laptop that was restored"))
        self._everything.setChecked(bool(lacking))
        title, last = label(tr("Hand over to"), BODY, BOLD), strip(self._everything, None)
        self._panel.addWidget(card(column(title, XS, told, S, *boxes, S, last, S, self._size, M, row(write, away, None)), space=L))
        write.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_then_export(self, model: ExchangeModel, lacking: str) -> None:
        self._show(model)
        self.show_export(lacking)

    def _chosen(self) -> list[RecipientLine]:
        lines = self._model.recipients if self._model else ()
        return [line for line in lines if line.name in self._checks and self._checks[line.name].isChecked()]

    def _on_write(self) -> None:
        chosen = [line.name for line in self._chosen()]
        if not chosen:
            self.notice.tell(tr("Nobody is chosen. Tick at least one name."))
            return
        suggested = str(
            Path(documents()) / f"{tr('hand-over')}-{self._model.files[0].n + 1 if self._model and self._model.files else 1}.ftbundle"
        )
        path, _ = QFileDialog.getSaveFileName(self, tr("Write the file"), suggested, "Fieldtool (*.ftbundle)")
        if path:
            self.export(Path(path), chosen, self._everything.isChecked(), self._size.most_bytes())

    def export(self, path: Path, to: Sequence[str], everything: bool = False, most_bytes: int = 0) -> None:
        """Write a bundle off the GUI thread, in numbered files none of which is larger than `most_bytes`; the page says when it is done."""
        visit = self.desk.visit
        wait = self._wait(tr("Writing the file…"))

        def work(session: Session) -> list[Exported]:
            how = partial(exchange.export_parts, most_bytes=most_bytes) if most_bytes else exchange.export_bundle
            written = how(session, path, to=to, visit=visit, everything=everything, progress=wait.progress, cancelled=wait.cancelled)
            exchange.remember_size(session, to, most_bytes, visit=visit)
            return written if isinstance(written, list) else [written]

        self.desk.long(work, self._on_exported, self._on_not_exported)

    def _on_exported(self, done: list[Exported]) -> None:
        self.again()
        handed = Button(tr("I have handed it over") if len(done) == 1 else tr("I have handed them over"), "primary", "check")
        handed.clicked.connect(partial(self._mark_handed_over, done))
        changes, names = sum(d.facts.manifest.counts.changes for d in done), ", ".join(done[0].recipients)
        told = tr("{file} holds %n change(s) for {names}.", changes, file=done[0].path.name, names=names)
        if len(done) > 1:
            first, last = done[0].path.name, done[-1].path.name
            told = tr("%n file(s) for {names}, from {first} to {last}.", len(done), names=names, first=first, last=last)
        remark = paragraph(
            tr("Give it to them on a stick or send it; nobody else can read it. It counts as arrived when their receipt comes.")
            if len(done) == 1
            else tr("Send each in a mail of its own, in any order; nobody else can read them. What has arrived their receipts will say."),
            SMALL,
            "text2",
        )
        clear(self._panel)
        self._panel.addWidget(
            card(column(row(glyph(("disc_check", "ok")), paragraph(told, BODY, "text", MEDIUM)), XS, remark, S, row(handed, None)), space=L)
        )
        handed.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_not_exported(self, error: KnownError) -> None:
        clear(self._panel)
        self.refuse(error)

    def _mark_handed_over(self, done: Sequence[Exported]) -> None:
        digests = {d.facts.sha256 for d in done}

        def work(session: Session) -> None:
            for entry in session.store.bundles():
                if entry.direction == "out" and entry.digest in digests:
                    ledger.mark_handed_over(session, entry.number)

        clear(self._panel)
        self.desk.read(work, lambda _n: self.again())

    def _on_file(self, line: FileLine) -> None:
        if line.out and line.state == "packed":
            self.desk.read(lambda s: ledger.mark_handed_over(s, line.number), lambda _n: self.again())

    def _wait(self, told: str) -> UnderWay:
        """Say what is under way, how far it is, and offer to stop it."""
        clear(self._panel)
        wait = self._under_way = UnderWay(told)
        self._panel.addWidget(card(column(wait), space=L))
        wait.setFocus()
        return wait

    def leave(self) -> None:
        if self._under_way is not None:
            self._under_way.stop()

    # ------------------------------------------------------------------------------------------------ opening files

    def choose_files(self) -> None:
        """Ask which files came."""
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Open files that came"), documents())
        if paths:
            self.preview([Path(p) for p in paths])

    def preview(self, paths: Sequence[Path], compared: str | None = None) -> None:
        """Look at what files would bring; nothing is taken in yet."""
        wait = self._wait(tr("Looking at the file…"))
        self.desk.long(
            lambda s: importing.import_paths(
                s, paths, dry_run=True, expect_root=compared, origin=self.origin, progress=wait.progress, cancelled=wait.cancelled
            ),
            lambda found: self._show_preview(paths, found, compared),
        )

    def _show_preview(self, paths: Sequence[Path], found: list[Imported], compared: str | None) -> None:
        clear(self._panel)
        stranger = next((f.error for f in found if f.error is not None and f.error.code == "root-not-compared"), None)
        sheets = {
            at: SheetPreview(f, f.sheet, report_offered=sum(g.sheet is not None for g in found) == 1)
            for at, f in enumerate(found)
            if f.sheet is not None
        }
        lines = [sheets.get(at) or imported_line(f) for at, f in enumerate(found)]
        away = Button(tr("Leave them out"), "ghost")
        away.clicked.connect(lambda: clear(self._panel))
        if stranger is not None:
            take = Button(tr("The words are the same"), "primary", "check")
            take.clicked.connect(lambda: self.preview(paths, str(stranger.values["fingerprint"])))
        else:
            flood = [f for f in found if f.conflicts > importing.MOST_CONFLICTS]
            take = Button(tr("Take them in all the same"), "plain") if flood else Button(tr("Take them in"), "primary", "check")
            take.setVisible(any(f.error is None and not f.known and f.kind not in ("request", "summary") for f in found))
            take.clicked.connect(lambda: self.take(paths, compared, next((s.reference() for s in sheets.values()), None)))
        asked = stranger is not None or any(f.conflicts > importing.MOST_CONFLICTS for f in found)
        requests = [f for f in found if f.kind == "request" and f.error is None]
        lines += [self._answer_request(f) for f in requests]
        if any(f.conflicts > importing.MOST_CONFLICTS for f in found):
            lines.append(paragraph(flood_words(), SMALL, "text2"))
        if not found:
            lines = [label(tr("There is no file in it."), BODY, REGULAR, "text2")]
        title = label(tr("What the files would bring"), BODY, BOLD)
        self._panel.addWidget(card(column(title, S, *lines, S, row(take, away, None)), space=L))
        first = next((b for b in self._panel_buttons() if not b.isHidden()), away)
        # Whom to trust, and a flood of conflicts, is never what Enter answers by itself.
        (away if asked or requests else first).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _panel_buttons(self) -> list[Button]:
        """The buttons of the panel above the page, top to bottom."""
        shown = self._panel.itemAt(self._panel.count() - 1)
        panel = shown.widget() if shown is not None else None
        return panel.findChildren(Button) if panel is not None else []

    def _answer_request(self, found: Imported) -> QWidget:
        """What may be answered to an identity request once its words were compared by voice: a card, or the head's acceptance."""
        role, words_ = self._model.role if self._model else "", str(found.detail.get("words"))
        buttons: list[QWidget] = []
        for wanted in ("expert", "head") if role == "hq" else ("expert",) if role in ("head", "deputy") else ():
            told = (
                tr("The words are the same: give a card as {role}", role=term("card_role", wanted))
                if role == "hq"
                else tr("The words are the same: accept")
            )
            button = Button(told, "plain", "check")
            button.clicked.connect(partial(self._give_card, found.path, words_, wanted))
            buttons.append(button)
        if not buttons:
            return label(tr("Only headquarters or the head of the visit can answer it."), SMALL, REGULAR, "text3")
        return strip(*buttons, None)

    def _give_card(self, path: Path, spoken: str, role: str) -> None:
        visit = self.desk.visit

        def work(session: Session) -> str:
            data = people.read_request_file(path)
            if visit is not None and session.is_headquarters():
                return people.add_person(session, data, visit=visit, role=Role(role), expected=spoken, origin=self.origin).name
            return people.accept_fingerprint(session, data, spoken, visit=visit, origin=self.origin).name

        def done(name: str) -> None:
            clear(self._panel)
            self.notice.tell(tr("{name} has a card now. Hand the next file over to them.", name=name))
            self.again()

        self.desk.long(work, done, self.refuse)

    def take(self, paths: Sequence[Path], compared: str | None = None, report: str | None = None) -> None:
        """Take the files in; `report` is the reference of the one that the recommendations of a sheet belong to."""
        wait = self._wait(tr("Taking in…"))
        self.desk.long(
            lambda s: importing.import_paths(
                s, paths, expect_root=compared, report=report, most_conflicts=None, origin=self.origin, progress=wait.progress,
                cancelled=wait.cancelled,
            ),
            self._on_taken,
        )

    def _on_taken(self, done: list[Imported]) -> None:
        clear(self._panel)
        away = Button(tr("Good"), "plain")
        away.clicked.connect(lambda: clear(self._panel))
        lines = [imported_line(f) for f in done]
        undo = Button(tr("Take it back"), "ghost", "undo")
        undo.setVisible(any(r.bundle and not r.known for r in done))
        undo.clicked.connect(partial(self.undo_import, [r.bundle for r in done if r.bundle and not r.known]))
        self._panel.addWidget(card(column(label(tr("Taken in"), BODY, BOLD), S, *lines, S, row(away, undo, None)), space=L))
        away.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.again()

    def undo_import(self, bundles: Sequence[int]) -> None:
        """Set aside what came with these files, as if they had not come; taking them in again brings it back."""

        def work(session: Session) -> None:
            for number in reversed(bundles):
                importing.undo_import(session, number, origin=self.origin)

        def done(_nothing: None) -> None:
            clear(self._panel)
            self.notice.tell(tr("Everything from these files is set aside. Taking them in again brings it back."))
            self.again()

        self.desk.long(work, done, self.refuse)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.preview(paths)
