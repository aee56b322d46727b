"""The page as a whole: green is a moment, presses go to the line, and every control has a name."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.job import JobState
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.tokens import GOOD_FOR_MS, Tone
from gizqr_station.workflows.happenings import (
    DeviceRead,
    Happening,
    JobChanged,
    LabelDrawn,
    LabelKnown,
    ScanBackDue,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import MAC, reading_of
from tests.gui.samples import IMAGE, JOB

VERIFIED = replace(JOB, state=JobState.VERIFIED)
DUE: list[Happening] = [DeviceRead(reading_of(MAC)), LabelDrawn(IMAGE), JobChanged(JOB), ScanBackDue(JOB)]


class Heard:
    """What the window asked of the line."""

    def __init__(self) -> None:
        self.calls: list[object] = []

    def scanned(self, text: str) -> None:
        self.calls.append(text)

    def no_usable_label(self, job: int) -> None:
        self.calls.append(job)

    def try_again(self) -> None:
        self.calls.append("again")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def window(qtbot: QtBot, heard: Heard) -> MainWindow:
    made = MainWindow(
        heard, station="bench-1", operator="Li Wei", product="Lamp", demo=False, scanner_only=False, language="en"
    )
    qtbot.addWidget(made)
    made.show()
    return made


def tone(window: MainWindow) -> Tone:
    words = window.page._band.words
    assert words is not None
    return words.tone


def hear(window: MainWindow, *happenings: Happening) -> None:
    for happening in happenings:
        window.hear(happening)


@pytest.mark.parametrize("then", [[], [WaitingForDevice()]], ids=["still plugged in", "already free"])
def test_green_lasts_for_a_moment_and_then_the_page_is_calm(
    qtbot: QtBot, window: MainWindow, then: list[Happening]
) -> None:
    assert GOOD_FOR_MS == 1500
    window.page._good.setInterval(60)
    hear(window, *DUE, UnitDone(VERIFIED), *then)
    assert tone(window) is Tone.GOOD
    qtbot.waitUntil(lambda: tone(window) is Tone.CALM)


def test_the_next_unit_ends_the_green_at_once(window: MainWindow) -> None:
    hear(window, *DUE, UnitDone(VERIFIED), WaitingForDevice(), DeviceRead(reading_of(MAC)))
    assert tone(window) is Tone.CALM


def test_f8_twice_is_about_the_label_on_the_page_and_f5_tries_again(
    window: MainWindow, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gizqr_station.gui.confirm_button.CONFIRM_NOT_BEFORE_MS", 0)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert heard.calls == [], "there is nothing to say it about"
    hear(window, *DUE)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F8)
    hear(window, UnitRefused(ServiceUnreachable("qr"), reading_of(MAC), None, 5.0))
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert heard.calls == [JOB.id, "again"]


def test_a_first_press_is_forgotten_when_another_label_comes(window: MainWindow) -> None:
    hear(window, *DUE)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.page._no_label.armed
    hear(window, DeviceRead(reading_of(MAC)))
    assert not window.page._no_label.armed


def test_a_looked_up_label_is_said_even_beside_an_older_failure(window: MainWindow) -> None:
    hear(window, UnitRefused(ServiceUnreachable("qr"), None), WaitingForDevice(), LabelKnown(VERIFIED))
    assert "L-000007" in window.page._message.accessibleName()


def test_every_button_has_a_name_and_nothing_is_modal(window: MainWindow) -> None:
    hear(window, *DUE)
    assert all(button.accessibleName() for button in window.findChildren(QPushButton))
    assert window.page._band.accessibleName().startswith("Scan label.")
    assert not window.findChildren(QDialog)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_the_page_fits_the_screen(window: MainWindow, size: tuple[int, int]) -> None:
    hear(window, *DUE)
    least = window.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)
