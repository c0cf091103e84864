"""Organisations' cards in a reader, by their PKCS#11 library: found, opened, signing; and every way in which that can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from fieldtool.domain.errors import KnownError
from fieldtool.identity.cards import spki_der
from fieldtool.identity.tokens import opened_driver
from tests.card_readers import TOKENS, Readers, make_readers
from tests.signing_cards import PIN

WRONG = "11111111"


@pytest.fixture(scope="session")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Readers:
    """Every token there is."""
    return make_readers(tmp_path_factory.mktemp("readers"), TOKENS)


def signed(module: Path, label: str = "", key: str = "", known: frozenset[bytes] = frozenset(), *, pin: str | None = PIN) -> bytes:
    """The signature over `text`; a library that does not answer is given up after ten seconds."""
    with opened_driver(module, 10) as driver:
        return driver.open(driver.find(label), pin, key, known).sign(b"text")


def public(readers: Readers, name: str = "elena") -> rsa.RSAPublicKey:
    """The key in a certificate."""
    found = x509.load_pem_x509_certificate(readers.pem(name).read_bytes()).public_key()
    assert isinstance(found, rsa.RSAPublicKey)
    return found


def confirm(readers: Readers, signature: bytes, name: str = "elena") -> None:
    """Raises where it is no signature over `text`."""
    public(readers, name).verify(signature, b"text", padding.PKCS1v15(), hashes.SHA256())


def refusal(module: Path, label: str = "", key: str = "", *, pin: str | None = PIN) -> str:
    """The code of the fault."""
    with pytest.raises(KnownError) as caught:
        signed(module, label, key, pin=pin)
    return caught.value.code


@pytest.mark.parametrize("label", ["Elena's card", "Careful", "Secretive"])
def test_a_token_signs(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, label: str) -> None:
    """Also one that wants the PIN before each signature, and one that shows its certificate to nobody else."""
    confirm(readers, signed(readers.plug(tmp_path, monkeypatch, label)))


@pytest.mark.parametrize(("does", "pin"), [("digest", PIN), ("loud", PIN), ("keypad", None)])
def test_a_token_of_other_habits_signs(
    readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], does: str, pin: str | None
) -> None:
    """One that signs digests only, one that prints the PIN, one whose reader has keys; each is logged out and ended, and all is silent."""
    confirm(readers, signed(readers.plug_stubborn(tmp_path, monkeypatch, does), pin=pin))
    assert (tmp_path / "log").read_text() == "of"
    assert capfd.readouterr() == ("", "")


def test_a_wrong_pin_says_when_the_next_one_locks(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = readers.plug_stubborn(tmp_path, monkeypatch, "counts")
    assert [refusal(module, pin=WRONG) for _ in range(4)] == ["wrong-pin", "wrong-pin-last", "token-locked", "token-locked"]
    assert refusal(module) == "token-locked"
    assert (tmp_path / "count").read_text() == "xxx"


def test_a_locked_token_is_not_asked(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "count").write_text("xxx")
    with opened_driver(readers.plug_stubborn(tmp_path, monkeypatch, "counts")) as driver:
        assert driver.find().locked
    (tmp_path / "count").write_text("xx")
    with opened_driver(readers.stubborn) as driver:
        assert (driver.find().last_try, driver.find().locked) == (True, False)


@pytest.mark.parametrize(
    ("label", "code"),
    [("No certificate", "token-bare"), ("Another's certificate", "token-bare"), ("Curve", "token-without-key"),
     ("Empty", "token-without-key"), ("Two keys", "token-keys-several")],
)  # fmt: skip
def test_a_token_without_one_key_and_its_certificate(
    readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, label: str, code: str
) -> None:
    assert refusal(readers.plug(tmp_path, monkeypatch, label)) == code


def test_of_several_keys_the_named_or_the_bound_one_signs(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = readers.plug(tmp_path, monkeypatch, "Two keys")
    confirm(readers, signed(module, key="authentication"), "other")
    confirm(readers, signed(module, key="02"))
    confirm(readers, signed(module, known=frozenset({spki_der(public(readers)), b"something else"})))
    assert refusal(module, key="03") == "token-key-unknown"


def test_of_several_tokens_one_is_named(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = readers.plug(tmp_path, monkeypatch, "Elena's card", "Curve")
    assert refusal(module) == "tokens-several"
    assert refusal(module, "Tomas's card") == "token-unknown"
    with opened_driver(module) as driver:
        one = driver.find("Elena's card")
        assert driver.find(one.serial) == driver.find(str(one.slot)) == one


def test_what_a_token_shows_without_a_pin(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The issuer's certificate beside it is none of a key."""
    with opened_driver(readers.plug(tmp_path, monkeypatch, "Elena's card", "Secretive", "Two keys")) as driver:
        shown = driver.certificate(driver.find("Elena's card"))
        assert x509.load_der_x509_certificate(shown) == x509.load_pem_x509_certificate(readers.pem("elena").read_bytes())
        for label, code in (("Secretive", "token-bare"), ("Two keys", "token-keys-several")):
            with pytest.raises(KnownError) as caught:
                driver.certificate(driver.find(label))
            assert caught.value.code == code


def test_no_token_and_no_library(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(readers.plug(tmp_path, monkeypatch)) == "token-absent"
    (tmp_path / "text.so").write_text("no library")
    assert refusal(tmp_path / "text.so") == "token-module"
    assert refusal(tmp_path / "nothing.so") == "token-module"
    assert refusal(tmp_path) == "token-module"
    assert refusal(next(Path("/usr/lib").glob("*/libz.so.1"))) == "token-module"  # a library, and none for cards


@pytest.mark.parametrize(("does", "code"), [("crash", "token-driver"), ("gone", "token-absent"), ("forge", "token-forged")])
def test_a_library_that_fails_while_it_signs(
    readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, code: str
) -> None:
    assert refusal(readers.plug_stubborn(tmp_path, monkeypatch, does)) == code


def test_a_library_that_hangs_is_given_up(readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened_driver(readers.plug_stubborn(tmp_path, monkeypatch, "hang"), 10) as driver:
        key, driver.patience = driver.open(driver.find(), PIN), 0.1
        with pytest.raises(KnownError) as caught:
            key.sign(b"text")
    assert caught.value.code == "token-driver"
