"""A half-written meeting as it is kept: what was typed, as it was typed, and the versions it rests on; judges none of it."""

from __future__ import annotations

import msgspec

FORM_KEY = "meeting-form/{meeting}"  # under what name it is kept


class FormDraft(msgspec.Struct, frozen=True):
    """The fields of the form as they stand, wrong ones included; `heads` are the versions that the author was shown."""

    fields: dict[str, str] = {}
    terms: dict[str, str] = {}
    heads: dict[str, tuple[int, ...]] = {}

    def to_text(self) -> str:
        """As it is kept (encrypted, by the vault)."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_text(cls, kept: str) -> FormDraft | None:
        """A kept draft, or None where there is none that can be read."""
        try:
            return msgspec.json.decode(kept, type=cls)
        except msgspec.MsgspecError:
            return None
