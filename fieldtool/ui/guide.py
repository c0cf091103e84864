"""The user's guide cut into sections that can be found by a screen or by words; reads its pages and paints nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fieldtool import resources

CONTENTS = "README.md"
_HEADING = re.compile(r"^(#{1,4}) +(.+?)\s*$")
_MARK = re.compile(r"^<!-- *screens: *([\w ]+?) *-->\s*$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_PAGE_LINK = re.compile(r"\]\(([\w-]+\.md)")
_OUTSIDE = re.compile(r"\[([^\]]*)\]\((?![\w-]+\.md\b)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `number` counts the page's headings from 0, `screens` are those that it explains."""

    page: str
    number: int
    title: str
    words: str
    screens: tuple[str, ...]


class Guide:
    """The pages of one language, in the order of the contents."""

    def __init__(self, folder: Path) -> None:
        self._texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
        order = [CONTENTS, *dict.fromkeys(_PAGE_LINK.findall(self._texts.get(CONTENTS, "")))]
        self.pages = [p for p in order if p in self._texts] + [p for p in self._texts if p not in order]
        self.sections = [section for page in self.pages for section in cut(page, self._texts[page])]

    def text(self, page: str) -> str:
        """A page to be shown: without the marks for screens, and without links that lead out of the guide."""
        lines = self._texts[page].splitlines()
        return _OUTSIDE.sub(r"\1", "\n".join(line for line in lines if not _MARK.match(line)))

    def title(self, page: str) -> str:
        """The first heading of a page."""
        return next(s.title for s in self.sections if s.page == page)

    def of_screen(self, screen: str) -> Section | None:
        """The section that explains a screen."""
        return next((s for s in self.sections if screen in s.screens), None)

    def find(self, query: str) -> list[Section]:
        """Sections that hold every word of the query, those first that have them in their title; nothing for an empty query."""
        parts = _plain(query).split()
        if not parts:
            return []
        found = [(s, _plain(s.title), _plain(s.words)) for s in self.sections if s.page != CONTENTS]
        hits = [(sum(p not in title for p in parts), s) for s, title, words in found if all(p in title or p in words for p in parts)]
        return [s for _, s in sorted(hits, key=lambda hit: hit[0])]

    def around(self, section: Section, query: str) -> str:
        """The words of a section around the first place that the query finds, as one line."""
        words = " ".join(re.sub(r"[*`|>#]+|-{3,}", " ", section.words).split())
        plain = _plain(words)
        places = [at for part in _plain(query).split() if (at := plain.find(part)) >= 0]
        start = max(0, min(places, default=0) - 24)
        start = words.rfind(" ", 0, start) + 1 if start else 0
        return ("… " if start else "") + words[start : start + 140]


def _plain(words: str) -> str:
    return words.casefold().replace("ё", "е")


def read_guide(language: str) -> Guide:
    """The guide in a language, or in English. Raises `OSError` when the installation lacks it."""
    return Guide(resources.guide(language))


def cut(page: str, text: str) -> list[Section]:
    """A page's sections; what stands in blocks of code is no heading."""
    sections: list[tuple[str, list[str], list[str]]] = []
    code = False
    for line in text.splitlines():
        code ^= line.startswith("```")
        if not code and (heading := _HEADING.match(line)):
            sections.append((heading[2], [], []))
        elif sections and (mark := _MARK.match(line)):
            sections[-1][2].extend(mark[1].split())
        elif sections:
            sections[-1][1].append(_LINK.sub(r"\1", line))
    return [Section(page, n, title, "\n".join(words).strip(), tuple(screens)) for n, (title, words, screens) in enumerate(sections)]
