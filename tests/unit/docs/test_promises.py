"""Promises of the guide that no room of its own holds: what the window and the command line say of one vault agrees."""

from pathlib import Path

from fieldtool.services import first_steps, upkeep, vaults
from fieldtool.services.records import add_records, list_records

PASSPHRASE = "six patient storks walk home"


def test_a_backup_made_in_the_window_is_one_that_restore_takes(tmp_path: Path) -> None:
    made = vaults.create_vault(tmp_path / "vault", PASSPHRASE, name="Elena Marković", organisation="Sample")
    try:
        add_records(made.session, "country", [{"iso3": "KAZ"}])
        assert first_steps.backup(made.session, tmp_path / "a.ftbackup") == (tmp_path / "a.ftbackup").stat().st_size
    finally:
        made.session.close()
    upkeep.restore(tmp_path / "a.ftbackup", tmp_path / "again", PASSPHRASE)
    session = vaults.unlock_vault(tmp_path / "again", PASSPHRASE)
    try:
        assert [r.fields["iso3"] for r in list_records(session, "country")] == ["KAZ"]
    finally:
        session.close()
