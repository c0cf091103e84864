"""What a source takes back is gone everywhere, in every copy that the tool reaches, and every signature still holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.services import demo, exchange, importing, records, redaction, sample
from fieldtool.services.session import Session
from fieldtool.services.verifying import verify_file
from fieldtool.sync.segments import decode_segment

Unlock = Callable[[str], Session]
SAID, WORD = "Kingfisher told us what he saw at the count; do not use this.", "kingfisher"


def spoken(session: Session) -> set[str]:
    """Every text of a note that the vault still holds, in its rows and in its sealed segments."""
    found = {str(r.fields.get("text")) for r in records.list_records(session, "notes")}
    for facts in session.store.segments():
        for sealed in session.store.sealed([facts.hash]):
            found |= {row.value for row in decode_segment(sealed).rows if row.value is not None}
    return found


def holds(session: Session) -> bool:
    return any(SAID in text for text in spoken(session)) or bool(records.search(session, WORD))


@pytest.fixture
def told(copy: Path, unlock: Unlock) -> tuple[Session, Session, Session, str]:
    """A note, corrected once, that headquarters, the head and its author hold."""
    one, head, hq = unlock("expert-1"), unlock("head"), unlock("hq")
    note = records.add_records(one, "notes", [{"kind": "statement", "text": SAID}]).ids[0]
    one.seal_all()
    records.edit_record(one, note, {"text": SAID + " Ever."})
    file = exchange.export_bundle(one, copy / "told.ftbundle", to=[sample.HEAD, "hq"]).path
    for session in (head, hq):
        importing.import_file(session, file)
        assert holds(session)
    return one, head, hq, note


def test_words_taken_back_go_everywhere_with_the_next_bundle(copy: Path, told: tuple[Session, Session, Session, str]) -> None:
    one, head, hq, note = told
    assert redaction.redact(hq, records.find_id(hq, note), reason="the source asked") == 2
    assert not holds(hq)
    file = exchange.export_bundle(hq, copy / "back.ftbundle", to=["team"]).path
    for session in (one, head):
        importing.import_file(session, file)
        assert not holds(session)
        assert demo.list_digests(session) == demo.list_digests(hq)
        history = records.history(session, records.find_id(session, note))
        assert [(e.value, e.author) for e in history if e.field == "text"] == [(None, sample.TOMAS)] * 2
    for session in (one, head, hq):
        assert session.store.check(decode_segment).whole


def test_an_old_file_does_not_bring_the_words_back(copy: Path, told: tuple[Session, Session, Session, str], unlock: Unlock) -> None:
    _, _, hq, note = told
    two = unlock("expert-2")
    redaction.redact(hq, records.find_id(hq, note))
    importing.import_file(two, exchange.export_bundle(hq, copy / "back.ftbundle", to=["team"], everything=True).path)
    assert not holds(two)
    importing.import_file(hq, copy / "told.ftbundle")
    assert not holds(hq)


def test_what_is_handed_on_without_the_words_still_verifies(copy: Path, told: tuple[Session, Session, Session, str]) -> None:
    one, _, hq, note = told
    redaction.redact(hq, records.find_id(hq, note), "text")
    file = exchange.export_bundle(hq, copy / "back.ftbundle", to=["team"], everything=True).path
    judged = verify_file(file, session=one)
    assert judged.error is None, judged.sentence
    assert judged.facts["faulty"] == 0


def test_only_headquarters_takes_words_back_and_only_words_that_can_be_dropped(told: tuple[Session, Session, Session, str]) -> None:
    one, head, hq, note = told
    for session in (one, head):
        with pytest.raises(KnownError, match="headquarters"):
            redaction.redact(session, records.find_id(session, note))
    with pytest.raises(KnownError, match="in the clear"):
        redaction.redact(hq, records.find_id(hq, note), "kind")
    with pytest.raises(KnownError) as refused:
        redaction.redact(hq, records.find_id(hq, note), "colour")
    assert refused.value.code == "field-unknown"
    assert holds(hq)
