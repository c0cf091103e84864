"""A private PostgreSQL for one run of tests or measurements: its own folder, a socket and no network, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_SECONDS = 30


@dataclass(slots=True)
class Cluster:
    """A running server."""

    folder: Path
    made: int = 0

    def url(self, database: str) -> str:
        """How the product names a database here."""
        return f"postgresql://fieldtool@/{database}?host={self.folder}"

    def database(self) -> str:
        """The URL of a new, empty database."""
        self.made += 1
        name = f"hq{self.made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


@contextmanager
def cluster(*settings: str) -> Iterator[Cluster]:
    """Run a server as long as the block lasts. Raises `FileNotFoundError` where PostgreSQL's server programs are not installed."""
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
        options = [word for one in ("listen_addresses=", f"unix_socket_directories={folder}", *settings) for word in ("-c", one)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*as_user, str(programs / "postgres"), "-D", str(data), *options], env=environment, cwd=folder, stdout=log, stderr=log
            )
        found = Cluster(folder)
        _wait(server, found)
        yield found
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


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
