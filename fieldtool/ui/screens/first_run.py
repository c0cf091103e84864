"""From nothing to a vault with a visit in it: the sample, or one's own vault, request and visit file; keeps no passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldtool.domain.errors import KnownError
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.forms import Field, Sentence
from fieldtool.ui.controls.labels import Painted, icon, label, paragraph
from fieldtool.ui.controls.layout import Item, Surface, column, holder, row, strip
from fieldtool.ui.controls.mark import paint_mark
from fieldtool.ui.controls.passphrase import PassphraseField, after_each_other
from fieldtool.ui.gate import Gate
from fieldtool.ui.lane import TaskLane
from fieldtool.ui.look import icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, DISPLAY, HEAD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, R_POPUP, XL, XS, L, M, Role, S
from fieldtool.ui.words import fault_sentences, language, later, tr

if TYPE_CHECKING:
    from fieldtool.services.first_steps import Comparison
    from fieldtool.services.importing import Imported
    from fieldtool.services.session import Session
    from fieldtool.services.vaults import NewVault

WIDE = 460
HINTS = {
    "passphrase-empty": later("Four unusual words are easy to keep and hard to guess."),
    "passphrase-short": later("Too short to hold out. Add a word that nobody expects."),
    "passphrase-common": later("It holds a word that is guessed first. Put another in its place."),
    "passphrase-repeats": later("It repeats itself. Another word would help more."),
    "passphrase-sequence": later("It follows the keyboard. Words hold out longer."),
    "passphrase-good": later("It would hold out for years."),
}
SCORE_INKS: tuple[Role, ...] = ("bad", "bad", "warn", "ok", "ok")


class Choice(Button):
    """A large button: what one can do, and what comes of it."""

    def __init__(self, title: str, remark: str, icon_name: str) -> None:
        super().__init__("", "plain", name=f"{title}. {remark}", spread=True)
        self._title, self._remark, self._icon = title, remark, icon_name
        self.setMinimumHeight(72)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        painting.rounded(painter, box, R_POPUP, "hover" if self.underMouse() else "base", "line_strong")
        icons.paint(painter, L, box.center().y() - 10, self._icon, "accent", 20)
        painting.text(painter, QRectF(56, 14, box.width() - 90, 22), self._title, HEAD, MEDIUM)
        painting.text(painter, QRectF(56, 37, box.width() - 90, 20), self._remark, SMALL, REGULAR, "text2")
        icons.paint(painter, box.right() - 30, box.center().y() - 8, "right", "text3")


class Meter(Painted):
    """Four bars that fill as a passphrase gets stronger."""

    def __init__(self) -> None:
        self._score = -1
        super().__init__(self._paint, 0, 6, tr("Strength of the passphrase"))

    def show_score(self, score: int) -> None:
        """0 to 4; -1 for nothing typed."""
        self._score = score
        self.setAccessibleDescription(tr("{score} of 4", score=max(score, 0)))
        self.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        step = (box.width() + XS) / 4
        for k in range(4):
            on = k < max(self._score, 0) or (k == 0 and self._score == 0)
            painting.rounded(painter, QRectF(k * step, 1, step - XS, 4), 2, SCORE_INKS[self._score] if on else "line_strong")


class FirstRun(Surface):
    """`finished` carries the open session."""

    finished = Signal(object)
    help_requested = Signal()
    other_chosen = Signal(object)  # the folder of another vault

    def __init__(self, folder: Path, gate: Gate, lane: TaskLane) -> None:
        self._folder, self._gate, self._lane = folder, gate, lane
        self._session: Session | None = None
        self._step: QWidget | None = None
        self._middle = QVBoxLayout()
        self.refusal = Sentence()
        self._help = Button(tr("Help"), "ghost", hint="F1")
        foot = row(self._help, None, margins=(S, 0, S, M))
        super().__init__("window", layout=column(None, row(None, self._middle, None), XL, None, foot))
        self._help.clicked.connect(self.help_requested)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help_requested)
        self.show_welcome()

    def start(self) -> None:
        """Put the focus on the first thing to do."""
        if self._step is not None:
            found = [w for w in self._step.findChildren(QWidget) if w.focusPolicy() and w.isEnabled()]
            primary = [w for w in found if isinstance(w, Button) and w.kind == "primary"]
            first = found[0] if found and not isinstance(found[0], Button) else next(iter([*primary, *found]), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)  # with the ring: who begins by keys sees where Enter leads

    def _show(self, title: str, remark: str, *items: Item) -> None:
        before, self.refusal = self._step, Sentence()
        step = holder(
            column(
                row(Painted(paint_mark, 44, 44), None),
                L,
                label(title, DISPLAY, BOLD),
                XS,
                paragraph(remark, BODY, "text2"),
                INSET,
                *items,
                M,
                self.refusal,
            )
        )
        step.setFixedWidth(WIDE)
        self._step = step
        self._middle.addWidget(step)
        if before is not None:
            before.hide()
            before.deleteLater()
        self.start()

    def _refuse(self, error: KnownError) -> None:
        self.setEnabled(True)
        self.refusal.tell(fault_sentences(error))

    def _work(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Run something on the lane; nothing can be pressed meanwhile."""
        self.refusal.tell("")
        self.setEnabled(False)

        def arrived(result: object) -> None:
            self.setEnabled(True)
            done(result)

        self._lane.submit(work, arrived, self._refuse)

    # ------------------------------------------------------------------------------------------------ 1 welcome

    def show_welcome(self) -> None:
        """What one can begin with."""
        sample = Choice(tr("Try the sample visit"), tr("Eleven meetings, and a tour of five minutes. Nothing of it is real."), "visit")
        own = Choice(tr("Make your vault"), tr("Encrypted on this computer; headquarters sends you the visit."), "key")
        other = Button(tr("Open another vault…"), "ghost")
        sample.clicked.connect(self.make_sample)
        own.clicked.connect(self.show_vault)
        other.clicked.connect(self._on_other)
        self._show(
            "Fieldtool",
            tr("Record what is said, tie it to recommendations, hand it over signed. Everything works without a connection."),
            sample,
            M,
            own,
            M,
            row(other, None),
        )

    def _on_other(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("The folder of the vault"), str(self._folder.parent))
        if chosen and self._gate.exists(Path(chosen)):
            self.other_chosen.emit(Path(chosen))
        elif chosen:
            self.refusal.tell(no_vault_in(Path(chosen)))

    def make_sample(self) -> None:
        """Make the sample vault beside one's own and open it; its passphrase is no secret."""
        folder, gate = self._folder.with_name("sample-visit"), self._gate
        self._work(lambda: gate.sample(folder), self.finished.emit)

    # ------------------------------------------------------------------------------------------------ 2 the vault

    def show_vault(self) -> None:
        """Name and passphrase."""
        self._name = Field(tr("Your name"), tr("As your colleagues write it; any script"))
        self._latin = Field(tr("Your name in Latin letters"), tr("If the name is in another script"))
        self._installation = Field(tr("This computer"), tr("How you call it, such as “field laptop 1”"))
        self._passphrase, self._again = PassphraseField(tr("Passphrase")), PassphraseField(tr("The same passphrase again"))
        self._meter, self._advice = Meter(), label(tr(HINTS["passphrase-empty"]), SMALL, REGULAR, "text2")
        go, back = Button(tr("Make the vault"), "primary", hint=tr("Enter")), Button(tr("Back"), "ghost", "left")
        go.clicked.connect(self._on_make)
        back.clicked.connect(self.show_welcome)
        for field in (self._passphrase, self._again):
            field.return_pressed.connect(self._on_make)
        self._passphrase.edit.textChanged.connect(self._on_passphrase)
        self._show(
            tr("Your vault"),
            tr("It is encrypted with the passphrase. Nobody can send you a new one."),
            self._name,
            XS,
            row(self._latin, self._installation, gap=M),
            S,
            label(tr("Passphrase"), SMALL, MEDIUM, "text2"),
            XS,
            self._passphrase,
            6,
            self._meter,
            2,
            self._advice,
            S,
            label(tr("The same passphrase again"), SMALL, MEDIUM, "text2"),
            XS,
            self._again,
            L,
            row(back, None, go),
        )
        after_each_other(self._passphrase, self._again)

    def _on_passphrase(self, typed: str) -> None:
        quality = self._gate.quality(typed)
        self._meter.show_score(quality.score if typed else -1)
        self._advice.setText(tr(HINTS[quality.hint]))

    def _on_make(self) -> None:
        name, passphrase = self._name.text(), self._passphrase.edit.text()
        if not name:
            self.refusal.tell(tr("Your name is missing: headquarters puts it on your card."))
        elif not passphrase or passphrase != self._again.edit.text():
            self.refusal.tell(tr("The two passphrases differ. Look at them with the eye, and check the keyboard."))
        else:
            folder, gate, latin, installation = self._folder, self._gate, self._latin.text(), self._installation.text()
            self._passphrase.take()
            self._again.take()
            self._work(lambda: gate.create(folder, passphrase, name, latin, installation), self._on_made)

    # ------------------------------------------------------------------------------------------------ 3 the recovery sheet

    def _on_made(self, made: object) -> None:
        new: NewVault = made  # type: ignore[assignment]  # what `gate.create` returns
        self._session, self._sheet, self._made = new.session, new.sheet, new
        self.show_sheet()

    def show_sheet(self) -> None:
        """The sheet, shown this once."""
        groups = self._sheet.groups
        lines = [
            strip(*(part for k in (left, left + 4) for part in sheet_group(k, groups[k - 1])), None, gap=0)
            for left in range(1, len(groups) // 2 + 1)
        ]
        sheet = Surface("base", radius=R_POPUP, layout=column(*lines, margins=(XL, L, XL, L), gap=XS))
        save, go = Button(tr("Save to print…"), "plain", "out"), Button(tr("I have it on paper"), "primary")
        save.clicked.connect(self._on_save_sheet)
        go.clicked.connect(self.show_rehearsal)
        self._show(
            tr("Your recovery sheet"),
            tr(
                "It opens the vault when the passphrase is lost. Write it down and keep it apart from this computer. It is shown this once."
            ),
            sheet,
            L,
            row(save, None, go),
        )

    def _on_save_sheet(self) -> None:
        path = self._ask_where(tr("Save the recovery sheet"), "recovery-sheet.txt")
        if path is not None:
            self._work(lambda: self._gate.save_sheet(self._made, path, language.code), lambda _n: None)

    def show_rehearsal(self) -> None:
        """Type it back once: a sheet that cannot be read is none."""
        self._typed = Field(tr("The eight groups, in order"), tr("Capitals, spaces and hyphens do not matter"))
        go, back = Button(tr("Check"), "primary", hint=tr("Enter")), Button(tr("See the sheet again"), "ghost", "left")
        go.clicked.connect(self._on_rehearsed)
        back.clicked.connect(self.show_sheet)
        self._typed.edit.returnPressed.connect(self._on_rehearsed)
        self._show(
            tr("Read it back once"),
            tr("So that you know now, and not in a hotel at night, that it can be read."),
            self._typed,
            L,
            row(back, None, go),
        )

    def _on_rehearsed(self) -> None:
        typed = self._typed.text()
        if self._sheet.rehearsed(typed):
            self.show_request()
            return
        wrong = self._gate.mistyped(typed)
        groups = ", ".join(map(str, wrong))
        self.refusal.tell(
            tr("Not as on the sheet, by number: {groups}.", groups=groups) if wrong else tr("These are the groups of another sheet.")
        )

    # ------------------------------------------------------------------------------------------------ 4 and 5 headquarters

    def show_request(self) -> None:
        """The request that headquarters answers with a card."""
        words = self._gate.own_words(self._session) if self._session else ""
        card = Surface(
            "base",
            radius=R_POPUP,
            layout=column(
                label(tr("Your fingerprint, to be read out when headquarters calls"), SMALL, MEDIUM, "text2"),
                XS,
                paragraph(words, HEAD),
                margins=(L, M, L, M),
            ),
        )
        save, go = Button(tr("Save the request…"), "primary", "out"), Button(tr("Continue"), "plain")
        save.clicked.connect(self._on_save_request)
        go.clicked.connect(self.show_visit_file)
        self._show(
            tr("Ask headquarters for the visit"),
            tr("Send them this small file in any way you like; it holds no secret. They send the visit back."),
            card,
            L,
            row(None, go, save),
        )

    def _on_save_request(self) -> None:
        path, session = self._ask_where(tr("Save the identity request"), "identity.ftrequest"), self._session
        if path is not None and session is not None:
            self._work(lambda: self._gate.save_request(session, path), lambda _n: self.show_visit_file())

    def show_visit_file(self) -> None:
        """Open what came back, or come back to it later."""
        choose, pause = Button(tr("Open the visit file…"), "primary", "in"), Button(tr("It has not come yet"), "ghost")
        choose.clicked.connect(self._on_choose_file)
        pause.clicked.connect(self._on_finished)
        self._show(
            tr("Open the visit file"),
            tr("The file from headquarters brings recommendations, team and agenda. You can also do this later, in Exchange."),
            row(pause, None, choose),
        )

    def _on_choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Open the visit file"), _documents(), "Fieldtool (*.ftbundle);;* (*)")
        if chosen:
            self.open_file(Path(chosen), None)

    def open_file(self, path: Path, compared: str | None) -> None:
        """Take in the visit file; the organisation is compared first."""
        session, gate = self._session, self._gate
        if session is not None:
            self._work(lambda: gate.open_first_file(session, path, compared), lambda found: self._on_opened(path, found))

    def _on_opened(self, path: Path, found: Comparison | Imported | object) -> None:
        words = getattr(found, "words", "")
        if not words:
            self._on_finished()
            return
        digits = str(getattr(found, "digits", ""))
        same, other = Button(tr("The words are the same"), "primary", "check"), Button(tr("They differ"), "plain")
        same.clicked.connect(lambda: self.open_file(path, digits))
        other.clicked.connect(self._on_differ)
        card = Surface(
            "base",
            radius=R_POPUP,
            layout=column(paragraph(str(words), HEAD), XS, label(digits[:16], SMALL, REGULAR, "text3"), margins=(L, M, L, M)),
        )
        self._show(
            tr("Compare with headquarters"),
            tr("Call a number you know from before, not one from the file's letter. Let them read their words to you."),
            row(icon("shield"), label(tr("Words of the organisation"), SMALL, MEDIUM, "text2"), None),
            S,
            card,
            L,
            row(other, None, same),
        )
        other.setFocus(Qt.FocusReason.ShortcutFocusReason)  # whom to trust is never what Enter answers by itself

    def _on_differ(self) -> None:
        self.show_visit_file()
        self.refusal.tell(tr("Do not use this file. Nothing of it was taken in. Call headquarters."))

    def _on_finished(self) -> None:
        if self._session is not None:
            self.finished.emit(self._session)

    def _ask_where(self, title: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(_documents()) / name))
        return Path(chosen) if chosen else None


def no_vault_in(folder: Path) -> str:
    """What to say of a folder that was chosen for a vault and holds none."""
    return tr("There is no vault in the folder {folder}. Choose the folder that holds keys.json and vault.db.", folder=folder.name)


def sheet_group(number: int, group: str) -> tuple[QWidget, QWidget]:
    """A group of the recovery sheet with its number, in columns of one width: letters are not equally wide."""
    count, letters = label(f"{number}", BODY, REGULAR, "text3"), label(group, HEAD, MEDIUM)
    count.setFixedWidth(24)
    letters.setFixedWidth(136)
    return count, letters


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
