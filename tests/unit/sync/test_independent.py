"""Real bundles are read by a second reader that shares no code with the product, and by the programs everybody has."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

from fieldtool.identity.certificates import pem
from fieldtool.sync.reader import OpenBundle, decode_all
from fieldtool.sync.segments import redact_values
from tests.unit.sync import independent
from tests.unit.sync.made import segment, small
from tests.unit.sync.organisation import sample


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bundle to headquarters, headquarters' age identity and the root certificate."""
    folder = tmp_path_factory.mktemp("bundle")
    ours = sample()
    first = ours.expert.seal(small())
    second = ours.expert.seal(segment(small().rows, seq0=4, prev=first.hash))
    blob = b"attachment"
    segments = [first, redact_values(second, {1})]
    ours.write(folder / "a.ftbundle", ours.expert, [ours.hq], segments, {hashlib.sha256(blob).hexdigest(): blob})
    (folder / "hq.key").write_text(ours.hq.reader.as_key_file(), encoding="ascii")
    (folder / "root.pem").write_bytes(pem(ours.root))
    return folder


def certificates() -> list[bytes]:
    """The authors' certificates, as their cards carry them."""
    found = sample().expert.pen.certificate
    assert found is not None
    return [found]


def test_the_second_reader_finds_the_same_changes(place: Path) -> None:
    ours = sample()
    manifest, every = independent.read(place / "a.ftbundle", place / "hq.key", place / "root.pem", certificates())
    bundle: OpenBundle = ours.read(place / "a.ftbundle", ours.hq)
    assert manifest["sender"] == {"key": ours.expert.pen.key_hash.hex(), "name": ours.expert.name}
    said = []
    for found in decode_all(bundle):
        assert not isinstance(found, Exception)
        own = found.hash.hex()[:16]
        for number, row in enumerate(found.rows):
            entity, kind = found.entities[row.entity]
            parents = [f"{p.segment.hex()[:16] if p.segment else own}-{p.row}" for p in row.parents]
            value = None if row.value is None else json.loads(row.value)
            said.append((f"{own}-{number}", entity, kind, row.field, value, row.hlc, parents))
    assert [(c["name"], c["record"], c["kind"], c["field"], c["value"], c["hlc"], c["parents"]) for c in every] == said
    assert [c["n"] for c in every] == list(range(1, 9))
    assert [c["value"] for c in every].count(None) == 1  # the redacted one


def test_the_second_reader_is_a_command(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = sample()
    keys = ["--identity", str(place / "hq.key"), "--root", str(place / "root.pem")]
    assert independent.main([str(place / "a.ftbundle"), *keys]) == 0  # its sender wrote all of it, and signed it with a chain to the root
    assert len(capsys.readouterr().out.splitlines()) == 8
    relayed = str(tmp_path / "relayed.ftbundle")
    ours.write(Path(relayed), ours.hq, [], ours.read(place / "a.ftbundle", ours.hq).segments)
    assert independent.main([relayed, *keys]) == 3  # nobody's certificate: nothing is believed
    (tmp_path / "author.der").write_bytes(certificates()[0])
    assert independent.main([relayed, *keys, "--certificate", str(tmp_path / "author.der")]) == 0
    (tmp_path / "bad.ftbundle").write_bytes((place / "a.ftbundle").read_bytes()[:-1])
    assert independent.main([str(tmp_path / "bad.ftbundle"), *keys]) == 3


def test_the_programs_everybody_has_confirm_a_bundle(place: Path, tmp_path: Path) -> None:
    """age, unzip, sha256sum and openssl, as the document shows them."""
    subprocess.run(["age", "-d", "-i", place / "hq.key", "-o", tmp_path / "a.zip", place / "a.ftbundle"], check=True)
    subprocess.run(["unzip", "-tq", "a.zip"], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["unzip", "-q", "a.zip"], cwd=tmp_path, check=True)
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    sums = "".join(f"{f['sha256']}  {f['name']}\n" for f in manifest["files"])
    subprocess.run(["sha256sum", "-c", "--quiet"], cwd=tmp_path, input=sums.encode(), check=True)
    words = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "manifest.p7s", "-content", "manifest.json"]
    words += ["-purpose", "any", "-out", "/dev/null", "-CAfile"]
    subprocess.run([*words, place / "root.pem"], cwd=tmp_path, check=True, stderr=subprocess.DEVNULL)
    (tmp_path / "manifest.json").write_bytes((tmp_path / "manifest.json").read_bytes().replace(b'"n":4', b'"n":5'))
    assert subprocess.run([*words, place / "root.pem"], cwd=tmp_path, stderr=subprocess.DEVNULL).returncode != 0
