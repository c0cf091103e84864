"""The guide names buttons and keys as the window has them, in both languages; it opens no window."""

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.unit.docs.pages import GUIDE, ROOT, prose

PAGES = {language: sorted((GUIDE / language).glob("*.md")) for language in ("en", "ru")}
KEY = re.compile(r"\b(?:Ctrl\+Shift\+|Ctrl\+|Alt\+)(?:[A-Z0-9]|Enter|→|←)(?!\w)|\bF[1-9][0-2]?\b")
# What Qt calls them, and what keyboards do.
_QT = {"Enter": "Return", "→": "Right", "←": "Left"}
# Handled where they are pressed, not as commands: the line, and the screens of the sidebar (Ctrl+ its place in the list).
_IN_PLACE = {"Ctrl+Enter"} | {f"Ctrl+{n}" for n in range(1, 7)}


@cache
def sentences(language: str) -> frozenset[str]:
    """Everything the window may say in that language."""
    catalogue = ElementTree.parse(ROOT / "resources" / "translations" / "fieldtool_ru.ts")
    tag = "source" if language == "en" else "translation"
    return frozenset(text for m in catalogue.iter("message") if (text := m.findtext(tag)))


def unknown_buttons(text: str, language: str) -> list[str]:
    """Bold words with dots at their end, as buttons have that ask for more, which no button bears."""
    bold = [b.replace("\n", " ") for b in re.findall(r"\*\*([^*]+)\*\*", prose(text))]
    return [b for b in bold if b.endswith("…") and b not in sentences(language)]


def unknown_keys(text: str) -> set[str]:
    """Keys that a page names and no command of the window has."""
    source = "\n".join(p.read_text("utf-8") for p in (ROOT / "fieldtool" / "ui").rglob("*.py"))
    named = set(KEY.findall(prose(text))) - _IN_PLACE
    return {k for k in named if f'"{_qt(k)}"' not in source}


def _qt(key: str) -> str:
    *before, last = key.split("+")
    return "+".join([*before, _QT.get(last, last)])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_buttons_are_called_as_in_the_window(language: str) -> None:
    found = {page.name: unknown_buttons(page.read_text("utf-8"), language) for page in PAGES[language]}
    assert {name: buttons for name, buttons in found.items() if buttons} == {}


@pytest.mark.parametrize("page", [p for pages in PAGES.values() for p in pages], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_keys_are_those_of_the_window(page: Path) -> None:
    assert unknown_keys(page.read_text("utf-8")) == set()


def test_both_would_be_noticed() -> None:
    assert unknown_buttons("Press **Hand over…** or **Send it to the cloud…**.", "en") == ["Send it to the cloud…"]
    assert unknown_keys("Ctrl+K finds, Ctrl+Shift+Q quits, Alt+→ goes on, F12 does nothing.") == {"Ctrl+Shift+Q", "F12"}
