"""Verified types: made only by verifying, by somebody who is believed, over exactly these bytes."""

from __future__ import annotations

import copy
import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Scope, SealedSegment, Segment
from fieldtool.domain.ids import LIBRARY, Hlc, KeyHash, SegmentHash, StreamId
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle, VerifiedSegment, stranger, verify_bundle, verify_segment
from fieldtool.identity.certificates import Use
from fieldtool.identity.cms import sign_detached, verify_detached
from fieldtool.identity.envelope import open_document_key
from fieldtool.identity.pen import REQUEST_TYPE, SEGMENT_TYPE, Pen
from fieldtool.identity.trust import Card, Revocation, TrustStore
from tests.unit.identity.members import PASSPHRASE, VISIT, Member, Organisation, code_of, flipped, organisation

MANIFEST = b'{"format":1}'


@pytest.fixture(scope="module")
def org() -> Organisation:
    return organisation()


def bundle_by(member: Member) -> UnverifiedBundle:
    return UnverifiedBundle(MANIFEST, member.pen.sign_cms(MANIFEST))


def sealed_by(member: Member, body: bytes = b"\x80 body", kind: str = SEGMENT_TYPE) -> SealedSegment:
    return SealedSegment(SegmentHash(hashlib.sha256(body).digest()), body, member.pen.sign(kind, body), b"")


def named(sealed: SealedSegment, key: KeyHash, org: bytes) -> Segment:
    """What decoding `sealed` would say."""
    return Segment(sealed.hash, (), org, VISIT, Scope.SHARED, key, 1, StreamId(b"s" * 32), 0, None, (), ())


def test_a_members_bundle_becomes_verified(org: Organisation) -> None:
    for member, card in ((org.expert, org.expert.card()), (org.hq, org.hq.card(Role.HQ, LIBRARY))):
        verified = verify_bundle(bundle_by(member), org.trust())
        assert (verified.manifest, verified.signer, verified.name, verified.card) == (MANIFEST, member.key, member.name, card)
        assert verified.authorities == (org.hq.chain[0],)


def test_any_change_of_manifest_or_signature_is_forgery(org: Organisation) -> None:
    bundle, trust = bundle_by(org.expert), org.trust()
    for bit in range(len(MANIFEST) * 8):
        assert code_of(lambda bit=bit: verify_bundle(replace(bundle, manifest=flipped(MANIFEST, bit)), trust)) == "bundle-forged"  # type: ignore[misc]
    for bit in range(0, len(bundle.p7s) * 8, 61):
        assert code_of(lambda bit=bit: verify_bundle(replace(bundle, p7s=flipped(bundle.p7s, bit)), trust)) == "bundle-forged"  # type: ignore[misc]
        assert code_of(lambda bit=bit: stranger(replace(bundle, p7s=flipped(bundle.p7s, bit)))) == "bundle-forged"  # type: ignore[misc]


def test_a_signature_taken_from_another_bundle_is_forgery(org: Organisation) -> None:
    moved = UnverifiedBundle(MANIFEST, org.expert.pen.sign_cms(b"another manifest"))
    assert code_of(lambda: verify_bundle(moved, org.trust())) == "bundle-forged"


def test_a_certificate_for_documents_signs_no_bundle(org: Organisation) -> None:
    assert org.expert.issued is not None
    wrong = (org.expert.issued.document_certificate, *org.expert.chain[1:])
    key = open_document_key(org.expert.envelope, PASSPHRASE)
    bundle = UnverifiedBundle(MANIFEST, sign_detached(MANIFEST, wrong, key.sign))
    assert verify_detached(MANIFEST, bundle.p7s).signer.use is Use.DOCUMENT
    assert code_of(lambda: verify_bundle(bundle, org.trust())) == "bundle-forged"
    assert code_of(lambda: stranger(bundle)) == "bundle-forged"


def test_strangers_are_named_and_refused(org: Organisation) -> None:
    bundle = bundle_by(org.newcomer)
    assert code_of(lambda: verify_bundle(bundle, org.trust())) == "signer-unknown"
    claimed = stranger(bundle)
    assert (claimed.name, claimed.key, claimed.root) == (org.newcomer.name, org.newcomer.key, None)
    uncarded = TrustStore.build(org.root.certificate, [org.hq.card(Role.HQ, LIBRARY)])
    assert code_of(lambda: verify_bundle(bundle_by(org.expert), uncarded)) == "signer-unknown"


def test_another_organisation_is_refused_by_its_root(org: Organisation) -> None:
    other = organisation("Another organisation", 500)
    assert code_of(lambda: verify_bundle(bundle_by(other.hq), org.trust())) == "root-foreign"
    assert stranger(bundle_by(other.hq)).root == other.root.certificate


def test_a_twin_of_the_organisation_is_another_organisation(org: Organisation) -> None:
    assert code_of(lambda: verify_bundle(bundle_by(organisation("Sample organisation", 700).hq), org.trust())) == "root-foreign"


def test_at_the_first_meeting_headquarters_is_believed_by_the_root_alone(org: Organisation) -> None:
    claimed = stranger(bundle_by(org.hq))
    assert claimed.root == org.root.certificate
    pinned = TrustStore.build(claimed.root)
    verified = verify_bundle(bundle_by(org.hq), pinned)
    assert (verified.name, verified.card) == (org.hq.name, None)
    assert pinned.with_authorities(verified.authorities).role(org.hq.key, VISIT, 0) is Role.HQ


def test_an_accepted_newcomer_is_believed(org: Organisation) -> None:
    pen = org.newcomer.pen
    card = Card(pen.key_hash, org.newcomer.name, Role.EXPERT, VISIT, pen.self_certificate, epoch=2, accepted_by=org.head.key)
    assert verify_bundle(bundle_by(org.newcomer), org.trust(card)).card == card


def test_a_revoked_signer_is_refused(org: Organisation) -> None:
    trust = TrustStore.build(org.root.certificate, [org.hq.card(Role.HQ, LIBRARY), org.expert.card()], [Revocation(org.expert.key, {})])
    assert code_of(lambda: verify_bundle(bundle_by(org.expert), trust)) == "signer-revoked"
    assert code_of(lambda: verify_bundle(bundle_by(org.hq), trust)) == "none"


def test_a_segment_verifies_with_the_key_it_names(org: Organisation) -> None:
    sealed, trust = sealed_by(org.expert), org.trust()
    segment = named(sealed, org.expert.key, trust.org)
    verified = verify_segment(sealed, segment, trust)
    assert (verified.sealed, verified.segment, verified.signer.key, verified.revocations) == (sealed, segment, org.expert.key, ())


def test_no_other_key_of_the_store_is_tried(org: Organisation) -> None:
    trust = org.trust()
    for author, claimed in ((org.expert, org.head), (org.head, org.expert), (org.newcomer, org.expert), (org.expert, org.hq)):
        sealed = sealed_by(author)
        assert code_of(lambda s=sealed, k=claimed.key: verify_segment(s, named(s, k, trust.org), trust)) == "bundle-forged"  # type: ignore[misc]


def test_every_bit_of_a_segment_and_its_signature_counts(org: Organisation) -> None:
    sealed, trust = sealed_by(org.expert), org.trust()
    for bit in range(len(sealed.body) * 8):
        body = flipped(sealed.body, bit)
        for renamed in (sealed.hash, SegmentHash(hashlib.sha256(body).digest())):
            changed = SealedSegment(renamed, body, sealed.signature, b"")
            assert code_of(lambda s=changed: verify_segment(s, named(s, org.expert.key, trust.org), trust)) == "bundle-forged"  # type: ignore[misc]
    for bit in range(512):
        changed = replace(sealed, signature=flipped(sealed.signature, bit))
        assert code_of(lambda s=changed: verify_segment(s, named(s, org.expert.key, trust.org), trust)) == "bundle-forged"  # type: ignore[misc]


def test_a_segment_decoded_from_other_bytes_or_signed_as_something_else_is_forgery(org: Organisation) -> None:
    trust, sealed, other = org.trust(), sealed_by(org.expert), sealed_by(org.expert, b"other")
    assert code_of(lambda: verify_segment(sealed, named(other, org.expert.key, trust.org), trust)) == "bundle-forged"
    request = sealed_by(org.expert, kind=REQUEST_TYPE)
    assert code_of(lambda: verify_segment(request, named(request, org.expert.key, trust.org), trust)) == "bundle-forged"


def test_a_segment_under_another_name_is_forgery(org: Organisation) -> None:
    trust = org.trust()
    renamed = replace(sealed_by(org.expert), hash=SegmentHash(bytes(32)))
    assert code_of(lambda: verify_segment(renamed, named(renamed, org.expert.key, trust.org), trust)) == "bundle-forged"


def test_unknown_authors_and_other_organisations_are_told_apart_from_forgery(org: Organisation) -> None:
    trust, sealed = org.trust(), sealed_by(org.newcomer)
    assert code_of(lambda: verify_segment(sealed, named(sealed, org.newcomer.key, trust.org), trust)) == "signer-unknown"
    mine = sealed_by(org.expert)
    assert code_of(lambda: verify_segment(mine, named(mine, org.expert.key, bytes(32)), trust)) == "root-foreign"


def test_what_a_revoked_key_signed_is_handed_on_with_its_revocations(org: Organisation) -> None:
    ends = [Revocation(org.expert.key, {StreamId(b"s" * 32): SegmentHash(b"t" * 32)}, 3), Revocation(org.expert.key, {}, 4)]
    trust = TrustStore.build(org.root.certificate, [org.hq.card(Role.HQ, LIBRARY), org.expert.card()], ends)
    sealed = sealed_by(org.expert)
    assert verify_segment(sealed, named(sealed, org.expert.key, trust.org), trust).revocations == tuple(ends)


def test_nobody_makes_a_verified_value_without_verifying(org: Organisation) -> None:
    trust, sealed = org.trust(), sealed_by(org.expert)
    segment = named(sealed, org.expert.key, trust.org)
    bundle, part = verify_bundle(bundle_by(org.expert), trust), verify_segment(sealed, segment, trust)
    for proof in (None, object(), True, "proof"):
        with pytest.raises(TypeError, match="verifying"):
            VerifiedBundle(MANIFEST, b"", {}, org.expert.key, "x", None, (), proof)
        with pytest.raises(TypeError, match="verifying"):
            VerifiedSegment(sealed, segment, part.signer, (), proof)
    with pytest.raises((TypeError, ValueError)):
        replace(bundle, manifest=b"{}")  # type: ignore[call-arg]  # the type checker says so as well
    with pytest.raises((TypeError, ValueError)):
        replace(part, sealed=sealed_by(org.head))  # type: ignore[call-arg]
    assert copy.copy(bundle) == bundle


def test_a_vault_opens_without_the_heavy_libraries() -> None:
    """The window's first painted frame waits for none of them."""
    code = (
        "import sys, fieldtool.identity.envelope, fieldtool.identity.bundles, fieldtool.identity.requests, fieldtool.identity.roots;"
        "sys.exit(bool({'pyhanko', 'asn1crypto', 'sqlalchemy', 'reportlab'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_pen_refuses_to_be_shown(org: Organisation) -> None:
    pen: Pen = org.expert.pen
    assert "object at" in repr(pen)
    assert not hasattr(pen, "__dict__")


def test_a_clock_has_no_say(org: Organisation) -> None:
    """Nothing in a segment's header but key, organisation and epoch reaches the judgement: an author's clock may be years off."""
    sealed, trust = sealed_by(org.expert), org.trust()
    far = replace(named(sealed, org.expert.key, trust.org), seq0=Hlc(2**60))
    assert verify_segment(sealed, far, trust).segment == far
