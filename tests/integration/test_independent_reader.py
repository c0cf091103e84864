"""Every file that the demo sends to headquarters is read by the second reader, which shares no code with the product."""

from __future__ import annotations

import json
from pathlib import Path

from fieldtool.identity.age import AgeReader
from fieldtool.sync.payload import unpack_segments
from fieldtool.sync.reader import read_bundle
from fieldtool.sync.segments import decode_segment
from tests.unit.sync import independent


def test_the_second_reader_reads_every_bundle_and_receipt_of_the_demo(played: Path) -> None:
    identity, root = played / "hq-recipient.key", played / "root.pem"
    reader = AgeReader.from_key_file(identity.read_text("ascii"))
    certificates: list[bytes] = []
    bundles = sorted((played / "bundles").glob("*.ftbundle"))
    assert len(bundles) > 5
    for path in bundles:
        _, every = independent.read(path, identity, root, certificates)
        certificates += independent.on_cards(every)
        container = read_bundle(path, reader.decrypt_stream)
        segments = [decode_segment(s) for s in unpack_segments(container.parts["segments.zst"].content or b"")]
        ours = [(s.entities[r.entity], r.field, r.value, r.hlc) for s in segments for r in s.rows]
        theirs = [((c["record"], c["kind"]), c["field"], c["value"], c["hlc"]) for c in every]
        assert [(e, f, None if v is None else json.loads(v), h) for e, f, v, h in ours] == theirs
    for path in sorted((played / "receipts").iterdir()):
        manifest, nothing = independent.read(path, identity, root, [])
        assert (manifest["type"], nothing) == ("receipt", [])
