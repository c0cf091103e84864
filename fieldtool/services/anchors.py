"""How far this installation had got, kept outside the vault: a copied or restored vault is noticed before it writes; nothing readable is
kept.

A vault that begins to write where another copy of it went on would fork its own history. So whoever opens a vault compares it with its
anchor; where the vault is behind, or was never open on this computer, it begins new streams, and its bundles go on with higher numbers than
any that its other copy can have used.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import KeyHash, SegmentHash
from fieldtool.services.files import write_whole
from fieldtool.services.places import anchor_folder
from fieldtool.storage import Store

BUNDLE_NUMBER = "bundle number"  # the setting that storage counts with
LEAP = 1_000_000  # further than any copy counts before it is noticed


class Incarnation(StrEnum):
    """What the anchor says of a vault that was just opened."""

    CONTINUED = "continued"
    NEW = "new"  # nothing was ever written in it
    MOVED = "moved"  # it was never open on this computer: copied, or the anchor was lost
    BEHIND = "behind"  # it lacks what it had: restored from a backup, or a clone of it went on


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last that was known of one installation on this computer."""

    machine: str
    tips: frozenset[SegmentHash]
    number: int  # of its last bundle


def settle(store: Store, key: KeyHash, folder: Path | None = None) -> Incarnation:
    """Compare a vault with its anchor and begin new streams where it may not go on with the old ones."""
    anchor = _read(_path(key, folder))
    own = _own_tips(store, key)
    if not own and (anchor is None or not anchor.tips):
        if anchor is None:  # at once: a crash right after the first seal must not look like another computer
            drop_anchor(store, key, folder)
        return Incarnation.NEW
    found = Incarnation.CONTINUED
    if anchor is None or anchor.machine != _machine():
        found = Incarnation.MOVED
    elif anchor.tips - store.known(anchor.tips) or anchor.number > _number(store):
        found = Incarnation.BEHIND
    if found is not Incarnation.CONTINUED:
        store.new_streams(key)
        if not store.shared:  # bundles are counted in the officer's vault
            store.set_setting(BUNDLE_NUMBER, str(max(_number(store), anchor.number if anchor else 0) + LEAP))
        drop_anchor(store, key, folder)
    return found


def drop_anchor(store: Store, key: KeyHash, folder: Path | None = None) -> None:
    """Remember how far this installation has got.

    A computer that lets nobody write there is no fault: the next opening begins new streams.
    """
    said = {"machine": _machine(), "tips": sorted(t.hex() for t in _own_tips(store, key)), "number": _number(store)}
    path = _path(key, folder)
    with suppress(OSError, KnownError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(said).encode())


def _own_tips(store: Store, key: KeyHash) -> frozenset[SegmentHash]:
    ours = [f for f in store.segments() if f.key == key]
    return frozenset({f.hash for f in ours} - {f.prev for f in ours if f.prev is not None})


def _number(store: Store) -> int:
    return int(store.setting(BUNDLE_NUMBER) or "0")


def _path(key: KeyHash, folder: Path | None) -> Path:
    # The key's hash in the name would say whose laptop this is to whoever knows the card; its own digest says it to nobody.
    return (folder or anchor_folder()) / f"{hashlib.sha256(b'anchor' + key).hexdigest()[:32]}.json"


def _machine() -> str:
    """This computer, as far as it can be told apart from another; not its name."""
    for place in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            return hashlib.sha256(b"fieldtool" + place.read_bytes()).hexdigest()[:16]
        except OSError:
            continue
    return hashlib.sha256(b"fieldtool" + uuid.getnode().to_bytes(8, "big")).hexdigest()[:16]


def _read(path: Path) -> Anchor | None:
    """The anchor, or None where there is none that can be read: then the vault counts as never opened here."""
    try:
        said = json.loads(path.read_bytes())
        return Anchor(str(said["machine"]), frozenset(SegmentHash(bytes.fromhex(t)) for t in said["tips"]), int(said["number"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
