"""Signing the summary, and approving the press text: asks for the passphrase each time, where one stands; signs nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.reports.document import Edition
from fieldtool.services import press, summary
from fieldtool.services.press import PressText
from fieldtool.services.session import Session
from fieldtool.services.summary import SignedSummaryFile
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.forms import Sentence
from fieldtool.ui.controls.labels import Line, glyph, label, paragraph
from fieldtool.ui.controls.layout import Item, Surface, column, row, strip
from fieldtool.ui.controls.passphrase import PassphraseField
from fieldtool.ui.controls.underway import UnderWay
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, BOLD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import R_POPUP, XS, M, S
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.exchange_lines import documents
from fieldtool.ui.screens.signing_means import Means
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import fault_sentences, remarks, tr

ORIGIN = "summary"


class Signing:
    """`panel` and `refusal` are put into the page; `chosen` gives visit, edition and language; `changed` is called after a signature."""

    def __init__(
        self, desk: Desk, parent: QWidget, chosen: Callable[[], tuple[EntityId | None, Edition, str]], changed: Callable[[], None]
    ) -> None:
        self._desk, self._parent, self._chosen, self._changed = desk, parent, chosen, changed
        self.panel, self.refusal = QVBoxLayout(), Sentence()
        self._field: PassphraseField | None = None
        self._asking: QWidget | None = None
        self.means = Means(desk, parent)
        self.means.hide()
        self.means.changed.connect(self._on_means)
        self.means.refused.connect(self._on_means_refused)
        self._under_way: UnderWay | None = None

    def ask(self) -> None:
        """Ask with what to sign, and for the passphrase or PIN."""
        _, edition, _ = self._chosen()
        self._clear()
        self.refusal.tell("")
        paged = edition is not Edition.PRESS
        asks, secret = not paged or self.means.chosen.asks, self.means.secret() if paged else tr("Passphrase to sign")
        field, caption = PassphraseField(secret), label(secret, SMALL, REGULAR, "text2")
        self._field = field
        go, away = Button(tr("Sign"), "primary", "pen", hint=tr("Enter")), Button(tr("Not now"), "ghost")
        if edition is Edition.PRESS:
            go.say(tr("Approve"))
            told = tr("You approve these words for the press, exactly as they read now.")
        else:
            named = term("edition", edition.value)
            told = tr("{edition}: your signature names what you sign to the last letter.", edition=named)
        field.return_pressed.connect(self._on_go)
        go.clicked.connect(self._on_go)
        away.clicked.connect(self._clear)
        head = label(tr("Sign the summary"), BODY, BOLD)
        means: list[Item] = [S, self.means] if paged else []
        asked: list[Item] = [*means, S, caption, XS, field]
        body = column(head, XS, paragraph(told, SMALL, "text2"), *asked, S, row(go, away, None), margins=(M, M, M, M))
        self._asking = Surface("sunken", radius=R_POPUP, layout=body)
        self.panel.addWidget(self._asking)
        self.means.setVisible(paged)
        for part in (caption, field):
            part.setVisible(asks)
        (field.edit if asks else go).setFocus()

    def _on_means(self) -> None:
        if self._asking is not None:
            self.ask()

    def _on_means_refused(self, error: KnownError) -> None:
        self.refusal.tell(fault_sentences(error))

    def _clear(self) -> None:
        """Empty the panel; what was chosen to sign with stays."""
        self._asking = None
        self.means.hide()
        self.means.setParent(self._parent)
        clear(self.panel)

    def _on_go(self) -> None:
        passphrase = self._field.take() if self._field else ""
        _, edition, _ = self._chosen()
        if not passphrase and (edition is Edition.PRESS or self.means.chosen.asks):
            return
        if edition is Edition.PRESS:
            self.approve(passphrase)
            return
        suggested = str(Path(documents()) / f"{tr('summary')}-{edition.value}.pdf")
        path, _ = QFileDialog.getSaveFileName(self._parent, tr("Where the signed summary goes"), suggested, "PDF (*.pdf)")
        if path:
            self.sign(Path(path), passphrase)

    def sign(self, path: Path, passphrase: str) -> None:
        """Sign off the GUI thread, with what was chosen; the panel says when it is done."""
        visit, edition, language = self._chosen()
        wait, chosen = self._wait(), self.means.chosen

        def work(session: Session) -> SignedSummaryFile:
            with chosen.opened(session, passphrase, visit) as by:
                return summary.sign_summary(
                    session,
                    path,
                    by,
                    visit=visit,
                    edition=edition,
                    language=language,
                    progress=wait.progress,
                    cancelled=wait.cancelled,
                    origin=ORIGIN,
                )

        self._desk.long(work, self._on_signed, self._on_refused)

    def approve(self, passphrase: str) -> None:
        """Approve the press text off the GUI thread."""
        visit, _, language = self._chosen()
        self._wait()
        self._desk.long(
            lambda s: press.approve_press(s, passphrase, visit=visit, language=language, origin=ORIGIN), self._on_approved, self._on_refused
        )

    def write_draft(self) -> None:
        """Write a draft that says on each page, or in its first line, that it is one."""
        visit, edition, language = self._chosen()
        ending = "txt" if edition is Edition.PRESS else "pdf"
        suggested = str(Path(documents()) / f"{tr('summary')}-{tr('draft')}.{ending}")
        path, _ = QFileDialog.getSaveFileName(self._parent, tr("Write a draft"), suggested)
        if not path:
            return
        target = Path(path)
        if edition is Edition.PRESS:
            self._desk.long(
                lambda s: press.export_press(s, target, visit=visit, language=language, draft=True),
                lambda _t: self._on_drafted(target),
                self._on_refused,
            )
        else:
            self._desk.long(
                lambda s: summary.export_draft(s, target, visit=visit, edition=edition, language=language),
                lambda _d: self._on_drafted(target),
                self._on_refused,
            )

    def _write_press(self) -> None:
        visit, _, language = self._chosen()
        path, _ = QFileDialog.getSaveFileName(self._parent, tr("Write the press text"), str(Path(documents()) / f"{tr('press')}.txt"))
        if path:
            target = Path(path)
            self._desk.long(
                lambda s: press.export_press(s, target, visit=visit, language=language), lambda _t: self._told(target), self._on_refused
            )

    def _on_drafted(self, path: Path) -> None:
        self._told(path)
        self._desk.drafted.emit()

    def _told(self, path: Path) -> None:
        self._done(tr("{file} is written.", file=path.name), [])

    def _wait(self) -> UnderWay:
        self._clear()
        self.refusal.tell("")
        self._under_way = UnderWay(tr("Signing…"))
        self.panel.addWidget(self._under_way)
        return self._under_way

    def leave(self) -> None:
        """Stop what is under way: the screen is going away."""
        if self._under_way is not None:
            self._under_way.stop()

    def _on_signed(self, done: SignedSummaryFile) -> None:
        self._done(
            tr("Signed: {file}", file=done.path.name),
            [paragraph(remarks(done.remarks), SMALL, "text2"), paragraph(f"SHA-256 {done.sha256}", SMALL, "text3")],
        )
        self._changed()

    def _on_approved(self, done: PressText) -> None:
        write = Button(tr("Write the press text…"), "page", "out")
        write.clicked.connect(self._write_press)
        self._done(tr("Approved by {name}", name=done.approved_by), [strip(write, None)])
        self._changed()

    def _done(self, told: str, more: list[QWidget]) -> None:
        self._clear()
        self._under_way = None
        body = column(row(glyph(("disc_check", "ok")), Line(told, BODY, MEDIUM)), XS, *more, margins=(M, M, M, M))
        self.panel.addWidget(Surface("ok_tint", radius=R_POPUP, layout=body))

    def _on_refused(self, error: KnownError) -> None:
        self._clear()
        self._under_way = None
        self.refusal.tell(fault_sentences(error))
