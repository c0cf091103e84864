"""Confusable names: what the eye takes for another is refused, and real pairs of names are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.identity.names import confusable, skeletons

ALIKE = [
    ("Anna Petrova", "Аnnа Реtrоvа"),  # Cyrillic а, Р, е, о
    ("Anna Petrova", "ANNA PETROVA"),
    ("Anna Petrova", " Anna  Petrova "),
    ("Anna Petrova", "Anna-Petrova"),
    ("Anna Petrova", "Anna\u200bPetrova"),
    ("Anna Petrova", "Anna \u202ePetrova"),
    ("Anna Petrova", "\ufeffAnna Petro\u00advа"),
    ("Anna Petrova", "Ａｎｎａ\u3000Ｐｅｔｒｏｖａ"),
    ("Anna Petrova", "𝐀𝐧𝐧𝐚 Petrova"),
    ("Анна Ковалёва", "Анна Ковалева"),
    ("José Núñez", "Jose Nunez"),
    ("Élodie", "E\u0301lodie"),
    ("Ilya", "llya"),
    ("Paul", "PauI"),
    ("Will", "WiI1"),
    ("O'Brien", "O’Brien"),
    ("Olga", "0lga"),
    ("Marnie", "Mamie"),
    ("Νίκος", "Nίκoς"),  # Greek and Latin
    ("Оскар", "Oскаp"),
    ("Հովհան", "hnվհան"),  # Armenian and Latin
    ("ΑΝΝΑ", "Άννα"),
    ("ΑΝΝΑ", "Anna"),
    ("НИНА", "Нина"),
    ("yvanq", "ყvanԛ"),  # Georgian and Cyrillic
    ("Straße", "STRASSE"),
    ("İlkay", "ilkay"),
    ("Zoya", "3oya"),
]
APART = [
    ("Anna Petrova", "Anna Petrov"),
    ("Anna Petrova", "Petrova Anna"),
    ("Жанна Хан", "Ханна Хан"),
    ("Alia", "Aila"),
    ("Lucia", "Luda"),
    ("Ирина", "Ирена"),
    ("Юрий", "Юлий"),
    ("Цой", "Иой"),
    ("Дина", "Лина"),
    ("გიორგი", "ნინო"),
    ("Նարեկ", "Նարինե"),
    ("Нурсултан", "Нурсулу"),
]


@pytest.mark.parametrize(("name", "other"), ALIKE)
def test_names_that_look_alike_are_confusable(name: str, other: str) -> None:
    assert name != other
    assert confusable(name, ["Somebody Else", other]) == other
    assert confusable(other, [name]) == name


@pytest.mark.parametrize(("name", "other"), APART)
def test_real_names_that_differ_are_not(name: str, other: str) -> None:
    assert confusable(name, [other, other.upper(), other.lower()]) is None


def test_nobody_is_confusable_with_nobody() -> None:
    assert confusable("Anna", []) is None


@settings(max_examples=150)
@given(st.text(max_size=30))
def test_every_name_is_confusable_with_itself_however_it_is_spaced(name: str) -> None:
    assert confusable(name, [name]) == name
    assert skeletons(name) & skeletons(f" {name}\u200d")
    assert all(skeletons(skeleton) & {skeleton} for skeleton in skeletons(name))
