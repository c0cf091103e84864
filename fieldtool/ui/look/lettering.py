"""Fonts, sizes and measured strings; loads the bundled faces and caches what is shaped, draws nothing."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from fieldtool import resources

FAMILIES = ("Inter", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans")
CAPTION, SMALL, BODY, READ, VERSION, HEAD, QUOTE, TITLE, DISPLAY = 11, 12, 13, 14, 15, 16, 17, 20, 24
REGULAR, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold
FIRST_FACES = ("Inter-Regular.otf", "Inter-SemiBold.otf")
OTHER_FACES = ("Inter-Medium.otf", "NotoSansGeorgian-Regular.ttf", "NotoSansArmenian-Regular.ttf")


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
    return int(advance(words, px, weight) + 0.999)


@lru_cache(maxsize=8000)
def advance(words: str, px: int, weight: QFont.Weight) -> float:
    """The width of one line in fractions of a pixel."""
    return metrics(px, weight).horizontalAdvance(words)


def forget() -> None:
    """Drop everything measured: after faces were added, the same words have other widths."""
    for cache in (font, metrics, advance):
        cache.cache_clear()
