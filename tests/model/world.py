"""Several vaults and their models side by side: every step is done to both, and whatever they say is compared; it chooses no steps."""

from __future__ import annotations

import dataclasses
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fieldtool.domain.changes import Scope, SealedSegment, SegmentState
from fieldtool.domain.changes import Segment as RealSegment
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, KeyHash, LocalChange, SegmentHash, id_bytes
from fieldtool.storage import Verdict
from fieldtool.sync.payload import unpack_segments
from tests.model.reference import Change, Replica, Segment
from tests.model.vaults import Clock, Vault, described
from tests.unit.sync.containers import unpack
from tests.unit.sync.made import VISIT
from tests.unit.sync.organisation import Member, sample

ENTITIES = [EntityId(f"01900000-0000-7000-8000-0000000000e{i}") for i in range(2)]
NOTES = [EntityId(f"01900000-0000-7000-8000-0000000000f{i}") for i in range(3)]  # begin as private ones, each in one vault
LINK = "recommendations/01900000-0000-7000-8000-0000000000d1"
DAMAGED = {"bundle-altered", "bundle-truncated", "bundle-not-for-you", "bundle-forged", "file-foreign"}

happened: Counter[str] = Counter()


@dataclass
class Node:
    """A real vault, its model, and which local number stands for which change of the model."""

    vault: Vault
    model: Replica
    numbers: dict[int, LocalChange] = field(default_factory=dict)

    @property
    def author(self) -> KeyHash:
        """The key that signs here."""
        return self.vault.member.pen.key_hash


class World:
    """What there is: vaults with their models, backups, files on their way, and everything that was ever sealed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="fieldtool-machine-"))
        self.random = random.Random(1)
        self.nodes: list[Node] = []
        self.backups: list[tuple[int, Path, Node]] = []
        self.mail: list[bytes] = []
        self.real: dict[bytes, SealedSegment] = {}
        self.sealed: dict[bytes, Segment] = {}
        self.revoked: dict[bytes, frozenset[bytes]] = {}
        self.folders = 0
        self.changes = 0
        self.begun: set[EntityId] = set()  # private notes that somebody has made
        self.shared: set[EntityId] = set()  # those that somebody has shared
        self.secrets: set[str] = set()  # what was only ever said in private

    def new_folder(self) -> Path:
        """A path that does not exist yet."""
        self.folders += 1
        return self.folder / f"vault-{self.folders}"

    def node(self, number: int) -> Node:
        """One of the vaults there are."""
        return self.nodes[number % len(self.nodes)]

    def people(self) -> list[Member]:
        """Everybody with a card, by installation: headquarters, two experts, and the first expert's second laptop."""
        ours = sample()
        return [ours.hq, ours.expert, ours.other, ours.second]

    def newcomer(self, member: Member, clock: Clock) -> Node:
        """A vault that begins now, empty; whoever is to read it has all cards."""
        self.nodes.append(Node(Vault.make(self.new_folder(), member, clock, self.random.randbytes), Replica()))
        return self.nodes[-1]

    def write(self, node: Node, entity: EntityId, key: str, value: str, shown: set[int] | None) -> None:
        """The same change in model and vault; both must agree whether it rewrites an open one."""
        model = node.model
        parents = shown
        if parents is None:
            everything = model.fields(entity) if key == "deleted" else {key}
            parents = {h.id for f in everything for h in model.heads(entity, f)}
        scope, log = (Scope.PRIVATE, model.private) if entity in NOTES and model.kept(entity) else (Scope.SHARED, model.open)
        given = {} if shown is None else {key: {node.numbers[p] for p in shown}}
        local = node.vault.write(entity, {key: value}, given, scope)[key]
        self.note(node, log, (entity, key, value), parents, local)

    def note(self, node: Node, log: list[Change], said: tuple[EntityId, str, str], parents: set[int], local: LocalChange) -> None:
        """Enter what the vault has written into one of the model's logs."""
        model, (entity, key, value) = node.model, said
        stored = model.stored()
        hlc = max([node.vault.clock.now << 16, *(stored[p].hlc + 1 for p in parents)])
        old = next((c for c in log if node.numbers[c.id] == local), None)
        if old is not None:
            assert old.parents == parents, "a change was rewritten that did not follow the same heads"
            assert old in model.heads(entity, key)
            log[log.index(old)] = dataclasses.replace(old, value=value, hlc=max(hlc, old.hlc))
            happened["rewritten"] += 1
            return
        self.changes += 1
        log.append(Change(self.changes, entity, key, value, hlc, node.author, frozenset(parents)))
        node.numbers[self.changes] = local

    def keep(self, node: Node, note: EntityId, key: str, pick: int) -> None:
        """Something is said in a private note, a new one or one that is only here."""
        if note not in self.begun:
            self.begun.add(note)
            local = node.vault.write(note, {"private": "true"}, {}, Scope.PRIVATE)["private"]
            self.note(node, node.model.private, (note, "private", "true"), set(), local)
        if node.model.kept(note):
            value = f'"only mine {self.changes}"' if key == "text" else self.some_value(key, pick)
            self.secrets |= {value.strip('"')} if key == "text" else set()
            self.write(node, note, key, value, None)
            happened["private notes"] += 1

    def share(self, node: Node, note: EntityId) -> None:
        """What a private note says now is said to all, in one unit of work: new changes that follow nothing."""
        model = node.model
        values = {key: model.value(note, key) for key in sorted(model.fields(note))} | {"private": "false"}
        seen = {key: {node.numbers[h.id] for h in model.heads(note, key)} for key in values}
        numbers = node.vault.write(note, values, seen)
        for key, value in values.items():
            self.note(node, model.open, (note, key, value), set(), numbers[key])
        self.secrets.discard(values.get("text", "").strip('"'))
        self.shared.add(note)
        happened["shared notes"] += 1

    def pack(self, node: Node, segments: Sequence[SealedSegment]) -> bytes:
        """A bundle file of these segments; no byte of it knows of what is private, in any of its parts, unpacked."""
        data = node.vault.pack(segments, self.folder)
        parts = unpack(node.vault.member.reader.decrypt(data))
        told = [b"".join((s.body, s.values)) for s in unpack_segments(parts["segments.zst"])] if "segments.zst" in parts else []
        everything = b"".join([*parts.values(), *told])
        hidden = [*(s.encode() for s in self.secrets), *(x for n in self.begun - self.shared for x in (id_bytes(n), n.encode()))]
        assert not [h for h in hidden if h in everything], "a bundle tells what is private"
        happened["looked for secrets"] += bool(hidden and told)
        return data

    def some_value(self, key: str, pick: int) -> str:
        """A value of that field; texts are new, but sometimes two people write the same."""
        if key == "text":
            return f'"words {pick if pick < 2 else 1000 + self.changes}"'
        if key == "marking":
            return ['"public"', '"internal"', '"restricted"', '"confidential"'][pick % 4]
        return "true" if pick % 2 else "false"

    def seal(self, node: Node) -> None:
        """Seal both; what the vault hands out to be signed must be what the model expects."""

        def sealed(opened: RealSegment, name: SegmentHash) -> None:
            ours = node.model.open[: len(opened.rows)]
            del node.model.open[: len(opened.rows)]
            names = self.names_of(node) | {c.id: (None, n) for n, c in enumerate(ours)}
            for row, change in zip(opened.rows, ours, strict=True):
                assert (opened.entities[row.entity], row.field) == ((change.entity, "note"), change.field)
                assert (row.value, row.hlc) == (change.value, change.hlc)
                assert {(p.segment, p.row) for p in row.parents} == {names[p] for p in change.parents}
            ends = node.model.ends(opened.stream)  # a copy that has heard of the other one's work goes on after it
            assert (opened.prev, opened.seq0) in {node.model.tip or (None, 0), *ends}
            node.model.tip = name, opened.seq0 + len(ours)
            made = self.sealed.setdefault(name, Segment(name, node.author, opened.stream, opened.seq0, opened.prev, tuple(ours)))
            node.numbers.update({same.id: node.numbers[c.id] for same, c in zip(made.changes, ours, strict=True)})
            node.model.held.add(made)  # two copies of one vault may seal the very same bytes: then it is one segment

        node.vault.seal(sealed)
        assert node.model.open == []
        for found in node.vault.store.sealed([SegmentHash(s.name) for s in node.model.held if s.name not in self.real]):
            self.real[found.hash] = found
        if node.author in node.model.revoked:
            self.restate(node)  # a vault that knows its own key to be revoked judges itself as others do

    def names_of(self, node: Node) -> dict[int, tuple[bytes | None, int]]:
        """Where each sealed change of the model stands."""
        return {c.id: (s.name, n) for s in node.model.held for n, c in enumerate(s.changes)}

    def number_changes(self, node: Node) -> None:
        """Learn the vault's local numbers of what has come from elsewhere."""
        for change, (name, row) in self.names_of(node).items():
            if change not in node.numbers:
                assert name is not None
                found = node.vault.store.change_named(f"{name.hex()[:16]}-{row}")
                assert found is not None
                node.numbers[change] = found

    def judged(self, node: Node) -> Callable[[RealSegment], SegmentState]:
        """What that vault makes of a new segment before its chain is known."""
        return lambda s: SegmentState.HELD if s.key in node.model.strangers else SegmentState.ACCEPTED

    def restate(self, node: Node) -> None:
        """Judge every segment of the vault as the model does; gaps are the vault's own business."""
        verdicts = {}
        for segment in node.model.held:
            state = SegmentState.ACCEPTED
            if segment.name in node.model.aside:
                state = SegmentState.SET_ASIDE
            elif segment.author in node.model.strangers:
                state = SegmentState.HELD
            elif not node.model.believed(segment):
                state = SegmentState.REVOKED
            verdicts[SegmentHash(segment.name)] = Verdict(state)
        node.vault.store.restate(verdicts, origin="machine")

    def deliver(self, node: Node, data: bytes) -> None:
        """One file reaches one vault; known segments change nothing."""
        self.take(node, node.vault.open(data).segments)

    def take(self, node: Node, segments: Sequence[SealedSegment]) -> None:
        """Merge into model and vault; both must find the same segments new, and the same ones waiting."""
        before = node.vault.store.change_count()
        outcome = node.vault.take(segments, self.judged(node))
        new = {self.sealed[s.hash] for s in segments} - node.model.held
        assert outcome.new == len(new)
        assert outcome.faulty == ()
        node.model.held |= new
        readmitted = node.model.aside & {s.hash for s in segments}
        node.model.aside -= readmitted
        if new or readmitted:
            self.restate(node)
        assert set(outcome.waiting) == {s.name for s in node.model.waiting() & new}
        assert node.vault.store.change_count() == before + sum(len(s.changes) for s in new)
        happened["imports" if new else "repeats"] += 1
        happened["waiting"] += bool(outcome.waiting)

    def refused(self, node: Node, data: bytes) -> None:
        """The file is refused with a sentence; nothing of it stays (`agree` compares afterwards)."""
        with pytest.raises(KnownError) as caught:
            node.vault.open(data)
        assert caught.value.code in DAMAGED
        happened["rejections"] += 1

    def hear_only_the_end(self, node: Node, copied: Node) -> None:
        """A copy goes on and only its last segment arrives; the vault must not go on after what it cannot place."""
        for _ in range(2):
            self.write(copied, ENTITIES[0], "text", self.some_value("text", 5), None)
            self.seal(copied)
        assert copied.model.tip is not None
        self.mail.append(self.pack(copied, [self.real[copied.model.tip[0]]]))
        self.deliver(node, self.mail[-1])
        self.write(node, ENTITIES[0], "text", self.some_value("text", 5), None)
        self.seal(node)

    def same(self, node: Node, vault: Vault) -> Node:
        """A copy that goes on alone: what is still open in it will stand in another segment, so these are other changes."""
        model = node.model
        anew = {c.id: self.changes + n for n, c in enumerate(model.open, 1)}
        self.changes += len(anew)
        copied = [dataclasses.replace(c, id=anew[c.id], parents=frozenset(anew.get(p, p) for p in c.parents)) for c in model.open]
        held = Replica(set(model.held), copied, list(model.private), model.tip, set(model.strangers), dict(model.revoked), set(model.aside))
        return Node(vault, held, {anew.get(c, c): local for c, local in node.numbers.items()})

    def begin_stream(self, node: Node) -> None:
        """The vault has found out that it is a copy: what it still writes belongs to a new stream."""
        self.seal(node)
        node.vault.store.new_streams()
        node.model.tip = None

    def set_aside(self, node: Node, name: bytes) -> None:
        """The segment no longer counts at that vault."""
        node.model.aside.add(name)
        self.restate(node)
        happened["undone imports"] += 1

    def compare(self, node: Node) -> None:
        """One vault against its model."""
        store, model = node.vault.store, node.model
        self.number_changes(node)
        assert set(store.tips(VISIT)) == model.tips()
        assert {f.segments for f in store.forks()} == {
            tuple(sorted(s.name for s in model.held if (s.stream, s.prev) == place)) for place in model.forks()
        }
        happened["forks"] += bool(model.forks())
        for entity in ENTITIES + NOTES:
            record = store.get(entity)
            fields = model.fields(entity)
            if record is None:
                assert not fields
                continue
            assert set(record.conflicts) == model.conflicts(entity)
            assert record.deleted == model.deleted(entity)
            assert record.private == model.kept(entity)
            happened["conflicts"] += bool(record.conflicts)
            assert set(record.heads) == fields
            for key in fields:
                heads = model.heads(entity, key)
                assert {h.change for h in store.heads(entity, key)} == {node.numbers[h.id] for h in heads}
                assert {h.value for h in store.heads(entity, key)} == {h.value for h in heads}
            assert record.fields.get("text") == _plain(model, entity, "text")
            assert record.fields.get("marking") == _plain(model, entity, "marking")
            links = [LINK.split("/")[1]] if LINK in fields and model.value(entity, LINK) == "true" else []
            assert record.fields.get("recommendations", []) == links

    def everybody_has_everything(self) -> None:
        """Union laws, no loss, and incremental equals rebuilt."""
        for node in self.nodes:
            self.seal(node)
            self.mail.append(self.pack(node, list(node.vault.store.segments_after(VISIT, []))))
        self.newcomer(sample().hq, Clock(0))
        for node in self.nodes:
            node.model.strangers.clear()
            node.model.aside.clear()
            node.model.revoked = dict(self.revoked)
            self.restate(node)
        everything = list(self.real.values())
        self.random.shuffle(everything)
        opened = [self.nodes[0].vault.open(data).segments for data in self.mail]
        for node in self.nodes:
            loads = opened + [(segment,) for segment in everything]
            self.random.shuffle(loads)
            for segments in loads:
                self.take(node, segments)
            self.compare(node)
        # Shared words may have been lost with their laptop, or count no more: then the note is private again where it began.
        entities = [*ENTITIES, *(n for n in NOTES if not any(node.model.kept(n) for node in self.nodes))]
        said = [described(node.vault.store, entities) for node in self.nodes]
        for node, before in zip(self.nodes, said, strict=True):
            node.vault.store.rebuild()
            assert described(node.vault.store, entities) == before, "rebuilt, the vault says something else"
            self.compare(node)
        for other in said[1:]:
            assert other == said[0], "vaults that hold the same say different things"
        self.nothing_is_lost(self.nodes[0].model)

    def nothing_is_lost(self, model: Replica) -> None:
        """Every accepted change is a head or an ancestor of one, and no clock runs behind its parents."""
        heads = {h.id for e in ENTITIES + NOTES for f in model.fields(e) for h in model.heads(e, f)}
        assert {c.id for c in model.counting()} <= model.ancestry(heads)
        stored = model.stored()
        assert all(c.hlc > stored[p].hlc for c in stored.values() for p in c.parents if p in stored)
        assert model.waiting() == set()


def _plain(model: Replica, entity: str, key: str) -> str | None:
    return model.value(entity, key).strip('"') if key in model.fields(entity) else None
