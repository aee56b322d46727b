"""What leads to each picture of the devices page, and of the station's page with several slots."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from gizqr_station.domain.device_failures import DeviceUnplugged, NothingRecognised, OnlyNoise
from gizqr_station.domain.identity import MacAddress
from gizqr_station.domain.job import JobState, PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.ledger_failures import AlreadyLabelled
from gizqr_station.domain.line_failures import WrongLabel
from gizqr_station.domain.reader_profile import AtTalk, EsptoolTalk, GagentTalk, LogTalk, ReaderProfile
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.serial_ports import PortName, SerialPort
from gizqr_station.domain.slot import LeavesBy, SlotConfig
from gizqr_station.domain.wire_text import WireBytes
from gizqr_station.gui.main_window import MainWindow
from gizqr_station.gui.page_tabs import Page
from gizqr_station.workflows.device_happenings import (
    PortsSeen,
    ReadersKnown,
    SlotsKnown,
    TrialBegun,
    TrialEnded,
    WireHeard,
    WireLogKept,
)
from gizqr_station.workflows.happenings import (
    AtSlot,
    DeviceRead,
    DeviceSeen,
    Happening,
    HealthSeen,
    JobChanged,
    LabelDrawn,
    Part,
    ScanBackDue,
    ScanRefused,
    SettlementDue,
    Tally,
    TurnAwaited,
    UnitDone,
    UnitRefused,
    WaitingForDevice,
)

NAMES = ("left jig", "right jig", "rework", "", "", "", "", "QA table")
PORTS = (
    SerialPort("/dev/ttyUSB0", "A50285BI", "1-1.1", 0x0403, 0x6001, "FT232R USB UART"),
    SerialPort("/dev/ttyUSB1", "0001", "1-1.2", 0x10C4, 0xEA60, "CP2102 USB to UART Bridge"),
    SerialPort("/dev/ttyUSB2", "0001", "1-1.3", 0x10C4, 0xEA60, "CP2102 USB to UART Bridge"),
    SerialPort("/dev/ttyS0", description="ttyS0"),
)
NEW_PORT = SerialPort("/dev/ttyACM0", "7F02A1", "1-1.4", 0x303A, 0x1001, "USB JTAG/serial debug unit")
READERS = (
    ReaderProfile(
        "at-cgsn", {"en": "NB-IoT and 4G modules (AT+CGSN)", "zh_CN": "NB-IoT 与 4G 模组（AT+CGSN）"}, AtTalk(())
    ),
    ReaderProfile("at-esp", {"en": "ESP with AT firmware", "zh_CN": "ESP（AT 固件）"}, AtTalk(())),
    ReaderProfile("esptool", {"en": "ESP chip in its bootloader", "zh_CN": "ESP 芯片（引导模式）"}, EsptoolTalk()),
    ReaderProfile("gagent", {"en": "Gizwits module, 9600", "zh_CN": "机智云模组，9600"}, GagentTalk(), 9600),
    ReaderProfile("gagent-115200", {"en": "Gizwits module, 115200", "zh_CN": "机智云模组，115200"}, GagentTalk()),
    ReaderProfile("log-hf-lpb100", {"en": "HF-LPB100, boot log", "zh_CN": "HF-LPB100，启动日志"}, LogTalk(()), 57600),
    ReaderProfile(
        "my-lamp", {"en": "Lamp of line 3, boot log", "zh_CN": "3 号线灯具，启动日志"}, LogTalk(()), own=True
    ),
)
"""As shipped, and one of the user's; how they ask is of no account here."""


@dataclass(frozen=True, slots=True)
class Story:
    """How a picture comes about."""

    happenings: list[Happening]
    press: Callable[[MainWindow], None] = lambda _window: None


def some_slots(count: int) -> tuple[SlotConfig, ...]:
    """On adapters by serial number."""
    ports = [PortName.parse(f"hub:1-1.{number}") for number in range(1, count + 1)]
    return tuple(SlotConfig(number, NAMES[number - 1], ports[number - 1]) for number in range(1, count + 1))


def slot_stories(job: PrintJob, draw: Callable[[str, str], LabelImage]) -> dict[str, tuple[int, list[Happening]]]:
    """The number of slots, and what happened in them."""
    now = datetime.now(UTC)

    def mac(slot: int) -> MacAddress:
        return MacAddress.parse(f"00911f50{slot:02x}47")

    def of(slot: int, state: JobState = JobState.SENT) -> PrintJob:
        draft = replace(job.draft, identity=mac(slot), label_serial=f"L-{120 + slot:06d}")
        return replace(job, id=120 + slot, draft=draft, state=state)

    def at(slot: int, *happenings: Happening) -> list[Happening]:
        return [AtSlot(slot, happening) for happening in happenings]

    def reading(slot: int) -> DeviceReading:
        return DeviceReading(mac(slot), "gagent", f"/dev/ttyUSB{slot}", b"", now)

    def drawn(slot: int) -> list[Happening]:
        return at(
            slot, DeviceSeen(), DeviceRead(reading(slot)), LabelDrawn(draw(mac(slot).readable, f"L-{120 + slot:06d}"))
        )

    def due(slot: int) -> list[Happening]:
        return [*drawn(slot), *at(slot, JobChanged(of(slot)), ScanBackDue(of(slot)))]

    def start(count: int) -> list[Happening]:
        parts = [part for part in Part if part is not Part.DEVICE_PORT]
        begun: list[Happening] = [HealthSeen(part, None, "", now, told=True) for part in parts]
        begun.append(Tally(127, 0, 1, 0, ()))
        for slot in range(1, count + 1):
            begun += at(slot, HealthSeen(Part.DEVICE_PORT, None, f"ttyUSB{slot}", now), WaitingForDevice())
        return begun

    verified = of(1, JobState.VERIFIED)
    twice = AlreadyLabelled("00:91:1F:50:04:47", now - timedelta(hours=2), "bench-2", "L-000093", "verified")
    return {
        "1-scan-label": (1, [*start(1), *due(1)]),
        "2-waiting": (2, start(2)),
        "2-scan-label": (2, [*start(2), *due(2), *drawn(1), *at(1, TurnAwaited(2))]),
        "4-scan-label": (4, [
            *start(4), *due(3), *drawn(1), *at(1, TurnAwaited(3)), *at(2, DeviceSeen()),
            *at(4, DeviceRead(reading(4)), UnitRefused(twice, reading(4))),
        ]),
        "4-wrong-label": (4, [
            *start(4), *due(3), *drawn(1), *at(1, TurnAwaited(3)),
            *at(3, ScanRefused(WrongLabel("00:91:1F:50:03:47", "00:91:1F:50:01:47"))),
        ]),
        "4-verified": (4, [
            *start(4), *due(1), *at(2, DeviceSeen()), *at(1, JobChanged(verified), UnitDone(verified)),
        ]),
        "4-refused": (4, [
            *start(4), *at(2, DeviceSeen()), *at(4, DeviceRead(reading(4)), UnitRefused(twice, reading(4))),
        ]),
        "8-scan-label": (8, [
            *start(8), *due(5), *drawn(1), *at(1, TurnAwaited(5)), *drawn(2), *at(2, TurnAwaited(5)),
            *at(3, DeviceSeen()), *at(4, DeviceRead(reading(4)), UnitRefused(twice, reading(4))),
            *at(7, UnitRefused(DeviceUnplugged("ttyUSB7"), None)),
            *at(8, DeviceRead(reading(8)), JobChanged(of(8, JobState.VERIFIED)), UnitDone(of(8, JobState.VERIFIED))),
            *at(6, DeviceRead(reading(6))), AtSlot(8, WaitingForDevice()),
        ]),
        "8-unknown": (8, [
            *start(8), *drawn(5), *at(5, SettlementDue(of(5, JobState.UNKNOWN), None)),
            *drawn(2), *at(2, TurnAwaited(5)),
        ]),
    }  # fmt: skip


def wire(*pieces: tuple[str, bool], every_ms: int = 130) -> WireHeard:
    """Bytes in hexadecimal, sent or not."""
    began = datetime.now(UTC).replace(hour=4, minute=2, second=7, microsecond=0)
    heard = [
        WireBytes(began + timedelta(milliseconds=every_ms * at), sent, bytes.fromhex(data))
        for at, (data, sent) in enumerate(pieces)
    ]
    return WireHeard(tuple(heard))


PING = "ff ff 00 05 07 01 00 00 0d"
ASK = "ff ff 00 06 21 01 00 00 00 28"
ANSWER = (
    "ff ff 00 54 22 01 00 00 01 30 34 30 31 30 30 31 43 30 34 30 31 30 30 30 30 00 00 00 00 00 00 00 00"
    "30 30 39 31 31 66 35 30 30 30 34 37 00 00 00 00 31 39 32 2e 31 36 38 2e 31 2e 37 00"
)
NOISE = "00 80 f8 00 78 80 78 f8 00 80 80 f8 00 78 80 78 f8 00 80 80 f8 00 78 80 78 f8 00 80"


def press_start(window: MainWindow) -> None:
    """A person tries what is chosen."""
    window.devices._start()


def choose_gagent(window: MainWindow) -> None:
    """A person chooses a reader."""
    window.devices._choose_reader("gagent", 0)


def then(*presses: Callable[[MainWindow], None], tell: list[Happening] | None = None) -> Callable[[MainWindow], None]:
    """One after the other, and then this happens."""

    def press(window: MainWindow) -> None:
        for each in presses:
            each(window)
        for happening in tell or []:
            window.hear(happening)

    return press


def open_slot(window: MainWindow) -> None:
    """A person opens the settings of a slot."""
    window.devices._choose_slot("2")


def device_stories() -> dict[str, Story]:
    """Every picture of the page."""
    now = datetime.now(UTC)
    two = (
        SlotConfig(1, "left jig", PortName.parse("usb:A50285BI"), "gagent"),
        SlotConfig(2, "right jig", PortName.parse("hub:1-1.2"), "at-cgsn", leaves_by=LeavesBy.SILENCE),
    )
    known: list[Happening] = [SlotsKnown(two, two), ReadersKnown(READERS)]
    start: list[Happening] = [*known, PortsSeen(PORTS), AtSlot(1, WaitingForDevice())]
    talk: list[Happening] = [wire((PING, False), (ASK, True), (PING, False), (ASK, True))]
    reading = DeviceReading(MacAddress.parse("00911f500047"), "gagent", "/dev/ttyS0", b"", now)
    read: list[Happening] = [
        wire((PING, False), (ASK, True), (ANSWER, False)), TrialEnded(reading, None),
    ]  # fmt: skip
    port = "/dev/ttyS0"

    def choose_port(window: MainWindow) -> None:
        window.devices._choose_port(port)

    def begun(reader: str) -> list[Happening]:
        return [TrialBegun(port, reader)]

    more = [*two, SlotConfig(3, "", PortName.parse("hub:1-1.3"))]
    return {
        "opening": Story([]),
        "empty": Story([SlotsKnown((SlotConfig(1, "", None),)), ReadersKnown(READERS), PortsSeen(())]),
        "ports": Story([*start, PortsSeen((*PORTS[:3], NEW_PORT, PORTS[3]))]),
        "waiting": Story(start, then(choose_port, choose_gagent, press_start, tell=begun("gagent"))),
        "trying": Story(start, then(choose_port, choose_gagent, press_start, tell=[*begun("gagent"), *talk])),
        "found": Story(start, then(choose_port, press_start, tell=[*begun("auto"), *read])),
        "noise": Story(start, then(choose_port, choose_gagent, press_start, tell=[
            *begun("gagent"), wire((NOISE * 6, False), (ASK, True), (NOISE * 3, False)),
            TrialEnded(None, OnlyNoise("ttyS0", 252, 9600)),
            WireLogKept("/home/station/gizqr/wire-logs/2026-11-22T12-02-07 ttyS0 gagent.txt", None, 1048),
        ])),
        "nothing": Story(start, then(choose_port, press_start, tell=[
            *begun("auto"), TrialEnded(None, NothingRecognised("ttyS0", "gagent, at-cgsn, at-esp")),
        ])),
        "slot": Story(start, open_slot),
        "changed": Story([*known[1:], SlotsKnown(two, tuple(more)), PortsSeen(PORTS)]),
    }  # fmt: skip


def show(window: MainWindow, story: Story) -> None:
    """Tell it and press it."""
    window.open_page(Page.DEVICES)
    for happening in story.happenings:
        window.hear(happening)
    story.press(window)
