"""The window: shows the unlock page first and everything else when it is needed; holds no record and draws no screen's content."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from fieldtool.ui.first_frame import FirstFrame
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.words import tr

if TYPE_CHECKING:
    from fieldtool.domain.errors import KnownError
    from fieldtool.services.session import Session
    from fieldtool.ui.frame import Frame
    from fieldtool.ui.gate import Gate
    from fieldtool.ui.help_pane import HelpPane
    from fieldtool.ui.lane import TaskLane
    from fieldtool.ui.panning import Panning


LEAST_WINDOW = 360, 240  # the whole of a small laptop's screen at 300 %; what does not fit is panned
AFTER_FIRST_PAINT = 12  # milliseconds: let the display show the frame before the rest of the page is built


class Window(QWidget):
    """One window on one vault. `painted` is emitted once, after its first paint event."""

    painted = Signal()
    bug_reported = Signal(str)  # the path of a crash report

    def __init__(self, folder: Path, gate: Gate, preferences: PreferenceFile, start_anew: Callable[[Window], None] | None = None) -> None:
        """`start_anew` replaces the process at lock, so that keys and text leave its memory; without it the page alone changes."""
        super().__init__()
        self.folder, self.gate, self.preferences = folder, gate, preferences
        self._start_anew, self.kept = start_anew, False
        self.frame: Frame | None = None
        self._lane: TaskLane | None = None
        self._page: QWidget | None = None
        self._help: HelpPane | None = None
        self._panning: Panning | None = None
        self._first_paint = True
        self.setWindowTitle("Fieldtool")
        self.setMinimumSize(*LEAST_WINDOW)
        self._show_page(FirstFrame(gate.holder(folder)) if gate.exists(folder) else QWidget())

    @property
    def lane(self) -> TaskLane:
        """Where vaults are opened, off the GUI thread; made when first needed."""
        if self._lane is None:
            from fieldtool.ui.lane import TaskLane

            self._lane = TaskLane("gate")
        return self._lane

    # ------------------------------------------------------------------------------------------------ pages

    def _show_page(self, page: QWidget) -> None:
        before, self._page = self._page, page
        page.setParent(self)
        self._place(page)
        page.show()
        page.setFocus()  # once it stands in the window: a focus taken before is forgotten, and the first keys with it
        if before is not None:
            before.hide()
            before.deleteLater()
        if self._help is not None:
            self._help.deleteLater()
            self._help = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None:
            self._place(self._page)
        if self._help is not None:
            self._help.place()

    def _place(self, page: QWidget) -> None:
        """Give a page the whole window, and more than that where it needs more; the first frame needs no bars yet."""
        if self._panning is None:
            page.setGeometry(self.rect())
        else:
            self._panning.place(page)

    def page(self) -> QWidget | None:
        """What is shown now."""
        return self._page

    def show_unlock(self) -> None:
        """Ask for the passphrase."""
        from fieldtool.ui.screens.unlock import Unlock

        kept = tr("What you were typing is kept; you return to the same word.") if self.kept else ""
        first = self._page
        page = Unlock.grown_from(first, kept) if isinstance(first, FirstFrame) else Unlock(self.gate.holder(self.folder), kept)
        page.unlock_requested.connect(self._on_unlock)
        page.other_vault_requested.connect(self._on_other_vault)
        page.recovery_requested.connect(self.show_recovery)
        page.help_requested.connect(self.show_help)
        self._show_page(page)
        page.start()

    def show_first_run(self) -> None:
        """Lead a newcomer to a vault."""
        from fieldtool.ui.screens.first_run import FirstRun

        page = FirstRun(self.folder, self.gate, self.lane)
        page.finished.connect(self.open)
        page.other_chosen.connect(self._on_vault_chosen)
        page.help_requested.connect(self.show_help)
        self._show_page(page)
        page.start()

    def show_recovery(self) -> None:
        """Ask for the recovery sheet."""
        from fieldtool.ui.screens.recovery import Recovery

        page = Recovery(self.folder, self.gate, self.lane)
        page.recovered.connect(self.open)
        page.back_requested.connect(self.show_unlock)
        page.help_requested.connect(self.show_help)
        self._show_page(page)
        page.start()

    def open(self, session: Session) -> None:
        """Show the vault."""
        from fieldtool.ui.frame import Frame

        self.folder = session.folder
        self.frame = Frame(session, self.preferences)
        self.frame.lock_requested.connect(self.lock)
        self.frame.help_requested.connect(self.show_help)
        self.frame.remake_requested.connect(self.remake)
        self.frame.wipe_requested.connect(self.wipe)
        self.frame.title_changed.connect(self.setWindowTitle)
        self._show_page(self.frame)
        self.frame.start()

    def show_help(self) -> None:
        """Open the guide at what is shown, or put it away."""
        from fieldtool.ui.help_pane import HelpPane

        if self._help is None:
            self._help = HelpPane(self)
            self._help.tour_requested.connect(self._start_tour)
        if self._help.isVisible():
            self._help.put_away()
        elif self.frame is not None:
            self._help.open(self.frame.place, self.frame.tour.offered)
        else:
            page = type(self._page).__name__.lower()
            self._help.open(page, page == "firstrun")

    def _start_tour(self) -> None:
        from fieldtool.ui.screens.first_run import FirstRun

        if self.frame is not None:
            self.frame.tour.start()
        elif isinstance(self._page, FirstRun):
            self._page.make_sample()  # the tour begins by itself in it

    # ------------------------------------------------------------------------------------------------ what happens

    def _on_unlock(self, passphrase: str) -> None:
        from fieldtool.ui.screens.unlock import Unlock
        from fieldtool.ui.words import fault_sentences

        def refused(error: KnownError) -> None:
            if isinstance(self._page, Unlock):
                self._page.refuse(fault_sentences(error))

        self.lane.submit(lambda: self.gate.unlock(self.folder, passphrase), self.open, refused)

    def _on_other_vault(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self, tr("The folder of the vault"), str(self.folder.parent))
        if chosen and not self.gate.exists(Path(chosen)):
            from fieldtool.ui.screens.first_run import no_vault_in
            from fieldtool.ui.screens.unlock import Unlock

            if isinstance(self._page, Unlock):
                self._page.say(no_vault_in(Path(chosen)))
        elif chosen:
            self._on_vault_chosen(Path(chosen))

    def _on_vault_chosen(self, folder: object) -> None:
        self.folder = Path(str(folder))
        self.preferences.change(vault=str(self.folder))
        if self.gate.exists(self.folder):
            self.show_unlock()
        else:
            self.show_first_run()

    def lock(self) -> None:
        """Blank the screen at once, keep what is half written, close the vault, then let the process go. It asks nothing."""
        if self.frame is None:
            return
        frame, self.frame = self.frame, None
        frame.keep()
        frame.leave()
        self.setWindowTitle("Fieldtool")
        self.kept = True
        self.show_unlock()
        self.repaint()
        # Behind what is under way, and before the next unlocking: the lane keeps that order, and the blank page stays alive meanwhile.
        self.lane.submit(frame.close_vault, lambda _nothing: self._on_closed())

    def remake(self) -> None:
        """Make every screen anew on the same vault, at the same place: the language is another one."""
        if self.frame is None:
            return
        frame, self.frame = self.frame, None
        frame.keep()
        frame.leave()
        self.lane.submit(frame.desk.close, lambda _nothing: self.open(frame.desk.session))

    def wipe(self) -> None:
        """Close the vault and remove it; nothing half written is kept, and the process goes with it."""
        if self.frame is None:
            return
        frame, self.frame = self.frame, None
        frame.leave()
        self.setWindowTitle("Fieldtool")
        self._show_page(QWidget())
        self.repaint()

        def work() -> None:
            frame.close_vault()
            self.gate.wipe(self.folder)

        self.lane.submit(work, lambda _nothing: self._on_wiped(), self._on_not_wiped)

    def _on_wiped(self) -> None:
        self.show_first_run()
        self._on_closed()

    def _on_not_wiped(self, error: KnownError) -> None:
        from fieldtool.ui.screens.unlock import Unlock
        from fieldtool.ui.words import fault_sentences

        self.show_unlock()
        if isinstance(self._page, Unlock):
            self._page.say(fault_sentences(error))

    def _on_closed(self) -> None:
        if self._start_anew is not None:
            self._start_anew(self)

    def show_bug(self, report: str) -> None:
        """Say where the report of a bug is; what was half written is kept as ever."""
        if self.frame is not None:
            self.frame.keep()
            told = tr("This is a bug in the tool, not a fault of yours. Nothing is lost. A report without your words: {path}", path=report)
            self.frame.tell(told, read_report(report))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.frame is not None:
            self.frame.keep()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(AFTER_FIRST_PAINT, self._on_first_paint)

    def _on_first_paint(self) -> None:
        from PySide6.QtGui import QShortcut

        from fieldtool.ui.opening import dress_fully
        from fieldtool.ui.panning import Panning

        dress_fully(self.preferences)
        QShortcut("Ctrl+Q", self, self.close)
        self._panning = Panning(self)
        if self.gate.exists(self.folder):
            self.show_unlock()
        else:
            self.show_first_run()
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.frame is not None:
            self.frame.keep()
            self.frame.leave()
            self.frame.close_vault()
            self.frame = None
        if self._lane is not None:
            self._lane.close()
        if self._panning is not None:
            self._panning.stop()
        super().closeEvent(event)


def read_report(path: str) -> str:
    """What a crash report says; its path where it cannot be read back."""
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return path


def in_idle_time(jobs: list[Callable[[], object]]) -> None:
    """Run jobs one by one between events: the imports that the passphrase leaves time for."""
    if jobs:
        first, rest = jobs[0], jobs[1:]

        def step() -> None:
            first()
            in_idle_time(rest)

        QTimer.singleShot(30, step)


def loaded() -> frozenset[str]:
    """The top-level modules imported so far; the start-up benchmark reads it at first paint."""
    return frozenset(name.partition(".")[0] for name in sys.modules)
