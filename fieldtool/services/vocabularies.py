"""The shipped vocabularies and labels, read once and strictly; it must not invent, translate or repair a term."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldtool import resources
from fieldtool.domain.vocabularies import Term, Vocabularies, Vocabulary

LABELS_FILE = "labels.json"


class ResourceFault(ValueError):
    """A shipped data file is not what this version needs: a broken installation, never the user's fault."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What kinds and fields are called in front of people. Field labels are keyed `kind.field` where a kind differs, else `field`."""

    kinds: Mapping[str, Mapping[str, Mapping[str, str]]]  # kind → language → "one" | "many" → label
    fields: Mapping[str, Mapping[str, str]]  # field or kind.field → language → label

    def kind(self, kind: str, language: str, *, many: bool = False) -> str:
        """The label of a kind of record, else its English label, else its own name."""
        per_language = self.kinds.get(kind, {})
        forms = per_language.get(language) or per_language.get("en") or {}
        return forms.get("many" if many else "one", kind)

    def field(self, kind: str, field: str, language: str) -> str:
        """The label of a field of that kind, else its English label, else its own name."""
        for key in (f"{kind}.{field}", field):
            per_language = self.fields.get(key, {})
            if label := per_language.get(language) or per_language.get("en"):
                return label
        return field


@cache
def load_vocabularies() -> Vocabularies:
    """Every shipped vocabulary by its name. Raises `ResourceFault` when one of the files is not well formed."""
    folder = resources.path("vocabularies")
    found = [read_vocabulary(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise ResourceFault(f"no vocabulary in {folder}")
    return {v.name: v for v in found}


@cache
def load_labels() -> Labels:
    """The labels of kinds and fields. Raises `ResourceFault` when the file is not well formed."""
    return read_labels(resources.path(LABELS_FILE))


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of one file, which carries its name. Raises `ResourceFault` for anything missing, unknown or repeated."""
    raw = _object(_read(path), path, required={"name", "version", "ordered", "terms"})
    name, version, ordered, rows = raw["name"], raw["version"], raw["ordered"], raw["terms"]
    if name != path.stem:
        raise ResourceFault(f"{path.name} is named {name!r} inside")
    if type(version) is not int or version < 1 or type(ordered) is not bool or not isinstance(rows, list) or not rows:
        raise ResourceFault(f"{path.name}: version, ordered or terms are not what they should be")
    terms = tuple(_term(row, path) for row in rows)
    words = [t.word for t in terms]
    if len(set(words)) != len(words):
        raise ResourceFault(f"{path.name} repeats a term")
    _check_unambiguous(terms, path)
    return Vocabulary(str(name), version, ordered, terms)


def read_labels(path: Path) -> Labels:
    """The labels of one file. Raises `ResourceFault` for anything missing or unknown."""
    raw = _object(_read(path), path, required={"version", "kinds", "fields"})
    kinds, fields = raw["kinds"], raw["fields"]
    if not isinstance(kinds, dict) or not isinstance(fields, dict):
        raise ResourceFault(f"{path.name}: kinds and fields are objects")
    named = {kind: {lang: _texts(forms, path, {"one", "many"}) for lang, forms in _both(per, path)} for kind, per in kinds.items()}
    return Labels(named, {field: _texts(per, path, {"en", "ru"}) for field, per in fields.items()})


def _term(row: object, path: Path) -> Term:
    raw = _object(row, path, required={"word", "labels"}, optional={"confirmed", "alternatives"})
    word, confirmed, alternatives = raw["word"], raw.get("confirmed", True), raw.get("alternatives", [])
    if not isinstance(word, str) or not word or word != word.strip() or type(confirmed) is not bool:
        raise ResourceFault(f"{path.name}: {word!r} is not a term")
    if not isinstance(alternatives, list) or any(not isinstance(a, str) or not a or a != a.casefold() for a in alternatives):
        raise ResourceFault(f"{path.name}: the alternatives of {word!r} are lower-case texts")
    return Term(word, _texts(raw["labels"], path, {"en", "ru"}, further=True), confirmed, tuple(alternatives))


def _check_unambiguous(terms: tuple[Term, ...], path: Path) -> None:
    """No spelling may stand for two terms: a sheet that uses it would be read wrongly without anybody noticing."""
    meaning: dict[str, str] = {}
    for term in terms:
        for spelling in {term.word.casefold(), *(label.casefold() for label in term.labels.values()), *term.alternatives}:
            if meaning.setdefault(spelling, term.word) != term.word:
                raise ResourceFault(f"{path.name}: {spelling!r} could be {meaning[spelling]!r} or {term.word!r}")


def _both(per: object, path: Path) -> list[tuple[str, object]]:
    return list(_object(per, path, required={"en", "ru"}).items())


def _texts(value: object, path: Path, required: set[str], *, further: bool = False) -> dict[str, str]:
    raw = _object(value, path, required=required, optional=None if further else set())
    texts = {key: text for key, text in raw.items() if isinstance(text, str) and text.strip()}
    if len(texts) != len(raw):
        raise ResourceFault(f"{path.name}: a label is empty")
    return texts


def _object(value: object, path: Path, *, required: Set[str], optional: Set[str] | None = frozenset()) -> dict[str, object]:
    """`value` as an object with all required keys and no others; `optional=None` allows any further key."""
    if not isinstance(value, dict) or not required <= value.keys():
        raise ResourceFault(f"{path.name} lacks one of {sorted(required)}")
    if optional is not None and (unknown := value.keys() - required - optional):
        raise ResourceFault(f"{path.name}: {sorted(unknown)} are not known here")
    return value


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_bytes(), object_pairs_hook=_unrepeated)
    except ValueError as error:  # UnicodeDecodeError and JSONDecodeError among them
        raise ResourceFault(f"{path.name}: {error}") from error


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ResourceFault("a key is repeated")
    return dict(pairs)
