"""Model and real vaults, driven by the same steps: no step may tell them apart, and in the end all vaults say the same."""

from __future__ import annotations

import random
import shutil

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from fieldtool.domain.ids import EntityId, SegmentHash
from fieldtool.identity.age import encrypt
from tests.effort import EFFORT
from tests.model.vaults import Clock, Vault
from tests.model.world import ENTITIES, LINK, NOTES, Node, World, happened
from tests.unit.sync.containers import pack, unpack
from tests.unit.sync.made import VISIT
from tests.unit.sync.organisation import sample

KEYS = ["text", "marking", LINK, "deleted"]
YEARS = 365 * 86_400_000


class Machine(World, RuleBasedStateMachine):
    """Three people, up to six vaults, files between them; laptops and people come and go."""

    some_skews = st.lists(st.sampled_from([0, 0, -30 * YEARS, 20 * YEARS]), min_size=3, max_size=3)

    @initialize(skews=some_skews, late=st.sampled_from([{1}, {2}, set()]), visit=st.integers(0, 3))
    def begin(self, skews: list[int], late: set[int], visit: int) -> None:
        """Three vaults, cards, and the visit file for all; somebody's card may be late, and the first expert leads the visit."""
        happened["histories"] += 1
        members = self.people()[:3]
        for member, skew in zip(members, skews, strict=True):
            self.nodes.append(Node.empty(Vault.make(self.new_folder(), member, Clock(skew), self.random.randbytes)))
        hq = self.nodes[0]
        for entity in ENTITIES:
            self.write(hq, entity, "visit", f'"{VISIT}"', None)
        self.give_card(hq, members[0], "hq")
        for number in {1, 2} - late:
            self.give_card(hq, members[number], "head" if number == 1 else "expert")
        self.mail.append(self.pack(hq, list(hq.vault.store.segments_after(VISIT, []))))
        for node in self.nodes[1:]:
            if node.author != members[visit % 3].pen.key_hash:  # one of them may get it later
                self.deliver(node, self.mail[0])

    def teardown(self) -> None:
        """Let everybody have everything, in any order, and compare; then remove the files."""
        try:
            if self.nodes:
                self.everybody_has_everything()
        finally:
            for node in self.nodes:
                node.vault.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

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
        first, between = self.node(i), self.node(j).model.tips_of.get("shared")
        if aside and between and self.node(j).author != first.author:
            self.set_aside_some(first, {between[0]}, 0)

    @rule(i=which, e=st.integers(0, 1), key=st.sampled_from(KEYS[:3]), pick=st.integers(0, 9), some=st.integers(0, 5))
    def edit_one_of_several(self, i: int, e: int, key: str, pick: int, some: int) -> None:
        """The editor was opened when only one of the heads was here, or long ago."""
        node = self.node(i)
        seen = sorted(c.id for c in node.model.counting() if (c.entity, c.field) == (ENTITIES[e], key))
        if seen:
            self.number_changes(node)
            self.write(node, ENTITIES[e], key, self.some_value(key, pick), {seen[some % len(seen)]})
            happened["stale edit"] += 1

    @rule(i=which, n=st.integers(0, 2), key=st.sampled_from(KEYS[:3]), pick=st.integers(0, 9), share=st.booleans())
    def take_a_private_note(self, i: int, n: int, key: str, pick: int, share: bool) -> None:
        """A private note is begun, goes on, and may be shared; a copied vault has it as well and may share it, too."""
        node, note = self.node(i), NOTES[n]
        self.keep(node, note, key, pick)
        if share and node.model.kept(note):
            self.share(node, note)
        elif note in self.shared and node.model.fields(note) and not node.model.kept(note):
            self.write(node, note, key, self.some_value(key, pick), None)

    @rule(i=which, pick=st.integers(2, 9))
    def keep_typing(self, i: int, pick: int) -> None:
        """The editor saves again what it saved, following the same heads."""
        node = self.node(i)
        texts = [c for c in node.model.open if c.field == "text" and c in node.model.heads(c.entity, "text")]
        if texts:
            self.number_changes(node)
            self.write(node, EntityId(texts[-1].entity), "text", self.some_value("text", pick), set(texts[-1].parents))

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
            worth = node.model.verdicts()
            missing = {name for name, v in worth.items() if v not in {"faulty", "set aside"} and name not in node.model.aside}
            missing -= {s.name for s in peer.model.held}
            assert missing <= {s.hash for s in segments}, "a delta leaves out what its reader lacks"
        if what in {"part", "one"} and segments:
            segments = pick.sample(segments, 1 if what == "one" else (len(segments) + 1) // 2)
        self.mail.append(self.pack(node, segments))

    @rule(i=which, k=st.integers(0, 99))
    @precondition(lambda self: self.mail)
    def arrive(self, i: int, k: int) -> None:
        """A file arrives: in any order, again, or at its own sender."""
        self.deliver(self.node(i), self.mail[k % len(self.mail)])

    @rule(i=which, k=st.integers(0, 99), where=st.sampled_from(["_chain", "_settle_missing", "_drain"]), calls=st.integers(0, 2))
    @precondition(lambda self: self.mail)
    def die_in_the_middle(self, i: int, k: int, where: str, calls: int) -> None:
        """The program is killed in the middle of an import: cards are here with all that follows, words wholly or not at all."""
        node = self.node(i)
        self.seal(node)
        news = [x for x in self.mail if not node.model.refuses(x.sender) and {self.sealed[n] for n in x.names} - node.model.held]
        if not news:
            return
        letter = news[-1 - k % len(news)]
        new = {self.sealed[n] for n in letter.names} - node.model.held
        before = node.model.verdicts()
        died = node.vault.killed_while_taking(letter.data, where, calls)
        here = node.vault.store.known([SegmentHash(s.name) for s in new])
        admin = {s.name for s in new if s.said is not None}
        assert here in (set(), admin, {s.name for s in new}), "an import is half done"
        if died:
            node.model.held |= {s for s in new if s.name in here}
            self.compare(node)
            happened["kills"] += 1
            happened["kills between cards and words"] += here == admin != set()
            self.deliver(node, letter)
        else:
            self.arrived(node, letter, before)

    @rule(i=which, k=st.integers(0, 99), place=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.booleans())
    @precondition(lambda self: self.mail)
    def arrive_damaged(self, i: int, k: int, place: int, bit: int, cut: bool) -> None:
        """A file arrives with one bit flipped, or cut short."""
        data = bytearray(self.mail[k % len(self.mail)].data)
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
        ours, others = (unpack(reader.decrypt(self.mail[x % len(self.mail)].data)) for x in (k, m))
        if ours.get("segments.zst") == others.get("segments.zst"):
            return
        mixed = {n: c for n, c in ours.items() if n != "segments.zst"} | {n: c for n, c in others.items() if n == "segments.zst"}
        node = self.node(i)
        self.refused(node, encrypt(pack(mixed), [node.vault.member.reader.recipient]))

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
            self.mail.append(self.pack(at, list(at.vault.store.segments_after(VISIT, []))))
            if at is not node:
                self.deliver(peer, self.mail[-1])
                self.deliver(at, self.mail[-2])
        if gap:
            self.hear_only_the_end(node, self.nodes[-1])

    @rule(i=which, who=which, edits=some_edits)
    @precondition(lambda self: len(self.nodes) < 5)
    def two_people_on_one_laptop(self, i: int, who: int, edits: list[tuple[int, str, int]]) -> None:
        """Somebody else opens a vault of their own on the same laptop: one clock, the same words in the same millisecond."""
        here = self.node(i)
        guest = self.people()[who % len(self.people())]
        if guest.pen.key_hash != here.author:
            self.write_side_by_side(here, self.newcomer(guest, here.vault.clock), edits)
            happened["two people on one laptop"] += 1

    @rule(edits=some_edits, skew=st.sampled_from([0, -30 * YEARS, 20 * YEARS]))
    @precondition(lambda self: len(self.nodes) < 5)
    def one_person_on_two_laptops(self, edits: list[tuple[int, str, int]], skew: int) -> None:
        """An expert goes on at another laptop, with a key and a clock of its own; to the merge these are two authors, and no fork."""
        self.write_side_by_side(self.nodes[1], self.newcomer(sample().second, Clock(skew)), edits)
        happened["one person on two laptops"] += 1

    def write_side_by_side(self, first: Node, second: Node, edits: list[tuple[int, str, int]]) -> None:
        """The newcomer reads what is there; then both write without hearing of each other, and hear of it."""
        at = [self.nodes.index(first), self.nodes.index(second)]
        self.export(at[0], at[1], "all", self.random)
        self.deliver(second, self.mail[-1])
        for number in at:
            self.edit(number, edits, 0)
        for number, peer in ((at[0], second), (at[1], first)):
            self.export(number, self.nodes.index(peer), "delta", self.random)
            self.deliver(peer, self.mail[-1])

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
            self.mail.append(self.pack(lost, list(lost.vault.store.segments_after(VISIT, []))))
        lost.vault.store.close()
        copied = self.new_folder()
        shutil.copytree(place, copied)
        self.nodes[at] = self.same(then, then.vault.opened_at(copied, lost.vault.clock))
        self.nodes[at].vault.bundles = lost.vault.bundles
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

    @rule(i=which, e=st.integers(0, 1), pick=st.integers(0, 1), on=st.integers(0, 9))
    def write_beyond_ones_role(self, i: int, e: int, pick: int, on: int) -> None:
        """An older version lets an expert write what is the head's; for the head it is an edit like any other."""
        self.propose(self.node(i), ENTITIES[e], pick, on)

    @rule(i=which, pick=st.integers(0, 9), accept=st.booleans())
    def answer_a_proposal(self, i: int, pick: int, accept: bool) -> None:
        """Whoever sees one tries to answer it."""
        self.seal(self.node(i))
        self.answer(self.node(i), pick, accept=accept)

    @rule(i=st.integers(0, 2), e=st.integers(0, 1), pick=st.integers(0, 1), accept=st.booleans(), again=st.booleans())
    def propose_and_be_answered(self, i: int, e: int, pick: int, accept: bool, again: bool) -> None:
        """An expert proposes, perhaps upon the own proposal as well, and headquarters answers what has come."""
        node, hq = self.node(i), self.headquarters()
        for on in [0, 1] if again else [0]:
            self.propose(node, ENTITIES[e], pick + on, on)
            self.seal(node)
        self.export(self.nodes.index(node), self.nodes.index(hq), "delta", self.random)
        self.deliver(hq, self.mail[-1])
        self.answer(hq, pick, accept=accept)

    @rule(who=st.integers(1, 4), role=st.sampled_from(["expert", "head"]))
    def headquarters_gives_a_card(self, who: int, role: str) -> None:
        """A first card, perhaps a late one, or another role; it travels like everything else."""
        self.give_card(self.headquarters(), self.people()[who], role)

    @rule(i=which, back=st.booleans())
    def hand_the_lead_over(self, i: int, back: bool) -> None:
        """Who led the visit is an expert from now on, and somebody else leads it; the one may hear of it late."""
        hq, node = self.headquarters(), self.node(i)
        before, after = self.people()[2:0:-1] if back else self.people()[1:3]
        self.give_card(hq, before, "expert")
        self.give_card(hq, after, "head")
        self.mail.append(self.pack(hq, list(hq.vault.store.segments_after(VISIT, []))))
        self.deliver(node, self.mail[-1])
        happened["hand-overs"] += 1

    @rule(i=which, who=st.integers(1, 4))
    def accept_by_voice(self, i: int, who: int) -> None:
        """The head of the visit accepts somebody; anybody else who writes such a card is not heard, unless the lead comes to them later."""
        self.give_card(self.node(i), self.people()[who], "expert", own=True)
        happened["acceptances"] += 1

    @rule(i=which, edits=some_edits)
    @precondition(lambda self: len(self.nodes) < 5)
    def somebody_new_is_accepted(self, i: int, edits: list[tuple[int, str, int]]) -> None:
        """The head accepts a stranger, who writes; card and words come to others one before the other."""
        head = self.nodes[1]
        self.give_card(head, sample().stranger, "expert", own=True)
        guest = self.newcomer(sample().stranger, Clock(0))
        self.deliver(guest, self.pack(head, list(head.vault.store.segments_after(VISIT, []))))
        self.edit(self.nodes.index(guest), edits, 0)
        self.seal(guest)
        self.mail.append(self.pack(guest, list(guest.vault.store.segments_after(VISIT, []))))
        self.deliver(head, self.mail[-1])
        words = [self.real[s.name] for s in guest.model.held if s.author == guest.author]
        self.mail.append(self.pack(self.headquarters(), words))
        self.deliver(self.node(i), self.mail[-1])

    @rule(i=which, who=st.integers(1, 4), role=st.sampled_from(["expert", "head"]), card=st.booleans())
    def forge(self, i: int, who: int, role: str, card: bool) -> None:
        """Somebody writes cards and revocations whose business that is not; nobody proposes such things."""
        node = self.node(i)
        if node.author != sample().hq.pen.key_hash:
            if card:
                self.give_card(node, self.people()[who], role)
            else:
                self.revoke(node, self.people()[who])
            happened["forgeries"] += "faulty" in node.model.verdicts().values()

    @rule(i=which, who=st.integers(1, 4), told=st.booleans())
    @precondition(lambda self: len(self.sealed) > 5)
    def headquarters_revokes(self, i: int, who: int, told: bool) -> None:
        """Headquarters ends the trust in a key beyond the tips that it holds; others hear of it by and by, or after what stands behind."""
        hq, node, member = self.headquarters(), self.node(i), self.people()[who]
        self.revoke(hq, member)
        happened["revocations"] += 1
        if told:
            self.mail.append(self.pack(hq, list(hq.vault.store.segments_after(VISIT, []))))
            self.deliver(node, self.mail[-1])

    @rule(i=which, pick=st.integers(0, 99))
    def undo_import(self, i: int, pick: int) -> None:
        """One vault sets somebody's segments aside; other vaults do not notice."""
        node = self.node(i)
        own = {s.name for s in node.model.back(node.model.tips_of.get("shared", (None, 0))[0])}
        self.set_aside_some(node, {s.name for s in node.model.held} - own, pick)

    def set_aside_some(self, node: Node, names: set[bytes], pick: int) -> None:
        """One of these that are read here and in no admin stream."""
        foreign = sorted(s.name for s in node.model.read() if s.name in names and s.said is None)
        if foreign:
            self.set_aside(node, foreign[pick % len(foreign)])

    @invariant()
    def agree(self) -> None:
        """Model and vault say the same, at every vault, after every step."""
        for node in self.nodes:
            self.compare(node)


WANTED = (
    "imports", "repeats", "waiting", "conflicts", "forks", "rejections", "restores", "clones", "kills", "kills between cards and words",
    "signer-unknown", "signer-revoked", "unread", "late cards", "revocations", "late revocations", "beyond the tips", "hand-overs",
    "proposals", "proposals of proposals", "answers", "refused answers", "acceptances", "forgeries", "two people on one laptop",
    "one person on two laptops", "private notes", "shared notes", "looked for secrets", "undone imports",
)  # fmt: skip


def play_once_through_everything(machine: Machine) -> None:
    """One history in which everything happens that has to, so that a few random ones are enough beside it."""
    machine.begin(skews=[0, -30 * YEARS, 20 * YEARS], late={2}, visit=3)
    machine.take_a_private_note(1, 0, "text", 3, share=False)
    machine.edit_and_hand_over(2, 1, [(0, "text", 5)])  # nobody knows the second expert yet
    machine.headquarters_gives_a_card(2, "expert")
    for number in (1, 2):
        machine.export(0, number, "all", machine.random)
        machine.deliver(machine.nodes[number], machine.mail[-1])
    machine.propose_and_be_answered(2, 0, 0, accept=True, again=True)
    machine.write_beyond_ones_role(2, 1, 1, 0)
    machine.answer_a_proposal(2, 0, accept=True)
    machine.hand_the_lead_over(2, back=False)
    machine.take_a_private_note(1, 0, "text", 4, share=True)
    machine.one_after_the_other(0, aside=True)
    machine.go_on_in_two_places(1, [(1, "text", 6)], gap=True)
    machine.hand_the_lead_over(1, back=True)
    machine.accept_by_voice(1, 4)
    machine.somebody_new_is_accepted(2, [(0, "marking", 2)])
    machine.forge(2, 1, "head", card=False)
    machine.lose_a_laptop(2, [(0, "text", 7)], aware=True, sent=True)
    machine.two_people_on_one_laptop(0, 1, [(0, "text", 3)])
    for where, calls in (("_settle_missing", 0), ("_chain", 1)):
        machine.headquarters_gives_a_card(3, "expert")
        machine.edit(0, [(0, "text", 8)], 5)
        machine.export(0, 2, "delta", machine.random)
        machine.die_in_the_middle(2, 0, where, calls)
        machine.agree()
    machine.one_person_on_two_laptops([(0, "text", 8)], 0)
    machine.arrive_damaged(1, 0, 700, 3, cut=False)
    machine.arrive(2, 0)
    machine.headquarters_revokes(2, 1, told=True)
    machine.edit_and_hand_over(1, 2, [(1, "text", 9)])
    machine.edit_and_hand_over(0, 2, [(1, "text", 9)])
    machine.agree()


ROUNDS = 5


@pytest.mark.slow
def test_model_and_vaults_never_part() -> None:
    """Random steps, and one history with everything in it; the run counts only if what it is there for has happened.

    At length chance alone has to bring it about.
    """
    happened.clear()
    if EFFORT == 1:
        machine = Machine()
        try:
            play_once_through_everything(machine)
        finally:
            machine.teardown()
    for _round in range(ROUNDS):
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=12 * EFFORT if EFFORT > 1 else 4, stateful_step_count=40, deadline=None, database=None, print_blob=True,
                suppress_health_check=list(HealthCheck), phases=list(Phase) if EFFORT > 1 else [Phase.explicit, Phase.generate],
            ),
        )  # fmt: skip
        if all(happened[what] for what in WANTED):
            break
    if EFFORT > 1:
        print(", ".join(f"{count} {what}" for what, count in happened.most_common()))
    missing = [what for what in WANTED if not happened[what]]
    assert not missing, f"{ROUNDS} rounds have seen no {', '.join(missing)}: {dict(happened)}"
