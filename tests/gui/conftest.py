"""One application with the shipped font, and English unless a test says otherwise."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.translation import Translation
from tests.gui.heard import Bench, HeardDesk, HeardLine, a_bench


@pytest.fixture(scope="module")
def shared_bench(qapp: QApplication) -> Iterator[Bench]:
    """A window for a module's tests."""
    load_fonts(qapp)
    with a_bench() as bench:
        yield bench


@pytest.fixture
def bench(shared_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The window as it was just opened; two presses may follow each other at once."""
    monkeypatch.setattr("gizqr_station.gui.confirm_button.CONFIRM_NOT_BEFORE_MS", 0)
    shared_bench.begin_again()
    return shared_bench


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    return bench.window


@pytest.fixture
def desk(bench: Bench) -> HeardDesk:
    return bench.desk


@pytest.fixture
def line(bench: Bench) -> HeardLine:
    return bench.line


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    load_fonts(qapp)
    spoken = Translation()
    spoken.speak("en")
    yield
    spoken.speak("en")
