"""What is to be said to people, as sentences with their values, so that each face says it in its own language; it translates nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """Part of a sentence as a `str.format` template, and the values that its placeholders name."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words.format(**self.values)


def in_english(remarks: Sequence[Remark]) -> str:
    """The sentence that they make: what scripts and tests read."""
    return joined([str(r) for r in remarks])


def joined(said: Sequence[str]) -> str:
    """Remarks that are already in one language as a sentence."""
    return "; ".join(said) + "."
