"""The process in which a card's own PKCS#11 library runs: it judges nothing, and sees neither the vault nor a key of ours.

A library is somebody else's code. Here it may print, hang or crash: whoever waits sees a closed pipe. Questions and answers are JSON, so
that what comes back is never more than words and numbers.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import traceback
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import TypeAlias

import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass, PKCS11Error, TokenFlag
from pkcs11.types import Object, PrivateKey, Session, SignMixin, Slot

Answer: TypeAlias = dict[str, object]

SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # what stands before a SHA-256 digest: RFC 8017, 9.2, note 1


def serve(connection: Connection, module: str) -> None:
    """Load the library at `module` and answer until the other end closes; a session is logged out and closed at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal: whoever waits for us decides
    _be_silent()
    driver: _Driver | None = None
    try:
        driver = _Driver(module)
        while True:
            _tell(connection, driver.answer(json.loads(connection.recv_bytes())))
    except (EOFError, BrokenPipeError):
        return  # nobody asks any more
    except PKCS11Error:
        _tell(connection, {"error": "module"})
    except Exception:  # noqa: BLE001 - the outermost edge of this process
        _tell(connection, {"bug": traceback.format_exc()})
    finally:
        if driver is not None:
            driver.close()
        connection.close()


def _tell(connection: Connection, answer: Answer) -> None:
    connection.send_bytes(json.dumps(answer).encode())


def _be_silent() -> None:
    """What a library prints reaches no terminal and no log: nobody knows what stands in it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


class _Driver:
    """One loaded library, and at most one session that is logged in."""

    def __init__(self, module: str) -> None:
        self._lib = pkcs11.lib(module)
        self._session: Session | None = None
        self._keys: list[PrivateKey] = []
        self._pin: str | None = None

    def answer(self, asked: Mapping[str, str]) -> Answer:
        """The answer to one question; `error` names a fault as PKCS#11 does, `token` says how the token is after it."""
        slot: Slot | None = None
        try:
            if asked["do"] == "tokens":
                return {"tokens": [one for s in self._lib.get_slots(token_present=True) if (one := _described(s)) is not None]}
            if asked["do"] == "sign":
                return {"signature": self._sign(self._keys[int(asked["key"])], bytes.fromhex(asked["content"])).hex()}
            slot = next((s for s in self._lib.get_slots(token_present=True) if s.slot_id == int(asked["slot"])), None)
            if slot is None:
                return {"error": "TokenNotPresent"}
            if asked["do"] == "open":
                return self._open(slot, asked.get("pin"))
            return _looked_at(slot)
        except PKCS11Error as error:
            return {"error": type(error).__name__, "token": _described(slot) if slot is not None else None}

    def _open(self, slot: Slot, pin: str | None) -> Answer:
        """Log in; without a PIN the reader's own keypad asks for it."""
        self._session = slot.get_token().open(user_pin=pkcs11.PROTECTED_AUTH if pin is None else pin)
        self._pin = pin
        wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True}
        self._keys = [found for found in self._session.get_objects(wanted) if isinstance(found, PrivateKey)]
        return {"keys": [_key(k) for k in self._keys], "certificates": _certificates(self._session)}

    def _sign(self, key: PrivateKey, content: bytes) -> bytes:
        """RSA PKCS#1 v1.5 with SHA-256: by the token itself, or over the digest where it signs only what is digested already."""
        assert isinstance(key, SignMixin)  # the bindings add it to every key that says it signs, and to no type
        pin = self._pin if _said(key, Attribute.ALWAYS_AUTHENTICATE) else None
        try:
            return bytes(key.sign(content, mechanism=Mechanism.SHA256_RSA_PKCS, pin=pin))
        except (pkcs11.MechanismInvalid, pkcs11.FunctionNotSupported):
            return bytes(key.sign(SHA256_INFO + hashlib.sha256(content).digest(), mechanism=Mechanism.RSA_PKCS, pin=pin))

    def close(self) -> None:
        """Log out and let go of the card; one that was pulled out meanwhile has done so itself."""
        self._pin = None
        try:
            if self._session is not None:
                self._session.close()
            self._lib.finalize()
        except PKCS11Error:
            return


def _described(slot: Slot) -> Answer | None:
    """A token as it presents itself; None where there is none that was ever set up."""
    try:
        token = slot.get_token()
    except PKCS11Error:
        return None
    if not token.flags & TokenFlag.TOKEN_INITIALIZED:
        return None
    return {
        "slot": slot.slot_id,
        "label": token.label.strip("\0 "),
        "serial": token.serial.decode("ascii", "replace").strip("\0 "),
        "locked": bool(token.flags & TokenFlag.USER_PIN_LOCKED),
        "last_try": bool(token.flags & TokenFlag.USER_PIN_FINAL_TRY),
        "keypad": bool(token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH),
    }


def _looked_at(slot: Slot) -> Answer:
    """What a token shows to anybody."""
    session = slot.get_token().open()
    try:
        return {"certificates": _certificates(session)}
    finally:
        session.close()


def _certificates(session: Session) -> list[Answer]:
    found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    return [{**_named(one), "der": _bytes(one, Attribute.VALUE).hex()} for one in found]


def _key(key: PrivateKey) -> Answer:
    return {**_named(key), "rsa": key.key_type == pkcs11.KeyType.RSA, "modulus": _bytes(key, Attribute.MODULUS).hex()}


def _named(thing: Object) -> Answer:
    label = _said(thing, Attribute.LABEL)
    return {"label": label.strip("\0 ") if isinstance(label, str) else "", "id": _bytes(thing, Attribute.ID).hex()}


def _bytes(thing: Object, attribute: Attribute) -> bytes:
    found = _said(thing, attribute)
    return found if isinstance(found, bytes) else b""


def _said(thing: Object, attribute: Attribute) -> object:
    """An attribute; None where the token does not know it or does not tell."""
    try:
        return thing[attribute]
    except PKCS11Error:
        return None
