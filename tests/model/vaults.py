"""Real vaults for the state machine: SQLCipher, real signatures and real bundle files, behind the few verbs that the machine needs."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import signal
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from fieldtool.domain.changes import Draft, Scope, SealedSegment, Segment, SegmentState
from fieldtool.domain.ids import EntityId, LocalChange, SegmentHash
from fieldtool.identity.bundles import verify_segment
from fieldtool.storage import Arrival, Author, MergeOutcome, Store, create_vault, open_vault
from fieldtool.storage.arrivals import Arrivals
from fieldtool.sync.limits import SEGMENT_TYPE
from fieldtool.sync.manifest import Tip
from fieldtool.sync.reader import OpenBundle, open_bundle, read_container
from fieldtool.sync.segments import decode_segment, encode_segment, segment_hash
from tests.unit.sync.containers import write_bundle
from tests.unit.sync.made import VISIT
from tests.unit.sync.organisation import Member, sample

KEY = bytes(range(32))


class Clock:
    """A wall clock that the machine moves; `skew` is how far it is wrong."""

    def __init__(self, skew: int) -> None:
        self.now = 1_760_000_000_000 + skew

    def __call__(self) -> int:
        return self.now


class Vault:
    """One installation: a folder, a member of the organisation, a clock."""

    def __init__(self, folder: Path, member: Member, clock: Clock, randomness: Callable[[int], bytes], store: Store) -> None:
        self.folder, self.member, self.clock, self.randomness, self.store = folder, member, clock, randomness, store
        self.bundles = 0

    @classmethod
    def make(cls, folder: Path, member: Member, clock: Clock, randomness: Callable[[int], bytes]) -> Vault:
        """An empty vault."""
        folder.mkdir()
        store = create_vault(folder, KEY, clock=clock, randomness=randomness)
        store.set_organisation(sample().trust.org)
        return cls(folder, member, clock, randomness, store)

    def copy(self, folder: Path) -> Path:
        """The vault's files as a backup or a cloned disk holds them."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self.store = open_vault(self.folder, KEY, clock=self.clock, randomness=self.randomness)
        return folder

    def opened_at(self, folder: Path, clock: Clock) -> Vault:
        """A second installation from copied files."""
        return Vault(folder, self.member, clock, self.randomness, open_vault(folder, KEY, clock=clock, randomness=self.randomness))

    def write(
        self, entity: EntityId, values: Mapping[str, str], parents: Mapping[str, Collection[LocalChange]], scope: Scope = Scope.SHARED
    ) -> dict[str, LocalChange]:
        """Changes of one record by this vault's member, in one unit of work; their local numbers. Without `parents` they see all heads."""
        drafts = [Draft(entity, "note", k, v, tuple(parents[k]) if k in parents else None) for k, v in values.items()]
        author = Author(self.member.name, self.member.pen.key_hash)
        self.store.append(drafts, visit=VISIT, scope=scope, author=author, origin="machine", label="edit")
        unit = self.store.last_unit("machine")
        assert unit is not None
        return {step.field: step.change for step in unit.steps}

    def seal(self, sealed: Callable[[Segment, SegmentHash], None]) -> None:
        """Seal what is open; `sealed` is told of each segment."""

        def encode(opened: Segment) -> SealedSegment:
            body, values = encode_segment(dataclasses.replace(opened, key=self.member.pen.key_hash), self.randomness)
            made = SealedSegment(segment_hash(body), body, self.member.pen.sign(SEGMENT_TYPE, body), values)
            sealed(opened, made.hash)
            return made

        self.store.seal(VISIT, Scope.SHARED, encode)

    def pack(self, segments: Sequence[SealedSegment], folder: Path) -> bytes:
        """A bundle file of these segments for everybody in the organisation."""
        ours = sample()
        self.bundles += 1
        have = tuple(Tip(stream, name) for stream, name in self.store.tips(VISIT))
        made = ours.manifest(self.member, [ours.hq, ours.expert, ours.other, ours.second], n=self.bundles, have=have)
        path = folder / "bundle.ftbundle"
        write_bundle(path, made, segments, locks=ours.locks(self.member, [r.address for r in made.recipients]))
        return path.read_bytes()

    def open(self, data: bytes) -> OpenBundle:
        """A bundle as this vault's member reads it. Raises `KnownError`."""
        reader = self.member.reader
        return open_bundle(sample().verify(read_container(io.BytesIO(data), reader.decrypt_stream, name="bundle")), {reader.recipient})

    def take(self, segments: Iterable[SealedSegment], states: Callable[[Segment], SegmentState]) -> MergeOutcome:
        """Verify, judge and merge sealed segments."""
        arrivals = []
        for sealed in segments:
            segment = decode_segment(sealed)
            signer = verify_segment(sealed, segment, sample().trust).signer
            arrivals.append(Arrival(sealed, segment, states(segment), claimed_name=signer.name))
        return self.store.merge(arrivals, origin="import")

    def killed_while_taking(self, segments: Iterable[SealedSegment], states: Callable[[Segment], SegmentState], where: str) -> None:
        """A process of its own is killed in the middle of such a merge, when it gets to `where`; then the vault is opened again."""
        self.store.close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a test runner has threads; the child uses none of theirs
            child = os.fork()
        if child == 0:
            try:
                setattr(Arrivals, where, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
                self.store = open_vault(self.folder, KEY, clock=self.clock, randomness=self.randomness)
                self.take(segments, states)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "nothing was interrupted"
        self.store = open_vault(self.folder, KEY, clock=self.clock, randomness=self.randomness)


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
