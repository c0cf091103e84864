"""Every relative link of the documents leads somewhere, both languages of the guide have the same pages, and lines can be read."""

import re
from pathlib import Path

import pytest

from tests.unit.docs.pages import GUIDE, ROOT, pages, prose

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LONGEST = 200
PAGES = list(pages())


def broken(page: Path, text: str) -> list[str]:
    """Links of a page to files that are not there."""
    targets = [t.partition("#")[0] for t in LINK.findall(prose(text)) if "://" not in t and not t.startswith(("#", "mailto:"))]
    return [t for t in targets if not (page.parent / t).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert broken(page, page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_lines_can_be_read_in_a_terminal(page: Path) -> None:
    # Tables and blocks of code are what they are.
    long = [line for line in prose(page.read_text("utf-8")).splitlines() if len(line) > LONGEST and not line.startswith("|")]
    assert long == []


def test_every_test_that_a_page_names_exists() -> None:
    named = {(page.name, word) for page in PAGES for word in re.findall(r"`(tests/[\w/.]+(?:::\w+)?)`", page.read_text("utf-8"))}
    gone = {(page, word) for page, word in named if not exists(*word.partition("::")[::2])}
    assert len(named) > 100
    assert gone == set()


def exists(path: str, name: str) -> bool:
    """Whether there is such a file or folder, and in it a test of that name if one is given."""
    file = ROOT / path
    return file.exists() and (not name or re.search(rf"^def {name}\(", file.read_text("utf-8"), re.MULTILINE) is not None)


def test_a_broken_link_is_found() -> None:
    text = "[a](docs/nowhere.md) [b](LICENSE) ![c](no.png) [d](https://example.org)"
    assert broken(ROOT / "README.md", text) == ["docs/nowhere.md", "no.png"]


def test_both_languages_have_the_same_pages() -> None:
    english, russian = ({p.name for p in (GUIDE / language).glob("*.md")} for language in ("en", "ru"))
    assert russian == english
