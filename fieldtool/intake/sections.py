"""What headings above recommendations say: priority, other or nothing of the kind; it knows neither lines nor files."""

from __future__ import annotations

import re

from fieldtool.intake.headings import normalised

_ENUMERATOR = re.compile(r"\A\s*(?:[IVXLC]+|[IVXХІ]+|[A-ZА-Я]|\d+(?:\.\d+)*)\s*[.)]\s*")
_PRIORITY = re.compile(r"\bpriority\b.*\brecommendation|приоритетн\w* рекомендац")
_OTHER = re.compile(
    r"\b(other|further|additional|remaining|non priority)\b.*\brecommendation"
    r"|(проч|ин|друг|остальн|дополнительн)(ие|ых|ая|ые) рекомендац|неприоритетн\w* рекомендац"
)


def without_enumerator(text: str) -> str:
    """A heading without the numeral or letter before it: `A. Priority recommendations`, `IV.2. …`."""
    return _ENUMERATOR.sub("", text)


def class_of_section(text: str) -> str:
    """`priority`, `other`, or "" where the words name no class of recommendations."""
    words = normalised(without_enumerator(text))
    if _PRIORITY.search(words) and "non priority" not in words:
        return "priority"
    return "other" if _OTHER.search(words) else ""
