"""`check` on vaults whose tables were spoilt behind the program's back: found, named, and repaired where that can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldtool.identity import envelope
from fieldtool.identity.envelope import Envelope
from tests.unit.cli.commands import PASSPHRASE, Desk


def spoil(desk: Desk, *statements: str) -> None:
    """Run SQL on the closed vault's encrypted file."""
    import sqlcipher3.dbapi2 as driver

    keys = envelope.unlock(Envelope.from_bytes((desk.vault / "keys.json").read_bytes()), PASSPHRASE)
    connection = driver.connect(str(desk.vault / "vault.db"))
    try:
        connection.execute(f"PRAGMA key = \"x'{keys.vault_key.hex()}'\"")
        for statement in statements:
            before = connection.total_changes
            connection.execute(statement)
            assert connection.total_changes > before, statement
        connection.commit()
    finally:
        connection.close()


DERIVED = (
    "UPDATE body SET fields = '{}'",
    "UPDATE body SET heads = x'90', changed = changed + 1",
    "DELETE FROM body",
    "DELETE FROM link",
    "INSERT INTO link (ent, fld, target) VALUES (999999, 1, x'00')",
    "DELETE FROM stand",
    "UPDATE record SET state = 2, conflicts = 7",
    "DELETE FROM record WHERE id = (SELECT ent FROM change LIMIT 1)",
    "UPDATE segment SET chained = 0",
    "UPDATE segment SET seq0 = seq0 + 1, epoch = 9",
    "INSERT INTO unaccepted (change, ent) SELECT id, ent FROM change",
    "INSERT INTO missing (hash, row, child) SELECT x'01', 1, min(id) FROM change",
    "INSERT INTO origin (change, hlc, author) SELECT min(id), 1, 1 FROM change",
    "UPDATE change SET val = '\"forged\"'",
    "UPDATE change SET parent = 65536, parents = NULL, hlc = hlc + 1",
    "DELETE FROM change WHERE id = (SELECT max(id) FROM change)",
    "INSERT INTO search_index (rowid, words, place) VALUES (999999, 'forged', 'x')",
    "UPDATE field SET name = 'x' || name",
    "UPDATE stream SET scope = 1",
)


def listed(desk: Desk) -> list[str]:
    """What the vault says, in every kind that the sample has."""
    return [desk.done("--json", "list", kind).out for kind in ("visits", "recommendations", "institutions", "people")]


def test_whatever_follows_from_sealed_parts_is_found_named_and_made_again(expert: Desk) -> None:
    before, changes = listed(expert), expert.json("check")["changes"]
    for statement in DERIVED:
        spoil(expert, statement)
        said = expert.json("check")
        assert said["repaired"], statement
        assert (said["whole"], said["faults"], said["changes"]) == (True, [], changes), statement
        assert listed(expert) == before, statement
        assert expert.json("check")["repaired"] == [], statement


def test_a_repair_is_told(expert: Desk) -> None:
    spoil(expert, "DELETE FROM link")
    outcome = expert.done("check")
    assert "Repaired: record " in outcome.out
    assert "The vault is whole" in outcome.out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE segment SET body = x'00' WHERE id = (SELECT max(id) FROM segment WHERE hash IS NOT NULL)",
        "UPDATE segment SET body = NULL WHERE id = (SELECT max(id) FROM segment WHERE hash IS NOT NULL)",
        "UPDATE segment SET beside = x'28b52ffd2000010000' WHERE id = (SELECT max(id) FROM segment WHERE hash IS NOT NULL)",
        "UPDATE segment SET signature = zeroblob(64) WHERE id = (SELECT max(id) FROM segment WHERE hash IS NOT NULL)",
    ],
)
def test_a_damaged_part_is_named_with_its_author_and_whoever_has_it(hq: Desk, expert: Desk, tmp_path: Path, statement: str) -> None:
    before = listed(expert)
    spoil(expert, statement)
    outcome = expert.run("check")
    assert outcome.code == 3
    assert "Katarina Holm" in outcome.err
    assert "export bundle --everything" in outcome.err
    said = expert.run("check", "--json").json
    (part,) = said["damaged"]
    assert (part["author"], part["visit"], part["holders"]) == ("Katarina Holm", "KAZ-2022-1", ["Katarina Holm"])
    assert (said["mendable"], said["whole"], said["repaired"]) == (False, False, [])
    assert listed(expert) == before
    healthy = tmp_path / "healthy.ftbundle"
    hq.done("export", "bundle", "--everything", "--to", "team", "-o", healthy)
    expert.done("import", healthy)
    said = expert.json("check")
    assert (said["whole"], said["damaged"]) == (True, [])
    assert listed(expert) == before


def test_a_vault_whose_rows_nobody_can_read_still_opens(expert: Desk) -> None:
    before = listed(expert)
    spoil(expert, "UPDATE body SET fields = 'no JSON'")
    assert listed(expert) == before
    assert expert.json("check")["whole"]


def test_an_import_without_the_damaged_part_leaves_what_it_said_alone(hq: Desk, expert: Desk, tmp_path: Path) -> None:
    expert.add("notes", kind="statement", text="good")
    expert.done("export", "bundle", "--to", "hq", "-o", tmp_path / "b.ftbundle")
    hq.done("import", tmp_path / "b.ftbundle")  # so headquarters knows what the expert has, and sends only what is new
    before = listed(expert)[:2]
    spoil(expert, "UPDATE segment SET body = x'00' WHERE id = (SELECT min(id) FROM segment WHERE hash IS NOT NULL)")
    damaged = expert.run("check", "--json").json["damaged"]
    assert len(damaged) == 1
    hq.add("institutions", name={"en": "New office"}, type="court", country="KAZ")
    hq.done("export", "bundle", "--to", "Tomas Lindqvist", "-o", tmp_path / "new.ftbundle")
    expert.done("import", tmp_path / "new.ftbundle")
    assert "New office" in listed(expert)[2]
    assert listed(expert)[:2] == before
    assert expert.run("check", "--json").json["damaged"] == damaged
