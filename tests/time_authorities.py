"""A time-stamp authority that nobody here wrote: the openssl program, working on files as on the machine that a stick is carried to."""

from __future__ import annotations

import datetime
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_YEAR = datetime.timedelta(days=365)
_CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/chain.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def revocations(self, *ended: Issued, days: tuple[int, int] = (-1, 30)) -> bytes:
        """The list (PEM) of what it issued and is believed no longer, in force for `days` around today."""
        now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now + datetime.timedelta(days=days[0]))
            .next_update(now + datetime.timedelta(days=days[1]))
            .add_extension(x509.CRLNumber(1), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        for one in ended:
            serial = one.certificate.serial_number
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now + datetime.timedelta(days=days[0]))
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def issue(
    name: str,
    issuer: Issued | None = None,
    *,
    ca: bool = False,
    purposes: tuple[x509.ObjectIdentifier, ...] = (),
    critical: bool = True,
    days: tuple[int, int] = (-400, 4000),
    elliptic: bool = True,
    seconds: int = 0,
) -> Issued:
    """A certificate, valid for `days` around this machine's today, or from then for some `seconds` from now."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    above = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + (datetime.timedelta(seconds=seconds) if seconds else datetime.timedelta(days=days[1])))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False)
        .add_extension(x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=critical)
    return Issued(key, builder.sign(above, hashes.SHA256()))


class Clockmaker:
    """An authority with a root and a signer under it, in a folder of its own."""

    def __init__(self, folder: Path, name: str = "Sample Clock", *, signer: Issued | None = None, root: Issued | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.root = root or issue(f"{name} Root", ca=True)
        self.signer = signer or issue(f"{name} Stamps", self.root, purposes=(ExtendedKeyUsageOID.TIME_STAMPING,), elliptic=False)
        pkcs8 = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (folder / "signer.key").write_bytes(self.signer.key.private_bytes(*pkcs8))
        (folder / "signer.pem").write_bytes(self.signer.pem)
        (folder / "root.pem").write_bytes(self.root.pem)
        # What authorities like to send along: their root, and here also a certificate that belongs to nobody's chain.
        (folder / "chain.pem").write_bytes(self.root.pem + issue(f"{name} of Old", ca=True).pem)
        (folder / "serial").write_text("01\n")
        self._configure("sha256")

    def _configure(self, digests: str) -> None:
        (self.folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=self.folder, digests=digests))

    def answer(self, request: bytes, *, refusing: bool = False) -> bytes:
        """The response to a request: granted, or refused since it takes no SHA-256 today."""
        self._configure("sha512" if refusing else "sha256")
        asked, told = self.folder / "request.tsq", self.folder / "response.tsr"
        asked.write_bytes(request)
        told.unlink(missing_ok=True)
        command: list[str | Path] = ["openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", asked, "-out", told]
        done = subprocess.run(command, capture_output=True, timeout=60)
        assert told.exists(), done.stderr
        return told.read_bytes()

    def agrees(self, request: bytes, response: bytes) -> bool:
        """Whether openssl finds that a response answers a request, under this authority's root."""
        asked, told = self.folder / "asked.tsq", self.folder / "told.tsr"
        asked.write_bytes(request)
        told.write_bytes(response)
        command: list[str | Path] = ["openssl", "ts", "-verify", "-queryfile", asked, "-in", told, "-CAfile", self.folder / "root.pem"]
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
