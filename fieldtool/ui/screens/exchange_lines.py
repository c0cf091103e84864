"""How the exchange screen's lines look: people with the states of the ledger, files, what a file would bring; they ask nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from fieldtool.services.importing import Imported
from fieldtool.services.screens.exchange import FileLine, RecipientLine
from fieldtool.ui import words
from fieldtool.ui.controls.labels import Line, Painted, glyph, paragraph
from fieldtool.ui.controls.layout import Surface, column, holder, strip
from fieldtool.ui.controls.views import box_of, ground
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.lettering import BODY, MEDIUM, REGULAR, SMALL, width
from fieldtool.ui.look.tokens import R_POPUP, L, M, S
from fieldtool.ui.screens.exchange_sheet import added_words
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import fault_sentences, remarks, tr

TRACK_GAP = 36  # a glyph before each state of the ledger, and air after it
STATES = (words.later("saved"), words.later("packed"), words.later("handed over"), words.later("confirmed"))

LOOK = "look:"  # what asks the exchange screen to look at files, before a JSON list of their paths


def documents() -> str:
    """Where people keep their files."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def card(layout: QVBoxLayout | object, space: int = S) -> QWidget:
    """A quiet panel around a layout, with room below it."""
    made = Surface("sunken", radius=R_POPUP, layout=column(layout, margins=(L, M, L, M)))  # type: ignore[arg-type]  # a layout
    return holder(column(made, margins=(0, 0, 0, space)), fixed=True)


def recipient_lines(lines: Sequence[RecipientLine]) -> list[QWidget]:
    """Each person's name and role, and the four states with how many changes stand in each, in columns."""
    told = [[_state_told(state, count) for state, count in _counts(line).items()] for line in lines]
    steps = [max(width(words_of[k], SMALL) for words_of in told) + TRACK_GAP for k in range(len(STATES))] if lines else []
    return [_recipient_line(line, said, steps) for line, said in zip(lines, told, strict=True)]


def _counts(line: RecipientLine) -> dict[str, int]:
    return dict(zip(STATES, (line.saved, line.packed, line.handed_over, line.confirmed), strict=True))


def _state_told(state: str, count: int) -> str:
    return f"{words.number(count)} {tr(state)}" if count else tr(state)


def _recipient_line(line: RecipientLine, told: Sequence[str], steps: Sequence[int]) -> QWidget:
    counts = _counts(line)

    def paint(painter: QPainter, box: QRectF) -> None:
        x, spare = box.left(), max(0.0, box.width() - sum(steps)) / len(steps)
        for sentence, step, (state, count) in zip(told, steps, counts.items(), strict=True):
            mark = glyphs.LEDGER[state] if count else ("ring", "line_strong")
            glyphs.paint(painter, x + 8, box.center().y(), mark, 16 if mark[0] == "dot" else 11)
            painting.text(painter, QRectF(x + 20, box.top(), step, box.height()), sentence, SMALL, REGULAR, "text" if count else "text3")
            x += step + spare

    spoken = ", ".join(f"{count} {tr(state)}" for state, count in counts.items())
    track = Painted(paint, 0, 24, f"{line.name}: {spoken}")
    track.setMinimumWidth(sum(steps))
    track.setProperty("stretch", 3)
    who = holder(column(Line(line.name, BODY, MEDIUM), Line(term("card_role", line.role), SMALL, REGULAR, "text3"), margins=(0, 2, 0, 4)))
    who.setProperty("stretch", 2)
    return strip(who, track, gap=M)


def imported_line(found: Imported) -> QWidget:
    """One file: its name, and in a sentence what it is, what it brings, what to look at."""
    good, told = told_of(found)
    mark = glyph(("disc_check", "ok") if good else ("cross", "bad"), 12)
    said = holder(column(Line(found.path.name, BODY, MEDIUM), paragraph(told, SMALL, "text2"), margins=(0, 0, 0, S)))
    said.setProperty("stretch", 1)
    return strip(column(3, mark, None), said, gap=S)


def told_of(found: Imported) -> tuple[bool, str]:
    """Whether a file was taken in or can be, and what to say of it."""
    if found.error is not None:
        return False, fault_sentences(found.error)
    if found.kind == "summary":
        return True, remarks(found.remarks)
    if found.known:
        told = tr("everything in it is here already")
    elif found.kind == "receipt":
        told = tr("a receipt: it confirms what they have")
    elif found.sheet is not None:
        told = added_words(found.sheet)
    elif found.kind == "request":
        told = tr("an identity request of {name}: {words}", name=str(found.detail.get("name")), words=str(found.detail.get("words")))
    else:
        parts = [tr("%n new change(s)", found.changes)]
        parts += [tr("%n conflict(s)", found.conflicts)] if found.conflicts > 0 else []
        parts += [tr("%n proposal(s)", found.proposals)] if found.proposals else []
        parts += [tr("%n part(s) held back", found.held - found.newer)] if found.held > found.newer else []
        parts += [tr("%n part(s) for a newer version of the program", found.newer)] if found.newer else []
        told = ", ".join(parts)
    told = tr("{told}, from {sender}", told=told, sender=found.sender) if found.sender else told
    root = tr("The organisation has a new root, named by the one before. Its words now: {words}", words=found.succeeded)
    return True, f"{told}. {root}" if found.succeeded else told


def flood_words() -> str:
    """What to think of before so many conflicts are taken in."""
    return tr("So many conflicts mostly come from a copied vault, or a list that two people entered. Ask the sender first.")


def say_file(line: FileLine, _column: int) -> str:
    """A file of the ledger in words."""
    direction = tr("sent to {names}", names=", ".join(line.recipients)) if line.out else tr("from {name}", name=line.sender)
    return f"{line.file}, {direction}, {words.moment(line.at)}, {tr('%n change(s)', line.changes)}, {tr(line.state) if line.state else ''}"


def draw_file(painter: QPainter, option: QStyleOptionViewItem, line: FileLine, _column: int) -> None:
    """A file of the ledger on two lines."""
    box = box_of(option)
    ground(painter, option)
    painting.hairline(painter, box.left(), box.right(), box.bottom() - 1)
    icons.paint(painter, box.left() + 8, box.top() + 15, "out" if line.out else "in", "text2")
    top, low = QRectF(box.left() + 34, box.top() + 5, box.width() - 240, 18), QRectF(box.left() + 34, box.top() + 23, box.width() - 240, 16)
    painting.text(painter, top, line.file, BODY, MEDIUM)
    people = tr("to {names}", names=", ".join(line.recipients)) if line.out else tr("from {name}", name=line.sender)
    painting.text(painter, low, f"{people} · {words.moment(line.at)}", SMALL, REGULAR, "text3")
    right = QRectF(box.right() - 200, box.top() + 5, 192, 18)
    if line.state:
        mark = glyphs.LEDGER[line.state]
        wide = painting.text(painter, right, tr(line.state), SMALL, MEDIUM, "text2", "right")
        glyphs.paint(painter, right.right() - wide - 12, right.center().y(), mark, 14 if mark[0] == "dot" else 11)
    kind = tr("receipt") if line.kind == "receipt" else tr("%n change(s)", line.changes)
    painting.text(painter, QRectF(right.left(), box.top() + 23, right.width(), 16), kind, SMALL, REGULAR, "text3", "right")
