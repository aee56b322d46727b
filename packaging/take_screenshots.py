"""Takes a picture of each page in each state, in both languages, into ``packaging/screenshots``.

From the top of the checkout: ``QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/take_screenshots.py``.
The states are made of the same happenings that the line tells; the label is drawn by the real painter.
"""

import io
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from code_stories import PICTURED
from code_stories import show as show_codes
from device_stories import device_stories, slot_stories, some_slots
from device_stories import show as show_device
from list_stories import LISTS
from list_stories import show as show_list
from order_stories import ORDERS
from order_stories import show as show_order
from people_stories import PAGE as PEOPLE_PAGE
from people_stories import SIGN_IN, STATION, show_people, show_sign_in
from people_stories import show_station as show_duty
from PIL import Image
from printer_stories import printer_stories, show
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QApplication
from record_stories import RECORDS_PICTURED
from record_stories import show as show_record

from gizqr_station.assembly import label_painter
from gizqr_station.domain.code_failures import ServiceUnreachable
from gizqr_station.domain.codes import CodeSource, IssuedCode
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import JobDraft, JobState, PrintJob
from gizqr_station.domain.label import LabelFields, LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.line_failures import WrongLabel
from gizqr_station.domain.printer_failures import PrinterConnectionLost, PrinterUnreachable, RollEnded, RollLow
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.gui.app import load_fonts
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.window_behind import WindowBehind
from gizqr_station.places import DataFolder
from gizqr_station.workflows.happenings import (
    CodeFetched,
    DeviceRead,
    DeviceSeen,
    Happening,
    HealthSeen,
    JobChanged,
    LabelDrawn,
    LineStopped,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)

NOW = datetime(2026, 11, 22, 14, 2, 7, tzinfo=UTC)
CONTENT = "2efc9e621cb34553b12edf7e63645864Pf2fFwkrJlBs4KRU/RQAnSjtFqvEsoISa7+WLzDhjHU7ArPMYwRGg2MIazCLTymUz5kTzw=="
PRODUCT_KEY = "0a6781ed676045988d5d72f3f0480fba"
DETAILS = {Part.DEVICE_PORT: "ttyUSB0", Part.CODE_SERVICE: "qrcode.gizwitsapi.com", Part.PRINTER: "Zebra ZD421"}
PRINTERS = ("empty", "ready", "fault", "wrong-choice", "found", "queue", "editing-wrong")
"""Of the printers page; its other states are walked by the tests."""
DEVICES = ("empty", "ports", "trying", "found", "noise", "slot")
"""Of the devices page."""
FOLDER = Path("packaging/screenshots")
ONE_SLOT = (SlotConfig(1, "", PortName.parse("/dev/ttyUSB0")),)
SIZES = ((1366, 768), (1024, 768), (1920, 1080))


def job(number: int, mac: str, state: JobState, image: LabelImage, *, revision: int = 0) -> PrintJob:
    """A job as the ledger would tell it."""
    draft = JobDraft(
        f"L-{number:06d}", MacAddress.parse(mac), PRODUCT_KEY, "Smart Plug Mini", CONTENT, CodeSource.SERVICE, "",
        image.digest, "40x30", 203, "Zebra ZD421", "bench-1", "Li Wei", revision, test=False, scan_back_due=True,
    )  # fmt: skip
    moved = NOW - timedelta(seconds=31 * (128 - number))
    return PrintJob(number, draft, state, None, moved, moved)


def label(mac: str, serial: str) -> LabelImage:
    """As the real painter draws it."""
    fields = LabelFields(CONTENT, mac, "Smart Plug Mini", serial)
    return label_painter(DataFolder(Path("/nonexistent"))).paint("40x30", 203, fields)


def some_job() -> PrintJob:
    """For the queue."""
    return job(128, "00911f500047", JobState.INTENDED, label("00:91:1F:50:00:47", "L-000128"))


def stories() -> dict[str, list[Happening]]:
    """What leads to each state."""
    image = label("00:91:1F:50:00:47", "L-000128")
    mac = "00911f500047"
    this = job(128, mac, JobState.SENT, image)
    macs = [f"00911f5000{number:02x}" for number in range(0x46, 0x3A, -1)]
    earlier = tuple(job(127 - at, before, JobState.VERIFIED, image) for at, before in enumerate(macs))
    counted = Tally(verified=127, unknown=0, failed=1, handed_over=0, latest=earlier)
    with_this = Tally(127, 0, 1, 1, (this, *earlier[:-1]))
    reading = DeviceReading(MacAddress.parse(mac), "gagent", "/dev/ttyUSB0", b"", NOW)
    code = IssuedCode(CONTENT, reading.identity, CodeSource.SERVICE, NOW)
    # A scanner that types, as most do, has no tile.
    parts = [part for part in Part if part is not Part.SCANNER]
    start: list[Happening] = [HealthSeen(part, None, DETAILS.get(part, ""), NOW, told=True) for part in parts]
    start += [counted, WaitingForDevice()]
    drawn: list[Happening] = [*start, DeviceRead(reading), CodeFetched(code), LabelDrawn(image)]
    due: list[Happening] = [*drawn, JobChanged(this), with_this, ScanBackDue(this)]
    verified = this.moved_to(JobState.VERIFIED, NOW)
    unknown = this.moved_to(JobState.UNKNOWN, NOW)
    lost = PrinterConnectionLost("Zebra ZD421", 512, 1039)
    off = PrinterUnreachable("Zebra ZD421", "192.0.2.17:9100")
    ended = RollEnded("Zebra ZD421")
    low = RollLow("Zebra ZD421", 45)
    no_service = ServiceUnreachable("qrcode.gizwitsapi.com:1800")
    twice = AlreadyLabelled("00:91:1F:50:00:47", NOW, "bench-2", "L-000093", "verified")
    return {
        "waiting": start,
        "reading": [*start, DeviceSeen()],
        "working": drawn[:-1],
        "scan-label": due,
        "verified": [*due, Tally(128, 0, 1, 0, (verified, *earlier[:-1])), UnitDone(verified)],
        "sent": [*drawn, JobChanged(this), with_this, UnitDone(this)],
        "wrong-label": [*due, ScanRefused(WrongLabel("00:91:1F:50:00:47", "00:91:1F:50:00:46"))],
        "unknown": [*drawn, JobChanged(unknown), Tally(127, 1, 1, 0, (unknown, *earlier[:-1])),
                    SettlementDue(unknown, lost, image)],
        "waiting-for-service": [*start, DeviceRead(reading), UnitRefused(no_service, reading, None, 5.0),
                                HealthSeen(Part.CODE_SERVICE, no_service, "", NOW)],
        "printer-off": [*drawn, UnitRefused(off, reading, None, 5.0),
                        HealthSeen(Part.PRINTER, off, DETAILS[Part.PRINTER], NOW)],
        "already-labelled": [*start, DeviceRead(reading), UnitRefused(twice, reading)],
        "roll-low": [*due, HealthSeen(Part.PRINTER, None, DETAILS[Part.PRINTER], NOW, low, told=True)],
        "roll-ended": [*drawn, UnitRefused(ended, reading, None, 5.0),
                       HealthSeen(Part.PRINTER, ended, DETAILS[Part.PRINTER], NOW, told=True)],
        "stopped": [*start, LineStopped()],
    }  # fmt: skip


def a_window(
    application: QApplication, language: str, size: tuple[int, int], slots: tuple[SlotConfig, ...] = ONE_SLOT
) -> MainWindow:
    """A window to which nobody listens: it is only looked at."""
    controls = WindowBehind(lambda _: None).controls
    window = MainWindow(
        controls, station="bench-1", operator="Li Wei", product="Smart Plug Mini", demo=False, slots=slots,
        language=language,
    )  # fmt: skip
    window.resize(*size)
    window.show()
    application.processEvents()
    return window


def people_and_orders(this: PrintJob) -> Iterator[tuple[str, str, Callable[[MainWindow], None]]]:
    """Who works here, where somebody signs in, and the pages of people and orders."""
    waiting = stories()["waiting"]
    reading = DeviceReading(MacAddress.parse("00911f500047"), "gagent", "/dev/ttyUSB0", b"", NOW)
    for name in STATION:
        yield "duty", name, partial(show_duty, name=name, start=waiting, reading=reading)
    for name in SIGN_IN:
        yield "sign-in", name, partial(show_sign_in, name=name)
    for name in PEOPLE_PAGE:
        yield "people", name, partial(show_people, name=name)
    for name in ORDERS:
        yield "orders", name, partial(show_order, name=name, job=this)


def take(application: QApplication, window: MainWindow, name: str, language: str) -> None:
    """Once everything is laid out, which takes some rounds: a layout asks the one above it."""
    for _ in range(10):
        application.processEvents()
    size = window.width(), window.height()
    at = "" if size == SIZES[0] else f"-{size[0]}x{size[1]}"
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(held, "PNG")
    # 256 colours are plenty for a page of greys, and a third of the bytes.
    picture = (
        Image.open(io.BytesIO(held.data().data()))
        .convert("RGB")
        .quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    picture.save(FOLDER / f"{name}-{language.split('_')[0]}{at}.png", optimize=True)
    window.close()
    window.deleteLater()


def main() -> int:
    """The station's states at 1366x768, one of them at all sizes; the printers' states at the two smaller ones."""
    FOLDER.mkdir(exist_ok=True)
    application = QApplication(sys.argv[:1])
    load_fonts(application)
    for language in ("en", "zh_CN"):
        for name, story in stories().items():
            for size in SIZES if name in {"scan-label", "roll-ended"} else SIZES[:1]:
                window = a_window(application, language, size)
                for happening in story:
                    window.hear(happening)
                take(application, window, f"station-{name}", language)
        of_printers = printer_stories(some_job())
        for name in PRINTERS:
            for size in SIZES[:2]:
                window = a_window(application, language, size)
                show(window, of_printers[name])
                take(application, window, f"printers-{name}", language)
        this = some_job()
        for name, (count, happenings) in slot_stories(this, label).items():
            for size in SIZES[:2]:
                window = a_window(application, language, size, some_slots(count))
                for happening in happenings:
                    window.hear(happening)
                take(application, window, f"slots-{name}", language)
        of_devices = device_stories()
        for name in DEVICES:
            for size in SIZES[:2]:
                window = a_window(application, language, size, some_slots(2))
                show_device(window, of_devices[name])
                take(application, window, f"devices-{name}", language)
        for name in LISTS:
            for size in SIZES[:2]:
                window = a_window(application, language, size)
                show_list(window, name)
                take(application, window, f"lists-{name}", language)
        for name in PICTURED:
            for size in SIZES[:2]:
                window = a_window(application, language, size)
                show_codes(window, name, this)
                take(application, window, f"codes-{name}", language)
        for name in RECORDS_PICTURED:
            for size in SIZES[:2]:
                window = a_window(application, language, size)
                show_record(window, name, label)
                take(application, window, f"records-{name}", language)
        for kind, name, tell in people_and_orders(this):
            for size in SIZES[:2]:
                window = a_window(application, language, size)
                tell(window)
                take(application, window, f"{kind}-{name}", language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
