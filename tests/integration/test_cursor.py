"""What is sent: all that its reader has not signed to have, whatever was once written for them; and never what is private."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.services import exchange, importing, recording, records
from fieldtool.services.recording import Spoken
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
