"""Segments and manifests for the tests of this room: drawn by Hypothesis, or small and fixed. It holds no test."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hypothesis import strategies as st

from fieldtool.domain import values
from fieldtool.domain.changes import Origin, Ref, Scope, SealedSegment, Segment, SegmentRow
from fieldtool.domain.ids import EntityId, Hlc, KeyHash, SegmentHash, StreamId, id_from_bytes
from fieldtool.domain.values import JsonValue
from fieldtool.sync.manifest import BundleType, Manifest, Recipient, Tip
from fieldtool.sync.segments import encode_segment, segment_hash

ORG = b"\x0a" * 32
VISIT = EntityId("01900000-0000-7000-8000-00000000000a")
NOTE = EntityId("01900000-0000-7000-8000-0000000000b1")
MEETING = EntityId("01900000-0000-7000-8000-0000000000c1")
KEY = KeyHash(b"\x0b" * 32)
STREAM = StreamId(b"\x0c" * 32)
ELSEWHERE = SegmentHash(b"\x0d" * 32)
START = Hlc(1_760_000_000_000 << 16)
ADDRESS = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"


def counted(seed: int = 7) -> random.Random:
    """A source of bytes (`.randbytes`) that gives the same ones each time."""
    return random.Random(seed)


def segment(
    rows: Iterable[SegmentRow], entities: tuple[tuple[EntityId, str], ...] = ((NOTE, "note"), (MEETING, "meeting")), **other: object
) -> Segment:
    """A segment of the sample stream, without a hash."""
    parts: dict[str, object] = {
        "hash": SegmentHash(b""), "must": (), "org": ORG, "visit": VISIT, "scope": Scope.SHARED, "key": KEY, "epoch": 3,
        "stream": STREAM, "seq0": 0, "prev": None, "entities": entities, "rows": tuple(rows),
    }  # fmt: skip
    return Segment(**(parts | other))  # type: ignore[arg-type]


def sealed(made: Segment, signature: bytes = b"\x05" * 64, seed: int = 7) -> SealedSegment:
    """The segment sealed under a signature that nobody verifies here."""
    body, beside = encode_segment(made, counted(seed).randbytes)
    return SealedSegment(segment_hash(body), body, signature, beside)


def small() -> Segment:
    """Four rows: plain, salted, with parents here and elsewhere, restated."""
    return segment(
        [
            SegmentRow(0, "kind", '"finding"', START),
            SegmentRow(0, "text", '"Сайлау учаскесі кеш ашылды."', Hlc(START + 1)),
            SegmentRow(1, "institutions/01900000-0000-7000-8000-0000000000d1", "true", Hlc(START + 2), (Ref(ELSEWHERE, 9),)),
            SegmentRow(0, "kind", '"quote"', Hlc(START + 3), (Ref(None, 0), Ref(ELSEWHERE, 4)), Origin(Hlc(START - 5), "А. Үлгі")),
        ]
    )


def manifest(**other: object) -> Manifest:
    """A bundle's manifest before the writer completes it."""
    parts: dict[str, object] = {
        "type": BundleType.BUNDLE, "n": 4, "org": ORG, "visit": VISIT, "sender": KEY, "sender_name": "Ә. Үлгі",
        "made_at": 1_760_000_000_000, "recipients": (Recipient("Headquarters", KEY, ADDRESS),), "epoch": 3,
        "have": (Tip(STREAM, ELSEWHERE),),
    }  # fmt: skip
    return Manifest(**(parts | other))  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------------------- drawn

_letters = st.characters(codec="utf-8", exclude_characters="\x00")
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-values.MAX_INT, values.MAX_INT) | st.text(_letters, max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(_letters, max_size=5), inner, max_size=3),
    max_leaves=6,
)
_LINK = "recommendations/01900000-0000-7000-8000-0000000000d1"
_fields = st.sampled_from(["text", "kind", _LINK, "attendees/a", "fieldOfNextYear", "themes/média"])
_digests = st.binary(min_size=32, max_size=32)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    """Any segment that the format can hold, a few rows long."""
    entities = draw(st.lists(st.binary(min_size=16, max_size=16), min_size=1, max_size=4, unique=True))
    kinds = draw(st.lists(st.sampled_from(["note", "meeting", "person", "kind_of_next_year"]), min_size=4, max_size=4))
    elsewhere = draw(st.lists(_digests, max_size=3, unique=True))
    rows: list[SegmentRow] = []
    for number in range(draw(st.integers(1, 7))):
        known = [Ref(None, i) for i in range(number)] + [Ref(SegmentHash(h), draw(st.integers(0, 65535))) for h in elsewhere]
        parents = tuple(draw(st.lists(st.sampled_from(known), max_size=3, unique=True))) if known else ()
        late = max([rows[p.row].hlc + 1 for p in parents if p.segment is None], default=1)
        origin = draw(st.none() | st.builds(Origin, st.integers(1, 2**62).map(Hlc), st.sampled_from(["HQ", "Ш. Үлгі"])))
        value: JsonValue = draw(_json)
        hlc = Hlc(late + draw(st.integers(0, 2**59)))
        entity, salted = draw(st.integers(0, len(entities) - 1)), draw(st.booleans())
        rows.append(SegmentRow(entity, draw(_fields), values.canonical(value), hlc, parents, origin, salted))
    seq0 = draw(st.just(0) | st.integers(1, 2**40))
    return segment(
        rows,
        tuple((id_from_bytes(e), k) for e, k in zip(entities, kinds, strict=False)),
        seq0=seq0,
        prev=SegmentHash(draw(_digests)) if seq0 else None,
        epoch=draw(st.integers(0, 99)),
        scope=draw(st.sampled_from([Scope.SHARED, Scope.ADMIN])),
    )
