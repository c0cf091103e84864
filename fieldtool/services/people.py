"""Who is who: identity requests, cards, acceptance by voice and revocation; it signs and verifies through identity alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import LIBRARY, EntityId, KeyHash, new_entity_id
from fieldtool.domain.values import JsonValue
from fieldtool.identity import fingerprints, requests
from fieldtool.identity.names import confusable
from fieldtool.identity.trust import Card
from fieldtool.services.admin import card_fields, decode_der
from fieldtool.services.announcing import write_admin
from fieldtool.services.session import DOCUMENT_CERTIFICATE, Session
from fieldtool.services.settling import settled_afterwards
from fieldtool.services.succession import open_root


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A key as people compare it: hexadecimal digits, and words to be read out."""

    digits: str
    words: str


def fingerprint(key: KeyHash) -> Fingerprint:
    """The fingerprint of a key."""
    return Fingerprint(fingerprints.digits(key), fingerprints.words(key))


def identity_request(session: Session) -> bytes:
    """The request that headquarters answers with a card: public keys and name, the only unencrypted export.

    Raises `KnownError` no-signing-key.
    """
    if session.keys.pen is None:
        raise refuse("no-signing-key")
    envelope = session.envelope
    latin, installation = session.desk.setting("name-latin") or "", session.desk.setting("installation") or ""
    return requests.make_request(
        session.keys.pen, envelope.document_certificate, envelope.recipient, name=envelope.name, name_latin=latin, installation=installation
    )


def describe_request(data: bytes) -> dict[str, JsonValue]:
    """What an identity request says, for a person to compare. Raises `KnownError` request-altered."""
    request = requests.read_request(data)
    print_ = fingerprint(request.key)
    return {
        "name": request.name, "name_latin": request.name_latin, "installation": request.installation,
        "fingerprint": print_.digits, "words": print_.words,
    }  # fmt: skip


def visit_cards(session: Session, visit: EntityId) -> list[Card]:
    """The cards of a visit that hold, newest per installation, by name."""
    cards = (session.trust(visit).card_of(key, visit) for key in session.trust(visit).cards)
    return sorted((c for c in cards if c is not None), key=lambda c: (c.name, c.key))


def reading_cards(session: Session, visit: EntityId) -> list[Card]:
    """The cards of those who may be sent something: nothing is encrypted to a revoked key any more."""
    trust = session.trust(visit)
    return [c for c in visit_cards(session, visit) if not trust.revoked(c.key)]


def find_card(cards: Sequence[Card], word: str) -> Card:
    """The card of that name (either script) or fingerprint. Raises `KnownError` person-unknown, person-ambiguous."""
    folded = word.casefold().strip()
    found = [c for c in cards if folded in (c.name.casefold(), c.name_latin.casefold())]
    if not found and len(folded) >= 8:
        found = [c for c in cards if c.key.hex().startswith(folded.replace(" ", "")) or fingerprints.words(c.key) == folded]
    if not found:
        raise refuse("person-unknown", name=word)
    if len(found) > 1:
        raise refuse("person-ambiguous", name=word)
    return found[0]


def add_person(
    session: Session, request: bytes, *, visit: EntityId, role: Role, expected: str | None = None, origin: str = "command"
) -> Card:
    """Give the installation of an identity request a card for a visit: only headquarters can. `expected` is what was compared by voice.

    Raises `KnownError` role-needed, request-altered, fingerprint-mismatch, name-confusable.
    """
    pen = session.pen()
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    place = session.known_visit(visit)
    asked = _compared(request, expected)
    if role is Role.HQ:
        raise refuse("role-needed", role="the holder of the organisation's root key")
    _ensure_own_card(session, place, origin)
    _check_name(session, place, asked.name, asked.key)
    issued = requests.certify(pen, asked, role, randomness=session.randomness)
    card = Card(
        asked.key, asked.name, role, place, issued.certificate, recipient=asked.recipient, name_latin=asked.name_latin,
        installation=asked.installation, person=_person_id(session, asked.name), document_certificate=issued.document_certificate,
        signing_card=next((c.signing_card for c in visit_cards(session, place) if c.key == asked.key), None),
    )  # fmt: skip
    return write_card(session, card, origin)


def add_headquarters(
    session: Session, request: bytes, root_passphrase: str, *, visit: EntityId, expected: str | None = None, origin: str = "command"
) -> Card:
    """Certify another installation of headquarters with the organisation's root key, and give it a card for a visit.

    Raises `KnownError` wrong-passphrase, role-needed, request-altered, fingerprint-mismatch, name-confusable.
    """
    place = session.known_visit(visit)
    asked = _compared(request, expected)
    _check_name(session, place, asked.name, asked.key)
    issued = requests.certify(open_root(session, root_passphrase), asked, Role.HQ, randomness=session.randomness)
    _ensure_own_card(session, place, origin)
    card = Card(
        asked.key, asked.name, Role.HQ, place, issued.certificate, recipient=asked.recipient, name_latin=asked.name_latin,
        installation=asked.installation, person=_person_id(session, asked.name), document_certificate=issued.document_certificate,
    )  # fmt: skip
    return write_card(session, card, origin)


def accept_fingerprint(session: Session, request: bytes, spoken: str, *, visit: EntityId | None = None, origin: str = "command") -> Card:
    """The head of a visit accepts an installation whose fingerprint was compared by voice: an expert's card until headquarters gives one.

    Raises `KnownError` role-needed, fingerprint-mismatch where the words are another key's, request-altered, name-confusable.
    """
    place = session.visit_or_only(visit)
    if session.role(place) not in (Role.HEAD, Role.DEPUTY):
        raise refuse("role-needed", role="the head of the visit")
    asked = _compared(request, spoken)
    _check_name(session, place, asked.name, asked.key)
    card = Card(
        asked.key, asked.name, Role.EXPERT, place, asked.certificate, recipient=asked.recipient, name_latin=asked.name_latin,
        installation=asked.installation, person=asked.key.hex()[:32],
    )  # fmt: skip
    return write_card(session, card, origin)


def revoke(session: Session, word: str, *, visit: EntityId | None = None, reason: str = "", origin: str = "command") -> Card:
    """End the trust in an installation's key, beyond what headquarters holds of it now; nobody ends the trust in their own.

    Raises `KnownError` role-needed, person-unknown, person-ambiguous.
    """
    place = session.visit_or_only(visit)
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    session.seal_all()
    card = find_card(reading_cards(session, place), word)
    if card.key == session.key:
        raise refuse("role-needed", role="another installation of headquarters")
    streams = {f.stream for f in session.store.segments(place) if f.key == card.key}
    tips: dict[str, JsonValue] = {s.hex(): {"segment": t.hex()} for s, t in session.store.tips(place) if s in streams}
    fields: dict[str, JsonValue] = {"key": card.key.hex(), "tips": tips, "reason": reason, "epoch": session.store.epoch(place) + 1}
    with settled_afterwards(session, place):
        write_admin(session, place, "revocation", fields, origin)
    return card


def read_request_file(path: Path) -> bytes:
    """The bytes of an identity request. Raises `KnownError` file-unreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse("file-unreadable", file=path.name, reason=error.strerror or "the disk does not answer") from error


# ------------------------------------------------------------------------------------------------------------- inside


def _compared(request: bytes, spoken: str | None) -> requests.IdentityRequest:
    """The request, whose fingerprint is the one that was spoken. Raises `KnownError` request-altered, fingerprint-mismatch."""
    asked = requests.read_request(request)
    if spoken is not None and not fingerprints.matches(spoken, asked.key):
        raise refuse("fingerprint-mismatch")
    return asked


def _check_name(session: Session, visit: EntityId, name: str, key: KeyHash) -> None:
    for card in visit_cards(session, visit):
        if card.key != key and card.name != name and confusable(name, [card.name]):
            raise refuse("name-confusable", name=name, other=card.name)


def _person_id(session: Session, name: str) -> str:
    """One person on two laptops is one person: the id of the card that bears exactly that name, else a new one."""
    for visit in (LIBRARY, *(v.id for v in session.visits())):
        for card in visit_cards(session, visit):
            if card.name == name and card.person:
                return card.person
    return new_entity_id(session.clock, session.randomness)


def _ensure_own_card(session: Session, visit: EntityId, origin: str) -> None:
    if any(c.key == session.key for c in visit_cards(session, visit)):
        return
    envelope = session.envelope
    card = Card(
        session.key, session.name, Role.HQ, visit, session.chain()[0], recipient=envelope.recipient,
        name_latin=session.desk.setting("name-latin") or "", installation=session.desk.setting("installation") or "",
        person=_person_id(session, session.name), document_certificate=decode_der(session.desk.setting(DOCUMENT_CERTIFICATE)),
    )  # fmt: skip
    write_card(session, card, origin)


def write_card(session: Session, card: Card, origin: str) -> Card:
    """Write a card as the newest of its key, and return it as it is numbered; who may is for the callers to ask."""
    numbered = replace(card, epoch=session.store.epoch(card.visit) + 1)
    with settled_afterwards(session, card.visit):  # its holder's words may be here already
        write_admin(session, card.visit, "card", card_fields(numbered), origin)
    return numbered
