"""What people call recommendations, institutions and persons on screens, in one language; reads rows, changes none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class RecommendationName:
    """A recommendation as a chip and a line: `key` is `P-03`, `words` the short label where there is one, else the verbatim text."""

    id: EntityId
    key: str
    priority: bool
    words: str
    text: str
    themes: tuple[str, ...]  # terms
    addressees: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class InstitutionName:
    """An institution by its name in the user's language, and what kind of interlocutor it is."""

    id: EntityId
    name: str
    type: str  # term


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person in original script, with the Latin spelling where there is one."""

    id: EntityId
    name: str
    latin: str
    institution: EntityId | None
    protected: bool

    @property
    def both(self) -> str:
        """“Айгүл Сәрсенова (Aigul Sarsenova)”, or the one name there is."""
        return f"{self.name} ({self.latin})" if self.latin and self.latin != self.name else self.name


@dataclass(frozen=True, slots=True)
class NoteLinks:
    """The notes of a visit by what they link to, without their words: one (meeting or "", recommendations) per note."""

    notes: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def read(cls, session: Session, visit: EntityId) -> NoteLinks:
        """From the links of the visit's notes: thousands of notes in the time of a few hundred records."""
        meetings: dict[int, str] = {}
        tied: dict[int, list[str]] = {}
        for note, field, target in session.store.links("note", visit):
            tied.setdefault(note, [])
            if field == "meeting":
                meetings[note] = target
            elif field == "recommendations":
                tied[note].append(target)
        return cls(tuple((meetings.get(note, ""), tuple(recommendations)) for note, recommendations in tied.items()))

    def per_meeting(self) -> Counter[str]:
        """How many notes each meeting has."""
        return Counter(meeting for meeting, _ in self.notes)

    def per_recommendation(self) -> Counter[str]:
        """How many notes each recommendation has."""
        return Counter(r for _, recommendations in self.notes for r in recommendations)


class Names:
    """Looked up once for a screen: `language` is the code of the user's language."""

    def __init__(self, session: Session, language: str) -> None:
        self._session, self.language = session, language
        self._spellings: list[tuple[EntityId, str]] | None = None
        self.recommendations = {r.id: _recommendation(r) for r in session.store.list_("recommendation")}
        self.institutions = {r.id: self._institution(r) for r in session.store.list_("institution")}
        self.people = {r.id: _person(r) for r in session.store.list_("person")}

    @classmethod
    def of(cls, session: Session, language: str) -> Names:
        """The names as the records stand now; the same object for as long as nothing is written."""
        return session.remembered(("names", language), lambda: cls(session, language))

    def term(self, vocabulary: str, word: object) -> str:
        """The label of a term in the user's language; unknown terms stand for themselves."""
        found = self._session.vocabularies.get(vocabulary)
        return found.label(str(word), self.language) if found and word else str(word or "")

    def text_of(self, names: object) -> str:
        """The name in the user's language out of a name per language, else the English, else any."""
        if not isinstance(names, Mapping):
            return str(names or "")
        return str(names.get(self.language) or names.get("en") or next((v for v in names.values() if v), ""))

    def _institution(self, record: Record) -> InstitutionName:
        return InstitutionName(record.id, self.text_of(record.fields.get("name")), str(record.fields.get("type") or ""))

    def institution_names(self, ids: Iterable[str]) -> str:
        """Names of institutions, separated by commas."""
        return ", ".join(self.institutions[EntityId(i)].name for i in ids if i in self.institutions)

    def type_of(self, institution: str) -> str:
        """What kind of interlocutor an institution is, a term; empty where it is not known."""
        found = self.institutions.get(EntityId(institution))
        return found.type if found else ""

    def spellings(self) -> list[tuple[EntityId, str]]:
        """Every institution's names in every language: under any of them a sheet may address it."""
        if self._spellings is None:
            rows = self._session.store.list_("institution")
            self._spellings = [(r.id, str(v)) for r in rows if isinstance(n := r.fields.get("name"), Mapping) for v in n.values() if v]
        return self._spellings

    def speaker(self, entity: str) -> str:
        """A speaker's name: a person or an institution."""
        if person := self.people.get(EntityId(entity)):
            return person.latin or person.name
        institution = self.institutions.get(EntityId(entity))
        return institution.name if institution else ""

    def chips(self, ids: Iterable[str]) -> tuple[RecommendationName, ...]:
        """Recommendations by id, priority first and in the order of their numbers; unknown ids are left out."""
        found = [self.recommendations[EntityId(i)] for i in ids if i in self.recommendations]
        return tuple(sorted(found, key=order))

    def of_visit(self, visit: Record) -> list[RecommendationName]:
        """The recommendations that a visit is about: of its reports, or the selected ones, priority first."""
        reports, selected = set(texts(visit.fields.get("reports"))), set(texts(visit.fields.get("selected")))
        only = visit.fields.get("scope") == "selected"
        rows = self._session.store.list_("recommendation")
        wanted = [self.recommendations[r.id] for r in rows if (r.id in selected if only else str(r.fields.get("report")) in reports)]
        return sorted(wanted, key=order)


def order(name: RecommendationName) -> tuple[bool, int, str]:
    """Priority first, then by number."""
    return (not name.priority, name.number, name.key)


def texts(value: JsonValue) -> tuple[str, ...]:
    """The texts of a set field; anything else gives none."""
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def word(value: JsonValue) -> str:
    """A short text field, empty where it is missing."""
    return "" if value is None else str(value)


def _recommendation(record: Record) -> RecommendationName:
    f = record.fields
    number, priority = f.get("number"), f.get("class") == "priority"
    n = number if isinstance(number, int) else 0
    key = f"{'P' if priority else 'O'}-{n:02d}{f.get('letter') or ''}"
    text = word(f.get("text"))
    return RecommendationName(
        record.id, key, priority, word(f.get("short_label")) or text, text, texts(f.get("themes")), texts(f.get("addressees")), n
    )


def _person(record: Record) -> PersonName:
    f = record.fields
    institution = f.get("institution")
    return PersonName(
        record.id,
        word(f.get("name")),
        word(f.get("name_latin")),
        EntityId(str(institution)) if institution else None,
        f.get("protected") is True,
    )
