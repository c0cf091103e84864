"""`identity …` and `people …`: who this installation is, and who has a card; it compares no fingerprint itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.vaults import opened, passphrase_of
from fieldtool.domain.authority import Role
from fieldtool.domain.ids import EntityId
from fieldtool.services import cards, escrow, files, people, who
from fieldtool.services.session import Session

if TYPE_CHECKING:
    from fieldtool.services.who import CardRow


def visit_of(session: Session, word: str | None) -> EntityId:
    """The visit that `--visit` names, or the only one. Raises `KnownError` visit-unknown, visit-needed."""
    return session.find_visit(word) if word else session.visit_or_only(None)


def show_identity(call: Call) -> int:
    """`fieldtool identity show`."""
    with opened(call) as session:
        fingerprint, organisation = people.fingerprint(session.key), who.organisation_of(session)
        cards, left = who.own_cards(session), escrow.copy_left_at(session)
    terminal = call.terminal
    terminal.show(session.name)
    terminal.show(f"{fingerprint.digits}\n{fingerprint.words}")
    if organisation:
        terminal.tell("Organisation: {name} ({words})", name=organisation.name, words=organisation.words)
        for words in organisation.before:
            terminal.tell("An earlier root of it, which named its successor: {words}", words=words)
    else:
        terminal.tell("No organisation yet: send the identity request to headquarters and import the visit file that comes back.")
    if left is not None:
        terminal.tell("Headquarters can open the data of this vault: a copy of its key was written at {time}.", time=left)
    for card in cards:
        terminal.tell("{visit}: {role}", visit=card.visit, role=card.role)
    terminal.answer(
        {
            "name": session.name,
            "fingerprint": fingerprint.digits,
            "words": fingerprint.words,
            "organisation": who.organisation_json(organisation) if organisation else None,
            "key_copy": left,
            "cards": [{"visit": card.visit, "role": card.role} for card in cards],
        }
    )
    return 0


def request(call: Call) -> int:
    """`fieldtool identity request OUT`."""
    out = call.arguments.out
    with opened(call) as session:
        files.write_whole(out, people.identity_request(session))
        fingerprint = people.fingerprint(session.key)
    call.terminal.tell("{path} is written. Send it to headquarters, and read them these words: {words}", path=out, words=fingerprint.words)
    call.terminal.answer({"file": str(out), "fingerprint": fingerprint.digits, "words": fingerprint.words})
    return 0


def add(call: Call) -> int:
    """`fieldtool people add REQUEST`."""
    asked = call.arguments
    role, wanted = Role(asked.role), people.read_request_file(asked.request)
    with opened(call) as session:
        visit = visit_of(session, asked.visit)
        if role is Role.HQ:
            passphrase = passphrase_of(call, "Passphrase of the organisation's root key: ")
            card = who.card_row(session, people.add_headquarters(session, wanted, passphrase, visit=visit, expected=asked.expect))
        else:
            card = who.card_row(session, people.add_person(session, wanted, visit=visit, role=role, expected=asked.expect))
    _tell_card(call, "{name} has a card as {role}. Compare these words by voice: {words}", card)
    return 0


def show(call: Call) -> int:
    """`fieldtool people list`."""
    with opened(call) as session:
        rows = who.list_cards(session, visit_of(session, call.arguments.visit))
    call.terminal.table(
        ("Name", "Role", "Installation", "State", "Fingerprint"),
        [(r.name, r.role, r.installation, r.state, r.words) for r in rows],
        widest=200,  # twelve words, which people read out: none may be cut off
    )
    call.terminal.answer({"people": [_card_json(r) for r in rows], "total": len(rows)})
    return 0


def accept(call: Call) -> int:
    """`fieldtool people accept FINGERPRINT`."""
    asked = call.arguments
    wanted = people.read_request_file(asked.request)
    with opened(call) as session:
        card = people.accept_fingerprint(session, wanted, asked.fingerprint, visit=visit_of(session, asked.visit))
        row = who.card_row(session, card)
    _tell_card(call, "{name} is accepted as {role} until headquarters gives a card: {words}", row)
    return 0


def bind_card(call: Call) -> int:
    """`fieldtool people card NAME`."""
    asked = call.arguments
    certificate = _certificate(call)
    with opened(call) as session:
        row = who.card_row(session, cards.bind_card(session, asked.person, certificate, visit=visit_of(session, asked.visit)))
    if certificate is None:
        _tell_card(call, "No card of the organisation signs for {name} any more.", row)
    else:
        _tell_card(call, "{name} may sign summaries with this card, once the next visit file has arrived there.", row)
    return 0


def _certificate(call: Call) -> bytes | None:
    """The certificate on the card, from its file or from the card itself; None where it is withdrawn."""
    asked = call.arguments
    if asked.token is not None:
        return cards.token_certificate(cards.TokenChoice(asked.token, asked.token_name, asked.token_key))
    return cards.read_whole(asked.certificate) if asked.certificate is not None else None


def revoke(call: Call) -> int:
    """`fieldtool people revoke NAME`."""
    asked = call.arguments
    with opened(call) as session:
        card = people.revoke(session, asked.person, visit=visit_of(session, asked.visit), reason=asked.reason)
        row = who.card_row(session, card)
    _tell_card(call, "The key of {name} is revoked: {words}", row)
    return 0


def _tell_card(call: Call, sentence: str, card: CardRow) -> None:
    call.terminal.tell(sentence, name=card.name, role=card.role, words=card.words)
    call.terminal.answer({"card": _card_json(card)})


def _card_json(card: CardRow) -> dict[str, object]:
    return {
        "name": card.name,
        "name_latin": card.name_latin,
        "role": card.role,
        "installation": card.installation,
        "visit": card.visit,
        "state": card.state,
        "fingerprint": card.digits,
        "words": card.words,
    }
