"""A deterministic log of many changes by five people, sealed and signed, for the benchmark of bundles; it measures nothing."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldtool.domain import values
from fieldtool.domain.changes import Ref, SealedSegment, Segment, SegmentRow
from fieldtool.domain.ids import EntityId, Hlc, SegmentHash, StreamId, id_from_bytes
from fieldtool.sync.limits import SEGMENT_TYPE
from fieldtool.sync.segments import encode_segment, segment_hash
from tests.unit.sync.made import segment
from tests.unit.sync.organisation import Member, Organisation

SEGMENT_CHANGES = 256  # as the product seals
EXCHANGE = 1_280  # changes between two exchanges of files: about a day of five people
OWN = 0.9  # of the changes are made by the one who made the note
FIELDS = ("kind", "language", "at", "order", "marking", "attribution", "text", "through_interpreter", "cleared_by_speaker")
_SYLLABLES = [c + v for c in "бвгджзклмнпрстфхцчшқғң" for v in "аеиоуыәөү"]


@dataclass(slots=True)
class Log:
    """Segments in an order in which every parent comes first, and the values they hold."""

    segments: list[Segment] = field(default_factory=list)
    sealed: list[SealedSegment] = field(default_factory=list)
    changes: int = 0
    value_bytes: int = 0


@dataclass(slots=True)
class _Author:
    member: Member
    stream: StreamId
    rows: list[tuple[EntityId, str, str, int, tuple[int, ...]]] = field(default_factory=list)
    seq0: int = 0
    prev: SegmentHash | None = None


class Writer:
    """Five people who edit each other's notes and exchange files now and then; what one has not seen of the others makes conflicts."""

    def __init__(self, organisation: Organisation, seed: int = 7) -> None:
        self._random = random.Random(seed)
        members = [organisation.hq, organisation.expert, organisation.other]
        self._authors = [_Author(members[i % 3], StreamId(bytes([i + 1]) * 32)) for i in range(5)]
        self._org = organisation.trust.org
        self._notes: list[EntityId] = []
        self._owners: dict[EntityId, int] = {}
        self._heads: dict[tuple[EntityId, str], tuple[int, ...]] = {}  # as of the last exchange, with what was written since
        self._exchanged = 0
        self._places: dict[int, tuple[SegmentHash, int]] = {}
        self._clocks: dict[int, int] = {}
        self._open: dict[int, int] = {}  # change that no segment holds yet → author
        self._unseen: dict[int, int] = {}  # change that was not exchanged yet → author
        self._count = 0
        self._ms = 1_760_000_000_000
        words = ["".join(self._random.choices(_SYLLABLES, k=self._random.randint(1, 4))) for _ in range(6_000)]
        weights = list(itertools.accumulate(1 / (i + 1) ** 0.9 for i in range(len(words))))
        self._words = iter(self._random.choices(words, cum_weights=weights, k=4_000_000))

    def write(self, changes: int) -> Log:
        """So many more changes, sealed."""
        log = Log()
        while log.changes < changes:
            author = self._random.randrange(len(self._authors))
            new = not self._notes or self._random.random() < 0.07
            if new:
                self._notes.append(id_from_bytes(self._random.randbytes(16)))
                self._owners[self._notes[-1]] = author
            note = self._notes[-1] if new else self._random.choice(self._notes[-400:] if self._random.random() < 0.7 else self._notes)
            if self._random.random() < OWN:
                author = self._owners[note]
            for name in self._random.sample(FIELDS, self._random.randint(7, 9) if new else self._random.choice((1, 1, 1, 2, 3))):
                self._change(log, author, note, name)
            if self._count - self._exchanged >= EXCHANGE:
                self._exchange(log)
        self._exchange(log)
        return log

    def _exchange(self, log: Log) -> None:
        for number in range(len(self._authors)):
            self._seal(log, number)
        self._unseen.clear()
        self._exchanged = self._count

    def _change(self, log: Log, number: int, note: EntityId, name: str) -> None:
        author = self._authors[number]
        heads = self._heads.get((note, name), ())
        self._ms += self._random.randint(1, 4_000)
        self._count += 1
        parents = tuple(h for h in heads if self._unseen.get(h, number) == number)
        self._heads[note, name] = (*(h for h in heads if h not in parents), self._count)
        hlc = max([self._ms << 16, *(self._clocks[p] + 1 for p in parents)])
        value = values.canonical(self._value(name))
        author.rows.append((note, name, value, hlc, parents))
        self._clocks[self._count], self._open[self._count], self._unseen[self._count] = hlc, number, number
        self._places[self._count] = (SegmentHash(b""), len(author.rows) - 1)
        log.changes += 1
        log.value_bytes += len(value.encode())
        if len(author.rows) >= SEGMENT_CHANGES:
            self._seal(log, number)

    def _value(self, name: str) -> values.JsonValue:
        chance = self._random
        if name == "text":
            return " ".join(itertools.islice(self._words, chance.randint(30, 160)))
        if name in ("through_interpreter", "cleared_by_speaker"):
            return chance.random() < 0.5
        if name == "at":
            return f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{chance.randint(8, 19):02}:15"
        if name == "marking":
            return chance.choice(("internal", "restricted", "confidential"))
        return " ".join(itertools.islice(self._words, chance.randint(1, 3)))

    def _seal(self, log: Log, number: int) -> None:
        author = self._authors[number]
        if not author.rows:
            return
        notes = list(dict.fromkeys(r[0] for r in author.rows))
        place = {note: i for i, note in enumerate(notes)}
        rows = [
            SegmentRow(place[note], name, value, Hlc(hlc), tuple(self._ref(p, number) for p in parents))
            for note, name, value, hlc, parents in author.rows
        ]
        made = dataclasses.replace(
            segment(rows, tuple((n, "note") for n in notes), org=self._org, stream=author.stream, seq0=author.seq0, prev=author.prev),
            key=author.member.pen.key_hash,
        )
        sealed = seal(author.member, made, self._random)
        log.segments.append(made)
        log.sealed.append(sealed)
        author.prev, author.seq0 = sealed.hash, author.seq0 + len(rows)
        author.rows = []
        for change in [c for c, a in self._open.items() if a == number]:
            del self._open[change]
            self._places[change] = (sealed.hash, self._places[change][1])

    def _ref(self, change: int, number: int) -> Ref:
        name, row = self._places[change]
        return Ref(None if self._open.get(change) == number else name, row)


def seal(member: Member, made: Segment, chance: random.Random) -> SealedSegment:
    """Encode and sign one segment, as a vault does when it seals."""
    body, beside = encode_segment(made, chance.randbytes)
    return SealedSegment(segment_hash(body), body, member.pen.sign(SEGMENT_TYPE, body), beside)


def seal_all(organisation: Organisation, segments: Sequence[Segment]) -> list[SealedSegment]:
    """Encode and sign all of them anew; salts are those of the sealed ones, so bytes are equal where rows carry their salts."""
    members = {m.pen.key_hash: m for m in (organisation.hq, organisation.expert, organisation.other)}
    chance = random.Random(1)
    return [seal(members[s.key], s, chance) for s in segments]
