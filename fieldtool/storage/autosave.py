"""The second and every later save of a text that somebody is typing, in two statements; it decides nothing that a long save would not.

What the long way has just read and written is remembered, and trusted only while this vault's one writer has written nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldtool.domain.changes import DELETED, Draft, Scope
from fieldtool.domain.fields import split_key
from fieldtool.domain.ids import Clock, EntityId, LocalChange
from fieldtool.storage.dictionary import Dictionary
from fieldtool.storage.log import Author, Written
from fieldtool.storage.state import ALL_PRIVATE, OPEN, THERE, State, encode_fields, encode_heads
from fieldtool.storage.work import Work


@dataclass(slots=True)
class _Typing:
    """The change that is being rewritten, and the record as it is stored."""

    draft: Draft
    visit: EntityId
    scope: Scope
    author: Author
    change: LocalChange
    least: int  # clock values below this would not follow the parents
    ent: int
    fld: int
    state: State
    writes: int


class Autosave:
    """Remembers one field; the caller holds the writer's lock."""

    def __init__(self, dictionary: Dictionary, clock: Clock) -> None:
        self._dictionary, self._clock = dictionary, clock
        self._keys: dict[str, str] = {}
        self._typing: _Typing | None = None

    def learn(
        self,
        drafts: Sequence[Draft],
        visit: EntityId,
        scope: Scope,
        author: Author,
        written: Written,
        states: dict[int, State],
        writes: int,
    ) -> None:
        """Remember what an append has just written, if the next save of it can be short."""
        self._typing = None
        if len(drafts) != 1 or drafts[0].parents is None or drafts[0].origin is not None:
            return
        draft, change = drafts[0], written.numbers[0]
        ((ent, state),) = states.items()
        fld = self._dictionary.field_numbers[draft.field]
        plain = (
            state.heads.get(fld, ())[::2] == (change,)
            and self._dictionary.field_numbers.get(DELETED) not in state.heads
            and state.state == THERE
            and state.private == (ALL_PRIVATE if scope is Scope.PRIVATE else OPEN)
            and state.heads[fld][1] == state.changed > state.made
            and self._dictionary.link(state.kind, fld) is False
            and split_key(draft.field)[0] != "visit"
        )
        if plain:
            self._typing = _Typing(draft, visit, scope, author, change, written.least, ent, fld, state, writes)

    def knows(self, drafts: Sequence[Draft], visit: EntityId, scope: Scope, author: Author, writes: int) -> bool:
        """Whether these drafts are the next save of what was remembered, and nothing was written since."""
        typing = self._typing
        if typing is None or typing.writes != writes or len(drafts) != 1:
            return False
        draft, last = drafts[0], typing.draft
        same = draft.entity == last.entity and draft.field == last.field and draft.kind == last.kind and draft.parents == last.parents
        return same and draft.origin is None and typing.visit == visit and typing.scope is scope and typing.author == author

    def value(self, draft: Draft) -> str | None:
        """What the field says before this save."""
        return None if self._typing is None else self._typing.state.fields.get(draft.field)

    def save(self, work: Work, draft: Draft) -> LocalChange:
        """Rewrite the change and the record's row; the number of the change."""
        typing = self._typing
        if typing is None:
            raise RuntimeError("nothing is being typed")
        self._typing = None  # stays so when anything fails
        state, change = typing.state, typing.change
        hlc = max(self._clock() << 16, typing.least, state.changed)
        state.heads[typing.fld] = (change, hlc)
        state.changed = hlc
        state.fields[draft.field] = draft.value
        work.run("UPDATE change SET val = ?, hlc = ? WHERE id = ?", (draft.value, hlc, change))
        values = (hlc, encode_fields(state.fields, self._keys), encode_heads(state.heads), typing.ent)
        work.run("UPDATE body SET changed = ?, fields = ?, heads = ? WHERE ent = ?", values)
        self._typing = typing
        return change

    def saved(self, draft: Draft, writes: int) -> None:
        """The save is committed: it is what the next one follows."""
        if self._typing is not None:
            self._typing.draft, self._typing.writes = draft, writes

    def forget(self) -> None:
        """Take the long way next time."""
        self._typing = None
