"""The preview of a page as it will print: pixels of a rendered PDF on a sheet that stays light; renders no document itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from fieldtool.ui.controls.layout import FREE, GROW
from fieldtool.ui.look import lettering, painting, tokens
from fieldtool.ui.look.lettering import BODY
from fieldtool.ui.look.tokens import colour
from fieldtool.ui.words import tr


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as pixels, RGBX, and where it stands in its document."""

    image: QImage
    number: int  # from 1
    pages: int


def page_image(content: bytes, number: int, width: int) -> PageImage:
    """Render one page of a PDF to that many pixels in width; run on one thread only, PDFium keeps global state."""
    import pypdfium2  # here, off the window's thread: it takes a fifth of a second

    document = pypdfium2.PdfDocument(content)
    try:
        pages = len(document)
        number = max(1, min(number, pages))
        page = document[number - 1]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888).copy()
    finally:
        document.close()
    return PageImage(image, number, pages)


class Page(QWidget):
    """Shows a page as large as fits; the wheel turns pages. `turned` carries the step."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: PageImage | None = None
        self._remark, self._text = tr("The page appears here."), ""
        self.setSizePolicy(FREE, GROW)
        self.setAccessibleName(tr("Page preview"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_page(self, shown: PageImage | None, remark: str = "") -> None:
        """Show a page, or say why there is none."""
        self._shown, self._remark, self._text = shown, remark, ""
        if shown is not None:
            self.setAccessibleDescription(tr("page {number} of {total}", number=shown.number, total=shown.pages))
        self.update()

    def show_text(self, text: str) -> None:
        """Show a text that has no pages, as print on paper."""
        self._shown, self._text = None, text
        self.setAccessibleDescription(text)
        self.update()

    def wanted_width(self) -> int:
        """How many pixels wide a page should be rendered for this place and density."""
        room_w, room_h = self.width() - 32, self.height() - 24
        return max(100, int(min(room_w, room_h / 1.414) * self.devicePixelRatioF()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._text:
            sheet = QRectF(16, 12, self.width() - 32, self.height() - 24)
            painter.fillRect(sheet, QColor(colour("paper")))
            painter.setPen(QColor(tokens.LIGHT.values["text"]))
            font, inside = lettering.font(BODY), sheet.adjusted(24, 24, -24, -24)
            painter.setFont(font)
            painter.drawText(inside, int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft), self._text)
            return
        if self._shown is None:
            painting.draw_paragraph(painter, 24, 24, self._remark, self.width() - 48, BODY, 20, "text3")
            return
        image, ratio = self._shown.image, self.devicePixelRatioF()
        scale = min((self.width() - 32) / image.width(), (self.height() - 24) / image.height(), 1 / ratio)
        wide, high = image.width() * scale, image.height() * scale
        sheet, shade = QRectF((self.width() - wide) / 2, 12, wide, high), QColor(colour("shadow"))
        for away in range(8, 0, -1):
            shade.setAlphaF(0.003 * (9 - away))
            painting.rounded(painter, sheet.adjusted(-away, 2 - away, away, away + 2), 2 + away, shade)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(sheet, image)
        if tokens.theme().dark:  # paper stays light, but does not glare
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(sheet, QColor(colour("paper")))
