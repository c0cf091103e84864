"""An import that would raise too many conflicts stops and asks, in the inbox of headquarters and before anything is taken in elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from fieldtool.services import conflicts, exchange, importing, sample, vaults
from fieldtool.services.importing import Imported
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.headquarters import Headquarters
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, settle, shown
from tests.ui.vaults import PASSPHRASE, Made

ANYWAY = "Take them in all the same"


def buttons(panel: object) -> list[Button]:
    """The buttons of a panel that are shown."""
    item = panel.itemAt(panel.count() - 1)  # type: ignore[attr-defined]  # a layout
    return [b for b in item.widget().findChildren(Button) if not b.isHidden()]


def test_the_inbox_leaves_a_flood_of_conflicts_until_the_officer_says_so(
    open_window: OpenWindow, disputed: Made, vault: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    hq, inbox = Path(shutil.copytree(disputed.folder.parent / "hq", tmp_path / "hq")), tmp_path / "inbox"
    inbox.mkdir()
    head = vaults.unlock_vault(vault, PASSPHRASE)
    exchange.export_bundle(head, inbox / "head.ftbundle", to=[sample.HEADQUARTERS])
    head.close()
    window = open_window(hq)
    window.open(Gate().unlock(hq, PASSPHRASE))
    screen = shown(window, "headquarters", qtbot)
    assert isinstance(screen, Headquarters)
    session = screen.desk.session
    screen.take_inbox(inbox, most_conflicts=0)
    settle(window, qtbot)
    assert conflicts.list_conflicts(session, visit=disputed.visit) == []
    assert [b.text() for b in buttons(screen._panel)] == ["Good", ANYWAY]
    buttons(screen._panel)[1].click()
    settle(window, qtbot)
    assert len(conflicts.list_conflicts(session, visit=disputed.visit)) == 1
    assert [b.text() for b in buttons(screen._panel)] == ["Good"]


def test_a_flood_is_not_what_enter_takes_in(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    for count, take in ((importing.MOST_CONFLICTS, "Take them in"), (importing.MOST_CONFLICTS + 1, ANYWAY)):
        found = Imported(Path("team.ftbundle"), "bundle", "Nino", changes=900, conflicts=count)
        screen._show_preview([found.path], [found], None)
        shown_now = buttons(screen._panel)
        assert [b.text() for b in shown_now] == [take, "Leave them out"]
        assert shown_now[0].kind == ("primary" if take != ANYWAY else "plain")
        window.activateWindow()
        assert screen.focusWidget() is (shown_now[0] if take != ANYWAY else shown_now[1])
