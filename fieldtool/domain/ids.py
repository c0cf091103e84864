"""Identifiers and the hybrid logical clock: made from a given time and given random bytes, never from a clock of its own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import NewType

EntityId = NewType("EntityId", str)  # UUIDv7, lower-case with hyphens
LocalChange = NewType("LocalChange", int)  # this vault's number of a change: segment row << 16 | row; stable across sealing
SegmentHash = NewType("SegmentHash", bytes)  # SHA-256 of a segment's body, 32 bytes
KeyHash = NewType("KeyHash", bytes)  # SHA-256 of the DER SubjectPublicKeyInfo, 32 bytes
StreamId = NewType("StreamId", bytes)  # SHA-256(org, visit, key, nonce), 32 bytes
Hlc = NewType("Hlc", int)  # milliseconds since 1970 UTC << 16 | counter

Clock = Callable[[], int]  # milliseconds since 1970 UTC
Randomness = Callable[[int], bytes]  # that many random bytes

LIBRARY = EntityId("00000000-0000-0000-0000-000000000000")  # the scope of what belongs to no visit; never exported as such

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


def new_entity_id(clock: Clock, randomness: Randomness) -> EntityId:
    """A fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    ms, rest = clock() & ((1 << 48) - 1), int.from_bytes(randomness(10), "big")
    number = ms << 80 | 0x7 << 76 | (rest >> 62 & 0xFFF) << 64 | 0b10 << 62 | rest & ((1 << 62) - 1)
    return EntityId(str(uuid.UUID(int=number)))


def is_entity_id(text: str) -> bool:
    """Whether `text` is an id in its one spelling."""
    return _UUID.match(text) is not None


def id_bytes(entity: EntityId) -> bytes:
    """The 16 bytes of an id."""
    return bytes.fromhex(entity.replace("-", ""))


def id_from_bytes(raw: bytes) -> EntityId:
    """The id of 16 bytes. Raises `ValueError` for another length."""
    h = raw.hex()
    if len(h) != 32:
        raise ValueError("an id has 16 bytes")
    return EntityId(f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}")


def next_hlc(now_ms: int, parents: list[Hlc]) -> Hlc:
    """The clock value of a new change: the wall clock, or one more than the latest parent where that is later."""
    return Hlc(max([now_ms << 16, *(p + 1 for p in parents)]))


def hlc_ms(hlc: Hlc) -> int:
    """The milliseconds since 1970 UTC that a clock value was made at, as its author's machine believed."""
    return hlc >> 16
