"""Buttons, switches and segmented choices, painted from tokens; they start nothing themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from fieldtool.ui.controls.focus import mark_focus, unmark_focus
from fieldtool.ui.controls.layout import FIXED, GROW, row
from fieldtool.ui.look import glyphs, icons, painting, tokens
from fieldtool.ui.look.lettering import BODY, MEDIUM, REGULAR, SMALL, width
from fieldtool.ui.look.painting import ChipKind
from fieldtool.ui.look.tokens import CONTROL, R_CONTROL, M, Role, S

Kind = Literal["primary", "plain", "ghost", "page", "segment"]


class _Pressable(QAbstractButton):
    """What every button shares: reachable by Tab, and the window's focus ring."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()  # by itself only some platforms' Enter presses a button
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        mark_focus(self, event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        unmark_focus(self)


class Button(_Pressable):
    """Primary (one a screen), plain (quiet fill), ghost (bare until hovered), page (on a tint), segment.

    `hint` is the shortcut as painted; `name` is spoken where there is no text.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = "plain",
        icon: str = "",
        *,
        hint: str = "",
        menu: bool = False,
        name: str = "",
        spread: bool = False,
    ) -> None:
        super().__init__()
        self.kind, self.icon_name, self.hint, self.has_menu, self.spread = kind, icon, hint, menu, spread
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setToolTip("" if text else f"{name}  {hint}".strip())
        self.setSizePolicy(GROW if spread else FIXED, FIXED)
        self.setCheckable(kind == "segment")

    def say(self, text: str, name: str = "") -> None:
        """Change its words."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(CONTROL, CONTROL)
        wide = width(self.text(), BODY, MEDIUM) + 2 * M + 20 * bool(self.icon_name) + 18 * self.has_menu
        wide += width(self.hint, SMALL) + S if self.hint else 0
        return QSize(wide, CONTROL - 4 * (self.kind == "segment"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fill(self, hot: bool) -> Role | None:
        if self.kind == "segment":
            if tokens.theme().high:
                return "accent" if self.isChecked() else None
            return ("line_strong" if tokens.theme().dark else "base") if self.isChecked() else None
        if self.kind == "primary":
            return "quiet" if not self.isEnabled() else "accent_hover" if hot else "accent"
        if self.kind == "page":
            return "hover" if hot else "base"
        if self.kind == "ghost":
            return "quiet" if hot or self.isChecked() else None
        return "line" if hot or self.isChecked() else "quiet"

    def _edge(self) -> Role | None:
        """In high contrast a line stands where otherwise a shade is enough."""
        high = tokens.theme().high
        if self.kind == "primary":
            return "edge" if high and not self.isEnabled() else None
        if self.kind in ("ghost", "segment"):
            return "edge" if high and self.kind == "ghost" and self.isChecked() else None
        return "edge" if high else None

    def _inks(self) -> tuple[Role, Role, Role]:
        if not self.isEnabled():
            return "text3", "text3", "text3"
        if self.kind == "primary":
            return "on_accent", "on_accent", "on_accent"
        if self.kind == "segment" and self.isChecked() and tokens.theme().high:
            return "on_accent", "on_accent", "on_accent"
        if self.kind == "segment" and not self.isChecked():
            return "text2", "text2", "text3"
        return "text", "text2", "text3"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(self.rect())
        ink, icon_ink, hint_ink = self._inks()
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        painting.rounded(painter, box, R_CONTROL - 2 * (self.kind == "segment"), self._fill(hot), self._edge())
        x = box.left() + M if self.spread else box.center().x() - (self.sizeHint().width() - 2 * M) / 2
        if self.icon_name:
            icons.paint(painter, x if self.text() else box.center().x() - 8, box.center().y() - 8, self.icon_name, icon_ink)
            x += 20
        if self.text():
            x += painting.text(painter, QRectF(x, 0, box.right() - x, box.height()), self.text(), BODY, MEDIUM, ink) + S
            room = QRectF(x, 0, box.right() - x - (M if self.spread else 0), box.height())
            painting.text(painter, room, self.hint, SMALL, REGULAR, hint_ink, "right" if self.spread else "left")
        if self.has_menu:
            icons.paint(painter, box.right() - 24, box.center().y() - 8, "down", icon_ink)


class Check(_Pressable):
    """A check box: Fusion's own is all but invisible on a dark ground."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setCheckable(True)
        self.setSizePolicy(FIXED, FIXED)

    def sizeHint(self) -> QSize:
        return QSize(24 + width(self.text(), BODY), 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box = QPainter(self), QRectF(0, (self.height() - 16) / 2, 16, 16)
        on = self.isChecked()
        painting.rounded(painter, box, 4, "accent" if on else "hover" if self.underMouse() else "base", None if on else "edge")
        if on:
            glyphs.paint(painter, 8, self.height() / 2, ("check", "on_accent"), 12)
        ink: Role = "text" if self.isEnabled() else "text3"
        painting.text(painter, QRectF(24, 0, self.width() - 24, self.height()), self.text(), BODY, REGULAR, ink)


class ChipButton(_Pressable):
    """A chip that goes away when pressed; `name` says what pressing does."""

    def __init__(self, words: str, kind: ChipKind, name: str, icon: str = "") -> None:
        super().__init__()
        self.setText(words)
        self._kind: ChipKind = kind
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(FIXED, FIXED)

    def sizeHint(self) -> QSize:
        return QSize(painting.chip_width(self.text(), self._icon) + 14, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, middle = QPainter(self), self.height() / 2
        ink: Role = "text2" if self._kind in ("plain", "outline") else self._kind  # type: ignore[assignment]  # the other kinds are roles
        painting.chip(painter, 0, middle, self.text() + "    ", self._kind, self._icon)
        icons.paint(painter, self.width() - 17, middle - 5, "close", ink if self.underMouse() else "text3", 10)


class NavButton(Button):
    """A row of the sidebar: icon, word, count; on the rail the icon and a dot where something waits."""

    def __init__(self, word: str, icon: str, shortcut: str) -> None:
        super().__init__(word, "ghost", icon, spread=True)
        self.count, self.alert, self.rail, self._shortcut = "", False, False, shortcut
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one Tab stop for the whole sidebar, arrows inside

    def tell(self, count: str, alert: bool) -> None:
        """Show how many there are, and whether they wait for the user."""
        self.count, self.alert = count, alert
        self.setAccessibleDescription(count)
        self.update()

    def narrow(self, rail: bool) -> None:
        """Shrink to an icon, or grow back."""
        self.rail = rail
        self.setToolTip(f"{self.text()}  {self._shortcut}" if rail else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, box, on = QPainter(self), QRectF(self.rect()), self.isChecked()
        high = tokens.theme().high
        fill: Role | None = ("tint" if high else "line") if on else "quiet" if self.underMouse() else None
        painting.rounded(painter, box, R_CONTROL, fill, "edge" if high and on else None)
        icons.paint(painter, box.center().x() - 8 if self.rail else 10, 8, self.icon_name, "accent" if on else "text2")
        if self.rail:
            if self.alert:
                glyphs.paint(painter, box.right() - 6, 8, ("dot", "bad"))
            return
        end = painting.chip_width(self.count) + S if self.alert else width(self.count, SMALL) + S if self.count else 0
        painting.text(painter, box.adjusted(34, 0, -end - 4, 0), self.text(), BODY, MEDIUM if on else REGULAR)
        if self.alert:
            painting.chip(painter, box.right() - S - painting.chip_width(self.count), box.center().y(), self.count, "bad")
        else:
            painting.text(painter, box.adjusted(0, 0, -10, 0), self.count, SMALL, REGULAR, "text3", "right")


def one_stop(buttons: Sequence[QAbstractButton]) -> None:
    """Let Tab reach the chosen one of an exclusive group only, or the first where none is chosen.

    Qt does so by itself after the first focus, when it is too late.
    """
    stop = next((b for b in buttons if b.isChecked()), buttons[0])
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is stop else Qt.FocusPolicy.NoFocus)


class Segmented(QWidget):
    """One of a few: a quiet track, the chosen one raised; one Tab stop, arrows inside."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str], on: int, name: str) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        for number, option in enumerate(options):
            self.group.addButton(Button(option, "segment", name=f"{name}: {option}"), number)
        self.choose(on)
        self.group.idClicked.connect(self.chosen)
        self.group.idToggled.connect(lambda _number, _on: one_stop(self.group.buttons()))
        self.setLayout(row(*self.group.buttons(), gap=0, margins=(2, 2, 2, 2)))
        self.setAccessibleName(name)
        self.setSizePolicy(FIXED, FIXED)

    def at(self) -> int:
        """The number of the chosen one."""
        return self.group.checkedId()

    def choose(self, number: int) -> None:
        """Choose one without announcing it."""
        self.group.button(number).setChecked(True)
        one_stop(self.group.buttons())

    def say(self, number: int, words: str) -> None:
        """Change the words of one."""
        button = self.group.button(number)
        if isinstance(button, Button):
            button.say(words, f"{self.accessibleName()}: {words}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painting.rounded(QPainter(self), QRectF(self.rect()), R_CONTROL, "quiet", "edge" if tokens.theme().high else None)
