"""The page as a whole: green is a moment, presses go to the line, and every control has a name."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import JobState
from gizqr_station.domain.line_failures import CommandUnknown
from gizqr_station.domain.printer_failures import MediaOut, RibbonEnded, RibbonLow, RollEnded, RollLow
from gizqr_station.domain.scan_failures import StillOpening
from gizqr_station.domain.settings_failures import SettingMissing
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.tokens import GOOD_FOR_MS, Tone
from gizqr_station.workflows.happenings import (
    DeskDone,
    DeskWork,
    DeviceRead,
    Happening,
    HealthSeen,
    JobChanged,
    LabelDrawn,
    LabelKnown,
    LineStopped,
    Part,
    ScanBackDue,
    ScanRefused,
    Tally,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)
from tests.fake_bench import MAC, NOW, reading_of
from tests.gui.heard import HeardLine, a_bench
from tests.gui.samples import IMAGE, JOB

VERIFIED = replace(JOB, state=JobState.VERIFIED)
DUE: list[Happening] = [DeviceRead(reading_of(MAC)), LabelDrawn(IMAGE), JobChanged(JOB), ScanBackDue(JOB)]


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


def test_f8_twice_is_about_the_label_on_the_page_and_f5_tries_again(window: MainWindow, line: HeardLine) -> None:
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert line.calls == [], "there is nothing to say it about"
    hear(window, *DUE)
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(window, Qt.Key.Key_F8)
    hear(window, UnitRefused(ServiceUnreachable("qr"), reading_of(MAC), None, 5.0))
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert line.calls == [JOB.id, ("again", 1)]


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


ROLL_TROUBLE = [
    (RollEnded("zebra"), SupplyKind.LABELS, "F9  New roll"),
    (RollLow("zebra", 20), SupplyKind.LABELS, "F9  New roll"),
    (RibbonEnded("zebra"), SupplyKind.RIBBON, "F9  New ribbon"),
    (RibbonLow("zebra", 20), SupplyKind.RIBBON, "F9  New ribbon"),
]


@pytest.mark.parametrize(("failure", "kind", "words"), ROLL_TROUBLE, ids=lambda part: str(part))
@pytest.mark.parametrize("as_warning", [True, False])
def test_f9_twice_says_that_a_roll_was_changed_while_one_ends(
    window: MainWindow,
    line: HeardLine,
    failure: Failure,
    kind: SupplyKind,
    words: str,
    as_warning: bool,
) -> None:
    broken, warning = (None, failure) if as_warning else (failure, None)
    hear(window, HealthSeen(Part.PRINTER, broken, "zebra", NOW, warning))
    button = window.page._new_roll
    assert (button.isVisible(), button.text()) == (True, words)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert (button.text().startswith("F9  Press again:"), line.calls) == (True, [])
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert line.calls == [kind]


def test_f9_means_nothing_while_every_roll_is_full(window: MainWindow, line: HeardLine) -> None:
    hear(window, HealthSeen(Part.PRINTER, MediaOut("zebra"), "zebra", NOW), *DUE)
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F9)
    assert (window.page._new_roll.isVisible(), window.page._new_roll.armed, line.calls) == (False, False, [])


def test_a_first_f9_is_forgotten_when_the_roll_is_full_again(window: MainWindow) -> None:
    hear(window, HealthSeen(Part.PRINTER, None, "zebra", NOW, RollLow("zebra", 20)))
    QTest.keyClick(window, Qt.Key.Key_F9)
    hear(window, HealthSeen(Part.PRINTER, None, "zebra", NOW))
    assert not window.page._new_roll.armed


def test_a_unit_that_was_refused_for_an_ended_roll_offers_f9_at_once(window: MainWindow) -> None:
    hear(window, UnitRefused(RollEnded("zebra"), reading_of(MAC), None, 5.0))
    assert window.page._new_roll.isVisible()
    hear(window, WaitingForDevice())
    assert not window.page._new_roll.isVisible(), "an older unit's failure says nothing of the roll now"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_the_page_fits_the_screen_even_with_the_roll_button(qtbot: QtBot, size: tuple[int, int], language: str) -> None:
    with a_bench(language) as bench:
        window = bench.window
        window.resize(*size)
        hear(window, *DUE, HealthSeen(Part.PRINTER, RollEnded("Zebra ZD421"), "Zebra ZD421", NOW))
        hear(window, UnitRefused(RollEnded("Zebra ZD421"), reading_of(MAC), None, 5.0))
        least = window.minimumSizeHint()
        assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)
        assert (window.width(), window.height()) == size


@pytest.mark.parametrize("failure", [RollEnded("zebra"), RibbonEnded("zebra")], ids=["roll", "ribbon"])
def test_a_roll_that_has_ended_waits_for_a_person(window: MainWindow, failure: Failure) -> None:
    hear(window, UnitRefused(failure, reading_of(MAC), None, 2.0))
    words = window.page._band.words
    assert words is not None
    assert (words.tone, "F9" in words.line, "by itself" in words.line) == (Tone.ACT, True, False)
    hear(window, DeskDone(DeskWork.NEW_ROLL, "zebra"))
    assert tone(window) is Tone.ATTENTION, "now the station does go on by itself"


def test_a_roll_command_is_answered_in_words(window: MainWindow) -> None:
    hear(window, WaitingForDevice(), DeskDone(DeskWork.NEW_ROLL, "zebra"))
    assert window.page._message.accessibleName() == "New roll in zebra: counted from full again."
    hear(window, DeviceRead(reading_of(MAC)))
    assert window.page._message.accessibleName() == "No message"


def test_a_scan_at_a_station_that_did_not_open_is_answered_and_the_reason_still_stands(window: MainWindow) -> None:
    hear(window, UnitRefused(SettingMissing("settings.toml", "product.key"), None), LineStopped())
    hear(window, ScanRefused(StillOpening("ACCF232BE530")))
    message = window.page._message
    assert "“ACCF232BE530” was scanned before the station was open." in message.accessibleName()
    assert "product.key" in message.accessibleName()
    assert "E-SET-06" in message._owner.text()


def test_a_refused_command_does_not_stand_under_green(window: MainWindow) -> None:
    hear(window, *DUE, UnitDone(VERIFIED))
    assert tone(window) is Tone.GOOD
    hear(window, ScanRefused(CommandUnknown("GIZQR:X")))
    assert tone(window) is not Tone.GOOD


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_on_a_narrow_screen_the_state_of_a_unit_is_whole(language: str) -> None:
    with a_bench(language) as bench:
        bench.window.resize(1024, 768)
        latest = tuple(replace(JOB, state=state, draft=replace(JOB.draft, test=True)) for state in JobState)
        hear(bench.window, Tally(1, 0, 0, 0, latest))
        QCoreApplication.processEvents()
        table = bench.window.page._tally._table
        assert table.isColumnHidden(0)
        assert table.columnWidth(3) >= table.sizeHintForColumn(3)
        assert sum(table.columnWidth(column) for column in (1, 2, 3)) <= table.viewport().width()
        assert table.columnWidth(2) >= table.fontMetrics().horizontalAdvance("L-000007")
