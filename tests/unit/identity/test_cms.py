"""Detached signatures over a manifest: what `openssl` confirms we accept, and nothing that differs in one bit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fieldtool.identity.certificates import Use, issue, pem, read_certificate, spki_of
from fieldtool.identity.cms import LONGEST, NotSigned, sign_detached, verify_detached
from fieldtool.identity.private_keys import new_key
from tests.unit.identity.members import Member, counted, flipped, organisation

MANIFEST = '{"format":1,"sender":"Анна","n":7}'.encode()


@pytest.fixture(scope="module")
def expert() -> Member:
    return organisation().expert


@pytest.fixture(scope="module")
def signed(expert: Member) -> bytes:
    return expert.pen.sign_cms(MANIFEST)


def openssl(folder: Path, p7s: bytes, content: bytes, root: bytes) -> subprocess.CompletedProcess[bytes]:
    """The command that docs name for anybody who checks a bundle without this tool."""
    (folder / "manifest.p7s").write_bytes(p7s)
    (folder / "manifest.json").write_bytes(content)
    (folder / "root.pem").write_bytes(pem(root))
    command = "openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json -CAfile root.pem -purpose any"
    return subprocess.run(command.split(), cwd=folder, capture_output=True)


def holds(content: bytes, p7s: bytes) -> bool:
    try:
        verify_detached(content, p7s)
    except NotSigned:
        return False
    return True


def test_the_signature_names_its_signer_and_the_chain_to_the_root(expert: Member, signed: bytes) -> None:
    signature = verify_detached(MANIFEST, signed)
    assert signature.signer.key == expert.key
    assert [c.der for c in signature.chain] == list(expert.chain)
    assert [c.use for c in signature.chain] == [Use.INSTALLATION, Use.HEADQUARTERS, Use.ROOT]


def test_openssl_confirms_it_against_the_root_alone(tmp_path: Path, signed: bytes) -> None:
    root = organisation().root.certificate
    done = openssl(tmp_path, signed, MANIFEST, root)
    assert done.returncode == 0, done.stderr
    assert done.stdout == MANIFEST
    assert b"Verification successful" in done.stderr
    assert openssl(tmp_path, organisation().hq.pen.sign_cms(MANIFEST), MANIFEST, root).returncode == 0


def test_openssl_and_we_refuse_other_content_and_another_organisation(tmp_path: Path, signed: bytes) -> None:
    assert openssl(tmp_path, signed, MANIFEST + b" ", organisation().root.certificate).returncode != 0
    assert not holds(MANIFEST + b" ", signed)
    assert openssl(tmp_path, signed, MANIFEST, organisation("Another organisation", 500).root.certificate).returncode != 0


def test_the_signed_attributes_are_those_promised(signed: bytes) -> None:
    info = asn1.ContentInfo.load(signed)["content"]["signer_infos"][0]
    kinds = {a["type"].native for a in info["signed_attrs"]}
    assert kinds == {"content_type", "message_digest", "signing_certificate_v2", "cms_algorithm_protection"}
    assert info["digest_algorithm"]["algorithm"].native == "sha256"
    assert info["signature_algorithm"]["algorithm"].native == "sha256_ecdsa"


def test_every_bit_of_a_small_signature_counts() -> None:
    newcomer = organisation().newcomer.pen
    small = newcomer.sign_cms(MANIFEST)
    assert verify_detached(MANIFEST, small).signer.der == newcomer.self_certificate
    assert [bit for bit in range(len(small) * 8) if holds(MANIFEST, flipped(small, bit))] == []


def test_the_bits_of_a_whole_chain_count_as_well(signed: bytes) -> None:
    assert [at for at in range(0, len(signed), 4) if holds(MANIFEST, flipped(signed, at * 8 + at % 8))] == []


def test_every_truncation_and_every_addition_is_refused(signed: bytes) -> None:
    assert not any(holds(MANIFEST, signed[:end]) for end in range(len(signed)))
    assert not any(holds(MANIFEST, signed + more) for more in (b"\0", b"\n", signed))


NO_SIGNATURES = [b"", b"0", b"\x30\x80\x00\x00", b"\x30\x84\xff\xff\xff\xff", b"\xff" * 500, b"0" * (LONGEST + 1), b"\x30\x82" * 9_000]


@pytest.mark.parametrize("bad", NO_SIGNATURES)
def test_what_is_no_signature_is_refused(bad: bytes) -> None:
    with pytest.raises(NotSigned):
        verify_detached(MANIFEST, bad)


def rebuilt(signed: bytes, change: str) -> bytes:
    """The signature with a part that it does not cover replaced."""
    outer = asn1.ContentInfo.load(signed)
    inner = outer["content"]
    org, head = organisation(), organisation().head
    certificates = [c.chosen for c in inner["certificates"]]
    load = asn1.Certificate.load
    match change:
        case "a certificate too many":
            certificates.append(load(head.chain[0]))
        case "no root":
            certificates = [c for c in certificates if c.dump() != org.root.certificate]
        case "no issuer":
            certificates = [c for c in certificates if c.dump() != org.hq.chain[0]]
        case "no signer":
            certificates = [c for c in certificates if c.dump() != org.expert.chain[0]]
        case "another signer":
            certificates = [load(head.chain[0]) if c.dump() == org.expert.chain[0] else c for c in certificates]
        case "no certificates":
            certificates = []
        case "one certificate twice":
            certificates.append(certificates[0])
        case "the content inside":
            inner["encap_content_info"] = {"content_type": "data", "content": MANIFEST}
        case "two signers":
            inner["signer_infos"] = [inner["signer_infos"][0], inner["signer_infos"][0].copy()]
        case "an unsigned attribute":
            inner["signer_infos"][0]["unsigned_attrs"] = [{"type": "content_type", "values": ["data"]}]
        case "version 3":
            inner["version"] = "v3"
    inner["certificates"] = [asn1.CertificateChoices(name="certificate", value=c) for c in certificates]
    dumped: bytes = outer.dump(force=True)
    return dumped


CHANGES = (
    "a certificate too many", "no root", "no issuer", "no signer", "another signer", "no certificates", "one certificate twice",
    "the content inside", "two signers", "an unsigned attribute", "version 3",
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_signature_does_not_cover_may_not_vary_either(signed: bytes, change: str) -> None:
    changed = rebuilt(signed, change)
    assert changed != signed
    assert not holds(MANIFEST, changed)


def test_the_rebuilding_above_changes_nothing_by_itself(signed: bytes) -> None:
    assert rebuilt(signed, "") == signed


def test_a_signature_without_the_certificate_among_what_is_signed_is_refused(tmp_path: Path) -> None:
    """`openssl cms -sign` leaves signingCertificateV2 out, so that another certificate of the same key would do as well."""
    key = new_key(counted(18))
    own = issue(Use.INSTALLATION, spki_of(key.public_key()), "x", signer=key, issuer=None, randomness=counted(19))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for name, content in (("m", MANIFEST), ("key.pem", private), ("c.pem", pem(own))):
        (tmp_path / name).write_bytes(content)
    sign = "openssl cms -sign -binary -in m -inkey key.pem -signer c.pem -md sha256 -nosmimecap -outform DER -out p7s"
    subprocess.run(sign.split(), cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(NotSigned, match="attribute is missing"):
        verify_detached(MANIFEST, (tmp_path / "p7s").read_bytes())


def test_a_signature_by_another_key_than_its_certificates_is_refused(expert: Member) -> None:
    key = new_key(counted(12))
    forged = sign_detached(MANIFEST, expert.chain, lambda data: key.sign(data, ec.ECDSA(hashes.SHA256())))
    assert not holds(MANIFEST, forged)
    own = issue(Use.INSTALLATION, spki_of(key.public_key()), "x", signer=key, issuer=None, randomness=counted(13))
    assert holds(MANIFEST, sign_detached(MANIFEST, [own], lambda data: key.sign(data, ec.ECDSA(hashes.SHA256()))))


def test_a_chain_that_somebody_else_issued_is_refused(expert: Member) -> None:
    other = organisation("Another organisation", 500)
    mixed = (expert.chain[0], other.hq.chain[0], other.root.certificate)
    assert not holds(MANIFEST, expert.pen.sign_cms(MANIFEST, mixed))


def test_the_uses_of_certificates_are_fixed_by_who_issues_them() -> None:
    """What a certificate that issues nothing has signed all the same is no chain."""
    key, below = new_key(counted(14)), new_key(counted(15))
    spki, spki_below = spki_of(key.public_key()), spki_of(below.public_key())
    for use in (Use.INSTALLATION, Use.DOCUMENT, Use.ROOT):
        own = issue(use, spki, "x", signer=key, issuer=None, randomness=counted(16))
        leaf = issue(Use.INSTALLATION, spki_below, "y", signer=key, issuer=read_certificate(own), randomness=counted(17))
        assert not holds(MANIFEST, sign_detached(MANIFEST, [leaf, own], lambda data: below.sign(data, ec.ECDSA(hashes.SHA256()))))
