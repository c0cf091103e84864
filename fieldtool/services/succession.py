"""The organisation's root key: opening it, and a new one taking its place; whom a root certifies is for `people` to say."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import LIBRARY, KeyHash
from fieldtool.identity import fingerprints
from fieldtool.identity.certificates import read_certificate
from fieldtool.identity.roots import FILE_NAME, RootFile, RootKey, create_root, verify_succession
from fieldtool.services.files import write_whole
from fieldtool.services.session import Session

ROOT_KEY = FILE_NAME  # in the folder of headquarters' first vault until it is taken offline
NEXT = "root.key.next"  # a successor that is not in force yet
BEFORE = "root.key.before"  # the predecessor, to be destroyed


@dataclass(frozen=True, slots=True)
class Succeeded:
    """A root that was just named: its fingerprint, and how many installations of headquarters stay believed."""

    digits: str
    words: str
    kept: int


def succeed(session: Session, passphrase: str, new_passphrase: str) -> Succeeded:
    """Make a new root for the organisation, named by the present one, and keep those of headquarters' installations that are known here.

    From now on the statement stands in every file that leaves this vault. Raises `KnownError` role-needed, wrong-passphrase.
    """
    lineage = session.lineage
    if not session.is_headquarters() or lineage is None:
        raise refuse("role-needed", role="headquarters")
    old = open_root(session, passphrase)
    file, new = create_root(read_certificate(old.certificate).organisation, new_passphrase, randomness=session.randomness)
    kept = _believed(session)
    statement = old.sign_successor(new, kept)
    # The new key is on the disk before anything depends on it; until the statement is recorded, the old one is in force.
    write_whole(session.folder / NEXT, file.to_bytes())
    session.follow(lineage.widened([*lineage.statements, statement]))
    _tidy(session)
    found = verify_succession(statement)
    return Succeeded(fingerprints.digits(found.new.key), fingerprints.words(found.new.key), len(found.kept))


def open_root(session: Session, passphrase: str) -> RootKey:
    """The organisation's present root key from the vault's folder.

    Raises `KnownError` role-needed where it is not there, wrong-passphrase, vault-damaged.
    """
    _tidy(session)
    file = _file(session, ROOT_KEY)
    if file is None or file.certificate != session.root:
        raise refuse("role-needed", role="the holder of the organisation's root key")
    return file.open(passphrase)


def _believed(session: Session) -> set[KeyHash]:
    """The installations of headquarters that any visit knows and none has revoked."""
    known, ended = set[KeyHash](), set[KeyHash]()
    for visit in (LIBRARY, *(v.id for v in session.visits())):
        trust = session.trust(visit)
        known |= set(trust.authorities)
        ended |= set(trust.revocations)
    return known - ended


def _tidy(session: Session) -> None:
    """Bring the file of a root that has come into force to its place; a program that died half way left it beside."""
    following, folder = _file(session, NEXT), session.folder
    if following is not None and following.certificate == session.root:
        with suppress(FileNotFoundError):
            os.replace(folder / ROOT_KEY, folder / BEFORE)
        os.replace(folder / NEXT, folder / ROOT_KEY)


def _file(session: Session, name: str) -> RootFile | None:
    try:
        raw = (session.folder / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refuse("file-unreadable", file=name, reason=error.strerror or "the disk does not answer") from error
    return RootFile.from_bytes(raw)
