"""Every file of the hostile corpus is refused with a sentence, and none of them costs time or memory before it is."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.errors import KnownError
from fieldtool.sync import limits
from fieldtool.sync.container import ContainerParser, Entry, Sink, compose, entry_of
from fieldtool.sync.payload import pack_segments, unpack_segments
from tests.unit.sync.containers import pack, unpack, unpack_pieces
from tests.unit.sync.hostile import BLOB, CONTAINERS, FRAMES, GOOD, WHOLE, frame, zipped
from tests.unit.sync.made import sealed, small


def test_the_good_container_is_read_and_any_zip_program_would_read_it_too() -> None:
    assert unpack(WHOLE) == GOOD
    assert zipped(GOOD.items()) == WHOLE  # byte for byte what the standard library writes for these entries


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_hostile_container_is_refused(name: str) -> None:
    with pytest.raises(KnownError) as caught:
        unpack(CONTAINERS[name]())
    assert caught.value.code in {"bundle-altered", "bundle-truncated"}


def outcome(pieces: Iterable[bytes]) -> object:
    """What a container comes to: its entries, or the code it is refused with."""
    try:
        return unpack_pieces(pieces)
    except KnownError as error:
        return error.code


@settings(max_examples=150)
@given(
    made=st.sampled_from([None, *CONTAINERS]),
    end=st.integers(0, len(WHOLE)),
    flip=st.none() | st.integers(0, len(WHOLE) * 8 - 1),
    cuts=st.lists(st.integers(1, len(WHOLE)), max_size=40),
)
def test_in_whatever_pieces_a_container_arrives_it_comes_to_the_same(made: str | None, end: int, flip: int | None, cuts: list[int]) -> None:
    data = bytearray(CONTAINERS[made]() if made else WHOLE)
    if flip is not None and flip // 8 < len(data):
        data[flip // 8] ^= 1 << flip % 8
    for whole in (bytes(data), bytes(data[:end])):
        places = [0, *sorted(cuts), len(whole)]
        assert outcome(whole[a:b] for a, b in pairwise(places)) == outcome([whole])
        assert outcome(bytes([byte]) for byte in whole[:2000]) == outcome([whole[:2000]])


def test_nothing_of_a_container_is_kept_while_it_passes() -> None:
    """Two attachments of 32 MB, of which one piece is in memory at a time."""
    piece = b"x" * 65_536
    crc = zlib.crc32(piece * 512)
    entries = [entry_of("manifest.json", b"{}"), entry_of("manifest.p7s", b"0")]
    entries += [Entry(f"blobs/{n:064x}", len(piece) * 512, crc, lambda: (piece for _ in range(512))) for n in range(2)]
    seen = dict.fromkeys((e.name for e in entries), 0)

    def begin(name: str, _size: int) -> Sink:
        def take(content: memoryview) -> None:
            seen[name] += len(content)

        return take

    parser = ContainerParser(begin)
    tracemalloc.start()
    try:
        for passing in compose(entries):
            parser.feed(passing)
        parser.close()
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert seen == {e.name: e.size for e in entries}


def test_a_container_beyond_its_limit_is_neither_written_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CONTAINER", len(WHOLE))
    assert unpack(pack(GOOD)) == GOOD
    monkeypatch.setattr(limits, "MAX_CONTAINER", len(WHOLE) - 1)
    with pytest.raises(KnownError) as caught:
        pack(GOOD)
    assert caught.value.code == "bundle-too-large"
    monkeypatch.setattr(limits, "MAX_CONTAINER", WHOLE.index(BLOB.encode()) + len(BLOB) + len(GOOD[BLOB]) - 1)
    assert outcome([WHOLE]) == "bundle-altered"


def test_every_truncation_of_a_container_is_refused() -> None:
    for size in range(len(WHOLE)):
        with pytest.raises(KnownError) as caught:
            unpack(WHOLE[:size])
        assert caught.value.code in {"bundle-altered", "bundle-truncated"}


def test_every_bit_flip_of_a_container_is_refused_or_lies_in_a_file_that_the_manifest_digests() -> None:
    for place in range(len(WHOLE)):
        for bit in range(8):
            with pytest.raises(KnownError):
                unpack(WHOLE[:place] + bytes([WHOLE[place] ^ 1 << bit]) + WHOLE[place + 1 :])


def test_a_container_with_more_entries_than_the_format_allows_is_neither_read_nor_written() -> None:
    entries = {"manifest.json": b"", "manifest.p7s": b"", "segments.zst": b""}
    entries |= {f"blobs/{n:064x}": b"" for n in range(limits.MAX_BLOBS + 1)}
    with pytest.raises(KnownError) as caught:
        pack(entries)
    assert caught.value.code == "bundle-too-large"
    with pytest.raises(KnownError):
        unpack(zipped(entries.items()))
    del entries[f"blobs/{limits.MAX_BLOBS:064x}"]
    assert list(unpack(zipped(entries.items()))) == list(entries)


@pytest.mark.parametrize("entries", [{}, {"manifest.json": b""}, {"manifest.json": b"", "manifest.p7s": b"", "x": b""}])
def test_a_container_outside_the_format_is_never_written(entries: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="order"):
        pack(entries)


def test_the_good_frame_is_read() -> None:
    whole = [sealed(small())]
    assert unpack_segments(frame()) == whole
    assert pack_segments(whole) == frame()


@pytest.mark.parametrize("name", FRAMES)
def test_a_hostile_frame_is_refused_before_it_costs_memory(name: str) -> None:
    data = FRAMES[name]()
    tracemalloc.start()
    try:
        with pytest.raises(KnownError) as caught:
            unpack_segments(data)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.code == "bundle-altered"


def test_every_truncation_of_a_frame_is_refused_and_no_bit_flip_gives_other_segments() -> None:
    """A frame has a few bits that mean nothing; the digest in the manifest covers those."""
    whole = frame()
    harmless = 0
    for place in range(len(whole)):
        with pytest.raises(KnownError):
            unpack_segments(whole[:place])
        for bit in range(8):
            try:
                found = unpack_segments(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            except KnownError:
                continue
            assert found == [sealed(small())]
            harmless += 1
    assert harmless < 5
