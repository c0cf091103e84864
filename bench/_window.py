"""Child process of the window's benchmark: one scenario on a real window of a prepared vault; prints its figures as one JSON object.

Arguments: SCENARIO FOLDER ROUNDS. Every figure is in milliseconds but `megabytes`. It saves into the vault it is given: give it a copy.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import sqlcipher3.dbapi2 as cipher
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QTextEdit, QWidget

from bench import median, percentile
from bench._first_paint import resident
from fieldtool.identity import envelope
from fieldtool.services.session import Session
from fieldtool.storage.engine import FILE, connector
from fieldtool.ui import words
from fieldtool.ui.frame import Frame
from fieldtool.ui.gate import Gate, settle_memory
from fieldtool.ui.opening import dress_fully
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.screens.meeting.draft import DraftNote
from fieldtool.ui.screens.meetings import Meetings
from fieldtool.ui.screens.recommendations import Recommendations
from fieldtool.ui.shell import Window
from tests.ui.vaults import PASSPHRASE

WIDE, TALL = 1366, 768
KEYS = "комиссия протокол " * 8
PAUSE = 15  # milliseconds between two keys: faster than anybody types, and autosaving falls in between
NAP = 0.0003  # seconds: a loop without rest would keep the interpreter from the threads that it waits for
BETWEEN = 60  # milliseconds between two keys of a query: a fast typist
QUERIES = ("комиссия", "protocol", "бюллетень", "наблюдат", "court", "register", "сайлау", "кон")
FILTERS = ("commission", "media", "14", "observer", "закон")
Figures = dict[str, float]


class Painted(QObject):
    """Counts the paint events of one widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.times = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.times += 1
        return False


def until(done: Callable[[], bool]) -> None:
    """Let events run until something is so; raises `TimeoutError` after a minute."""
    last = time.monotonic() + 60
    while not done():
        QApplication.processEvents()
        time.sleep(NAP)
        if time.monotonic() > last:
            raise TimeoutError("the window did not come to rest")


def measured(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes, until the display has what was painted."""
    start = time.perf_counter()
    work()
    QGuiApplication.sync()
    return (time.perf_counter() - start) * 1000


def press(widget: QWidget, sign: str) -> None:
    """One key press that types a sign of any script."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


def repaint(widget: QWidget) -> float:
    """One full paint of a widget as it stands."""
    return measured(widget.repaint)


class Stage:
    """A shown window, opened again and again on the same vault without deriving its key anew."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.keys = envelope.unlock(envelope.Envelope.from_bytes((folder / "keys.json").read_bytes()), PASSPHRASE)
        preferences = PreferenceFile(home / "window.conf")
        preferences.change(language="en", theme="light")
        words.language.use("en")
        dress_fully(preferences)
        self.window = Window(folder, Gate(), preferences)
        self.window.resize(WIDE, TALL)
        painted: list[bool] = []
        self.window.painted.connect(lambda: painted.append(True))
        self.window.show()
        until(lambda: bool(painted))

    def session(self) -> Session:
        """The vault, opened with the key that is known already."""
        with mock.patch.object(envelope, "unlock", return_value=self.keys):
            return Gate().unlock(self.folder, PASSPHRASE)

    def open(self) -> Frame:
        """The unlocked window, at rest."""
        self.window.open(self.session())
        self.rest()
        return self.frame

    @property
    def frame(self) -> Frame:
        """What stands in the window while the vault is open."""
        assert self.window.frame is not None
        return self.window.frame

    def rest(self) -> None:
        """Until nothing is asked for any more."""
        desk = self.frame.desk
        for _ in range(3):
            QApplication.processEvents()
            until(lambda: not (desk.reads.busy or desk.writes.busy or desk.slow.busy))

    def close(self) -> None:
        """Lock: the vault is closed."""
        self.window.lock()
        until(lambda: not self.window.lane.busy)

    def show(self, name: str, target: str = "") -> QWidget:
        """A screen, at rest."""
        self.frame.show_screen(name, target)
        self.rest()
        return self.frame.screens[name]


def visit(stage: Stage, rounds: int) -> Figures:
    """From the known key to the painted visit screen; the floor is a bare open of the file and one paint of the same page."""
    taken, bare, pages = list[float](), list[float](), list[float]()
    for number in range(rounds + 1):
        whole = measured(stage.open)
        page = repaint(stage.window)
        if number:  # the first imports the screens
            taken.append(whole)
            pages.append(page)
        stage.close()
        bare.append(measured(lambda: _bare_open(stage)))
    stage.open()
    return {"ours": median(taken), "floor": median(bare) + median(pages), "megabytes": resident()}


def _bare_open(stage: Stage) -> None:
    connection = connector(stage.folder / FILE, stage.keys.vault_key)()
    assert isinstance(connection, cipher.Connection)
    connection.execute("SELECT count(*) FROM record").fetchone()
    connection.close()


def typing(stage: Stage, rounds: int) -> Figures:
    """Each key until its letter is painted, with autosave: a new note in a meeting of 20,000 words, and a note of 20,000 words."""
    desk = stage.open().desk
    assert desk.visit is not None
    meeting = desk.session.store.list_("meeting", visit=desk.visit)[0].id
    screen = stage.show("meetings", meeting)
    assert isinstance(screen, Meetings)
    line = screen.writing.line
    words = [" ".join(["комиссия", "protocol", "law", "сайлау", "court"] * 20) for _ in range(200)]
    bare = QTextEdit()
    bare.setPlainText("\n".join(words))
    bare.resize(line.size())
    bare.show()
    floor = _keys(bare, rounds)
    bare.hide()
    stage.window.activateWindow()
    in_meeting = _keys(line, rounds)
    screen.writing.put(DraftNote(text="\n".join(words), caret=len("\n".join(words))))
    in_note = _keys(line, rounds)
    stage.rest()
    return {"floor": percentile(floor, 95), "meeting": percentile(in_meeting, 95), "note": percentile(in_note, 95)}


def _keys(edit: QTextEdit, rounds: int) -> list[float]:
    edit.setFocus()
    painted, taken = Painted(edit.viewport()), list[float]()
    for key in KEYS[: 20 * rounds]:
        QTest.qWait(PAUSE)
        before = painted.times
        start = time.perf_counter()
        press(edit, key)
        until(lambda: painted.times > before)  # noqa: B023 - called before the next round
        QGuiApplication.sync()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def search(stage: Stage, rounds: int) -> Figures:
    """Each key in the finder until what it finds is painted; the floor is one paint of the same list."""
    frame = stage.open()
    frame.finder.open()
    stage.rest()
    return _answered(stage, frame.finder.edit, frame.finder.list.viewport(), frame.finder.rows, QUERIES, rounds)


def filtering(stage: Stage, rounds: int) -> Figures:
    """Each key in the filter of the recommendations until the table is painted; the floor is one paint of the table."""
    stage.open()
    screen = stage.show("recommendations")
    assert isinstance(screen, Recommendations)
    model = screen.table.model()
    return _answered(stage, screen.filter_edit, screen.table.viewport(), model, FILTERS, rounds)


def _answered(stage: Stage, edit: QWidget, view: QWidget, model: QAbstractItemModel, queries: tuple[str, ...], rounds: int) -> Figures:
    edit.setFocus()
    painted, shown = Painted(view), list[bool]()
    model.modelReset.connect(lambda: shown.append(True))
    taken, floors = list[float](), list[float]()
    for number in range(rounds + 1):
        for query in queries:
            for key in query:
                shown.clear()
                start = time.perf_counter()
                press(edit, key)
                until(lambda: bool(shown))
                before = painted.times
                until(lambda: painted.times > before)  # noqa: B023 - called before the next round
                QGuiApplication.sync()
                if number:
                    taken.append((time.perf_counter() - start) * 1000)
                    floors.append(repaint(view))
                QTest.qWait(BETWEEN)
            QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(edit, Qt.Key.Key_Backspace)
            stage.rest()
    return {"ours": percentile(taken, 95), "floor": percentile(floors, 95)}


def table(stage: Stage, rounds: int) -> Figures:
    """One full paint of the table of recommendations, against Qt's own model and delegate with the same words in the same columns."""
    stage.open()
    screen = stage.show("recommendations")
    assert isinstance(screen, Recommendations)
    ours = screen.table
    model = ours.model()
    theirs = QStandardItemModel(model.rowCount(), model.columnCount())
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            said = model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or model.index(row, column).data()
            theirs.setItem(row, column, QStandardItem(str(said or "")))
    plain = QTableView()
    plain.setModel(theirs)
    plain.setFont(ours.font())
    plain.setWordWrap(True)
    plain.resize(ours.size())
    for column in range(model.columnCount()):
        plain.setColumnWidth(column, ours.columnWidth(column))
    plain.verticalHeader().setDefaultSectionSize(ours.rowHeight(0))
    plain.show()
    QApplication.processEvents()
    floors = [repaint(plain.viewport()) for _ in range(10 * rounds)]
    plain.hide()
    QApplication.processEvents()
    return {"floor": median(floors), "ours": median([repaint(ours.viewport()) for _ in range(10 * rounds)])}


SCENARIOS = {"visit": visit, "typing": typing, "search": search, "filter": filtering, "table": table}


def main() -> None:
    """Play one scenario."""
    name, folder, rounds = sys.argv[1:]
    QApplication([])
    settle_memory()
    with tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as home:
        stage = Stage(Path(folder), Path(home))
        figures = SCENARIOS[name](stage, int(rounds))
        stage.window.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
