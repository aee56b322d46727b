"""What stands around a simulated station, each in a process of its own: devices, QR service, printer."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gizqr_station.demo.newcomers import BADGES
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.line_failures import PartMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.picture_files import decode_picture, small_code_in_picture
from gizqr_station.places import DataFolder
from gizqr_station.printing.zpl_reader import read_labels
from gizqr_station.readers.simulated import SimulatedDevice
from gizqr_station.settings.bench_settings import ScannerSettings, SlotSettings
from gizqr_station.settings.model import (
    ProductSettings,
    ServiceSettings,
    Settings,
    StationSettings,
)
from gizqr_station.settings.printer_settings import PrinterSettings

DPI = 203
PRODUCT_KEY = "0a6781ed676045988d5d72f3f0480fba"
PRODUCT_NAME = "Smart Plug Mini"
_LOOK_S = 0.004
_START_S = 20.0
_END_S = 5.0


@dataclass(frozen=True, slots=True)
class World:
    """Where everything is."""

    folder: DataFolder
    settings: Settings
    devices: Mapping[int, SimulatedDevice]
    """The place of a device at each slot, by number."""
    printed: "PrintedLabels"


@contextlib.contextmanager
def simulated_world(folder: DataFolder, language: str, slots: int = 1) -> Iterator[World]:
    """Start everything, and end it again whatever happens; if this process is killed, the others notice and end."""
    folder.root.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        port = _service_port(folder)
        command = ["gizqr_station", "--data-dir", str(folder.root), "--json", *_SERVICE, "--port", str(port)]
        service = stack.enter_context(_program(command))
        labels = folder.root / "printer"
        printer = stack.enter_context(_program([*_PRINTER, "--folder", str(labels), "--dpi", str(DPI)]))
        devices = {
            number: stack.enter_context(SimulatedDevice(device_link(folder, number))) for number in range(1, slots + 1)
        }
        url, address = str(_announced(service)["url"]), _announced(printer)
        _port_file(folder).write_text(url.rpartition(":")[2].strip("/"), encoding="ascii")
        settings = Settings(
            station=StationSettings(name="demo", operator="demo", language="zh_CN" if language == "zh_CN" else "en"),
            product=ProductSettings(key=PRODUCT_KEY, name=PRODUCT_NAME, quota=0),
            service=ServiceSettings(url=url),
            scanner=ScannerSettings(badge=BADGES),
            slots=tuple(SlotSettings(port=str(device.link)) for device in devices.values()),
            printers=(
                PrinterSettings(name="virtual printer", address=f"tcp://{address['host']}:{address['port']}", dpi=DPI),
            ),
        )
        yield World(folder, settings, devices, PrintedLabels(labels))


def device_link(folder: DataFolder, slot: int) -> Path:
    """The port of a slot: ``device``, ``device-2`` …"""
    return folder.root / ("device" if slot == 1 else f"device-{slot}")


def _port_file(folder: DataFolder) -> Path:
    return folder.root / "service-port.txt"


def _service_port(folder: DataFolder) -> int:
    """The one that the service of this folder had before, for an order is signed for its address; 0 = any free one."""
    try:
        port = int(_port_file(folder).read_text(encoding="ascii"))
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(("127.0.0.1", port))
    except (OSError, ValueError, OverflowError):
        return 0
    return port


class PrintedLabels:
    """What came out of the printer, found by the job that was written on it. For one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = 1
        self._by_job: dict[str, Path] = {}

    def of(self, job: PrintJob, stop: Stop, within_s: float) -> Path | None:
        """The label's ZPL file, or None when none has come out in this time. Its picture stands beside it."""
        ends = time.monotonic() + within_s
        while True:
            self._look()
            found = self._by_job.get(str(job.id))
            if found is not None or time.monotonic() >= ends:
                return found
            stop.sleep(_LOOK_S)

    def content(self, zpl: Path) -> str:
        """What a scanner reads from the printed label."""
        return decode_picture(zpl.with_suffix(".png"))

    def small_code(self, zpl: Path) -> str:
        """What a scanner reads from the small code of a label that replaced another one; empty without one."""
        return small_code_in_picture(zpl.with_suffix(".png"))

    def copy(self, zpl: Path, folder: Path, name: str) -> None:
        """Keep a label under its device's name."""
        folder.mkdir(exist_ok=True)
        shutil.copyfile(zpl, folder / f"{name}.zpl")
        shutil.copyfile(zpl.with_suffix(".png"), folder / f"{name}.png")

    def _look(self) -> None:
        while (zpl := self._folder / f"{self._next:04d}.zpl").exists():
            (label,) = read_labels(zpl.read_bytes(), DPI)
            self._by_job[label.job_name] = zpl
            self._next += 1


_SERVICE = ("service", "--end-with-stdin")
_PRINTER = ("gizqr_station.printing.virtual_printer",)


@contextlib.contextmanager
def _program(module: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """One of our own modules as a program, until its standard input is closed."""
    program = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", *module], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield program
    finally:
        if program.stdin:
            program.stdin.close()
        try:
            program.wait(_END_S)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait(_END_S)
        if program.stdout:
            program.stdout.close()


def _announced(program: subprocess.Popen[bytes]) -> dict[str, object]:
    """The JSON document with which a program says where it is."""
    # A program that says nothing is ended, which ends the read: there is no other time-out on a pipe that all have.
    too_late = threading.Timer(_START_S, program.kill)
    too_late.start()
    text = ""
    try:
        for line in program.stdout or ():
            text += line.decode()
            with contextlib.suppress(json.JSONDecodeError):
                announced: dict[str, object] = json.loads(text)
                if "url" in announced or "port" in announced:
                    return announced
                break  # it says why it could not begin
    finally:
        too_late.cancel()
    raise PartMissing("the simulated line", "gizqr-station doctor")
