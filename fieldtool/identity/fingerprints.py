"""Fingerprints of keys, as digits and as words two people can compare by voice; compares, never decides what follows."""

from __future__ import annotations

import hashlib

from fieldtool.domain.ids import KeyHash
from fieldtool.identity.wordlist import WORDS

SPOKEN_BYTES = 12  # 96 bits: enough against a second key made to match, and still read aloud in half a minute
_HEX = frozenset("0123456789abcdef")
_BYTE_OF = {word: number for number, word in enumerate(WORDS)}
_BYTE_OF_START = {word[:3]: number for number, word in enumerate(WORDS)}


def key_hash(spki: bytes) -> KeyHash:
    """What a key is known by: SHA-256 of its DER SubjectPublicKeyInfo."""
    return KeyHash(hashlib.sha256(spki).digest())


def digits(key: bytes) -> str:
    """The fingerprint in hexadecimal, all 64 digits."""
    return key.hex()


def words(key: bytes) -> str:
    """The first 96 bits of a fingerprint as twelve words with hyphens between."""
    return "-".join(WORDS[byte] for byte in key[:SPOKEN_BYTES])


def read_words(text: str) -> bytes:
    """The 12 bytes of twelve words in any case and with any separators; three letters of a word are enough. Raises `ValueError`."""
    typed = "".join(c if c.isalpha() else " " for c in text.casefold()).split()
    if len(typed) != SPOKEN_BYTES:
        raise ValueError("twelve words were expected")
    return bytes(_byte(word) for word in typed)


def matches(typed: str, key: bytes) -> bool:
    """Whether what a person typed, twelve words or at least 24 hexadecimal digits, names this key; anything else is False."""
    bare = "".join(c for c in typed.casefold() if not c.isspace() and c not in ":-·")
    if _HEX.issuperset(bare):
        return len(bare) >= 2 * SPOKEN_BYTES and key.hex().startswith(bare)
    try:
        return read_words(typed) == key[:SPOKEN_BYTES]
    except ValueError:
        return False


def _byte(word: str) -> int:
    whole = _BYTE_OF.get(word)
    if whole is not None:
        return whole
    number = _BYTE_OF_START.get(word[:3])
    if number is None or not WORDS[number].startswith(word):
        raise ValueError("not a word of the list")
    return number
