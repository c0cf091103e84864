"""A newcomer's first steps: a vault with its recovery sheet, the request to headquarters, the file that comes back; or the sample."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId
from fieldtool.identity import envelope, strength
from fieldtool.identity.recovery import wrong_groups
from fieldtool.services import files, importing, people, recording, records, sample, upkeep, vaults
from fieldtool.services.importing import Imported
from fieldtool.services.screens.exchange import waiting
from fieldtool.services.session import Session
from fieldtool.services.vaults import NewVault

PLANNED = (10, 11)  # meetings of the sample that a newcomer may record themselves


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a passphrase is: 0 to 4, and the key of the advice that helps most."""

    score: int
    hint: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file from an organisation that nobody has compared yet: its fingerprint as words and as digits."""

    words: str
    digits: str


def quality_of(passphrase: str) -> Quality:
    """How long a passphrase would hold out."""
    found = strength.estimate(passphrase)
    return Quality(found.score, found.hint)


def mistyped_groups(typed: str) -> tuple[int, ...]:
    """The numbers, from 1, of the groups of a recovery sheet that are wrong or missing."""
    return wrong_groups(typed)


def save_sheet(made: NewVault, path: Path, language: str) -> None:
    """Write the recovery sheet as a text to print. Raises `KnownError` file-unwritable, disk-full."""
    files.write_whole(path, made.sheet.printable(made.session.name, language).encode())


def save_request(session: Session, path: Path) -> None:
    """Write the identity request that headquarters answers with a card. Raises `KnownError`."""
    files.write_whole(path, people.identity_request(session))


def own_words(session: Session) -> str:
    """The fingerprint of this installation as words to be read out."""
    return people.fingerprint(session.key).words


def open_first_file(session: Session, path: Path, compared: str | None = None) -> Imported | Comparison:
    """Take in the first visit file; a `Comparison` says that the organisation has to be compared by voice first.

    `compared` is the fingerprint that a person has compared. Raises `KnownError` for everything else that stands in the way.
    """
    try:
        return importing.import_file(session, path, expect_root=compared, origin="first-run")
    except KnownError as error:
        if error.code != "root-not-compared":
            raise
        return Comparison(str(error.values["words"]), str(error.values["fingerprint"]))


def make_sample_vault(folder: Path, passphrase: str) -> Session:
    """A vault that holds the sample visit, as its headquarters would see it; two meetings are still to come.

    Raises `KnownError` vault-exists.
    """
    session = vaults.create_vault(folder, passphrase, name=sample.HEAD, organisation=sample.ORGANISATION).session
    content = sample.load_sample()
    sample.enter_library(session, content)
    sample.enter_visit(session, content)
    sample.enter_agenda(session, content)
    for author in (sample.HEAD, sample.TOMAS, sample.NINO):
        sample.enter_meetings(session, content, author)
    sample.enter_outcomes(session, content)
    for number in PLANNED:
        records.edit_record(session, content.ids[f"meeting {number}"], {"state": "planned"}, label="sample")
    return session


@dataclass(frozen=True, slots=True)
class Departure:
    """What would be lost if this computer were taken now."""

    unsent: int
    unconfirmed: int
    drafts: int
    conflicts: int


def departure(session: Session, visit: EntityId | None) -> Departure:
    """The list to go through before a border; a vault without a visit has nothing to send."""
    drafts = recording.half_written(session)
    if visit is None:
        return Departure(0, 0, drafts, 0)
    sent = waiting(session, visit)
    return Departure(sent.unsent, sent.unconfirmed, drafts, len(session.store.conflicts(visit=visit)))


def confirm(session: Session, passphrase: str) -> None:
    """Whether it is the holder who asks: their passphrase opens the keys. Raises `KnownError` wrong-passphrase."""
    envelope.unlock(session.envelope, passphrase)


def seal(session: Session, passphrase: str) -> None:
    """Seal the vault for a border; the caller closes the session. Raises `KnownError` wrong-passphrase, file-unwritable."""
    confirm(session, passphrase)
    upkeep.seal_vault(session)


def may_wipe(session: Session, passphrase: str) -> None:
    """Whether the holder asks, and nothing would be lost. Raises `KnownError` wrong-passphrase, wipe-unconfirmed."""
    confirm(session, passphrase)
    if unsafe := upkeep.departure(session).unconfirmed:
        raise refuse("wipe-unconfirmed", visits=", ".join(unsafe))


def backup(session: Session, path: Path) -> int:
    """Write an encrypted backup that was opened once to be sure; its size in bytes.

    Raises `KnownError` file-exists, disk-full, file-unwritable.
    """
    return upkeep.back_up(session, path).size
