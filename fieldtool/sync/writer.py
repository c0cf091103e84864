"""From sealed segments to a file that has been read back; it signs and encrypts through what it is given and leaves nothing half written.

    writing(path, manifest, segments, blobs, …)   context: a file beside `path`, read back; `settle` gives it its name
    divide(segments, most_bytes)                  groups of segments, each for one numbered file

A receipt is a manifest of type receipt without segments and blobs. Attachments are read three times, piece by piece: for their checksums,
for the file, and from the file; none is ever whole in memory.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from fieldtool.domain.changes import SealedSegment
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle
from fieldtool.sync import limits
from fieldtool.sync.container import Entry, compose, entry_of
from fieldtool.sync.limits import BLOB_FOLDER, MANIFEST_NAME, SEGMENTS_NAME, SIGNATURE_NAME
from fieldtool.sync.manifest import Counts, FileEntry, Manifest
from fieldtool.sync.parts import part_beside
from fieldtool.sync.payload import pack_segments
from fieldtool.sync.reader import Decrypt, Piece, Tick, count_changes, open_bundle, pieces, read_container

Sign = Callable[[bytes], bytes]
"""A detached CMS signature, DER, over the manifest's bytes."""
Encrypt = Callable[[BinaryIO, BinaryIO], None]
"""Encrypts a stream to the manifest's recipients; the writer itself must be one of them, or it could not read back what it wrote."""
Verify = Callable[[UnverifiedBundle], VerifiedBundle]
"""Identity's judgement of the manifest's signature."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class BlobSource:
    """An attachment to be packed: its SHA-256 in hexadecimal, and its content in pieces as often as it is asked for."""

    sha256: str
    pieces: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """What was written: enough to say “contains A 1-120, for: HQ, head; safe to remove”."""

    path: Path
    size: int
    sha256: bytes  # of the file, as `sha256sum` shows it
    manifest: Manifest
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Locks:
    """What the writer is lent by identity: to sign, to encrypt, and to read its own file as a stranger's."""

    sign: Sign
    encrypt: Encrypt
    decrypt: Decrypt
    verify: Verify


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A whole file that does not have its name yet."""

    facts: BundleFacts
    temporary: Path

    def settle(self) -> None:
        """Give it its name, for good. Raises `KnownError` disk-full, file-unwritable."""
        try:
            os.replace(self.temporary, self.facts.path)
            _sync_folder(self.facts.path.parent)
        except OSError as error:
            raise _disk_fault(self.facts.path, error) from error


@contextmanager
def writing(
    path: Path,
    manifest: Manifest,
    segments: Sequence[SealedSegment],
    blobs: Sequence[BlobSource],
    *,
    locks: Locks,
    tick: Tick | None = None,
) -> Iterator[WrittenFile]:
    """Write one bundle or receipt under a temporary name in the folder of `path`, and read it back through the reader; `files` and `counts`
    of the manifest are filled in here. It takes its name by `settle`; a file that has not when the block ends is removed.

    `tick` is told the bytes of attachments and file as they pass: of attachments twice, of the file once. Raises `KnownError` disk-full,
    file-unwritable, bundle-too-large, and vault-damaged where an attachment is not the one its name says.
    """
    entries, files = _entries(segments, blobs, tick)
    counts = Counts(len(segments), count_changes(segments), len(blobs))
    complete = dataclasses.replace(manifest, files=files, counts=counts)
    text = complete.to_json()
    container = compose([entry_of(MANIFEST_NAME, text), entry_of(SIGNATURE_NAME, locks.sign(text)), *entries])
    with _temporary(path) as temporary:
        size, digest = _encrypted(path, temporary, _Pieces(container, tick), locks.encrypt)
        _read_back(path, temporary, text, segments, locks, digest, tick)
        yield WrittenFile(BundleFacts(path, size, digest, complete, tuple(pieces(segments))), temporary)


def _entries(
    segments: Sequence[SealedSegment], blobs: Sequence[BlobSource], tick: Tick | None
) -> tuple[list[Entry], tuple[FileEntry, ...]]:
    """What stands behind the signature: as the container wants it and as the manifest names it."""
    entries: list[Entry] = []
    files: list[FileEntry] = []
    if segments:
        packed = pack_segments(segments)
        entries.append(entry_of(SEGMENTS_NAME, packed))
        files.append(FileEntry(SEGMENTS_NAME, len(packed), hashlib.sha256(packed).digest()))
    for blob in sorted(blobs, key=lambda b: b.sha256):
        size, crc, digest = 0, 0, hashlib.sha256()
        for piece in blob.pieces():
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            digest.update(piece)
            if tick is not None:
                tick(len(piece))
        if digest.hexdigest() != blob.sha256:
            raise refuse("vault-damaged", detail="an attachment is not the one its name says")
        name = BLOB_FOLDER + blob.sha256
        entries.append(Entry(name, size, crc, blob.pieces))
        files.append(FileEntry(name, size, digest.digest()))
    if len(files) > limits.MAX_BLOBS + 1:
        raise refuse("bundle-too-large")
    return entries, tuple(files)


def _encrypted(path: Path, temporary: Path, container: _Pieces, encrypt: Encrypt) -> tuple[int, bytes]:
    """Write the container encrypted and durable; size and SHA-256 of the file."""
    try:
        with temporary.open("wb") as file:
            target = _Digested(file)
            encrypt(cast(BinaryIO, container), cast(BinaryIO, target))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _disk_fault(path, error) from error
    return target.size, target.digest.digest()


def _read_back(
    path: Path, temporary: Path, text: bytes, segments: Sequence[SealedSegment], locks: Locks, digest: bytes, tick: Tick | None
) -> None:
    """The reader has to find in the file what was put there; of attachments it compares the digests that the manifest names."""
    try:
        with temporary.open("rb") as file:
            unverified = read_container(file, locks.decrypt, name=path.name, tick=tick)
    except OSError as error:
        raise _disk_fault(path, error) from error
    back = open_bundle(locks.verify(unverified))
    if back.manifest.to_json() != text or list(back.segments) != list(segments) or unverified.sha256 != digest:
        raise refuse("file-unwritable", file=path.name, reason="the disk gave back other bytes than were written")


class _Pieces:
    """A stream over pieces that are made when they are asked for."""

    def __init__(self, made: Iterator[bytes], tick: Tick | None) -> None:
        self._made, self._tick, self._rest = made, tick, memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._made, None)
            if piece is None:
                return b""
            if self._tick is not None:
                self._tick(len(piece))
            self._rest = memoryview(piece)
        piece = bytes(self._rest if size < 0 else self._rest[:size])
        self._rest = self._rest[len(piece) :]
        return piece


class _Digested:
    """The file being written, measured on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.size, self.digest = file, 0, hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.size += len(piece)
        self.digest.update(piece)
        return self._file.write(piece)

    def flush(self) -> None:
        self._file.flush()


def divide(segments: Iterable[SealedSegment], most_bytes: int) -> list[list[SealedSegment]]:
    """The segments in their order, in groups whose compressed files stay below `most_bytes` where a single segment allows it.

    Sizes are taken before compression, so files come out smaller, never larger.
    """
    groups: list[list[SealedSegment]] = []
    size = 0
    for segment in segments:
        own = len(segment.body) + len(segment.values) + limits.SIGNATURE + 16
        if not groups or size + own > most_bytes:
            groups.append([])
            size = 0
        groups[-1].append(segment)
        size += own
    return groups


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """The name of an empty file beside `path`; it is removed at the end, if it still lies there."""
    with ExitStack() as stack:
        try:
            temporary = stack.enter_context(part_beside(path))
        except OSError as error:
            raise _disk_fault(path, error) from error
        yield temporary


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows keeps no handle on a folder; its rename is written through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _disk_fault(path: Path, error: OSError) -> KnownError:
    if error.errno in _NO_ROOM:
        return refuse("disk-full", file=path.name)
    return refuse("file-unwritable", file=path.name, reason=error.strerror or "the disk does not answer")
