"""From a file to proven bytes, in the one safe order; it believes no signature itself, writes nothing, and lets nothing half read out.

    read_bundle(path, decrypt) -> UnverifiedBundle        file → age → strict ZIP                 (then identity verifies the manifest)
    open_bundle(verified, addresses) -> OpenBundle        manifest → digests → zstd → segments     (then identity verifies each segment)
    decode_all(bundle) -> list of Segment | SegmentFault | SegmentNewer, one for each sealed segment
    read_blobs(path, decrypt, receive)                    the file once more: attachments, handed out as they arrive

Attachments are measured and digested in the first pass, and kept by nobody: what is unencrypted never lies in a file, and memory does not
grow with them. Only when all is proven does whoever wants them go through the file again.

Faults of container or manifest reject the whole file as a `KnownError`: file-unreadable, file-foreign, bundle-truncated, bundle-altered,
bundle-newer, bundle-not-for-you. A fault inside one segment concerns that segment alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from fieldtool.domain.changes import SealedSegment, Segment
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import KeyHash, StreamId
from fieldtool.identity.bundles import BundlePart, UnverifiedBundle, VerifiedBundle
from fieldtool.sync import limits
from fieldtool.sync.container import ENTRY_MARK, Begin, ContainerParser, Sink, is_blob_name
from fieldtool.sync.limits import BLOB_FOLDER, MANIFEST_NAME, SEGMENTS_NAME, SIGNATURE_NAME
from fieldtool.sync.manifest import Manifest
from fieldtool.sync.payload import unpack_segments
from fieldtool.sync.segments import SegmentFault, SegmentNewer, decode_segment, read_header, row_count

Decrypt = Callable[[BinaryIO, BinaryIO], None]
"""Opens an age file from one stream into another; raises `KnownError` as `identity.age.AgeReader.decrypt_stream` does."""
Tick = Callable[[int], None]
"""Told how many more bytes have been dealt with; may raise to stop everything."""
Receive = Callable[[str, int], Sink | None]
"""Who takes the attachment of that SHA-256 (hexadecimal) and size; None: nobody wants it."""

MAGIC = b"age-encryption.org/v1\n"
LARGEST_FILE = limits.MAX_CONTAINER + limits.MAX_ENVELOPE


@dataclass(frozen=True, slots=True)
class Piece:
    """Changes `first` to `last` (from 1) of one stream, as a bundle holds them."""

    key: KeyHash
    stream: StreamId
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class OpenBundle:
    """What a verified bundle holds: digests compared, sizes checked, segments still sealed."""

    manifest: Manifest
    segments: tuple[SealedSegment, ...]
    blobs: Mapping[str, int]  # SHA-256 in hexadecimal → bytes; the content is still in the file: `read_blobs`


def looks_like_bundle(head: bytes) -> bool:
    """Whether a file that begins like this could be a bundle: encrypted with age."""
    return head[: len(MAGIC)] == MAGIC


def mangled(head: bytes) -> KnownError:
    """The refusal of a file that is called a bundle and does not begin like one: cut short, or rewritten on the way, as mail may do."""
    if MAGIC.startswith(head):
        return refuse("bundle-truncated", detail="only its first bytes have come" if head else "it is empty")
    return refuse("bundle-altered", detail="it does not begin like one")


def read_bundle(path: Path, decrypt: Decrypt, tick: Tick | None = None) -> UnverifiedBundle:
    """The container of a file, decrypted. Raises `KnownError` file-unreadable, file-foreign, and as `read_container`."""
    try:
        with path.open("rb") as file:
            return read_container(file, decrypt, name=path.name, tick=tick)
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error


def read_container(source: BinaryIO, decrypt: Decrypt, *, name: str, tick: Tick | None = None) -> UnverifiedBundle:
    """The container of this encrypted stream; `name` is for the sentence only. Of attachments, size and digest are kept.

    Raises `KnownError` file-foreign, bundle-not-for-you, bundle-truncated, bundle-altered, and `OSError` of the stream.
    """
    found: dict[str, _Kept] = {}

    def begin(entry: str, size: int) -> Sink:
        found[entry] = _Kept(not is_blob_name(entry))
        return found[entry].take

    digest = _go_through(source, decrypt, name, begin, tick)
    parts = {entry: kept.part() for entry, kept in found.items()}
    manifest, signature = parts.pop(MANIFEST_NAME).content or b"", parts.pop(SIGNATURE_NAME).content or b""
    return UnverifiedBundle(manifest, signature, parts, digest)


def read_blobs(path: Path, decrypt: Decrypt, receive: Receive, tick: Tick | None = None) -> None:
    """Go through a file that has been proven once more, and hand out the attachments that `receive` asks for.

    The file may have been exchanged in between: whoever takes a content compares it with the digest it has proven. Raises as `read_bundle`.
    """

    def begin(entry: str, size: int) -> Sink:
        return (receive(entry.removeprefix(BLOB_FOLDER), size) if is_blob_name(entry) else None) or _drop

    try:
        with path.open("rb") as file:
            _go_through(file, decrypt, path.name, begin, tick)
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error


def _go_through(source: BinaryIO, decrypt: Decrypt, name: str, begin: Begin, tick: Tick | None) -> bytes:
    """Decrypt and parse all of it; the SHA-256 of the encrypted stream."""
    parser = ContainerParser(begin)
    head = source.read(len(MAGIC))
    if not looks_like_bundle(head):
        raise mangled(head) if head and MAGIC.startswith(head) else refuse("file-foreign", file=name)
    encrypted, plain = _Counted(source, head, tick), _Plain(parser, name)
    decrypt(cast(BinaryIO, encrypted), cast(BinaryIO, plain))
    plain.close()
    return encrypted.digest.digest()


def _drop(_piece: memoryview) -> None:
    """Takes what nobody wants."""


class _Kept:
    """Measures and digests an entry, and keeps its content where it is small and needed."""

    def __init__(self, keep: bool) -> None:
        self._content: bytearray | None = bytearray() if keep else None
        self._size, self._digest = 0, hashlib.sha256()

    def take(self, piece: memoryview) -> None:
        self._size += len(piece)
        self._digest.update(piece)
        if self._content is not None:
            self._content += piece

    def part(self) -> BundlePart:
        return BundlePart(self._size, self._digest.digest(), None if self._content is None else bytes(self._content))


class _Counted:
    """The encrypted stream, from its first byte: no longer than the format allows, and counted."""

    def __init__(self, source: BinaryIO, head: bytes, tick: Tick | None) -> None:
        self._source, self._head, self._tick, self._size = source, head, tick, 0
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._head[:size] or self._source.read(size)
        self._head = self._head[len(piece) :]
        self._size += len(piece)
        self.digest.update(piece)
        if self._size > LARGEST_FILE:
            raise refuse("bundle-altered", detail="it is larger than the format allows")
        if self._tick is not None:
            self._tick(len(piece))
        return piece


class _Plain:
    """What comes out of the encryption: a container of ours from its first bytes on, or foreign."""

    def __init__(self, parser: ContainerParser, name: str) -> None:
        self._parser, self._name, self._head = parser, name, b""

    def write(self, piece: bytes) -> int:
        if len(self._head) < len(ENTRY_MARK):
            self._head += piece[: len(ENTRY_MARK) - len(self._head)]
            if not ENTRY_MARK.startswith(self._head):
                raise refuse("file-foreign", file=self._name)
        self._parser.feed(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        if self._head != ENTRY_MARK:
            raise refuse("file-foreign", file=self._name)
        self._parser.close()


def open_bundle(verified: VerifiedBundle, addresses: Collection[str] | None = None) -> OpenBundle:
    """The contents of a bundle whose manifest's signature holds; `addresses` are this vault's own (None: look without being addressed).

    Raises `KnownError` bundle-newer, bundle-altered, bundle-not-for-you.
    """
    manifest = Manifest.from_json(verified.manifest)
    if manifest.sender != verified.signer:
        raise refuse("bundle-forged", detail="it names another sender than the one who signed it")
    if addresses is not None and not manifest.addressed_to(addresses):
        raise refuse("bundle-not-for-you")
    parts = verified.parts
    if list(parts) != [f.name for f in manifest.files]:
        raise refuse("bundle-altered", detail="it holds other files than its manifest names")
    for entry in manifest.files:
        part, named = parts[entry.name], entry.name.removeprefix(BLOB_FOLDER)
        if part.size != entry.size or part.sha256 != entry.sha256 or (entry.name != SEGMENTS_NAME and named != part.sha256.hex()):
            raise refuse("bundle-altered", detail="a file in it is not the one that its manifest names")
    packed = parts[SEGMENTS_NAME].content if SEGMENTS_NAME in parts else None
    segments = unpack_segments(packed) if packed is not None else []
    blobs = {name.removeprefix(BLOB_FOLDER): part.size for name, part in parts.items() if is_blob_name(name)}
    if len(segments) != manifest.counts.segments or count_changes(segments) != manifest.counts.changes:
        raise refuse("bundle-altered", detail="it does not hold as much as its manifest says")
    return OpenBundle(manifest, tuple(segments), blobs)


def count_changes(segments: Iterable[SealedSegment]) -> int:
    """The changes that these segments hold, as a manifest counts them; one without a readable header, or of a newer format, counts none."""
    total = 0
    for segment in segments:
        try:
            total += row_count(segment.body)
        except SegmentFault:
            continue
    return total


def decode_all(bundle: OpenBundle) -> list[Segment | SegmentFault | SegmentNewer]:
    """Each segment decoded, or why it is not: a faulty one is set aside by its hash, a newer one is kept unread."""
    found: list[Segment | SegmentFault | SegmentNewer] = []
    for sealed in bundle.segments:
        try:
            found.append(decode_segment(sealed))
        except (SegmentFault, SegmentNewer) as error:
            found.append(error)
    return found


def pieces(segments: Iterable[SealedSegment]) -> list[Piece]:
    """Which changes of which streams these segments are, adjoining ranges joined, sorted by key, stream and number."""
    ranges: dict[tuple[KeyHash, StreamId], list[tuple[int, int]]] = {}
    for sealed in segments:
        try:
            head, rows = read_header(sealed.body), row_count(sealed.body)
        except SegmentFault:
            continue
        ranges.setdefault((head.key, head.stream), []).append((head.seq0 + 1, head.seq0 + rows))
    found: list[Piece] = []
    for (key, stream), spans in sorted(ranges.items()):
        joined: list[tuple[int, int]] = []
        for first, last in sorted(spans):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        found += [Piece(key, stream, first, last) for first, last in joined]
    return found
