"""The checked JSON file that wrapped keys lie in, and the wrapping itself: Argon2id and AES-256-GCM; knows not what is wrapped."""

from __future__ import annotations

import base64
import binascii
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import Randomness
from fieldtool.domain.remarks import Remark
from fieldtool.domain.values import JsonValue, NotCanonical, canonical, decode

KEY_LENGTH = 32
LARGEST_FILE = 256 * 1024
_NONCE_LENGTH = 12
_CHECK = "sha256"  # of the canonical text of all other members: in every format there will ever be, so that damage is told from novelty


class WrongKey(Exception):
    """The key does not open what was wrapped, or the purpose or its surroundings are not the same."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a passphrase becomes a key: Argon2id (RFC 9106) with these costs."""

    salt: bytes
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def key(self, passphrase: str) -> bytes:
        """The 32-byte key of a passphrase; spellings that Unicode calls equal give one key."""
        secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        return hash_secret_raw(secret, self.salt, self.passes, self.memory_kib, self.lanes, KEY_LENGTH, Type.ID)

    def members(self) -> dict[str, JsonValue]:
        """As it stands in a key file."""
        return {"kdf": "argon2id", "lanes": self.lanes, "memory_kib": self.memory_kib, "passes": self.passes, "salt": to_base64(self.salt)}

    @classmethod
    def from_members(cls, members: JsonValue) -> Stretching:
        """Read back. Raises `ValueError` also for costs beyond what this machine would be asked in earnest."""
        fields = expect_object(members, {"kdf", "lanes", "memory_kib", "passes", "salt"})
        lanes, memory, passes = (expect_number(fields[name]) for name in ("lanes", "memory_kib", "passes"))
        if fields["kdf"] != "argon2id":
            raise ValueError("another way of stretching")
        if not (1 <= lanes <= 16 and 8 * lanes <= memory <= 1 << 20 and 1 <= passes <= 64):
            raise ValueError("costs out of range")
        return cls(from_base64(fields["salt"]), memory, passes, lanes)


def derive(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key from a secret that is random already (HKDF, RFC 5869)."""
    return HKDF(SHA256(), KEY_LENGTH, salt=None, info=f"fieldtool {purpose}".encode()).derive(secret)


def wrap(key: bytes, purpose: str, surroundings: bytes, plain: bytes, randomness: Randomness) -> bytes:
    """`plain` under `key`: nonce and ciphertext; opens only for the same purpose in the same surroundings."""
    nonce = randomness(_NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(purpose, surroundings))


def unwrap(key: bytes, purpose: str, surroundings: bytes, wrapped: bytes) -> bytes:
    """What was wrapped. Raises `WrongKey`."""
    try:
        return AESGCM(key).decrypt(wrapped[:_NONCE_LENGTH], wrapped[_NONCE_LENGTH:], _bound(purpose, surroundings))
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def write_members(members: Mapping[str, JsonValue]) -> bytes:
    """The bytes of a key file with these members."""
    return canonical({**members, _CHECK: _check(members)}).encode() + b"\n"


def read_members(raw: bytes, what: str, newest: int, file: str) -> dict[str, JsonValue]:
    """The members of a key file that says of itself `what`, the check left out.

    Raises `KnownError` vault-damaged, vault-foreign, vault-newer.
    """
    try:
        if len(raw) > LARGEST_FILE or not raw.endswith(b"\n"):
            raise NotCanonical("not as long as written")
        members = decode(raw[:-1])
    except NotCanonical as error:
        raise damaged(file) from error
    if not isinstance(members, dict) or members.pop(_CHECK, None) != _check(members):
        raise damaged(file)
    if members.get("what") != what:
        raise refuse("vault-foreign", file=file)
    try:
        version = expect_number(members.get("format"))
    except ValueError as error:
        raise damaged(file) from error
    if version > newest:
        raise refuse("vault-newer", found=version, known=newest)
    return members


def damaged(file: str) -> KnownError:
    """The error for a key file that does not hold together."""
    return refuse("vault-damaged", detail=Remark("{file} is not as it was written", {"file": file}))


def expect_object(value: JsonValue, names: set[str]) -> dict[str, JsonValue]:
    """`value`, if it is an object with exactly these members. Raises `ValueError`."""
    if not isinstance(value, dict) or value.keys() != names:
        raise ValueError("members are missing, or there are others")
    return value


def expect_text(value: JsonValue) -> str:
    """`value`, if it is a text. Raises `ValueError`."""
    if not isinstance(value, str):
        raise ValueError("a text was expected")
    return value


def expect_number(value: JsonValue) -> int:
    """`value`, if it is a whole number from 1. Raises `ValueError`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a number was expected")
    return value


def to_base64(raw: bytes) -> str:
    """Bytes as they stand in JSON."""
    return base64.b64encode(raw).decode()


def from_base64(value: JsonValue) -> bytes:
    """The bytes of a text in the one spelling of base64. Raises `ValueError`."""
    text = expect_text(value)
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if to_base64(raw) != text:
        raise ValueError("not in the one spelling of base64")
    return raw


def _bound(purpose: str, surroundings: bytes) -> bytes:
    return f"fieldtool {purpose}\0".encode() + surroundings


def _check(members: Mapping[str, JsonValue]) -> str:
    return hashlib.sha256(canonical(dict(members)).encode()).hexdigest()
