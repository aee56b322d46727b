"""The station's page with several slots: a lamp each, and no doubt about which device a label belongs to."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gizqr_station.domain.identity import Imei
from gizqr_station.domain.job import JobState
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.line_failures import WrongLabel
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.icons import icon_pixmap
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.slot_lamps import SlotLamp
from gizqr_station.gui.slot_words import lamp_words
from gizqr_station.gui.slots_state import SlotsState, after
from gizqr_station.gui.tokens import LAMP_LEAST_TEXT, Tone
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeviceRead,
    Happening,
    HealthSeen,
    JobChanged,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import NOW, reading_of
from tests.gui.cut_words import cut
from tests.gui.heard import Bench, a_bench
from tests.gui.samples import IMAGE
from tests.gui.test_slots_state import FREE, at, done, due, job, mac, read, refused

NAMES = ("left jig", "right jig", "", "QA table")
SLOTS = tuple(SlotConfig(at, name, PortName.parse(f"hub:1-1.{at}")) for at, name in enumerate(NAMES, start=1))


@pytest.fixture(scope="module")
def shared_slots(qapp: QApplication) -> Iterator[Bench]:
    load_fonts(qapp)
    with a_bench(slots=SLOTS) as bench:
        yield bench


@pytest.fixture
def four(shared_slots: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr("gizqr_station.gui.confirm_button.CONFIRM_NOT_BEFORE_MS", 0)
    shared_slots.begin_again()
    hear(shared_slots.window, *FREE)
    return shared_slots


def hear(window: MainWindow, *happenings: Happening) -> None:
    for happening in happenings:
        window.hear(happening)


def lamps(window: MainWindow) -> list[SlotLamp]:
    return list(window.page._lamps.lamps)


def said(window: MainWindow) -> list[str]:
    return [lamp.accessibleName() for lamp in lamps(window)]


def tones(window: MainWindow) -> list[Tone]:
    return [lamp.words.tone for lamp in lamps(window) if lamp.words is not None]


def test_with_one_slot_there_are_no_lamps(window: MainWindow) -> None:
    assert not window.page._lamps.isVisible()
    hear(window, *due(1))
    assert window.page._band.accessibleName() == "Scan label. Stick the label on this device, then scan it."


def test_each_slot_has_a_lamp_that_says_its_number_name_state_and_device(four: Bench) -> None:
    hear(four.window, *due(3), *read(1), *at(1, TurnAwaited(3)), *refused(4), *read(2))
    assert said(four.window) == [
        "1 left jig, Queued, 50:00:01",
        "2 right jig, Working, 50:00:02",
        "3, Scan label, 50:00:03",
        "4 QA table, Stop, 50:00:04",
    ]
    assert tones(four.window) == [Tone.CALM, Tone.CALM, Tone.ACT, Tone.STOP]


def test_the_band_names_the_slot_whose_device_is_meant(four: Bench) -> None:
    window = four.window
    hear(window, *due(1))
    assert window.page._band.accessibleName() == (
        "1: Scan label. Stick the label on the device in slot 1 left jig, then scan it."
    )
    hear(window, *at(1, ScanRefused(WrongLabel("a", "b"))))
    assert "1: Wrong label. This label is not that of the device in slot 1 left jig." in said_by_band(window)
    hear(window, *done(1))
    assert "Take the device out of slot 1 left jig." in said_by_band(window)
    hear(window, *read(3), *at(3, SettlementDue(job(3), None, IMAGE)))
    assert said_by_band(window) == ("3: Check label. Slot 3: did the label come out? Scan it. If not, press F8 twice.")
    hear(window, *done(3), *read(2), *at(2, TurnAwaited(4)))
    window.page._calm_down()
    assert said_by_band(window) == "2: Queued. Its label is ready; that of slot 4 comes first."


def said_by_band(window: MainWindow) -> str:
    return window.page._band.accessibleName()


def test_a_label_that_replaces_another_one_is_named_with_its_slot(four: Bench) -> None:
    again = replace(job(2), draft=replace(job(2).draft, revision=1))
    hear(four.window, *read(2), *at(2, JobChanged(again), ScanBackDue(again)))
    assert "Stick only the label marked R1 on the device in slot 2 right jig" in said_by_band(four.window)


def test_while_all_are_free_no_lamp_stands_out(four: Bench) -> None:
    assert said_by_band(four.window) == "Ready. Put the next device into a free slot."
    assert [lamp.words.shown for lamp in lamps(four.window) if lamp.words] == [False] * 4
    hear(four.window, *due(2))
    assert [lamp.words.shown for lamp in lamps(four.window) if lamp.words] == [False, True, False, False]


def test_a_lamp_is_green_for_a_moment_and_then_says_what_to_do(qtbot: QtBot, four: Bench) -> None:
    window = four.window
    window.page._good.setInterval(60)
    hear(window, *due(1), *done(1))
    assert (tones(window)[0], said(window)[0]) == (Tone.GOOD, "1 left jig, Verified, 50:00:01")
    qtbot.waitUntil(lambda: tones(window)[0] is Tone.CALM)
    assert said(window)[0] == "1 left jig, Take out, 50:00:01"
    window.page._good.setInterval(1500)


def test_no_moment_of_green_is_made_longer_by_what_happens_meanwhile(four: Bench) -> None:
    window = four.window
    hear(window, *due(1), *done(1))
    assert window.page._good.isActive()
    window.page._good.stop()
    hear(window, HealthSeen(Part.PRINTER, None, "zebra", NOW), *read(2), *at(1, WaitingForDevice()), *read(3))
    assert not window.page._good.isActive(), "it would begin again with each of them"


def test_a_lamp_that_is_pressed_shows_its_slot_until_hands_are_needed_elsewhere(four: Bench) -> None:
    window = four.window
    hear(window, *due(1), *refused(4))
    QTest.mouseClick(lamps(window)[3], Qt.MouseButton.LeftButton)
    assert said_by_band(window).startswith("4: Stop.")
    assert window.page._retry.isEnabled()
    hear(window, *done(1), *due(2))
    assert said_by_band(window).startswith("2: Scan label.")


def test_f5_is_about_the_slot_that_is_shown(four: Bench) -> None:
    hear(four.window, *refused(4))
    QTest.keyClick(four.window, Qt.Key.Key_F5)
    assert four.line.calls == [("again", 4)]


def test_f8_is_about_the_label_that_is_shown_and_a_first_press_is_forgotten_when_another_slot_is(four: Bench) -> None:
    window, line = four.window, four.line
    hear(window, *refused(4), *due(1))
    QTest.keyClick(window, Qt.Key.Key_F8)
    button = window.page._no_label
    seen = [(button.armed, button.isEnabled())]
    for lamp in (3, 0):
        QTest.mouseClick(lamps(window)[lamp], Qt.MouseButton.LeftButton)
        seen.append((button.armed, button.isEnabled()))
    assert seen == [(True, True), (False, False), (False, True)]
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_F8)
    assert line.calls == [job(1).id]


def test_two_labels_that_may_be_declared_unusable_are_never_mixed_up(four: Bench) -> None:
    """Two units that were handed over without a scan back: a press for one must not count for the other."""
    window, line = four.window, four.line
    hear(window, *read(1), *at(1, UnitDone(job(1))), *read(2), *at(2, UnitDone(job(2))))
    QTest.mouseClick(lamps(window)[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.mouseClick(lamps(window)[1], Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert line.calls == []
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert line.calls == [job(2).id]


def test_on_other_pages_the_strip_names_the_slot(four: Bench) -> None:
    four.window.open_page(Page.PRINTERS)
    hear(four.window, *due(3))
    assert four.window._strip.accessibleName().startswith("3: Scan label. Stick the label on the device in slot 3")


def test_lamps_are_pressed_with_the_keyboard_too(four: Bench) -> None:
    hear(four.window, *due(1), *refused(4))
    lamps(four.window)[3].setFocus()
    QTest.keyClick(lamps(four.window)[3], Qt.Key.Key_Space)
    assert said_by_band(four.window).startswith("4: Stop.")


def test_every_lamp_is_understood_without_its_colour() -> None:
    state = SlotsState(SLOTS)
    seen: set[tuple[str, str]] = set()
    stories: list[list[Happening]] = [[], [*FREE], due(1), [*due(1), *done(1)], refused(1), refused(1, retry_s=5.0)]
    stories += [[*read(1)], [*read(1), *at(1, TurnAwaited(2))], [*read(1), *at(1, SettlementDue(job(1), None))]]
    stories += [[*due(1), *at(1, ScanRefused(WrongLabel("a", "b")))], [*read(1), *at(1, UnitDone(job(1)))]]
    for story in stories:
        now = state
        for happening in story:
            now = after(now, happening)
        words = lamp_words(now, SLOTS[0])
        seen.add((words.icon, words.word))
        assert not icon_pixmap(words.icon, "#000000", 24).isNull()
    assert len(seen) == len(stories)


def test_a_cellular_device_is_told_by_its_last_six_digits() -> None:
    state = after(SlotsState(SLOTS), AtSlot(1, DeviceRead(reading_of(Imei("861193040496508")))))
    assert lamp_words(state, SLOTS[0]).ending == "496508"


def test_of_a_verified_device_that_was_scanned_nothing_is_taken_out() -> None:
    verified = replace(job(1), state=JobState.VERIFIED)
    state = SlotsState((SlotConfig(1, "", None), SlotConfig(2, "", None)))
    for happening in at(1, UnitDone(verified)):
        state = after(state, happening)
    assert lamp_words(replace(state, fresh=0), state.slots[0]).word == "Verified"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
@pytest.mark.parametrize("count", [2, 4, 8])
def test_the_page_fits_the_screen_with_as_many_slots(
    qtbot: QtBot, size: tuple[int, int], count: int, language: str
) -> None:
    slots = tuple(SlotConfig(number, "left jig", PortName.parse("COM7")) for number in range(1, count + 1))
    twice = AlreadyLabelled("00:91:1F:50:00:02", NOW, "bench-2", "L-000093", "verified")
    with a_bench(language, slots) as bench:
        window = bench.window
        window.resize(*size)
        hear(window, *(AtSlot(slot.number, WaitingForDevice()) for slot in slots), *due(1))
        hear(window, *read(2), *at(2, UnitRefused(twice, reading_of(mac(2)))))
        for wrong in (False, True):
            if wrong:
                hear(window, *at(1, ScanRefused(WrongLabel("00:91:1F:50:00:01", "00:91:1F:50:00:02"))))
            qtbot.waitUntil(lambda: cut(window) == [])
            assert (window.width(), window.height()) == size
            assert [lamp.words.word for lamp in lamps(window) if lamp.words and not word_fits(lamp)] == []
            unit = window.page._unit
            assert unit.height() >= unit.minimumSizeHint().height()


def word_fits(lamp: SlotLamp) -> bool:
    assert lamp.words is not None
    font = lamp._font(lamp.words.word, LAMP_LEAST_TEXT, 10, bold=True)
    return QFontMetrics(font).horizontalAdvance(lamp.words.word) <= lamp.width() - 20


def test_every_control_has_a_name(four: Bench) -> None:
    hear(four.window, *due(1))
    assert all(button.accessibleName() for button in four.window.findChildren(QPushButton))


def test_a_scan_goes_to_the_lines_whatever_slot_is_pressed(four: Bench) -> None:
    QTest.mouseClick(lamps(four.window)[2], Qt.MouseButton.LeftButton)
    four.window._scanned("ACCF232BE530")
    assert four.line.calls == ["ACCF232BE530"]
