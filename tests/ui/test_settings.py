"""Settings that are in force at once, colours that stay readable, and the two acts that nobody should do by mistake."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool import app
from fieldtool.domain.errors import KnownError
from fieldtool.services import exchange, importing, sample, upkeep, vaults
from fieldtool.ui import words
from fieldtool.ui.controls.labels import Line
from fieldtool.ui.gate import Gate
from fieldtool.ui.look import palette, tokens
from fieldtool.ui.look.accent import contrast, with_accent
from fieldtool.ui.look.system import high_by_theme
from fieldtool.ui.look.tokens import DARK, HIGH_DARK, LIGHT, Role, Theme
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.screens.border import SEAL, WIPE
from fieldtool.ui.screens.first_run import FirstRun
from fieldtool.ui.screens.settings import Settings, place
from fieldtool.ui.screens.unlock import Unlock
from fieldtool.ui.shell import Window
from tests.ui.conftest import settle, shown
from tests.ui.vaults import PASSPHRASE, Made

HUES = [QColor.fromHsv(hue, s, v).name() for hue in range(0, 360, 30) for s, v in ((255, 255), (255, 90), (60, 255), (0, 128))]
EXTREMES = ["#000000", "#ffffff", "#ffff00", "#0000ff", "#7f7f7f"]


# ------------------------------------------------------------------------------------------------------------ colours


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("wanted", [*HUES, *EXTREMES])
def test_any_accent_of_the_system_can_be_read(theme: Theme, wanted: str) -> None:
    values = with_accent(theme, QColor(wanted)).values
    pairs: list[tuple[Role, Role]] = [("accent", g) for g in ("base", "sunken", "window", "raised", "tint")]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("text", "tint"), ("text2", "tint")]
    faint = {pair: round(c, 2) for pair in pairs if (c := contrast(QColor(values[pair[0]]), QColor(values[pair[1]]))) < 4.5}
    assert not faint


def test_an_accent_that_can_be_read_is_left_as_it_is() -> None:
    assert with_accent(LIGHT, QColor("#7a1fa2")).values["accent"] == "#7a1fa2"


def test_high_contrast_and_a_colour_that_is_none_change_nothing() -> None:
    assert with_accent(HIGH_DARK, QColor("#ff0000")) is HIGH_DARK
    assert with_accent(DARK, QColor()) is DARK


def test_the_systems_accent_is_taken_and_given_back(dressed: QApplication) -> None:
    palette.apply(dressed, "light", system_accent=True)
    try:
        assert tokens.theme().values["accent"] != LIGHT.values["accent"]
        palette.apply(dressed, "light", system_accent=True)
        again = tokens.theme().name
    finally:
        palette.apply(dressed, "light")
    assert again != "light"
    assert tokens.theme() is LIGHT


def system(window: str, ink: str) -> QPalette:
    """The palette of a desktop's theme."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.Window, QColor(window))
    made.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    return made


@pytest.mark.parametrize(
    ("window", "ink", "gtk", "high"),
    [("#000000", "#ffffff", "", True), ("#ffffff", "#000000", "", True), ("#ffffff", "#1a1a1a", "", False),
     ("#efefef", "#000000", "", False),
     ("#ffffff", "#ffffff", "", False), ("#f6f5f4", "#2e3436", "HighContrast", True), ("#f6f5f4", "#2e3436", "high-contrast:dark", True),
     ("#f6f5f4", "#2e3436", "Adwaita:dark", False)],
)  # fmt: skip
def test_a_desktops_theme_of_high_contrast_is_noticed(window: str, ink: str, gtk: str, high: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTK_THEME", gtk)
    assert high_by_theme(system(window, ink)) is high


@pytest.mark.parametrize("wanted", ["light", "dark"])
def test_high_contrast_is_a_choice_of_its_own_and_the_system_is_followed(
    dressed: QApplication, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        palette.apply(dressed, wanted, contrast="high")
        assert (tokens.theme().high, tokens.theme().dark) == (True, wanted == "dark")
        palette.apply(dressed, wanted)
        assert not tokens.theme().high
        monkeypatch.setenv("GTK_THEME", "HighContrast")
        palette.apply(dressed, wanted)
        assert (tokens.theme().high, tokens.theme().dark) == (True, wanted == "dark")
        palette.apply(dressed, wanted, contrast="normal")
        assert not tokens.theme().high
    finally:
        palette.apply(dressed, "light")


def test_contrast_is_changed_at_once_and_remembered(window: Window, qtbot: QtBot, preferences: PreferenceFile) -> None:
    screen = shown(window, "settings", qtbot)
    assert isinstance(screen, Settings)
    try:
        screen.contrast.group.button(2).click()
        assert tokens.theme().name == "light, high contrast"
        assert preferences.values.contrast == "high"
    finally:
        screen.contrast.group.button(1).click()
    assert tokens.theme() is LIGHT


@pytest.mark.parametrize("wanted", ["", "chartreuse", "SYSTEM "])
def test_what_a_damaged_file_asks_for_counts_as_the_first(wanted: str) -> None:
    assert place(("", "system"), wanted) == 0


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("family", ["Inter", "Noto Sans Georgian", "Noto Sans Armenian"])
def test_faces_of_every_script_come_with_the_window(family: str) -> None:
    assert family in QFontDatabase.families()


# ------------------------------------------------------------------------------------------------------------ size, language


@pytest.mark.parametrize(
    ("asked", "percent", "scale"), [("", 100, None), ("", 125, "1.25"), ("2", 100, "2.0"), ("2", 150, "3.0"), ("broken", 110, "1.1")]
)
def test_the_size_of_text_comes_on_top_of_the_sessions_and_goes_again(
    monkeypatch: pytest.MonkeyPatch, asked: str, percent: int, scale: str | None
) -> None:
    monkeypatch.delenv(app.SCALE, raising=False)
    monkeypatch.setenv("QT_SCALE_FACTOR", asked)
    app.scale(percent)
    assert os.environ.get("QT_SCALE_FACTOR") == scale
    app.scale(150)  # the process that takes over at a lock inherits both
    app.scale(percent)
    assert os.environ.get("QT_SCALE_FACTOR") == scale


def settings(window: Window, qtbot: QtBot) -> Settings:
    screen = shown(window, "settings", qtbot)
    assert isinstance(screen, Settings)
    return screen


def test_another_language_is_in_force_at_once_and_one_stays_where_one_was(window: Window, qtbot: QtBot) -> None:
    screen = settings(window, qtbot)
    before = window.frame
    try:
        screen._on_language("ru")
        qtbot.waitUntil(lambda: window.frame is not None and window.frame is not before and window.frame.place != "", timeout=10_000)
        settle(window, qtbot)
        assert window.frame is not None
        assert window.frame.place == "settings"
        heads = [line.words() for line in window.frame.screens["settings"].findChildren(Line)]
        assert "Настройки" in heads
    finally:
        words.language.use("en")


def test_a_larger_text_offers_the_lock_that_it_takes(window: Window, qtbot: QtBot, preferences: PreferenceFile) -> None:
    screen = settings(window, qtbot)
    assert not screen._lock_now.isVisible()
    screen._size.group.button(3).click()
    assert screen._lock_now.isVisible()
    assert preferences.values.text_size == 125
    with qtbot.waitSignal(screen.desk.lock_requested):
        screen._lock_now.click()
    qtbot.waitUntil(lambda: not window.lane.busy, timeout=20_000)


# ------------------------------------------------------------------------------------------------------------ border


def test_sealing_says_what_comes_of_it_and_wants_the_passphrase(window: Window, qtbot: QtBot, vault: Path) -> None:
    border = settings(window, qtbot).border
    border.ask(SEAL)
    assert border.panel is not None
    assert "opens nothing" in border.panel.accessibleName()
    border.go.click()
    assert "passphrase first" in border.refusal.words()
    border.passphrase.edit.setText("not this one")
    border.go.click()
    qtbot.waitUntil(lambda: "does not open" in border.refusal.words(), timeout=10_000)
    assert not upkeep.is_sealed(vault)
    assert window.frame is not None
    border.passphrase.edit.setText(PASSPHRASE)
    border.go.click()
    qtbot.waitUntil(lambda: window.frame is None and not window.lane.busy, timeout=20_000)
    assert isinstance(window.page(), Unlock)
    assert upkeep.is_sealed(vault)
    with pytest.raises(KnownError, match="sealed"):
        Gate().unlock(vault, PASSPHRASE)


def test_a_vault_with_unconfirmed_words_is_not_wiped(window: Window, qtbot: QtBot, vault: Path) -> None:
    border = settings(window, qtbot).border
    border.ask(WIPE)
    border.passphrase.edit.setText(PASSPHRASE)
    border.go.click()
    qtbot.waitUntil(lambda: "has not confirmed everything" in border.refusal.words(), timeout=10_000)
    assert Gate().exists(vault)
    assert border.isEnabled()


def test_what_headquarters_has_confirmed_may_be_wiped(window: Window, qtbot: QtBot, vault: Path, disputed: Made, tmp_path: Path) -> None:
    confirm_everything(window, vault, disputed, tmp_path)
    border = settings(window, qtbot).border
    border.ask(WIPE)
    border.passphrase.edit.setText("not this one")
    border.go.click()
    qtbot.waitUntil(lambda: "does not open" in border.refusal.words(), timeout=10_000)
    assert Gate().exists(vault)
    border.passphrase.edit.setText(PASSPHRASE)
    border.go.click()
    qtbot.waitUntil(lambda: isinstance(window.page(), FirstRun), timeout=20_000)
    assert [p.name for p in vault.iterdir() if p.name != "vault.lock"] == []


def confirm_everything(window: Window, vault: Path, disputed: Made, tmp_path: Path) -> None:
    """The head hands over, headquarters takes it in, its receipt comes back."""
    assert window.frame is not None
    session, bundle, receipt = window.frame.desk.session, tmp_path / "all.ftbundle", tmp_path / "all.ftreceipt"
    exchange.export_bundle(session, bundle, to=[sample.HEADQUARTERS], visit=disputed.visit)
    hq = vaults.unlock_vault(Path(shutil.copytree(disputed.folder.parent / "hq", tmp_path / "hq")), PASSPHRASE)
    importing.import_file(hq, bundle)
    exchange.export_receipt(hq, receipt, to=[sample.HEAD], visit=disputed.visit)
    hq.close()
    importing.import_file(session, receipt)


def test_stepping_back_leaves_everything_as_it_was(window: Window, qtbot: QtBot, vault: Path) -> None:
    border = settings(window, qtbot).border
    border.ask(SEAL)
    border.ask(WIPE)
    border._on_away()
    assert border.panel is None
    assert not upkeep.is_sealed(vault)
    assert Gate().exists(vault)
