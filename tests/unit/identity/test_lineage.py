"""Several roots of one organisation: who follows whom, whom an earlier one may still vouch for, and the file that third parties trust."""

from __future__ import annotations

from functools import cache

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import LIBRARY
from fieldtool.identity.certificates import NotOurCertificate, pem, read_certificate
from fieldtool.identity.lineage import Lineage, read_trust
from fieldtool.identity.roots import RootKey, create_root
from fieldtool.identity.trust import TrustStore
from tests.unit.identity.members import Member, code_of, counted, member, organisation


@cache
def root(seed: int) -> RootKey:
    return create_root("Sample organisation", "x", randomness=counted(seed))[1]


@cache
def statement(old: int | None, new: int) -> bytes:
    """The root of the sample organisation (None), or another, names its successor and keeps headquarters."""
    before = organisation().root if old is None else root(old)
    return before.sign_successor(root(new), [organisation().hq.key])


@cache
def lineage() -> Lineage:
    return Lineage.of(organisation().root.certificate, [statement(None, 61), statement(61, 62)])


@cache
def later_office(seed: int, issuer: int) -> Member:
    """An installation of headquarters that another root certified."""
    return member("Юн Ли", seed, root(issuer), Role.HQ)


def test_the_organisation_keeps_its_id_under_every_root() -> None:
    assert lineage().org == organisation().root.org
    assert lineage().present.der == root(62).certificate
    assert TrustStore.build(lineage()).org == organisation().trust().org


def test_statements_that_do_not_follow_each_other_are_refused() -> None:
    first = organisation().root.certificate
    for wrong in ([statement(61, 62)], [statement(None, 61), statement(None, 62)], [statement(None, 61)] * 2):
        assert code_of(lambda wrong=wrong: Lineage.of(first, wrong)) == "bundle-forged"  # type: ignore[misc]
    circle = root(61).sign_successor(organisation().root, [])
    assert code_of(lambda: Lineage.of(first, [statement(None, 61), circle])) == "bundle-forged"


def test_the_longer_of_two_that_agree_wins_and_two_successors_are_refused() -> None:
    pinned = Lineage.of(organisation().root.certificate)
    assert pinned.widened([]) == pinned
    assert pinned.widened([statement(None, 61)]).present.der == root(61).certificate
    assert pinned.widened(lineage().statements) == lineage()
    assert lineage().widened([statement(None, 61)]) == lineage()
    assert Lineage.of(root(62).certificate).widened(lineage().statements) == lineage()
    for other in ([statement(None, 63)], [organisation().root.sign_successor(root(61), [])], [statement(63, 64)]):
        assert code_of(lambda other=other: lineage().widened(other)) == "root-foreign"  # type: ignore[misc]


def test_an_earlier_root_vouches_only_for_whom_it_named_when_it_stepped_down() -> None:
    org = organisation()
    kept, stolen = org.hq, member("Кто-то", 700, org.root, Role.HQ)  # certified with the old key after it stepped down
    new = later_office(710, 62)
    cards = [kept.card(Role.HQ, LIBRARY), org.expert.card(), stolen.card(Role.HQ, LIBRARY), new.card(Role.HQ, LIBRARY)]
    trust = TrustStore.build(lineage(), cards)
    assert set(trust.authorities) == {kept.key, new.key}
    assert trust.card_of(stolen.key) is None
    assert trust.card_of(org.expert.key) is not None  # what an installation that was kept has certified stays good
    assert trust.chain(kept.chain[0]) == (kept.chain[0], org.root.certificate)
    assert trust.chain(new.chain[0]) == (new.chain[0], root(62).certificate)
    assert set(TrustStore.build(org.root.certificate, cards).authorities) == {kept.key, stolen.key}


def test_a_trust_file_holds_every_root_and_what_made_it_one() -> None:
    text = lineage().to_pem()
    assert read_trust(text) == lineage()
    assert read_trust(pem(root(61).certificate)) == Lineage.of(root(61).certificate)
    assert text.startswith(pem(root(62).certificate))
    assert read_certificate(lineage().ders[1]).name == "Sample organisation"


def test_a_trust_file_by_halves_is_refused() -> None:
    text = lineage().to_pem()
    certificates, blocks = text.split(b"-----BEGIN FIELDTOOL", 1)
    for wrong in (
        certificates, b"-----BEGIN FIELDTOOL" + blocks, text + pem(root(63).certificate), text.replace(pem(root(61).certificate), b""),
        text + text, pem(organisation().hq.chain[0]), text[:-60], b"",
    ):  # fmt: skip
        with pytest.raises(NotOurCertificate):
            read_trust(wrong)
