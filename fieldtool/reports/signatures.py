"""Judges the signatures of a document by pyHanko, and what pyHanko leaves open by itself; reached through `verify` alone."""

from __future__ import annotations

import hashlib
import io
import logging
import re
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from fieldtool.reports.reading import NotReadable, read_pdf
from fieldtool.reports.verdict import Flaw, SignatureFacts
from fieldtool.reports.verify import FIELDS, Findings

# What reading a hostile file may raise, the libraries' own faults among them. Each means: not proven.
_UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    PathError,
    ValidationError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# pyHanko logs the names in certificates with every fault it finds; names stay out of logs, and the verdict says it all.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)
_HEX = re.compile(rb"<([0-9A-F]*)>\Z")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2
_ALGORITHMS = {"sha256_ecdsa", "sha256_rsa"}


def judge_signatures(content: bytes, roots_der: Sequence[bytes], found: Findings) -> None:
    """Add what is wrong with the signatures, and who made them."""
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=True)
        signatures = list(reader.embedded_signatures)
    except _UNREADABLE as error:
        found.add(Flaw.BAD_SIGNATURE, f"the file's structure: {type(error).__name__}")
        return
    if not signatures:
        found.add(Flaw.NOT_SIGNED, "no signature field is filled")
        return
    try:
        _judge_all(content, signatures, roots_der, found)
    except _UNREADABLE as error:
        found.add(Flaw.BAD_SIGNATURE, f"{type(error).__name__}: {error}")


def _judge_all(content: bytes, signatures: list[EmbeddedPdfSignature], roots_der: Sequence[bytes], found: Findings) -> None:
    names = [s.field_name for s in signatures]
    if names != list(FIELDS[: len(names)]):
        found.add(Flaw.FIELDS, f"signed fields: {', '.join(names)}")
    if signatures[0].docmdp_level is not MDPPerm.FILL_FORMS:
        found.add(Flaw.NOT_CERTIFIED, f"certification level {signatures[0].docmdp_level}")
    roots = [c for der in roots_der for c in load_certs_from_pemder_data(der)]
    for signature in signatures:
        _judge_container(content, signature, found)
        _judge_one(signature, roots, found)
    if not _covers_whole(content, signatures[-1]):
        found.add(Flaw.CHANGED_AFTER, "the last signature does not cover the whole file")
    for signature in signatures[:-1]:
        _judge_revision(content, signature, found)


def _judge_one(signature: EmbeddedPdfSignature, roots: list[Any], found: Findings) -> None:
    certificate = signature.signer_cert
    context = ValidationContext(trust_roots=roots, other_certs=list(signature.other_embedded_certs), allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    found.signatures.append(
        SignatureFacts(
            field=signature.field_name,
            signer=_common_name(certificate.subject),
            issuer=_common_name(certificate.issuer),
            certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
            signed_at=signature.self_reported_timestamp,
        )
    )
    if not (status.intact and status.valid):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: intact {status.intact}, valid {status.valid}")
    if not status.trusted:
        found.add(Flaw.UNTRUSTED, f"{signature.field_name}: no chain to a trusted root")
    if not status.docmdp_ok or status.modification_level not in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    ):
        found.add(Flaw.CHANGED_AFTER, f"{signature.field_name}: {status.modification_level}")
    if status.trusted and not _only_its_chain(signature, status.validation_path):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: certificates that do not belong to its chain")


def _only_its_chain(signature: EmbeddedPdfSignature, path: Any) -> bool:
    """Whether the certificates beside the signature are those of its chain, byte for byte: nothing else vouches for them."""
    chain = {certificate.dump() for certificate in path}
    return all(certificate.dump() in chain for certificate in (signature.signer_cert, *signature.other_embedded_certs))


def _judge_container(content: bytes, signature: EmbeddedPdfSignature, found: Findings) -> None:
    """The gap that no signature covers holds exactly the signature in its one spelling, and zeros."""
    start, first, second, _ = (int(v) for v in signature.byte_range)
    gap = content[start + first : second]
    match = _HEX.match(gap)
    raw = bytes.fromhex(match[1].decode()) if match and len(match[1]) % 2 == 0 else b""
    expected = _tagged(0x30, _SIGNED_DATA + signature.signed_data.dump(force=True))  # which holds its tag
    if start != 0 or not raw.startswith(expected) or raw[len(expected) :].strip(b"\x00"):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: the signature's container holds something else")
        return
    signed, info = signature.signed_data, signature.signer_info
    plain = (
        signed["version"].native == "v1"
        and [a["algorithm"].native for a in signed["digest_algorithms"]] == ["sha256"]
        and signed["encap_content_info"]["content_type"].native == "data"
        and info["version"].native == "v1"
        and info["digest_algorithm"]["algorithm"].native == "sha256"
        and info["signature_algorithm"]["algorithm"].native in _ALGORITHMS
        and all(
            a["parameters"].native is None for a in (*signed["digest_algorithms"], info["digest_algorithm"], info["signature_algorithm"])
        )
        and len(signed["signer_infos"]) == 1
    )
    if not plain:
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: not the expected kind of signature")


def _tagged(tag: int, content: bytes) -> bytes:
    """A DER value of that tag, its length in the one spelling DER allows."""
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 0x80 else bytes([0x80 | len(octets)]) + octets) + content


def _covers_whole(content: bytes, signature: EmbeddedPdfSignature) -> bool:
    start, first, second, length = (int(v) for v in signature.byte_range)
    return start == 0 and second + length == len(content) and first < second


def _judge_revision(content: bytes, signature: EmbeddedPdfSignature, found: Findings) -> None:
    """What was added after a signature that is not the last left pages, files and data about the document as they were."""
    _, _, second, length = (int(v) for v in signature.byte_range)
    try:
        before, after = read_pdf(content[: second + length]), read_pdf(content)
    except NotReadable as error:
        found.add(Flaw.NOT_READABLE, f"{signature.field_name}: {error}")
        return
    if (before.pages, before.files) != (after.pages, after.files):
        found.add(Flaw.CHANGED_AFTER, f"{signature.field_name}: pages or files differ from what was signed")
    if (before.information, before.packet) != (after.information, after.packet):
        found.add(Flaw.METADATA_MISMATCH, f"{signature.field_name}: title or other data differ from what was signed")


def _common_name(name: Any) -> str:
    return str(name.native.get("common_name") or name.human_friendly)
