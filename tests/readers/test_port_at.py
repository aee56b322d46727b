"""A port is found by its name, wherever it is plugged in."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import DeviceUnplugged, PortAmbiguous, PortMissing
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.stop import Stop
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.serial_line import open_line
from tests.readers.fake_ports import FakePorts

pytest.importorskip("termios")


@pytest.fixture
def terminals() -> Iterator[tuple[str, str]]:
    """Two real ports."""
    pairs = [os.openpty(), os.openpty()]
    yield os.ttyname(pairs[0][1]), os.ttyname(pairs[1][1])
    for master, slave in pairs:
        os.close(slave)
        os.close(master)


def test_a_path_means_itself_while_it_is_there(terminals: tuple[str, str], tmp_path: Path) -> None:
    assert PortAt.of(terminals[0]).device() == terminals[0]
    assert PortAt.of(str(tmp_path / "gone")).device() is None
    assert PortAt.of("loop://").device() == "loop://"
    assert PortAt.of(terminals[0]).label == terminals[0]


def test_a_lasting_name_is_found_where_it_is_plugged_in_now(terminals: tuple[str, str]) -> None:
    first, second = terminals
    ports = FakePorts(SerialPort(first, usb_serial="A1", hub="1-1"), SerialPort(second, usb_serial="B2", hub="1-2"))
    by_serial, by_place = PortAt.of("usb:a1", ports), PortAt.of("hub:1-1", ports)
    assert (by_serial.device(), by_place.device(), by_serial.label) == (first, first, "usb:a1")
    ports.now = (SerialPort(first, usb_serial="B2", hub="1-1"), SerialPort(second, usb_serial="A1", hub="1-2"))
    assert (by_serial.device(anew=True), by_place.device(anew=True)) == (second, first)
    ports.now = ()
    assert (by_serial.device(anew=True), by_place.device(anew=True)) == (None, None)


def test_many_looks_take_few_lists(terminals: tuple[str, str]) -> None:
    ports = FakePorts(SerialPort(terminals[0], usb_serial="A1"))
    port = PortAt.of("usb:A1", ports)
    assert {port.device() for _ in range(100)} == {terminals[0]}
    assert ports.asked < 20


def test_a_port_whose_file_is_gone_is_seen_before_the_next_list() -> None:
    master, slave = os.openpty()
    path = os.ttyname(slave)
    port = PortAt.of("usb:A1", FakePorts(SerialPort(path, usb_serial="A1")))
    assert port.device() == path
    os.close(slave)
    os.close(master)
    assert port.device() is None


def test_adapters_with_one_serial_number_are_ambiguous(terminals: tuple[str, str]) -> None:
    ports = FakePorts(*(SerialPort(each, usb_serial="0001") for each in terminals))
    port = PortAt.of("usb:0001", ports)
    for _ in range(2):
        with pytest.raises(PortAmbiguous) as caught:
            port.device()
        assert caught.value.devices == ", ".join(terminals)
        with pytest.raises(PortAmbiguous):
            open_line(port, 9600)


def test_an_open_port_is_left_when_its_name_moves_to_another_path(terminals: tuple[str, str]) -> None:
    first, second = terminals
    ports = FakePorts(SerialPort(first, usb_serial="A1"))
    line = open_line(PortAt.of("usb:A1", ports), 9600)
    ports.now = (SerialPort(second, usb_serial="A1"), SerialPort(first, usb_serial="B2"))
    with pytest.raises(DeviceUnplugged):
        any(line.receive() for _ in range(40))
    line.close()


def test_a_port_that_turns_out_to_be_another_ones_is_not_kept(terminals: tuple[str, str]) -> None:
    first, second = terminals
    ports = FakePorts(SerialPort(first, usb_serial="A1"))
    port = PortAt.of("usb:A1", ports)
    assert port.device() == first
    ports.now = (SerialPort(second, usb_serial="A1"), SerialPort(first, usb_serial="B2"))
    with pytest.raises(PortMissing):
        open_line(port, 9600)  # the list that it has is a moment old
    open_line(PortAt.of(first), 9600).close()


def test_just_before_printing_the_name_must_still_mean_the_port(terminals: tuple[str, str]) -> None:
    first, second = terminals
    ports = FakePorts(SerialPort(first, usb_serial="A1"))
    line = open_line(PortAt.of("usb:A1", ports), 9600)
    line.require_meant(Stop())
    ports.now = (SerialPort(second, usb_serial="A1"), SerialPort(first, usb_serial="B2"))
    with pytest.raises(DeviceUnplugged):
        line.require_meant(Stop())
    ports.now = (SerialPort(second, usb_serial="A1"), SerialPort(first, usb_serial="A1"))
    with pytest.raises(PortAmbiguous):
        line.require_meant(Stop())
    line.close()


def test_a_second_adapter_of_the_same_name_does_not_end_a_reading(terminals: tuple[str, str]) -> None:
    first, second = terminals
    ports = FakePorts(SerialPort(first, usb_serial="A1"))
    line = open_line(PortAt.of("usb:A1", ports), 9600)
    ports.now = (SerialPort(first, usb_serial="A1"), SerialPort(second, usb_serial="A1"))
    for _ in range(8):
        assert line.receive() == b""
    line.close()


def test_what_is_no_path_is_looked_up_in_the_list(terminals: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gizqr_station.readers.port_at.is_device_path", lambda _: False)  # as on Windows
    ports = FakePorts(SerialPort("COM7"))
    assert PortAt.of("com7", ports).device() == "COM7"
    assert PortAt.of("COM8", ports).device() is None
