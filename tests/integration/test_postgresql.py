"""Headquarters on PostgreSQL: the same files give the same records as in a vault, again and at once; no password in an address."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.services import demo, hq, importing, records, vaults
from fieldtool.services.session import Session
from tests.cluster import Cluster, cluster

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server for this module."""
    with cluster() as found:
        yield found


@pytest.fixture
def url(server: Cluster) -> str:
    """An empty database."""
    return server.database()


def officer(copy: Path, url: str, who: str = "hq") -> Session:
    """Headquarters' officer at the database."""
    return vaults.unlock_database(copy / "vaults" / who, demo.PASSPHRASE, url)


def expected(copy: Path) -> dict[str, object]:
    """What the SQLCipher headquarters of the demo lists."""
    return json.loads((copy / "demo.json").read_bytes())["lists"]["hq"]  # type: ignore[no-any-return]


def counts(url: str) -> dict[str, int]:
    """How many rows stand in every table, asked past the product."""
    with psycopg.connect(url) as connection:
        names = [r[0] for r in connection.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")]
        return {n: connection.execute(f"SELECT count(*) FROM {n}").fetchall()[0][0] for n in names}


def test_the_same_files_give_the_same_records_and_again_change_nothing(copy: Path, url: str) -> None:
    session = officer(copy, url)
    try:
        inbox = hq.import_inbox(session, [copy / "bundles"], receipts=copy / "fresh-receipts")
        assert [r.error for r in inbox.files if r.error and r.error.code != "bundle-not-for-you"] == []
        assert inbox.receipts
        assert demo.list_digests(session) == expected(copy)
        assert session.store.check().whole
        before = counts(url)
        again = hq.import_inbox(session, [copy / "bundles"])
        assert all(r.known for r in again.files if r.error is None)
        assert counts(url) == before
        session.store.rebuild()
        assert demo.list_digests(session) == expected(copy)
    finally:
        session.close()


TAKE = """
import sys
from pathlib import Path
from fieldtool.services import demo, hq, vaults
session = vaults.unlock_database(Path(sys.argv[1]), demo.PASSPHRASE, sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
try:
    bad = [r.error.code for r in hq.import_inbox(session, [Path(sys.argv[3])]).files if r.error]
    print(sorted(set(bad) - {"bundle-not-for-you"}), flush=True)
finally:
    session.close()
"""


def test_two_processes_take_in_the_same_files_at_once(copy: Path, url: str) -> None:
    shutil.copytree(copy / "vaults" / "hq", copy / "vaults" / "second")
    officer(copy, url).close()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, copy / "vaults" / who, url, copy / "bundles"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for who in ("hq", "second")
    ]  # fmt: skip
    try:
        for process in both:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate(timeout=10)[1]
        for process in both:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        ends = [process.communicate(timeout=120) for process in both]
    finally:
        for process in both:
            process.kill()
            process.wait()
    assert [out for out, _ in ends] == ["[]\n", "[]\n"], [err for _, err in ends]
    session = officer(copy, url)
    try:
        assert demo.list_digests(session) == expected(copy)
        assert session.store.forks() == []
        assert session.store.check().whole
    finally:
        session.close()


def test_an_officer_writes_signed_segments_and_nothing_stays_open(copy: Path, url: str) -> None:
    session = officer(copy, url)
    try:
        hq.import_inbox(session, [copy / "bundles"])
        visit = session.visits()[0]
        records.edit_record(session, visit.id, {"state": "confirmed"}, origin="test", label="confirm")
        assert session.store.open_segments() == []
        assert session.store.get(visit.id).fields["state"] == "confirmed"  # type: ignore[union-attr]
        assert session.store.check().whole
        hits = session.store.search("Minis")
        assert hits
    finally:
        session.close()
    again = officer(copy, url)
    try:
        assert again.store.get(visit.id).fields["state"] == "confirmed"  # type: ignore[union-attr]
    finally:
        again.close()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://ann:secret@localhost/hq", "database-password"),
        ("postgresql:///hq?password=secret", "database-password"),
        ("postgresql://db.example.org/hq?sslmode=prefer", "database-open"),
        ("postgresql://db.example.org/hq?sslmode=disable", "database-open"),
        ("mysql://localhost/hq", "database-unreachable"),
        ("postgresql:///hq?host=/nowhere-at-all", "database-unreachable"),
    ],
)
def test_an_address_that_is_refused(copy: Path, address: str, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        officer(copy, address)
    assert refused.value.code == code
    assert "secret" not in str(refused.value)


def test_only_headquarters_and_only_its_own_database(copy: Path, url: str) -> None:
    with pytest.raises(KnownError, match="headquarters"):
        officer(copy, url, "head")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE theirs (id int)")
    with pytest.raises(KnownError, match="is not a vault of this tool"):
        officer(copy, url)


def test_another_organisations_database_is_refused(copy: Path, url: str) -> None:
    officer(copy, url).close()
    other = vaults.create_vault(copy / "vaults" / "other", demo.PASSPHRASE, name="Ola Nord", organisation="Another office")
    other.session.close()
    with pytest.raises(KnownError) as refused:
        officer(copy, url, "other")
    assert refused.value.code == "database-foreign"


def test_a_server_that_goes_away_is_said_so(copy: Path, server: Cluster) -> None:
    address = server.database()
    session = officer(copy, address)
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fieldtool'")
        with pytest.raises(KnownError) as refused:
            session.store.set_setting("x", "y")
        assert refused.value.code == "database-unreachable"
        session.store.set_setting("x", "y")  # the next one begins on another connection
        assert session.store.setting("x") == "y"
    finally:
        session.close()


def test_a_bundle_of_a_stranger_stays_out(copy: Path, url: str) -> None:
    session = officer(copy, url)
    try:
        path = sorted((copy / "bundles").iterdir())[-1]
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        broken = copy / "broken.ftbundle"
        broken.write_bytes(bytes(data))
        (result,) = importing.import_paths(session, [broken])
        assert result.error is not None
        assert session.store.change_count() == 0
    finally:
        session.close()
