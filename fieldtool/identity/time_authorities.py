"""Authorities for time stamps that headquarters names: what their own certificates have to be; whom to believe is said elsewhere."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from fieldtool.domain.errors import refuse
from fieldtool.domain.remarks import Remark

LARGEST = 8_192  # bytes of a certificate, PEM or DER
_LEAST_BITS = 2_048  # of an RSA key


@dataclass(frozen=True, slots=True)
class TimeAuthority:
    """The certificate under which an authority's signers stand: its root, or the one that issues them."""

    name: str  # common name, or all of the subject
    certificate: bytes  # DER

    @property
    def sha256(self) -> str:
        """The fingerprint that the authority publishes: SHA-256 of the certificate, 64 hexadecimal digits."""
        return hashlib.sha256(self.certificate).hexdigest()


def read_time_authority(content: bytes, now: datetime.datetime | None = None) -> TimeAuthority:
    """The authority whose certificate this is, PEM or DER.

    Raises `KnownError` authority-unfit: no certificate, one that issues none, a weak key, or one that has run out at `now`.
    """
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        load = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
        certificate = load(content)
        key, issues = certificate.public_key(), _issues(certificate)
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        name = str(names[0].value) if names else certificate.subject.rfc4514_string()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise refuse("authority-unfit", reason="it is no certificate that can be read") from error
    if not issues:
        raise refuse("authority-unfit", reason="it does not issue certificates: take the root or issuing one of the authority")
    if not isinstance(key, ec.EllipticCurvePublicKey) and not (isinstance(key, rsa.RSAPublicKey) and key.key_size >= _LEAST_BITS):
        neither = Remark("its key is neither RSA of {bits} bits or more nor of an elliptic curve", {"bits": _LEAST_BITS})
        raise refuse("authority-unfit", reason=neither)
    if now is not None and certificate.not_valid_after_utc < now:
        raise refuse("authority-unfit", reason=Remark("it ran out on {day}", {"day": f"{certificate.not_valid_after_utc:%Y-%m-%d}"}))
    return TimeAuthority(name, certificate.public_bytes(Encoding.DER))


def _issues(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False
