"""The key for documents: opened by the passphrase, signs what `openssl` verifies, and is never the key for segments."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from fieldtool.identity.certificates import Use, issue, pem, read_certificate, spki_of
from fieldtool.identity.documents import DocumentPen, DocumentSigner
from fieldtool.identity.envelope import open_document_key
from fieldtool.identity.private_keys import new_key
from tests.unit.identity.members import PASSPHRASE, counted, organisation


@pytest.fixture(scope="module")
def pen() -> DocumentPen:
    head = organisation().head
    assert head.issued is not None
    return open_document_key(head.envelope, PASSPHRASE).carded((head.issued.document_certificate, *head.chain[1:]))


def verifies(folder: Path, certificate: bytes, content: bytes, signature: bytes) -> bool:
    for name, written in (("c.pem", pem(certificate)), ("content", content), ("signature", signature)):
        (folder / name).write_bytes(written)
    subprocess.run(["openssl", "x509", "-in", "c.pem", "-pubkey", "-noout", "-out", "key.pem"], cwd=folder, check=True, capture_output=True)
    verify = "openssl dgst -sha256 -verify key.pem -signature signature content"
    return subprocess.run(verify.split(), cwd=folder, capture_output=True).returncode == 0


def test_openssl_verifies_what_it_signs(tmp_path: Path, pen: DocumentPen) -> None:
    signer: DocumentSigner = pen
    content = b"%PDF-1.7 the byte range"
    for signature in (signer.sign(content), signer.sign_digest(hashlib.sha256(content).digest())):
        assert verifies(tmp_path, signer.certificate_der, content, signature)
        assert not verifies(tmp_path, signer.certificate_der, content + b"!", signature)


def test_its_certificate_is_for_documents_and_its_chain_ends_at_the_root(pen: DocumentPen) -> None:
    org = organisation()
    assert read_certificate(pen.certificate_der).use is Use.DOCUMENT
    assert pen.chain_der == (org.hq.chain[0], org.root.certificate)
    assert org.trust().chain(pen.certificate_der) == (pen.certificate_der, *pen.chain_der)


def test_it_is_not_the_signing_key(pen: DocumentPen) -> None:
    assert read_certificate(pen.certificate_der).key != organisation().head.key


def test_before_there_is_a_card_it_signs_in_its_own_name() -> None:
    newcomer = organisation().newcomer
    pen = open_document_key(newcomer.envelope, PASSPHRASE)
    assert pen.certificate_der == newcomer.envelope.document_certificate
    assert pen.chain_der == ()


def test_it_takes_no_certificate_that_is_not_its_own(pen: DocumentPen) -> None:
    org = organisation()
    assert org.expert.issued is not None
    for other in (org.expert.issued.document_certificate, org.head.chain[0], org.root.certificate):
        with pytest.raises(ValueError, match="document key"):
            pen.carded((other,))


def test_a_document_key_carries_no_certificate_for_anything_else() -> None:
    key = new_key(counted(61))
    for use in Use:
        certificate = issue(use, spki_of(key.public_key()), "x", signer=key, issuer=None, randomness=counted(62))
        if use is Use.DOCUMENT:
            assert DocumentPen(key, certificate).certificate_der == certificate
        else:
            with pytest.raises(ValueError, match="document key"):
                DocumentPen(key, certificate)


@pytest.mark.parametrize("digest", [b"", b"\0" * 31, b"\0" * 33])
def test_a_digest_has_32_bytes(pen: DocumentPen, digest: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        pen.sign_digest(digest)
