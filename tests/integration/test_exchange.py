"""Files between people: undone imports, numbered parts, proposals, strangers, revoked keys, damage; judged by what the vault shows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Draft, Scope
from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.domain.ids import EntityId
from fieldtool.identity.certificates import read_certificate
from fieldtool.identity.requests import read_request
from fieldtool.services import (
    attachments,
    conflicts,
    demo,
    duplicates,
    exchange,
    importing,
    people,
    proposals,
    records,
    sample,
    summary,
    vaults,
)
from fieldtool.services.session import Session

Unlock = Callable[[str], Session]


def state(session: Session) -> tuple[dict[str, object], int]:
    return dict(demo.list_digests(session)), session.store.change_count()


def visit_of(session: Session) -> EntityId:
    return session.visits()[0].id


def saved(session: Session, attachment: EntityId, folder: Path) -> bytes:
    """The content of an attachment, as a person saves it."""
    attachments.save_attachment(session, attachment, folder / "saved.bin")
    return (folder / "saved.bin").read_bytes()


def note(session: Session, text: str) -> EntityId:
    return records.add_records(session, "notes", [{"kind": "statement", "text": text}]).ids[0]


# ---------------------------------------------------------------------------------------------------------- undo


def test_an_import_can_be_undone_and_done_again(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    note(one, "One more thing was said at the door.")
    exchange.export_bundle(one, copy / "more.ftbundle", to=[sample.HEAD])
    before = demo.list_digests(head)
    taken = importing.import_file(head, copy / "more.ftbundle")
    after = demo.list_digests(head)
    assert after != before
    importing.undo_import(head, taken.bundle)
    assert demo.list_digests(head) == before
    importing.import_file(head, copy / "more.ftbundle")
    assert demo.list_digests(head) == after


def test_an_import_that_somebody_built_on_cannot_be_undone(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    entity = note(one, "One more thing was said at the door.")
    exchange.export_bundle(one, copy / "more.ftbundle", to=[sample.HEAD])
    taken = importing.import_file(head, copy / "more.ftbundle")
    records.edit_record(head, entity, {"text": "Two more things were said at the door."})
    with pytest.raises(KnownError, match="build on it"):
        importing.undo_import(head, taken.bundle)


def test_an_import_that_was_confirmed_cannot_be_undone(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    note(one, "One more thing was said at the door.")
    exchange.export_bundle(one, copy / "more.ftbundle", to=[sample.HEAD])
    taken = importing.import_file(head, copy / "more.ftbundle")
    exchange.export_receipt(head, copy / "thanks.ftreceipt", to=[sample.TOMAS])
    with pytest.raises(KnownError, match="confirmed since"):
        importing.undo_import(head, taken.bundle)


# ---------------------------------------------------------------------------------------------------------- numbered files


def test_numbered_files_arrive_in_any_order_and_keep_to_their_limit(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    meeting = records.list_records(one, "meetings")[0].id
    made = random.Random(5)
    contents = [made.randbytes(30_000) for _ in range(6)]
    for n, content in enumerate(contents):
        attachments.attach_bytes(one, meeting, f"paper-{n}.bin", content)
    written = exchange.export_parts(one, copy / "mail.ftbundle", to=[sample.HEAD], most_bytes=128 * 1024)
    assert len(written) >= 3
    assert all(w.path.stat().st_size * 4 / 3 <= 128 * 1024 for w in written)
    assert [(w.facts.manifest.part, w.facts.manifest.parts) for w in written] == [(n, len(written)) for n in range(1, len(written) + 1)]
    for file in reversed(written):
        assert importing.import_file(head, file.path).error is None
    attached = [a for a in records.list_records(head, "attachments") if a.fields["size"] == 30_000]
    found = {saved(head, a.id, copy) for a in attached}
    assert found == set(contents)


def test_an_attachment_beyond_the_limit_is_asked_for_and_comes_later(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    meeting = records.list_records(one, "meetings")[0].id
    attached = attachments.attach_bytes(one, meeting, "film.bin", random.Random(6).randbytes(200_000))
    for file in exchange.export_parts(one, copy / "mail.ftbundle", to=[sample.HEAD], most_bytes=128 * 1024):
        importing.import_file(head, file.path)
    with pytest.raises(KnownError, match="has not come yet"):
        saved(head, attached, copy)
    importing.import_file(one, exchange.export_receipt(head, copy / "asks.ftreceipt", to=[sample.TOMAS]).path)
    importing.import_file(head, exchange.export_bundle(one, copy / "stick.ftbundle", to=[sample.HEAD]).path)
    assert len(saved(head, attached, copy)) == 200_000


# ---------------------------------------------------------------------------------------------------------- roles


def propose(session: Session, entity: EntityId, kind: str, field: str, value: str) -> None:
    """What a changed or older tool could write: a change beyond one's role, signed all the same."""
    heads = session.store.heads(entity, field)
    draft = Draft(entity, kind, field, value, tuple(h.change for h in heads))
    session.append([draft], visit=visit_of(session), scope=Scope.SHARED, origin="test", label="test")


def test_a_change_beyond_ones_role_arrives_as_a_proposal_and_counts_only_when_accepted(copy: Path, unlock: Unlock) -> None:
    one, head, hq = unlock("expert-1"), unlock("head"), unlock("hq")
    rec = records.list_records(one, "recommendations")[0]
    propose(one, rec.id, "recommendation", "short_label", '"My own words"')
    exchange.export_bundle(one, copy / "beyond.ftbundle", to=[sample.HEAD, "hq"])
    for session in (head, hq):
        taken = importing.import_file(session, copy / "beyond.ftbundle")
        assert taken.proposals == 1
        assert records.get_record(session, rec.id).fields["short_label"] == rec.fields["short_label"]
    (proposal,) = proposals.list_proposals(hq)
    with pytest.raises(KnownError, match="headquarters only"):
        proposals.accept_proposal(head, proposals.list_proposals(head)[0].entry.change)
    proposals.accept_proposal(hq, proposal.entry.change)
    assert records.get_record(hq, rec.id).fields["short_label"] == "My own words"
    assert proposals.list_proposals(hq) == []


def test_a_declined_proposal_is_not_asked_about_again(copy: Path, unlock: Unlock) -> None:
    one, hq = unlock("expert-1"), unlock("hq")
    rec = records.list_records(one, "recommendations")[0]
    propose(one, rec.id, "recommendation", "short_label", '"My own words"')
    exchange.export_bundle(one, copy / "beyond.ftbundle", to=["hq"])
    importing.import_file(hq, copy / "beyond.ftbundle")
    proposals.decline_proposal(hq, proposals.list_proposals(hq)[0].entry.change)
    assert proposals.list_proposals(hq) == []
    assert records.get_record(hq, rec.id).fields["short_label"] == rec.fields["short_label"]


def test_official_status_is_read_only_in_the_field(unlock: Unlock) -> None:
    head = unlock("head")
    status = records.list_records(head, "statuses")[0]
    before = state(head)
    with pytest.raises(KnownError, match="headquarters only"):
        records.edit_record(head, status.id, {"value": "fully implemented"})
    with pytest.raises(KnownError, match="headquarters only"):
        records.delete_record(head, status.id)
    assert state(head) == before


# ---------------------------------------------------------------------------------------------------------- strangers


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Session]:
    """Somebody of whom headquarters knows nothing yet."""
    session = vaults.create_vault(tmp_path / "newcomer", demo.PASSPHRASE, name="Anna Novak").session
    yield session
    session.close()


def test_a_newcomer_is_held_accepted_by_voice_and_then_heard(copy: Path, unlock: Unlock, newcomer: Session) -> None:
    head, hq = unlock("head"), unlock("hq")
    request = people.identity_request(newcomer)
    key = read_request(request).key
    with pytest.raises(KnownError):
        people.accept_fingerprint(head, request, people.fingerprint(head.key).words)
    people.accept_fingerprint(head, request, people.fingerprint(key).words)
    first = exchange.export_bundle(head, copy / "welcome.ftbundle", to=["Anna Novak", "hq"], everything=True)
    root = people.fingerprint(read_certificate(head.root or b"").key)
    importing.import_file(newcomer, first.path, expect_root=root.words)
    entity = note(newcomer, "A newcomer's first note.")
    later = exchange.export_bundle(newcomer, copy / "first.ftbundle", to=["hq"])
    assert importing.import_file(hq, first.path).error is None
    assert importing.import_file(hq, later.path).error is None
    found = records.get_record(hq, entity)
    assert (found.fields["text"], found.made_by) == ("A newcomer's first note.", "Anna Novak")


def test_a_bundle_of_somebody_unknown_waits_in_quarantine_unread(copy: Path, unlock: Unlock, newcomer: Session) -> None:
    head, two = unlock("head"), unlock("expert-2")
    request = people.identity_request(newcomer)
    people.accept_fingerprint(head, request, people.fingerprint(read_request(request).key).words)
    first = exchange.export_bundle(head, copy / "welcome.ftbundle", to=["Anna Novak", "team"], everything=True)
    root = people.fingerprint(read_certificate(head.root or b"").key)
    importing.import_file(newcomer, first.path, expect_root=root.digits)
    note(newcomer, "A newcomer's first note.")
    later = exchange.export_bundle(newcomer, copy / "first.ftbundle", to=[sample.NINO])
    before = state(two)
    with pytest.raises(KnownError) as refused:
        importing.import_file(two, later.path)
    assert (refused.value.code, refused.value.exit_code) == ("signer-unknown", ExitCode.REFUSED)
    assert state(two) == before
    assert [q.code for q in two.store.quarantined()] == ["signer-unknown"]
    importing.import_file(two, first.path)
    assert importing.import_file(two, later.path).changes > 0
    assert two.store.quarantined() == []


def test_a_vault_without_a_root_compares_before_it_takes_anything(copy: Path, unlock: Unlock, newcomer: Session) -> None:
    head = unlock("head")
    request = people.identity_request(newcomer)
    people.accept_fingerprint(head, request, people.fingerprint(read_request(request).key).words)
    first = exchange.export_bundle(head, copy / "welcome.ftbundle", to=["Anna Novak"], everything=True)
    with pytest.raises(KnownError) as asked:
        importing.import_file(newcomer, first.path)
    assert asked.value.code == "root-not-compared"
    with pytest.raises(KnownError) as wrong:
        importing.import_file(newcomer, first.path, expect_root="0" * 64)
    assert (wrong.value.code, wrong.value.exit_code) == ("root-mismatch", ExitCode.NOT_AUTHENTIC)
    assert newcomer.root is None
    assert newcomer.store.change_count() == 0


def test_what_a_revoked_key_signs_later_is_set_apart_everywhere(copy: Path, unlock: Unlock) -> None:
    one, head, hq = unlock("expert-1"), unlock("head"), unlock("hq")
    people.revoke(hq, sample.TOMAS, reason="laptop stolen")
    stolen = note(one, "Written by a thief.")
    bad = exchange.export_bundle(one, copy / "stolen.ftbundle", to=["hq", sample.HEAD])
    word = exchange.export_bundle(hq, copy / "revocation.ftbundle", to=["team"])
    before = state(hq)
    with pytest.raises(KnownError) as refused:
        importing.import_file(hq, bad.path)
    assert (refused.value.code, refused.value.exit_code) == ("signer-revoked", ExitCode.NOT_AUTHENTIC)
    assert state(hq) == before
    importing.import_file(head, bad.path)  # the thief's file came first here
    assert head.store.get(stolen) is not None
    importing.import_file(head, word.path)
    assert head.store.get(stolen) is None
    assert demo.list_digests(head) == demo.list_digests(hq)


def test_a_name_that_can_be_mistaken_for_another_is_refused(unlock: Unlock, tmp_path: Path) -> None:
    hq = unlock("hq")
    other = vaults.create_vault(tmp_path / "other", demo.PASSPHRASE, name="Tоmas Lindqvist").session  # the second letter is Cyrillic
    with pytest.raises(KnownError) as refused:
        people.add_person(hq, people.identity_request(other), visit=visit_of(hq), role=Role.EXPERT)
    assert refused.value.code == "name-confusable"
    other.close()


# ---------------------------------------------------------------------------------------------------------- damage


def test_fifty_random_flips_and_every_kind_of_cut_leave_the_records_alone(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    note(one, "To be damaged on the way.")
    good = exchange.export_bundle(one, copy / "good.ftbundle", to=[sample.HEAD]).path.read_bytes()
    before, made = state(head), random.Random(7)
    damaged = copy / "damaged.ftbundle"
    for n in range(50):
        at, bit = made.randrange(len(good)), 1 << made.randrange(8)
        damaged.write_bytes(good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :])
        with pytest.raises(KnownError) as refused:
            importing.import_file(head, damaged)
        assert refused.value.exit_code in (ExitCode.REFUSED, ExitCode.NOT_AUTHENTIC), (n, at)
        assert refused.value.code.startswith(("bundle-", "file-foreign", "sheet-"))
    for length in (1, 20, 200, len(good) // 2, len(good) - 1):
        damaged.write_bytes(good[:length])
        with pytest.raises(KnownError) as refused:
            importing.import_file(head, damaged)
        assert refused.value.exit_code is ExitCode.NOT_AUTHENTIC, length
    assert state(head) == before


def test_a_bundle_for_somebody_else_is_not_opened(copy: Path, unlock: Unlock) -> None:
    head = unlock("head")
    before = state(head)
    with pytest.raises(KnownError) as refused:
        importing.import_file(head, copy / "bundles" / "03-expert-1-to-expert-2.ftbundle")
    assert refused.value.code == "bundle-not-for-you"
    assert state(head) == before


# ---------------------------------------------------------------------------------------------------------- conflicts, duplicates


def test_two_settlements_of_one_conflict_are_a_conflict_again(copy: Path, unlock: Unlock) -> None:
    one, two, head = unlock("expert-1"), unlock("expert-2"), unlock("head")
    meeting = records.list_records(head, "meetings")[3].id
    for session, text in ((one, "As one saw it."), (two, "As the other saw it.")):
        records.edit_record(session, meeting, {"summary": text})
    exchange.export_bundle(one, copy / "a.ftbundle", to=["team"])
    exchange.export_bundle(two, copy / "b.ftbundle", to=["team"])
    for session in (one, two, head):
        for name in ("a", "b"):
            importing.import_file(session, copy / f"{name}.ftbundle")
    for session, text in ((one, "Settled by one."), (two, "Settled by the other.")):
        (conflict,) = conflicts.list_conflicts(session)
        conflicts.resolve(session, conflict, text=text)
    exchange.export_bundle(one, copy / "c.ftbundle", to=["team"])
    exchange.export_bundle(two, copy / "d.ftbundle", to=["team"])
    for name in ("c", "d"):
        importing.import_file(head, copy / f"{name}.ftbundle")
    (again,) = conflicts.list_conflicts(head)
    assert {h.value for h in again.heads} == {'"Settled by one."', '"Settled by the other."'}


def test_what_one_deletes_and_another_edits_is_asked_about_and_stays_visible(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    entity = records.list_records(one, "notes")[0].id
    records.edit_record(one, entity, {"text": "Corrected while somebody else deleted it."})
    records.delete_record(head, entity)
    exchange.export_bundle(one, copy / "edit.ftbundle", to=[sample.HEAD])
    importing.import_file(head, copy / "edit.ftbundle")
    (conflict,) = conflicts.list_conflicts(head)
    assert conflict.field == "deleted"
    assert entity in {r.id for r in records.list_records(head, "notes")}
    kept = next(h for h in conflict.heads if h.value != "true")
    conflicts.resolve(head, conflict, take=kept.change)
    assert conflicts.list_conflicts(head) == []
    assert records.get_record(head, entity).fields["text"] == "Corrected while somebody else deleted it."


def test_the_strictest_attribution_is_in_force_while_people_disagree(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    meeting = next(m for m in records.list_records(head, "meetings") if m.fields["attribution"] == "on record by institution").id
    records.edit_record(one, meeting, {"attribution": "Chatham House"})
    records.edit_record(head, meeting, {"attribution": "on record by name"})
    exchange.export_bundle(one, copy / "rule.ftbundle", to=[sample.HEAD])
    importing.import_file(head, copy / "rule.ftbundle")
    assert records.get_record(head, meeting).fields["attribution"] == "Chatham House"


def test_the_same_meeting_made_twice_is_offered_joined_and_parted(copy: Path, unlock: Unlock) -> None:
    head = unlock("head")
    first = records.list_records(head, "meetings")[0]
    wanted = {k: first.fields[k] for k in ("start", "institutions", "attribution")}
    second = records.add_records(head, "meetings", [wanted]).ids[0]
    (pair,) = duplicates.likely_pairs(head)
    assert {pair.first, pair.second} == {first.id, second}
    duplicates.join(head, pair.first, pair.second)
    assert duplicates.likely_pairs(head) == []
    duplicates.part(head, pair.first, pair.second)
    assert duplicates.likely_pairs(head) == [pair]


def test_an_import_that_would_raise_many_conflicts_stops_and_asks(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    for session, text in ((one, "One says"), (head, "Another says")):
        for n, meeting in enumerate(records.list_records(session, "meetings")):
            records.edit_record(session, meeting.id, {"place": f"{text} {n}"})
    exchange.export_bundle(one, copy / "many.ftbundle", to=[sample.HEAD])
    before = state(head)
    with pytest.raises(KnownError) as stopped:
        importing.import_file(head, copy / "many.ftbundle", most_conflicts=10)
    assert stopped.value.code == "too-many-conflicts"
    assert state(head) == before
    preview = importing.import_file(head, copy / "many.ftbundle", dry_run=True)
    assert preview.conflicts == 11
    assert state(head) == before
    assert importing.import_file(head, copy / "many.ftbundle", most_conflicts=None).conflicts == 11


def test_an_editor_that_saves_twice_does_not_disagree_with_itself(copy: Path, unlock: Unlock) -> None:
    one = unlock("expert-1")
    meeting = records.list_records(one, "meetings")[3]
    shown = {"summary": meeting.heads.get("summary", ())}
    records.edit_record(one, meeting.id, {"summary": "First words"}, base=shown)
    one.seal_all()  # as an export in the background does
    records.edit_record(one, meeting.id, {"summary": "First words, and more"}, base=shown)
    one.seal_all()
    records.edit_record(one, meeting.id, {"summary": "First words, and more, and the end"}, base=shown)
    assert conflicts.list_conflicts(one) == []
    assert records.get_record(one, meeting.id).fields["summary"] == "First words, and more, and the end"


def test_an_edit_of_one_of_two_versions_leaves_the_other_open(copy: Path, unlock: Unlock) -> None:
    one, head = unlock("expert-1"), unlock("head")
    meeting = records.list_records(head, "meetings")[3].id
    records.edit_record(one, meeting, {"summary": "As the expert saw it."})
    records.edit_record(head, meeting, {"summary": "As the head saw it."})
    importing.import_file(head, exchange.export_bundle(one, copy / "his.ftbundle", to=[sample.HEAD]).path)
    (conflict,) = conflicts.list_conflicts(head)
    (his,) = [h for h in conflict.heads if h.author == sample.TOMAS]
    records.edit_record(head, meeting, {"summary": "As the expert saw it, in better words."}, base={"summary": (his.change,)})
    (still,) = conflicts.list_conflicts(head)
    assert {h.value for h in still.heads} == {'"As the head saw it."', '"As the expert saw it, in better words."'}


def test_a_deleted_record_is_restored_before_it_is_edited(unlock: Unlock) -> None:
    one = unlock("expert-1")
    entity = note(one, "To be deleted.")
    records.delete_record(one, entity)
    with pytest.raises(KnownError):
        records.edit_record(one, entity, {"text": "Edited all the same."})
    records.restore_record(one, entity)
    records.edit_record(one, entity, {"text": "Edited after all."})
    assert conflicts.list_conflicts(one) == []


def test_nothing_takes_the_place_of_a_signed_summary(copy: Path, unlock: Unlock) -> None:
    head = unlock("head")
    signed = copy / "summary-internal.pdf"
    before = signed.read_bytes()
    for attempt in (
        lambda: summary.export_draft(head, signed),
        lambda: summary.sign_summary(head, signed, demo.PASSPHRASE),
    ):
        with pytest.raises(KnownError) as refused:
            attempt()
        assert refused.value.code == "file-exists"
    assert signed.read_bytes() == before
