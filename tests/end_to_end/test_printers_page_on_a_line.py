"""The printers page on a real line: what is pressed on it reaches the printer, the settings and the line."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.gui.form_field import Mark
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.printer_draft import Field
from gizqr_station.gui.printers_page import PrintersPage
from gizqr_station.gui.printers_state import Pane
from gizqr_station.gui.station_state import Band
from gizqr_station.settings.store import load, write_commented
from tests.end_to_end.line import surroundings
from tests.end_to_end.window import WindowOnLine
from tests.fake_bench import WAIT_S

MAC = "00911f500047"
OTHER_MAC = "00911f500048"


@pytest.fixture
def line(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowOnLine]:
    monkeypatch.setattr("gizqr_station.gui.confirm_button.CONFIRM_NOT_BEFORE_MS", 0)
    with surroundings(tmp_path) as around:
        write_commented(around.folder.settings_file, around.settings())
        line = WindowOnLine(qtbot, around, load(around.folder.settings_file))
        try:
            line.wait_for(Band.WAITING)
            line.window.open_page(Page.PRINTERS)
            line.wait(lambda: line.window.printers.state.printer is not None)
            yield line
        finally:
            line.close()


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def page_of(line: WindowOnLine) -> PrintersPage:
    return line.window.printers


def status(line: WindowOnLine) -> Callable[[], str]:
    return page_of(line)._card._status.accessibleName


def test_the_lines_printer_is_looked_at_without_being_asked(line: WindowOnLine) -> None:
    line.wait(lambda: status(line)().startswith("Ready: the printer says so."))
    assert page_of(line)._card._chip.isVisible()


def test_a_test_label_comes_out_and_its_outcome_is_said(line: WindowOnLine) -> None:
    page = page_of(line)
    click(page._card._test)
    line.wait(lambda: page.state.done is not None)
    assert page.state.done is not None
    assert (page.state.done.failure, page.state.done.outcome) == (None, PrintOutcome.CONFIRMED)
    assert line.around.printer.wait_for(1, WAIT_S)
    assert page._card._answer.accessibleName() == "The printer reports the test label out."


def test_an_address_where_nothing_is_is_explained_at_its_field_and_can_be_put_right(line: WindowOnLine) -> None:
    page = page_of(line)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    click(page._card._edit)
    right = page._editor.fields.address.text()
    page._editor.fields.address.setText(f"tcp://127.0.0.1:{port}")
    click(page._editor._save)
    line.wait(lambda: page.state.pane is Pane.LOOK)
    line.wait(lambda: "cannot be reached" in status(line)())
    assert page._card._facts[Field.ADDRESS].mark is Mark.LOOK
    click(page._card._edit)
    assert page._editor.fields.fields[Field.ADDRESS].mark is Mark.LOOK
    page._editor.fields.address.setText(right)
    click(page._editor._save)
    line.wait(lambda: status(line)().startswith("Ready"))


def test_a_second_printer_is_added_by_its_address_and_used_by_the_line(line: WindowOnLine) -> None:
    page, folder = page_of(line), line.around.folder
    labels = folder.root / "elsewhere"
    labels.mkdir()
    click(page._add)
    page._found._address.setText(f"file:{labels}")
    click(page._found._take)
    page._editor.fields.name.setText("a folder")
    click(page._editor._save)
    line.wait(lambda: page.state.pane is Pane.LOOK)
    line.wait(lambda: page.state.chosen == "a folder")
    click(page._card._use)
    line.wait(lambda: page.state.line_printer == "a folder")
    settings = load(folder.settings_file)
    assert (settings.station.printer, [each.name for each in settings.printers]) == ("a folder", ["zebra", "a folder"])
    line.window.open_page(Page.STATION)
    line.plug(MAC)
    line.wait(lambda: any(labels.iterdir()))
    assert not line.around.printer.printed


def test_an_ended_roll_stops_the_line_until_f9_was_pressed_twice(line: WindowOnLine) -> None:
    page = page_of(line)
    supplies = page._card._supplies
    click(supplies._changes[SupplyKind.LABELS])
    supplies._full.setValue(1)
    supplies._warn.setValue(0)
    click(supplies._do)
    line.wait(lambda: "1 labels" in page._list.rows[0].accessibleName())
    line.window.open_page(Page.STATION)
    line.plug(MAC)
    line.wait_for(Band.SCAN_BACK)
    line.scan(line.around.scanned_from_paper(1))
    line.wait_for(Band.VERIFIED)
    line.around.device.unplug()
    line.wait_for(Band.WAITING)
    line.plug(OTHER_MAC)
    line.wait_for_failure("E-PRN-29")
    assert len(line.around.printer.printed) == 1, "not even half a label"
    assert line.window.page._new_roll.isVisible()
    line.press(Qt.Key.Key_F9)
    line.press(Qt.Key.Key_F9)
    line.wait_for(Band.SCAN_BACK)
    line.scan(line.around.scanned_from_paper(2))
    line.wait_for(Band.VERIFIED)


def test_a_scan_counts_while_settings_are_typed(line: WindowOnLine) -> None:
    line.plug(MAC)
    line.wait_for(Band.SCAN_BACK)
    click(page_of(line)._card._edit)
    page_of(line)._editor.fields.name.setFocus()
    line.scan(line.around.scanned_from_paper(1))
    line.wait_for(Band.VERIFIED)
    assert page_of(line)._editor.fields.name.text() == "zebra"
    assert line.window._strip.accessibleName().startswith("Verified")
