"""With what the summary is signed: the document key, a card in a file, a card in a reader; finds cards, and opens one only to sign."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId
from fieldtool.services import cards
from fieldtool.services.cards import CardKey, Token, TokenChoice
from fieldtool.services.session import Session
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import label, paragraph
from fieldtool.ui.controls.layout import column, row
from fieldtool.ui.controls.menus import Entry, open_menu
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import XS
from fieldtool.ui.screens.exchange_lines import documents
from fieldtool.ui.words import tr


@dataclass(frozen=True, slots=True)
class Chosen:
    """Nothing: the document key. A PKCS#12 file, or the library of a card in a reader and that card."""

    file: Path | None = None
    library: Path | None = None
    token: Token | None = None

    @property
    def asks(self) -> bool:
        """Whether the secret is typed here, and not at the reader."""
        return self.token is None or not self.token.keypad

    @contextmanager
    def opened(self, session: Session, secret: str, visit: EntityId | None) -> Iterator[str | CardKey]:
        """What signs, for as long as it takes. Raises `KnownError` as `cards.opened_card_file` and `cards.opened_token`."""
        if self.file is not None:
            with cards.opened_card_file(self.file, secret) as key:
                yield key
        elif self.library is not None and self.token is not None:
            choice = TokenChoice(self.library, str(self.token.slot))
            with cards.opened_token(session, choice, lambda token: None if token.keypad else secret, visit=visit) as key:
                yield key
        else:
            yield secret


class Means(QWidget):
    """`changed` says that another means is chosen; `refused` carries what stood in the way. The library is forgotten with the page."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__()
        self._desk, self._page = desk, parent
        self.chosen, self._tokens, self._libraries = Chosen(), tuple[Token, ...](), list(cards.known_libraries())
        self.button, self.card = Button("", "plain", "key", menu=True), Button(tr("Another card…"), "plain", menu=True)
        self._note = paragraph("", SMALL, "text", MEDIUM)
        caption = label(tr("Sign with"), SMALL, REGULAR, "text2")
        self.setLayout(column(caption, XS, row(self.button, None), row(self.card, None, margins=(0, XS, 0, 0)), XS, self._note))
        self.button.clicked.connect(lambda: open_menu(self.button, self._entries()))
        self.card.clicked.connect(lambda: open_menu(self.card, self._cards()))
        self._say()

    def secret(self) -> str:
        """What has to be typed."""
        return tr("PIN or passphrase of the card") if self.chosen != Chosen() else tr("Passphrase to sign")

    def _entries(self) -> list[Entry]:
        now = self.chosen
        known = [Entry(tr("Card in a reader, by {library}", library=path.name), partial(self.look, path), now.library == path)
                 for path in self._libraries]  # fmt: skip
        return [
            Entry(tr("Document key"), partial(self._set, Chosen()), now == Chosen()),
            Entry(tr("Card in a file…"), self._choose_file, now.file is not None),
            *known,
            Entry(tr("Card in a reader: its library…"), self._choose_library),
        ]

    def _cards(self) -> list[Entry]:
        library, now = self.chosen.library, self.chosen.token
        return [Entry(f"{t.name}  {t.serial}", partial(self._set, Chosen(library=library, token=t)), t == now) for t in self._tokens]

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._page, tr("The card's file"), documents(), "PKCS#12 (*.p12 *.pfx)")
        if path:
            self._set(Chosen(file=Path(path)))

    def _choose_library(self) -> None:
        told = tr("The library (PKCS#11 module) of the card's own software")
        path, _ = QFileDialog.getOpenFileName(self._page, told, "", tr("Libraries (*.so *.dll *.dylib)"))
        if path:
            self.look(Path(path))

    def look(self, library: Path) -> None:
        """See which cards a library finds, beside typing; one is chosen, of several the first."""

        def done(found: tuple[Token, ...]) -> None:
            if library not in self._libraries:
                self._libraries.append(library)
            self._tokens = found
            self._set(Chosen(library=library, token=found[0]))

        def work(_session: Session) -> tuple[Token, ...]:
            found = cards.tokens_of(library)
            if not found:
                raise refuse("token-absent", module=library.name)
            return found

        self._desk.long(work, done, self._on_refused)

    def _on_refused(self, error: KnownError) -> None:
        self._set(Chosen())
        self.refused.emit(error)

    def _set(self, chosen: Chosen) -> None:
        self.chosen = chosen
        if chosen.token is None:
            self._tokens = ()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        now = self.chosen
        told = now.file.name if now.file else now.token.name if now.token else tr("Document key")
        self.button.say(told, f"{tr('Sign with')}: {told}")
        self.card.setVisible(len(self._tokens) > 1)
        notes = []
        if now.token is not None and now.token.locked:
            notes.append(tr("This card is locked. Whoever issued it can unlock it."))
        elif now.token is not None and now.token.last_try:
            notes.append(tr("The next wrong PIN locks this card."))
        if not now.asks:
            notes.append(tr("The reader asks for the PIN itself."))
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))
