"""Nothing that an edition must hide is in it: canaries in every field of every kind, searched in every stream of every edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.fields import FieldSpec, Shape
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import KINDS
from fieldtool.reports.compose import compose_summary
from fieldtool.reports.document import Edition
from fieldtool.reports.leaks import check_file, check_summary, compose_checked
from fieldtool.reports.material import TeamCard
from fieldtool.reports.press import press_text
from fieldtool.reports.reading import every_text
from fieldtool.reports.rendering import render
from tests.unit.reports.sample import Visit, material, sample_material, sample_visit

LANGUAGES = [("en",), ("ru",), ("en", "ru")]


class Canaries:
    """Counts words that stand nowhere else, and remembers whose they are."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def word(self, place: str) -> str:
        """A fresh canary for a place."""
        canary = f"канарейка{len(self.places):04d}quail"
        self.places[canary] = place
        return canary

    def found_in(self, text: str) -> list[str]:
        """The places whose canaries stand in a text."""
        return sorted(place for canary, place in self.places.items() if canary in text)


def fill(canaries: Canaries, kind: str, field: FieldSpec) -> object:
    """A value with a canary for a field that holds text; None for the others."""
    place = f"{kind}.{field.name}"
    if field.shape in (Shape.TEXT, Shape.WORD):
        return canaries.word(place)
    if field.shape is Shape.WORDS:
        return [canaries.word(place)]
    if field.shape is Shape.NAMES:
        return {"en": canaries.word(place), "ru": canaries.word(place)}
    if field.shape is Shape.PARTS and field.name == "attendees":
        return {"a": {"name": canaries.word(place), "role": "interlocutor"}}
    if field.shape is Shape.PARTS and field.name == "questions":
        return {"q": {"text": canaries.word(place)}}
    return None


LIBRARY_KINDS = ("country", "report", "recommendation", "official_status", "visit", "card", "revocation")


Made = tuple[Visit, EntityId, tuple[TeamCard, ...], Canaries]


def planted(rule: dict[str, object]) -> Made:
    """The sample visit with one record of every kind of evidence under a rule, each text field a canary."""
    visit, entity, team = sample_visit()
    canaries = Canaries()
    recommendation = visit.records["recommendation"][0].id
    institution = visit.add("institution", {"name": fill(canaries, "institution", KINDS["institution"].fields[0]), "type": "court"})
    names = {f.name: fill(canaries, "person", f) for f in KINDS["person"].fields if f.shape is Shape.WORD}
    person = visit.add("person", {**names, "institution": institution, "protected": rule.get("protected")}, by="Tomas Lindqvist")
    texts = {f.name: fill(canaries, "meeting", f) for f in KINDS["meeting"].fields}
    fixed = {"visit": entity, "start": "2022-04-13T17:00", "state": "held", "institutions": [institution], **rule}
    meeting = visit.add("meeting", {**texts, **fixed})
    for kind in ("note", "position", "progress", "assistance", "action", "comment", "attachment"):
        texts = {f.name: fill(canaries, kind, f) for f in KINDS[kind].fields}
        links = {
            "visit": entity,
            "meeting": meeting,
            "record": meeting,
            "recommendation": recommendation,
            "recommendations": [recommendation],
        }
        terms = {
            "speakers": [person],
            "institution": institution,
            "kind": "plan announced",
            "value": "accepts",
            "stage": "announced",
            "type": "other",
        }
        both = {k: v for k, v in {**links, **terms}.items() if KINDS[kind].field(k)}
        date = {"date": "2022-04-13"} if KINDS[kind].field("date") else {}
        visit.add(kind, {**texts, **both, **date, **({"attribution": None, "marking": None} if kind == "note" else {})})
    return visit, entity, team, canaries


def streams(edition: Edition, languages: tuple[str, ...], made: Made) -> Iterator[str]:
    """Every text of an edition: the document's, or the press text."""
    visit, entity, team, _ = made
    content = material(visit, entity, team, edition, languages)
    if edition is Edition.PRESS:
        yield press_text(compose_checked(content))
        return
    yield from (text for _, text in every_text(render(compose_checked(content)).content))


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize(
    "rule",
    [
        {"attribution": "on record by name", "marking": "confidential"},
        {"attribution": "internal only", "marking": "confidential", "protected": True},
    ],
)
def test_nothing_above_the_ceiling_is_in_any_edition(edition: Edition, rule: dict[str, object]) -> None:
    made = planted(rule)
    assert made[3].found_in("\n".join(streams(edition, ("en", "ru"), made))) == []


@pytest.mark.parametrize("edition", [Edition.SHAREABLE, Edition.PRESS])
@pytest.mark.parametrize("marking", ["internal", "restricted"])
@pytest.mark.parametrize("attribution", ["on record by name", "Chatham House", "off the record"])
def test_nothing_that_is_not_public_leaves_the_organisation(edition: Edition, marking: str, attribution: str) -> None:
    made = planted({"attribution": attribution, "marking": marking})
    assert made[3].found_in("\n".join(streams(edition, ("en", "ru"), made))) == []


@pytest.mark.parametrize("edition", list(Edition))
def test_chatham_house_hides_name_and_affiliation_everywhere(edition: Edition) -> None:
    """Even of public content: what is said may be told, who said it and where may not."""
    made = planted({"attribution": "Chatham House", "marking": "public"})
    found = made[3].found_in("\n".join(streams(edition, ("en",), made)))
    identifying = {
        "institution.name",
        "person.name",
        "person.name_latin",
        "person.title",
        "meeting.place",
        "meeting.interpreter",
        "meeting.attendees",
    }
    identifying |= {"note.unnamed_speakers", "action.owner", "attachment.name", "attachment.source", "comment.text"}
    assert identifying.isdisjoint(found), found
    # The test looks at something: what may be told is there.
    assert ("note.text" in found) is True


@pytest.mark.parametrize("attribution", ["background", "off the record", "internal only"])
@pytest.mark.parametrize("edition", [Edition.SHAREABLE, Edition.PRESS])
def test_what_was_said_off_the_record_does_not_leave_even_if_marked_public(edition: Edition, attribution: str) -> None:
    made = planted({"attribution": attribution, "marking": "public"})
    found = made[3].found_in("\n".join(streams(edition, ("en",), made)))
    assert [place for place in found if not place.startswith("action.description")] == []


def test_public_words_on_record_are_shown() -> None:
    """The searches above could find something: here everything that may be shown is."""
    made = planted({"attribution": "on record by name", "marking": "public"})
    found = made[3].found_in("\n".join(streams(Edition.SHAREABLE, ("en",), made)))
    assert {"note.text", "person.name", "person.name_latin", "institution.name", "meeting.place", "meeting.summary"} <= set(found)
    assert {"comment.text", "meeting.interpreter", "attachment.name"}.isdisjoint(found)


def test_a_protected_person_is_never_named() -> None:
    made = planted({"attribution": "on record by name", "marking": "public", "protected": True})
    for edition in Edition:
        found = made[3].found_in("\n".join(streams(edition, ("en",), made)))
        assert {"person.name", "person.name_latin", "person.title"}.isdisjoint(found)


def _in_summary(visit: Visit, name: str) -> None:
    visit.change(visit.records["meeting"][0].id, summary=f"As {name} told us.")


def _in_action(visit: Visit, name: str) -> None:
    visit.change(visit.records["action"][0].id, description=f"Write to {name.upper()} again")


def _in_finding(visit: Visit, name: str) -> None:
    fields = {
        "visit": visit.records["visit"][0].id,
        "recommendation": visit.records["recommendation"][0].id,
        "text": f"({name})",
        "state": "agreed",
    }
    visit.add("finding", fields)


def _in_section(visit: Visit, name: str) -> None:
    visit.add("section", {"visit": visit.records["visit"][0].id, "section": "meetings", "language": "en", "text": f"We met {name}, too"})


@pytest.mark.parametrize("plant", [_in_summary, _in_action, _in_finding, _in_section])
def test_a_protected_name_in_free_text_refuses_the_edition_and_names_the_place(plant: Callable[[Visit, str], None]) -> None:
    visit, entity, team = sample_visit()
    plant(visit, "Protected Person One")
    with pytest.raises(KnownError) as refused:
        compose_checked(material(visit, entity, team))
    assert refused.value.code == "summary-leak"
    part = plant.__name__.removeprefix("_in_")
    assert {"summary": "meetings[1].summary", "action": "actions[1].description", "finding": "recommendations[1].finding.text"}.get(
        part, "sections[1].text"
    ) == refused.value.values["place"]


def test_an_organisation_met_in_confidence_may_be_spoken_of_inside_and_not_outside() -> None:
    visit, entity, team = sample_visit()
    _in_section(visit, "Human-rights organisation B (sample)")
    compose_checked(material(visit, entity, team))
    with pytest.raises(KnownError, match="must not"):
        compose_checked(material(visit, entity, team, Edition.SHAREABLE))


def test_a_composer_that_forgot_the_rules_is_caught() -> None:
    """The check asks the records, not the composer: the internal summary handed out as shareable is refused."""
    internal = compose_summary(sample_material())
    with pytest.raises(KnownError, match="must not"):
        check_summary(internal, sample_material(Edition.SHAREABLE))


def test_the_finished_file_is_searched_too() -> None:
    internal = render(compose_checked(sample_material()))
    shareable = compose_checked(sample_material(Edition.SHAREABLE))
    with pytest.raises(KnownError) as refused:
        check_file(internal.content, shareable)
    assert "page" in str(refused.value.values["place"]) or "object" in str(refused.value.values["place"])


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("edition", list(Edition))
def test_the_sample_visit_passes(edition: Edition, languages: tuple[str, ...]) -> None:
    compose_checked(sample_material(edition, languages))
