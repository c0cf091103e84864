"""What holds for vaults holds on PostgreSQL too: the tests of records, merge, search and desk once more, with a server behind the store."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

from fieldtool.domain.changes import Draft, Scope
from fieldtool.domain.errors import KnownError
from fieldtool.domain.values import canonical
from fieldtool.storage import Author, Store, connect_database
from fieldtool.storage.server import Server
from fieldtool.sync.segments import decode_segment
from tests.cluster import Cluster, cluster
from tests.unit.storage import test_desk, test_merge, test_records, test_search
from tests.unit.storage.making import ANN, BOB, CLOCK, ORG, VISIT, Ticking, Vaults, encode, new_id, write

pytestmark = pytest.mark.xdist_group("postgresql")

ALONE = {
    "test_two_segments_after_one_are_a_fork_and_both_count",
    "test_a_save_that_fails_is_not_taken_for_saved",
}
"""Tests about the file of a vault."""


def collect(module: ModuleType) -> dict[str, object]:
    """The tests of a module that use vaults."""
    tests = {name: test for name, test in vars(module).items() if name.startswith("test_") and name not in ALONE}
    return {name: test for name, test in tests.items() if callable(test) and "vaults" in inspect.signature(test).parameters}


for tested in (test_records, test_merge, test_search, test_desk):
    globals().update(collect(tested))


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server for this module; nothing in it has to outlive a power cut."""
    with cluster("fsync=off", "full_page_writes=off") as found:
        yield found


class Databases(Vaults):
    """The databases of one test, each used as if nobody else had it open."""

    def __init__(self, folder: Path, server: Cluster) -> None:
        super().__init__(folder)
        self._server = server
        self._urls: dict[str, str] = {}

    def __call__(self, name: str = "a") -> Store:
        """A new database."""
        (self.folder / name).mkdir(exist_ok=True)
        self._urls[name] = self._server.database()
        store = self.reopen(name)
        store.set_organisation(ORG)
        store.set_names({ANN.key: ANN.name, BOB.key: BOB.name})
        return store

    def reopen(self, name: str = "a") -> Store:
        """The same database again."""
        return self._keep(connect_database(self._urls[name], clock=CLOCK, randomness=os.urandom))


@pytest.fixture
def vaults(tmp_path: Path, server: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vaults]:
    """Makes databases by name."""
    monkeypatch.setattr(Server, "shared", False)
    made = Databases(tmp_path, server)
    yield made
    made.close()


def test_two_writers_at_once_lose_nothing(server: Cluster) -> None:
    """Each reads the highest numbers before it writes: without the database's one lock they would give the same ones twice."""
    url = server.database()
    stores = [connect_database(url, clock=Ticking(), randomness=os.urandom) for _ in range(2)]
    stores[0].set_organisation(ORG)
    note = new_id()

    def many(store: Store, author: Author) -> None:
        for n in range(40):
            drafts = [Draft(e, "note", "text", canonical(f"{author.name} {n}")) for e in (note, new_id())]
            store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=author, origin="test", label="write", seal=encode)

    try:
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(many, store, author) for store, author in zip(stores, (ANN, BOB), strict=True)]:
                done.result()
        assert stores[0].count("note") == 81
        assert stores[0].change_count() == 160
        assert len(stores[0].history(note)) == 80
        assert [h.value for h in stores[0].heads(note, "text")] == [h.value for h in stores[1].heads(note, "text")]
        assert len(stores[0].heads(note, "text")) == 1  # each saw the other's words before it wrote its own
        assert stores[0].open_segments() == []
        assert stores[0].check(decode_segment).whole
    finally:
        for store in stores:
            store.close()


def test_the_server_does_not_compress_what_is_compressed_already(server: Cluster) -> None:
    url = server.database()
    connect_database(url, clock=CLOCK, randomness=os.urandom).close()
    asked = "SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attstorage = 'e' AND attrelid IN (SELECT oid FROM pg_class"
    with psycopg.connect(url) as connection:
        found = connection.execute(f"{asked} WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)").fetchall()
    assert set(found) == {("segment", "body"), ("segment", "beside"), ("blob_chunk", "content")}


def test_what_belongs_to_one_person_is_not_kept_where_others_read(server: Cluster, tmp_path: Path) -> None:
    store = connect_database(server.database(), clock=CLOCK, randomness=os.urandom)
    try:
        with pytest.raises(KnownError, match="A private note"):
            write(store, new_id(), "note", scope=Scope.PRIVATE, text="mine")
        with pytest.raises(ValueError, match="sealed at once"):
            write(store, new_id(), "note", text="open")
        with pytest.raises(KnownError, match="A backup"):
            store.backup(tmp_path / "copy")
        assert store.change_count() == 0
    finally:
        store.close()


def test_an_interrupted_attachment_is_swept_by_nobody_while_it_still_comes(server: Cluster) -> None:
    url = server.database()
    first = connect_database(url, clock=CLOCK, randomness=os.urandom)

    def pieces() -> Iterator[bytes]:
        yield b"x" * 9_000_000
        connect_database(url, clock=CLOCK, randomness=os.urandom).close()  # another officer opens the database meanwhile
        yield b"y"

    try:
        name = first.add_blob(pieces())
        assert first.blob_size(name) == 9_000_001
        assert sum(map(len, first.read_blob(name))) == 9_000_001
    finally:
        first.close()


def test_a_record_of_more_words_than_a_row_holds_is_found_by_its_first_and_last(server: Cluster) -> None:
    store = connect_database(server.database(), clock=CLOCK, randomness=os.urandom)
    store.set_organisation(ORG)
    words = " ".join(f"w{n:07d}" for n in range(130_000))
    try:
        drafts = [Draft(new_id(), "note", "text", canonical(f"alpha {words} omega o'brien\\x"))]
        store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="test", label="write", seal=encode)
        while store.index_pending(100):
            pass
        for query in ("alpha", "omega", "alpha omega", "w0129999 alph", "o'brien"):
            assert len(store.search(query)) == 1, query
        assert store.search("alpha absent") == []
    finally:
        store.close()


def test_a_reader_sees_one_state_while_another_writes(server: Cluster) -> None:
    url = server.database()
    reader, writer = (connect_database(url, clock=CLOCK, randomness=os.urandom) for _ in range(2))
    try:
        with reader._read() as work:
            before = work.number("SELECT count(*) FROM setting")
            writer.set_setting("new", "one")
            assert work.number("SELECT count(*) FROM setting") == before
        assert reader.setting("new") == "one"
    finally:
        reader.close()
        writer.close()
