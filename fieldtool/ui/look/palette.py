"""Switches the whole window's theme by one palette; sets no stylesheet and no style."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fieldtool.ui.look import tokens
from fieldtool.ui.look.accent import with_accent
from fieldtool.ui.look.system import dark_by_palette, high_by_theme
from fieldtool.ui.look.tokens import Role, Theme, theme_of

_R = QPalette.ColorRole
# Labels take their ink by palette role (text2 in LinkVisited, text3 in PlaceholderText), so that one setPalette does the switch.
_ROLES: dict[QPalette.ColorRole, Role] = {
    _R.Window: "window", _R.WindowText: "text", _R.Base: "base", _R.AlternateBase: "sunken", _R.Text: "text", _R.Button: "base",
    _R.ButtonText: "text", _R.BrightText: "bad", _R.PlaceholderText: "text3", _R.Highlight: "accent", _R.HighlightedText: "on_accent",
    _R.Accent: "accent", _R.Link: "accent", _R.LinkVisited: "text2", _R.ToolTipBase: "raised", _R.ToolTipText: "text", _R.Light: "raised",
    _R.Midlight: "hover", _R.Mid: "line_strong", _R.Dark: "edge", _R.Shadow: "shadow",
}  # fmt: skip


def palette_of(theme: Theme) -> QPalette:
    """Every palette role from the tokens."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(theme.values[token]))
    for role in (_R.WindowText, _R.Text, _R.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.values["text3"]))
    return palette


def apply(application: QApplication, wanted: str, system_accent: bool = False, contrast: str = "") -> None:
    """Put a theme in force, light or dark or what the system asks for: tokens for what paints itself, the palette for Qt's own widgets.

    `system_accent` takes the system's accent colour in place of the program's own. `contrast` is high, normal or what the system asks for.
    """
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(wanted, Qt.ColorScheme.Unknown)
    # On bare X11 the colour scheme does nothing, elsewhere it turns title bars and native menus.
    QGuiApplication.styleHints().setColorScheme(scheme)
    application.setPalette(QPalette())  # the system's own shows through: its accent, and its contrast
    high = contrast == "high" or (not contrast and system_contrast())
    chosen = theme_of(wanted == "dark" or (wanted != "light" and system_dark()), high)
    if system_accent:
        chosen = with_accent(chosen, QGuiApplication.palette().color(QPalette.ColorRole.Accent))
    tokens.use(chosen)
    application.setPalette(palette_of(tokens.theme()))


def system_dark() -> bool:
    """Whether the system asks for dark; where it says nothing, its own palette does."""
    asked = QGuiApplication.styleHints().colorScheme()
    return asked is Qt.ColorScheme.Dark or (asked is Qt.ColorScheme.Unknown and dark_by_palette(QGuiApplication.palette()))


def system_contrast() -> bool:
    """Whether the system asks for high contrast: in so many words where it can, else by its theme."""
    hints = QGuiApplication.styleHints()
    asked = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    return asked or high_by_theme(QGuiApplication.palette())
