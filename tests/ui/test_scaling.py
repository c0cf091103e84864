"""On a small screen with large text nothing is cut off: every label and button has the room its words take, or the page can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from fieldtool.ui import words
from fieldtool.ui.controls.labels import Painted
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, settle, shown
from tests.ui.test_screens import ALL

# What 1366 × 768 has left at 150, 200 and 300 per cent.
SMALL = {"150": QSize(911, 512), "200": QSize(683, 384), "300": QSize(455, 256)}


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.language.use(request.param)
    yield request.param
    words.language.use("en")


def cut_off(root: QWidget) -> list[str]:
    """What is visible and has less room than its words take, or stands outside what holds it."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QAbstractButton | QLabel | QLineEdit) or widget.objectName().startswith("qt_"):
            continue
        told = f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}"
        need, have = need_of(widget), widget.size()
        if have.width() < need.width() or have.height() < need.height():
            found.append(f"{told}: {have.toTuple()} of {need.toTuple()}")
        elif outside := beyond(widget, root):
            found.append(f"{told} stands {outside}")
    return found


def need_of(widget: QWidget) -> QSize:
    """The least size at which all its words are seen; painted lines may elide, and keep them in their tooltip."""
    if isinstance(widget, Painted):
        return QSize(min(widget.wanted.width(), 40) if widget.accessibleName() else 0, widget.wanted.height())
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(0, widget.heightForWidth(widget.width()) if widget.text() else 0)
    if isinstance(widget, QLineEdit):
        return QSize(60, widget.fontMetrics().height())
    return widget.sizeHint()


def beyond(widget: QWidget, root: QWidget) -> str:
    """Which of its holders cuts it off where no bar can bring it back."""
    box, holder, inner = QRect(QPoint(0, 0), widget.size()), widget.parentWidget(), widget
    while holder is not None and inner is not root:
        box.translate(inner.pos())
        if isinstance(holder.parentWidget(), QAbstractScrollArea) and not isinstance(holder.parentWidget(), QScrollArea):
            return ""
        scrolls = isinstance(holder.parentWidget(), QScrollArea)  # the holder is its viewport: up and down there is a bar
        if box.left() < 0 or box.right() > holder.width() or (not scrolls and (box.top() < 0 or box.bottom() > holder.height())):
            return f"beyond {type(holder).__name__} {holder.size().toTuple()}: {box.getRect()}"
        if scrolls:
            box.moveTop(0)
            box.setHeight(1)
        inner, holder = holder, holder.parentWidget()
    return ""


@pytest.mark.parametrize("scale", SMALL)
def test_nothing_is_cut_off_on_a_small_screen_with_large_text(window: Window, qtbot: QtBot, language: str, scale: str) -> None:
    window.resize(SMALL[scale])
    assert window.size() == SMALL[scale]
    window.remake()
    qtbot.waitUntil(lambda: window.frame is not None)
    wrong = {}
    for name in ALL:
        shown(window, name, qtbot)
        page = window.page()
        assert page is not None
        for _ in range(5):  # layouts follow each other: a label that wraps makes its column higher
            QApplication.processEvents()
        if found := cut_off(page):
            wrong[name] = found
    assert not wrong


@pytest.mark.parametrize("scale", SMALL)
def test_neither_is_the_page_before_a_vault_is_open(
    open_window: OpenWindow, vault: Path, tmp_path: Path, language: str, scale: str
) -> None:
    for folder, show in ((vault, "show_unlock"), (tmp_path / "none", "show_first_run"), (vault, "show_recovery")):
        window = open_window(folder)
        window.resize(SMALL[scale])
        getattr(window, show)()
        for _ in range(5):
            QApplication.processEvents()
        page = window.page()
        assert page is not None
        assert cut_off(page) == []
        assert page.width() <= max(window.width(), 640)


def test_the_page_follows_the_focus(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "meetings", qtbot)
    window.resize(SMALL["300"])
    settle(window, qtbot)
    window.activateWindow()
    page = window.page()
    assert page is not None
    wanted = [w for w in screen.findChildren(QAbstractButton) if w.isVisible() and w.isEnabled() and w.focusPolicy()]
    assert len(wanted) > 4
    for widget in wanted:
        widget.setFocus()
        seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        assert window.rect().adjusted(0, 0, -10, -10).contains(seen), widget.accessibleName()
    window.resize(1366, 768)
    settle(window, qtbot)
    assert page.geometry() == window.rect()
