"""One line about the meeting: which, who, when, under which rule, for how long, and its end."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from fieldtool.services.screens.meetings import MeetingModel
from fieldtool.ui import words
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line
from fieldtool.ui.controls.layout import Surface, row
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, REGULAR
from fieldtool.ui.look.tokens import HEADER, INSET
from fieldtool.ui.screens import marks
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr


class MeetingHead(Surface):
    """Each part is a button where it can be changed."""

    rule_requested = Signal()
    marking_requested = Signal()
    meetings_requested = Signal()
    end_requested = Signal()
    details_requested = Signal()

    def __init__(self) -> None:
        self.number = Button("", "plain", menu=True)
        self.title = Line("", HEAD, BOLD, fit=True)
        self.meta = Line("", BODY, REGULAR, "text2")
        self.rule = Button("", "ghost", "person", menu=True)
        self.marking = Button("", "ghost", menu=True)
        self.timer = Line("", BODY, REGULAR, "text2", fit=True)
        self.details = Button("", "ghost", "assess", hint="Ctrl+D", name=tr("Particulars of the meeting"))
        self.end = Button(tr("End"), "plain", hint="Ctrl+E")
        super().__init__(
            "base",
            "b",
            layout=row(
                self.number,
                self.title,
                self.meta,
                self.details,
                self.rule,
                self.marking,
                self.timer,
                self.end,
                margins=(INSET, 0, INSET, 0),
            ),
        )
        self.setFixedHeight(HEADER)
        self._start: datetime | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self.number.clicked.connect(self.meetings_requested)
        self.rule.clicked.connect(self.rule_requested)
        self.marking.clicked.connect(self.marking_requested)
        self.end.clicked.connect(self.end_requested)
        self.details.clicked.connect(self.details_requested)

    def show_meeting(self, model: MeetingModel) -> None:
        """Show a meeting."""
        found = model.row
        self.number.say(str(found.number), tr("Meeting {number}: choose another", number=found.number))
        self.title.say(found.title or tr("Meeting"))
        when = f"{words.day(found.start.date(), tr('ddd d MMMM'))}, {words.hours(found.start, found.end)}"
        self.meta.say(" · ".join(p for p in (when, model.people, model.place) if p))
        icon, _ = marks.ATTRIBUTION.get(found.attribution, ("person", "plain"))
        self.rule.icon_name = icon
        self.rule.say(
            term("attribution", found.attribution) or tr("Rule"),
            tr("Rule of the meeting: {rule}", rule=term("attribution", found.attribution)),
        )
        self.marking.say(
            term("marking", found.marking) or tr("Marking"), tr("Marking of the meeting: {marking}", marking=term("marking", found.marking))
        )
        self.end.setVisible(found.state != "held")
        self._start = found.start if found.state != "held" else None
        self._show_time()

    def _show_time(self) -> None:
        """How long the meeting has been going on; nothing before it began, on another day, or after its end."""
        now = datetime.now()  # noqa: DTZ005  # the meeting's clock is the wall's
        running = self._start is not None and self._start.date() == now.date() and now >= self._start
        seconds = int((now - self._start).total_seconds()) if running and self._start else 0
        told = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" if running else ""
        if told != self.timer.words():
            self.timer.say(told)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
