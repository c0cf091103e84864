"""One small organisation for the campaigns: a vault that is tormented, a colleague who writes to it; it breaks nothing itself.

The vaults are made once, with passphrases; afterwards they are opened by their raw keys, as a campaign opens them thousands of times.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash
from fieldtool.identity import envelope
from fieldtool.identity.envelope import Envelope, UnlockedKeys
from fieldtool.services import anchors, attachments, exchange, importing, people, records, vaults
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import Session, wall_clock
from fieldtool.storage import open_vault

PASSPHRASE = "nine slow barges pass the lock"
OURS, THEIRS = "Tomas Lindqvist", "Nino Beradze"
VISIT = {"reference": "V1", "country": "KAZ", "start": "2022-04-11", "end": "2022-04-15", "timezone": "Asia/Almaty"}
WORDS = ("комиссия", "протокол", "наблюдатель", "учаскесі", "commission", "minutes", "ballot", "ოქმი", "საჩივარი", "deadline")


@dataclass(frozen=True, slots=True)
class Letter:
    """One bundle from the colleague: where it lies, and the segments and the number of notes that are new in it."""

    path: Path
    segments: frozenset[SegmentHash]
    notes: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What every round begins with; nobody writes into `folder` after it is made."""

    folder: Path
    visit: EntityId
    meeting: EntityId
    letters: tuple[Letter, ...]
    secrets: dict[str, tuple[Envelope, UnlockedKeys]]

    def session(self, vault: Path, who: str = "ours") -> Session:
        """Open a copy of a vault without its passphrase."""
        keys_file, keys = self.secrets[who]
        store = open_vault(vault, keys.vault_key, clock=wall_clock, randomness=os.urandom)
        session = Session(vault, store, keys_file, keys)
        session.forget_trust()
        session.incarnation = anchors.settle(store, session.key)
        return session

    @property
    def key(self) -> bytes:
        """The raw key of our vault, to look into its backups with."""
        return self.secrets["ours"][1].vault_key

    def copy(self, folder: Path) -> Path:
        """Our vault anew in `folder`, on a computer that knows it; its colleague's vault beside it."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / "vaults", folder)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        shutil.copytree(self.folder / "anchors", anchor_folder())
        return folder / "ours"


def make_stage(folder: Path, letters: int, notes: int, attachment: int = 200_000) -> Stage:
    """Found the organisation and let the colleague write `letters` bundles of `notes` notes each; every other one carries an attachment."""
    folder.mkdir(parents=True)
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    made = {"hq": vaults.create_vault(folder / "hq", PASSPHRASE, name="Headquarters", organisation="Sample").session}
    for who, name in (("ours", OURS), ("theirs", THEIRS)):
        made[who] = vaults.create_vault(folder / "vaults" / who, PASSPHRASE, name=name).session
    with _closing(*made.values()):
        hq = made["hq"]
        (visit,) = records.add_records(hq, "visit", [VISIT]).ids
        meeting_fields = {"visit": visit, "start": "2022-04-12T10:00", "state": "planned"}
        (meeting,) = records.add_records(hq, "meeting", [meeting_fields]).ids
        for who in ("ours", "theirs"):
            people.add_person(hq, people.identity_request(made[who]), visit=visit, role=Role.EXPERT)
        first = exchange.export_bundle(hq, folder / "visit.ftbundle", to=["team"]).path
        root = people.fingerprint(KeyHash(hq.org)).digits
        for who in ("ours", "theirs"):
            importing.import_file(made[who], first, expect_root=root)
        written = tuple(_letters(made["theirs"], folder, visit, meeting, letters, notes, attachment))
    secrets = {}
    for who in ("ours", "theirs"):
        keys_file = Envelope.from_bytes((folder / "vaults" / who / vaults.KEYS).read_bytes())
        secrets[who] = keys_file, envelope.unlock(keys_file, PASSPHRASE)
    shutil.copytree(anchor_folder(), folder / "anchors")
    return Stage(folder, visit, meeting, written, secrets)


def _letters(
    theirs: Session, folder: Path, visit: EntityId, meeting: EntityId, letters: int, notes: int, attachment: int
) -> Iterator[Letter]:
    chance = random.Random(5)
    before = {f.hash for f in theirs.store.segments(visit)}
    for n in range(letters):
        rows = [{"visit": visit, "meeting": meeting, "kind": "statement", "text": f"letter {n} {words(chance)}"} for _ in range(notes)]
        made = records.add_records(theirs, "note", rows).ids
        if n % 2:
            attachments.attach_bytes(theirs, made[0], f"minutes-{n}.pdf", chance.randbytes(attachment))
        path = exchange.export_bundle(theirs, folder / f"letter-{n}.ftbundle", to=[OURS]).path
        now = {f.hash for f in theirs.store.segments(visit)}
        yield Letter(path, frozenset(now - before), notes)
        before = now


def words(chance: random.Random) -> str:
    """A sentence."""
    return " ".join(chance.choices(WORDS, k=chance.randint(4, 30)))


@contextmanager
def _closing(*sessions: Session) -> Iterator[None]:
    try:
        yield
    finally:
        for session in sessions:
            session.close()
