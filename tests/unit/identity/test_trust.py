"""Whom a vault believes: the root's chain, roles at an epoch, acceptances and revocations, in whatever order they came."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import LIBRARY, KeyHash, SegmentHash, StreamId
from fieldtool.identity.certificates import NotOurCertificate, read_certificate
from fieldtool.identity.trust import Card, Revocation, TrustStore
from tests.unit.identity.members import OTHER_VISIT, VISIT, Member, Organisation, organisation

STREAM, TIP = StreamId(b"s" * 32), SegmentHash(b"t" * 32)


@pytest.fixture(scope="module")
def org() -> Organisation:
    return organisation()


def accepted(newcomer: Member, by: KeyHash, role: Role = Role.EXPERT, epoch: int = 5) -> Card:
    """The card that the head of a visit makes of a newcomer whose fingerprint was compared by voice."""
    pen = newcomer.pen
    return Card(pen.key_hash, newcomer.name, role, VISIT, pen.self_certificate, newcomer.reader.recipient, epoch, accepted_by=by)


def test_carded_members_are_known_with_their_roles(org: Organisation) -> None:
    trust = org.trust()
    assert trust.role(org.hq.key, VISIT, 9) is Role.HQ
    assert trust.role(org.head.key, VISIT, 9) is Role.HEAD
    assert trust.role(org.expert.key, VISIT, 9) is Role.EXPERT
    assert trust.role(org.newcomer.key, VISIT, 9) is None
    assert trust.name_of(org.expert.key) == org.expert.name
    assert trust.name_of(org.newcomer.key) is None
    assert trust.unproven == ()


def test_a_role_holds_for_its_visit_only(org: Organisation) -> None:
    trust = org.trust()
    assert trust.role(org.head.key, OTHER_VISIT, 9) is None
    assert trust.card_of(org.head.key, OTHER_VISIT) is None
    assert trust.card_of(org.head.key, VISIT) == trust.card_of(org.head.key)
    assert trust.role(org.hq.key, OTHER_VISIT, 9) is Role.HQ


def test_a_role_is_judged_at_the_epoch_its_holder_knew(org: Organisation) -> None:
    trust = org.trust(org.expert.card(Role.DEPUTY, epoch=7), org.expert.card(Role.EXPERT, epoch=9))
    assert [trust.role(org.expert.key, VISIT, epoch) for epoch in (0, 1, 6, 7, 8, 9, 50)] == [
        Role.EXPERT, Role.EXPERT, Role.EXPERT, Role.DEPUTY, Role.DEPUTY, Role.EXPERT, Role.EXPERT,
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.EXPERT, Role.HEAD, Role.DEPUTY, Role.SERVICE])
def test_a_late_card_gives_a_voice_and_never_more(org: Organisation, role: Role) -> None:
    trust = TrustStore.build(org.root.certificate, [org.hq.card(Role.HQ, LIBRARY), org.head.card(role, epoch=4)])
    assert trust.role(org.head.key, VISIT, 3) is (Role.SERVICE if role is Role.SERVICE else Role.EXPERT)


def test_cards_nobody_vouches_for_are_set_aside(org: Organisation) -> None:
    other = organisation("Another organisation", 500)
    good, head = org.expert.card(), org.head.card()
    bad = [
        other.expert.card(),  # another root
        replace(good, certificate=org.expert.pen.self_certificate),  # vouched for by itself
        replace(good, certificate=head.certificate),  # another key's
        replace(good, key=head.key),
        replace(good, certificate=good.document_certificate or b""),  # a certificate for documents
        replace(good, certificate=b""),
        replace(good, role=Role.HQ),  # a role that its certificate does not bear
        replace(org.hq.card(Role.HQ, LIBRARY), role=Role.EXPERT),
        replace(good, certificate=org.root.certificate, key=read_certificate(org.root.certificate).key),
        replace(good, accepted_by=org.head.key),  # an acceptance of what headquarters should have signed
    ]
    for card in bad:
        trust = TrustStore.build(org.root.certificate, [card, head, org.hq.card(Role.HQ, LIBRARY)])
        assert trust.unproven == (card,)
        assert trust.cards.keys() == {head.key, org.hq.key}


def test_without_headquarters_card_its_certificate_is_enough(org: Organisation) -> None:
    bare = TrustStore.build(org.root.certificate, [org.expert.card()])
    assert bare.role(org.expert.key, VISIT, 1) is None
    knowing = TrustStore.build(org.root.certificate, [org.expert.card()], authorities=[org.hq.chain[0], b"junk", org.expert.chain[0]])
    assert knowing.role(org.expert.key, VISIT, 1) is Role.EXPERT
    assert knowing.authorities.keys() == {org.hq.key}
    later = bare.with_authorities([org.hq.chain[0], organisation("Another organisation", 500).hq.chain[0]])
    assert later.authorities.keys() == {org.hq.key}
    assert later.role(org.expert.key, VISIT, 1) is Role.EXPERT
    assert later.with_authorities([org.hq.chain[0]]) is later
    assert later.name_of(org.hq.key) == org.hq.name


def test_the_head_may_accept_an_expert_by_voice(org: Organisation) -> None:
    card = accepted(org.newcomer, org.head.key)
    trust = org.trust(card)
    assert trust.role(org.newcomer.key, VISIT, 5) is Role.EXPERT
    assert trust.chain(card.certificate) == (card.certificate,)
    assert not trust.vouches_for(read_certificate(card.certificate))


@pytest.mark.parametrize("role", [Role.HEAD, Role.DEPUTY, Role.HQ, Role.SERVICE])
def test_an_acceptance_never_gives_more_than_an_experts_role(org: Organisation, role: Role) -> None:
    trust = org.trust(accepted(org.newcomer, org.head.key, role))
    assert trust.role(org.newcomer.key, VISIT, 5) is Role.EXPERT


def test_nobody_else_accepts_anybody(org: Organisation) -> None:
    card = accepted(org.newcomer, org.head.key)
    for bad in (replace(card, accepted_by=org.expert.key), replace(card, accepted_by=org.newcomer.key), replace(card, visit=OTHER_VISIT)):
        trust = org.trust(bad)
        assert trust.role(org.newcomer.key, bad.visit, 9) is None
        assert trust.unproven == (bad,)


def test_an_acceptance_never_overrides_headquarters(org: Organisation) -> None:
    """A head cannot make an expert of a deputy, or of another head, by accepting the key they have already."""
    demotion = replace(accepted(org.newcomer, org.head.key, epoch=99), key=org.head.key, certificate=org.head.pen.self_certificate)
    assert org.trust(demotion).role(org.head.key, VISIT, 100) is Role.HEAD


def test_revocations_are_all_kept_for_whoever_follows_the_chain(org: Organisation) -> None:
    some = [Revocation(org.expert.key, {STREAM: TIP}, 3), Revocation(org.expert.key, {}, 4, "laptop stolen")]
    trust = TrustStore.build(org.root.certificate, [], some)
    assert trust.revoked(org.expert.key)
    assert not trust.revoked(org.head.key)
    assert trust.revocations[org.expert.key] == tuple(some)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_cards_and_revocations_does_not_matter(chance: random.Random) -> None:
    org = organisation()
    cards = [
        org.hq.card(Role.HQ, LIBRARY), org.head.card(Role.HEAD), org.head.card(Role.EXPERT, epoch=2), org.expert.card(),
        org.expert.card(visit=OTHER_VISIT), accepted(org.newcomer, org.head.key),
    ]  # fmt: skip
    ends = [Revocation(org.expert.key, {STREAM: TIP}, 3), Revocation(org.expert.key, {}, 3), Revocation(org.head.key, {}, 1)]
    first = TrustStore.build(org.root.certificate, cards, ends)
    chance.shuffle(cards)
    chance.shuffle(ends)
    again = TrustStore.build(org.root.certificate, cards, ends)
    assert again == first
    assert again.role(org.head.key, VISIT, 2) is Role.EXPERT


@pytest.mark.parametrize("which", ["headquarters", "expert", "junk", "nothing"])
def test_only_a_root_can_be_pinned(org: Organisation, which: str) -> None:
    der = {"headquarters": org.hq.chain[0], "expert": org.expert.pen.self_certificate, "junk": b"junk", "nothing": b""}[which]
    with pytest.raises(NotOurCertificate):
        TrustStore.build(der)


def test_a_chain_leads_to_the_root_or_to_oneself_or_nowhere(org: Organisation) -> None:
    trust = org.trust()
    for member in (org.hq, org.head, org.expert):
        assert trust.chain(member.chain[0]) == member.chain
    assert trust.chain(org.root.certificate) == (org.root.certificate,)
    assert trust.chain(org.newcomer.pen.self_certificate) == (org.newcomer.pen.self_certificate,)
    with pytest.raises(NotOurCertificate):
        trust.chain(organisation("Another organisation", 500).expert.chain[0])
