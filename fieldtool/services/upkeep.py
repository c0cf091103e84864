"""Keeping a vault: backups that are opened before they count, checks, sealing for a border, wiping; it reads no record's words."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from fieldtool.domain.changes import SealedSegment, Segment
from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import EntityId, SegmentHash
from fieldtool.domain.schema import RECORD_KINDS
from fieldtool.identity import envelope
from fieldtool.identity.age import encrypt
from fieldtool.identity.certificates import read_certificate
from fieldtool.identity.envelope import Envelope
from fieldtool.identity.pen import verify_payload
from fieldtool.services import exchange, recording
from fieldtool.services.files import disk_fault, give_name, make_durable, write_whole
from fieldtool.services.judging import look_through
from fieldtool.services.people import reading_cards
from fieldtool.services.session import Session, wall_clock
from fieldtool.services.settling import settle, settle_what_is_left
from fieldtool.services.succession import ROOT_KEY
from fieldtool.services.vaults import KEYS, read_keys
from fieldtool.storage import CheckReport, SegmentFacts, open_vault, restore_backup
from fieldtool.sync.segments import SegmentNewer, decode_segment

DATABASE = "vault.db"
_MEMBERS = (KEYS, ROOT_KEY, DATABASE)  # the only names a backup holds, in this order; the root's key only where it lies here
_PIECE = 1 << 20
_GROUP = re.compile(r"(?<!\S)([1-8])\s{1,3}([0-9A-Z]{5})(?!\S)")  # as the sheet prints them
_SELF_TEST = "application/vnd.fieldtool.self-test"
_LARGEST_KEYS = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written, opened again and compared."""

    path: Path
    size: int
    sha256: str
    changes: int
    records: int
    attachments: int
    kept_before: bool = False  # a restore found a vault there, and kept its database beside the restored one


@dataclass(frozen=True, slots=True)
class Departure:
    """What a careful person looks at before leaving or crossing a border."""

    unconfirmed: tuple[str, ...]  # references of visits of which headquarters has not confirmed everything
    unsaved: int  # half-written words kept in drafts
    conflicts: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class DamagedPart:
    """A sealed part that is not what its author signed: who wrote it, on which visit (its reference), and who else has it."""

    part: str  # the beginning of its name, as in histories
    author: str
    visit: str
    holders: tuple[str, ...]  # whoever signed to have it: a bundle with everything from one of them repairs it


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found; `faults` is empty when the vault is whole, `repaired` names what was wrong and was made again."""

    faults: tuple[str, ...]
    mendable: bool
    changes: int
    sealed: int
    counts: dict[str, int] = field(default_factory=dict)
    departure: Departure = field(default_factory=lambda: Departure((), 0, 0, 0))
    damaged: tuple[DamagedPart, ...] = ()
    repaired: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------------------- backups


def back_up(session: Session, path: Path, *, progress: Callable[[int], None] | None = None) -> Backup:
    """Write the vault as it is now to one file: the encrypted database and the wrapped keys; then open it from there and compare.

    The passphrase (and the recovery sheet) of today opens it. Raises `KnownError` file-exists, disk-full, file-unwritable, vault-damaged.
    """
    if path.exists():
        raise refuse("file-exists", file=path.name)
    session.seal_all()
    copy = path.with_name(f".{path.name}.{DATABASE}")
    part = path.with_name(f".{path.name}.part")
    try:
        for leftover in (copy, part):  # of a backup that was killed
            leftover.unlink(missing_ok=True)
        facts = session.store.backup(copy, progress=progress)
        _pack(session.folder, copy, part)
        with zipfile.ZipFile(part) as archive, archive.open(DATABASE) as inside:
            if _digest(inside) != facts.sha256:
                raise refuse("vault-damaged", detail="the copy does not hold what was written")
        make_durable(part)
        give_name(part, path)
        with path.open("rb") as whole:
            return Backup(path, path.stat().st_size, _digest(whole), facts.changes, facts.records, facts.attachments)
    except OSError as error:
        raise disk_fault(error, path) from error
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def restore(path: Path, folder: Path, passphrase: str) -> Backup:
    """Put a backup in the place of the vault in `folder`, after it was opened and checked; the present database is kept beside it.

    Raises `KnownError` file-unreadable, file-foreign, wrong-passphrase, sealed, vault-damaged, vault-newer, vault-busy, disk-full.
    """
    members = _members(path)
    keys_file = Envelope.from_bytes(members[KEYS])
    keys = envelope.unlock(keys_file, passphrase)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise refuse("vault-read-only", folder=folder) from error
    there = (folder / DATABASE).exists()
    copy = folder / f".restoring.{DATABASE}"
    try:
        copy.unlink(missing_ok=True)  # of a restore that was killed
        _unpack(path, copy)
        facts = restore_backup(copy, folder, keys.vault_key)
    finally:
        copy.unlink(missing_ok=True)
    store = open_vault(folder, keys.vault_key, clock=wall_clock, randomness=os.urandom)
    store.new_streams()  # what this installation wrote after the backup may be out in the world already
    store.close()
    for name in (KEYS, ROOT_KEY):
        present = folder / name
        if name in members:
            if present.exists() and present.read_bytes() != members[name]:
                write_whole(folder / f"{name}.before-restore", present.read_bytes())
            write_whole(present, members[name])
    return Backup(path, facts.size, facts.sha256, facts.changes, facts.records, facts.attachments, there)


def _pack(folder: Path, copy: Path, part: Path) -> None:
    with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED) as archive:
        for name in (KEYS, ROOT_KEY):
            if (folder / name).exists():
                archive.write(folder / name, name)
        archive.write(copy, DATABASE)
    os.chmod(part, 0o600)


def _members(path: Path) -> dict[str, bytes]:
    """The keys in a backup. Raises `KnownError` file-unreadable, file-foreign."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if not {KEYS, DATABASE} <= parts.keys() <= set(_MEMBERS) or len(parts) != len(archive.infolist()):
                raise refuse("file-foreign", file=path.name)
            if any(parts[name].file_size > _LARGEST_KEYS for name in parts if name != DATABASE):
                raise refuse("file-foreign", file=path.name)
            return {name: archive.read(name) for name in parts if name != DATABASE}
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise refuse("file-foreign", file=path.name) from error


def _unpack(path: Path, target: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(DATABASE) as inside, target.open("xb") as out:
            os.chmod(target, 0o600)
            while piece := inside.read(_PIECE):
                out.write(piece)
    except zipfile.BadZipFile as error:
        raise refuse("vault-damaged", detail="the backup does not hold what was written") from error
    except OSError as error:
        raise disk_fault(error, target) from error


def _digest(file: IO[bytes]) -> str:
    state = hashlib.sha256()
    while piece := file.read(_PIECE):
        state.update(piece)
    return state.hexdigest()


# -------------------------------------------------------------------------------------------------------------- checks


def check(session: Session, *, mend: bool = False) -> Checked:
    """Whether the vault is whole, its keys work, and what is still to do before leaving. With `mend` what is derived is made again.

    A self-test signs, verifies, encrypts and decrypts. Damage is named in the answer and raises nothing.
    """
    settle_what_is_left(session)
    report = session.store.check(_decode)
    forged, misjudged = _look_through(session, report)
    repaired: tuple[str, ...] = ()
    if mend and (report.derived or misjudged) and not report.pages:
        repaired = tuple(_derived(report, misjudged))
        session.store.mend(report.rows, _decode)
        for visit in _visits(session) if session.root is not None and not report.segments else ():
            settle(session, visit)
        report = session.store.check(_decode)
        forged, misjudged = _look_through(session, report)
    if report.pages:
        return Checked(tuple(f"page {page}" for page in report.pages), False, 0, 0)
    damaged = [*report.segments, *forged]
    session.store.note_damaged(damaged)  # so that an import puts healthy ones in their place
    faults = [f"part {name.hex()[:16]}" for name in damaged]
    faults += [f"part open-{number}, not sealed yet" for number in report.unsealed]
    faults += _derived(report, misjudged)
    faults += _self_test(session)
    counts = {spec.plural: session.store.count(spec.name) for spec in RECORD_KINDS}
    return Checked(
        tuple(faults), report.mendable and not damaged, report.changes, report.sealed, counts, departure(session),
        damaged_parts(session, damaged), repaired,
    )  # fmt: skip


def _derived(report: CheckReport, misjudged: Iterable[SegmentHash]) -> list[str]:
    """What a check found wrong and can make again."""
    return [
        *(f"log of part {name.hex()[:16]}" for name in report.rows),
        *(f"place of part {name.hex()[:16]}" for name in report.chains),
        *(f"verdict on part {name.hex()[:16]}" for name in misjudged),
        *(f"record {entity}" for entity in report.records),
        *(f"table {name}" for name in report.tables),
    ]


def damaged_parts(session: Session, names: Iterable[SegmentHash]) -> tuple[DamagedPart, ...]:
    """Whose these parts are, and who has signed to have them too."""
    facts = {f.hash: f for f in session.store.segments()}
    references = {v.id: str(v.fields.get("reference")) for v in session.visits()}
    parts = []
    for name in names:
        of, trust = facts[name], session.trust(facts[name].visit)
        holders = [
            trust.name_of(p.peer) or p.peer.hex()[:16]
            for p in session.store.peers(of.visit)
            if p.peer != session.key and name in _line(facts, p.have)
        ]
        author = trust.name_of(of.key) or of.claimed_name
        parts.append(DamagedPart(name.hex()[:16], author, references.get(of.visit, str(of.visit)), tuple(sorted(holders))))
    return tuple(parts)


def _line(facts: Mapping[SegmentHash, SegmentFacts], tips: Iterable[SegmentHash]) -> set[SegmentHash]:
    """The parts that these tips end, and all before them."""
    found: set[SegmentHash] = set()
    for tip in tips:
        at: SegmentHash | None = tip
        while at is not None and at not in found:
            found.add(at)
            at = facts[at].prev if at in facts else None
    return found


def _look_through(session: Session, report: CheckReport) -> tuple[list[SegmentHash], list[SegmentHash]]:
    """The sealed parts that do not bear their authors' signatures, and those wrongly believed, held, refused or taken for proposals.

    Whom to believe follows from rows: while those are wrong, only signatures are judged.
    """
    forged: list[SegmentHash] = []
    misjudged: list[SegmentHash] = []
    for visit in _visits(session) if session.root is not None and not report.pages else ():
        found = look_through(session, visit, set(report.segments))
        forged += found[0]
        misjudged += [] if report.derived else found[1]
    return forged, misjudged


def _visits(session: Session) -> list[EntityId]:
    """The visits, and the library, that anything was sealed in."""
    return list(dict.fromkeys(f.visit for f in session.store.segments()))


def departure(session: Session) -> Departure:
    """What is not safe elsewhere yet, unfinished, or unexplained."""
    unconfirmed = [str(v.fields.get("reference")) for v in session.visits() if not session.is_headquarters() and unsafe(session, v.id)]
    conflicts, quarantined = len(session.store.conflicts()), len(session.store.quarantined())
    return Departure(tuple(unconfirmed), recording.half_written(session), conflicts, quarantined)


def unsafe(session: Session, visit: EntityId) -> bool:
    """Whether this vault holds something of a visit that no installation of headquarters has confirmed by its signature."""
    session.seal_all()
    if session.root is None:
        return session.store.change_count() > 0
    headquarters = [c for c in reading_cards(session, visit) if c.role.value == "hq" and c.key != session.key]
    if not headquarters:
        return True
    ours = {f.hash for f in session.store.segments(visit)}
    return not any(ours <= exchange.confirmed_by_all(session, visit, [card]) for card in headquarters)


def _decode(sealed: SealedSegment) -> Segment | None:
    try:
        return decode_segment(sealed)
    except SegmentNewer:
        return None  # written or read here by a newer version, which has been left again


def _self_test(session: Session) -> list[str]:
    """Whether this vault's keys still do what they are for."""
    probe = session.randomness(32)
    faults = []
    reader = session.keys.reader
    try:
        if reader.decrypt(encrypt(probe, [reader.recipient])) != probe:
            faults.append("the encryption key does not open what was encrypted for it")
    except KnownError:
        faults.append("the encryption key does not open what was encrypted for it")
    pen = session.keys.pen
    if pen is not None and not verify_payload(
        read_certificate(session.envelope.certificate).spki, _SELF_TEST, probe, pen.sign(_SELF_TEST, probe)
    ):
        faults.append("the signing key does not sign")
    return faults


# --------------------------------------------------------------------------------------------------------- border, end


def seal_vault(session: Session) -> None:
    """For the border: the passphrase opens nothing until the recovery sheet, or headquarters, has helped. The caller closes the session."""
    session.seal_all()
    also = {
        c.recipient for v in session.visits() if session.root for c in reading_cards(session, v.id) if c.role.value == "hq" and c.recipient
    }
    write_whole(session.folder / KEYS, envelope.seal(session.envelope, sorted(also)).to_bytes())


def is_sealed(folder: Path) -> bool:
    """Whether the vault in a folder is sealed. Raises `KnownError` vault-missing, file-unreadable."""
    return read_keys(folder).sealed is not None


def reopen(folder: Path, typed: str) -> None:
    """Undo a seal by the recovery sheet: the passphrase opens the vault again, pen included. Raises `KnownError` wrong-recovery."""
    write_whole(folder / KEYS, envelope.reopen_with_recovery(read_keys(folder), typed).to_bytes())


def groups_in(text: str) -> str:
    """The groups of a recovery sheet out of its printed text, in order; a text without numbered groups is returned as it is."""
    found = dict(_GROUP.findall(text))
    return "-".join(found[number] for number in sorted(found)) if len(found) > 1 else text


def wipe(folder: Path) -> list[str]:
    """Remove a closed vault, its keys first, so that nobody can read the rest; the names of what was removed. Other files stay.

    What a disk keeps of overwritten blocks is out of reach; without the wrapped keys it stays encrypted.
    Raises `KnownError` vault-missing, file-unwritable.
    """
    read_keys(folder)
    names = [KEYS, ROOT_KEY, *sorted(p.name for p in folder.iterdir() if p.name.startswith((DATABASE, f"{KEYS}.", f"{ROOT_KEY}.")))]
    removed = []
    try:
        for name in names:
            path = folder / name
            if not path.is_file():
                continue
            if not name.startswith(DATABASE):
                path.write_bytes(os.urandom(path.stat().st_size))
            path.unlink()
            removed.append(name)
        (folder / "vault.lock").unlink(missing_ok=True)
    except OSError as error:
        raise refuse("file-unwritable", file=folder.name, reason=error.strerror or "the disk does not answer") from error
    return removed
