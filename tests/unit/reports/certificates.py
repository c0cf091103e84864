"""Real certificates for tests: a root, a pen under it, an impostor of the same name."""

from __future__ import annotations

import datetime
import functools

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FOREVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC), datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Authority:
    """A certificate with its key; without an issuer it is a root."""

    def __init__(self, common: str, issuer: Authority | None = None, ca: bool = True, stamps: bool = False) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.stamp_key = rsa.generate_private_key(65537, 2048) if stamps else None  # the local authority knows RSA alone
        public = self.stamp_key.public_key() if self.stamp_key else self.key.public_key()
        above = issuer or self
        self._certificate: x509.Certificate | None = None
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(common))
            .issuer_name(issuer.certificate.subject if issuer else _name(common))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(FOREVER[0])
            .not_valid_after(FOREVER[1])
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()), critical=False)
            .add_extension(x509.KeyUsage(not ca, not ca and not stamps, False, False, False, ca, ca, False, False), critical=True)
        )
        if stamps:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        self._certificate = builder.sign(above.key, hashes.SHA256())

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate."""
        assert self._certificate is not None
        return self._certificate

    @property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def revocations(self) -> bytes:
        """An empty list of revocations, signed, as DER; good for the years of the tests."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC))
            .next_update(datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


class Pen:
    """A document pen over a key in memory."""

    def __init__(self, holder: Authority, *above: Authority) -> None:
        self.holder = holder
        self._above = above

    @property
    def certificate_der(self) -> bytes:
        return self.holder.der

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        return tuple(a.der for a in self._above)

    def sign(self, data: bytes) -> bytes:
        return self.holder.key.sign(data, ec.ECDSA(hashes.SHA256()))


@functools.cache
def root() -> Authority:
    """The organisation's root."""
    return Authority("Sample Organisation Root")


@functools.cache
def issuing() -> Authority:
    """Headquarters' installation, certified by the root."""
    return Authority("Sample Headquarters", root())


@functools.cache
def head() -> Pen:
    """The head of the visit's pen."""
    return Pen(Authority("Elena Marković", issuing(), ca=False), issuing(), root())


@functools.cache
def headquarters() -> Pen:
    """A pen at headquarters."""
    return Pen(Authority("Karin Holm", issuing(), ca=False), issuing(), root())


@functools.cache
def impostor() -> Pen:
    """Somebody with the head's name and certificates that nobody issued."""
    fake_root = Authority("Sample Organisation Root")
    return Pen(Authority("Elena Marković", fake_root, ca=False), fake_root)
