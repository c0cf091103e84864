"""What Ctrl+K finds, in which order: kinds as people look for them, the newest of each first, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from fieldtool.domain.ids import EntityId
from fieldtool.services import attachments, comments, recording, records, upkeep, vaults
from fieldtool.services.screens.find import LIMIT, Found, find
from fieldtool.services.session import Session

VISIT = {"reference": "V1", "country": "KAZ", "start": "2022-04-11", "end": "2022-04-15", "timezone": "Asia/Almaty"}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A vault with one recommendation that is older than more notes than are listed, all with the same word."""
    clock = count(1_650_000_000_000, 1000)
    folder = tmp_path_factory.mktemp("find") / "vault"
    passphrase = "six patient storks walk home"
    made = vaults.create_vault(folder, passphrase, name="Nino", organisation="Sample", clock=lambda: next(clock)).session
    (report,) = records.add_records(made, "report", [{"reference": "R", "title": "Gazelle report"}]).ids
    records.add_records(made, "recommendation", [{"report": report, "number": 1, "class": "priority", "text": "Count every gazelle."}])
    (visit,) = records.add_records(made, "visit", [dict(VISIT)]).ids
    notes = [{"visit": visit, "kind": "statement", "text": f"gazelle {n}"} for n in range(LIMIT + 5)]
    records.add_records(made, "note", notes)  # in one unit of work, as an import brings them
    comments.write_comment(made, visit, "Which gazelle?", section="obstacles")
    yield made
    made.close()


def found(session: Session) -> list[Found]:
    return find(session, "gazelle", EntityId(session.visits()[0].id), "en")


def test_kinds_come_as_they_are_looked_for_and_old_ones_are_not_lost_behind_new_notes(session: Session) -> None:
    kinds = [f.kind for f in found(session)]
    assert list(dict.fromkeys(kinds)) == ["recommendation", "note", "comment", "report"]
    assert kinds.count("note") == LIMIT


def test_the_newest_come_first_also_among_those_of_one_moment(session: Session) -> None:
    notes = [f.title for f in found(session) if f.kind == "note"]
    assert notes == [f"gazelle {n}" for n in range(LIMIT + 4, 4, -1)]
    assert found(session) == found(session)
    oldest = min(records.list_records(session, "note"), key=lambda n: n.id)
    records.edit_record(session, oldest.id, {"text": "gazelle, corrected"})
    assert next(f.title for f in found(session) if f.kind == "note") == "gazelle, corrected"


def test_a_file_is_called_by_its_name(session: Session) -> None:
    attachments.attach_bytes(session, EntityId(session.visits()[0].id), "waterhole.txt", b"dry", source="A ranger")
    (line,) = find(session, "waterhole", EntityId(session.visits()[0].id), "en")
    assert (line.kind, line.title, line.detail) == ("attachment", "waterhole.txt", "A ranger")


def test_where_the_window_stood_is_no_half_written_text(session: Session) -> None:
    for key, words in (("window/place", "visit"), ("line/m", "The commission th")):
        recording.keep_draft(session, key, words)
    assert upkeep.departure(session).unsaved == 1
