"""What single cells say: numbers, priority, terms, lists of names; it knows no lines and no columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fieldtool.domain.vocabularies import Vocabulary
from fieldtool.intake.headings import normalised

MAX_NUMBER = 999

# Lists in Russian run а, б, в, …; с, о, р are not among their first letters, so a с is a Latin c typed on a Russian keyboard.
_LATIN_OF = dict(zip("абвгдежзикс", "abcdefghijc", strict=True))
_NUMBER = re.compile(
    r"""(?:(?:rec(?:ommendation)?s?|рек(?:омендация)?|no|nr|n|№|\#|номер)\.?\s*)*   # Rec. No. 7
        \(?(?P<number>\d{1,9})(?:[.,]0+)?                                          # 7, 7.0, (7
        \s*[-.]?\s*(?:\((?P<bracketed>[a-zа-я])\)|(?P<letter>[a-zа-я])\)?)?        # 7a, 7 (a), 7-a, 7.a
        \s*[.):]*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_KEY = re.compile(
    r"(?:[A-Z]{3}-\d{4}-[A-Z]+-)?(?P<class>[PO])-?0*(?P<number>\d{1,9})(?P<letter>[a-z]?)\Z", re.IGNORECASE
)  # KAZ-2021-PAR-O-07a
_LEADING = re.compile(r"(?P<number>\d{1,3}\s*(?:\([a-zа-я]\)|[a-zа-я](?=[.)]))?)\s*[.):]\s+(?=\S)", re.IGNORECASE)

_YES = frozenset(("yes", "y", "true", "1", "x", "х", "+", "✓", "✔", "☑", "√", "да", "д", "иә", "p", "п", "high priority"))
_NO = frozenset(("no", "n", "false", "0", "-", "–", "—", "нет", "н", "жоқ", "o", "о", "☐"))


@dataclass(frozen=True, slots=True)
class Number:
    """A recommendation's number, its sub-letter ("" when none), and the class its key names ("" when it is a plain number)."""

    number: int
    letter: str = ""
    priority_class: str = ""


def read_number(text: str) -> Number | None:
    """The number a cell names, or None: 7, 7.0, 7a, 7 (a), 7б, № 7, Rec. 7, P-07, KAZ-2021-PAR-O-07a."""
    text = text.strip().lstrip("'")
    if key := _KEY.match(text):
        return Number(int(key["number"]), key["letter"].lower(), "priority" if key["class"].upper() == "P" else "other")
    if found := _NUMBER.match(text):
        return Number(int(found["number"]), read_letter(found["bracketed"] or found["letter"] or "") or "")
    return None


def read_letter(text: str) -> str | None:
    """A sub-letter in Latin script, "" for an empty cell, None for anything else."""
    letter = text.strip(" ().").lower()
    if not letter:
        return ""
    letter = _LATIN_OF.get(letter, letter)
    return letter if len(letter) == 1 and "a" <= letter <= "z" else None


def split_leading_number(text: str) -> tuple[str, str]:
    """`7. Lift undue …` as its number and its text, or "" and the text unchanged."""
    found = _LEADING.match(text)
    return (found["number"], text[found.end() :]) if found else ("", text)


Spellings = Mapping[str, str]  # every spelling of a vocabulary's terms, normalised → the word that is stored


def spellings(vocabulary: Vocabulary) -> Spellings:
    """Every spelling of a vocabulary's terms in every language."""
    return {
        normalised(spelling): term.word
        for term in reversed(vocabulary.terms)
        for spelling in (*term.alternatives, *term.labels.values(), term.word)
    }


def find_term(text: str, terms: Spellings) -> str | None:
    """The stored word of a term in any of its spellings and languages, or None."""
    return terms.get(normalised(text))


def read_class(text: str, classes: Spellings) -> str | None:
    """The class a cell of a priority column names, "" for an empty cell, None for anything else."""
    plain = text.strip().casefold()
    if not plain:
        return ""
    if plain in _YES or normalised(text) in _YES:
        return "priority"
    if plain in _NO or normalised(text) in _NO:
        return "other"
    return find_term(text, classes)


_LINES = re.compile(r"(?:^|\n)\s*[-–—*]\s|[;\n•●▪]")
_PARTS = re.compile(r"(,|/|\+|&|\band\b|\bи\b|\bжәне\b)", re.IGNORECASE)


def read_terms(text: str, terms: Spellings) -> tuple[list[str], list[str]]:
    """The terms a cell lists, each once and in the order of the cell, and the pieces that are no term."""
    found: list[str] = []
    unknown: list[str] = []
    for piece in (p.strip(" \t.,") for p in _LINES.split(text)):
        if not piece:
            continue
        if (term := find_term(piece, terms)) is not None:
            found.append(term)
            continue
        several, strange = _longest_terms(piece, terms)
        found += several
        unknown += strange
    return list(dict.fromkeys(found)), unknown


def _longest_terms(piece: str, terms: Spellings) -> tuple[list[str], list[str]]:
    """Splits at commas, slashes and “and”, but never inside a term such as “candidate and party registration”: the longest match wins."""
    parts = _PARTS.split(piece)  # words at even places, separators at odd ones
    found: list[str] = []
    unknown: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -2):
            if (term := find_term("".join(parts[at:end]), terms)) is not None:
                found.append(term)
                at = end + 1
                break
        else:
            if word := parts[at].strip(" \t.,"):
                unknown.append(word)
            at += 2
    # A piece in which nothing is known is named whole, as its writer would recognise it.
    return found, unknown if found else [piece]


_BODY = re.compile(
    r"ministr|parliament|commission|committee|court|government|president|prosecut|ombud|agency|department|office|council|assembly|authorit"
    r"|political part|media\b|civil societ|police|central|supreme|constitutional|local|regional|municipal|election|cec\b"
    r"|министер|парламент|комисси|комитет|суд|верховн|конституцион|центральн|правительств|президент|прокур|уполномоч|омбуд|агентств"
    r"|департамент|управлени|совет|мажилис|сенат|местн|региональн|политическ|партии|сми\b|гражданск|полици|цик\b",
    re.IGNORECASE,
)
_OPEN_NAME = re.compile(
    r"ministr|committee|department|agency|office|council|министер|комитет|департамент|агентств|управлени|совет", re.IGNORECASE
)


def read_names(text: str, *, commas_separate: bool) -> list[str]:
    """The names a cell lists, each once: a line each, between semicolons, at slashes between blanks; at commas only where told to.

    A comma inside a name (“Ministry of Information, Communications and Culture”) does not part it: what follows must look like a body.
    """
    names: list[str] = []
    for piece in re.split(_LINES.pattern + r"|\s/\s", text):
        piece = piece.strip(" \t")
        if commas_separate and "," in piece:
            names += _parted_at_commas(piece)
        elif piece:
            names.append(piece.rstrip(","))
    return list(dict.fromkeys(name for name in names if name))


def _parted_at_commas(piece: str) -> list[str]:
    names: list[str] = []
    for part in (p.strip() for p in piece.split(",")):
        if not part:
            continue
        open_name = bool(names) and _OPEN_NAME.search(names[-1]) is not None
        if names and not _BODY.match(part) and (part[0].islower() or (open_name and not part.isupper())):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def read_page(text: str) -> int | None:
    """The first page a cell names, or None: 12, p. 12, 12-13, стр. 12."""
    found = re.match(r"(?:pp?|с|стр|page|страница)?\.?\s*(\d{1,4})(?:\s*[-–,]\s*\d{1,4})?\.?\Z", text.strip(), re.IGNORECASE)
    return int(found[1]) if found else None
