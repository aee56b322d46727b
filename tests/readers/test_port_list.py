"""The list of ports as the back ends of Linux and Windows give it, and what becomes of it when they fail."""

import glob
import itertools
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from serial.tools import list_ports_linux
from serial.tools.list_ports_common import ListPortInfo

from gizqr_station.domain.serial_ports import SerialPort, lasting_name
from gizqr_station.readers.port_list import STALE_S, Listed, MachinePorts


def listed(device: str, **facts: object) -> ListPortInfo:
    """As a back end of pyserial fills it in."""
    info = ListPortInfo(device, skip_link_detection=True)
    for name, fact in facts.items():
        setattr(info, name, fact)
    return info


LINUX = [
    listed("/dev/ttyS0", description="ttyS0", hwid="PNP0501"),
    listed(
        "/dev/ttyUSB0",
        vid=0x10C4,
        pid=0xEA60,
        serial_number="0001",
        location="1-1.4",
        description="CP2102 USB to UART Bridge Controller",
    ),
    listed("/dev/ttyUSB1", vid=0x1A86, pid=0x7523, location="1-1.3", description="USB2.0-Serial"),
    listed("/dev/ttyUSB2", vid=0x0403, pid=0x6011, serial_number="FT4XYZAB", location="1-2:1.0", description="Quad"),
    listed("/dev/ttyUSB10", vid=0x0403, pid=0x6011, serial_number="FT4XYZAB", location="1-2:1.1", description="Quad"),
    listed("/dev/ttyACM0", vid=0x303A, pid=0x1001, serial_number="A0:B7:65:12:34:56", location="1-3:1.0"),
]
WINDOWS = [
    listed("COM10", vid=0x0403, pid=0x6001, serial_number="A50285BIA", description="USB Serial Port (COM10)"),
    listed("COM3", vid=0x1A86, pid=0x7523, serial_number="", location="1-4", description="USB-SERIAL CH340 (COM3)"),
    listed("COM4", vid=0x2341, pid=0x0043, serial_number="6&1a2b3c4d&0&0000", location="1-1.2:x.0"),
    listed("COM5", hwid="BTHENUM\\{00001101}", description="Standard Serial over Bluetooth link (COM5)"),
]


def ports_of(source: Iterable[Listed]) -> tuple[SerialPort, ...]:
    return MachinePorts(lambda: source).ports()


def test_what_linux_lists_is_told_by_name_with_all_that_lasts() -> None:
    found = ports_of(LINUX)
    assert [(port.device, port.usb_serial, port.hub, port.usb_id) for port in found] == [
        ("/dev/ttyACM0", "A0:B7:65:12:34:56", "1-3:1.0", "303a:1001"),
        ("/dev/ttyS0", "", "", ""),
        ("/dev/ttyUSB0", "0001", "1-1.4", "10c4:ea60"),
        ("/dev/ttyUSB1", "", "1-1.3", "1a86:7523"),
        ("/dev/ttyUSB2", "FT4XYZAB", "1-2:1.0", "0403:6011"),
        ("/dev/ttyUSB10", "FT4XYZAB", "1-2:1.1", "0403:6011"),
    ]
    assert [str(lasting_name(port, found)) for port in found] == [
        "usb:A0:B7:65:12:34:56",
        "/dev/ttyS0",
        "hub:1-1.4",
        "hub:1-1.3",
        "hub:1-2:1.0",
        "hub:1-2:1.1",
    ]
    assert found[2].description == "CP2102 USB to UART Bridge Controller"


def test_what_windows_lists_has_no_serial_numbers_that_it_made_up() -> None:
    found = ports_of(WINDOWS)
    assert [(port.device, port.usb_serial, port.hub) for port in found] == [
        ("COM3", "", "1-4"),
        ("COM4", "", "1-1.2:x.0"),
        ("COM5", "", ""),
        ("COM10", "A50285BIA", ""),
    ]
    assert [str(lasting_name(port, found)) for port in found] == ["hub:1-4", "hub:1-1.2", "COM5", "usb:A50285BIA"]


def test_what_an_adapter_says_of_itself_stays_on_one_line() -> None:
    (port,) = ports_of([listed("COM3", serial_number="A\x00B\n C", location="somewhere", description="x" * 500)])
    assert (port.usb_serial, port.hub, len(port.description)) == ("A B C", "", 120)


@pytest.fixture
def sysfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A /sys and a /dev in a folder, which pyserial's own Linux back end reads in place of the machine's."""
    monkeypatch.setattr(glob, "glob", lambda pattern: sorted(map(str, _matching(tmp_path, pattern))))

    def moved(path: str) -> str:
        return str(tmp_path / path.lstrip("/")) if path.startswith("/sys/") else path

    exists, realpath = os.path.exists, os.path.realpath
    monkeypatch.setattr(os.path, "exists", lambda path: exists(moved(path)))
    monkeypatch.setattr(os.path, "realpath", lambda path: realpath(moved(path)))

    def plug(name: str, place: str, interface: int = 0, **facts: str) -> None:
        adapter = tmp_path / "sys/devices/usb1" / place
        port = adapter / f"{place}:1.{interface}" / name
        (tmp_path / "sys/bus/usb-serial").mkdir(parents=True, exist_ok=True)
        port.mkdir(parents=True)
        (port / "subsystem").symlink_to(tmp_path / "sys/bus/usb-serial")
        for fact, text in facts.items():
            (adapter / fact).write_text(f"{text}\n")
        tty = tmp_path / "sys/class/tty" / name
        tty.mkdir(parents=True)
        (tty / "device").symlink_to(port)
        (tmp_path / "dev").mkdir(exist_ok=True)
        (tmp_path / "dev" / name).touch()

    return plug


def on_linux() -> Iterable[Listed]:
    return list_ports_linux.comports(include_links=False)


def _matching(root: Path, pattern: str) -> Iterable[Path]:
    return root.glob(pattern.lstrip("/"))


def test_pyserials_own_back_end_on_files_like_those_of_linux(sysfs: Callable[..., None], tmp_path: Path) -> None:
    sysfs(
        "ttyUSB0", "1-1.4", idVendor="0403", idProduct="6001", serial="A50285BI", bNumInterfaces=" 1", product="FT232R"
    )
    for channel in range(2):
        sysfs(f"ttyUSB{channel + 1}", "1-2", channel, idVendor="0403", idProduct="6010", bNumInterfaces=" 2")
    found = MachinePorts(on_linux).ports()
    assert [(Path(port.device).name, port.usb_serial, port.hub, port.usb_id) for port in found] == [
        ("ttyUSB0", "A50285BI", "1-1.4", "0403:6001"),
        ("ttyUSB1", "", "1-2:1.0", "0403:6010"),
        ("ttyUSB2", "", "1-2:1.1", "0403:6010"),
    ]
    (tmp_path / "sys/devices/usb1/1-1.4/idVendor").unlink()
    with pytest.raises(TypeError):
        on_linux()
    assert MachinePorts(on_linux).ports() == ()


class Time:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Source:
    """A listing that can be told to fail; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.ports: Iterable[Listed] = LINUX[:2]
        self.fault: Exception | None = None

    def __call__(self) -> Iterable[Listed]:
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        return self.ports


def test_eight_slots_that_look_at_once_cost_one_look() -> None:
    source, time = Source(), Time()
    machine = MachinePorts(source, now=time)
    lookers = [threading.Thread(target=machine.ports) for _ in range(8)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join(5)
    assert source.asked == 1
    source.ports = []
    time.now += 0.19
    assert len(machine.ports()) == 2
    time.now += 0.02
    assert machine.ports() == ()


@pytest.mark.parametrize("fault", [TypeError("int() argument"), OSError(5, "I/O"), ValueError(""), AttributeError("")])
def test_a_list_that_fails_for_a_moment_unplugs_nothing_and_for_long_plugs_nothing(fault: Exception) -> None:
    source, time = Source(), Time()
    machine = MachinePorts(source, now=time)
    before = machine.ports()
    source.fault = fault
    for _ in itertools.takewhile(lambda _: time.now < 100 + STALE_S - 0.3, itertools.count()):
        time.now += 0.25
        assert machine.ports() == before
    time.now = 100 + STALE_S + 0.01
    assert machine.ports() == ()
    source.fault = None
    time.now += 1
    assert machine.ports() == before


def test_this_machine_has_a_list() -> None:
    assert all(port.device for port in MachinePorts().ports())
