"""What each screen shows of real records, and what it lets one do."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldtool.domain.values import JsonValue
from fieldtool.services import conflicts, records, vaults
from fieldtool.services.screens.find import Found
from fieldtool.services.session import Session
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.gate import Gate
from fieldtool.ui.preferences import PreferenceFile
from fieldtool.ui.screens.conflict import ConflictPage
from fieldtool.ui.screens.exchange import Exchange
from fieldtool.ui.screens.first_run import FirstRun
from fieldtool.ui.screens.follow_up import FollowUp
from fieldtool.ui.screens.history import History
from fieldtool.ui.screens.note_blocks import AT_ONCE, NOTE_WAY, NoteBlocks
from fieldtool.ui.screens.recommendations import Recommendations
from fieldtool.ui.screens.summary import Summary
from fieldtool.ui.screens.unlock import Unlock
from fieldtool.ui.screens.visit import Visit
from fieldtool.ui.shell import Window
from tests.ui.conftest import OpenWindow, lock, settle, shown
from tests.ui.vaults import HERS, HIS, PASSPHRASE

ALL = ("visit", "meetings", "recommendations", "follow_up", "summary", "exchange", "conflict", "history", "settings", "meeting_form")


def session_of(window: Window) -> Session:
    assert window.frame is not None
    return window.frame.desk.session


# ------------------------------------------------------------------------------------------------------------ unlocking


def test_the_right_passphrase_opens_the_visit(open_window: OpenWindow, vault: Path, qtbot: QtBot) -> None:
    window = open_window(vault)
    page = window.page()
    assert isinstance(page, Unlock)
    QTest.keyClicks(page.edit, PASSPHRASE)
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=10_000)
    settle(window, qtbot)
    assert window.frame is not None
    assert window.frame.place == "visit"


def test_wrong_passphrases_are_refused_in_words_and_slow_down(open_window: OpenWindow, vault: Path, qtbot: QtBot) -> None:
    window = open_window(vault)
    page = window.page()
    assert isinstance(page, Unlock)
    window.activateWindow()
    for _ in range(2):
        page.edit.setText("wrong")
        page._on_go()
        assert page.edit.hasFocus()  # what is typed while the vault thinks presses no other button
        qtbot.waitUntil(lambda: not page.edit.isReadOnly(), timeout=10_000)
    assert "does not open this vault" in page._warning.text()
    assert page._pause.isActive()
    QTest.keyClicks(page.edit, PASSPHRASE)
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert (page.edit.text(), page.edit.hasFocus()) == (PASSPHRASE, True)
    page._pause.stop()
    page._on_pause_over()
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=10_000)


def test_caps_lock_is_noticed_by_what_arrives(open_window: OpenWindow, vault: Path) -> None:
    page = open_window(vault).page()
    assert isinstance(page, Unlock)
    QApplication.sendEvent(page.edit, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"))
    assert page._warning.text() == "Caps Lock is on"
    QTest.keyClicks(page.edit, "a")
    assert page._warning.text() == ""


def test_the_very_first_key_reaches_the_field(dressed: QApplication, vault: Path, preferences: PreferenceFile, qtbot: QtBot) -> None:
    from fieldtool.ui.first_frame import FirstFrame

    window = Window(vault, Gate(), preferences)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    frame = window.page()
    if isinstance(frame, FirstFrame) and not isinstance(frame, Unlock):
        assert window.focusWidget() is frame.edit
    qtbot.waitUntil(lambda: isinstance(window.page(), Unlock))


def test_a_key_pressed_before_the_page_was_whole_is_not_lost(dressed: object, vault: Path, qtbot: QtBot) -> None:
    from fieldtool.ui.first_frame import FirstFrame

    frame = FirstFrame("somebody")
    qtbot.addWidget(frame)
    QTest.keyClicks(frame.edit, "sev")
    page = Unlock.grown_from(frame)
    qtbot.addWidget(page)
    assert page.edit.text() == "sev"


def test_a_folder_without_a_vault_begins_at_the_beginning(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(tmp_path / "new" / "vault")
    page = window.page()
    assert isinstance(page, FirstRun)
    page.show_vault()
    page._name.edit.setText("Nino Beradze")
    page._passphrase.edit.setText(PASSPHRASE)
    page._again.edit.setText(PASSPHRASE + "!")
    page._on_make()
    assert "differ" in page.refusal.words()
    page._passphrase.edit.setText(PASSPHRASE)
    page._again.edit.setText(PASSPHRASE)
    page._on_make()
    qtbot.waitUntil(lambda: page._session is not None, timeout=10_000)
    page.show_rehearsal()
    right = page._sheet.text()
    page._typed.edit.setText(right[:4] + ("2" if right[4] != "2" else "3") + right[5:])
    page._on_rehearsed()
    assert "by number: 1." in page.refusal.words()
    page._typed.edit.setText(page._sheet.text().lower().replace("-", " "))
    page._on_rehearsed()
    page.show_visit_file()
    page._on_finished()
    settle(window, qtbot)
    assert window.frame is not None
    assert (tmp_path / "new" / "vault" / "keys.json").exists()


def test_tab_leads_from_the_passphrase_to_its_repetition(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(tmp_path / "new" / "vault")
    page = window.page()
    assert isinstance(page, FirstRun)
    page.show_vault()
    qtbot.waitUntil(page._again.isVisible)
    window.activateWindow()
    page._passphrase.edit.setFocus()
    QTest.keyClick(page._passphrase.edit, Qt.Key.Key_Tab)
    assert page._again.edit.hasFocus()
    QTest.keyClicks(page._again.edit, PASSPHRASE)
    assert page._passphrase.edit.echoMode() == QLineEdit.EchoMode.Password


def test_the_sample_visit_is_two_clicks_away(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window(tmp_path / "data" / "vault")
    page = window.page()
    assert isinstance(page, FirstRun)
    page.make_sample()
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    assert len(session_of(window).store.list_("meeting")) == 11


def test_the_first_visit_file_is_compared_before_it_is_believed(
    open_window: OpenWindow, disputed: object, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = Path(disputed.folder).parent  # type: ignore[attr-defined]  # a Made
    window = open_window(tmp_path / "vault")
    page = window.page()
    assert isinstance(page, FirstRun)
    new = vaults.create_vault(tmp_path / "vault", PASSPHRASE, name="A stranger")
    page._session = new.session
    page.open_file(folder / "1.ftbundle", None)
    qtbot.waitUntil(lambda: page.isEnabled() and bool(page.refusal.words()), timeout=10_000)
    assert "not addressed" in page.refusal.words()
    new.session.close()


# ------------------------------------------------------------------------------------------------------------- showing


def test_the_visit_shows_days_coverage_and_what_waits(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "visit", qtbot)
    assert isinstance(screen, Visit)
    model = screen._model
    assert model is not None
    assert [len(d.meetings) for d in model.days] == [0, 3, 4, 3, 1]
    assert model.next is not None
    assert model.next.number == 10
    assert (len(model.coverage), len(model.never), model.conflicts) == (25, 8, 1)
    assert [f.accessibleName() for f in screen._facts][2].startswith("In conflict: 1 record")
    assert [r.name.priority for r in model.coverage] == [True] * 6 + [False] * 19


def test_filters_narrow_the_recommendations(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "recommendations", qtbot)
    assert isinstance(screen, Recommendations)
    screen.filter_edit.setText("observ")
    assert {r.name.key for r in screen._rows.rows} == {"P-03", "O-22", "O-23"}
    screen._class.group.button(1).click()
    assert [r.name.key for r in screen._rows.rows] == ["P-03"]
    screen.filter_edit.setText("nothing has these words")
    assert screen._rows.rows == []
    settle(window, qtbot)


def test_never_raised_are_eight(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "recommendations", qtbot, "never")
    assert isinstance(screen, Recommendations)
    assert len(screen._rows.rows) == 8
    assert all(r.notes == 0 for r in screen._rows.rows)


def test_the_chosen_recommendation_quotes_and_lists_every_note(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "recommendations", qtbot)
    assert isinstance(screen, Recommendations)
    screen._turn(1)
    settle(window, qtbot)
    from PySide6.QtWidgets import QLabel

    page = screen.detail.widget()
    assert page is not None
    said = " ".join(w.text() or w.accessibleName() for w in page.findChildren(QLabel))
    assert "Ease the requirements for registering political parties" in said
    assert "Законопроект" in said
    assert "Draft prepared" in said


def test_an_action_point_is_done_in_place(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "follow_up", qtbot)
    assert isinstance(screen, FollowUp)
    chosen = screen.chosen()
    assert chosen is not None
    screen._set_state("done")
    settle(window, qtbot)
    assert records.get_record(session_of(window), chosen.id).fields["state"] == "done"


# ------------------------------------------------------------------------------------------------------------ conflicts


def test_a_conflict_shows_both_sides_marked_and_settles_with_words_of_both(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "conflict", qtbot)
    assert isinstance(screen, ConflictPage)
    model = screen._model
    assert model is not None
    assert {v.text for v in model.versions} == {HIS, HERS}
    assert all(v.spans for v in model.versions)
    screen.edit.show_words("Both, in short.")
    screen.save()
    settle(window, qtbot)
    session = session_of(window)
    assert conflicts.list_conflicts(session) == []
    assert records.get_record(session, model.entity).fields["summary"] == "Both, in short."
    assert window.frame is not None
    assert window.frame.place == "exchange"


@pytest.mark.parametrize("number", [0, 1])
def test_one_version_can_be_taken(window: Window, qtbot: QtBot, number: int) -> None:
    screen = shown(window, "conflict", qtbot)
    assert isinstance(screen, ConflictPage)
    assert screen._model is not None
    wanted, entity = screen._model.versions[number].text, screen._model.entity
    screen.take(number)
    settle(window, qtbot)
    assert records.get_record(session_of(window), entity).fields["summary"] == wanted


# ------------------------------------------------------------------------------------------------------------- exchange


def test_a_file_is_written_and_the_ledger_says_how_far_it_got(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    assert screen._model is not None
    (headquarters,) = screen._model.recipients
    assert headquarters.saved > 0
    screen.export(tmp_path / "for-hq.ftbundle", [headquarters.name])
    settle(window, qtbot)
    assert (tmp_path / "for-hq.ftbundle").stat().st_size > 0
    (headquarters,) = screen._model.recipients
    assert (headquarters.saved, headquarters.state) == (0, "packed")
    line = next(f for f in screen._files.rows if f.out)
    screen._on_file(line)
    settle(window, qtbot)
    assert screen._model.recipients[0].state == "handed over"


def test_writing_a_file_can_be_stopped_and_the_page_says_so(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    assert screen._model is not None
    (headquarters,) = screen._model.recipients
    before, clicked = session_of(window).store.bundles(), threading.Event()
    screen.desk.long(lambda _s: clicked.wait(30), lambda _done: None)  # the export has not begun when somebody clicks
    screen.export(tmp_path / "for-hq.ftbundle", [headquarters.name])
    wait = screen._under_way
    assert wait is not None
    QTest.mouseClick(wait._cancel, Qt.MouseButton.LeftButton)
    clicked.set()
    settle(window, qtbot)
    assert "Stopped as you asked" in screen.notice.words()
    assert list(tmp_path.glob("*ftbundle*")) == []
    assert session_of(window).store.bundles() == before
    wait.progress("export", 1, 2)  # nobody shows it any more: harmless
    wait.stop()


def test_a_preview_takes_nothing_in_and_a_foreign_file_is_named(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    foreign = tmp_path / "holiday.jpg"
    foreign.write_bytes(b"\xff\xd8\xff\xe0 not for us")
    before = session_of(window).store.change_count()
    screen.preview([foreign])
    settle(window, qtbot)
    from PySide6.QtWidgets import QLabel

    said = " ".join(w.text() or w.accessibleName() for w in screen.findChildren(QLabel))
    assert "holiday.jpg" in said
    assert session_of(window).store.change_count() == before


# -------------------------------------------------------------------------------------------------------------- summary


def test_the_page_appears_and_what_is_written_is_in_it(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    qtbot.waitUntil(lambda: screen.page._shown is not None, timeout=30_000)
    assert screen.page._shown is not None
    assert screen.page._shown.pages >= 4
    at = next(k for k, r in enumerate(screen._rows.rows) if r.word == "obstacles")
    screen.sections.setCurrentIndex(screen._rows.index(at, 0))
    screen.edit.setFocus()
    screen.draft_again()
    screen.keep()
    settle(window, qtbot)
    (section,) = session_of(window).store.list_("section")
    assert "Аккредитация наблюдателей" in str(section.fields["text"])


def test_the_head_signs_with_the_passphrase_and_a_wrong_one_signs_nothing(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    screen.signing.sign(tmp_path / "s.pdf", "wrong")
    settle(window, qtbot)
    assert "passphrase" in screen.signing.refusal.words()
    assert not (tmp_path / "s.pdf").exists()
    screen.signing.sign(tmp_path / "s.pdf", PASSPHRASE)
    settle(window, qtbot)
    assert (tmp_path / "s.pdf").read_bytes()[:5] == b"%PDF-"
    assert len(session_of(window).store.list_("signed_summary")) == 1


# -------------------------------------------------------------------------------------------------------------- history


def test_an_earlier_version_can_be_said_again(window: Window, qtbot: QtBot) -> None:
    session = session_of(window)
    note = session.store.list_("note")[0]
    first = note.fields["text"]
    records.edit_record(session, note.id, {"text": "Something else."})
    screen = shown(window, "history", qtbot, note.id)
    assert isinstance(screen, History)
    at = next(k for k, line in enumerate(screen._rows.rows) if line.field == "text" and not line.current)
    screen.list.setCurrentIndex(screen._rows.index(at, 0))
    screen.restore()
    settle(window, qtbot)
    assert records.get_record(session, note.id).fields["text"] == first


# --------------------------------------------------------------------------------------------------------------- finder


def test_control_k_finds_in_any_script_and_leads_there(window: Window, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    shown(window, "meetings", qtbot)
    window.activateWindow()
    frame.finder.open()
    frame.finder.edit.setText("машиночитаемом")
    qtbot.wait(1)
    settle(window, qtbot)
    hits = [r for r in frame.finder.rows.rows if isinstance(r, Found)]
    assert [h.kind for h in hits] == ["note"]
    QTest.keyClick(frame.finder.edit, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert frame.place == "meetings"
    assert frame.screens["meetings"].kept_target() == hits[0].target.partition("#")[0]


def test_a_command_is_found_by_its_words_and_run(window: Window, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    settle(window, qtbot)
    frame.finder.open("exchange")
    settle(window, qtbot)
    QTest.keyClick(frame.finder.edit, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert frame.place == "exchange"


# ------------------------------------------------------------------------------------------------------------- everywhere


@pytest.mark.parametrize("name", ALL)
def test_every_model_keeps_qts_rules(window: Window, qtbot: QtBot, name: str) -> None:
    screen = shown(window, name, qtbot)
    for view in screen.findChildren(QAbstractItemView):
        model = view.model()
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        tester.deleteLater()
        for row in range(min(model.rowCount(), 60)):
            said = model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
            assert said
            assert said.strip()


def test_locking_blanks_the_screen_and_closes_the_vault(window: Window, qtbot: QtBot) -> None:
    shown(window, "recommendations", qtbot)
    folder = session_of(window).folder
    lock(window, qtbot)
    page = window.page()
    assert isinstance(page, Unlock)
    assert "Nur-Sultan" not in window.windowTitle()
    Gate().unlock(folder, PASSPHRASE).close()  # the single-instance lock was let go


def test_the_press_text_is_shown_as_text_and_approved_by_the_head(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "summary", qtbot)
    assert isinstance(screen, Summary)
    screen._edition.group.button(2).click()
    qtbot.waitUntil(lambda: bool(screen.page._text), timeout=20_000)
    settle(window, qtbot)
    assert screen._page_label.text() == "not approved yet"
    screen.signing.approve(PASSPHRASE)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: screen._page_label.text() == "Approved by Elena Marković", timeout=20_000)


def test_a_page_of_thousands_of_notes_shows_some_and_more_when_asked(window: Window, qtbot: QtBot) -> None:
    screen = shown(window, "recommendations", qtbot)
    assert isinstance(screen, Recommendations)
    session, visit = session_of(window), session_of(window).visits()[0].id
    recommendation, meeting = screen.chosen(), session.store.list_("meeting", visit=visit)[0]
    assert recommendation is not None
    rows: list[dict[str, JsonValue]] = [
        {"meeting": meeting.id, "kind": "statement", "text": f"Note {n}.", "language": "en", "recommendations": [recommendation.name.id]}
        for n in range(AT_ONCE + 5)
    ]
    records.add_records(session, "notes", rows, visit=visit, origin="test", label="test")
    settle(window, qtbot)
    notes = screen.detail.findChild(NoteBlocks)
    assert notes is not None
    assert len(notes.findChildren(Button, NOTE_WAY)) == AT_ONCE
    more = next(b for b in notes.findChildren(Button) if b.objectName() != NOTE_WAY)
    assert not more.isHidden()
    more.click()
    assert len(notes.findChildren(Button, NOTE_WAY)) >= AT_ONCE + 5
    assert more.isHidden()


def test_what_was_found_is_chosen_on_a_screen_made_for_it(window: Window, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    assert "recommendations" not in frame.screens
    third = sorted(r.id for r in frame.desk.session.store.list_("recommendation"))[3]
    screen = shown(window, "recommendations", qtbot, third)
    assert isinstance(screen, Recommendations)
    chosen = screen.chosen()
    assert chosen is not None
    assert chosen.name.id == third


def test_a_search_without_a_hit_says_so_and_hides_no_letter(window: Window, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    finder = frame.finder
    finder.open("zzzqqq")
    settle(window, qtbot)
    assert (finder.nothing.isVisible(), finder.list.isVisible()) == (True, False)
    assert finder.edit.height() >= finder.edit.fontMetrics().height()
    assert finder.rect().contains(finder.nothing.geometry())
    finder.edit.setText("Settings")
    settle(window, qtbot)
    assert (finder.nothing.isVisible(), finder.list.isVisible()) == (False, True)
    QTest.keyClick(finder.edit, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert frame.place == "settings"


@pytest.mark.parametrize("why", ["The passphrase does not open this vault. Check the keyboard.", "A long reason. " * 12, "No."])
def test_a_refusal_on_the_lock_page_is_said_whole_and_covers_nothing(open_window: OpenWindow, vault: Path, why: str) -> None:
    page = open_window(vault).page()
    assert isinstance(page, Unlock)
    page.say(why)
    told = page._warning
    assert told.height() >= told.heightForWidth(told.width())
    assert not told.geometry().intersects(page._go.geometry())
    assert not told.geometry().intersects(page.passphrase.geometry())
    assert not page._kept.geometry().intersects(page._go.geometry())


def test_an_exchange_without_files_keeps_the_focus_on_the_page(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown(window, "exchange", qtbot)
    assert isinstance(screen, Exchange)
    window.activateWindow()
    screen.files.setFocus()
    assert screen._model is not None
    screen._show(replace(screen._model, files=()))
    assert QApplication.focusWidget() is screen._open
    assert screen._no_files.isVisible()
