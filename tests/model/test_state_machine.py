"""Model and real vaults, driven by the same steps: no step may tell them apart, and in the end all vaults say the same."""

from __future__ import annotations

import dataclasses
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from fieldtool.domain.changes import SealedSegment, SegmentState
from fieldtool.domain.changes import Segment as RealSegment
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, KeyHash, LocalChange, SegmentHash
from fieldtool.identity.age import encrypt
from fieldtool.storage import Verdict
from fieldtool.sync import container
from tests.effort import EFFORT
from tests.model.reference import Change, Replica, Segment
from tests.model.vaults import Clock, Vault, described
from tests.unit.sync.made import VISIT
from tests.unit.sync.organisation import Member, sample

ENTITIES = [EntityId(f"01900000-0000-7000-8000-0000000000e{i}") for i in range(2)]
LINK = "recommendations/01900000-0000-7000-8000-0000000000d1"
KEYS = ["text", "marking", LINK, "deleted"]
YEARS = 365 * 86_400_000
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


class Machine(RuleBasedStateMachine):
    """Three people, up to six vaults, files between them."""

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

    # --------------------------------------------------------------------------------------------------------------- set-up

    def new_folder(self) -> Path:
        """A path that does not exist yet."""
        self.folders += 1
        return self.folder / f"vault-{self.folders}"

    some_skews = st.lists(st.sampled_from([0, 0, -30 * YEARS, 20 * YEARS]), min_size=3, max_size=3)

    @initialize(skews=some_skews, late=st.sampled_from([{0}, {1}, {2}, set()]))
    def begin(self, skews: list[int], late: set[int]) -> None:
        """Three vaults; somebody's card may be late for the others."""
        members: list[Member] = [sample().hq, sample().expert, sample().other]
        for member, skew in zip(members, skews, strict=True):
            vault = Vault.make(self.new_folder(), member, Clock(skew), self.random.randbytes)
            self.nodes.append(Node(vault, Replica()))
        for number in late:
            for node in self.nodes:
                if node.author != members[number].pen.key_hash:
                    node.model.strangers.add(members[number].pen.key_hash)

    def teardown(self) -> None:
        """Let everybody have everything, in any order, and compare; then remove the files."""
        try:
            if self.nodes:
                self.everybody_has_everything()
        finally:
            for node in self.nodes:
                node.vault.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def node(self, number: int) -> Node:
        """One of the vaults there are."""
        return self.nodes[number % len(self.nodes)]

    # --------------------------------------------------------------------------------------------------------------- edits

    def write(self, node: Node, entity: EntityId, key: str, value: str, shown: set[int] | None) -> None:
        """The same change in model and vault; both must agree whether it rewrites an open one."""
        model = node.model
        parents = shown
        if parents is None:
            everything = model.fields(entity) if key == "deleted" else {key}
            parents = {h.id for f in everything for h in model.heads(entity, f)}
        stored = model.stored()
        local = node.vault.write(entity, key, value, None if shown is None else {node.numbers[p] for p in shown})
        hlc = max([node.vault.clock.now << 16, *(stored[p].hlc + 1 for p in parents)])
        old = next((c for c in model.open if node.numbers[c.id] == local), None)
        if old is not None:
            assert old.parents == parents, "a change was rewritten that did not follow the same heads"
            assert old in model.heads(entity, key)
            model.open[model.open.index(old)] = dataclasses.replace(old, value=value, hlc=max(hlc, old.hlc))
            happened["rewritten"] += 1
            return
        self.changes += 1
        model.open.append(Change(self.changes, entity, key, value, hlc, node.author, frozenset(parents)))
        node.numbers[self.changes] = local

    def some_value(self, key: str, pick: int) -> str:
        """A value of that field; texts are new, but sometimes two people write the same."""
        if key == "text":
            return f'"words {pick if pick < 2 else 1000 + self.changes}"'
        if key == "marking":
            return ['"public"', '"internal"', '"restricted"', '"confidential"'][pick % 4]
        return "true" if pick % 2 else "false"

    which = st.integers(0, 11)

    some_edits = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(KEYS), st.integers(0, 9)), min_size=1, max_size=4)

    @rule(i=which, edits=some_edits, later=st.integers(0, 90_000))
    def edit(self, i: int, edits: list[tuple[int, str, int]], later: int) -> None:
        """Somebody edits what they see: all heads."""
        node = self.node(i)
        node.vault.clock.now += later
        for e, key, pick in edits:
            if key != "deleted" or node.model.fields(ENTITIES[e]):
                self.write(node, ENTITIES[e], key, self.some_value(key, pick), None)

    @rule(i=which, j=which, edits=some_edits)
    def edit_and_hand_over(self, i: int, j: int, edits: list[tuple[int, str, int]]) -> None:
        """A day's work: something is written, a file made, and read by somebody."""
        self.edit(i, edits, 1_000)
        self.export(i, j, "delta", self.random)
        self.deliver(self.node(j), self.mail[-1])

    @rule(i=st.integers(0, 2), aside=st.booleans())
    def one_after_the_other(self, i: int, aside: bool) -> None:
        """Three edit the same text in turn; then the first may stop believing what stands between."""
        j, k = (i + 1) % 3, (i + 2) % 3
        for at, to in ((i, j), (j, k), (k, i)):
            self.edit_and_hand_over(at, to, [(0, "text", 5)])
        first, between = self.node(i), self.node(j).model.tip
        if aside and between and self.node(j).author != first.author:
            self.set_aside(first, between[0])

    @rule(i=which, e=st.integers(0, 1), key=st.sampled_from(KEYS[:3]), pick=st.integers(0, 9), some=st.integers(0, 5))
    def edit_one_of_several(self, i: int, e: int, key: str, pick: int, some: int) -> None:
        """The editor was opened when only one of the heads was here, or long ago."""
        node = self.node(i)
        seen = sorted(c.id for c in node.model.counting() if (c.entity, c.field) == (ENTITIES[e], key))
        if seen:
            self.number_changes(node)
            self.write(node, ENTITIES[e], key, self.some_value(key, pick), {seen[some % len(seen)]})
            happened["stale edit"] += 1

    @rule(i=which, pick=st.integers(2, 9))
    def keep_typing(self, i: int, pick: int) -> None:
        """The editor saves again what it saved, following the same heads."""
        node = self.node(i)
        texts = [c for c in node.model.open if c.field == "text" and c in node.model.heads(c.entity, "text")]
        if texts:
            self.number_changes(node)
            self.write(node, EntityId(texts[-1].entity), "text", self.some_value("text", pick), set(texts[-1].parents))

    # --------------------------------------------------------------------------------------------------------------- files

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

    @rule(i=which, j=which, what=st.sampled_from(["delta", "all", "stale", "part", "one"]), pick=st.randoms(use_true_random=False))
    def export(self, i: int, j: int, what: str, pick: random.Random) -> None:
        """One vault packs for another: what the other lacks, everything, what it lacked before, or only some of it."""
        node, peer = self.node(i), self.node(j)
        self.seal(node)
        have = [name for _, name in peer.vault.store.tips(VISIT)]
        if what == "stale":
            have = have[: len(have) // 2]
        segments = list(node.vault.store.segments_after(VISIT, [] if what in {"all", "part", "one"} else have))
        if what == "delta":
            missing = {s.name for s in node.model.held if s.name not in node.model.aside} - {s.name for s in peer.model.held}
            assert missing <= {s.hash for s in segments}, "a delta leaves out what its reader lacks"
        if what in {"part", "one"} and segments:
            segments = pick.sample(segments, 1 if what == "one" else (len(segments) + 1) // 2)
        self.mail.append(node.vault.pack(segments, self.folder))

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

    @rule(i=which, k=st.integers(0, 99))
    @precondition(lambda self: self.mail)
    def arrive(self, i: int, k: int) -> None:
        """A file arrives: in any order, again, or at its own sender."""
        self.deliver(self.node(i), self.mail[k % len(self.mail)])

    @rule(i=which, k=st.integers(0, 99), place=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.booleans())
    @precondition(lambda self: self.mail)
    def arrive_damaged(self, i: int, k: int, place: int, bit: int, cut: bool) -> None:
        """A file arrives with one bit flipped, or cut short."""
        data = bytearray(self.mail[k % len(self.mail)])
        place %= len(data)
        if cut:
            del data[place:]
        else:
            data[place] ^= 1 << bit
        self.refused(self.node(i), bytes(data))

    @rule(i=which, k=st.integers(0, 99), m=st.integers(0, 99))
    @precondition(lambda self: len(self.mail) > 1)
    def arrive_mixed(self, i: int, k: int, m: int) -> None:
        """The manifest of one bundle with the segments of another, encrypted anew by somebody who can read both."""
        reader = self.nodes[0].vault.member.reader
        files = (container.unpack(reader.decrypt(self.mail[x % len(self.mail)])) for x in (k, m))
        ours, others = ({name: bytes(content) for name, content in found.items()} for found in files)
        if ours.get("segments.zst") == others.get("segments.zst"):
            return
        mixed = {n: c for n, c in ours.items() if n != "segments.zst"} | {n: c for n, c in others.items() if n == "segments.zst"}
        node = self.node(i)
        self.refused(node, encrypt(container.pack(mixed), [node.vault.member.reader.recipient]))

    def refused(self, node: Node, data: bytes) -> None:
        """The file is refused with a sentence; nothing of it stays (`agree` compares afterwards)."""
        with pytest.raises(KnownError) as caught:
            node.vault.open(data)
        assert caught.value.code in DAMAGED
        happened["rejections"] += 1

    # --------------------------------------------------------------------------------------------------------------- machines

    @rule(i=which, aware=st.booleans())
    @precondition(lambda self: len(self.nodes) < 5)
    def clone(self, i: int, aware: bool) -> None:
        """A disk is cloned; the copy may or may not find out."""
        node = self.node(i)
        copied = node.vault.copy(self.new_folder())
        clock = Clock(node.vault.clock.now - Clock(0).now)
        self.nodes.append(self.same(node, node.vault.opened_at(copied, clock)))
        if aware:
            self.begin_stream(self.nodes[-1])
        happened["clones"] += 1

    @rule(i=which, edits=some_edits, gap=st.booleans())
    @precondition(lambda self: len(self.nodes) < 5)
    def go_on_in_two_places(self, i: int, edits: list[tuple[int, str, int]], gap: bool) -> None:
        """A cloned disk that does not know it: both write, and each hears of the other afterwards; one may go on without the other."""
        node = self.node(i)
        self.edit(i, edits, 0)
        self.clone(i, aware=False)
        for at, peer in ((node, self.nodes[-1]), (self.nodes[-1], node)):
            at.vault.clock.now += 1
            self.edit(self.nodes.index(at), edits, 0)
            self.edit(self.nodes.index(at), [(0, "text", 5)], 0)
            self.seal(at)
            self.mail.append(at.vault.pack(list(at.vault.store.segments_after(VISIT, [])), self.folder))
            if at is not node:
                self.deliver(peer, self.mail[-1])
                self.deliver(at, self.mail[-2])
        if gap:
            self.hear_only_the_end(node, self.nodes[-1])

    def hear_only_the_end(self, node: Node, copied: Node) -> None:
        """A copy goes on and only its last segment arrives; the vault must not go on after what it cannot place."""
        for _ in range(2):
            self.edit(self.nodes.index(copied), [(0, "text", 5)], 1_000)
            self.seal(copied)
        assert copied.model.tip is not None
        self.mail.append(copied.vault.pack([self.real[copied.model.tip[0]]], self.folder))
        self.deliver(node, self.mail[-1])
        self.edit(self.nodes.index(node), [(0, "text", 5)], 1_000)
        self.seal(node)

    @rule(i=which)
    @precondition(lambda self: len(self.backups) < 3)
    def back_up(self, i: int) -> None:
        """Somebody copies a vault."""
        node = self.node(i)
        place = node.vault.copy(self.new_folder())
        self.backups.append((self.nodes.index(node), place, self.same(node, node.vault)))

    @rule(k=st.integers(0, 9), aware=st.booleans(), sent=st.booleans())
    @precondition(lambda self: self.backups)
    def restore(self, k: int, aware: bool, sent: bool) -> None:
        """A laptop is lost, after or before its last export, and its backup goes on in its place."""
        at, place, then = self.backups[k % len(self.backups)]
        lost = self.nodes[at]
        if sent:
            self.seal(lost)
            self.mail.append(lost.vault.pack(list(lost.vault.store.segments_after(VISIT, [])), self.folder))
        lost.vault.store.close()
        copied = self.new_folder()
        shutil.copytree(place, copied)
        self.nodes[at] = self.same(then, then.vault.opened_at(copied, lost.vault.clock))
        self.nodes[at].vault.bundles = lost.vault.bundles
        self.nodes[at].model.strangers = set(lost.model.strangers)
        self.nodes[at].model.revoked = dict(lost.model.revoked)
        self.restate(self.nodes[at])
        if aware:
            self.begin_stream(self.nodes[at])
        happened["restores"] += 1

    @rule(i=which, edits=some_edits, aware=st.booleans(), sent=st.booleans())
    @precondition(lambda self: len(self.backups) < 3)
    def lose_a_laptop(self, i: int, edits: list[tuple[int, str, int]], aware: bool, sent: bool) -> None:
        """A backup, some work, and the backup goes on in the laptop's place."""
        self.back_up(i)
        self.edit(i, edits, 1_000)
        self.restore(len(self.backups) - 1, aware, sent)

    def same(self, node: Node, vault: Vault) -> Node:
        """A copy that goes on alone: what is still open in it will stand in another segment, so these are other changes."""
        model = node.model
        anew = {c.id: self.changes + n for n, c in enumerate(model.open, 1)}
        self.changes += len(anew)
        copied = [
            dataclasses.replace(c, id=anew[c.id], parents=frozenset(anew.get(p, p) for p in c.parents)) for c in model.open
        ]
        held = Replica(set(model.held), copied, model.tip, set(model.strangers), dict(model.revoked), set(model.aside))
        return Node(vault, held, {anew.get(c, c): local for c, local in node.numbers.items()})

    def begin_stream(self, node: Node) -> None:
        """The vault has found out that it is a copy: what it still writes belongs to a new stream."""
        self.seal(node)
        node.vault.store.new_streams()
        node.model.tip = None

    # --------------------------------------------------------------------------------------------------------------- trust

    @rule(i=which)
    def card_comes(self, i: int) -> None:
        """A late card arrives: what was held is let in."""
        node = self.node(i)
        if node.model.strangers:
            happened["late cards"] += 1
            node.model.strangers.clear()
            self.restate(node)

    @rule(i=which, who=st.integers(1, 2))
    @precondition(lambda self: len(self.sealed) > 3)
    def revoke(self, i: int, who: int) -> None:
        """Headquarters revokes a key with the tips it believes then, once; others hear of it by and by."""
        key = [sample().hq, sample().expert, sample().other][who].pen.key_hash
        if key not in self.revoked:
            ends = {name for _, name in self.nodes[0].model.tips()}
            self.revoked[key] = frozenset(s.name for s in self.nodes[0].model.held if s.name in ends and s.author == key)
            happened["revocations"] += 1
        node = self.node(i)
        node.model.revoked[key] = self.revoked[key]
        self.restate(node)

    @rule(i=which, pick=st.integers(0, 99))
    def undo_import(self, i: int, pick: int) -> None:
        """One vault sets somebody's segments aside; other vaults do not notice."""
        node = self.node(i)
        own = {s.name for s in node.model.chain(node.model.tip[0] if node.model.tip else None) or ()}
        foreign = sorted(s.name for s in node.model.held if s.name not in own)
        if foreign:
            self.set_aside(node, foreign[pick % len(foreign)])

    def set_aside(self, node: Node, name: bytes) -> None:
        """The segment no longer counts at that vault."""
        node.model.aside.add(name)
        self.restate(node)
        happened["undone imports"] += 1

    # --------------------------------------------------------------------------------------------------------------- compare

    @invariant()
    def agree(self) -> None:
        """Model and vault say the same, at every vault, after every step."""
        for node in self.nodes:
            self.compare(node)

    def compare(self, node: Node) -> None:
        """One vault against its model."""
        store, model = node.vault.store, node.model
        self.number_changes(node)
        assert set(store.tips(VISIT)) == model.tips()
        assert {f.segments for f in store.forks()} == {
            tuple(sorted(s.name for s in model.held if (s.stream, s.prev) == place)) for place in model.forks()
        }
        happened["forks"] += bool(model.forks())
        for entity in ENTITIES:
            record = store.get(entity)
            fields = model.fields(entity)
            if record is None:
                assert not fields
                continue
            assert set(record.conflicts) == model.conflicts(entity)
            assert record.deleted == model.deleted(entity)
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
            self.mail.append(node.vault.pack(list(node.vault.store.segments_after(VISIT, [])), self.folder))
        first = Node(Vault.make(self.new_folder(), sample().hq, Clock(0), self.random.randbytes), Replica())
        self.nodes.append(first)
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
        said = [described(node.vault.store, ENTITIES) for node in self.nodes]
        for node, before in zip(self.nodes, said, strict=True):
            node.vault.store.rebuild()
            assert described(node.vault.store, ENTITIES) == before, "rebuilt, the vault says something else"
            self.compare(node)
        for other in said[1:]:
            assert other == said[0], "vaults that hold the same say different things"
        self.nothing_is_lost(self.nodes[0].model)

    def nothing_is_lost(self, model: Replica) -> None:
        """Every accepted change is a head or an ancestor of one, and no clock runs behind its parents."""
        heads = {h.id for e in ENTITIES for f in model.fields(e) for h in model.heads(e, f)}
        assert {c.id for c in model.counting()} <= model.ancestry(heads)
        stored = model.stored()
        assert all(c.hlc > stored[p].hlc for c in stored.values() for p in c.parents if p in stored)
        assert model.waiting() == set()


def _plain(model: Replica, entity: str, key: str) -> str | None:
    return model.value(entity, key).strip('"') if key in model.fields(entity) else None


def test_model_and_vaults_never_part() -> None:
    """Random steps; the run counts only if what it is there for has happened."""
    happened.clear()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=12 * EFFORT, stateful_step_count=40, deadline=None, database=None, print_blob=True,
            suppress_health_check=list(HealthCheck), phases=list(Phase) if EFFORT > 1 else [Phase.explicit, Phase.generate],
        ),
    )  # fmt: skip
    for what in ("imports", "repeats", "waiting", "conflicts", "forks", "rejections", "restores", "clones", "revocations", "late cards"):
        assert happened[what], f"the run has seen no {what}: {dict(happened)}"
