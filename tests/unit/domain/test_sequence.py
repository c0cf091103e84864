"""Places among notes: a key between any two others, again and again, and sorting by it is what was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.domain.sequence import between, place_of

A, B = "01a20d3a-4e8d-7038-95ba-26c5c38007fe", "01a20d3c-3cc6-744e-9dab-4f4cd4c80e45"


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("", ""),
        ("", '"'),
        ("", '!"'),
        ("", place_of("", "", A)),
        (place_of("", "", A), place_of("", "", B)),
        (place_of("2022-04-11T09:30", "", A), place_of("2022-04-11T09:30", "", B)),
        (place_of("2022-04-11T09:30", "", A), place_of("2022-04-12T09:30", "", A)),
        (place_of("2022-04-11T09:30", "", A), ""),
        ("a", "aa"),
        ("a", "a#"),
        ("a", "a!5"),
        ("a", "a 5"),
        ("a", "a\U0001f600"),
    ],
)
def test_a_key_lies_between(low: str, high: str) -> None:
    made = between(low, high)
    assert low < made
    assert made < high or not high
    assert made.removeprefix(low).isascii()


@pytest.mark.parametrize(("low", "high"), [("a", "a"), ("a", "a "), ("a", "a!")])
def test_where_there_is_no_room_the_upper_key_comes_back(low: str, high: str) -> None:
    assert between(low, high) == high


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_notes_put_anywhere_among_each_other_stand_where_they_were_put(wishes: list[int]) -> None:
    keys = [place_of(at, "", entity) for at in ("", "2022-04-11T09:30") for entity in (A, B)]
    for wish in wishes:
        at = wish % (len(keys) + 1)
        keys.insert(at, between(keys[at - 1] if at else "", keys[at] if at < len(keys) else ""))
        assert keys == sorted(set(keys))


def test_two_notes_passing_each_other_for_hours_need_no_long_key() -> None:
    lower, upper = place_of("2022-04-11T09:30", "", A), place_of("2022-04-11T09:30", "", B)
    for _ in range(1000):
        lower, upper = upper, between("", lower)
    assert len(upper) < 500
