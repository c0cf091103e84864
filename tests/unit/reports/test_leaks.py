"""Nothing that an edition must hide is in it: canaries in every field of every kind, searched in every stream of every edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.fields import FieldSpec, Shape
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import ADMIN_KINDS, KINDS
from fieldtool.reports.compose import compose_summary
from fieldtool.reports.document import Edition
from fieldtool.reports.leaks import check_file, check_summary, compose_checked
from fieldtool.reports.material import TeamCard
from fieldtool.reports.press import press_text
from fieldtool.reports.reading import every_text
from fieldtool.reports.rendering import render
from tests.unit.reports import tools
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


# Published by headquarters or made by the head for the reader; every other kind of a visit is planted, so that a new one is not forgotten.
OPEN_KINDS = frozenset({"country", "report", "recommendation", "official_status", "visit", *ADMIN_KINDS})
NAMED_KINDS = frozenset({"institution", "person", "meeting"})  # planted by hand: the others hang on them
CLOSED = {"finding": {"state": "draft"}, "section": {"section": "obstacles", "language": "fr"}, "signed_summary": {"edition": "internal"}}
EVIDENCE = {
    "speakers": "person", "institution": "institution", "kind": "plan announced", "value": "accepts", "stage": "announced", "type": "other",
}  # fmt: skip


Made = tuple[Visit, EntityId, tuple[TeamCard, ...], Canaries]


def planted(rule: dict[str, object]) -> Made:
    """The sample visit with one record of every kind under a rule, each text field of the schema a canary."""
    visit, entity, team = sample_visit()
    canaries = Canaries()
    recommendation = visit.records["recommendation"][0].id
    known_as = {f.name: fill(canaries, "institution", f) for f in KINDS["institution"].fields}
    institution = visit.add("institution", {**known_as, "type": "court"})
    names = {f.name: fill(canaries, "person", f) for f in KINDS["person"].fields if f.shape is Shape.WORD}
    person = visit.add("person", {**names, "institution": institution, "protected": rule.get("protected")}, by="Tomas Lindqvist")
    texts = {f.name: fill(canaries, "meeting", f) for f in KINDS["meeting"].fields}
    fixed = {"visit": entity, "start": "2022-04-13T17:00", "state": "held", "institutions": [institution], **rule}
    meeting = visit.add("meeting", {**texts, **fixed})
    known: dict[str, object] = {"person": [person], "institution": institution}
    for kind in sorted(set(KINDS) - OPEN_KINDS - NAMED_KINDS):
        texts = {f.name: fill(canaries, kind, f) for f in KINDS[kind].fields}
        links: dict[str, object] = {"visit": entity, "meeting": meeting, "record": meeting, "recommendation": recommendation}
        links |= {"recommendations": [recommendation]}
        terms = {name: known.get(value, value) for name, value in EVIDENCE.items()}
        both = {k: v for k, v in {**links, **terms}.items() if KINDS[kind].field(k)}
        date = {"date": "2022-04-13"} if KINDS[kind].field("date") else {}
        rules = {"attribution": None, "marking": None} if kind == "note" else {}
        visit.add(kind, {**texts, **both, **date, **rules, **CLOSED.get(kind, {})})
    return visit, entity, team, canaries


def streams(edition: Edition, languages: tuple[str, ...], made: Made, folder: Path | None = None) -> Iterator[str]:
    """Every text of an edition: the document's as we and, in a folder, as other programs read it; or the press text."""
    visit, entity, team, _ = made
    content = material(visit, entity, team, edition, languages)
    if edition is Edition.PRESS:
        yield press_text(compose_checked(content))
        return
    document = render(compose_checked(content)).content
    yield from (text for _, text in every_text(document))
    if folder is not None:
        yield from read_by_others(document, folder)


def read_by_others(document: bytes, folder: Path) -> Iterator[str]:
    """Pages, every string (titles, bookmarks, alternative texts, names), every stream uncompressed, and the attachment."""
    file, plain = folder / "edition.pdf", folder / "plain.pdf"
    file.write_bytes(document)
    yield "".join(tools.run("pdftotext", "-raw", "-enc", "UTF-8", file, "-").split())
    yield tools.run("qpdf", "--json=2", "--json-key=qpdf", file, "-")
    tools.run("qpdf", "--qdf", "--object-streams=disable", file, plain)
    uncompressed = plain.read_bytes()
    yield uncompressed.decode("utf-8", "replace")
    yield from (uncompressed[start:].decode("utf-16-be", "replace") for start in (0, 1))
    yield tools.run("qpdf", "--show-attachment=visit.json", file)


def test_every_kind_of_record_is_planted() -> None:
    visit, _, _, canaries = planted({})
    assert set(KINDS) - OPEN_KINDS <= set(visit.records)
    texts = (Shape.TEXT, Shape.WORD, Shape.WORDS, Shape.NAMES)
    wanted = {f"{k}.{f.name}" for k in set(KINDS) - OPEN_KINDS for f in KINDS[k].fields if f.shape in texts}
    assert wanted - set(canaries.places.values()) == set()


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.SHAREABLE])
def test_other_programs_find_no_canary_either(edition: Edition, languages: tuple[str, ...], tmp_path: Path) -> None:
    """Confidential content, searched by programs that nobody here wrote; the same search finds what may be shown."""
    made = planted({"attribution": "off the record", "marking": "confidential", "protected": True})
    assert [p for p in made[3].found_in("\n".join(streams(edition, languages, made, tmp_path))) if p not in HEADS_OWN[edition]] == []
    shown = planted({"attribution": "on record by name", "marking": "public"})
    visit, entity, team, canaries = shown
    document = render(compose_checked(material(visit, entity, team, edition, languages))).content
    texts = list(read_by_others(document, tmp_path))
    pages, _, uncompressed, *_, attachment = (canaries.found_in(text) for text in texts)
    assert "KAZ-2022-1" in texts[1]
    assert "note.text" in pages
    assert "note.text" in uncompressed
    assert "note.text" in attachment


@pytest.mark.parametrize("languages", [("en",), ("ru",), ("kk",)])
def test_the_press_text_holds_no_canary_in_any_language(languages: tuple[str, ...]) -> None:
    made = planted({"attribution": "Chatham House", "marking": "restricted"})
    assert made[3].found_in("\n".join(streams(Edition.PRESS, languages, made))) == []


# What the head of the visit writes is the team's own; a draft of a finding stands in the internal edition, marked as a draft.
HEADS_OWN = {Edition.INTERNAL: {"finding.text", "finding.dissent"}, Edition.SHAREABLE: set[str](), Edition.PRESS: set[str]()}


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
    assert set(made[3].found_in("\n".join(streams(edition, ("en", "ru"), made)))) - HEADS_OWN[edition] == set()


@pytest.mark.parametrize("edition", [Edition.SHAREABLE, Edition.PRESS])
@pytest.mark.parametrize("marking", ["internal", "restricted"])
@pytest.mark.parametrize("attribution", ["on record by name", "Chatham House", "off the record"])
def test_nothing_that_is_not_public_leaves_the_organisation(edition: Edition, marking: str, attribution: str) -> None:
    made = planted({"attribution": attribution, "marking": marking})
    assert made[3].found_in("\n".join(streams(edition, ("en", "ru"), made))) == []


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("edition", list(Edition))
def test_chatham_house_hides_name_and_affiliation_everywhere(edition: Edition, languages: tuple[str, ...]) -> None:
    """Even of public content: what is said may be told, who said it and where may not."""
    made = planted({"attribution": "Chatham House", "marking": "public"})
    found = made[3].found_in("\n".join(streams(edition, languages, made)))
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


@pytest.mark.parametrize("edition", list(Edition))
def test_what_colleagues_say_of_a_draft_is_in_no_edition(edition: Edition) -> None:
    made = planted({"attribution": "on record by name", "marking": "public"})
    found = made[3].found_in("\n".join(streams(edition, ("en",), made)))
    assert {place for place in found if place.startswith("comment.")} == set()
    assert "note.text" in found


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
