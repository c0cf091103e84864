"""Judges the signatures of a document by pyHanko, and what pyHanko leaves open by itself; reached through `verify` alone."""

from __future__ import annotations

import datetime
import hashlib
import io
import logging
import re
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from fieldtool.identity.stamps import anchors, common_name, stamps_alone
from fieldtool.reports.findings import FIELDS, Findings
from fieldtool.reports.reading import NotReadable, read_pdf
from fieldtool.reports.verdict import Flaw, SignatureFacts

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
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2
ARCHIVE = FIELDS[2]
TOLERANCE = datetime.timedelta(days=1)  # by which a laptop's clock may be ahead of an authority's: a wrong time zone, and some minutes
_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_DIGESTS = {"sha256", "sha384", "sha512"}
_ALGORITHMS = {f"{digest}_{key}" for digest in _DIGESTS for key in ("ecdsa", "rsa")} | {"rsassa_pkcs1v15"}


def judge_signatures(content: bytes, roots_der: Sequence[bytes], authorities_der: Sequence[bytes], found: Findings) -> None:
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
        _judge_all(content, signatures, anchors(roots_der), anchors(authorities_der), found)
    except _UNREADABLE as error:
        found.add(Flaw.BAD_SIGNATURE, f"{type(error).__name__}: {error}")


def _judge_all(content: bytes, signatures: list[EmbeddedPdfSignature], roots: list[Any], authorities: list[Any], found: Findings) -> None:
    names = [s.field_name for s in signatures]
    if names != list(FIELDS[: len(names)]):
        found.add(Flaw.FIELDS, f"signed fields: {', '.join(names)}")
    if signatures[0].docmdp_level is not MDPPerm.FILL_FORMS:
        found.add(Flaw.NOT_CERTIFIED, f"certification level {signatures[0].docmdp_level}")
    for signature in signatures:
        _judge_container(content, signature, found)
        if signature.field_name == ARCHIVE:
            _judge_stamp(content, signature, authorities, found)
        else:
            _judge_one(content, signature, roots, found)
    if not _covers_whole(content, signatures[-1]):
        found.add(Flaw.CHANGED_AFTER, "the last signature does not cover the whole file")
    found.archivable = names[-1] == ARCHIVE and _proofs_inside(signatures, roots, authorities)
    for signature in signatures[:-1]:
        _judge_revision(content, signature, found)


def _judge_one(content: bytes, signature: EmbeddedPdfSignature, roots: list[Any], found: Findings) -> None:
    others = list(signature.other_embedded_certs)
    context = ValidationContext(trust_roots=roots, other_certs=others, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    _note(content, signature, status, signature.self_reported_timestamp, found)
    if not status.docmdp_ok:
        found.add(Flaw.CHANGED_AFTER, f"{signature.field_name}: what came later was not permitted")
    if signature.signer_info["unsigned_attrs"].native:
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: something stands beside it that no signature covers")
    if not status.trusted:
        found.add(Flaw.UNTRUSTED, f"{signature.field_name}: no chain to a trusted root")


def _judge_stamp(content: bytes, signature: EmbeddedPdfSignature, authorities: list[Any], found: Findings) -> None:
    """A time stamp over the whole file. Its chain is judged at the time that it states: trust in an authority ends by headquarters' word,
    and a reader's clock may be off by years."""
    at, others = _stated(signature), list(signature.other_embedded_certs)
    context = ValidationContext(trust_roots=authorities, other_certs=others, moment=at, allow_fetching=False)
    status = validate_pdf_timestamp(signature, context)
    _note(content, signature, status, status.timestamp, found)
    if not status.trusted:
        found.add(Flaw.STAMP_UNKNOWN, f"{signature.field_name}: no chain to an authority that headquarters named")
    if not stamps_alone(signature.signer_cert):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: its signer's certificate is not for time stamps alone")
    if signature.signer_info["unsigned_attrs"].native:
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: something stands beside it that no signature covers")
    late = [s.field for s in found.signatures if s.field != ARCHIVE and s.signed_at and s.signed_at > at + TOLERANCE]
    if late:
        found.add(Flaw.STAMP_TIME, f"{signature.field_name}: {at:%Y-%m-%d %H:%M} is before the time in {', '.join(late)}")


def _stated(stamp: EmbeddedPdfSignature) -> datetime.datetime:
    """The time in a token."""
    at: datetime.datetime = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return at


def _note(
    content: bytes,
    signature: EmbeddedPdfSignature,
    status: DocumentTimestampStatus | PdfSignatureStatus,
    stated: datetime.datetime | None,
    found: Findings,
) -> None:
    """Who made it, and what is wrong with it whoever it is of."""
    certificate, path = signature.signer_cert, status.validation_path if status.trusted else None
    found.signatures.append(
        SignatureFacts(
            field=signature.field_name,
            signer=common_name(certificate.subject),
            issuer=common_name(certificate.issuer),
            certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
            signed_at=stated,
            anchor_sha256=hashlib.sha256(next(iter(path)).dump()).hexdigest() if path else "",
            revision_sha256=hashlib.sha256(content[: sum(int(v) for v in list(signature.byte_range)[2:])]).hexdigest(),
            by_card=certificate.public_key.algorithm == "rsa",
        )
    )
    if not (status.intact and status.valid):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: intact {status.intact}, valid {status.valid}")
    if status.modification_level not in _HARMLESS:
        found.add(Flaw.CHANGED_AFTER, f"{signature.field_name}: {status.modification_level}")
    if path and not _only_its_chain(signature.signed_data, path):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: certificates that do not belong to its chain")


def _proofs_inside(signatures: list[EmbeddedPdfSignature], roots: list[Any], authorities: list[Any]) -> bool:
    """Whether every signature is trusted by what stands in the document alone, a revocation list of each issuer demanded."""
    try:
        kept, stamp = DocumentSecurityStore.read_dss(signatures[-1].reader), signatures[-1]
        wanted = {"moment": _stated(stamp), "allow_fetching": False, "revocation_mode": "require"}
        return validate_pdf_timestamp(stamp, kept.as_validation_context({"trust_roots": authorities, **wanted})).trusted and all(
            validate_pdf_signature(s, kept.as_validation_context({"trust_roots": roots, **wanted})).trusted for s in signatures[:-1]
        )
    except _UNREADABLE:
        return False  # a time stamp over no proofs is a time stamp all the same


def _only_its_chain(signed: Any, path: Any) -> bool:
    """Whether the certificates beside a signature are those of its chain, byte for byte: nothing else vouches for them."""
    chain = {certificate.dump() for certificate in path}
    return not signed["crls"].native and all(certificate.chosen.dump() in chain for certificate in signed["certificates"])


def _judge_container(content: bytes, signature: EmbeddedPdfSignature, found: Findings) -> None:
    """The gap that no signature covers holds exactly the signature in its one spelling, and zeros."""
    start, first, second, _ = (int(v) for v in signature.byte_range)
    gap = content[start + first : second]
    match = _HEX.match(gap)
    raw = bytes.fromhex(match[1].decode()) if match and len(match[1]) % 2 == 0 else b""
    expected = tagged(0x30, SIGNED_DATA + signature.signed_data.dump(force=True))  # which holds its tag
    if start != 0 or not raw.startswith(expected) or raw[len(expected) :].strip(b"\x00"):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: the signature's container holds something else")
        return
    kind = ("v3", "tst_info") if signature.field_name == ARCHIVE else ("v1", "data")
    if not _is_plain(signature.signed_data, *kind):
        found.add(Flaw.BAD_SIGNATURE, f"{signature.field_name}: not the expected kind of signature")


def _is_plain(signed: Any, version: str, content_type: str) -> bool:
    """Whether what the signature itself does not cover says only what it has to: versions, algorithms, one signer."""
    if len(signed["signer_infos"]) != 1:
        return False
    (info,) = signed["signer_infos"]
    return (
        signed["version"].native == version
        and signed["encap_content_info"]["content_type"].native == content_type
        and [a["algorithm"].native for a in signed["digest_algorithms"]] == [info["digest_algorithm"]["algorithm"].native]
        and info["version"].native == "v1"
        and info["digest_algorithm"]["algorithm"].native in _DIGESTS
        and info["signature_algorithm"]["algorithm"].native in _ALGORITHMS
        and all(
            a["parameters"].native is None for a in (*signed["digest_algorithms"], info["digest_algorithm"], info["signature_algorithm"])
        )
    )


def tagged(tag: int, content: bytes) -> bytes:
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
