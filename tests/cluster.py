"""A private PostgreSQL for one run of tests or measurements: a folder, a socket, no network but this computer's own."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_SECONDS = 30


@dataclass(slots=True)
class Cluster:
    """A running server."""

    folder: Path
    port: int = 5432
    made: int = 0

    @property
    def root(self) -> Path:
        """The certificate that vouches for the server's own, where it has one."""
        return self.folder / "root.crt"

    def url(self, database: str, user: str = "fieldtool") -> str:
        """How the product names a database here."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def remote(self, database: str, name: str, **options: str) -> str:
        """The same as a client elsewhere names it: by the server's name, over the network of this computer."""
        asked = "".join(f"&{key}={value}" for key, value in options.items())
        return f"postgresql://fieldtool@{name}:{self.port}/{database}?hostaddr=127.0.0.1{asked}"

    def database(self) -> str:
        """The URL of a new, empty database."""
        self.made += 1
        name = f"hq{self.made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


@contextmanager
def cluster(*settings: str, name: str | None = None) -> Iterator[Cluster]:
    """Run a server as long as the block lasts; with a `name` it also listens on this computer and proves that name by a certificate.

    Raises `FileNotFoundError` where PostgreSQL's server programs are not installed.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="ftpg-"))
    folder.chmod(0o755)
    as_user = _server_user(folder)
    environment = {"PATH": f"{programs}:{os.defpath}", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    data = folder / "data"
    server: subprocess.Popen[bytes] | None = None
    try:
        made = subprocess.run(
            [*as_user, str(programs / "initdb"), "-D", str(data), "-U", "fieldtool", "-A", "trust", "--no-sync", "-E", "UTF8",
             "--locale=C.UTF-8"],
            env=environment, cwd=folder, capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            raise RuntimeError(f"initdb: {made.stderr}")
        found = Cluster(folder, 5432 if name is None else _free_port())
        network = ("listen_addresses=",) if name is None else ("listen_addresses=127.0.0.1", "ssl=on", *_certified(folder, name))
        wanted = (f"port={found.port}", f"unix_socket_directories={folder}", *network, *settings)
        options = [word for one in wanted for word in ("-c", one)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*as_user, str(programs / "postgres"), "-D", str(data), *options], env=environment, cwd=folder, stdout=log, stderr=log
            )
        _wait(server, found)
        yield found
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certified(folder: Path, name: str) -> tuple[str, str]:
    """A root and a server's certificate for that name, made on the spot; the settings that name them."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("test root", "test root", root_key.public_key(), root_key, authority=True)
    server = _certificate(name, "test root", key.public_key(), root_key, authority=False)
    hidden = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for file, content in (("root.crt", root), ("server.crt", server), ("server.key", hidden)):
        (folder / file).write_bytes(content)
        shutil.chown(folder / file, folder.stat().st_uid, folder.stat().st_gid)
    (folder / "server.key").chmod(0o600)
    return f"ssl_cert_file={folder / 'server.crt'}", f"ssl_key_file={folder / 'server.key'}"


def _certificate(
    name: str, issuer: str, public: ec.EllipticCurvePublicKey, signer: ec.EllipticCurvePrivateKey, *, authority: bool
) -> bytes:
    def named(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(named(issuer), named(name), public, x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _programs() -> Path:
    """The folder of the newest server programs: Debian keeps each version's apart, and not on the search path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    found = versions[-1] if versions else shutil.which("initdb")
    if found is None:
        raise FileNotFoundError("PostgreSQL's server programs are not installed (Debian: postgresql)")
    return Path(found).resolve().parent


def _server_user(folder: Path) -> Sequence[str]:
    """The words before a server command: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return ()
    user = next((u for name in ("postgres", "nobody") if (u := _user(name)) is not None), None)
    if user is None:
        raise RuntimeError("there is no other user than root to run a database as")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _wait(server: subprocess.Popen[bytes], found: Cluster) -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            psycopg.connect(found.url("postgres")).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the database did not start: {(found.folder / 'log').read_text()}") from error
            time.sleep(0.02)
