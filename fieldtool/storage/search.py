"""Full-text search over every text of every record, indexed outside the typing transaction; it decides nothing about what is shown.

`TextIndex` is the small interface that another engine's text search would fill; `FoldedIndex` is SQLite's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from fieldtool.domain.changes import DELETED
from fieldtool.domain.fields import FieldSpec, KindSpec, Shape, split_key
from fieldtool.domain.ids import EntityId, hlc_ms, id_from_bytes, is_entity_id
from fieldtool.domain.schema import ADMIN_KINDS
from fieldtool.domain.values import JsonValue
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.folding import matches, words, words_with_places
from fieldtool.storage.work import Work

_TEXTS = frozenset({Shape.WORD, Shape.TEXT, Shape.WORDS, Shape.NAMES, Shape.PARTS})
_AROUND = 60  # characters shown on either side of the first hit
_SCAN = 500  # records not yet indexed that a search reads itself; beyond that it indexes them first

_object: msgspec.json.Decoder[dict[str, JsonValue]] = msgspec.json.Decoder()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One record that holds every word of a query.

    `field` is the field key of the text shown, `excerpt` a piece of it on one line, `marks` the places of the words found in the excerpt.
    """

    id: EntityId
    kind: str
    field: str
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    changed_at: int  # ms since 1970 UTC


@dataclass(frozen=True, slots=True)
class Text:
    """What the index keeps of one record: its folded words, and the marks of its kind and visit."""

    ent: int
    words: str
    place: str


class TextIndex(Protocol):
    """What search asks of a database's text index."""

    def make(self, work: Work) -> None:
        """Make it in an empty database."""

    def put(self, work: Work, texts: Sequence[Text], gone: Sequence[int]) -> None:
        """Replace the texts of these records; those in `gone` have none any more."""

    def find(self, work: Work, query: Sequence[str], places: Sequence[Sequence[str]], limit: int) -> list[int]:
        """Records whose words begin with every word of the query and that bear one mark of each list, newest first."""

    def clear(self, work: Work) -> None:
        """Forget everything."""

    def holds(self, work: Work) -> set[int]:
        """The records that it has words of."""


class FoldedIndex:
    """An FTS5 table that keeps no text of its own."""

    _MAKE = (
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(words, place, content='', contentless_delete=1,"
        " tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')"
    )

    def make(self, work: Work) -> None:
        """Make the table of an empty vault."""
        work.run(self._MAKE)

    def clear(self, work: Work) -> None:
        """Forget everything."""
        work.run("DROP TABLE IF EXISTS search_index")
        self.make(work)

    def holds(self, work: Work) -> set[int]:
        """The records that it has words of."""
        return {r[0] for r in work.rows("SELECT rowid FROM search_index")}

    def put(self, work: Work, texts: Sequence[Text], gone: Sequence[int]) -> None:
        """Replace the texts of these records."""
        work.many("DELETE FROM search_index WHERE rowid = ?", [(e,) for e in (*gone, *(t.ent for t in texts))])
        work.many("INSERT INTO search_index (rowid, words, place) VALUES (?, ?, ?)", [(t.ent, t.words, t.place) for t in texts])

    def find(self, work: Work, query: Sequence[str], places: Sequence[Sequence[str]], limit: int) -> list[int]:
        """Records by prefix of every word, newest first; not ranked: ranking reads every hit of a common word."""
        wanted = " ".join(f'"{w}"*' for w in query)
        match = f"words : ({wanted})" + "".join(" AND place : (" + " OR ".join(f'"{p}"' for p in some) + ")" for some in places)
        rows = work.rows("SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?", (match, limit))
        return [r[0] for r in rows]


class Search:
    """Keeps the index behind the rows, and answers as if it were level with them."""

    def __init__(self, dictionary: Dictionary, index: TextIndex) -> None:
        self._dictionary, self._index = dictionary, index

    def pending(self, work: Work) -> int:
        """How many records have changed since they were indexed."""
        return work.number("SELECT count(*) FROM dirty")

    def index_some(self, work: Work, limit: int) -> int:
        """Index up to `limit` changed records; how many were."""
        entities = [r[0] for r in work.rows("SELECT ent FROM dirty ORDER BY ent LIMIT ?", (limit,))]
        texts = {t.ent: t for t in self._texts(work, entities)}
        self._index.put(work, list(texts.values()), [e for e in entities if e not in texts])
        for start in range(0, len(entities), 500):
            piece = entities[start : start + 500]
            work.run(f"DELETE FROM dirty WHERE ent IN ({','.join('?' * len(piece))})", piece)
        return len(entities)

    def level(self, work: Work) -> bool:
        """Whether every record that should be found is in the index, or known to be on its way there, and no other is."""
        there = {
            r[0]: self._dictionary.kind_name(work, r[1]) not in ADMIN_KINDS
            for r in work.rows("SELECT r.id, r.kind FROM record r JOIN body b ON b.ent = r.id WHERE r.state = 1")
        }
        waiting = {r[0] for r in work.rows("SELECT ent FROM dirty")}
        return {e for e, found in there.items() if found} - waiting == self._index.holds(work) - waiting

    def _texts(self, work: Work, entities: Sequence[int]) -> Iterable[Text]:
        sql = "SELECT r.id, r.kind, r.visit, b.fields FROM record r JOIN body b ON b.ent = r.id WHERE r.state = 1 AND r.id IN ({})"
        for ent, kind, visit, fields in work.among(sql, entities):
            name = self._dictionary.kind_name(work, kind)
            if name not in ADMIN_KINDS:
                found = [" ".join(words(text)) for _, text in texts_of(_object.decode(fields), self._dictionary.spec(kind))]
                yield Text(ent, " ".join(found), f"k{kind} v{visit}")

    def find(self, work: Work, query: str, kinds: Collection[str] | None, visit: EntityId | None, limit: int) -> list[SearchHit]:
        """Records whose texts hold a word that begins with each word of the query, newest first."""
        return self._hits(work, self.numbers(work, query, kinds, visit, limit), _wanted(query))[:limit]

    def numbers(self, work: Work, query: str, kinds: Collection[str] | None, visit: EntityId | None, limit: int) -> list[int]:
        """The numbers of those records in no order, and of some older ones where many have changed since they were indexed."""
        wanted = _wanted(query)
        places = self._places(work, kinds, visit)
        if not wanted or places is None:
            return []
        fresh = [r[0] for r in work.rows("SELECT ent FROM dirty")]
        found = [e for e in self._index.find(work, wanted, places, limit + len(fresh)) if e not in set(fresh)]
        marks = [set(some) for some in places]
        found += [
            t.ent
            for t in self._texts(work, fresh)
            if matches(wanted, t.words.split()) and all(some & set(t.place.split()) for some in marks)
        ]
        return found

    def must_index(self, work: Work) -> bool:
        """Whether so many records have changed that a search should index them before it asks."""
        return self.pending(work) > _SCAN

    def _places(self, work: Work, kinds: Collection[str] | None, visit: EntityId | None) -> list[list[str]] | None:
        """The marks a hit must bear; None when nothing can."""
        places: list[list[str]] = []
        if kinds is not None:
            numbers = [n for k in sorted(kinds) if (n := self._dictionary.known_kind(work, k)) is not None]
            if not numbers:
                return None
            places.append([f"k{n}" for n in numbers])
        if visit is not None:
            number = self._dictionary.known_visit(work, visit)
            if number is None:
                return None
            places.append([f"v{number}", "v0"])  # records of no visit are found from every visit
        return places

    def _hits(self, work: Work, entities: Sequence[int], wanted: Sequence[str]) -> list[SearchHit]:
        sql = "SELECT r.id, r.uid, r.kind, b.changed, b.fields FROM record r JOIN body b ON b.ent = r.id WHERE r.state = 1 AND r.id IN ({})"
        hits = []
        for _, uid, kind, changed, fields in work.among(sql, entities):
            name = self._dictionary.kind_name(work, kind)
            texts = texts_of(_object.decode(fields), self._dictionary.spec(kind))
            field, excerpt, marks = _best(texts, wanted)
            hits.append(SearchHit(id_from_bytes(uid), name, field, excerpt, marks, hlc_ms(changed)))
        hits.sort(key=lambda h: h.id, reverse=True)  # of one moment, as by an import, the newest first
        return sorted(hits, key=lambda h: -h.changed_at)


def _wanted(query: str) -> list[str]:
    """The folded words of a query, each once."""
    return list(dict.fromkeys(words(query)))


def texts_of(fields: dict[str, JsonValue], spec: KindSpec | None) -> list[tuple[str, str]]:
    """The texts that people wrote into a record, by field key; terms, dates, flags and links are none."""
    found = []
    for key, value in fields.items():
        name, element = split_key(key)
        field = spec.field(name) if spec else None
        if key == DELETED or value is None or value is False or not _is_text(field):
            continue
        if value is True:
            if element is not None and not is_entity_id(element):
                found.append((key, element))
        else:
            found += [(key, text) for text in _strings(value)]
    return found


def _is_text(field: FieldSpec | None) -> bool:
    return field.shape in _TEXTS if field is not None else True  # what a newer version wrote is searched too


def _strings(value: JsonValue) -> Iterable[str]:
    if isinstance(value, str):
        if not is_entity_id(value):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _best(texts: Sequence[tuple[str, str]], wanted: Sequence[str]) -> tuple[str, str, tuple[tuple[int, int], ...]]:
    """The text that holds most of the words, cut around the first."""
    best: tuple[int, str, str, list[tuple[int, int]]] = (-1, "", "", [])
    for field, text in texts:
        places = [(w.start, w.end) for w in words_with_places(text) if any(w.folded.startswith(q) for q in wanted)]
        held = sum(any(w.startswith(q) for w in words(text)) for q in wanted) if places else 0
        if held > best[0]:
            best = held, field, text, places
    _, field, text, places = best
    start = max(0, places[0][0] - _AROUND) if places else 0
    excerpt = text[start : start + 3 * _AROUND].replace("\n", " ").replace("\r", " ").replace("\t", " ")
    marks = tuple((s - start, e - start) for s, e in places if e - start <= len(excerpt))
    return field, excerpt, marks
