"""Vocabularies as values: ordered terms with labels per language; reading the shipped files is not done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the word that is stored (English, lower case), its labels per language, and whether published practice confirms it."""

    word: str
    labels: Mapping[str, str]
    confirmed: bool = True
    alternatives: tuple[str, ...] = ()  # other spellings people use in sheets, any language, lower case

    def label(self, language: str) -> str:
        """The label in that language, else in English, else the word itself."""
        return self.labels.get(language) or self.labels.get("en") or self.word


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms; for ordered vocabularies a later term is stricter."""

    name: str
    version: int
    ordered: bool
    terms: tuple[Term, ...]

    def __contains__(self, word: object) -> bool:
        return any(t.word == word for t in self.terms)

    def term(self, word: str) -> Term | None:
        """The term that is stored as `word`, or None: a newer version may know it."""
        return next((t for t in self.terms if t.word == word), None)

    def rank(self, word: str | None) -> int:
        """The place of a term in an ordered vocabulary; an unknown term counts as the strictest, None as the laxest (-1)."""
        if word is None:
            return -1
        return next((i for i, t in enumerate(self.terms) if t.word == word), len(self.terms))

    def label(self, word: str, language: str) -> str:
        """The label of a term, or the word itself where this version does not know it."""
        term = self.term(word)
        return term.label(language) if term else word


Vocabularies = Mapping[str, Vocabulary]

# The strictest value wins (domain rule); these orders are part of the merge and must not depend on the shipped files.
STRICTEST: dict[str, tuple[str, ...]] = {
    "attribution": ("on record by name", "on record by institution", "Chatham House", "background", "off the record", "internal only"),
    "marking": ("public", "internal", "restricted", "confidential"),
}
