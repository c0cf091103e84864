"""The recommendations beside the stream: addressed ones first, discussed ones ticked and faded, open ones dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from fieldtool.services.screens.meetings import Beside
from fieldtool.ui.controls.views import Grouped, Rows, box_of, ground, list_of
from fieldtool.ui.look import glyphs, painting
from fieldtool.ui.look.lettering import BODY, BOLD, REGULAR, SMALL
from fieldtool.ui.look.tokens import ROW, XS, M, S
from fieldtool.ui.words import tr


@dataclass(frozen=True, slots=True)
class Group:
    """A head within the list."""

    title: str
    remark: str


Line = Group | Beside


class BesideList(QListView):
    """`link_requested` carries the recommendation that the note in the line should be tied to."""

    link_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows[Line] = Grouped(_say, lambda r: isinstance(r, Group))
        list_of(self.rows, _draw, lambda r, _w: 34 if isinstance(r, Group) else ROW, tr("Recommendations, discussed ones ticked"), self)
        self.activated.connect(self._on_taken)
        self.clicked.connect(self._on_taken)

    def show_rows(self, found: Sequence[Beside], title: str) -> None:
        """Replace the rows; the ones that this interlocutor is addressed by come first."""
        here, rest = [r for r in found if r.addressed], [r for r in found if not r.addressed]
        made: list[Line] = []
        if here:
            told = tr("{done} of {total} discussed", done=sum(r.notes_here > 0 for r in here), total=len(here))
            made += [Group(tr("Addressed to {name}", name=title), told), *here]
        made += [Group(tr("Other") if here else tr("All"), str(len(rest))), *rest]
        at = self.verticalScrollBar().value()
        self.rows.show(made)
        self.verticalScrollBar().setValue(at)

    def _on_taken(self, index: QModelIndex) -> None:
        found = self.rows.rows[index.row()]
        if isinstance(found, Beside):
            self.link_requested.emit(found.name.id)


def _say(row: Line, _column: int) -> str:
    if isinstance(row, Group):
        return f"{row.title}, {row.remark}"
    return f"{row.name.key} {row.name.words}, " + (tr("discussed here") if row.notes_here else tr("not yet discussed"))


def _draw(painter: QPainter, option: QStyleOptionViewItem, row: Line, _column: int) -> None:
    box = box_of(option)
    if isinstance(row, Group):
        room = box.adjusted(M, 8, -M, -2)
        wide = painting.text(painter, room, row.title, SMALL, BOLD, "text2")
        painting.text(painter, room.adjusted(wide + S, 0, 0, 0), row.remark, SMALL, REGULAR, "text3")
        return
    ground(painter, option, XS)
    done = row.notes_here > 0
    glyphs.paint(painter, box.left() + M + 7, box.center().y(), ("disc_check", "accent") if done else ("ring", "edge"), 13 if done else 9)
    painting.text(painter, box.adjusted(M + 24, 0, 0, 0), row.name.key, SMALL, BOLD if row.name.priority else REGULAR, "text2")
    painting.text(painter, box.adjusted(M + 68, 0, -M, 0), row.name.words, BODY, REGULAR, "text2" if done else "text")
