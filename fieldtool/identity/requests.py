"""Asking for a card: the self-signed identity request, and the certificates that answer it; writes no records."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash, Randomness
from fieldtool.domain.values import JsonValue, canonical, decode
from fieldtool.identity.age import check_recipient
from fieldtool.identity.certificates import Use, read_certificate, self_signed
from fieldtool.identity.keyfile import expect_number, expect_object, expect_text, from_base64, to_base64
from fieldtool.identity.pen import REQUEST_TYPE, Pen, verify_payload

FORMAT = 1
WHAT = "fieldtool identity request"
LARGEST = 32 * 1024
LONGEST_TEXT = 200  # characters of a name or of an installation's name

_SIGNED = {"certificate", "document_certificate", "format", "installation", "name", "name_latin", "recipient", "what"}


@dataclass(frozen=True, slots=True)
class IdentityRequest:
    """What an installation says of itself, signed with the key it speaks of; whether the name is true only a person can tell."""

    name: str
    name_latin: str
    installation: str
    recipient: str  # age1…
    certificate: bytes  # DER, self-signed: proves that the sender holds the signing key
    document_certificate: bytes  # DER, self-signed: the same for the document key

    @property
    def key(self) -> KeyHash:
        """The signing key, as cards and segments name it."""
        return read_certificate(self.certificate).key


@dataclass(frozen=True, slots=True)
class Issued:
    """The certificates (DER) of a new card."""

    certificate: bytes
    document_certificate: bytes


class Issuer(Protocol):
    """Who can issue certificates: the root key, or the pen of an installation of headquarters."""

    def issue(self, use: Use, spki: bytes, name: str, randomness: Randomness) -> bytes:
        """The DER certificate of a public key (DER) under that name. Raises `KnownError` role-needed."""
        ...


def make_request(
    pen: Pen, document_certificate: bytes, recipient: str, *, name: str, name_latin: str = "", installation: str = ""
) -> bytes:
    """The bytes of an `.ftrequest`; `document_certificate` is the envelope's. Raises `ValueError` for empty or long texts."""
    signed: dict[str, JsonValue] = {
        "what": WHAT,
        "format": FORMAT,
        "name": _text(name),
        "name_latin": _text(name_latin or name),
        "installation": _text(installation or name),
        "recipient": recipient,
        "certificate": to_base64(pen.self_certificate),
        "document_certificate": to_base64(document_certificate),
    }
    signature = pen.sign(REQUEST_TYPE, canonical(signed).encode())
    return canonical({**signed, "signature": to_base64(signature)}).encode() + b"\n"


def looks_like_request(start: bytes) -> bool:
    """Whether a file that begins so may be an identity request, well or ill."""
    return start.startswith(b'{"certificate":"') and len(start) <= LARGEST and WHAT.encode() in start


def read_request(raw: bytes) -> IdentityRequest:
    """The request in these bytes. Raises `KnownError` request-altered unless it is whole and signed by its own key; bundle-newer."""
    try:
        members = _signed_members(raw)
        if (found := expect_number(members["format"])) > FORMAT:
            raise refuse("bundle-newer", found=found)
        return _read(expect_object(members, _SIGNED))
    except ValueError as error:
        raise refuse("request-altered") from error


def certify(issuer: Issuer, request: IdentityRequest, role: Role, *, randomness: Randomness = os.urandom) -> Issued:
    """Certificates for the keys of a request. An installation of headquarters is certified by the root key alone.

    Raises `KnownError` role-needed where the issuer may not issue for that role.
    """
    signing, document = read_certificate(request.certificate), read_certificate(request.document_certificate)
    use = Use.HEADQUARTERS if role is Role.HQ else Use.INSTALLATION
    return Issued(
        issuer.issue(use, signing.spki, request.name, randomness), issuer.issue(Use.DOCUMENT, document.spki, request.name, randomness)
    )


def _signed_members(raw: bytes) -> dict[str, JsonValue]:
    """All members but the signature, which holds: in every format there will ever be, so that damage is told from novelty."""
    if len(raw) > LARGEST or not raw.endswith(b"\n"):
        raise ValueError("not as long as written")
    members = decode(raw[:-1])
    if not isinstance(members, dict) or members.get("what") != WHAT or not members.keys() >= {"format", "certificate", "signature"}:
        raise ValueError("not a request")
    signature = from_base64(members.pop("signature"))
    certificate = read_certificate(from_base64(members["certificate"]))
    if not verify_payload(certificate.spki, REQUEST_TYPE, canonical(members).encode(), signature):
        raise ValueError("not signed by the key it speaks of")
    return members


def _read(members: dict[str, JsonValue]) -> IdentityRequest:
    request = IdentityRequest(
        name=_text(expect_text(members["name"])),
        name_latin=_text(expect_text(members["name_latin"])),
        installation=_text(expect_text(members["installation"])),
        recipient=check_recipient(expect_text(members["recipient"])),
        certificate=from_base64(members["certificate"]),
        document_certificate=from_base64(members["document_certificate"]),
    )
    signing, document = read_certificate(request.certificate), read_certificate(request.document_certificate)
    if (signing.use, document.use) != (Use.INSTALLATION, Use.DOCUMENT) or not (self_signed(signing) and self_signed(document)):
        raise ValueError("not what an installation says of itself")
    return request


def presentable(name: str) -> bool:
    """Whether somebody can be asked for under that name: something to see, not too long, nothing that hides or turns around."""
    return bool(name.strip()) and len(name) <= LONGEST_TEXT and name.isprintable()


def _text(value: str) -> str:
    if not presentable(value):
        raise ValueError("a name is empty, too long or not printable")
    return value
