"""`keys.json`: opens wholly for whoever may open it, and not at all for anybody or anything else."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from fieldtool.identity import envelope as room
from fieldtool.identity.age import AgeReader, encrypt
from fieldtool.identity.envelope import (
    Envelope,
    change_passphrase,
    open_document_key,
    renew_after_recovery,
    seal,
    unlock,
    unlock_with_recovery,
)
from fieldtool.identity.keyfile import write_members
from fieldtool.identity.pen import SEGMENT_TYPE, verify_payload
from tests.unit.identity.members import PASSPHRASE, Member, code_of, counted, flipped, member, organisation


@pytest.fixture(scope="module")
def ours() -> Member:
    return organisation().expert


@pytest.fixture(scope="module")
def raw(ours: Member) -> bytes:
    return ours.envelope.to_bytes()


def rewritten(raw: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The file with some members changed and its check made good again: what an attacker writes, not what a disk does."""
    members = json.loads(raw)
    del members["sha256"]
    change(members)
    return write_members(members)


def test_the_file_opens_with_its_passphrase_to_the_same_keys(ours: Member, raw: bytes) -> None:
    keys = unlock(Envelope.from_bytes(raw), PASSPHRASE)
    assert keys.vault_key == ours.keys.vault_key
    assert keys.reader.as_text() == ours.reader.as_text()
    assert keys.pen is not None
    assert verify_payload(ours.pen.spki, SEGMENT_TYPE, b"body", keys.pen.sign(SEGMENT_TYPE, b"body"))
    assert Envelope.from_bytes(raw).to_bytes() == raw


def test_two_vaults_share_no_key_and_no_salt() -> None:
    one, other = member("A", 70), member("A", 80)
    assert one.keys.vault_key != other.keys.vault_key
    assert one.key != other.key
    assert one.envelope.stretching.salt != other.envelope.stretching.salt
    assert one.reader.recipient != other.reader.recipient


WRONG = ["", " ", PASSPHRASE + " ", PASSPHRASE[:-1], PASSPHRASE.upper(), "зеленый чайник летит над рекой", "\x00", "a" * 10_000]


@pytest.mark.parametrize("wrong", WRONG)
def test_another_passphrase_opens_nothing(ours: Member, wrong: str) -> None:
    assert code_of(lambda: unlock(ours.envelope, wrong)) == "wrong-passphrase"


def test_a_wrong_passphrase_opens_no_document_key_and_changes_none(ours: Member) -> None:
    assert code_of(lambda: open_document_key(ours.envelope, "wrong")) == "wrong-passphrase"
    assert code_of(lambda: change_passphrase(ours.envelope, "wrong", "new")) == "wrong-passphrase"


def test_the_passphrase_is_the_same_however_the_keyboard_composes_it(ours: Member) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert unlock(ours.envelope, decomposed).vault_key == ours.keys.vault_key


def test_every_bit_flip_and_every_truncation_of_the_file_is_damage(raw: bytes) -> None:
    bits = {code_of(lambda bit=bit: Envelope.from_bytes(flipped(raw, bit))) for bit in range(len(raw) * 8)}  # type: ignore[misc]
    cuts = {code_of(lambda end=end: Envelope.from_bytes(raw[:end])) for end in range(len(raw))}  # type: ignore[misc]
    assert bits == cuts == {"vault-damaged"}


@pytest.mark.parametrize("bad", [b"", b"\n", b"{}\n", b"null\n", b"[]\n", b"\xff\xfe\n", b"SQLite format 3\x00", b"{" * 100_000 + b"\n"])
def test_what_is_no_key_file_is_damage(bad: bytes) -> None:
    assert code_of(lambda: Envelope.from_bytes(bad)) == "vault-damaged"


def test_bytes_added_or_members_repeated_are_damage(raw: bytes) -> None:
    repeated = raw.replace(b'{"certificate"', b'{"name":"x","certificate"', 1)
    respaced = json.dumps(json.loads(raw)).encode() + b"\n"
    for bad in (raw + b"\n", b" " + raw, raw + raw, repeated, respaced):
        assert code_of(lambda bad=bad: Envelope.from_bytes(bad)) == "vault-damaged"  # type: ignore[misc]


def test_a_newer_format_is_named_and_a_foreign_file_too(raw: bytes) -> None:
    assert code_of(lambda: Envelope.from_bytes(rewritten(raw, lambda m: m.update(format=2, anything={"new": 1})))) == "vault-newer"
    assert code_of(lambda: Envelope.from_bytes(rewritten(raw, lambda m: m.update(what="another tool")))) == "vault-foreign"


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update(format=0),
        lambda m: m.update(format="1"),
        lambda m: m.update(name=7),
        lambda m: m.update(extra=1),
        lambda m: m.pop("vault"),
        lambda m: m.update(recipient="age1nobody"),
        lambda m: m.update(certificate=m["document_certificate"]),
        lambda m: m.update(document_certificate=m["certificate"]),
        lambda m: m.update(certificate="AAAA"),
        lambda m: m["stretching"].update(kdf="md5"),
        lambda m: m["stretching"].update(passes=0),
        lambda m: m["stretching"].update(passes=True),
        lambda m: m["stretching"].update(memory_kib=1 << 30),
        lambda m: m["stretching"].update(lanes=10_000),
        lambda m: m["stretching"].update(salt="é"),
        lambda m: m["passphrase"].pop("signing key"),
        lambda m: m["passphrase"].update(more="AAAA"),
        lambda m: m["recovery"].update({"vault key": "AAA"}),
        lambda m: m.update(passphrase=[]),
        lambda m: m.update(passphrase={"sealed": 5}),
    ],
)
def test_a_file_written_by_other_rules_is_damage(raw: bytes, change: Callable[[dict[str, Any]], None]) -> None:
    assert code_of(lambda: Envelope.from_bytes(rewritten(raw, change))) == "vault-damaged"


def test_no_part_opens_in_the_place_of_another_or_of_another_vault(raw: bytes, ours: Member) -> None:
    other = json.loads(organisation().head.envelope.to_bytes())  # the same passphrase

    def swap(m: dict[str, Any]) -> None:
        m["passphrase"]["signing key"], m["passphrase"]["document key"] = m["passphrase"]["document key"], m["passphrase"]["signing key"]

    changes: list[Callable[[dict[str, Any]], None]] = [
        swap,
        lambda m: m["passphrase"].update({"vault key": m["passphrase"]["signing key"]}),
        lambda m: m.update(passphrase=other["passphrase"]),
        lambda m: m.update(stretching=other["stretching"], passphrase=other["passphrase"]),
        lambda m: m.update(certificate=other["certificate"], document_certificate=other["document_certificate"]),
        lambda m: m.update(name="Somebody else"),
        lambda m: m.update(seal_recipient=other["seal_recipient"]),
    ]
    for change in changes:
        changed = Envelope.from_bytes(rewritten(raw, change))
        assert code_of(lambda changed=changed: unlock(changed, PASSPHRASE)) == "wrong-passphrase"  # type: ignore[misc]
    swapped = Envelope.from_bytes(rewritten(raw, lambda m: m.update(vault=other["vault"])))
    assert code_of(lambda: unlock(swapped, PASSPHRASE)) == "vault-damaged"
    assert code_of(lambda: unlock_with_recovery(swapped, ours.sheet.text())) == "vault-damaged"


def test_a_new_passphrase_opens_the_same_keys_and_the_old_one_nothing(ours: Member) -> None:
    changed = Envelope.from_bytes(change_passphrase(ours.envelope, PASSPHRASE, "новая фраза", randomness=counted(5)).to_bytes())
    assert code_of(lambda: unlock(changed, PASSPHRASE)) == "wrong-passphrase"
    keys = unlock(changed, "новая фраза")
    assert keys.vault_key == ours.keys.vault_key
    assert keys.pen is not None
    assert keys.pen.key_hash == ours.key
    assert open_document_key(changed, "новая фраза").certificate_der == ours.envelope.document_certificate
    assert unlock_with_recovery(changed, ours.sheet.text()).vault_key == ours.keys.vault_key


def test_the_recovery_sheet_opens_the_data_and_never_the_pen(ours: Member) -> None:
    keys = unlock_with_recovery(ours.envelope, ours.sheet.text().lower().replace("-", " "))
    assert keys.vault_key == ours.keys.vault_key
    assert keys.reader.as_text() == ours.reader.as_text()
    assert keys.pen is None


def test_another_vaults_sheet_opens_nothing(ours: Member) -> None:
    sheet = organisation().head.sheet.text()
    for call in (unlock_with_recovery, room.reopen_with_recovery, lambda e, s: renew_after_recovery(e, s, "new")):
        assert code_of(lambda call=call: call(ours.envelope, sheet)) == "wrong-recovery"  # type: ignore[misc]


def test_after_recovery_a_new_passphrase_brings_new_pens_to_the_old_data(ours: Member) -> None:
    renewed, keys = renew_after_recovery(ours.envelope, ours.sheet.text(), "fresh start", randomness=counted(6))
    reread = unlock(Envelope.from_bytes(renewed.to_bytes()), "fresh start")
    assert reread.vault_key == keys.vault_key == ours.keys.vault_key
    assert reread.reader.recipient == ours.reader.recipient
    assert reread.pen is not None
    assert reread.pen.key_hash == renewed.key_hash != ours.key
    assert renewed.document_certificate != ours.envelope.document_certificate
    assert open_document_key(renewed, "fresh start").certificate_der == renewed.document_certificate
    assert code_of(lambda: unlock(renewed, PASSPHRASE)) == "wrong-passphrase"
    assert unlock_with_recovery(renewed, ours.sheet.text()).vault_key == ours.keys.vault_key


def test_a_sealed_vault_opens_with_the_sheet_and_not_with_the_passphrase(ours: Member) -> None:
    sealed = Envelope.from_bytes(seal(ours.envelope).to_bytes())
    assert seal(sealed) == sealed
    for call in (unlock, open_document_key, lambda e, p: change_passphrase(e, p, "new")):
        assert code_of(lambda call=call: call(sealed, PASSPHRASE)) == "sealed"  # type: ignore[misc]
    keys = unlock_with_recovery(sealed, ours.sheet.text())
    assert keys.vault_key == ours.keys.vault_key
    assert keys.pen is None
    reopened = Envelope.from_bytes(room.reopen_with_recovery(sealed, ours.sheet.text()).to_bytes())
    assert reopened == ours.envelope
    assert room.reopen_with_recovery(reopened, ours.sheet.text()) == reopened


def test_nothing_that_the_passphrase_opens_stays_in_the_sealed_file(ours: Member) -> None:
    open_text, sealed_text = ours.envelope.to_bytes(), seal(ours.envelope).to_bytes()
    for part in json.loads(open_text)["passphrase"].values():
        assert part.encode() in open_text
        assert part.encode() not in sealed_text


def test_headquarters_reopens_a_sealed_vault_without_learning_a_key(ours: Member) -> None:
    hq = organisation().hq.reader
    sealed = seal(ours.envelope, [hq.recipient])
    assert sealed.sealed is not None
    inside = hq.decrypt(sealed.sealed)
    assert ours.keys.vault_key not in inside
    reopened = room.reopen_with_parts(sealed, inside)
    assert unlock(reopened, PASSPHRASE).vault_key == ours.keys.vault_key
    assert code_of(lambda: unlock(reopened, "not the passphrase")) == "wrong-passphrase"
    assert room.reopen_with_parts(ours.envelope, b"ignored: it is not sealed") == ours.envelope
    for bad in (b"", b"{}", inside[:-1], inside + b" ", b"[]"):
        assert code_of(lambda bad=bad: room.reopen_with_parts(sealed, bad)) == "vault-damaged"  # type: ignore[misc]


def test_a_seal_for_another_vault_does_not_open_here(raw: bytes, ours: Member) -> None:
    foreign = seal(organisation().head.envelope).to_bytes()
    mixed = Envelope.from_bytes(rewritten(raw, lambda m: m.update(passphrase=json.loads(foreign)["passphrase"])))
    assert code_of(lambda: room.reopen_with_recovery(mixed, ours.sheet.text())) == "vault-damaged"


def test_headquarters_copy_of_the_vault_key_opens_the_data_and_never_the_pen(ours: Member) -> None:
    hq, copy = organisation().hq.reader, room.escrow(ours.keys, [organisation().hq.reader.recipient])
    keys = room.unlock_from_escrow(seal(ours.envelope), copy, hq)
    assert keys.vault_key == ours.keys.vault_key
    assert keys.pen is None
    assert code_of(lambda: room.unlock_from_escrow(ours.envelope, copy, AgeReader.generate())) == "bundle-not-for-you"
    assert code_of(lambda: room.unlock_from_escrow(organisation().head.envelope, copy, hq)) == "vault-damaged"
    long = encrypt(bytes(33), [hq.recipient])
    assert code_of(lambda: room.unlock_from_escrow(ours.envelope, long, hq)) == "vault-damaged"
    renewed = room.renew_after_escrow(ours.envelope, keys, "new words for it")
    again = room.unlock(renewed, "new words for it")
    assert (again.vault_key, again.pen is None) == (ours.keys.vault_key, False)
    assert renewed.key_hash != ours.envelope.key_hash


def test_no_secret_stands_in_the_file_or_in_what_is_logged(ours: Member, raw: bytes) -> None:
    secrets = [ours.keys.vault_key, ours.sheet.secret, ours.reader.as_text().encode(), PASSPHRASE.encode(), ours.sheet.text().encode()]
    shown = repr((ours.keys, ours.sheet, ours.envelope, ours.keys.pen, ours.reader)).encode()
    for secret in secrets:
        for text in (raw, shown):
            assert secret not in text
            assert secret.hex().encode() not in text


def test_a_vault_belongs_to_somebody() -> None:
    with pytest.raises(ValueError, match="somebody"):
        room.create_envelope(PASSPHRASE, name="  ")
