"""One recommendation as a page: quoted text, translations, progress, positions, notes, official status; edits nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from fieldtool.services.screens.recommendations import Accord, ProgressLine, RecommendationDetail
from fieldtool.ui import words
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, Painted, chip, glyph, icon, label, paragraph, section
from fieldtool.ui.controls.layout import Item, Surface, column, row, strip
from fieldtool.ui.look import glyphs, painting
from fieldtool.ui.look.glyphs import STAGES
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, MEDIUM, QUOTE, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, R_POPUP, XS, L, M, S
from fieldtool.ui.screens.note_blocks import NoteBlocks, Open
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import tr

ACCORD: dict[Accord, glyphs.Mark] = {
    Accord.SAME: ("disc_check", "ok"),
    Accord.DIFFERENT: ("half", "warn"),
    Accord.CONTRARY: ("cross", "bad"),
}
POSITIONS_STAND = {
    Accord.SAME: words.later("They agree"),
    Accord.DIFFERENT: words.later("They differ"),
    Accord.CONTRARY: words.later("They contradict each other"),
}
EXPERTS_HEARD = {
    Accord.SAME: words.later("All of you heard the same"),
    Accord.DIFFERENT: words.later("You heard different things"),
}


def accord_line(accord: Accord, said: dict[Accord, str]) -> list[Item]:
    """Agreement or contradiction as a mark with its words; nothing where only one has spoken."""
    if accord is Accord.NONE:
        return []
    mark = ACCORD[accord]
    return [strip(glyph(mark), label(tr(said[accord]), BODY, MEDIUM, "bad" if accord is Accord.CONTRARY else "text2"), None), 6]


def of_kind(detail: RecommendationDetail, kind: str) -> RecommendationDetail:
    """What one kind of interlocutor (institution_type) said of a recommendation; the rest of the page stays."""
    return replace(
        detail,
        notes=tuple(n for n in detail.notes if n.meeting is not None and kind in n.meeting.types),
        positions=tuple(p for p in detail.positions if p.type == kind),
        accord=Accord.NONE,
    )


def detail_page(
    detail: RecommendationDetail | None,
    turn: Callable[[int], None],
    open_meeting: Open,
    set_status: Callable[[], None],
    only: QWidget | None = None,
) -> QWidget:
    """The page of a recommendation, or the sentence that stands where none is chosen.

    `only` says whose notes are shown where they are not all, and leads back.
    """
    if detail is None:
        return Surface(layout=column(paragraph(tr("No recommendation fits these filters."), BODY, "text3"), None, margins=(L, L, INSET, L)))
    items: list[Item] = [_head(detail, turn), paragraph(_facts(detail), SMALL, "text2"), M, _quote(detail), L]
    if only is not None:
        items += [strip(only, None), *_positions(detail), *_notes(detail, open_meeting)]
        return Surface(layout=column(*items, None, margins=(L, M, INSET, L)))
    items += (
        _progress(detail.progress, detail.heard_alike)
        + _positions(detail)
        + _notes(detail, open_meeting)
        + _follow_up(detail)
        + _status(detail, set_status)
    )
    return Surface(layout=column(*items, None, margins=(L, M, INSET, L)))


def _head(detail: RecommendationDetail, turn: Callable[[int], None]) -> Item:
    before, after = (
        Button("", "ghost", "left", name=tr("Previous recommendation")),
        Button("", "ghost", "right", name=tr("Next recommendation")),
    )
    before.clicked.connect(lambda: turn(-1))
    after.clicked.connect(lambda: turn(1))
    kind = chip(tr("priority"), "accent") if detail.name.priority else chip(tr("other"))
    return row(Line(detail.full_key, HEAD, BOLD, fit=True), S, kind, None, before, after, gap=0)


def _facts(detail: RecommendationDetail) -> str:
    parts = [term("theme", t) for t in detail.name.themes] + [term("action_required", a) for a in detail.action_required]
    parts += [term("horizon", detail.horizon)] if detail.horizon else []
    parts += [", ".join(detail.name.addressees)] if detail.name.addressees else []
    parts += [f"{term('link_type', link.type)} {link.report}-{link.key}" for link in detail.links]
    return " · ".join(parts)


def _quote(detail: RecommendationDetail) -> QWidget:
    page = tr("page {page}", page=detail.page) + " · " if detail.page else ""
    items: list[Item] = [
        row(
            label(tr("Official text, English"), SMALL, MEDIUM, "text2"),
            None,
            label(page + tr("quoted, never edited"), SMALL, REGULAR, "text3"),
        ),
        6,
        paragraph(detail.name.text, QUOTE),
    ]
    for tag, text in detail.translations:
        name = QLocale(tag).nativeLanguageName() or tag
        items += [
            M,
            label(tr("{language}, working translation", language=name[:1].upper() + name[1:]), SMALL, MEDIUM, "text2"),
            XS,
            paragraph(text, BODY, "text2"),
        ]
    return Surface("sunken", radius=R_POPUP, layout=column(*items, margins=(L, M, L, M)))


def _progress(lines: tuple[ProgressLine, ...], alike: Accord) -> list[Item]:
    if not lines:
        return [section(tr("Reported progress")), XS, label(tr("None heard of yet."), BODY, REGULAR, "text3"), L]
    latest = lines[-1]
    told = f"{_day(latest.date)} · {latest.expert}"
    items: list[Item] = [section(tr("Reported progress")), S, *accord_line(alike, EXPERTS_HEARD), track(latest.stage, told)]
    items += [paragraph(latest.basis, SMALL, "text2")] if latest.basis else []
    for line in lines[:-1]:
        items.append(
            strip(Line(term("progress_stage", line.stage), SMALL), label(f"{_day(line.date)} · {line.expert}", SMALL, REGULAR, "text3"))
        )
    return [*items, L]


def track(stage: str, told: str) -> Painted:
    """Reported progress as a line of seven stages, with what was heard, when and from whom."""
    at = STAGES.index(stage) if stage in STAGES else -1

    def paint(painter: QPainter, box: QRectF) -> None:
        step = (box.width() - 12) / (len(STAGES) - 1)
        for k in range(len(STAGES)):
            x = 6 + k * step
            mark: glyphs.Mark = ("dot", "accent") if k <= at else ("ring", "edge")
            glyphs.paint(painter, x, 9, mark, 20 if k == at else 12 if k < at else 8)
            if k < len(STAGES) - 1:
                painting.rounded(painter, QRectF(x + 9, 8, step - 18, 2), 1, "accent" if k < at else "line_strong")
        left = min(max(0.0, 6 + at * step - 60), box.width() - 160)
        painting.text(painter, QRectF(left, 22, 200, 16), term("progress_stage", stage), SMALL, BOLD)
        painting.text(painter, QRectF(left, 38, box.width() - left, 16), told, SMALL, REGULAR, "text3")

    number = tr("stage {number} of {total}", number=at + 1, total=len(STAGES)) if at >= 0 else ""
    return Painted(paint, 0, 56, f"{tr('Reported progress')}: {term('progress_stage', stage)}, {number}. {told}")


def _positions(detail: RecommendationDetail) -> list[Item]:
    number = words.number(len(detail.positions)) if detail.positions else ""
    items: list[Item] = [section(tr("Positions"), number), S, *accord_line(detail.accord, POSITIONS_STAND)]
    for p in detail.positions:
        where = tr("Meeting {number}", number=p.meeting.number) + f", {_day(p.date)}" if p.meeting else _day(p.date)
        mark = glyphs.POSITION.get(p.value, ("ring", "text2"))
        items.append(
            strip(glyph(mark), label(term("position", p.value), BODY, MEDIUM), Line(p.institution), label(where, SMALL, REGULAR, "text3"))
        )
    if not detail.positions:
        items.append(label(tr("Nobody has stated one yet."), BODY, REGULAR, "text3"))
    return [*items, L]


def _notes(detail: RecommendationDetail, open_meeting: Open) -> list[Item]:
    items: list[Item] = [section(tr("Notes"), words.number(len(detail.notes)) if detail.notes else ""), S]
    if not detail.notes:
        items.append(label(tr("Never raised. Ask about it in the next meeting."), BODY, REGULAR, "text3"))
    return [*items, NoteBlocks(detail.notes, open_meeting), M]


def _follow_up(detail: RecommendationDetail) -> list[Item]:
    if not detail.actions:
        return []
    items: list[Item] = [section(tr("Follow-up")), S]
    for a in detail.actions:
        due = tr("due {day}", day=_day(a.due)) if a.due else ""
        told = " · ".join(p for p in (a.owner, due, term("action_state", a.state)) if p)
        items.append(
            row(column(2, icon("follow"), None), column(Line(a.description), Line(told, SMALL, REGULAR, "text3")), margins=(0, 0, 0, S))
        )
    return [*items, L]


def _status(detail: RecommendationDetail, set_status: Callable[[], None]) -> list[Item]:
    head = section(tr("Official status"))
    if detail.may_set_status:
        way = Button(tr("Set…"), "ghost", name=tr("Set the official status"))
        way.clicked.connect(set_status)
        head.addWidget(way)
    items: list[Item] = [head, S]
    if not detail.statuses:
        remark = Line(tr("set by the next observation activity"), SMALL, REGULAR, "text3")
        items.append(
            strip(
                glyph(("dotted", "text2"), 11), label(term("official_status", "not evaluated"), BODY, MEDIUM), remark, icon("lock", "text3")
            )
        )
    for s in detail.statuses:
        told = tr("set by {report}, {day}", report=s.report, day=_day(s.date))
        value = label(term("official_status", s.value), BODY, MEDIUM, "text2")
        items.append(strip(glyph(("dot", "text2"), 14), value, Line(told, SMALL, REGULAR, "text3"), icon("lock", "text3")))
    return items


def _day(text: str) -> str:
    try:
        return words.short_day(date.fromisoformat(text))
    except ValueError:
        return text
