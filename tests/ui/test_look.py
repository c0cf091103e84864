"""Colours that can be told apart, icons that parse, fonts that are what they say, and no stylesheet of the application."""

from __future__ import annotations

import ast
from itertools import product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from fieldtool import resources
from fieldtool.ui.look import glyphs, icons, lettering, painting
from fieldtool.ui.look.tokens import THEMES, Role, Theme

SOURCES = Path(__file__).resolve().parents[2] / "fieldtool" / "ui"
PAGES: tuple[Role, ...] = ("window", "base", "raised", "sunken", "hover", "quiet", "tint")
STRONG: tuple[Role, ...] = ("accent", "ok", "warn", "bad", "other")
TEXTS: tuple[Role, ...] = ("text", "text2")
FAINT: tuple[Role, ...] = ("text3",)
WELLS: tuple[Role, ...] = ("base", "sunken")
EDGES: tuple[Role, ...] = ("edge", *STRONG)
TINTS: dict[Role, Role] = {"accent": "tint", "ok": "ok_tint", "warn": "warn_tint", "bad": "bad_tint", "other": "other_tint"}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    ink = QColor(colour)
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (ink.redF(), ink.greenF(), ink.blueF())]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG 2.2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS: list[tuple[Role, Role]] = [
    *product(TEXTS, PAGES),
    *product(FAINT, PAGES[:5]),
    *product(STRONG, WELLS),
    *((ink, ground) for ink, ground in TINTS.items()),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    *product(TEXTS[:1], TINTS.values()),
]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_words_can_be_read_on_every_ground_they_may_stand_on(theme: Theme) -> None:
    values = theme.values
    faint = {
        f"{ink} on {ground}": round(c, 2)
        for ink, ground in PAIRS
        if (c := contrast(values[ink], values[ground])) < (7 if theme.high else 4.5)
    }
    assert not faint


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_edges_and_glyphs_can_be_seen(theme: Theme) -> None:
    values = theme.values
    seen: tuple[Role, ...] = (*EDGES, "line", "line_strong") if theme.high else EDGES  # there, a hairline means something
    least = 4.5 if theme.high else 3
    faint = {f"{i} on {g}": c for i, g in product(seen, (*WELLS, *PAGES[:1])) if (c := contrast(values[i], values[g])) < least}
    assert not faint


@pytest.mark.parametrize("name", icons.PATHS)
def test_an_icon_stays_within_its_grid(name: str, qapp: QApplication) -> None:
    box = icons.path(name).boundingRect()
    assert box.width() > 2
    assert box.left() >= 0.5
    assert box.top() >= 0.5
    assert box.right() <= 15.5
    assert box.bottom() <= 15.5


def test_each_position_has_a_shape_of_its_own() -> None:
    shapes = [shape for shape, _ in glyphs.POSITION.values()]
    assert len(set(shapes)) == len(shapes)
    ledger = [shape for shape, _ in glyphs.LEDGER.values()]
    assert len(set(ledger)) == len(ledger)


@pytest.mark.parametrize(("face", "weight"), [("Inter-Regular.otf", 400), ("Inter-Medium.otf", 500), ("Inter-SemiBold.otf", 600)])
def test_a_face_keeps_its_family_and_weight(face: str, weight: int) -> None:
    font = TTFont(resources.path("fonts", "ui", face))
    typographic = font["name"].getDebugName(16) or font["name"].getDebugName(1)
    assert (typographic, font["OS/2"].usWeightClass) == ("Inter", weight)


@pytest.mark.parametrize("letters", ["Marković", "Айгүл Сәрсенова", "Ελληνικά", "↑ ↓ – “ ” …"])
def test_inter_has_the_letters(letters: str) -> None:
    known = TTFont(resources.path("fonts", "ui", "Inter-Regular.otf")).getBestCmap()
    assert [c for c in letters if c != " " and ord(c) not in known] == []


@pytest.mark.parametrize(
    ("face", "letters"), [("NotoSansGeorgian-Regular.ttf", "ნინო ბერაძე"), ("NotoSansArmenian-Regular.ttf", "Անի Հակոբյան")]
)
def test_other_scripts_have_faces(face: str, letters: str) -> None:
    known = TTFont(resources.path("fonts", "ui", face)).getBestCmap()
    assert [c for c in letters if c != " " and ord(c) not in known] == []


@pytest.mark.usefixtures("dressed")
def test_six_hundred_is_not_silently_four_hundred() -> None:
    info = QFontInfo(lettering.font(13, lettering.BOLD))
    assert (info.family(), info.weight()) == ("Inter", 600)


@pytest.mark.usefixtures("dressed")
def test_a_fallback_font_does_not_make_lines_jump() -> None:
    _, latin = painting.paragraph("Nino", 300, 14, 21)
    _, georgian = painting.paragraph("ნინო", 300, 14, 21)
    assert latin == georgian == 21


def test_only_scroll_bars_and_menus_have_a_stylesheet() -> None:
    found: dict[str, str] = {}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setStyleSheet":
                found.setdefault(path.name, ast.unparse(node.func.value))
    assert found == {"editors.py": "bar", "menus.py": "menu"}
