"""Counts are grouped as each language does, in the terminal, the window and the document; what names something is not."""

from __future__ import annotations

import io

import pytest

from fieldtool.cli.terminal import Terminal
from fieldtool.domain.numbers import grouped, spoken
from fieldtool.reports.wording import Wording


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (0, "en", "0"),
        (999, "ru", "999"),
        (12_345, "en", "12,345"),
        (12_345, "ru", "12\u00a0345"),
        (1_234_567, "kk", "1\u00a0234\u00a0567"),
        (1_234, "fr", "1\u202f234"),
        (1_234, "de", "1.234"),
        (1_234, "es", "1234"),
        (12_345, "es", "12.345"),
        (-12_345, "en", "-12,345"),
        (12_345, "xx", "12,345"),
    ],
)
def test_groups_are_those_of_the_language(value: int, language: str, written: str) -> None:
    assert grouped(value, language) == written


def test_only_counts_are_grouped() -> None:
    told = spoken({"total": 12_345, "n": 12_345, "number": 2_022, "year": 2_022, "name": "12345", "whole": True}, "en")
    assert told == {"total": "12,345", "n": 12_345, "number": 2_022, "year": 2_022, "name": "12345", "whole": True}


@pytest.mark.parametrize(("language", "said"), [("en", "12,345 in all."), ("ru", "Всего: 12\u00a0345.")])
def test_the_terminal_groups_for_people_and_never_for_scripts(language: str, said: str) -> None:
    out = io.StringIO()
    Terminal(language, out=out).tell("{total} in all.", total=12_345)
    assert out.getvalue() == said + "\n"
    out = io.StringIO()
    Terminal(language, as_json=True, out=out).answer({"total": 12_345})
    assert '"total": 12345' in out.getvalue()


def test_the_document_groups_in_each_of_its_languages() -> None:
    assert Wording(("en", "ru"))("meeting-notes", count=12_345) == "notes / записей: 12,345"
    assert "12\u00a0345" in Wording(("ru",))("meeting-notes", count=12_345)
    assert Wording(("ru", "en")).number(12_345) == "12\u00a0345"
