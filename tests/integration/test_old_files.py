"""What every version so far has written is opened by this one, word for word."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fieldtool.domain.authority import Role
from fieldtool.services import attachments, exchange, importing, people, records, upkeep, vaults, verifying
from fieldtool.services.people import reading_cards
from fieldtool.services.session import Session
from tests.old_files.making import ATTACHED, FOLDER, HEADQUARTERS, NEWCOMER, TEXTS, digest, facts

VERSIONS = sorted(p.parent.name for p in FOLDER.glob("*/expected.json"))


@dataclass(frozen=True, slots=True)
class Old:
    """The files of one version, copied to where they may be written to, and what is known of them."""

    folder: Path
    said: dict[str, Any]

    @property
    def passphrase(self) -> str:
        return str(self.said["passphrase"])

    def head(self) -> Session:
        return vaults.unlock_vault(self.folder / "head-vault", self.passphrase)

    def headquarters(self) -> Session:
        upkeep.restore(self.folder / "hq.ftbackup", self.folder / "hq", self.passphrase)
        return vaults.unlock_vault(self.folder / "hq", self.passphrase)


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Old:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = Path(shutil.copytree(FOLDER / request.param, tmp_path / "old"))
    return Old(folder, json.loads((folder / "expected.json").read_text("utf-8")))


def test_there_are_files_of_the_first_format() -> None:
    assert "format-1" in VERSIONS


def test_nobody_has_touched_the_files(old: Old) -> None:
    there = {p.relative_to(old.folder).as_posix(): digest(p.read_bytes()) for p in old.folder.rglob("*") if p.is_file()}
    there.pop("expected.json")
    assert there == old.said["files"]


def test_a_vault_says_what_it_said_then_and_so_does_what_is_made_again_from_its_log(old: Old) -> None:
    session = old.head()
    try:
        assert facts(session) == old.said["head"]
        checked = upkeep.check(session)
        assert (checked.faults, checked.changes) == ((), old.said["head"]["changes"])
        session.store.rebuild()
        assert facts(session) == old.said["head"]
        hits = records.search(session, "Хаттама")
        assert TEXTS[0] in str([session.store.get(h.id) for h in hits])
        (attachment,) = session.store.list_("attachment")
        attachments.save_attachment(session, attachment.id, old.folder / "saved.txt")
        assert (old.folder / "saved.txt").read_bytes() == ATTACHED
    finally:
        session.close()


def test_the_recovery_sheet_opens_the_vault(old: Old) -> None:
    typed = upkeep.groups_in((old.folder / "recovery-sheet.txt").read_text("utf-8"))
    session = vaults.unlock_with_recovery(old.folder / "head-vault", typed)
    assert facts(session) == old.said["head"]
    session.close()


def test_a_backup_is_put_back_and_takes_in_an_old_bundle(old: Old) -> None:
    session = old.headquarters()
    try:
        assert facts(session) == old.said["hq"]
        taken = importing.import_file(session, old.folder / "work.ftbundle")
        assert (taken.error, taken.held, taken.conflicts) == (None, 0, 1)
        assert facts(session) == old.said["hq with the bundle"]
        assert upkeep.check(session).faults == ()
        again = importing.import_file(session, old.folder / "work.ftbundle")
        assert again.known
        assert TEXTS[2] not in str(session.store.list_("note"))  # it was redacted before the backup
    finally:
        session.close()


def test_an_old_receipt_confirms_what_the_vault_has_sent(old: Old) -> None:
    session = old.head()
    try:
        visit = old.said["visit"]
        headquarters = [c for c in reading_cards(session, visit) if c.name == HEADQUARTERS]
        written = {f.hash for f in session.store.segments(visit) if f.key == session.key}
        assert not written <= exchange.confirmed_by_all(session, visit, headquarters)
        assert importing.import_file(session, old.folder / "receipt.ftreceipt").kind == "receipt"
        assert written <= exchange.confirmed_by_all(session, visit, headquarters)
    finally:
        session.close()


def test_an_old_request_gets_a_card_of_the_team_and_one_under_the_old_root(old: Old) -> None:
    session = old.headquarters()
    try:
        request = (old.folder / "newcomer.ftrequest").read_bytes()
        asked = people.add_person(session, request, visit=old.said["visit"], role=Role.EXPERT)
        assert asked.name == NEWCOMER
        card = people.add_headquarters(session, request, old.passphrase, visit=old.said["visit"])
        assert card.name == NEWCOMER
    finally:
        session.close()


@pytest.mark.parametrize("name", ["work.ftbundle", "receipt.ftreceipt", "newcomer.ftrequest", "summary.pdf"])
def test_whoever_holds_the_root_and_the_key_of_headquarters_can_prove_an_old_file(old: Old, name: str) -> None:
    reader = verifying.read_identity(old.folder / "hq-recipient.key")
    found = verifying.verify_file(old.folder / name, root=(old.folder / "root.pem").read_bytes(), readers=[reader])
    assert (found.error, found.exit_code) == (None, 0)


def test_an_old_bundle_with_one_byte_changed_is_refused(old: Old) -> None:
    path = old.folder / "work.ftbundle"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    session = old.headquarters()
    try:
        (result,) = importing.import_paths(session, [path])
        assert result.error is not None
        assert result.error.code == "bundle-altered"
        assert facts(session) == old.said["hq"]
    finally:
        session.close()
