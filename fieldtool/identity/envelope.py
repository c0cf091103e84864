"""`keys.json`: the keys of a vault, wrapped by passphrase and recovery sheet; opens wholly or not at all, and touches no disk."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric import ec

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import KeyHash, Randomness
from fieldtool.domain.values import JsonValue, canonical, decode
from fieldtool.identity.age import AgeReader, check_recipient, encrypt
from fieldtool.identity.certificates import Use, issue, read_certificate, self_signed, spki_of
from fieldtool.identity.documents import DocumentPen
from fieldtool.identity.keyfile import (
    KEY_LENGTH,
    Stretching,
    WrongKey,
    damaged,
    derive,
    expect_object,
    expect_text,
    from_base64,
    read_members,
    to_base64,
    unwrap,
    wrap,
    write_members,
)
from fieldtool.identity.pen import Pen
from fieldtool.identity.private_keys import from_scalar, new_key, to_scalar
from fieldtool.identity.recovery import RecoverySheet, read_sheet

FILE_NAME = "keys.json"
FORMAT = 1
WHAT = "fieldtool keys"

# What each wrapped part is for; bound into its ciphertext, so that no part can stand in another's place.
VAULT_KEY, SIGNING_KEY, DOCUMENT_KEY = "vault key", "signing key", "document key"
AGE_IDENTITY, SEAL_IDENTITY = "age identity", "seal identity"

_SEALED = "sealed"
_BY_PASSPHRASE = {VAULT_KEY, SIGNING_KEY, DOCUMENT_KEY}
_BY_RECOVERY = {VAULT_KEY, SEAL_IDENTITY}
_DESCRIBED = {"certificate", "document_certificate", "format", "name", "recipient", "seal_recipient", "what"}
_MEMBERS = _DESCRIBED | {"passphrase", "recovery", "stretching", "vault"}


@dataclass(frozen=True, slots=True)
class UnlockedKeys:
    """What an open vault works with; `pen` is None when the recovery sheet opened it, for that never signs."""

    vault_key: bytes = field(repr=False)  # 32 bytes
    pen: Pen | None
    reader: AgeReader


@dataclass(frozen=True, slots=True)
class Envelope:
    """The content of `keys.json`. Nothing in it is secret without the passphrase or the recovery sheet.

    `passphrase` holds the parts wrapped by the passphrase, or, where the vault is sealed, those parts encrypted to `seal_recipient`, whose
    identity only the recovery sheet opens (and to headquarters, if it was named): then the passphrase alone opens nothing.
    """

    name: str
    certificate: bytes  # DER, self-signed: what this installation says of its signing key
    document_certificate: bytes  # DER, self-signed
    recipient: str  # age1…
    seal_recipient: str  # age1…
    stretching: Stretching
    passphrase: Mapping[str, bytes] | bytes
    recovery: Mapping[str, bytes]
    vault: Mapping[str, bytes]

    @property
    def key_hash(self) -> KeyHash:
        """The signing key of this vault, as cards and segments name it."""
        return read_certificate(self.certificate).key

    @property
    def sealed(self) -> bytes | None:
        """The encrypted parts of a sealed vault, which headquarters can open if it was named; None where the passphrase opens the vault."""
        return self.passphrase if isinstance(self.passphrase, bytes) else None

    def to_bytes(self) -> bytes:
        """The bytes of `keys.json`."""
        sealed = self.sealed
        return write_members(
            {
                **self._described(),
                "stretching": self.stretching.members(),
                "passphrase": _written({_SEALED: sealed} if sealed is not None else self.passphrase_parts()),
                "recovery": _written(self.recovery),
                "vault": _written(self.vault),
            }
        )

    @classmethod
    def from_bytes(cls, raw: bytes) -> Envelope:
        """Read `keys.json`. Raises `KnownError` vault-damaged, vault-foreign, vault-newer."""
        members = read_members(raw, WHAT, FORMAT, FILE_NAME)
        try:
            return cls._read(expect_object(members, _MEMBERS))
        except ValueError as error:
            raise damaged(FILE_NAME) from error

    @classmethod
    def _read(cls, members: dict[str, JsonValue]) -> Envelope:
        found = members["passphrase"]
        is_sealed = isinstance(found, dict) and found.keys() == {_SEALED}
        envelope = cls(
            name=expect_text(members["name"]),
            certificate=from_base64(members["certificate"]),
            document_certificate=from_base64(members["document_certificate"]),
            recipient=check_recipient(expect_text(members["recipient"])),
            seal_recipient=check_recipient(expect_text(members["seal_recipient"])),
            stretching=Stretching.from_members(members["stretching"]),
            passphrase=_parts(found, {_SEALED})[_SEALED] if is_sealed else _parts(found, _BY_PASSPHRASE),
            recovery=_parts(members["recovery"], _BY_RECOVERY),
            vault=_parts(members["vault"], {AGE_IDENTITY}),
        )
        for der, use in ((envelope.certificate, Use.INSTALLATION), (envelope.document_certificate, Use.DOCUMENT)):
            certificate = read_certificate(der)
            if certificate.use is not use or not self_signed(certificate):
                raise ValueError("not what an installation says of itself")
        return envelope

    def passphrase_parts(self) -> Mapping[str, bytes]:
        """The parts that the passphrase opens. Raises `KnownError` sealed."""
        if isinstance(self.passphrase, bytes):
            raise refuse("sealed")
        return self.passphrase

    def _described(self) -> dict[str, JsonValue]:
        return {
            "what": WHAT,
            "format": FORMAT,
            "name": self.name,
            "certificate": to_base64(self.certificate),
            "document_certificate": to_base64(self.document_certificate),
            "recipient": self.recipient,
            "seal_recipient": self.seal_recipient,
        }

    def around_passphrase(self) -> bytes:
        """What the parts under the passphrase are bound to: all that the file says in the clear."""
        return canonical({**self._described(), "stretching": self.stretching.members()}).encode()

    def around_vault(self) -> bytes:
        """What the other parts are bound to: all that outlives a new passphrase and new signing keys."""
        return canonical({"what": WHAT, "format": FORMAT, "recipient": self.recipient, "seal_recipient": self.seal_recipient}).encode()


def create_envelope(passphrase: str, *, name: str, randomness: Randomness = os.urandom) -> tuple[Envelope, UnlockedKeys, RecoverySheet]:
    """Fresh keys for a vault of that person, wrapped; age's identities come from the operating system's randomness.

    Raises `ValueError` for an empty name.
    """
    if not name.strip():
        raise ValueError("a vault belongs to somebody")
    vault_key, reader, seal_reader = randomness(KEY_LENGTH), AgeReader.generate(), AgeReader.generate()
    sheet = RecoverySheet.new(randomness)
    blank = Envelope(name, b"", b"", reader.recipient, seal_reader.recipient, Stretching(randomness(16)), {}, {}, {})
    around, recovery_key = blank.around_vault(), _recovery_key(sheet)
    kept = replace(
        blank,
        recovery={
            VAULT_KEY: wrap(recovery_key, VAULT_KEY, around, vault_key, randomness),
            SEAL_IDENTITY: wrap(recovery_key, SEAL_IDENTITY, around, seal_reader.as_text().encode(), randomness),
        },
        vault={AGE_IDENTITY: wrap(vault_key, AGE_IDENTITY, around, reader.as_text().encode(), randomness)},
    )
    envelope, pen = _with_new_pens(kept, passphrase, vault_key, randomness)
    return envelope, UnlockedKeys(vault_key, pen, reader), sheet


def unlock(envelope: Envelope, passphrase: str) -> UnlockedKeys:
    """The keys behind the passphrase. Raises `KnownError` wrong-passphrase, sealed, vault-damaged."""
    key, parts = _stretched(envelope, passphrase)
    vault_key = _opened(envelope, key, parts, VAULT_KEY)
    pen = Pen(from_scalar(_opened(envelope, key, parts, SIGNING_KEY)), envelope.certificate)
    return UnlockedKeys(vault_key, pen, _reader(envelope, vault_key))


def unlock_with_recovery(envelope: Envelope, typed: str) -> UnlockedKeys:
    """The data's keys behind the recovery sheet, sealed or not; never the pen. Raises `KnownError` wrong-recovery, vault-damaged."""
    vault_key, _ = _recovered(envelope, typed)
    return UnlockedKeys(vault_key, None, _reader(envelope, vault_key))


def open_document_key(envelope: Envelope, passphrase: str) -> DocumentPen:
    """The pen for documents, for one use: the passphrase is asked each time. Raises as `unlock`."""
    key, parts = _stretched(envelope, passphrase)
    return DocumentPen(from_scalar(_opened(envelope, key, parts, DOCUMENT_KEY)), envelope.document_certificate)


def change_passphrase(envelope: Envelope, old: str, new: str, *, randomness: Randomness = os.urandom) -> Envelope:
    """The same keys behind another passphrase; the recovery sheet stays good. Raises as `unlock`."""
    key, parts = _stretched(envelope, old)
    opened = {purpose: _opened(envelope, key, parts, purpose) for purpose in sorted(_BY_PASSPHRASE)}
    return _rewrapped(envelope, new, opened, randomness)


def renew_after_recovery(
    envelope: Envelope, typed: str, new: str, *, randomness: Randomness = os.urandom
) -> tuple[Envelope, UnlockedKeys]:
    """A new passphrase for a vault whose old one is forgotten.

    The data's keys stay, the signing keys are new: headquarters has to issue a new card. Raises wrong-recovery, vault-damaged.
    """
    vault_key, _ = _recovered(envelope, typed)
    renewed, pen = _with_new_pens(envelope, new, vault_key, randomness)
    return renewed, UnlockedKeys(vault_key, pen, _reader(renewed, vault_key))


def escrow(keys: UnlockedKeys, recipients: Sequence[str]) -> bytes:
    """A copy of the vault key for headquarters (age recipients): it opens the data, private notes included, never the pen."""
    return encrypt(keys.vault_key, recipients)


def unlock_from_escrow(envelope: Envelope, escrowed: bytes, reader: AgeReader) -> UnlockedKeys:
    """The data's keys, by headquarters' copy. Raises as `AgeReader.decrypt`, and vault-damaged where it is of another vault."""
    vault_key = reader.decrypt(escrowed)
    if len(vault_key) != KEY_LENGTH:
        raise damaged(FILE_NAME)
    return UnlockedKeys(vault_key, None, _reader(envelope, vault_key))


def renew_after_escrow(envelope: Envelope, opened: UnlockedKeys, new: str, *, randomness: Randomness = os.urandom) -> Envelope:
    """As `renew_after_recovery`, by keys that headquarters' copy opened: the signing keys are new."""
    return _with_new_pens(envelope, new, opened.vault_key, randomness)[0]


def seal(envelope: Envelope, also_for: Sequence[str] = ()) -> Envelope:
    """For the border: the passphrase opens nothing until the recovery sheet, or headquarters (`also_for`: age recipients), has helped.

    Needs no secret. What it puts away stays wrapped by the passphrase inside: whoever reopens the vault learns no key.
    Sealing twice changes nothing.
    """
    if envelope.sealed is not None:
        return envelope
    inside = canonical(_written(envelope.passphrase_parts())).encode()
    return replace(envelope, passphrase=encrypt(inside, [envelope.seal_recipient, *also_for]))


def reopen_with_recovery(envelope: Envelope, typed: str) -> Envelope:
    """The envelope as it was before sealing: the passphrase opens it again, pen included. Raises wrong-recovery, vault-damaged."""
    _, seal_reader = _recovered(envelope, typed)
    if envelope.sealed is None:
        return envelope
    try:
        inside = seal_reader.decrypt(envelope.sealed)
    except KnownError as error:
        raise damaged(FILE_NAME) from error
    return reopen_with_parts(envelope, inside)


def reopen_with_parts(envelope: Envelope, inside: bytes) -> Envelope:
    """The same, with what headquarters decrypted from `envelope.sealed`, still wrapped by the passphrase. Raises vault-damaged."""
    if envelope.sealed is None:
        return envelope
    try:
        return replace(envelope, passphrase=_parts(decode(inside), _BY_PASSPHRASE))
    except ValueError as error:
        raise damaged(FILE_NAME) from error


def _with_new_pens(envelope: Envelope, passphrase: str, vault_key: bytes, randomness: Randomness) -> tuple[Envelope, Pen]:
    signing, document = new_key(randomness), new_key(randomness)
    described = replace(
        envelope,
        certificate=_own_certificate(signing, Use.INSTALLATION, envelope.name, randomness),
        document_certificate=_own_certificate(document, Use.DOCUMENT, envelope.name, randomness),
    )
    opened = {VAULT_KEY: vault_key, SIGNING_KEY: to_scalar(signing), DOCUMENT_KEY: to_scalar(document)}
    return _rewrapped(described, passphrase, opened, randomness), Pen(signing, described.certificate)


def _rewrapped(envelope: Envelope, passphrase: str, opened: Mapping[str, bytes], randomness: Randomness) -> Envelope:
    salted = replace(envelope, stretching=Stretching(randomness(16)))
    key, around = salted.stretching.key(passphrase), salted.around_passphrase()
    return replace(salted, passphrase={purpose: wrap(key, purpose, around, plain, randomness) for purpose, plain in opened.items()})


def _stretched(envelope: Envelope, passphrase: str) -> tuple[bytes, Mapping[str, bytes]]:
    parts = envelope.passphrase_parts()
    return envelope.stretching.key(passphrase), parts


def _opened(envelope: Envelope, key: bytes, parts: Mapping[str, bytes], purpose: str) -> bytes:
    try:
        return unwrap(key, purpose, envelope.around_passphrase(), parts[purpose])
    except WrongKey as error:
        raise refuse("wrong-passphrase") from error


def _recovery_key(sheet: RecoverySheet) -> bytes:
    return derive(sheet.secret, "recovery sheet")


def _recovered(envelope: Envelope, typed: str) -> tuple[bytes, AgeReader]:
    key, around = _recovery_key(read_sheet(typed)), envelope.around_vault()
    try:
        vault_key = unwrap(key, VAULT_KEY, around, envelope.recovery[VAULT_KEY])
        identity = unwrap(key, SEAL_IDENTITY, around, envelope.recovery[SEAL_IDENTITY])
    except WrongKey as error:
        raise refuse("wrong-recovery") from error
    return vault_key, AgeReader(identity.decode())


def _reader(envelope: Envelope, vault_key: bytes) -> AgeReader:
    try:
        return AgeReader(unwrap(vault_key, AGE_IDENTITY, envelope.around_vault(), envelope.vault[AGE_IDENTITY]).decode())
    except WrongKey as error:  # the vault key opened, so it is the file that is wrong
        raise damaged(FILE_NAME) from error


def _own_certificate(key: ec.EllipticCurvePrivateKey, use: Use, name: str, randomness: Randomness) -> bytes:
    return issue(use, spki_of(key.public_key()), name, signer=key, issuer=None, randomness=randomness)


def _written(parts: Mapping[str, bytes]) -> JsonValue:
    return {purpose: to_base64(part) for purpose, part in parts.items()}


def _parts(value: JsonValue, purposes: set[str]) -> dict[str, bytes]:
    return {purpose: from_base64(part) for purpose, part in expect_object(value, purposes).items()}
