"""The proof that an edition shows nothing it must not: looks for what is forbidden in the record and again in the finished file.

It works out what is forbidden from the material itself and must not ask the composer what it meant to leave out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from fieldtool.domain.changes import Record
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import Shape
from fieldtool.domain.ids import EntityId
from fieldtool.domain.schema import KINDS
from fieldtool.reports.attribution import EVIDENCE_KINDS, Rules, mapping_of, text_of, words_of
from fieldtool.reports.compose import compose_summary
from fieldtool.reports.composing import Composing
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.material import SummaryMaterial
from fieldtool.reports.record import SummaryRecord, entries_of, record_json

_SHORTEST = 4  # characters; a shorter name would be found in every other word
_NAMING = ("source", "institution", "owner", "parties", "attendees", "place", "interpreter", "belongs_to")  # places that say who
_OFFICIAL = ("text", "translations", "addressees", "commitments", "title")  # of recommendations and reports: published


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that must not appear: whose it is, and whether it may stand in free text (an institution that is merely spoken of)."""

    text: str
    record: EntityId
    only_where_named: bool = False
    folded: str = attribute(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", _folded(self.text))


@dataclass(frozen=True, slots=True)
class CheckedSummary:
    """A summary whose record was searched and found clean; only `check_summary` makes one. `secrets` are looked for again in the file."""

    summary: VisitSummary
    record: SummaryRecord
    secrets: tuple[Secret, ...]


def compose_checked(material: SummaryMaterial) -> CheckedSummary:
    """Compose and check in one step. Raises `KnownError` visit-unknown, summary-leak."""
    return check_summary(compose_summary(material), material)


def check_summary(summary: VisitSummary, material: SummaryMaterial) -> CheckedSummary:
    """Search the record of a summary for what its edition must not show. Raises `KnownError` summary-leak, naming the place."""
    record = record_json(summary)
    composing = Composing(material)
    secrets = tuple(secrets_of(composing))
    elsewhere = [s for s in secrets if not s.only_where_named]
    harmless, clean = _harmless(composing), set[tuple[str, bool]]()
    for place, text in _texts_of(record):
        if _is_official(place) or text in harmless or all(part in harmless for part in text.split("; ")):
            continue
        naming = any(f".{word}" in place for word in _NAMING)
        if (text, naming) in clean:  # most texts of a long record are names and times that stand in it hundreds of times
            continue
        if _first(secrets if naming else elsewhere, text) is not None:
            raise refuse("summary-leak", edition=summary.edition.value, place=place.lstrip("."))
        clean.add((text, naming))
    return CheckedSummary(summary, record, secrets)


def check_file(content: bytes, checked: CheckedSummary) -> None:
    """Search the finished file: pages, metadata, bookmarks, alternative texts, attachment, every stream. Raises `KnownError` summary-leak.

    Names that stand in the published texts of the report are not looked for here: the record was searched for them place by place.
    """
    from fieldtool.reports.reading import every_text

    published = _folded(" ".join(t for p, t in _texts_of(checked.record) if _is_official(p) or p.endswith(".text")))
    secrets = [s for s in checked.secrets if not s.only_where_named and not _matches(s.folded, published)]
    for place, text in every_text(content):
        if _first(secrets, text) is not None:
            raise refuse("summary-leak", edition=checked.summary.edition.value, place=place)


# --- what is forbidden


def secrets_of(c: Composing) -> Iterator[Secret]:
    """Everything that the edition must not show, from the records alone."""
    seen = {_folded(text) for text in _openly_said(c)}
    for secret in _every_secret(c):
        if len(secret.folded) >= _SHORTEST and secret.folded not in seen:
            seen.add(secret.folded)
            yield secret


def _openly_said(c: Composing) -> Iterator[str]:
    """Names and places that this edition states anyway, and that therefore give nothing away elsewhere."""
    yield from (str(v) for v in mapping_of(c.visit, "city").values())
    for card in c.material.team:
        yield from (card.name, card.name_latin)
    for meeting in c.shown_meetings:
        if not c.rules.protected(meeting):
            yield from (text_of(meeting, f) for f in (("place", "interpreter") if c.internal else ("place",)))


def _every_secret(c: Composing) -> Iterator[Secret]:
    rules = c.rules
    open_people, open_institutions = _named_openly(rules)
    for kind, records in sorted(c.material.records.items()):
        living = {r.id for r in rules.all_of(kind)}
        for record in records:
            yield from _of_record(c, kind, record, record.id in living)
    for person in rules.all_of("person"):
        if rules.canonical(person.id) not in open_people or not rules.person_named(person):
            yield from (Secret(text_of(person, f), person.id) for f in ("name", "name_latin"))
    for institution in rules.all_of("institution"):
        if rules.canonical(institution.id) not in open_institutions:
            for name in mapping_of(institution, "name").values():
                yield Secret(str(name), institution.id, only_where_named=c.internal)


def _of_record(c: Composing, kind: str, record: Record, living: bool) -> Iterator[Secret]:
    """Texts of one record that must not appear: all of one that is not admitted, what identifies in one that is protected."""
    rules = c.rules
    if kind in ("person", "institution", "card", "revocation", "country", "report", "recommendation", "official_status", "visit"):
        if not living and kind in ("person", "institution"):
            yield from _free_texts(record, kind)
        return
    judged = kind in ("meeting", *EVIDENCE_KINDS, "attachment")
    admitted = living and (rules.admits(record) if judged else kind in ("finding", "section"))
    if not admitted:
        yield from _free_texts(record, kind)
    elif kind == "finding" and not c.internal:
        agreed = text_of(record, "state") == "agreed"
        yield from (s for s in _free_texts(record, kind) if not (agreed and s.text in text_of(record, "text")))
    elif kind == "meeting" and rules.protected(record):
        yield from (Secret(text_of(record, f), record.id) for f in ("place", "interpreter"))
        yield from (Secret(name, record.id) for name in _part_names(record))
    elif kind == "note" and not rules.by_name(record):
        yield from (Secret(name, record.id) for name in words_of(record, "unnamed_speakers"))


def _free_texts(record: Record, kind: str) -> Iterator[Secret]:
    for field in KINDS[kind].fields:
        if field.shape is Shape.TEXT or (field.personal and field.shape is Shape.WORD):
            for line in text_of(record, field.name).split("\n"):
                yield Secret(line.strip(), record.id)
        elif field.personal and field.shape is Shape.WORDS:
            yield from (Secret(word, record.id) for word in words_of(record, field.name))
        elif field.shape is Shape.NAMES:
            yield from (Secret(str(text), record.id) for text in mapping_of(record, field.name).values())
    yield from (Secret(name, record.id) for name in _part_names(record))


def _part_names(record: Record) -> Iterator[str]:
    for part in mapping_of(record, "attendees").values():
        if isinstance(part, dict) and part.get("name"):
            yield str(part["name"])


def _named_openly(rules: Rules) -> tuple[set[str], set[str]]:
    """The people and institutions whom an admitted record may name."""
    people: set[str] = set()
    institutions: set[str] = set()
    owners: dict[str, Record] = {p.id: p for p in rules.all_of("person")}
    for kind in ("meeting", *EVIDENCE_KINDS):
        for record in rules.all_of(kind):
            if not rules.admits(record) or rules.protected(record):
                continue
            named = {*words_of(record, "institutions"), *words_of(record, "speakers"), text_of(record, "institution")}
            institutions |= {rules.canonical(i) for i in named if i and i not in owners}
            for meeting in rules.group(text_of(record, "meeting")):
                institutions |= {rules.canonical(i) for i in words_of(meeting, "institutions")}
            speaking = {s for s in named if s in owners} | _attending(record)
            institutions |= {
                rules.canonical(text_of(owners[s], "institution")) for s in speaking if s in owners and text_of(owners[s], "institution")
            }
            if rules.by_name(record):
                people |= {rules.canonical(p) for p in speaking}
    return people, institutions


def _attending(record: Record) -> set[str]:
    return {str(p["person"]) for p in mapping_of(record, "attendees").values() if isinstance(p, dict) and p.get("person")}


# --- looking


def _harmless(c: Composing) -> set[str]:
    """Texts of the frame that may happen to be an institution's name: labels of types, and what stands for the unnamed."""
    found = {c.wording("source-hidden")}
    known = c.material.vocabularies.get("institution_type")
    for term in known.terms if known else ():
        label = c.label("institution_type", term.word).text
        found |= {label, c.wording("source-unnamed", type=label)}
    return found


def _is_official(place: str) -> bool:
    parts = place.split(".")
    head = parts[1].partition("[")[0] if len(parts) > 1 else ""
    return head in ("recommendations", "reports") and len(parts) > 2 and parts[2].partition("[")[0] in _OFFICIAL


def _texts_of(record: SummaryRecord) -> Iterator[tuple[str, str]]:
    for name, value in entries_of(record):
        yield from _texts(value, f".{name}")


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for index, item in enumerate(value, 1):
            yield from _texts(item, f"{place}[{index}]")
    elif isinstance(value, dict) and set(value) != {"word", "text"}:  # a label is a word of the frame
        for key, item in value.items():
            yield from _texts(item, f"{place}.{key}")


def _first(secrets: Iterable[Secret], text: str) -> Secret | None:
    folded = _folded(text)
    return next((s for s in secrets if _matches(s.folded, folded)), None)


def _matches(secret: str, text: str) -> bool:
    """Whether the secret stands in the text as words of its own; both folded."""
    if secret not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
