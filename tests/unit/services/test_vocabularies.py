"""The shipped vocabularies say what the domain says, and a broken file is refused instead of half read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fieldtool.domain.fields import Shape
from fieldtool.domain.schema import KINDS
from fieldtool.domain.vocabularies import STRICTEST
from fieldtool.services.vocabularies import ResourceFault, load_labels, load_vocabularies, read_labels, read_vocabulary

GOOD: dict[str, Any] = {
    "name": "colour",
    "version": 1,
    "ordered": False,
    "terms": [
        {"word": "red", "labels": {"en": "Red", "ru": "Красный"}, "alternatives": ["scarlet"]},
        {"word": "blue", "labels": {"en": "Blue", "ru": "Синий"}, "confirmed": False},
    ],
}


def saved(folder: Path, content: object, name: str = "colour.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_every_vocabulary_a_field_names_is_shipped_and_no_other() -> None:
    named = {f.of for kind in KINDS.values() for f in kind.fields if f.shape in (Shape.TERM, Shape.TERMS)}
    assert set(load_vocabularies()) == named | {"attendee_role", "link_type"}  # these two live inside `parts`


@pytest.mark.parametrize("name", sorted(STRICTEST))
def test_the_order_of_strictness_is_the_merge_s_own(name: str) -> None:
    vocabulary = load_vocabularies()[name]
    assert vocabulary.ordered
    assert tuple(t.word for t in vocabulary.terms) == STRICTEST[name]


def test_terms_whose_use_nobody_confirmed_are_marked() -> None:
    unconfirmed = {(name, t.word) for name, v in load_vocabularies().items() for t in v.terms if not t.confirmed}
    assert unconfirmed == {
        ("mission_type", "EET"), ("mission_type", "REM"),
        ("theme", "women"), ("theme", "persons with disabilities"), ("theme", "new voting technologies"), ("theme", "fundamental freedoms"),
        ("official_status", "no longer applicable"),
        ("institution_type", "anti-corruption"), ("institution_type", "academia"),
        ("attribution", "background"), ("attribution", "off the record"), ("attribution", "internal only"),
        ("marking", "confidential"),
    }  # fmt: skip


def test_labels_differ_within_a_vocabulary_in_every_language() -> None:
    for name, vocabulary in load_vocabularies().items():
        for language in ("en", "ru"):
            labels = [t.labels[language] for t in vocabulary.terms]
            assert len(set(labels)) == len(labels), (name, language)


def test_every_kind_and_field_has_a_label() -> None:
    labels = load_labels()
    assert set(labels.kinds) == set(KINDS)
    for kind in KINDS.values():
        for field in kind.fields:
            assert f"{kind.name}.{field.name}" in labels.fields or field.name in labels.fields, (kind.name, field.name)
    names = {f.name for kind in KINDS.values() for f in kind.fields} | {"deleted"}
    assert {key.split(".")[-1] for key in labels.fields} == names  # no label of a field that is gone


def test_a_field_is_called_by_its_kind_s_own_label_first() -> None:
    labels = load_labels()
    assert labels.field("person", "name", "ru") == "Имя"
    assert labels.field("institution", "name", "ru") == "Название"
    assert labels.field("institution", "name", "fr") == "Name"
    assert labels.field("institution", "from a newer version", "ru") == "from a newer version"
    assert labels.kind("person", "ru", many=True) == "люди"
    assert labels.kind("from a newer version", "ru") == "from a newer version"


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    vocabulary = read_vocabulary(saved(tmp_path, GOOD))
    assert [t.word for t in vocabulary.terms] == ["red", "blue"]
    assert vocabulary.label("red", "ru") == "Красный"
    assert vocabulary.terms[0].alternatives == ("scarlet",)
    assert not vocabulary.terms[1].confirmed


def broken(**changes: object) -> dict[str, Any]:
    return {**GOOD, **changes}


@pytest.mark.parametrize(
    "content",
    [
        [],
        broken(name="color"),
        broken(version="1"),
        broken(version=0),
        broken(version=True),
        broken(ordered=1),
        broken(terms=[]),
        broken(terms=None),
        broken(comment="hello"),
        {k: v for k, v in GOOD.items() if k != "ordered"},
        broken(terms=[{"word": "red"}]),
        broken(terms=[{"word": "red", "labels": {"en": "Red"}}]),
        broken(terms=[{"word": "red", "labels": {"en": "Red", "ru": " "}}]),
        broken(terms=[{"word": "", "labels": {"en": "Red", "ru": "Красный"}}]),
        broken(terms=[{"word": " red", "labels": {"en": "Red", "ru": "Красный"}}]),
        broken(terms=[{"word": "red", "labels": {"en": "Red", "ru": "Красный"}, "alternatives": "scarlet"}]),
        broken(terms=[{"word": "red", "labels": {"en": "Red", "ru": "Красный"}, "alternatives": ["Scarlet"]}]),
        broken(terms=[{"word": "red", "labels": {"en": "Red", "ru": "Красный"}, "confirmed": "no"}]),
        broken(terms=[GOOD["terms"][0], GOOD["terms"][0]]),
        broken(terms=[GOOD["terms"][0], {"word": "crimson", "labels": {"en": "Scarlet", "ru": "Алый"}}]),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(ResourceFault):
        read_vocabulary(saved(tmp_path, content))


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe{}", b'{"name": "colour", "name": "colour"}'])
def test_bytes_that_are_not_one_json_object_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "colour.json"
    path.write_bytes(raw)
    with pytest.raises(ResourceFault):
        read_vocabulary(path)


@pytest.mark.parametrize(
    "content",
    [
        {"version": 1, "kinds": {}},
        {"version": 1, "kinds": [], "fields": {}},
        {"version": 1, "kinds": {"note": {"en": {"one": "note", "many": "notes"}}}, "fields": {}},
        {"version": 1, "kinds": {"note": {"en": {"one": "note"}, "ru": {"one": "запись", "many": "записи"}}}, "fields": {}},
        {"version": 1, "kinds": {}, "fields": {"text": {"en": "Text"}}},
    ],
)
def test_broken_labels_are_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(ResourceFault):
        read_labels(saved(tmp_path, content, "labels.json"))
