"""What headquarters can open for somebody: a vault whose passphrase is forgotten, by a copy of its key; a seal. It never gets the pen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.identity import envelope
from fieldtool.identity.envelope import Envelope, UnlockedKeys
from fieldtool.services.files import write_whole
from fieldtool.services.people import reading_cards
from fieldtool.services.records import utc
from fieldtool.services.session import Session, wall_clock
from fieldtool.services.vaults import KEYS, read_keys
from fieldtool.storage import open_vault

LEFT_AT = "key-copy"  # the setting that says when a copy was written


@dataclass(frozen=True, slots=True)
class Recovered:
    """A vault that headquarters opened: whose it is, and how many changes can be read in it."""

    name: str
    changes: int


def leave_copy(session: Session, path: Path) -> tuple[str, ...]:
    """Write a copy of the vault's key, readable by headquarters alone: who can open it. It opens the data, private notes included.

    Raises `KnownError` no-identity before there is a visit, person-unknown where no card of headquarters is known, file-exists.
    """
    if path.exists():
        raise refuse("file-exists", file=path.name)
    known = {c.recipient: c.name for v in session.visits() for c in reading_cards(session, v.id) if c.role is Role.HQ and c.recipient}
    if session.root is None:
        raise refuse("no-identity")
    if not known:
        raise refuse("person-unknown", name="hq")
    write_whole(path, envelope.escrow(session.keys, sorted(known)))
    session.desk.set_setting(LEFT_AT, utc(session.clock()))
    return tuple(sorted(set(known.values())))


def copy_left_at(session: Session) -> str | None:
    """When a copy of this vault's key was written for headquarters; None where it never was."""
    return session.desk.setting(LEFT_AT)


def recover(officer: Session, folder: Path, copy: Path, new_passphrase: str) -> Recovered:
    """At headquarters: a new passphrase for the closed vault in `folder`, by the copy of its key that its holder once left.

    The signing keys are new ones without a card: nobody can go on in the holder's name. Raises `KnownError` role-needed, vault-missing,
    file-unreadable, key-copy-refused.
    """
    keys_file = read_keys(folder)
    opened = _opened(officer, keys_file, copy)
    store = open_vault(folder, opened.vault_key, clock=wall_clock, randomness=os.urandom)  # before anything is changed: it has to open, too
    changes = store.change_count()
    store.close()
    write_whole(folder / KEYS, envelope.renew_after_escrow(keys_file, opened, new_passphrase).to_bytes())
    return Recovered(keys_file.name, changes)


def unseal(officer: Session, sealed: Path, out: Path) -> str:
    """At headquarters: the key file of a sealed vault as it was before the seal, for its holder's passphrase; whose it is.

    What was sealed stays wrapped by the passphrase, so headquarters learns no key. Raises `KnownError` role-needed, file-unreadable,
    file-exists, key-copy-refused, vault-foreign.
    """
    _demand_headquarters(officer)
    if out.exists():
        raise refuse("file-exists", file=out.name)
    keys_file = Envelope.from_bytes(_read(sealed))
    if keys_file.sealed is None:
        raise refuse("key-copy-refused", file=sealed.name, reason="it is not sealed")
    try:
        inside = officer.keys.reader.decrypt(keys_file.sealed)
    except KnownError as error:
        raise refuse("key-copy-refused", file=sealed.name, reason=_reason(error)) from error
    write_whole(out, envelope.reopen_with_parts(keys_file, inside).to_bytes())
    return keys_file.name


def take_back(folder: Path, answer: Path, passphrase: str) -> None:
    """At the holder: the key file that headquarters unsealed takes the sealed one's place, once the passphrase has opened it.

    Raises `KnownError` file-unreadable, key-copy-refused, wrong-passphrase, vault-missing.
    """
    sealed, opened = read_keys(folder), Envelope.from_bytes(_read(answer))
    if sealed.around_passphrase() != opened.around_passphrase() or (sealed.recovery, sealed.vault) != (opened.recovery, opened.vault):
        raise refuse("key-copy-refused", file=answer.name, reason="it belongs to another vault")
    if opened.sealed is not None:
        raise refuse("key-copy-refused", file=answer.name, reason="it is still sealed")
    envelope.unlock(opened, passphrase)
    write_whole(folder / KEYS, opened.to_bytes())


def _opened(officer: Session, keys_file: Envelope, copy: Path) -> UnlockedKeys:
    _demand_headquarters(officer)
    try:
        return envelope.unlock_from_escrow(keys_file, _read(copy), officer.keys.reader)
    except KnownError as error:
        if error.code == "file-unreadable":
            raise
        raise refuse("key-copy-refused", file=copy.name, reason=_reason(error)) from error


def _reason(error: KnownError) -> str:
    if error.code == "bundle-not-for-you":
        return "it was made for another officer of headquarters"
    return "it belongs to another vault" if error.code == "vault-damaged" else "it was changed or damaged"


def _demand_headquarters(officer: Session) -> None:
    if not officer.is_headquarters():
        raise refuse("role-needed", role="headquarters")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error
