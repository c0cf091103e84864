"""Organisations' own cards: bound to a person by headquarters, opened to sign one summary; it judges no signature."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from fieldtool.domain.authority import LEADING
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.domain.remarks import Remark
from fieldtool.identity.cards import CardKey, CardPen, open_card_file, read_card_certificate
from fieldtool.identity.certificates import NotOurCertificate, Use, read_certificate
from fieldtool.identity.tokens import Token, opened_driver
from fieldtool.identity.trust import Card
from fieldtool.services import people
from fieldtool.services.files import unreadable
from fieldtool.services.session import Session

__all__ = [
    "CardKey", "Token", "TokenChoice", "bind_card", "card_pen", "known_libraries", "opened_card_file", "opened_token", "read_whole",
    "token_certificate", "tokens_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TokenChoice:
    """A card in a reader: the PKCS#11 library that knows it, and names where more than one card or key is there."""

    module: Path
    token: str = ""  # label, serial number or slot
    key: str = ""  # label or id


def bind_card(session: Session, word: str, certificate: bytes | None, *, visit: EntityId | None = None, origin: str = "command") -> Card:
    """Headquarters certifies the key of somebody's own card, so that it may sign their summaries of the visit; None ends that again.

    `certificate` is the card's own, PEM or DER: its issuer vouches for nothing here. Raises `KnownError` role-needed, person-unknown,
    person-ambiguous, value-refused for somebody who does not lead the visit, card-unfit.
    """
    place = session.visit_or_only(visit)
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    card = people.find_card(people.reading_cards(session, place), word)
    if card.role not in LEADING:
        raise refuse(
            "value-refused", kind="card", field="role", value=card.role.value, reason="only who leads a visit signs its summary"
        )
    if certificate is None:
        return people.write_card(session, replace(card, signing_card=None), origin)
    spki = read_card_certificate(certificate, _now(session)).spki
    other = _holder(session, place, spki)
    if other is not None and other.key != card.key:
        raise refuse("card-unfit", reason=Remark("it is bound to {name} already", {"name": other.name}))
    issued = session.pen().issue(Use.DOCUMENT, spki, card.name, session.randomness)
    return people.write_card(session, replace(card, signing_card=issued), origin)


def read_whole(path: Path) -> bytes:
    """The bytes of a certificate or of a PKCS#12 file. Raises `KnownError` file-unreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


@contextmanager
def opened_card_file(path: Path, passphrase: str) -> Iterator[CardKey]:
    """The card in a PKCS#12 file. Raises `KnownError` file-unreadable, card-unreadable, wrong-pin, card-unfit."""
    yield open_card_file(read_whole(path), passphrase, path.name)


_LIBRARIES = (
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so", "/usr/lib64/opensc-pkcs11.so",
    "/Library/OpenSC/lib/opensc-pkcs11.so", "C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
)  # fmt: skip


def known_libraries() -> tuple[Path, ...]:
    """PKCS#11 libraries for many cards that lie where their installers put them. None is looked for in anybody's own folders."""
    return tuple(path for path in map(Path, _LIBRARIES) if path.is_file())


def tokens_of(module: Path) -> tuple[Token, ...]:
    """The cards that a PKCS#11 library finds. Raises `KnownError` token-module, token-driver, token-failed."""
    with opened_driver(module) as driver:
        return driver.tokens()


def token_certificate(choice: TokenChoice) -> bytes:
    """The certificate on a card in a reader, which needs no PIN. Raises `KnownError` as `Driver.find` and `Driver.certificate`."""
    with opened_driver(choice.module) as driver:
        return driver.certificate(driver.find(choice.token), choice.key)


@contextmanager
def opened_token(
    session: Session, choice: TokenChoice, pin_of: Callable[[Token], str | None], *, visit: EntityId | None = None
) -> Iterator[CardKey]:
    """A card in a reader, logged out and let go at the end; of several keys the one that headquarters bound to whoever works here.

    `pin_of` is asked once the card is found; None leaves it to the reader's keypad. Raises `KnownError` as `Driver.find` and `Driver.open`.
    """
    known = _bound(session, session.visit_or_only(visit))
    with opened_driver(choice.module) as driver:
        token = driver.find(choice.token)
        if token.locked:
            raise refuse("token-locked", token=token.name)
        yield driver.open(token, pin_of(token), choice.key, known)


def card_pen(session: Session, visit: EntityId, key: CardKey) -> tuple[CardPen, str]:
    """The pen of an opened card that is bound to whoever works here, and their name.

    Raises `KnownError` card-unfit, card-unbound, card-of-another, no-identity.
    """
    trust = session.trust(visit)
    mine = trust.card_of(session.key, visit)
    if mine is None:
        raise refuse("no-identity")
    spki = read_card_certificate(key.certificate_der, _now(session)).spki
    holder = _holder(session, visit, spki)
    if holder is None or holder.signing_card is None:
        raise refuse("card-unbound", name=mine.name)
    if holder.key != mine.key:
        raise refuse("card-of-another", name=mine.name, other=holder.name)
    return CardPen(key, trust.chain(holder.signing_card)), mine.name


def _bound(session: Session, visit: EntityId) -> frozenset[bytes]:
    """The SubjectPublicKeyInfo of each card's key that headquarters bound to whoever works here."""
    trust = session.trust(visit)
    mine = [c.signing_card for c in people.visit_cards(session, visit) if c.key == session.key and c.signing_card is not None]
    return frozenset(read_certificate(trust.chain(der)[0]).spki for der in mine)


def _holder(session: Session, visit: EntityId, spki: bytes) -> Card | None:
    """Whose newest card on the visit bears headquarters' certificate of that key."""
    trust = session.trust(visit)
    for card in people.visit_cards(session, visit):
        try:
            if card.signing_card is not None and read_certificate(trust.chain(card.signing_card)[0]).spki == spki:
                return card
        except NotOurCertificate:
            continue
    return None


def _now(session: Session) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(session.clock() / 1000, datetime.UTC)
