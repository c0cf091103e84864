"""The segment codec: one spelling of each segment, and nothing but that spelling is read."""

from __future__ import annotations

import dataclasses
import hashlib
import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.domain import values
from fieldtool.domain.changes import Origin, Ref, Scope, SealedSegment, Segment, SegmentRow
from fieldtool.domain.ids import Hlc, SegmentHash
from fieldtool.sync import limits
from fieldtool.sync.segments import (
    SegmentFault,
    SegmentNewer,
    decode_segment,
    encode_segment,
    is_salted,
    read_header,
    redact_values,
    row_count,
    segment_hash,
)  # fmt: skip
from tests.unit.sync.made import ELSEWHERE, NOTE, START, counted, sealed, segment, segments, small

Tree = list[Any]


def again(body: bytes, beside: bytes = b"\x90") -> SealedSegment:
    """Those bytes under their own hash, as a forger with a key would send them."""
    return SealedSegment(segment_hash(body), body, b"\x05" * 64, beside)


def altered(change: Callable[[Tree], object], made: Segment | None = None) -> SealedSegment:
    """A valid segment with one thing changed in its msgpack tree, encoded as compactly as ever."""
    whole = sealed(made or small())
    tree: Tree = msgspec.msgpack.decode(whole.body)
    change(tree)
    return again(msgspec.msgpack.encode(tree), whole.values)


HEADER = ["format", "schema", "must", "org", "visit", "scope", "key", "epoch", "stream", "seq0", "prev"]
HEADER += ["entities", "refs", "rows", "digests"]


def put(name: str, value: object) -> Callable[[Tree], object]:
    return lambda tree: tree.__setitem__(HEADER.index(name), value)


def put_row(row: int, column: int, value: object) -> Callable[[Tree], object]:
    def change(tree: Tree) -> None:
        tree[HEADER.index("rows")][row][column] = value

    return change


def meaning(made: Segment) -> list[object]:
    """What a segment says, whatever the order of its tables."""
    rows = [(made.entities[r.entity], r.field, r.value, r.hlc, set(r.parents), r.origin) for r in made.rows]
    return [made.must, made.org, made.visit, made.scope, made.key, made.epoch, made.stream, made.seq0, made.prev, rows]


@given(segments())
def test_a_segment_comes_back_as_it_was_written(made: Segment) -> None:
    whole = sealed(made)
    back = decode_segment(whole)
    assert meaning(back) == meaning(made)
    assert back.hash == hashlib.sha256(whole.body).digest()
    assert row_count(whole.body) == len(made.rows)
    assert encode_segment(back, counted(99).randbytes) == (whole.body, whole.values)


@given(segments(), st.randoms(use_true_random=False))
def test_whatever_is_read_is_its_own_one_spelling(made: Segment, chance: random.Random) -> None:
    """Mutated bytes under a matching hash: what a signer with bad intentions could send."""
    whole = sealed(made)
    for _ in range(20):
        body = bytearray(whole.body)
        for _ in range(chance.randint(1, 2)):
            place = chance.randrange(len(body))
            kind = chance.randrange(4)
            if kind == 0:
                body[place] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del body[place]
            elif kind == 2:
                body.insert(place, chance.choice(b"\x00\x90\xc0\xc2\xc4\xcc\xd9\xdc\xff"))
            else:
                body[place:place] = body[place : place + chance.randint(1, 8)]
        try:
            back = decode_segment(again(bytes(body), whole.values))
        except (SegmentFault, SegmentNewer):
            continue
        tree: Tree = msgspec.msgpack.decode(bytes(body))
        older = tree[1] != limits.SCHEMA or any(not r.salted and is_salted(back.entities[r.entity][1], r.field) for r in back.rows)
        if not older:  # what a version with other salted fields wrote is read; this version would write it otherwise
            assert encode_segment(back, counted().randbytes) == (bytes(body), whole.values)


def test_free_text_and_personal_fields_stand_salted_and_unknown_ones_as_their_row_says() -> None:
    rows = [
        SegmentRow(0, "kind", '"quote"', START),
        SegmentRow(0, "text", '"secret words"', START),
        SegmentRow(1, "attendees/a", '{"name":"secret name"}', START),
        SegmentRow(0, "field_of_next_year", '"open"', START),
        SegmentRow(0, "text_of_next_year", '"secret too"', START, salted=True),
        SegmentRow(0, "unnamed_speakers/secret element", "true", START),
    ]
    whole = sealed(segment(rows))
    assert [r.salted for r in decode_segment(whole).rows] == [False, True, True, False, True, True]
    assert b"secret words" not in whole.body
    assert b"secret name" not in whole.body
    assert b"secret too" not in whole.body


def test_salts_are_fresh_for_each_row_and_never_taken_from_the_value() -> None:
    rows = [SegmentRow(0, "text", '"same"', START), SegmentRow(0, "text", '"same"', Hlc(START + 1))]
    back = decode_segment(sealed(segment(rows)))
    assert len({r.salt for r in back.rows}) == len({r.digest for r in back.rows}) == 2
    assert decode_segment(sealed(segment(rows), seed=8)).rows[0].digest != back.rows[0].digest


def test_a_redacted_value_is_gone_and_hash_and_body_still_hold() -> None:
    whole = sealed(small())
    less = redact_values(whole, {1})
    assert (less.hash, less.body, less.signature) == (whole.hash, whole.body, whole.signature)
    assert "Сайлау".encode() in whole.values
    assert "Сайлау".encode() not in less.values
    row = decode_segment(less).rows[1]
    assert (row.value, row.salt, row.salted, row.digest) == (None, b"", True, decode_segment(whole).rows[1].digest)
    assert encode_segment(decode_segment(less), counted().randbytes) == (less.body, less.values)


@pytest.mark.parametrize("row", [0, 4, 99])
def test_what_is_signed_in_the_clear_cannot_be_redacted(row: int) -> None:
    with pytest.raises(SegmentFault, match="cannot be redacted"):
        redact_values(sealed(small()), {row})


def test_a_segment_of_a_newer_version_keeps_its_header_and_is_not_read() -> None:
    for change in (put("must", ["colours"]), put("format", 2), lambda tree: (put("format", 2)(tree), tree.append("more"))):
        with pytest.raises(SegmentNewer) as caught:
            decode_segment(altered(change))
        assert caught.value.header.key == small().key
        assert caught.value.header.newer


def together(tree: Tree, *refs: bytes) -> None:
    """Let two segments be named first by the parents of one row, in this order."""
    put("refs", list(refs))(tree)
    put_row(2, 4, [1 << 16 | 9, 2 << 16 | 9])(tree)


def test_refs_that_one_row_names_first_stand_in_the_order_of_their_bytes() -> None:
    assert len(decode_segment(altered(lambda tree: together(tree, b"\x0d" * 32, b"\x0e" * 32))).rows[2].parents) == 2


REFUSED: dict[str, Callable[[Tree], object]] = {
    "format 0": put("format", 0),
    "format as text": put("format", "1"),
    "negative epoch": put("epoch", -1),
    "epoch beyond 63 bits": put("epoch", 1 << 63),
    "features out of order": put("must", ["b", "a"]),
    "feature twice": put("must", ["a", "a"]),
    "feature without a name": put("must", [""]),
    "short organisation": put("org", b"\x01" * 31),
    "long key": put("key", b"\x01" * 33),
    "visit as text": put("visit", "01900000-0000-7000-8000-00000000000a"),
    "private scope": put("scope", "private"),
    "unknown scope": put("scope", "public"),
    "successor without predecessor": put("seq0", 5),
    "predecessor of a first segment": put("prev", b"\x01" * 32),
    "no rows": put("rows", []),
    "a header field too few": lambda tree: tree.pop(0),
    "an element too many": lambda tree: tree.append([]),
    "entity unused": lambda tree: tree[11].append([b"\x09" * 16, "note"]),
    "entity missing": lambda tree: tree[11].pop(),
    "entity twice": lambda tree: tree[11].__setitem__(1, tree[11][0]),
    "entities out of order": lambda tree: [put_row(r, 0, e)(tree) for r, e in enumerate((1, 1, 0, 1))],
    "entity index beyond": put_row(0, 0, 7),
    "negative entity index": put_row(0, 0, -1),
    "kind without a name": lambda tree: tree[11].__setitem__(0, [b"\x09" * 16, ""]),
    "kind with a line break": lambda tree: tree[11].__setitem__(0, [b"\x09" * 16, "no\nte"]),
    "ref unused": lambda tree: tree[12].append(b"\x09" * 32),
    "ref twice": lambda tree: tree[12].append(tree[12][0]),
    "ref missing": put("refs", []),
    "short ref": put("refs", [b"\x09" * 31]),
    "refs of one row out of order": lambda tree: together(tree, b"\x0e" * 32, b"\x0d" * 32),
    "parent in the same row": put_row(1, 4, 1),
    "parent in a later row": put_row(0, 4, 2),
    "one parent as a list": put_row(2, 4, [65545]),
    "no parents as a list": put_row(0, 4, []),
    "parents out of order": put_row(3, 4, [65540, 0]),
    "parent twice": put_row(3, 4, [0, 0]),
    "parent beyond the refs": put_row(2, 4, 3 << 16),
    "negative parent": put_row(2, 4, -1),
    "parent of 64 bits": put_row(2, 4, 1 << 63),
    "clock before its parent": put_row(3, 3, -2),
    "clock below nought": put_row(0, 3, -1),
    "clock of nought": put_row(0, 3, 0),
    "clock beyond 63 bits": put_row(1, 3, (1 << 63) - 1),
    "clock as a float": put_row(0, 3, 1.0),
    "field without a name": put_row(0, 1, ""),
    "field that is only an element": put_row(0, 1, "/x"),
    "field with a NUL": put_row(0, 1, "a\0"),
    "field with a line break": put_row(0, 1, "themes/a\nb"),
    "field not in normal form": put_row(0, 1, "themes/e\u0301"),
    "field too long": put_row(0, 1, "themes/" + "x" * limits.MAX_FIELD),
    "value with a space": put_row(0, 2, '"a" '),
    "value with a float": put_row(0, 2, "1.5"),
    "value with a whole float": put_row(0, 2, "1.0"),
    "value NaN": put_row(0, 2, "NaN"),
    "value not in normal form": put_row(0, 2, '"e\u0301"'),
    "value with an escaped letter": put_row(0, 2, '"\\u0061"'),
    "value with an escaped NUL": put_row(0, 2, '"\\u0000"'),
    "value with a lone surrogate": put_row(0, 2, '"\\ud800"'),
    "value with two values": put_row(0, 2, '"a","b"'),
    "value with a line break between two": put_row(0, 2, '"a"\n"b"'),
    "value cut in the middle": put_row(0, 2, '"a'),
    "value with keys out of order": put_row(0, 2, '{"b":1,"a":1}'),
    "value with a key twice": put_row(0, 2, '{"a":1,"a":1}'),
    "value that is a number beyond 63 bits": put_row(0, 2, "9223372036854775808"),
    "value nested too deeply": put_row(0, 2, "[" * 20 + "]" * 20),
    "value nested without end": put_row(0, 2, "[" * 100_000),
    "value empty": put_row(0, 2, ""),
    "value as bytes": put_row(0, 2, b'"a"'),
    "value missing without a digest": put_row(0, 2, None),
    "digest without a row": lambda tree: tree.__setitem__(14, tree[14] + b"\x01" * 32),
    "digest cut short": lambda tree: tree.__setitem__(14, tree[14][:-1]),
    "digest of another value": lambda tree: tree.__setitem__(14, b"\x01" * 32),
    "origin with a float": put_row(3, 5, [1.0, "HQ"]),
    "origin without an author": put_row(3, 5, [1]),
    "origin with a NUL": put_row(3, 5, [1, "H\0Q"]),
    "row with a column too many": lambda tree: tree[13][0].append(None),
    "row with a column too few": lambda tree: tree[13][0].pop(),
    "row as a map": lambda tree: tree[13].__setitem__(0, {"entity": 0}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_everything_else_is_refused(name: str) -> None:
    with pytest.raises(SegmentFault):
        decode_segment(altered(REFUSED[name]))


@pytest.mark.parametrize(
    "body",
    [b"", b"\x90", b"\xc0", b"\x01", b"\xdd\xff\xff\xff\xff", b"\xdc\xff\xff", b"\x91" * 100_000, b"\x81\xa1a\x01", b"\xff" * 64],
)
def test_bytes_that_are_no_segment_are_refused(body: bytes) -> None:
    with pytest.raises(SegmentFault):
        decode_segment(again(body))
    with pytest.raises(SegmentFault):
        row_count(body)


def test_a_longer_spelling_of_a_number_is_refused() -> None:
    body = sealed(small()).body
    assert body[1] == 1  # the format, in one byte
    with pytest.raises(SegmentFault, match="canonical"):
        decode_segment(again(body[:1] + b"\xcc\x01" + body[2:]))


def test_bytes_after_the_segment_are_refused() -> None:
    whole = sealed(small())
    for tail in (b"\x00", b"\xc0", whole.body):
        with pytest.raises(SegmentFault):
            decode_segment(again(whole.body + tail, whole.values))
    with pytest.raises(SegmentFault):
        decode_segment(again(whole.body, whole.values + b"\xc0"))


def test_a_body_under_another_hash_is_refused() -> None:
    whole = sealed(small())
    with pytest.raises(SegmentFault, match="hash"):
        decode_segment(dataclasses.replace(whole, hash=ELSEWHERE))


VALUES: dict[str, Callable[[list[Tree]], object]] = {
    "another value": lambda v: v[0].__setitem__(2, '"Another text."'),
    "another salt": lambda v: v[0].__setitem__(1, b"\x00" * 16),
    "a shorter salt": lambda v: v[0].__setitem__(1, b"\x00" * 15),
    "a value of a plain row": lambda v: v[0].__setitem__(0, 0),
    "a value of no row": lambda v: v[0].__setitem__(0, 400),
    "a value twice": lambda v: v.append(v[0]),
}


@pytest.mark.parametrize("name", VALUES)
def test_values_beside_the_body_are_those_that_were_signed(name: str) -> None:
    whole = sealed(small())
    tree: list[Tree] = msgspec.msgpack.decode(whole.values)
    VALUES[name](tree)
    with pytest.raises(SegmentFault):
        decode_segment(dataclasses.replace(whole, values=msgspec.msgpack.encode(tree)))


def test_a_salted_value_outside_the_canonical_encoding_is_refused_though_its_digest_matches() -> None:
    whole = sealed(small())
    tree: Tree = msgspec.msgpack.decode(whole.body)
    salt, value = b"\x07" * 16, '{"b":1,"a":2}'
    tree[14] = hashlib.sha256(salt + value.encode()).digest()
    with pytest.raises(SegmentFault):
        decode_segment(again(msgspec.msgpack.encode(tree), msgspec.msgpack.encode([[1, salt, value]])))


ROW = SegmentRow(0, "kind", '"quote"', START)
BUGS: dict[str, Callable[[], Segment]] = {
    "a private segment": lambda: dataclasses.replace(small(), scope=Scope.PRIVATE),
    "no rows": lambda: segment([]),
    "one record of two kinds": lambda: segment([ROW, msgspec.structs.replace(ROW, entity=1)], ((NOTE, "note"), (NOTE, "meeting"))),
    "a value that is not canonical": lambda: segment([SegmentRow(0, "kind", '{"b":1,"a":1}', START)]),
    "a plain value left out": lambda: segment([SegmentRow(0, "kind", None, START)]),
    "a parent that is not older": lambda: segment([ROW, msgspec.structs.replace(ROW, parents=(Ref(None, 0),))]),
    "an author with a line break": lambda: segment([SegmentRow(0, "kind", "1", START, (), Origin(START, "a\nb"))]),
    "a redacted value without its digest": lambda: segment([SegmentRow(0, "text", None, START)]),
    "a predecessor of a first segment": lambda: dataclasses.replace(small(), prev=ELSEWHERE),
}


@pytest.mark.parametrize("name", BUGS)
def test_what_others_would_refuse_is_never_sealed(name: str) -> None:
    with pytest.raises(SegmentFault):
        encode_segment(BUGS[name](), counted().randbytes)


def test_a_combining_mark_after_an_escape_is_a_value_like_others() -> None:
    """The text of such a value is not in normal form though the value is: the letter of the escape is no base for the mark."""
    value = values.canonical("\n\u0303")
    assert decode_segment(sealed(segment([ROW, msgspec.structs.replace(ROW, value=value)]))).rows[1].value == value


def test_the_same_record_in_two_places_of_the_callers_table_is_one_entity() -> None:
    rows = [SegmentRow(1, "kind", '"quote"', START), SegmentRow(0, "kind", '"finding"', Hlc(START + 1))]
    back = decode_segment(sealed(segment(rows, ((NOTE, "note"), (NOTE, "note")))))
    assert back.entities == ((NOTE, "note"),)
    assert [r.entity for r in back.rows] == [0, 0]


def test_the_header_reads_without_the_rows() -> None:
    head = read_header(sealed(small()).body)
    made = small()
    assert (head.key, head.stream, head.visit, head.seq0, head.prev, head.newer) == (made.key, made.stream, made.visit, 0, None, False)
    assert SegmentHash(segment_hash(b"")) == hashlib.sha256(b"").digest()
