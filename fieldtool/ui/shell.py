"""The window: shows the unlock page first and everything else when it is needed; holds no record and draws no screen's content."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldtool.ui.gate import Gate
from fieldtool.ui.lane import TaskLane
from fieldtool.ui.look import lettering, palette
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.screens.unlock import Unlock
from fieldtool.ui.words import fault_sentences, tr

if TYPE_CHECKING:
    from fieldtool.services.session import Session
    from fieldtool.ui.frame import Frame


class Window(QWidget):
    """One window on one vault. `painted` is emitted once, after its first paint event."""

    painted = Signal()

    def __init__(self, folder: Path, gate: Gate, preferences: PreferenceFile) -> None:
        super().__init__()
        self.folder, self.gate, self.preferences = folder, gate, preferences
        self.lane = TaskLane("gate")
        self.frame: Frame | None = None
        self._page: QWidget | None = None
        self._first_paint = True
        self.setWindowTitle("Fieldtool")
        self.setMinimumSize(1024, 640)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        if gate.exists(folder):
            self.show_unlock()
        else:
            self.show_first_run()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    # ------------------------------------------------------------------------------------------------ pages

    def _show_page(self, page: QWidget) -> None:
        before, self._page = self._page, page
        layout = self.layout()
        if layout is not None:
            layout.addWidget(page)
        if before is not None:
            before.hide()
            before.deleteLater()

    def page(self) -> QWidget | None:
        """What is shown now."""
        return self._page

    def show_unlock(self, kept: str = "") -> None:
        """Ask for the passphrase."""
        page = Unlock(self.gate.holder(self.folder), kept)
        page.unlock_requested.connect(self._on_unlock)
        page.other_vault_requested.connect(self._on_other_vault)
        page.recovery_requested.connect(self.show_recovery)
        self._show_page(page)
        page.start()

    def show_first_run(self) -> None:
        """Lead a newcomer to a vault."""
        from fieldtool.ui.screens.first_run import FirstRun

        page = FirstRun(self.folder, self.gate, self.lane)
        page.finished.connect(self.open)
        page.other_chosen.connect(self._on_vault_chosen)
        self._show_page(page)
        page.start()

    def show_recovery(self) -> None:
        """Ask for the recovery sheet."""
        from fieldtool.ui.screens.recovery import Recovery

        page = Recovery(self.folder, self.gate, self.lane)
        page.recovered.connect(self.open)
        page.back_requested.connect(self.show_unlock)
        self._show_page(page)
        page.start()

    def open(self, session: Session) -> None:
        """Show the vault."""
        from fieldtool.ui.frame import Frame

        self.folder = session.folder
        self.preferences.change(vault=str(self.folder))
        self.frame = Frame(session, self.preferences)
        self.frame.lock_requested.connect(self.lock)
        self.frame.title_changed.connect(self.setWindowTitle)
        self._show_page(self.frame)
        self.frame.start()

    # ------------------------------------------------------------------------------------------------ what happens

    def _on_unlock(self, passphrase: str) -> None:
        page = self._page

        def refused(error: object) -> None:
            if isinstance(page, Unlock):
                page.refuse(fault_sentences(error))  # type: ignore[arg-type]  # the lane hands over KnownErrors only

        self.lane.submit(lambda: self.gate.unlock(self.folder, passphrase), self.open, refused)

    def _on_other_vault(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self, tr("The folder of the vault"), str(self.folder.parent))
        if chosen:
            self._on_vault_chosen(Path(chosen))

    def _on_vault_chosen(self, folder: object) -> None:
        self.folder = Path(str(folder))
        if self.gate.exists(self.folder):
            self.show_unlock()
        else:
            self.show_first_run()

    def lock(self) -> None:
        """Blank the screen at once, keep what is half written, close the vault."""
        if self.frame is None:
            return
        frame, self.frame = self.frame, None
        frame.keep()
        self.setWindowTitle("Fieldtool")
        self.show_unlock(tr("What you were typing is kept; you return to the same word."))
        frame.close_vault()

    def _on_scheme_changed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication) and not self.preferences.values.theme:
            palette.apply(application, "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.frame is not None:
            self.frame.keep()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self._on_first_paint)

    def _on_first_paint(self) -> None:
        lettering.load_faces(lettering.OTHER_FACES)
        self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.frame is not None:
            self.frame.keep()
            self.frame.close_vault()
            self.frame = None
        self.lane.close()
        super().closeEvent(event)


def in_idle_time(jobs: list[Callable[[], None]]) -> None:
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
