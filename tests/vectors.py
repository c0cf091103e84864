"""Writes docs/bundle-format-vectors.json, the test vectors of docs/bundle-format.md; the suite builds them again and compares.

    python -m tests.vectors

Run it only when the format gets a new version: what stands in the file is read for ever.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from fieldtool.domain.changes import Origin, Ref, SealedSegment, SegmentRow
from fieldtool.domain.ids import Hlc, StreamId
from fieldtool.identity.certificates import Use, issue, pem, read_certificate, spki_of
from fieldtool.identity.pen import Pen, pae
from fieldtool.sync import limits, payload
from fieldtool.sync.manifest import Counts, FileEntry, Recipient, Tip
from fieldtool.sync.segments import encode_segment, redact_values, segment_hash
from tests.unit.sync.containers import pack
from tests.unit.sync.made import ELSEWHERE, MEETING, NOTE, START, counted, manifest, segment

PATH = Path(__file__).resolve().parent.parent / "docs" / "bundle-format-vectors.json"
ADDRESS = "age1sample0000000000000000000000000000000000000000000000000000"
BLOB = b"Sample attachment.\n"


Holder = tuple[ec.EllipticCurvePrivateKey, bytes]


def pen_of(number: int, name: str, issuer: Holder | None, use: Use) -> Holder:
    """A private key that is a small number, and its certificate."""
    key = ec.derive_private_key(number, ec.SECP256R1())
    signer, above = (key, None) if issuer is None else (issuer[0], read_certificate(issuer[1]))
    organisation = "Sample organisation" if issuer is None else ""
    made = issue(
        use, spki_of(key.public_key()), name, signer=signer, issuer=above, organisation=organisation, randomness=counted(number).randbytes
    )
    return key, made


def rows() -> list[SegmentRow]:
    """One row of each sort: plain, salted, a set's element, a deletion, parents here and elsewhere, restated by headquarters."""
    return [
        SegmentRow(0, "kind", '"finding"', START),
        SegmentRow(0, "text", '"Сайлау учаскесі\\nкеш ашылды."', Hlc(START + 1)),
        SegmentRow(0, "recommendations/01900000-0000-7000-8000-0000000000d1", "true", Hlc(START + 2)),
        SegmentRow(1, "attendees/a", '{"name":"A. Sample","person":null,"role":"interlocutor"}', Hlc(START + 3), (Ref(ELSEWHERE, 9),)),
        SegmentRow(0, "kind", '"quote"', Hlc(START + 4), (Ref(None, 0), Ref(ELSEWHERE, 4)), Origin(Hlc(START - 5), "HQ Sample")),
        SegmentRow(0, "deleted", "true", Hlc(START + 5), (Ref(None, 1), Ref(None, 2), Ref(None, 4))),
    ]


def build(frame: bytes | None = None) -> dict[str, object]:
    """All vectors; `frame` is a compressed frame made earlier, since another release of zstd may compress otherwise."""
    root = pen_of(1, "Sample root", None, Use.ROOT)
    hq = pen_of(2, "Headquarters", root, Use.HEADQUARTERS)
    author = pen_of(3, "А. Үлгі", hq, Use.INSTALLATION)
    pen = Pen(author[0], author[1], (author[1], hq[1], root[1]))
    org = hashlib.sha256(read_certificate(root[1]).spki).digest()
    stream = StreamId(hashlib.sha256(org + b"sample stream").digest())
    first = segment(rows(), ((NOTE, "note"), (MEETING, "meeting")), org=org, key=pen.key_hash, stream=stream)
    body, values = encode_segment(first, counted(9).randbytes)
    sealed = SealedSegment(segment_hash(body), body, pen.sign(limits.SEGMENT_TYPE, body), values)
    packed = frame or payload.pack_segments([sealed])
    files = {limits.SEGMENTS_NAME: packed, limits.BLOB_FOLDER + hashlib.sha256(BLOB).hexdigest(): BLOB}
    said = dataclasses.replace(
        manifest(sender=pen.key_hash, sender_name="А. Үлгі", org=org, have=(Tip(stream, sealed.hash),)),
        recipients=(Recipient("Headquarters", None, ADDRESS),),
        files=tuple(FileEntry(n, len(c), hashlib.sha256(c).digest()) for n, c in files.items()),
        counts=Counts(1, len(first.rows), 1),
    ).to_json()
    whole = pack({limits.MANIFEST_NAME: said, limits.SIGNATURE_NAME: pen.sign_cms(said), **files})
    return {
        "note": "Sample data of this project. Bytes are hexadecimal. Private keys are the numbers 1 (root), 2 (headquarters), 3 (author).",
        "root": pem(root[1]).decode(),
        "headquarters": pem(hq[1]).decode(),
        "author": pem(author[1]).decode(),
        "key": pen.key_hash.hex(),
        "org": org.hex(),
        "segment": {
            "hash": sealed.hash.hex(),
            "body": body.hex(),
            "signed": pae(limits.SEGMENT_TYPE, body).hex(),
            "signature": sealed.signature.hex(),
            "values": values.hex(),
            "values_redacted_1": redact_values(sealed, {1}).values.hex(),
        },
        "frame": packed.hex(),
        "manifest": said.decode(),
        "container": whole.hex(),
        "refused": {name: made.hex() for name, made in refused(body).items()},
    }


def refused(body: bytes) -> Mapping[str, bytes]:
    """Bodies that a reader must refuse although they are valid msgpack with the same meaning."""
    return {
        "the format in two bytes": body[:1] + b"\xcc\x01" + body[2:],
        "a byte after the end": body + b"\xc0",
        "the list of 15 in its long spelling": b"\xdc\x00\x0f" + body[1:],
    }


if __name__ == "__main__":
    PATH.write_text(json.dumps(build(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
