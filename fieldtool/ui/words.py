"""Everything the window says, in the user's language: one lookup for sentences, plurals, dates and faults; stores no text of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTranslator

from fieldtool import resources
from fieldtool.domain.errors import REASONS
from fieldtool.domain.numbers import grouped, spoken
from fieldtool.domain.remarks import Remark, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from fieldtool.domain.errors import KnownError

CONTEXT = "fieldtool"
LANGUAGES = {"en": "English", "ru": "Русский"}
PREPARED = {"de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano"}  # offered when the last sentence is translated


def tr(sentence: str, count: int = -1, /, **values: object) -> str:
    """The sentence in the user's language; `{name}` takes a value, `%n` the count in the right plural form. Counts are grouped."""
    found = QCoreApplication.translate(CONTEXT, sentence, None, count)
    if count >= 1000:
        found = found.replace(str(count), number(count), 1)  # Qt has put in bare digits
    return found.format(**spoken(values, language.code)) if values else found


def later(sentence: str) -> str:
    """Marks a sentence for translation where it stands; `tr` looks it up when it is shown."""
    return sentence


def offered() -> dict[str, str]:
    """The languages that can be chosen, each in its own name: those with a compiled catalogue."""
    folder = resources.root() / "translations"
    return LANGUAGES | {code: name for code, name in PREPARED.items() if (folder / f"fieldtool_{code}.qm").exists()}


class Language:
    """The language in force: its catalogue, its locale for dates and sorting."""

    def __init__(self) -> None:
        self._catalogue: QTranslator | None = None
        self.code = "en"
        self.locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)

    def use(self, code: str) -> None:
        """Put a language in force; English needs its catalogue, too, for plural forms."""
        if self._catalogue is not None:
            QCoreApplication.removeTranslator(self._catalogue)
        self.code = code if code in offered() else "en"
        self.locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom) if self.code == "en" else QLocale(self.code)
        catalogue = QTranslator()
        if not catalogue.load(str(resources.path("translations", f"fieldtool_{self.code}.qm"))):
            raise FileNotFoundError(f"the catalogue of {self.code} cannot be read")
        QCoreApplication.installTranslator(catalogue)
        self._catalogue = catalogue
        QLocale.setDefault(self.locale)


language = Language()


def system_language() -> str:
    """The first of the system's languages that has a catalogue, else English."""
    for tag in QLocale.system().uiLanguages():
        if (code := tag.split("-")[0]) in offered():
            return code
    return "en"


def day(when: date, form: str = "") -> str:
    """A date in words such as “Monday 11 April”; `form` is a Qt date format."""
    return language.locale.toString(QDate(when.year, when.month, when.day), form or tr("dddd d MMMM"))


def capital(text: str) -> str:
    """The text with a capital first letter, as a head wants it."""
    return text[:1].upper() + text[1:]


def short_day(when: date) -> str:
    """A date such as “11 April”."""
    return day(when, tr("d MMMM"))


def clock_time(when: datetime) -> str:
    """A time of day such as 09:30."""
    return f"{when:%H:%M}"


def moment(ms: int) -> str:
    """A point in time on this machine's clock, such as “11 April, 18:22”; `ms` since 1970 UTC."""
    local = QDateTime.fromMSecsSinceEpoch(ms)
    return language.locale.toString(local, tr("d MMMM, HH:mm"))


def span(start: date, end: date) -> str:
    """Two dates as one expression: “10–14 April”."""
    if start == end:
        return short_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{short_day(end)}"
    return f"{short_day(start)} – {short_day(end)}"


def hours(start: datetime, end: datetime | None) -> str:
    """“11:30–13:00”, or the start alone."""
    return f"{clock_time(start)}–{clock_time(end)}" if end else clock_time(start)


def number(value: int) -> str:
    """A whole number with the language's group marks."""
    return grouped(value, language.code)


def file_size(size: int) -> str:
    """A file's size in the language's words."""
    return language.locale.formattedDataSize(size, 1)


def fault_sentences(error: KnownError) -> str:
    """Both sentences of a fault in the user's language."""
    values = {name: _reasons(value) if name in REASONS else value for name, value in error.values.items()}
    said = (tr(sentence).format(**values) for sentence in (error.fault.what, error.fault.next_step))
    return " ".join(s for s in said if s)


def _reasons(value: object) -> str:
    if isinstance(value, Remark):
        return tr(value.words).format(**value.values)
    return "; ".join(tr(part) for part in str(value).split("; "))


def remarks(said: Sequence[Remark]) -> str:
    """Remarks as one sentence in the user's language."""
    return joined([tr(r.words).format(**r.values) for r in said])
