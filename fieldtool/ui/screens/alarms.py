"""Copied and restored vaults, said calmly above a page for as long as it is so; nobody puts them away, and nothing is mended here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.services.alarms import Alarm, AlarmKind, alarms
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, icon, paragraph
from fieldtool.ui.controls.layout import FIXED, PREFERRED, Item, Surface, column, row
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, M
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.words import tr


class Alarms(QWidget):
    """A strip for each alarm of the open visit, or with `whole` of every visit; it asks again whenever it is shown or something changes."""

    def __init__(self, desk: Desk, whole: bool = False) -> None:
        super().__init__()
        self._desk, self._whole = desk, whole
        self.shown: tuple[Alarm, ...] = ()
        self._strips = QVBoxLayout(self)
        self._strips.setContentsMargins(0, 0, 0, 0)
        self._strips.setSpacing(0)
        self.setSizePolicy(PREFERRED, FIXED)
        desk.bus.changed.connect(self._on_changed)

    def load(self) -> None:
        """Ask what is to be told now."""
        visit = None if self._whole else self._desk.visit
        self._desk.read(lambda s: alarms(s, visit), self.show_alarms)

    def show_alarms(self, found: Sequence[Alarm]) -> None:
        """Show these; a new one is spoken, too."""
        if tuple(found) == self.shown:
            return
        for alarm in found:
            if alarm not in self.shown:
                announce(self, " ".join(sentences(alarm)))
        self.shown = tuple(found)
        clear(self._strips)
        for alarm in found:
            self._strips.addWidget(self._strip(alarm))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def _on_changed(self, _changes: ChangeSet) -> None:
        if self.isVisible():
            self.load()

    def _strip(self, alarm: Alarm) -> QWidget:
        title, advice = sentences(alarm)
        where = [Line(f"{alarm.installation} · {alarm.words}", SMALL, REGULAR, "text2")] if alarm.installation else []
        told = column(row(Line(title, BODY, MEDIUM, fit=True), *where, *([] if where else [None])), paragraph(advice, SMALL))
        items: list[Item] = [icon("warn", "warn"), told]
        if alarm.kind is AlarmKind.RESTORED and alarm.visit == self._desk.visit:
            way = Button(tr("Hand everything over…"), "page", name=tr("Hand everything over to {name}", name=alarm.name))
            way.clicked.connect(partial(self._desk.go, "exchange", f"everything:{alarm.name}"))
            items.append(way)
        made = Surface("warn_tint", "b", layout=row(*items, margins=(INSET, XS, M, XS)))
        made.setAccessibleName(f"{title}. {advice}")
        return made


def sentences(alarm: Alarm) -> tuple[str, str]:
    """What happened, and what to do, in the user's language."""
    name = alarm.name or alarm.words
    if alarm.kind is AlarmKind.FORKED and alarm.ours:
        return (
            tr("Two copies of your vault are in use"),
            tr("What both wrote is kept. Go on with one of them only, hand over what the other has, and wipe it there."),
        )
    if alarm.kind is AlarmKind.FORKED:
        return (
            tr("Two copies of the vault of {name} are in use", name=name),
            tr("What both wrote is kept. Ask {name} to go on with one, to hand over what the other has, and to wipe it.", name=name),
        )
    if alarm.kind is AlarmKind.RESTORED:
        return (
            tr("The vault of {name} was restored from a backup", name=name),
            tr("It lacks %n part(s) that are here. Hand everything over to {name} once more.", alarm.parts, name=name),
        )
    if alarm.kind is AlarmKind.BEHIND:
        return (
            tr("This vault lacks what it had"),
            tr("It was restored from a backup, or a copy of it went on elsewhere. What you write is safe. Ask a colleague for everything."),
        )
    return (
        tr("This vault was not open on this computer before"),
        tr("If another copy of it is in use, go on with one of them only, and wipe the other."),
    )
