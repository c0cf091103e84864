"""Where one is and where one can go: visit, search, screens, who one is; below a narrow width a rail of icons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence

from fieldtool.ui.controls.buttons import Button, NavButton, one_stop
from fieldtool.ui.controls.labels import Line, icon
from fieldtool.ui.controls.layout import Surface, column, holder, row
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import RAIL, SIDEBAR, XS, L, M, S
from fieldtool.ui.words import later, tr


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the sidebar."""

    id: str
    word: str
    icon: str


PLACES = (
    Place("visit", later("Visit"), "visit"),
    Place("meetings", later("Meetings"), "meeting"),
    Place("recommendations", later("Recommendations"), "recommendations"),
    Place("follow_up", later("Follow-up"), "follow"),
    Place("summary", later("Summary"), "summary"),
    Place("exchange", later("Exchange"), "exchange"),
)
HEADQUARTERS = Place("headquarters", later("Headquarters"), "headquarters")


def keys(sequence: str) -> str:
    """A shortcut as this platform writes it."""
    return QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)


class Sidebar(Surface):
    """`place_chosen` carries the id of a screen."""

    place_chosen = Signal(str)
    find_requested = Signal()
    help_requested = Signal()
    settings_requested = Signal()
    lock_requested = Signal()

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.visit, self.dates = Line("", HEAD, BOLD), Line("", SMALL, REGULAR, "text2")
        self.seek = Button(tr("Find anything"), "plain", "search", hint=keys("Ctrl+K"), spread=True)
        self.short_find = Button("", "plain", "search", hint=keys("Ctrl+K"), name=tr("Find anything"))
        self.buttons = {place.id: NavButton(tr(place.word), place.icon, keys(f"Ctrl+{k}")) for k, place in enumerate(places, 1)}
        self.saved, self._saved_icon = Line("", SMALL, REGULAR, "text2"), icon("check", "ok")
        self.user, self.role = Line("", BODY, MEDIUM), Line("", SMALL, REGULAR, "text3")
        self.help = Button("", "ghost", "help", hint="F1", name=tr("Help"))
        self.settings = Button("", "ghost", "settings", name=tr("Settings"))
        self.settings.setCheckable(True)  # marked while it is shown, like the places
        self.lock = Button("", "ghost", "lock", hint=keys("Ctrl+L"), name=tr("Lock now"))
        self._head = holder(column(self.visit, 2, self.dates, margins=(10, 0, 0, 0)))
        self._words = holder(column(self.user, self.role, margins=(10, 0, 0, 0)))
        self._saved_row = holder(row(self._saved_icon, self.saved, margins=(10, 0, 0, S), gap=6))
        self._tools = row(self.help, self.settings, self.lock, None, gap=0)
        inner = column(
            self._head, M, self.seek, row(self.short_find), M, column(*self.buttons.values(), gap=2), None,
            self._saved_row, self._words, XS, self._tools,
            margins=(M, L, M + 1, M),
        )  # fmt: skip
        super().__init__("window", "r", layout=inner)
        self._connect()
        self.narrow(False)
        self.say_saved("")

    def _connect(self) -> None:
        for place, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, place=place: self.place_chosen.emit(place))
        self.seek.clicked.connect(self.find_requested)
        self.short_find.clicked.connect(self.find_requested)
        self.help.clicked.connect(self.help_requested)
        self.settings.clicked.connect(self.settings_requested)
        self.lock.clicked.connect(self.lock_requested)

    def narrow(self, rail: bool) -> None:
        """Shrink to a rail, or grow back."""
        self.setFixedWidth(RAIL if rail else SIDEBAR)
        for widget in (self._head, self.seek, self._words, self._saved_row):
            widget.setVisible(not rail)
        self.short_find.setVisible(rail)
        for button in self.buttons.values():
            button.narrow(rail)
        self._tools.setDirection(self._tools.Direction.TopToBottom if rail else self._tools.Direction.LeftToRight)

    def say_saved(self, words: str) -> None:
        """Say when something was last made durable; nothing before that."""
        self.saved.say(words)
        self._saved_icon.setVisible(bool(words))

    def show_place(self, place: str) -> None:
        """Mark where one is; a screen that has no entry marks none."""
        buttons = list(self.buttons.values())
        for button in buttons:
            button.setAutoExclusive(False)  # an exclusive group would refuse to mark none
            button.setChecked(button is self.buttons.get(place))
            button.setAutoExclusive(True)
        one_stop(buttons)
        self.settings.setChecked(place == "settings")

    def show_counts(self, counts: Mapping[str, tuple[str, bool]]) -> None:
        """How many there are at each place, and whether they wait for the user."""
        for place, (count, alert) in counts.items():
            if button := self.buttons.get(place):
                button.tell(count, alert)
