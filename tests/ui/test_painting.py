"""What is painted from kept shapes looks as if it were drawn anew, in every script, theme and place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.lettering import BODY, REGULAR, font, metrics
from fieldtool.ui.look.tokens import DARK, LIGHT, colour, theme, use
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle

pytestmark = pytest.mark.usefixtures("dressed")
WORDS = ("Chatham House", "Айгүл Сәрсенова, комиссияның", "ნინო ბერაძე and Inter", "سجل الناخبين ٢٠٢١", "", "fi → 10:30 – “x”")


@pytest.fixture
def light() -> Iterator[None]:
    """The light theme, and after the test whatever was in force."""
    before = theme()
    use(LIGHT)
    yield
    use(before)


def picture(draw: Callable[[QPainter], object], density: float = 1) -> QImage:
    """What `draw` paints on 240 × 40 pixels of the page."""
    made = QImage(int(240 * density), int(40 * density), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(density)
    made.fill(colour("base"))
    painter = QPainter(made)
    draw(painter)
    painter.end()
    return made


def differ(one: QImage, other: QImage) -> int:
    """The largest difference of any channel of any pixel."""
    return max(abs(a - b) for a, b in zip(bytes(one.constBits()), bytes(other.constBits()), strict=True))


@pytest.mark.parametrize("words", WORDS)
def test_a_line_is_painted_as_qt_itself_would(words: str, light: None) -> None:
    box = QRectF(5, 8, 230, 20)

    def plainly(painter: QPainter) -> None:
        painter.setFont(font(BODY, REGULAR))
        painter.setPen(colour("text"))
        painter.drawText(QPointF(box.left(), round(box.center().y() + metrics(BODY, REGULAR).capHeight() / 2)), words)

    assert differ(picture(lambda p: painting.text(p, box, words)), picture(plainly)) == 0


@pytest.mark.parametrize("density", [1, 1.5, 2])
def test_a_mark_is_the_same_the_second_time_wherever_it_stands(density: float, light: None) -> None:
    def marked(mark: glyphs.Mark, x: float) -> QImage:
        return picture(lambda p: glyphs.paint(p, x, 20, mark, 11), density)

    for x in (20.0, 20.5, 33.3):
        for mark in glyphs.POSITION.values():
            assert differ(marked(mark, x), marked(mark, x)) == 0
    assert differ(marked(("ring", "edge"), 20), marked(("dot", "edge"), 20)) > 40
    assert differ(marked(("ring", "edge"), 20), marked(("ring", "edge"), 20.5)) > 5


def test_marks_and_icons_follow_the_theme(light: None) -> None:
    def inks() -> set[str]:
        found = set()
        for draw in (lambda p: glyphs.paint(p, 20, 20, ("dot", "accent"), 24), lambda p: icons.paint(p, 20, 10, "plus", "accent")):
            made = picture(draw)
            found |= {QColor(made.pixel(x, y)).name() for x in range(60) for y in range(40)}
        return found

    by_day = inks()
    use(DARK)
    by_night = inks()
    assert LIGHT.values["accent"].lower() in by_day - by_night
    assert DARK.values["accent"].lower() in by_night - by_day


class Painted(QObject):
    """Names what is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widgets.append(type(watched).__name__)
        return False


def test_a_key_in_the_palette_paints_nothing_of_what_lies_beneath(window: Window, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    frame.finder.open()
    QTest.keyClicks(frame.finder.edit, "registe")
    settle(window, qtbot)
    watch = Painted()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    QTest.keyClick(frame.finder.edit, Qt.Key.Key_R)
    settle(window, qtbot)
    application.removeEventFilter(watch)
    assert "LineEdit" in watch.widgets
    assert {"Visit", "Fact", "Frame", "Sidebar"}.isdisjoint(watch.widgets)
