"""Text search on PostgreSQL: every folded word of a record as a lexeme, found by its beginning; it ranks and shows nothing."""

from __future__ import annotations

from collections.abc import Sequence

from fieldtool.storage.search import Text
from fieldtool.storage.work import Work

_LONGEST = 400  # characters of a word that are kept: a lexeme has room for 2,046 bytes
_ROOM = 900_000  # bytes of one row's lexemes; the server takes 1,048,575


class WordIndex:
    """The words of every record, in rows small enough for the server."""

    def make(self, work: Work) -> None:
        """Make the table of an empty database."""
        columns = "ent bigint, part bigint, place text[] NOT NULL, words tsvector NOT NULL, PRIMARY KEY (ent, part)"
        work.run(f"CREATE TABLE search_text ({columns})")
        work.run("CREATE INDEX search_words ON search_text USING gin (words)")
        work.run("CREATE INDEX search_long ON search_text (ent) WHERE part > 0")

    def clear(self, work: Work) -> None:
        """Forget everything."""
        work.run("DELETE FROM search_text")

    def holds(self, work: Work) -> set[int]:
        """The records that it has words of."""
        return {r[0] for r in work.rows("SELECT DISTINCT ent FROM search_text")}

    def put(self, work: Work, texts: Sequence[Text], gone: Sequence[int]) -> None:
        """Replace the texts of these records."""
        work.run("DELETE FROM search_text WHERE ent = ANY(?)", ([*gone, *(t.ent for t in texts)],))
        sql = "INSERT INTO search_text (ent, part, place, words) VALUES (?, ?, ?, array_to_tsvector(?))"
        work.many(sql, [(t.ent, part, t.place.split(), some) for t in texts for part, some in enumerate(_cut(t.words))])

    def find(self, work: Work, query: Sequence[str], places: Sequence[Sequence[str]], limit: int) -> list[int]:
        """Records by prefix of every word, newest first; the words of a very long record may stand in several rows."""
        prefixes = [f"{_quoted(w[:_LONGEST])}:*" for w in query]
        near, marks = " AND place && ?" * len(places), [list(some) for some in places]
        every = " AND EXISTS (SELECT 1 FROM search_text p WHERE p.ent = l.ent AND p.words @@ ?::tsquery)" * len(prefixes)
        rows = work.rows(
            f"(SELECT ent FROM search_text WHERE words @@ ?::tsquery{near} ORDER BY ent DESC LIMIT ?) UNION"
            f" SELECT l.ent FROM search_text l WHERE l.part = 1{near}{every} ORDER BY ent DESC LIMIT ?",
            (" & ".join(prefixes), *marks, limit, *marks, *prefixes, limit),
        )
        return [r[0] for r in rows]


def _cut(words: str) -> list[list[str]]:
    """The words of one record, each once, in pieces that the server takes."""
    pieces: list[list[str]] = [[]]
    room = _ROOM
    for word in dict.fromkeys(w[:_LONGEST] for w in words.split()):
        size = len(word.encode()) + 8
        if size > room:
            pieces.append([])
            room = _ROOM
        room -= size
        pieces[-1].append(word)
    return pieces


def _quoted(word: str) -> str:
    """A word as `tsquery` reads it, whatever signs it has."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
