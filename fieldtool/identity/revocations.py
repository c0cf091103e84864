"""Lists of revoked certificates (RFC 5280): what an issuer of the organisation says of one day, and what others' lists have to be.

Nobody here believes a list: trust ends by records. They are for strangers, inside a document, under a time stamp of about the same day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from fieldtool.domain.errors import refuse
from fieldtool.identity.certificates import Certificate, issued_by

LASTS = datetime.timedelta(days=30)  # within which a stamp has to be fetched; the next stamp brings its own list
LARGEST = 1_048_576  # bytes of a list


@dataclass(frozen=True, slots=True)
class Ended:
    """A certificate that is believed no longer, and since when headquarters says so."""

    certificate: Certificate
    since: datetime.datetime


def write_list(key: ec.EllipticCurvePrivateKey, issuer: Certificate, ended: Iterable[Ended], now: datetime.datetime) -> bytes:
    """The list (DER) of an issuer as of `now`: those of the certificates that it issued; signed by `key`, which is the issuer's."""
    ours = {e.certificate.serial: e for e in ended if issued_by(e.certificate, issuer)}
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(x509.load_der_x509_certificate(issuer.der).subject)
        .last_update(now)
        .next_update(now + LASTS)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for _, one in sorted(ours.items()):
        serial = x509.load_der_x509_certificate(one.certificate.der).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(min(one.since, now)).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(key, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


def read_list(content: bytes, file: str) -> bytes:
    """The list in a file, PEM or DER, as DER; whose it is and what it proves is seen where it is used. Raises `KnownError` list-unfit."""
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        load = x509.load_pem_x509_crl if b"-----BEGIN" in content[:4_096] else x509.load_der_x509_crl
        return load(content).public_bytes(Encoding.DER)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise refuse("list-unfit", file=file) from error
