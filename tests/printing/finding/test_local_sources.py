"""Printers on this machine: USB devices, serial ports, Windows queues."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from gizqr_station.domain.printer import FoundPrinter, Language
from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.finding import serial_ports as serial_ports_module
from gizqr_station.printing.finding.desktop import desktop_printers
from gizqr_station.printing.finding.serial_ports import serial_ports
from gizqr_station.printing.finding.usb import usb_printers
from gizqr_station.printing.finding.windows import windows_queues


def nothing(printer: FoundPrinter) -> None:
    pytest.fail(f"{printer} was found")


@dataclass(frozen=True)
class Port:
    """What pyserial says of a port."""

    device: str
    description: str = "n/a"
    manufacturer: str | None = None
    product: str | None = None


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """``/dev/usb`` and ``/sys/class/usbmisc`` with three printers, one of which says nothing."""
    devices, classes = tmp_path / "dev", tmp_path / "sys"
    for name, identification in (
        ("lp0", b"MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC ZD421-203dpi ZPL;CLS:PRINTER;\n"),
        ("lp1", b"MFG:Brother;CMD:PT-CBP;MDL:QL-700;CLS:PRINTER;\xff\n"),
        ("lp2", None),
    ):
        devices.mkdir(exist_ok=True)
        (devices / name).touch()
        (classes / name / "device").mkdir(parents=True)
        if identification is not None:
            (classes / name / "device" / "ieee1284_id").write_bytes(identification)
    (devices / "hiddev0").touch()
    return devices, classes


def test_usb_printers_are_found_with_what_they_say(folders: tuple[Path, Path]) -> None:
    devices, classes = folders
    heard: list[FoundPrinter] = []
    usb_printers(heard.append, Stop(), devices=devices, classes=classes)
    assert heard == [
        FoundPrinter(
            PrinterAddress.parse(f"usb:{devices}/lp0"),
            "Zebra Technologies ZTC ZD421-203dpi ZPL",
            Language.ZPL,
            203,
        ),
        FoundPrinter(
            PrinterAddress.parse(f"usb:{devices}/lp1"), "Brother QL-700", Language.BROTHER, 300, model="QL-700"
        ),
        FoundPrinter(PrinterAddress.parse(f"usb:{devices}/lp2"), "lp2"),
    ]


def test_a_machine_without_usb_printers_has_none(tmp_path: Path) -> None:
    usb_printers(nothing, Stop(), devices=tmp_path / "none", classes=tmp_path / "none")


def test_serial_ports_are_offered_but_for_the_devices_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").touch()
    (tmp_path / "by-id").symlink_to(tmp_path / "ttyUSB0")
    ports = [
        Port("/dev/ttyACM3"),
        Port(str(tmp_path / "ttyUSB0"), "CP2102", "Silicon Labs", "CP2102 UART Bridge"),
        Port("/dev/ttyACM1", "TM-T88V", "EPSON", "EPSON TM-T88V"),
    ]
    monkeypatch.setattr(serial_ports_module, "comports", lambda: ports)
    heard: list[FoundPrinter] = []
    serial_ports(heard.append, Stop(), but_not=[str(tmp_path / "by-id"), ""])
    assert [(str(one.address), one.says, one.language) for one in heard] == [
        ("serial:/dev/ttyACM1?baud=9600", "EPSON TM-T88V (/dev/ttyACM1)", Language.ESCPOS),
        ("serial:/dev/ttyACM3?baud=9600", "/dev/ttyACM3", None),
    ]


def test_a_search_that_was_stopped_goes_on_nowhere(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Stop()
    stop.set()
    monkeypatch.setattr(serial_ports_module, "comports", lambda: [Port("/dev/ttyACM1")])
    with pytest.raises(Stopped):
        usb_printers(nothing, stop, devices=folders[0], classes=folders[1])
    with pytest.raises(Stopped):
        serial_ports(nothing, stop)


def test_windows_queues_are_found_but_for_those_that_make_files(monkeypatch: pytest.MonkeyPatch) -> None:
    queues: list[dict[str, str | None]] = [
        {"pPrinterName": "Zebra", "pDriverName": "ZDesigner ZD421-300dpi ZPL", "pPortName": "USB001"},
        {"pPrinterName": r"\\SERVER\QL", "pDriverName": "Brother QL-820NWB", "pPortName": "192.0.2.7"},
        {"pPrinterName": "Microsoft Print to PDF", "pDriverName": "Microsoft Print To PDF", "pPortName": "PORTPROMPT:"},
        {"pPrinterName": "Generic", "pDriverName": None, "pPortName": None},
    ]

    def all_of(kinds: int, name: str | None, level: int) -> list[dict[str, str | None]]:
        assert (kinds, name, level) == (6, None, 2)
        return queues

    fake = SimpleNamespace(PRINTER_ENUM_LOCAL=2, PRINTER_ENUM_CONNECTIONS=4, EnumPrinters=all_of)
    monkeypatch.setitem(sys.modules, "win32print", fake)
    heard: list[FoundPrinter] = []
    windows_queues(heard.append, Stop())
    assert [(str(one.address), one.language, one.dpi, one.model) for one in heard] == [
        ("windows:Zebra", Language.ZPL, 300, ""),
        (r"windows:\\SERVER\QL", Language.BROTHER, 300, "QL-820NWB"),
        ("windows:Generic", None, None, ""),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there is a spooler")
def test_where_there_is_no_windows_there_are_no_windows_queues() -> None:
    windows_queues(nothing, Stop())


def test_a_command_line_loads_no_qt_to_look_for_printers() -> None:
    looks = (
        "import sys; from gizqr_station.printing.finding.desktop import desktop_printers;"
        "from gizqr_station.domain.stop import Stop; desktop_printers(print, Stop());"
        "print(sorted(name for name in sys.modules if name.startswith('PySide6')))"
    )
    done = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_a_window_lists_the_printers_of_its_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    office = FoundPrinter(PrinterAddress.parse("system:Office"), "Office", Language.PDF)
    monkeypatch.setitem(sys.modules, "PySide6.QtGui", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", SimpleNamespace())
    monkeypatch.setattr("gizqr_station.printing.system_printer.list_system_printers", lambda: (office,))
    heard: list[FoundPrinter] = []
    desktop_printers(heard.append, Stop())
    assert heard == [office]


def test_a_desktop_without_print_support_has_no_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtGui", SimpleNamespace())
    # None in the table of modules is how Python says that a module cannot be imported.
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    desktop_printers(nothing, Stop())
