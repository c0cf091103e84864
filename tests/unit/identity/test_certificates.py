"""Certificates: what other tools make of them, and that one profile alone is read back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fieldtool.identity.certificates import (
    ISSUERS,
    NotOurCertificate,
    Use,
    certificates_in,
    issue,
    issued_by,
    pem,
    read_certificate,
    self_signed,
    spki_of,
)
from fieldtool.identity.private_keys import new_key
from tests.unit.identity.members import counted, flipped, organisation


def readable(der: bytes) -> bool:
    try:
        read_certificate(der)
    except NotOurCertificate:
        return False
    return True


def text_of(folder: Path, der: bytes) -> str:
    (folder / "c.pem").write_bytes(pem(der))
    command = "openssl x509 -in c.pem -noout -text"
    return subprocess.run(command.split(), cwd=folder, capture_output=True, check=True, text=True).stdout


def test_openssl_sees_the_validity_and_uses_that_are_promised(tmp_path: Path) -> None:
    org = organisation()
    assert org.expert.issued is not None
    root, hq, expert = (text_of(tmp_path, der) for der in (org.root.certificate, *org.expert.chain[1::-1]))
    document = text_of(tmp_path, org.expert.issued.document_certificate)
    for text in (root, hq, expert, document):
        assert "Not Before: Jan  1 00:00:00 1970 GMT" in text
        assert "Not After : Dec 31 23:59:59 9999 GMT" in text
        assert "ASN1 OID: prime256v1" in text
    assert "CA:TRUE, pathlen:1" in root
    assert "CA:TRUE, pathlen:0" in hq
    assert "Digital Signature, Certificate Sign" in hq
    assert "CA:FALSE" in expert
    assert "Digital Signature\n" in expert
    assert "Non Repudiation\n" in document
    assert "1.3.6.1.5.5.7.3.36" in document


@pytest.mark.parametrize("clock", ["1971-06-01", "2026-01-01", "9998-01-01"])
def test_openssl_builds_the_chain_at_any_clock(tmp_path: Path, clock: str) -> None:
    org = organisation()
    assert org.head.issued is not None
    document = org.head.issued.document_certificate
    for name, der in (("root", org.root.certificate), ("hq", org.hq.chain[0]), ("head", org.head.chain[0]), ("document", document)):
        (tmp_path / name).write_bytes(pem(der))
    at = subprocess.run(["date", "-u", "-d", clock, "+%s"], capture_output=True, check=True, text=True).stdout.strip()
    for leaf in ("head", "document"):
        command = f"openssl verify -x509_strict -attime {at} -CAfile root -untrusted hq {leaf}"
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, done.stderr
    below = subprocess.run(["openssl", "verify", "-CAfile", "hq", "-untrusted", "head", "document"], cwd=tmp_path, capture_output=True)
    assert below.returncode != 0


def test_every_bit_flip_of_a_certificate_is_another_key_or_no_certificate_of_its_issuer() -> None:
    hq = read_certificate(organisation().hq.chain[0])
    der = organisation().expert.chain[0]
    for bit in range(len(der) * 8):
        changed = flipped(der, bit)
        assert not (readable(changed) and issued_by(read_certificate(changed), hq))


def test_every_truncation_and_addition_is_unreadable() -> None:
    der = organisation().expert.chain[0]
    assert not any(readable(der[:end]) for end in range(len(der)))
    assert not readable(der + b"\0")
    assert not readable(der + der)


def foreign(folder: Path, *options: str) -> bytes:
    """A certificate by openssl, self-signed."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout k -subj /CN=x -outform DER -out c"
    subprocess.run([*command.split(), *options], cwd=folder, check=True, capture_output=True)
    return (folder / "c").read_bytes()


@pytest.mark.parametrize("options", [(), ("-days", "30"), ("-set_serial", "1"), ("-addext", "keyUsage=critical,digitalSignature")])
def test_certificates_of_other_makers_are_not_ours(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert not readable(foreign(tmp_path, *options))


def test_who_may_issue_what() -> None:
    """Every use under every issuer: the table holds, whatever the signature says."""
    keys = {use: new_key(counted(number)) for number, use in enumerate(Use)}
    spki = {use: spki_of(key.public_key()) for use, key in keys.items()}
    own = {}
    for use in Use:
        der = issue(use, spki[use], "x", signer=keys[use], issuer=None, organisation="O", randomness=counted(7))
        own[use] = read_certificate(der)
    subject = spki_of(new_key(counted(99)).public_key())
    for issuer in Use:
        for use in Use:
            der = issue(use, subject, "y", signer=keys[issuer], issuer=own[issuer], randomness=counted(8))
            assert issued_by(read_certificate(der), own[issuer]) == (issuer in ISSUERS[use])
            assert not any(issued_by(read_certificate(der), own[other]) for other in Use if other is not issuer)
            assert not self_signed(read_certificate(der))


def test_a_certificate_of_another_organisation_is_not_issued_here() -> None:
    org, other = organisation(), organisation("Another organisation", 500)
    assert issued_by(read_certificate(org.expert.chain[0]), read_certificate(org.hq.chain[0]))
    assert not issued_by(read_certificate(org.expert.chain[0]), read_certificate(other.hq.chain[0]))
    assert not issued_by(read_certificate(org.hq.chain[0]), read_certificate(other.root.certificate))


def test_an_impostor_of_the_same_name_is_not_the_issuer() -> None:
    twin = organisation("Sample organisation", 700)
    assert not issued_by(read_certificate(organisation().hq.chain[0]), read_certificate(twin.root.certificate))


def test_the_issuer_is_the_certificate_that_is_named_not_any_of_its_key() -> None:
    root_key, hq_key, key = (new_key(counted(number)) for number in (21, 22, 23))
    spki = spki_of(root_key.public_key())
    root = read_certificate(issue(Use.ROOT, spki, "O", signer=root_key, issuer=None, organisation="O", randomness=counted(24)))
    first, renamed = (
        read_certificate(issue(Use.HEADQUARTERS, spki_of(hq_key.public_key()), name, signer=root_key, issuer=root, randomness=counted(25)))
        for name in ("Karin", "Karina")
    )
    leaf = read_certificate(issue(Use.INSTALLATION, spki_of(key.public_key()), "x", signer=hq_key, issuer=first, randomness=counted(26)))
    assert issued_by(leaf, first)
    assert not issued_by(leaf, renamed)


def test_long_names_are_cut_and_every_script_is_kept() -> None:
    key = new_key(counted(4))
    for name in ("Нұрғиса Тілендиев", "გიორგი", "O" * 300, "Ա" * 65, "a\tb", "<img src=x>"):
        der = issue(Use.INSTALLATION, spki_of(key.public_key()), name, signer=key, issuer=None, randomness=counted(5))
        kept = read_certificate(der).name
        assert name.startswith(kept)
        assert kept == name or 62 < len(kept.encode()) <= 64
        assert self_signed(read_certificate(der))


def test_pem_goes_there_and_back() -> None:
    der = organisation().root.certificate
    assert certificates_in(pem(der)) == [der]
    assert certificates_in(pem(der) * 2) == [der, der]
    for bad in (b"", b"hello", pem(der)[:-40]):
        with pytest.raises(NotOurCertificate):
            certificates_in(bad)
