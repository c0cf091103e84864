"""Colours, spaces and sizes by role, and which theme is in force; asked at paint time and never stored by a control."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtGui import QColor

XS, S, M, L, XL = 4, 8, 12, 16, 24  # the scale of spaces
INSET, ROW, ROW2, CONTROL, HEADER, SIDEBAR, RAIL = 20, 28, 46, 30, 56, 208, 57
R_CHIP, R_CONTROL, R_POPUP, CHIP_H = 4, 6, 8, 18
WIDE_WINDOW = 1320  # below it the sidebar shrinks to a rail

Role = Literal[
    "window", "base", "raised", "sunken", "hover", "quiet", "tint", "line", "line_strong", "edge",
    "text", "text2", "text3",
    "accent", "accent_hover", "on_accent", "ok", "ok_tint", "warn", "warn_tint", "bad", "bad_tint", "other", "other_tint",
    "shadow", "paper",
]  # fmt: skip

_ROLES: dict[Role, tuple[str, str, str, str]] = {  # role: (light, dark, dark and light in high contrast)
    "window": ("#F4F5F7", "#16181B", "#000000", "#FFFFFF"), "base": ("#FFFFFF", "#1D2024", "#000000", "#FFFFFF"),
    "raised": ("#FFFFFF", "#272B30", "#000000", "#FFFFFF"), "sunken": ("#F5F6F8", "#24282D", "#0A0A0A", "#FAFAFA"),
    "hover": ("#F1F3F6", "#24282D", "#1C1C1C", "#EDEDED"), "quiet": ("#ECEEF2", "#2B3036", "#1C1C1C", "#F0F0F0"),
    "tint": ("#E6EEF8", "#21344D", "#00264D", "#D9E8FF"), "line": ("#E6E8EC", "#2C3036", "#8C8C8C", "#707070"),
    "line_strong": ("#CFD3DA", "#3D434B", "#BDBDBD", "#404040"), "edge": ("#868D98", "#7A828D", "#FFFFFF", "#000000"),
    "text": ("#1A1D22", "#DEE2E7", "#FFFFFF", "#000000"), "text2": ("#525963", "#AEB4BD", "#FFFFFF", "#000000"),
    "text3": ("#636A75", "#959CA7", "#E0E0E0", "#2E2E2E"), "accent": ("#1F5AA6", "#86B3F0", "#8CC8FF", "#003D8F"),
    "accent_hover": ("#194A8A", "#A3C6F6", "#C2E2FF", "#002861"), "on_accent": ("#FFFFFF", "#0D1B2E", "#000000", "#FFFFFF"),
    "ok": ("#1C7247", "#72C799", "#7CFFB0", "#00451F"), "ok_tint": ("#E3F2E9", "#1D3528", "#002B12", "#DDF6E6"),
    "warn": ("#8A5200", "#E2B26A", "#FFD21F", "#5E3500"), "warn_tint": ("#FAEFDB", "#3A2E1A", "#332900", "#FFF1CF"),
    "bad": ("#B0342C", "#F29488", "#FF9A8F", "#85000F"), "bad_tint": ("#FBE9E7", "#442622", "#3D0A05", "#FFE7E4"),
    "other": ("#773B8A", "#D3A8E2", "#F0B8FF", "#561070"), "other_tint": ("#F3E8F7", "#392A41", "#33003D", "#F7E6FF"),
    "shadow": ("#1A1D22", "#000000", "#000000", "#000000"), "paper": ("#FFFFFF", "#EDEEEF", "#FFFFFF", "#FFFFFF"),
}  # fmt: skip


class Theme:
    """One complete set of colours; `dark` names its family, `high` says that lines stand where others have shades alone.

    A plain class: the first paint needs it.
    """

    __slots__ = ("dark", "high", "name", "values")

    def __init__(self, name: str, dark: bool, values: Mapping[Role, str], high: bool = False) -> None:
        self.name, self.dark, self.values, self.high = name, dark, values, high


LIGHT = Theme("light", False, {role: v[0] for role, v in _ROLES.items()})
DARK = Theme("dark", True, {role: v[1] for role, v in _ROLES.items()})
HIGH_DARK = Theme("dark, high contrast", True, {role: v[2] for role, v in _ROLES.items()}, high=True)
HIGH_LIGHT = Theme("light, high contrast", False, {role: v[3] for role, v in _ROLES.items()}, high=True)
THEMES = {t.name: t for t in (LIGHT, DARK, HIGH_LIGHT, HIGH_DARK)}


def theme_of(dark: bool, high: bool) -> Theme:
    """The theme of a family, in the contrast asked for."""
    return (HIGH_DARK if dark else HIGH_LIGHT) if high else DARK if dark else LIGHT


class _InForce:
    """The theme that painting asks; there is one screen surface per process, hence one of these."""

    def __init__(self) -> None:
        self.theme = LIGHT
        self.inks: dict[Role, QColor] = {}

    def use(self, theme: Theme) -> None:
        self.theme = theme
        self.inks = {}


_in_force = _InForce()


def theme() -> Theme:
    """The theme in force."""
    return _in_force.theme


def use(new: Theme) -> None:
    """Put a theme in force; what is painted from now on asks it."""
    _in_force.use(new)


def colour(role: Role) -> QColor:
    """The colour of a role in the theme in force; do not change the returned object."""
    ink = _in_force.inks.get(role)
    if ink is None:
        ink = _in_force.inks[role] = QColor(_in_force.theme.values[role])
    return ink


def tint_of(role: Role) -> Role:
    """The pale ground that belongs to a strong colour."""
    grounds: dict[Role, Role] = {"accent": "tint", "ok": "ok_tint", "warn": "warn_tint", "bad": "bad_tint", "other": "other_tint"}
    return grounds.get(role, "quiet")
