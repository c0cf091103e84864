"""Making, opening and closing a vault: folder, keys, organisation; nothing of records."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import Clock, Randomness
from fieldtool.identity import envelope, requests, roots
from fieldtool.identity.envelope import Envelope
from fieldtool.identity.lineage import Lineage
from fieldtool.identity.recovery import RecoverySheet
from fieldtool.services import anchors, upgrading
from fieldtool.services.admin import decode_der, decode_ders, encode_der
from fieldtool.services.files import write_whole
from fieldtool.services.people import identity_request
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import CERTIFICATE, DOCUMENT_CERTIFICATE, ROOT, SUCCESSIONS, Session, wall_clock
from fieldtool.services.settling import settle_what_is_left
from fieldtool.services.succession import ROOT_KEY
from fieldtool.storage import PATIENCE, Store, connect_database
from fieldtool.storage import create_vault as create_store
from fieldtool.storage import open_vault as open_store

KEYS = "keys.json"


@dataclass(frozen=True, slots=True)
class NewVault:
    """A vault that was just made: unlocked, with the recovery sheet that is shown this once."""

    session: Session
    sheet: RecoverySheet


def has_vault(folder: Path) -> bool:
    """Whether there is a vault in that folder, readable or not."""
    return (folder / KEYS).exists()


def owner_of(folder: Path) -> str:
    """Whose vault it is, without opening it. Raises `KnownError` vault-missing, vault-damaged, vault-foreign, vault-newer."""
    return read_keys(folder).name


def create_vault(
    folder: Path,
    passphrase: str,
    *,
    name: str,
    name_latin: str = "",
    installation: str = "",
    organisation: str | None = None,
    clock: Clock = wall_clock,
    randomness: Randomness = os.urandom,
) -> NewVault:
    """Make a vault with an identity; with `organisation` the first installation of its headquarters, with its root.

    Raises `KnownError` value-refused for a name that nobody could read, vault-exists, vault-read-only, disk-full.
    Then nothing is left behind.
    """
    _check_names({"name": name, "name_latin": name_latin or name, "installation": installation or name})
    made = _make_folder(folder)
    if has_vault(folder):
        raise refuse("vault-exists", folder=folder)
    written: list[Path] = []
    try:
        keys_file, keys, sheet = envelope.create_envelope(passphrase, name=name, randomness=randomness)
        store = create_store(folder, keys.vault_key, clock=clock, randomness=randomness)
        try:
            session = Session(folder, store, keys_file, keys, clock=clock, randomness=randomness)
            upgrading.Knowledge.ours().note(store)
            store.set_setting("name-latin", name_latin or None)
            store.set_setting("installation", installation or None)
            if organisation is not None:
                written.append(folder / ROOT_KEY)
                _found_organisation(session, organisation, passphrase)
            written.append(folder / KEYS)
            write_whole(folder / KEYS, keys_file.to_bytes())
        except BaseException:
            store.close()
            for leftover in folder.glob("vault.db*"):
                leftover.unlink(missing_ok=True)
            raise
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        for folder_made in made:
            _remove_empty(folder_made)
        raise
    session.forget_trust()
    session.incarnation = anchors.settle(session.store, session.key)
    return NewVault(session, sheet)


def unlock_vault(folder: Path, passphrase: str, *, clock: Clock = wall_clock, randomness: Randomness = os.urandom) -> Session:
    """Open a vault with its passphrase. Raises `KnownError` wrong-passphrase, sealed, and all of `open_vault` in storage."""
    keys_file = read_keys(folder)
    keys = envelope.unlock(keys_file, passphrase)
    return _opened(folder, keys_file, keys, clock, randomness)


def unlock_with_recovery(folder: Path, typed: str, *, clock: Clock = wall_clock, randomness: Randomness = os.urandom) -> Session:
    """Open a vault's data with the recovery sheet: to read and export tables, never to sign. Raises `KnownError` wrong-recovery."""
    keys_file = read_keys(folder)
    keys = envelope.unlock_with_recovery(keys_file, typed)
    return _opened(folder, keys_file, keys, clock, randomness)


def unlock_database(
    folder: Path,
    passphrase: str,
    url: str,
    *,
    patience: float = PATIENCE,
    waiting: Callable[[str], None] | None = None,
    clock: Clock = wall_clock,
    randomness: Randomness = os.urandom,
) -> Session:
    """Headquarters' database, with the keys of the officer whose vault is in `folder`; it becomes the organisation's when it is empty.

    Whoever writes waits `patience` seconds for another officer who does, after `waiting` was told who that is. Raises `KnownError` as
    `unlock_vault`, role-needed, database-foreign, database-unreachable, database-busy, database-password, database-open.
    """
    officer = unlock_vault(folder, passphrase, clock=clock, randomness=randomness)
    try:
        if not officer.is_headquarters() or officer.lineage is None:
            raise refuse("role-needed", role="headquarters")
        store = connect_database(url, clock=clock, randomness=randomness, patience=patience, waiting=waiting)
        try:
            return _at_database(officer, officer.lineage, store)
        except BaseException:
            store.close()
            raise
    except BaseException:
        officer.close()
        raise


def renew_passphrase(folder: Path, typed: str, new: str) -> None:
    """A new passphrase by the recovery sheet; the signing keys are new too, so headquarters has to issue a new card."""
    renewed, _ = envelope.renew_after_recovery(read_keys(folder), typed, new)
    write_whole(folder / KEYS, renewed.to_bytes())


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Another passphrase for the same keys. Raises `KnownError` wrong-passphrase."""
    write_whole(folder / KEYS, envelope.change_passphrase(read_keys(folder), old, new).to_bytes())


def root_pem(session: Session) -> bytes:
    """The organisation's root certificate as PEM, for `openssl` and other tools; with those before it and what made it their successor.

    Raises `KnownError` no-identity.
    """
    if session.lineage is None:
        raise refuse("no-identity")
    return session.lineage.to_pem()


def read_keys(folder: Path) -> Envelope:
    """The key file of the vault in a folder.

    Raises `KnownError` vault-missing, file-unreadable, vault-damaged, vault-foreign, vault-newer.
    """
    try:
        raw = (folder / KEYS).read_bytes()
    except FileNotFoundError as error:
        raise refuse("vault-missing", folder=folder) from error
    except OSError as error:
        raise refuse("file-unreadable", file=KEYS, reason=error.strerror or "the disk does not answer") from error
    return Envelope.from_bytes(raw)


# ------------------------------------------------------------------------------------------------------------- inside


def _check_names(names: Mapping[str, str]) -> None:
    """What will stand on a card: a vault under another name could never ask for one."""
    for field, said in names.items():
        if not requests.presentable(said):
            reason = f"a name has 1 to {requests.LONGEST_TEXT} signs, and none that hides or turns the others around"
            raise refuse("value-refused", kind="vault", field=field, value=said if len(said) <= 40 else f"{said[:40]}…", reason=reason)


def _found_organisation(session: Session, organisation: str, passphrase: str) -> None:
    """The organisation's root, and the certificate of its first installation."""
    root_file, root = roots.create_root(organisation, passphrase, randomness=session.randomness)
    issued = requests.certify(root, requests.read_request(identity_request(session)), Role.HQ, randomness=session.randomness)
    session.store.set_setting(CERTIFICATE, encode_der(issued.certificate))
    session.store.set_setting(DOCUMENT_CERTIFICATE, encode_der(issued.document_certificate))
    session.pin(Lineage.of(root.certificate))
    write_whole(session.folder / ROOT_KEY, root_file.to_bytes())


def _opened(folder: Path, keys_file: Envelope, keys: envelope.UnlockedKeys, clock: Clock, randomness: Randomness) -> Session:
    store = open_store(folder, keys.vault_key, clock=clock, randomness=randomness)
    session = Session(folder, store, keys_file, keys, clock=clock, randomness=randomness)
    try:
        _learn_names(session)
        session.incarnation = anchors.settle(store, session.key)
        upgrading.upgrade(session)
        settle_what_is_left(session)
    except BaseException:
        store.close()
        raise
    return session


def _learn_names(session: Session) -> None:
    """Who is who. Rows that cannot be read are made again first: they follow from the log, and without them nobody could even check."""
    try:
        session.forget_trust()
    except KnownError as damage:
        if damage.code != "vault-damaged":
            raise
        session.store.rebuild()
        session.forget_trust()


def _at_database(officer: Session, ours: Lineage, store: Store) -> Session:
    """The officer's session with the database in the place of the vault. Raises `KnownError` database-foreign, root-foreign."""
    if store.setting(ROOT) is None:
        with store.held():
            if store.setting(ROOT) is None:
                store.set_organisation(officer.org)
                upgrading.Knowledge.ours().note(store)
                store.set_setting(ROOT, encode_der(ours.roots[0].der))
    if decode_der(store.setting(ROOT)) != ours.roots[0].der:
        raise refuse("database-foreign")
    lineage = officer.roots_with(ours, decode_ders(store.setting(SUCCESSIONS) or "[]"))
    database = store.setting("database") or ""
    session = Session(
        officer.folder, store, officer.envelope, officer.keys, officer.vocabularies, officer.clock, officer.randomness,
        own=officer.store, anchor_folder=anchor_folder() / "databases" / database,
    )  # fmt: skip
    if not store.may_write:  # a role that reads some visits cannot go on with what this installation once wrote
        session.forget_trust()
        return session
    session.follow(lineage)
    session.incarnation = anchors.settle(store, session.key, session.anchor_folder)
    upgrading.upgrade(session)
    settle_what_is_left(session)
    return session


def _make_folder(folder: Path) -> list[Path]:
    """Make the folder and those above it; the ones that were made, deepest first."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise refuse("disk-full", file=folder.name) from error
        raise refuse("vault-read-only", folder=folder) from error
    return missing


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return  # somebody else's files are in it
