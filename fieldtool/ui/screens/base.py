"""What the shell asks of a screen, and the head that all of them share."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.errors import KnownError
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, icon
from fieldtool.ui.controls.layout import FIXED, Item, Surface, column, row
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, TITLE
from fieldtool.ui.look.tokens import HEADER, INSET, XS, M
from fieldtool.ui.words import fault_sentences, tr

NEXT = "next"  # what the recorder is asked for where the meeting that comes next is meant, whichever that is


class Notice(Surface):
    """One sentence under the head of a page: what is, what is safe, what next; it stays until read."""

    def __init__(self) -> None:
        self._report = ""
        self._words = Line("", BODY, REGULAR, "text")
        away = Button("", "ghost", "close", name=tr("Put this message away"))
        away.clicked.connect(self.hide)
        self.copy = Button(tr("Copy the report"), "page")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        super().__init__("warn_tint", "b", layout=row(icon("warn", "warn"), self._words, self.copy, away, margins=(INSET, XS, M, XS)))
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self.hide()

    def tell(self, words: str, report: str = "") -> None:
        """Show a sentence, and a way to copy a report where there is one."""
        self._report = report
        self.copy.setVisible(bool(report))
        self._words.say(words)
        self.setAccessibleName(words)
        self.show()

    def words(self) -> str:
        """What it says, or nothing while hidden."""
        return self._words.words() if not self.isHidden() else ""


class Head(Surface):
    """Title, one line of facts, actions on the right."""

    def __init__(self, title: str, *actions: QWidget, before: QWidget | None = None) -> None:
        self.title = Line(title, TITLE, BOLD, fit=True)
        self.meta = Line("", BODY, REGULAR, "text2")
        first: list[Item] = [before] if before else []
        super().__init__("base", "b", layout=row(*first, self.title, XS, self.meta, *actions, margins=(INSET, 0, INSET, 0)))
        self.setFixedHeight(HEADER)


class Screen(Surface):
    """A page of an open vault. It shows what `load` fetched and re-fetches when a change concerns it."""

    kinds: frozenset[str] = frozenset()  # kinds of record whose changes concern this screen
    origin = "screen"  # names this screen's own units of work; undo takes back the latest of it

    def __init__(self, desk: Desk, head: QWidget, body: QWidget) -> None:
        self.desk, self.notice = desk, Notice()
        self._stale = True
        layout: QVBoxLayout = column(head, self.notice)
        super().__init__("base", layout=layout)
        layout.addWidget(body, 1)
        desk.bus.changed.connect(self.on_changed)

    def load(self) -> None:
        """Fetch what is shown; the base screen shows nothing."""

    def start(self) -> None:
        """Put the focus where work begins."""

    def target(self, wanted: str) -> None:
        """Show one record of this screen's kind; ignored where that means nothing."""

    def kept_target(self) -> str:
        """What `target` needs to come back to the same record after a lock."""
        return ""

    def commands(self) -> list[Command]:
        """What this screen adds to the palette while it is shown."""
        return []

    def keep(self) -> None:
        """Make what is half written durable: called at lock, at focus loss and at close."""

    def leave(self) -> None:
        """Stop long work that nobody will look at: the vault is being closed."""

    def on_changed(self, changes: ChangeSet) -> None:
        """A unit of work was committed somewhere."""
        if changes.kinds & self.kinds:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """Fetch again if something changed since the last time."""
        if self._stale:
            self._stale = False
            self.load()

    def load_anew(self) -> None:
        """Fetch again, now or when it is next shown: what it stands on is another."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refuse(self, error: KnownError) -> None:
        """Say under the head what went wrong and what to do next."""
        self.notice.tell(fault_sentences(error))
