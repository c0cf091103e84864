"""The attachments of a bundle that has been proven: in before its records, and out again where those do not come; it judges no bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.services.attachments import drop_unnamed
from fieldtool.services.session import Session
from fieldtool.services.underway import Meter
from fieldtool.storage import Incoming
from fieldtool.sync.container import Sink
from fieldtool.sync.reader import read_blobs

KEPT = 30 * 24 * 60 * 60 * 1000  # ms: how long an interrupted import may be taken up again without beginning anew


@contextmanager
def attachments_ahead(session: Session, path: Path, blobs: Mapping[str, int], meter: Meter) -> Iterator[tuple[str, ...]]:
    """Take in those of the attachments that are not here yet; the block merges the records, and is told which ones came ahead of them.

    What was interrupted (killed, cancelled) goes on where it stopped: an attachment that is here is not read again. When anything is
    refused, in here or in the block, none of them stays. Raises `KnownError` cancelled, bundle-altered, file-unreadable, disk-full.
    """
    store = session.store
    _sweep(session, blobs)
    try:
        _take_in(session, path, set(blobs) - store.blobs_here(blobs), meter)
        yield tuple(sorted(blobs.keys() & store.waiting_blobs().keys()))
    except KnownError as error:
        if error.code != "cancelled":
            store.forget_blobs(blobs)
        raise


def _take_in(session: Session, path: Path, missing: set[str], meter: Meter) -> None:
    if not missing:
        return
    with ExitStack() as stack:
        intake = _Intake(session, missing, stack)
        read_blobs(path, session.keys.reader.decrypt_stream, intake.receive, meter.tick)
        intake.finish()
    if missing - session.store.blobs_here(missing):
        raise refuse("bundle-altered", detail="the file was exchanged while it was read")


class _Intake:
    """Takes what comes out of the file, one attachment after the other."""

    def __init__(self, session: Session, missing: set[str], stack: ExitStack) -> None:
        self._session, self._missing, self._stack = session, missing, stack
        self._coming: Incoming | None = None

    def receive(self, digest: str, _size: int) -> Sink | None:
        self.finish()
        if digest not in self._missing:
            return None
        self._coming = self._stack.enter_context(self._session.store.receive_blob(digest))
        return self._coming.write

    def finish(self) -> None:
        """The attachment under way is whole."""
        if self._coming is not None:
            self._coming.finish(marked=True)
            self._coming = None


def _sweep(session: Session, wanted: Mapping[str, int]) -> None:
    """Drop what was left by an import that nobody has taken up again for long."""
    now = session.clock()
    left = {d for d, at in session.store.waiting_blobs().items() if now - at > KEPT and d not in wanted}
    if left:
        drop_unnamed(session, left)
