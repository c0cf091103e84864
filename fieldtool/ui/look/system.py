"""What the system's own palette and theme say of dark and of contrast; asks as little of Qt as the first frame may."""

from __future__ import annotations

import os

from PySide6.QtGui import QPalette


def dark_by_palette(palette: QPalette) -> bool:
    """Whether a palette has a dark ground."""
    return palette.window().color().lightness() < 128


def high_by_theme(palette: QPalette) -> bool:
    """Whether the desktop's theme is one of high contrast: by its name, or because it is nothing but black and white.

    Ordinary themes soften the ground, the ink or both.
    """
    if "highcontrast" in os.environ.get("GTK_THEME", "").replace("-", "").lower():
        return True
    return {palette.window().color().name(), palette.windowText().color().name()} == {"#000000", "#ffffff"}
