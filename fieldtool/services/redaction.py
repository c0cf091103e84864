"""A source takes back consent: what was said is dropped everywhere, while every author's signature still verifies.

Headquarters names segments and rows in the visit's admin stream; whoever holds those segments drops the values and salts of the rows, and
hands the segments on without them. Copies that left the tool, and backups until they age out, are not reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fieldtool.domain.changes import SealedSegment
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import EntityId, SegmentHash
from fieldtool.domain.schema import KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.services import records
from fieldtool.services.admin import redactions
from fieldtool.services.announcing import write_admin
from fieldtool.services.session import Session
from fieldtool.sync.segments import SegmentFault, SegmentNewer, redact_values


def redact(session: Session, entity: EntityId, field: str | None = None, *, reason: str = "", origin: str = "command") -> int:
    """Drop what a field of a record ever said, or all its free text and personal fields; how many changes lose their words.

    Only headquarters can. Raises `KnownError` role-needed, record-unknown, field-unknown, and value-refused for a field that is signed in
    the clear.
    """
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    record = records.get_record(session, entity)
    spec = KINDS[record.kind]
    if field is not None:
        found = spec.field(split_key(field)[0])
        if found is None:
            raise refuse("field-unknown", kind=spec.name, field=field, known=", ".join(f.name for f in spec.fields if f.salted))
        if not found.salted:
            raise refuse("value-refused", kind=spec.name, field=field, value="…", reason="it is signed in the clear and cannot be dropped")
    session.seal_all()
    names = {f.hash.hex()[:16]: f.hash for f in session.store.segments()}
    rows: dict[tuple[EntityId, SegmentHash], set[int]] = {}
    for entry in session.store.history(entity):
        of = spec.field(split_key(entry.field)[0])
        wanted = of is not None and of.salted and (field is None or field in (entry.field, of.name))
        segment = names.get(entry.name.partition("-")[0])
        if wanted and entry.value is not None and segment is not None:
            rows.setdefault((entry.visit, segment), set()).add(entry.change & 0xFFFF)
    for (visit, segment), numbers in rows.items():
        epoch = session.store.epoch(visit) + 1
        named: list[JsonValue] = [str(n) for n in sorted(numbers)]
        said: dict[str, JsonValue] = {"segment": segment.hex(), "rows": named, "reason": reason, "epoch": epoch}
        write_admin(session, visit, "redaction", said, origin)
    for visit in {visit for visit, _ in rows}:
        apply_redactions(session, visit, origin=origin)
    return sum(len(numbers) for numbers in rows.values())


def apply_redactions(session: Session, visit: EntityId, *, origin: str = "judge") -> None:
    """Drop from what is here whatever headquarters has taken back on a visit; done again it changes nothing."""
    wanted = redactions(session.store, visit, session.trust(visit))
    for sealed in session.store.sealed(wanted):
        bare = without_values(sealed, wanted)
        if bare.values != sealed.values:
            session.announce(session.store.redact(bare, wanted[sealed.hash], origin=origin))


def without_values(sealed: SealedSegment, wanted: Mapping[SegmentHash, Iterable[int]]) -> SealedSegment:
    """The segment without the values that were taken back.

    A redaction that names a row signed in the clear drops nothing; one of a newer format drops them where a version that knows it reads it.
    """
    if sealed.hash not in wanted:
        return sealed
    try:
        return redact_values(sealed, set(wanted[sealed.hash]))
    except (SegmentFault, SegmentNewer):
        return sealed
