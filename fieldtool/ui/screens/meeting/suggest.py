"""What a mark in the line finds: recommendations, kinds, rules, positions, speakers; ranking only, pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from fieldtool.services.screens.meetings import Attendee, Beside

Sort = Literal["recommendation", "kind", "attribution", "marking", "position", "speaker", "unnamed"]
LIMIT = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the popup. `hit` is the part of `words` that was asked for (start, length)."""

    sort: Sort
    value: str
    lead: str
    words: str
    detail: str
    hit: tuple[int, int] = (0, 0)
    strong: bool = False


def recommendations(rows: Iterable[Beside], query: str, theme: Callable[[str], str], told: Callable[[Beside], str]) -> list[Suggestion]:
    """Recommendations by number, words of the text, short label or theme, in any script; addressed ones first among equals."""
    wanted = query.casefold().strip()
    ranked = []
    for number, found in enumerate(rows):
        themes = ", ".join(theme(t) for t in found.name.themes)
        rank, hit = _rank(found, wanted, themes)
        if rank is not None:
            name, detail = found.name, f"{themes} · {told(found)}"
            ranked.append(
                (
                    (rank, not found.addressed, number),
                    Suggestion("recommendation", name.id, name.key, name.words, detail, hit, name.priority),
                )
            )
    return [s for _, s in sorted(ranked, key=lambda r: r[0])][:LIMIT]


def _rank(found: Beside, wanted: str, themes: str) -> tuple[int | None, tuple[int, int]]:
    """0 for the number itself, 1 for a word's beginning, 2 for a place within, 3 for full text, theme or addressee; else None."""
    name = found.name
    if not wanted:
        return 1, (0, 0)
    if is_key(name.key, wanted):
        return 0, (0, 0)
    words = name.words.casefold()
    if len(words) == len(name.words) and (at := words.find(wanted)) >= 0:
        return (1 if at == 0 or not words[at - 1].isalnum() else 2), (at, len(wanted))
    everywhere = f"{name.text} {themes} {' '.join(name.addressees)}".casefold()
    if all(part in everywhere for part in wanted.split()):
        return 3, (0, 0)
    return None, (0, 0)


def is_key(key: str, words: str) -> bool:
    """Whether the words name the key `P-03`: “3”, “03”, “p3”, “P-03”; “7” names `O-07a`, too."""
    found = re.fullmatch(r"([po]?)[- ]?0*(\d+)([a-z]?)", words.casefold())
    if not found:
        return False
    letter, number, sub = found.groups()
    mine = re.fullmatch(r"([po])-0*(\d+)([a-z]?)", key.casefold())
    return bool(mine and letter in ("", mine[1]) and number == mine[2] and sub in ("", mine[3]))


def terms(sort: Sort, rows: Sequence[tuple[str, str]], query: str, detail: str) -> list[Suggestion]:
    """Terms whose label or stored word begins with the query, or holds a word that does."""
    wanted = query.casefold().strip()
    found = [(word, label) for word, label in rows if _begins(label, wanted) or _begins(word, wanted)]
    return [Suggestion(sort, word, "", label, detail) for word, label in found]


def speakers(rows: Iterable[Attendee], query: str, unnamed: str) -> list[Suggestion]:
    """Who may have spoken; last the words as typed, for a speaker without a name."""
    wanted = query.casefold().strip()
    found = [Suggestion("speaker", a.id, "", a.name, a.detail) for a in rows if _begins(a.name, wanted)]
    if query.strip():
        found.append(Suggestion("unnamed", query.strip(), "", query.strip(), unnamed))
    return found[:LIMIT]


def _begins(label: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in (label.casefold(), *re.split(r"[\s(]+", label.casefold())))
