"""The labels that wait: each is looked at by a person, and none moves without one."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.print_queue_failures import JobHeld, QueueWaits
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.printer_words import when_words
from gizqr_station.gui.queue_panel import QueuePanel
from gizqr_station.workflows.happenings import DeskDone, DeskWork, HealthSeen, Part, PrintersKnown, QueueSeen
from tests.fake_bench import NOW
from tests.gui.heard import Bench, HeardDesk
from tests.gui.samples import PRINTERS, waiting

HELD = waiting(11, reason="station restarted")
FREE = waiting(12)
OF_THE_OFFICE = waiting(13, "office", reason="E-PRN-04", dpi=300)
QUEUE = QueueSeen((HELD, FREE, OF_THE_OFFICE))


@pytest.fixture
def window(bench: Bench) -> MainWindow:
    bench.window.open_page(Page.PRINTERS)
    bench.window.hear(PrintersKnown(PRINTERS, "zebra"))
    bench.window.hear(QUEUE)
    return bench.window


@pytest.fixture
def panel(window: MainWindow) -> QueuePanel:
    return window.printers._queue


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(panel: QueuePanel, row: int) -> None:
    table = panel._table
    item = table.item(row, 0)
    assert item is not None
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(item).center())


def cells(panel: QueuePanel, row: int) -> list[str]:
    items = [panel._table.item(row, column) for column in range(panel._table.columnCount())]
    return [item.text() for item in items if item is not None]


def test_each_job_says_whose_label_where_since_when_why_and_by_whom(panel: QueuePanel) -> None:
    job, device, serial, printer, since, state, by = cells(panel, 0)
    assert (job, device, serial, printer) == ("11", "00:91:1F:50:00:47", "L-000011", "zebra")
    assert since == when_words(NOW, datetime.now(UTC))
    assert (state, by) == ("held: from before the restart", "Li Wei")
    assert (cells(panel, 1)[5], cells(panel, 2)[5]) == ("waits", "held: no labels")


def test_the_tab_says_how_many_want_a_look(window: MainWindow) -> None:
    assert window.header.tabs._tabs[Page.PRINTERS].text() == "Printers (2)"
    window.hear(QueueSeen(()))
    assert window.header.tabs._tabs[Page.PRINTERS].text() == "Printers"


def test_labels_from_before_ask_to_be_looked_at(window: MainWindow, panel: QueuePanel) -> None:
    assert panel._line.text() == "Held: 2. Look at each, then release or cancel it."
    window.hear(HealthSeen(Part.PRINTER, None, "zebra", NOW, QueueWaits("zebra", 2)))
    assert panel._line.text() == "Waiting from before: 2. Look at each."


def test_only_the_chosen_one_is_released(panel: QueuePanel, desk: HeardDesk) -> None:
    choose(panel, 2)
    click(panel._release)
    assert desk.calls == [("release", 13)]


def test_a_second_press_before_the_answer_releases_nothing_more(
    window: MainWindow, panel: QueuePanel, desk: HeardDesk
) -> None:
    click(panel._release)
    click(panel._release)
    choose(panel, 2)
    click(panel._release)
    assert desk.calls == [("release", 11)]
    window.hear(DeskDone(DeskWork.QUEUE, "zebra", None, PrintOutcome.ACCEPTED))
    assert panel._line.text() == "The label was taken. When it is out, stick it on and scan it."
    click(panel._release)
    assert desk.calls == [("release", 11), ("release", 13)]


def test_a_waiting_one_can_be_held_and_a_held_one_released(panel: QueuePanel, desk: HeardDesk) -> None:
    assert (panel._release.isEnabled(), panel._hold.isEnabled()) == (True, False)
    choose(panel, 1)
    assert (panel._release.isEnabled(), panel._hold.isEnabled()) == (False, True)
    click(panel._hold)
    assert desk.calls == [("hold", 12)]


def test_cancelling_wants_two_presses_on_the_same_job(panel: QueuePanel, desk: HeardDesk) -> None:
    click(panel._cancel)
    choose(panel, 1)
    assert not panel._cancel.armed
    click(panel._cancel)
    assert desk.calls == []
    click(panel._cancel)
    assert desk.calls == [("cancel", 12)]


def test_when_the_chosen_job_goes_a_first_press_is_not_meant_for_the_next_one(
    window: MainWindow, panel: QueuePanel, desk: HeardDesk
) -> None:
    click(panel._cancel)
    window.hear(QueueSeen((FREE, OF_THE_OFFICE)))
    click(panel._cancel)
    assert desk.calls == []


def test_the_chosen_job_stays_chosen_wherever_it_stands(window: MainWindow, panel: QueuePanel, desk: HeardDesk) -> None:
    choose(panel, 2)
    window.hear(QueueSeen((HELD, OF_THE_OFFICE)))
    click(panel._release)
    assert desk.calls == [("release", 13)]


def test_a_label_is_moved_to_a_printer_of_its_own_resolution(panel: QueuePanel, desk: HeardDesk) -> None:
    click(panel._move)
    (other,) = panel._printers.rows
    assert other.accessibleName().startswith("Move label L-000011 to clone.")
    assert not panel._release.isEnabled()
    click(other)
    assert desk.calls == [("move", 11, "clone")]
    assert panel._table.isVisible()


def test_moving_can_be_left_again(panel: QueuePanel, desk: HeardDesk) -> None:
    click(panel._move)
    assert panel._move.text() == "Back"
    click(panel._move)
    assert (panel._table.isVisible(), desk.calls) == (True, [])


def test_a_label_that_no_other_printer_can_print_is_not_moved(panel: QueuePanel) -> None:
    choose(panel, 2)
    assert not panel._move.isEnabled()
    assert "resolution" in panel._move.toolTip()


def test_what_keeps_a_label_from_being_released_is_said(window: MainWindow, panel: QueuePanel) -> None:
    window.hear(DeskDone(DeskWork.QUEUE, "zebra", JobHeld(11, "x")))
    assert panel._line.text().startswith("Job 11 is held: x.")


def test_jobs_are_chosen_with_the_arrow_keys(panel: QueuePanel, desk: HeardDesk) -> None:
    panel._table.setFocus()
    QTest.keyClick(panel._table, Qt.Key.Key_Down)
    click(panel._hold)
    assert desk.calls == [("hold", 12)]
