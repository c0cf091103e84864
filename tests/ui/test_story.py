"""One visit from the first meeting to headquarters: four people, the real program, real keys, and files carried between them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import KeyHash
from fieldtool.services import attachments, conflicts, exchange, importing, people, records, sample, vaults
from fieldtool.services.demo import list_digests
from fieldtool.services.session import Session
from tests.ui.person import Person
from tests.ui.vaults import PASSPHRASE
from tests.unit.cli.commands import run

pytestmark = [pytest.mark.display, pytest.mark.slow]
NAMES = {"hq": sample.HEADQUARTERS, "head": sample.HEAD, "nino": sample.NINO, "tomas": sample.TOMAS}


class Team:
    """Four laptops, and a stick that goes from one to the other."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder, self.display = folder, display

    @contextmanager
    def sits_down(self, who: str) -> Iterator[Desk]:
        """Somebody starts the program and unlocks their vault; at the end they close it."""
        person = Person(self.folder / f"home of {who}", self.folder / who, self.display)
        try:
            person.rest()
            person.unlock()
            yield Desk(person, self.folder)
        finally:
            person.close()
        assert person.process.returncode == 0

    @contextmanager
    def looks_into(self, who: str) -> Iterator[Session]:
        """What a vault holds while nobody sits before it."""
        session = vaults.unlock_vault(self.folder / who, PASSPHRASE)
        try:
            yield session
        finally:
            session.close()


class Desk:
    """What people do, in the words they would use."""

    def __init__(self, person: Person, stick: Path) -> None:
        self.person, self.stick = person, stick

    def notes_in_the_next_meeting(self, words: str, recommendation: str) -> None:
        self.person.press("ctrl+n")
        self.person.type(f"{words} #{recommendation}")
        self.person.rest()
        self.person.press("Return", "Return")

    def corrects_where_it_was(self, place: str) -> None:
        self.person.press("ctrl+d")
        self.person.step(6)
        self.person.press("ctrl+a")
        self.person.type(place)
        self.person.press("ctrl+Return")

    def hands_over(self, name: str) -> Path:
        path = self.stick / name
        self.person.press("ctrl+6", "ctrl+shift+h", "Return")
        self.person.names_file(path)
        self.person.press("Return")  # “I have handed it over”
        return path

    def takes_in(self, *files: Path) -> None:
        self.person.press("ctrl+6", "ctrl+o")
        self.person.names_file(*files)
        self.person.press("Return", "Return")

    def settles_the_conflict_by_taking_the_first_version(self) -> None:
        self.person.press("ctrl+6", "Tab", "Return", "alt+1")

    def signs(self, name: str) -> Path:
        path = self.stick / name
        self.person.press("ctrl+5", "ctrl+shift+s")
        self.person.type(PASSPHRASE)
        self.person.press("Return")
        self.person.names_file(path)
        return path


@pytest.fixture
def team(tmp_path: Path, virtual_display: str) -> Team:
    """Headquarters has planned the visit; the head and two experts have their cards and the agenda."""
    sessions = {
        who: vaults.create_vault(
            tmp_path / who, PASSPHRASE, name=name, organisation=sample.ORGANISATION if who == "hq" else None, installation=who
        ).session
        for who, name in NAMES.items()
    }
    content, hq = sample.load_sample(), sessions["hq"]
    sample.enter_library(hq, content)
    sample.enter_visit(hq, content)
    for who in ("head", "nino", "tomas"):
        role = Role.HEAD if who == "head" else Role.EXPERT
        people.add_person(hq, people.identity_request(sessions[who]), visit=content.visit, role=role)
    sample.enter_agenda(hq, content)
    exchange.export_bundle(hq, tmp_path / "visit.ftbundle", to=["team"])
    for who in ("head", "nino", "tomas"):
        importing.import_file(sessions[who], tmp_path / "visit.ftbundle", expect_root=people.fingerprint(KeyHash(hq.org)).digits)
    for session in sessions.values():
        session.close()
    return Team(tmp_path, virtual_display)


def test_a_visit_from_the_first_meeting_to_headquarters(team: Team) -> None:
    with team.sits_down("nino") as nino:
        nino.notes_in_the_next_meeting("They will publish the minutes", "P-06")
        nino.corrects_where_it_was("Room 4")
        from_nino = nino.hands_over("nino-1.ftbundle")
    with team.sits_down("tomas") as tomas:
        tomas.notes_in_the_next_meeting("The minutes stay closed", "P-06")
        tomas.corrects_where_it_was("Room 5")
        from_tomas = tomas.hands_over("tomas-1.ftbundle")

    with team.sits_down("head") as head:
        head.takes_in(from_tomas, from_nino)
        head.settles_the_conflict_by_taking_the_first_version()
        summary = head.signs("summary.pdf")
        from_head = head.hands_over("head-1.ftbundle")
    with team.looks_into("head") as session:
        said = json.loads(json.dumps([records.record_json(session, r) for r in records.list_records(session, "notes")]))
        assert conflicts.list_conflicts(session) == []
        (about,) = (r for r in records.list_records(session, "recommendations") if r.fields["number"] == 6)
    assert {n["text"]: n["made"]["by"] for n in said} == {
        "They will publish the minutes": sample.NINO, "The minutes stay closed": sample.TOMAS,
    }  # fmt: skip
    assert [n["recommendations"] for n in said] == [[about.id], [about.id]]

    with team.sits_down("hq") as officer:
        officer.takes_in(from_head, summary)
    with team.looks_into("hq") as session, team.looks_into("head") as theirs:
        (kept,) = records.list_records(session, "attachments")
        attachments.save_attachment(session, kept.id, team.folder / "kept.pdf")
        assert (team.folder / "kept.pdf").read_bytes() == summary.read_bytes()
        (signed,) = records.list_records(session, "summaries")
        assert signed.fields["sha256"] == hashlib.sha256(summary.read_bytes()).hexdigest()
        here, there = list_digests(session), list_digests(theirs)
        assert {k: v for k, v in here.items() if k != "attachments"} == {k: v for k, v in there.items() if k != "attachments"}
    (team.folder / "root.pem").write_bytes(root_of(team))
    verdict = run("--json", "verify", summary, "--trust", team.folder / "root.pem")
    assert (verdict.code, verdict.json["files"][0]["facts"]["signer"]) == (0, sample.HEAD)


def root_of(team: Team) -> bytes:
    with team.looks_into("hq") as session:
        return vaults.root_pem(session)
