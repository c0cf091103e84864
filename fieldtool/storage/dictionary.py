"""The small integers that stand for kinds, fields, visits, authors and streams; it never decides what any of them means."""

from __future__ import annotations

from collections.abc import Iterable

from fieldtool.domain.changes import DELETED, Scope
from fieldtool.domain.fields import FieldSpec, KindSpec, Shape, split_key
from fieldtool.domain.ids import EntityId, KeyHash, id_bytes, id_from_bytes, is_entity_id
from fieldtool.domain.schema import KINDS
from fieldtool.storage.work import Row, Work

SCOPES = tuple(Scope)  # a scope's number is its place
SCOPE_NUMBER = {scope: number for number, scope in enumerate(SCOPES)}
PRIVATE = SCOPE_NUMBER[Scope.PRIVATE]

BY_NAME, BY_KEY = 0, 1  # rank of an author

_KEEP = 200_000  # field keys held in memory; elements of sets make new ones without end


class Dictionary:
    """Both directions of every small integer, read from the vault when first needed and forgotten after a rollback."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop everything held in memory: what a rolled-back transaction added is not in the vault."""
        self.field_numbers: dict[str, int] = {}
        self.field_names: dict[int, str] = {}
        self.kind_numbers: dict[str, int] = {}
        self.kind_names: dict[int, str] = {}
        self._visits: dict[EntityId, int] = {}
        self._visit_ids: dict[int, EntityId] = {}
        self._authors: dict[tuple[int, bytes], int] = {}
        self._marks: dict[int, tuple[int, bytes]] = {}
        self._names: dict[int, str] = {}
        self._links: dict[tuple[int, int], bytes | bool] = {}
        self._streams: dict[tuple[bytes, int, int, int], int] = {}

    # ------------------------------------------------------------------------------------------------ kinds and fields

    def trim(self) -> None:
        """Let go of field keys when there are very many; between transactions only."""
        if len(self.field_names) > _KEEP:
            self.field_names, self.field_numbers, self._links = {}, {}, {}

    def fields(self, work: Work, names: set[str]) -> dict[str, int]:
        """The numbers of field keys, new ones added."""
        known = self.field_numbers
        missing = names.difference(known)
        if missing:
            self._load_fields(work, work.among("SELECT id, name FROM field WHERE name IN ({})", sorted(missing)))
            new = sorted(missing.difference(self.field_numbers))
            start = work.number("SELECT max(id) FROM field") + 1
            added = [(start + i, name) for i, name in enumerate(new)]
            work.many("INSERT INTO field (id, name) VALUES (?, ?)", added)
            self._load_fields(work, added)
        return self.field_numbers

    def field_number(self, work: Work, name: str) -> int | None:
        """The number of a field key that may never have been written."""
        if name not in self.field_numbers:
            self._load_fields(work, work.rows("SELECT id, name FROM field WHERE name = ?", (name,)))
        return self.field_numbers.get(name)

    def names_of_fields(self, work: Work, numbers: Iterable[int]) -> dict[int, str]:
        """The keys of field numbers; the result holds more than was asked for."""
        missing = {n for n in numbers if n not in self.field_names}
        if missing:
            self._load_fields(work, work.among("SELECT id, name FROM field WHERE id IN ({})", missing))
        return self.field_names

    def _load_fields(self, work: Work, rows: Iterable[Row]) -> None:
        for number, name in rows:
            self.field_numbers[name] = number
            self.field_names[number] = name

    def kind_number(self, work: Work, name: str) -> int:
        """The number of a kind, added when new."""
        if name not in self.kind_numbers:
            self._load_kinds(work)
        if name not in self.kind_numbers:
            number = work.number("SELECT max(id) FROM kind") + 1
            work.run("INSERT INTO kind (id, name) VALUES (?, ?)", (number, name))
            self.kind_numbers[name], self.kind_names[number] = number, name
        return self.kind_numbers[name]

    def known_kind(self, work: Work, name: str) -> int | None:
        """The number of a kind that may never have been written."""
        if name not in self.kind_numbers:
            self._load_kinds(work)
        return self.kind_numbers.get(name)

    def kind_name(self, work: Work, number: int) -> str:
        """The name of a kind."""
        if number not in self.kind_names:
            self._load_kinds(work)
        return self.kind_names[number]

    def _load_kinds(self, work: Work) -> None:
        for number, name in work.rows("SELECT id, name FROM kind"):
            self.kind_numbers[name], self.kind_names[number] = number, name

    def spec(self, kind: int) -> KindSpec | None:
        """What this version knows of a kind, by number."""
        return KINDS.get(self.kind_names[kind])

    def field_spec(self, kind: int, field: int) -> FieldSpec | None:
        """What this version knows of a field, by numbers."""
        spec = self.spec(kind)
        return spec.field(split_key(self.field_names[field])[0]) if spec else None

    def link(self, kind: int, field: int) -> bytes | bool:
        """How a field refers to another record: not (False), by its value (True), or by its element: the 16 bytes of that record's id."""
        found = self._links.get((kind, field))
        if found is None:
            found = self._links[kind, field] = self._find_link(kind, field)
        return found

    def _find_link(self, kind: int, field: int) -> bytes | bool:
        spec = self.field_spec(kind, field)
        if spec is None or self.field_names[field] == DELETED:
            return False
        if spec.shape is Shape.LINK:
            return True
        element = split_key(self.field_names[field])[1]
        if spec.shape is Shape.LINKS and element is not None and is_entity_id(element):
            return id_bytes(EntityId(element))
        return False

    # ------------------------------------------------------------------------------------------------ visits and authors

    def visit_number(self, work: Work, visit: EntityId) -> int:
        """The number of a visit, added when new; the library is one too."""
        if visit not in self._visits:
            row = work.row("SELECT id FROM visit WHERE uid = ?", (id_bytes(visit),))
            number = row[0] if row else work.number("SELECT max(id) FROM visit") + 1
            if not row:
                work.run("INSERT INTO visit (id, uid) VALUES (?, ?)", (number, id_bytes(visit)))
            self._visits[visit], self._visit_ids[number] = number, visit
        return self._visits[visit]

    def known_visit(self, work: Work, visit: EntityId) -> int | None:
        """The number of a visit that may never have been written."""
        if visit not in self._visits:
            row = work.row("SELECT id FROM visit WHERE uid = ?", (id_bytes(visit),))
            return row[0] if row else None
        return self._visits[visit]

    def visit_id(self, work: Work, number: int) -> EntityId:
        """The id of a visit by number."""
        if number not in self._visit_ids:
            row = work.row("SELECT uid FROM visit WHERE id = ?", (number,))
            if row is None:
                raise LookupError("no such visit")
            self._visit_ids[number] = id_from_bytes(row[0])
        return self._visit_ids[number]

    def author_number(self, work: Work, rank: int, mark: bytes, name: str = "") -> int:
        """The number of an author, added when new; a claimed name that has changed replaces the old one."""
        number = self._authors.get((rank, mark))
        if number is None:
            row = work.row("SELECT id, name FROM author WHERE rank = ? AND mark = ?", (rank, mark))
            number = row[0] if row else work.number("SELECT max(id) FROM author") + 1
            if not row:
                work.run("INSERT INTO author (id, rank, mark, name) VALUES (?, ?, ?, ?)", (number, rank, mark, name))
            self._learn_author(number, rank, mark, row[1] if row else name)
        if name and self._names[number] != name:
            work.run("UPDATE author SET name = ? WHERE id = ?", (name, number))
            self._names[number] = name
        return number

    def author(self, work: Work, number: int) -> tuple[int, bytes]:
        """Rank and mark of an author: (1, key hash), or (0, name) of a restated change; this is also the order among equal clocks."""
        if number not in self._marks:
            for row in work.rows("SELECT id, rank, mark, name FROM author"):
                self._learn_author(*row)
        return self._marks[number]

    def author_name(self, work: Work, number: int, cards: dict[KeyHash, str]) -> str:
        """The name on the author's card, else the name the author claims."""
        rank, mark = self.author(work, number)
        return mark.decode() if rank == BY_NAME else cards.get(KeyHash(mark)) or self._names[number]

    def stream_number(self, work: Work, stream: bytes, author: int, visit: int, scope: int) -> int:
        """The number of a stream, added when new. A stream belongs to its key: the same name under another key is another stream."""
        key = (stream, author, visit, scope)
        if key not in self._streams:
            row = work.row("SELECT id FROM stream WHERE stream = ? AND author = ? AND visit = ? AND scope = ?", key)
            number = row[0] if row else work.number("SELECT max(id) FROM stream") + 1
            if not row:
                work.run("INSERT INTO stream (id, stream, author, visit, scope) VALUES (?, ?, ?, ?, ?)", (number, *key))
            self._streams[key] = number
        return self._streams[key]

    def _learn_author(self, number: int, rank: int, mark: bytes, name: str) -> None:
        self._authors[rank, mark], self._marks[number], self._names[number] = number, (rank, mark), name
