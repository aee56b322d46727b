"""The window's language: English as written, others from ``resources/i18n``, changed while the program runs."""

from PySide6.QtCore import QCoreApplication, QTranslator

from gizqr_station.places import resources

LANGUAGES = ("en", "zh_CN")
"""All that there are."""


class Translation:
    """Holds the installed translator, which Qt does not keep alive by itself."""

    def __init__(self) -> None:
        self._translator: QTranslator | None = None

    def speak(self, language: str) -> None:
        """Install a language; English needs none. A missing file leaves the window in English."""
        application = QCoreApplication.instance()
        assert application is not None, "a language is only spoken by a running application"
        if self._translator is not None:
            application.removeTranslator(self._translator)
            self._translator = None
        if language == "en":
            return
        translator = QTranslator()
        if translator.load(str(resources() / "i18n" / f"gizqr_{language}.qm")):
            application.installTranslator(translator)
            self._translator = translator
