"""Attachments: named by their SHA-256, kept in encrypted pieces inside the vault, streamed in and out; it never holds a whole one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager

from fieldtool.domain.errors import refuse
from fieldtool.storage.work import Work

CHUNK = 256 << 10
_TOGETHER = 16  # chunks written in one transaction, so that typing never waits long

Begin = Callable[[], AbstractContextManager[Work]]


class Blobs:
    """The content-addressed store of one vault."""

    def __init__(self, write: Begin, read: Begin, clock: Callable[[], int]) -> None:
        self._write, self._read, self._clock = write, read, clock

    def put(self, pieces: Iterable[bytes], expected: bytes | None, progress: Callable[[int], None] | None) -> bytes:
        """Take in every piece; the digest of all. Raises `KnownError` bundle-altered when `expected` names another content."""
        number = self._begin()
        try:
            digest, size = self._fill(number, pieces, progress)
            if expected is not None and digest != expected:
                raise refuse("bundle-altered", detail="an attachment is not the one its name says")
            self._finish(number, digest, size)
        except BaseException:
            self._drop(number)
            raise
        return digest

    def _begin(self) -> int:
        with self._write() as work:
            number = work.number("SELECT max(id) FROM blob") + 1
            work.run("INSERT INTO blob (id, digest, size, at) VALUES (?, ?, 0, ?)", (number, None, self._clock()))
            return number

    def _fill(self, number: int, pieces: Iterable[bytes], progress: Callable[[int], None] | None) -> tuple[bytes, int]:
        state, size = hashlib.sha256(), 0
        batch: list[tuple[int, int, bytes]] = []
        for n, content in enumerate(_cut(pieces)):
            state.update(content)
            size += len(content)
            batch.append((number, n, content))
            if len(batch) == _TOGETHER:
                self._store(batch)
                batch = []
                if progress is not None:
                    progress(size)
        self._store(batch)
        return state.digest(), size

    def _store(self, batch: list[tuple[int, int, bytes]]) -> None:
        with self._write() as work:
            work.many("INSERT INTO blob_chunk (blob, n, content) VALUES (?, ?, ?)", batch)

    def _finish(self, number: int, digest: bytes, size: int) -> None:
        with self._write() as work:
            if work.row("SELECT id FROM blob WHERE digest = ?", (digest,)):
                work.run("DELETE FROM blob_chunk WHERE blob = ?", (number,))
                work.run("DELETE FROM blob WHERE id = ?", (number,))
            else:
                work.run("UPDATE blob SET digest = ?, size = ? WHERE id = ?", (digest, size, number))

    def _drop(self, number: int) -> None:
        with self._write() as work:
            work.run("DELETE FROM blob_chunk WHERE blob = ?", (number,))
            work.run("DELETE FROM blob WHERE id = ? AND digest IS NULL", (number,))

    def sweep(self) -> None:
        """Drop what an interrupted import left behind; called when the vault is opened."""
        with self._read() as work:
            left = work.rows("SELECT id FROM blob WHERE digest IS NULL")
        for (number,) in left:
            self._drop(number)

    def size(self, digest: bytes) -> int | None:
        """The bytes of one attachment, None when it is not here."""
        with self._read() as work:
            row = work.row("SELECT size FROM blob WHERE digest = ?", (digest,))
            return None if row is None else int(row[0])

    def here(self, digests: Collection[bytes]) -> set[bytes]:
        """Those of the attachments that are here."""
        with self._read() as work:
            return {bytes(r[0]) for r in work.among("SELECT digest FROM blob WHERE digest IN ({})", digests)}

    def open(self, digest: bytes) -> Iterator[bytes]:
        """The content of one attachment, piece by piece. Raises `LookupError` when it is not here."""
        with self._read() as work:
            row = work.row("SELECT id FROM blob WHERE digest = ?", (digest,))
        if row is None:
            raise LookupError("no such attachment")
        n = 0
        while True:
            with self._read() as work:
                piece = work.row("SELECT content FROM blob_chunk WHERE blob = ? AND n = ?", (row[0], n))
            if piece is None:
                return
            yield bytes(piece[0])
            n += 1

    def drop(self, digest: bytes) -> bool:
        """Delete an attachment's content; whether it was here."""
        with self._write() as work:
            row = work.row("SELECT id FROM blob WHERE digest = ?", (digest,))
            if row is None:
                return False
            work.run("DELETE FROM blob_chunk WHERE blob = ?", (row[0],))
            work.run("DELETE FROM blob WHERE id = ?", (row[0],))
            return True


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)
