"""The pages of refusals name every fault of the catalogue in its own words; whether the advice is good is for people to judge."""

import pytest

from fieldtool.domain.errors import CATALOGUE
from tests.unit.docs.pages import BEGIN, END, GUIDE, error_table, with_table


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_table_is_the_catalogue(language: str) -> None:
    text = (GUIDE / language / "troubleshooting.md").read_text("utf-8")
    assert BEGIN in text
    assert END in text
    assert with_table(text, language) == text, "run: python -m tests.unit.docs.pages"


def test_every_fault_has_a_line_and_the_table_would_lack_a_missing_one() -> None:
    table = error_table("en").splitlines()[2:]
    assert len(table) == len(CATALOGUE)
    assert with_table(f"a\n{BEGIN}\n\nold\n\n{END}\nb", "en").count("| `") == len(CATALOGUE)

