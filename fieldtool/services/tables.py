"""Tables of records as files that a spreadsheet opens; shapes no cell itself."""

from __future__ import annotations

from pathlib import Path

from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import Shape
from fieldtool.domain.ids import EntityId
from fieldtool.domain.remarks import Remark
from fieldtool.reports import FORMATS
from fieldtool.services import records
from fieldtool.services.conflicts import record_title
from fieldtool.services.files import write_whole
from fieldtool.services.session import Session


def export_table(session: Session, kind: str, path: Path, *, visit: EntityId | None = None, language: str = "en") -> int:
    """Write the records of a kind as .xlsx, .csv or .json; how many.

    Raises `KnownError` kind-unknown, file-foreign, file-unwritable, disk-full.
    """
    from fieldtool.reports.tables import write_table

    spec = records.spec_of(kind)
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise refuse("file-unwritable", file=path.name, reason=Remark("tables are written as {formats}", {"formats": ", ".join(FORMATS)}))
    rows = records.list_records(session, spec.name, visit=visit)
    linked: set[EntityId] = set()
    for field in spec.fields:
        if field.shape in (Shape.LINK, Shape.LINKS):
            for row in rows:
                value = row.fields.get(field.name)
                linked.update(EntityId(str(v)) for v in (value if isinstance(value, list) else [value] if value else []))
    titles = {str(e): record_title(session, e) for e in session.store.get_many(linked)}
    content = write_table(spec, rows, suffix, vocabularies=session.vocabularies, language=language, titles=titles)
    write_whole(path, content)
    return len(rows)
