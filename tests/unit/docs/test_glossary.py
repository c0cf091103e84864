"""One thing has one word: Russian sentences keep to the glossary, wherever they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from fieldtool.cli import wording
from tests.unit.docs.pages import DOCS, GUIDE, ROOT, prose

RESOURCES = ROOT / "resources"
Pair = tuple[str, str]


def glossary() -> list[tuple[str, list[str], list[str]]]:
    """Each English word, the beginnings that are wrong for it, and those that are wrong anywhere."""
    found = []
    for line in (DOCS / "glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "English":
            wrong = [w.strip() for w in cells[2].split(",")]
            found.append((cells[0], [w.strip("*") for w in wrong], [w.strip("*") for w in wrong if w.startswith("**")]))
    return found


def pairs() -> Iterator[Pair]:
    """Every English sentence of the program with its Russian one."""
    for message in ElementTree.parse(RESOURCES / "translations" / "fieldtool_ru.ts").iter("message"):
        translation = message.find("translation")
        assert translation is not None
        for form in [f.text or "" for f in translation.findall("numerusform")] or [translation.text or ""]:
            yield message.findtext("source") or "", form
    yield from wording._RUSSIAN.items()
    for path in [RESOURCES / "labels.json", *sorted((RESOURCES / "vocabularies").glob("*.json"))]:
        yield from _labelled(json.loads(path.read_text("utf-8")))
    english, russian = (json.loads((RESOURCES / "summary" / f"{language}.json").read_text("utf-8")) for language in ("en", "ru"))
    yield from ((english[key], text) for key, text in russian.items() if isinstance(text, str) and isinstance(english.get(key), str))


def _labelled(node: object) -> Iterator[Pair]:
    if isinstance(node, dict):
        if {"en", "ru"} <= node.keys():
            yield _words(node["en"]), _words(node["ru"])
        for inner in node.values():
            yield from _labelled(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _labelled(inner)


def _words(node: object) -> str:
    return " ".join(map(_words, node.values())) if isinstance(node, dict) else str(node)


def strays(english: str, russian: str) -> list[str]:
    """The beginnings that stand in a Russian sentence against the glossary."""
    plain = re.sub(r"\{\w+\}", "", russian).casefold()
    spoken = re.sub(r"\{\w+\}", "", english).casefold()
    terms = [(term, wrong, never) for term, wrong, never in glossary()]
    named = {term for term, _, _ in terms if re.search(rf"\b{term}(?:s|es|d)?\b", spoken) or (term == "summary" and "summaries" in spoken)}
    found = []
    for term, wrong, never in terms:
        rival = {"summary": "report", "report": "summary"}.get(term)
        if term in named and rival not in named:
            found += [w for w in wrong if re.search(rf"\b{re.escape(w)}", plain)]
        found += [w for w in never if re.search(rf"\b{re.escape(w)}", plain)]
    return found


def test_sentences_keep_to_the_glossary() -> None:
    found = {russian: wrong for english, russian in pairs() if (wrong := strays(english, russian))}
    assert found == {}


def test_the_guide_keeps_to_the_glossary() -> None:
    never = [w for _, _, words in glossary() for w in words]
    texts = {page.name: prose(page.read_text("utf-8")).casefold() for page in (GUIDE / "ru").glob("*.md")}
    assert {(name, w) for name, text in texts.items() for w in never if re.search(rf"\b{re.escape(w)}", text)} == set()


def test_a_stray_word_would_be_found() -> None:
    assert strays("Sign the summary", "Подписать отчёт") == ["отчёт"]
    assert strays("The mission's report and the summary", "Отчёт миссии и сводка") == []
    assert strays("Both versions stay", "Конфликт версий") == ["конфликт"]
    assert strays("The team's notes", "Записи команды") == ["команд"]
    assert strays("The {edition} is written", "Редакция записана") == []
    assert len(glossary()) > 15
    assert sum(1 for _ in pairs()) > 700
