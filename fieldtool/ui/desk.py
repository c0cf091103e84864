"""What every screen of an open vault is given: the session, the task lanes, the bus, and ways to go elsewhere; holds no record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from fieldtool.domain.changes import ChangeSet
from fieldtool.ui.bus import ChangeBus
from fieldtool.ui.lane import Failed, TaskLane

if TYPE_CHECKING:
    from fieldtool.domain.ids import EntityId
    from fieldtool.services.session import Session

T = TypeVar("T")


class Desk(QObject):
    """One per open vault. Writes run on one serial lane off the GUI thread, reads on another, so that typing waits for neither."""

    saved = Signal()  # a unit of work was committed
    go_requested = Signal(str, str)  # screen, and the id of what it should show ("" for none)
    visit_requested = Signal(str)  # show another visit
    remake_requested = Signal()  # every screen anew: the language is another one
    lock_requested = Signal()
    wipe_requested = Signal()  # the vault is to go, for good
    drafted = Signal()  # a draft of the summary was written to a file, which no record tells of
    _committed = Signal(object)
    refused = Signal(object)  # a KnownError that no place on the screen is nearer to

    def __init__(self, session: Session, visit: EntityId | None) -> None:
        super().__init__()
        self.session, self.visit = session, visit
        self.bus = ChangeBus()
        session.on_commit = self._committed.emit  # on whatever thread wrote; the signal brings it to this one
        self._committed.connect(self._on_committed)
        self.writes, self.reads, self.slow = TaskLane("writes"), TaskLane("reads"), TaskLane("slow")

    def write(
        self, work: Callable[[Session], ChangeSet], done: Callable[[ChangeSet], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Run a unit of work; what it touched is announced by itself, after its commit."""
        self.writes.submit(lambda: work(self.session), done, failed or self.refused.emit)

    def _on_committed(self, changes: ChangeSet) -> None:
        self.saved.emit()
        self.bus.announce(changes)

    def read(self, work: Callable[[Session], T], done: Callable[[T], None], failed: Failed | None = None) -> None:
        """Run a query and hand its frozen rows over."""
        self.reads.submit(lambda: work(self.session), done, failed or self.refused.emit)

    def long(self, work: Callable[[Session], T], done: Callable[[T], None], failed: Failed | None = None) -> None:
        """Run something that takes its time (export, import, signing) beside typing."""
        self.slow.submit(lambda: work(self.session), done, failed or self.refused.emit)

    def go(self, screen: str, target: str = "") -> None:
        """Show another screen."""
        self.go_requested.emit(screen, target)

    def mute(self) -> None:
        """Answer no screen any more: they are going away."""
        self.session.on_commit = None
        for lane in (self.writes, self.reads, self.slow):
            lane.mute()

    def close(self) -> None:
        """End the lanes; what was given to them is done first."""
        for lane in (self.writes, self.reads, self.slow):
            lane.close()
