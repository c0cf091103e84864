"""The system's accent colour made fit for a theme: as near as words on it and beside it can still be read; asks no widget."""

from __future__ import annotations

from PySide6.QtGui import QColor

from fieldtool.ui.look.tokens import Role, Theme

READABLE = 4.5  # WCAG 2.2, text of any size
_STEPS = 100


def with_accent(theme: Theme, wanted: QColor) -> Theme:
    """The theme with another accent; high contrast keeps its own. Its name tells it apart from the theme it came from."""
    if theme.high or not wanted.isValid():
        return theme
    values = dict(theme.values)
    base = QColor(values["base"])
    tint = _tint(wanted, base, QColor(values["text2"]), 0.24 if theme.dark else 0.11)
    grounds: tuple[Role, ...] = ("base", "sunken", "window", "raised")
    accent = _readable(wanted, [*(QColor(values[role]) for role in grounds), tint], lighter=theme.dark)
    on_accent = QColor("#0B0D10" if theme.dark else "#FFFFFF")
    values["accent"], values["tint"], values["on_accent"] = accent.name(), tint.name(), on_accent.name()
    values["accent_hover"] = _mixed(QColor("#FFFFFF" if theme.dark else "#000000"), accent, 0.2).name()
    return Theme(f"{theme.name} {accent.name()}", theme.dark, values)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(ink: QColor) -> float:
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (ink.redF(), ink.greenF(), ink.blueF())]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _mixed(ink: QColor, ground: QColor, share: float) -> QColor:
    pairs = zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]  # the stub says object
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


def _tint(wanted: QColor, base: QColor, ink: QColor, share: float) -> QColor:
    """As much of the wanted colour on the page as the grey words on it bear."""
    while share > 0 and contrast(ink, _mixed(wanted, base, share)) < READABLE:
        share -= 0.02
    return _mixed(wanted, base, max(share, 0))


def _readable(wanted: QColor, grounds: list[QColor], lighter: bool) -> QColor:
    """The wanted colour, moved towards white or black until it can be read on every ground."""
    goal = QColor("#FFFFFF" if lighter else "#000000")
    for step in range(_STEPS + 1):
        ink = _mixed(goal, wanted, step / _STEPS)
        if all(contrast(ink, ground) >= READABLE for ground in grounds):
            return ink
    return goal
