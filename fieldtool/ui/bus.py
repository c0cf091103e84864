"""Announces what a unit of work touched, after its commit; screens decide whether it concerns them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fieldtool.domain.changes import ChangeSet


class ChangeBus(QObject):
    """One per open vault. `changed` carries a `ChangeSet`; an empty one is never announced."""

    changed = Signal(object)

    def announce(self, changes: ChangeSet) -> None:
        """Tell every screen."""
        if changes:
            self.changed.emit(changes)
