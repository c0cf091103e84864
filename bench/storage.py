"""The vault against the bare database: what storage adds to an autosave, a bulk import, a list, a search, a backup; it opens no window."""

from __future__ import annotations

import gc
import os
import random
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as cipher

from bench import Case, interleave, median, percentile
from fieldtool.domain.changes import Draft, Scope, SegmentState
from fieldtool.domain.ids import EntityId, KeyHash, id_from_bytes
from fieldtool.domain.values import canonical
from fieldtool.storage import Arrival, Author, Store, create_vault
from fieldtool.storage.engine import FILE, connector
from fieldtool.sync.segments import decode_segment
from tests.unit.storage.making import encode

KEY = bytes(range(32))
AUTHOR = Author("Ann", KeyHash(b"a" * 32))
VISIT = EntityId("01900000-0000-7000-8000-000000000001")
NOTES, SEARCHED = 10_000, 50_000
SAVES, TEXTS = 40, 20  # each text is saved so often while it is typed
WORDS = [
    "министр", "комиссия", "Қазақстан", "report", "election", "observers",
    "recommendation", "бюллетень", "дауыс", "кандидат", "media", "law",
]  # fmt: skip
_TABLES = ("segment", "change", "record", "body", "link", "stand", "dirty", "field", "stream", "author", "visit", "kind")


def cases(rounds: int) -> Iterator[Case]:
    """The rows of the table of goals that concern storage alone."""
    with tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as name:
        folder = Path(name)
        yield from _autosave(folder, rounds)
        yield from _bulk(folder, rounds)
        yield from _search(folder)


# ------------------------------------------------------------------------------------------------------------------- autosave


def _autosave(folder: Path, rounds: int) -> Iterator[Case]:
    """A durable save of a text that grows, against the disk making two pages of a write-ahead log durable."""
    floors: list[float] = []
    saves: list[float] = []
    store = _vault(folder / "autosave")
    log = os.open(folder / "floor", os.O_CREAT | os.O_RDWR | os.O_APPEND)
    try:
        for note in _ids(TEXTS * rounds):
            shown = _new_note(store, note)
            for typed in range(SAVES):
                text = canonical("word " * 40 + "k" * typed)
                os.write(log, bytes(2 * (4096 + 24)))
                floors.append(_timed(lambda: os.fdatasync(log)))
                saves.append(_timed(partial(_save, store, note, text, shown)))
    finally:
        os.close(log)
        store.close()
    yield Case("autosave, durable, p50 / fdatasync of two WAL frames (ms)", median(floors), median(saves), 1.5)
    yield Case("autosave, durable, p99 / the same (ms)", percentile(floors, 99), percentile(saves, 99), 2)


def _new_note(store: Store, note: EntityId) -> tuple[Any, ...]:
    fields = {"visit": VISIT, "kind": "statement", "language": "en", "text": ""}
    drafts = [Draft(note, "note", key, canonical(value), ()) for key, value in fields.items()]
    store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=AUTHOR, origin="bench", label="file")
    return tuple(h.change for h in store.heads(note, "text"))


def _save(store: Store, note: EntityId, text: str, shown: tuple[Any, ...]) -> None:
    store.append([Draft(note, "note", "text", text, shown)], visit=VISIT, scope=Scope.SHARED, author=AUTHOR, origin="bench", label="type")


# ----------------------------------------------------------------------------------------------------------------------- bulk


def _bulk(folder: Path, rounds: int) -> Iterator[Case]:
    """An import of many notes, against the rows that it writes into the same tables by bare executemany; then what is read of them."""
    source = _filled(folder / "source", NOTES)
    source.seal_all(encode)
    arrivals = [Arrival(s, decode_segment(s), SegmentState.ACCEPTED) for s in source.segments_after(VISIT, [])]
    source.close()
    full = _vault(folder / "full")
    full.merge(arrivals, origin="bench")
    full._bring_home()
    rows, made = _everything(folder / "full" / FILE)
    plain = _plain_copy(folder, rows, made)
    numbers = iter(range(1_000_000))

    def take() -> float:
        store = _vault(folder / f"take-{next(numbers)}")
        try:
            return _timed(lambda: store.merge(arrivals, origin="bench"))
        finally:
            store.close()

    query = "SELECT b.fields, b.heads FROM record r JOIN body b ON b.ent = r.id WHERE r.kind = ? AND r.state = 1 ORDER BY r.uid"
    encrypted: Any = connector(folder / "full" / FILE, KEY)()
    try:
        taken = interleave(
            rounds,
            {
                "rows": lambda: _executemany(folder / f"rows-{next(numbers)}.db", rows, made),
                "import": take,
                "plain": lambda: _timed(lambda: plain.execute(query, (1,)).fetchall()),
                "encrypted": lambda: _timed(lambda: encrypted.execute(query, (1,)).fetchall()),
                "list": lambda: _timed(lambda: full.list_("note", visit=VISIT)),
                "copy": lambda: _copy(folder / "full" / FILE, folder / f"copy-{next(numbers)}"),
                "backup": lambda: _timed(lambda: full.backup(folder / f"backup-{next(numbers)}")),
            },
        )
    finally:
        encrypted.close()
        plain.close()
        full.close()
    at = {name: median(figures) for name, figures in taken.items()}
    yield Case("bulk import through storage / executemany of the same rows (ms)", at["rows"], at["import"], 1.4)
    yield Case("list query, encrypted / plain (ms)", at["plain"], at["encrypted"], 2)
    yield Case("10,000 notes as records (ms)", 300, at["list"], 1)
    yield Case("file, encrypted / plain (bytes)", (folder / "plain.db").stat().st_size, (folder / "full" / FILE).stat().st_size, 1.01)
    yield Case("backup, every page verified / copy with fsync (ms)", at["copy"], at["backup"], 3.5)


def _everything(file: Path) -> tuple[dict[str, list[tuple[object, ...]]], list[str]]:
    """All rows of a vault's tables, and how the tables and their indexes are made."""
    connection: Any = connector(file, KEY)()
    try:
        made = [r[0] for r in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC").fetchall()]
        rows = {t: [tuple(r) for r in connection.execute(f"SELECT * FROM {t}").fetchall()] for t in _TABLES}
    finally:
        connection.close()
    return rows, [sql for sql in made if "search_index" not in sql]


def _fill(connection: Any, rows: dict[str, list[tuple[object, ...]]]) -> None:
    connection.execute("BEGIN")
    for table, some in rows.items():
        if some:
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)
    connection.execute("COMMIT")


def _executemany(file: Path, rows: dict[str, list[tuple[object, ...]]], made: Sequence[str]) -> float:
    file.touch()
    connection: Any = connector(file, KEY)()
    try:
        for sql in made:
            connection.execute(sql)
        return _timed(lambda: _fill(connection, rows))
    finally:
        connection.close()


def _plain_copy(folder: Path, rows: dict[str, list[tuple[object, ...]]], made: Sequence[str]) -> Any:
    """The same rows in a file without encryption, with the search table that a vault has."""
    connection: Any = cipher.connect(str(folder / "plain.db"), isolation_level=None)
    for sql in made:
        connection.execute(sql)
    _fill(connection, rows)
    connection.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(words, place, content='', contentless_delete=1, tokenize='unicode61', prefix='2 3')"
    )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return connection


def _copy(source: Path, target: Path) -> float:
    def work() -> None:
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())

    return _timed(work)


# --------------------------------------------------------------------------------------------------------------------- search


def _search(folder: Path) -> Iterator[Case]:
    """One keystroke after another, answered from the index."""
    store = _filled(folder / "search", SEARCHED)
    try:
        while store.index_pending(5_000):
            pass
        keystrokes = [word[:end] for word in WORDS * 4 for end in range(2, len(word) + 1)]
        figures = [_timed(partial(store.search, typed, kinds={"note"})) for typed in keystrokes]
    finally:
        store.close()
    yield Case(f"search keystroke among {SEARCHED:,} notes, p95 (ms)", 16.7, percentile(figures, 95), 1)


# ---------------------------------------------------------------------------------------------------------------------- vaults


def _vault(folder: Path) -> Store:
    folder.mkdir()
    store = create_vault(folder, KEY, clock=lambda: time.time_ns() // 1_000_000, randomness=secrets.token_bytes)
    store.set_organisation(b"o" * 32)
    return store


def _filled(folder: Path, notes: int) -> Store:
    """A vault of notes of about 300 characters."""
    store = _vault(folder)
    rng = random.Random(5)
    ids = _ids(notes)
    for start in range(0, notes, 1_000):
        drafts = []
        for note in ids[start : start + 1_000]:
            fields = {"visit": VISIT, "kind": "statement", "language": "ru", "text": " ".join(rng.choices(WORDS, k=35))}
            drafts += [Draft(note, "note", key, canonical(value), ()) for key, value in fields.items()]
        store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=AUTHOR, origin="bench", label="file")
    return store


def _ids(count: int) -> list[EntityId]:
    return [id_from_bytes(b"\x01\x90" + number.to_bytes(4, "big") + b"\x70\x00\x80" + bytes(7)) for number in range(count)]


def _timed(work: Callable[[], object]) -> float:
    """Wall time in milliseconds, without the collector's pauses."""
    gc.disable()
    try:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1_000
    finally:
        gc.enable()
