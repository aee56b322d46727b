"""What only a printer device does. A pseudo-terminal or a named pipe stands in for it: paths that take bytes."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.printer import Patience
from gizqr_station.domain.printer_setup_failures import PrinterPortDenied, PrinterPortMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.printing.links import usb_device
from gizqr_station.printing.links.link import Delivery, End, LinkLost, NotConnected
from gizqr_station.printing.links.usb_device import UsbConnector, UsbWire
from tests.printing.links.other_ends import PtyEnd, pty_end, usb_connector

PATIENT = Patience(stall_s=10.0, total_s=20.0)


@pytest.fixture
def end() -> Iterator[PtyEnd]:
    with pty_end(usb_connector) as other_end:
        yield other_end


def failure_of(path: str) -> object:
    with pytest.raises(NotConnected) as refused:
        UsbConnector("bench", path).open(Stop())
    return refused.value.failure


def test_a_device_that_is_not_there_is_missing(tmp_path: Path) -> None:
    failure = failure_of(str(tmp_path / "lp0"))
    assert isinstance(failure, PrinterPortMissing)
    assert failure.values() == {"printer": "bench", "port": str(tmp_path / "lp0")}


def test_a_file_by_the_name_of_a_device_is_no_printer(tmp_path: Path) -> None:
    (tmp_path / "lp0").touch()
    assert isinstance(failure_of(str(tmp_path / "lp0")), PrinterPortMissing)


@pytest.mark.parametrize(
    ("number", "failure"),
    [
        (errno.EBUSY, PrinterPortDenied),
        (errno.EACCES, PrinterPortDenied),
        (errno.EPERM, PrinterPortDenied),
        (errno.ENODEV, PrinterPortMissing),
        (errno.ENOENT, PrinterPortMissing),
        (errno.EIO, PrinterPortMissing),
    ],
)
def test_each_refusal_has_its_words(
    end: PtyEnd, number: int, failure: type, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    assert type(failure_of(end.path)) is failure


def test_a_device_that_may_only_be_written_is_written_and_not_asked(
    end: PtyEnd, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    opened = os.open

    def write_only(path: str, flags: int) -> int:
        if flags & os.O_ACCMODE == os.O_RDWR:
            raise PermissionError(errno.EACCES, "read")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", write_only)
    link = end.connector().open(Stop())
    monkeypatch.setattr(os, "open", opened)
    assert link.ask(b"~HS", bool, 60.0, Stop()) == b""
    assert link.deliver(b"label", PATIENT, Stop()) == Delivery(End.TAKEN, 5, 5)
    assert link.finish(1.0, Stop()) is End.TAKEN
    assert end.read(5) == b"label"


def test_a_pipe_will_do(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    link = UsbConnector("bench", str(tmp_path / "lp0")).open(Stop())
    assert link.deliver(b"label", PATIENT, Stop()).end is End.TAKEN
    link.close()


class Device:
    """usblp's manners: one block at a time, writable again when the printer has it, and silent about being gone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writable, self.gone, self.paper = True, False, True
        self.blocks: list[bytes] = []
        self.resets = 0
        reading, self.handle = os.pipe()
        self._reading = reading
        monkeypatch.setattr(os, "write", self._write)
        monkeypatch.setattr(usb_device, "_soft_reset", self._reset)
        monkeypatch.setattr(UsbWire, "_writable", lambda _: self.writable)

    def wire(self) -> UsbWire:
        return UsbWire(self.handle, hears=False)

    def _write(self, handle: int, data: bytes) -> int:
        assert handle == self.handle
        if self.gone:
            raise OSError(errno.ENODEV, "gone")
        if not self.paper:
            raise OSError(errno.ENOSPC, "no paper")
        if data:
            self.blocks.append(data)
            self.writable = False
        return len(data)

    def _reset(self, handle: int) -> None:
        self.resets += 1

    def close(self) -> None:
        os.close(self._reading)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Iterator[Device]:
    device = Device(monkeypatch)
    yield device
    device.close()


def test_a_block_is_taken_when_the_device_is_writable_again(device: Device) -> None:
    wire = device.wire()
    assert wire.push(b"x" * 10_000) == 4096
    assert (wire.untaken(), wire.push(b"more")) == (4096, 0)
    device.writable = True
    assert wire.untaken() == 0
    assert wire.push(b"more") == 4
    wire.close(discard=False)
    assert device.blocks == [b"x" * 4096, b"more"]


def test_a_device_that_is_gone_did_not_take_its_last_block(device: Device) -> None:
    wire = device.wire()
    wire.push(b"label")
    device.gone = device.writable = True
    with pytest.raises(OSError, match="gone"):
        wire.untaken()
    wire.close(discard=True)


def test_without_paper_nothing_is_taken(device: Device) -> None:
    wire = device.wire()
    device.paper = False
    assert wire.push(b"label") == 0
    wire.close(discard=False)


def test_only_after_a_broken_delivery_is_the_printer_told_to_forget(device: Device) -> None:
    device.wire().close(discard=False)
    assert device.resets == 0


def test_after_a_broken_delivery_the_printer_is_told_to_forget(device: Device) -> None:
    device.wire().close(discard=True)
    assert device.resets == 1


def test_the_stand_in_is_a_character_device(end: PtyEnd) -> None:
    assert stat.S_ISCHR(Path(end.path).stat().st_mode)


def test_after_its_end_nothing_is_written_into_what_has_its_number_now(end: PtyEnd, tmp_path: Path) -> None:
    link = end.connector().open(Stop())
    link.close()
    with (tmp_path / "other").open("wb+", buffering=0) as other:
        with pytest.raises(LinkLost):
            link.ask(b"~HS", bool, 0.1, Stop())
        link.close()
        assert other.seek(0, os.SEEK_END) == 0
