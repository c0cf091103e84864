"""Notes joined and moved: nothing said is lost, no rule is loosened, nothing private travels, one undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import arranging, records, vaults
from fieldtool.services.session import Session

ORIGIN = "test"
VISIT = {"reference": "V1", "country": "KAZ", "start": "2022-04-11", "end": "2022-04-15", "timezone": "Asia/Almaty"}


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    made = vaults.create_vault(
        tmp_path_factory.mktemp("arranging") / "vault", "six patient storks walk home", name="Nino", organisation="Sample"
    )
    yield made.session
    made.session.close()


@pytest.fixture(scope="module")
def visit(session: Session) -> EntityId:
    return records.add_records(session, "visit", [dict(VISIT)]).ids[0]


class Desk:
    """A meeting with notes, and what one asks of them."""

    def __init__(self, session: Session, visit: EntityId, **rules: JsonValue) -> None:
        self.session, self.visit = session, visit
        self.meeting = self.meet(**({"attribution": "on record by name", "marking": "public"} | rules))

    def meet(self, **fields: JsonValue) -> EntityId:
        wanted: dict[str, JsonValue] = {"visit": self.visit, "start": "2022-04-11T09:00", **fields}
        return records.add_records(self.session, "meeting", [wanted]).ids[0]

    def note(self, text: str, minute: int = 0, **fields: JsonValue) -> EntityId:
        wanted: dict[str, JsonValue] = {
            "visit": self.visit, "meeting": self.meeting, "kind": "statement", "text": text, "at": f"2022-04-11T09:{minute:02d}", **fields,
        }  # fmt: skip
        return records.add_records(self.session, "note", [wanted]).ids[0]

    def fields(self, note: EntityId) -> dict[str, JsonValue]:
        return records.get_record(self.session, note).fields

    def texts(self, meeting: EntityId | None = None) -> list[JsonValue]:
        notes = [n for n in records.list_records(self.session, "note") if n.fields["meeting"] == (meeting or self.meeting)]
        return [n.fields["text"] for n in arranging.in_order(notes)]

    def join(self, upper: EntityId, lower: EntityId) -> None:
        arranging.merge_notes(self.session, upper, lower, origin=ORIGIN)

    def move(self, note: EntityId, by: int) -> None:
        arranging.move_note(self.session, note, by, origin=ORIGIN)


@pytest.fixture
def desk(session: Session, visit: EntityId) -> Desk:
    return Desk(session, visit)


def test_two_notes_become_one_with_everything_of_both(desk: Desk) -> None:
    people = records.add_records(desk.session, "person", [{"name": "A. Judge"}, {"name": "B. Clerk"}], visit=desk.visit).ids
    upper = desk.note("They will publish", speakers=[people[0]], through_interpreter=False, unnamed_speakers=["a clerk"])
    lower = desk.note("the minutes.", 1, speakers=[people[1]], through_interpreter=True, unnamed_speakers=["a guard"])
    desk.join(upper, lower)
    joined = desk.fields(upper)
    assert desk.texts() == ["They will publish the minutes."]
    assert set(joined["speakers"]) == set(people)  # type: ignore[arg-type]
    assert joined["unnamed_speakers"] == ["a clerk", "a guard"]
    assert joined["through_interpreter"] is True
    assert joined["at"] == "2022-04-11T09:00"
    said = [h.value for h in records.history(desk.session, lower) if h.field == "text"]
    assert said == ['"the minutes."']  # still there, under its author's name


def test_one_undo_takes_the_whole_joining_back_and_one_more_brings_it_again(desk: Desk) -> None:
    upper, lower = desk.note("One."), desk.note("Two.", 1)
    desk.join(upper, lower)
    records.undo(desk.session, origin=ORIGIN)
    assert desk.texts() == ["One.", "Two."]
    records.undo(desk.session, origin=ORIGIN)
    assert desk.texts() == ["One. Two."]


def test_lines_stay_lines(desk: Desk) -> None:
    upper = desk.note("First:\n- one")
    desk.join(upper, desk.note("- two", 1))
    assert desk.texts() == ["First:\n- one\n- two"]


@pytest.mark.parametrize(
    ("first", "second", "attribution", "marking"),
    [
        ({}, {}, None, None),
        ({"attribution": "background"}, {}, "background", None),
        ({}, {"attribution": "off the record", "marking": "confidential"}, "off the record", "confidential"),
        (
            {"attribution": "Chatham House", "marking": "restricted"},
            {"attribution": "background", "marking": "internal"},
            "background",
            "restricted",
        ),
    ],
)
def test_the_stricter_rule_and_marking_hold(
    desk: Desk, first: dict[str, JsonValue], second: dict[str, JsonValue], attribution: str | None, marking: str | None
) -> None:
    upper = desk.note("One.", 0, **first)
    desk.join(upper, desk.note("Two.", 1, **second))
    assert (desk.fields(upper).get("attribution"), desk.fields(upper).get("marking")) == (attribution, marking)


@pytest.mark.parametrize("freed", ["attribution_relaxed", "cleared_by_speaker"])
def test_what_one_of_them_was_freed_from_is_no_freedom_of_both(desk: Desk, freed: str) -> None:
    free, bound = desk.note("Free.", 0, **{freed: True}), desk.note("Bound.", 1)
    desk.join(free, bound)
    assert desk.fields(free)[freed] is False
    bound, free = desk.note("Bound.", 2), desk.note("Free.", 3, **{freed: True})
    desk.join(bound, free)
    assert desk.fields(bound).get(freed) is not True


def test_what_refers_to_the_lower_note_refers_to_the_joined_one(desk: Desk) -> None:
    upper, lower = desk.note("One."), desk.note("Two.", 1)
    wanted: dict[str, JsonValue] = {"visit": desk.visit, "record": lower, "text": "Is that so?"}
    comment = records.add_records(desk.session, "comment", [wanted]).ids[0]
    desk.join(upper, lower)
    assert desk.fields(comment)["record"] == upper


def test_what_must_not_become_one_stays_two_and_nothing_changes(desk: Desk) -> None:
    said, thought = desk.note("They said so."), desk.note("I doubt it.", 1, kind="expert assessment")
    mine, gone = desk.note("For me alone.", 2, private=True), desk.note("Gone.", 3)
    records.delete_record(desk.session, gone)
    other = Desk(desk.session, desk.visit).note("Elsewhere.")
    before = [len(records.history(desk.session, n)) for n in (said, thought, mine, gone, other)]
    for upper, lower, code in (
        (said, thought, "notes-of-two-kinds"),
        (thought, said, "notes-of-two-kinds"),
        (said, mine, "notes-of-two-places"),
        (mine, said, "notes-of-two-places"),
        (said, other, "notes-of-two-meetings"),
        (said, said, "notes-of-two-meetings"),
        (said, gone, "record-unknown"),
        (said, desk.meeting, "record-unknown"),
    ):
        with pytest.raises(KnownError) as error:
            desk.join(upper, lower)
        assert error.value.code == code
    assert [len(records.history(desk.session, n)) for n in (said, thought, mine, gone, other)] == before


def test_a_note_moves_past_its_neighbours_and_back(desk: Desk) -> None:
    a, b, c = desk.note("A"), desk.note("B"), desk.note("C", 1)  # A and B in the same minute
    desk.move(c, -1)
    assert desk.texts() == ["A", "C", "B"]
    desk.move(c, -1)
    assert desk.texts() == ["C", "A", "B"]
    desk.move(c, -1)  # there is nothing above
    assert desk.texts() == ["C", "A", "B"]
    desk.move(a, 1)
    desk.move(a, 1)
    assert desk.texts() == ["C", "B", "A"]
    assert desk.fields(c)["at"] == "2022-04-11T09:01"
    records.undo(desk.session, origin=ORIGIN)
    desk.move(b, 1)
    desk.note("D", 2)
    assert desk.texts() == ["C", "B", "A", "D"] or desk.texts() == ["C", "A", "B", "D"]


def test_no_shared_note_takes_its_place_from_a_private_one(desk: Desk) -> None:
    a, mine, b = desk.note("A"), desk.note("mine", 1, private=True), desk.note("B", 2)
    desk.move(b, -1)
    assert desk.texts() == ["A", "B", "mine"]
    desk.move(a, 1)
    desk.move(a, 1)
    assert desk.texts() == ["B", "mine", "A"]
    desk.move(a, -1)
    desk.move(b, 1)
    assert desk.texts()[1:] != ["mine"]
    for shared in (a, b):
        assert mine not in str([h.value for h in records.history(desk.session, shared)])


@pytest.mark.parametrize(
    ("here", "own", "there", "becomes"),
    [
        ("background", None, "on record by name", "background"),  # the rule under which it was said goes with it
        ("on record by name", None, "background", None),  # the new meeting's rule is the stricter one already
        ("on record by name", "off the record", "background", "off the record"),
        ("on record by name", "Chatham House", "background", None),  # its own word would free it from the new meeting's
        ("on record by name", "background", "background", "background"),
    ],
)
def test_a_note_in_another_meeting_is_never_freer(
    session: Session, visit: EntityId, here: str, own: str | None, there: str, becomes: str | None
) -> None:
    desk = Desk(session, visit, attribution=here)
    other = desk.meet(attribution=there, marking="public")
    note = desk.note("Said.", attribution=own, order="~")
    arranging.move_to_meeting(session, note, other, origin=ORIGIN)
    assert (desk.texts(), desk.texts(other)) == ([], ["Said."])
    assert desk.fields(note).get("attribution") == becomes
    assert desk.fields(note).get("order") is None
    records.undo(session, origin=ORIGIN)
    assert (desk.texts(), desk.fields(note).get("attribution")) == (["Said."], own)


def test_a_note_goes_to_no_other_visit_and_to_no_other_kind_of_record(desk: Desk) -> None:
    note = desk.note("Said.")
    elsewhere = records.add_records(desk.session, "visit", [VISIT | {"reference": "V2"}]).ids[0]
    for target in (Desk(desk.session, elsewhere).meeting, note, desk.visit):
        with pytest.raises(KnownError) as error:
            arranging.move_to_meeting(desk.session, note, target, origin=ORIGIN)
        assert error.value.code == "notes-of-two-meetings"
    assert desk.texts() == ["Said."]
