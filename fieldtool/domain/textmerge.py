"""A three-way merge of texts by words, to be proposed to a person; it never decides that the proposal is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

START, MIDDLE, END = "⟦", "⟧⟦", "⟧"  # around both versions where they cannot be joined


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """A text that says what both sides say; `torn` places hold both versions one after the other, in brackets, for a person to settle."""

    text: str
    torn: int


@dataclass(frozen=True, slots=True)
class WordChange:
    """A piece of a text that one side put in place of base[start:end] (tokens)."""

    start: int
    end: int
    tokens: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Words, blanks and signs, which joined give the text again."""
    return _TOKEN.findall(text)


def word_changes(base: list[str], side: list[str]) -> list[WordChange]:
    """What one side changed, in the order of the text."""
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    return [WordChange(i, j, tuple(side[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


def propose_merge(base: str, ours: str, theirs: str) -> MergeProposal:
    """Join what both sides changed since `base`. Equal changes are taken once; changes that touch each other stay side by side."""
    if ours == theirs or theirs == base:
        return MergeProposal(ours, 0)
    if ours == base:
        return MergeProposal(theirs, 0)
    ground = tokens(base)
    merged: list[str] = []
    torn = 0
    at = 0
    for start, end, mine, others in _regions(word_changes(ground, tokens(ours)), word_changes(ground, tokens(theirs))):
        merged += ground[at:start]
        left, right = _applied(ground, start, end, mine), _applied(ground, start, end, others)
        if not others or left == right:
            merged.append(left)
        elif not mine:
            merged.append(right)
        else:
            torn += 1
            merged += [START, left, MIDDLE, right, END]
        at = end
    merged += ground[at:]
    return MergeProposal("".join(merged), torn)


def _regions(ours: list[WordChange], theirs: list[WordChange]) -> Iterator[tuple[int, int, list[WordChange], list[WordChange]]]:
    """Stretches of the base that at least one side changed, with the changes of each side; changes that meet share a stretch."""
    every = sorted([(c.start, c.end, 0, c) for c in ours] + [(c.start, c.end, 1, c) for c in theirs], key=lambda e: e[:3])
    sides: tuple[list[WordChange], list[WordChange]] = ([], [])
    start = end = -1
    for first, last, side, change in every:
        if start >= 0 and first > end:
            yield start, end, *sides
            sides, start = ([], []), -1
        if start < 0:
            start, end = first, last
        end = max(end, last)
        sides[side].append(change)
    if start >= 0:
        yield start, end, *sides


def _applied(ground: list[str], start: int, end: int, changes: list[WordChange]) -> str:
    """A stretch of the base as one side has it."""
    out: list[str] = []
    at = start
    for change in changes:
        out += ground[at : change.start]
        out += change.tokens
        at = change.end
    return "".join(out + ground[at:end])
