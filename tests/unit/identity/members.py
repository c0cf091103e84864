"""A sample organisation with real keys, made once for the tests of this room; it holds no test."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from fieldtool.domain.authority import Role
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import LIBRARY, EntityId, KeyHash
from fieldtool.identity.age import AgeReader
from fieldtool.identity.envelope import Envelope, UnlockedKeys, create_envelope
from fieldtool.identity.pen import Pen
from fieldtool.identity.recovery import RecoverySheet
from fieldtool.identity.requests import Issued, certify, make_request, read_request
from fieldtool.identity.roots import RootFile, RootKey, create_root
from fieldtool.identity.trust import Card, TrustStore

VISIT = EntityId("018f0000-0000-7000-8000-000000000001")
OTHER_VISIT = EntityId("018f0000-0000-7000-8000-000000000002")
PASSPHRASE, ROOT_PASSPHRASE = "зелёный чайник летит над рекой", "the root lies in the safe"


@dataclass(frozen=True)
class Member:
    """Somebody with a vault of their own, and what headquarters issued, if anything."""

    name: str
    envelope: Envelope
    keys: UnlockedKeys
    sheet: RecoverySheet
    issued: Issued | None
    chain: tuple[bytes, ...]

    @property
    def pen(self) -> Pen:
        assert self.keys.pen is not None
        return self.keys.pen.carded(self.chain)

    @property
    def key(self) -> KeyHash:
        return self.pen.key_hash

    @property
    def reader(self) -> AgeReader:
        return self.keys.reader

    def card(self, role: Role = Role.EXPERT, visit: EntityId = VISIT, epoch: int = 1) -> Card:
        """This member's card as headquarters writes it."""
        assert self.issued is not None
        return Card(
            self.key, self.name, role, visit, self.issued.certificate, self.reader.recipient, epoch,
            document_certificate=self.issued.document_certificate,
        )  # fmt: skip


@dataclass(frozen=True)
class Organisation:
    """A root, headquarters, a head and an expert, and a newcomer without a card; each made when first asked for."""

    root_file: RootFile
    root: RootKey
    seed: int

    @cached_property
    def hq(self) -> Member:
        return member("Карин Хольм", self.seed + 10, self.root, Role.HQ)

    @cached_property
    def head(self) -> Member:
        return member("Élodie Marchetti", self.seed + 20, self.hq)

    @cached_property
    def expert(self) -> Member:
        return member("Анна Ковалёва", self.seed + 30, self.hq)

    @cached_property
    def newcomer(self) -> Member:
        return member("Նարեկ Սարգսյան", self.seed + 40)

    def trust(self, *more: Card) -> TrustStore:
        """What a vault of this visit believes."""
        cards = (self.hq.card(Role.HQ, LIBRARY), self.head.card(Role.HEAD), self.expert.card())
        return TrustStore.build(self.root.certificate, (*cards, *more))


def counted(seed: int) -> Callable[[int], bytes]:
    """Bytes that are the same in every run."""
    return random.Random(seed).randbytes


def member(name: str, seed: int, issuer: Member | RootKey | None = None, role: Role = Role.EXPERT) -> Member:
    """Somebody new, with certificates if there is somebody to issue them."""
    envelope, keys, sheet = create_envelope(PASSPHRASE, name=name, randomness=counted(seed))
    if issuer is None:
        return Member(name, envelope, keys, sheet, None, ())
    assert keys.pen is not None
    request = read_request(make_request(keys.pen, envelope.document_certificate, keys.reader.recipient, name=name))
    issued = certify(issuer if isinstance(issuer, RootKey) else issuer.pen, request, role, randomness=counted(seed + 1))
    above = (issuer.certificate,) if isinstance(issuer, RootKey) else issuer.chain
    return Member(name, envelope, keys, sheet, issued, (issued.certificate, *above))


@cache
def organisation(name: str = "Sample organisation", seed: int = 1) -> Organisation:
    """The organisation of that name; its keys are the same in every run, save age's."""
    root_file, root = create_root(name, ROOT_PASSPHRASE, randomness=counted(seed))
    return Organisation(root_file, root, seed)


def code_of(call: Callable[[], object]) -> str:
    """The code of the known error that the call ends with, or "none"; anything else it raises goes on."""
    try:
        call()
    except KnownError as error:
        return error.code if error.what and error.next_step else "without a sentence"
    return "none"


def flipped(raw: bytes, bit: int) -> bytes:
    """`raw` with one bit turned."""
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
