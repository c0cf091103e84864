"""DER where a format of ours has exactly one encoding: written here, and taken apart only to be written again and compared."""

from __future__ import annotations

ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")  # RFC 5758: the algorithm, without parameters
SHA256 = bytes.fromhex("300d06096086480165030402010500")

SEQUENCE, SET, OCTET_STRING, BIT_STRING, TAGGED = 0x30, 0x31, 0x04, 0x03, 0xA0


def encode(tag: int, *parts: bytes) -> bytes:
    """An element of that tag around the encoded parts, its length in the shortest form (X.690, 8.1.3)."""
    inside = b"".join(parts)
    size = len(inside)
    if size < 0x80:
        return bytes((tag, size)) + inside
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + inside


def elements(contents: bytes) -> list[bytes]:
    """The elements that stand one after another, each whole. Raises `ValueError` where they do not end with the bytes.

    It is lenient about lengths in a longer form than needed: who reads with it writes the same again with `encode` and compares.
    """
    found = []
    while contents:
        start, size = _extent(contents)
        if start + size > len(contents):
            raise ValueError("an element is longer than what holds it")
        found.append(contents[: start + size])
        contents = contents[start + size :]
    return found


def content(element: bytes) -> bytes:
    """What stands inside one element. Raises `ValueError`."""
    start, size = _extent(element)
    if start + size != len(element):
        raise ValueError("an element is longer or shorter than it says")
    return element[start:]


def _extent(raw: bytes) -> tuple[int, int]:
    """Where the content of the first element starts, and how long it is; lengths up to 65,535."""
    if len(raw) < 2 or raw[1] == 0x80 or raw[1] > 0x82:
        raise ValueError("not an element of definite length")
    more = raw[1] & 0x7F if raw[1] & 0x80 else 0
    if len(raw) < 2 + more:
        raise ValueError("an element ends in its length")
    return 2 + more, int.from_bytes(raw[2 : 2 + more], "big") if more else raw[1]
