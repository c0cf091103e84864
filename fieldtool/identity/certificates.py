"""The few X.509 certificates of an organisation: made to one strict profile and read back against it; decides nobody's role."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash, Randomness
from fieldtool.identity import der as asn1
from fieldtool.identity.der import BIT_STRING, ECDSA_SHA256, OCTET_STRING, SEQUENCE, SET
from fieldtool.identity.fingerprints import key_hash

# Trust ends by revocation, never by a laptop's clock: every certificate is valid for ever.
VALID_FROM = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
VALID_TO = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
LONGEST_NAME = 64  # bytes of UTF-8; RFC 5280, ub-common-name and ub-organization-name, as most tools count it
LARGEST = 2_048  # bytes of a certificate
CARD_BITS = range(3_072, 4_097)  # the length of an RSA key that signs documents: NIST SP 800-57, 128 bits of strength and more
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
# NSS, and with it pdfsig, trusts a signer of documents only if the certificate is for mail, too (tests/integration/test_loop.py).
DOCUMENT_PURPOSES = (DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION)

_SERIAL_BITS = 20 * 8 - 1
# The parts that are the same in every certificate, in DER.
_VERSION_3 = bytes.fromhex("a003020102")
_FOR_EVER = bytes.fromhex("3020170d3730303130313030303030305a180f39393939313233313233353935395a")
_ORGANISATION, _COMMON_NAME, _SERIAL_NUMBER = (bytes.fromhex(f"06035504{last}") for last in ("0a", "03", "05"))
_SUBJECT_KEY, _AUTHORITY_KEY = (bytes.fromhex(f"0603551d{last}") for last in ("0e", "23"))
_TRUE, _UTF8, _PRINTABLE, _EXTENSIONS = b"\x01\x01\xff", 0x0C, 0x13, 0xA3


class NotOurCertificate(ValueError):
    """The bytes are not a certificate of the profile in this module."""


class Use(Enum):
    """What a certificate is for; the value is the path length of its basic constraints where it may issue others."""

    ROOT = 1
    HEADQUARTERS = 0
    INSTALLATION = "signs segments and bundles"
    DOCUMENT = "signs documents"

    @property
    def issues(self) -> bool:
        """Whether certificates of this use may issue others."""
        return self in (Use.ROOT, Use.HEADQUARTERS)


# Which uses a certificate may be issued by.
ISSUERS: dict[Use, frozenset[Use]] = {
    Use.ROOT: frozenset(),
    Use.HEADQUARTERS: frozenset({Use.ROOT}),
    Use.INSTALLATION: frozenset({Use.HEADQUARTERS}),
    Use.DOCUMENT: frozenset({Use.HEADQUARTERS, Use.ROOT}),
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that keeps the profile; that says nothing yet about who issued it."""

    der: bytes
    use: Use
    name: str  # common name, cut to 64 bytes of UTF-8: cards hold names in full
    organisation: str  # "" on a self-signed certificate of a person
    spki: bytes  # DER SubjectPublicKeyInfo
    key: KeyHash
    serial: bytes = field(repr=False)  # DER, as are the next two
    issuer: bytes = field(repr=False)
    subject: bytes = field(repr=False)
    authority: bytes = field(repr=False)  # 20 bytes: the issuer's key identifier
    signed: bytes = field(repr=False)  # the part that the signature covers
    signature: bytes = field(repr=False)


def spki_of(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> bytes:
    """The DER SubjectPublicKeyInfo of a public key."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=512)
def public_key(spki: bytes) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a DER SubjectPublicKeyInfo. Raises `NotOurCertificate` for any other key or encoding."""
    try:
        key = serialization.load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotOurCertificate("no public key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1) or spki_of(key) != spki:
        raise NotOurCertificate("not a P-256 key")
    return key


def document_key(spki: bytes) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    """What may sign documents: a P-256 key, or the RSA key of an organisation's card. Raises `NotOurCertificate` for any other."""
    try:
        key = serialization.load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NotOurCertificate("no public key") from error
    if not isinstance(key, rsa.RSAPublicKey):
        return public_key(spki)
    if key.key_size not in CARD_BITS or key.public_numbers().e < 65_537 or spki_of(key) != spki:
        raise NotOurCertificate("not an RSA key of 3072 to 4096 bits")
    return key


def issue(
    use: Use,
    spki: bytes,
    name: str,
    *,
    signer: ec.EllipticCurvePrivateKey,
    issuer: Certificate | None,
    organisation: str = "",
    randomness: Randomness,
) -> bytes:
    """The DER certificate of `spki`, signed by `signer`, whose certificate is `issuer` (None: self-signed)."""
    subject = _x509_name(name, issuer.organisation if issuer else organisation, spki)
    key = _key_for(use, spki)
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=_issuer_name(issuer) if issuer else subject)
        .public_key(key)
        .serial_number(int.from_bytes(randomness(20), "big") >> 1 | 1 << _SERIAL_BITS - 1)
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_TO)
    )
    for value, critical in _extension_values(use, key, signer.public_key()):
        builder = builder.add_extension(value, critical)
    return builder.sign(signer, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(serialization.Encoding.DER)


def issue_under(
    signer: ec.EllipticCurvePrivateKey, issuer: Certificate | None, use: Use, spki: bytes, name: str, randomness: Randomness
) -> bytes:
    """The DER certificate of that key, if the issuer's own certificate allows it. Raises `KnownError` role-needed."""
    if issuer is None or issuer.use not in ISSUERS[use]:
        raise refuse("role-needed", role="the holder of the root key" if use is Use.HEADQUARTERS else "headquarters")
    return issue(use, spki, name, signer=signer, issuer=issuer, randomness=randomness)


@lru_cache(maxsize=512)
def read_certificate(der: bytes) -> Certificate:
    """The certificate in `der`. Raises `NotOurCertificate` for anything outside the profile.

    No general parser looks at it: its parts are taken out, the certificate is written again from them, and both have to be the same bytes.
    """
    try:
        found = _take_apart(der)
    except ValueError as error:
        raise NotOurCertificate("it is not laid out like one") from error
    _key_for(found.use, found.spki)
    return found


def read_root(der: bytes) -> Certificate:
    """The root certificate in `der`. Raises `NotOurCertificate` for anything else."""
    certificate = read_certificate(der)
    if certificate.use is not Use.ROOT or not self_signed(certificate):
        raise NotOurCertificate("not the root of an organisation")
    return certificate


def issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether `issuer` may issue such a certificate and did: use, names, key identifiers and signature."""
    return issuer.use in ISSUERS[certificate.use] and certificate.organisation == issuer.organisation and _signed_by(certificate, issuer)


def self_signed(certificate: Certificate) -> bool:
    """Whether the holder of the certificate's own key signed it: a root, or what an installation says of itself."""
    return _signed_by(certificate, certificate)


def pem(der: bytes) -> bytes:
    """The certificate as PEM, for `openssl` and other tools."""
    return x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)


def certificates_in(text: bytes) -> list[bytes]:
    """The DER of every certificate in a PEM file. Raises `NotOurCertificate` where there is none, or one outside the profile."""
    try:
        found = x509.load_pem_x509_certificates(text)
    except ValueError as error:
        raise NotOurCertificate("no certificate") from error
    return [read_certificate(one.public_bytes(serialization.Encoding.DER)).der for one in found]


def cut(name: str) -> str:
    """As much of a name as a certificate holds."""
    return name.encode()[:LONGEST_NAME].decode(errors="ignore")


def _key_for(use: Use, spki: bytes) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    return document_key(spki) if use is Use.DOCUMENT else public_key(spki)


def _signed_by(certificate: Certificate, issuer: Certificate) -> bool:
    if certificate.issuer != issuer.subject or certificate.authority != _key_identifier(issuer.spki):
        return False
    try:
        public_key(issuer.spki).verify(certificate.signature, certificate.signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, NotOurCertificate):  # the key of a card signs documents, never a certificate
        return False
    return True


def _take_apart(der: bytes) -> Certificate:
    if len(der) > LARGEST:
        raise ValueError("too large")
    signed, _, signature = asn1.elements(asn1.content(der))
    _, serial, _, issuer, _, subject, spki, extensions = asn1.elements(asn1.content(signed))
    organisation, name = _names(subject)
    authority = _authority(extensions)
    for use in Use:
        again = _put_together(use, serial, issuer, _name(name, organisation, spki), spki, authority, asn1.content(signature)[1:])
        if again == der and len(serial) == 22 and serial[2] >> 6 == 1:
            key = key_hash(spki)
            return Certificate(
                der, use, name, organisation, spki, key, serial, issuer, subject, authority, signed, asn1.content(signature)[1:]
            )
    raise ValueError("not of any use, or not in its one encoding")


def _put_together(use: Use, serial: bytes, issuer: bytes, subject: bytes, spki: bytes, authority: bytes, signature: bytes) -> bytes:
    extensions = asn1.encode(_EXTENSIONS, asn1.encode(SEQUENCE, *_extensions(use, spki, authority)))
    signed = asn1.encode(SEQUENCE, _VERSION_3, serial, ECDSA_SHA256, issuer, _FOR_EVER, subject, spki, extensions)
    return asn1.encode(SEQUENCE, signed, ECDSA_SHA256, asn1.encode(BIT_STRING, b"\0", signature))


def _names(subject: bytes) -> tuple[str, str]:
    """The organisation and the common name, as they stand there."""
    texts: dict[bytes, str] = {}
    for attribute in asn1.elements(asn1.content(subject)):
        (pair,) = asn1.elements(asn1.content(attribute))
        kind, value = asn1.elements(asn1.content(pair))
        texts[kind] = asn1.content(value).decode()
    return texts.get(_ORGANISATION, ""), texts.get(_COMMON_NAME, "")


def _authority(extensions: bytes) -> bytes:
    (listed,) = asn1.elements(asn1.content(extensions))
    for extension in asn1.elements(asn1.content(listed)):
        kind, *_, value = asn1.elements(asn1.content(extension))
        if kind == _AUTHORITY_KEY:
            return asn1.content(value)[-20:]
    raise ValueError("it does not say who issued it")


def _name(common: str, organisation: str, spki: bytes) -> bytes:
    """A subject in DER, byte for byte as `_x509_name` is written. Raises `ValueError` for names too long for a certificate."""
    if cut(common) != common or cut(organisation) != organisation:
        raise ValueError("a name is too long")
    held = [(_ORGANISATION, _UTF8, organisation)] if organisation else []
    held += [(_COMMON_NAME, _UTF8, common), (_SERIAL_NUMBER, _PRINTABLE, _name_number(spki))]
    return asn1.encode(
        SEQUENCE, *(asn1.encode(SET, asn1.encode(SEQUENCE, kind, asn1.encode(tag, text.encode()))) for kind, tag, text in held)
    )


def _x509_name(common: str, organisation: str, spki: bytes) -> x509.Name:
    attributes = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, cut(organisation))] if organisation else []
    attributes += [
        x509.NameAttribute(NameOID.COMMON_NAME, cut(common)),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, _name_number(spki)),
    ]
    return x509.Name(attributes)


def _issuer_name(issuer: Certificate) -> x509.Name:
    return _x509_name(issuer.name, issuer.organisation, issuer.spki)


def _name_number(spki: bytes) -> str:
    # The key's hash keeps two people of one name, and two roots of one organisation, apart for tools that build chains by name.
    return key_hash(spki).hex()[:32]


def _extension_values(
    use: Use, subject: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, issuer: ec.EllipticCurvePublicKey
) -> list[tuple[x509.ExtensionType, bool]]:
    values: list[tuple[x509.ExtensionType, bool]] = [
        (_constraints(use), True),
        (x509.SubjectKeyIdentifier.from_public_key(subject), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), False),
        (_usage(use), True),
    ]
    if use is Use.DOCUMENT:
        values.append((x509.ExtendedKeyUsage(DOCUMENT_PURPOSES), False))
    return values


def _constraints(use: Use) -> x509.BasicConstraints:
    return x509.BasicConstraints(use.issues, int(use.value) if use.issues else None)


def _usage(use: Use) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=use in (Use.HEADQUARTERS, Use.INSTALLATION),
        content_commitment=use is Use.DOCUMENT,
        key_cert_sign=use.issues,
        crl_sign=use.issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _extensions(use: Use, spki: bytes, authority: bytes) -> list[bytes]:
    """The extensions in DER, byte for byte as `_extension_values` are written."""
    first, third, last = _fixed_extensions(use)
    subject = asn1.encode(SEQUENCE, _SUBJECT_KEY, asn1.encode(OCTET_STRING, asn1.encode(OCTET_STRING, _key_identifier(spki))))
    identifier = asn1.encode(SEQUENCE, asn1.encode(0x80, authority))
    issuer = asn1.encode(SEQUENCE, _AUTHORITY_KEY, asn1.encode(OCTET_STRING, identifier))
    return [first, subject, issuer, third, last]


@lru_cache(maxsize=len(Use))
def _fixed_extensions(use: Use) -> tuple[bytes, bytes, bytes]:
    """Those that depend on the use alone: basic constraints, key usage, and the extended one or nothing."""
    constraints = asn1.encode(OCTET_STRING, _constraints(use).public_bytes())
    usage = asn1.encode(OCTET_STRING, _usage(use).public_bytes())
    extended = b""
    if use is Use.DOCUMENT:
        purposes = asn1.encode(OCTET_STRING, x509.ExtendedKeyUsage(DOCUMENT_PURPOSES).public_bytes())
        extended = asn1.encode(SEQUENCE, bytes.fromhex("0603551d25"), purposes)
    return (
        asn1.encode(SEQUENCE, bytes.fromhex("0603551d13"), _TRUE, constraints),
        asn1.encode(SEQUENCE, bytes.fromhex("0603551d0f"), _TRUE, usage),
        extended,
    )


def _key_identifier(spki: bytes) -> bytes:
    """RFC 5280, 4.2.1.2: SHA-1 of the public key's bits; a label for building chains, nothing is proven by it."""
    _, bits = asn1.elements(asn1.content(spki))
    return hashlib.sha1(asn1.content(bits)[1:], usedforsecurity=False).digest()
