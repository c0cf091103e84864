"""Promises of the guide that no room of its own holds: what the window and the command line say of one vault agrees."""

from pathlib import Path

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.services import first_steps, people, upkeep, vaults
from fieldtool.services.records import add_records, list_records
from fieldtool.ui.gate import Gate

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


OTHERS = "sugar mystery carpet oasis runner clover temple guitar whisper castle mascot magnet"


@pytest.mark.parametrize("said", ["wrong words here", "", OTHERS])
def test_nobody_gets_a_card_whose_words_are_not_the_ones_expected(tmp_path: Path, said: str) -> None:
    made = vaults.create_vault(tmp_path / "vault", PASSPHRASE, name="Katarina Holm", organisation="Sample")
    asking = vaults.create_vault(tmp_path / "other", PASSPHRASE, name="Elena Marković")
    try:
        headquarters, request = made.session, people.identity_request(asking.session)
        visit = {"reference": "V1", "country": "KAZ", "start": "2022-04-11", "end": "2022-04-15", "timezone": "Asia/Almaty"}
        (place,) = add_records(headquarters, "visit", [visit]).ids
        with pytest.raises(KnownError) as refused:
            people.add_person(headquarters, request, visit=place, role=Role.EXPERT, expected=said)
        assert (refused.value.code, refused.value.exit_code) == ("fingerprint-mismatch", ExitCode.NOT_AUTHENTIC)
        assert people.visit_cards(headquarters, place) == []
        right = people.fingerprint(asking.session.key).words
        assert people.add_person(headquarters, request, visit=place, role=Role.EXPERT, expected=right).name == "Elena Marković"
    finally:
        made.session.close()
        asking.session.close()


@pytest.mark.parametrize("name", ["", "  ", "Ж" * 201, "Nino\u202egnp.exe", "two\nlines", "\x00"])
@pytest.mark.parametrize("field", ["name", "name_latin", "installation"])
def test_a_vault_is_never_made_under_a_name_it_could_not_ask_with(tmp_path: Path, field: str, name: str) -> None:
    if field != "name" and not name:
        return  # left out
    with pytest.raises(KnownError) as refused:
        vaults.create_vault(tmp_path / "vault", PASSPHRASE, **({"name": "Nino"} | {field: name}))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.values["field"]) == ("value-refused", field)
    assert not (tmp_path / "vault").exists()


def test_the_window_reopens_a_sealed_vault_with_its_own_signing_key(tmp_path: Path) -> None:
    made = vaults.create_vault(tmp_path / "vault", PASSPHRASE, name="Elena Marković")
    key, sheet = made.session.key, made.sheet.text()
    upkeep.seal_vault(made.session)
    made.session.close()
    with pytest.raises(KnownError) as sealed:
        Gate().unlock(tmp_path / "vault", PASSPHRASE)
    assert sealed.value.code == "sealed"
    again = Gate().recover(tmp_path / "vault", sheet, PASSPHRASE)
    assert again.key == key
    again.close()
    renewed = Gate().recover(tmp_path / "vault", sheet, "another seven words for this vault now")
    assert renewed.key != key
    renewed.close()
