"""What is sent: all that its reader has not signed to have, whatever was once written for them; and never what is private."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import SegmentHash
from fieldtool.services import exchange, importing, recording, records, sample, upkeep
from fieldtool.services.people import reading_cards
from fieldtool.services.recording import Spoken
from fieldtool.services.session import Session
from fieldtool.storage import PeerState
from tests.campaigns.stage import OURS, THEIRS, make_stage
from tests.campaigns.standing import letter_state, notes_in


def test_everything_is_sent_again_until_it_is_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))  # put back afterwards: the stage sets it
    stage = make_stage(tmp_path / "stage", 2, 3, attachment=2_000)
    ours = stage.session(stage.copy(tmp_path / "life"))
    theirs = stage.session(tmp_path / "life" / "theirs", "theirs")
    try:
        importing.import_file(ours, stage.letters[1].path)  # the first letter was lost on its way
        assert stage.letters[0].segments <= ours.store.known(stage.letters[0].segments)
        assert letter_state(ours, stage, 1, stage.letters[1])
        again = exchange.export_bundle(theirs, tmp_path / "again.ftbundle", to=[OURS])
        assert again.facts.manifest.counts.segments >= 2
        importing.import_file(theirs, exchange.export_receipt(ours, tmp_path / "thanks.ftreceipt", to=[THEIRS]).path)
        with pytest.raises(KnownError) as refused:
            exchange.export_bundle(theirs, tmp_path / "nothing.ftbundle", to=[OURS])
        assert refused.value.code == "nothing-to-export"
    finally:
        ours.close()
        theirs.close()


def test_a_private_note_is_in_no_bundle_until_it_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    stage = make_stage(tmp_path / "stage", 1, 1)
    ours = stage.session(stage.copy(tmp_path / "life"))
    theirs = stage.session(tmp_path / "life" / "theirs", "theirs")
    try:
        recording.file_note(ours, stage.meeting, Spoken("open 0"), origin="test")
        own = recording.file_note(ours, stage.meeting, Spoken("mine 0", private=True), origin="test").id
        importing.import_file(theirs, exchange.export_bundle(ours, tmp_path / "1.ftbundle", to=[THEIRS], everything=True).path)
        assert notes_in(theirs, stage).keys() == {"note:open"}
        records.edit_record(ours, own, {"text": "mine 1"})
        records.edit_record(ours, own, {"private": False})
        importing.import_file(theirs, exchange.export_bundle(ours, tmp_path / "2.ftbundle", to=[THEIRS], everything=True).path)
        assert notes_in(theirs, stage) == {"note:open": "0", "note:mine": "1"}
        assert "mine 0" not in {(e.value or "").strip('"') for e in theirs.store.history(own)}
    finally:
        ours.close()
        theirs.close()


def confirmed(session: Session, by: Session) -> set[SegmentHash]:
    """What one person knows another to have."""
    visit = session.visit_or_only(None)
    return exchange.confirmed_by_all(session, visit, [c for c in reading_cards(session, visit) if c.key == by.key])


def test_who_lacks_the_end_of_a_stream_still_learns_that_its_own_part_has_come(copy: Path, unlock: Callable[[str], Session]) -> None:
    one, head, hq = unlock("expert-1"), unlock("head"), unlock("hq")
    for text, to in (("The first part", [sample.HEAD, "hq"]), ("The second part", ["hq"])):
        records.add_records(one, "notes", [{"kind": "statement", "text": text}])
        file = exchange.export_bundle(one, copy / f"{text}.ftbundle", to=to).path
        for reader in (head, hq)[2 - len(to) :]:
            importing.import_file(reader, file)
    importing.import_file(hq, exchange.export_bundle(head, copy / "from-head.ftbundle", to=["hq"], everything=True).path)
    importing.import_file(head, exchange.export_receipt(hq, copy / "thanks.ftreceipt", to=["team"]).path)
    signed = {tip for p in head.store.peers(head.visits()[0].id) if p.peer == hq.key for tip in p.have}
    assert signed - head.store.known(signed), "headquarters has more than the head"
    assert confirmed(head, hq) == {f.hash for f in head.store.segments(head.visits()[0].id)}
    assert not upkeep.unsafe(head, head.visits()[0].id)
    with pytest.raises(KnownError, match="nothing"):
        exchange.export_bundle(head, copy / "again.ftbundle", to=["hq"])


def test_a_tip_that_nobody_here_knows_confirms_nothing_before_it(unlock: Callable[[str], Session]) -> None:
    """A copied vault goes on in two ways: headquarters may have only the other one."""
    one, hq = unlock("expert-1"), unlock("hq")
    visit = one.visits()[0].id
    assert confirmed(one, hq)
    one.store.note_peer(PeerState(hq.key, visit, 10_000, frozenset({SegmentHash(b"b" * 32)}), frozenset(), (), 0))
    assert confirmed(one, hq) == set()
    assert upkeep.unsafe(one, visit)
