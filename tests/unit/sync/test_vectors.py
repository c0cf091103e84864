"""The published test vectors hold: built again they are the same bytes, and both readers read them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fieldtool.domain.changes import SealedSegment
from fieldtool.sync import limits, payload
from fieldtool.sync.manifest import Manifest
from fieldtool.sync.segments import SegmentFault, decode_segment, segment_hash
from tests import vectors
from tests.unit.sync import independent
from tests.unit.sync.containers import unpack


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """What stands in docs/."""
    found: dict[str, Any] = json.loads(vectors.PATH.read_text(encoding="utf-8"))
    return found


def test_the_vectors_built_again_are_those_that_were_published(published: dict[str, Any]) -> None:
    assert vectors.build(frame=bytes.fromhex(published["frame"])) == published


def test_the_published_frame_container_and_manifest_are_read(published: dict[str, Any]) -> None:
    entries = unpack(bytes.fromhex(published["container"]))
    assert entries[limits.SEGMENTS_NAME].hex() == published["frame"]
    assert Manifest.from_json(entries[limits.MANIFEST_NAME]).to_json().decode() == published["manifest"]
    (sealed,) = payload.unpack_segments(entries[limits.SEGMENTS_NAME])
    assert [sealed.hash.hex(), sealed.body.hex(), sealed.signature.hex(), sealed.values.hex()] == [
        published["segment"][name] for name in ("hash", "body", "signature", "values")
    ]
    assert [r.value for r in decode_segment(sealed).rows] == [r.value for r in vectors.rows()]


def test_the_second_reader_reads_the_published_segment(published: dict[str, Any]) -> None:
    said = {name: bytes.fromhex(value) for name, value in published["segment"].items()}
    every = independent.changes(said["body"], said["values"])
    assert [c["value"] for c in every] == [json.loads(r.value) for r in vectors.rows() if r.value is not None]
    assert independent.changes(said["body"], said["values_redacted_1"])[1]["value"] is None
    author = independent.run("openssl", "x509", "-outform", "DER", given=published["author"].encode())
    assert independent.signed_by(bytes.fromhex(published["key"]), [author], said["body"], said["signature"])


def test_both_readers_refuse_other_spellings(published: dict[str, Any]) -> None:
    values = bytes.fromhex(published["segment"]["values"])
    for made in published["refused"].values():
        body = bytes.fromhex(made)
        with pytest.raises(SegmentFault):
            decode_segment(SealedSegment(segment_hash(body), body, bytes(64), values))
        with pytest.raises(independent.Refused):
            independent.changes(body, values)


def test_the_limits_in_the_document_are_those_of_the_format() -> None:
    text = vectors.PATH.with_name("bundle-format.md").read_text(encoding="utf-8")
    assert f"`{limits.SEGMENT_TYPE}`" in text
    for name, value in vars(limits).items():
        if name.startswith("MAX_"):
            assert f"| `{name}` | {value:,} |".replace(",", " ") in text, name
