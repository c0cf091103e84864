"""The estimate of a passphrase: an order that people agree with, and advice that fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.identity.strength import estimate

GUESSED_AT_ONCE = [
    "", "1", "password", "Password1", "P@ssw0rd", "qwertyuiop", "йцукен123", "пароль", "аааааааааааа", "12345678901234567890",
    "abcabcabcabcabc", "odihr", "observer1",
]  # fmt: skip
GOOD = [
    "correct horse battery staple", "зелёный чайник летит над рекой", "желтоқсан түнінде қар жауды ма", "vK3#pq!9zLw@7Rt",
    "ջրաղացը կանգնած է գետի մոտ",
]  # fmt: skip


@pytest.mark.parametrize("passphrase", GUESSED_AT_ONCE)
def test_what_is_guessed_at_once_is_called_weak(passphrase: str) -> None:
    assert estimate(passphrase).score == 0
    assert estimate(passphrase).weak


@pytest.mark.parametrize("passphrase", GOOD)
def test_a_long_phrase_in_any_script_is_called_good(passphrase: str) -> None:
    found = estimate(passphrase)
    assert found.score >= 3
    assert not found.weak
    assert found.hint == "passphrase-good"


@pytest.mark.parametrize(
    ("passphrase", "hint"),
    [
        ("", "passphrase-empty"),
        ("kT7v", "passphrase-short"),
        ("Summer2026!", "passphrase-common"),
        ("P4ssw0rd!!", "passphrase-common"),
        ("qwertyuiopasd", "passphrase-sequence"),
        ("zzzzzzzzzz", "passphrase-repeats"),
    ],
)
def test_the_advice_names_what_is_wrong(passphrase: str, hint: str) -> None:
    assert estimate(passphrase).hint == hint


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_any_text_gets_an_estimate_within_bounds(text: str) -> None:
    found = estimate(text)
    assert 0 <= found.score <= 4
    assert 0 <= found.bits <= 30 + 20 * len(text)


@settings(max_examples=80)
@given(st.text("abcdefghijklmnop qrstuvwxyz", min_size=1, max_size=20), st.integers(1, 5))
def test_saying_it_again_adds_little(text: str, times: int) -> None:
    once, again = estimate(text).bits, estimate(text * (times + 1)).bits
    assert again <= once + times * (len(text) + 12)


def test_more_words_are_stronger() -> None:
    words = ["lamp", "river", "seven", "purple", "onion", "gravel"]
    bits = [estimate(" ".join(words[:n])).bits for n in range(1, 7)]
    assert bits == sorted(bits)
    assert estimate(" ".join(words)).score == 4
