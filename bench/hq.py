"""Headquarters' PostgreSQL against a bare COPY of the same log rows; it judges no size but the one it was run at.

What bounds the merge: two thirds of it is the server's work (the COPY of the log itself, 1 x; the segments as they came, 0.3 x; records and
bodies, 0.3 x), the rest is deciding heads in this process while the server waits. Waiting for each other is what is left to gain.

Full size: `python -m bench.hq --changes 1000000 --records 1000000`.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator

import psycopg

from bench import Case, interleave, median, percentile
from bench.__main__ import table
from bench._changes import Writer
from fieldtool.domain.changes import Draft, Scope, SealedSegment, Segment, SegmentState
from fieldtool.domain.ids import EntityId, id_from_bytes
from fieldtool.domain.values import canonical
from fieldtool.storage import Arrival, Author, Store, connect_database
from fieldtool.sync.segments import decode_segment, encode_segment, segment_hash
from tests.cluster import Cluster, cluster
from tests.unit.sync.organisation import Organisation, sample

CHANGES, RECORDS = 100_000, 50_000
IN_A_VISIT = 100  # notes of one visit: what one list shows
_COLUMNS = "id, ent, fld, val, hlc, parent, parents"
_TYPES = ["int8", "int8", "int8", "text", "int8", "int8", "bytea"]


def cases(rounds: int) -> Iterator[Case]:
    """The two rows of the table of goals that concern headquarters, at a size that takes about two minutes."""
    yield from measured(CHANGES, RECORDS, max(1, rounds // 3))


def measured(changes: int, records: int, rounds: int) -> Iterator[Case]:
    """Merge so many changes, again, and list in a database of so many records and in one of a hundredth of them."""
    organisation = sample()
    arrivals = [Arrival(s, decode_segment(s), SegmentState.ACCEPTED) for s in Writer(organisation).write(changes).sealed]
    with cluster("max_wal_size=4GB") as server:
        rows = _log_rows(server, organisation, arrivals)
        full = _store(server.database(), organisation)
        full.merge(arrivals, origin="bench")
        try:
            taken = interleave(
                rounds,
                {
                    "copy": lambda: _copied(server, rows),
                    "merge": lambda: _merged(server, organisation, arrivals),
                    "again": lambda: _timed(lambda: full.merge(arrivals, origin="bench")),
                },
            )
        finally:
            full.close()
        at = {name: median(figures) for name, figures in taken.items()}
        yield Case(f"merge of {changes:,} proven changes / bare COPY of their log rows (ms)", at["copy"], at["merge"], 3.5)
        yield Case("the same again / the first merge (ms)", at["merge"], at["again"], 0.2)
        small, large = (_lists(server, organisation, n) for n in (records // 100, records))
        yield Case(f"list of a visit, p95 at {records:,} records / at {records // 100:,} (ms)", small, large, 3)


def _store(url: str, organisation: Organisation) -> Store:
    store = connect_database(url, clock=_now, randomness=secrets.token_bytes)
    store.set_organisation(organisation.trust.org)
    return store


def _log_rows(server: Cluster, organisation: Organisation, arrivals: list[Arrival]) -> list[tuple[object, ...]]:
    url = server.database()
    store = _store(url, organisation)
    store.merge(arrivals, origin="bench")
    store.close()
    with psycopg.connect(url) as connection:
        return [tuple(r) for r in connection.execute(f"SELECT {_COLUMNS} FROM change ORDER BY id")]


def _copied(server: Cluster, rows: list[tuple[object, ...]]) -> float:
    """The floor: the log's own table and indexes, one binary COPY, one transaction."""
    url = server.database()
    _store_made(url)
    with psycopg.connect(url) as connection:

        def work() -> None:
            with connection.cursor().copy(f"COPY change ({_COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(_TYPES)
                for row in rows:
                    copy.write_row(row)
            connection.commit()

        return _timed(work)


def _store_made(url: str) -> None:
    connect_database(url, clock=_now, randomness=secrets.token_bytes).close()


def _merged(server: Cluster, organisation: Organisation, arrivals: list[Arrival]) -> float:
    store = _store(server.database(), organisation)
    try:
        return _timed(lambda: store.merge(arrivals, origin="bench"))
    finally:
        store.close()


def _lists(server: Cluster, organisation: Organisation, records: int) -> float:
    """The 95th percentile of listing the notes of one visit among many, in milliseconds."""
    store = _store(server.database(), organisation)
    author = Author("Ann", organisation.expert.pen.key_hash)

    def seal(opened: Segment) -> SealedSegment:
        body, values = encode_segment(opened, os.urandom)
        return SealedSegment(segment_hash(body), body, b"s" * 64, values)

    try:
        visits = [_id(1, n) for n in range(max(1, records // IN_A_VISIT))]
        for number, visit in enumerate(visits):
            drafts: list[Draft] = []
            for n in range(IN_A_VISIT):
                note = _id(2, number * IN_A_VISIT + n)
                drafts.append(Draft(note, "note", "visit", canonical(visit)))
                drafts.append(Draft(note, "note", "text", canonical(f"What was said, {n}. " * 20)))
            store.append(drafts, visit=visit, scope=Scope.SHARED, author=author, origin="bench", label="fill", seal=seal)
        step = max(1, len(visits) // 50)
        asked = [visits[i] for i in range(0, len(visits), step)] * (4 if len(visits) > 20 else 20)
        store.list_("note", visits[0])
        figures = [_timed(lambda v=visit: store.list_("note", v)) for visit in asked]  # type: ignore[misc]
        if any(len(store.list_("note", v)) != IN_A_VISIT for v in visits[:3]):
            raise AssertionError("a list that is not the visit's")
        return percentile(figures, 95)
    finally:
        store.close()


def _id(kind: int, number: int) -> EntityId:
    return id_from_bytes(bytes([1, 0x93, 0, 0, 0, kind, 0x70, 0, 0x80, 0, 0, 0]) + number.to_bytes(4, "big"))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _now() -> int:
    return time.time_ns() // 1_000_000


def main(arguments: list[str]) -> int:
    """Measure at any size."""
    parser = argparse.ArgumentParser(prog="python -m bench.hq")
    parser.add_argument("--changes", type=int, default=CHANGES)
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    print(table(list(measured(asked.changes, asked.records, asked.rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
