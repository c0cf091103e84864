"""The open vault: sidebar, screens, commands, palette; makes a screen when it is first asked for and draws none of its content."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import recording, records
from fieldtool.services.screens.frame import FrameModel, frame_model
from fieldtool.ui import words
from fieldtool.ui.commands import Command, Commands
from fieldtool.ui.controls.announce import announce
from fieldtool.ui.controls.layout import column, grow, row
from fieldtool.ui.desk import Desk
from fieldtool.ui.finder import Finder
from fieldtool.ui.lock import IdleWatch
from fieldtool.ui.look.tokens import WIDE_WINDOW
from fieldtool.ui.screens.base import NEXT, Screen
from fieldtool.ui.screens.terms import term
from fieldtool.ui.sidebar import HEADQUARTERS, PLACES, Sidebar
from fieldtool.ui.tour import TOUR_KEY, Guiding
from fieldtool.ui.words import tr

if TYPE_CHECKING:
    from fieldtool.services.session import Session
    from fieldtool.ui.lid import LidWatch
    from fieldtool.ui.preferences import PreferenceFile

UNDONE = {
    "": words.later("Taken back: the last change"),
    "file-note": words.later("Taken back: the note"),
    "save-note": words.later("Taken back: the correction"),
    "file-action": words.later("Taken back: the action point"),
    "merge-notes": words.later("Taken back: the joining of two notes"),
    "move-note": words.later("Taken back: the moving of a note"),
    "delete-note": words.later("Taken back: the deletion"),
    "end-meeting": words.later("Taken back: the end of the meeting"),
    "edit-meeting": words.later("Taken back: the change of the meeting"),
    "resolve": words.later("Taken back: the settlement"),
    "write-finding": words.later("Taken back: the words of the finding"),
    "settle-finding": words.later("Taken back: the state of the finding"),
    "set-status": words.later("Taken back: the official status"),
    "write-dissent": words.later("Taken back: your differing view"),
    "write-section": words.later("Taken back: the text of the section"),
    "comment": words.later("Taken back: the comment"),
    "settle-comment": words.later("Taken back: the settling of a comment"),
    "reopen-comment": words.later("Taken back: the opening of a comment"),
    "undo": words.later("Brought back"),
}
NO_VISIT = "no_visit"
OF_A_VISIT = frozenset({"visit", "meetings", "recommendations", "follow_up", "summary", "meeting_form"})
LEAST = QSize(600, 440)  # below it a screen is panned
PLACE_KEY = "window/place"  # where one was: a draft like any other, so that it is encrypted and survives the lock


def makers(preferences: PreferenceFile) -> dict[str, Callable[[Desk], Screen]]:
    """How each screen is made; its module is imported then."""

    def visit(desk: Desk) -> Screen:
        from fieldtool.ui.screens.visit import Visit

        return Visit(desk)

    def meetings(desk: Desk) -> Screen:
        from fieldtool.ui.screens.meetings import Meetings

        return Meetings(desk)

    def recommendations(desk: Desk) -> Screen:
        from fieldtool.ui.screens.recommendations import Recommendations

        return Recommendations(desk)

    def exchange(desk: Desk) -> Screen:
        from fieldtool.ui.screens.exchange import Exchange

        return Exchange(desk)

    def conflict(desk: Desk) -> Screen:
        from fieldtool.ui.screens.conflict import ConflictPage

        return ConflictPage(desk)

    def follow_up(desk: Desk) -> Screen:
        from fieldtool.ui.screens.follow_up import FollowUp

        return FollowUp(desk)

    def meeting_form(desk: Desk) -> Screen:
        from fieldtool.ui.screens.meeting_form import MeetingForm

        return MeetingForm(desk)

    def headquarters(desk: Desk) -> Screen:
        from fieldtool.ui.screens.headquarters import Headquarters

        return Headquarters(desk)

    def history(desk: Desk) -> Screen:
        from fieldtool.ui.screens.history import History

        return History(desk)

    def settings(desk: Desk) -> Screen:
        from fieldtool.ui.screens.settings import Settings

        return Settings(desk, preferences)

    def summary(desk: Desk) -> Screen:
        from fieldtool.ui.screens.summary import Summary

        return Summary(desk)

    def no_visit(desk: Desk) -> Screen:
        from fieldtool.ui.screens.no_visit import NoVisit

        return NoVisit(desk)

    return {
        "visit": visit,
        "meetings": meetings,
        "recommendations": recommendations,
        "follow_up": follow_up,
        "summary": summary,
        "exchange": exchange,
        "conflict": conflict,
        "meeting_form": meeting_form,
        "headquarters": headquarters,
        "history": history,
        "settings": settings,
        NO_VISIT: no_visit,
    }


class Stack(QStackedWidget):
    """One screen at a time; it needs what that one needs, not the largest ever shown."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(LEAST) if shown else LEAST


class Frame(QWidget):
    """Made after unlocking, taken away at lock. `title_changed` carries the window's title."""

    lock_requested = Signal()
    help_requested = Signal()
    remake_requested = Signal()
    wipe_requested = Signal()
    title_changed = Signal(str)

    def __init__(self, session: Session, preferences: PreferenceFile) -> None:
        super().__init__()
        self.preferences = preferences
        visits = session.visits()
        self.desk = Desk(session, visits[-1].id if visits else None)
        self._before = ""
        self._makers = makers(preferences)
        self.screens: dict[str, Screen] = {}
        self.place = ""
        places = [p for p in PLACES if p.id in self._makers]
        self.sidebar = Sidebar((*places, HEADQUARTERS) if "headquarters" in self._makers and session.is_headquarters() else tuple(places))
        self.stack = Stack()
        self.tour = Guiding(self.desk)
        box = row(self.sidebar, gap=0)
        box.addLayout(column(grow(self.stack), self.tour.strip), 1)
        self.setLayout(box)
        self.commands = Commands(self)
        self.finder = Finder(self, self.desk, self.commands)
        self._idle: IdleWatch | None = None
        self._lid: LidWatch | None = None
        self._connect()

    def _connect(self) -> None:
        side, desk = self.sidebar, self.desk
        side.place_chosen.connect(self.show_screen)
        side.find_requested.connect(self.finder.open)
        side.lock_requested.connect(self.lock_requested)
        side.help_requested.connect(self.help_requested)
        side.settings_requested.connect(lambda: self.show_screen("settings"))
        self.finder.left.connect(self._back_to_screen)
        self.finder.found.connect(lambda: self.tour.witness("find"))
        self.lock_requested.connect(lambda: self.tour.witness("lock"))  # kept before the window closes the vault
        self.tour.place_requested.connect(self.show_screen)
        self.tour.files_requested.connect(self._show_file)
        desk.go_requested.connect(self.show_screen)
        desk.visit_requested.connect(self.show_visit)
        desk.remake_requested.connect(self.remake_requested)
        desk.lock_requested.connect(self.lock_requested)
        desk.wipe_requested.connect(self.wipe_requested)
        desk.refused.connect(self._on_refused)
        desk.saved.connect(self._on_saved)
        desk.bus.changed.connect(self._on_changed)

    def start(self) -> None:
        """Show the place where one was, with the caret where it stood, or the visit."""
        self.desk.read(recording.kept_drafts, self._return_to)

    def _return_to(self, drafts: object) -> None:
        try:
            kept = json.loads(drafts[PLACE_KEY]) if isinstance(drafts, dict) else {}
        except (KeyError, ValueError):
            kept = {}
        screen = str(kept.get("screen", "visit"))
        self.show_screen(screen if screen in self._makers else "visit", str(kept.get("target", "")))
        self.tour.resume(str(drafts.get(TOUR_KEY, "")) if isinstance(drafts, dict) else "")
        self._load_frame()  # behind what the screen asked for: its words matter more

    # ------------------------------------------------------------------------------------------------ screens

    def show_screen(self, wanted: str, target: str = "") -> None:
        """Show a screen, made now if it was not yet; `target` says which record."""
        wanted = wanted or self._before  # a screen without a name of its own is where one came from
        if wanted not in self._makers:
            return
        asked = wanted
        if self.desk.visit is None and wanted in OF_A_VISIT:
            wanted = NO_VISIT
        if wanted != self.place:
            self._before = self.place
        before = self.screens.get(self.place)
        if before is not None and wanted != self.place:
            before.keep()
        if wanted not in self.screens:
            self.screens[wanted] = self._makers[wanted](self.desk)
            self.stack.addWidget(self.screens[wanted])
        screen = self.screens[wanted]
        self.place = wanted
        self.stack.setCurrentWidget(screen)
        self.sidebar.show_place({"conflict": "exchange", "meeting_form": "meetings"}.get(asked, asked))
        self._show_commands(screen)
        if target:
            screen.target(target)
        screen.refresh()
        screen.start()

    def show_visit(self, visit: str) -> None:
        """Show another visit: every screen is made anew for it."""
        for screen in self.screens.values():
            screen.keep()
            screen.deleteLater()
        self.screens, self.place = {}, ""
        self.desk.visit = EntityId(visit)
        self._load_frame()
        self.show_screen("visit")

    def _look_for_a_visit(self) -> None:
        """The first visit may have come with what was just taken in."""

        def found(visits: tuple[EntityId, ...]) -> None:
            if self.desk.visit is not None or not visits:
                return
            self.desk.visit = visits[-1]
            for screen in self.screens.values():
                screen.load_anew()
            if self.place == NO_VISIT:
                self.show_screen("visit")
            self._load_frame()

        self.desk.read(lambda s: tuple(v.id for v in s.visits()), found)

    def _show_file(self, path: Path) -> None:
        from fieldtool.ui.screens.exchange import Exchange

        self.show_screen("exchange")
        screen = self.screens["exchange"]
        if isinstance(screen, Exchange):
            screen.preview([path])

    def _back_to_screen(self) -> None:
        if screen := self.screens.get(self.place):
            screen.start()

    def _show_commands(self, screen: Screen) -> None:
        self.commands.clear()
        self.commands.add(
            *(Command(f"go-{place}", tr("Go to: {place}", place=button.text()), f"Ctrl+{k}", self._goer(place))
              for k, (place, button) in enumerate(self.sidebar.buttons.items(), 1)),
            Command("go-settings", tr("Go to: {place}", place=tr("Settings")), "", self._goer("settings")),
            Command("find", tr("Find anything"), "Ctrl+K", self.finder.open),
            Command("record-next", tr("Record the next meeting"), "Ctrl+N", lambda: self.show_screen("meetings", NEXT)),
            Command("plan-meeting", tr("Plan a new meeting"), "Ctrl+Shift+N", lambda: self.show_screen("meeting_form", "new")),
            Command("undo", tr("Take back the last change of this screen"), "Ctrl+Z", self.undo),
            *([Command("tour", tr("Five-minute tour"), "", self.tour.start)] if self.tour.offered else []),
            Command("help", tr("Help for this screen"), "F1", self.help_requested.emit),
            Command("lock", tr("Lock now"), "Ctrl+L", self.lock_requested.emit),
            *screen.commands(),
        )  # fmt: skip

    def undo(self) -> None:
        """Take back what this screen did last, as a change of its own; once more brings it back. It says what it was."""
        screen, told = self.screens[self.place], list[str]()

        def work(session: Session) -> ChangeSet:
            unit = session.store.last_unit(screen.origin)
            changes = records.undo(session, origin=screen.origin)
            if unit is not None and changes:
                told.append(unit.label)
            return changes

        def done(_changes: ChangeSet) -> None:
            sentence = tr(UNDONE.get(told[0], UNDONE[""])) if told else tr("There is nothing to take back here")
            self.sidebar.say_saved(sentence)
            announce(self, sentence)

        self.desk.write(work, done, screen.refuse)

    def _goer(self, place: str) -> Callable[[], None]:
        return lambda: self.show_screen(place)

    # ------------------------------------------------------------------------------------------------ around them

    def _load_frame(self) -> None:
        visit, language = self.desk.visit, words.language.code
        self.desk.read(lambda s: frame_model(s, visit, language), self._show_frame)

    def _show_frame(self, model: FrameModel) -> None:
        side, visit = self.sidebar, model.visit
        side.visit.say(visit.title if visit else tr("No visit yet"))
        dates = words.span(visit.start, visit.end) if visit and visit.start and visit.end else ""
        side.dates.say(" · ".join(p for p in (visit.reference if visit else "", dates) if p))
        side.user.say(model.user)
        side.role.say(term("card_role", model.role) if model.role else tr("no card yet"))
        counts = {k: (words.number(n) if n else "", False) for k, n in model.counts.items() if k != "conflicts"}
        conflicts = model.counts.get("conflicts", 0)
        counts["exchange"] = (words.number(conflicts) if conflicts else "", conflicts > 0)
        side.show_counts(counts)
        self.title_changed.emit(f"{visit.title} — Fieldtool" if visit else "Fieldtool")

    def _on_changed(self, _changes: ChangeSet) -> None:
        if self.desk.visit is None:
            self._look_for_a_visit()
        self._load_frame()

    def _on_saved(self) -> None:
        self.sidebar.say_saved(tr("Saved {time}", time=words.clock_time(datetime.now())))  # noqa: DTZ005  # the user's own clock

    def _on_refused(self, error: object) -> None:
        if isinstance(error, KnownError):
            self.screens[self.place].refuse(error)

    def tell(self, sentence: str, report: str = "") -> None:
        """Say something under the head of the screen that is shown; a report can be copied there."""
        if self.place:
            self.screens[self.place].notice.tell(sentence, report)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._idle is None:
            self._idle = IdleWatch(self.window().windowHandle(), self.preferences.values)
            self._idle.idle.connect(self.lock_requested)
            self._lid = watch_lid(self)
            if self._lid is not None:
                self._lid.closing.connect(self.lock_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.narrow(self.window().width() < WIDE_WINDOW)
        self.finder.place()

    # ------------------------------------------------------------------------------------------------ going away

    def keep(self) -> None:
        """Make durable what is half written and where one is."""
        for screen in self.screens.values():
            screen.keep()
        shown = self.screens.get(self.place)
        kept = json.dumps({"screen": self.place, "target": shown.kept_target() if shown else ""})
        session = self.desk.session
        self.desk.writes.submit(lambda: recording.keep_draft(session, PLACE_KEY, kept))

    def leave(self) -> None:
        """Stop watching and listening; the screens are useless afterwards."""
        if self._idle is not None:
            self._idle.stop()
        if self._lid is not None:
            self._lid.stop()
        for screen in self.screens.values():
            screen.leave()
        self.commands.clear()
        self.desk.mute()

    def close_vault(self) -> None:
        """Let what is under way end, then close the vault; safe on any thread once `leave` was called."""
        self.desk.close()
        self.desk.session.close()


def watch_lid(frame: QWidget) -> LidWatch | None:
    """The watch of the lid, where this platform's Qt has a bus to ask."""
    try:
        from fieldtool.ui.lid import LidWatch
    except ImportError:  # Qt for Windows and macOS may come without it
        return None
    return LidWatch(frame)
