"""The header says what is not handed over; keys and touches put the lock off, once a second at most."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.result import Destination
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.stirring import Stirring
from gizqr_station.gui.window_header import WindowHeader
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from tests.fake_bench import NOW
from tests.gui.cut_words import cut
from tests.gui.every_happening import EVERY_HAPPENING
from tests.gui.heard import Bench
from tests.gui.people_samples import OPERATOR, on_duty


def test_nothing_is_said_of_an_outbox_where_there_is_none(window: MainWindow) -> None:
    window.hear(on_duty(OPERATOR))
    assert not window.header._outbox.isVisible()


def test_the_number_of_unsent_results_is_always_shown_where_an_outbox_is(window: MainWindow) -> None:
    said = []
    for seen in (OutboxSeen(0, None), OutboxSeen(12, NOW, ProgramFault("x"), given_up=2)):
        window.hear(seen)
        assert window.header._outbox.isVisible()
        said.append((window.header._outbox.text(), window.header._outbox.accessibleName().split(". ")[:2]))
    assert said == [
        ("unsent: 0", ["Results not handed over yet: 0"]),
        ("unsent: 12", ["Results not handed over yet: 12", "of them waiting for a person: 2"]),
    ]


def test_of_two_destinations_the_sum_is_shown_and_the_one_that_goes_hides_nothing_of_the_other(
    window: MainWindow,
) -> None:
    folder, webhook = Destination.FOLDER, Destination.WEBHOOK
    said = []
    for seen in (
        OutboxSeen(2, NOW, destination=folder),
        OutboxSeen(7, NOW, ProgramFault("x"), given_up=1, destination=webhook),
        OutboxSeen(0, None, destination=folder),
        OutboxSeen(5, NOW, destination=webhook),
    ):
        window.hear(seen)
        said.append((window.header._outbox.text(), window.header._outbox.objectName()))
    assert said == [("unsent: 2", "small"), ("unsent: 9", "amber"), ("unsent: 7", "amber"), ("unsent: 5", "small")]


def test_the_demo_says_so_in_the_header(window: MainWindow) -> None:
    header = WindowHeader(station="demo", operator="demo", demo=True, parent=window)
    header.reword("en")
    assert not header._demo_sign.isHidden()
    assert header._demo_sign.text() == "DEMO: every label is marked TEST and binds nothing"
    header.deleteLater()
    assert window.header._demo_sign.isHidden()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_eight_pages_and_a_long_name_fit_the_smallest_screen(window: MainWindow, language: str) -> None:
    window._speak_in(language)
    for happening in EVERY_HAPPENING:
        window.hear(happening)
    window.hear(on_duty(OPERATOR))
    window._speak_in(language)
    window.resize(1024, 768)
    assert (window.width(), window.height()) == (1024, 768)
    header = {label for label in cut(window) if label in [tab.text() for tab in window.header.tabs._tabs.values()]}
    assert header == set()


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_stirring_is_told_once_a_second_at_most() -> None:
    clock, told = Clock(), list[float]()
    stirring, window = Stirring(lambda: told.append(clock.now), clock), QObject()
    for now in (100.0, 100.2, 100.99, 101.0, 101.5, 130.0):
        clock.now = now
        assert stirring.eventFilter(window, QEvent(QEvent.Type.KeyPress)) is False, "it only looks on"
    assert told == [100.0, 101.0, 130.0]


def test_only_hands_stir(qapp: QObject) -> None:
    told: list[int] = []
    stirring, window = Stirring(lambda: told.append(1)), QObject()
    for kind in (QEvent.Type.MouseMove, QEvent.Type.Paint, QEvent.Type.Timer, QEvent.Type.KeyRelease):
        stirring.eventFilter(window, QEvent(kind))
    assert told == []


@pytest.mark.parametrize("with_what", ["key", "touch"])
def test_a_key_or_a_touch_anywhere_puts_the_lock_off(bench: Bench, with_what: str) -> None:
    window = bench.window
    window._stirring._told = None
    if with_what == "key":
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    else:
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    assert bench.people.stirrings == 1
