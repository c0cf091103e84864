"""Recommendations from a spreadsheet: look at what it was taken for, then take all of it or nothing; it reads no cells itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from fieldtool.domain.authority import may_change
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.intake import SheetPreview, read_sheet
from fieldtool.services import records
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class SheetImport:
    """What a sheet brought: the report it went to, the new recommendations, and how many were there already with the same words."""

    preview: SheetPreview
    report: EntityId | None  # None in a preview whose report would be made
    reference: str
    added: tuple[EntityId, ...]
    known: int


def import_sheet(
    session: Session,
    path: Path,
    *,
    report: str | None = None,
    visit: EntityId | None = None,
    dry_run: bool = False,
    origin: str = "command",
) -> SheetImport:
    """Take all recommendations of a sheet into a report, in one unit of work.

    `report` is a report's reference; one that is not known yet is made, and so is one named after the file when none is given: its
    country and date
    are then missing and to be filled in. A recommendation that the report has already under the same number with the same text is left
    alone; another text
    under a known number refuses the file (sheet-row): recommendations are quoted, never overwritten.
    """
    preview = read_sheet(path, session.vocabularies)
    reference = report or path.stem
    if not may_change(session.role(session.library_home(visit)), "recommendation", "text"):
        raise refuse("role-needed", role="headquarters")
    found = [r for r in records.list_records(session, "reports") if reference in (r.fields.get("reference"), r.id)]
    entity = found[0].id if found else None
    fresh, known = _fresh(session, preview, entity)
    if dry_run:
        return SheetImport(preview, entity, reference, (), known)
    if entity is None:
        wanted: dict[str, JsonValue] = {"reference": reference, "title": preview.title or path.stem}
        (entity,) = records.add_records(session, "reports", [wanted], visit=visit, origin=origin, label="import-sheet").ids
    rows = [{**cast(Mapping[str, JsonValue], p), "report": entity} for p in fresh]
    added = records.add_records(session, "recommendations", rows, visit=visit, origin=origin, label="import-sheet").ids if rows else ()
    return SheetImport(preview, entity, reference, added, known)


def _fresh(session: Session, preview: SheetPreview, report: EntityId | None) -> tuple[list[Mapping[str, object]], int]:
    present = records.list_records(session, "recommendations", filters={"report": report}) if report else []
    texts = {(r.fields.get("number"), r.fields.get("letter") or ""): r.fields.get("text") for r in present}
    fresh: list[Mapping[str, object]] = []
    known = 0
    for proposed in preview.recommendations:
        text = texts.get(proposed.key)
        if text is None:
            fresh.append(proposed.fields)
        elif text == proposed.fields.get("text"):
            known += 1
        else:
            reason = f"number {proposed.key[0]}{proposed.key[1]} is recorded already with another text"
            raise refuse("sheet-row", file=preview.file, line=proposed.line, reason=reason)
    return fresh, known


def sheet_json(taken: SheetImport) -> dict[str, JsonValue]:
    """A sheet's import or preview as `import --json` shows it."""
    preview = taken.preview
    columns: list[JsonValue] = [
        {"sheet": c.sheet, "column": c.letter, "heading": c.heading, "taken_as": c.taken_as, "why": c.why.text("en")}
        for c in preview.columns
    ]
    remarks: list[JsonValue] = [{"sheet": r.sheet, "line": r.line, "remark": r.saying.text("en")} for r in preview.remarks]
    ids: list[JsonValue] = [*taken.added]
    return {
        "read_as": preview.read_as, "title": preview.title, "report": taken.reference, "columns": columns, "remarks": remarks,
        "recommendations": len(preview.recommendations), "added": ids, "known": taken.known,
    }  # fmt: skip
