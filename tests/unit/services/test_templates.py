"""Templates of meetings: shipped for every kind of interlocutor, in both languages, and refused when the file is not what it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldtool import resources
from fieldtool.services.templates import load_templates, read_templates, template_of
from fieldtool.services.vocabularies import ResourceFault, load_vocabularies

SHIPPED = json.loads(resources.path("meeting_templates.json").read_text("utf-8"))


def test_every_kind_of_interlocutor_has_questions_in_both_languages() -> None:
    kinds = {t.word for t in load_vocabularies()["institution_type"].terms} - {"other"}
    assert {kind for kind in kinds if template_of(kind) is None} == set()
    assert template_of("other") is None
    for template in load_templates():
        assert template.labels.keys() == template.prompts.keys() == {"en", "ru"}
        assert len(template.lines("en")) == len(template.lines("ru")) >= 5
        assert len(set(template.lines("en"))) == len(template.lines("en"))
        assert not any("#" in line or "\n" in line for some in template.prompts.values() for line in some)
    assert load_templates()[0].lines("fr") == load_templates()[0].lines("en")


def damaged(change: Callable[[dict[str, Any]], object]) -> str:
    raw = json.loads(json.dumps(SHIPPED))
    change(raw)
    return json.dumps(raw)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"templates": [1]}',
        damaged(lambda raw: raw["templates"][0].pop("types")),
        damaged(lambda raw: raw["templates"][0].update(remark="new")),
        damaged(lambda raw: raw["templates"][0].update(types=[])),
        damaged(lambda raw: raw["templates"][0].update(types=["ministry of magic"])),
        damaged(lambda raw: raw["templates"][1].update(types=raw["templates"][0]["types"])),
        damaged(lambda raw: raw["templates"][1].update(name=raw["templates"][0]["name"])),
        damaged(lambda raw: raw["templates"][0]["labels"].pop("ru")),
        damaged(lambda raw: raw["templates"][0]["prompts"].pop("en")),
        damaged(lambda raw: raw["templates"][0]["prompts"].update(ru=[" "])),
        damaged(lambda raw: raw["templates"][0]["prompts"].update(ru=[])),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_a_broken_installation(text: str, tmp_path: Path) -> None:
    path = tmp_path / "meeting_templates.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ResourceFault, match=r"meeting_templates\.json"):
        read_templates(path)
