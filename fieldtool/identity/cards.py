"""An organisation's own RSA card as a key for documents, from a PKCS#12 file; whose card it is headquarters' certificate says."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509.oid import NameOID

from fieldtool.domain.errors import refuse
from fieldtool.domain.remarks import Remark
from fieldtool.identity.certificates import CARD_BITS, NotOurCertificate, Use, document_key, read_certificate

LARGEST = 65_536  # bytes of a PKCS#12 file or of a certificate file


class CardKey(Protocol):
    """An opened card: its own certificate, by whomever it was issued, and RSA signatures (PKCS#1 v1.5, SHA-256)."""

    @property
    def certificate_der(self) -> bytes:
        """The certificate that came with the card; nothing is believed because of it."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over `data`, as long as the key."""
        ...


@dataclass(frozen=True, slots=True)
class CardCertificate:
    """What a card's own certificate says, fit for signing at the time it was asked."""

    name: str
    spki: bytes  # DER SubjectPublicKeyInfo of an RSA key


def read_card_certificate(content: bytes, now: datetime.datetime) -> CardCertificate:
    """A card's own certificate, PEM or DER. Raises `KnownError` card-unfit: no such key, too short, not valid at `now`, not for signing."""
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        load = x509.load_pem_x509_certificate if b"-----BEGIN" in content[:4_096] else x509.load_der_x509_certificate
        certificate = load(content)
        key = certificate.public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            raise refuse("card-unfit", reason="its key is not RSA")
        if key.key_size not in CARD_BITS:
            bits = {"bits": key.key_size, "least": CARD_BITS.start, "most": CARD_BITS.stop - 1}
            raise refuse("card-unfit", reason=Remark("its RSA key has {bits} bits, not {least} to {most}", bits))
        spki = spki_der(key)
        document_key(spki)
        usable = _usable(certificate)
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except NotOurCertificate as error:
        raise refuse("card-unfit", reason=str(error)) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise refuse("card-unfit", reason="it is no certificate that can be read") from error
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        days = {"first": f"{certificate.not_valid_before_utc:%Y-%m-%d}", "last": f"{certificate.not_valid_after_utc:%Y-%m-%d}"}
        raise refuse("card-unfit", reason=Remark("it is valid from {first} to {last} only", days))
    if not usable:
        raise refuse("card-unfit", reason="it is not for signing")
    return CardCertificate(str(names[0].value) if names else "", spki)


def spki_der(key: rsa.RSAPublicKey) -> bytes:
    """DER SubjectPublicKeyInfo: what headquarters binds."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _usable(certificate: x509.Certificate) -> bool:
    """Whether it says that its key signs, or does not say what it is for (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


class FileCard:
    """A card in a PKCS#12 file, opened by its passphrase."""

    __slots__ = ("_key", "certificate_der")

    def __init__(self, key: rsa.RSAPrivateKey, certificate_der: bytes) -> None:
        self._key = key
        self.certificate_der = certificate_der

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256 over `data`."""
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def open_card_file(content: bytes, passphrase: str, file: str) -> FileCard:
    """The card in a PKCS#12 file. Raises `KnownError` card-unreadable, wrong-pin, card-unfit where its key is not RSA."""
    if not content.startswith(b"\x30") or len(content) > LARGEST:
        raise refuse("card-unreadable", card=file, reason="it is no PKCS#12 file")
    try:
        found = load_pkcs12(content, passphrase.encode())
    except UnsupportedAlgorithm as error:
        raise refuse("card-unreadable", card=file, reason="it is encrypted in a way that is no longer safe") from error
    except ValueError as error:
        raise refuse("wrong-pin", card=file) from error
    if found.key is None or found.cert is None:
        raise refuse("card-unreadable", card=file, reason="it holds no key with its certificate")
    if not isinstance(found.key, rsa.RSAPrivateKey):
        raise refuse("card-unfit", reason="its key is not RSA")
    certificate = found.cert.certificate
    if certificate.public_key() != found.key.public_key():
        raise refuse("card-unreadable", card=file, reason="its certificate is of another key")
    return FileCard(found.key, certificate.public_bytes(serialization.Encoding.DER))


class CardPen:
    """An opened card under the certificate that headquarters issued to its key: what signs a summary in place of the document key."""

    __slots__ = ("_key", "certificate_der", "chain_der")

    def __init__(self, key: CardKey, chain: Sequence[bytes]) -> None:
        bound = read_certificate(chain[0])
        if bound.use is not Use.DOCUMENT:
            raise ValueError("the certificate is not for documents")
        self._key = key
        self.certificate_der = chain[0]
        self.chain_der = tuple(chain[1:])

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256 over `data`."""
        return self._key.sign(data)
