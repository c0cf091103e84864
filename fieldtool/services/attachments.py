"""Files that belong to a record: taken into the vault by their content, handed out again; shows and opens none."""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.session import Session

LARGEST = 200 * 1024 * 1024  # bytes


def attach_file(
    session: Session, record: EntityId, path: Path, *, source: str | None = None, marking: str | None = None, origin: str = "command"
) -> EntityId:
    """Attach a file to a record of a visit; the new attachment's id. Raises `KnownError` file-unreadable, value-refused (too large)."""
    try:
        with path.open("rb") as file:
            return _attach(session, record, path.name, file, mimetypes.guess_type(path.name)[0], source, marking, origin)
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error


def attach_bytes(
    session: Session, record: EntityId, name: str, content: bytes, *, media_type: str | None = None, source: str | None = None,
    marking: str | None = None, origin: str = "command",
) -> EntityId:  # fmt: skip
    """Attach a file's content that was pasted or made here."""
    return _attach(session, record, name, io.BytesIO(content), media_type, source, marking, origin)


def read_attachment(session: Session, attachment: EntityId) -> bytes:
    """The content of an attachment. Raises `KnownError` record-unknown, file-unreadable when its content has not come yet."""
    record = records.get_record(session, attachment)
    sha256 = str(record.fields.get("sha256"))
    if not session.store.has_blob(sha256):
        raise refuse("file-unreadable", file=str(record.fields.get("name")), reason="its content has not come yet")
    return b"".join(session.store.read_blob(sha256))


def _attach(
    session: Session,
    record: EntityId,
    name: str,
    file: BinaryIO,
    media_type: str | None,
    source: str | None,
    marking: str | None,
    origin: str,
) -> EntityId:
    owner = records.get_record(session, record)
    visit = owner.id if owner.kind == "visit" else owner.fields.get("visit")
    if not isinstance(visit, str):
        raise refuse("visit-needed")
    sha256 = session.store.add_blob(_limited(name, iter(lambda: file.read(1 << 18), b"")))
    size = session.store.blob_size(sha256) or 0
    wanted: dict[str, JsonValue] = {"visit": visit, "record": record, "sha256": sha256, "name": name, "size": size}
    wanted |= {k: v for k, v in (("media_type", media_type), ("source", source), ("marking", marking)) if v}
    return records.add_records(session, "attachments", [wanted], origin=origin, label="attach").ids[0]


def _limited(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise refuse("value-refused", kind="attachment", field="size", value=name, reason=f"larger than {LARGEST >> 20} MiB")
        yield piece
