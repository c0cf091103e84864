"""Settings: language, theme, text size, lock, identity, backup; what belongs to this computer or this vault, nothing of a visit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from fieldtool.services import first_steps
from fieldtool.services.first_steps import Departure
from fieldtool.ui import words
from fieldtool.ui.commands import Command
from fieldtool.ui.controls.buttons import Button, Segmented
from fieldtool.ui.controls.labels import Line, glyph, label, paragraph, section
from fieldtool.ui.controls.layout import Item, column, holder, row, strip
from fieldtool.ui.controls.panes import scrolled
from fieldtool.ui.desk import Desk
from fieldtool.ui.look import palette
from fieldtool.ui.look.glyphs import Mark
from fieldtool.ui.look.lettering import BODY, HEAD, REGULAR, SMALL
from fieldtool.ui.look.tokens import INSET, XS, L, M, S
from fieldtool.ui.preferences import LOCK_MINUTES, TEXT_SIZES, PreferenceFile
from fieldtool.ui.screens.base import Head, Screen
from fieldtool.ui.screens.border import SEAL, WIPE, Border
from fieldtool.ui.screens.conflict import clear
from fieldtool.ui.screens.exchange_lines import documents
from fieldtool.ui.words import tr

THEMES, ACCENTS, CONTRASTS = ("", "light", "dark"), ("", "system"), ("", "normal", "high")
WIDE = 640


class Settings(Screen):
    """A change is in force at once, where the window can; it says so where it takes a new start."""

    def __init__(self, desk: Desk, preferences: PreferenceFile) -> None:
        self._preferences = preferences
        now = preferences.values
        self._size_in_force = now.text_size
        offered = words.offered()
        languages = ["", *offered]
        self._language = Segmented([tr("As the system"), *offered.values()], place(languages, now.language), tr("Language"))
        self._theme = Segmented([tr("As the system"), tr("Light"), tr("Dark")], place(THEMES, now.theme), tr("Theme"))
        contrasts = [tr("As the system"), tr("Normal contrast"), tr("High contrast")]
        self.contrast = Segmented(contrasts, place(CONTRASTS, now.contrast), tr("Contrast"))
        self._accent = Segmented([tr("The program's blue"), tr("As the system")], place(ACCENTS, now.accent), tr("Accent"))
        self._size = Segmented([f"{n} %" for n in TEXT_SIZES], TEXT_SIZES.index(now.text_size), tr("Size of text"))
        self._minutes = Segmented(
            [tr("%n min", n) for n in LOCK_MINUTES], LOCK_MINUTES.index(now.lock_minutes), tr("Lock when nobody types for")
        )
        self._words, self._departure = Line("", HEAD), column()
        self._backup, self._request = Button(tr("Back up now…"), "plain", "out"), Button(tr("Save the identity request…"), "plain", "out")
        self._lock_now = Button(tr("Lock and come back"), "plain", "lock", hint="Ctrl+L")
        self.border = Border(desk)
        self._check = Button(tr("Check again"), "plain", "shield")
        super().__init__(desk, Head(tr("Settings")), self._body())
        self._connect(languages)

    def _body(self) -> QWidget:
        def line(name: str, control: QWidget, remark: str = "") -> list[Item]:
            told: list[Item] = [label(remark, SMALL, REGULAR, "text3")] if remark else []
            return [strip(fixed_label(name), control, *told, None, gap=M), S]

        items: list[Item] = [section(tr("This computer")), S]
        items += line(tr("Language"), self._language) + line(tr("Theme"), self._theme)
        items += line(tr("Contrast"), self.contrast, tr("high: for sunlight and weak eyes"))
        items += line(tr("Accent"), self._accent) + line(tr("Size of text"), self._size, tr("in force after the next lock"))
        items += [self._lock_now, *line(tr("Lock after"), self._minutes)]
        self._lock_now.hide()
        items += [
            L,
            section(tr("Your identity"), tr("what colleagues compare when they call")),
            S,
            self._words,
            S,
            row(self._request, None),
            L,
        ]
        items += [section(tr("Backup"), tr("encrypted, and test-restored before it counts")), S, row(self._backup, None), L]
        items += [
            section(tr("Before you leave"), tr("what would be lost or found if this computer were taken")),
            S,
            self._departure,
            S,
            row(self._check, None),
            L,
            section(tr("At a border"), tr("seal: nobody opens it without the sheet; wipe: nothing stays")),
            S,
            self.border,
        ]
        page = holder(column(*items, None, margins=(INSET, L, INSET, L)))
        page.setMaximumWidth(WIDE + 200)
        return scrolled(page, tr("Settings"))

    def _connect(self, languages: list[str]) -> None:
        change = self._preferences.change
        self._language.chosen.connect(lambda n: self._on_language(languages[n]))
        self._theme.chosen.connect(self._on_theme)
        self.contrast.chosen.connect(self._on_contrast)
        self._accent.chosen.connect(self._on_accent)
        self._size.chosen.connect(self._on_size)
        self._lock_now.clicked.connect(self.desk.lock_requested)
        self._minutes.chosen.connect(lambda n: change(lock_minutes=LOCK_MINUTES[n]))
        self._backup.clicked.connect(self._on_backup)
        self._request.clicked.connect(self._on_request)
        self._check.clicked.connect(self.check)

    def load(self) -> None:
        self.desk.read(first_steps.own_words, self._words.say)
        self.check()

    def start(self) -> None:
        self._language.group.buttons()[0].setFocus()

    def commands(self) -> list[Command]:
        return [
            Command("departure", tr("Check before you leave"), "", self.check),
            Command("seal", tr("Seal the vault"), "", lambda: self.border.ask(SEAL)),
            Command("wipe", tr("Wipe the vault"), "", lambda: self.border.ask(WIPE)),
        ]

    def _on_language(self, code: str) -> None:
        self._preferences.change(language=code)
        words.language.use(code or words.system_language())
        self.desk.remake_requested.emit()

    def _on_theme(self, number: int) -> None:
        self._preferences.change(theme=THEMES[number])
        self._dress()

    def _on_contrast(self, number: int) -> None:
        self._preferences.change(contrast=CONTRASTS[number])
        self._dress()

    def _on_accent(self, number: int) -> None:
        self._preferences.change(accent=ACCENTS[number])
        self._dress()

    def _on_size(self, number: int) -> None:
        self._lock_now.setVisible(TEXT_SIZES[number] != self._size_in_force)
        self._preferences.change(text_size=TEXT_SIZES[number])

    def _dress(self) -> None:
        application, now = QApplication.instance(), self._preferences.values
        if isinstance(application, QApplication):
            palette.apply(application, now.theme, now.accent == "system", now.contrast)

    def check(self) -> None:
        """Look at what would be lost or found."""
        visit = self.desk.visit
        self.desk.read(lambda s: first_steps.departure(s, visit), self._show_departure)

    def _show_departure(self, found: Departure) -> None:
        clear(self._departure)
        lines: list[tuple[bool, str]] = [
            (
                found.unsent == 0,
                tr("%n change(s) are in no file yet", found.unsent) if found.unsent else tr("Everything you wrote is in a file"),
            ),
            (
                found.unconfirmed == 0,
                tr("%n file(s) without a receipt", found.unconfirmed) if found.unconfirmed else tr("Every file was confirmed"),
            ),
            (found.drafts == 0, tr("%n half-written text(s)", found.drafts) if found.drafts else tr("Nothing is half written")),
            (found.conflicts == 0, tr("%n open conflict(s)", found.conflicts) if found.conflicts else tr("No conflict is open")),
        ]
        for good, told in lines:
            mark: Mark = ("disc_check", "ok") if good else ("half", "warn")
            self._departure.addWidget(strip(glyph(mark), label(told, BODY), None))
        self._departure.addSpacing(XS)
        self._departure.addWidget(
            paragraph(tr("A seized and locked computer shows the size of the vault and when it was used, nothing else."), SMALL, "text2")
        )

    def _on_backup(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Where the backup goes"), str(Path(documents()) / "fieldtool-backup.ftbackup"))
        if path:
            self.desk.long(lambda s: first_steps.backup(s, Path(path)), self._on_backed_up, self.refuse)

    def _on_backed_up(self, size: int) -> None:
        self.notice.tell(tr("The backup is written and was opened once to be sure: {size}.", size=words.file_size(size)))

    def _on_request(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the identity request"), str(Path(documents()) / "identity.ftrequest"))
        if path:
            self.desk.long(
                lambda s: first_steps.save_request(s, Path(path)), lambda _n: self.notice.tell(tr("The request is written.")), self.refuse
            )


def place(options: Sequence[str], wanted: str) -> int:
    """Where an option stands; what a damaged file asks for counts as the first."""
    return options.index(wanted) if wanted in options else 0


def fixed_label(name: str) -> QWidget:
    """A label in a column of labels."""
    made = label(name, BODY)
    made.setFixedWidth(150)
    return made
