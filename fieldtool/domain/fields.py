"""What kinds of field there are and what each takes; the kinds of record themselves are in `schema`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a field's value looks and merges."""

    WORD = "word"  # a short text on one line
    TEXT = "text"  # free text, many lines, word-merge proposed
    TERM = "term"  # one term of a vocabulary
    FLAG = "flag"  # true, false
    NUMBER = "number"  # a whole number
    DATE = "date"  # YYYY-MM-DD
    TIME = "time"  # YYYY-MM-DDTHH:MM in the visit's zone
    LINK = "link"  # the id of a record of kind `of`
    TERMS = "terms"  # set of terms; each element its own change
    LINKS = "links"  # set of ids; each element its own change
    WORDS = "words"  # set of short texts; each element its own change
    NAMES = "names"  # text per language tag; each language its own change
    PARTS = "parts"  # map of key → object; each key its own change, null removes it


ELEMENTWISE = frozenset({Shape.TERMS, Shape.LINKS, Shape.WORDS, Shape.NAMES, Shape.PARTS})
SETS = frozenset({Shape.TERMS, Shape.LINKS, Shape.WORDS})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind.

    `of` is the vocabulary of terms or the kind of links (several kinds joined by "|"; "*" for any). `personal` fields and free text travel
    salted, so that they can be redacted. `official` fields are set by headquarters only; `head` fields by the head of the visit (or deputy)
    and headquarters. Of a `strict` field in conflict the strictest value is in force.
    """

    name: str
    shape: Shape
    of: str = ""
    required: bool = False
    personal: bool = False
    official: bool = False
    head: bool = False
    strict: bool = False  # in conflict the strictest value is in force

    @property
    def salted(self) -> bool:
        """Whether values of this field travel as a salted digest with the value beside it."""
        return self.personal or self.shape is Shape.TEXT

    @property
    def elementwise(self) -> bool:
        """Whether each element is a change of its own, keyed `name/element`."""
        return self.shape in ELEMENTWISE


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of record.

    `name` is singular (as in changes), `plural` as in `fieldtool list`; `scope_field` leads to its visit, "" for the library.
    """

    name: str
    plural: str
    fields: tuple[FieldSpec, ...]
    scope_field: str = ""
    title: str = ""  # the field that names a record in lists
    official: bool = False  # only headquarters makes or changes records of this kind

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)


def split_key(key: str) -> tuple[str, str | None]:
    """The field name and the element of a change's field key: `themes/media` → ("themes", "media")."""
    name, slash, element = key.partition("/")
    return name, element if slash else None


def join_key(name: str, element: str) -> str:
    """The field key of one element."""
    return f"{name}/{element}"
