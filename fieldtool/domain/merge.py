"""The rules of merge as pure functions: heads, what a deletion covers, which value is in force; reads no clock, no rows and no segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fieldtool.domain.changes import DELETED
from fieldtool.domain.fields import SETS, FieldSpec, KindSpec, split_key
from fieldtool.domain.vocabularies import STRICTEST

TRUE, FALSE, NULL = "true", "false", "null"


@dataclass(frozen=True, slots=True)
class Version:
    """One change of one record as merge sees it.

    `change` and `parents` are numbers that mean something to the caller only. `made` orders what people are shown and picks the
    provisional value: the change's
    own HLC, or its origin's where headquarters restated it. `by` names the author so that equal clocks are ordered alike everywhere.
    """

    change: int
    field: str
    value: str | None  # canonical JSON; None where redacted
    made: int
    by: tuple[int, bytes]
    parents: tuple[int, ...] = ()
    accepted: bool = True
    private: bool = False


@dataclass(slots=True)
class Projection:
    """What the accepted changes of one record add up to; equal sets of changes give equal projections, in whatever order they came."""

    heads: dict[str, tuple[Version, ...]] = field(default_factory=dict)  # per field key, latest first
    values: dict[str, str] = field(default_factory=dict)  # per field key, canonical JSON of the value in force
    conflicts: tuple[str, ...] = ()  # field keys, sorted
    present: bool = False
    deleted: bool = False
    private: bool = False
    made: Version | None = None
    changed: Version | None = None
    unseen: tuple[Version, ...] = ()  # heads that no deletion in force has seen


def order(version: Version) -> tuple[int, tuple[int, bytes], str]:
    """The order in which versions are shown and the provisional value is picked: by clock, then by what is the same everywhere."""
    return version.made, version.by, version.value or ""


def counted(versions: Iterable[Version]) -> list[Version]:
    """The versions that count: private ones only while the record is private altogether; what is shared leaves its private history."""
    every = list(versions)
    if any(v.private for v in every) and any(v.accepted and not v.private for v in every):
        return [v for v in every if not v.private]
    return every


def field_heads(versions: Sequence[Version]) -> list[Version]:
    """The heads among all versions of ONE field of one record: accepted, without accepted descendants, traced through unaccepted ones."""
    known = {v.change: v for v in versions}
    passed: set[int] = set()
    for version in versions:
        if version.accepted:
            _trace(version, known, passed)
    return sorted((v for v in versions if v.accepted and v.change not in passed), key=order, reverse=True)


def _trace(version: Version, known: Mapping[int, Version], passed: set[int]) -> None:
    """Mark the parents of an accepted version, and through unaccepted parents theirs; an accepted parent marks its own."""
    waiting = list(version.parents)
    while waiting:
        number = waiting.pop()
        parent = known.get(number)
        if parent is None or number in passed:
            continue
        passed.add(number)
        if not parent.accepted:
            waiting.extend(parent.parents)


def ancestry(starts: Iterable[int], known: Mapping[int, Version]) -> set[int]:
    """The named versions and everything they descend from."""
    seen: set[int] = set()
    waiting = list(starts)
    while waiting:
        number = waiting.pop()
        if number not in seen and number in known:
            seen.add(number)
            waiting.extend(known[number].parents)
    return seen


def uncovered(heads: Iterable[Version], deletions: Sequence[Version], known: Mapping[int, Version]) -> list[Version]:
    """The heads that none of the deletions in force has seen; a deletion has seen its parents and their ancestors."""
    seen = ancestry((p for d in deletions for p in d.parents), known)
    return [h for h in heads if h.change not in seen]


def strictest(name: str, values: Iterable[str | None]) -> str | None:
    """The strictest canonical value of a strict field: the later in its order, an unknown term strictest of all, `true` over `false`."""
    ranked = STRICTEST.get(name)

    def rank(value: str | None) -> tuple[int, str]:
        if value is None or value == NULL:
            return -1, ""
        if ranked is None:
            return (0, value) if value == FALSE else (1, value)
        word = value[1:-1]
        return (ranked.index(word), value) if word in ranked else (len(ranked), value)

    return max(values, key=rank)


def settle(key: str, spec: FieldSpec | None, heads: Sequence[Version]) -> tuple[str | None, bool]:
    """The value in force of a field with these heads (latest first), and whether a person has to decide.

    Equal values are no conflict. Sets merge silently: an element that anybody still holds is in. A strict field shows the strictest, a
    deletion counts
    when all say so, anything else shows the latest.
    """
    first = heads[0].value
    if all(h.value == first for h in heads):
        return first, False
    values = [h.value for h in heads]
    if key == DELETED:
        return FALSE, True
    if spec is not None and spec.shape in SETS:
        return (TRUE if TRUE in values else first), False
    if spec is not None and spec.strict:
        return strictest(spec.name, values), True
    return first, True


def project(versions: Iterable[Version], kind: KindSpec | None) -> Projection:
    """What all stored changes of one record add up to."""
    every = counted(versions)
    accepted = [v for v in every if v.accepted]
    if not accepted:
        return Projection()
    by_field: dict[str, list[Version]] = {}
    for version in every:
        by_field.setdefault(version.field, []).append(version)
    result = Projection(present=True, private=all(v.private for v in accepted))
    result.made = min(accepted, key=order)
    conflicts: set[str] = set()
    for key, group in by_field.items():
        heads = field_heads(group)
        if not heads:
            continue
        value, torn = settle(key, kind.field(split_key(key)[0]) if kind else None, heads)
        result.heads[key], result.values[key] = tuple(heads), NULL if value is None else value
        if torn:
            conflicts.add(key)
    result.changed = max((h for hs in result.heads.values() for h in hs), key=order)
    _project_deletion(result, conflicts, {v.change: v for v in every})
    result.conflicts = tuple(sorted(conflicts))
    return result


def _project_deletion(result: Projection, conflicts: set[str], known: Mapping[int, Version]) -> None:
    deletions = [h for h in result.heads.get(DELETED, ()) if h.value == TRUE]
    if not deletions:
        return
    others = [h for key, heads in result.heads.items() if key != DELETED for h in heads]
    result.unseen = tuple(sorted(uncovered(others, deletions, known), key=order, reverse=True))
    if result.unseen:
        conflicts.add(DELETED)
    result.deleted = result.values[DELETED] == TRUE and not result.unseen
