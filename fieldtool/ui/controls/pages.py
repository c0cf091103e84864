"""A page of text with headings, lists and tables, in the window's own letters; it shows and follows no link by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser

from fieldtool.ui.controls.editors import tame
from fieldtool.ui.look.lettering import BODY, BOLD, HEAD, READ, REGULAR, TITLE, font
from fieldtool.ui.look.tokens import XS, L, S, colour

_LEADING = 20
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_SIZES = {1: TITLE, 2: HEAD}


class PageView(QTextBrowser):
    """Shows a page written in Markdown; `link_chosen` carries what a link names."""

    link_chosen = Signal(QUrl)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._words = ""
        tame(self, name)
        self.setFont(font(BODY))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(L)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.anchorClicked.connect(self.link_chosen)

    def show_page(self, words: str) -> None:
        """Show a page from its top."""
        self._words = words
        self.document().setMarkdown(words, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def go_to_heading(self, number: int) -> None:
        """Scroll so that the heading of that number, from 0, stands at the top; the first one is the page's own top."""
        block, seen = self.document().begin(), -1
        while block.isValid():
            seen += bool(block.blockFormat().headingLevel())
            if seen == number and number:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top) - S)
                return
            block = block.next()

    def scroll_by(self, pixels: int) -> None:
        """Scroll without taking the focus."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._words:
            at = self.verticalScrollBar().value()
            self.show_page(self._words)
            self.verticalScrollBar().setValue(at)

    # ------------------------------------------------------------------------------------------------ dress

    def _dress(self) -> None:
        """Sizes, spaces and inks of the window's scale: Markdown itself knows only kinds."""
        block = self.document().begin()
        while block.isValid():
            level, shape = block.blockFormat().headingLevel(), QTextBlockFormat()
            if level:
                ink = QTextCharFormat()
                ink.setFont(font(_SIZES.get(level, READ), BOLD))
                self._span(block.position(), block.length() - 1).mergeCharFormat(ink)
                shape.setTopMargin(0 if block.position() == 0 else L + XS)
                shape.setBottomMargin(S)
            else:
                shape.setNonBreakableLines(False)
                shape.setLineHeight(_LEADING, _FIXED)
                shape.setTopMargin(0)
                shape.setBottomMargin(2 if block.textList() is not None else 0 if QTextCursor(block).currentTable() is not None else S)
            QTextCursor(block).mergeBlockFormat(shape)
            if not level:
                self._dress_words(block)
            block = block.next()
        self._dress_tables()

    def _span(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _dress_words(self, block: QTextBlock) -> None:
        """Code stands on a quiet ground in the body's own face, links in the accent."""
        iterator, pieces = block.begin(), []
        while not iterator.atEnd():
            piece = iterator.fragment()
            pieces.append((piece.position(), piece.length(), piece.charFormat()))
            iterator += 1
        for at, length, shape in pieces:
            ink = QTextCharFormat()
            if shape.hasProperty(QTextFormat.Property.FontFamilies):  # Markdown gives them to code alone
                ink.setFont(font(BODY, REGULAR))
                ink.setBackground(QColor(colour("quiet")))
            if shape.isAnchor():
                ink.setForeground(QColor(colour("accent")))
            if ink.propertyCount():
                self._span(at, length).mergeCharFormat(ink)

    def _dress_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                shape = QTextTableFormat(frame.format())
                shape.setBorder(0)
                shape.setCellPadding(XS)
                shape.setCellSpacing(0)
                shape.setBottomMargin(S)
                shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(shape)
                for line in range(frame.rows()):
                    for cell_number in range(frame.columns()):
                        cell = frame.cellAt(line, cell_number)
                        ink = cell.format().toTableCellFormat()
                        ink.setBottomBorder(1)
                        ink.setBottomBorderBrush(QColor(colour("line")))
                        ink.setBottomBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
                        ink.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignTop)
                        cell.setFormat(ink)
