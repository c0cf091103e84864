"""The guarantees are numbered, and each names tests that exist; whether a test proves its guarantee is for people to judge."""

import re
from functools import cache

import pytest

from tests.unit.docs.pages import DOCS, ROOT

PAGE = (DOCS / "security.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def guarantees(page: str) -> dict[str, str]:
    """Each guarantee's section by its number."""
    parts = re.split(r"^### (G\d+) .+$", page.split("## What is not promised")[0], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file; none where there is no file."""
    file = ROOT / path
    return frozenset(re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)) if file.is_file() else frozenset()


def missing(page: str) -> list[str]:
    """Tests that a page names and that do not exist."""
    return [f"{path}::{name}" for path, name in NAMED.findall(page) if name not in names_in(path)]


def unproven(page: str) -> list[str]:
    """Guarantees that name no test."""
    return [number for number, text in guarantees(page).items() if not NAMED.search(text.partition("*Proof:*")[2])]


def test_every_named_test_exists() -> None:
    assert missing(PAGE) == []


def test_every_guarantee_is_proven_by_at_least_one() -> None:
    assert unproven(PAGE) == []


def test_every_guarantee_says_against_what_and_how() -> None:
    assert [n for n, text in guarantees(PAGE).items() if not ("*Threat:*" in text and "*How:*" in text)] == []


def test_guarantees_and_limits_are_numbered_without_a_gap() -> None:
    assert list(guarantees(PAGE)) == [f"G{n}" for n in range(1, len(guarantees(PAGE)) + 1)]
    limits = re.findall(r"^(\d+)\. \*\*", PAGE.split("## What is not promised")[1], re.MULTILINE)
    assert limits == [str(n) for n in range(1, len(limits) + 1)]
    assert len(limits) >= 10


@pytest.mark.parametrize("name", ["tests/unit/docs/test_security.py::test_that_nobody_wrote", "tests/unit/docs/test_gone.py::test_a"])
def test_a_planted_name_is_found_missing(name: str) -> None:
    planted = f"### G1 A\n\n*Proof:* `{name}`.\n"
    assert missing(planted) == [name]
    assert unproven(planted) == []


def test_a_guarantee_without_a_test_is_found() -> None:
    assert unproven("### G1 A\n\n*Proof:* believe us.\n\n### G2 B\n\n*Proof:* `tests/a.py::test_a`.\n") == ["G1"]
