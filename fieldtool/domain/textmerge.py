"""A three-way merge of texts by words, to be proposed to a person; it never decides that the proposal is right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w[\w\u0300-\u036f]*|\s+|[^\w\s]")
_SIGNIFICANT = 3  # letters: a shorter word that both have does not hold two sentences together
_LONG = 12  # words: longer versions stand below each other, shorter ones beside each other
_COMMON = 0.5  # share of the words that both sides have: below it, two texts are shown and not a patchwork
_PATCHED = 0.6  # share of a place's words that both versions have: below it they stand whole
_WORD_BY_WORD = 60_000  # pairs of words: what two pieces without a common landmark may cost
_JOINING = frozenset(",;:)]»”")  # signs that follow a word at once
_SENTENCE = 3  # words: so much that both added at one place is told one after the other


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """A text that says what both sides say. `torn` counts the places where both versions stand, for a person to settle."""

    text: str
    torn: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of what two sides say: the same twice, or what each has there; one of them may be empty."""

    ours: str
    theirs: str

    @property
    def same(self) -> bool:
        return self.ours == self.theirs


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
    out: list[WordChange] = []
    at = put = 0
    for i, k, size in [*matching(base, side), (len(base), len(side), 0)]:
        if (at, put) != (i, k):
            out.append(WordChange(at, i, tuple(side[put:k])))
        at, put = i + size, k + size
    return out


def matching(one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Stretches that both lists share, in order: (place in one, place in other, length), none of them next to another.

    Words that stand once in each hold the two together; what lies between them is compared word by word where it is short enough, so that
    texts of many pages take milliseconds.
    """
    found: list[tuple[int, int, int]] = []
    for i, k, size in _matching(one, 0, len(one), other, 0, len(other)):
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (i, k):
            i, k, size = found[-1][0], found[-1][1], found.pop()[2] + size
        found.append((i, k, size))
    return found


def _matching(one: list[str], i: int, j: int, other: list[str], k: int, m: int) -> Iterator[tuple[int, int, int]]:
    """The same between one[i:j] and other[k:m]; equal beginnings and ends first."""
    start = i
    while i < j and k < m and one[i] == other[k]:
        i, k = i + 1, k + 1
    if i > start:
        yield start, k - (i - start), i - start
    tail = 0
    while i < j and k < m and one[j - 1] == other[m - 1]:
        j, m, tail = j - 1, m - 1, tail + 1
    if i < j and k < m:
        anchors = _anchors(one[i:j], other[k:m])
        if anchors:
            at, put = i, k
            for first, second in anchors:
                yield from _matching(one, at, i + first, other, put, k + second)
                yield i + first, k + second, 1
                at, put = i + first + 1, k + second + 1
            yield from _matching(one, at, j, other, put, m)
        elif (j - i) * (m - k) <= _WORD_BY_WORD:
            blocks = SequenceMatcher(None, one[i:j], other[k:m], autojunk=False).get_matching_blocks()
            yield from ((i + b.a, k + b.b, b.size) for b in blocks if b.size)
    if tail:
        yield j, m, tail


def _anchors(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """Places of tokens that stand once in each, in one order in both: the longest such row."""
    often, others = Counter(one), Counter(other)
    places = {t: n for n, t in enumerate(other) if others[t] == 1 and often.get(t) == 1}
    pairs = [(n, places[t]) for n, t in enumerate(one) if t in places]
    ends: list[int] = []  # the smallest end of a row of each length
    links: list[tuple[int, int]] = []  # of each pair: its own number in `ends`, the pair before it
    last: list[int] = []  # the pair that ends the best row of each length
    for number, (_, place) in enumerate(pairs):
        rank = bisect_left(ends, place)
        ends[rank : rank + 1], last[rank : rank + 1] = [place], [number]
        links.append((rank, last[rank - 1] if rank else -1))
    row: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        row.append(pairs[at])
        at = links[at][1]
    return row[::-1]


def propose_merge(base: str, ours: str, theirs: str, names: tuple[str, str] = ("", ""), *, lines: bool = True) -> MergeProposal:
    """Join what both sides changed since `base`.

    Equal changes are taken once. Where both changed the same words, both versions stand there, ours first: beside each other (`six / ten`),
    or below each other where they are long. Where the two have little in common, both texts stand whole, each under its author's name.
    `lines` is whether the text may have several. The sides' order decides nothing but which version comes first.
    """
    if ours == theirs or theirs == base:
        return MergeProposal(ours, 0)
    if ours == base:
        return MergeProposal(theirs, 0)
    swapped = theirs < ours  # alignments depend on the order of their texts: one order for both
    pieces = _pieces(base, *((theirs, ours) if swapped else (ours, theirs)))
    if swapped:
        pieces = [_Piece(p.theirs, p.ours) for p in pieces]
    torn = sum(not p.same for p in pieces)
    if torn and lines and _little_in_common(pieces):
        told = (f"{name}: {text.strip()}" if name else text.strip() for name, text in zip(names, (ours, theirs), strict=True))
        return MergeProposal("\n\n".join(told), 1)
    return MergeProposal("".join(p.ours if p.same else _both(p.ours, p.theirs, lines) for p in pieces), torn)


def _pieces(base: str, ours: str, theirs: str) -> list[_Piece]:
    """The merge as pieces in the order of the text."""
    ground = tokens(base)
    pieces: list[_Piece] = []
    at = 0
    for start, end, mine, others in _regions(word_changes(ground, tokens(ours)), word_changes(ground, tokens(theirs))):
        pieces.append(_agreed(ground[at:start]))
        left, right = _applied(ground, start, end, mine), _applied(ground, start, end, others)
        pieces += [_agreed([right if others and not mine else left])] if not (mine and others) else _compared(left, right)
        at = end
    pieces.append(_agreed(ground[at:]))
    return [p for p in pieces if p.ours or p.theirs]


def _agreed(words: list[str]) -> _Piece:
    text = "".join(words)
    return _Piece(text, text)


def _compared(left: str, right: str) -> list[_Piece]:
    """What both sides put into one place: words that both have there are taken once, others stand as versions."""
    mine, others = tokens(left), tokens(right)
    runs: list[tuple[bool, str, str]] = []
    for i, j, k, m, equal in _stretches(mine, others):
        shared = equal and (any(len(w) >= _SIGNIFICANT for w in mine[i:j] if w[0].isalnum()) or i == 0 or j == len(mine))
        if runs and not shared and not runs[-1][0]:
            runs[-1] = (False, runs[-1][1] + "".join(mine[i:j]), runs[-1][2] + "".join(others[k:m]))
        else:
            runs.append((shared, "".join(mine[i:j]), "".join(others[k:m])))
    kept = sum(_count(one) for shared, one, _ in runs if shared)
    if kept < _PATCHED * max(_count(left), _count(right)):
        return [_Piece(left, right)]
    return [_Piece(one, other) for _, one, other in runs]


def _stretches(one: list[str], other: list[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Both lists in stretches one[i:j], other[k:m] that are equal, or not."""
    at = put = 0
    for i, k, size in [*matching(one, other), (len(one), len(other), 0)]:
        if (at, put) != (i, k):
            yield at, i, put, k, False
        if size:
            yield i, i + size, k, k + size, True
        at, put = i + size, k + size


def _little_in_common(pieces: list[_Piece]) -> bool:
    """Whether so few words stand in both sides that a patchwork of the two would be no text; never of a few words."""
    common = sum(_count(p.ours) for p in pieces if p.same)
    apart = max(sum(_count(p.ours) for p in pieces if not p.same), sum(_count(p.theirs) for p in pieces if not p.same))
    added = all(p.same or _added(p.ours, p.theirs) for p in pieces)
    return apart > _LONG and common < _COMMON * (common + apart) and not (added and common)


def _both(ours: str, theirs: str, lines: bool) -> str:
    """Two versions of one place as a reader would write them."""
    if not ours.strip() or not theirs.strip():
        return ours + theirs if not (ours and theirs) else max(ours, theirs, key=lambda t: (bool(t.strip()), len(t)))
    lead, trail = (max(of(ours), of(theirs), key=len) for of in (_blank_before, _blank_after))
    first, second = ours.strip(), theirs.strip()
    if (first[0] in _JOINING) != (second[0] in _JOINING):  # `today` and `, he said` are no alternatives
        first, second = (second, first) if first[0] in _JOINING else (first, second)
        return f"{lead}{first}{second}{trail}"
    if _added(ours, theirs):
        return f"{lead}{first}{_blank_before(theirs) or ' '}{second}{trail}"
    long = max(_count(first), _count(second)) > _LONG or "\n" in first + second
    between = "\n" if lines and long else " / "
    return f"{lead}{first}{between}{second}{trail}"


def _added(ours: str, theirs: str) -> bool:
    """Whether both sides hold whole sentences, which can be told one after the other."""
    return all(_count(t) >= _SENTENCE and t.rstrip()[-1:] in ".!?;…»”\n" for t in (ours, theirs))


def _count(text: str) -> int:
    return sum(t[0].isalnum() for t in tokens(text))


def _blank_before(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _blank_after(text: str) -> str:
    return text[len(text.rstrip()) :]


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
