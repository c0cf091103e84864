"""Files that belong to a record: taken into the vault by their content, handed out again; shows and opens none."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.files import unreadable, write_pieces
from fieldtool.services.session import Session
from fieldtool.services.underway import Cancelled, Meter, Progress

LARGEST = 200 * 1024 * 1024  # bytes
_PIECE = 256 * 1024


def attach_file(
    session: Session, record: EntityId, path: Path, *, source: str | None = None, marking: str | None = None, origin: str = "command",
    progress: Progress | None = None, cancelled: Cancelled | None = None,
) -> EntityId:  # fmt: skip
    """Attach a file to a record of a visit; the new attachment's id.

    Raises `KnownError` file-unreadable, value-refused (too large), cancelled; then nothing of it stays.
    """
    size = demand_size(path)
    meter = Meter("attach", size, progress, cancelled)
    try:
        with path.open("rb") as file:
            return _attach(session, record, path.name, _read(file, meter), mimetypes.guess_type(path.name)[0], source, marking, origin)
    except OSError as error:
        raise unreadable(path, error) from error


def attach_bytes(
    session: Session, record: EntityId, name: str, content: bytes, *, media_type: str | None = None, source: str | None = None,
    marking: str | None = None, origin: str = "command",
) -> EntityId:  # fmt: skip
    """Attach a file's content that was pasted or made here."""
    return _attach(session, record, name, [content], media_type, source, marking, origin)


def save_attachment(
    session: Session, attachment: EntityId, path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> int:
    """Write the content of an attachment to a file, compared with its name on the way; its bytes.

    Raises `KnownError` record-unknown, file-unreadable when its content has not come yet, vault-damaged, disk-full, file-unwritable,
    cancelled; then no file is left.
    """
    record = records.get_record(session, attachment)
    sha256 = str(record.fields.get("sha256"))
    size = session.store.blob_size(sha256)
    if size is None:
        raise refuse("file-unreadable", file=str(record.fields.get("name")), reason="its content has not come yet")
    return write_pieces(path, _compared(session.store.read_blob(sha256), sha256, Meter("save", size, progress, cancelled)))


def demand_size(path: Path) -> int:
    """The bytes of a file that may become an attachment, before any of it is read. Raises `KnownError`."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error
    if size > LARGEST:
        raise _too_large(path.name)
    return size


def _compared(pieces: Iterable[bytes], sha256: str, meter: Meter) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        meter.tick(len(piece))
        yield piece
    if digest.hexdigest() != sha256:
        raise refuse("vault-damaged", detail="an attachment is not the one its name says")


def _read(file: BinaryIO, meter: Meter) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        meter.tick(len(piece))
        yield piece


def _attach(
    session: Session,
    record: EntityId,
    name: str,
    pieces: Iterable[bytes],
    media_type: str | None,
    source: str | None,
    marking: str | None,
    origin: str,
) -> EntityId:
    owner = records.get_record(session, record)
    visit = owner.id if owner.kind == "visit" else owner.fields.get("visit")
    if not isinstance(visit, str):
        raise refuse("visit-needed")
    sha256 = session.store.add_blob(_limited(name, pieces))
    size = session.store.blob_size(sha256) or 0
    wanted: dict[str, JsonValue] = {"visit": visit, "record": record, "sha256": sha256, "name": name, "size": size}
    wanted |= {k: v for k, v in (("media_type", media_type), ("source", source), ("marking", marking)) if v}
    try:
        return records.add_records(session, "attachments", [wanted], origin=origin, label="attach").ids[0]
    except KnownError:
        drop_unnamed(session, {sha256})
        raise


def drop_unnamed(session: Session, digests: set[str]) -> None:
    """Delete the contents among these that no record names."""
    named = {str(r.fields.get("sha256")) for r in session.store.list_("attachment")}
    for digest in digests - named:
        session.store.drop_blob(digest)


def _limited(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise _too_large(name)
        yield piece


def _too_large(name: str) -> KnownError:
    return refuse("attachment-too-large", file=name, limit=LARGEST >> 20)
