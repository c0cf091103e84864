"""Two visits to one country: what one team edits of headquarters' library reaches the other, and no copy of it passes for an opinion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import EntityId, KeyHash
from fieldtool.services import conflicts, exchange, importing, people, records, sample, vaults
from fieldtool.services.session import Session
from tests.ui.vaults import PASSPHRASE


@dataclass(slots=True)
class Country:
    """Headquarters, the heads of two visits to its country, and an institution there."""

    folder: Path
    hq: Session
    ann: Session
    bob: Session
    first: EntityId
    second: EntityId
    court: EntityId
    files: int = 0

    def give(self, sender: Session, receiver: Session, to: str, visit: EntityId) -> importing.Imported:
        """One file from one vault to the other."""
        self.files += 1
        path = self.folder / f"{self.files}.ftbundle"
        exchange.export_bundle(sender, path, to=[to], visit=visit)
        return importing.import_file(receiver, path, expect_root=people.fingerprint(KeyHash(self.hq.org)).digits)

    def to_ann(self) -> importing.Imported:
        """Headquarters tells the first team."""
        return self.give(self.hq, self.ann, "Ann Head", self.first)

    def to_bob(self) -> importing.Imported:
        """Headquarters tells the second team."""
        return self.give(self.hq, self.bob, "Bob Head", self.second)

    def kind_of_court(self) -> list[object]:
        """What each of the three says that it is."""
        found = [s.store.get(self.court) for s in (self.hq, self.ann, self.bob)]
        return [r.fields["type"] if r is not None else None for r in found]


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    """Two visits planned; nothing sent yet."""
    hq = vaults.create_vault(tmp_path / "hq", PASSPHRASE, name=sample.HEADQUARTERS, organisation=sample.ORGANISATION).session
    ann = vaults.create_vault(tmp_path / "ann", PASSPHRASE, name="Ann Head", installation="laptop 1").session
    bob = vaults.create_vault(tmp_path / "bob", PASSPHRASE, name="Bob Head", installation="laptop 2").session
    content = sample.load_sample()
    sample.enter_library(hq, content)
    sample.enter_visit(hq, content)
    planned = hq.store.get(content.visit)
    assert planned is not None
    later = {**planned.fields, "reference": "KAZ-2022-2", "start": "2022-09-10", "end": "2022-09-12"}
    records.add_records(hq, "visits", [later], visit=None, origin="test", label="test")
    second = next(v.id for v in hq.visits() if v.fields["reference"] == "KAZ-2022-2")
    people.add_person(hq, people.identity_request(ann), visit=content.visit, role=Role.HEAD)
    people.add_person(hq, people.identity_request(bob), visit=second, role=Role.HEAD)
    court = next(i.id for i in hq.store.list_("institution") if i.fields.get("type") == "court")
    yield Country(tmp_path, hq, ann, bob, content.visit, second, court)
    for session in (hq, ann, bob):
        session.close()


def open_conflicts(*sessions: Session) -> list[int]:
    """How many each has to settle."""
    return [len(conflicts.list_conflicts(s)) for s in sessions]


def test_what_headquarters_edits_between_two_files_is_no_conflict_in_the_field(country: Country) -> None:
    country.to_ann()
    for kind in ("parliament", "other ministry"):
        records.edit_record(country.hq, country.court, {"type": kind})
        assert country.to_ann().conflicts == 0
    assert open_conflicts(country.hq, country.ann) == [0, 0]
    assert country.kind_of_court()[:2] == ["other ministry", "other ministry"]


def test_an_edit_of_one_team_reaches_the_other_and_is_no_conflict(country: Country) -> None:
    country.to_ann()
    country.to_bob()  # both visits run at once: each has a copy of its own
    records.edit_record(country.ann, country.court, {"type": "parliament"})
    taken = country.give(country.ann, country.hq, "hq", country.first)
    assert (taken.error, taken.conflicts) == (None, 0)
    country.to_bob()
    assert open_conflicts(country.hq, country.ann, country.bob) == [0, 0, 0]
    assert country.kind_of_court() == ["parliament"] * 3
    shown = [s.store.get(country.court) for s in (country.hq, country.ann, country.bob)]
    assert len({(r.changed_at, r.changed_by) for r in shown if r is not None}) == 1  # Ann's words, under Ann's name, everywhere


def test_a_later_visit_starts_from_what_the_earlier_one_left(country: Country) -> None:
    country.to_ann()
    records.edit_record(country.ann, country.court, {"type": "parliament"})
    country.give(country.ann, country.hq, "hq", country.first)
    country.to_bob()
    assert open_conflicts(country.hq, country.bob) == [0, 0]
    records.edit_record(country.bob, country.court, {"type": "other ministry"})
    country.give(country.bob, country.hq, "hq", country.second)
    assert open_conflicts(country.hq, country.bob) == [0, 0]
    country.to_ann()
    assert country.kind_of_court() == ["other ministry"] * 3


def test_two_teams_that_both_edit_disagree_until_somebody_settles_it(country: Country) -> None:
    country.to_ann()
    country.to_bob()
    records.edit_record(country.ann, country.court, {"type": "parliament"})
    records.edit_record(country.bob, country.court, {"type": "other ministry"})
    country.give(country.ann, country.hq, "hq", country.first)
    country.give(country.bob, country.hq, "hq", country.second)
    (conflict,) = conflicts.list_conflicts(country.hq)
    assert {h.value for h in conflict.heads} == {'"parliament"', '"other ministry"'}
    conflicts.resolve(country.hq, conflict, take=conflict.heads[0].change)
    country.to_ann()
    country.to_bob()
    assert open_conflicts(country.hq, country.ann, country.bob) == [0, 0, 0]
    assert len(set(country.kind_of_court())) == 1
