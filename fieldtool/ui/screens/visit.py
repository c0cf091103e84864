"""The visit: days on the left, what needs attention above, who has spoken on what below; records nothing itself."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QVBoxLayout, QWidget

from fieldtool.services.screens.meetings import MeetingRow, next_meeting
from fieldtool.services.screens.visit import CoverageRow, Day, VisitModel, visit_model
from fieldtool.ui import words
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, glyph, label, section
from fieldtool.ui.controls.layout import Item, Splitter, column, grow, holder, row
from fieldtool.ui.controls.views import Grouped, Header, Rows, box_of, ground, is_chosen, list_of, share_columns, table_of, view_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.glyphs import Mark
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, MEDIUM, REGULAR, SMALL, width
from fieldtool.ui.look.tokens import INSET, R_CONTROL, XS, M, Role, S, colour
from fieldtool.ui.screens import marks
from fieldtool.ui.screens.alarms import Alarms
from fieldtool.ui.screens.base import NEXT, Head, Screen
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr

CAPTIONS = (words.later("Not handed over"), words.later("Not confirmed"), words.later("In conflict"), words.later("Never raised"),
            words.later("Comments"))  # fmt: skip
DayRow = Day | MeetingRow
CELL = 51
DAYS_LEAST, WORDS_LEAST = 280, 180  # pixels for the names of meetings and of recommendations: with less the page is panned


class Fact(Button):
    """One thing that waits, and the way to it: number large, words small, no box until hovered."""

    def __init__(self, caption: str) -> None:
        super().__init__("", "ghost", name=caption, spread=True)
        self._caption, self._value, self._detail = caption, "", ""
        self._mark: Mark = ("none", "text3")

    def tell(self, value: str, detail: str, mark: Mark) -> None:
        """Show a number with its remark."""
        self._value, self._detail, self._mark = value, detail, mark
        self.setAccessibleName(f"{self._caption}: {value}. {detail}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(150, 66)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        painting.rounded(painter, box, R_CONTROL, "hover" if self.underMouse() else None)
        painting.text(painter, QRectF(S, 5, box.width() - 2 * S, 18), self._caption, SMALL, REGULAR, "text2")
        glyphs.paint(painter, S + 6, 33, self._mark, 16 if self._mark[0] == "dot" else 12)
        painting.text(painter, QRectF(S + 18, 22, box.width() - 2 * S - 18, 22), self._value, HEAD, BOLD)
        painting.text(painter, QRectF(S, 43, box.width() - 2 * S, 18), self._detail, SMALL, REGULAR, "text3")


class Coverage(QTableView):
    """Rows share the height there is, 18 to 24 pixels each, so that some 25 recommendations fill the page without scrolling."""

    def fit_rows(self) -> None:
        """Give every row its share."""
        count = max(1, self.model().rowCount())
        self.verticalHeader().setDefaultSectionSize(max(18, min(24, self.viewport().height() // count)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()


class Visit(Screen):
    """Facts are buttons; arrows move through the timeline and the matrix; Enter opens."""

    kinds = frozenset({"visit", "meeting", "note", "position", "recommendation", "institution", "card", "comment"})

    def __init__(self, desk: Desk) -> None:
        self._model: VisitModel | None = None
        self._hand_over = Button(tr("Hand over…"), "plain", "exchange")
        self._plan = Button(tr("New meeting…"), "ghost", "plus")
        self._record = Button(tr("Record a meeting"), "primary", "plus", hint="Ctrl+N")
        self._days: Rows[DayRow] = Grouped(self._say_day, lambda r: isinstance(r, Day))
        self._coverage: Rows[CoverageRow] = Rows([], self._say_cell, [tr("Recommendation")])
        self.days = list_of(self._days, self._draw_day, self._day_height, tr("Days and meetings"))
        self.matrix = Coverage()
        table_of(
            self._coverage,
            self._draw_cell,
            19,
            {},
            tr("Coverage: recommendations by interlocutor"),
            Header(38, 4, centred=True),
            self.matrix,
        )
        self.days.setMinimumWidth(DAYS_LEAST)
        self._facts = [Fact(tr(c)) for c in CAPTIONS]
        self._span = label("", SMALL, REGULAR, "text3")
        self._team = QVBoxLayout()
        self._head = Head("", self._plan, self._hand_over, self._record)
        super().__init__(desk, self._head, holder(column(Alarms(desk), grow(self._body()))))
        self._hand_over.clicked.connect(lambda: desk.go("exchange", "export"))
        self._record.clicked.connect(lambda: desk.go("meetings", NEXT))
        self._plan.clicked.connect(lambda: desk.go("meeting_form", "new"))
        self._facts[0].clicked.connect(lambda: desk.go("exchange", "export"))
        self._facts[1].clicked.connect(lambda: desk.go("exchange"))
        self._facts[2].clicked.connect(lambda: desk.go("exchange", "conflicts"))
        self._facts[3].clicked.connect(lambda: desk.go("recommendations", "never"))
        self._facts[4].clicked.connect(lambda: desk.go("summary", "comments"))
        self.days.activated.connect(self._on_day)
        self.days.clicked.connect(self._on_day)
        self.matrix.activated.connect(self._on_cell)
        self.matrix.clicked.connect(self._on_clicked)

    def _body(self) -> QWidget:
        legend: list[tuple[Mark, str]] = [
            (glyphs.POSITION["accepts"], tr("accepts")),
            (glyphs.POSITION["accepts in part"], tr("in part")),
            (glyphs.POSITION["rejects"], tr("rejects")),
            (glyphs.POSITION["notes"], tr("notes")),
            (glyphs.POSITION["claims already done"], tr("says done")),
            (glyphs.POSITION["no position"], tr("no position")),
            (("ring", "edge"), tr("addressed, not raised")),
        ]
        signs: list[Item] = [row(glyph(m, 7 if m[1] == "edge" else 11), label(w, SMALL, REGULAR, "text2"), gap=XS) for m, w in legend]
        head = section(tr("Coverage"))
        head.insertWidget(1, self._span)
        right = column(
            row(*self._facts, gap=0),
            M,
            column(head, XS, self.matrix, S, row(*signs, None, gap=M), margins=(S, 0, 0, 0)),
            margins=(S, S, INSET, M),
        )
        team = column(label(tr("Team"), SMALL, BOLD, "text2"), 6, self._team, margins=(INSET, S, INSET, 0))
        left = holder(column(self.days, holder(team, fixed=True), margins=(0, S, 0, M)))
        splitter = Splitter((left, 364), (holder(right), 800), grows=1)
        splitter.setSizes([364, 793])
        return splitter

    # ------------------------------------------------------------------------------------------------ what it shows

    def load(self) -> None:
        visit, language, now = self.desk.visit, words.language.code, datetime.now()  # noqa: DTZ005  # the visit's clock is the wall's
        if visit is not None:
            self.desk.read(lambda session: visit_model(session, visit, language, now), self.show_model)

    def show_model(self, model: VisitModel | None) -> None:
        """Show a fetched picture."""
        self._model = model
        if model is None:
            return
        today = next((d for d in model.days if model.next in d.meetings), None)
        self._show_head(model, today)
        self._show_facts(model)
        rows: list[DayRow] = []
        for day in model.days:
            rows += [day, *day.meetings]
        self._days.show(rows)
        chosen = rows.index(model.next) if model.next in rows else self._days.first()
        self.days.setCurrentIndex(self._days.index(chosen, 0))
        self._coverage.rename([tr("Recommendation"), *(marks.short_type(t) for t in model.types)])
        self._coverage.show(model.coverage)
        share_columns(self.matrix, dict.fromkeys(range(1, len(model.types) + 1), CELL))
        self.matrix.setMinimumWidth(WORDS_LEAST + CELL * len(model.types))
        self.matrix.fit_rows()
        held = [m.number for d in model.days for m in d.meetings if m.state == "held"]
        self._span.setText(
            tr("who has spoken on what, meetings {first}–{last}", first=held[0], last=held[-1]) if held else tr("nobody met yet")
        )
        self._show_team(model)

    def _show_head(self, model: VisitModel, today: Day | None) -> None:
        self._head.title.say(words.capital(words.day(today.date)) if today else tr("Visit"))
        number = model.days.index(today) + 1 if today else 0
        remark = (
            tr("day {number} of {total}", number=number, total=len(model.days))
            if today
            else words.span(model.days[0].date, model.days[-1].date)
        )
        if model.next:
            remark += " · " + tr("next: {title}, {time}", title=model.next.title, time=words.clock_time(model.next.start))
        self._head.meta.say(remark)
        self._record.say(tr("Record meeting {number}", number=model.next.number) if model.next else tr("Record a meeting"))

    def _show_facts(self, model: VisitModel) -> None:
        unsent, unconfirmed = model.unsent, model.unconfirmed
        self._facts[0].tell(
            tr("%n change(s)", unsent),
            tr("since the last hand-over") if unsent else tr("everything is handed over"),
            ("dot", "accent") if unsent else DONE,
        )
        self._facts[1].tell(
            tr("%n file(s)", unconfirmed),
            tr("handed over, no receipt yet") if unconfirmed else tr("nothing waits"),
            ("ring", "text2") if unconfirmed else DONE,
        )
        self._facts[2].tell(
            tr("%n record(s)", model.conflicts),
            tr("waiting to be settled") if model.conflicts else tr("everybody agrees"),
            ("cross", "bad") if model.conflicts else DONE,
        )
        self._facts[4].setVisible(bool(model.comments))  # few visits have any; the others keep their room
        self._facts[4].tell(tr("%n open", model.comments), tr("on the draft"), ("half", "warn"))
        first = next((n.key for n in model.never if n.priority), "")
        never = len(model.never)
        detail = tr("{key} has priority", key=first) if first else tr("none of them priority") if never else tr("all were raised")
        value = tr("{count} of {total}", count=never, total=len(model.coverage))
        self._facts[3].tell(value, detail, ("dotted", "warn") if never else DONE)

    def _show_team(self, model: VisitModel) -> None:
        while (item := self._team.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for member in model.team:
            role = term("card_role", member.role)
            mark: Mark = ("disc_check", "ok") if member.notes else ("ring", "edge")
            told = Line(tr("%n note(s)", member.notes) + f" · {role}", SMALL, REGULAR, "text3")
            name = Line(tr("{name} (you)", name=member.name) if member.own else member.name, BODY, fit=True)
            self._team.addWidget(holder(row(glyph(mark), name, told, margins=(0, 0, 0, XS)), fixed=True))

    def start(self) -> None:
        self.days.setFocus()

    # ------------------------------------------------------------------------------------------------ what happens

    def _on_day(self, index: QModelIndex) -> None:
        found = self._days.rows[index.row()]
        if isinstance(found, MeetingRow):
            self.desk.go("meetings", found.id)

    def _on_cell(self, index: QModelIndex) -> None:
        """Enter: to what such interlocutors said of it; from an empty cell to asking them."""
        found, model = self._coverage.rows[index.row()], self._model
        if model is None or index.column() == 0:
            self.desk.go("recommendations", found.name.id)
            return
        cell, kind = found.cells[index.column() - 1], model.types[index.column() - 1]
        if cell.notes or cell.position:
            self.desk.go("recommendations", f"{found.name.id}#{kind}")
            return
        meetings = [m for day in model.days for m in day.meetings if kind in m.types]
        ask = next_meeting(meetings, datetime.now())  # noqa: DTZ005  # the visit's clock is the wall's
        self.desk.go("meeting_form", f"{ask.id if ask else ''}#{found.name.key}/{kind}")

    def _on_clicked(self, index: QModelIndex) -> None:
        """A click leads to what there is; one on an empty cell only chooses it."""
        found = self._coverage.rows[index.row()]
        if index.column() == 0 or found.cells[index.column() - 1].notes or found.cells[index.column() - 1].position:
            self._on_cell(index)

    # ------------------------------------------------------------------------------------------------ rows

    def _day_height(self, found: DayRow, _wide: int) -> int:
        return 32 if isinstance(found, Day) else 86 if self._model and found == self._model.next else 30

    def _say_day(self, found: DayRow, _column: int) -> str:
        if isinstance(found, Day):
            return words.day(found.date)
        rule = f"{term('attribution', found.attribution)}, {term('marking', found.marking)}"
        return (
            f"{words.clock_time(found.start)}, {found.title}, {term('meeting_state', found.state)}, {tr('%n note(s)', found.notes)}, {rule}"
        )

    def _draw_day(self, painter: QPainter, option: QStyleOptionViewItem, found: DayRow, _column: int) -> None:
        box = box_of(option)
        if isinstance(found, Day):
            at = QRectF(box.left() + INSET, box.top() + 6, box.width() - 2 * INSET, 24)
            wide = painting.text(painter, at, words.capital(words.day(found.date)), SMALL, BOLD, "text2")
            if not found.meetings:
                painting.text(painter, at.adjusted(wide + S, 0, 0, 0), tr("no meetings"), SMALL, REGULAR, "text3")
            return
        ground(painter, option, S)
        coming = bool(self._model and found == self._model.next)
        right = self._draw_meeting_line(painter, box, found, coming)
        axis = box.left() + 76
        strong: Role = "text2" if found.state not in ("held",) and not coming else "text"
        room = QRectF(axis + 16, box.top(), right - axis - 20, 30)
        painting.text(painter, room, found.title, BODY, MEDIUM if coming else REGULAR, strong)
        if coming:
            self._draw_next(painter, axis + 16, box, found, is_chosen(option))

    def _draw_meeting_line(self, painter: QPainter, box: QRectF, found: MeetingRow, coming: bool) -> float:
        """Time, axis, count and rule; returns where the title has to end."""
        axis, middle, right = box.left() + 76, box.top() + 15, box.right() - INSET + 4
        painter.setPen(colour("line_strong"))
        painter.drawLine(int(axis), int(box.top()), int(axis), int(box.bottom()))
        painting.rounded(painter, QRectF(axis - 6, middle - 6, 12, 12), 6, "base")
        done = found.state == "held"
        mark: Mark = (
            ("dot", "text2")
            if done
            else ("dot", "accent")
            if coming
            else ("cross", "text3")
            if found.state in ("cancelled", "refused")
            else ("ring", "edge")
        )
        glyphs.paint(painter, axis + 0.5, middle, mark, 17 if coming else 11 if done else 9)
        ink: Role = "accent" if coming else "text2" if done else "text3"
        painting.text(
            painter, QRectF(box.left() + INSET, box.top(), 50, 30), words.clock_time(found.start), SMALL, MEDIUM if coming else REGULAR, ink
        )
        if found.notes:
            told = tr("%n note(s)", found.notes)
            painting.text(painter, QRectF(right - 80, box.top(), 80, 30), told, SMALL, REGULAR, "text3", "right")
            right -= width(told, SMALL) + S
        if marks.protected(found.attribution):
            icons.paint(painter, right - 16, box.top() + 7, "eye_off", "warn")
            right -= 24
        return right

    def _draw_next(self, painter: QPainter, x: float, box: QRectF, found: MeetingRow, chosen: bool) -> None:
        """The next meeting opens in place: under which rule, and what to ask."""
        right, at = box.right() - INSET, x
        if found.attribution:
            icon, kind = marks.ATTRIBUTION.get(found.attribution, ("person", "plain"))
            at += painting.chip(painter, at, box.top() + 40, term("attribution", found.attribution), kind, icon, chosen) + 6
        if found.marking:
            painting.chip(
                painter, at, box.top() + 40, term("marking", found.marking), marks.MARKING.get(found.marking, "plain"), "", chosen
            )
        if self._model and self._model.ask:
            x += painting.text(painter, QRectF(x, box.top() + 55, 120, 22), tr("Ask about"), SMALL, REGULAR, "text2") + S
            marks.chips(painter, x, box.top() + 66, self._model.ask, chosen, right - x)

    def _say_cell(self, found: CoverageRow, column: int) -> str:
        if column == 0 or self._model is None:
            return f"{found.name.key} {found.name.text}" + ("" if found.raised else " " + tr("Never raised."))
        cell, kind = found.cells[column - 1], term("institution_type", self._model.types[column - 1])
        told = [tr("%n note(s)", cell.notes)] if cell.notes else []
        told += [term("position", cell.position)] if cell.position else []
        if told:
            return f"{found.name.key}, {kind}: {', '.join(told)}"
        lacking = tr("addressed, not raised") if cell.addressed else tr("nothing")
        return f"{found.name.key}, {kind}: {lacking}. {tr('Enter: ask about it')}"

    def _draw_cell(self, painter: QPainter, option: QStyleOptionViewItem, found: CoverageRow, column: int) -> None:
        box, view = box_of(option), view_of(option)
        ground(painter, option, bar=column == 0)
        if is_chosen(option) and view is not None and view.hasFocus() and view.currentIndex().column() == column > 0:
            painting.rounded(painter, box.adjusted(1, 0, -1, 0), 5, None, "accent", 2)
        if self._first_other(found):
            painting.hairline(painter, box.left(), box.right() + 1, box.top(), "line_strong")
        if column == 0:
            ink: Role = "bad" if found.name.priority and not found.raised else "text2"
            painting.text(painter, box.adjusted(4, 0, 0, 0), found.name.key, SMALL, BOLD if found.name.priority else REGULAR, ink)
            painting.text(painter, box.adjusted(48, 0, -6, 0), found.name.words, SMALL, REGULAR, "text" if found.raised else "text2")
            return
        cell, middle = found.cells[column - 1], box.center()
        if cell.notes or cell.position:
            painting.rounded(
                painter, QRectF(middle.x() - 17, box.top() + 1.5, 34, box.height() - 3), 4, "base" if is_chosen(option) else "tint"
            )
        if cell.position:
            glyphs.paint(painter, middle.x(), middle.y(), glyphs.POSITION.get(cell.position, ("ring", "text2")), 11)
        elif cell.notes:
            painting.text(painter, box, words.number(cell.notes), SMALL, MEDIUM, "accent", "center")
        elif cell.addressed:
            glyphs.paint(painter, middle.x(), middle.y(), ("ring", "edge"), 7)

    def _first_other(self, found: CoverageRow) -> bool:
        """Whether the rule between the priority ones and the rest stands above this row."""
        rows = self._coverage.rows
        return not found.name.priority and found != rows[0] and next((r for r in rows if not r.name.priority), None) == found


DONE: Mark = ("disc_check", "ok")
