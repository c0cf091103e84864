"""Signatures over payloads in DSSE's envelope: only the key that is named, only that type, only those bytes, one spelling."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.errors import KnownError
from fieldtool.identity.certificates import NotOurCertificate, Use, pem, read_certificate
from fieldtool.identity.pen import REQUEST_TYPE, SEGMENT_TYPE, Pen, pae, verify_payload
from fieldtool.identity.private_keys import CURVE_ORDER, from_scalar, new_key, to_scalar
from tests.unit.identity.members import counted, flipped, organisation

BODY = b"\x82\xa6format\x01"


@pytest.fixture(scope="module")
def pen() -> Pen:
    return organisation().expert.pen


def test_the_encoding_is_dsse_version_1() -> None:
    # the example of DSSE's protocol document
    assert pae("http://example.com/HelloWorld", b"hello world") == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert pae("é", b"") == b"DSSEv1 2 \xc3\xa9 0 "


@settings(max_examples=40)
@given(st.text(max_size=20), st.binary(max_size=40), st.text(max_size=20), st.binary(max_size=40))
def test_two_payloads_are_never_encoded_alike(kind: str, body: bytes, other_kind: str, other: bytes) -> None:
    assert (pae(kind, body) == pae(other_kind, other)) == ((kind, body) == (other_kind, other))


@settings(max_examples=25)
@given(st.binary(max_size=300))
def test_what_is_signed_verifies_with_that_key_and_type_only(body: bytes) -> None:
    expert, head = organisation().expert.pen, organisation().head.pen
    signature = expert.sign(SEGMENT_TYPE, body)
    assert len(signature) == 64
    assert signature == expert.sign(SEGMENT_TYPE, body)
    assert verify_payload(expert.spki, SEGMENT_TYPE, body, signature)
    assert not verify_payload(head.spki, SEGMENT_TYPE, body, signature)
    assert not verify_payload(expert.spki, REQUEST_TYPE, body, signature)
    assert not verify_payload(expert.spki, SEGMENT_TYPE, body + b"\0", signature)


def test_every_bit_of_signature_and_body_counts(pen: Pen) -> None:
    signature = pen.sign(SEGMENT_TYPE, BODY)
    assert not any(verify_payload(pen.spki, SEGMENT_TYPE, BODY, flipped(signature, bit)) for bit in range(512))
    assert not any(verify_payload(pen.spki, SEGMENT_TYPE, flipped(BODY, bit), signature) for bit in range(len(BODY) * 8))


def test_nobody_can_write_a_second_signature_from_the_first(pen: Pen) -> None:
    signature = pen.sign(SEGMENT_TYPE, BODY)
    s = int.from_bytes(signature[32:], "big")
    assert not verify_payload(pen.spki, SEGMENT_TYPE, BODY, signature[:32] + (CURVE_ORDER - s).to_bytes(32, "big"))


@pytest.mark.parametrize("bad", [b"", b"\0" * 64, b"\xff" * 64, b"\0" * 63, b"\x01" * 65])
def test_what_is_no_signature_is_refused(pen: Pen, bad: bytes) -> None:
    assert not verify_payload(pen.spki, SEGMENT_TYPE, BODY, bad)


def test_a_key_of_another_kind_is_refused() -> None:
    with pytest.raises(NotOurCertificate):
        verify_payload(b"\x30\x00", SEGMENT_TYPE, BODY, b"\x01" * 64)


def test_openssl_verifies_a_segments_signature(tmp_path: Path, pen: Pen) -> None:
    signature = pen.sign(SEGMENT_TYPE, BODY)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    (tmp_path / "signature").write_bytes(encode_dss_signature(r, s))
    (tmp_path / "signed").write_bytes(pae(SEGMENT_TYPE, BODY))
    (tmp_path / "certificate.pem").write_bytes(pem(pen.self_certificate))
    extract = "openssl x509 -in certificate.pem -pubkey -noout -out key.pem"
    for step in (extract, "openssl dgst -sha256 -verify key.pem -signature signature signed"):
        assert subprocess.run(step.split(), cwd=tmp_path, capture_output=True).returncode == 0


def test_a_pen_takes_no_certificate_of_another_key(pen: Pen) -> None:
    with pytest.raises(ValueError, match="another key"):
        pen.carded(organisation().head.chain)
    with pytest.raises(ValueError, match="another key"):
        pen.sign_cms(BODY, organisation().head.chain)
    assert organisation().newcomer.pen.certificate is None
    assert pen.certificate == organisation().expert.chain[0]


def test_only_headquarters_issues_and_only_the_root_makes_headquarters() -> None:
    org = organisation()
    subject = read_certificate(org.newcomer.pen.self_certificate)
    cases = (
        (org.newcomer.pen, Use.INSTALLATION),
        (org.expert.pen, Use.DOCUMENT),
        (org.hq.pen, Use.HEADQUARTERS),
        (org.root, Use.INSTALLATION),
    )
    for issuer, use in cases:
        with pytest.raises(KnownError) as refused:
            issuer.issue(use, subject.spki, "x", counted(1))
        assert refused.value.code == "role-needed"


def test_a_key_comes_back_from_its_bytes() -> None:
    key = new_key(counted(9))
    assert to_scalar(from_scalar(to_scalar(key))) == to_scalar(key)
    for bad in (b"", b"\0" * 32, b"\xff" * 32, b"\x01" * 31):
        with pytest.raises(ValueError, match=r"."):
            from_scalar(bad)


def test_random_bytes_beyond_the_curve_are_drawn_again() -> None:
    draws = iter((b"\xff" * 32, b"\0" * 32, b"\x01" * 32))
    assert to_scalar(new_key(lambda _: next(draws))) == b"\x01" * 32
