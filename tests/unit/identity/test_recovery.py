"""The recovery sheet: read back however people type it, and every slip of theirs pointed out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.identity.recovery import RecoverySheet, read_sheet, wrong_groups
from tests.unit.identity.members import code_of, counted

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRETS = st.binary(min_size=20, max_size=20)


def test_the_format_is_fixed() -> None:
    """Sheets lie in safes for years: these groups belong to these secrets for ever."""
    assert RecoverySheet(bytes(20)).text() == "00000-0000B-0000P-00001-0000C-0000Q-00002-0000D"
    assert RecoverySheet(bytes(range(20))).text() == "000GG-40R43-0M301-E209M-185GE-R38E2-1W816-24GKG"


@settings(max_examples=60)
@given(SECRETS, st.data())
def test_it_is_read_in_any_case_and_spacing(secret: bytes, data: st.DataObject) -> None:
    typed = ""
    for symbol in "".join(RecoverySheet(secret).groups):
        typed += data.draw(st.sampled_from((symbol, symbol.lower()))) + data.draw(st.sampled_from(("", " ", "-", "\n", "–", "\t ")))
    assert wrong_groups(typed) == ()
    assert read_sheet(typed).secret == secret
    assert RecoverySheet(secret).rehearsed(typed)


def test_letters_that_look_alike_are_read_as_meant() -> None:
    sheet = RecoverySheet(counted(31)(20))
    typed = sheet.text().replace("0", "O").replace("1", "l")
    assert read_sheet(typed).secret == sheet.secret
    cyrillic = sheet.text().translate(str.maketrans("ABEKMHPCTX0", "АВЕКМНРСТХО"))
    assert cyrillic != sheet.text()
    assert read_sheet(cyrillic).secret == sheet.secret


@settings(max_examples=60)
@given(SECRETS, st.integers(0, 39), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_found_in_its_group(secret: bytes, at: int, instead: str) -> None:
    text = "".join(RecoverySheet(secret).groups)
    changed = text[:at] + instead + text[at + 1 :]
    assert wrong_groups(changed) == (() if changed == text else (at // 5 + 1,))


@settings(max_examples=40)
@given(SECRETS, st.integers(0, 6))
def test_two_groups_that_changed_places_are_found(secret: bytes, first: int) -> None:
    groups = list(RecoverySheet(secret).groups)
    groups[first], groups[first + 1] = groups[first + 1], groups[first]
    assert wrong_groups(" ".join(groups)) == (first + 1, first + 2)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("00000", (2, 3, 4, 5, 6, 7, 8)),
        ("00000-0000B-0000P-00001-0000C-0000Q-00002-0000", (8,)),
        ("00000-0000B-0000P-00001-0000C-0000Q-00002-0000D-0", (9,)),
        ("U0000-0000B-0000P-00001-0000C-0000Q-00002-0000D", (1,)),
        ("пароль от хранилища", (1, 2, 3, 4, 5, 6, 7, 8)),
    ],
)
def test_what_is_missing_or_too_much_is_named_and_refused(typed: str, wrong: tuple[int, ...]) -> None:
    assert wrong_groups(typed) == wrong
    assert code_of(lambda: read_sheet(typed)) == "wrong-recovery"
    assert not RecoverySheet(bytes(20)).rehearsed(typed)


def test_another_good_sheet_is_not_this_one() -> None:
    assert not RecoverySheet(bytes(20)).rehearsed(RecoverySheet(bytes(range(20))).text())


@pytest.mark.parametrize(("language", "title"), [("en", "Recovery sheet"), ("ru", "Лист восстановления"), ("kk", "Recovery sheet")])
def test_the_printed_sheet_says_whose_it_is_and_holds_every_group(language: str, title: str) -> None:
    sheet = RecoverySheet.new(counted(32))
    text = sheet.printable("Анна Ковалёва", language)
    assert text.startswith(title)
    assert "Анна Ковалёва" in text
    for number, group in enumerate(sheet.groups, 1):
        assert f"{number}  {group}" in text
    assert max(len(line) for line in text.splitlines()) < 130
