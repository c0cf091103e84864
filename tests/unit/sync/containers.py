"""Containers whole in memory and bundles in one call, for tests that build and take apart small ones; it holds no test."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from fieldtool.domain.changes import SealedSegment
from fieldtool.identity import age
from fieldtool.sync.container import ContainerParser, Sink, compose, entry_of
from fieldtool.sync.manifest import Manifest
from fieldtool.sync.writer import BlobSource, BundleFacts, Locks, writing


def pack(entries: Mapping[str, bytes]) -> bytes:
    """The container of these entries, in one piece."""
    return b"".join(compose([entry_of(name, content) for name, content in entries.items()]))


def unpack(data: bytes) -> dict[str, bytes]:
    """The entries of a container. Raises `KnownError` bundle-truncated or bundle-altered."""
    return unpack_pieces([data])


def unpack_pieces(pieces: Iterable[bytes]) -> dict[str, bytes]:
    """The entries of a container that arrives in pieces."""
    found: dict[str, bytearray] = {}

    def begin(name: str, _size: int) -> Sink:
        found[name] = bytearray()
        return found[name].extend

    parser = ContainerParser(begin)
    for piece in pieces:
        parser.feed(piece)
    parser.close()
    return {name: bytes(content) for name, content in found.items()}


def write_bundle(
    path: Path, manifest: Manifest, segments: Sequence[SealedSegment] = (), blobs: Sequence[BlobSource] = (), *, locks: Locks
) -> BundleFacts:
    """One file, written and given its name."""
    with writing(path, manifest, segments, blobs, locks=locks) as file:
        file.settle()
    return file.facts


def encrypting(addresses: Sequence[str]) -> Callable[[BinaryIO, BinaryIO], None]:
    """Encrypts a stream to these addresses."""
    return lambda source, target: age.encrypt_stream(source, target, addresses)


def plainly(plain: bytes) -> Callable[[BinaryIO, BinaryIO], None]:
    """Stands for a decryption: gives these bytes whatever the file holds."""

    def decrypt(source: BinaryIO, target: BinaryIO) -> None:
        while source.read(8192):
            continue
        whole = io.BytesIO(plain)
        while piece := whole.read(8192):
            target.write(piece)

    return decrypt
