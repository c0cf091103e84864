"""Fingerprints as words: a list that cannot be misheard, and reading back what was said."""

from __future__ import annotations

import hashlib
import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.identity.fingerprints import digits, matches, read_words, words
from fieldtool.identity.wordlist import WORDS

KEYS = st.binary(min_size=32, max_size=32)


def test_there_are_256_words_and_they_never_change() -> None:
    assert len(set(WORDS)) == 256
    assert all(re.fullmatch("[a-z]{4,10}", word) for word in WORDS)
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest() == "a882433568e3907e3cf19e4612e4387c77462f68a7eff5599d7075c063e5ad2f"


def test_three_letters_are_enough_to_know_a_word() -> None:
    assert len({word[:3] for word in WORDS}) == 256


def distance(one: str, other: str) -> int:
    """How many letters have to change to make one word of the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("ch", "j"), ("sh", "s"), ("qu", "kw"), ("x", "ks"), ("ge", "je"), ("gi", "ji"), ("ce", "se"), ("ci", "si"),
)  # fmt: skip


def heard(word: str) -> str:
    """A word as a bad line leaves it: vowels gone, voiced and voiceless consonants alike."""
    for spelling, sound in SOUNDS:
        word = word.replace(spelling, sound)
    alike = str.maketrans("bdgvzcqnwe", "ptkfskkmwa")
    return re.sub(r"(.)\1+", r"\1", word[0].translate(alike) + re.sub("[aeiouyh]", "", word[1:]).translate(alike))


def test_no_two_words_are_spelt_or_sound_nearly_alike() -> None:
    assert [(a, b) for a, b in combinations(WORDS, 2) if distance(a, b) < 3] == []
    sounds = [heard(word) for word in WORDS]
    assert sorted({s for s in sounds if sounds.count(s) > 1}) == []


@settings(max_examples=80)
@given(KEYS, st.sampled_from([" ", ", ", "\n", "-", " – "]))
def test_words_are_read_back_in_any_case_and_with_any_separator(key: bytes, separator: str) -> None:
    said = words(key)
    assert len(said.split("-")) == 12
    for typed in (said, said.upper(), said.replace("-", separator), "-".join(word[:3] for word in said.split("-"))):
        assert read_words(typed) == key[:12]
        assert matches(typed, key)


@settings(max_examples=80)
@given(KEYS, KEYS)
def test_words_and_digits_of_another_key_do_not_match(key: bytes, other: bytes) -> None:
    same = key[:12] == other[:12]
    assert matches(words(other), key) == same
    assert matches(digits(other), key) == (key == other)


@settings(max_examples=80)
@given(KEYS, st.integers(24, 64))
def test_digits_match_from_the_ninety_sixth_bit_on(key: bytes, length: int) -> None:
    typed = digits(key)[:length]
    spaced = " ".join(typed[i : i + 4] for i in range(0, length, 4)).upper()
    assert matches(typed, key)
    assert matches(spaced, key)
    assert matches(":".join(typed[i : i + 2] for i in range(0, length, 2)), key)
    assert not matches(digits(key)[:23], key)


TOO_LITTLE = ["", " ", "-", "acorn", "acorn " * 11, "acorn " * 13, "acorn " * 11 + "acornet", "ac " * 12, "ёлка " * 12, "0" * 65, "zz"]


@pytest.mark.parametrize("typed", TOO_LITTLE)
def test_less_than_a_whole_fingerprint_matches_nothing(typed: str) -> None:
    assert not matches(typed, bytes(32))


@pytest.mark.parametrize("typed", ["", "acorn", "acorn " * 13, "acorn " * 11 + "nothing"])
def test_what_is_not_twelve_words_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="word"):
        read_words(typed)
