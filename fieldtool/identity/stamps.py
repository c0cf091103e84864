"""Time stamps (RFC 3161): what is asked of an authority, and what its answer is worth; it opens no connection and knows no document."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import cms, crl, tsp, x509
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.identity.der import content, elements

NONCE = 8  # bytes
LARGEST = 65_536  # bytes of an answer
_GRANTED = ("granted", "granted_with_mods")
# What reading hostile bytes may raise, the libraries' own faults among them. Each means: no answer of an authority.
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_UNPROVEN = (*_UNREADABLE, SigningError, SignatureValidationError, PathError, ValidationError)
# pyHanko logs the names in certificates with every fault it finds; names stay out of logs.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A token that an authority headquarters named has signed: with the certificates of its chain beside it and nothing else."""

    token: bytes = field(repr=False)  # DER ContentInfo, without the certificate that headquarters named
    at: datetime.datetime
    signer: str


def stamp_request(digest: bytes, nonce: bytes) -> bytes:
    """The request (DER) to have a SHA-256 stamped, with the authority's certificates in the answer."""
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    request: Any = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": int.from_bytes(nonce, "big"), "cert_req": True})
    return bytes(request.dump())


def read_stamp(answer: bytes, digest: bytes, nonce: bytes, authorities_der: Sequence[bytes], file: str) -> Stamp:
    """The token in an authority's answer (DER) to the request of that digest and nonce.

    Raises `KnownError` stamp-unreadable, stamp-refused, stamp-of-another, stamp-stale, stamp-unknown, stamp-unfit.
    """
    if len(answer) > LARGEST:
        raise refuse("stamp-unreadable", file=file)
    try:
        first, *rest = elements(content(answer))
        status: Any = tsp.PKIStatusInfo.load(first, strict=True)
        refusal = "" if status["status"].native in _GRANTED else _reason(status)
    except _UNREADABLE as error:
        raise refuse("stamp-unreadable", file=file) from error
    if refusal:
        raise refuse("stamp-refused", reason=refusal)
    try:
        (packed,) = rest
        token: Any = cms.ContentInfo.load(packed, strict=True)
        signed = token["content"]
        info = signed["encap_content_info"]["content"].parsed
        fault = _other(info, digest, nonce, file)
        if fault is None:
            return _believed(token, signed, info, digest, authorities_der, file)
    except _UNREADABLE as error:
        raise refuse("stamp-unreadable", file=file) from error
    raise fault


def anchors(authorities_der: Sequence[bytes]) -> list[Any]:
    """The authorities' certificates as the validator takes them."""
    return [x509.Certificate.load(der) for der in authorities_der]


def lists(lists_der: Sequence[bytes]) -> list[Any]:
    """Lists of revoked certificates as the validator takes them."""
    return [crl.CertificateList.load(der) for der in lists_der]


def stamps_alone(certificate: Any) -> bool:
    """Whether a certificate is for time stamps and nothing else, and says that nobody may overlook it (RFC 3161, 2.3)."""
    usage = certificate.extended_key_usage_value
    return usage is not None and usage.native == ["time_stamping"] and "extended_key_usage" in certificate.critical_extensions


def common_name(name: Any) -> str:
    """The common name in a certificate's subject or issuer, else everything in it."""
    return str(name.native.get("common_name") or name.human_friendly)


def _reason(status: Any) -> str:
    """Why an authority refused, in its own words; cut, since they are a stranger's."""
    told = [str(status["status"].native), *(str(text) for text in status["status_string"].native or ())]
    failed = status["fail_info"].native or ()
    return " ".join(" ".join([*told, *sorted(str(f) for f in failed)]).split())[:200]


def _other(info: Any, digest: bytes, nonce: bytes, file: str) -> KnownError | None:
    """What the answer is of instead of our request."""
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint["hashed_message"].native != digest:
        return refuse("stamp-of-another", file=file)
    if info["nonce"].native != int.from_bytes(nonce, "big"):
        return refuse("stamp-stale", file=file)
    return None


def _believed(token: Any, signed: Any, info: Any, digest: bytes, authorities_der: Sequence[bytes], file: str) -> Stamp:
    at = info["gen_time"].native
    certificates = [c.chosen for c in signed["certificates"] if c.name == "certificate"]
    context = ValidationContext(trust_roots=anchors(authorities_der), other_certs=certificates, moment=at, allow_fetching=False)
    try:
        judged = asyncio.run(validate_tst_signed_data(signed, context, lambda _algorithm: digest))
        status = TimestampSignatureStatus(**judged)
    except _UNPROVEN as error:
        raise refuse("stamp-unfit", file=file, reason="its signature cannot be checked") from error
    if not (status.intact and status.valid):
        raise refuse("stamp-unfit", file=file, reason="its signature does not hold")
    leaf = status.signing_cert
    name = common_name(leaf.subject)
    if not status.trusted or status.validation_path is None:
        raise refuse("stamp-unknown", file=file, name=name, issuer=common_name(leaf.issuer))
    if not stamps_alone(leaf):
        raise refuse("stamp-unfit", file=file, reason="its signer's certificate is not for time stamps alone")
    return Stamp(_bare(token, signed, status.validation_path), at, name)


def _bare(token: Any, signed: Any, path: Any) -> bytes:
    """The token with the certificates of its chain alone: whatever else lies beside a signature, nothing vouches for."""
    chain = list(path)[1:]  # after the one that headquarters named, which every reader has
    signed["certificates"] = cms.CertificateSet([cms.CertificateChoices(name="certificate", value=c) for c in chain])
    del signed["crls"]
    (signer,) = signed["signer_infos"]
    del signer["unsigned_attrs"]
    return bytes(token.dump(force=True))
