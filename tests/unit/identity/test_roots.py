"""The organisation's root: in a wrapped file of its own, and handing over to a successor."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from fieldtool.domain.values import canonical
from fieldtool.identity.certificates import Use, read_certificate, self_signed
from fieldtool.identity.keyfile import write_members
from fieldtool.identity.roots import RootFile, RootKey, create_root, verify_succession
from tests.unit.identity.members import ROOT_PASSPHRASE, code_of, counted, flipped, organisation


@pytest.fixture(scope="module")
def raw() -> bytes:
    return organisation().root_file.to_bytes()


@pytest.fixture(scope="module")
def successor() -> RootKey:
    return create_root("Sample organisation", "another passphrase", randomness=counted(41))[1]


@pytest.fixture(scope="module")
def statement(successor: RootKey) -> bytes:
    return organisation().root.sign_successor(successor, [organisation().hq.key])


def test_the_file_opens_with_its_own_passphrase(raw: bytes) -> None:
    root = RootFile.from_bytes(raw).open(ROOT_PASSPHRASE)
    assert root.certificate == organisation().root.certificate
    assert root.org == organisation().trust().org
    assert code_of(lambda: RootFile.from_bytes(raw).open("wrong")) == "wrong-passphrase"


def test_the_root_vouches_for_itself_and_names_the_organisation() -> None:
    certificate = read_certificate(organisation().root.certificate)
    assert self_signed(certificate)
    assert (certificate.use, certificate.name, certificate.organisation) == (Use.ROOT, "Sample organisation", "Sample organisation")


def test_a_copy_on_a_stick_may_have_another_passphrase() -> None:
    copy = RootFile.from_bytes(organisation().root.wrapped("kept apart", randomness=counted(42)).to_bytes())
    assert copy.open("kept apart").org == organisation().root.org
    assert code_of(lambda: copy.open(ROOT_PASSPHRASE)) == "wrong-passphrase"


def test_every_bit_flip_and_every_truncation_is_damage(raw: bytes) -> None:
    found = {code_of(lambda bit=bit: RootFile.from_bytes(flipped(raw, bit))) for bit in range(len(raw) * 8)}  # type: ignore[misc]
    found |= {code_of(lambda end=end: RootFile.from_bytes(raw[:end])) for end in range(len(raw))}  # type: ignore[misc]
    assert found == {"vault-damaged"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(format=2), "vault-newer"),
        (lambda m: m.update(what="fieldtool keys"), "vault-foreign"),
        (lambda m: m.update(format=0), "vault-damaged"),
        (lambda m: m.update(certificate="AAAA"), "vault-damaged"),
        (lambda m: m.update(more=1), "vault-damaged"),
        (lambda m: m["stretching"].update(memory_kib=1), "vault-damaged"),
        (lambda m: m.pop("key"), "vault-damaged"),
    ],
)
def test_a_file_by_other_rules_is_named(raw: bytes, change: Callable[[dict[str, Any]], None], code: str) -> None:
    members = json.loads(raw)
    del members["sha256"]
    change(members)
    assert code_of(lambda: RootFile.from_bytes(write_members(members))) == code


def test_the_key_does_not_open_under_another_certificate(raw: bytes, successor: RootKey) -> None:
    members, other = json.loads(raw), json.loads(successor.wrapped("x", randomness=counted(43)).to_bytes())
    del members["sha256"]
    members["certificate"] = other["certificate"]
    assert code_of(lambda: RootFile.from_bytes(write_members(members)).open(ROOT_PASSPHRASE)) == "wrong-passphrase"


def test_the_old_root_names_its_successor(successor: RootKey, statement: bytes) -> None:
    found = verify_succession(statement)
    assert (found.old.der, found.new.der) == (organisation().root.certificate, successor.certificate)
    assert found.kept == {organisation().hq.key}


def test_flipped_and_truncated_statements_are_refused(statement: bytes) -> None:
    found = {code_of(lambda bit=bit: verify_succession(flipped(statement, bit))) for bit in range(0, len(statement) * 8, 3)}  # type: ignore[misc]
    found |= {code_of(lambda end=end: verify_succession(statement[:end])) for end in range(0, len(statement), 7)}  # type: ignore[misc]
    assert found == {"bundle-forged"}


def test_a_root_hands_over_within_its_organisation_and_never_to_itself(successor: RootKey) -> None:
    other = organisation("Another organisation", 500).root
    assert code_of(lambda: verify_succession(other.sign_successor(successor, []))) == "bundle-forged"
    assert code_of(lambda: verify_succession(successor.sign_successor(successor, []))) == "bundle-forged"


def test_a_successor_is_not_made_its_own_predecessor(successor: RootKey, statement: bytes) -> None:
    """What the new root signed to take over is no statement by it of who follows."""
    members = json.loads(statement)
    turned = canonical(members | {"old": members["new"], "new": members["old"], "by_old": members["by_new"], "by_new": members["by_old"]})
    assert code_of(lambda: verify_succession(turned.encode())) == "bundle-forged"


def test_both_roots_have_to_sign(successor: RootKey, statement: bytes) -> None:
    members = json.loads(statement)
    kept = members["kept"]
    changes: tuple[dict[str, Any], ...] = (
        {"by_new": members["by_old"]}, {"by_old": members["by_new"]}, {"by_old": ""}, {"format": 2}, {"more": 1},
        {"kept": []}, {"kept": kept * 2}, {"kept": [kept[0].upper()]}, {"kept": [*kept, "00" * 32]}, {"kept": kept[0]}, {"kept": [1]},
    )  # fmt: skip
    for change in changes:
        changed = canonical(members | change).encode()
        assert code_of(lambda changed=changed: verify_succession(changed)) == "bundle-forged"  # type: ignore[misc]


def test_an_organisation_has_a_name() -> None:
    with pytest.raises(ValueError, match="name"):
        create_root(" ", "x")
