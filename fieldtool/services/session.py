"""An unlocked vault and what every service needs with it: store, keys, whom to believe, whose words these are.

It draws and parses nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import ChangeSet, Draft, Record, Scope, SealedSegment
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import LIBRARY, Clock, EntityId, KeyHash, Randomness
from fieldtool.domain.vocabularies import Vocabularies
from fieldtool.identity.certificates import read_certificate
from fieldtool.identity.envelope import Envelope, UnlockedKeys
from fieldtool.identity.lineage import Lineage
from fieldtool.identity.pen import SEGMENT_TYPE, Pen
from fieldtool.identity.trust import TrustStore
from fieldtool.services import anchors
from fieldtool.services.admin import build_trust, decode_der, decode_ders, encode_der, encode_ders
from fieldtool.services.vocabularies import load_vocabularies
from fieldtool.storage import Author, OpenSegment, Store
from fieldtool.sync.segments import encode_segment, segment_hash

# settings of a vault; `ROOT` is the organisation's first root, and `SUCCESSIONS` the statements by which others followed it
ROOT, CERTIFICATE, DOCUMENT_CERTIFICATE, SUCCESSIONS = "root", "certificate", "document-certificate", "successions"
_LEFT = "to-settle"
AUTHORITIES = "authorities"  # headquarters' certificates that bundles have brought


T = TypeVar("T")


def wall_clock() -> int:
    """Milliseconds since 1970 UTC as this machine believes."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Session:
    """One unlocked vault. Services take it as their first argument; `close` seals what was written and lets the vault go.

    `on_commit` is called after each unit of work with what it touched: the window's bus listens there. `incarnation` says whether this is
    the vault that was last open here, or a copy of it.
    """

    folder: Path
    store: Store
    envelope: Envelope
    keys: UnlockedKeys
    vocabularies: Vocabularies = field(default_factory=load_vocabularies)
    clock: Clock = wall_clock
    randomness: Randomness = os.urandom
    on_commit: Callable[[ChangeSet], None] | None = None
    incarnation: anchors.Incarnation = anchors.Incarnation.NEW
    own: Store | None = None  # the officer's vault, where `store` is headquarters' database
    anchor_folder: Path | None = None  # where the anchor of this store is kept; None: with those of vaults
    _trust: dict[EntityId, TrustStore] = field(default_factory=dict)
    _lineage: tuple[str, str, Lineage] | None = None  # as read from these two settings
    _made: dict[Hashable, tuple[int, object]] = field(default_factory=dict)  # what was made of the records, and of which state of them

    @property
    def desk(self) -> Store:
        """The vault that this installation's root, certificates and bundle numbers stand in, whatever database its records are in."""
        return self.own or self.store

    # -------------------------------------------------------------------------------------------------- who we are

    @property
    def name(self) -> str:
        """The name of the person whose installation this is."""
        return self.envelope.name

    @property
    def key(self) -> KeyHash:
        """The hash of this installation's signing key."""
        return read_certificate(self.envelope.certificate).key

    @property
    def lineage(self) -> Lineage | None:
        """The organisation's roots, first to present, or None before the first visit file."""
        first, statements = self.desk.setting(ROOT), self.desk.setting(SUCCESSIONS) or "[]"
        if first is None:
            return None
        if self._lineage is None or self._lineage[:2] != (first, statements):
            self._lineage = first, statements, Lineage.of(decode_der(first) or b"", decode_ders(statements))
        return self._lineage[2]

    @property
    def root(self) -> bytes | None:
        """The present root certificate of the organisation (DER), or None before the first visit file."""
        return lineage.present.der if (lineage := self.lineage) else None

    @property
    def org(self) -> bytes:
        """The organisation's id, 32 bytes; zeros before one is pinned."""
        return lineage.org if (lineage := self.lineage) else bytes(32)

    def pen(self) -> Pen:
        """The signing key with its certificates. Raises `KnownError` no-signing-key, no-identity."""
        if self.keys.pen is None:
            raise refuse("no-signing-key")
        chain = self.chain()
        if not chain:
            raise refuse("no-identity")
        return self.keys.pen.carded(chain)

    def chain(self, visit: EntityId = LIBRARY) -> tuple[bytes, ...]:
        """This installation's certificates from its own to the root; empty before there is a card."""
        root = self.root
        if root is None:
            return ()
        trust = self.trust(visit)
        certificate = trust.certificate_of(self.key)
        own = certificate.der if certificate else decode_der(self.desk.setting(CERTIFICATE))
        if own is None and visit == LIBRARY:
            return next((c for v in self.visits() if (c := self.chain(v.id))), ())
        return trust.chain(own) if own else ()

    def is_headquarters(self) -> bool:
        """Whether the organisation's root certified this installation."""
        return self.desk.setting(CERTIFICATE) is not None

    def role(self, visit: EntityId) -> Role:
        """The role of this installation's holder on a visit. Raises `KnownError` no-identity for a visit without a card for it."""
        if self.is_headquarters():
            return Role.HQ
        role = self.trust(visit).role(self.key, visit, self.store.epoch(visit)) if self.root else None
        if role is None:
            raise refuse("no-identity")
        return role

    # ------------------------------------------------------------------------------------------------ whom to believe

    def trust(self, visit: EntityId) -> TrustStore:
        """Whom to believe on a visit: the pinned root and that visit's admin stream.

        Raises `KnownError` no-identity before a root is pinned.
        """
        if visit not in self._trust:
            lineage = self.lineage
            if lineage is None:
                raise refuse("no-identity")
            self._trust[visit] = self.trust_under(lineage, visit)
        return self._trust[visit]

    def trust_under(self, lineage: Lineage, visit: EntityId) -> TrustStore:
        """Whom to believe on a visit if these are the organisation's roots; nothing is kept of it."""
        own = decode_der(self.desk.setting(CERTIFICATE))
        return build_trust(self.store, lineage, visit, [*([own] if own else []), *decode_ders(self.store.setting(AUTHORITIES) or "[]")])

    def meet(self, authorities: Sequence[bytes]) -> None:
        """Remember certificates (DER) of headquarters' installations that a proven bundle has brought: what they said there counts on.

        Each is asked anew whether the organisation's root vouches for it, whenever it matters.
        """
        known = decode_ders(self.store.setting(AUTHORITIES) or "[]")
        if fresh := [der for der in authorities if der not in known]:
            self.store.set_setting(AUTHORITIES, encode_ders(sorted({*known, *fresh})))
            self.forget_trust()

    def pin(self, lineage: Lineage) -> None:
        """Make this vault one organisation's for good: its present root was compared by people, or made here."""
        self.desk.set_setting(ROOT, encode_der(lineage.roots[0].der))
        self.store.set_organisation(lineage.org)
        self.follow(lineage)

    def roots_with(self, pinned: Lineage, statements: Sequence[bytes]) -> Lineage:
        """The organisation's roots as the pinned ones and these statements name them; nothing is kept of it.

        Raises `KnownError` bundle-forged, root-foreign also where earlier roots than our first are named: what took ours over is another.
        """
        lineage = pinned.widened(statements)
        if lineage.org != pinned.org:
            raise refuse("root-foreign")
        return lineage

    def follow(self, lineage: Lineage) -> None:
        """Believe the roots that followed the pinned one, each named by the one before it."""
        said = encode_ders(lineage.statements)
        for store in (self.desk, self.store):
            if (store.setting(SUCCESSIONS) or "[]") != said:
                store.set_setting(SUCCESSIONS, said)
        self.forget_trust()

    def adopt_card(self, visit: EntityId) -> None:
        """Act as headquarters from the moment on when a card of the visit, under the root's certificate, says that this installation is."""
        certificate, card = self.trust(visit).authorities.get(self.key), self.trust(visit).card_of(self.key, visit)
        if certificate is not None and card is not None and not self.is_headquarters():
            self.desk.set_setting(CERTIFICATE, encode_der(certificate.der))
            self.desk.set_setting(DOCUMENT_CERTIFICATE, encode_der(card.document_certificate) if card.document_certificate else None)
            self.forget_trust()

    def forget_trust(self) -> None:
        """Read cards and revocations anew at the next question: the admin stream has grown."""
        self._trust.clear()
        self.store.set_names(self.names())

    def names(self) -> dict[KeyHash, str]:
        """The name on the card of every key known here, and our own."""
        names: dict[KeyHash, str] = {}
        if self.root:
            for visit in (LIBRARY, *(v.id for v in self.visits())):
                trust = self.trust(visit)
                names |= {k: a.name for k, a in trust.authorities.items()} | {k: cards[-1].name for k, cards in trust.cards.items()}
        names.setdefault(self.key, self.name)
        return names

    # ---------------------------------------------------------------------------------------------------------- visits

    def visits(self) -> list[Record]:
        """The visits in this vault that are not deleted, earliest first."""
        return sorted(self.store.list_("visit"), key=lambda v: (str(v.fields.get("start")), v.id))

    def find_visit(self, word: str) -> EntityId:
        """The visit of that reference or id. Raises `KnownError` visit-unknown."""
        for visit in self.visits():
            if word in (visit.id, visit.fields.get("reference")):
                return visit.id
        raise refuse("visit-unknown", visit=word)

    def known_visit(self, visit: EntityId) -> EntityId:
        """`visit`, if there is one. Raises `KnownError` visit-unknown."""
        record = self.store.get(visit)
        if record is None or record.kind != "visit":
            raise refuse("visit-unknown", visit=visit)
        return visit

    def visit_or_only(self, visit: EntityId | None) -> EntityId:
        """`visit`, or the only one there is. Raises `KnownError` visit-needed."""
        if visit is not None:
            return self.known_visit(visit)
        visits = self.visits()
        if len(visits) != 1:
            raise refuse("visit-needed")
        return visits[0].id

    def library_home(self, visit: EntityId | None) -> EntityId:
        """Where a record that belongs to no visit is written: headquarters' library, or in the field the visit at hand."""
        if visit is not None:
            return self.known_visit(visit)
        return LIBRARY if self.is_headquarters() else self.visit_or_only(None)

    def remembered(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` reads from the records, read once as long as nothing is written; anew each time where others write, too.

        `what` names it, and always with the same `make`; nobody changes what is handed out.
        """
        state = self.store.state
        kept = self._made.get(what)
        if state is not None and kept is not None and kept[0] == state:
            return cast(T, kept[1])
        made = make()
        if state is not None:
            self._made[what] = state, made
        return made

    # --------------------------------------------------------------------------------------------------------- writing

    def append(self, drafts: Sequence[Draft], *, visit: EntityId, scope: Scope, origin: str, label: str) -> ChangeSet:
        """Record changes in one transaction and announce them after its commit: the one write path of a user's intentions."""
        author, seal = Author(self.name, self.key), self.seal if self.store.shared else None
        touched = self.store.append(drafts, visit=visit, scope=scope, author=author, origin=origin, label=label, seal=seal)
        self.announce(touched)
        return touched

    def announce(self, touched: ChangeSet) -> None:
        """Tell whoever listens what a committed unit of work touched."""
        if touched and self.on_commit is not None:
            self.on_commit(touched)

    def seal(self, open_segment: OpenSegment) -> SealedSegment:
        """Encode and sign what this installation wrote: the callback that storage seals with."""
        pen = self.keys.pen
        if pen is None:
            raise refuse("no-signing-key")
        if open_segment.key != pen.key_hash:
            raise RuntimeError("a segment that another installation has left open")
        body, values = encode_segment(open_segment, self.randomness)
        return SealedSegment(segment_hash(body), body, pen.sign(SEGMENT_TYPE, body), values)

    def seal_all(self) -> None:
        """Seal every open segment that may travel; without an organisation or a pen they stay open."""
        if self.root is None or self.keys.pen is None:
            return
        visits = {opened.visit for opened in self.store.open_segments()}
        if self.store.seal_all(self.seal):
            self.drop_anchor()
        if revoked := {v for v in visits if self.trust(v).revoked(self.key)}:  # others will not let it count, so neither may this vault
            self.leave_to_settle(self.left_to_settle() | revoked)

    def left_to_settle(self) -> set[EntityId]:
        """The visits of which not everything that their admin stream says has been brought about yet."""
        return {EntityId(v) for v in (self.store.setting(_LEFT) or "").split()}

    def leave_to_settle(self, visits: set[EntityId]) -> None:
        """Remember those visits, whatever becomes of this process."""
        if visits != self.left_to_settle():
            self.store.set_setting(_LEFT, " ".join(sorted(visits)) or None)

    def drop_anchor(self) -> None:
        """Remember outside the vault how far this installation has got."""
        if self.store.may_write:
            anchors.drop_anchor(self.store, self.key, self.anchor_folder)
        if self.own is not None:
            anchors.drop_anchor(self.own, self.key)

    def close(self) -> None:
        """Seal and let the vault go."""
        try:
            if self.store.shared:  # sealed with every unit of work already
                self.drop_anchor()
            else:
                self.seal_all()
        finally:
            self.store.close()
            if self.own is not None:
                self.own.close()
