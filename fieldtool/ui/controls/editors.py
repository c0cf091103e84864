"""Plain-text editors of several lines: fixed leading, Tab leaves, pasted formats are dropped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QTextEdit

from fieldtool.ui.controls.fields import bare, is_command_key
from fieldtool.ui.look.lettering import READ

# One translucent grey serves every theme, so the only stylesheet in the program never needs to be set again.
BAR = 10  # pixels that a bar takes
_BAR = """QScrollBar{background:transparent;border:0;margin:0;width:10px;height:10px}
QScrollBar::handle{background:rgba(125,132,145,90);border-radius:3px;margin:2px;min-height:32px;min-width:32px}
QScrollBar::handle:hover{background:rgba(125,132,145,170)}
QScrollBar::add-line,QScrollBar::sub-line{height:0;width:0}
QScrollBar::add-page,QScrollBar::sub-page{background:transparent}"""


def tame(area: QAbstractScrollArea, name: str) -> None:
    """No frame, thin bars, a spoken name, never a horizontal bar."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    dress_bar(area.verticalScrollBar())


def dress_bar(bar: QScrollBar) -> None:
    """A thin bar that stands on any ground."""
    bar.setStyleSheet(_BAR)


class PlainEditor(QTextEdit):
    """A text editor that knows plain text only."""

    def __init__(self, name: str, words: str = "", px: int = READ, leading: int = 22, gap: int = 0) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        tame(self, name)
        bare(self, name, px)
        self.document().setDocumentMargin(2)
        self._block = QTextBlockFormat()
        self._block.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._block.setBottomMargin(gap)
        self.show_words(words)

    def show_words(self, words: str) -> None:
        """Replace everything; forgets what could be undone."""
        self.setPlainText(words)  # the constructor's own argument would guess HTML
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(self._block)
        self.document().clearUndoRedoStacks()

    def words(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def event(self, event: QEvent) -> bool:
        if is_command_key(event) or self._leaves_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def _leaves_undo(self, event: QEvent) -> bool:
        """Where no typing can be taken back, the window takes back what was stored last."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        return event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take words only, whatever was on the clipboard."""
        if source.hasText():
            self.textCursor().insertText(source.text(), self.currentCharFormat())
