"""What headquarters opens for somebody: a forgotten passphrase by a copy of the key, and seals; never the pen, never another vault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.services import demo, escrow, exchange, records, sample, upkeep, vaults
from fieldtool.services.session import Session
from tests.unit.cli.commands import Outcome, run

Unlock = Callable[[str], Session]
NEW = "six new words to be forgotten"
SECRET = "Only for me: he was afraid."


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as refused:
        call()
    return refused.value.code


def reason_of(call: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as refused:
        call()
    assert refused.value.code == "key-copy-refused"
    return str(refused.value.values["reason"])


def left(copy: Path) -> Path:
    """Somebody wrote a private note, left headquarters a copy of their key, and forgot their passphrase."""
    session = vaults.unlock_vault(copy / "vaults" / "expert-1", demo.PASSPHRASE)
    records.add_records(session, "notes", [{"kind": "statement", "text": SECRET, "private": True}])
    assert escrow.copy_left_at(session) is None
    assert escrow.leave_copy(session, copy / "tomas.key-copy") == (sample.HEADQUARTERS,)
    assert escrow.copy_left_at(session) is not None
    assert code_of(lambda: escrow.leave_copy(session, copy / "tomas.key-copy")) == "file-exists"
    session.close()
    return copy / "vaults" / "expert-1"


def command(copy: Path, name: str, *words: object) -> Outcome:
    return run("--vault", copy / "vaults" / name, "--passphrase-file", copy / "passphrase.txt", "--json", *words)


def test_headquarters_opens_a_vault_by_the_copy_of_its_key(copy: Path, unlock: Unlock) -> None:
    folder, officer = left(copy), unlock("hq")
    made = escrow.recover(officer, folder, copy / "tomas.key-copy", NEW)
    assert made.name == sample.TOMAS
    assert code_of(lambda: vaults.unlock_vault(folder, demo.PASSPHRASE)) == "wrong-passphrase"
    session = vaults.unlock_vault(folder, NEW)
    assert session.store.search("afraid")
    assert session.store.change_count() == made.changes
    session.close()


def test_the_pen_is_not_recovered(copy: Path, unlock: Unlock) -> None:
    key = vaults.read_keys(copy / "vaults" / "expert-1").key_hash
    folder, officer = left(copy), unlock("hq")
    escrow.recover(officer, folder, copy / "tomas.key-copy", NEW)
    session = vaults.unlock_vault(folder, NEW)
    assert session.key != key
    assert code_of(session.pen) == "no-identity"  # a new key, and nobody has given it a card
    assert code_of(lambda: exchange.export_bundle(session, copy / "forged.ftbundle", to=[sample.HEAD])) == "no-identity"
    session.close()
    assert key.hex() not in (folder / "keys.json").read_text()


def test_nobody_but_headquarters_and_nothing_but_that_vault(copy: Path, unlock: Unlock) -> None:
    folder, officer, head = left(copy), unlock("hq"), unlock("head")
    file = copy / "tomas.key-copy"
    before = (folder / "keys.json").read_bytes()
    other = copy / "vaults" / "expert-2"
    assert code_of(lambda: escrow.recover(head, folder, file, NEW)) == "role-needed"
    assert reason_of(lambda: escrow.recover(officer, other, file, NEW)) == "it belongs to another vault"
    assert code_of(lambda: escrow.recover(officer, folder, copy / "nothing", NEW)) == "file-unreadable"
    assert code_of(lambda: escrow.recover(officer, copy / "requests", file, NEW)) == "vault-missing"
    stranger = vaults.create_vault(copy / "stranger", demo.PASSPHRASE, name="Ola", organisation="Another office").session
    assert reason_of(lambda: escrow.recover(stranger, folder, file, NEW)) == "it was made for another officer of headquarters"
    stranger.close()
    whole, bad = file.read_bytes(), copy / "bad.key-copy"
    for broken in (whole[:-1], whole[:40], b"", whole[:-9] + b"!" + whole[-8:], b"no copy of a key"):
        bad.write_bytes(broken)
        assert reason_of(lambda: escrow.recover(officer, folder, bad, NEW)) == "it was changed or damaged"
    assert reason_of(lambda: escrow.recover(officer, folder, copy / "bundles" / "05-expert-1-to-head.ftbundle", NEW)) != ""
    assert (folder / "keys.json").read_bytes() == before


def test_a_damaged_database_is_found_before_anything_is_changed(copy: Path, unlock: Unlock) -> None:
    folder, officer = left(copy), unlock("hq")
    before = (folder / "keys.json").read_bytes()
    content = bytearray((folder / "vault.db").read_bytes())
    content[100:200] = bytes(100)
    (folder / "vault.db").write_bytes(content)
    assert code_of(lambda: escrow.recover(officer, folder, copy / "tomas.key-copy", NEW)) == "vault-damaged"
    assert (folder / "keys.json").read_bytes() == before


def test_headquarters_opens_a_seal_and_learns_no_key(copy: Path, unlock: Unlock) -> None:
    officer, session = unlock("hq"), vaults.unlock_vault(copy / "vaults" / "head", demo.PASSPHRASE)
    upkeep.seal_vault(session)
    session.close()
    folder = copy / "vaults" / "head"
    assert code_of(lambda: vaults.unlock_vault(folder, demo.PASSPHRASE)) == "sealed"
    answer = copy / "answer.json"
    assert escrow.unseal(officer, folder / "keys.json", answer) == sample.HEAD
    assert code_of(lambda: vaults.unlock_vault(_beside(folder, answer), "a guess")) == "wrong-passphrase"
    assert code_of(lambda: escrow.take_back(folder, answer, "a guess")) == "wrong-passphrase"
    assert vaults.read_keys(folder).sealed is not None
    escrow.take_back(folder, answer, demo.PASSPHRASE)
    again = vaults.unlock_vault(folder, demo.PASSPHRASE)
    assert again.keys.pen is not None  # the holder's own, which headquarters never had
    assert again.chain()
    again.close()


def _beside(folder: Path, keys: Path) -> Path:
    """A thief's copy of the vault with the key file that headquarters sent."""
    stolen = Path(shutil.copytree(folder, folder.with_name("stolen")))
    shutil.copy(keys, stolen / "keys.json")
    return stolen


def test_answers_that_do_not_belong_are_refused(copy: Path, unlock: Unlock) -> None:
    officer, head = unlock("hq"), unlock("head")
    sealed = {}
    for name in ("expert-1", "expert-2"):
        session = vaults.unlock_vault(copy / "vaults" / name, demo.PASSPHRASE)
        upkeep.seal_vault(session)
        session.close()
        sealed[name] = copy / "vaults" / name / "keys.json"
        escrow.unseal(officer, sealed[name], copy / f"{name}.json")
    folder = copy / "vaults" / "expert-1"
    assert reason_of(lambda: escrow.take_back(folder, copy / "expert-2.json", demo.PASSPHRASE)) == "it belongs to another vault"
    assert reason_of(lambda: escrow.take_back(folder, sealed["expert-1"], demo.PASSPHRASE)) == "it is still sealed"
    assert code_of(lambda: escrow.unseal(head, sealed["expert-1"], copy / "x.json")) == "role-needed"
    assert code_of(lambda: escrow.unseal(officer, sealed["expert-1"], copy / "expert-1.json")) == "file-exists"
    assert code_of(lambda: escrow.unseal(officer, copy / "demo.json", copy / "x.json")) in ("vault-damaged", "vault-foreign")
    assert reason_of(lambda: escrow.unseal(officer, copy / "vaults" / "hq" / "keys.json", copy / "x.json")) == "it is not sealed"
    stranger = vaults.create_vault(copy / "stranger", demo.PASSPHRASE, name="Ola", organisation="Another office").session
    assert reason_of(lambda: escrow.unseal(stranger, sealed["expert-1"], copy / "x.json")).startswith("it was made for another officer")
    stranger.close()
    assert not (copy / "x.json").exists()
    assert vaults.read_keys(folder).sealed is not None


def test_the_commands_say_what_is_given_away(copy: Path) -> None:
    (copy / "new.txt").write_text(NEW)
    given = command(copy, "expert-1", "escrow", copy / "mine.key-copy")
    assert given.json["readers"] == [sample.HEADQUARTERS]
    assert command(copy, "expert-1", "identity", "show").json["key_copy"] is not None
    assert command(copy, "expert-2", "identity", "show").json["key_copy"] is None
    refused = command(copy, "hq", "hq", "recover", copy / "vaults" / "expert-1", "--copy", copy / "mine.key-copy")
    assert (refused.code, refused.json["error"]["code"]) == (1, "passphrase-missing")
    words = ("hq", "recover", copy / "vaults" / "expert-1", "--copy", copy / "mine.key-copy", "--new-passphrase-file", copy / "new.txt")
    assert command(copy, "hq", *words).json["name"] == sample.TOMAS
    assert command(copy, "expert-1", "list", "notes").json["error"]["code"] == "wrong-passphrase"
    assert command(copy, "head", "seal").code == 0
    assert command(copy, "hq", "hq", "unseal", copy / "vaults" / "head" / "keys.json", "-o", copy / "open.json").json["name"] == sample.HEAD
    assert command(copy, "head", "recover", "--keys", copy / "open.json").json["recovered"] == "seal"
    assert command(copy, "head", "list", "notes").code == 0
