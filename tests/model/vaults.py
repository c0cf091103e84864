"""Real vaults for the state machine: sessions over SQLCipher, real signatures and bundle files, behind the few verbs that it needs."""

from __future__ import annotations

import os
import shutil
import signal
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Draft, Scope, SealedSegment, Segment
from fieldtool.domain.ids import Clock as ReadClock
from fieldtool.domain.ids import EntityId, LocalChange, SegmentHash
from fieldtool.identity.bundles import UnverifiedBundle, VerifiedBundle, verify_bundle
from fieldtool.identity.certificates import Use
from fieldtool.identity.envelope import Envelope, UnlockedKeys
from fieldtool.identity.keyfile import Stretching
from fieldtool.identity.lineage import Lineage
from fieldtool.identity.trust import Card, TrustStore
from fieldtool.services import importing, settling
from fieldtool.services.admin import encode_der
from fieldtool.services.session import CERTIFICATE, Session
from fieldtool.services.vocabularies import load_vocabularies
from fieldtool.storage import Author, Store, create_vault, open_vault
from fieldtool.storage.arrivals import Arrivals
from fieldtool.storage.units import Step
from fieldtool.sync.manifest import Tip
from fieldtool.sync.writer import Locks
from tests.unit.sync.containers import encrypting, write_bundle
from tests.unit.sync.made import VISIT, counted
from tests.unit.sync.organisation import Member, sample

KEY = bytes(range(32))
_vocabularies = cache(load_vocabularies)


class Clock:
    """A wall clock that the machine moves; `skew` is how far it is wrong."""

    def __init__(self, skew: int) -> None:
        self.now = 1_760_000_000_000 + skew

    def __call__(self) -> int:
        return self.now


@dataclass
class Installation(Session):
    """A session that tells of what it seals; whether a vault knows that it was copied, the machine says."""

    sealed: Callable[[Segment, SegmentHash], None] = lambda _opened, _name: None

    def seal(self, open_segment: Segment) -> SealedSegment:
        """Seal, and tell."""
        made = Session.seal(self, open_segment)
        self.sealed(open_segment, made.hash)
        return made

    def drop_anchor(self) -> None:
        """None: see above."""


def certificate(member: Member) -> bytes:
    """The certificate (DER) that headquarters issues to a member, in whatever role."""
    return member.pen.certificate or _of_the_stranger()


@cache
def _of_the_stranger() -> bytes:
    pen = sample().stranger.pen
    return sample().hq.pen.issue(Use.INSTALLATION, pen.spki, sample().stranger.name, counted(9).randbytes)


def _opened(folder: Path, member: Member, clock: ReadClock, randomness: Callable[[int], bytes], store: Store) -> Installation:
    own, address = member.pen.self_certificate, member.reader.recipient
    envelope = Envelope(member.name, own, own, address, address, Stretching(bytes(16)), {}, {}, {})
    keys = UnlockedKeys(KEY, member.pen, member.reader)
    session = Installation(folder, store, envelope, keys, _vocabularies(), clock, randomness)
    session.forget_trust()
    settling.settle_what_is_left(session)
    return session


class Vault:
    """One installation: a folder, a member of the organisation, a clock."""

    def __init__(self, folder: Path, member: Member, clock: Clock, randomness: Callable[[int], bytes], store: Store) -> None:
        self.folder, self.member, self.clock, self.randomness = folder, member, clock, randomness
        self.session = _opened(folder, member, clock, randomness, store)
        self.bundles = 0

    @property
    def store(self) -> Store:
        """What the vault holds."""
        return self.session.store

    @classmethod
    def make(cls, folder: Path, member: Member, clock: Clock, randomness: Callable[[int], bytes]) -> Vault:
        """An empty vault of the organisation, whose root was compared."""
        folder.mkdir()
        vault = cls(folder, member, clock, randomness, create_vault(folder, KEY, clock=clock, randomness=randomness))
        if member == sample().hq:
            vault.store.set_setting(CERTIFICATE, encode_der(certificate(member)))
        vault.session.pin(Lineage.of(sample().root))
        return vault

    def copy(self, folder: Path) -> Path:
        """The vault's files as a backup or a cloned disk holds them."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self.reopen()
        return folder

    def reopen(self) -> None:
        """Open the files again, as at the next start of the program."""
        store = open_vault(self.folder, KEY, clock=self.clock, randomness=self.randomness)
        self.session = _opened(self.folder, self.member, self.clock, self.randomness, store)

    def opened_at(self, folder: Path, clock: Clock) -> Vault:
        """A second installation from copied files."""
        return Vault(folder, self.member, clock, self.randomness, open_vault(folder, KEY, clock=clock, randomness=self.randomness))

    def write(
        self, entity: EntityId, values: Mapping[str, str], parents: Mapping[str, Collection[LocalChange]], scope: Scope = Scope.SHARED
    ) -> dict[str, LocalChange]:
        """Changes of one record by this vault's member, whatever their role, in one unit of work; their local numbers.

        Without `parents` they see all heads.
        """
        drafts = [Draft(entity, "note", k, v, tuple(parents[k]) if k in parents else None) for k, v in values.items()]
        author = Author(self.member.name, self.member.pen.key_hash)
        self.store.append(drafts, visit=VISIT, scope=scope, author=author, origin="machine", label="edit")
        return {step.field: step.change for step in self.last_steps()}

    def last_steps(self) -> Sequence[Step]:
        """What the last unit of work has written."""
        unit = self.store.last_unit("machine")
        assert unit is not None
        return unit.steps

    def pack(self, segments: Sequence[SealedSegment], folder: Path) -> bytes:
        """A bundle file of these segments for everybody there is."""
        ours = sample()
        self.bundles += 1
        have = tuple(Tip(stream, name) for stream, name in self.store.tips(VISIT))
        readers = [ours.hq, ours.expert, ours.other, ours.second, ours.stranger]
        made = ours.manifest(self.member, readers, n=self.bundles, have=have)
        path = folder / "bundle.ftbundle"
        addresses = [r.address for r in made.recipients]
        locks = Locks(self.member.pen.sign_cms, encrypting(addresses), self.member.reader.decrypt_stream, _by_all)
        write_bundle(path, made, segments, locks=locks)
        return path.read_bytes()

    def take(self, data: bytes) -> importing.Imported:
        """A file arrives. Raises `KnownError`."""
        path = self.folder / "arrived.ftbundle"
        path.write_bytes(data)
        return importing.import_file(self.session, path, most_conflicts=None)

    def killed_while_taking(self, data: bytes, where: str, calls: int) -> bool:
        """A process of its own is killed in the middle of an import, when it gets to `where` for the n-th time; the vault is opened again.

        Whether it got there.
        """
        self.store.close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a test runner has threads; the child uses none of theirs
            child = os.fork()
        if child == 0:
            try:
                self._die_at(data, where, calls)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        self.reopen()
        return os.WIFSIGNALED(status)

    def _die_at(self, data: bytes, where: str, calls: int) -> None:
        real, left = getattr(Arrivals, where), iter(range(calls))

        def dying(*given: object) -> object:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given)

        setattr(Arrivals, where, dying)
        self.reopen()
        self.take(data)


@cache
def _everybody() -> TrustStore:
    ours = sample()
    stranger = Card(ours.stranger.pen.key_hash, ours.stranger.name, Role.EXPERT, VISIT, certificate(ours.stranger), epoch=1)
    cards = [card for cards in ours.trust.cards.values() for card in cards]
    return TrustStore.build(ours.root, [*cards, stranger], authorities=[certificate(ours.hq)])


def _by_all(bundle: UnverifiedBundle) -> VerifiedBundle:
    """A writer reads back its own file, whoever else may believe it."""
    return verify_bundle(bundle, _everybody())


def described(store: Store, entities: Iterable[EntityId]) -> Mapping[str, object]:
    """Everything that has to be equal on vaults that hold the same: records, conflicts, heads by public content."""
    said: dict[str, object] = {}
    for entity in entities:
        record = store.get(entity)
        if record is None:
            continue
        heads = {key: sorted((h.value or "", h.hlc, h.key) for h in store.heads(record.id, key)) for key in sorted(record.heads)}
        said[entity] = (
            record.kind, record.fields, record.deleted, record.conflicts, record.made_at, record.changed_at, record.made_by,
            record.changed_by, heads,
        )  # fmt: skip
    conflicts = [(c.entity, c.field, sorted((h.value or "", h.hlc, h.key) for h in c.heads)) for c in store.conflicts()]
    said["conflicts"] = sorted(conflicts)
    return said
