"""Keeps the last byte of what pyHanko writes into a stream from being a line end; writes nothing itself."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils.generic import StreamObject, pdf_name

_write: Any = StreamObject.write_to_stream


def keep_ends_apart() -> None:
    """From now on a stream whose last byte would be a line end is written in another encoding, which never ends in one.

    WORKAROUND: a line end follows every stream, and tools differ on which of two belongs to it. The last byte of compressed data is the
    low one of a checksum, that of a certificate or signature any byte: in one file of a few dozen one of them was a line end.
    """
    StreamObject.write_to_stream = _write_apart  # type: ignore[assignment]


def _write_apart(stream: StreamObject, *where: Any, **options: Any) -> None:
    if stream.encoded_data.endswith((b"\r", b"\n")):
        stream.apply_filter(pdf_name("/ASCII85Decode"))
    _write(stream, *where, **options)
