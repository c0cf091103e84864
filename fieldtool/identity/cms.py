"""Detached CMS signatures over a bundle's manifest: made through pyHanko, read by rules of our own; knows no trust."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from asn1crypto import cms, core, tsp, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from fieldtool.identity.certificates import (
    Certificate,
    NotOurCertificate,
    issued_by,
    public_key,
    read_certificate,
    self_signed,
)
from fieldtool.identity.der import ECDSA_SHA256, OCTET_STRING, SEQUENCE, SET, SHA256, TAGGED, elements, encode

LONGEST = 64 * 1024  # bytes of a signature with its certificates
MOST_CERTIFICATES = 4

# What the signer signs: RFC 5652, RFC 5035; and, allowed beside them, RFC 6211 and the signer's clock, which decides nothing.
_DEMANDED = frozenset({"content_type", "message_digest", "signing_certificate_v2"})
_ALLOWED = _DEMANDED | {"cms_algorithm_protection", "signing_time"}

# The parts of a signature that are the same in all of them, in DER.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_PLAIN_CONTENT = bytes.fromhex("300b06092a864886f70d010701")  # detached: without the content
_VERSION_1 = bytes.fromhex("020101")


class NotSigned(ValueError):
    """The bytes are not a signature of that content; the text says what does not hold."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A CMS signature that holds for its content, with the chain it carries; whether to believe that chain is another matter."""

    signer: Certificate
    chain: tuple[Certificate, ...]  # the signer's certificate first, a self-signed one last, each issued by the next


def sign_detached(content: bytes, chain: Sequence[bytes], sign: Callable[[bytes], bytes]) -> bytes:
    """A detached CMS signature in DER with `chain` (DER, signer's first) inside; `sign` makes DER ECDSA P-256 signatures."""
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class PenSigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return sign(data)

    first, *rest = [x509.Certificate.load(der, strict=True) for der in chain]
    store = SimpleCertificateStore.from_certs(rest)  # type: ignore[no-untyped-call]  # pyHanko annotates most of itself, not this
    signer = PenSigner(signing_cert=first, cert_registry=store, embed_roots=True)
    signed: cms.ContentInfo = asyncio.run(signer.async_sign_general_data(content, "sha256"))
    der: bytes = signed.dump()
    return der


def verify_detached(content: bytes, der: bytes) -> Signature:
    """The signature in `der`, which holds for `content` in every byte of it. Raises `NotSigned`."""
    if len(der) > LONGEST:
        raise NotSigned("it is too long")
    try:
        return _verify(content, der)
    except NotOurCertificate as error:
        raise NotSigned(f"a certificate in it is not one of ours: {error}") from error
    except InvalidSignature as error:
        raise NotSigned("the signature does not belong to it") from error
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, AttributeError) as error:
        if isinstance(error, NotSigned):
            raise
        raise NotSigned("it is not written as a signature") from error  # asn1crypto raises these for bytes that are no DER


def _verify(content: bytes, der: bytes) -> Signature:
    outer = cms.ContentInfo.load(der, strict=True)
    _demand(outer["content_type"].native == "signed_data", "it is not signed data")
    signed: cms.SignedData = outer["content"]
    found = signed["certificates"]
    _demand(isinstance(found, cms.CertificateSet), "it carries no certificates")
    standing = elements(found.contents)
    _demand(len(standing) <= MOST_CERTIFICATES, "it carries too many certificates")
    certificates = [read_certificate(one) for one in standing]
    _demand(len(signed["signer_infos"]) == 1, "it is not signed by one signer")
    info: cms.SignerInfo = signed["signer_infos"][0]
    # Taken before anybody looks inside: asn1crypto writes anew what it has parsed.
    covered, signature = encode(TAGGED, info["signed_attrs"].contents), info["signature"].native
    attributes = _attributes(info)
    _demand(attributes["message_digest"].native == hashlib.sha256(content).digest(), "the content was changed")
    signer = _signer(attributes["signing_certificate_v2"], certificates)
    # All that the signature does not cover has one possible encoding: anything else was changed on the way.
    _demand(der == _frame(signer, certificates, covered, signature), "it is not written as a signature")
    # RFC 5652, 5.4: the attributes are signed under the tag of a SET OF.
    public_key(signer.spki).verify(signature, b"\x31" + covered[1:], ec.ECDSA(hashes.SHA256()))
    return Signature(signer, _chain(signer, certificates))


def _attributes(info: cms.SignerInfo) -> dict[str, core.Asn1Value]:
    found: dict[str, core.Asn1Value] = {}
    for attribute in info["signed_attrs"]:
        kind: str = attribute["type"].native
        single = kind not in found and len(attribute["values"]) == 1
        _demand(kind in _ALLOWED and single, "its signed attributes are not the expected ones")
        found[kind] = attribute["values"][0]
    _demand(found.keys() >= _DEMANDED, "a signed attribute is missing")
    _demand(found["content_type"].native == "data", "its content type is not plain content")
    return found


def _signer(named: core.Asn1Value, certificates: list[Certificate]) -> Certificate:
    # Loading `tsp` is also what teaches asn1crypto the name of this attribute: a program that only verifies loads nothing else that would.
    _demand(isinstance(named, tsp.SigningCertificateV2), "it does not name the signer's certificate as it should")
    _demand(len(named["certs"]) == 1, "it names more than the signer's certificate")
    entry = named["certs"][0]
    _demand(entry["hash_algorithm"]["algorithm"].native == "sha256", "it is not made with SHA-256")
    digest = entry["cert_hash"].native
    signer = next((c for c in certificates if hashlib.sha256(c.der).digest() == digest), None)
    if signer is None:
        raise NotSigned("the signer's certificate is missing")
    return signer


def _chain(signer: Certificate, certificates: list[Certificate]) -> tuple[Certificate, ...]:
    chain, rest = [signer], [c for c in certificates if c != signer]
    while not self_signed(chain[-1]):
        issuer = next((c for c in rest if issued_by(chain[-1], c)), None)
        if issuer is None:
            raise NotSigned("its certificates are not a chain")
        chain.append(issuer)
        rest.remove(issuer)
    _demand(not rest, "it carries certificates that are not its signer's")
    return tuple(chain)


def _frame(signer: Certificate, certificates: list[Certificate], covered: bytes, signature: bytes) -> bytes:
    """The one encoding of a signature with these parts; `covered` are the signed attributes as they stand there, under their own tag."""
    by = encode(SEQUENCE, signer.issuer, signer.serial)
    info = encode(SEQUENCE, _VERSION_1, by, SHA256, covered, ECDSA_SHA256, encode(OCTET_STRING, signature))
    carried = encode(TAGGED, *sorted(c.der for c in certificates))
    signed = encode(SEQUENCE, _VERSION_1, encode(SET, SHA256), _PLAIN_CONTENT, carried, encode(SET, info))
    return encode(SEQUENCE, _SIGNED_DATA, encode(TAGGED, signed))


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotSigned(otherwise)
