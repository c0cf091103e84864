"""Lists of revoked certificates that headquarters and the root write for an archive; from what the records say, and believing none."""

from __future__ import annotations

import datetime

from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import LIBRARY, EntityId, KeyHash
from fieldtool.identity.certificates import NotOurCertificate, read_certificate
from fieldtool.identity.revocations import LASTS, Ended
from fieldtool.services.session import Session
from fieldtool.services.succession import open_root

DAYS = LASTS.days


def own_list(session: Session) -> bytes:
    """What this installation of headquarters issued and is believed no longer, as of now (DER). Raises `KnownError` role-needed."""
    if not session.is_headquarters():
        raise refuse("role-needed", role="headquarters")
    now = _now(session)
    return session.pen().revocations(_ended(session, now), now)


def root_list(session: Session, passphrase: str) -> bytes:
    """The same of what the organisation's present root issued. Raises `KnownError` role-needed, wrong-passphrase."""
    root, now = open_root(session, passphrase), _now(session)
    return root.revocations(_ended(session, now), now)


def _ended(session: Session, now: datetime.datetime) -> list[Ended]:
    """Every certificate on a card that counts no longer: of a revoked key, or of an organisation's card that was withdrawn."""
    found: dict[bytes, Ended] = {}
    for visit in (LIBRARY, *(v.id for v in session.visits())):
        trust, since = session.trust(visit), _times(session, visit)
        for key, cards in trust.cards.items():
            revoked = trust.revoked(key)
            held = {cards[-1].signing_card}
            for card in cards:
                ours = (card.certificate, card.document_certificate) if revoked else ()
                withdrawn = card.signing_card if revoked or card.signing_card not in held else None
                for der in (*ours, withdrawn):
                    if der is not None and (one := _one(der, since.get(key, now))):
                        found[der] = one
    return list(found.values())


def _one(der: bytes, since: datetime.datetime) -> Ended | None:
    try:
        return Ended(read_certificate(der), since)
    except NotOurCertificate:
        return None


def _times(session: Session, visit: EntityId) -> dict[KeyHash, datetime.datetime]:
    """When each key was revoked first, by the clock of whoever did."""
    found: dict[KeyHash, datetime.datetime] = {}
    for record in session.store.list_("revocation", visit=visit):
        key = KeyHash(bytes.fromhex(str(record.fields["key"])))
        at = datetime.datetime.fromtimestamp(record.made_at // 1000, datetime.UTC)
        found[key] = min(found.get(key, at), at)
    return found


def _now(session: Session) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(session.clock() // 1000, datetime.UTC)
