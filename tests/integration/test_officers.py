"""Headquarters' officers at one PostgreSQL: from vaults of their own, at once, over TLS, by the command line, and readers of one visit."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.services import demo, exchange, hq, importing, people, records, sample, vaults, who
from fieldtool.services.places import anchor_folder
from fieldtool.services.session import Session
from tests.cluster import Cluster, cluster
from tests.unit.cli.commands import Outcome, run

pytestmark = pytest.mark.xdist_group("postgresql")
NAME = "db.mission.test"
OFFICERS = ("hq", "second")
SAMPLE = "KAZ-2022-1"


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server that proves its name, as one across a network does."""
    with cluster("fsync=off", "full_page_writes=off", name=NAME) as found:
        yield found


@pytest.fixture
def url(server: Cluster) -> str:
    """An empty database."""
    return server.database()


@pytest.fixture(scope="module")
def ready(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The played demo with a second officer, a vault of their own, and an inbox of files that both can open; nobody writes into it."""
    out = tmp_path_factory.mktemp("officers") / "demo-out"
    shutil.copytree(played, out)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(out.with_name("state")))
        shutil.copytree(played.with_name("anchors"), anchor_folder())
        _certify(out)
    return out


@pytest.fixture
def office(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, on a computer of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(ready.with_name("state"), tmp_path / "state")
    return Path(shutil.copytree(ready, tmp_path / "demo-out"))


def _certify(out: Path) -> None:
    """The root certifies a second installation of headquarters; the team hears of it and sends everything to both."""
    first = vaults.unlock_vault(out / "vaults" / "hq", demo.PASSPHRASE)
    second = vaults.create_vault(out / "vaults" / "second", demo.PASSPHRASE, name="Ola Berg").session
    people.add_headquarters(first, people.identity_request(second), demo.PASSPHRASE, visit=first.visits()[0].id)
    organisation = who.organisation_of(first)
    assert organisation is not None
    (out / "inbox").mkdir()
    cards = out / "inbox" / "00-cards.ftbundle"
    exchange.export_bundle(first, cards, to=["team", "Ola Berg"], everything=True)
    importing.import_file(second, cards, expect_root=organisation.words)
    assert second.is_headquarters()
    for name in ("head", "expert-1", "expert-2"):
        session = vaults.unlock_vault(out / "vaults" / name, demo.PASSPHRASE)
        importing.import_file(session, cards)
        records.add_records(session, "notes", [{"kind": "statement", "text": f"A last word of {name}."}])
        exchange.export_bundle(session, out / "inbox" / f"{name}.ftbundle", to=["hq"], everything=True)
        session.close()
    hq.import_inbox(first, [out / "inbox"])
    (out / "expected.json").write_text(json.dumps(demo.list_digests(first)))
    first.close()
    second.close()


def officer(office: Path, url: str, name: str = "hq", **options: object) -> Session:
    """An officer at the database."""
    return vaults.unlock_database(office / "vaults" / name, demo.PASSPHRASE, url, **options)  # type: ignore[arg-type]


def command(office: Path, *words: object, name: str = "hq") -> Outcome:
    """A command of an officer."""
    return run("--vault", office / "vaults" / name, "--passphrase-file", office / "passphrase.txt", "--json", *words)


def code_of(office: Path, url: str) -> str:
    """What opening a database at that address is refused with."""
    with pytest.raises(KnownError) as refused:
        officer(office, url)
    return refused.value.code


# ------------------------------------------------------------------------------------------------------- several officers

TAKE = """
import sys
from pathlib import Path
from fieldtool.services import demo, hq, vaults
session = vaults.unlock_database(Path(sys.argv[1]), demo.PASSPHRASE, sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
try:
    print([r.error.code for r in hq.import_inbox(session, [Path(sys.argv[3])], receipts=Path(sys.argv[4])).files if r.error], flush=True)
finally:
    session.close()
"""


def test_two_officers_with_keys_of_their_own_take_in_the_same_files_at_once(office: Path, url: str) -> None:
    officer(office, url).close()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, office / "vaults" / name, url, office / "inbox", office / f"receipts-{name}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for name in OFFICERS
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
    session = officer(office, url)
    try:
        assert demo.list_digests(session) == json.loads((office / "expected.json").read_text())
        assert session.store.forks() == []
        assert session.store.check().whole
    finally:
        session.close()
    head = vaults.unlock_vault(office / "vaults" / "head", demo.PASSPHRASE)
    taken = [importing.import_file(head, p) for name in OFFICERS for p in sorted((office / f"receipts-{name}").glob("elena*"))]
    assert [t.sender for t in taken] == [sample.HEADQUARTERS, "Ola Berg"]  # each signs for what the database has, with a key of their own
    head.close()


def test_what_one_officer_records_the_other_reads_and_both_keep_their_names(office: Path, url: str) -> None:
    first, second = officer(office, url), officer(office, url, "second")
    try:
        hq.import_inbox(first, [office / "inbox"])
        visit = second.visits()[0].id
        records.edit_record(second, visit, {"state": "confirmed"}, origin="test", label="confirm")
        first.forget_trust()
        last = [e for e in records.history(first, visit) if e.field == "state"]
        assert ({e.author for e in last} >= {"Ola Berg"}, first.store.get(visit).fields["state"]) == (True, "confirmed")  # type: ignore[union-attr]
        assert hq.import_inbox(second, [office / "inbox"]).files[0].known
    finally:
        first.close()
        second.close()


def test_a_writer_waits_for_another_a_while_and_is_told_who_it_is(office: Path, url: str) -> None:
    told: list[str] = []
    first, second = officer(office, url), officer(office, url, "second", patience=0.2, waiting=told.append)
    try:
        with first.store.held():
            with pytest.raises(KnownError) as refused:
                second.store.set_setting("x", "y")
            assert refused.value.code == "database-busy"
            assert "fieldtool, since" in str(refused.value)
            with pytest.raises(KnownError) as refused, second.store.held():
                pytest.fail("two hold the lock")
            assert refused.value.code == "database-busy"
            assert all(w.startswith("fieldtool, since") for w in told)
            assert len(told) == 2
            assert second.visits() == []  # reading waits for nobody
        second.store.set_setting("x", "y")
        assert (second.store.setting("x"), len(told)) == ("y", 2)
    finally:
        first.close()
        second.close()


def test_a_writer_who_waited_goes_on_when_the_other_has_finished(office: Path, url: str) -> None:
    waiting = threading.Event()
    first, second = officer(office, url), officer(office, url, "second", waiting=lambda _: waiting.set())
    writer = threading.Thread(target=second.store.set_setting, args=("x", "y"))
    try:
        with first.store.held():
            writer.start()
            assert waiting.wait(20)
            assert first.store.setting("x") is None
        writer.join(20)
        assert first.store.setting("x") == "y"
    finally:
        writer.join(20)
        first.close()
        second.close()


# ------------------------------------------------------------------------------------------------------------------- TLS


def remote(server: Cluster, url: str, name: str = NAME, **options: str) -> str:
    """The address of a database as somebody elsewhere has it."""
    return server.remote(url.partition("?")[0].rpartition("/")[2], name, **options)


def test_across_a_network_the_server_proves_its_name(office: Path, server: Cluster, url: str) -> None:
    session = officer(office, remote(server, url, sslrootcert=str(server.root)))  # nobody asked for verify-full: it is the rule
    try:
        hq.import_inbox(session, [office / "inbox"])
        assert session.store.count("meeting") == 11
    finally:
        session.close()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchall()[0][0] > 90


def test_a_server_that_does_not_prove_its_name_is_refused(office: Path, server: Cluster, url: str) -> None:
    root, other = str(server.root), office / "other.crt"
    other.write_bytes((office / "root.pem").read_bytes())
    assert code_of(office, remote(server, url, "db.elsewhere.test", sslrootcert=root)) == "database-unreachable"
    assert code_of(office, remote(server, url, sslrootcert=quote(str(other)))) == "database-unreachable"
    assert code_of(office, remote(server, url, sslrootcert=root, sslmode="disable")) == "database-open"
    assert code_of(office, remote(server, url, sslrootcert=root, sslmode="prefer")) == "database-open"


def test_a_server_without_encryption_is_refused_where_the_address_demands_it(office: Path) -> None:
    with cluster("fsync=off", "ssl=off", name=NAME) as plain:
        address = plain.database()
        officer(office, address).close()
        assert code_of(office, remote(plain, address, sslrootcert=str(plain.root))) == "database-unreachable"
        assert code_of(office, f"{address}&sslmode=verify-full&hostaddr=127.0.0.1&sslrootcert={plain.root}") == "database-unreachable"


def test_a_password_in_the_address_is_refused_before_anything_is_sent(office: Path, server: Cluster, url: str) -> None:
    address = remote(server, url).replace("fieldtool@", "fieldtool:geheim@")
    said = command(office, "hq", "status", "--database", address)
    assert (said.code, said.json["error"]["code"]) == (1, "database-password")
    assert "geheim" not in said.out + said.err


# --------------------------------------------------------------------------------------------------------- command line


def test_the_command_line_works_on_the_server(office: Path, url: str) -> None:
    at = ("--database", url)
    taken = command(office, "hq", "import", office / "inbox", "--receipts", office / "out", *at)
    assert (taken.code, len(taken.json["files"]), len(taken.json["receipts"])) == (0, 4, 3)
    again = command(office, "hq", "import", office / "inbox", *at)
    assert [f["known"] for f in again.json["files"]] == [True] * 4
    status = command(office, "hq", "status", *at).json
    assert {s["name"] for s in status["senders"]} == {sample.HEAD, sample.TOMAS, sample.NINO}
    assert [(s["missing"], s["not_come"], s["receipt_due"]) for s in status["senders"]] == [(0, [], False)] * 3
    assert [(c["country"], c["senders"], c["silent"], c["missing"]) for c in status["countries"]] == [("KAZ", 3, 0, 0)]
    listed = command(office, "list", "notes", *at)
    assert listed.out == command(office, "list", "notes").out  # byte for byte the vault's
    assert command(office, "search", "last word", *at).json["total"] == 3
    table = command(office, "export", "table", "recommendations", "-o", office / "table.json", *at)
    assert table.json["rows"] == json.loads((office / "demo.json").read_bytes())["lists"]["hq"]["recommendations"]["total"]
    sent = command(office, "export", "bundle", "--to", "team", "-o", office / "team.ftbundle", *at)
    assert sent.code == 0
    head = vaults.unlock_vault(office / "vaults" / "head", demo.PASSPHRASE)
    assert importing.import_file(head, office / "team.ftbundle").error is None
    head.close()
    status = command(office, "hq", "status", *at).json
    assert all(s["unconfirmed"] > 0 for s in status["senders"])  # nobody has signed yet to have what was sent


def test_the_demo_is_played_with_headquarters_on_the_server(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    said = demo.play(tmp_path / "demo", database=url)
    assert said["imported_again_unchanged"] is True
    lists = said["lists"]
    assert isinstance(lists, dict)
    assert lists["hq"]["meetings"] == lists["head"]["meetings"]  # type: ignore[index,call-overload]
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM record").fetchall()[0][0] > 90
    again = run("--json", "demo", "--no-window", "--out", tmp_path / "demo", "--database", url)
    assert (again.code, again.json["error"]["code"]) == (1, "database-foreign")


# ----------------------------------------------------------------------------------------------------- readers of one visit


@pytest.fixture
def two_visits(office: Path, url: str) -> tuple[EntityId, EntityId]:
    """A database with the sample visit and one to another country, each with notes."""
    session = officer(office, url)
    hq.import_inbox(session, [office / "inbox"])
    wanted = {"reference": "GEO-2023-V1", "country": "GEO", "start": "2023-05-02", "end": "2023-05-05", "timezone": "Asia/Tbilisi"}
    other = records.add_records(session, "visits", [wanted]).ids[0]
    records.add_records(session, "notes", [{"kind": "statement", "text": "Tbilisi told us something secret."}], visit=other)
    first = next(v.id for v in session.visits() if v.id != other)
    session.close()
    return first, other


def roles(server: Cluster, *names: str) -> None:
    """Roles of the server that may log in and nothing else."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP ROLE IF EXISTS {name}")
            connection.execute(f"CREATE ROLE {name} LOGIN")


def everything(url: str) -> str:
    """All that a role can read of every table, as one text."""
    with psycopg.connect(url) as connection:
        ours = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        names = [r[0] for r in connection.execute(ours)]
        return "\n".join(str(row) for name in names for row in connection.execute(f'SELECT * FROM "{name}"'))


def test_a_role_reads_its_visit_and_nothing_of_another(
    office: Path, server: Cluster, url: str, two_visits: tuple[EntityId, EntityId]
) -> None:
    roles(server, "desk_kaz", "desk_geo")
    assert command(office, "hq", "limit", "desk_kaz", "--visit", SAMPLE, "--database", url).code == 0
    said = command(office, "hq", "limit", "desk_geo", "--visit", "GEO-2023-V1", "--database", url)
    assert said.json["roles"] == {"desk_kaz": [SAMPLE], "desk_geo": ["GEO-2023-V1"]}
    kaz, geo = (url.replace("fieldtool@", f"{role}@") for role in ("desk_kaz", "desk_geo"))
    assert "Tbilisi told us" in everything(url)
    assert "Tbilisi told us" in everything(geo)
    assert "Tbilisi" not in everything(kaz)
    assert "A last word of head." in everything(kaz)
    for word in ("A last word of", sample.TOMAS, sample.NINO):
        assert word not in everything(geo), word
    session = officer(office, kaz, "second")
    try:
        assert [v.fields["reference"] for v in session.visits()] == [SAMPLE]
        assert session.store.count("meeting") == 11
        assert session.store.search("last word")
        assert not session.store.search("Tbilisi")
        assert session.store.get(two_visits[1]) is None
    finally:
        session.close()


def test_a_reader_of_a_visit_writes_nothing(office: Path, server: Cluster, url: str, two_visits: tuple[EntityId, EntityId]) -> None:
    roles(server, "reader")
    at = ("--database", url.replace("fieldtool@", "reader@"))
    assert command(office, "list", "visits", *at).json["error"]["code"] == "database-unreachable"  # nothing was granted yet
    command(office, "hq", "limit", "reader", "--visit", SAMPLE, "--database", url)
    for name in OFFICERS:  # headquarters' own vault has written here, and goes on where it may
        assert command(office, "list", "notes", *at, name=name).json["total"] > 0
    for words in (("hq", "import", office / "inbox"), ("edit", two_visits[0], "state=planned"), ("hq", "limit", "reader")):
        refused = command(office, *words, *at)
        assert refused.code == 1, words
    with psycopg.connect(at[1]) as connection:
        for sql in ("DELETE FROM record", "UPDATE body SET fields = ''", "INSERT INTO access VALUES ('reader', '')", "TRUNCATE change"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(sql)
    command(office, "hq", "limit", "reader", "--database", url)
    assert command(office, "list", "visits", *at).code == 1


@pytest.mark.parametrize("role", ["nobody_of_that_name", "fieldtool", "above", "member", 'odd"; DROP TABLE record; --'])
def test_a_role_that_policies_do_not_bind_is_refused(office: Path, server: Cluster, url: str, role: str) -> None:
    roles(server, "above", "member")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("ALTER ROLE above BYPASSRLS")
        connection.execute("GRANT fieldtool TO member")
    officer(office, url).close()
    refused = command(office, "hq", "limit", role, "--database", url)
    assert (refused.code, refused.json["error"]["code"]) == (1, "database-role")


def test_a_vault_has_no_other_readers(office: Path) -> None:
    refused = command(office, "hq", "limit", "reader")
    assert (refused.code, refused.json["error"]["code"]) == (1, "database-needed")
