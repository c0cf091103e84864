"""The sample visit as its four people enter it: who records what, through the services that everybody uses.

It makes no files and no vaults.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from fieldtool import resources
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services import attachments, records, sheets
from fieldtool.services.session import Session

Json = dict[str, Any]  # the sample file's own shape, read once and never shown to users
HEAD, TOMAS, NINO = "Elena Marković", "Tomas Lindqvist", "ნინო ბერაძე"
HEADQUARTERS = "Katarina Holm (sample headquarters)"
ORGANISATION = "Sample Election Observation Organisation"


@dataclass(slots=True)
class Sample:
    """The sample file, and the ids that its entries got as they were entered."""

    content: Json
    ids: dict[str, EntityId] = field(default_factory=dict)

    @property
    def visit(self) -> EntityId:
        """The sample visit's id, once headquarters has entered it."""
        return self.ids["visit"]

    def recs(self, numbers: Iterable[str]) -> list[JsonValue]:
        """The ids of these recommendations of the visit's report."""
        return [self.ids[f"rec {n}"] for n in numbers]


def load_sample() -> Sample:
    """The shipped sample visit."""
    return Sample(msgspec.json.decode(resources.path("sample", "kaz-visit-2022.json").read_bytes()))


def enter_library(session: Session, sample: Sample) -> None:
    """Headquarters' part: reports, recommendations from the sheet, earlier entries with their official status, institutions."""
    report = sample.content["report"]
    sheet = resources.path("sample", report["recommendations_file"])
    sheets.import_sheet(session, sheet, report=report["key"])
    (main,) = records.list_records(session, "reports", filters={"reference": report["key"]})
    shared = ("country", "title", "mission_type", "election_types", "election_dates", "published_on")
    records.edit_record(session, main.id, {k: report[k] for k in shared} | {"recommendation_count": 25}, label="sample")
    labels = report.get("short_labels", {})
    for rec in records.list_records(session, "recommendations"):
        number = str(rec.fields["number"])
        sample.ids[f"rec {number}"] = rec.id
        if number in labels:
            records.edit_record(session, rec.id, {"short_label": labels[number]}, label="sample")
    _enter_earlier(session, sample, main.id)
    records.add_records(session, "countries", [{"iso3": report["country"], "name": sample.content["country_names"]}], label="sample")
    names = [{"name": i["name"], "type": i["type"], "country": report["country"]} for i in sample.content["institutions"]]
    made = records.add_records(session, "institutions", names, label="sample").ids
    sample.ids |= {i["id"]: e for i, e in zip(sample.content["institutions"], made, strict=True)}


def _enter_earlier(session: Session, sample: Sample, main: EntityId) -> None:
    earlier = sample.content["earlier_report"]
    report = {k: earlier[k] for k in ("country", "title", "mission_type", "election_types", "election_dates")} | {
        "reference": earlier["key"]
    }
    (old,) = records.add_records(session, "reports", [report], label="sample").ids
    for entry in earlier["recommendations"]:
        links = {sample.ids[f"rec {link['to'].split()[-1]}"]: {"type": link["type"]} for link in entry["links"]}
        wanted: Json = {
            "report": old,
            "number": int(entry["number"]),
            "class": entry["class"],
            "themes": entry["themes"],
            "text": entry["text"],
            "links": links,
        }
        (rec,) = records.add_records(session, "recommendations", [wanted], label="sample").ids
        status = entry["official_status"]
        wanted = {"recommendation": rec, "value": status["value"], "set_by": main, "date": status["date"]}
        records.add_records(session, "statuses", [wanted], label="sample")
    sample.ids["report"], sample.ids["earlier report"] = main, old


def enter_visit(session: Session, sample: Sample) -> EntityId:
    """Headquarters plans the visit."""
    visit = sample.content["visit"]
    plain = ("reference", "country", "city", "start", "end", "timezone", "purpose", "activity_types", "scope", "marking_ceiling")
    wanted: Json = {k: visit[k] for k in plain} | {"reports": [sample.ids["report"]], "state": "planned"}
    (sample.ids["visit"],) = records.add_records(session, "visits", [wanted], label="sample").ids
    return sample.visit


def enter_agenda(session: Session, sample: Sample) -> None:
    """The head's part before the meetings: whom the team meets, when, and under which rule."""
    for meeting in sample.content["meetings"]:
        attendees: dict[str, JsonValue] = {}
        for k, person in enumerate(meeting.get("persons", []), 1):
            wanted: Json = {key: person[key] for key in ("name", "name_latin", "title", "protected") if key in person}
            wanted["institution"] = sample.ids[meeting["institutions"][0]]
            (sample.ids[person["name"]],) = records.add_records(session, "people", [wanted], visit=sample.visit, label="sample").ids
            attendees[f"{k:02d}"] = {"person": sample.ids[person["name"]], "name": None, "role": "interlocutor"}
        plain = ("start", "end", "place", "modality", "team_present", "languages", "attribution", "marking", "interpreter")
        wanted = {k: meeting[k] for k in plain if k in meeting} | {
            "visit": sample.visit,
            "institutions": [sample.ids[i] for i in meeting["institutions"]],
            "attendees": attendees,
            "state": "planned",
        }
        (sample.ids[f"meeting {meeting['n']}"],) = records.add_records(session, "meetings", [wanted], label="sample").ids


def enter_meetings(session: Session, sample: Sample, author: str) -> None:
    """What one member of the team records in the meetings: notes, and the progress that this person heard of."""
    for meeting in sample.content["meetings"]:
        for n, note in enumerate(meeting["notes"]):
            if note["by"] == author:
                _enter_note(session, sample, meeting, n, note)
    for progress in sample.content["progress"]:
        if progress["by"] == author:
            wanted: Json = {k: progress[k] for k in ("stage", "basis", "date", "confidence")}
            wanted |= {"visit": sample.visit, "recommendation": sample.ids[f"rec {progress['rec']}"], "expert": author}
            wanted["meeting"] = sample.ids[f"meeting {progress['meeting']}"]
            records.add_records(session, "progress", [wanted], label="sample")


def _enter_note(session: Session, sample: Sample, meeting: Json, n: int, note: Json) -> None:
    start = meeting["start"]
    minutes = int(start[11:13]) * 60 + int(start[14:16]) + 6 + 18 * n
    wanted: Json = {k: note[k] for k in ("kind", "text", "language", "cleared_by_speaker") if k in note}
    wanted |= {"visit": sample.visit, "meeting": sample.ids[f"meeting {meeting['n']}"], "recommendations": sample.recs(note["recs"])}
    wanted |= {"speakers": [sample.ids[s] for s in note.get("speakers", [])], "at": f"{start[:11]}{minutes // 60:02d}:{minutes % 60:02d}"}
    if note.get("speakers") and meeting.get("interpreter"):
        wanted["through_interpreter"] = True
    records.add_records(session, "notes", [wanted], label="sample")


def enter_outcomes(session: Session, sample: Sample) -> None:
    """The head's part after the meetings: positions, assistance, action points, the attachment, and that the meetings were held."""
    for position in sample.content["positions"]:
        wanted: Json = {
            "visit": sample.visit,
            "recommendation": sample.ids[f"rec {position['rec']}"],
            "institution": sample.ids[position["institution"]],
        }
        wanted |= {"meeting": sample.ids[f"meeting {position['meeting']}"], "value": position["value"], "date": position["date"]}
        records.add_records(session, "positions", [wanted], label="sample")
    for offer in sample.content["assistance"]:
        wanted = {
            "visit": sample.visit,
            "type": offer["type"],
            "reception": offer["reception"],
            "date": offer["date"],
            "recommendations": sample.recs(offer["recs"]),
        }
        wanted |= {"meeting": sample.ids[f"meeting {offer['meeting']}"], "institution": sample.ids[offer["institution"]]}
        records.add_records(session, "assistance", [wanted], label="sample")
    for n, action in enumerate(sample.content["action_points"], 1):
        wanted = {k: action[k] for k in ("description", "owner", "due", "priority", "state")}
        wanted |= {"visit": sample.visit, "reference": f"A-{n}", "recommendations": sample.recs(action["recs"])}
        records.add_records(session, "actions", [wanted], label="sample")
    for entry in sample.content["attachments"]:
        attachments.attach_bytes(
            session, sample.ids[f"meeting {entry['meeting']}"], entry["name"], entry["text"].encode(),
            media_type=entry["media_type"], source=entry["source"], marking=entry["marking"],
        )  # fmt: skip
    for meeting in sample.content["meetings"]:
        records.edit_record(session, sample.ids[f"meeting {meeting['n']}"], {"state": meeting["state"]}, label="sample")


def enter_disagreement(session: Session, sample: Sample, author: str) -> None:
    """One expert's version of the summary that two experts wrote without seeing the other's."""
    disagreement = sample.content["disagreement"]
    (text,) = [v["text"] for v in disagreement["versions"] if v["by"] == author]
    records.edit_record(session, sample.ids[f"meeting {disagreement['meeting']}"], {disagreement["field"]: text}, label="sample")
