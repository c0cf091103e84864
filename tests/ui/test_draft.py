"""The line's own rules: marks, splitting, kept drafts, and what a mark finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldtool.domain.ids import EntityId
from fieldtool.services.recording import language_of
from fieldtool.services.screens.meetings import Attendee, Beside
from fieldtool.services.screens.names import RecommendationName
from fieldtool.ui.screens.meeting import suggest
from fieldtool.ui.screens.meeting.draft import DraftNote, asked, paragraphs, split, without


def beside(number: int, words: str, *, priority: bool = False, addressed: bool = False, letter: str = "", theme: str = "media") -> Beside:
    key = f"{'P' if priority else 'O'}-{number:02d}{letter}"
    return Beside(RecommendationName(EntityId(key), key, priority, words, words, (theme,), (), number), 0, addressed)


ROWS = [
    beside(3, "Let citizen observers work", priority=True),
    beside(7, "Bring election law into line", letter="a"),
    beside(22, "Extend standing to observers", addressed=True),
    beside(23, "Give observers access", addressed=True),
    beside(30, "Опубликовать протоколы", theme="election day"),
]


def found(query: str) -> list[str]:
    return [s.lead for s in suggest.recommendations(ROWS, query, lambda t: t.capitalize(), lambda _b: "")]


@pytest.mark.parametrize(
    ("text", "mark", "words"),
    [
        ("#", "#", ""),
        ("they say #obs", "#", "obs"),
        ("#P-03", "#", "P-03"),
        ("ok @Aigul S", "@", "Aigul S"),
        ("a /pla", "/", "pla"),
        ("!conf", "!", "conf"),
    ],
)
def test_a_mark_before_the_caret_asks(text: str, mark: str, words: str) -> None:
    answer = asked(text, len(text))
    assert answer is not None
    assert (answer.mark, answer.words) == (mark, words)


@pytest.mark.parametrize("text", ["3/4 of them", "name@example", "done!", "no mark at all", "# two words more", ""])
def test_what_is_no_mark_asks_nothing(text: str) -> None:
    assert asked(text, len(text)) is None


@given(st.text(alphabet="ab .#", max_size=30), st.sampled_from(["obs", "3", ""]))
def test_taking_a_mark_away_leaves_the_other_words(before: str, words: str) -> None:
    text = f"{before} #{words}"
    mark = asked(text, len(text))
    assert mark is not None
    rest, caret = without(text, mark)
    assert rest[:caret] + text[mark.start :] == text


def test_the_number_wins_over_words_and_addressed_ones_come_first_among_equals() -> None:
    assert found("3") == ["P-03"]
    assert found("p3") == ["P-03"]
    assert found("o3") == []
    assert found("7") == ["O-07a"]
    assert found("obs") == ["O-22", "O-23", "P-03"]


def test_any_script_and_the_theme_find() -> None:
    assert found("ПРОТ") == ["O-30"]
    assert found("election day") == ["O-30"]
    assert found("nowhere") == []


def test_speakers_are_found_by_any_name_and_the_typed_words_are_offered_last() -> None:
    rows = [Attendee(EntityId("1"), "Айгүл Сәрсенова (Aigul Sarsenova)", "")]
    assert [(s.sort, s.value) for s in suggest.speakers(rows, "sarse", "")] == [("speaker", "1"), ("unnamed", "sarse")]
    assert [s.sort for s in suggest.speakers(rows, "a deputy", "")] == ["unnamed"]


def test_terms_are_found_by_label_and_by_stored_word() -> None:
    rows = [("plan announced", "Объявленный план"), ("obstacle", "Препятствие")]
    assert [s.value for s in suggest.terms("kind", rows, "преп", "")] == ["obstacle"]
    assert [s.value for s in suggest.terms("kind", rows, "plan", "")] == ["plan announced"]


@given(
    st.builds(
        DraftNote,
        text=st.text(max_size=80),
        recommendations=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        caret=st.integers(0, 99),
        private=st.booleans(),
    )
)
def test_a_kept_draft_comes_back_as_it_was(draft: DraftNote) -> None:
    assert DraftNote.from_text(draft.to_text()) == draft


@pytest.mark.parametrize("kept", ["", "plain words", "[1, 2]", '{"text": 3}', '{"caret": "x"}'])
def test_what_is_no_draft_is_kept_as_words(kept: str) -> None:
    assert DraftNote.from_text(kept).text == kept


def test_splitting_and_pasting() -> None:
    assert split("first half second half", 10) == ("first half", "second half")
    assert paragraphs("one\n\n  two \r\nthree\n") == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Observers", "en"), ("Наблюдатели", "ru"), ("Бақылаушылар үшін", "kk"), ("ნინო", "ka"), ("Դիտորդ", "hy"), ("Спостерігачі", "uk")],
)
def test_the_letters_suggest_the_language(text: str, tag: str) -> None:
    assert language_of(text) == tag
