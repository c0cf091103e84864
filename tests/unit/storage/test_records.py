"""Writing and reading on one vault: units of work, amending, sealing, histories, names, lists, links."""

from __future__ import annotations

import dataclasses
import random
import threading

import pytest

from fieldtool.domain.changes import DELETED, NOTHING, ChangeSet, Draft, Origin, Scope, SealedSegment, SegmentState
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import LIBRARY, EntityId, Hlc, LocalChange
from fieldtool.domain.values import JsonValue, canonical
from fieldtool.storage import Author, OpenSegment, Store
from fieldtool.sync.segments import decode_segment
from tests.unit.storage.making import ANN, BOB, CLOCK, VISIT, Vaults, arrivals, encode, exchange, listed, make, new_id, write


def shown(store: Store, entity: EntityId, key: str = "text") -> tuple[LocalChange, ...]:
    """The heads an editor would show."""
    return tuple(h.change for h in store.heads(entity, key))


def test_a_unit_of_work_is_told_and_can_be_taken_back(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    touched = write(store, note, "note", text="one", language="en")
    assert touched == ChangeSet(frozenset({note}), frozenset({"note"}), "test", "write", 2)
    unit = store.last_unit("test")
    assert unit is not None
    assert unit.created == ((note, "note"),)
    assert [(s.field, s.before, s.after) for s in unit.steps] == [("text", None, '"one"'), ("language", None, '"en"')]
    assert store.last_unit("somebody else") is None
    assert store.append([], visit=VISIT, scope=Scope.SHARED, author=ANN, origin="test", label="x") is NOTHING


def test_autosave_amends_one_change_and_undo_remembers_what_was_there_first(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="as it was")
    before = shown(store, note)
    for text in ("a", "as", "as i", "as it is"):
        write(store, note, "note", parents=before, text=text)
    assert [e.value for e in store.history(note)] == ['"as it was"', '"as it is"']
    unit = store.last_unit("test")
    assert unit is not None
    assert [(s.before, s.after) for s in unit.steps] == [('"as it was"', '"as it is"')]
    record = store.get(note)
    assert record is not None
    assert record.changed_at == store.history(note)[-1].hlc >> 16
    assert store.check(decode_segment).whole


@pytest.mark.parametrize("between", ["seal", "deletion", "other parents", "origin"])
def test_what_others_may_have_seen_is_not_amended(vaults: Vaults, between: str) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="one")
    first = shown(store, note)
    write(store, note, "note", parents=first, text="two")
    parents, origin = first, None
    match between:
        case "seal":
            store.seal_all(encode)
        case "deletion":
            write(store, note, "note", deleted=True)
        case "other parents":
            parents = shown(store, note)
        case "origin":
            origin = Origin(Hlc(5), "Library")
    draft = Draft(note, "note", "text", '"three"', parents, origin)
    store.append([draft], visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")
    assert [e.value for e in store.history(note) if e.field == "text" and e.value in ('"two"', '"three"')].count('"two"') == 1
    assert store.check(decode_segment).whole
    store.seal_all(encode)


def test_changes_of_the_first_moment_amended_keep_the_record_right(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", parents=(), text="one")
    write(store, note, "note", parents=(), text="two")
    assert len(store.history(note)) == 1
    assert store.check(decode_segment).whole


def test_parents_are_changes_of_the_same_record(vaults: Vaults) -> None:
    store = vaults()
    one, two = new_id(), new_id()
    write(store, one, "note", text="one")
    for wrong in (shown(store, one), (LocalChange(99 << 16),), (LocalChange(shown(store, one)[0] + 7),)):
        with pytest.raises(ValueError, match="parent"):
            write(store, two, "note", parents=wrong, text="two")
    assert store.get(two) is None
    drafts = [Draft(two, "note", "text", '"x"'), Draft(two, "comment", "text", '"x"')]
    with pytest.raises(ValueError, match="two kinds"):
        store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")


def test_a_clock_that_went_back_keeps_children_after_parents(vaults: Vaults) -> None:
    store = vaults()
    note, now = new_id(), CLOCK.now
    write(store, note, "note", text="one")
    try:
        CLOCK.now -= 3_000_000_000
        write(store, note, "note", text="two")
    finally:
        CLOCK.now = now + 10
    one, two = store.history(note)
    assert two.hlc == one.hlc + 1
    assert two.parents == (one.change,)
    store.seal_all(encode)


def test_a_change_keeps_its_number_and_gets_its_name_when_sealed(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="one")
    (entry,) = store.history(note)
    assert (entry.name, entry.state) == (f"open-{entry.change}", SegmentState.OPEN)
    assert store.change_named(entry.name) == entry.change
    name = store.seal(VISIT, Scope.SHARED, encode)
    assert name is not None
    (sealed,) = store.history(note)
    assert (sealed.change, sealed.name, sealed.state) == (entry.change, f"{name.hex()[:16]}-0", SegmentState.ACCEPTED)
    assert store.change_named(sealed.name) == store.change_named(entry.name) == entry.change
    assert store.public_name(entry.change) == sealed.name
    for wrong in ("", "x", "open-", "open-9", "0123456789abcdef-0", f"{name.hex()[:16]}-1", f"{name.hex()[:15]}-0", "open-" + "9" * 30):
        assert store.change_named(wrong) is None
    assert store.seal(VISIT, Scope.SHARED, encode) is None


def test_segments_chain_and_parents_are_sealed_first(vaults: Vaults) -> None:
    store = vaults()
    report = new_id()
    write(store, report, "report", visit=LIBRARY, title="one")
    write(store, report, "report", visit=VISIT, title="two")  # restated in the visit: its parent is open in the library
    write(store, report, "report", visit=LIBRARY, title="three")  # and back
    order: list[OpenSegment] = []

    def note(segment: OpenSegment) -> SealedSegment:
        order.append(segment)
        return encode(segment)

    store.seal(VISIT, Scope.SHARED, note)
    assert [s.visit for s in order] == [LIBRARY, VISIT]
    store.seal_all(note)
    assert [s.visit for s in order] == [LIBRARY, VISIT, LIBRARY]
    assert [(s.seq0, s.prev) for s in order] == [(0, None), (0, None), (1, encode_hash(store, LIBRARY))]
    assert store.open_segments() == []
    assert store.check(decode_segment).whole


def encode_hash(store: Store, visit: EntityId) -> bytes:
    """The hash of the first segment of a visit."""
    return store.segments(visit)[0].hash


def test_a_segment_that_does_not_bear_its_hash_is_never_kept(vaults: Vaults) -> None:
    store = vaults()
    write(store, new_id(), "note", text="one")

    def wrong(segment: OpenSegment) -> SealedSegment:
        sealed = encode(segment)
        return SealedSegment(sealed.hash, sealed.body + b"x", sealed.signature, sealed.values)

    with pytest.raises(ValueError, match="own hash"):
        store.seal_all(wrong)
    assert [f.changes for f in store.open_segments()] == [1]
    assert store.seal_all(encode) == 1


def test_a_vault_without_an_organisation_seals_nothing(vaults: Vaults) -> None:
    store = vaults()
    store.set_setting("organisation", None)
    write(store, new_id(), "note", text="one")
    with pytest.raises(KnownError, match="no card"):
        store.seal_all(encode)
    with pytest.raises(ValueError, match="32 bytes"):
        store.set_organisation(b"short")


def test_a_large_unit_of_work_fills_several_segments(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    drafts = [Draft(new_id(), "note", "text", f'"{n}"', ()) for n in range(9_000)]
    a.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")
    exchange(a, b)
    assert [f.count for f in b.segments()] == [4096, 4096, 808]
    assert len(listed(b)) == 9_000
    assert listed(a) == listed(b)


def test_lists_are_by_id_and_belong_to_visits(vaults: Vaults) -> None:
    store = vaults()
    other = new_id()
    mine, theirs, person = new_id(), new_id(), new_id()
    write(store, theirs, "note", parents=(), text="b")
    for entity, visit in ((mine, VISIT), (theirs, other)):
        draft = Draft(entity, "note", "visit", f'"{visit}"', ())
        store.append([draft], visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")
    write(store, person, "person", visit=other, name="X")
    write(store, VISIT, "visit", reference="V-1")
    assert [r.id for r in store.list_("note")] == sorted([mine, theirs])
    assert [r.id for r in store.list_("note", visit=VISIT)] == [mine]
    assert [r.id for r in store.list_("visit", visit=VISIT)] == [VISIT]
    assert [r.id for r in store.list_("person", visit=other)] == [person]
    assert store.list_("person", visit=VISIT) == store.list_("note", visit=new_id()) == store.list_("unheard of") == []
    assert (store.count("note"), store.count("note", VISIT), store.count("person", other), store.count("x")) == (2, 1, 1, 0)
    write(store, mine, "note", deleted=True)
    assert store.list_("note", visit=VISIT) == []
    assert [r.deleted for r in store.list_("note", visit=VISIT, deleted=True)] == [True]
    assert store.get_many([mine, theirs, new_id()]).keys() == {mine, theirs}
    assert store.check().whole


def test_ids_are_found_by_their_beginning(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="x")
    for prefix in (note, note[:4], note[:9], note[:20]):
        assert store.find(prefix) == [(note, "note")]
    for wrong in ("", "zz", note[:9].replace("-", ""), note + "0", "ffff", note[:8] + "_", "%"):
        assert store.find(wrong) == ([(note, "note")] if wrong == note[:9].replace("-", "") else [])


def test_elements_fold_into_sets_and_maps(vaults: Vaults) -> None:
    store = vaults()
    meeting, one, two = new_id(), new_id(), new_id()
    fields: dict[str, JsonValue] = {f"institutions/{two}": True, f"institutions/{one}": True, "attendees/b": {"name": "B"}}
    fields["attendees/a"] = {"name": "A"}
    drafts = [Draft(meeting, "meeting", key, canonical(value)) for key, value in fields.items()]
    store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")
    record = store.get(meeting)
    assert record is not None
    assert record.fields == {"institutions": sorted([one, two]), "attendees": {"a": {"name": "A"}, "b": {"name": "B"}}}
    assert [(e, f) for e, _, f in store.referring(one)] == [(meeting, f"institutions/{one}")]
    drafts = [Draft(meeting, "meeting", f"institutions/{one}", "false"), Draft(meeting, "meeting", "attendees/b", "null")]
    store.append(drafts, visit=VISIT, scope=Scope.SHARED, author=ANN, origin="t", label="l")
    record = store.get(meeting)
    assert record is not None
    assert record.fields == {"institutions": [two], "attendees": {"a": {"name": "A"}}}
    assert store.referring(one) == []
    assert DELETED not in record.fields


def test_fields_and_kinds_of_a_newer_version_are_kept_and_travel(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    note, thing = new_id(), new_id()
    write(a, note, "note", mood="hopeful", moods__x={"deep": [1, {"er": None}]})
    write(a, thing, "thing of the future", shape="round")
    exchange(a, b)
    for kind in ("note", "thing of the future"):
        assert listed(a, kind) == listed(b, kind) != []
    assert [h.id for h in b.search("hopeful")] == [note]
    assert b.check(decode_segment).whole


def test_names_come_from_cards_and_before_that_from_what_was_claimed(vaults: Vaults) -> None:
    store, other = vaults("a"), vaults("b")
    note = new_id()
    stranger = Author("Claimed", BOB.key)
    write(other, note, "note", stranger, text="x")
    other.seal_all(encode)
    store.set_names({})
    (arrival,) = arrivals(other.segments_after(VISIT, []))
    store.merge([dataclasses.replace(arrival, claimed_name="Claimed")], origin="import")
    assert [e.author for e in store.history(note)] == ["Claimed"]
    store.set_names({BOB.key: "As on the card"})
    assert [(h.author, h.key) for h in store.heads(note, "text")] == [("As on the card", BOB.key)]
    record = store.get(note)
    assert record is not None
    assert (record.made_by, record.changed_by) == ("As on the card", "As on the card")


def test_readers_and_one_writer_at_once(vaults: Vaults) -> None:
    store = vaults()
    notes = [new_id() for _ in range(20)]
    wrong: list[str] = []

    def read() -> None:
        for _ in range(40):
            wrong.extend(r.id for r in store.list_("note") if r.fields["text"] != r.fields["language"])

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(100):
        write(store, notes[number % 20], "note", text=str(number), language=str(number))
    for thread in threads:
        thread.join()
    assert wrong == []
    assert store.check(decode_segment).whole


def test_an_import_while_somebody_types_loses_neither(vaults: Vaults) -> None:
    a, b = vaults("a"), vaults("b")
    for number in range(50):
        write(a, new_id(), "note", BOB, text=f"theirs {number}")
        if number % 5 == 0:
            a.seal_all(encode)
    a.seal_all(encode)
    pieces = arrivals(a.segments_after(VISIT, []))

    def take() -> None:
        for piece in pieces:
            b.merge([piece], origin="import")

    thread = threading.Thread(target=take)
    thread.start()
    mine = [new_id() for _ in range(50)]
    for note in mine:
        write(b, note, "note", text="mine")
    thread.join()
    assert len(b.list_("note")) == 100
    assert b.check(decode_segment).whole


def test_derived_tables_are_mended_by_a_rebuild(vaults: Vaults) -> None:
    store = vaults()
    note, meeting = new_id(), new_id()
    write(store, note, "note", text="right", meeting=meeting)
    store.seal_all(encode)
    good = listed(store)
    for spoil in (
        "UPDATE body SET fields = replace(fields, 'right', 'wrong')",
        "UPDATE body SET changed = changed + 1",
        "UPDATE body SET heads = ?",
        "DELETE FROM link",
        "UPDATE record SET state = 2",
        "UPDATE segment SET chained = 0",
    ):
        with store._write() as work:
            work.run(spoil, (b"\x90",) if "?" in spoil else ())
        report = store.check(decode_segment)
        assert not report.whole, spoil
        assert report.mendable
        store.rebuild()
        assert store.check(decode_segment).whole, spoil
        assert listed(store) == good
    assert [h.id for h in store.search("right")] == [note]


def test_a_log_that_says_other_than_its_sealed_bytes_is_found(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="right")
    write(store, note, "note", text="right again")
    name = store.seal(VISIT, Scope.SHARED, encode)
    for spoil in ("UPDATE change SET val = '\"forged\"'", "UPDATE change SET parent = 0", "UPDATE change SET hlc = hlc + 1"):
        with store._write() as work:
            work.run("SAVEPOINT before")
            work.run(spoil)
            assert store._upkeep.check(work, decode_segment).rows == [name], spoil
            work.run("ROLLBACK TO before")
    assert store.check(decode_segment).whole


def test_a_closed_vault_leaves_its_file_and_its_lock_only(vaults: Vaults) -> None:
    store = make(vaults.folder / "again")
    store.close()
    assert sorted(p.name for p in (vaults.folder / "again").iterdir()) == ["vault.db", "vault.lock"]


def test_typing_among_everything_else_is_as_if_each_save_were_the_first(vaults: Vaults) -> None:
    store, other = vaults("a"), vaults("b")
    rng = random.Random(3)
    notes = [new_id() for _ in range(2)]
    for note in notes:
        write(store, note, "note", parents=(), text="first", language="en")
    shown_at = {note: shown(store, note) for note in notes}
    typed = dict.fromkeys(notes, "first")
    for step in range(150):
        note = rng.choice(notes)
        for _ in range(rng.randrange(1, 4)):
            typed[note] = f"typed {step} {rng.random()}"
            touched = write(store, note, "note", parents=shown_at[note], text=typed[note])
            assert (touched.records, touched.changes) == (frozenset({note}), 1)
        match rng.randrange(9):
            case 0:
                store.seal_all(encode)
                shown_at[note] = shown(store, note)
            case 1:
                store.index_pending()
            case 2:
                write(store, note, "note", language=rng.choice(["en", "ru"]))
            case 3:
                exchange(store, other)
                write(other, note, "note", BOB, marking=rng.choice(["public", "restricted"]))
                exchange(other, store)
                shown_at[note] = shown(store, note)
            case 4:
                store.rebuild()
            case 5:
                shown_at[note] = shown(store, note)
            case 6:
                CLOCK.now -= 3
        heads = store.heads(note, "text")
        assert f'"{typed[note]}"' in [h.value for h in heads]
        if len(heads) == 1:
            assert [h.id for h in store.search(typed[note])] == [note]
    assert store.check(decode_segment).whole
    exchange(store, other)
    assert listed(store) == listed(other)


def test_a_save_that_fails_is_not_taken_for_saved(vaults: Vaults) -> None:
    store = vaults()
    note = new_id()
    write(store, note, "note", text="one")
    before = shown(store, note)
    write(store, note, "note", parents=before, text="two")
    write(store, note, "note", parents=before, text="three")
    store._outside(lambda cursor: cursor.execute("PRAGMA query_only=1"))
    with pytest.raises(KnownError, match="cannot be written"):
        write(store, note, "note", parents=before, text="lost")
    store._outside(lambda cursor: cursor.execute("PRAGMA query_only=0"))
    assert [h.value for h in store.heads(note, "text")] == ['"three"']
    write(store, note, "note", parents=before, text="four")
    assert [h.value for h in store.heads(note, "text")] == ['"four"']
    unit = store.last_unit("test")
    assert unit is not None
    assert [(s.before, s.after) for s in unit.steps] == [('"one"', '"four"')]
    assert store.check(decode_segment).whole
