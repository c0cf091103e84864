"""A process of its own that imports one bundle into an empty vault and tells the most memory it took; it times nothing.

    python -m bench._import_memory FOLDER

FOLDER holds what `hand_over` put there.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import SegmentState
from fieldtool.domain.ids import EntityId, KeyHash
from fieldtool.identity.age import AgeReader
from fieldtool.identity.bundles import verify_bundle, verify_segment
from fieldtool.identity.trust import Card, TrustStore
from fieldtool.storage import Arrival, create_vault
from fieldtool.sync.reader import open_bundle, read_bundle
from fieldtool.sync.segments import decode_segment
from tests.unit.sync.organisation import Organisation

ROOT = Path(__file__).resolve().parent.parent


def hand_over(folder: Path, organisation: Organisation, bundle: Path) -> int:
    """Have another process import the bundle for headquarters; its peak memory in bytes."""
    folder.mkdir()
    trust = organisation.trust
    cards = [c for held in trust.cards.values() for c in held]
    said = {
        "bundle": str(bundle),
        "identity": organisation.hq.reader.as_text(),
        "root": b64encode(organisation.root).decode(),
        "authorities": [b64encode(c.der).decode() for c in trust.authorities.values()],
        "cards": [[c.key.hex(), c.name, c.role.value, c.visit, b64encode(c.certificate).decode(), c.recipient] for c in cards],
    }
    (folder / "keys.json").write_text(json.dumps(said), encoding="utf-8")
    child = subprocess.run([sys.executable, "-m", "bench._import_memory", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return int(child.stdout)


def main(folder: Path) -> int:
    """Import, and print the peak in bytes."""
    said = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
    cards = [
        Card(KeyHash(bytes.fromhex(key)), name, Role(role), EntityId(visit), b64decode(certificate), recipient, epoch=1)
        for key, name, role, visit, certificate, recipient in said["cards"]
    ]
    trust = TrustStore.build(b64decode(said["root"]), cards, authorities=[b64decode(a) for a in said["authorities"]])
    reader = AgeReader(said["identity"])
    store = create_vault(folder, bytes(32), clock=lambda: 1_760_000_000_000, randomness=secrets.token_bytes)
    store.set_organisation(trust.org)
    store.merge(_proven(Path(said["bundle"]), reader, trust), origin="bench")
    store.close()
    print(peak())
    return 0


def _proven(bundle: Path, reader: AgeReader, trust: TrustStore) -> Iterator[Arrival]:
    """The segments of a bundle, which nobody else holds when they are merged: as in `services.importing`."""
    for sealed in open_bundle(verify_bundle(read_bundle(bundle, reader.decrypt_stream), trust), {reader.recipient}).segments:
        found = decode_segment(sealed)
        verify_segment(sealed, found, trust)
        yield Arrival(sealed, found, SegmentState.ACCEPTED)


def peak() -> int:
    """The most memory this process has had, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
