"""What read models take from links and counts equals what the records themselves say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldtool.services import records, vaults
from fieldtool.services.screens.headquarters import headquarters_model
from fieldtool.services.screens.names import Names, NoteLinks, texts
from fieldtool.services.screens.visit import visit_model
from fieldtool.services.session import Session
from tests.ui.vaults import PASSPHRASE, Made

FAR_FUTURE = "2099-01-01T00:00"


@pytest.fixture
def session(disputed: Made, vault: Path) -> Iterator[Session]:
    opened = vaults.unlock_vault(vault, PASSPHRASE)
    yield opened
    opened.close()


def test_links_say_what_the_notes_say(session: Session, disputed: Made) -> None:
    gone, kept = session.store.list_("note", visit=disputed.visit)[:2]
    records.delete_record(session, gone.id)
    records.edit_record(session, kept.id, {"recommendations": []})
    links, notes = NoteLinks.read(session, disputed.visit), session.store.list_("note", visit=disputed.visit)
    assert links.per_meeting() == Counter(str(n.fields["meeting"]) for n in notes)
    assert links.per_recommendation() == Counter(r for n in notes for r in texts(n.fields.get("recommendations")))
    assert session.store.made_by("note", disputed.visit) == Counter(n.made_by for n in notes)


def test_names_are_read_once_until_something_is_written(session: Session) -> None:
    names = Names.of(session, "en")
    assert Names.of(session, "en") is names
    assert Names.of(session, "ru") is not names
    person = next(iter(names.people))
    records.edit_record(session, person, {"name": "Somebody Else"})
    assert Names.of(session, "en").people[person].name == "Somebody Else"
    assert names.people[person].name != "Somebody Else"


def test_a_vault_without_that_visit_has_no_links(session: Session) -> None:
    from fieldtool.domain.ids import LIBRARY

    assert NoteLinks.read(session, LIBRARY).notes == ()
    assert session.store.made_by("note", LIBRARY) == {}


def test_every_count_of_coverage_is_a_note_of_that_meeting(session: Session, disputed: Made) -> None:
    from fieldtool.services.screens.meetings import moment

    now = moment(FAR_FUTURE)
    assert now is not None
    model = visit_model(session, disputed.visit, "en", now)
    assert model is not None
    meetings = {m.id: m for d in model.days for m in d.meetings}
    wanted: Counter[tuple[str, str]] = Counter()
    for note in session.store.list_("note", visit=disputed.visit):
        for recommendation in texts(note.fields.get("recommendations")):
            for kind in meetings[note.fields["meeting"]].types:  # type: ignore[index]  # a link field
                wanted[recommendation, kind] += 1
    found = {
        (row.name.id, kind): cell.notes for row in model.coverage for kind, cell in zip(model.types, row.cells, strict=True) if cell.notes
    }
    assert found == dict(wanted)


def test_headquarters_counts_every_recommendation_once(session: Session) -> None:
    model = headquarters_model(session, "en")
    assert sorted(sum(n for _, n in report.counts) for report in model.reports) == [2, 25]
