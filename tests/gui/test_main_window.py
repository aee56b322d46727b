"""Pages and keys: a scan goes to the line whatever is looked at, and no key acts on a page that is not seen."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from gizqr_station.domain.line_failures import WrongLabel
from gizqr_station.domain.printer_failures import PrinterStalled, RollEnded
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.devices_behind import DevicesBehind
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.printers_behind import PrintersBehind
from gizqr_station.gui.tokens import Tone
from gizqr_station.workflows.happenings import (
    DeviceRead,
    HealthSeen,
    Part,
    PrintersKnown,
    QueueSeen,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    UnitRefused,
)
from tests.fake_bench import MAC, NOW, reading_of
from tests.gui.heard import Bench, HeardDesk, HeardDevices, HeardLine
from tests.gui.samples import JOB, PRINTERS, ZEBRA, waiting

CODE = "ACCF232BE530"


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    bench.window.hear(PrintersKnown(PRINTERS, "zebra"))
    return bench.window


def scan(window: MainWindow, text: str) -> None:
    """A scanner's keys, as they arrive at the native window."""
    handle = window.windowHandle()
    for number, letter in enumerate([*text, "\r"]):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(1000 + 8 * number)
            QCoreApplication.sendEvent(handle, event)


def test_pages_are_opened_with_keys_and_with_clicks(window: MainWindow) -> None:
    seen = [(window.shown, window.page.isVisible(), window.printers.isVisible())]
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, None):
        if key is None:
            QTest.mouseClick(window.header.tabs._tabs[Page.PRINTERS], Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        seen.append((window.shown, window.page.isVisible(), window.printers.isVisible()))
    assert seen == [(Page.STATION, True, False), (Page.PRINTERS, False, True)] * 2


@pytest.mark.parametrize("page", Page)
def test_every_page_has_a_key_and_a_tab_with_its_title(window: MainWindow, page: Page) -> None:
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_1 + page.value), Qt.KeyboardModifier.ControlModifier)
    assert (window.shown, window._page_of[page].isVisible()) == (page, True)
    assert window.header.tabs._tabs[page].text() == window._page_of[page].title
    assert window.header.tabs._tabs[page].isChecked()


def test_a_key_of_no_page_opens_none(window: MainWindow) -> None:
    for key in (Qt.Key.Key_0, Qt.Key.Key_9):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.shown is Page.STATION


def test_the_tab_of_the_printers_counts_the_labels_that_wait_for_somebody(window: MainWindow) -> None:
    window.hear(QueueSeen((waiting(1, reason="E-PRN-04"), waiting(2))))
    assert window.header.tabs._tabs[Page.PRINTERS].text() == "Printers (1)"


def test_pages_are_opened_with_keys_even_while_somebody_types(window: MainWindow) -> None:
    window.open_page(Page.PRINTERS)
    window.printers._edit()
    name = window.printers._editor.fields.name
    QTest.keyClick(name, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert (window.shown, name.text()) == (Page.STATION, "zebra")


@pytest.mark.parametrize("page", [page for page in Page if page is not Page.RECORDS])
def test_a_scan_goes_to_the_line_whatever_is_looked_at(window: MainWindow, line: HeardLine, page: Page) -> None:
    window.open_page(page)
    scan(window, CODE)
    assert line.calls == [CODE]


def test_a_scan_never_lands_in_a_field_nor_presses_a_button(window: MainWindow, line: HeardLine) -> None:
    window.open_page(Page.PRINTERS)
    window.printers._edit()
    name = window.printers._editor.fields.name
    name.setFocus()
    scan(window, CODE)
    window.printers._leave()
    window.printers._card._test.setFocus()
    scan(window, "4 4 4 4 4 4")
    assert (line.calls, window.printers._editor.fields.name.text()) == ([CODE, "4 4 4 4 4 4"], "zebra")
    assert not window.printers.state.asked


def test_keys_that_act_on_a_label_do_nothing_where_the_label_is_not_seen(window: MainWindow, line: HeardLine) -> None:
    window.hear(HealthSeen(Part.PRINTER, RollEnded("zebra"), "zebra", NOW))
    window.hear(DeviceRead(reading_of(MAC)))
    window.hear(ScanBackDue(JOB))
    window.open_page(Page.PRINTERS)
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F5, Qt.Key.Key_F9) * 2:
        QTest.keyClick(window, key)
    assert line.calls == []
    window.open_page(Page.STATION)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.page._no_label.armed
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert line.calls == [JOB.id]


def test_elsewhere_a_strip_says_how_the_line_is_and_leads_back(window: MainWindow) -> None:
    assert not window._strip.isVisible()
    window.open_page(Page.PRINTERS)
    window.hear(DeviceRead(reading_of(MAC)))
    window.hear(ScanBackDue(JOB))
    assert window._strip.accessibleName().startswith("Scan label.")
    window.hear(ScanRefused(WrongLabel("a", "b")))
    words = window._strip.words
    assert words is not None
    assert (words.tone, words.word) == (Tone.STOP, "Wrong label")
    assert "See below" not in words.line, "nothing of it stands below on this page"
    QTest.mouseClick(window._strip, Qt.MouseButton.LeftButton)
    assert (window.shown, window._strip.isVisible()) == (Page.STATION, False)


def test_the_strip_says_why_a_unit_was_refused(window: MainWindow) -> None:
    window.open_page(Page.PRINTERS)
    window.hear(UnitRefused(RollEnded("zebra"), reading_of(MAC), None, 5.0))
    assert "roll in zebra has ended" in window._strip.accessibleName()
    assert "press F9 twice. Ctrl+1: station page" in window._strip.accessibleName()


def test_where_the_strip_names_a_key_it_says_where_the_key_acts(window: MainWindow) -> None:
    window.open_page(Page.PRINTERS)
    window.hear(DeviceRead(reading_of(MAC)))
    assert not window._strip._hint.isVisible()
    window.hear(SettlementDue(JOB, PrinterStalled("zebra", 1, 2, 1.0)))
    assert "F8" in window._strip._line.text()
    assert (window._strip._hint.isVisible(), window._strip._hint.text()) == (True, "Ctrl+1: station page")


def press_enter(window: MainWindow, at_ms: int) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    event.setTimestamp(at_ms)
    QCoreApplication.sendEvent(window.windowHandle(), event)
    window._router._end()


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, desk: HeardDesk) -> None:
    window.open_page(Page.PRINTERS)
    window.printers._card._test.setFocus()
    press_enter(window, 9000)
    assert desk.calls == [("test_label", "zebra")]


def test_the_enter_of_a_scan_that_was_too_short_presses_nothing(window: MainWindow, desk: HeardDesk) -> None:
    window.open_page(Page.PRINTERS)
    window.printers._card._test.setFocus()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier, "4")
    event.setTimestamp(8950)
    QCoreApplication.sendEvent(window.windowHandle(), event)
    press_enter(window, 9000)
    assert desk.calls == []


def test_what_is_pressed_before_the_station_is_open_is_for_nobody() -> None:
    behind, desk = PrintersBehind(), HeardDesk()
    behind.shown(True)
    behind.test_label("zebra")
    behind.open(desk)
    assert (desk.calls, desk.visible) == ([], [True]), "that somebody looks is told as soon as there is a desk"
    behind.close()
    behind.test_label("zebra")
    assert desk.calls == []


def test_everything_that_is_pressed_is_passed_on() -> None:
    behind, desk = PrintersBehind(), HeardDesk()
    behind.open(desk)
    behind.look_for_printers()
    behind.look_at("a")
    behind.save(ZEBRA, "a")
    behind.remove("a")
    behind.use_for_line("a")
    behind.test_label("a")
    behind.calibrate("a")
    behind.hold(1)
    behind.release(2)
    behind.cancel(3)
    behind.move(4, "b")
    assert desk.calls == [
        ("look_for_printers",),
        ("look_at", "a"),
        ("save", ZEBRA, "a"),
        ("remove", "a"),
        ("use_for_line", "a"),
        ("test_label", "a"),
        ("calibrate", "a"),
        ("hold", 1),
        ("release", 2),
        ("cancel", 3),
        ("move", 4, "b"),
    ]


def test_what_the_devices_page_asks_is_passed_on_while_there_is_a_station() -> None:
    behind, desk, slots = DevicesBehind(), HeardDevices(), (SlotConfig(1, "", None),)
    behind.shown(True)
    behind.stop_trial()
    behind.open(desk)
    behind.try_reader("COM7", "gagent", 9600)
    behind.stop_trial()
    behind.keep_log()
    behind.save_slots(slots)
    assert desk.visible == [True], "that somebody looks is told as soon as there is a desk"
    behind.close()
    behind.keep_log()
    behind.shown(False)
    assert desk.calls == [("try_reader", "COM7", "gagent", 9600), ("stop_trial",), ("keep_log",), ("save_slots", slots)]
    assert desk.visible == [True]
