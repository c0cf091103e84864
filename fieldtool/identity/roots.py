"""The root key of an organisation, wrapped in a file of its own to be kept offline; certifies headquarters, names its successor."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric import ec

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import KeyHash, Randomness
from fieldtool.domain.values import JsonValue, canonical, decode
from fieldtool.identity.certificates import Certificate, Use, issue, issue_under, read_certificate, read_root, spki_of
from fieldtool.identity.keyfile import (
    Stretching,
    WrongKey,
    damaged,
    expect_object,
    from_base64,
    read_members,
    to_base64,
    unwrap,
    wrap,
    write_members,
)
from fieldtool.identity.pen import SUCCESSION_TYPE, sign_payload, verify_payload
from fieldtool.identity.private_keys import from_scalar, new_key, to_scalar
from fieldtool.identity.revocations import Ended, write_list

FILE_NAME = "root.key"
FORMAT = 1
WHAT = "fieldtool root key"
SUCCESSION = "fieldtool root succession"

_PURPOSE = "root key"


class RootKey:
    """The unlocked root of an organisation."""

    __slots__ = ("_key", "certificate")

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: bytes) -> None:
        read = read_root(certificate)
        if read.spki != spki_of(key.public_key()):
            raise ValueError("the certificate is of another key")
        self._key = key
        self.certificate = certificate

    @property
    def org(self) -> bytes:
        """The organisation's id: SHA-256 of the root's public key, 32 bytes."""
        return read_certificate(self.certificate).key

    def issue(self, use: Use, spki: bytes, name: str, randomness: Randomness) -> bytes:
        """A certificate (DER) for headquarters. Raises `KnownError` role-needed for any other use."""
        return issue_under(self._key, read_certificate(self.certificate), use, spki, name, randomness)

    def revocations(self, ended: Iterable[Ended], now: datetime.datetime) -> bytes:
        """The list (DER) of what this root issued and is believed no longer, as of `now`."""
        return write_list(self._key, read_certificate(self.certificate), ended, now)

    def wrapped(self, passphrase: str, *, randomness: Randomness = os.urandom) -> RootFile:
        """The root in a file of its own behind a passphrase; a second one, on a stick, may have another."""
        blank = RootFile(self.certificate, Stretching(randomness(16)), b"")
        key = blank.stretching.key(passphrase)
        return replace(blank, key=wrap(key, _PURPOSE, blank.around(), to_scalar(self._key), randomness))

    def sign_successor(self, successor: RootKey, kept: Iterable[KeyHash]) -> bytes:
        """The statement that another root takes this one's place: signed by this one, and by the other to prove that somebody holds it.

        `kept` are the installations of headquarters that this root certified and that stay believed; none that it certifies later does.
        """
        said = _said(self.certificate, successor.certificate, kept)
        body = canonical(said).encode()
        return canonical({**said, "by_old": self._signature(body), "by_new": successor._signature(body)}).encode()

    def _signature(self, body: bytes) -> str:
        return to_base64(sign_payload(self._key, SUCCESSION_TYPE, body))


@dataclass(frozen=True, slots=True)
class RootFile:
    """The content of `root.key`: the root's certificate in the clear, its key behind a passphrase."""

    certificate: bytes  # DER
    stretching: Stretching
    key: bytes  # wrapped

    def to_bytes(self) -> bytes:
        """The bytes of `root.key`."""
        return write_members({**self._described(), "key": to_base64(self.key)})

    @classmethod
    def from_bytes(cls, raw: bytes) -> RootFile:
        """Read `root.key`. Raises `KnownError` vault-damaged, vault-foreign, vault-newer."""
        members = read_members(raw, WHAT, FORMAT, FILE_NAME)
        try:
            expect_object(members, {"certificate", "format", "key", "stretching", "what"})
            certificate = read_root(from_base64(members["certificate"]))
            return cls(certificate.der, Stretching.from_members(members["stretching"]), from_base64(members["key"]))
        except ValueError as error:
            raise damaged(FILE_NAME) from error

    def open(self, passphrase: str) -> RootKey:
        """The root key. Raises `KnownError` wrong-passphrase."""
        try:
            scalar = unwrap(self.stretching.key(passphrase), _PURPOSE, self.around(), self.key)
        except WrongKey as error:
            raise refuse("wrong-passphrase") from error
        return RootKey(from_scalar(scalar), self.certificate)

    def around(self) -> bytes:
        """What the wrapped key is bound to: all that the file says in the clear."""
        return canonical(self._described()).encode()

    def _described(self) -> dict[str, JsonValue]:
        return {"what": WHAT, "format": FORMAT, "certificate": to_base64(self.certificate), "stretching": self.stretching.members()}


def create_root(organisation: str, passphrase: str, *, randomness: Randomness = os.urandom) -> tuple[RootFile, RootKey]:
    """A new root for that organisation. Raises `ValueError` for an empty name."""
    if not organisation.strip():
        raise ValueError("an organisation has a name")
    key = new_key(randomness)
    spki = spki_of(key.public_key())
    certificate = issue(Use.ROOT, spki, organisation, signer=key, issuer=None, organisation=organisation, randomness=randomness)
    root = RootKey(key, certificate)
    return root.wrapped(passphrase, randomness=randomness), root


@dataclass(frozen=True, slots=True)
class Succession:
    """A statement that held: one root, the one that takes its place, and whom of the old one's installations the new one keeps."""

    old: Certificate
    new: Certificate
    kept: frozenset[KeyHash]
    statement: bytes


def verify_succession(statement: bytes) -> Succession:
    """What a statement says that both of its roots signed. Raises `KnownError` bundle-forged for any other statement."""
    try:
        members = expect_object(decode(statement), {"what", "format", "old", "new", "kept", "by_old", "by_new"})
        signatures = members.pop("by_old"), members.pop("by_new")
        old, new = read_root(from_base64(members["old"])), read_root(from_base64(members["new"]))
        kept = _keys(members["kept"])
        if members != _said(old.der, new.der, kept) or old.key == new.key or old.organisation != new.organisation:
            raise ValueError("it speaks of other roots")
        body = canonical(members).encode()
        for root, signature in zip((old, new), signatures, strict=True):
            if not verify_payload(root.spki, SUCCESSION_TYPE, body, from_base64(signature)):
                raise ValueError("a signature does not hold")
    except ValueError as error:
        raise refuse("bundle-forged", detail="the organisation's old root did not name this successor") from error
    return Succession(old, new, kept, statement)


def _said(old: bytes, new: bytes, kept: Iterable[KeyHash]) -> dict[str, JsonValue]:
    said: dict[str, JsonValue] = {"what": SUCCESSION, "format": FORMAT, "old": to_base64(old), "new": to_base64(new)}
    said["kept"] = [key.hex() for key in sorted(set(kept))]
    return said


def _keys(value: JsonValue) -> frozenset[KeyHash]:
    if not isinstance(value, list) or not all(isinstance(key, str) and len(key) == 64 for key in value):
        raise ValueError("not a list of keys")
    return frozenset(KeyHash(bytes.fromhex(str(key))) for key in value)
