"""Templates of meetings by kind of interlocutor: what to ask there; shipped as data, read once and strictly. It plans no meeting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldtool import resources
from fieldtool.services.vocabularies import ResourceFault, load_vocabularies

_KEYS = {"name", "labels", "types", "prompts"}


@dataclass(frozen=True, slots=True)
class Template:
    """What one asks a kind of interlocutor. `types` are terms of institution_type; labels and prompts are per language."""

    name: str
    labels: Mapping[str, str]
    types: tuple[str, ...]
    prompts: Mapping[str, tuple[str, ...]]

    def label(self, language: str) -> str:
        """What it is called, in that language or in English."""
        return self.labels.get(language) or self.labels["en"]

    def lines(self, language: str) -> tuple[str, ...]:
        """The prompts, in that language or in English."""
        return self.prompts.get(language) or self.prompts["en"]


@cache
def load_templates() -> tuple[Template, ...]:
    """The shipped templates in their order. Raises `ResourceFault` when the file is not well formed."""
    return read_templates(resources.path("meeting_templates.json"))


def read_templates(path: Path) -> tuple[Template, ...]:
    """The templates of a file. Raises `ResourceFault` for anything missing, unknown or repeated."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = tuple(_template(t) for t in raw["templates"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceFault(f"{path.name} is not what it should be: {error}") from error
    types = [t for template in found for t in template.types]
    unknown = set(types) - {t.word for t in load_vocabularies()["institution_type"].terms}
    if unknown or len(set(types)) != len(types) or len({t.name for t in found}) != len(found):
        raise ResourceFault(f"{path.name} repeats something, or names unknown kinds of interlocutor: {sorted(unknown)}")
    return found


def template_of(kind: str) -> Template | None:
    """The template for a kind of interlocutor, or None where there is none."""
    return next((t for t in load_templates() if kind in t.types), None)


def _template(raw: Mapping[str, object]) -> Template:
    if set(raw) != _KEYS:
        raise ValueError(f"keys {sorted(raw)}")
    labels, types, prompts = raw["labels"], raw["types"], raw["prompts"]
    if not isinstance(labels, dict) or not isinstance(types, list) or not isinstance(prompts, dict) or not types:
        raise TypeError(f"{raw['name']}: labels, types or prompts")
    lines = {str(k): tuple(str(line).strip() for line in some) for k, some in prompts.items()}
    if set(labels) != set(lines) or "en" not in lines or not all(all(some) and some for some in lines.values()):
        raise ValueError(f"{raw['name']}: languages")
    return Template(str(raw["name"]), {str(k): str(v) for k, v in labels.items()}, tuple(map(str, types)), lines)
