"""Words of people leave no readable trace on the disk: every byte under the data, temporary, cache and log folders is searched."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from fieldtool.services import vaults
from tests.integration.leaking import PASSPHRASE

HERE = Path(__file__).parent


def shapes(canary: str) -> Iterator[bytes]:
    """The forms in which words survive: UTF-8, UTF-16 of both orders, JSON escapes, base64 at each of the three phases."""
    for raw in (canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be")):
        yield raw
        for phase in range(3):
            # Letters at both ends depend on the neighbours; the middle does not.
            yield base64.b64encode(b"\0" * phase + raw)[4 : 4 * (len(raw) // 3) - 4]
    yield json.dumps(canary).strip('"').encode()


def inflated(content: bytes) -> Iterator[bytes]:
    """What zlib finds in a file, at every place where a stream could begin."""
    for first in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        at = content.find(first)
        while at >= 0:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[at:], 1 << 22)
            at = content.find(first, at + 1)


def found_in(folders: list[Path], canaries: list[str]) -> set[str]:
    """The canaries that stand readable in any file under the folders, file names included."""
    contents: list[bytes] = []
    for folder in folders:
        for path in folder.rglob("*"):
            contents.append(str(path.relative_to(folder)).encode())
            if path.is_file():
                raw = path.read_bytes()
                contents += [raw, *inflated(raw)]
    haystack = b"\n".join(contents)
    return {c for c in canaries if any(shape in haystack for shape in shapes(c))}


@pytest.fixture(params=["close", "kill"])
def ended(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A home in which a vault full of canaries was used by a process that ended well, or was killed."""
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "share", "XDG_STATE_HOME": "log"}
    for name in places.values():
        (tmp_path / name).mkdir()
    environment = dict(os.environ) | {k: str(tmp_path / v) for k, v in places.items()} | {"PYTHONPATH": str(HERE.parent.parent)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run([sys.executable, HERE / "leaking.py", tmp_path, request.param], env=environment, capture_output=True, timeout=120)
    assert done.returncode == (0 if request.param == "close" else -9), done.stderr.decode()
    assert done.stderr == b""
    return tmp_path


def test_no_canary_is_readable_on_the_disk(ended: Path) -> None:
    canaries = json.loads((ended / "canaries.json").read_text("utf-8"))
    (ended / "canaries.json").unlink()
    assert len(canaries) > 150
    assert found_in([ended], canaries) == set()


def test_the_same_search_finds_every_canary_in_an_unencrypted_copy(ended: Path) -> None:
    canaries = json.loads((ended / "canaries.json").read_text("utf-8"))
    (ended / "canaries.json").unlink()
    session = vaults.unlock_vault(ended / "vault", PASSPHRASE)
    key = session.keys.vault_key.hex()
    session.close()
    plain = ended / "plain" / "copy.db"
    plain.parent.mkdir()
    connection = dbapi2.connect(str(ended / "vault" / "vault.db"))
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.execute("DETACH DATABASE plain")
    connection.close()
    assert found_in([plain.parent], canaries) == set(canaries)
    # And in every other shape that it claims to see.
    said = " ".join(canaries)
    for n, content in enumerate((said.encode("utf-16-le"), base64.b64encode(said.encode()), zlib.compress(said.encode()))):
        folder = ended / f"shape{n}"
        folder.mkdir()
        (folder / "file").write_bytes(content)
        assert found_in([folder], canaries) == set(canaries)
