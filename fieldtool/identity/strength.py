"""How long a passphrase would hold out, honestly and simply: it warns, it never refuses."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

# Bits beyond which the next score is given. Against the stolen file each guess costs 64 MiB of Argon2id, so a bit buys more than elsewhere.
_STEPS = (28, 40, 52, 66)

_KEYBOARDS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "1234567890", "abcdefghijklmnopqrstuvwxyz")
_RUNS = frozenset(row[i : i + 2] for line in _KEYBOARDS for row in (line, line[::-1]) for i in range(len(line) - 1))

# What people choose first, in the languages of the field; a passphrase is weakened by each one it contains.
_COMMON_TEXT = """
password passphrase passwort motdepasse contrasena parola haslo пароль қупиясөз secret admin welcome letmein login master dragon
monkey sunshine princess football iloveyou привет любовь солнце москва россия казахстан ukraine україна georgia armenia election
elections выборы наблюдатель observer mission visit fieldtool osce odihr обсе бдипч test demo sample summer winter spring autumn
monday friday january june july october november december
"""
_COMMON = tuple(sorted(_COMMON_TEXT.split(), key=len, reverse=True))
_SWAPPED = str.maketrans("0134578@$!", "oieastbasi")
_WORD_BITS = 9.0  # a common word, wherever it stands and however it is capitalised
_CLASSES = (("Lu", 26), ("Ll", 26), ("Lt", 26), ("Lo", 40), ("Lm", 40), ("Nd", 10), ("Zs", 8))


@dataclass(frozen=True, slots=True)
class Strength:
    """The estimate: score 0 (guessed at once) to 4 (good for years), the bits it rests on, and the key of the advice that helps most."""

    score: int
    bits: float
    hint: str  # passphrase-empty, -short, -common, -repeats, -sequence, -good

    @property
    def weak(self) -> bool:
        """Whether a person should be warned."""
        return self.score < 2


def estimate(passphrase: str) -> Strength:
    """How strong a passphrase is. Longer never counts less than a part of it would without its weakest stretch."""
    text = unicodedata.normalize("NFC", passphrase)
    if not text:
        return Strength(0, 0.0, "passphrase-empty")
    rest, common = _without_common_words(text)
    sizes = _alphabet(rest)
    repeats, sequence, bits = 0, 0, common * _WORD_BITS
    seen: set[str] = set()
    for before, after in pairwise(" " + rest):
        if before + after in seen or before == after:
            repeats += 1
            bits += 0.5
        elif (before + after).casefold() in _RUNS:
            sequence += 1
            bits += 1.0
        else:
            bits += _character_bits(after, sizes)
        seen.add(before + after)
    return Strength(sum(bits >= step for step in _STEPS), round(bits, 1), _hint(text, bits, common, repeats, sequence))


def _character_bits(character: str, alphabet: int) -> float:
    # Letters of words follow one another: taken as words of a language, a letter is worth about half of a random one.
    whole = math.log2(alphabet)
    return whole * 0.55 if character.isalpha() or character.isspace() else whole


def _alphabet(text: str) -> int:
    categories = {unicodedata.category(c) for c in text}
    size = sum(count for category, count in _CLASSES if category in categories)
    return max(2, size + (20 if categories - {category for category, _ in _CLASSES} else 0))


def _without_common_words(text: str) -> tuple[str, int]:
    plain = text.casefold()
    if len(plain) != len(text):
        return text, 0
    found = 0
    for word in _COMMON:
        for spelling in {plain, plain.translate(_SWAPPED)}:
            at = spelling.find(word)
            if at >= 0:
                found += 1
                plain = plain[:at] + plain[at + len(word) :]
                text = text[:at] + text[at + len(word) :]
                break
    return text, found


def _hint(text: str, bits: float, common: int, repeats: int, sequence: int) -> str:
    if bits >= _STEPS[2]:
        return "passphrase-good"
    if common:
        return "passphrase-common"
    if sequence * 2 >= len(text) - 1:
        return "passphrase-sequence"
    if repeats * 3 >= len(text) - 1 > 0:
        return "passphrase-repeats"
    return "passphrase-short"
