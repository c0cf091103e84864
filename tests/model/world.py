"""Several vaults and their models side by side: every step is done to both, and whatever they say is compared; it chooses no steps."""

from __future__ import annotations

import dataclasses
import random
import tempfile
from base64 import b64decode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Scope, SealedSegment, SegmentState
from fieldtool.domain.changes import Segment as RealSegment
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, KeyHash, LocalChange, SegmentHash, id_bytes
from fieldtool.domain.values import JsonValue, decode_trusted
from fieldtool.identity.certificates import read_certificate, self_signed
from fieldtool.identity.trust import Card
from fieldtool.services import people, proposals, settling
from fieldtool.services.announcing import write_admin
from fieldtool.storage import Verdict
from fieldtool.sync.payload import unpack_segments
from tests.model.reference import HEAD_ONLY, Change, Replica, Said, Segment
from tests.model.vaults import Clock, Vault, certificate, described
from tests.unit.sync.containers import unpack
from tests.unit.sync.made import VISIT
from tests.unit.sync.organisation import Member, sample

ENTITIES = [EntityId(f"01900000-0000-7000-8000-0000000000e{i}") for i in range(2)]
NOTES = [EntityId(f"01900000-0000-7000-8000-0000000000f{i}") for i in range(3)]  # begin as private ones, each in one vault
LINK = "recommendations/01900000-0000-7000-8000-0000000000d1"
DAMAGED = {"bundle-altered", "bundle-truncated", "bundle-not-for-you", "bundle-forged", "file-foreign", "signer-unknown", "signer-revoked"}

LAST = 4  # letters in which everything there is comes to everybody in the end

happened: Counter[str] = Counter()


@dataclass
class Node:
    """A real vault, its model, and which local number stands for which change of the model."""

    vault: Vault
    model: Replica
    numbers: dict[int, LocalChange] = field(default_factory=dict)

    @classmethod
    def empty(cls, vault: Vault) -> Node:
        """A vault that holds nothing yet."""
        return cls(vault, Replica(vault.member.pen.key_hash, sample().hq.pen.key_hash))

    @property
    def author(self) -> KeyHash:
        """The key that signs here."""
        return self.vault.member.pen.key_hash


@dataclass(frozen=True)
class Letter:
    """A bundle file on its way: whose, and the segments in it."""

    data: bytes
    sender: bytes
    names: tuple[bytes, ...]


class World:
    """What there is: vaults with their models, backups, files on their way, and everything that was ever sealed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="fieldtool-machine-"))
        self.random = random.Random(1)
        self.nodes: list[Node] = []
        self.backups: list[tuple[int, Path, Node]] = []
        self.mail: list[Letter] = []
        self.real: dict[bytes, SealedSegment] = {}
        self.sealed: dict[bytes, Segment] = {}
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
        """Everybody, by installation: headquarters, two experts, the first expert's second laptop, and somebody nobody has heard of."""
        ours = sample()
        return [ours.hq, ours.expert, ours.other, ours.second, ours.stranger]

    def headquarters(self) -> Node:
        """A vault of headquarters: there always is one."""
        return next(node for node in self.nodes if node.author == sample().hq.pen.key_hash)

    def newcomer(self, member: Member, clock: Clock) -> Node:
        """A vault that begins now, empty."""
        self.nodes.append(Node.empty(Vault.make(self.new_folder(), member, clock, self.random.randbytes)))
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

    def propose(self, node: Node, entity: EntityId, pick: int, on: int) -> None:
        """The head's field is written by whoever, on top of what is shown or of a proposal that nobody has answered."""
        self.number_changes(node)
        shown = sorted(c.id for c in node.model.proposals() if c.entity == entity)
        upon = {shown[on % len(shown)]} if shown and on % 2 else None
        self.write(node, entity, HEAD_ONLY, self.some_value(HEAD_ONLY, pick), upon)
        happened["proposals of proposals"] += upon is not None

    def answer(self, node: Node, pick: int, *, accept: bool) -> None:
        """A proposal is adopted or turned down, by somebody who may or may not."""
        self.number_changes(node)
        model = node.model
        asked = sorted((c for c in model.proposals() if "visit" in model.fields(c.entity)), key=lambda c: c.id)
        if not asked:
            return
        change = asked[pick % len(asked)]
        role, session = model.role(model.cards(model.in_force()), node.author, model.epoch()), node.vault.session
        known = node.author == model.hq or node.author in model.cards(model.in_force())
        parents = {change.id, *(h.id for h in model.heads(change.entity, change.field))}
        value = change.value if accept else next((h.value for h in self.latest(model, change)), "null")
        act = proposals.accept_proposal if accept else proposals.decline_proposal
        if not known or role == "expert":
            with pytest.raises(KnownError) as refused:
                act(session, node.numbers[change.id], origin="machine")
            assert refused.value.code == ("role-needed" if known else "no-identity")
            happened["refused answers"] += 1
            return
        act(session, node.numbers[change.id], origin="machine")
        (step,) = node.vault.last_steps()
        self.note(node, model.open, (EntityId(change.entity), change.field, value), parents, step.change)
        happened["answers"] += 1

    def latest(self, model: Replica, change: Change) -> list[Change]:
        """The versions in force of a field, latest first."""
        return sorted(model.heads(change.entity, change.field), key=lambda c: (c.hlc, c.author, c.value), reverse=True)

    def give_card(self, node: Node, member: Member, role: str, *, own: bool = False) -> None:
        """A card is written, by whoever: `own` with the holder's own certificate, as after a comparison by voice."""
        self.seal(node)
        der = member.pen.self_certificate if own else certificate(member)
        card = Card(member.pen.key_hash, member.name, Role(role), VISIT, der, recipient=member.reader.recipient)
        people.write_card(node.vault.session, card, "machine")
        self.collect(node)

    def revoke(self, node: Node, member: Member) -> None:
        """A revocation is written, by whoever, with the tips that this vault holds."""
        self.seal(node)
        theirs = {s.stream: s.name for s in node.model.held if s.author == member.pen.key_hash}
        ends = {stream.hex(): name.hex() for stream, name in node.vault.store.tips(VISIT) if stream in theirs}
        tips: dict[str, JsonValue] = {stream: {"segment": name} for stream, name in ends.items()}
        epoch = node.vault.store.epoch(VISIT) + 1
        with settling.settled_afterwards(node.vault.session, VISIT):
            said: dict[str, JsonValue] = {"key": member.pen.key_hash.hex(), "tips": tips, "epoch": epoch}
            write_admin(node.vault.session, VISIT, "revocation", said, "machine")
        self.collect(node)

    def pack(self, node: Node, segments: Sequence[SealedSegment]) -> Letter:
        """A bundle file of these segments; no byte of it knows of what is private, in any of its parts, unpacked."""
        data = node.vault.pack(segments, self.folder)
        parts = unpack(node.vault.member.reader.decrypt(data))
        told = [b"".join((s.body, s.values)) for s in unpack_segments(parts["segments.zst"])] if "segments.zst" in parts else []
        everything = b"".join([*parts.values(), *told])
        hidden = [*(s.encode() for s in self.secrets), *(x for n in self.begun - self.shared for x in (id_bytes(n), n.encode()))]
        assert not [h for h in hidden if h in everything], "a bundle tells what is private"
        happened["looked for secrets"] += bool(hidden and told)
        return Letter(data, node.author, tuple(s.hash for s in segments))

    def some_value(self, key: str, pick: int) -> str:
        """A value of that field; texts are new, but sometimes two people write the same."""
        if key == "text":
            return f'"words {pick if pick < 2 else 1000 + self.changes}"'
        if key == "visit":
            return f'"{VISIT}"'
        if key == "marking":
            return ['"public"', '"internal"', '"restricted"', '"confidential"'][pick % 4]
        return "true" if pick % 2 else "false"

    def seal(self, node: Node) -> None:
        """Seal both; what the vault hands out to be signed must be what the model expects."""
        node.vault.session.sealed = lambda opened, name: self.sealed_one(node, opened, name)
        node.vault.session.seal_all()
        self.collect(node)
        assert node.model.open == []

    def sealed_one(self, node: Node, opened: RealSegment, name: SegmentHash) -> None:
        """The vault has sealed a segment: the model's changes of it, or what it says in the admin stream."""
        model, ours, said = node.model, list[Change](), None
        if opened.scope is Scope.ADMIN:
            said = tuple(_said(opened))
            assert opened.epoch == max(s.epoch for s in said) > model.epoch()
        else:
            ours = model.open[: len(opened.rows)]
            del model.open[: len(opened.rows)]
            names = self.names_of(node) | {c.id: (None, n) for n, c in enumerate(ours)}
            for row, change in zip(opened.rows, ours, strict=True):
                assert (opened.entities[row.entity], row.field) == ((change.entity, "note"), change.field)
                assert (row.value, row.hlc) == (change.value, change.hlc)
                assert {(p.segment, p.row) for p in row.parents} == {names[p] for p in change.parents}
            assert opened.epoch == model.epoch()
        ends = model.ends(opened.stream) or {(None, 0)}  # a copy that has heard of the other one's work goes on after it
        assert (opened.prev, opened.seq0) in {model.tips_of.get(opened.scope, (None, 0)), *ends}
        model.tips_of[opened.scope] = name, opened.seq0 + len(opened.rows)
        one = Segment(
            name, node.author, opened.stream, opened.seq0, opened.prev, tuple(ours), len(opened.rows), opened.epoch, said
        )  # fmt: skip
        made = self.sealed.setdefault(name, one)
        node.numbers.update({same.id: node.numbers[c.id] for same, c in zip(made.changes, ours, strict=True)})
        model.held.add(made)  # two copies of one vault may seal the very same bytes: then it is one segment

    def collect(self, node: Node) -> None:
        """Keep the bytes of what has just been sealed. A vault judges its own words as others do when it looks at its admin stream."""
        fresh = [s for s in node.model.held if s.name not in self.real]
        for found in node.vault.store.sealed([SegmentHash(s.name) for s in fresh]):
            self.real[found.hash] = found
        if any(node.model.verdicts()[s.name] != "accepted" for s in fresh):
            settling.settle(node.vault.session, VISIT)

    def names_of(self, node: Node) -> dict[int, tuple[bytes | None, int]]:
        """Where each sealed change of the model stands."""
        return {c.id: (s.name, n) for s in node.model.read() for n, c in enumerate(s.changes)}

    def number_changes(self, node: Node) -> None:
        """Learn the vault's local numbers of what has come from elsewhere."""
        for change, (name, row) in self.names_of(node).items():
            if change not in node.numbers:
                assert name is not None
                found = node.vault.store.change_named(f"{name.hex()[:16]}-{row}")
                assert found is not None
                node.numbers[change] = found

    def deliver(self, node: Node, letter: Letter) -> None:
        """One file reaches one vault; known segments change nothing."""
        self.seal(node)
        model = node.model
        if why := model.refuses(letter.sender):
            with pytest.raises(KnownError) as refused:
                node.vault.take(letter.data)
            assert refused.value.code == why
            happened[why] += 1
            return
        before = model.verdicts()
        outcome = node.vault.take(letter.data)
        assert outcome.error is None
        self.arrived(node, letter, before)

    def arrived(self, node: Node, letter: Letter, before: dict[bytes, str]) -> None:
        """The model learns what has come, and what has happened by it."""
        model = node.model
        new = {self.sealed[name] for name in letter.names} - model.held
        model.held |= new
        model.aside -= set(letter.names)
        now = model.verdicts()
        happened["imports" if new else "repeats"] += 1
        happened["waiting"] += any(now[s.name] == "waiting" for s in new)
        happened["unread"] += any(now[s.name] == "held" for s in new)
        happened["late cards"] += any(was == "held" and now[name] in {"accepted", "proposed"} for name, was in before.items())
        happened["late revocations"] += any(was == "accepted" and now[name] == "revoked" for name, was in before.items())
        happened["beyond the tips"] += any(now[s.name] == "revoked" for s in new)

    def refused(self, node: Node, data: bytes) -> None:
        """The file is refused with a sentence; nothing of it stays (`agree` compares afterwards)."""
        with pytest.raises(KnownError) as caught:
            node.vault.take(data)
        assert caught.value.code in DAMAGED
        happened["rejections"] += 1

    def hear_only_the_end(self, node: Node, copied: Node) -> None:
        """A copy goes on and only its last segment arrives; the vault must not go on after what it cannot place."""
        for _ in range(2):
            self.write(copied, ENTITIES[0], "text", self.some_value("text", 5), None)
            self.seal(copied)
        self.mail.append(self.pack(copied, [self.real[copied.model.tips_of["shared"][0]]]))
        self.deliver(node, self.mail[-1])
        self.write(node, ENTITIES[0], "text", self.some_value("text", 5), None)
        self.seal(node)

    def same(self, node: Node, vault: Vault) -> Node:
        """A copy that goes on alone: what is still open in it will stand in another segment, so these are other changes."""
        model = node.model
        anew = {c.id: self.changes + n for n, c in enumerate(model.open, 1)}
        self.changes += len(anew)
        copied = [dataclasses.replace(c, id=anew[c.id], parents=frozenset(anew.get(p, p) for p in c.parents)) for c in model.open]
        held = Replica(model.own, model.hq, set(model.held), copied, list(model.private), dict(model.tips_of), set(model.aside))
        return Node(vault, held, {anew.get(c, c): local for c, local in node.numbers.items()})

    def begin_stream(self, node: Node) -> None:
        """The vault has found out that it is a copy: what it still writes belongs to a new stream."""
        self.seal(node)
        node.vault.store.new_streams()
        node.model.tips_of.clear()

    def set_aside(self, node: Node, name: bytes) -> None:
        """The segment no longer counts at that vault."""
        node.model.aside.add(name)
        node.vault.store.restate({SegmentHash(name): Verdict(SegmentState.SET_ASIDE)}, origin="machine")
        happened["undone imports"] += 1

    def compare(self, node: Node) -> None:
        """One vault against its model."""
        store, model = node.vault.store, node.model
        self.number_changes(node)
        worth: dict[bytes, str] = model.verdicts()
        found: dict[bytes, str] = {f.hash: f.state.value for f in store.segments(VISIT)}
        assert {(n, found.get(n), worth.get(n)) for n in found.keys() | worth.keys() if found.get(n) != worth.get(n)} == set()
        assert store.change_count() == sum(s.count for s in model.read()) + len(model.open) + len(model.private)
        assert set(store.tips(VISIT)) == model.tips()
        asked = {p.entry.change for p in proposals.list_proposals(node.vault.session, visit=VISIT)}
        assert asked == {node.numbers[c.id] for c in model.unanswered()}
        happened["proposals"] += bool(asked)
        assert {f.segments for f in store.forks()} == {
            tuple(sorted(s.name for s in model.held if (s.stream, s.prev) == place and worth[s.name] != "faulty"))
            for place in model.forks()
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
        hq = self.headquarters()
        for member in self.people()[1:]:
            if member.pen.key_hash not in hq.model.cards(hq.model.in_force()):
                self.give_card(hq, member, "expert")
        self.newcomer(sample().hq, Clock(0))
        everything = list(self.real.values())
        self.random.shuffle(everything)
        letters = [self.pack(hq, everything[start::LAST]) for start in range(LAST)]
        for node in self.nodes:
            self.random.shuffle(letters)
            for letter in letters:
                self.deliver(node, letter)
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
        assert "waiting" not in {v for n, v in model.verdicts().items() if not any(s.said for s in model.back(n))}, "something has not come"


def _said(opened: RealSegment) -> list[Said]:
    """What the rows of an admin segment say, each record in a piece."""
    found = []
    for number, (_, kind) in enumerate(opened.entities):
        told = {row.field: decode_trusted(row.value) for row in opened.rows if row.entity == number and row.value is not None}
        tips = frozenset(bytes.fromhex(str(v["segment"])) for f, v in told.items() if f.startswith("tips/") and isinstance(v, dict))
        about = read_certificate(b64decode(str(told["certificate"]))) if kind == "card" else None
        key = about.key if about is not None else bytes.fromhex(str(told["key"]))
        own = about is not None and self_signed(about)
        found.append(Said(kind, key, str(told.get("role", "")), int(str(told["epoch"])), own, tips))
    return found


def _plain(model: Replica, entity: str, key: str) -> str | None:
    return model.value(entity, key).strip('"') if key in model.fields(entity) else None
