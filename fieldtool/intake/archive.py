"""The archives that office programs write, with hostile ones turned away before anything in them is read; it reads no content."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from fieldtool.intake.preview import file_refused

MAX_UNPACKED = 24 * 1024 * 1024  # all XML parts together
MAX_PARTS = 1000
WORKBOOK, DOCUMENT = "xl/", "word/"  # where the parts of each live
ARCHIVE_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, struct.error, ValueError)
_DECLARATIONS = tuple(mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def is_archive(raw: bytes) -> bool:
    """Whether `raw` is a ZIP archive, as every workbook and every document of today is."""
    return raw.startswith(b"PK\x03\x04")


def is_old_office(raw: bytes) -> bool:
    """Whether `raw` is the container of .xls and .doc files and of files behind a password."""
    return raw.startswith(bytes.fromhex("d0cf11e0a1b11ae1"))


def kind_of_archive(name: str, raw: bytes) -> str:
    """`WORKBOOK` or `DOCUMENT`.

    Raises `KnownError` sheet-unreadable for archives that are neither, that unpack to too much, or whose XML declares entities (billion
    laughs, local files).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            kind = next((home for home in (WORKBOOK, DOCUMENT) if any(n.startswith(home) for n in names)), "")
            if "[Content_Types].xml" not in names or not kind:
                raise file_refused(name, "other-archive")
            if len(parts) > MAX_PARTS or len(set(names)) != len(names):
                raise file_refused(name, "damaged")
            texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
            if sum(part.file_size for part in texts) > MAX_UNPACKED:
                raise file_refused(name, "unpacks-large", limit=MAX_UNPACKED // 2**20)
            for part in texts:  # zipfile never unpacks more than the declared size, so the sum above bounds this
                content = archive.read(part)
                if any(mark in content for mark in _DECLARATIONS):
                    raise file_refused(name, "declares-entities")
    except ARCHIVE_FAULTS as error:
        raise file_refused(name, "damaged") from error
    return kind
