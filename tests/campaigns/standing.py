"""What a vault holds after it was interrupted, held against what it had acknowledged; it interrupts nothing and repairs nothing."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldtool.services import records, upkeep
from fieldtool.services.anchors import Incarnation
from fieldtool.services.session import Session
from fieldtool.services.vaults import KEYS
from fieldtool.services.verifying import verify_file
from fieldtool.storage import verify_backup
from tests.campaigns.deeds import DRAFT
from tests.campaigns.stage import Letter, Stage

BUNDLE, BACKUP = ".ftbundle", ".ftbackup"


class Lost(AssertionError):
    """Something acknowledged is not there, or something half done is."""


@dataclass(slots=True)
class Expected:
    """What must be there: per key the value acknowledged last, and the values asked for since, each of which may be there instead."""

    must: dict[str, str] = field(default_factory=dict)
    may: dict[str, set[str]] = field(default_factory=dict)

    def hear(self, line: str) -> None:
        """Take one line of a teller: `begin` or `done`, key, value."""
        said, key, value = line.split(" ", 2)
        if said == "begin":
            self.may.setdefault(key, set()).add(value)
        else:
            self.must[key] = value
            self.may[key] = set()

    def hold_against(self, found: Mapping[str, str]) -> None:
        """Raise `Lost` where an acknowledged value is missing or something else stands there; what is there is what must stay."""
        for key in self.must.keys() | self.may.keys():
            allowed = self.may.get(key, set()) | ({self.must[key]} if key in self.must else {None})
            if found.get(key) not in allowed:
                raise Lost(f"{key}: acknowledged {self.must.get(key)}, then asked for {self.may.get(key)}, found {found.get(key)}")
        self.may.clear()
        self.must = {key: found[key] for key in self.must.keys() | found.keys() if key in found}


Looked = set[tuple[str, int, int]]
"""Files that were whole when they were looked at: name, time and size."""


def found_in(session: Session, stage: Stage, outbox: Path, looked: Looked) -> dict[str, str]:
    """Everything a teller can have spoken of, as it stands in a vault that was opened again and in its folder of files."""
    found = notes_in(session, stage)
    if kept := session.store.drafts().get(DRAFT):
        found[DRAFT] = kept.split(" ")[0]
    for n, letter in enumerate(stage.letters):
        if letter_state(session, stage, n, letter):
            found[f"letter:{n}"] = "whole"
    for path in sorted(outbox.iterdir()):
        if path.suffix in (BUNDLE, BACKUP):
            seen = path.name, path.stat().st_mtime_ns, path.stat().st_size
            if seen not in looked:
                look_at(session, stage, path)
                looked.add(seen)
            found[f"file:{path.name}"] = "whole"
    return found


def notes_in(session: Session, stage: Stage) -> dict[str, str]:
    """The notes that a teller has spoken of, each with its version."""
    found = {}
    for note in records.list_records(session, "note", visit=stage.visit):
        tag, version, *_ = str(note.fields["text"]).split(" ")
        if tag != "letter":
            found[f"note:{tag}"] = version
    return found


def letter_state(session: Session, stage: Stage, n: int, letter: Letter) -> bool:
    """Whether a letter is here: wholly or not at all, notes, attachments and ledger alike."""
    here = session.store.known(letter.segments)
    notes = sum(1 for r in records.list_records(session, "note", visit=stage.visit, filters={"text": f"letter {n} "}))
    entered = letter.path.name in {e.file for e in session.store.bundles() if e.direction == "in"}
    whole = (len(here), notes, entered) == (len(letter.segments), letter.notes, True)
    if not whole and (here or notes or entered):
        raise Lost(f"letter {n}: {len(here)} of {len(letter.segments)} segments, {notes} notes, in the ledger: {entered}")
    if whole and (missing := blobs_missing(session, stage)):
        raise Lost(f"letter {n}: without its attachments {missing}")
    return whole


def blobs_missing(session: Session, stage: Stage) -> set[str]:
    """Attachments that records name and that are not here."""
    named = {str(r.fields["sha256"]) for r in records.list_records(session, "attachment", visit=stage.visit)}
    return named - session.store.blobs_here(named)


def look_at(session: Session, stage: Stage, path: Path) -> None:
    """Raise `Lost` when a file under its final name is not whole."""
    if path.suffix == BUNDLE:
        seen = verify_file(path, session=session)
        if seen.exit_code:
            raise Lost(f"{path.name} is not whole: {seen}")
        return
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        if archive.testzip() is not None or KEYS not in archive.namelist():
            raise Lost(f"{path.name} is not whole")
        json.loads(archive.read(KEYS))
        verify_backup(Path(archive.extract(upkeep.DATABASE, folder)), stage.key)


def whole(session: Session) -> None:
    """Raise `Lost` unless the vault passes its own check and goes on where it stopped."""
    if session.incarnation not in (Incarnation.CONTINUED, Incarnation.NEW):
        raise Lost(f"the vault takes itself for a copy: {session.incarnation}")
    faults = upkeep.check(session).faults
    if faults:
        raise Lost(f"the vault is not whole: {faults}")
    if held := session.store.quarantined():
        raise Lost(f"a good file is in quarantine: {held}")
