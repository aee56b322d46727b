"""One application with the shipped font, and English unless a test says otherwise."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.translation import Translation


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    load_fonts(qapp)
    spoken = Translation()
    spoken.speak("en")
    yield
    spoken.speak("en")
