"""Whom to believe: a pure value made from the pinned root, the cards and the revocations; reads no clock, file or record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from fieldtool.domain.authority import Role
from fieldtool.domain.ids import LIBRARY, EntityId, KeyHash, SegmentHash, StreamId
from fieldtool.identity.certificates import Certificate, NotOurCertificate, Use, issued_by, read_certificate, self_signed
from fieldtool.identity.lineage import Lineage


@dataclass(frozen=True, slots=True)
class Card:
    """What the admin stream says of one installation.

    `visit` is `LIBRARY` where the role holds for every visit. `epoch` is the number of the admin change that made the card. `accepted_by`
    is set on a card that the head of the visit made by voice: its certificate is the holder's own, and its role counts as expert.
    """

    key: KeyHash
    name: str
    role: Role
    visit: EntityId
    certificate: bytes  # DER
    recipient: str = ""
    epoch: int = 0
    name_latin: str = ""
    installation: str = ""
    person: str = ""
    document_certificate: bytes | None = None
    signing_card: bytes | None = None  # headquarters' certificate (DER) of the key on the organisation's own card, where there is one
    accepted_by: KeyHash | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """A key that is no longer believed, except for what each stream of it held up to the tip named here."""

    key: KeyHash
    tips: Mapping[StreamId, SegmentHash]
    epoch: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The pinned root and what it vouches for. Equal sets of cards and revocations make equal stores, in whatever order they came."""

    lineage: Lineage  # the pinned root, and those that it or its successors named
    authorities: Mapping[KeyHash, Certificate]  # headquarters' installations that a root of these certified
    cards: Mapping[KeyHash, tuple[Card, ...]]  # only those whose certificates hold, by epoch
    revocations: Mapping[KeyHash, tuple[Revocation, ...]]
    unproven: tuple[Card, ...] = ()  # cards whose certificate nobody vouches for: never believed, shown by `check`

    @classmethod
    def build(
        cls, pinned: bytes | Lineage, cards: Iterable[Card] = (), revocations: Iterable[Revocation] = (), authorities: Iterable[bytes] = ()
    ) -> TrustStore:
        """The store of a pinned root (DER, or with those that follow it).

        `authorities`: certificates (DER) of headquarters' installations that came without a card. Raises `NotOurCertificate` for a root
        that is none.
        """
        root = pinned if isinstance(pinned, Lineage) else Lineage.of(pinned)
        offered = sorted(cards, key=_card_order)
        known = _authorities(root, [*authorities, *(c.certificate for c in offered)])
        leading = [c for c in offered if c.role in (Role.HEAD, Role.DEPUTY) and _vouched(c, root, known)]
        heads = {(c.key, c.visit) for c in leading}
        held = [_judged(c) for c in offered if _vouched(c, root, known) or _accepted(c, heads)]
        unproven = tuple(c for c in offered if _judged(c) not in held)
        ended = sorted(revocations, key=lambda r: (r.epoch, r.key, sorted(r.tips.items()), r.reason))
        return cls(root, known, _grouped(held), _grouped(ended), unproven)

    @property
    def org(self) -> bytes:
        """The organisation's id, 32 bytes."""
        return self.lineage.org

    def with_authorities(self, certificates: Iterable[bytes]) -> TrustStore:
        """The same store, knowing also those of the certificates (DER) that the root issued to headquarters' installations."""
        fresh = [c.der for key, c in _authorities(self.lineage, certificates).items() if self.authorities.get(key) != c]
        if not fresh:
            return self
        cards = [card for cards in self.cards.values() for card in cards]
        revocations = [revocation for group in self.revocations.values() for revocation in group]
        known = [c.der for c in self.authorities.values()]
        return TrustStore.build(self.lineage, [*cards, *self.unproven], revocations, [*known, *fresh])

    def card_of(self, key: KeyHash, visit: EntityId = LIBRARY) -> Card | None:
        """The newest card of a key that holds for that visit; for `LIBRARY` the newest of all its cards, whatever its visit."""
        ours = reversed(self.cards.get(key, ()))
        return next((c for c in ours if visit == LIBRARY or c.visit in (visit, LIBRARY)), None)

    def certificate_of(self, key: KeyHash) -> Certificate | None:
        """The certificate that this store believes to be of that key: its newest card's, or a headquarters' installation's."""
        card = self.card_of(key)
        return read_certificate(card.certificate) if card else self.authorities.get(key)

    def name_of(self, key: KeyHash) -> str | None:
        """The name on the key's newest card, or on headquarters' certificate; None for a stranger."""
        card = self.card_of(key)
        if card:
            return card.name
        return self.authorities[key].name if key in self.authorities else None

    def role(self, key: KeyHash, visit: EntityId, epoch: int) -> Role | None:
        """The role of a key in a visit as the admin stream stood at `epoch`; None for a stranger.

        What somebody wrote before any card of theirs was known counts as an expert's: a late card gives a voice, never more than that.
        """
        if key in self.authorities:
            return Role.HQ
        ours = [c for c in self.cards.get(key, ()) if c.visit in (visit, LIBRARY)]
        if not ours:
            return None
        at = [c for c in ours if c.epoch <= epoch]
        return at[-1].role if at else (ours[0].role if ours[0].role is Role.SERVICE else Role.EXPERT)

    def revoked(self, key: KeyHash) -> bool:
        """Whether headquarters has ended the trust in that key."""
        return key in self.revocations

    def chain(self, certificate_der: bytes) -> tuple[bytes, ...]:
        """The DER certificates from this one up to the root; alone where it is its holder's own. Raises `NotOurCertificate`."""
        certificate = read_certificate(certificate_der)
        if self.lineage.holds(certificate.der):
            return (certificate.der,)
        if root := self.lineage.issuer(certificate):
            return (certificate.der, root.der)
        for authority in self.authorities.values():
            if issued_by(certificate, authority) and (root := self.lineage.issuer(authority)):
                return (certificate.der, authority.der, root.der)
        if self_signed(certificate):
            return (certificate.der,)
        raise NotOurCertificate("nobody here vouches for it")

    def vouches_for(self, certificate: Certificate) -> bool:
        """Whether a chain leads from the pinned root to this certificate."""
        return _issued(certificate, self.lineage, self.authorities)


_Keyed = TypeVar("_Keyed", bound=Card | Revocation)


def _card_order(card: Card) -> tuple[bool, int, bytes, str, str, bytes, str, str]:
    # What headquarters says of somebody comes after, and so overrides, what the head of a visit accepted.
    return card.accepted_by is None, card.epoch, card.key, card.visit, card.role, card.certificate, card.name, card.recipient


def _grouped(values: Iterable[_Keyed]) -> dict[KeyHash, tuple[_Keyed, ...]]:
    found: dict[KeyHash, tuple[_Keyed, ...]] = {}
    for value in values:
        found[value.key] = (*found.get(value.key, ()), value)
    return found


def _authorities(root: Lineage, certificates: Iterable[bytes]) -> dict[KeyHash, Certificate]:
    found = {}
    for der in certificates:
        try:
            certificate = read_certificate(der)
        except NotOurCertificate:
            continue
        if root.certified(certificate):
            found[certificate.key] = certificate
    return dict(sorted(found.items()))


def _issued(certificate: Certificate, root: Lineage, authorities: Mapping[KeyHash, Certificate]) -> bool:
    if certificate.use is Use.HEADQUARTERS:
        return root.certified(certificate) is not None
    return root.issuer(certificate) is not None or any(issued_by(certificate, a) for a in authorities.values())


def _own(card: Card) -> Certificate | None:
    try:
        certificate = read_certificate(card.certificate)
    except NotOurCertificate:
        return None
    return certificate if certificate.key == card.key else None


def _vouched(card: Card, root: Lineage, authorities: Mapping[KeyHash, Certificate]) -> bool:
    certificate = _own(card)
    if certificate is None or (card.role is Role.HQ) != (certificate.use is Use.HEADQUARTERS):
        return False
    return card.accepted_by is None and certificate.use is not Use.DOCUMENT and _issued(certificate, root, authorities)


def _accepted(card: Card, heads: set[tuple[KeyHash, EntityId]]) -> bool:
    certificate = _own(card)
    if certificate is None or card.accepted_by is None or certificate.use is not Use.INSTALLATION:
        return False
    return self_signed(certificate) and ((card.accepted_by, card.visit) in heads or (card.accepted_by, LIBRARY) in heads)


def _judged(card: Card) -> Card:
    return card if card.accepted_by is None else replace(card, role=Role.EXPERT)
