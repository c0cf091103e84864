"""The few X.509 certificates of an organisation: made to one strict profile and read back against it; decides nobody's role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash, Randomness
from fieldtool.identity.der import BIT_STRING, ECDSA_SHA256, SEQUENCE, encode
from fieldtool.identity.fingerprints import key_hash

# Trust ends by revocation, never by a laptop's clock: every certificate is valid for ever.
VALID_FROM = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
VALID_TO = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
LONGEST_NAME = 64  # bytes of UTF-8; RFC 5280, ub-common-name and ub-organization-name, as most tools count it
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336

_SERIAL_BITS = 20 * 8 - 1
# Every certificate of ours begins alike: two long-form sequences, version 3, a serial number of 20 bytes.
_START_LENGTH, _VERSION_AND_SERIAL = 16, b"\xa0\x03\x02\x01\x02\x02\x14"
_AUTHORITY_IDENTIFIER = bytes.fromhex("301f0603551d23041830168014")  # then 20 bytes and nothing else


class NotOurCertificate(ValueError):
    """The bytes are not a certificate of the profile in this module."""


class Use(Enum):
    """What a certificate is for; the value is the path length of its basic constraints, None where it may issue nothing."""

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
    self_issued: bool


def spki_of(key: ec.EllipticCurvePublicKey) -> bytes:
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
    subject = _name(name, issuer.organisation if issuer else organisation, spki)
    serial = int.from_bytes(randomness(20), "big") >> 1 | 1 << _SERIAL_BITS - 1
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=_loaded(issuer.der).subject if issuer else subject)
        .public_key(public_key(spki))
        .serial_number(serial)
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_TO)
    )
    for extension in _extensions(use, public_key(spki), signer.public_key()):
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.sign(signer, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(serialization.Encoding.DER)


def issue_under(
    signer: ec.EllipticCurvePrivateKey, issuer: Certificate | None, use: Use, subject: Certificate, name: str, randomness: Randomness
) -> bytes:
    """The DER certificate of the subject's key, if the issuer's own certificate allows it. Raises `KnownError` role-needed."""
    if issuer is None or issuer.use not in ISSUERS[use]:
        raise refuse("role-needed", role="the holder of the root key" if use is Use.HEADQUARTERS else "headquarters")
    return issue(use, subject.spki, name, signer=signer, issuer=issuer, randomness=randomness)


@lru_cache(maxsize=512)
def read_certificate(der: bytes) -> Certificate:
    """The certificate in `der`. Raises `NotOurCertificate` for anything outside the profile, trailing bytes included."""
    # Looked at before the library is: it warns of what it dislikes, and we take none of that.
    starts = der[0:2] == der[4:6] == b"\x30\x82" and der[8:15] == _VERSION_AND_SERIAL
    if len(der) < _START_LENGTH or not starts or not 0x40 <= der[15] < 0x80 or der.count(_AUTHORITY_IDENTIFIER) != 1:
        raise NotOurCertificate("it is not laid out like one")
    try:
        return _read(der)
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension) as error:
        raise NotOurCertificate(str(error)) from error


def read_root(der: bytes) -> Certificate:
    """The root certificate in `der`. Raises `NotOurCertificate` for anything else."""
    certificate = read_certificate(der)
    if certificate.use is not Use.ROOT or not self_signed(certificate):
        raise NotOurCertificate("not the root of an organisation")
    return certificate


def issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether `issuer` may issue such a certificate and did: use, names, key identifiers and signature."""
    if issuer.use not in ISSUERS[certificate.use] or certificate.organisation != issuer.organisation:
        return False
    return _signed_by(_loaded(certificate.der), _loaded(issuer.der))


def self_signed(certificate: Certificate) -> bool:
    """Whether the holder of the certificate's own key signed it: a root, or what an installation says of itself."""
    return _signed_by(_loaded(certificate.der), _loaded(certificate.der))


def issuer_and_serial(certificate: Certificate) -> tuple[bytes, bytes]:
    """The name of who issued a certificate and its serial number, each in DER, as CMS names a signer."""
    loaded = _loaded(certificate.der)
    return loaded.issuer.public_bytes(), b"\x02\x14" + loaded.serial_number.to_bytes(20, "big")


def pem(der: bytes) -> bytes:
    """The certificate as PEM, for `openssl` and other tools."""
    return _loaded(der).public_bytes(serialization.Encoding.PEM)


def from_pem(text: bytes) -> bytes:
    """The DER of the one certificate in a PEM file. Raises `NotOurCertificate`."""
    try:
        found = x509.load_pem_x509_certificates(text)
    except ValueError as error:
        raise NotOurCertificate("no certificate") from error
    if len(found) != 1:
        raise NotOurCertificate("more than one certificate")
    der = found[0].public_bytes(serialization.Encoding.DER)
    return read_certificate(der).der


def cut(name: str) -> str:
    """As much of a name as a certificate holds."""
    return name.encode()[:LONGEST_NAME].decode(errors="ignore")


def _name(common: str, organisation: str, spki: bytes) -> x509.Name:
    # The key's hash keeps two people of one name, and two roots of one organisation, apart for tools that build chains by name.
    attributes = []
    if organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, cut(organisation)))
    attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, cut(common)))
    attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, key_hash(spki).hex()[:32]))
    return x509.Name(attributes)


def _extensions(
    use: Use, subject: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePublicKey
) -> list[x509.Extension[x509.ExtensionType]]:
    ca = use.issues
    usage = x509.KeyUsage(
        digital_signature=use in (Use.HEADQUARTERS, Use.INSTALLATION),
        content_commitment=use is Use.DOCUMENT,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    values: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca, int(use.value) if ca else None), True),
        (x509.SubjectKeyIdentifier.from_public_key(subject), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), False),
        (usage, True),
    ]
    if use is Use.DOCUMENT:
        # NSS, and with it pdfsig, trusts a signer of documents only if the certificate is also for mail.
        values.append((x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), False))
    return [x509.Extension(value.oid, critical, value) for value, critical in values]


@lru_cache(maxsize=512)
def _loaded(der: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der)


def _read(der: bytes) -> Certificate:
    loaded = x509.load_der_x509_certificate(der)
    if encode(SEQUENCE, loaded.tbs_certificate_bytes, ECDSA_SHA256, encode(BIT_STRING, b"\0", loaded.signature)) != der:
        raise NotOurCertificate("not in its one encoding")
    if loaded.not_valid_before_utc != VALID_FROM or loaded.not_valid_after_utc != VALID_TO:
        raise NotOurCertificate("its validity is not ours")
    key = loaded.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotOurCertificate("not a P-256 key")
    spki = spki_of(key)
    public_key(spki)
    organisation = _attribute(loaded.subject, NameOID.ORGANIZATION_NAME)
    name = _attribute(loaded.subject, NameOID.COMMON_NAME)
    if loaded.subject != _name(name, organisation, spki):
        raise NotOurCertificate("its subject is not written as ours")
    return Certificate(der, _use(loaded, key), name, organisation, spki, key_hash(spki), loaded.issuer == loaded.subject)


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    return next((str(a.value) for a in name.get_attributes_for_oid(oid)), "")


def _use(loaded: x509.Certificate, key: ec.EllipticCurvePublicKey) -> Use:
    # The authority's identifier is compared when the issuer is known; everything else has to be as issued for one of the uses.
    found = [e for e in loaded.extensions if e.oid != x509.AuthorityKeyIdentifier.oid]
    for use in Use:
        if found == [e for e in _extensions(use, key, key) if e.oid != x509.AuthorityKeyIdentifier.oid]:
            return use
    raise NotOurCertificate("its extensions are not those of any use")


def _signed_by(loaded: x509.Certificate, issuer: x509.Certificate) -> bool:
    key = issuer.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        if not isinstance(loaded.signature_hash_algorithm, hashes.SHA256):
            return False
        authority = loaded.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
        if authority.critical or authority.value != x509.AuthorityKeyIdentifier.from_issuer_public_key(key):
            return False
        loaded.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
