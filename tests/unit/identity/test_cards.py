"""An organisation's own card: which are fit, what headquarters certifies of them, and that nothing else may have such a key."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from fieldtool.domain.errors import KnownError
from fieldtool.identity.cards import CardPen, open_card_file, read_card_certificate
from fieldtool.identity.certificates import NotOurCertificate, Use, issue, issued_by, pem, read_certificate, self_signed, spki_of
from tests.signing_cards import AHEAD, NOW, PAST, PIN, make_card
from tests.unit.identity.members import counted

TODAY = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
ISSUER = ec.derive_private_key(7, ec.SECP256R1())
UNFIT = {
    "short": ("rsa:2048", NOW, "nonRepudiation"),
    "curve": ("ec", NOW, "nonRepudiation"),
    "expired": ("rsa:3072", PAST, "nonRepudiation"),
    "early": ("rsa:3072", AHEAD, "nonRepudiation"),
    "for secrets": ("rsa:3072", NOW, "keyEncipherment"),
}


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKCS#12 file as openssl makes it."""
    return make_card(tmp_path_factory.mktemp("card"), "elena")


def test_a_card_signs_with_its_key_under_headquarters_certificate(card: Path) -> None:
    key = open_card_file(card.read_bytes(), PIN, card.name)
    read = read_card_certificate(card.with_suffix(".pem").read_bytes(), TODAY)
    assert read == read_card_certificate(key.certificate_der, TODAY)
    issuer = ISSUER
    root = read_certificate(issue(Use.ROOT, spki_of(issuer.public_key()), "Root", signer=issuer, issuer=None, randomness=counted(1)))
    bound = read_certificate(issue(Use.DOCUMENT, read.spki, "Elena", signer=issuer, issuer=root, randomness=counted(2)))
    assert issued_by(bound, root)
    assert not self_signed(bound)
    public = x509.load_pem_x509_certificate(pem(bound.der)).public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(CardPen(key, (bound.der, root.der)).sign(b"text"), b"text", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("unfit", UNFIT)
def test_what_is_not_fit_is_refused(tmp_path: Path, unfit: str) -> None:
    key, days, usage = UNFIT[unfit]
    made = make_card(tmp_path, "elena", key=key, days=days, usage=usage)
    with pytest.raises(KnownError, match="cannot sign summaries"):
        read_card_certificate(made.with_suffix(".pem").read_bytes(), TODAY)


@pytest.mark.parametrize("bad", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\x30\x82", b"x" * 100_000])
def test_what_is_no_certificate_is_refused(bad: bytes) -> None:
    with pytest.raises(KnownError, match="no certificate that can be read"):
        read_card_certificate(bad, TODAY)


def test_no_truncation_of_a_card_opens_and_none_is_a_bug(card: Path) -> None:
    whole = card.read_bytes()
    for length in range(0, len(whole), 97):
        with pytest.raises(KnownError):
            open_card_file(whole[:length], PIN, card.name)


@pytest.mark.parametrize("use", [Use.ROOT, Use.HEADQUARTERS, Use.INSTALLATION])
def test_an_rsa_key_is_certified_for_documents_alone(card: Path, use: Use) -> None:
    spki, issuer = read_card_certificate(card.with_suffix(".pem").read_bytes(), TODAY).spki, ISSUER
    root = read_certificate(issue(Use.ROOT, spki_of(issuer.public_key()), "Root", signer=issuer, issuer=None, randomness=counted(1)))
    with pytest.raises(NotOurCertificate):
        issue(use, spki, "Elena", signer=issuer, issuer=root, randomness=counted(3))


@pytest.mark.parametrize(("bits", "exponent"), [(2048, 65_537), (3072, 3)])
def test_a_weak_rsa_key_is_certified_by_nobody(bits: int, exponent: int) -> None:
    weak = rsa.generate_private_key(exponent, bits).public_key()
    spki = weak.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(NotOurCertificate):
        issue(Use.DOCUMENT, spki, "Elena", signer=ISSUER, issuer=None, randomness=counted(4))
