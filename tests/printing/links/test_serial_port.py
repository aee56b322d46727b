"""What only a serial port does: flow control, being taken, being gone. Over a pseudo-terminal."""

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import serial

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_setup_failures import PrinterPortDenied, PrinterPortMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links.link import End, NotConnected
from gizqr_station.printing.links.serial_port import SerialConnector, SerialWire
from gizqr_station.printing.links.wired import WiredLink
from tests.printing.links.other_ends import PtyEnd, pty_end, serial_connector

LABEL = b"0123456789abcdef" * 256
PATIENT = Patience(stall_s=10.0, total_s=20.0)


@pytest.fixture
def end() -> Iterator[PtyEnd]:
    with pty_end(serial_connector) as other_end:
        yield other_end


@pytest.fixture
def link(end: PtyEnd) -> Iterator[WiredLink]:
    opened = SerialConnector("bench", end.path, 115200).open(Stop())
    yield opened
    opened.close()


def failure_of(port: str) -> object:
    with pytest.raises(NotConnected) as refused:
        SerialConnector("bench", port, 9600).open(Stop())
    return refused.value.failure


def test_a_port_that_is_not_there_is_missing(tmp_path: Path) -> None:
    failure = failure_of(str(tmp_path / "not-there"))
    assert isinstance(failure, PrinterPortMissing)
    assert failure.values() == {"printer": "bench", "port": str(tmp_path / "not-there")}


def test_a_file_by_the_name_of_a_port_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").touch()
    assert isinstance(failure_of(str(tmp_path / "ttyUSB0")), PrinterPortMissing)
    assert (tmp_path / "ttyUSB0").read_bytes() == b""


def test_a_port_that_another_has_open_is_denied(end: PtyEnd, link: WiredLink) -> None:
    assert isinstance(failure_of(end.path), PrinterPortDenied)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_port_that_may_not_be_opened_is_denied(end: PtyEnd, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise serial.SerialException(number, "could not open")

    monkeypatch.setattr(serial.Serial, "open", refuse)
    assert isinstance(failure_of(end.path), PrinterPortDenied)


def test_a_url_of_no_kind_is_missing() -> None:
    assert isinstance(failure_of("nonsense://x"), PrinterPortMissing)


def test_a_printer_that_asks_for_a_pause_gets_one(end: PtyEnd, link: WiredLink) -> None:
    wire = link._wire
    assert isinstance(wire, SerialWire)
    end.write(b"\x13")
    deliveries: list[End] = []
    sender = threading.Thread(target=lambda: deliveries.append(link.deliver(LABEL, PATIENT, Stop()).end))
    sender.start()
    while not wire.paused:
        sender.join(0.01)
    assert deliveries == []
    end.write(b"\x11")
    assert end.read(len(LABEL)) == LABEL
    sender.join(10)
    assert deliveries == [End.TAKEN]


def test_a_pause_without_end_is_a_stall(end: PtyEnd, link: WiredLink) -> None:
    end.write(b"\x13")
    delivery = link.deliver(LABEL, Patience(stall_s=0.2, total_s=10.0), Stop())
    assert delivery.end is End.STALLED
    assert delivery.sent < len(LABEL)


class Port:
    """A port with lines, as pyserial shows it; the file is one end of a pipe."""

    def __init__(self, *, cts: bool) -> None:
        self._reading, self._writing = os.pipe()
        self.cts = cts
        self.rtscts = False
        self.in_waiting = self.out_waiting = 0
        self.said = b""
        self.written: list[bytes] = []

    def fileno(self) -> int:
        return self._writing

    def read(self, count: int) -> bytes:
        said, self.said = self.said[:count], self.said[count:]
        self.in_waiting = len(self.said)
        return said

    def say(self, said: bytes) -> None:
        self.said += said
        self.in_waiting = len(self.said)

    def write(self, data: bytes) -> int:
        self.written.append(data)
        return len(data)

    def close(self) -> None:
        os.close(self._reading)
        os.close(self._writing)


def wire_over(port: Any, baud: int = 9600) -> SerialWire:
    return SerialWire(port, baud)


def test_where_the_printers_line_is_up_the_lines_control_the_flow() -> None:
    port = Port(cts=True)
    wire = wire_over(port)
    assert port.rtscts
    wire.delivering = True
    port.say(b"\x13")
    assert wire.pull() == b"\x13"
    assert wire.push(b"x") == 1
    port.close()


def test_in_a_cable_without_lines_they_are_not_waited_for() -> None:
    port = Port(cts=False)
    wire_over(port)
    assert not port.rtscts
    port.close()


@pytest.mark.parametrize(("baud", "most"), [(1200, 32), (9600, 32), (115200, 288), (4_000_000, 2048)])
def test_little_waits_on_this_side(baud: int, most: int) -> None:
    port = Port(cts=False)
    wire = wire_over(port, baud)
    assert wire.push(b"x" * 5000) == most
    port.out_waiting = most
    assert wire.push(b"x" * 5000) == 0
    assert wire.untaken() == most
    port.close()


def test_a_pause_that_began_with_the_last_bytes_is_not_taken_for_an_answer() -> None:
    port = Port(cts=False)
    wire = wire_over(port)
    wire.delivering = True
    port.say(b"\x13")
    assert wire.pull() == b""
    wire.delivering = False
    assert wire.push(b"x") == 0
    port.say(b"\x11")
    assert wire.pull() == b""
    assert wire.push(b"x") == 1
    port.say(b"\x11")
    assert wire.pull() == b"\x11"
    port.close()
