"""Who may be named and what may be shown in which edition: pure rules over records; lays nothing out and stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from fieldtool.domain.changes import Record
from fieldtool.domain.vocabularies import STRICTEST
from fieldtool.reports.document import Edition

ATTRIBUTIONS, MARKINGS = STRICTEST["attribution"], STRICTEST["marking"]
CHATHAM = ATTRIBUTIONS.index("Chatham House")
BY_NAME = 0

# Types with one member in a country, or nearly so: naming the type names the institution.
ONE_OF_ITS_KIND = frozenset(
    {
        "head of state", "ministry of foreign affairs", "election management body", "parliament", "court", "prosecution or law enforcement",
        "ombudsperson or human-rights institution", "audit or oversight", "anti-corruption", "media regulator", "public broadcaster",
        "voter-register authority", "OSCE field operation", "international organisation",
    }
)  # fmt: skip

DEFAULT_MARKING = "internal"  # of what nobody has marked
EVIDENCE_KINDS = ("note", "position", "progress", "assistance", "action")


def strictest(order: Sequence[str], words: Iterable[str | None], default: str) -> str:
    """The strictest of the words that are there; a word this version does not know counts as the strictest known one."""
    ranks = [order.index(w) if w in order else len(order) - 1 for w in words if w]
    return order[max(ranks)] if ranks else default


def text_of(record: Record, field: str) -> str:
    """The field as text, empty where it has no value."""
    value = record.fields.get(field)
    return value if isinstance(value, str) else ""


def words_of(record: Record, field: str) -> tuple[str, ...]:
    """The elements of a set field, sorted."""
    value = record.fields.get(field)
    return tuple(sorted(str(v) for v in value)) if isinstance(value, list | tuple | set | frozenset) else ()


def mapping_of(record: Record, field: str) -> Mapping[str, object]:
    """The entries of a names or parts field that have a value, sorted by key."""
    value = record.fields.get(field)
    return {k: v for k, v in sorted(value.items()) if v is not None} if isinstance(value, dict) else {}


class Rules:
    """The rules of one edition over the records of one visit.

    Admission (`admits`) goes by marking and visit, naming (`protected`, `type_shown`) by attribution. Records joined by "same as" count
    as one: the one
    with the smallest id stands for all, under the strictest rule of all.
    """

    def __init__(self, edition: Edition, visit: Record, records: Mapping[str, Sequence[Record]]) -> None:
        self.edition = edition
        self.visit = visit
        self._records = records
        self.ceiling = MARKINGS.index(self._ceiling_word())
        self._groups: dict[str, str] = {}
        self._living: dict[str, tuple[Record, ...]] = {}
        for kind in ("institution", "person", "meeting"):
            self._join(self.all_of(kind))

    def _ceiling_word(self) -> str:
        if self.edition is not Edition.INTERNAL:
            return "public"  # whatever leaves the organisation
        word = text_of(self.visit, "marking_ceiling")
        return word if word in MARKINGS else DEFAULT_MARKING

    def all_of(self, kind: str) -> tuple[Record, ...]:
        """Living, not private records of a kind in this visit (or of the library), sorted by id."""
        if kind not in self._living:
            self._living[kind] = tuple(sorted((r for r in self._records.get(kind, ()) if self._lives(r)), key=lambda r: r.id))
        return self._living[kind]

    def _lives(self, record: Record) -> bool:
        here = "visit" not in record.fields or record.fields["visit"] == self.visit.id
        return here and not record.deleted and not record.private and record.fields.get("private") is not True

    def _join(self, records: Sequence[Record]) -> None:
        known = {r.id for r in records}
        for record in records:
            for other in words_of(record, "same_as"):
                if other in known:
                    first, second = sorted((self.canonical(record.id), self.canonical(other)))
                    self._groups[second] = first

    def canonical(self, entity: str) -> str:
        """The id that stands for a record and for all that are the same as it."""
        while entity in self._groups:
            entity = self._groups[entity]
        return entity

    @cached_property
    def _members(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for kind in ("institution", "person", "meeting"):
            for record in self.all_of(kind):
                found.setdefault(self.canonical(record.id), []).append(record)
        return found

    def group(self, entity: str) -> list[Record]:
        """The records joined under an id, the one that stands for them first; empty where there is no such living record."""
        return self._members.get(self.canonical(entity), [])

    # --- attribution and marking in force

    def attribution(self, record: Record) -> int:
        """The rank of the attribution in force for a record: its meeting's, or a stricter one of its own;
        strictest where its meeting is gone."""
        own = text_of(record, "attribution")
        if record.kind == "meeting":
            return self._meeting_rank(record.id, "attribution", ATTRIBUTIONS)
        if not text_of(record, "meeting"):
            default = ATTRIBUTIONS[-1] if record.kind == "note" else "on record by institution"
            return ATTRIBUTIONS.index(strictest(ATTRIBUTIONS, [own], default))
        if own and record.fields.get("attribution_relaxed") is True:
            return ATTRIBUTIONS.index(strictest(ATTRIBUTIONS, [own], ATTRIBUTIONS[-1]))
        of_meeting = self._meeting_rank(text_of(record, "meeting"), "attribution", ATTRIBUTIONS)
        return max(of_meeting, ATTRIBUTIONS.index(strictest(ATTRIBUTIONS, [own], ATTRIBUTIONS[0])))

    def marking(self, record: Record) -> int:
        """The rank of the marking in force for a record, by the same rule."""
        own = text_of(record, "marking")
        if record.kind == "meeting":
            return self._meeting_rank(record.id, "marking", MARKINGS)
        if not text_of(record, "meeting"):
            # An action point that belongs to no meeting is the team's own promise, made to be told.
            return MARKINGS.index(strictest(MARKINGS, [own], "public" if record.kind == "action" else DEFAULT_MARKING))
        of_meeting = self._meeting_rank(text_of(record, "meeting"), "marking", MARKINGS)
        return max(of_meeting, MARKINGS.index(strictest(MARKINGS, [own], MARKINGS[0])))

    def _meeting_rank(self, meeting: str, field: str, order: Sequence[str]) -> int:
        group = self.group(meeting)
        if not group:
            return len(order) - 1
        default = DEFAULT_MARKING if field == "marking" else order[-1]
        return max(order.index(strictest(order, [text_of(m, field)], default)) for m in group)

    def admits(self, record: Record) -> bool:
        """Whether a meeting, note, position, progress, assistance, action or attachment may stand in this edition at all."""
        if self.marking(record) > self.ceiling:
            return False
        if self.edition is Edition.INTERNAL:
            return True
        if record.kind == "note":
            quote = text_of(record, "kind") == "quote" and record.fields.get("cleared_by_speaker") is not True
            inward = text_of(record, "kind") in ("internal", "expert assessment")
            return not quote and not inward and self.attribution(record) <= CHATHAM
        if record.kind == "meeting":
            return self.attribution(record) < CHATHAM
        return record.kind != "attachment" and self.attribution(record) <= CHATHAM

    def protected(self, record: Record) -> bool:
        """Whether whoever stands behind a record must not be named, nor their institution."""
        return self.attribution(record) >= CHATHAM

    def by_name(self, record: Record) -> bool:
        """Whether persons may be named."""
        return self.attribution(record) == BY_NAME

    def type_shown(self, institution_type: str) -> bool:
        """Whether the type of a protected interlocutor may be shown: always inside the organisation, outside only where many are of that
        type."""
        return self.edition is Edition.INTERNAL or institution_type not in ONE_OF_ITS_KIND

    def person_named(self, person: Record) -> bool:
        """Whether a person may ever be named: not when anybody marked them protected."""
        return not any(p.fields.get("protected") is True for p in self.group(person.id))
