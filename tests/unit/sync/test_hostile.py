"""Every file of the hostile corpus is refused with a sentence, and none of them costs time or memory before it is."""

from __future__ import annotations

import tracemalloc

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.sync import limits
from fieldtool.sync.payload import pack_segments, unpack_segments
from tests.unit.sync.containers import pack, unpack
from tests.unit.sync.hostile import CONTAINERS, FRAMES, GOOD, WHOLE, frame, zipped
from tests.unit.sync.made import sealed, small


def test_the_good_container_is_read_and_any_zip_program_would_read_it_too() -> None:
    assert unpack(WHOLE) == GOOD
    assert zipped(GOOD.items()) == WHOLE  # byte for byte what the standard library writes for these entries


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_hostile_container_is_refused(name: str) -> None:
    with pytest.raises(KnownError) as caught:
        unpack(CONTAINERS[name]())
    assert caught.value.code in {"bundle-altered", "bundle-truncated"}


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
