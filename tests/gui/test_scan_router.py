"""Scans go to one place whatever has the focus, and typing is left alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.gui.scan_router import GAP_MS, LONGEST_SCAN, SHORTEST_SCAN, ScanRouter

CODE = "ACCF232BE530"


class Window(QWidget):
    """A field and a button, either of which may have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.button = QPushButton("press me")
        self.button.setDefault(True)
        self.pressed: list[bool] = []
        self.scans: list[str] = []
        self.clock = 1000
        self.button.clicked.connect(self._note)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.router = ScanRouter(self)
        self.router.scanned.connect(self._keep)

    def _note(self) -> None:
        self.pressed.append(True)

    def _keep(self, text: str) -> None:
        self.scans.append(text)

    def type(self, text: str, gap_ms: int, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Keys as they arrive at the native window, each stamped so long after the one before."""
        keys = [(Qt.Key(ord(letter.upper())), letter) for letter in text]
        if end is not None:
            keys.append((end, "\t" if end is Qt.Key.Key_Tab else "\r"))
        handle = self.windowHandle()
        for key, letter in keys:
            self.clock += gap_ms
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(self.clock)
                QCoreApplication.sendEvent(handle, event)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    shown = Window()
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.field.setFocus()
    qtbot.waitUntil(lambda: shown.focusWidget() is shown.field)
    shown.windowHandle().installEventFilter(shown.router)
    yield shown
    shown.windowHandle().removeEventFilter(shown.router)


@pytest.mark.parametrize("gap_ms", [0, 1, 8, 16, GAP_MS])
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_is_taken_and_never_lands_in_a_field(window: Window, gap_ms: int, end: Qt.Key) -> None:
    window.type(CODE, gap_ms, end)
    assert (window.scans, window.field.text(), window.pressed) == ([CODE], "", [])


def test_a_scan_never_presses_the_button_that_has_the_focus(window: Window) -> None:
    window.button.setFocus()
    window.type("4 4 4 4 4 4", 8)
    assert (window.scans, window.pressed) == (["4 4 4 4 4 4"], [])


def test_not_even_the_release_of_a_scanned_key_gets_through(window: Window) -> None:
    class Ear(QObject):
        heard = 0

        def eventFilter(self, _receiver: QObject, event: QEvent) -> bool:  # noqa: N802
            Ear.heard += event.type() in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
            return False

    ear = Ear(window)
    window.field.installEventFilter(ear)
    window.type(CODE, 8)
    assert Ear.heard <= 1, "the release of the closing Enter may pass, it presses nothing"
    window.field.removeEventFilter(ear)


def test_a_scanner_that_sends_no_ending_is_heard_after_a_silence(window: Window, qtbot: QtBot) -> None:
    window.type(CODE, 8, end=None)
    qtbot.waitUntil(lambda: window.scans == [CODE])


def test_typing_reaches_the_field_untouched(window: Window, qtbot: QtBot) -> None:
    window.type("lamp 12", GAP_MS + 11, end=None)
    qtbot.waitUntil(lambda: window.field.text() == "lamp 12")
    assert window.scans == []


def test_a_few_fast_keys_are_no_scan(window: Window, qtbot: QtBot) -> None:
    window.type("x" * (SHORTEST_SCAN - 1), 5, end=None)
    qtbot.waitUntil(lambda: window.field.text() == "x" * (SHORTEST_SCAN - 1))
    assert window.scans == []


def test_a_scan_right_behind_typing_is_told_apart(window: Window) -> None:
    window.type("ab", GAP_MS + 20, end=None)
    window.clock += GAP_MS + 20
    window.type(CODE, 8)
    assert (window.scans, window.field.text()) == ([CODE], "ab")


def test_two_scans_in_a_row_are_two(window: Window) -> None:
    window.type(CODE, 8)
    window.type(CODE[::-1], 8)
    assert window.scans == [CODE, CODE[::-1]]


def test_a_shortcut_is_no_scan(window: Window) -> None:
    window.field.setText("kept")
    window.field.selectAll()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, "")
    assert not window.router.eventFilter(window.windowHandle(), event)


def test_a_letter_that_is_held_down_is_no_scan(window: Window) -> None:
    for _ in range(20):
        window.clock += 30
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", autorep=True)
        event.setTimestamp(window.clock)
        QCoreApplication.sendEvent(window.windowHandle(), event)
    assert (window.scans, window.field.text()) == ([], "a" * 20)


def test_a_flood_of_keys_is_bounded(window: Window) -> None:
    window.type("a" * (LONGEST_SCAN + 500), 1)
    assert [len(text) for text in window.scans] == [LONGEST_SCAN]


@pytest.mark.parametrize("gap_ms", [30, 50, 100, 150])
def test_what_was_typed_is_in_the_field_before_a_button_is_pressed(window: Window, gap_ms: int) -> None:
    seen: list[str] = []
    window.button.clicked.connect(lambda: seen.append(window.field.text()))
    window.type("Half", gap_ms, end=None)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.button.geometry().center())
    assert (seen, window.scans) == (["Half"], [])


def test_a_scan_that_a_click_ends_is_still_a_scan(window: Window) -> None:
    window.type(CODE, 8, end=None)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.button.geometry().center())
    assert (window.scans, window.field.text(), window.pressed) == ([CODE], "", [True])


def test_what_was_typed_is_in_the_field_before_the_window_loses_the_keys(window: Window) -> None:
    window.type("Half", 50, end=None)
    QCoreApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.FocusAboutToChange))
    assert window.field.text() == "Half"
