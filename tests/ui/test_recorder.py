"""A meeting recorded as it is spoken: by keys alone, nothing lost, few strokes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldtool.services import recording, records
from fieldtool.services.screens.meetings import NoteRow
from fieldtool.services.session import Session
from fieldtool.ui.gate import Gate
from fieldtool.ui.screens.meetings import Meetings
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, lock, settle, shown
from tests.ui.vaults import PASSPHRASE


class Keys:
    """Types into the line and counts the keys."""

    def __init__(self, window: Window, screen: Meetings, qtbot: QtBot) -> None:
        self.window, self.screen, self.qtbot, self.count = window, screen, qtbot, 0

    def type(self, words: str) -> Keys:
        QTest.keyClicks(self.screen.writing.line, words)
        self.count += len(words)
        return self

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Keys:
        QTest.keyClick(self.screen.writing.line, key, modifier)
        self.count += 1
        settle(self.window, self.qtbot)
        return self

    def enter(self) -> Keys:
        return self.press(Qt.Key.Key_Return)


@pytest.fixture
def keys(window: Window, qtbot: QtBot) -> Keys:
    """The recorder on the next meeting, its line ready."""
    screen = shown(window, "meetings", qtbot)
    assert isinstance(screen, Meetings)
    window.activateWindow()
    screen.writing.line.setFocus()
    return Keys(window, screen, qtbot)


def session_of(window: Window) -> Session:
    assert window.frame is not None
    return window.frame.desk.session


def notes(keys: Keys) -> list[tuple[str, str, list[str]]]:
    """Kind, text and recommendation keys of the meeting's notes, as the stream shows them."""
    return [(r.kind, r.text, [c.key for c in r.chips]) for r in keys.screen.writing.stream.rows.rows if isinstance(r, NoteRow)]


def test_enter_files_what_was_typed_and_the_line_is_ready(keys: Keys) -> None:
    before = len(notes(keys))
    keys.type("They will look at it.").enter()
    assert notes(keys)[before:] == [("statement", "They will look at it.", [])]
    assert keys.screen.writing.line.words() == ""


def test_a_hash_ties_a_recommendation_by_number_and_by_words(keys: Keys) -> None:
    keys.type("Minutes will be published #9").enter().type("and rooms opened #observers' access").enter()
    assert keys.screen.writing.line.words() == "Minutes will be published and rooms opened "
    keys.enter()
    assert notes(keys)[-1] == ("statement", "Minutes will be published and rooms opened", ["O-09", "O-23"])


def test_a_key_typed_out_counts_without_being_picked(keys: Keys) -> None:
    keys.type("About #P-03 they said no").enter()
    assert notes(keys)[-1] == ("statement", "About they said no", ["P-03"])


def test_tab_takes_what_is_suggested_and_the_line_keeps_the_keyboard(keys: Keys) -> None:
    keys.type("Minutes #obs").press(Qt.Key.Key_Tab)
    line = keys.screen.writing.line
    assert keys.screen.popup.rows() == []
    assert line.hasFocus()
    assert line.words() == "Minutes "
    keys.press(Qt.Key.Key_Tab)
    assert not line.hasFocus()  # nothing is suggested: Tab leads on, as everywhere


def test_a_slash_gives_kind_rule_and_position(keys: Keys, window: Window) -> None:
    keys.type("#14").enter().type("/rej").enter().type("/obst").enter().type("No change is planned.").enter()
    assert notes(keys)[-1] == ("obstacle", "No change is planned.", ["O-14"])
    positions = records.list_records(session_of(window), "positions")
    assert "rejects" in [p.fields["value"] for p in positions if p.fields.get("meeting") == keys.screen.meeting]


def test_an_at_names_the_speaker_and_a_stranger_stays_unnamed(keys: Keys, window: Window) -> None:
    keys.type("@unreg").enter().type("Twice refused.").enter()
    keys.type("@a lawyer").enter().type("Thrice.").enter()
    filed = {n.fields["text"]: n for n in records.list_records(session_of(window), "notes")}
    assert len(filed["Twice refused."].fields["speakers"] or []) == 1  # type: ignore[arg-type]  # a set field
    assert filed["Thrice."].fields["unnamed_speakers"] == ["a lawyer"]


def test_escape_leaves_the_text_as_typed(keys: Keys) -> None:
    keys.type("see #obs").press(Qt.Key.Key_Escape)
    assert keys.screen.popup.rows() == []
    assert keys.screen.writing.line.words() == "see #obs"


def test_control_enter_files_what_stands_before_the_caret(keys: Keys) -> None:
    before = len(notes(keys))
    keys.type("First thought. Second thought.")
    cursor = keys.screen.writing.line.textCursor()
    cursor.setPosition(len("First thought."))
    keys.screen.writing.line.setTextCursor(cursor)
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notes(keys)[before:] == [("statement", "First thought.", [])]
    assert keys.screen.writing.line.words() == "Second thought."


def test_up_in_the_empty_line_corrects_the_last_note(keys: Keys) -> None:
    keys.type("Wil publish #9").enter().enter()
    before = len(notes(keys))
    keys.press(Qt.Key.Key_Up)
    assert keys.screen.writing.line.words() == "Wil publish"
    keys.press(Qt.Key.Key_Home).press(Qt.Key.Key_Delete).type("W").enter()
    assert len(notes(keys)) == before
    assert notes(keys)[-1] == ("statement", "Wil publish", ["O-09"])


def test_escape_lets_a_correction_go_and_changes_nothing(keys: Keys) -> None:
    keys.type("As said.").enter().press(Qt.Key.Key_Up).type(" Not so.").press(Qt.Key.Key_Escape)
    assert notes(keys)[-1][1] == "As said."
    assert keys.screen.writing.line.words() == ""


def test_a_note_is_never_less_strict_than_its_meeting(keys: Keys) -> None:
    model = keys.screen.writing.model
    assert model is not None
    assert model.row.attribution == "off the record"
    offered = [s.value for s in keys.screen.writing._slash("")] + [
        e.text for e in keys.screen.writing._term_entries("attribution", "attribution")
    ]
    assert "on record by name" not in offered
    assert "Chatham House" not in offered


def test_half_a_sentence_is_durable_within_a_second(keys: Keys, window: Window, qtbot: QtBot) -> None:
    keys.type("Half a sen")
    session, key = session_of(window), recording.DRAFT_KEY.format(meeting=keys.screen.meeting)
    qtbot.waitUntil(lambda: "Half a sen" in recording.kept_drafts(session).get(key, ""), timeout=1_000)


def test_locking_in_the_middle_of_a_word_brings_back_the_same_caret(keys: Keys, window: Window, qtbot: QtBot) -> None:
    keys.type("Half a sentense")
    cursor = keys.screen.writing.line.textCursor()
    cursor.setPosition(9)
    keys.screen.writing.line.setTextCursor(cursor)
    folder, meeting = session_of(window).folder, keys.screen.meeting
    lock(window, qtbot)
    window.open(Gate().unlock(folder, PASSPHRASE))
    settle(window, qtbot)
    frame = window.frame
    assert frame is not None
    screen = frame.screens["meetings"]
    assert isinstance(screen, Meetings)
    settle(window, qtbot)
    assert screen.meeting == meeting
    assert screen.writing.line.words() == "Half a sentense"
    assert screen.writing.line.textCursor().position() == 9


def test_what_was_filed_leaves_no_draft(keys: Keys, window: Window) -> None:
    keys.type("Done.").enter()
    assert recording.DRAFT_KEY.format(meeting=keys.screen.meeting) not in recording.kept_drafts(session_of(window))


def test_a_whole_meeting_takes_few_keys(keys: Keys, window: Window) -> None:
    """Eight notes tied to recommendations, two positions and an action point; all strokes beside the words themselves are counted."""
    said = [
        ("#2", "", "The draft law eases registration."),
        ("#9", "/acce", "Minutes will be published by year's end."),
        ("#3", "/rej", "Accreditation stays as it is."),
        ("#10", "", "A register is being specified."),
        ("", "/obst", "There is no money this year."),
        ("#25", "", "A yearly report would be possible."),
        ("", "", "They ask what others do."),
        ("", "/exp", "The deputy seemed to disagree."),
    ]
    before = len(notes(keys))
    for recommendation, mark, text in said:
        for word in filter(None, (recommendation, mark)):
            keys.type(word).enter()
        keys.type(text).enter()
    keys.type("/act").enter().type("Send the comparison.").enter()
    assert len(notes(keys)) == before + 8
    assert notes(keys)[-1][0] == "expert assessment"
    actions = [a.fields["description"] for a in records.list_records(session_of(window), "actions")]
    assert "Send the comparison." in actions
    words = sum(len(text) for _, _, text in said) + len("Send the comparison.")
    assert keys.count - words <= 70


def test_two_meetings_keep_their_drafts_apart(keys: Keys, window: Window, qtbot: QtBot) -> None:
    keys.type("of the tenth")
    assert keys.screen.meeting is not None
    tenth = keys.screen.meeting
    keys.screen._step(1)
    settle(window, qtbot)
    assert keys.screen.writing.line.words() == ""
    keys.screen._step(-1)
    settle(window, qtbot)
    assert keys.screen.meeting == tenth
    assert keys.screen.writing.line.words() == "of the tenth"


def test_closing_the_window_loses_nothing(open_window: OpenWindow, vault: Path, qtbot: QtBot) -> None:
    window = open_window(vault)
    window.open(Gate().unlock(vault, PASSPHRASE))
    screen = shown(window, "meetings", qtbot)
    assert isinstance(screen, Meetings)
    QTest.keyClicks(screen.writing.line, "cut off")
    meeting = screen.meeting
    window.close()
    session = Gate().unlock(vault, PASSPHRASE)
    try:
        assert "cut off" in recording.kept_drafts(session)[recording.DRAFT_KEY.format(meeting=meeting)]
    finally:
        session.close()


def test_control_z_takes_the_note_back_by_name_and_brings_it_back(keys: Keys, window: Window, qtbot: QtBot) -> None:
    frame, before = window.frame, notes(keys)
    assert frame is not None
    keys.type("Said too early.").enter()
    assert notes(keys)[-1][1] == "Said too early."
    frame.undo()
    settle(window, qtbot)
    assert notes(keys) == before
    assert frame.sidebar.saved.words() == "Taken back: the note"
    frame.undo()
    settle(window, qtbot)
    assert notes(keys)[-1][1] == "Said too early."


def test_a_pasted_text_becomes_notes_when_asked(keys: Keys, window: Window, qtbot: QtBot) -> None:
    before, pasted = len(notes(keys)), QMimeData()
    pasted.setText("One thing.\n\nAnother thing.\nA third.")
    keys.screen.writing.line.insertFromMimeData(pasted)
    assert len(notes(keys)) == before
    keys.screen.writing.file_pieces()
    settle(window, qtbot)
    assert [text for _, text, _ in notes(keys)[before:]] == ["One thing.", "Another thing.", "A third."]


def test_a_file_dropped_on_the_meeting_is_attached(keys: Keys, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "draft law.txt").write_text("Article 1")
    keys.screen.attach([tmp_path / "draft law.txt", tmp_path / "missing.txt"])
    settle(window, qtbot)
    assert keys.screen.writing.model is not None
    assert keys.screen.writing.model.attachments == ("draft law.txt",)
    assert "missing.txt" in keys.screen.notice.words()


def test_a_meeting_is_planned_and_recorded_without_the_mouse(window: Window, qtbot: QtBot) -> None:
    from fieldtool.ui.screens.meeting_form import MeetingForm

    form = shown(window, "meeting_form", qtbot, "new")
    assert isinstance(form, MeetingForm)
    form._who.edit.setText("supreme")
    form._complete()
    settle(window, qtbot)
    assert form._who.text() == "Supreme Court"
    form._day.edit.setText("2022-04-14")
    form._start.edit.setText("9h")
    form.save()
    assert form._start.edit.accessibleDescription() == "A time is written 09:30."
    form._start.edit.setText("09:00")
    assert form._start.edit.accessibleDescription() == ""
    form._people.edit.setText("A. Judge, ნინო ბერაძე")
    form._questions.show_words("#P-05 Which body decides?\nIs it published?")
    form.save()
    settle(window, qtbot)
    frame = window.frame
    assert frame is not None
    assert frame.place == "meetings"
    screen = frame.screens["meetings"]
    assert isinstance(screen, Meetings)
    model = screen.writing.model
    assert model is not None
    assert (model.row.title, model.people, f"{model.row.start:%H:%M}") == ("Supreme Court", "A. Judge, ნინო ბერაძე", "09:00")
    assert [(q.recommendation.key if q.recommendation else "", q.text) for q in model.questions] == [
        ("P-05", "Which body decides?"),
        ("", "Is it published?"),
    ]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("_who", "", "missing"),
        ("_day", "2022-04-31", "A day"),
        ("_day", "20220414", "A day"),
        ("_day", "2022-W15-4", "A day"),
        ("_start", "", "A time"),
        ("_start", "24:00", "A time"),
        ("_end", "9:30", "A time"),
        ("_end", "10:61", "A time"),
        ("_end", "08:59", "begins 09:00; it cannot end earlier"),
    ],
)
def test_a_field_of_the_form_that_cannot_be_meant_says_so_beneath_it(
    window: Window, qtbot: QtBot, field: str, typed: str, told: str
) -> None:
    from fieldtool.ui.screens.meeting_form import MeetingForm

    form = shown(window, "meeting_form", qtbot, "new")
    assert isinstance(form, MeetingForm)
    for name, words in {"_who": "Supreme Court", "_day": "2022-04-14", "_start": "09:00", "_end": "10:00", field: typed}.items():
        getattr(form, name).edit.setText(words)
    before = len(records.list_records(session_of(window), "meeting"))
    form.save()
    settle(window, qtbot)
    refused = getattr(form, field)
    assert told in refused.edit.accessibleDescription()
    assert told in refused._remark.words()
    assert refused.edit.hasFocus()
    assert len(records.list_records(session_of(window), "meeting")) == before


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of a menu without a window system
def test_notes_are_joined_moved_and_sent_to_another_meeting_by_keys(keys: Keys, window: Window, qtbot: QtBot) -> None:
    frame, stream, control = window.frame, keys.screen.writing.stream, Qt.KeyboardModifier.ControlModifier
    assert frame is not None
    before = [text for _, text, _ in notes(keys)]

    def now() -> list[str]:
        settle(window, qtbot)
        return [text for _, text, _ in notes(keys)][len(before) :]

    keys.type("They will publish").enter().type("the minutes #9").enter().enter()
    keys.press(Qt.Key.Key_J, control)
    assert now() == ["They will publish the minutes"]
    keys.type("Second").enter().type("Third").enter()
    stream.setFocus()
    stream.choose(stream.notes()[-1].id)
    assert "Ctrl+J" in keys.screen.writing._hint.text()
    QTest.keyClick(stream, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert now() == ["They will publish the minutes", "Third", "Second"]
    chosen = stream.chosen()
    assert chosen is not None
    assert chosen.text == "Third"
    frame.undo()
    settle(window, qtbot)
    assert frame.sidebar.saved.words() == "Taken back: the moving of a note"
    QTest.keyClick(stream, Qt.Key.Key_M, control | Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert now() == ["They will publish the minutes", "Second"]
    frame.undo()
    assert now() == ["They will publish the minutes", "Second", "Third"]


def test_a_note_that_the_line_is_correcting_is_not_joined_under_it(keys: Keys, window: Window, qtbot: QtBot) -> None:
    keys.type("One").enter().type("Two").enter()
    before = notes(keys)
    keys.press(Qt.Key.Key_Up).press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    settle(window, qtbot)
    assert notes(keys) == before
    assert "correcting" in keys.screen.notice.words()
