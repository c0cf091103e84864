"""The sample visit as domain records, made without a vault; ids are counted, so that every run gives the same bytes."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldtool import resources
from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId
from fieldtool.domain.vocabularies import Term, Vocabularies, Vocabulary
from fieldtool.reports.document import Edition, OrganisationProfile
from fieldtool.reports.material import SummaryMaterial, TeamCard

DATA = Path(__file__).resolve().parents[3] / "resources" / "sample"
PREPARED = 1_650_067_200_000  # 16 April 2022, 00:00 UTC
ORGANISATION = OrganisationProfile("Sample Election Observation Office", "Election follow-up")


def vocabularies() -> Vocabularies:
    """The shipped vocabularies."""
    found = {}
    for path in sorted(resources.path("vocabularies").glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        terms = tuple(Term(t["word"], t["labels"], t.get("confirmed", True)) for t in raw["terms"])
        found[raw["name"]] = Vocabulary(raw["name"], raw["version"], raw["ordered"], terms)
    return found


class Visit:
    """Builds records one by one; `add` gives the new record's id."""

    def __init__(self) -> None:
        self.records: dict[str, list[Record]] = {}
        self._count = 0

    def add(self, kind: str, fields: Mapping[str, Any], by: str = "Elena Marković") -> EntityId:
        """A new record of that kind, made one minute after the one before."""
        self._count += 1
        at = 1_649_600_000_000 + self._count * 60_000
        entity = EntityId(f"{at:012x}"[:8] + "-" + f"{at:012x}"[8:] + f"-7000-8000-{self._count:012x}")
        record = Record(entity, kind, dict(fields), at, by, at, by)
        self.records.setdefault(kind, []).append(record)
        return entity

    def change(self, entity: str, **fields: Any) -> None:
        """Set fields of a record that is there."""
        for records in self.records.values():
            for record in records:
                if record.id == entity:
                    record.fields.update(fields)


def sample_visit() -> tuple[Visit, EntityId, tuple[TeamCard, ...]]:
    """The sample visit: its records, its id, and its team."""
    raw = json.loads((DATA / "kaz-visit-2022.json").read_text("utf-8"))
    v = Visit()
    v.add("country", {"iso3": "KAZ", "name": {"en": "Kazakhstan", "ru": "Казахстан", "kk": "Қазақстан"}})
    reports = {raw["report"]["key"]: _report(v, raw["report"]), raw["earlier_report"]["key"]: _report(v, raw["earlier_report"])}
    recs = _recommendations(v, reports["KAZ-2021-PAR"])
    _earlier(v, raw["earlier_report"], reports, recs)
    plain = {
        k: raw["visit"][k] for k in ("reference", "country", "city", "start", "end", "timezone", "scope", "purpose", "marking_ceiling")
    }
    visit = v.add(
        "visit", {**plain, "activity_types": raw["visit"]["activity_types"], "reports": [reports[r] for r in raw["visit"]["reports"]]}
    )
    institutions = {i["id"]: v.add("institution", {"name": i["name"], "type": i["type"], "country": "KAZ"}) for i in raw["institutions"]}
    meetings: dict[int, EntityId] = {}
    for m in raw["meetings"]:
        meetings[m["n"]] = _meeting(v, visit, m, institutions, recs)
    _follow_up(v, visit, raw, institutions, meetings, recs)
    v.change(meetings[2], summary=raw["disagreement"]["versions"][0]["text"])
    for a in raw["attachments"]:
        digest = "c0ffee" + "0" * 58
        v.add("attachment", {"visit": visit, "record": meetings[a["meeting"]], "sha256": digest, "size": len(a["text"]),
                             **{k: a[k] for k in ("name", "media_type", "source", "marking")}})  # fmt: skip
    return v, visit, tuple(TeamCard(t["name"], t["role"], t.get("name_latin", "")) for t in raw["team"])


def _report(v: Visit, raw: Mapping[str, Any]) -> EntityId:
    fields = {k: raw[k] for k in ("country", "title", "mission_type", "election_types", "election_dates", "published_on") if k in raw}
    return v.add("report", {"reference": raw["key"], **fields})


def _recommendations(v: Visit, report: EntityId) -> dict[str, EntityId]:
    found = {}
    with (DATA / "kaz-2021-recommendations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            fields = {
                "report": report,
                "number": int(row["No."]),
                "class": "priority" if row["Priority"] == "Yes" else "other",
                "themes": [row["Theme"]],
                "text": row["Recommendation"],
                "addressees": row["Addressee"].split("; "),
                "action_required": row["Action required"].split("; "),
                "commitments": [c for c in row["Commitment"].split("; ") if c],
                "horizon": row["Horizon"],
            }
            found[row["No."]] = v.add("recommendation", fields)
    return found


def _earlier(v: Visit, raw: Mapping[str, Any], reports: Mapping[str, EntityId], recs: Mapping[str, EntityId]) -> None:
    for r in raw["recommendations"]:
        plain = {k: r[k] for k in ("class", "themes", "text")}
        links = {recs[link["to"].split()[1]]: {"type": link["type"]} for link in r["links"]}
        rec = v.add("recommendation", {"report": reports[raw["key"]], "number": int(r["number"]), "links": links, **plain})
        status = r["official_status"]
        fields = {"recommendation": rec, "value": status["value"], "set_by": reports[status["set_by"]], "date": status["date"]}
        v.add("official_status", fields)


def _meeting(
    v: Visit, visit: EntityId, m: Mapping[str, Any], institutions: Mapping[str, EntityId], recs: Mapping[str, EntityId]
) -> EntityId:
    people = {p["name"]: v.add("person", {**p, "institution": institutions[m["institutions"][0]]}) for p in m.get("persons", ())}
    plain = {k: m[k] for k in ("start", "end", "attribution", "marking", "languages", "state", "modality", "place", "team_present")}
    fields = {
        "visit": visit,
        **plain,
        "interpreter": m.get("interpreter", ""),
        "attendees": {f"a{i}": {"person": person, "role": "interlocutor"} for i, person in enumerate(people.values())},
        "institutions": [institutions[i] for i in m["institutions"]],
    }
    meeting = v.add("meeting", fields)
    for n in m["notes"]:
        note = {
            "visit": visit,
            "meeting": meeting,
            **{k: n.get(k) for k in ("kind", "text", "language", "cleared_by_speaker")},
            "speakers": [people.get(s) or institutions[s] for s in n.get("speakers", ())],
            "recommendations": [recs[r] for r in n["recs"]],
        }
        v.add("note", note, by=n["by"])
    return meeting


def _follow_up(
    v: Visit,
    visit: EntityId,
    raw: Mapping[str, Any],
    institutions: Mapping[str, EntityId],
    meetings: Mapping[int, EntityId],
    recs: Mapping[str, EntityId],
) -> None:
    for p in raw["positions"]:
        links = {"recommendation": recs[p["rec"]], "institution": institutions[p["institution"]], "meeting": meetings[p["meeting"]]}
        v.add("position", {"visit": visit, **links, "value": p["value"], "date": p["date"]})
    for p in raw["progress"]:
        plain = {k: p[k] for k in ("stage", "basis", "date", "confidence")}
        v.add("progress", {"visit": visit, "recommendation": recs[p["rec"]], "meeting": meetings[p["meeting"]], "expert": p["by"], **plain})
    for a in raw["assistance"]:
        links = {"institution": institutions[a["institution"]], "meeting": meetings[a["meeting"]]}
        plain = {k: a[k] for k in ("type", "reception", "date")}
        v.add("assistance", {"visit": visit, "recommendations": [recs[r] for r in a["recs"]], **links, **plain})
    for a in raw["action_points"]:
        plain = {k: a[k] for k in ("description", "owner", "due", "state", "priority")}
        v.add("action", {"visit": visit, "recommendations": [recs[r] for r in a["recs"]], **plain})


def material(
    visit: Visit,
    entity: EntityId,
    team: Sequence[TeamCard],
    edition: Edition = Edition.INTERNAL,
    languages: tuple[str, ...] = ("en",),
    **more: Any,
) -> SummaryMaterial:
    """Material of one edition from records built here."""
    return SummaryMaterial(entity, visit.records, vocabularies(), tuple(team), ORGANISATION, edition, languages, PREPARED, **more)


def sample_material(edition: Edition = Edition.INTERNAL, languages: tuple[str, ...] = ("en",), **more: Any) -> SummaryMaterial:
    """The sample visit as material."""
    return material(*sample_visit(), edition, languages, **more)
