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
    theme = tokens.THEMES.get(preferences.values.theme) or _system_theme()
    if preferences.values.accent == "system":
        from fieldtool.ui.look.accent import with_accent

        theme = with_accent(theme, QGuiApplication.palette().color(QPalette.ColorRole.Accent))
    tokens.use(theme)
    return application


def _system_theme() -> tokens.Theme:
    """What the system's own palette looks like; asking for its colour scheme would import the namespace Qt."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return tokens.DARK if ground.lightness() < 128 else tokens.LIGHT


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
    palette.apply(application, preferences.values.theme, preferences.values.accent == "system")

    def follow() -> None:
        if not preferences.values.theme:
            palette.apply(application, "", preferences.values.accent == "system")

    QGuiApplication.styleHints().colorSchemeChanged.connect(follow)


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
