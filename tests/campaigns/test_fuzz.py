"""What the fuzzer starts from, what it has found, and inputs changed at random: the reader answers each with a sentence or a result."""

from __future__ import annotations

import random

import pytest

from tests.campaigns import reading
from tests.campaigns.reading import LAYERS, read, seeds
from tests.effort import EFFORT

RANDOM_SEED = 11


def test_every_layer_reads_a_good_input_and_refuses_the_hostile_ones_with_a_sentence() -> None:
    said = [(data[0], read(data)) for data in seeds() if data]
    assert {layer for layer, answer in said if answer == "read"} == set(range(len(LAYERS)))
    assert sum(answer == "KnownError" for _, answer in said) > 80


def test_inputs_changed_at_random_are_read_or_refused() -> None:
    chance = random.Random(RANDOM_SEED)
    known = [s for s in seeds() if len(s) < 5_000]
    for _ in range(4_000 * EFFORT):
        data = bytearray(chance.choice(known))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(1, len(data) + 1)
            kind = chance.randrange(4)
            if kind == 0:
                data[place:place] = chance.randbytes(chance.randint(1, 8))
            elif kind == 1:
                del data[place : place + chance.randint(1, 8)]
            elif kind == 2:
                data[place:] = chance.choice(known)[1:][place:]
            elif place < len(data):
                data[place] = chance.choice((0, 0x7F, 0x80, 0xFF, data[place] ^ 1 << chance.randrange(8)))
        read(bytes(data))


def test_what_is_no_sentence_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> None:
        raise IndexError(len(data))

    monkeypatch.setattr(reading, "LAYERS", (broken,))
    with pytest.raises(IndexError):
        read(b"\x00abc")
