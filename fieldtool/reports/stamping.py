"""The last revision of a document's life: a time stamp over the whole file, prepared here and filled with what an authority answered.

It opens no connection: what is to be stamped goes out as a digest, what comes back is for `identity.stamps` to judge.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from typing import Any

from fieldtool.domain.errors import refuse
from fieldtool.reports.pades import RESERVED, incremental
from fieldtool.reports.signatures import ARCHIVE

# isort: split
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp


@dataclass(frozen=True, slots=True)
class PreparedStamp:
    """What is to be appended to a document, with the room for a token in it, and the SHA-256 that the token has to be over."""

    tail: bytes = field(repr=False)
    digest: bytes  # 32 bytes
    start: int  # of the room within the whole file, its two brackets included
    end: int


def prepare_stamp(content: bytes) -> PreparedStamp:
    """The revision that stamps a document whose signatures have been verified; for the same bytes always the same."""
    writer = incremental(content)
    writer._document_id[1] = ByteStringObject(hashlib.sha256(content).digest()[:16])  # else it is drawn at random
    embedding: Any = PdfCMSEmbedder().write_cms(field_name=ARCHIVE, writer=writer, existing_fields_only=True)
    next(embedding)
    room: Any = DocumentTimestamp  # its constructor has no annotations
    embedding.send(SigObjSetup(sig_placeholder=room(bytes_reserved=RESERVED)))
    out = io.BytesIO()
    prepared, _ = embedding.send(SigIOSetup(md_algorithm="sha256", output=out))
    tail = out.getvalue()[len(content) :]
    return PreparedStamp(tail, prepared.document_digest, prepared.reserved_region_start, prepared.reserved_region_end)


def fill_stamp(content: bytes, prepared: PreparedStamp, token: bytes) -> bytes:
    """The stamped document: nothing but the room is touched. Raises `KnownError` stamp-unfit for a token that is too large for it."""
    room, packed = prepared.end - prepared.start - 2, token.hex().upper().encode()
    if len(packed) > room:
        raise refuse("stamp-unfit", file="the answer", reason="its certificates take more room than there is")
    whole = content + prepared.tail
    return whole[: prepared.start + 1] + packed.ljust(room, b"0") + whole[prepared.end - 1 :]
