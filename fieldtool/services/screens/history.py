"""Everything that was ever said of one record: who, when, on which installation, what changed; restores nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.domain import values
from fieldtool.domain.changes import SegmentState
from fieldtool.domain.fields import Shape, split_key
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.domain.schema import KINDS
from fieldtool.services import records
from fieldtool.services.screens.names import Names
from fieldtool.services.screens.titles import record_title
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. `before` is what its author was shown, None where the field was empty; `state` is the word of the log."""

    change: LocalChange
    name: str  # the public name of the change
    field: str
    element: str
    at: int  # ms since 1970 UTC
    author: str
    installation: str
    own: bool
    before: str | None
    after: str
    state: str
    current: bool
    is_text: bool


@dataclass(frozen=True, slots=True)
class HistoryModel:
    """A record's history, latest first."""

    entity: EntityId
    kind: str
    title: str
    deleted: bool
    lines: tuple[ChangeLine, ...]


def history_model(session: Session, entity: EntityId, language: str) -> HistoryModel | None:
    """The history of a record, or None where there is no such record, or where only a newer version knows its kind."""
    record = session.store.get(entity)
    if record is None or record.kind not in KINDS:
        return None
    names = Names.of(session, language)
    entries = records.history(session, entity)
    by_change = {e.change: e for e in entries}
    spec = KINDS[record.kind]
    lines = []
    for e in entries:
        name, element = split_key(e.field)
        if name == "visit":
            continue  # where it belongs never changes
        field = spec.field(name)
        parents = [by_change[p] for p in e.parents if p in by_change and by_change[p].field == e.field]
        before = shown(names, parents[0].value, field.of if field else "", element) if parents else None
        lines.append(
            ChangeLine(
                change=e.change,
                name=e.name,
                field=name,
                element=shown_element(names, element),
                at=e.hlc >> 16,
                author=e.author,
                installation=e.key.hex()[:8],
                own=e.key == session.key,
                before=before,
                after=shown(names, e.value, field.of if field else "", element),
                state="" if e.state in (SegmentState.ACCEPTED, SegmentState.OPEN) else e.state.value,
                current=e.current,
                is_text=field is not None and field.shape in (Shape.TEXT, Shape.WORD, Shape.NAMES),
            )
        )
    return HistoryModel(entity, record.kind, record_title(session, names, record), record.deleted, tuple(reversed(lines)))


def shown(names: Names, value: str | None, of: str, element: str | None) -> str:
    """A stored value in people's words: terms by their labels, links by names; empty where it was taken away."""
    if value is None:
        return "…"
    found = values.decode_trusted(value)
    if found is True and element is not None:
        return shown_element(names, element)
    if found in (None, False, ""):
        return ""
    if isinstance(found, str):
        return shown_element(names, found) if len(found) == 36 else names.term(of, found) if of else found
    return values.canonical(found) if isinstance(found, (dict, list)) else str(found).lower()


def shown_element(names: Names, element: str | None) -> str:
    """The name of what an element stands for: a recommendation's key, an institution's or a person's name, or the word itself."""
    if not element:
        return ""
    entity = EntityId(element)
    if recommendation := names.recommendations.get(entity):
        return recommendation.key
    return names.speaker(element) or element
