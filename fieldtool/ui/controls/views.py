"""Lists and tables of many rows: item views over read-only rows, painted by functions; nothing here edits or fetches."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fieldtool.ui.controls.editors import tame
from fieldtool.ui.look import painting
from fieldtool.ui.look.lettering import CAPTION, MEDIUM, REGULAR, SMALL, width
from fieldtool.ui.look.tokens import INSET, R_CONTROL, ROW, Role, S, colour, theme

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
_NOWHERE = QModelIndex()
_CHOSEN, _HOVERED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_MouseOver.value


class Rows(QAbstractTableModel, Generic[R]):
    """Read-only rows, spoken by `say(row, column)`. A view asks a model several times for every cell it paints: little is answered here."""

    def __init__(self, rows: Sequence[R], say: Callable[[R, int], str], columns: Sequence[str] = ("",)) -> None:
        super().__init__()
        self.rows, self._say, self._columns = list(rows), say, list(columns)

    def show(self, rows: Sequence[R]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rename(self, columns: Sequence[str]) -> None:
        """Other columns for the rows to come; call `show` next."""
        self.beginResetModel()
        self._columns = list(columns)
        self.rows = []
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Any: Qt's own signature, a variant.
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self._columns):
            return self._columns[section]
        return None

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The same as Qt's own, which would ask twice more here."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self._columns) and not parent.isValid():
            return self.createIndex(row, column)
        return QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Any: Qt's own signature, a variant.
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._say(self.rows[index.row()], index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<span>{html.escape(self._say(self.rows[index.row()], index.column()))}</span>"
        return None

    def first(self) -> int:
        """The first row that can be chosen, or -1."""
        return 0 if self.rows else -1


class Grouped(Rows[R]):
    """Rows of a list among which stand heads, for which `head` holds and which cannot be chosen."""

    def __init__(self, say: Callable[[R, int], str], head: Callable[[R], bool]) -> None:
        super().__init__([], say)
        self._head = head

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._head(self.rows[index.row()]):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def first(self) -> int:
        return next((k for k, row in enumerate(self.rows) if not self._head(row)), -1)


Paint = Callable[[QPainter, QStyleOptionViewItem, Any, int], None]
Height = Callable[[Any, int], int]


class Drawn(QStyledItemDelegate):
    """Items as functions: `draw(painter, option, row, column)` and, where heights differ, `height(row, width)`."""

    def __init__(self, view: QAbstractItemView, rows: Rows[Any], draw: Paint, height: Height | None = None) -> None:
        super().__init__(view)
        self._draw, self._height, self._view, self._rows = draw, height, view, rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self._draw(painter, option, self._rows.rows[index.row()], index.column())

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        if self._height is None:
            return QSize(40, ROW)
        return QSize(40, self._height(self._rows.rows[index.row()], self._view.viewport().width()))


def _tame_view(view: QAbstractItemView, name: str) -> None:
    tame(view, name)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalScrollBar().setSingleStep(24)
    view.setMouseTracking(True)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)


def list_of(model: Rows[Any], draw: Paint, height: Height, name: str, view: QListView | None = None) -> QListView:
    """A list whose rows are painted by `draw` and as tall as `height(row, width)`."""
    made = view or QListView()
    _tame_view(made, name)
    made.setModel(model)
    model.setParent(made)
    made.setItemDelegate(Drawn(made, model, draw, height))
    made.setResizeMode(QListView.ResizeMode.Adjust)
    return made


def table_of(
    model: Rows[Any], draw: Paint, row_height: int, widths: dict[int, int], name: str, header: Header, view: QTableView | None = None
) -> QTableView:
    """A table without grid; the column that `widths` leaves out takes the rest."""
    made = view or QTableView()
    _tame_view(made, name)
    header.setParent(made)
    made.setHorizontalHeader(header)
    made.setModel(model)
    model.setParent(made)
    made.setItemDelegate(Drawn(made, model, draw))
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)  # on by default, and then Tab never leaves the table
    made.verticalHeader().hide()
    made.verticalHeader().setMinimumSectionSize(18)
    made.verticalHeader().setDefaultSectionSize(row_height)
    share_columns(made, widths)
    return made


def share_columns(table: QTableView, widths: dict[int, int]) -> None:
    """Give each column its width, at least as wide as its translated head; those not named share the rest."""
    header, model = table.horizontalHeader(), table.model()
    for column in range(model.columnCount()):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed if column in widths else QHeaderView.ResizeMode.Stretch)
        heads = str(model.headerData(column, Qt.Orientation.Horizontal)).split("\n")
        least = max(width(head, SMALL, MEDIUM) for head in heads) + (4 if isinstance(header, Header) and header.centred else 2 * S + 2)
        table.setColumnWidth(column, max(widths.get(column, 100), least))


class Header(QHeaderView):
    """Column heads: small, grey, one hairline; `\\n` makes two lines; all but the first may be centred."""

    def __init__(self, height: int = 28, first: int = INSET, centred: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._first, self.centred = first, centred
        self.setFixedHeight(height)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.setPen(colour("line_strong"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        lines = str(self.model().headerData(section, Qt.Orientation.Horizontal)).split("\n")
        middle = self.centred and section > 0
        px, weight, pad = (CAPTION, REGULAR, 0) if self.centred else (SMALL, MEDIUM, S)
        for k, words in enumerate(lines):
            box = QRectF(rect).adjusted(pad if section else self._first, 0, 0, -6 - 14 * (len(lines) - 1 - k))
            line = QRectF(box.left(), box.bottom() - 14, box.width(), 14)
            painting.text(painter, line, words, px, weight, "text2", "center" if middle else "left")


def box_of(option: QStyleOptionViewItem) -> QRectF:
    """The rectangle of an item."""
    return QRectF(option.rect)


def is_chosen(option: QStyleOptionViewItem) -> bool:
    """Whether the item is the chosen one."""
    return bool(option.state.value & _CHOSEN)


def view_of(option: QStyleOptionViewItem) -> QAbstractItemView | None:
    """The view the item is painted in."""
    widget = option.widget
    return widget if isinstance(widget, QAbstractItemView) else None


def ground(painter: QPainter, option: QStyleOptionViewItem, inset: float = 0, bar: bool = True, active: bool = False) -> None:
    """Ground of an item: a tint and an accent bar where it is chosen (grey while the view is idle), a shade under the pointer.

    `active` is for a list that keys reach from elsewhere.
    """
    box, radius = box_of(option).adjusted(inset, 0, -inset, 0), R_CONTROL if inset else 0
    state = option.state.value  # a plain number: masks of the enumeration cost more than what they decide
    if state & _CHOSEN:
        view = view_of(option)
        active = active or (view is not None and view.hasFocus())
        outline: Role | None = ("accent" if active else "edge") if theme().high else None
        painting.rounded(painter, box, radius, "tint" if active else "quiet", outline)
        if bar:
            edge = QRectF(box.left(), box.top() + radius, 3, box.height() - 2 * radius)
            painting.rounded(painter, edge, 1.5 if radius else 0, "accent" if active else "line_strong")
    elif state & _HOVERED:
        painting.rounded(painter, box, radius, "hover")
