"""Who this installation is and who has a card, as rows that people can compare by voice; it issues and revokes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from fieldtool.domain.ids import EntityId
from fieldtool.domain.values import JsonValue
from fieldtool.identity.trust import Card
from fieldtool.services.people import fingerprint
from fieldtool.services.session import Session


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation a vault is pinned to, with the fingerprint of its present root and the words of those before it, first to last."""

    name: str
    digits: str
    words: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card on a visit. `state` is "valid", "accepted by voice" (until headquarters gives a card) or "revoked"."""

    name: str
    name_latin: str
    role: str
    installation: str
    visit: str  # reference
    state: str
    digits: str
    words: str


def organisation_of(session: Session) -> Organisation | None:
    """The organisation, or None before the first visit file."""
    if session.lineage is None:
        return None
    *before, present = session.lineage.roots
    print_ = fingerprint(present.key)
    return Organisation(present.organisation, print_.digits, print_.words, tuple(fingerprint(r.key).words for r in before))


def organisation_json(organisation: Organisation) -> dict[str, JsonValue]:
    """The organisation as `--json` shows it; `before` are the words of earlier roots."""
    return {"name": organisation.name, "fingerprint": organisation.digits, "words": organisation.words, "before": [*organisation.before]}


def card_row(session: Session, card: Card) -> CardRow:
    """A card as a row."""
    visit, trust = session.store.get(card.visit), session.trust(card.visit)
    held = trust.card_of(card.key, card.visit) or card  # who made the card is known once it has been judged
    state = "revoked" if card.key in trust.revocations else "accepted by voice" if held.accepted_by else "valid"
    print_ = fingerprint(card.key)
    reference = str(visit.fields.get("reference")) if visit else card.visit
    return CardRow(card.name, card.name_latin, card.role.value, card.installation, reference, state, print_.digits, print_.words)


def list_cards(session: Session, visit: EntityId) -> list[CardRow]:
    """The newest card of every installation on a visit, revoked ones too, by name. Raises `KnownError` no-identity."""
    newest = [cards[-1] for cards in session.trust(visit).cards.values()]
    return [card_row(session, card) for card in sorted(newest, key=lambda c: (c.name, c.key))]


def own_cards(session: Session) -> list[CardRow]:
    """The cards of this installation, one for each visit it is on."""
    if session.root is None:
        return []
    found = [(visit.id, session.trust(visit.id).card_of(session.key, visit.id)) for visit in session.visits()]
    return [card_row(session, card) for _, card in found if card is not None]
