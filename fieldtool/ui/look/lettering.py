"""Fonts, sizes and measured strings; loads the bundled faces and caches what is shaped, draws nothing."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from fieldtool import resources

FAMILIES = ("Inter", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans")
CAPTION, SMALL, BODY, READ, VERSION, HEAD, QUOTE, TITLE, DISPLAY = 11, 12, 13, 14, 15, 16, 17, 20, 24
REGULAR, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
FIRST_FACES = ("Inter-Regular.otf",)
OTHER_FACES = ("Inter-Medium.otf", "Inter-SemiBold.otf", "NotoSansGeorgian-Regular.ttf", "NotoSansArmenian-Regular.ttf")


def load_faces(names: tuple[str, ...]) -> None:
    """Register bundled faces with Qt. Raises `FileNotFoundError` when the installation lacks one."""
    for name in names:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", "ui", name)))


@lru_cache(maxsize=64)
def font(px: int = BODY, weight: QFont.Weight = REGULAR) -> QFont:
    """A font of the scale; figures are tabular so that numbers line up."""
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(px)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if px >= TITLE:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return made


@lru_cache(maxsize=64)
def metrics(px: int = BODY, weight: QFont.Weight = REGULAR) -> QFontMetricsF:
    """Metrics of a font of the scale."""
    return QFontMetricsF(font(px, weight))


def width(words: str, px: int = BODY, weight: QFont.Weight = REGULAR) -> int:
    """The width of one line in whole pixels, rounded up."""
    return int(_advance(words, px, weight) + 0.999)


@lru_cache(maxsize=8000)
def _advance(words: str, px: int, weight: QFont.Weight) -> float:
    return metrics(px, weight).horizontalAdvance(words)


@lru_cache(maxsize=8000)
def fitted(words: str, px: int, weight: QFont.Weight, room: int) -> tuple[str, float]:
    """The line as it fits into `room` pixels, elided where it must be, and its width."""
    if _advance(words, px, weight) > room + 1:
        words = metrics(px, weight).elidedText(words, Qt.TextElideMode.ElideRight, room)
    return words, _advance(words, px, weight)


def forget() -> None:
    """Drop everything measured: after faces were added, the same words have other widths."""
    for cache in (font, metrics, _advance, fitted):
        cache.cache_clear()
