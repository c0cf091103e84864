"""A second reader of bundles, written from docs/bundle-format.md: standard library and the programs age, openssl and zstd; no product code.

    python -m tests.unit.sync.independent FILE.ftbundle --identity KEYFILE --root ROOT.pem [--cards EARLIER.ftbundle]

prints every change as one JSON line. It is small and slow, and refuses what the document says a reader must refuse.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import struct
import subprocess
import sys
import tempfile
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEADER = ["format", "schema", "must", "org", "visit", "scope", "key", "epoch", "stream", "seq0", "prev"]
HEADER += ["entities", "refs", "rows", "digests"]
TYPE = b"application/vnd.fieldtool.segment.v1+msgpack"


class Refused(Exception):
    """The file is not what the document describes."""


def demand(holds: object, otherwise: str) -> None:
    """Refuse unless it holds."""
    if not holds:
        raise Refused(otherwise)


def run(*words: str | Path, given: bytes = b"") -> bytes:
    """What a program answers. Raises `Refused` when it fails."""
    done = subprocess.run([str(w) for w in words], input=given, capture_output=True)
    demand(done.returncode == 0, f"{words[0]} refuses: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


# ------------------------------------------------------------------------------------------------------------------- msgpack


class Msgpack:
    """The few types of msgpack that the format uses, each in its shortest spelling."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        """The next bytes."""
        piece = self.data[self.at : self.at + size]
        demand(len(piece) == size, "the data ends too early")
        self.at += size
        return piece

    def number(self, size: int, least: int, signed: bool = False) -> int:
        """A number of so many bytes that would not fit into fewer."""
        value = int.from_bytes(self.take(size), "big", signed=signed)
        demand(value >= least if not signed else value < least, "a number in a longer spelling than needed")
        return value

    def value(self) -> Any:
        """One value with everything in it."""
        kind = self.take(1)[0]
        if kind <= 0x7F:
            return kind
        if kind >= 0xE0:
            return kind - 256
        if kind >> 4 == 9:
            return [self.value() for _ in range(kind & 15)]
        if kind >> 5 == 5:
            return self.take(kind & 31).decode()
        if kind == 0xC0:
            return None
        table: dict[int, Callable[[], Any]] = {
            0xC4: lambda: self.take(self.number(1, 0)), 0xC5: lambda: self.take(self.number(2, 1 << 8)),
            0xC6: lambda: self.take(self.number(4, 1 << 16)), 0xCC: lambda: self.number(1, 1 << 7), 0xCD: lambda: self.number(2, 1 << 8),
            0xCE: lambda: self.number(4, 1 << 16), 0xCF: lambda: self.number(8, 1 << 32), 0xD0: lambda: self.number(1, -(1 << 5), True),
            0xD1: lambda: self.number(2, -(1 << 7), True), 0xD2: lambda: self.number(4, -(1 << 15), True),
            0xD3: lambda: self.number(8, -(1 << 31), True), 0xD9: lambda: self.take(self.number(1, 1 << 5)).decode(),
            0xDA: lambda: self.take(self.number(2, 1 << 8)).decode(), 0xDB: lambda: self.take(self.number(4, 1 << 16)).decode(),
            0xDC: lambda: [self.value() for _ in range(self.number(2, 1 << 4))],
            0xDD: lambda: [self.value() for _ in range(self.number(4, 1 << 16))],
        }  # fmt: skip
        demand(kind in table, "a type that the format does not use")
        return table[kind]()

    @classmethod
    def whole(cls, data: bytes) -> Any:
        """The one value that these bytes are."""
        reader = cls(data)
        value = reader.value()
        demand(reader.at == len(data), "something follows the value")
        return value


# ------------------------------------------------------------------------------------------------------------------- a file


def opened(bundle: Path, identity: Path, root: Path) -> tuple[dict[str, Any], dict[str, bytes], list[bytes]]:
    """The manifest, the files and the signer's chain (DER) of a bundle, when the root vouches for its signature."""
    plain = run("age", "-d", "-i", identity, bundle)
    with zipfile.ZipFile(io.BytesIO(plain)) as file:
        entries = {i.filename: file.read(i) for i in file.infolist()}
        demand(len(entries) == len(file.infolist()), "an entry twice")
        demand(all(i.compress_type == zipfile.ZIP_STORED for i in file.infolist()), "a packed entry")
    text = entries.pop("manifest.json")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("manifest.json", "manifest.p7s")]
        paths[0].write_bytes(text)
        paths[1].write_bytes(entries.pop("manifest.p7s"))
        words: list[str | Path] = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", paths[1], "-content", paths[0]]
        demand(run(*words, "-CAfile", root, "-purpose", "any") == text, "the signature is over something else")
        chain = pem_certificates(run("openssl", "pkcs7", "-inform", "DER", "-in", paths[1], "-print_certs"))
    manifest: dict[str, Any] = json.loads(text)
    spelt = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    demand(spelt == text, "the manifest is not in its one spelling")
    demand([f["name"] for f in manifest["files"]] == list(entries), "other files than the manifest names")
    for file in manifest["files"]:
        content = entries[file["name"]]
        demand((len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"]), "a file that was changed")
    return manifest, entries, chain


def pem_certificates(text: bytes) -> list[bytes]:
    """The certificates (DER) in a PEM text."""
    parts = text.split(b"-----BEGIN CERTIFICATE-----")[1:]
    return [base64.b64decode(part.split(b"-----END")[0]) for part in parts]


def signed_by(key: bytes, certificates: list[bytes], body: bytes, signature: bytes) -> bool:
    """Whether the certificate of that key, among these (DER), signed the body."""
    with tempfile.TemporaryDirectory() as folder:
        public, detached = Path(folder) / "key.pem", Path(folder) / "signature.der"
        for certificate in certificates:
            pem = run("openssl", "x509", "-inform", "DER", "-pubkey", "-noout", given=certificate)
            if hashlib.sha256(run("openssl", "pkey", "-pubin", "-outform", "DER", given=pem)).digest() != key:
                continue
            public.write_bytes(pem)
            detached.write_bytes(der_signature(signature))
            pae = b"DSSEv1 %d %s %d %s" % (len(TYPE), TYPE, len(body), body)
            return b"Verified OK" in run("openssl", "dgst", "-sha256", "-verify", public, "-signature", detached, given=pae)
    raise Refused("no certificate for the key that signed a segment")


def der_signature(signature: bytes) -> bytes:
    """r || s as the two INTEGERs of a SEQUENCE, as openssl wants them."""
    parts = b""
    for raw in (signature[:32], signature[32:]):
        number = raw.lstrip(b"\0")
        number = b"\0" + number if number[0] & 0x80 else number
        parts += b"\x02" + bytes([len(number)]) + number
    return b"\x30" + bytes([len(parts)]) + parts


def changes(body: bytes, values: bytes) -> list[dict[str, Any]]:
    """Every change of one segment, with its public name and its parents' public names."""
    parts = Msgpack.whole(body)
    demand(parts[0] == 1 and parts[2] == [], "a newer format")
    head = dict(zip(HEADER, parts, strict=True))
    own = hashlib.sha256(body).hexdigest()[:16]
    digests = [head["digests"][i : i + 32] for i in range(0, len(head["digests"]), 32)]
    beside = {row: (salt, value) for row, salt, value in Msgpack.whole(values)}
    found, hlc = [], 0
    for number, (entity, field, value, step, parents, origin) in enumerate(head["rows"]):
        hlc += step
        if value is None:
            digest = digests.pop(0)
            salt, value = beside.pop(number, (b"", None))
            demand(value is None or hashlib.sha256(salt + value.encode()).digest() == digest, "a value that was not signed")
        several = [] if parents is None else parents if isinstance(parents, list) else [parents]
        names = [f"{own if p < 1 << 16 else head['refs'][(p >> 16) - 1].hex()[:16]}-{p & 0xFFFF}" for p in several]
        raw, kind = head["entities"][entity]
        found.append(
            {
                "name": f"{own}-{number}", "record": str(uuid.UUID(bytes=raw)), "kind": kind, "field": field,
                "value": None if value is None else json.loads(value), "hlc": hlc, "parents": names, "origin": origin,
                "key": head["key"].hex(), "stream": head["stream"].hex(), "n": head["seq0"] + number + 1,
            }
        )  # fmt: skip
    demand(not beside and not digests, "a value or a digest without a row")
    return found


def read(bundle: Path, identity: Path, root: Path, certificates: list[bytes]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The manifest and all changes; `certificates` (DER) of authors, to which those of the cards inside and of the signer are added."""
    manifest, entries, chain = opened(bundle, identity, root)
    packed = entries.get("segments.zst")
    if packed is None:
        return manifest, []
    demand(packed[:4] == struct.pack("<I", 0xFD2FB528), "not one zstd frame")
    segments = Msgpack.whole(run("zstd", "-dc", given=packed))
    demand(len(segments) == manifest["counts"]["segments"], "another number of segments than the manifest says")
    every = [change for body, _, values in segments for change in changes(body, values)]
    demand(len(every) == manifest["counts"]["changes"], "another number of changes than the manifest says")
    known = certificates + chain + on_cards(every)
    for body, signature, _ in segments:
        demand(signed_by(Msgpack.whole(body)[6], known, body, signature), "a segment that its key did not sign")
    return manifest, every


def on_cards(every: list[dict[str, Any]]) -> list[bytes]:
    """The certificates (DER) that cards among these changes carry."""
    cards = [c["value"] for c in every if c["kind"] == "card" and c["field"] == "certificate" and c["value"]]
    return [base64.b64decode(c, validate=True) for c in cards]


def main(words: list[str]) -> int:
    """Print a bundle's changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--identity", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--certificate", type=Path, action="append", default=[], help="an author's certificate (DER)")
    parser.add_argument("--cards", type=Path, action="append", default=[], help="a bundle that brought the authors' cards")
    given = parser.parse_args(words)
    try:
        known = [p.read_bytes() for p in given.certificate]
        for earlier in given.cards:
            known += on_cards(read(earlier, given.identity, given.root, known)[1])
        _, every = read(given.bundle, given.identity, given.root, known)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 3
    for change in every:
        print(json.dumps(change, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
