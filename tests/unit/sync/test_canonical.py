"""The fast check of values accepts exactly what the one encoding accepts, and a manifest has one spelling."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldtool.domain import values
from fieldtool.domain.changes import SegmentRow
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import Hlc, KeyHash, SegmentHash, StreamId
from fieldtool.sync import limits
from fieldtool.sync.canonical import check_values
from fieldtool.sync.manifest import Manifest, Recipient, Tip
from fieldtool.sync.segments import SegmentFault
from tests.unit.sync.made import START, manifest, sealed, segment

_texts = st.text(st.sampled_from('"\\,\n\x00\x1f\x7f \u00a0\u0301\u2028\ud800abeé한\u1100\u1161[]{}:1.-truefalsn'), max_size=6)


@given(st.lists(_texts | _texts.map(lambda t: f'"{t}"') | st.sampled_from(["true", "null", "1", "[]", '"a"']), max_size=4))
@example(['"a","b"', '"c', 'd"'])
@example(['"', '"a"b"'])
@example(['"\u0301"'])
@example(['"e', '\u0301"'])
def test_many_values_at_once_are_judged_like_each_alone(texts: list[str]) -> None:
    def holds(text: str) -> bool:
        try:
            values.decode(text)
        except (values.NotCanonical, UnicodeError):
            return False
        return True

    if all(map(holds, texts)):
        check_values(texts)
    else:
        with pytest.raises((values.NotCanonical, UnicodeError)):
            check_values(texts)


def test_a_value_has_a_limit() -> None:
    longest = '"' + "я" * (limits.MAX_VALUE // 2 - 1) + '"'
    check_values([longest])
    with pytest.raises(values.NotCanonical, match="too long"):
        check_values([longest[:-1] + 'я"'])
    with pytest.raises(SegmentFault):
        sealed(segment([SegmentRow(0, "text", longest[:-1] + 'я"', START)]))


@pytest.mark.parametrize("rows", [0, limits.MAX_ROWS + 1])
def test_a_segment_has_as_many_rows_as_a_number_can_name(rows: int) -> None:
    with pytest.raises(SegmentFault):
        sealed(segment([SegmentRow(0, "kind", "1", Hlc(START + n)) for n in range(rows)]))


_digests = st.binary(min_size=32, max_size=32)
_names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20).map(
    lambda t: str(values.normalised(t))
)


@given(
    st.lists(st.builds(Tip, _digests.map(StreamId), _digests.map(SegmentHash)), max_size=4, unique=True),
    st.lists(_digests, max_size=4, unique=True),
    _names,
    st.integers(1, limits.MAX_NUMBER),
)
def test_a_manifest_comes_back_and_has_one_spelling(tips: list[Tip], wanted: list[bytes], name: str, n: int) -> None:
    made = manifest(have=tuple(tips), want=tuple(wanted), sender_name=name, n=n, held=tuple(map(SegmentHash, wanted)))
    text = made.to_json()
    back = Manifest.from_json(text)
    assert back.to_json() == text
    assert set(back.have) == set(tips)
    assert (back.sender_name, back.n, set(back.want), set(back.held)) == (name, n, set(wanted), set(wanted))


@given(st.integers(0, 10**6), st.sampled_from([b"", b" ", b"0", b'"', b",", b"}", b"\xd0", b"null"]), st.integers(0, 2))
def test_a_manifest_with_other_bytes_is_refused_or_says_something_else(place: int, put: bytes, drop: int) -> None:
    text = manifest(sender_name="Ә. Үлгі", recipients=(Recipient("HQ", KeyHash(b"\x01" * 32), "age1qqq"),)).to_json()
    place %= len(text)
    changed = text[:place] + put + text[place + drop :]
    try:
        back = Manifest.from_json(changed)
    except KnownError:
        return
    again = back.to_json()
    assert again == changed or set(values_of(again)) < set(values_of(changed))  # a key that this version does not know was ignored


def values_of(text: bytes) -> dict[str, values.JsonValue]:
    tree = values.decode(text)
    assert isinstance(tree, dict)
    return tree


BUGS = {"n": 0, "org": b"short", "sender_name": "a\nb", "part": 2, "recipients": (), "made_at": -1, "visit": "visit 1", "epoch": 1 << 63}


@pytest.mark.parametrize("name", BUGS)
def test_a_manifest_outside_the_format_is_never_signed(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        manifest(**{name: BUGS[name]}).to_json()
