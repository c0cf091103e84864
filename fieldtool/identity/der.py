"""Writing DER where a format of ours has exactly one encoding; reading it is left to libraries."""

from __future__ import annotations

ECDSA_SHA256 = bytes.fromhex("300a06082a8648ce3d040302")  # RFC 5758: the algorithm, without parameters
SHA256 = bytes.fromhex("300d06096086480165030402010500")

SEQUENCE, SET, OCTET_STRING, BIT_STRING, TAGGED = 0x30, 0x31, 0x04, 0x03, 0xA0


def encode(tag: int, *parts: bytes) -> bytes:
    """An element of that tag around the encoded parts, its length in the shortest form (X.690, 8.1.3)."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content
