"""A scanner on a serial port gives on each code, and looks after its port by itself."""

import os
import queue
import sys
import threading
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gizqr_station.domain.device_failures import PortDenied
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.scan_failures import ScannerGone, ScannerNotOpened
from gizqr_station.domain.serial_ports import SerialPort
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.readers import serial_scanner
from gizqr_station.readers.port_at import PortAt
from gizqr_station.readers.serial_line import open_line
from gizqr_station.readers.serial_scanner import SerialScanner, Suffix
from tests.readers.fake_ports import FakePorts

fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
WITHIN_S = 5.0


class Plug:
    """A terminal that can be plugged in and pulled, under a link."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.master = self._slave = -1

    def plug(self) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.link.symlink_to(os.ttyname(self._slave))

    def unread(self) -> int:
        """Bytes that the host has not taken yet."""
        return int.from_bytes(fcntl.ioctl(self._slave, termios.FIONREAD, bytes(4)), sys.byteorder)

    def pull(self) -> None:
        if self.master >= 0:
            self.link.unlink()
            os.close(self._slave)
            os.close(self.master)
            self.master = -1


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    made = Plug(tmp_path / "scanner")
    made.plug()
    yield made
    made.pull()


@pytest.fixture
def codes() -> "queue.Queue[str]":
    return queue.Queue()


Running = Callable[[SerialScanner], SerialScanner]


@pytest.fixture
def running(stop: Stop) -> Iterator[Running]:
    threads: list[threading.Thread] = []

    def run(scanner: SerialScanner) -> SerialScanner:
        threads.append(threading.Thread(target=scanner.run, args=(stop,), name="scanner"))
        threads[-1].start()
        return scanner

    yield run
    stop.set()
    for thread in threads:
        thread.join(WITHIN_S)
        assert not thread.is_alive()


def in_time(holds: Callable[[], bool], what: str) -> None:
    waits = Stop()
    for _ in range(int(WITHIN_S / 0.02)):
        if holds():
            return
        waits.sleep(0.02)
    raise AssertionError(what)


def is_well(scanner: SerialScanner) -> Callable[[], bool]:
    return lambda: scanner.health(Stop()) is None


def says(scanner: SerialScanner, failure: type[Failure]) -> Callable[[], bool]:
    return lambda: isinstance(scanner.health(Stop()), failure)


def test_codes_come_in_order_with_and_without_an_end(plug: Plug, running: Running, codes: "queue.Queue[str]") -> None:
    scanner = running(SerialScanner(PortAt.of(str(plug.link)), 9600, codes.put, suffix="none", silence_s=0.2))
    in_time(is_well(scanner), "it was not opened")
    os.write(plug.master, b"ACCF232BE530\r\n8611930404")
    os.write(plug.master, b"96508;22271M00015061005530\t")
    os.write(plug.master, b"C89346466684")
    expected = ["ACCF232BE530", "861193040496508;22271M00015061005530", "C89346466684"]
    assert [codes.get(timeout=WITHIN_S) for _ in expected] == expected
    assert codes.empty()


@pytest.mark.parametrize("suffix", ["enter", "tab"])
def test_half_a_code_names_nobody_where_codes_have_an_end(
    plug: Plug, running: Running, codes: "queue.Queue[str]", caplog: pytest.LogCaptureFixture, suffix: Suffix
) -> None:
    made = SerialScanner(PortAt.of(str(plug.link)), 9600, codes.put, prefix="~", suffix=suffix, silence_s=0.1)
    in_time(is_well(running(made)), "it was not opened")
    os.write(plug.master, b"~ACCF232BE530")
    in_time(lambda: "ACCF232BE530" in caplog.text, "it was not dropped")
    os.write(plug.master, b"~C89346466684\r")
    assert codes.get(timeout=WITHIN_S) == "C89346466684"
    assert codes.empty()


def test_a_fault_in_whoever_hears_a_code_does_not_end_it(
    plug: Plug, running: Running, codes: "queue.Queue[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    def heard(code: str) -> None:
        if code == "bad":
            raise RuntimeError("a fault of the program")
        codes.put(code)

    monkeypatch.setattr(serial_scanner, "_SETTLE_S", 0.3)
    scanner = running(SerialScanner(PortAt.of(str(plug.link)), 9600, heard))
    in_time(is_well(scanner), "it was not opened")
    os.write(plug.master, b"bad\r")
    in_time(says(scanner, ScannerGone), "nobody saw the fault")
    in_time(is_well(scanner), "it was not opened again")
    os.write(plug.master, b"C89346466684\r")
    assert codes.get(timeout=WITHIN_S) == "C89346466684"


def test_it_is_opened_alone(plug: Plug, running: Running, codes: "queue.Queue[str]") -> None:
    scanner = running(SerialScanner(PortAt.of(str(plug.link)), 9600, codes.put))
    in_time(is_well(scanner), "it was not opened")
    with pytest.raises(Exception, match="PortBusy"):
        open_line(PortAt.of(str(plug.link)), 9600)


def test_a_scanner_that_is_pulled_in_the_middle_of_a_code_gives_on_no_half_and_goes_on_by_itself(
    plug: Plug, running: Running, codes: "queue.Queue[str]"
) -> None:
    scanner = running(SerialScanner(PortAt.of(str(plug.link)), 9600, codes.put, silence_s=30.0))
    for number in range(3):
        in_time(is_well(scanner), "it was not opened")
        os.write(plug.master, b"861193040496508")
        in_time(lambda: plug.unread() == 0, "nobody listened")
        plug.pull()
        in_time(says(scanner, ScannerGone), "nobody saw that it was pulled")
        plug.plug()
        in_time(is_well(scanner), "it was not opened again")
        os.write(plug.master, f"C8934646668{number}\r".encode())
        assert codes.get(timeout=WITHIN_S) == f"C8934646668{number}"
    assert codes.empty()


def test_it_is_found_again_under_another_name(tmp_path: Path, running: Running, codes: "queue.Queue[str]") -> None:
    first, second = Plug(tmp_path / "ttyACM0"), Plug(tmp_path / "ttyACM1")
    first.plug()
    ports = FakePorts(SerialPort(str(first.link), usb_serial="S1"))
    scanner = running(SerialScanner(PortAt.of("usb:S1", ports), 9600, codes.put))
    in_time(is_well(scanner), "it was not opened")
    first.pull()
    ports.now = ()
    in_time(says(scanner, ScannerGone), "nobody saw that it was pulled")
    second.plug()
    ports.now = (SerialPort(str(second.link), usb_serial="S1"),)
    in_time(is_well(scanner), "it was not found again")
    os.write(second.master, b"C89346466684\r")
    assert codes.get(timeout=WITHIN_S) == "C89346466684"
    second.pull()


def test_a_scanner_that_another_program_holds_is_named_and_had_when_it_is_free(
    plug: Plug, running: Running, codes: "queue.Queue[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_scanner, "_SETTLE_S", 0.1)
    other = open_line(PortAt.of(str(plug.link)), 9600)
    scanner = running(SerialScanner(PortAt.of(str(plug.link)), 9600, codes.put))
    in_time(says(scanner, ScannerNotOpened), "nobody said why")
    other.close()
    in_time(is_well(scanner), "it was not opened")


def test_why_it_was_not_opened_is_said(monkeypatch: pytest.MonkeyPatch, running: Running) -> None:
    def denied(port: PortAt, *_: object) -> None:
        raise PortDenied(port.label)

    monkeypatch.setattr(serial_scanner, "_SETTLE_S", 0.0)
    monkeypatch.setattr(serial_scanner, "open_line", denied)
    scanner = running(SerialScanner(PortAt.of("p"), 9600, lambda _: None))
    in_time(says(scanner, ScannerNotOpened), "nobody said why")
    failure = scanner.health(Stop())
    assert isinstance(failure, ScannerNotOpened)
    assert (failure.scanner, failure.reason) == ("p", "no right to open it")


def test_two_scanners_of_one_serial_number_are_named(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_scanner, "_SETTLE_S", 0.0)
    twins = FakePorts(SerialPort("/dev/null", usb_serial="0"), SerialPort("/dev/zero", usb_serial="0"))
    scanner = running(SerialScanner(PortAt.of("usb:0", twins), 9600, lambda _: None))
    in_time(says(scanner, ScannerNotOpened), "nobody said why")
    assert "/dev/null, /dev/zero" in str(scanner.health(Stop()))


def test_health_looks_at_stop_and_before_it_runs_there_is_none(stop: Stop) -> None:
    scanner = SerialScanner(PortAt.of("p"), 9600, lambda _: None)
    assert isinstance(scanner.health(stop), ScannerGone)
    stop.set()
    with pytest.raises(Stopped):
        scanner.health(stop)


def test_a_port_that_cannot_be_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        SerialScanner(PortAt.of("nonsense://x"), 9600, lambda _: None)
