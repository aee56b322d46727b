"""What a port's errors mean."""

import errno
import os
from pathlib import Path

import pytest
import serial

from gizqr_station.domain.device_failures import DeviceUnplugged, PortBusy, PortDenied, PortMissing
from gizqr_station.domain.failures import Failure
from gizqr_station.readers.serial_line import is_allowed, is_present, open_line
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.readers.simulated_module import Plugged, Quirk

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
        open_line("/dev/null", 9600)


def test_a_file_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "port").write_bytes(b"")
    assert not is_present(str(tmp_path / "port"))
    with pytest.raises(PortMissing):
        open_line(str(tmp_path / "port"), 9600)


def test_a_link_to_nothing_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "port").symlink_to(tmp_path / "gone")
    assert not is_present(str(tmp_path / "port"))


def test_rights_can_be_told_without_opening(tmp_path: Path) -> None:
    assert is_allowed(os.devnull)
    assert not is_allowed(str(tmp_path / "nothing"))
    assert is_allowed("loop://")


def test_bytes_go_out_and_come_in() -> None:
    line = open_line("loop://", 9600)
    line.send(b"\xff\x00Hello")
    heard = b""
    while len(heard) < 7:
        heard += line.receive()
    assert heard == b"\xff\x00Hello"
    assert line.receive() == b""
    line.close()


def test_a_closed_line_says_so_and_closing_twice_is_fine() -> None:
    line = open_line("loop://", 9600)
    line.close()
    line.close()
    with pytest.raises(DeviceUnplugged):
        line.receive()
    with pytest.raises(DeviceUnplugged):
        line.send(b"x")


def test_a_port_that_is_gone_is_named_by_both_directions(bench: SimulatedDevice) -> None:
    bench.plug(Plugged("00911f500047", quirk=Quirk.SILENT))
    kept = bench.link.readlink()
    line = open_line(str(kept), 9600)
    bench.unplug()
    with pytest.raises(DeviceUnplugged):
        line.receive()
    with pytest.raises(DeviceUnplugged):
        line.send(b"x")
    line.close()


def test_who_does_not_listen_holds_nobody_up() -> None:
    master, slave = os.openpty()
    try:
        line = open_line(os.ttyname(slave), 9600)
        line.send(bytes(500_000))  # far more than it takes in
        assert line.receive() == b""
        line.close()
    finally:
        os.close(slave)
        os.close(master)
