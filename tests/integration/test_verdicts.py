"""Whose words count follows from the segments alone, whatever came first; `check` works it out again and mends what was made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldtool.domain.authority import Role
from fieldtool.domain.changes import Draft, Scope, SegmentState
from fieldtool.domain.ids import EntityId
from fieldtool.services import demo, exchange, importing, people, records, sample, settling, upkeep, vaults
from fieldtool.services.session import Session
from fieldtool.storage import SegmentFacts

Unlock = Callable[[str], Session]


def visit_of(session: Session) -> EntityId:
    return session.visits()[0].id


def note(session: Session, text: str) -> EntityId:
    return records.add_records(session, "notes", [{"kind": "statement", "text": text}]).ids[0]


def state_of(session: Session, entity: EntityId) -> SegmentState | None:
    """What is made of the segment that a record stands in; None while it has not come."""
    name = next((e.name.partition("-")[0] for e in session.store.history(entity)), "")
    return next((f.state for f in session.store.segments() if name and f.hash.hex().startswith(name)), None)


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Session]:
    session = vaults.create_vault(tmp_path / "newcomer", demo.PASSPHRASE, name="Anna Novak").session
    yield session
    session.close()


@pytest.fixture
def accepted(copy: Path, unlock: Unlock, newcomer: Session) -> tuple[Path, EntityId]:
    """The head has accepted a newcomer, who wrote a note: one file of the head's with the acceptance and the note."""
    head = unlock("head")
    people.accept_fingerprint(head, people.identity_request(newcomer), people.fingerprint(newcomer.key).words)
    first = exchange.export_bundle(head, copy / "welcome.ftbundle", to=["Anna Novak"], everything=True)
    importing.import_file(newcomer, first.path, expect_root=people.fingerprint(head.org).words)  # type: ignore[arg-type]
    entity = note(newcomer, "A newcomer's first note.")
    importing.import_file(head, exchange.export_bundle(newcomer, copy / "first.ftbundle", to=[sample.HEAD]).path)
    return exchange.export_bundle(head, copy / "all.ftbundle", to=["team", "hq"], everything=True).path, entity


def test_an_acceptance_by_somebody_who_only_now_leads_counts_with_the_file_that_says_so(
    copy: Path, unlock: Unlock, newcomer: Session
) -> None:
    one, two, hq = unlock("expert-1"), unlock("expert-2"), unlock("hq")
    people.add_person(hq, people.identity_request(one), visit=visit_of(hq), role=Role.HEAD)
    importing.import_file(one, exchange.export_bundle(hq, copy / "lead.ftbundle", to=["team"]).path)
    people.accept_fingerprint(one, people.identity_request(newcomer), people.fingerprint(newcomer.key).words)
    first = exchange.export_bundle(one, copy / "welcome.ftbundle", to=["Anna Novak"], everything=True)
    importing.import_file(newcomer, first.path, expect_root=people.fingerprint(one.org).words)  # type: ignore[arg-type]
    entity = note(newcomer, "Heard by all.")
    importing.import_file(one, exchange.export_bundle(newcomer, copy / "first.ftbundle", to=["team"]).path)
    importing.import_file(two, exchange.export_bundle(one, copy / "all.ftbundle", to=["team"], everything=True).path)
    assert state_of(two, entity) is SegmentState.ACCEPTED
    assert upkeep.check(two).faults == ()


def test_what_headquarters_holds_of_a_stranger_counts_when_it_gives_the_card(
    unlock: Unlock, newcomer: Session, accepted: tuple[Path, EntityId], copy: Path
) -> None:
    file, entity = accepted
    hq, head = unlock("hq"), next(s for s in [unlock("expert-2")])
    importing.import_file(head, file)
    before = hq.store.change_count()
    people.revoke(hq, sample.HEAD)  # beyond what headquarters has: the acceptance does not count any more
    importing.import_file(hq, exchange.export_bundle(head, copy / "on.ftbundle", to=["hq"], everything=True).path)
    assert state_of(hq, entity) is None
    assert SegmentState.HELD in {f.state for f in hq.store.segments() if f.key == newcomer.key}
    people.add_person(hq, people.identity_request(newcomer), visit=visit_of(hq), role=Role.EXPERT)
    assert state_of(hq, entity) is SegmentState.ACCEPTED
    assert hq.store.change_count() > before
    assert upkeep.check(hq).faults == ()


def test_who_was_accepted_by_somebody_revoked_since_is_unread_again_everywhere(
    copy: Path, unlock: Unlock, accepted: tuple[Path, EntityId]
) -> None:
    file, entity = accepted
    one, two, hq = unlock("expert-1"), unlock("expert-2"), unlock("hq")
    importing.import_file(one, file)
    assert state_of(one, entity) is SegmentState.ACCEPTED
    people.revoke(hq, sample.HEAD)
    said = exchange.export_bundle(hq, copy / "revoked.ftbundle", to=["team"], everything=True).path
    for session in (one, two):  # the one has read the note, the other never will
        importing.import_file(session, said)
    importing.import_file(two, exchange.export_bundle(one, copy / "on.ftbundle", to=["team"], everything=True).path)
    for session in (one, two):
        assert state_of(session, entity) is None
        assert upkeep.check(session).faults == ()
    assert demo.list_digests(one) == demo.list_digests(two)


def test_a_death_between_cards_and_verdicts_is_made_good_at_the_next_opening(
    copy: Path, unlock: Unlock, monkeypatch: pytest.MonkeyPatch, accepted: tuple[Path, EntityId]
) -> None:
    file, entity = accepted
    one, hq = unlock("expert-1"), unlock("hq")
    importing.import_file(one, file)
    people.revoke(hq, sample.HEAD)
    said = exchange.export_bundle(hq, copy / "revoked.ftbundle", to=["team"], everything=True).path
    with monkeypatch.context() as dying:
        dying.setattr(settling, "settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            importing.import_file(one, said)
    assert state_of(one, entity) is SegmentState.ACCEPTED
    one.close()
    assert state_of(unlock("expert-1"), entity) is None


def pick(session: Session, kind: str) -> SegmentFacts:
    """A segment of somebody else that stands in the shared log, or in the admin stream."""
    found = [f for f in session.store.segments(visit_of(session)) if f.key != session.key]
    return next(f for f in found if (f.scope is Scope.ADMIN) == (kind == "admin") and f.state is SegmentState.ACCEPTED)


@pytest.mark.parametrize("scope", ["shared", "admin"])
@pytest.mark.parametrize("said", ["verdict = 1", "verdict = 2", "verdict = 3", "verdict = 4", "verdict = 5, bundle = 0", "unread = 1"])
def test_check_finds_a_verdict_that_is_valid_and_wrong_and_mends_it(unlock: Unlock, said: str, scope: str) -> None:
    one = unlock("expert-1")
    before, digests = {f.hash: (f.state, f.unread) for f in one.store.segments()}, demo.list_digests(one)
    part = pick(one, scope)
    with one.store._write() as work:
        work.run(f"UPDATE segment SET {said} WHERE hash = ?", (part.hash,))
        one.store._upkeep.rebuild(work)  # every row follows the wrong verdict
    one.forget_trust()
    assert f"verdict on part {part.hash.hex()[:16]}" in upkeep.check(one).faults
    mended = upkeep.check(one, mend=True)
    assert f"verdict on part {part.hash.hex()[:16]}" in mended.repaired
    assert mended.faults == ()
    assert {f.hash: (f.state, f.unread) for f in one.store.segments()} == before
    assert demo.list_digests(one) == digests


def test_check_finds_a_proposal_that_was_let_in_and_one_that_never_was(copy: Path, unlock: Unlock) -> None:
    one, hq = unlock("expert-1"), unlock("hq")
    rec = records.list_records(one, "recommendations")[0]
    draft = Draft(rec.id, "recommendation", "short_label", '"My own words"')
    one.append([draft], visit=visit_of(one), scope=Scope.SHARED, origin="test", label="test")
    importing.import_file(hq, exchange.export_bundle(one, copy / "beyond.ftbundle", to=["hq"]).path)
    part = next(f for f in hq.store.segments() if f.state is SegmentState.PROPOSED)
    for said in ("verdict = 0, proposals = NULL", "proposals = '0 1'"):
        with hq.store._write() as work:
            work.run(f"UPDATE segment SET {said} WHERE hash = ?", (part.hash,))
            hq.store._upkeep.rebuild(work)
        assert upkeep.check(hq).faults == (f"verdict on part {part.hash.hex()[:16]}",)
        assert upkeep.check(hq, mend=True).faults == ()
        assert records.get_record(hq, rec.id).fields["short_label"] == rec.fields["short_label"]
