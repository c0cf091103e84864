"""A proposed merge reads like a text, keeps every word that either side wrote, and prefers no side."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldtool.domain.textmerge import matching, propose_merge, tokens, word_changes

TEXTS = st.text("ab .,қ\n", max_size=24)
SAID = ["the", "law", "will", "be", "changed", "in", "may", "or", "june,", "they", "said.", "observers", "come;"]
SENTENCES = st.lists(st.sampled_from(SAID), max_size=30).map(" ".join)
NAMES = ("Elena", "Tomas")


def words(text: str) -> list[str]:
    return [t for t in tokens(text) if t[0].isalnum()]


def written(base: str, side: str) -> list[str]:
    """The words that a side added, in their order."""
    return [t for change in word_changes(tokens(base), tokens(side)) for t in change.tokens if t[0].isalnum()]


def holds(text: str, wanted: list[str]) -> bool:
    """Whether the words stand in the text in that order, others between them or not."""
    rest = iter(words(text))
    return all(word in rest for word in wanted)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("The ministry accepts.", "The ministry fully accepts.", "The ministry accepts, it said.", "The ministry fully accepts, it said."),
        ("a b c", "a b c", "a x c", "a x c"),
        ("a b c", "a x c", "a x c", "a x c"),
        ("a b c", "c", "a b c d", "c d"),
        ("", "only ours", "", "only ours"),
        ("Қазақстан мен", "Қазақстан мен әлем", "Бүгін Қазақстан мен", "Бүгін Қазақстан мен әлем"),
    ],
)
def test_changes_apart_from_each_other_are_joined(base: str, ours: str, theirs: str, merged: str) -> None:
    for first, second in ((ours, theirs), (theirs, ours)):
        proposal = propose_merge(base, first, second)
        assert (proposal.text, proposal.torn) == (merged, 0)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("it was five percent", "it was six percent", "it was ten percent", "it was six / ten percent"),
        ("it was good", "it was very good", "it was quite good", "it was very / quite good"),
        ("So.", "So. They will publish it.", "So. Observers may come.", "So. They will publish it. Observers may come."),
        ("", "Айгүл Сәрсенова", "Aigul Sarsenova", "Айгүл Сәрсенова / Aigul Sarsenova"),
        ("They come soon", "They come today", "They", "They come today"),
        ("They come.", "They come today.", "They come, he said.", "They come today, he said."),
        ("They come.", "They come, he said.", "They come today.", "They come today, he said."),
        ("It was x", "It was a fee", "It wasn't", "It was a fee / wasn't"),
        (
            "The chair said the law of 2018 will be changed in May",
            "The chair said that the law of 2018 will be amended in June",
            "The chairwoman said the act of 2018 will be changed in spring",
            "The chairwoman said that the act of 2018 will be amended in June / spring",
        ),
    ],
)
def test_changes_of_one_place_stand_beside_each_other_as_one_would_write_them(base: str, ours: str, theirs: str, merged: str) -> None:
    proposal = propose_merge(base, ours, theirs, NAMES)
    assert (proposal.text, proposal.torn) == (merged, 1)


def test_two_texts_with_little_in_common_stand_whole_under_their_authors_names() -> None:
    ours = "The commission accepts publication of the minutes within thirty days, and asks for help with forms."
    theirs = "Constructive talk; on observers nothing was promised, and the chair left the question to parliament."
    proposal = propose_merge("Short.", ours, theirs, NAMES)
    assert (proposal.text, proposal.torn) == (f"Elena: {ours}\n\nTomas: {theirs}", 1)
    assert propose_merge("Short.", theirs, ours, NAMES[::-1]).text == f"Tomas: {theirs}\n\nElena: {ours}"
    assert "\n" not in propose_merge("", ours, theirs, NAMES, lines=False).text


@given(TEXTS)
def test_tokens_give_the_text_again(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXTS, TEXTS)
def test_one_side_alone_is_taken_whole(base: str, ours: str) -> None:
    assert propose_merge(base, ours, base).text == ours
    assert propose_merge(base, base, ours).text == ours
    assert propose_merge(base, ours, ours).text == ours


@given(st.one_of(TEXTS, SENTENCES), st.one_of(TEXTS, SENTENCES), st.one_of(TEXTS, SENTENCES), st.booleans())
def test_no_word_that_either_side_wrote_is_lost_and_no_order_changed(base: str, ours: str, theirs: str, lines: bool) -> None:
    merged = propose_merge(base, ours, theirs, lines=lines).text
    assert holds(merged, written(base, ours))
    assert holds(merged, written(base, theirs))
    assert lines or merged.count("\n") <= (base + ours + theirs).count("\n")


@given(st.one_of(TEXTS, SENTENCES), st.one_of(TEXTS, SENTENCES), st.one_of(TEXTS, SENTENCES))
@example("the", "be said said be be said may", "the the be said be be may")  # alignments differ by the order
def test_the_order_of_the_sides_decides_only_which_comes_first(base: str, ours: str, theirs: str) -> None:
    one, other = propose_merge(base, ours, theirs, NAMES), propose_merge(base, theirs, ours, NAMES[::-1])
    assert one.torn == other.torn
    assert Counter(words(one.text)) == Counter(words(other.text))
    assert one.torn or one.text == other.text


@given(st.integers(0, 11), st.lists(st.integers(12, 23), min_size=1), st.lists(st.integers(12, 23), min_size=1), st.booleans())
def test_what_both_changed_alike_stands_once(shared: int, mine: list[int], others: list[int], lines: bool) -> None:
    """Both change the same word of the first half alike, and words of the second half as they like."""
    base = [f"word{n}" for n in range(24)]
    ours, theirs = base.copy(), base.copy()
    ours[shared] = theirs[shared] = "alike"
    for side, places, name in ((ours, mine, "mine"), (theirs, others, "theirs")):
        for n in places:
            side[n] = f"{name}{n}"
    merged = words(propose_merge(" ".join(base), " ".join(ours), " ".join(theirs), lines=lines).text)
    assert merged.count("alike") == 1
    assert merged[:12] == ours[:12]


@given(st.lists(st.sampled_from("abcdefgh")), st.lists(st.sampled_from("abcdefgh")))
def test_what_matches_is_in_both_in_order_and_beginnings_and_ends_always(one: list[str], other: list[str]) -> None:
    at = put = -1
    for i, k, size in matching(one, other):
        assert size > 0
        assert one[i : i + size] == other[k : k + size]
        assert (i, k) > (at, put)
        assert (i, k) != (at, put)
        assert i >= at
        assert k >= put
        at, put = i + size, k + size
    if one and other and one[0] == other[0]:
        assert matching(one, other)[0][:2] == (0, 0)
    assert matching(one, one) == ([(0, 0, len(one))] if one else [])


def test_texts_of_many_pages_are_compared_by_their_landmarks() -> None:
    """Word by word this would take minutes: half of any text are the same few words, and blanks."""
    base = [f"{n % 23} landmark{n}" if n % 7 == 0 else f"{n % 23} common" for n in range(6_000)]
    ours, theirs = base.copy(), base.copy()
    ours[100], theirs[5_000] = "mine", "others"
    for n in range(2_000, 3_000):
        ours[n], theirs[n] = f"mine{n}", f"others{n}"
    proposal = propose_merge(" ".join(base), " ".join(ours), " ".join(theirs))
    said = words(proposal.text)
    assert proposal.torn == 1
    assert (said.count("mine"), said.count("others")) == (1, 1)
    assert {f"mine{n}" for n in range(2_000, 3_000)} | {f"others{n}" for n in range(2_000, 3_000)} <= set(said)
