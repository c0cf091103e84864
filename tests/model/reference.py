"""The reference model: what replicas hold and what follows from it, in sets and loops; no code of the product, and never fast.

A replica is a set of sealed segments and a list of open changes. Everything else is computed from that, whom it believes as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

HEAD_ONLY = "attribution_relaxed"  # a field that experts can only propose
STRICT = ["public", "internal", "restricted", "confidential"]  # of the field `marking`, in JSON


@dataclass(frozen=True)
class Change:
    """One change; `id` is its number in the model, `author` the bytes that order equal clocks."""

    id: int
    entity: str
    field: str
    value: str
    hlc: int
    author: bytes
    parents: frozenset[int]


@dataclass(frozen=True)
class Said:
    """One record of the admin stream: a card or a revocation, of the installation with that key."""

    kind: str
    key: bytes
    role: str = ""
    epoch: int = 0
    own: bool = False  # the card bears the holder's own certificate: an acceptance by voice
    tips: frozenset[bytes] = frozenset()  # what a revocation still believes


@dataclass(frozen=True)
class Segment:
    """What was sealed at once; `name` is the real hash, `count` its rows. What stands in the admin stream is `said`."""

    name: bytes
    author: bytes
    stream: bytes
    seq0: int
    prev: bytes | None
    changes: tuple[Change, ...]
    count: int
    epoch: int = 0
    said: tuple[Said, ...] | None = None


@dataclass
class Replica:
    """One vault as the model sees it: whose it is, and which key is headquarters'."""

    own: bytes
    hq: bytes
    held: set[Segment] = field(default_factory=set)
    open: list[Change] = field(default_factory=list)
    private: list[Change] = field(default_factory=list)  # the log that never leaves
    tips_of: dict[str, tuple[bytes, int]] = field(default_factory=dict)  # per scope: hash and end of the own stream
    aside: set[bytes] = field(default_factory=set)  # segments of an undone import
    judged: tuple[object, dict[bytes, str]] = (None, {})
    said: list[tuple[bytes, Said]] = field(default_factory=list)
    rows: set[bytes] = field(default_factory=set)

    # --- whom to believe

    def back(self, name: bytes | None) -> list[Segment]:
        """A segment and those before it, as far as they are here."""
        by_name = {s.name: s for s in self.held}
        found = []
        while name is not None and name in by_name:
            found.append(by_name[name])
            name = by_name[name].prev
        return found

    def cards(self, said: Iterable[tuple[bytes, Said]]) -> dict[bytes, list[Said]]:
        """The cards that hold, per key, later ones last: what headquarters issued, after what a head has accepted by voice."""
        every = [(author, s) for author, s in said if s.kind == "card"]
        issued = [s for author, s in every if author == self.hq and not s.own]
        heads = {s.key for s in issued if s.role == "head"}
        accepted = [replace(s, role="expert") for author, s in every if author in heads and s.own]
        found: dict[bytes, list[Said]] = {}
        for group in (accepted, issued):
            for card in sorted(group, key=lambda s: (s.epoch, s.role)):
                found.setdefault(card.key, []).append(card)
        return found

    def role(self, cards: dict[bytes, list[Said]], key: bytes, epoch: int) -> str:
        """What somebody known was when they knew that much of the admin stream; before their first card, an expert."""
        at = [c.role for c in cards.get(key, ()) if c.epoch <= epoch]
        return "hq" if key == self.hq else at[-1] if at else "expert"

    def judge(self, segment: Segment, said: Sequence[tuple[bytes, Said]]) -> str:
        """What a segment is worth if these are the records of the admin stream in force, whatever its chain."""
        cards, author = self.cards(said), segment.author
        if author not in {self.hq, self.own} and author not in cards:
            return "held"
        for tips in [s.tips for who, s in said if who == self.hq and s.kind == "revocation" and s.key == author]:
            if not any(segment in self.back(tip) for tip in tips):
                return "revoked"
        role = self.role(cards, author, segment.epoch)
        if segment.said is not None:
            fair = role == "hq" or (role == "head" and all(s.kind == "card" for s in segment.said))
            return "accepted" if fair else "faulty"
        return "proposed" if self.beyond(segment, role) else "accepted"

    def beyond(self, segment: Segment, role: str) -> list[Change]:
        """The changes of a segment that its author may only propose."""
        return [] if role in {"hq", "head"} else [c for c in segment.changes if c.field == HEAD_ONLY]

    def verdicts(self) -> dict[bytes, str]:
        """What every segment is worth, its chain included: headquarters' admin stream first, then the heads', then everybody's words."""
        now = len(self.held), frozenset(self.aside)
        if self.judged[0] != now:
            self.judged = now, self.judge_all()
        return self.judged[1]

    def judge_all(self) -> dict[bytes, str]:
        """The same, worked out."""
        admin = [s for s in self.held if s.said is not None]
        said: list[tuple[bytes, Said]] = []
        found: dict[bytes, str] = {}
        for ours in ({self.hq}, {s.author for s in admin} - {self.hq}):
            found |= {s.name: self.judge(s, said) for s in admin if s.author in ours}
            said += [(s.author, x) for s in admin if s.author in ours and self.whole(s, found) and found[s.name] == "accepted"
                     for x in s.said or ()]  # fmt: skip
        found |= {s.name: self.judge(s, said) for s in self.held}
        self.said = said
        self.rows = {s.name for s in self.held if s.name in self.aside or found[s.name] not in {"held", "faulty"}}
        found |= dict.fromkeys(self.aside, "set aside")
        return {s.name: found[s.name] if found[s.name] == "faulty" or self.whole(s, found) else "waiting" for s in self.held}

    def whole(self, segment: Segment, found: dict[bytes, str]) -> bool:
        """Whether nothing before a segment is missing, or worth nothing at all."""
        line = self.back(segment.name)
        return line[-1].prev is None and not any(found.get(s.name) == "faulty" for s in line)

    def in_force(self) -> list[tuple[bytes, Said]]:
        """The records of the admin stream that count, with their authors."""
        self.verdicts()
        return self.said

    def epoch(self) -> int:
        """How much of the admin stream is known."""
        return max((s.epoch for _, s in self.in_force()), default=0)

    def refuses(self, sender: bytes) -> str:
        """Why no file of that sender is taken in; empty where it is."""
        if any(s.kind == "revocation" and s.key == sender and who == self.hq for who, s in self.in_force()):
            return "signer-revoked"
        return "" if sender == self.hq or sender in self.cards(self.in_force()) else "signer-unknown"

    # --- which segments count

    def accepted(self) -> set[Segment]:
        """The segments whose changes count, but for proposals."""
        worth = self.verdicts()
        return {s for s in self.held if worth[s.name] in {"accepted", "proposed"}}

    def read(self) -> set[Segment]:
        """The segments whose rows are in the log: nobody reads what a stranger says."""
        self.verdicts()
        return {s for s in self.held if s.name in self.rows}

    def proposals(self) -> set[Change]:
        """The changes that only somebody else can make count."""
        worth = self.verdicts()
        return {c for s in self.held if worth[s.name] == "proposed" for c in self.beyond(s, "expert")}

    def unanswered(self) -> set[Change]:
        """Those that nothing in force follows."""
        answered = {p for c in self.counting() for p in c.parents}
        return {c for c in self.proposals() if c.id not in answered}

    def tips(self) -> set[tuple[bytes, bytes]]:
        """The ends of what counts."""
        ours = self.accepted()
        return {(s.stream, s.name) for s in ours} - {(s.stream, s.prev) for s in ours if s.prev is not None}

    def ends(self, stream: bytes) -> set[tuple[bytes | None, int]]:
        """Where a stream may go on: the segments without a gap before them that nothing follows, with the number of changes up to them."""
        worth = self.verdicts()
        ours = {s for s in self.held if s.stream == stream and worth[s.name] not in {"set aside", "waiting", "faulty"}}
        return {(s.name, s.seq0 + s.count) for s in ours if s.name not in {o.prev for o in ours}}

    def forks(self) -> set[tuple[bytes, bytes | None]]:
        """Where a stream goes on in two ways."""
        worth = self.verdicts()
        places = [(s.stream, s.prev) for s in self.held if worth[s.name] != "faulty"]
        return {p for p in places if places.count(p) > 1}

    # --- what the changes say

    def counting(self) -> list[Change]:
        """All changes that count, the open ones too."""
        proposed = self.proposals()
        return [c for s in self.accepted() for c in s.changes if c not in proposed] + self.open

    def versions(self, entity: str) -> list[Change]:
        """The changes of a record that count: private ones only while nothing of it is shared."""
        shared = [c for c in self.counting() if c.entity == entity]
        return shared or [c for c in self.private if c.entity == entity]

    def kept(self, entity: str) -> bool:
        """Whether the record is private altogether."""
        return any(c in self.private for c in self.versions(entity))

    def stored(self) -> dict[int, Change]:
        """All changes that can be read here, counted or not."""
        return {c.id: c for c in [*(c for s in self.read() for c in s.changes), *self.open, *self.private]}

    def heads(self, entity: str, key: str) -> set[Change]:
        """The versions of a field that nothing accepted follows; unaccepted changes are looked through."""
        stored, ours = self.stored(), [c for c in self.versions(entity) if c.field == key]
        ids = {c.id for c in ours}
        passed: set[int] = set()
        for change in ours:
            line = set(change.parents)
            while line:
                parent = stored.get(line.pop())
                if parent is None or (parent.entity, parent.field) != (entity, key) or parent.id in passed:
                    continue
                passed.add(parent.id)
                if parent.id not in ids:
                    line |= parent.parents
        return {c for c in ours if c.id not in passed}

    def ancestry(self, ids: Iterable[int]) -> set[int]:
        """These changes and all they descend from."""
        stored, seen, line = self.stored(), set[int](), set(ids)
        while line:
            at = line.pop()
            if at in stored and at not in seen:
                seen.add(at)
                line |= stored[at].parents
        return seen

    def fields(self, entity: str) -> set[str]:
        """The field keys that the record has."""
        return {c.field for c in self.versions(entity)}

    def value(self, entity: str, key: str) -> str:
        """The value in force: the strictest marking, an element that anybody holds, a record that anybody keeps, else the latest."""
        heads = self.heads(entity, key)
        values = {c.value for c in heads}
        if key == "deleted":
            return "true" if values == {"true"} else "false"
        if key.startswith("recommendations/"):
            return "true" if "true" in values else "false"
        if key == "marking":
            return max(values, key=lambda v: STRICT.index(v.strip('"')))
        return max(heads, key=lambda c: (c.hlc, c.author, c.value)).value

    def conflicts(self, entity: str) -> set[str]:
        """The fields that a person has to decide about."""
        plain = {f for f in self.fields(entity) if not f.startswith("recommendations/")}
        torn = {f for f in plain if len({c.value for c in self.heads(entity, f)}) > 1}
        return torn | ({"deleted"} if self.unseen(entity) else set())

    def unseen(self, entity: str) -> set[Change]:
        """Heads of other fields that no deletion in force has seen."""
        deletions = {c for c in self.heads(entity, "deleted") if c.value == "true"}
        if not deletions:
            return set()
        seen = self.ancestry(p for d in deletions for p in d.parents)
        return {h for f in self.fields(entity) - {"deleted"} for h in self.heads(entity, f) if h.id not in seen}

    def deleted(self, entity: str) -> bool:
        """Whether the record is gone for its readers."""
        return "deleted" in self.fields(entity) and self.value(entity, "deleted") == "true" and not self.unseen(entity)
