"""A proposed merge keeps every word that either side wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.domain.textmerge import END, MIDDLE, START, propose_merge, tokens

TEXTS = st.text("ab .,қ\n", max_size=24)


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


def test_changes_of_one_place_stand_side_by_side() -> None:
    proposal = propose_merge("it was five percent", "it was six percent", "it was ten percent")
    assert (proposal.text, proposal.torn) == (f"it was {START}six{MIDDLE}ten{END} percent", 1)


@given(TEXTS)
def test_tokens_give_the_text_again(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXTS, TEXTS)
def test_one_side_alone_is_taken_whole(base: str, ours: str) -> None:
    assert propose_merge(base, ours, base).text == ours
    assert propose_merge(base, base, ours).text == ours
    assert propose_merge(base, ours, ours).text == ours


@given(TEXTS, TEXTS, TEXTS)
def test_no_new_word_of_either_side_is_lost(base: str, ours: str, theirs: str) -> None:
    merged = tokens(propose_merge(base, ours, theirs).text)
    for side in (ours, theirs):
        for word in set(tokens(side)) - set(tokens(base)):
            assert word in merged or word.isspace()
