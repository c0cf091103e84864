"""The last revision of a document's life: a time stamp over the whole file, prepared here and filled with what an authority answered.

It opens no connection: what is to be stamped goes out as a digest, what comes back is for `identity.stamps` to judge.
"""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldtool.domain.errors import refuse
from fieldtool.identity.stamps import anchors, common_name, lists
from fieldtool.reports.pades import RESERVED, incremental
from fieldtool.reports.signatures import ARCHIVE

# isort: split
from pyhanko.pdf_utils import generic as pdf
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True, slots=True)
class PreparedStamp:
    """What is to be appended to a document, with the room for a token in it, and the SHA-256 that the token has to be over."""

    tail: bytes = field(repr=False)
    digest: bytes  # 32 bytes
    start: int  # of the room within the whole file, its two brackets included
    end: int
    proofs: bool = False  # whether it holds what proves the signatures later on


def prepare_stamp(content: bytes, lists_der: Sequence[bytes] = ()) -> PreparedStamp:
    """The revision that stamps a document whose signatures have been verified; for the same bytes always the same.

    With lists of revoked certificates it holds what proves the signatures later on, under the stamp.
    """
    writer = incremental(content)
    if lists_der:
        _add_proofs(writer, _certificates(content), lists_der)
    writer._document_id[1] = ByteStringObject(hashlib.sha256(content).digest()[:16])  # else it is drawn at random
    embedding: Any = PdfCMSEmbedder().write_cms(field_name=ARCHIVE, writer=writer, existing_fields_only=True)
    next(embedding)
    room: Any = DocumentTimestamp  # its constructor has no annotations
    embedding.send(SigObjSetup(sig_placeholder=room(bytes_reserved=RESERVED)))
    out = io.BytesIO()
    prepared, _ = embedding.send(SigIOSetup(md_algorithm="sha256", output=out))
    tail = out.getvalue()[len(content) :]
    return PreparedStamp(tail, prepared.document_digest, prepared.reserved_region_start, prepared.reserved_region_end, bool(lists_der))


def issuers_unproven(content: bytes, roots_der: Sequence[bytes], lists_der: Sequence[bytes], now: datetime.datetime) -> tuple[str, ...]:
    """The issuers of whom a list is wanted that proves the signatures of a verified document as of `now`; none where all is there."""
    wanted: set[str] = set()
    given = lists(lists_der)
    listed = {found.issuer.hashable for found in given}
    for signature in PdfFileReader(io.BytesIO(content)).embedded_regular_signatures:
        context = ValidationContext(trust_roots=anchors(roots_der), crls=given, moment=now, allow_fetching=False, revocation_mode="require")
        if not validate_pdf_signature(signature, context).trusted:
            chain = [signature.signer_cert, *(c for c in signature.other_embedded_certs if c.self_signed == "no")]
            absent = {common_name(c.issuer) for c in chain if c.issuer.hashable not in listed}
            wanted |= absent or {common_name(c.issuer) for c in chain}
    return tuple(sorted(wanted))


def _certificates(content: bytes) -> list[bytes]:
    """Those of every signature, each once, in order."""
    found: dict[bytes, None] = {}
    for signature in PdfFileReader(io.BytesIO(content)).embedded_regular_signatures:
        found |= dict.fromkeys(c.dump() for c in (signature.signer_cert, *signature.other_embedded_certs))
    return list(found)


def _add_proofs(writer: IncrementalPdfFileWriter, certificates: Sequence[bytes], lists_der: Sequence[bytes]) -> None:
    """The document's store of what validates its signatures (ISO 32000-2, 12.8.4.3)."""
    generic: Any = pdf  # its constructors have no annotations
    store = generic.DictionaryObject({pdf.pdf_name("/Type"): pdf.pdf_name("/DSS")})
    for name, parts in (("/Certs", certificates), ("/CRLs", lists_der)):
        streams = [writer.add_object(generic.StreamObject(stream_data=part)) for part in parts]
        store[pdf.pdf_name(name)] = generic.ArrayObject(streams)
    writer.root[pdf.pdf_name("/DSS")] = writer.add_object(store)
    root: Any = writer
    root.update_root()


def fill_stamp(content: bytes, prepared: PreparedStamp, token: bytes) -> bytes:
    """The stamped document: nothing but the room is touched. Raises `KnownError` stamp-unfit for a token that is too large for it."""
    room, packed = prepared.end - prepared.start - 2, token.hex().upper().encode()
    if len(packed) > room:
        raise refuse("stamp-unfit", file="the answer", reason="its certificates take more room than there is")
    whole = content + prepared.tail
    return whole[: prepared.start + 1] + packed.ljust(room, b"0") + whole[prepared.end - 1 :]
