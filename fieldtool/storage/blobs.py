"""Attachments: named by their SHA-256, kept in encrypted pieces inside the vault, streamed in and out; it never holds a whole one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from fieldtool.domain.errors import refuse
from fieldtool.storage.work import Work

CHUNK = 256 << 10
_TOGETHER = 16  # chunks written in one transaction, so that typing never waits long
_MARK = "attachment without record "  # a setting of that name and the digest: since when, in milliseconds

Begin = Callable[[], AbstractContextManager[Work]]


class Blobs:
    """The content-addressed store of one vault."""

    def __init__(self, write: Begin, read: Begin, clock: Callable[[], int]) -> None:
        self._write, self._read, self._clock = write, read, clock

    def put(self, pieces: Iterable[bytes], expected: bytes | None, progress: Callable[[int], None] | None) -> bytes:
        """Take in every piece; the digest of all. Raises `KnownError` bundle-altered when `expected` names another content."""
        with self.receive(expected) as coming:
            for piece in pieces:
                coming.write(piece)
                if progress is not None:
                    progress(coming.size)
            return coming.finish()

    @contextmanager
    def receive(self, expected: bytes | None) -> Iterator[Incoming]:
        """An attachment on its way in; nothing of it stays unless it was finished."""
        coming = Incoming(self._write, self._clock(), expected)
        try:
            yield coming
        finally:
            coming.drop()

    def sweep(self) -> None:
        """Drop what an interrupted import left half here; called when the vault is opened."""
        with self._read() as work:
            left = work.rows("SELECT id FROM blob WHERE digest IS NULL")
        for (number,) in left:
            with self._write() as work:
                _drop(work, number)

    # ------------------------------------------------------------------------------- what no record names yet

    def marked(self) -> dict[bytes, int]:
        """The attachments whose records have not come, and since when."""
        with self._read() as work:
            rows = work.rows("SELECT name, value FROM setting WHERE name LIKE ?", (_MARK + "%",))
        return {bytes.fromhex(name.removeprefix(_MARK)): int(at) for name, at in rows}

    def forget(self, digests: Iterable[bytes]) -> None:
        """Drop those of the attachments whose records have not come."""
        for digest in self.marked().keys() & set(digests):
            self.drop(digest)

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
            settle(work, [digest])
            row = work.row("SELECT id FROM blob WHERE digest = ?", (digest,))
            if row is None:
                return False
            _drop(work, row[0])
            return True


class Incoming:
    """One attachment on its way in, cut into chunks of one size; a few of them are in memory at a time."""

    def __init__(self, write: Begin, now: int, expected: bytes | None) -> None:
        self._write, self._now, self._expected = write, now, expected
        self._digest = hashlib.sha256()
        self._held = bytearray()
        self._number: int | None = None
        self._chunks = 0
        self.size = 0

    def write(self, piece: bytes | memoryview) -> None:
        """Take the next bytes."""
        self._digest.update(piece)
        self._held += piece
        self.size += len(piece)
        if len(self._held) >= CHUNK * _TOGETHER:
            self._store(len(self._held) // CHUNK * CHUNK)

    def finish(self, *, marked: bool = False) -> bytes:
        """The whole has come: its digest. `marked` notes that its records have not. Raises `KnownError` bundle-altered."""
        digest = self._digest.digest()
        if self._expected is not None and digest != self._expected:
            raise refuse("bundle-altered", detail="an attachment is not the one its name says")
        self._store(len(self._held))
        number, self._number = self._number, None
        with self._write() as work:
            if work.row("SELECT id FROM blob WHERE digest = ?", (digest,)):
                _drop(work, number)
            else:
                work.run("UPDATE blob SET digest = ?, size = ? WHERE id = ?", (digest, self.size, number))
                if marked:
                    work.run("INSERT INTO setting (name, value) VALUES (?, ?)", (_MARK + digest.hex(), str(self._now)))
        return digest

    def drop(self) -> None:
        """Let go of what has come so far, unless it was finished."""
        if self._number is not None:
            with self._write() as work:
                _drop(work, self._number)
            self._number = None

    def _store(self, size: int) -> None:
        with self._write() as work:
            number = self._number
            if number is None:
                number = work.number("SELECT max(id) FROM blob") + 1
                work.run("INSERT INTO blob (id, digest, size, at) VALUES (?, ?, 0, ?)", (number, None, self._now))
            cuts = range(0, size, CHUNK)
            rows = [(number, self._chunks + n, bytes(self._held[at : min(at + CHUNK, size)])) for n, at in enumerate(cuts)]
            work.many("INSERT INTO blob_chunk (blob, n, content) VALUES (?, ?, ?)", rows)
        self._number = number  # after the commit: a number that was never given may be somebody else's by now
        self._chunks += len(rows)
        del self._held[:size]


def settle(work: Work, digests: Iterable[bytes]) -> None:
    """The records of these attachments are here: they stay."""
    work.many("DELETE FROM setting WHERE name = ?", [(_MARK + d.hex(),) for d in digests])


def _drop(work: Work, number: int | None) -> None:
    work.run("DELETE FROM blob_chunk WHERE blob = ?", (number,))
    work.run("DELETE FROM blob WHERE id = ?", (number,))
