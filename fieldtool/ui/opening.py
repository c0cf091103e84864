"""Makes the Qt application: style, faces, language, theme; opens no window."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from fieldtool.ui import words
from fieldtool.ui.look import lettering, palette
from fieldtool.ui.preferences import PreferenceFile


def make_application(preferences: PreferenceFile) -> QApplication:
    """The one application of the process, dressed as the preferences say."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("fieldtool")
    application.setApplicationDisplayName("Fieldtool")
    application.setStyle("Fusion")
    dress(application, preferences)
    return application


def dress(application: QApplication, preferences: PreferenceFile) -> None:
    """Faces, language and theme; also used by tests on their application."""
    words.language.use(preferences.values.language or words.system_language())
    lettering.load_faces(lettering.FIRST_FACES)
    application.setFont(lettering.font())
    palette.apply(application, preferences.values.theme)
