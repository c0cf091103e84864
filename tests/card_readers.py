"""Readers with cards in them: tokens of SoftHSM in folders of their own, and one library that is harder to deal with than SoftHSM's.

Run as a program it writes what is on the tokens, in a process of its own: no PKCS#11 library is ever loaded where the tests run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.signing_cards import PIN, make_card

LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so")


@dataclass(frozen=True)
class Written:
    """What is on a token: keys and certificates as (of whom, label, id)."""

    keys: tuple[tuple[str, str, int], ...] = ()
    certificates: tuple[tuple[str, str, int], ...] = ()
    always: bool = False  # asks for the PIN again before each signature
    hidden: bool = False  # shows certificates after the PIN only


SIGNING = (("elena", "signing", 1),)
BOTH = (("other", "authentication", 1), ("elena", "signing", 2))
TOKENS = {
    "Elena's card": Written(SIGNING, (*SIGNING, ("elena-root", "issuer", 9))),
    "Careful": Written(SIGNING, SIGNING, always=True),
    "Secretive": Written(SIGNING, SIGNING, hidden=True),
    "Two keys": Written(BOTH, BOTH),
    "No certificate": Written(SIGNING),
    "Another's certificate": Written((("other", "signing", 1),), SIGNING),
    "Curve": Written((("curve", "signing", 1),), (("curve", "signing", 1),)),
    "Empty": Written(),
}


@dataclass(frozen=True)
class Readers:
    """The folder of every token there is, by label, and the two libraries."""

    folder: Path
    tokens: dict[str, Path]
    module: Path
    stubborn: Path

    def plug(self, to: Path, patched: pytest.MonkeyPatch, *labels: str) -> Path:
        """Copies of these tokens are all that the library finds from now on; its path."""
        for label in labels:
            shutil.copytree(self.tokens[label], to / "tokens" / self.tokens[label].name)
        patched.setenv("SOFTHSM2_CONF", str(_configured(to)))
        return self.module

    def plug_stubborn(self, to: Path, patched: pytest.MonkeyPatch, does: str, label: str = "Elena's card") -> Path:
        """The same by the library that does what `does` names; the files `log` and `count` lie in `to`."""
        module = self.plug(to, patched, label)
        said = {"MODULE": module, "PIN": PIN, "COUNT": to / "count", "LOG": to / "log"}
        for name, value in (said | ({"DOES": does})).items():
            patched.setenv(f"STUBBORN_{name}", str(value))
        return self.stubborn

    def pem(self, name: str) -> Path:
        """The certificate that `elena`, `other` or `curve` stands for."""
        return self.folder / f"{name}.pem"


def make_readers(folder: Path, labels: Iterable[str]) -> Readers:
    """These tokens. Needs Debian's softhsm2 and a C compiler."""
    module = next(Path(m) for m in LIBRARIES if Path(m).exists())
    for name, kind in (("elena", "rsa:3072"), ("other", "rsa:3072"), ("curve", "ec")):
        make_card(folder, name, key=kind)
    source, stubborn = Path(__file__).with_name("stubborn_card.c"), folder / "stubborn.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", stubborn, source, "-ldl"], check=True, timeout=60)
    surroundings, tokens = os.environ | {"SOFTHSM2_CONF": str(_configured(folder))}, {}
    for label in labels:
        before = set((folder / "tokens").iterdir())
        made = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"]
        subprocess.run(made, env=surroundings, capture_output=True, check=True, timeout=60)
        (tokens[label],) = set((folder / "tokens").iterdir()) - before
    writing = [sys.executable, "-m", "tests.card_readers", str(module), str(folder)]
    subprocess.run(writing, env=surroundings, cwd=Path(__file__).parent.parent, check=True, timeout=120)
    return Readers(folder, tokens, module, stubborn)


def _configured(folder: Path) -> Path:
    (folder / "tokens").mkdir(parents=True, exist_ok=True)
    path = folder / "softhsm2.conf"
    path.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    return path


# --- in the process that writes them


def _write(module: str, folder: Path) -> None:
    import pkcs11
    from pkcs11 import Attribute

    for token in pkcs11.lib(module).get_tokens(token_flags=pkcs11.TokenFlag.TOKEN_INITIALIZED):
        written = TOKENS[token.label]
        with token.open(rw=True, user_pin=PIN) as session:
            for of, label, number in written.keys:
                more = {Attribute.ALWAYS_AUTHENTICATE: written.always, Attribute.SIGN: True, Attribute.PRIVATE: True}
                session.create_object(_key(folder / f"{of}.key") | _placed(label, number) | more)
            for of, label, number in written.certificates:
                session.create_object(_certificate(folder / f"{of}.pem") | _placed(label, number) | {Attribute.PRIVATE: written.hidden})


def _placed(label: str, number: int) -> dict[Any, Any]:
    from pkcs11 import Attribute

    return {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: bytes([number])}


def _key(path: Path) -> dict[Any, Any]:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key

    key = load_pem_private_key(path.read_bytes(), None)
    der = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return decode_rsa_private_key(der) if isinstance(key, rsa.RSAPrivateKey) else decode_ec_private_key(der)


def _certificate(path: Path) -> dict[Any, Any]:
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_pem_x509_certificate
    from pkcs11.util.x509 import decode_x509_certificate

    return decode_x509_certificate(load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER))


if __name__ == "__main__":
    _write(sys.argv[1], Path(sys.argv[2]))
