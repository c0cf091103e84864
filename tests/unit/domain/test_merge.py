"""The rules of merge, each on the smallest history that shows it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.domain.changes import DELETED
from fieldtool.domain.merge import Projection, Version, field_heads, project, settle, strictest
from fieldtool.domain.schema import KINDS

NOTE = KINDS["note"]
ANN, BOB = (1, b"a"), (1, b"b")


def version(
    number: int, field: str = "text", value: str | None = '"x"', *parents: int, made: int | None = None, accepted: bool = True,
    by: tuple[int, bytes] = ANN, private: bool = False,
) -> Version:  # fmt: skip
    return Version(number, field, value, number if made is None else made, by, parents, accepted, private)


def numbers(versions: list[Version]) -> list[int]:
    return [v.change for v in versions]


def test_a_head_has_no_accepted_descendant() -> None:
    line = [version(1), version(2, "text", '"y"', 1), version(3, "text", '"z"', 1)]
    assert numbers(field_heads(line)) == [3, 2]


def test_an_unaccepted_change_takes_nothing_away() -> None:
    assert numbers(field_heads([version(1), version(2, "text", '"y"', 1, accepted=False)])) == [1]


def test_what_follows_an_unaccepted_change_follows_its_parents_too() -> None:
    line = [version(1), version(2, "text", '"y"', 1, accepted=False), version(3, "text", '"z"', 2)]
    assert numbers(field_heads(line)) == [3]


def test_a_parent_that_has_not_come_holds_nothing_back() -> None:
    assert numbers(field_heads([version(1), version(3, "text", '"z"', 2)])) == [3, 1]


def test_a_parent_of_another_field_is_no_parent() -> None:
    projection = project([version(1, "text"), version(2, "language", '"en"', 1)], NOTE)
    assert set(projection.heads) == {"text", "language"}


def test_equal_values_are_no_conflict_and_different_ones_are() -> None:
    assert project([version(1), version(2)], NOTE).conflicts == ()
    torn = project([version(1), version(2, "text", '"y"')], NOTE)
    assert (torn.conflicts, torn.values["text"]) == (("text",), '"y"')


def test_equal_clocks_are_ordered_by_author_and_value_not_by_number() -> None:
    for bobs, anns in ((1, 2), (9, 3)):
        pair = [version(bobs, made=5, by=BOB), version(anns, "text", '"y"', made=5)]
        assert project(pair, NOTE).values["text"] == '"x"'


def test_sets_merge_silently_and_what_anybody_holds_is_in() -> None:
    key = "recommendations/01900000-0000-7000-8000-000000000001"
    projection = project([version(1, key, "true"), version(2, key, "false")], NOTE)
    assert (projection.values[key], projection.conflicts) == ("true", ())


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("marking", ['"public"', '"confidential"', '"restricted"'], '"confidential"'),
        ("marking", ['"confidential"', '"of a newer version"'], '"of a newer version"'),
        ("attribution", ['"Chatham House"', "null"], '"Chatham House"'),
        ("private", ["false", "true"], "true"),
        ("protected", ["null", "false"], "false"),
        ("marking", [None, '"public"'], '"public"'),
    ],
)
def test_the_strictest_value_is_in_force(name: str, values: list[str | None], expected: str) -> None:
    for line in (values, values[::-1]):
        assert strictest(name, line) == expected


def test_a_strict_field_in_conflict_shows_the_strictest_though_it_is_older() -> None:
    heads = field_heads([version(1, "marking", '"confidential"'), version(2, "marking", '"public"')])
    assert settle("marking", NOTE.field("marking"), heads) == ('"confidential"', True)


def test_a_deletion_covers_what_it_saw_and_their_ancestors() -> None:
    seen = [version(1), version(2, "text", '"y"', 1), version(3, DELETED, "true", 2)]
    assert project(seen, NOTE).deleted
    set_aside = [version(1), version(2, "text", '"y"', 1, accepted=False), version(3, DELETED, "true", 2)]
    assert project(set_aside, NOTE).deleted  # 1 is a head again, and the deletion saw what followed it


def test_an_edit_that_no_deletion_saw_keeps_the_record() -> None:
    torn = project([version(1), version(2, DELETED, "true", 1), version(3, "text", '"y"', 1)], NOTE)
    assert (torn.deleted, torn.conflicts, numbers(list(torn.unseen))) == (False, (DELETED,), [3])
    both = project([version(1), version(2, DELETED, "true", 1), version(3, "text", '"y"', 1), version(4, DELETED, "true", 2, 3)], NOTE)
    assert (both.deleted, both.conflicts) == (True, ())


def test_deleted_and_kept_at_once_is_kept_and_asked() -> None:
    torn = project([version(1), version(2, DELETED, "true", 1), version(3, DELETED, "false", 1)], NOTE)
    assert (torn.deleted, torn.conflicts) == (False, (DELETED,))


def test_made_is_the_first_accepted_change_and_changed_the_latest_head() -> None:
    line = [version(4, made=9), version(5, "text", '"y"', 4, made=3, by=BOB), version(6, "language", '"en"', made=1, accepted=False)]
    projection = project(line, NOTE)
    assert projection.made is not None
    assert projection.changed is not None
    assert (projection.made.made, projection.changed.made) == (3, 3)


def test_a_redacted_head_is_a_version_like_any_other() -> None:
    projection = project([version(1, "text", None), version(2, "text", '"y"')], NOTE)
    assert (projection.conflicts, projection.values["text"]) == (("text",), '"y"')
    assert project([version(1, "text", None)], NOTE).values["text"] == "null"


def test_what_was_shared_leaves_its_private_history() -> None:
    projection = project([version(1, private=True), version(2, "text", '"y"')], NOTE)
    assert (projection.conflicts, projection.private, projection.values["text"]) == ((), False, '"y"')
    assert project([version(1, private=True)], NOTE).private


def test_nothing_accepted_is_nothing_there() -> None:
    assert not project([version(1, accepted=False)], NOTE).present
    assert not project([], None).present


@given(st.integers(0, 2**32))
def test_the_order_of_changes_makes_no_difference_and_every_accepted_one_leads_to_a_head(seed: int) -> None:
    rng = random.Random(seed)
    keys = ["text", "marking", DELETED]
    line = [
        version(n, rng.choice(keys), rng.choice(['"a"', '"b"', "true", "false"]), *rng.sample(range(n), rng.randrange(min(n, 3) + 1)),
                accepted=rng.random() < 0.8, made=rng.randrange(20))
        for n in range(12)
    ]  # fmt: skip
    once = project(line, NOTE)
    assert _shown(project(rng.sample(line, len(line)), NOTE)) == _shown(once)
    heads = {h.change for hs in once.heads.values() for h in hs}
    by_number = {v.change: v for v in line}
    for change in (v for v in line if v.accepted):
        below = [v for v in line if v.accepted and v.field == change.field and _descends(v, change.change, by_number)]
        assert any(v.change in heads for v in [change, *below])


def _shown(projection: Projection) -> tuple[object, ...]:
    ends = [(v.made, v.by) for v in (projection.made, projection.changed) if v is not None]
    heads = {key: {h.change for h in heads} for key, heads in projection.heads.items()}
    return heads, projection.values, projection.conflicts, projection.deleted, {u.change for u in projection.unseen}, ends


def _descends(version: Version, ancestor: int, known: dict[int, Version]) -> bool:
    return any(p == ancestor or _descends(known[p], ancestor, known) for p in version.parents if known[p].field == version.field)
