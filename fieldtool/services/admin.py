"""Cards and revocations as records of a visit's admin stream, to and from what identity believes; it judges no signature itself."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Record
from fieldtool.domain.ids import EntityId, KeyHash, SegmentHash, StreamId
from fieldtool.domain.values import JsonValue
from fieldtool.identity.certificates import NotOurCertificate, read_certificate
from fieldtool.identity.lineage import Lineage
from fieldtool.identity.trust import Card, Revocation, TrustStore
from fieldtool.storage import Store

_HASH = re.compile(r"[0-9a-f]{64}")


def encode_der(der: bytes) -> str:
    """A certificate as a setting or a field holds it: base64."""
    return b64encode(der).decode()


def decode_der(text: object) -> bytes | None:
    """The certificate in a setting or a field; None where there is none or it is no base64."""
    if not isinstance(text, str):
        return None
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return None


def encode_ders(statements: Sequence[bytes]) -> str:
    """Certificates, or statements of root succession, as a setting holds them, in order: a JSON list of base64."""
    return json.dumps([encode_der(s) for s in statements])


def decode_ders(text: str) -> tuple[bytes, ...]:
    """What stands in such a setting."""
    return tuple(b64decode(s, validate=True) for s in json.loads(text))


def build_trust(store: Store, root: Lineage, visit: EntityId, authorities: Sequence[bytes]) -> TrustStore:
    """The trust store of a visit from its admin records; a card counts as headquarters' only if every word of it is headquarters'."""
    records = store.list_("card", visit=visit)
    offered = [der for r in records if (der := decode_der(r.fields.get("certificate"))) is not None]
    known = frozenset(TrustStore.build(root, authorities=[*authorities, *offered]).authorities)
    ended = store.list_("revocation", visit=visit)
    strangers = _strangers(store, [*records, *ended], known)
    cards = [card for r in records if (card := _card(r, visit, strangers[r.id])) is not None]
    revocations = [_revocation(r) for r in ended if not strangers[r.id]]
    return TrustStore.build(root, cards, revocations, authorities)


def redactions(store: Store, visit: EntityId, trust: TrustStore) -> dict[SegmentHash, frozenset[int]]:
    """The rows that headquarters has taken back on a visit, by segment."""
    found: dict[SegmentHash, set[int]] = {}
    for record in headquarters_alone(store, store.list_("redaction", visit=visit), trust):
        rows, name = record.fields.get("rows"), str(record.fields.get("segment"))
        if not isinstance(rows, list) or not _HASH.fullmatch(name):
            continue
        found.setdefault(SegmentHash(bytes.fromhex(name)), set()).update(int(str(r)) for r in rows if str(r).isdecimal())
    return {segment: frozenset(rows) for segment, rows in found.items()}


def headquarters_alone(store: Store, records: Iterable[Record], trust: TrustStore) -> list[Record]:
    """The records of an admin stream of which every word is headquarters'."""
    every = list(records)
    strangers = _strangers(store, every, frozenset(trust.authorities))
    return [record for record in every if not strangers[record.id]]


def card_fields(card: Card) -> dict[str, JsonValue]:
    """The fields of the record that says a card."""
    fields: dict[str, JsonValue] = {
        "person": card.person, "name": card.name, "name_latin": card.name_latin, "installation": card.installation, "role": card.role.value,
        "certificate": encode_der(card.certificate), "recipient": card.recipient, "epoch": card.epoch,
    }  # fmt: skip
    if card.document_certificate:
        fields["document_certificate"] = encode_der(card.document_certificate)
    if card.signing_card:
        fields["signing_card"] = encode_der(card.signing_card)
    return {k: v for k, v in fields.items() if v != ""}


def _strangers(store: Store, records: Sequence[Record], authorities: frozenset[KeyHash]) -> dict[EntityId, list[KeyHash]]:
    """The keys other than headquarters' that wrote any word of each of these admin records, in order."""
    found = store.writers([r.id for r in records])
    return {r.id: sorted(found.get(r.id, set()) - authorities) for r in records}


def _card(record: Record, visit: EntityId, strangers: Sequence[KeyHash]) -> Card | None:
    f = record.fields
    certificate, role = decode_der(f.get("certificate")), str(f.get("role"))
    if certificate is None or role not in {r.value for r in Role}:
        return None
    try:
        key = read_certificate(certificate).key
    except NotOurCertificate:
        return None
    return Card(
        key, str(f.get("name")), Role(role), visit, certificate, recipient=str(f.get("recipient") or ""), epoch=_number(f.get("epoch")),
        name_latin=str(f.get("name_latin") or ""), installation=str(f.get("installation") or ""), person=str(f.get("person") or ""),
        document_certificate=decode_der(f.get("document_certificate")), signing_card=decode_der(f.get("signing_card")),
        accepted_by=strangers[0] if strangers else None,
    )  # fmt: skip


def _revocation(record: Record) -> Revocation:
    tips = record.fields.get("tips")
    kept = {
        StreamId(bytes.fromhex(stream)): SegmentHash(bytes.fromhex(str(tip["segment"])))
        for stream, tip in (tips if isinstance(tips, dict) else {}).items()
        if isinstance(tip, dict)
    }
    return Revocation(
        KeyHash(bytes.fromhex(str(record.fields["key"]))), kept, _number(record.fields.get("epoch")), str(record.fields.get("reason") or "")
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
