"""The line that is always ready: words, marks, Enter; it turns typing into a draft and says when that should be filed or kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument

from fieldtool.ui.controls.editors import PlainEditor
from fieldtool.ui.look.lettering import MEDIUM, READ
from fieldtool.ui.look.tokens import colour
from fieldtool.ui.screens.meeting.draft import Asked, DraftNote, asked, paragraphs, without
from fieldtool.ui.words import tr

LEADING, LEAST, MOST = 21, 28, 150


class _MarkColours(QSyntaxHighlighter):
    """Colours `#words` while they are typed."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        shape = QTextCharFormat()
        shape.setForeground(colour("accent"))
        shape.setFontWeight(MEDIUM)
        at = 0
        for word in text.split(" "):
            if word[:1] in ("#", "/", "@", "!") and len(word) > 1:
                self.setFormat(at, len(word), shape)
            at += len(word) + 1


class Line(PlainEditor):
    """Enter files, Ctrl+Enter files what stands before the caret, ↑ in the empty line edits the last note, Esc lets go."""

    file_requested = Signal()
    split_requested = Signal()
    last_note_requested = Signal()
    let_go_requested = Signal()
    mark_changed = Signal(object)  # Asked or None
    suggestion_moved = Signal(int)
    suggestion_taken = Signal()
    drop_back_requested = Signal()  # Backspace in front of everything: the last chip goes
    pieces_pasted = Signal(list)
    image_pasted = Signal(object)  # QImage

    def __init__(self) -> None:
        super().__init__(tr("New note"), "", READ, LEADING)
        self.setPlaceholderText(tr("Type what is said"))
        self.setFixedHeight(LEAST)
        self.suggesting = self.editing = False
        self._quiet = False
        _MarkColours(self.document())
        self.textChanged.connect(self._on_typed)
        self.cursorPositionChanged.connect(self._ask)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def asked(self) -> Asked | None:
        """The mark that the caret stands behind, looked for in its paragraph alone: a key costs the same in a text of any length."""
        caret = self.textCursor()
        mark = asked(caret.block().text(), caret.positionInBlock())
        shift = caret.block().position()
        return replace(mark, start=mark.start + shift, end=mark.end + shift) if mark else None

    def put(self, words: str, caret: int) -> None:
        """Show a draft's words without saying that something was typed."""
        self._quiet = True
        self.show_words(words)
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(caret, len(words))))
        self.setTextCursor(cursor)
        self._quiet = False

    def take_mark_away(self) -> None:
        """Remove the mark that a suggestion has answered."""
        mark = self.asked()
        if mark is not None:
            words, caret = without(self.words(), mark)
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(words)
            cursor.setPosition(caret)
            self.setTextCursor(cursor)

    def _on_typed(self) -> None:
        if not self._quiet:
            self._ask()

    def _ask(self) -> None:
        if not self._quiet:
            self.mark_changed.emit(self.asked() if self.hasFocus() else None)

    def _grow(self) -> None:
        wanted = int(self.document().size().height()) + 2
        self.setFixedHeight(max(LEAST, min(MOST, wanted)))

    def event(self, event: QEvent) -> bool:
        """Esc and Ctrl+Enter mean something here; elsewhere on the screen they are the window's. Tab, too, while there are suggestions:
        Qt would lead on from the line before a key press is told."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            return self._suggestion_key(event) or super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() == Qt.Key.Key_Escape and (self.suggesting or self.editing)
            if own or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._suggestion_key(event) or self._line_key(event)):
            super().keyPressEvent(event)

    def _suggestion_key(self, event: QKeyEvent) -> bool:
        if not self.suggesting or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.suggestion_moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.suggestion_taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.mark_changed.emit(None)
        else:
            return False
        return True

    def _line_key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            (self.split_requested if control else self.file_requested).emit()
        elif key == Qt.Key.Key_Up and not self.words():
            self.last_note_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.let_go_requested.emit()
        elif key == Qt.Key.Key_Backspace and self.textCursor().position() == 0 and not self.textCursor().hasSelection():
            self.drop_back_requested.emit()
        else:
            return False
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasImage() and not source.hasText():
            self.image_pasted.emit(source.imageData())
            return
        super().insertFromMimeData(source)
        pieces = paragraphs(source.text()) if source.hasText() else []
        if len(pieces) > 1:
            self.pieces_pasted.emit(pieces)

    def caret_box(self) -> QRectF:
        """Where the caret stands, in the line's own coordinates."""
        return QRectF(self.cursorRect())


def with_words(draft: DraftNote, line: Line) -> DraftNote:
    """The draft with what the line holds now."""
    return replace(draft, text=line.words(), caret=line.textCursor().position())
