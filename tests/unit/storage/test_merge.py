"""Whatever is written, and in whatever order it comes: rows say what the pure rules say, and equal sets give equal records."""

from __future__ import annotations

import dataclasses
import random
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.changes import DELETED, Draft, Origin, Scope, SealedSegment, SegmentRow, SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, Hlc, LocalChange
from fieldtool.storage import Arrival, Author, OpenSegment, Store, Verdict
from fieldtool.storage.statements import ServerWork
from fieldtool.storage.work import Work
from fieldtool.sync.segments import decode_segment
from tests.effort import EFFORT
from tests.unit.storage.making import ANN, BOB, CLOCK, VISIT, Vaults, arrivals, encode, exchange, listed, make, new_id, write

NOTES = [new_id() for _ in range(3)]
KEYS = ["text", "marking", "private", f"recommendations/{NOTES[0]}", "meeting", DELETED]
VALUES = {
    "text": ['"one"', '"two"', '"three"'],
    "marking": ['"public"', '"confidential"', '"cosmic"'],
    "private": ["true", "false"],
    KEYS[3]: ["true", "false"],
    "meeting": [f'"{NOTES[1]}"', "null"],
    DELETED: ["true", "false"],
}
STATES = [SegmentState.ACCEPTED, SegmentState.HELD, SegmentState.REVOKED, SegmentState.SET_ASIDE]


def _draft(rng: random.Random, store: Store) -> Draft:
    note, key = rng.choice(NOTES), rng.choice(KEYS)
    heads = tuple(h.change for h in store.heads(note, key))
    shared = tuple(e.change for e in store.history(note) if e.scope is not Scope.PRIVATE)
    parents: tuple[LocalChange, ...] | None = None
    match rng.randrange(6):
        case 0:
            parents = heads
        case 1 if heads:
            parents = (rng.choice(heads),)
        case 2:
            parents = ()
        case 3:
            parents = tuple(rng.sample(shared, min(len(shared), rng.randrange(4))))
        case 4:
            parents = tuple(e.change for e in store.history(note) if e.field == key)[-1:]
    origin = Origin(Hlc((1_600_000_000_000 + rng.randrange(5)) << 16), "Library") if rng.random() < 0.1 else None
    return Draft(note, "note", key, rng.choice(VALUES[key]), parents, origin)


def _append(rng: random.Random, store: Store, author: Author) -> None:
    private = rng.random() < 0.1
    drafts = [_draft(rng, store) for _ in range(rng.randrange(1, 4))]
    if private:
        fresh = [d for d in drafts if (r := store.get(d.entity)) is None or r.private]
        drafts = [Draft(d.entity, d.kind, d.field, d.value, None) for d in fresh]
    else:
        private_parents = {e.change for d in drafts for e in store.history(d.entity) if e.scope is Scope.PRIVATE}
        drafts = [
            Draft(
                d.entity, d.kind, d.field, d.value, None if d.parents is None else tuple(p for p in d.parents if p not in private_parents)
            )
            for d in drafts
        ]
    CLOCK.now += rng.randrange(3) - 1
    store.append(drafts, visit=VISIT, scope=Scope.PRIVATE if private else Scope.SHARED, author=author, origin="t", label="l")


def _judged(rng: random.Random, sealed: SealedSegment) -> Arrival:
    segment = decode_segment(sealed)
    if rng.random() < 0.2:
        rows = frozenset(rng.sample(range(len(segment.rows)), 1))
        return Arrival(sealed, segment, SegmentState.PROPOSED, rows)
    return Arrival(sealed, segment, rng.choice(STATES) if rng.random() < 0.3 else SegmentState.ACCEPTED)


def _dump(store: Store) -> list[object]:
    everything = [store.get(n) for n in NOTES]
    return [everything, store.conflicts(), store.list_("note"), [store.referring(n) for n in NOTES], store.tips(VISIT)]


@settings(max_examples=20 * EFFORT, deadline=None)
@given(st.integers(0, 2**32))
def test_rows_equal_the_rules_and_equal_sets_give_equal_records(seed: int) -> None:
    rng = random.Random(seed)
    root = Path(tempfile.mkdtemp())
    stores = [make(root / n) for n in "ab"]
    piecemeal = pytest.MonkeyPatch()
    if seed % 2:  # as an import of hundreds of thousands of changes goes: in many passes, most records written before the last
        for name in ("PIECE", "HOLD", "TOGETHER"):
            few = rng.randrange(1, 4)
            for kind in (Work, ServerWork):
                piecemeal.setattr(kind, name, few)
    try:
        for _ in range(14):
            number = rng.randrange(2)
            store, other = stores[number], stores[1 - number]
            match rng.randrange(4):
                case 0 | 1:
                    _append(rng, store, (ANN, BOB)[number])
                case 2:
                    store.seal(VISIT, Scope.SHARED, encode)
                case 3:
                    store.seal_all(encode)
                    some = [s for s in store.segments_after(VISIT, []) if rng.random() < 0.7]
                    rng.shuffle(some)
                    other.merge([_judged(rng, s) for s in some], origin="import")
        for store in stores:
            report = store.check(decode_segment)
            assert report.whole, report
            before = _dump(store)
            store.rebuild()
            assert _dump(store) == before
        _union(rng, stores, root)
    finally:
        piecemeal.undo()
        for store in stores:
            store.close()
        shutil.rmtree(root)


def _union(rng: random.Random, stores: list[Store], root: Path) -> None:
    for store in stores:
        store.seal_all(encode)
        store.restate({f.hash: Verdict(SegmentState.ACCEPTED) for f in store.segments(VISIT)}, origin="judge")
    everything = {s.hash: s for store in stores for s in store.segments_after(VISIT, [])}
    shown = []
    for number in range(2):
        third = make(root / f"union-{number}")
        line = list(everything.values())
        rng.shuffle(line)
        cut = rng.randrange(len(line) + 1)
        for piece in (line[:cut], line[cut:], line[: cut // 2]):
            third.merge(arrivals(piece), origin="import")
        assert third.check(decode_segment).whole
        shown.append((listed(third), [(c.entity, c.field, len(c.heads)) for c in third.conflicts()], third.tips(VISIT)))
        third.close()
    assert shown[0] == shown[1]


def test_concurrent_edits_are_both_kept_and_the_settlement_travels(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", visit=VISIT, text="as agreed")
    exchange(a, b)
    shown = a.heads(note, "text")
    write(a, note, "note", ANN, tuple(h.change for h in shown), text="Ann's")
    write(b, note, "note", BOB, tuple(h.change for h in b.heads(note, "text")), text="Bob's")
    exchange(a, b)
    exchange(b, a)
    for store in (a, b):
        (conflict,) = store.conflicts()
        assert {h.value for h in conflict.heads} == {'"Ann\'s"', '"Bob\'s"'}
        assert store.get(note).conflicts == ("text",)  # type: ignore[union-attr]
    write(b, note, "note", BOB, tuple(h.change for h in b.heads(note, "text")), text="both")
    exchange(b, a)
    assert [a.conflicts(), b.conflicts()] == [[], []]
    assert listed(a) == listed(b)


def test_an_edit_that_a_deletion_has_not_seen_keeps_the_record_visible(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", text="one", language="en")
    exchange(a, b)
    write(a, note, "note", deleted=True)
    assert a.list_("note") == []
    write(b, note, "note", BOB, text="two")
    exchange(a, b)
    exchange(b, a)
    for store in (a, b):
        assert [r.id for r in store.list_("note")] == [note]
        (conflict,) = store.conflicts()
        assert (conflict.field, [h.value for h in conflict.heads]) == ("deleted", ['"two"', "true"])
    write(a, note, "note", deleted=True)  # now it has seen the edit
    exchange(a, b)
    assert a.list_("note") == b.list_("note") == []
    assert a.conflicts() == b.conflicts() == []


def test_a_change_whose_parent_has_not_come_is_shown_and_yields_when_it_comes(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", text="one")
    exchange(a, b)
    write(b, note, "note", BOB, text="two")
    b.seal_all(encode)
    late = vaults("late")
    first, second = arrivals(b.segments_after(VISIT, []))
    late.merge([second], origin="import")
    assert [r.fields["text"] for r in late.list_("note")] == ["two"]
    late.merge([first], origin="import")
    assert late.get(note).fields["text"] == "two"  # type: ignore[union-attr]
    assert late.conflicts() == []
    assert late.check(decode_segment).whole


def test_a_segment_waits_for_its_predecessor(vaults: Vaults) -> None:
    a, late = vaults("a"), vaults("late")
    notes = [new_id() for _ in range(3)]
    for note in notes:
        write(a, note, "note", text="x")
        a.seal_all(encode)
    one, two, three = arrivals(a.segments_after(VISIT, []))
    outcome = late.merge([three], origin="import")
    assert outcome.waiting == (three.sealed.hash,)
    assert late.list_("note") == []
    assert late.tips(VISIT) == []
    late.merge([one], origin="import")
    assert [r.id for r in late.list_("note")] == [notes[0]]
    late.merge([two], origin="import")
    assert [r.id for r in late.list_("note")] == notes
    assert [h for _, h in late.tips(VISIT)] == [three.sealed.hash]


def test_a_forged_place_in_a_chain_is_faulty_whenever_its_predecessor_comes(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    write(a, new_id(), "note", text="x")
    a.seal_all(encode)
    first = arrivals(a.segments_after(VISIT, []))
    write(b, new_id(), "note", BOB, text="y")
    write(b, new_id(), "note", BOB, text="z")

    def lying(segment: OpenSegment) -> SealedSegment:
        return encode(dataclasses.replace(segment, prev=first[0].sealed.hash, seq0=1))

    b.seal(VISIT, Scope.SHARED, lying)
    forged = arrivals(b.segments_after(VISIT, []))
    for order in ([*first, *forged], [*forged, *first]):
        target = vaults(f"t{len(list(vaults.folder.iterdir()))}")
        for one in order:
            target.merge([one], origin="import")
        assert [f.state for f in target.segments() if f.hash == forged[0].sealed.hash] == [SegmentState.FAULTY]
        assert len(target.list_("note")) == 1
        assert target.check(decode_segment).whole


def test_a_segment_that_counts_its_stream_wrongly_is_faulty(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    write(a, new_id(), "note", text="x")
    a.seal_all(encode)
    write(a, new_id(), "note", text="y")
    a.seal(VISIT, Scope.SHARED, lambda segment: encode(dataclasses.replace(segment, seq0=5)))
    outcome = b.merge(arrivals(a.segments_after(VISIT, [])), origin="import")
    assert len(outcome.faulty) == 1
    assert [r.fields["text"] for r in b.list_("note")] == ["x"]


def test_what_follows_an_unaccepted_change_replaces_what_that_one_replaced(vaults: Vaults) -> None:
    a, bob, b = vaults("a"), vaults("bob"), vaults("b")
    note = new_id()
    write(a, note, "note", text="one")
    exchange(a, bob)
    write(bob, note, "note", BOB, text="two")
    exchange(bob, a)
    write(a, note, "note", text="three")
    a.seal_all(encode)
    one, two, three = sorted(arrivals(a.segments_after(VISIT, [])), key=lambda s: s.segment.rows[0].hlc)
    b.merge([one], origin="import")
    b.merge([dataclasses.replace(two, state=SegmentState.REVOKED)], origin="import")
    assert [h.value for h in b.heads(note, "text")] == ['"one"']
    b.merge([three], origin="import")
    assert [h.value for h in b.heads(note, "text")] == ['"three"']
    assert b.check(decode_segment).whole


def test_two_segments_after_one_are_a_fork_and_both_count(vaults: Vaults) -> None:
    a = vaults("a")
    write(a, new_id(), "note", text="x")
    a.seal_all(encode)
    a.close()
    shutil.copytree(vaults.folder / "a", vaults.folder / "clone")
    a, clone, target = vaults.reopen("a"), vaults.reopen("clone"), vaults("t")
    for store in (a, clone):
        write(store, new_id(), "note", text="y")
        store.seal_all(encode)
    target.merge(arrivals(a.segments_after(VISIT, [])), origin="import")
    assert target.forks() == []
    outcome = target.merge(arrivals(clone.segments_after(VISIT, [])), origin="import")
    assert [len(f.segments) for f in outcome.forks] == [2]
    assert target.forks() == list(outcome.forks)
    assert len(target.list_("note")) == 3
    assert len(target.tips(VISIT)) == 2
    clone.new_streams()
    write(clone, new_id(), "note", text="z")
    clone.seal_all(encode)
    assert target.merge(arrivals(clone.segments_after(VISIT, [])), origin="import").forks == ()


def test_what_has_been_taken_in_is_let_go_of(vaults: Vaults, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = vaults("a"), vaults("b")
    for _ in range(6):
        write(a, new_id(), "note", text="x", visit=VISIT)
        a.seal_all(encode)
    for kind in (Work, ServerWork):
        monkeypatch.setattr(kind, "PIECE", 2)
    alive: weakref.WeakSet[object] = weakref.WeakSet()
    counted: list[int] = []

    class Rows(list[SegmentRow]):
        def __iter__(self) -> Iterator[SegmentRow]:
            counted.append(len(alive))
            return super().__iter__()

        __hash__ = object.__hash__  # type: ignore[assignment]  # as a member of a set of references

    def watched() -> Iterator[Arrival]:
        for one in arrivals(a.segments_after(VISIT, [])):
            rows = Rows(one.segment.rows)
            alive.add(rows)
            yield dataclasses.replace(one, segment=dataclasses.replace(one.segment, rows=rows))

    b.merge(watched(), origin="import")
    assert len(b.list_("note")) == 6
    assert counted[0] == 6
    assert counted[-1] <= 2


def test_importing_again_changes_nothing(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    write(a, new_id(), "note", text="x", visit=VISIT)
    exchange(a, b)
    before, count = _dump(b), b.change_count()
    outcome = b.merge(arrivals(a.segments_after(VISIT, [])), origin="import")
    assert (outcome.new, outcome.known, bool(outcome.changeset)) == (0, 1, False)
    assert (_dump(b), b.change_count()) == (before, count)


def test_an_undone_import_is_out_of_rows_and_tips_and_comes_back(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", text="x")
    exchange(a, b)
    b.restate({f.hash: Verdict(SegmentState.SET_ASIDE) for f in b.segments(VISIT)}, origin="undo")
    assert (b.get(note), b.tips(VISIT), list(b.segments_after(VISIT, []))) == (None, [], [])
    assert b.check(decode_segment).whole
    exchange(a, b)
    assert listed(a) == listed(b)


def test_proposed_rows_are_listed_and_not_in_force(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", text="x", language="en")
    a.seal_all(encode)
    (one,) = arrivals(a.segments_after(VISIT, []))
    b.merge([Arrival(one.sealed, one.segment, SegmentState.PROPOSED, frozenset({1}))], origin="import")
    assert b.get(note).fields == {"text": "x"}  # type: ignore[union-attr]
    (proposal,) = b.proposals(VISIT)
    assert (proposal.entity, proposal.entry.field, proposal.entry.state) == (note, "language", SegmentState.PROPOSED)
    b.restate({one.sealed.hash: Verdict(SegmentState.ACCEPTED)}, origin="judge")
    assert listed(a) == listed(b)


def test_a_segment_that_cannot_be_read_yet_is_kept_and_handed_on(vaults: Vaults) -> None:
    a, b, c = vaults("a"), vaults("b"), vaults("c")
    note = new_id()
    write(a, note, "note", text="x")
    a.seal_all(encode)
    write(a, note, "note", text="y")
    a.seal_all(encode)
    one, two = arrivals(a.segments_after(VISIT, []))
    header = dataclasses.replace(one.segment, rows=(), entities=())
    b.merge([Arrival(one.sealed, header, SegmentState.HELD, count=1), two], origin="import")
    assert b.get(note).fields["text"] == "y"  # type: ignore[union-attr]
    c.merge(arrivals(b.segments_after(VISIT, [])), origin="import")
    assert listed(c) == listed(a)
    b.merge([one], origin="judge")
    assert listed(b) == listed(a)
    assert b.check(decode_segment).whole


def test_private_history_stays_behind_when_a_note_is_shared(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", scope=Scope.PRIVATE, text="secret draft")
    write(a, note, "note", scope=Scope.PRIVATE, text="secret", parents=tuple(h.change for h in a.heads(note, "text")))
    record = a.get(note)
    assert record is not None
    assert record.private
    a.seal_all(encode)
    assert list(a.segments_after(VISIT, [])) == []
    write(a, note, "note", text="for all", parents=record.heads["text"])
    exchange(a, b)
    assert listed(a) == listed(b)
    assert [e.value for e in b.history(note)] == ['"for all"']
    assert a.check(decode_segment).whole
    with pytest.raises(ValueError, match="private log"):
        write(a, note, "note", scope=Scope.PRIVATE, text="again")


def test_restated_records_show_who_made_them_first(vaults: Vaults) -> None:
    hq, field_vault = vaults("hq"), vaults("field")
    report, library = new_id(), EntityId("00000000-0000-0000-0000-000000000000")
    write(hq, report, "report", visit=library, title="Final report")
    known = hq.get(report)
    assert known is not None
    (head,) = hq.heads(report, "title")
    drafts = [Draft(report, "report", "title", head.value or "", (head.change,), Origin(head.hlc, head.author))]
    hq.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="restate")
    exchange(hq, field_vault)
    assert listed(hq, "report") == listed(field_vault, "report")
    assert field_vault.get(report).made_at == known.made_at  # type: ignore[union-attr]
    assert [r.id for r in field_vault.list_("report", visit=VISIT)] == [report]


def test_the_last_change_may_be_older_than_what_it_replaces(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", parents=(), language="en")
    write(store, note, "note", parents=(), text="one")
    (head,) = store.heads(note, "text")
    older = Origin(Hlc(1_600_000_000_000 << 16), "Library")
    store.append(
        [Draft(note, "note", "text", '"two"', (head.change,), older)], visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l"
    )
    record = store.get(note)
    assert record is not None
    assert (record.made_at, record.made_by, record.changed_by) == (1_600_000_000_000, "Library", "Ann")
    assert record.changed_at == store.heads(note, "language")[0].hlc >> 16
    assert store.check(decode_segment).whole


def test_a_preview_tells_and_leaves_everything(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note = new_id()
    write(a, note, "note", text="x")
    exchange(a, b)
    write(a, note, "note", text="Ann's")
    write(b, note, "note", BOB, text="Bob's")
    a.seal_all(encode)
    before = _dump(b)
    outcome = b.merge(arrivals(a.segments_after(VISIT, [])), origin="import", preview=True)
    assert (outcome.new, outcome.conflicts_after) == (1, 1)
    with pytest.raises(KnownError, match="1 conflicts"):
        b.merge(arrivals(a.segments_after(VISIT, [])), origin="import", most_conflicts=0)
    assert _dump(b) == before
    assert b.check(decode_segment).whole
