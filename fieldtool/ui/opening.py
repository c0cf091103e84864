"""Makes the Qt application: style, faces, language, theme; the least before the first paint, the rest after; opens no window."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fieldtool.ui import words
from fieldtool.ui.look import lettering, tokens
from fieldtool.ui.preferences import PreferenceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def make_application(preferences: PreferenceFile) -> QApplication:
    """The one application of the process, dressed for its first frame."""
    os.environ["QT_STYLE_OVERRIDE"] = "fusion"  # asking for it in Python would import QStyle
    application = QApplication(sys.argv[:1])
    application.setApplicationName("fieldtool")
    words.language.use(preferences.values.language or words.system_language())
    lettering.load_faces(lettering.FIRST_FACES)
    theme = _first_theme(preferences)
    if preferences.values.accent == "system":
        from fieldtool.ui.look.accent import with_accent

        theme = with_accent(theme, QGuiApplication.palette().color(QPalette.ColorRole.Accent))
    tokens.use(theme)
    return application


def _first_theme(preferences: PreferenceFile) -> tokens.Theme:
    """As the system's own palette looks where nothing else is preferred; asking for its scheme would import the namespace Qt."""
    from fieldtool.ui.look.system import dark_by_palette, high_by_theme

    now, systems = preferences.values, QGuiApplication.palette()
    high = now.contrast == "high" or (not now.contrast and high_by_theme(systems))
    return tokens.theme_of(now.theme == "dark" or (not now.theme and dark_by_palette(systems)), high)


def dress_fully(preferences: PreferenceFile) -> None:
    """What the first frame could do without: palette, the other faces, following the system's theme."""
    from fieldtool.ui.look import painting, palette

    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("there is no application to dress")
    application.setApplicationDisplayName("Fieldtool")
    lettering.load_faces(lettering.OTHER_FACES)
    lettering.forget()
    painting.forget()
    application.setFont(lettering.font())

    def follow() -> None:
        now = preferences.values
        palette.apply(application, now.theme, now.accent == "system", now.contrast)

    follow()
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda: follow() if not preferences.values.theme else None)
    hints.accessibility().contrastPreferenceChanged.connect(lambda: follow() if not preferences.values.contrast else None)


def watch_for_bugs(tell: Callable[[str], None]) -> None:
    """Write a report of every bug, without anybody's words in it, and tell where it is; what is half written is kept by the screens.

    PySide calls the hook on whatever thread the exception came up: so it only writes and tells, and `tell` has to be a signal's `emit`.
    """

    def report(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, trace)
            return
        from fieldtool.services.crash import write_crash_report

        tell(str(write_crash_report(bug.with_traceback(trace))))

    sys.excepthook = report
