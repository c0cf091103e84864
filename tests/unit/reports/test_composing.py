"""What a summary says of the sample visit, and that it says it purely."""

from __future__ import annotations

import json

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.reports.compose import compose_summary
from fieldtool.reports.document import Edition, VisitSummary
from fieldtool.reports.record import record_json
from tests.unit.reports.sample import Visit, material, sample_material, sample_visit

INTERNAL = compose_summary(sample_material())


def figure(summary: VisitSummary, name: str) -> int:
    return next(f.value for f in summary.figures if f.name == name)


def test_the_numbers_at_a_glance_are_counted_from_what_is_shown() -> None:
    # Of 11 meetings, 19 notes: two meetings with a note each are marked above the visit's ceiling.
    assert (figure(INTERNAL, "figure-meetings"), figure(INTERNAL, "figure-notes")) == (9, 17)
    assert (figure(INTERNAL, "figure-recommendations"), figure(INTERNAL, "figure-positions")) == (25, 8)
    assert (figure(INTERNAL, "figure-progress"), figure(INTERNAL, "figure-assistance"), figure(INTERNAL, "figure-actions")) == (3, 3, 2)
    assert INTERNAL.omitted == (("meeting", 2), ("note", 2))


def test_composing_twice_gives_the_same_record() -> None:
    assert record_json(compose_summary(sample_material())) == record_json(INTERNAL)


def test_the_order_of_records_does_not_matter() -> None:
    visit, entity, team = sample_visit()
    for records in visit.records.values():
        records.reverse()
    assert record_json(compose_summary(material(visit, entity, team))) == record_json(INTERNAL)


def test_a_key_names_report_class_and_number() -> None:
    assert INTERNAL.recommendations[0].key == "KAZ-2021-PAR-P-01"
    assert INTERNAL.recommendations[24].key == "KAZ-2021-PAR-O-25"


def test_official_status_stands_with_its_source_and_the_link_it_came_by() -> None:
    (status,) = INTERNAL.recommendations[8].statuses
    assert (status.value.word, status.set_by, status.date, status.via) == (
        "partially implemented",
        "KAZ-2021-PAR",
        "2021-03-26",
        "KAZ-2016-PAR-O-09",
    )
    assert status.link is not None
    assert status.link.word == "same as"


def test_meeting_numbers_follow_the_start_and_keep_their_gaps_inside_the_organisation() -> None:
    assert [m.number for m in INTERNAL.meetings] == [1, 2, 3, 4, 5, 6, 7, 8, 11]


def test_a_protected_meeting_shows_the_type_of_interlocutor_only() -> None:
    meeting = INTERNAL.meetings[4]
    assert meeting.protected
    assert [p.name for p in meeting.parties] == ["Parliament"]
    assert (meeting.place, meeting.interpreter, meeting.attendees) == ("", "", ())


def test_a_name_on_record_is_given_in_both_scripts() -> None:
    assert INTERNAL.notes[2].source == "Айгүл Сәрсенова (Aigul Sarsenova), Member of the Commission (sample)"


def test_own_assessments_have_no_source() -> None:
    own = [n for n in INTERNAL.notes if n.kind.word == "expert assessment"]
    assert [n.source for n in own] == [""]


def test_two_languages_stand_side_by_side() -> None:
    both = compose_summary(sample_material(languages=("en", "ru")))
    assert both.cover.country == "Kazakhstan / Казахстан"
    assert both.notes[0].kind.text == "Statement / Заявление"
    assert both.notes[0].text == INTERNAL.notes[0].text


def test_private_deleted_and_other_visits_records_are_not_there() -> None:
    visit, entity, team = sample_visit()
    meeting = visit.records["meeting"][0].id
    other = visit.add("visit", {"reference": "KAZ-2023-1", "country": "KAZ"})
    visit.add("note", {"visit": entity, "meeting": meeting, "kind": "statement", "text": "private words", "private": True})
    visit.add("note", {"visit": other, "meeting": meeting, "kind": "statement", "text": "words of another visit"})
    content = record_json(compose_summary(material(visit, entity, team))).content.decode()
    assert "private words" not in content
    assert "words of another visit" not in content
    assert content == record_json(INTERNAL).content.decode()


def test_joined_institutions_count_as_one_under_either_id() -> None:
    visit, entity, team = sample_visit()
    ministry = visit.records["institution"][0].id
    twin = visit.add(
        "institution", {"name": {"fr": "Ministère des affaires étrangères"}, "type": "ministry of foreign affairs", "same_as": [ministry]}
    )
    visit.change(visit.records["meeting"][0].id, institutions=[ministry, twin])
    summary = compose_summary(material(visit, entity, team))
    assert [p.name for p in summary.meetings[0].parties] == ["Ministry of Foreign Affairs"]


def test_a_joined_meeting_takes_the_strictest_rule_of_all() -> None:
    visit, entity, team = sample_visit()
    first = visit.records["meeting"][0].id
    strict = {
        "visit": entity,
        "start": "2022-04-11T09:30",
        "attribution": "Chatham House",
        "marking": "internal",
        "same_as": [first],
        "institutions": [],
    }
    visit.add("meeting", strict)
    summary = compose_summary(material(visit, entity, team))
    assert len(summary.meetings) == len(INTERNAL.meetings)
    assert summary.meetings[0].protected
    assert summary.notes[0].source == "Ministry of foreign affairs, not to be named"


@pytest.mark.parametrize(
    ("own", "relaxed", "expected"),
    [
        (None, False, "on record by institution"),
        ("on record by name", False, "on record by institution"),  # less strict, not confirmed by the head
        ("on record by name", True, "on record by name"),
        ("off the record", False, "off the record"),
        ("a term of a later version", False, "internal only"),
    ],
)
def test_a_notes_attribution_is_its_meetings_or_stricter(own: str | None, relaxed: bool, expected: str) -> None:
    visit, entity, team = sample_visit()
    note = visit.records["note"][0]
    visit.change(note.id, attribution=own, attribution_relaxed=relaxed)
    assert compose_summary(material(visit, entity, team)).notes[0].attribution.word == expected


def test_a_note_whose_meeting_is_gone_counts_as_strictest_and_is_left_out() -> None:
    visit, entity, team = sample_visit()
    visit.add("note", {"visit": entity, "meeting": "0" * 8 + "-0000-7000-8000-000000000001", "kind": "statement", "text": "orphaned words"})
    summary = compose_summary(material(visit, entity, team))
    assert "orphaned words" not in record_json(summary).content.decode()
    assert ("note", 3) in summary.omitted


def test_an_empty_visit_makes_a_summary() -> None:
    visit = Visit()
    entity = visit.add("visit", {"reference": "X-1", "country": "XXX", "start": "2022-01-01", "end": "2022-01-02"})
    summary = compose_summary(material(visit, entity, ()))
    assert summary.recommendations == ()
    assert summary.cover.country == "XXX"


def test_a_visit_that_is_not_there_is_refused() -> None:
    visit, _, team = sample_visit()
    with pytest.raises(KnownError, match="no visit"):
        compose_summary(material(visit, EntityId("0" * 8 + "-0000-7000-8000-000000000009"), team))


def test_editions_that_leave_the_organisation_hold_public_content_without_ids() -> None:
    shareable = compose_summary(sample_material(Edition.SHAREABLE))
    assert [n.text[:10] for n in shareable.notes] == ["The office"]
    assert [m.parties[0].name for m in shareable.meetings] == ["Ombudsperson"]
    assert shareable.further_meetings == ((None, 10),)
    assert shareable.omitted == ()
    record = json.loads(record_json(shareable).content)
    ids = [
        v
        for part in ("notes", "meetings", "recommendations", "actions", "reports")
        for item in record[part]
        for k, v in item.items()
        if k.endswith("id")
    ]
    assert set(ids) == {""}


def test_a_quote_that_was_not_cleared_stays_inside() -> None:
    visit, entity, team = sample_visit()
    meeting = visit.add(
        "meeting",
        {"visit": entity, "start": "2022-04-14T15:00", "attribution": "on record by institution", "marking": "public", "institutions": []},
    )
    visit.add("note", {"visit": entity, "meeting": meeting, "kind": "quote", "text": "«Not yet cleared»", "speakers": []})
    visit.add(
        "note", {"visit": entity, "meeting": meeting, "kind": "quote", "text": "«Cleared»", "cleared_by_speaker": True, "speakers": []}
    )
    shareable = record_json(compose_summary(material(visit, entity, team, Edition.SHAREABLE))).content.decode()
    assert "«Cleared»" in shareable
    assert "«Not yet cleared»" not in shareable
    assert "«Not yet cleared»" in record_json(compose_summary(material(visit, entity, team))).content.decode()


def test_a_type_of_which_there_is_one_is_not_shown_outside() -> None:
    visit, entity, team = sample_visit()
    court = next(i.id for i in visit.records["institution"] if i.fields["type"] == "court")
    citizens = next(i.id for i in visit.records["institution"] if i.fields["type"] == "citizen observers")
    for institution in (court, citizens, citizens):
        fields = {
            "visit": entity,
            "start": "2022-04-14T15:00",
            "attribution": "Chatham House",
            "marking": "public",
            "institutions": [institution],
        }
        meeting = visit.add("meeting", fields)
        visit.add(
            "note", {"visit": entity, "meeting": meeting, "kind": "statement", "text": f"Said by {institution}", "speakers": [institution]}
        )
    shareable = compose_summary(material(visit, entity, team, Edition.SHAREABLE))
    sources = {n.text.removeprefix("Said by "): n.source for n in shareable.notes if n.text.startswith("Said by")}
    assert sources == {court: "an interlocutor", citizens: "Citizen observers, not to be named"}
    assert [(label.word if label else None, n) for label, n in shareable.further_meetings] == [(None, 10), ("citizen observers", 3)]
