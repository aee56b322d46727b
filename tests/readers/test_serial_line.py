"""What a port's errors mean."""

import errno
import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import ClassVar

import pytest
import serial

from gizqr_station.domain.device_failures import DeviceUnplugged, PortBusy, PortDenied, PortMissing, RateRefused
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.reader_profile import Signal
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.serial_line import SerialLine, is_allowed, open_line
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk
from gizqr_station.workflows.device_ports import WireBytes

termios = pytest.importorskip("termios")
WINDOWS = "could not open port 'COM9': "


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (serial.SerialException(errno.EACCES, "could not open port"), PortDenied),
        (serial.SerialException(errno.EPERM, "could not open port"), PortDenied),
        (serial.SerialException(errno.EBUSY, "could not open port"), PortBusy),
        (serial.SerialException(errno.EWOULDBLOCK, "Could not exclusively lock port"), PortBusy),
        (serial.SerialException(errno.ENOENT, "could not open port"), PortMissing),
        (serial.SerialException(errno.EIO, "could not open port"), PortMissing),
        (serial.SerialException("Could not configure port: (5, 'Input/output error')"), PortMissing),
        (termios.error(5, "Input/output error"), PortMissing),
        (serial.SerialException(WINDOWS + "PermissionError(13, 'Access is denied.', None, 5)"), PortBusy),
        (serial.SerialException(WINDOWS + "FileNotFoundError(2, 'cannot find the file', None, 2)"), PortMissing),
    ],
)
def test_why_a_port_did_not_open_is_named(
    error: Exception, failure: type[Failure], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing(serial.Serial):
        def open(self) -> None:
            raise error

    monkeypatch.setattr(serial, "serial_for_url", lambda *_, **__: Refusing())
    with pytest.raises(failure):
        open_line(PortAt.of("/dev/null"), 9600)


def test_a_file_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "port").write_bytes(b"")
    assert not PortAt.of(str(tmp_path / "port")).device()
    with pytest.raises(PortMissing):
        open_line(PortAt.of(str(tmp_path / "port")), 9600)


def test_a_link_to_nothing_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "port").symlink_to(tmp_path / "gone")
    assert not PortAt.of(str(tmp_path / "port")).device()


def test_rights_can_be_told_without_opening(tmp_path: Path) -> None:
    assert is_allowed(os.devnull)
    assert not is_allowed(str(tmp_path / "nothing"))
    assert is_allowed("loop://")


def test_bytes_go_out_and_come_in() -> None:
    line = open_line(PortAt.of("loop://"), 9600)
    line.send(b"\xff\x00Hello")
    heard = b""
    while len(heard) < 7:
        heard += line.receive()
    assert heard == b"\xff\x00Hello"
    assert line.receive() == b""
    line.close()


def test_a_closed_line_says_so_and_closing_twice_is_fine() -> None:
    line = open_line(PortAt.of("loop://"), 9600)
    line.close()
    line.close()
    with pytest.raises(DeviceUnplugged):
        line.receive()
    with pytest.raises(DeviceUnplugged):
        line.send(b"x")


def test_a_port_that_is_gone_is_named_by_both_directions(bench: SimulatedDevice) -> None:
    bench.plug(Plugged("00911f500047", quirk=Quirk.SILENT))
    kept = bench.link.readlink()
    line = open_line(PortAt.of(str(kept)), 9600)
    bench.unplug()
    with pytest.raises(DeviceUnplugged):
        line.receive()
    with pytest.raises(DeviceUnplugged):
        line.send(b"x")
    line.close()


def test_who_does_not_listen_holds_nobody_up() -> None:
    master, slave = os.openpty()
    try:
        line = open_line(PortAt.of(os.ttyname(slave)), 9600)
        line.send(bytes(500_000))  # far more than it takes in
        assert line.receive() == b""
        line.close()
    finally:
        os.close(slave)
        os.close(master)


def opened_pair() -> tuple[int, int, SerialLine, list[WireBytes]]:
    master, slave = os.openpty()
    heard: list[WireBytes] = []
    return master, slave, open_line(PortAt.of(os.ttyname(slave)), 9600, heard.append), heard


def unplug(*ends: int) -> None:
    for end in ends:
        os.close(end)


@pytest.fixture
def pair() -> Iterator[tuple[int, SerialLine, list[WireBytes]]]:
    """The device's end, the line, and what its tap heard."""
    master, slave, line, heard = opened_pair()
    yield master, line, heard
    line.close()
    os.close(slave)
    os.close(master)


Pair = tuple[int, SerialLine, list[WireBytes]]


def test_the_tap_hears_every_byte_in_order_with_its_direction(pair: Pair) -> None:
    master, line, heard = pair
    line.send(b"who?")
    os.write(master, b"me")
    assert line.receive() == b"me"
    assert [(each.sent, each.data) for each in heard] == [(True, b"who?"), (False, b"me")]
    assert all(each.at.tzinfo is UTC for each in heard)
    assert line.bytes_received == 2


def test_the_rate_changes_without_closing(pair: Pair) -> None:
    master, line, _ = pair
    os.write(master, b"at the old rate")
    line.at_rate(115200)
    assert line.baud == 115200
    assert line.receive() == b""
    os.write(master, b"at the new one")
    assert line.receive() == b"at the new one"
    line.at_rate(115200)


def test_what_queued_can_be_dropped(pair: Pair) -> None:
    master, line, _ = pair
    os.write(master, b"of the device before")
    line.discard()
    assert line.receive() == b""


def test_a_lent_port_can_be_opened_by_another_and_is_had_back_alone(pair: Pair) -> None:
    _, line, _ = pair
    with line.lent() as device:
        borrowed = serial.Serial(device, exclusive=True)
        borrowed.close()
    with pytest.raises(PortBusy):
        open_line(PortAt.of(device), 9600)
    assert line.receive() == b""


def test_a_lent_port_that_somebody_kept_or_that_was_closed_meanwhile_is_not_had_back(pair: Pair) -> None:
    _, line, _ = pair
    with pytest.raises(DeviceUnplugged), line.lent() as device:
        kept = serial.Serial(device, exclusive=True)
    kept.close()
    _, other_slave, other, _ = opened_pair()
    with pytest.raises(DeviceUnplugged), other.lent():
        other.close()
    assert other.ended
    open_line(PortAt.of(os.ttyname(other_slave)), 9600).close()


def test_a_port_that_vanished_while_it_was_lent_is_gone() -> None:
    master, slave, line, _ = opened_pair()
    with pytest.raises(DeviceUnplugged), line.lent():
        unplug(master, slave)
    with pytest.raises(DeviceUnplugged), line.lent():
        pass


class NoSuchRate(serial.Serial):
    """Its driver knows no rate but the usual ones."""

    def _set_special_baudrate(self, baudrate: int) -> None:
        raise ValueError(f"Failed to set custom baud rate ({baudrate})")


def test_a_rate_that_the_driver_does_not_take_is_named_and_the_old_one_goes_on(pair: Pair) -> None:
    master, line, _ = pair
    path = line.port
    line.close()
    line = SerialLine(PortAt.of(path), path, NoSuchRate(path, timeout=0.05))
    with pytest.raises(RateRefused) as caught:
        line.at_rate(74880)
    assert (caught.value.baud, line.baud) == (74880, 9600)
    os.write(master, b"still here")
    assert line.receive() == b"still here"
    line.close()


def test_a_rate_that_cannot_be_opened_with_is_named_and_a_port_that_went_is_missing(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, line, _ = pair
    line.close()
    monkeypatch.setattr(serial, "serial_for_url", lambda path, baud, **_: NoSuchRate(path, baud))
    with pytest.raises(RateRefused):
        open_line(PortAt.of(line.port), 74880)
    looks = iter([line.port, None])
    monkeypatch.setattr(PortAt, "device", lambda _: next(looks))
    with pytest.raises(PortMissing):
        open_line(PortAt.of(line.port), 74880)


def test_rate_and_dropping_tell_of_a_port_that_is_gone() -> None:
    master, slave, line, _ = opened_pair()
    os.close(slave)
    os.close(master)
    with pytest.raises(DeviceUnplugged):
        line.at_rate(115200)
    with pytest.raises(DeviceUnplugged):
        line.discard()
    line.close()


class Lines(serial.Serial):
    """A port that has control lines and keeps what was done with them."""

    pulled: ClassVar[list[tuple[str, bool]]] = []

    def __setattr__(self, name: str, value: object) -> None:
        if name in ("dtr", "rts"):
            self.pulled.append((name, bool(value)))
        else:
            super().__setattr__(name, value)


@pytest.mark.parametrize(("signal", "pulled"), [(Signal.DTR, [True, False]), (Signal.RTS, [False, True])])
def test_a_reset_line_is_pulled_and_let_go_also_when_stopped(pair: Pair, signal: Signal, pulled: list[bool]) -> None:
    path = pair[1].port
    pair[1].close()
    line = SerialLine(PortAt.of(path), path, Lines(path))
    expected = [*zip(["dtr", "rts"], pulled, strict=True), ("dtr", False), ("rts", False)]
    Lines.pulled.clear()
    line.pulse(signal, 0.01, Stop())
    assert Lines.pulled == expected
    stop = Stop()
    stop.set()
    Lines.pulled.clear()
    with pytest.raises(Stopped):
        line.pulse(signal, 5.0, stop)
    assert Lines.pulled == expected
    Lines.pulled.clear()
    line.pulse(Signal.NONE, 5.0, stop)
    assert Lines.pulled == []
    line.close()


def test_a_port_without_such_lines_is_left_as_it_is(pair: Pair) -> None:
    _, line, _ = pair
    line.pulse(Signal.RTS, 0.01, Stop())
    assert line.receive() == b""
