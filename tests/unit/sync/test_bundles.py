"""Bundle files written and read with real certificates and real encryption: whole, or refused with the right sentence."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from fieldtool.domain.changes import SealedSegment, Segment
from fieldtool.domain.errors import KnownError
from fieldtool.identity.age import encrypt
from fieldtool.sync import limits, payload
from fieldtool.sync.manifest import BundleType, Counts, FileEntry, Manifest
from fieldtool.sync.reader import Piece, decode_all, open_bundle, pieces, read_blobs, read_bundle, read_container
from fieldtool.sync.segments import SegmentFault, decode_segment
from fieldtool.sync.writer import BlobSource, divide
from tests.effort import EFFORT
from tests.unit.sync.containers import pack, plainly, unpack, write_bundle
from tests.unit.sync.made import STREAM, segment, small
from tests.unit.sync.organisation import Member, sample

BLOB = "Протокол ✓".encode() * 50
BLOBS = {hashlib.sha256(BLOB).hexdigest(): BLOB}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A bundle from the expert to headquarters with two segments and an attachment."""
    path = tmp_path / "A to HQ.ftbundle"
    ours = sample()
    ours.write(path, ours.expert, [ours.hq], two(ours.expert), BLOBS)
    return path


def two(author: Member) -> list[SealedSegment]:
    """Two segments of one stream, one after the other."""
    first = author.seal(small())
    return [first, author.seal(segment(small().rows[:2], seq0=4, prev=first.hash))]


def entries_of(path: Path) -> dict[str, bytes]:
    """The files inside a bundle."""
    return unpack(sample().hq.reader.decrypt(path.read_bytes()))


def packed(entries: dict[str, bytes], *, resign: bool = False) -> bytes:
    """These files as the expert would send them; `resign` signs the manifest anew, as only its sender can."""
    if resign:
        entries = entries | {"manifest.p7s": sample().expert.pen.sign_cms(entries["manifest.json"])}
    return encrypt(pack(entries), [sample().hq.reader.recipient])


def refused(data: bytes, reader: Member | None = None) -> str:
    """The code that this file is refused with, wherever on the way."""
    who = reader or sample().hq
    with pytest.raises(KnownError) as caught:
        open_bundle(sample().verify(read_container(io.BytesIO(data), who.reader.decrypt_stream, name="x.ftbundle")), {who.reader.recipient})
    assert caught.value.what
    assert caught.value.next_step
    return caught.value.code


# ------------------------------------------------------------------------------------------------------------ whole files


def test_what_was_written_is_what_every_reader_named_reads(whole: Path) -> None:
    ours = sample()
    for reader in (ours.hq, ours.expert):
        bundle = ours.read(whole, reader)
        assert list(bundle.segments) == two(ours.expert)
        assert bundle.blobs == {name: len(content) for name, content in BLOBS.items()}
        assert (bundle.manifest.counts.segments, bundle.manifest.counts.changes, bundle.manifest.counts.blobs) == (2, 6, 1)


def test_the_facts_say_what_the_file_contains(tmp_path: Path) -> None:
    ours = sample()
    path = tmp_path / "facts.ftbundle"
    facts = ours.write(path, ours.expert, [ours.hq], two(ours.expert))
    assert facts.sha256 == hashlib.sha256(path.read_bytes()).digest()
    assert facts.size == path.stat().st_size
    assert facts.pieces == (Piece(ours.expert.pen.key_hash, STREAM, 1, 6),)


def test_pieces_with_a_gap_are_two() -> None:
    author = sample().expert
    first, second = two(author)
    third = author.seal(segment(small().rows[:1], seq0=10, prev=second.hash))
    assert [(p.first, p.last) for p in pieces([third, first, second])] == [(1, 6), (11, 11)]


def test_a_receipt_is_a_manifest_without_segments(tmp_path: Path) -> None:
    ours = sample()
    path = tmp_path / "receipt.ftbundle"
    ours.write(path, ours.hq, [ours.expert], type=BundleType.RECEIPT)
    bundle = ours.read(path, ours.expert)
    assert bundle.manifest.type is BundleType.RECEIPT
    assert bundle.segments == ()
    assert list(entries_of(path)) == ["manifest.json", "manifest.p7s"]


def test_nothing_but_the_file_is_left_in_its_folder(whole: Path) -> None:
    assert [p.name for p in whole.parent.iterdir()] == [whole.name]


def test_a_bundle_replaces_an_older_one_of_its_name(whole: Path) -> None:
    ours = sample()
    ours.write(whole, ours.expert, [ours.hq], two(ours.expert)[:1])
    assert len(ours.read(whole, ours.hq).segments) == 1


# ------------------------------------------------------------------------------------------------------------ bad files


def test_a_reader_who_is_not_named_is_refused(whole: Path) -> None:
    assert refused(whole.read_bytes(), sample().other) == "bundle-not-for-you"


def test_a_reader_who_can_decrypt_but_is_not_named_is_refused(whole: Path) -> None:
    relayed = encrypt(pack(entries_of(whole)), [sample().other.reader.recipient])
    assert refused(relayed, sample().other) == "bundle-not-for-you"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"age-encryption.org/v2\n", b"\x00" * 100, "Заметка".encode()])
def test_other_files_are_foreign(content: bytes) -> None:
    assert refused(content) == "file-foreign"


def test_something_else_encrypted_to_us_is_foreign() -> None:
    assert refused(encrypt(b"just a letter", [sample().hq.reader.recipient])) == "file-foreign"


def test_a_bundle_that_went_through_text_is_refused(whole: Path) -> None:
    data = whole.read_bytes()
    assert refused(data.replace(b"\n", b"\r\n")) == "file-foreign"
    assert refused(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + data) == "file-foreign"
    assert refused(data[:200] + data[200:].replace(b"\n", b"\r\n", 1)) in {"bundle-altered", "bundle-not-for-you"}


def test_a_file_beyond_the_limit_is_refused_while_it_is_read(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = whole.read_bytes()
    monkeypatch.setattr("fieldtool.sync.reader.LARGEST_FILE", len(data) - 1)
    read: list[int] = []
    with pytest.raises(KnownError, match="larger than the format allows"):
        read_container(io.BytesIO(data + bytes(1 << 20)), sample().hq.reader.decrypt_stream, name="x", tick=read.append)
    assert sum(read) <= len(data)


def test_a_full_container_fits_into_the_largest_file() -> None:
    """Age adds a line or two for each recipient, 16 bytes for each piece of 64 KiB, and less than 1 KiB."""
    one, most = (len(encrypt(b"", [sample().hq.reader.recipient] * n)) for n in (1, limits.MAX_RECIPIENTS))
    assert most + 16 * (limits.MAX_CONTAINER >> 16) + 1024 < limits.MAX_ENVELOPE
    assert one < most


def test_attachments_are_handed_out_as_they_arrive_and_only_to_whom_asks(whole: Path) -> None:
    got: dict[str, bytearray] = {}

    def receive(name: str, size: int) -> Callable[[memoryview], None]:
        assert size == len(BLOB)
        got[name] = bytearray()
        return got[name].extend

    read_blobs(whole, sample().hq.reader.decrypt_stream, receive)
    assert got == BLOBS
    read_blobs(whole, sample().hq.reader.decrypt_stream, lambda _name, _size: None)
    whole.write_bytes(whole.read_bytes()[:-1])
    with pytest.raises(KnownError):
        read_blobs(whole, sample().hq.reader.decrypt_stream, receive)


def test_an_attachment_that_is_not_what_its_name_says_is_never_written(tmp_path: Path) -> None:
    ours = sample()
    with pytest.raises(KnownError) as caught:
        ours.write(tmp_path / "x.ftbundle", ours.expert, [ours.hq], [], {"ab" * 32: b"something else"})
    assert caught.value.code == "vault-damaged"
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_changes_while_it_is_packed_is_found_out(tmp_path: Path) -> None:
    ours = sample()
    contents = iter([BLOB, BLOB[:-1] + b"!"])
    (name,) = BLOBS
    with pytest.raises(KnownError) as caught:
        write_bundle(
            tmp_path / "x.ftbundle", ours.manifest(ours.expert, []), [], [BlobSource(name, lambda: [next(contents)])],
            locks=ours.locks(ours.expert, [ours.expert.reader.recipient]),
        )  # fmt: skip
    assert caught.value.code == "bundle-altered"
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        read_bundle(tmp_path / "no.ftbundle", sample().hq.reader.decrypt_stream)
    assert caught.value.code == "file-unreadable"
    with pytest.raises(KnownError) as caught:
        read_bundle(tmp_path, sample().hq.reader.decrypt_stream)
    assert caught.value.code == "file-unreadable"


DAMAGED = {"bundle-altered", "bundle-truncated", "bundle-not-for-you", "file-foreign"}


def test_every_truncation_of_a_small_bundle_is_refused(tmp_path: Path) -> None:
    ours = sample()
    path = tmp_path / "small.ftbundle"
    ours.write(path, ours.hq, [], type=BundleType.RECEIPT)
    data = path.read_bytes()
    codes = [refused(data[:size]) for size in range(1, len(data))]
    assert set(codes[21:]) <= {"bundle-altered", "bundle-truncated"}
    assert codes[:21] == ["bundle-truncated"] * 21


def test_every_bit_flip_of_a_small_bundle_is_refused(tmp_path: Path) -> None:
    ours = sample()
    path = tmp_path / "small.ftbundle"
    ours.write(path, ours.hq, [], type=BundleType.RECEIPT)
    data = path.read_bytes()
    for place in range(len(data)):
        for bit in range(8):
            assert refused(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]) in DAMAGED


def test_every_bit_flip_inside_the_encryption_is_refused(tmp_path: Path) -> None:
    """As somebody sends it who can encrypt to us and holds a bundle of somebody else: every bit of the container counts."""
    ours = sample()
    path = tmp_path / "small.ftbundle"
    ours.write(path, ours.expert, [ours.hq], [ours.expert.seal(small())])
    plain = pack(entries_of(path))
    rng = random.Random(5)
    places = range(len(plain)) if EFFORT > 1 else sorted(rng.sample(range(len(plain)), 400))
    seen = set()
    for place in places:
        bit = rng.randrange(8)
        altered = plain[:place] + bytes([plain[place] ^ 1 << bit]) + plain[place + 1 :]
        with pytest.raises(KnownError) as caught:
            open_bundle(ours.verify(read_container(io.BytesIO(b"age-encryption.org/v1\n"), plainly(altered), name="x")))
        seen.add(caught.value.code)
    assert seen <= {"bundle-altered", "bundle-truncated", "bundle-forged", "file-foreign"}


def test_a_forged_manifest_is_refused(whole: Path) -> None:
    entries = entries_of(whole)
    text = entries["manifest.json"]
    assert refused(packed(entries | {"manifest.json": text.replace(b'"n":4', b'"n":5')})) == "bundle-forged"
    assert refused(packed(entries | {"manifest.p7s": sample().hq.pen.sign_cms(text)})) == "bundle-forged"
    assert refused(packed(entries | {"manifest.p7s": b"\x30\x00"})) == "bundle-forged"


def test_a_bundle_of_a_stranger_is_refused(tmp_path: Path) -> None:
    ours = sample()
    made = ours.manifest(ours.stranger, [ours.hq]).to_json()
    entries = {"manifest.json": made, "manifest.p7s": ours.stranger.pen.sign_cms(made)}
    assert refused(packed(entries)) == "signer-unknown"


def test_files_that_the_manifest_does_not_name_are_refused(whole: Path) -> None:
    entries = entries_of(whole)
    blob = next(name for name in entries if name.startswith("blobs/"))
    more = entries | {"blobs/" + hashlib.sha256(b"more").hexdigest(): b"more"}
    assert refused(packed(dict(sorted(more.items(), key=_place)))) == "bundle-altered"
    assert refused(packed({n: c for n, c in entries.items() if n != blob})) == "bundle-altered"
    assert refused(packed(entries | {blob: BLOB[:-1] + b"!"})) == "bundle-altered"
    assert refused(packed(entries | {blob: BLOB[:-1]})) == "bundle-altered"


def test_a_file_of_the_same_size_and_the_same_counts_is_still_another_file(whole: Path) -> None:
    entries = entries_of(whole)
    first, *rest = payload.unpack_segments(entries["segments.zst"])
    forged = SealedSegment(first.hash, first.body, bytes([first.signature[0] ^ 1]) + first.signature[1:], first.values)
    other = payload.pack_segments([forged, *rest])
    assert len(other) == len(entries["segments.zst"])
    assert refused(packed(entries | {"segments.zst": other})) == "bundle-altered"


def _place(item: tuple[str, bytes]) -> tuple[int, str]:
    order = ["manifest.json", "manifest.p7s", "segments.zst"]
    return (order.index(item[0]), "") if item[0] in order else (9, item[0])


def signed(whole: Path, old: bytes, new: bytes) -> str:
    """The code for a bundle whose manifest its own sender wrote wrongly."""
    entries = entries_of(whole)
    text = entries["manifest.json"]
    assert text.count(old) == 1
    return refused(packed(entries | {"manifest.json": text.replace(old, new)}, resign=True))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"format":1', b'"format":2', "bundle-newer"),
        (b'"must":[]', b'"must":["colours"]', "bundle-newer"),
        (b'"n":4', b'"n":0', "bundle-altered"),
        (b'"n":4', b'"n":4.0', "bundle-altered"),
        (b'"n":4', b'"n": 4', "bundle-altered"),
        (b'"n":4', b'"n":4,"n":4', "bundle-altered"),
        (b'"n":4', b'"n":true', "bundle-altered"),
        (b'"n":4', b'"n":NaN', "bundle-altered"),
        (b'"n":4', b'"n":9223372036854775808', "bundle-altered"),
        (b'"type":"bundle"', b'"type":"receipt"', "bundle-altered"),
        (b'"type":"bundle"', b'"type":"letter"', "bundle-altered"),
        (b'"segments":2', b'"segments":3', "bundle-altered"),
        (b'"segments":2', b'"segments":0', "bundle-altered"),
        (b'"changes":6', b'"changes":7', "bundle-altered"),
        (b'"blobs":1', b'"blobs":2', "bundle-altered"),
        (b'"part":1', b'"part":2', "bundle-altered"),
        (b'"name":"Headquarters"', b'"name":"Head\\u0000quarters"', "bundle-altered"),
        (b'"name":"Headquarters"', b'"name":"Headquarters","role":"hq"', "bundle-altered"),
        (b'"held":[]', b'"held":["00"]', "bundle-altered"),
        (b'"want":[]', b'"want":{}', "bundle-altered"),
        (b'"want":[]', b'"want":' + b"[" * 5000 + b"]" * 5000, "bundle-altered"),
    ],
)
def test_a_manifest_outside_the_format_is_refused_even_when_signed(whole: Path, old: bytes, new: bytes, code: str) -> None:
    assert signed(whole, old, new) == code


def test_a_manifest_may_say_more_than_this_version_knows(whole: Path) -> None:
    entries = entries_of(whole)
    text = entries["manifest.json"].replace(b'"must":[]', b'"mood":{"b":[1],"c":"fine"},"must":[]')
    data = packed(entries | {"manifest.json": text}, resign=True)
    ours = sample()
    bundle = open_bundle(ours.verify(read_container(io.BytesIO(data), ours.hq.reader.decrypt_stream, name="x")), {ours.hq.reader.recipient})
    assert len(bundle.segments) == 2


def test_a_sender_who_is_not_the_signer_is_refused(whole: Path) -> None:
    ours = sample()
    key, other = ours.expert.pen.key_hash.hex().encode(), ours.other.pen.key_hash.hex().encode()
    name = "А. Үлгі".encode()
    assert signed(whole, b'"sender":{"key":"' + key, b'"sender":{"key":"' + other) == "bundle-forged"
    assert signed(whole, b'"sender":{"key":"' + key + b'","name":"' + name, b'"sender":{"key":"' + key + b'","name":"') == "bundle-altered"


# ------------------------------------------------------------------------------------------------------------ one faulty segment


def test_one_faulty_segment_does_not_keep_the_others_out(tmp_path: Path) -> None:
    ours = sample()
    first, second = two(ours.expert)
    broken = SealedSegment(first.hash, first.body + b"\x00", first.signature, first.values)
    path = tmp_path / "one.ftbundle"
    entries = {"segments.zst": payload.pack_segments([broken, second])}
    made = ours.manifest(ours.expert, [ours.hq])
    whole = _complete(made, entries, 2, 2)
    path.write_bytes(whole)
    bundle = ours.read(path, ours.hq)
    with pytest.raises(SegmentFault):
        decode_segment(bundle.segments[0])
    assert decode_segment(bundle.segments[1]).seq0 == 4
    assert [type(found) for found in decode_all(bundle)] == [SegmentFault, Segment]


def _complete(made: Manifest, entries: dict[str, bytes], segments: int, changes: int) -> bytes:
    files = tuple(FileEntry(n, len(c), hashlib.sha256(c).digest()) for n, c in entries.items())
    text = dataclasses.replace(made, files=files, counts=Counts(segments, changes, 0)).to_json()
    return packed({"manifest.json": text, "manifest.p7s": b"", **entries}, resign=True)


# ------------------------------------------------------------------------------------------------------------ disk


class Failing:
    """Lets the first calls through, then fails with this error."""

    def __init__(self, real: Callable[..., object], number: int, after: int = 0) -> None:
        self.real, self.number, self.after = real, number, after

    def __call__(self, *arguments: object, **named: object) -> object:
        self.after -= 1
        if self.after < 0:
            raise OSError(self.number, os.strerror(self.number))
        return self.real(*arguments, **named)


FAULTS = [(errno.ENOSPC, "disk-full"), (errno.EDQUOT, "disk-full"), (errno.EROFS, "file-unwritable"), (errno.EIO, "file-unwritable")]


@pytest.mark.parametrize(("number", "code"), FAULTS)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    whole: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, call: str
) -> None:
    before = whole.read_bytes()
    ours = sample()
    with monkeypatch.context() as patch:
        patch.setattr(os, call, Failing(getattr(os, call), number))
        with pytest.raises(KnownError) as caught:
            ours.write(whole, ours.expert, [ours.hq], two(ours.expert)[:1])
    assert caught.value.code == code
    assert str(whole.parent) not in str(caught.value)
    assert whole.read_bytes() == before
    assert [p.name for p in whole.parent.iterdir()] == [whole.name]


def test_a_folder_that_is_not_there_is_unwritable(tmp_path: Path) -> None:
    ours = sample()
    with pytest.raises(KnownError) as caught:
        ours.write(tmp_path / "no" / "x.ftbundle", ours.expert, [ours.hq])
    assert caught.value.code == "file-unwritable"


def test_a_disk_that_gives_back_other_bytes_is_found_out(tmp_path: Path) -> None:
    ours = sample()
    made = ours.manifest(ours.expert, [ours.hq])
    path, locks = tmp_path / "x.ftbundle", ours.locks(ours.expert, [ours.expert.reader.recipient])

    def losing_the_last_byte(source: BinaryIO, target: BinaryIO) -> None:
        whole = io.BytesIO()
        locks.encrypt(source, whole)
        target.write(whole.getvalue()[:-1])

    with pytest.raises(KnownError) as caught:
        write_bundle(path, made, two(ours.expert), locks=dataclasses.replace(locks, encrypt=losing_the_last_byte))
    assert caught.value.code == "bundle-altered"
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_cannot_read_its_own_file_writes_none(tmp_path: Path) -> None:
    ours = sample()
    made = ours.manifest(ours.expert, [ours.hq])
    with pytest.raises(KnownError) as caught:
        write_bundle(tmp_path / "x.ftbundle", made, locks=ours.locks(ours.expert, [ours.hq.reader.recipient]))
    assert caught.value.code == "bundle-not-for-you"
    assert list(tmp_path.iterdir()) == []


def test_dividing_keeps_order_and_size() -> None:
    segments = two(sample().expert) * 5
    size = len(segments[0].body) + len(segments[0].values) + 80
    groups = divide(segments, size * 3)
    assert [s for g in groups for s in g] == segments
    assert len(groups) > 2
    assert all(sum(len(s.body) + len(s.values) + 80 for s in g) <= size * 3 for g in groups)
    assert [len(g) for g in divide(segments[:3], 1)] == [1, 1, 1]
    assert divide([], 1000) == []
