"""What each origin did last, kept in memory for undo; taking it back is decided and done by services."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.domain.changes import Scope
from fieldtool.domain.ids import EntityId, LocalChange


@dataclass(frozen=True, slots=True)
class Step:
    """One field that a unit of work changed: what it said before (None: nothing), after, and the change that says so."""

    entity: EntityId
    kind: str
    field: str
    before: str | None
    after: str
    change: LocalChange


@dataclass(frozen=True, slots=True)
class Unit:
    """The last unit of work that one origin began, for undo; kept in memory only."""

    origin: str
    label: str
    visit: EntityId
    scope: Scope
    steps: tuple[Step, ...]
    created: tuple[tuple[EntityId, str], ...]


class Units:
    """The last unit of work of each origin."""

    def __init__(self) -> None:
        self._last: dict[str, Unit] = {}

    def last(self, origin: str) -> Unit | None:
        """What an origin did last since the vault was opened."""
        return self._last.get(origin)

    def remember(self, unit: Unit) -> None:
        """Keep a unit; while the same changes are only rewritten (autosave), what they said before stays what it was."""
        last = self._last.get(unit.origin)
        if last is not None and last.label == unit.label and [s.change for s in unit.steps] == [s.change for s in last.steps]:
            steps = tuple(
                Step(new.entity, new.kind, new.field, old.before, new.after, new.change)
                for new, old in zip(unit.steps, last.steps, strict=True)
            )
            unit = Unit(unit.origin, unit.label, unit.visit, unit.scope, steps, last.created or unit.created)
        self._last[unit.origin] = unit
