"""The devices page on a real station: a reader is tried beside the line, on another port, with every byte in sight."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.gui.devices_page import DevicesPage
from gizqr_station.gui.devices_state import TrialSeen
from gizqr_station.gui.page_tabs import Page
from gizqr_station.gui.station_state import Band
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged
from gizqr_station.settings.store import load, write_commented
from gizqr_station.workflows.device_happenings import PortsSeen
from tests.end_to_end.line import Surroundings, surroundings
from tests.end_to_end.window import WindowOnLine

MAC = "00911f500047"
OTHER_MAC = "00911f500048"


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    with surroundings(tmp_path) as made:
        yield made


@pytest.fixture
def bench_device(tmp_path: Path) -> Iterator[SimulatedDevice]:
    """On a port that no slot has."""
    with SimulatedDevice(tmp_path / "free") as device:
        yield device


@contextlib.contextmanager
def opened(qtbot: QtBot, around: Surroundings) -> Iterator[WindowOnLine]:
    settings = around.settings()
    write_commented(around.folder.settings_file, settings)
    line = WindowOnLine(qtbot, around, settings)
    try:
        line.wait_for(Band.WAITING)
        line.window.open_page(Page.DEVICES)
        line.wait(lambda: line.window.devices.state.ports is not None and bool(line.window.devices.state.readers))
        yield line
    finally:
        line.close()


def choose(line: WindowOnLine, device: SimulatedDevice, reader: str) -> DevicesPage:
    """A port that only this test can see is pressed, and a reader."""
    page = line.window.devices
    line.window.hear(PortsSeen((SerialPort(str(device.link)),)))
    page._choose_port(str(device.link))
    page._choose_reader(reader, 0)
    return page


def click(widget: QWidget) -> None:
    QCoreApplication.processEvents()
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def trial(page: DevicesPage) -> TrialSeen:
    assert page.state.trial is not None
    return page.state.trial


def test_a_reader_is_tried_while_the_line_goes_on(
    qtbot: QtBot, around: Surroundings, bench_device: SimulatedDevice
) -> None:
    with opened(qtbot, around) as line:
        page = choose(line, bench_device, "gagent")
        bench_device.plug(Plugged(OTHER_MAC))
        click(page._try._go)
        line.wait(lambda: trial(page).ended)
        reading = trial(page).reading
        assert reading is not None, trial(page).failure
        assert (str(reading.identity), page._try._result._identity.text()) == (OTHER_MAC, "00:91:1F:50:00:48")
        shown = page._try.wire.toPlainText()
        assert ("→" in shown, "←" in shown) == (True, True)
        click(page._try._keep)
        line.wait(lambda: page.state.log_kept is not None)
        kept = page.state.log_kept
        assert kept is not None
        assert "→" in Path(kept.path).read_text("utf-8")
        assert kept.path in page._try._note.text()

        line.plug(MAC)
        line.wait_for(Band.SCAN_BACK)
        assert around.printer.wait_for(1, 10.0)
        assert not around.printer.wait_for(2, 0.2), "a trial prints nothing"


def test_a_trial_waits_for_its_device_and_is_stopped(
    qtbot: QtBot, around: Surroundings, bench_device: SimulatedDevice
) -> None:
    with opened(qtbot, around) as line:
        page = choose(line, bench_device, "gagent")
        click(page._try._go)
        line.wait(lambda: trial(page).begun)
        click(page._try._go)
        line.wait(lambda: trial(page).ended)
        assert (trial(page).reading, trial(page).failure) == (None, None)


def test_the_slots_own_port_is_not_tried(qtbot: QtBot, around: Surroundings) -> None:
    with opened(qtbot, around) as line:
        page = choose(line, around.device, "gagent")
        click(page._try._go)
        line.wait(lambda: trial(page).ended)
        assert getattr(trial(page).failure, "code", "") == "E-DEV-18"
        line.plug(MAC)
        line.wait_for(Band.SCAN_BACK)


def test_a_slot_is_added_and_there_at_the_next_start(
    qtbot: QtBot, around: Surroundings, bench_device: SimulatedDevice
) -> None:
    with opened(qtbot, around) as line:
        page = choose(line, bench_device, "at-cgsn")
        click(page._try._uses[1])
        line.wait(lambda: not page.state.saving)
        assert (page.state.changed, page._said.isVisible()) == (True, True)
        assert len(line.window.page.state.slots) == 1
    first, second = load(around.folder.settings_file).slot_configs()
    assert first.port == PortName.parse(str(around.device.link))
    assert (second.port, second.reader) == (PortName.parse(str(bench_device.link)), "at-cgsn")
