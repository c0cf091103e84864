"""Organisations' cards as PKCS#11 tokens: finds them, opens one by its PIN, lets its key sign; whose card it is it does not judge.

The library that came with the card runs in a process of its own (`token_driver`), and what it signs is checked before anybody uses it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from fieldtool.domain.errors import refuse
from fieldtool.identity.cards import LARGEST, spki_der

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PATIENCE = 60.0  # seconds until a silent library is given up; three times as long where somebody types at the reader
_FAREWELL = 3.0  # seconds to log out in
_WRONG = frozenset({"PinIncorrect", "PinInvalid", "PinLenRange"})
_GONE = frozenset({"TokenNotPresent", "TokenNotRecognised", "DeviceRemoved", "SessionHandleInvalid", "SessionClosed", "SlotIDInvalid"})


@dataclass(frozen=True, slots=True)
class Token:
    """A card in a reader, as it presents itself before anybody has typed a PIN."""

    slot: int
    label: str
    serial: str
    locked: bool = False
    last_try: bool = False  # the next wrong PIN locks it
    keypad: bool = False  # the reader asks for the PIN itself

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self.label or self.serial or str(self.slot)


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate of an RSA key that lies on a token."""

    label: str
    id: str  # hexadecimal; the key of the same id belongs to it
    der: bytes
    public: rsa.RSAPublicKey
    until: float  # seconds since 1970

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self.label or self.id


class TokenKey:
    """An opened token's key with its certificate."""

    __slots__ = ("_driver", "_number", "_public", "_token", "certificate_der")

    def __init__(self, driver: Driver, token: Token, number: int, certificate: TokenCertificate) -> None:
        self._driver, self._token, self._number, self._public = driver, token, number, certificate.public
        self.certificate_der = certificate.der

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256, checked. Raises `KnownError` token-forged, and as `Driver.ask`."""
        answer = self._driver.ask(self._token, do="sign", key=str(self._number), content=data.hex())
        signature = bytes.fromhex(str(answer["signature"]))
        try:
            self._public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature as error:
            raise refuse("token-forged", token=self._token.name) from error
        return signature


class Driver:
    """The process with the card's own library, seen from here."""

    def __init__(self, connection: Connection, module: str, patience: float) -> None:
        self._connection, self._module, self.patience = connection, module, patience

    def tokens(self) -> tuple[Token, ...]:
        """What is plugged in."""
        return tuple(Token(**one) for one in self.ask(None, do="tokens")["tokens"])

    def find(self, name: str = "") -> Token:
        """The token of that label, serial number or slot; the only one. Raises `KnownError` token-absent, token-unknown, tokens-several."""
        here = self.tokens()
        if not here:
            raise refuse("token-absent", module=self._module)
        fitting = [t for t in here if not name or name in (t.label, t.serial, str(t.slot))]
        if not fitting:
            raise refuse("token-unknown", name=name, tokens=", ".join([t.name for t in here]))
        if len(fitting) > 1:
            same = len({t.name for t in fitting}) < len(fitting)
            raise refuse("tokens-several", tokens=", ".join([f"{t.name} ({t.serial or t.slot})" if same else t.name for t in fitting]))
        return fitting[0]

    def certificates(self, token: Token) -> tuple[TokenCertificate, ...]:
        """Of its RSA keys, as far as it shows them without a PIN; those of one key are one, the youngest."""
        return _of_keys(self.ask(token, do="look", slot=str(token.slot))["certificates"])

    def certificate(self, token: Token, name: str = "") -> bytes:
        """The certificate of that label or id, DER; the only one. Raises `KnownError` token-bare, token-key-unknown, token-keys-several."""
        return _chosen(token, self.certificates(token), name).der

    def open(self, token: Token, pin: str | None, name: str = "", known: frozenset[bytes] = frozenset()) -> TokenKey:
        """Log in, and take the key of that label or id; else the only one, or the only one whose SubjectPublicKeyInfo is `known`.

        Without `pin` the reader's keypad asks. Raises `KnownError` wrong-pin, wrong-pin-last, token-locked, token-without-key, token-bare,
        token-key-unknown, token-keys-several, token-absent, token-failed, token-driver.
        """
        if token.locked:
            raise refuse("token-locked", token=token.name)
        words = {"do": "open", "slot": str(token.slot)} | ({} if pin is None else {"pin": pin})
        answer = self.ask(token, **words)
        keys = [k for k in answer["keys"] if k["rsa"]]
        if not keys:
            raise refuse("token-without-key", token=token.name)
        pairs = [(answer["keys"].index(k), c) for c in _of_keys(answer["certificates"]) if (k := _key_of(c, keys)) is not None]
        ours = [c for _, c in pairs if spki_der(c.public) in known]
        one = ours[0] if len(ours) == 1 and not name else _chosen(token, [c for _, c in pairs], name)
        return TokenKey(self, token, next(n for n, c in pairs if c is one), one)

    def ask(self, token: Token | None, **words: str) -> dict[str, Any]:
        """One question to the library. Raises `KnownError` for each fault it names, and token-driver where it hangs or dies."""
        try:
            self._connection.send_bytes(json.dumps(words).encode())
            answer = self._answer(3 if token is not None and token.keypad else 1)
        except (EOFError, ConnectionError) as error:
            raise refuse("token-driver", module=self._module) from error
        if "bug" in answer:
            raise RuntimeError(answer["bug"])
        if "error" in answer:
            self._refuse(answer, token)
        return answer

    def _answer(self, times: int) -> dict[str, Any]:
        if not self._connection.poll(self.patience * times):
            raise EOFError
        answer = json.loads(self._connection.recv_bytes())
        assert isinstance(answer, dict)
        return answer

    def _refuse(self, answer: Mapping[str, Any], token: Token | None) -> NoReturn:
        """The library's fault as one of ours; `token` in the answer says what another wrong PIN would do."""
        fault, now = str(answer["error"]), Token(**answer["token"]) if answer.get("token") else token
        name = token.name if token is not None else self._module
        if fault == "module":
            raise refuse("token-module", module=self._module)
        if fault in _GONE:
            raise refuse("token-absent", module=self._module)
        if fault == "PinLocked" or (fault in _WRONG and now is not None and now.locked):
            raise refuse("token-locked", token=name)
        if fault in _WRONG:
            raise refuse("wrong-pin-last" if now is not None and now.last_try else "wrong-pin", card=name)
        raise refuse("token-failed", token=name, reason=fault)


@contextmanager
def opened_driver(module: Path, patience: float = PATIENCE) -> Iterator[Driver]:
    """The library at `module`, loaded in its own process; logged out and gone afterwards. Raises `KnownError` token-module."""
    if not module.is_file():
        raise refuse("token-module", module=module.name)
    import multiprocessing  # few people have a card, and every command would wait for it

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(module.resolve())), name="fieldtool-token", daemon=True)
    process.start()
    theirs.close()
    try:
        yield Driver(ours, module.name, patience)
    finally:
        ours.close()
        process.join(_FAREWELL)
        if process.is_alive():
            process.kill()  # a library that hangs does not hear a polite request
        process.join()
        process.close()


def _serve(connection: Connection, module: str) -> None:
    from fieldtool.identity.token_driver import serve  # here, so that the bindings load in that process only

    serve(connection, module)


def _of_keys(found: Sequence[Mapping[str, str]]) -> tuple[TokenCertificate, ...]:
    """Those of RSA keys; of each key the one that holds longest."""
    read: dict[int, TokenCertificate] = {}
    for one in found:
        certificate = _read(one)
        if certificate is None:
            continue
        modulus = certificate.public.public_numbers().n
        if modulus not in read or read[modulus].until < certificate.until:
            read[modulus] = certificate
    return tuple(read.values())


def _read(found: Mapping[str, str]) -> TokenCertificate | None:
    """None for what is no certificate of an RSA key, and for an issuer's, which many cards carry."""
    der = bytes.fromhex(found["der"])
    try:
        if len(der) > LARGEST:
            return None
        certificate = x509.load_der_x509_certificate(der)
        public = certificate.public_key()
        if not isinstance(public, rsa.RSAPublicKey) or _issues(certificate):
            return None
    except (ValueError, UnsupportedAlgorithm):
        return None
    return TokenCertificate(found["label"], found["id"], der, public, certificate.not_valid_after_utc.timestamp())


def _issues(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _key_of(certificate: TokenCertificate, keys: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The key of a certificate: by its modulus, where the token tells it, else by the common id."""
    modulus = certificate.public.public_numbers().n
    by_modulus = [k for k in keys if k["modulus"] and int(k["modulus"], 16) == modulus]
    return next(iter(by_modulus or [k for k in keys if not k["modulus"] and k["id"] == certificate.id]), None)


def _chosen(token: Token, found: Sequence[TokenCertificate], name: str) -> TokenCertificate:
    if not found:
        raise refuse("token-bare", token=token.name)
    fitting = [c for c in found if not name or name in (c.label, c.id)]
    if not fitting:
        raise refuse("token-key-unknown", token=token.name, name=name, keys=", ".join([c.name for c in found]))
    if len(fitting) > 1:
        same = len({c.name for c in fitting}) < len(fitting)
        raise refuse("token-keys-several", token=token.name, keys=", ".join([f"{c.name} ({c.id})" if same else c.name for c in fitting]))
    return fitting[0]
