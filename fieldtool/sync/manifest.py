"""What a bundle says about itself, as strict canonical JSON; it neither verifies the signature over it nor opens the files it names.

    Manifest.to_json() -> bytes       the one spelling
    Manifest.from_json(bytes)         raises KnownError bundle-altered / bundle-newer; bytes in any other spelling are refused

Keys that this version does not know are ignored at the top level (a newer version's additions that nobody has to understand) and refused
inside; what a reader has to understand is named in `must`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NoReturn, TypeVar

from fieldtool.domain import values
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash, StreamId, is_entity_id
from fieldtool.domain.values import JsonValue
from fieldtool.sync import limits
from fieldtool.sync.container import in_order

_T = TypeVar("_T")
_Ordered = TypeVar("_Ordered", str, bytes, tuple[bytes, bytes])
_HEX = re.compile(r"[0-9a-f]{64}\Z")
_ADDRESS = re.compile(r"age1[0-9a-z]{1,4096}\Z")


class BundleType(StrEnum):
    """What a file is for."""

    BUNDLE = "bundle"  # segments, and attachments where they are wanted
    RECEIPT = "receipt"  # only says what its sender has


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can open the bundle: name as on the card, signing key (None where there is none yet), and the `age1…` address."""

    name: str
    key: KeyHash | None
    address: str


@dataclass(frozen=True, slots=True)
class Tip:
    """The last segment of a stream that its reader has accepted without a gap."""

    stream: StreamId
    segment: SegmentHash


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the container besides the manifest and its signature."""

    name: str
    size: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """What the reader must find; `changes` counts the rows of all segments of format 1."""

    segments: int = 0
    changes: int = 0
    blobs: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """One bundle or receipt. `files` and `counts` are filled in by the writer.

    `n` numbers what this installation wrote, from 1; of two manifests of one sender the higher `n` rules. `have` are the contiguous
    accepted tips of this visit at the sender, `held` the segments it keeps without accepting them, `want` the SHA-256 of attachments
    it lacks. `part` of `parts` numbers the files of one export that was divided by size. `successions` are the statements by which the
    organisation's roots followed each other, first to last, for identity to judge.
    """

    type: BundleType
    n: int
    org: bytes  # SHA-256 of the organisation's root public key
    visit: EntityId
    sender: KeyHash
    sender_name: str
    made_at: int  # ms since 1970 UTC, as the sender's clock had it; decides nothing
    recipients: tuple[Recipient, ...]
    epoch: int
    have: tuple[Tip, ...] = ()
    held: tuple[SegmentHash, ...] = ()
    want: tuple[bytes, ...] = ()
    counts: Counts = Counts()
    files: tuple[FileEntry, ...] = ()
    part: int = 1
    parts: int = 1
    must: tuple[str, ...] = ()
    successions: tuple[bytes, ...] = ()
    format: int = limits.FORMAT

    def addressed_to(self, addresses: Collection[str]) -> bool:
        """Whether one of these age addresses is a recipient."""
        return any(r.address in addresses for r in self.recipients)

    def to_json(self) -> bytes:
        """The canonical bytes that are signed. Raises `ValueError` for what the format cannot hold: that is a bug of the caller."""
        said: dict[str, JsonValue] = {
            "counts": {"blobs": self.counts.blobs, "changes": self.counts.changes, "segments": self.counts.segments},
            "epoch": self.epoch,
            "files": [{"name": f.name, "sha256": f.sha256.hex(), "size": f.size} for f in self.files],
            "format": self.format,
            "have": [{"segment": t.segment.hex(), "stream": t.stream.hex()} for t in sorted(self.have, key=_tip_order)],
            "held": _hexes(self.held),
            "made_at": self.made_at,
            "must": list[JsonValue](sorted(self.must)),
            "n": self.n,
            "org": self.org.hex(),
            "part": self.part,
            "parts": self.parts,
            "recipients": [
                {"address": r.address, "key": None if r.key is None else r.key.hex(), "name": r.name}
                for r in sorted(self.recipients, key=lambda r: r.address)
            ],
            "sender": {"key": self.sender.hex(), "name": self.sender_name},
            "type": self.type.value,
            "visit": self.visit,
            "want": _hexes(self.want),
        }
        if self.successions:
            said["successions"] = [b64encode(s).decode() for s in self.successions]
        text = values.canonical(said).encode()
        try:
            _Parser(text).manifest()
        except _Fault as error:
            raise ValueError(str(error)) from error
        return text

    @staticmethod
    def from_json(text: bytes) -> Manifest:
        """The manifest of these bytes. Raises `KnownError` bundle-newer or bundle-altered."""
        try:
            return _Parser(text).manifest()
        except _Fault as error:
            raise refuse("bundle-altered", detail=f"its manifest does not hold: {error}") from error


def _hexes(digests: Iterable[bytes]) -> list[JsonValue]:
    return [d.hex() for d in sorted(digests)]


def _tip_order(tip: Tip) -> tuple[bytes, bytes]:
    return tip.stream, tip.segment


class _Fault(ValueError):
    """A manifest outside the format; the reason names no content."""


def _fault(what: str) -> NoReturn:
    raise _Fault(what)


class _Parser:
    """Reads one manifest; every value is checked for type, range and spelling."""

    def __init__(self, text: bytes) -> None:
        if len(text) > limits.MAX_MANIFEST:
            _fault("it is too large")
        try:
            tree = values.decode(text)
        except values.NotCanonical as error:
            raise _Fault("not canonical JSON") from error
        self.tree = tree if isinstance(tree, dict) else _fault("not an object")

    def manifest(self) -> Manifest:
        """The manifest; `format` and `must` are looked at first."""
        form, must = self.number(self.tree, "format", 1), self.many("must", _feature, limits.MAX_MUST)
        unknown = [f for f in must if f not in limits.FEATURES]
        if form > limits.FORMAT or unknown:
            raise refuse("bundle-newer", found=", ".join(unknown) or f"format {form}")
        counts, sender = self.object("counts", "blobs", "changes", "segments"), self.object("sender", "key", "name")
        made = Manifest(
            type=self.type(),
            n=self.number(self.tree, "n", 1),
            org=_digest(self.value("org")),
            visit=_visit(self.value("visit")),
            sender=KeyHash(_digest(sender["key"])),
            sender_name=_name(sender["name"]),
            made_at=self.number(self.tree, "made_at"),
            recipients=self.many("recipients", _recipient, limits.MAX_RECIPIENTS),
            epoch=self.number(self.tree, "epoch"),
            have=self.many("have", _tip, limits.MAX_TIPS),
            held=tuple(SegmentHash(h) for h in self.many("held", _digest, limits.MAX_SEGMENTS)),
            want=self.many("want", _digest, limits.MAX_SEGMENTS),
            counts=Counts(self.number(counts, "segments"), self.number(counts, "changes"), self.number(counts, "blobs")),
            files=self.many("files", _file, limits.MAX_BLOBS + 1),
            part=self.number(self.tree, "part", 1),
            parts=self.number(self.tree, "parts", 1),
            must=must,
            successions=self.many("successions", _statement, limits.MAX_SUCCESSIONS) if "successions" in self.tree else (),
            format=form,
        )
        _check(made)
        return made

    def value(self, key: str) -> JsonValue:
        """The value of a key that must be there."""
        return self.tree[key] if key in self.tree else _fault(f"{key} is missing")

    def object(self, key: str, *keys: str) -> dict[str, JsonValue]:
        """An object with exactly these keys."""
        return _object(self.value(key), *keys)

    @staticmethod
    def number(tree: dict[str, JsonValue], key: str, least: int = 0) -> int:
        """A whole number from `least`."""
        value = tree.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= limits.MAX_NUMBER:
            _fault(f"{key} is not a number in its range")
        return value

    def many(self, key: str, read: Callable[[JsonValue], _T], most: int) -> tuple[_T, ...]:
        """A list of at most that many."""
        value = self.value(key)
        if not isinstance(value, list) or len(value) > most:
            _fault(f"{key} is not a list within its limit")
        return tuple(read(v) for v in value)

    def type(self) -> BundleType:
        """What the file is for."""
        value = self.value("type")
        return BundleType(value) if value in {t.value for t in BundleType} else _fault("a type of file that the format does not have")


def _check(m: Manifest) -> None:
    """What must hold between the parts."""
    _check_order("recipients", [r.address for r in m.recipients])
    _check_order("held", m.held)
    _check_order("want", m.want)
    _check_order("must", m.must)
    _check_order("have", [_tip_order(t) for t in m.have])
    if not m.recipients:
        _fault("nobody can read it")
    if m.part > m.parts:
        _fault("its part is beyond its number of parts")
    if not in_order([limits.MANIFEST_NAME, limits.SIGNATURE_NAME, *(f.name for f in m.files)]):
        _fault("files out of order")
    packed = any(f.name == limits.SEGMENTS_NAME for f in m.files)
    if len(m.files) - packed != m.counts.blobs or packed != (m.counts.segments > 0):
        _fault("counts and files do not agree")
    if m.type is BundleType.RECEIPT and m.files:
        _fault("a receipt carries no files")


def _check_order(name: str, items: Sequence[_Ordered]) -> None:
    if any(a >= b for a, b in pairwise(items)):
        _fault(f"{name} out of order, or something in it twice")


def _object(value: JsonValue, *keys: str) -> dict[str, JsonValue]:
    if not isinstance(value, dict) or set(value) != set(keys):
        _fault("an object with other keys")
    return value


def _digest(value: JsonValue) -> bytes:
    return bytes.fromhex(value) if isinstance(value, str) and _HEX.match(value) else _fault("not a SHA-256")


def _visit(value: JsonValue) -> EntityId:
    return EntityId(value) if isinstance(value, str) and is_entity_id(value) else _fault("not an id")


def _name(value: JsonValue) -> str:
    if not isinstance(value, str) or not value or len(value.encode()) > limits.MAX_NAME or any(c < " " or c == "\x7f" for c in value):
        _fault("a name outside the format")
    return value


def _feature(value: JsonValue) -> str:
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not 0 < len(value) <= limits.MAX_FEATURE:
        _fault("a feature without a proper name")
    return value


def _recipient(value: JsonValue) -> Recipient:
    tree = _object(value, "address", "key", "name")
    address = tree["address"]
    if not isinstance(address, str) or not _ADDRESS.match(address):
        _fault("not an age address")
    return Recipient(_name(tree["name"]), None if tree["key"] is None else KeyHash(_digest(tree["key"])), address)


def _statement(value: JsonValue) -> bytes:
    try:
        found = b64decode(value, validate=True) if isinstance(value, str) and len(value) <= limits.MAX_STATEMENT else b""
    except ValueError:
        found = b""
    return found or _fault("not a statement")


def _tip(value: JsonValue) -> Tip:
    tree = _object(value, "segment", "stream")
    return Tip(StreamId(_digest(tree["stream"])), SegmentHash(_digest(tree["segment"])))


def _file(value: JsonValue) -> FileEntry:
    tree = _object(value, "name", "sha256", "size")
    name = tree["name"]
    if not isinstance(name, str):
        _fault("a file without a name")
    return FileEntry(name, _Parser.number(tree, "size"), _digest(tree["sha256"]))
