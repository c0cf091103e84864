"""The five-minute tour: a strip under the screens that names one small task and sees when it is done; it does no task itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent

from fieldtool.domain.changes import ChangeSet
from fieldtool.services import recording, tour
from fieldtool.services.tour import STEPS, Facts, Tour
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, Painted, label, paragraph
from fieldtool.ui.controls.layout import FIXED, Surface, column, row
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs
from fieldtool.ui.look.glyphs import Mark
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, M, S, colour
from fieldtool.ui.words import later, tr

TOUR_KEY = "window/tour"  # a draft like any other: encrypted, kept through the lock
STEP_WIDE = 16


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, how, and the screen where; `go` is what the button beside it says, where one helps."""

    what: str
    how: str
    screen: str
    go: str


TASKS: dict[str, Task] = {
    "note": Task(
        later("Record a note"),
        later("Choose a meeting, type what is said in the line at the bottom, and press Enter."),
        "meetings",
        later("Meetings"),
    ),
    "link": Task(
        later("Tie a note to a recommendation"),
        later("In the same line type # and a number or a word, choose with Enter, then file the note."),
        "meetings",
        later("Meetings"),
    ),
    "find": Task(
        later("Find anything"),
        later("Ctrl+K, a word in any script, and Enter on what was found."),
        "",
        "",
    ),
    "lock": Task(
        later("Lock, and come back"),
        later("Ctrl+L, even in the middle of a word. The passphrase here is: sample passphrase"),
        "",
        "",
    ),
    "receive": Task(
        later("Take in a colleague's file"),
        later("Tomas wrote about a meeting that you wrote about, too. Look at what his file brings, then take it in."),
        "exchange",
        later("Open his file"),
    ),
    "settle": Task(
        later("Settle the conflict"),
        later("Both of you wrote about one meeting. Open the conflict, compare, and save one text; both stay in the history."),
        "exchange",
        later("Exchange"),
    ),
    "draft": Task(
        later("Write a draft of the summary"),
        later("See what is still missing, and how it will print. Draft… writes a file for comments; the head of a visit signs."),
        "summary",
        later("Summary"),
    ),
}
END = Task(
    later("That is the whole loop"),
    later("Everything you did stays in the sample. F1 explains each screen, and starts the tour again."),
    "",
    "",
)


class TourStrip(Surface):
    """What to do now, how far one is, and ways on, back and out."""

    go_requested = Signal()
    back_requested = Signal()
    next_requested = Signal()
    left = Signal()

    def __init__(self) -> None:
        self._marks: list[Mark] = []
        self._steps = Painted(self._draw_steps, STEP_WIDE * len(STEPS), BODY + 6)
        self._count, self.what = label("", SMALL, REGULAR, "text2"), Line("", BODY, BOLD)
        self.how = paragraph("", BODY, "text2")
        self.how.setFixedHeight(2 * self.how.fontMetrics().lineSpacing())  # always room for two lines: nothing above it jumps
        self.how.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.go, self.back, self.next = Button("", "plain"), Button(tr("Back"), "ghost", "left"), Button(tr("Skip"), "ghost")
        self.away = Button("", "ghost", "close", name=tr("Put the tour away; it goes on from here later"))
        told = column(row(self.what), 2, self.how)
        buttons = row(self.go, self.back, self.next, self.away, gap=XS)
        steps = column(self._steps, 2, self._count, None)
        told_row = row(steps, M, gap=S, margins=(INSET, S + 1, M, S))
        told_row.addLayout(told, 1)
        told_row.addLayout(buttons)
        super().__init__("window", layout=told_row)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), FIXED)
        self.setAccessibleName(tr("Five-minute tour"))
        self.go.clicked.connect(self.go_requested)
        self.back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        self.away.clicked.connect(self.left)
        self.hide()

    def say(self, at: int, done: frozenset[str]) -> None:
        """Show the step `at`, or the end, and which steps are done."""
        ended = at == len(STEPS)
        task = END if ended else TASKS[STEPS[at]]
        finished = not ended and STEPS[at] in done
        self._marks = [("disc_check", "ok") if s in done else ("dot" if k == at else "ring", "accent") for k, s in enumerate(STEPS)]
        self._count.setText(tr("{n} of {total} done", n=len(done), total=len(STEPS)))
        self.what.say(tr("{task}: done", task=tr(task.what)) if finished else tr(task.what))
        self.how.setText(tr(task.how))
        self.go.setVisible(bool(task.go))
        if task.go:
            opens = task is TASKS["receive"]
            self.go.say(tr(task.go), "" if opens else tr("Go to: {place}", place=tr(task.go)))
        self.back.setVisible(at > 0)
        self.next.setVisible(not ended)
        self.next.say(tr("Next") if finished else tr("Skip"), tr("Next task") if finished else tr("Skip this task"))
        self.setAccessibleDescription(f"{self.what.words()}. {self.how.text()} {self._count.text()}")
        self._steps.setAccessibleName(self._count.text())
        self._steps.update()

    def _draw_steps(self, painter: QPainter, box: QRectF) -> None:
        for k, mark in enumerate(self._marks):
            glyphs.paint(painter, k * STEP_WIDE + 7, box.center().y(), mark)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(colour("line_strong"))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())


class Guiding(QObject):
    """Leads through the tour in a vault of the sample visit; keeps where one is, and shows the next task once this one is done.

    `place_requested` carries a screen, `files_requested` the colleague's file.
    """

    place_requested = Signal(str)
    files_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.strip = desk, TourStrip()
        self.offered = desk.visit is not None and tour.is_sample(desk.session)
        self.state: Tour | None = None
        self.done: frozenset[str] = frozenset()
        self.strip.go_requested.connect(self._go)
        self.strip.back_requested.connect(lambda: self._step(-1))
        self.strip.next_requested.connect(lambda: self._step(1))
        self.strip.left.connect(self.put_away)
        if self.offered:
            desk.bus.changed.connect(self._on_changed)
            desk.drafted.connect(lambda: self.witness("draft"))

    def resume(self, kept: str) -> None:
        """Go on where the vault says one was; a sample vault that has never seen the tour begins it."""
        if not self.offered:
            return
        self.state = tour.decoded(kept)
        if self.state is None:
            self.start()
        elif self.state.shown:
            self._measure()

    def start(self) -> None:
        """Show the strip: where one left it, or from the beginning after the end."""
        if not self.offered:
            return
        if self.state is not None and self.state.at < len(STEPS):
            self._keep(replace(self.state, shown=True))
            self._measure()
        else:
            self._read(self._begin)

    def put_away(self) -> None:
        """Hide the strip; the next start goes on from here."""
        if self.state is not None:
            self._keep(replace(self.state, shown=False))
        self.strip.hide()

    def witness(self, step: str) -> None:
        """Something was done that leaves no record; it counts while the strip is shown."""
        if self.state is not None and self.state.shown:
            self._keep(replace(self.state, witnessed=self.state.witnessed | {step}))
            self._measure()

    def _begin(self, now: Facts) -> None:
        self.done = frozenset()
        self._keep(Tour(before=now))
        self._show(now)

    def _read(self, then: Callable[[Facts], None]) -> None:
        visit = self._desk.visit
        if visit is not None:
            self._desk.read(lambda s: tour.facts(s, visit), then)

    def _measure(self) -> None:
        self._read(self._show)

    def _on_changed(self, _changes: ChangeSet) -> None:
        if self.state is not None and self.state.shown:
            self._measure()

    def _show(self, now: Facts) -> None:
        state = self.state
        if state is None or not state.shown:
            return
        before, self.done = self.done, tour.done(state, now)
        if state.at < len(STEPS) and STEPS[state.at] in self.done - before:
            at = next((k for k in range(state.at, len(STEPS)) if STEPS[k] not in self.done), len(STEPS))
            self._keep(replace(state, at=at))
            state = replace(state, at=at)
            self.strip.say(at, self.done)
            announce(self.strip, self.strip.accessibleDescription())
        self.strip.say(state.at, self.done)
        self.strip.show()

    def _step(self, by: int) -> None:
        if self.state is not None:
            self._keep(replace(self.state, at=min(max(self.state.at + by, 0), len(STEPS))))
            self.strip.say(self.state.at, self.done)

    def _go(self) -> None:
        if self.state is None or self.state.at == len(STEPS):
            return
        step, visit = STEPS[self.state.at], self._desk.visit
        if step == "receive" and visit is not None:
            self.strip.go.setEnabled(False)
            self._desk.long(lambda s: tour.colleagues_file(s, visit), self._on_file, self._on_no_file)
        else:
            self.place_requested.emit(TASKS[step].screen)

    def _on_file(self, path: Path) -> None:
        self.strip.go.setEnabled(True)
        self.files_requested.emit(path)

    def _on_no_file(self, error: object) -> None:
        self.strip.go.setEnabled(True)
        self._desk.refused.emit(error)

    def _keep(self, state: Tour) -> None:
        self.state = state
        session, kept = self._desk.session, tour.encoded(state)
        self._desk.writes.submit(lambda: recording.keep_draft(session, TOUR_KEY, kept))
