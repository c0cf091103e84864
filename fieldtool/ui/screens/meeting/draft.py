"""A note that is being written: what has been typed and chosen, and the marks that ask for suggestions; keeps nothing itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import msgspec

ACTION = "action point"  # a kind of entry that becomes an action point instead of a note
# A mark counts at the start of a word only: 3/4 and a@b are text.
_MARK = re.compile(r"(?:^|(?<=\s))([#/@!])([^\s#/@!]*(?: [^\s#/@!]+)?)$")


@dataclass(frozen=True, slots=True)
class DraftNote:
    """What the line holds. Ids and terms are plain texts here; `at` is the minute of the first key, local time."""

    text: str = ""
    kind: str = "statement"
    recommendations: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    attribution: str = ""  # stricter than the meeting's, or empty
    marking: str = ""
    position: str = ""
    private: bool = False
    at: str = ""
    caret: int = 0
    editing: str = ""  # id of the note being corrected

    @property
    def empty(self) -> bool:
        """Whether nothing would be lost if it were forgotten."""
        return not (self.text.strip() or self.recommendations or self.speakers or self.unnamed)

    def with_recommendation(self, entity: str) -> DraftNote:
        """The same note with one more recommendation."""
        return self if entity in self.recommendations else replace(self, recommendations=(*self.recommendations, entity))

    def with_speaker(self, entity: str) -> DraftNote:
        """The same note with one more speaker."""
        return self if entity in self.speakers else replace(self, speakers=(*self.speakers, entity))

    def to_text(self) -> str:
        """As it is kept (encrypted, by the vault)."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_text(cls, kept: str) -> DraftNote:
        """A kept draft; what is not one gives a draft with the words as they stand, so that nothing is lost."""
        try:
            return msgspec.json.decode(kept, type=cls)
        except msgspec.MsgspecError:
            return cls(text=kept)


@dataclass(frozen=True, slots=True)
class Asked:
    """A mark before the caret: which, the words behind it, and where it stands in the text."""

    mark: str
    words: str
    start: int
    end: int


def asked(text: str, caret: int) -> Asked | None:
    """The mark that the caret stands behind, or None."""
    found = _MARK.search(text[:caret])
    return Asked(found[1], found[2], found.start(1), caret) if found else None


def without(text: str, mark: Asked) -> tuple[str, int]:
    """The text without the mark and its words, and where the caret belongs then: no double space is left behind."""
    before, after = text[: mark.start], text[mark.end :]
    if before.endswith(" ") and (after.startswith(" ") or not after):
        after = after[1:] if after else after
    return before + after, len(before)


def split(text: str, caret: int) -> tuple[str, str]:
    """The text before and behind the caret, as two notes."""
    return text[:caret].strip(), text[caret:].strip()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a pasted text, one note each."""
    return [p.strip() for p in text.splitlines() if p.strip()]
