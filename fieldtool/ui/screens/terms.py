"""Labels of vocabulary terms in the user's language; the shipped vocabularies are read once."""

from __future__ import annotations

from fieldtool.services.vocabularies import load_labels, load_vocabularies
from fieldtool.ui import words


def term(vocabulary: str, word: str) -> str:
    """The label of a term with a capital first letter; an unknown or missing term stands for itself."""
    found = load_vocabularies().get(vocabulary)
    text = found.label(word, words.language.code) if found and word else word
    return text[:1].upper() + text[1:]


def kind_label(kind: str, many: bool = False) -> str:
    """What records of a kind are called."""
    return load_labels().kind(kind, words.language.code, many=many)


def field_label(kind: str, field: str) -> str:
    """What a field is called."""
    return load_labels().field(kind, field, words.language.code)


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """Every term of a vocabulary in its order, with its label."""
    return [(t.word, term(vocabulary, t.word)) for t in load_vocabularies()[vocabulary].terms]
