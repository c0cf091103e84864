"""From a file to proven bytes, in the one safe order; it believes no signature itself, writes nothing, and lets nothing half read out.

    read_bundle(path, decrypt) -> UnverifiedBundle        file → age → strict ZIP                 (then identity verifies the manifest)
    open_bundle(verified, addresses) -> OpenBundle        manifest → digests → zstd → segments     (then identity verifies each segment)
    decode_all(bundle) -> list of Segment | SegmentFault | SegmentNewer, one for each sealed segment

Faults of container or manifest reject the whole file as a `KnownError`: file-unreadable, file-foreign, bundle-truncated, bundle-altered,
bundle-newer, bundle-not-for-you. A fault inside one segment concerns that segment alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.changes import SealedSegment, Segment
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash, StreamId
from fieldtool.identity.bundles import BundlePart, UnverifiedBundle, VerifiedBundle
from fieldtool.sync import limits
from fieldtool.sync.container import unpack
from fieldtool.sync.limits import BLOB_FOLDER, MANIFEST_NAME, SEGMENTS_NAME, SIGNATURE_NAME
from fieldtool.sync.manifest import Manifest
from fieldtool.sync.payload import unpack_segments
from fieldtool.sync.segments import SegmentFault, SegmentNewer, decode_segment, read_header, row_count

Decrypt = Callable[[bytes], bytes]
"""Opens an age file; raises `KnownError` as `identity.age.AgeReader.decrypt` does."""

MAGIC = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True)
class BytesPart:
    """One file of a container, in memory and not copied: what identity calls a bundle part."""

    content: memoryview

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content)

    def chunks(self) -> Iterator[bytes]:
        """The content in one piece."""
        yield bytes(self.content)


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
    blobs: Mapping[str, bytes]  # SHA-256 in hexadecimal → content


def looks_like_bundle(head: bytes) -> bool:
    """Whether a file that begins like this could be a bundle: encrypted with age."""
    return head[: len(MAGIC)] == MAGIC


def read_bundle(path: Path, decrypt: Decrypt) -> UnverifiedBundle:
    """The container of a file, decrypted. Raises `KnownError` file-unreadable, file-foreign, and as `read_container`."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_CONTAINER + limits.MAX_ENVELOPE + 1)
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error
    return read_container(data, decrypt, name=path.name)


def read_container(data: bytes, decrypt: Decrypt, *, name: str) -> UnverifiedBundle:
    """The container of these encrypted bytes; `name` is for the sentence only.

    Raises `KnownError` file-foreign, bundle-not-for-you, bundle-truncated, bundle-altered.
    """
    if not looks_like_bundle(data):
        cut = len(data) < len(MAGIC) and MAGIC.startswith(data) and data != b""
        raise refuse("bundle-truncated", detail="only its first bytes have come") if cut else refuse("file-foreign", file=name)
    if len(data) > limits.MAX_CONTAINER + limits.MAX_ENVELOPE:
        raise refuse("bundle-altered", detail="it is larger than the format allows")
    plain = decrypt(data)
    if plain[:4] != b"PK\x03\x04":
        raise refuse("file-foreign", file=name)
    entries = unpack(plain)
    manifest, signature = bytes(entries.pop(MANIFEST_NAME)), bytes(entries.pop(SIGNATURE_NAME))
    return UnverifiedBundle(manifest, signature, {part: BytesPart(content) for part, content in entries.items()})


def open_bundle(verified: VerifiedBundle, addresses: Collection[str] | None = None) -> OpenBundle:
    """The contents of a bundle whose manifest's signature holds; `addresses` are this vault's own (None: look without being addressed).

    Raises `KnownError` bundle-newer, bundle-altered, bundle-not-for-you.
    """
    manifest = Manifest.from_json(verified.manifest)
    if manifest.sender != verified.signer:
        raise refuse("bundle-forged", detail="it names another sender than the one who signed it")
    if addresses is not None and not manifest.addressed_to(addresses):
        raise refuse("bundle-not-for-you")
    files = {name: _whole(part) for name, part in verified.parts.items()}
    if list(files) != [f.name for f in manifest.files]:
        raise refuse("bundle-altered", detail="it holds other files than its manifest names")
    for entry in manifest.files:
        content = files[entry.name]
        digest = hashlib.sha256(content).digest()
        named = entry.name.removeprefix(BLOB_FOLDER)
        if len(content) != entry.size or digest != entry.sha256 or (entry.name != SEGMENTS_NAME and named != digest.hex()):
            raise refuse("bundle-altered", detail="a file in it is not the one that its manifest names")
    segments = unpack_segments(files.pop(SEGMENTS_NAME)) if SEGMENTS_NAME in files else []
    bundle = OpenBundle(manifest, tuple(segments), {name.removeprefix(BLOB_FOLDER): content for name, content in files.items()})
    if len(segments) != manifest.counts.segments or count_changes(segments) != manifest.counts.changes:
        raise refuse("bundle-altered", detail="it does not hold as much as its manifest says")
    return bundle


def _whole(part: BundlePart) -> bytes:
    pieces = list(part.chunks())
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


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
