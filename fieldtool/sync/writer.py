"""From sealed segments to a file that has been read back; it signs and encrypts through what it is given and leaves nothing half written.

    write_bundle(path, manifest, segments, blobs, sign=…, encrypt=…, decrypt=…, verify=…) -> BundleFacts
    divide(segments, most_bytes) -> list of groups, each for one numbered file

A receipt is a manifest of type receipt without segments and blobs.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fieldtool.domain.changes import SealedSegment
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle
from fieldtool.sync import limits
from fieldtool.sync.container import pack
from fieldtool.sync.limits import BLOB_FOLDER, MANIFEST_NAME, SEGMENTS_NAME, SIGNATURE_NAME
from fieldtool.sync.manifest import Counts, FileEntry, Manifest
from fieldtool.sync.payload import pack_segments
from fieldtool.sync.reader import Decrypt, Piece, count_changes, open_bundle, pieces, read_bundle

Sign = Callable[[bytes], bytes]
"""A detached CMS signature, DER, over the manifest's bytes."""
Encrypt = Callable[[bytes], bytes]
"""Encrypts to the manifest's recipients; the writer itself must be one of them, or it could not read back what it wrote."""
Verify = Callable[[UnverifiedBundle], VerifiedBundle]
"""Identity's judgement of the manifest's signature."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """What was written: enough to say “contains A 1-120, for: HQ, head; safe to remove”."""

    path: Path
    size: int
    sha256: bytes  # of the file, as `sha256sum` shows it
    manifest: Manifest
    pieces: tuple[Piece, ...]


def write_bundle(
    path: Path,
    manifest: Manifest,
    segments: Sequence[SealedSegment] = (),
    blobs: Mapping[str, bytes] | None = None,
    *,
    sign: Sign,
    encrypt: Encrypt,
    decrypt: Decrypt,
    verify: Verify,
) -> BundleFacts:
    """Write one bundle or receipt at `path`, whole or not at all; `files` and `counts` of the manifest are filled in here.

    `blobs` maps SHA-256 in hexadecimal to content. The temporary file lies in the same folder and is read back through the reader before it
    takes its name. Raises `KnownError` disk-full, file-unwritable; `ValueError` for what the format cannot hold.
    """
    files: dict[str, bytes] = {}
    if segments:
        files[SEGMENTS_NAME] = pack_segments(segments)
    files |= {BLOB_FOLDER + name: content for name, content in sorted((blobs or {}).items())}
    entries = tuple(FileEntry(name, len(content), hashlib.sha256(content).digest()) for name, content in files.items())
    counts = Counts(len(segments), count_changes(segments), len(blobs or {}))
    complete = dataclasses.replace(manifest, files=entries, counts=counts)
    text = complete.to_json()
    data = encrypt(pack({MANIFEST_NAME: text, SIGNATURE_NAME: sign(text), **files}))
    size, digest = len(data), hashlib.sha256(data).digest()
    with _replacing(path) as file:
        _write(file, data)
        del data  # the file is read back now: two copies of it at a time are enough
        back = open_bundle(verify(read_bundle(Path(file.name), decrypt)))
        if back.manifest.to_json() != text or list(back.segments) != list(segments) or dict(back.blobs) != dict(blobs or {}):
            raise refuse("file-unwritable", file=path.name, reason="the disk gave back other bytes than were written")
    return BundleFacts(path, size, digest, complete, tuple(pieces(segments)))


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


def _write(file: IO[bytes], data: bytes) -> None:
    with file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A temporary file beside `path`, which takes its place when the block ends well and vanishes when it does not."""
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False) as file:
            temporary = Path(file.name)
            yield file
        os.replace(temporary, path)
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise _disk_fault(path, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


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
