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

_ROLES: dict[Role, tuple[str, str, str]] = {  # role: (light, dark, high contrast)
    "window": ("#F4F5F7", "#16181B", "#000000"), "base": ("#FFFFFF", "#1D2024", "#000000"),
    "raised": ("#FFFFFF", "#272B30", "#000000"), "sunken": ("#F5F6F8", "#24282D", "#0A0A0A"),
    "hover": ("#F1F3F6", "#24282D", "#1C1C1C"), "quiet": ("#ECEEF2", "#2B3036", "#1C1C1C"),
    "tint": ("#E6EEF8", "#21344D", "#00264D"), "line": ("#E6E8EC", "#2C3036", "#8C8C8C"),
    "line_strong": ("#CFD3DA", "#3D434B", "#BDBDBD"), "edge": ("#868D98", "#7A828D", "#FFFFFF"),
    "text": ("#1A1D22", "#DEE2E7", "#FFFFFF"), "text2": ("#525963", "#AEB4BD", "#FFFFFF"),
    "text3": ("#636A75", "#959CA7", "#E0E0E0"), "accent": ("#1F5AA6", "#86B3F0", "#8CC8FF"),
    "accent_hover": ("#194A8A", "#A3C6F6", "#C2E2FF"), "on_accent": ("#FFFFFF", "#0D1B2E", "#000000"),
    "ok": ("#1C7247", "#72C799", "#7CFFB0"), "ok_tint": ("#E3F2E9", "#1D3528", "#002B12"),
    "warn": ("#8A5200", "#E2B26A", "#FFD21F"), "warn_tint": ("#FAEFDB", "#3A2E1A", "#332900"),
    "bad": ("#B0342C", "#F29488", "#FF9A8F"), "bad_tint": ("#FBE9E7", "#442622", "#3D0A05"),
    "other": ("#773B8A", "#D3A8E2", "#F0B8FF"), "other_tint": ("#F3E8F7", "#392A41", "#33003D"),
    "shadow": ("#1A1D22", "#000000", "#000000"), "paper": ("#FFFFFF", "#EDEEEF", "#FFFFFF"),
}  # fmt: skip


class Theme:
    """One complete set of colours; `dark` names the family it belongs to. A plain class: the first paint needs it."""

    __slots__ = ("dark", "name", "values")

    def __init__(self, name: str, dark: bool, values: Mapping[Role, str]) -> None:
        self.name, self.dark, self.values = name, dark, values


LIGHT = Theme("light", False, {role: v[0] for role, v in _ROLES.items()})
DARK = Theme("dark", True, {role: v[1] for role, v in _ROLES.items()})
CONTRAST = Theme("contrast", True, {role: v[2] for role, v in _ROLES.items()})
THEMES = {t.name: t for t in (LIGHT, DARK, CONTRAST)}


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
