"""What waits for the user in exchange: conflicts, proposals, likely duplicates, missing parts, files put aside; it settles none itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldtool.services import duplicates, ledger, proposals
from fieldtool.services.screens.exchange import ConflictLine, ExchangeModel, PairLine, ProposalLine, QuarantineLine
from fieldtool.ui.controls.buttons import Button
from fieldtool.ui.controls.labels import Line, chip, glyph, icon, label, paragraph
from fieldtool.ui.controls.layout import Surface, column, row, strip
from fieldtool.ui.desk import Desk
from fieldtool.ui.look.lettering import BODY, MEDIUM, REGULAR, SMALL
from fieldtool.ui.look.tokens import R_POPUP, XS, M, S
from fieldtool.ui.screens.base import Screen
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.exchange_lines import card
from fieldtool.ui.screens.terms import field_label, kind_label
from fieldtool.ui.words import capital, fault_sentences, tr

ANSWERING = frozenset({"head", "deputy", "hq"})


class Waiting:
    """Fills one column; `layout_` is put into the page by the screen."""

    def __init__(self, desk: Desk, screen: Screen, again: Callable[[], None]) -> None:
        self._desk, self._screen, self._again = desk, screen, again
        self.layout_ = QVBoxLayout()

    def show_model(self, model: ExchangeModel) -> None:
        """Show what waits now."""
        clear(self.layout_)
        cards = [self._conflict(c) for c in model.conflicts] + [self._proposal(p, model.role in ANSWERING) for p in model.proposals]
        cards += [self._pair(p) for p in model.pairs]
        for sender, count in model.gaps:
            missing = tr("%n part(s) that {name} has are not here. Ask for a new file.", count, name=sender)
            cards.append(card(row(glyph(("half", "warn")), paragraph(missing))))
        if model.newer:
            newer = tr("%n part(s) can be read by a newer version only. They are kept and handed on; install it.", model.newer)
            cards.append(card(row(glyph(("half", "warn")), paragraph(newer))))
        cards += [self._quarantine(q) for q in model.quarantine]
        for made in cards:
            self.layout_.addWidget(made)
        if not cards:
            self.layout_.addWidget(
                strip(glyph(("disc_check", "ok")), label(tr("Nothing. Everybody agrees."), BODY, REGULAR, "text2"), None)
            )

    def _conflict(self, line: ConflictLine) -> QWidget:
        name = field_label(line.kind, line.field.partition("/")[0])
        settle = Button(tr("Settle"), "plain", name=tr("Settle: {name}", name=f"{name}, {line.title}"))
        settle.clicked.connect(partial(self._desk.go, "conflict", line.id))
        told = column(
            Line(capital(f"{kind_label(line.kind)}: {name}"), BODY, MEDIUM),
            Line(f"{line.title} · {', '.join(line.authors)}", SMALL, REGULAR, "text3"),
        )
        return card(row(glyph(("cross", "bad")), told, settle))

    def _proposal(self, line: ProposalLine, may_answer: bool) -> QWidget:
        name = field_label(line.kind, line.field)
        head = Line(tr("{author} proposes: {field}", author=line.author, field=name), BODY, MEDIUM)
        said = [head, Line(line.title, SMALL, REGULAR, "text3"), paragraph(line.value or tr("(taken away)"), BODY)]
        if not may_answer:
            return card(
                row(glyph(("ring", "text2")), column(*said, label(tr("The head or headquarters decides."), SMALL, REGULAR, "text3")))
            )
        yes, no = (
            Button(tr("Put in force"), "plain", "check", name=f"{tr('Put in force')}: {name}, {line.title}"),
            Button(tr("Decline"), "ghost"),
        )
        no.setAccessibleName(f"{tr('Decline')}: {name}, {line.title}")
        origin = self._screen.origin
        yes.clicked.connect(
            lambda: self._desk.write(lambda s: proposals.accept_proposal(s, line.change, origin=origin), None, self._screen.refuse)
        )
        no.clicked.connect(
            lambda: self._desk.write(lambda s: proposals.decline_proposal(s, line.change, origin=origin), None, self._screen.refuse)
        )
        return card(row(glyph(("ring", "accent")), column(*said, S, row(yes, no, None))))

    def _pair(self, line: PairLine) -> QWidget:
        why = tr("at the same time") if line.why == "same-time" else tr("of the same name")
        told = tr("Two {kind}, {why}: are they one?", kind=kind_label(line.kind, many=True), why=why)
        same = Button(tr("They are the same"), "plain", name=f"{tr('They are the same')}: {line.first_title}")
        origin = self._screen.origin
        same.clicked.connect(
            lambda: self._desk.write(lambda s: duplicates.join(s, line.first, line.second, origin=origin), None, self._screen.refuse)
        )
        titles = Line(f"{line.first_title} · {line.second_title}", SMALL, REGULAR, "text3")
        return card(row(glyph(("double", "text2")), column(paragraph(told), titles, S, row(same, None))))

    def _quarantine(self, line: QuarantineLine) -> QWidget:
        away = Button(tr("Throw away"), "page", name=tr("Throw {file} away", file=line.file))
        away.clicked.connect(lambda: self._desk.read(lambda s: ledger.forget_quarantined(s, line.digest), lambda _n: self._again()))
        head = row(icon("shield", "warn"), Line(line.file, BODY, MEDIUM), chip(tr("put aside"), "warn"))
        told = paragraph(fault_sentences(line.error), SMALL)
        return Surface("warn_tint", radius=R_POPUP, layout=column(head, XS, told, S, row(away, None), margins=(M, M, M, M)))
