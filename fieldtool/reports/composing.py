"""What every part of the composer shares: the rules of the edition, names, keys and numbers; composes no part itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from fieldtool.domain.changes import Record
from fieldtool.domain.errors import refuse
from fieldtool.reports.attribution import Rules, mapping_of, text_of, words_of
from fieldtool.reports.document import Edition, Label
from fieldtool.reports.material import SummaryMaterial
from fieldtool.reports.wording import Wording


class Composing:
    """One composition under way: looks things up in the material, names them as the edition allows, and changes nothing."""

    def __init__(self, material: SummaryMaterial) -> None:
        self.material = material
        self.wording = Wording(material.languages)
        visit = next((r for r in material.records.get("visit", ()) if r.id == material.visit and not r.deleted), None)
        if visit is None:
            raise refuse("visit-unknown", visit=material.visit)
        self.visit = visit
        self.rules = Rules(material.edition, visit, material.records)
        self.internal = material.edition is Edition.INTERNAL

    def shown_id(self, record: Record) -> str:
        """The record's id, in the internal edition alone: an id holds the time of making and joins editions."""
        return record.id if self.internal else ""

    # --- vocabularies and names

    def label(self, vocabulary: str, word: str) -> Label:
        """The label of a term."""
        return self.wording.label(self.material.vocabularies, vocabulary, word)

    def maybe_label(self, vocabulary: str, record: Record, field: str) -> Label | None:
        """The label of a term field, None where it has no value."""
        word = text_of(record, field)
        return self.label(vocabulary, word) if word else None

    def labels(self, vocabulary: str, record: Record, field: str) -> tuple[Label, ...]:
        """The labels of a set of terms, in the vocabulary's order."""
        known = self.material.vocabularies.get(vocabulary)
        words = sorted(words_of(record, field), key=lambda w: (known.rank(w) if known else 0, w))
        return tuple(self.label(vocabulary, w) for w in words)

    def institution_name(self, institution: str) -> str:
        """The full name of an institution, with the names given in any of the records joined under it."""
        names: dict[str, object] = {}
        for record in reversed(self.rules.group(institution)):
            names |= mapping_of(record, "name")
        return self.wording.pick(names)

    def institution_type(self, institution: str) -> str:
        """The type of an institution as a stored word, empty where it is not known."""
        return next((text_of(r, "type") for r in self.rules.group(institution) if text_of(r, "type")), "")

    def type_label(self, institution: str) -> Label | None:
        """The type of an institution where the edition may show it for a protected interlocutor."""
        word = self.institution_type(institution)
        return self.label("institution_type", word) if word and self.rules.type_shown(word) else None

    def unnamed(self, institution: str) -> str:
        """What stands for a protected institution: its type, or no more than that it was an interlocutor."""
        label = self.type_label(institution)
        return self.wording("source-unnamed", type=label.text) if label else self.wording("source-hidden")

    def institution_shown(self, institution: str, behind: Record) -> str:
        """An institution as the rule of the record that names it allows."""
        if not institution:
            return ""
        return self.unnamed(institution) if self.rules.protected(behind) else self.institution_name(institution)

    def person_name(self, person: Record) -> str:
        """A person's name in the original script, with the Latin one beside it."""
        name, latin = text_of(person, "name"), text_of(person, "name_latin")
        return f"{name} ({latin})" if latin and latin != name else name

    # --- meetings

    @cached_property
    def meetings(self) -> tuple[Record, ...]:
        """Every meeting of the visit once, in order of start: numbers are counted over these."""
        found = [r for r in self.rules.all_of("meeting") if self.rules.canonical(r.id) == r.id]
        return tuple(sorted(found, key=lambda r: (text_of(r, "start"), r.id)))

    @cached_property
    def shown_meetings(self) -> tuple[Record, ...]:
        """The meetings that this edition lists."""
        return tuple(m for m in self.meetings if self.rules.admits(m))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        counted = self.meetings if self.internal else self.shown_meetings
        listed = {m.id for m in self.shown_meetings}
        return {m.id: i for i, m in enumerate(counted, 1) if m.id in listed}

    def meeting_number(self, meeting: str) -> int | None:
        """The number of a listed meeting, None for one that the edition does not list."""
        return self._numbers.get(self.rules.canonical(meeting))

    def meeting_start(self, meeting: str) -> str:
        """When a meeting began, empty where it is not known."""
        group = self.rules.group(meeting)
        return text_of(group[0], "start") if group else ""

    # --- recommendations

    @cached_property
    def people(self) -> dict[str, Record]:
        """Every living person by id."""
        return {p.id: p for p in self.rules.all_of("person")}

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every living recommendation and report by id."""
        return {r.id: r for kind in ("recommendation", "report") for r in self.rules.all_of(kind)}

    @cached_property
    def recommendations(self) -> tuple[Record, ...]:
        """What the visit is about, and whatever else its admitted records are tied to; by report, number and letter."""
        reports, selected = set(words_of(self.visit, "reports")), set(words_of(self.visit, "selected"))
        every = self.rules.all_of("recommendation")
        if text_of(self.visit, "scope") == "selected":
            wanted: set[str] = {r.id for r in every if r.id in selected}
        else:
            wanted = {r.id for r in every if text_of(r, "report") in reports}
        wanted |= self._mentioned()
        return tuple(sorted((r for r in every if r.id in wanted), key=self._place))

    def _mentioned(self) -> set[str]:
        found: set[str] = set()
        for kind in ("note", "position", "progress", "assistance", "action"):
            for record in self.rules.all_of(kind):
                if self.rules.admits(record):
                    found |= {*words_of(record, "recommendations"), text_of(record, "recommendation")}
        return found

    def _place(self, record: Record) -> tuple[str, str, int, str, str]:
        report = self.by_id.get(text_of(record, "report"))
        newest_first = "".join(chr(0x10FFFF - ord(c)) if ord(c) < 0x80 else c for c in text_of(report, "published_on")) if report else ""
        number = record.fields.get("number")
        return (
            newest_first,
            text_of(report, "reference") if report else "",
            number if isinstance(number, int) else 0,
            text_of(record, "letter"),
            record.id,
        )

    def key(self, recommendation: str) -> str:
        """The key people use: report's reference, P or O, number and letter, such as KAZ-2021-PAR-O-07a."""
        record = self.by_id.get(recommendation)
        if record is None:
            return ""
        report = self.by_id.get(text_of(record, "report"))
        number, letter = record.fields.get("number"), text_of(record, "letter")
        mark = "P" if text_of(record, "class") == "priority" else "O"
        return "-".join(
            [*([text_of(report, "reference")] if report else []), mark, f"{number:02}{letter}" if isinstance(number, int) else letter]
        )

    def keys(self, recommendations: Iterable[str]) -> tuple[str, ...]:
        """The keys of recommendations that stand in this summary, in its order."""
        wanted = set(recommendations)
        return tuple(self.key(r.id) for r in self.recommendations if r.id in wanted)
