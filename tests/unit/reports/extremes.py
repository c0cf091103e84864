"""Visits that try the pages: nothing at all, one recommendation, eighty, crowds, long words, many scripts, rows taller than a page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from fieldtool.domain.ids import EntityId
from fieldtool.reports.document import OrganisationProfile
from fieldtool.reports.material import SummaryMaterial, TeamCard
from tests.unit.reports.sample import Visit, material, sample_visit

SAID = "The commission described the amendments adopted since the last election and the training given to lower-level commissions. "
LONG_NAME = (
    "Interregional Consultative Commission of Representatives for the Harmonisation of Electoral Law and Practice under the President"
)
LONG_OFFICE = "Interparliamentary Office for the Observation of Elections and the Follow-up of Recommendations in All Regions"
URL = "https://example.org/" + "a-very-long-path-segment/" * 14 + "?q=" + "x" * 120
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
NAMES = ("Жанар Әбдіқадырқызы Төлегенова", "ნინო ბერაძე-ჩხეიძე", "Արամ Սարգսյան Հովհաննիսյանց", "María Ñúñez de la Peña", "Ólafur Þórðar")
CROWD = 40
POSITIONS = ("accepts", "accepts in part", "notes", "rejects", "claims already done", "no position", "not raised", "accepts")


def nothing() -> SummaryMaterial:
    """No meeting, so nothing that comes of one."""
    visit, entity, team = sample_visit()
    for kind in ("meeting", "note", "position", "progress", "assistance", "action", "attachment"):
        visit.records[kind] = []
    return material(visit, entity, team)


def one_recommendation() -> SummaryMaterial:
    """A visit about one recommendation, on a few pages."""
    visit, entity, team = sample_visit()
    kept = visit.records["recommendation"][0].id
    visit.change(entity, scope="selected", selected=[kept])
    for note in visit.records["note"]:
        visit.change(note.id, recommendations=[kept])
    for kind in ("position", "progress", "assistance"):
        visit.records[kind] = []
    return material(visit, entity, team)


def eighty_recommendations() -> SummaryMaterial:
    """Eighty of them, most never raised."""
    visit, entity, team = sample_visit()
    report = visit.records["report"][0].id
    for number in range(26, 81):
        fields = {"report": report, "number": number, "class": "other", "themes": ["media", "campaign finance"], "text": SAID * 2}
        visit.add("recommendation", {**fields, "short_label": "Four words of label"})
    return material(visit, entity, team)


def no_notes() -> SummaryMaterial:
    """Meetings of which nobody wrote anything down."""
    visit, entity, team = sample_visit()
    visit.records["note"] = []
    return material(visit, entity, team)


def everything_long() -> SummaryMaterial:
    """Whatever can be long is long."""
    visit, entity, team = sample_visit()
    recommendations = [r.id for r in visit.records["recommendation"]]
    second, first_meeting = recommendations[1], visit.records["meeting"][0].id
    for text in ("\n".join([SAID * 5] * 22), f"See {URL} and «кавычки» “double” ‘single’ — dash.", WORD):
        fields: dict[str, Any] = {"visit": entity, "meeting": first_meeting, "kind": "plan announced", "language": "en"}
        visit.add("note", {**fields, "text": text, "recommendations": [second]})
    institutions = [visit.add("institution", {"name": {"en": f"{LONG_NAME} {i}"}, "type": "other ministry"}) for i in range(3)]
    meeting, people = _crowd(visit, entity, institutions)
    for i in range(5):
        fields = {"visit": entity, "meeting": meeting, "kind": "quote", "cleared_by_speaker": True, "language": "hy"}
        fields |= {"speakers": people[i * 4 : i * 4 + 9], "recommendations": recommendations[:25] if i == 0 else [second]}
        visit.add("note", {**fields, "text": f"Ընտրական հանձնաժողովները պետք է ապահովեն հրապարակումը։ “{NAMES[i]}”"})
    for i, value in enumerate(POSITIONS):
        fields = {"visit": entity, "recommendation": second, "institution": institutions[i % 3], "meeting": meeting, "date": "2022-04-13"}
        visit.add("position", {**fields, "value": value})
    finding = {"recommendation": second, "text": "\n".join([SAID * 3] * 3), "state": "draft", "dissent": {"Tomas Lindqvist": SAID * 2}}
    visit.add("finding", {"visit": entity, **finding})
    for i in range(120):
        fields = {"visit": entity, "reference": f"AP-{i}", "description": SAID * (40 if i == 7 else 1), "due": f"2022-{1 + i % 12:02}-15"}
        fields |= {"owner": "Elena Marković", "state": "open", "priority": "high", "recommendations": recommendations[: i % 4]}
        visit.add("action", fields)
    visit.change(recommendations[2], text=SAID * 30)
    visit.change(recommendations[3], translations={"ru": "Перевод рекомендации. " * 9, "kk": "Ұсыныстың қазақша аудармасы. " * 9})
    team = (*team, TeamCard("Արամ Սարգսյան", "expert", "Aram Sargsyan"))
    organisation = OrganisationProfile(LONG_OFFICE, "Department of follow-up, electoral support and the harmonisation of practice")
    return dataclasses.replace(material(visit, entity, team), organisation=organisation)


def _crowd(visit: Visit, entity: EntityId, institutions: list[EntityId]) -> tuple[EntityId, list[EntityId]]:
    people = []
    for i in range(CROWD):
        names = {"name": f"{NAMES[i % 5]} {i}", "name_latin": f"Latin Name Of Person Number {i}", "institution": institutions[i % 3]}
        people.append(visit.add("person", {**names, "title": "Deputy Head of the Department for International Co-operation"}))
    fields: dict[str, Any] = {"visit": entity, "start": "2022-04-13T15:00", "end": "2022-04-13T17:30", "attribution": "on record by name"}
    fields |= {"marking": "internal", "state": "held", "modality": "round table", "languages": ["en", "ru", "kk"]}
    fields |= {"place": "A very long place name, in the great hall on the third floor of the annex", "institutions": institutions}
    attendees = {f"a{i}": {"person": person, "role": "interlocutor"} for i, person in enumerate(people)}
    return visit.add("meeting", {**fields, "attendees": attendees, "summary": "\n".join([SAID * 4] * 6)}), people


def bilingual(made: Callable[[], SummaryMaterial]) -> Callable[[], SummaryMaterial]:
    """The same in two languages."""
    return lambda: dataclasses.replace(made(), languages=("en", "ru"))


VISITS: dict[str, Callable[[], SummaryMaterial]] = {
    "nothing": nothing,
    "one recommendation": one_recommendation,
    "eighty recommendations": eighty_recommendations,
    "no notes": no_notes,
    "everything long": everything_long,
    "everything long, in two languages": bilingual(everything_long),
    "eighty recommendations in two languages": bilingual(eighty_recommendations),
}
