"""Answers of time-stamp authorities, made by openssl: one is believed, and everything else that may come back is refused by its name."""

from __future__ import annotations

import datetime
import hashlib
from contextlib import suppress
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.identity.stamps import LARGEST, Stamp, read_stamp, stamp_request
from fieldtool.identity.time_authorities import read_time_authority
from tests.time_authorities import Clockmaker, Issued, issue

DIGEST, NONCE = hashlib.sha256(b"a document").digest(), b"\x01\x02\x03\x04\x05\x06\x07\x08"
REQUEST = stamp_request(DIGEST, NONCE)
STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Clockmaker:
    """The authority that headquarters has named."""
    return Clockmaker(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def answer(authority: Clockmaker) -> bytes:
    """What it answered."""
    return authority.answer(REQUEST)


def code(answer: bytes, authority: Clockmaker, digest: bytes = DIGEST, nonce: bytes = NONCE, *believed: bytes) -> str:
    """The fault of an answer."""
    with pytest.raises(KnownError) as refused:
        read_stamp(answer, digest, nonce, believed or (authority.root.der,), "answer.tsr")
    refused.value.what.format()  # its sentence can be said
    return refused.value.code


def test_an_answer_is_believed_and_its_token_stripped_of_what_is_no_part_of_its_chain(authority: Clockmaker, answer: bytes) -> None:
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=5)
    stamp = read_stamp(answer, DIGEST, NONCE, (authority.root.der,), "answer.tsr")
    assert (stamp.signer, stamp.at > before) == ("Sample Clock Stamps", True)
    assert authority.root.der in answer  # which it had sent along, with a certificate of nobody's chain
    assert authority.root.der not in stamp.token
    assert authority.signer.der in stamp.token
    assert len(stamp.token) < len(answer) - 700


def test_openssl_reads_our_request_and_finds_the_answer_to_it(authority: Clockmaker, answer: bytes) -> None:
    assert authority.agrees(REQUEST, answer)
    assert not authority.agrees(stamp_request(DIGEST, bytes(7) + b"\x01"), answer)


def test_an_authority_may_be_named_by_the_certificate_below_its_root(tmp_path: Path) -> None:
    root = issue("Deep Root", ca=True)
    issuing = issue("Deep Issuing", root, ca=True)
    deep = Clockmaker(tmp_path, root=issuing, signer=issue("Deep Stamps", issuing, purposes=STAMPING))
    assert read_stamp(deep.answer(REQUEST), DIGEST, NONCE, (issuing.der,), "answer.tsr").signer == "Deep Stamps"


def test_answers_to_something_else_are_named(authority: Clockmaker, answer: bytes) -> None:
    assert code(answer, authority, hashlib.sha256(b"another").digest()) == "stamp-of-another"
    assert code(answer, authority, DIGEST, bytes(8)) == "stamp-stale"
    assert code(answer, authority, DIGEST, NONCE, issue("Other Root", ca=True).der) == "stamp-unknown"
    assert code(authority.answer(REQUEST, refusing=True), authority) == "stamp-refused"


def test_the_name_of_a_believed_authority_proves_nothing(authority: Clockmaker, tmp_path: Path) -> None:
    impostor = Clockmaker(tmp_path)
    assert impostor.root.certificate.subject == authority.root.certificate.subject
    assert code(impostor.answer(REQUEST), authority) == "stamp-unknown"


@pytest.mark.parametrize(
    "signer",
    [
        {"purposes": (*STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)},
        {"purposes": STAMPING, "critical": False},
        {"purposes": (ExtendedKeyUsageOID.EMAIL_PROTECTION,)},
        {"purposes": STAMPING, "days": (-800, -10)},
        {"purposes": STAMPING, "days": (10, 800)},
    ],
    ids=["more purposes", "one that may be overlooked", "for mail", "run out", "of tomorrow"],
)
def test_a_signer_that_may_not_stamp_today_is_refused(signer: dict[str, object], authority: Clockmaker, tmp_path: Path) -> None:
    """openssl does not sign with most of them; whoever owns the key of a believed authority's customer would."""
    unfit = issue("Unfit", authority.root, **signer)  # type: ignore[arg-type]
    assert code(_resigned(authority.answer(REQUEST), unfit), authority) in ("stamp-unfit", "stamp-unknown")


def _resigned(answer: bytes, signer: Issued) -> bytes:
    """The answer as another signer would have given it."""
    from asn1crypto import algos, cms, core
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    response = tsp.TimeStampResp.load(answer)
    signed = response["time_stamp_token"]["content"]
    certificate = asn1.Certificate.load(signer.der)
    (info,) = signed["signer_infos"]
    hashed = core.OctetString(hashlib.sha256(signer.der).digest())
    for attribute in info["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            attribute["values"] = [tsp.SigningCertificateV2({"certs": [{"cert_hash": hashed}]})]
    info["sid"] = cms.SignerIdentifier(
        "issuer_and_serial_number", cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    )
    attributes = info["signed_attrs"].untag().dump(force=True)
    assert isinstance(signer.key, ec.EllipticCurvePrivateKey)
    info["signature"] = signer.key.sign(attributes, ec.ECDSA(hashes.SHA256()))
    info["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
    signed["certificates"] = [cms.CertificateChoices("certificate", certificate)]
    return bytes(response.dump(force=True))


def test_the_way_the_unfit_ones_are_made_makes_fit_ones_too(authority: Clockmaker) -> None:
    """Else the test before this one would pass for the wrong reason."""
    fit = issue("Fit", authority.root, purposes=STAMPING)
    assert isinstance(read_stamp(_resigned(authority.answer(REQUEST), fit), DIGEST, NONCE, (authority.root.der,), "a.tsr"), Stamp)


@pytest.mark.parametrize("content", [b"", b"0", b"\x30\x03\x02\x01\x00", b"no answer at all", b"%PDF-1.7", bytes(LARGEST + 1)])
def test_what_is_no_answer_is_said_to_be_none(content: bytes, authority: Clockmaker) -> None:
    assert code(content, authority) in ("stamp-unreadable", "stamp-refused")


@settings(max_examples=15)
@given(cut=st.integers(0, 4000), place=st.integers(0, 4000), bit=st.integers(0, 7))
def test_no_answer_that_is_cut_or_flipped_ends_in_anything_but_a_refusal_or_the_same_time(
    authority: Clockmaker, answer: bytes, cut: int, place: int, bit: int
) -> None:
    with pytest.raises(KnownError) as refused:
        read_stamp(answer[: cut % len(answer)], DIGEST, NONCE, (authority.root.der,), "answer.tsr")
    assert refused.value.code == "stamp-unreadable"
    place %= len(answer)
    flipped = answer[:place] + bytes([answer[place] ^ (1 << bit)]) + answer[place + 1 :]
    whole = read_stamp(answer, DIGEST, NONCE, (authority.root.der,), "answer.tsr")
    stamp = None
    with suppress(KnownError):
        stamp = read_stamp(flipped, DIGEST, NONCE, (authority.root.der,), "answer.tsr")
    # It may have been in a certificate that is no part of the chain, or in what no signature covers: the document's verifier refuses that.
    assert stamp is None or (stamp.at, stamp.signer) == (whole.at, whole.signer)


def test_what_stands_for_an_authority_issues_certificates_and_is_in_force(authority: Clockmaker) -> None:
    now = datetime.datetime.now(datetime.UTC)
    for content in (authority.root.pem, authority.root.der):
        read = read_time_authority(content, now)
        assert (read.name, read.certificate, read.sha256) == (
            "Sample Clock Root",
            authority.root.der,
            hashlib.sha256(authority.root.der).hexdigest(),
        )
    for content, says in (
        (authority.signer.pem, "does not issue"),
        (issue("Past", ca=True, days=(-800, -10)).pem, "ran out"),
        (b"", "can be read"),
        (authority.root.pem[:200], "can be read"),
        (authority.root.der[:-1], "can be read"),
        (authority.root.pem + b" " * 9000, "can be read"),
    ):
        with pytest.raises(KnownError) as refused:
            read_time_authority(content, now)
        assert (refused.value.code, refused.value.exit_code) == ("authority-unfit", ExitCode.REFUSED)
        assert says in refused.value.what
