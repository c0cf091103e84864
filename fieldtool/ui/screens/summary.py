"""The visit summary: sections and what they lack, the one being written, the page as it prints, the signature; lays out nothing."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QModelIndex, QRectF, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from fieldtool.domain.changes import ChangeSet
from fieldtool.domain.errors import KnownError
from fieldtool.domain.ids import EntityId, LocalChange
from fieldtool.reports.document import Edition
from fieldtool.services import press, summary
from fieldtool.services.press import PressText
from fieldtool.services.screens.summary import SectionRow, SummaryModel, drafted, summary_model
from fieldtool.services.session import Session
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button, Segmented
from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.controls.forms import Sentence
from fieldtool.ui.controls.labels import Line, glyph, icon, label, paragraph
from fieldtool.ui.controls.layout import Splitter, Surface, column, grow, holder, row, strip
from fieldtool.ui.controls.views import Rows, box_of, ground, list_of
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import glyphs, icons, painting
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, MEDIUM, READ, REGULAR, SMALL, width
from fieldtool.ui.look.tokens import INSET, XS, M, Role, S
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.checking import Checking
from fieldtool.ui.screens.comments_pane import CommentsPane
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.summary_page import Page, PageImage, page_image
from fieldtool.ui.screens.summary_signing import Signing
from fieldtool.ui.screens.terms import term
from fieldtool.ui.words import fault_sentences, later, tr

EDITIONS = (Edition.INTERNAL, Edition.SHAREABLE, Edition.PRESS)
LANGUAGES = ("en", "ru", "en+ru")
COMMENTED = "comments"  # a target: the first section with an open comment
KEEP_AFTER = 700  # milliseconds after the last key
DRAWN_FROM_RECORDS = frozenset(
    {"reports covered", "meetings", "recommendations", "action points", "prepared and approved", "standing commitment"}
)
GAPS = {
    "strict-conflict": later("%n conflict(s) about a rule or marking"),
    "conflict": later("%n open conflict(s)"),
    "meeting-not-held": later("%n meeting(s) not held"),
    "meeting-without-note": later("%n meeting(s) without a note"),
    "meeting-without-summary": later("%n meeting(s) without a summary"),
    "priority-never-raised": later("%n priority one(s) never raised"),
    "finding-missing": later("%n raised without a finding"),
    "finding-draft": later("%n finding(s) not agreed"),
    "quote-not-cleared": later("%n quote(s) not cleared by the speaker"),
    "comment-open": later("%n open comment(s)"),
    "action-without-owner": later("%n without an owner"),
    "segment-waiting": later("%n part(s) of files missing"),
}


class Summary(Screen):
    """F8 goes to the next gap; what is typed is kept as it is typed; the page follows."""

    kinds = frozenset({"section", "finding", "meeting", "note", "position", "progress", "action", "assistance", "visit", "signed_summary",
                       "report", "comment"})  # fmt: skip
    origin = "summary"

    def __init__(self, desk: Desk) -> None:
        self._model: SummaryModel | None = None
        self._section = self._stored = ""
        self._shown = ("", "")  # the section in the editor, and its language
        self._base: dict[str, tuple[LocalChange, ...]] = {}  # the versions of its text that were shown
        self._document = b""
        self._stop = threading.Event()
        self._page_number = 1
        self._edition = Segmented([tr("Internal"), tr("Shareable"), tr("Press")], 0, tr("Edition"))
        self._language = Segmented(["EN", "RU", "EN + RU"], 0, tr("Language of the summary"))
        self._sign, self._draft = Button(tr("Sign…"), "plain", "pen"), Button(tr("Draft…"), "ghost", "out")
        self._next = Button(tr("Next gap"), "primary", hint="F8")
        self._rows: Rows[SectionRow] = Rows([], self._say)
        self.sections = list_of(self._rows, self._draw, lambda _r, _w: 30, tr("Sections"))
        self._complete = label("", SMALL, MEDIUM, "text2")
        self._leak = Sentence()
        self.signing = Signing(desk, self, self._chosen, self._on_changed)
        self.checking = Checking(desk, self)
        self._title = Line("", HEAD, BOLD)
        self._again = Button(tr("Draft from the notes"), "ghost", "undo")
        self.edit = PlainEditor(tr("Text of the section"), "", READ, 22, 12)
        self._drawn = paragraph("", BODY, "text2")
        self._sources = QVBoxLayout()
        self.comments = CommentsPane(desk, self.origin)
        self._wanted_comment = ""
        self.page = Page()
        self._page_label = label("", SMALL, REGULAR, "text2")
        self._head = Head(tr("Visit summary"), self._draft, self._sign, self._next)
        super().__init__(desk, self._head, self._body())
        self.setAcceptDrops(True)
        self.edit.setAcceptDrops(False)  # a file dropped on the words is looked at, not written into them
        self._keep_timer, self._page_timer = QTimer(self), QTimer(self)
        for timer, wait in ((self._keep_timer, KEEP_AFTER), (self._page_timer, 250)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._connect()

    def _body(self) -> QWidget:
        left = holder(
            column(
                row(self._complete, margins=(INSET, M, INSET, XS)),
                self.sections,
                M,
                row(self.signing.panel, margins=(M, 0, M, 0)),
                row(self.checking.panel, margins=(M, 0, M, 0)),
                row(self.signing.refusal, margins=(M, 0, M, M)),
                row(self._leak, margins=(M, 0, M, M)),
                None,
            )
        )
        middle_items = (row(self._title, self._again), S, self._drawn, grow(self.edit), S, self._sources, self.comments)
        middle = holder(column(*middle_items, margins=(INSET - 2, M, M, M)))
        before, after = Button("", "ghost", "left", name=tr("Previous page")), Button("", "ghost", "right", name=tr("Next page"))
        before.clicked.connect(lambda: self.turn(-1))
        after.clicked.connect(lambda: self.turn(1))
        turn = strip(before, self._page_label, after, None, margins=(M, XS, M, 0), gap=XS)
        page = Surface("window", layout=column(turn, grow(self.page)))
        which = strip(self._edition, self._language, None, margins=(INSET, 10, INSET, 10), gap=M)
        return holder(column(which, grow(Splitter((left, 290), (middle, 390), (page, 470), grows=1))))

    def _connect(self) -> None:
        self.sections.selectionModel().currentRowChanged.connect(lambda now, _before: self._on_section(now))
        self.edit.textChanged.connect(self._on_typed)
        self._keep_timer.timeout.connect(self.keep)
        self._page_timer.timeout.connect(self._fetch_document)
        self._again.clicked.connect(self.draft_again)
        self._next.clicked.connect(self.next_gap)
        self._sign.clicked.connect(self.show_signing)
        self._draft.clicked.connect(self.signing.write_draft)
        self._edition.chosen.connect(lambda _n: self._on_edition())
        self._language.chosen.connect(lambda _n: self._on_language())
        self.page.turned.connect(self.turn)
        self.comments.left.connect(self.start)
        self.comments.refused.connect(self.refuse)

    # ------------------------------------------------------------------------------------------------ what it shows

    def load(self) -> None:
        visit, language, written_in = self.desk.visit, words.language.code, self._written_in()
        if visit is not None:
            self.desk.read(lambda s: summary_model(s, visit, language, written_in), self._show)
            self._page_timer.start()

    def start(self) -> None:
        self.sections.setFocus()

    def commands(self) -> list[Command]:
        return [
            Command("next-gap", tr("Next gap"), "F8", self.next_gap),
            Command("sign", tr("Sign the summary"), "Ctrl+Shift+S", self.show_signing),
            Command("verify-file", tr("Verify a file"), "Ctrl+Shift+V", self.checking.choose),
            Command("comment", tr("Comment on the section"), "Ctrl+E", self.comments.begin),
            Command("settle-comment", tr("Settle the comment, or open it again"), "Ctrl+Shift+E", self.comments.mark),
            Command("page-next", tr("Next page"), "Alt+PgDown", lambda: self.turn(1)),
            Command("page-previous", tr("Previous page"), "Alt+PgUp", lambda: self.turn(-1)),
        ]

    def target(self, wanted: str) -> None:
        """Show a section, and in it the comment named after `#`; "comments" is the first section with an open one."""
        section, _, comment = wanted.partition("#")
        self.keep()
        self._section, self._wanted_comment, self._stale = section, comment, True

    def kept_target(self) -> str:
        return f"{self._section}#{self.comments.chosen()}"

    def _written_in(self) -> str:
        return "ru" if self._language.at() == 1 else "en"

    def _on_edition(self) -> None:
        press_text = EDITIONS[self._edition.at()] is Edition.PRESS
        self._sign.say(tr("Approve…") if press_text else tr("Sign…"))
        self._page_timer.start()

    def _on_language(self) -> None:
        self.keep()
        self._stale = True
        self.refresh()

    def _show(self, model: SummaryModel) -> None:
        self._model = model
        whole = sum(not r.gaps for r in model.sections)
        self._complete.setText(tr("{done} of {total} complete", done=whole, total=len(model.sections)))
        latest = model.signed[0] if model.signed else None
        told = (
            tr("signed by {name}, {when}", name=latest.signer, when=latest.signed_at[:16].replace("T", " "))
            if latest
            else tr("not signed yet")
        )
        self._head.meta.say(told)
        self._sign.setEnabled(model.may_sign and not model.hindered)
        self._sign.setToolTip("" if self._sign.isEnabled() else self._why_not(model))
        self._next.setEnabled(whole < len(model.sections))
        wanted = self._section
        self._rows.show(model.sections)
        first = next((k for k, r in enumerate(model.sections) if r.open_comments), 0) if wanted == COMMENTED else 0
        at = next((k for k, r in enumerate(model.sections) if r.word == wanted), first)
        self._section = model.sections[at].word
        self.sections.setFixedHeight(30 * len(model.sections) + 2)
        self.sections.setCurrentIndex(self._rows.index(at, 0))
        self._show_section(model.sections[at])

    def _why_not(self, model: SummaryModel) -> str:
        return tr("Only the head of the visit signs.") if not model.may_sign else tr("Open conflicts about rules stand in the way.")

    def _row(self) -> SectionRow | None:
        return next((r for r in self._rows.rows if r.word == self._section), None)

    def _on_section(self, index: QModelIndex) -> None:
        if not index.isValid() or index.row() >= len(self._rows.rows):
            return
        found = self._rows.rows[index.row()]
        if found.word == self._section:
            return
        self.keep()
        self._section = found.word
        self._show_section(found)

    def _show_section(self, found: SectionRow) -> None:
        self._title.say(f"{found.number}  {term('summary_section', found.word)}")
        written = found.word not in DRAWN_FROM_RECORDS
        self._again.setVisible(bool(found.sources))
        self.edit.setVisible(written)
        self._drawn.setVisible(not written)
        self._drawn.setText(tr("Drawn from the records; change them there. It follows at once."))
        self.edit.setPlaceholderText(tr("Drawn from the records until you write here."))
        self._fill(found)
        self._show_sources(found)
        self.comments.show_section(found, self._wanted_comment)
        self._wanted_comment = ""

    def _fill(self, found: SectionRow) -> None:
        """Put the stored words into the editor; those that somebody is typing there stay, on top of what was shown to them."""
        shown = (found.word, self._written_in())
        if shown == self._shown and self.edit.words() != self._stored:
            return
        self._shown, self._stored, self._base = shown, found.text, {"text": found.heads.get("text", ())}
        if self.edit.words() != found.text:
            self.edit.blockSignals(True)
            self.edit.show_words(found.text)
            self.edit.blockSignals(False)

    def _show_sources(self, found: SectionRow) -> None:
        clear(self._sources)
        for gap in (g for g in found.gaps if g.key != "comment-open"):  # those stand below
            told = tr(GAPS.get(gap.key, "%n"), gap.count)
            self._sources.addWidget(strip(glyph(("cross", "bad") if gap.hinders else ("half", "warn")), Line(told, BODY)))
        for source in found.sources[:6]:
            where = tr("Meeting {number}", number=source.meeting.number) if source.meeting else ""
            self._sources.addWidget(
                strip(icon("quote", "text3"), Line(source.text, SMALL, REGULAR, "text2"), label(where, SMALL, REGULAR, "text3"))
            )
        self._sources.addStretch(0)

    # ------------------------------------------------------------------------------------------------ writing

    def _on_typed(self) -> None:
        if not self._keep_timer.isActive():
            self._keep_timer.start()

    def draft_again(self) -> None:
        """Put what the notes say into the editor; undo brings back what stood there."""
        found = self._row()
        if found is not None:
            cursor = self.edit.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(drafted(found.sources))

    def keep(self) -> None:
        self._keep_timer.stop()
        self.comments.keep()
        (section, language), text, visit = self._shown, self.edit.words(), self.desk.visit
        if visit is None or not section or text == self._stored or section in DRAWN_FROM_RECORDS:
            return
        base, before, self._stored = self._base, self._stored, text

        def work(session: Session) -> ChangeSet:
            return summary.write_section(session, visit, section, language, text, base=base, origin=self.origin)

        def refused(error: KnownError) -> None:
            self._stored = before if self._stored == text else self._stored  # the next key tries again
            self.refuse(error)

        self.desk.write(work, None, refused)

    def leave(self) -> None:
        self._stop.set()
        self.signing.leave()

    def next_gap(self) -> None:
        """Go to the next section that lacks something."""
        rows = self._rows.rows
        at = next((k for k, r in enumerate(rows) if r.word == self._section), -1)
        for step in range(1, len(rows) + 1):
            if rows[(at + step) % len(rows)].gaps:
                self.sections.setCurrentIndex(self._rows.index((at + step) % len(rows), 0))
                return

    # ------------------------------------------------------------------------------------------------ the page

    def _fetch_document(self) -> None:
        visit, edition, language = self._chosen()
        if visit is None:
            return
        if edition is Edition.PRESS:
            self.desk.long(lambda s: press.compose_press(s, visit=visit, language=language), self._show_press, self._on_no_document)
            return

        self._stop.set()  # a page that nobody waits for any more
        stop = self._stop = threading.Event()

        def done(content: bytes) -> None:
            self._leak.tell("")
            self._document = content
            self._fetch_page()

        def work(session: Session) -> bytes:
            return summary.render_summary(session, visit=visit, edition=edition, language=language, cancelled=stop.is_set).content

        self.desk.long(work, done, self._on_no_document)

    def _show_press(self, text: PressText) -> None:
        """The press text has no pages: it is shown as it would be sent."""
        self._document = b""
        self._leak.tell("")
        self.page.show_text(text.content.decode())
        self._page_label.setText(tr("Approved by {name}", name=text.approved_by) if text.approved_by else tr("not approved yet"))

    def _on_no_document(self, error: KnownError) -> None:
        if error.code == "cancelled":
            return
        self._document = b""
        self._leak.tell(fault_sentences(error))
        self.page.show_page(None, tr("There is no page while this stands in the way."))
        self._page_label.setText("")

    def _fetch_page(self) -> None:
        content, number, wide = self._document, self._page_number, self.page.wanted_width()
        if content:
            self.desk.slow.submit(lambda: page_image(content, number, wide), self._show_page)

    def _show_page(self, shown: PageImage) -> None:
        self._page_number = shown.number
        self._page_label.setText(tr("Page {number} of {total}", number=shown.number, total=shown.pages))
        self.page.show_page(shown)

    def turn(self, by: int) -> None:
        """Show the next or the previous page."""
        self._page_number = max(1, self._page_number + by)
        self._fetch_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._document:
            self._fetch_page()

    # ------------------------------------------------------------------------------------------------ signing

    def _chosen(self) -> tuple[EntityId | None, Edition, str]:
        return self.desk.visit, EDITIONS[self._edition.at()], LANGUAGES[self._language.at()]

    def show_signing(self) -> None:
        """Ask for the passphrase, where one may sign."""
        if self._sign.isEnabled():
            self.signing.ask()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.checking.check(paths)

    def _on_changed(self) -> None:
        self._stale = True
        self.refresh()

    # ------------------------------------------------------------------------------------------------ rows

    def _told(self, found: SectionRow) -> str:
        lacking = sum(g.count for g in found.gaps if g.key != "comment-open")
        if lacking:
            return tr("%n to look at", lacking)
        return words.number(found.count) if found.count and not found.gaps else ""

    def _say(self, found: SectionRow, _column: int) -> str:
        told = self._told(found) or ("" if found.gaps else tr("complete"))
        talk = tr(GAPS["comment-open"], found.open_comments) if found.open_comments else ""
        return ", ".join(p for p in (term("summary_section", found.word), told, talk) if p)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, found: SectionRow, _column: int) -> None:
        """Finished sections are grey, only gaps are coloured."""
        box = box_of(option)
        ground(painter, option, S)
        ink: Role = "warn" if found.gaps else "text3"
        if found.gaps:
            mark: glyphs.Mark = ("cross", "bad") if any(g.hinders for g in found.gaps) else ("half", "warn")
            glyphs.paint(painter, box.left() + INSET + 6, box.center().y(), mark)
        else:
            icons.paint(painter, box.left() + INSET - 2, box.top() + 7, "check", "text3")
        told = self._told(found)
        room = box.adjusted(INSET + 24, 0, -INSET - width(told, SMALL) - XS, 0)
        if found.open_comments:
            number = words.number(found.open_comments)
            wide = 18 + width(number, SMALL) + S
            painting.text(painter, QRectF(room.right() - wide + 18, box.top(), wide - 18, box.height()), number, SMALL, REGULAR, "warn")
            icons.paint(painter, room.right() - wide, box.top() + 7, "meeting", "warn")
            room = room.adjusted(0, 0, -wide - XS, 0)
        painting.text(painter, room, term("summary_section", found.word))
        painting.text(painter, QRectF(box).adjusted(0, 0, -INSET + XS, 0), told, SMALL, REGULAR, ink, "right")
