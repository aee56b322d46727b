"""What workflows tell while they work: frozen events, heard by a window, a progress bar or a log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from gizqr_station.domain.codes import IssuedCode
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintJob, PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import FoundPrinter, PrinterConfig, PrinterStatus
from gizqr_station.domain.queued import QueuedJob
from gizqr_station.domain.reading import DeviceReading
from gizqr_station.domain.supplies import Supply
from gizqr_station.workflows.batch_happenings import BatchHappening
from gizqr_station.workflows.code_happenings import CodeHappening
from gizqr_station.workflows.device_happenings import DeviceHappening
from gizqr_station.workflows.order_happenings import OrderHappening
from gizqr_station.workflows.outbox_happenings import OutboxSeen
from gizqr_station.workflows.people_happenings import PeopleHappening
from gizqr_station.workflows.record_happenings import RecordHappening


@dataclass(frozen=True, slots=True)
class WaitingForDevice:
    """The line is free: plug in or scan the next device."""


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """Something was plugged in and is being read."""


@dataclass(frozen=True, slots=True)
class DeviceRead:
    """A device said who it is."""

    reading: DeviceReading


@dataclass(frozen=True, slots=True)
class CodeFetched:
    """The device's code is here."""

    code: IssuedCode


@dataclass(frozen=True, slots=True)
class LabelDrawn:
    """The label is drawn and was decoded; these very dots will be printed."""

    image: LabelImage


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A job was opened or moved; the ledger has it already."""

    job: PrintJob


@dataclass(frozen=True, slots=True)
class TurnAwaited:
    """The label is drawn, but another slot's is still out; told again whenever the turn goes on to another slot."""

    holder: int
    """The slot whose label has to be scanned or settled first."""


@dataclass(frozen=True, slots=True)
class ScanBackDue:
    """The label is on its way: the operator sticks it on and scans it."""

    job: PrintJob


@dataclass(frozen=True, slots=True)
class SettlementDue:
    """Nobody knows whether a usable label came out: scan it, or say that none did."""

    job: PrintJob
    failure: Failure | None
    image: LabelImage | None = None
    """Of the label in question."""


@dataclass(frozen=True, slots=True)
class ScanRefused:
    """A scan that changes nothing; the state before it goes on."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class LabelKnown:
    """A scanned label that is already settled: what the ledger says of it."""

    job: PrintJob
    by_content: bool = False
    """Its QR code was read; its label serial, typed or from its small code, proves no content."""


@dataclass(frozen=True, slots=True)
class UnitDone:
    """A unit has ended well: verified, or handed over with no scan-back asked for."""

    job: PrintJob


@dataclass(frozen=True, slots=True)
class UnitRefused:
    """A unit has ended without a label: why, and how far it came."""

    failure: Failure
    reading: DeviceReading | None
    job: PrintJob | None = None
    retry_in_s: float | None = None
    """After this time the station tries again by itself; None where only a person can change something."""


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """The program has a fault somewhere; what the line is doing goes on."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class LineStopped:
    """The line no longer runs."""


class Part(Enum):
    """What the health tiles watch."""

    DEVICE_PORT = "device_port"
    """Each slot's own: told ``AtSlot``."""
    SCANNER = "scanner"
    """On a serial port, or a camera; only where one is set up. What types like a keyboard cannot be looked at."""
    CODE_SERVICE = "code_service"
    PRINTER = "printer"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class HealthSeen:
    """A part was looked at."""

    part: Part
    failure: Failure | None
    detail: str
    """The port's name, the service's address …"""
    at: datetime
    warning: Failure | None = None
    """What will stop it before long; it works for now."""
    told: bool = False
    """The part said so itself; otherwise it is only known that something is there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counters of the ledger, looked up after each unit."""

    verified: int
    unknown: int
    failed: int
    handed_over: int
    """Sent or printed but not scanned back; never counted as verified."""
    latest: tuple[PrintJob, ...]
    """The last units, newest first."""


@dataclass(frozen=True, slots=True)
class PrintersKnown:
    """The printers that are set up."""

    printers: tuple[PrinterConfig, ...]
    line_printer: str


@dataclass(frozen=True, slots=True)
class PrinterFound:
    """A search came upon a printer."""

    found: FoundPrinter


@dataclass(frozen=True, slots=True)
class SearchEnded:
    """A search for printers has looked through everything."""


@dataclass(frozen=True, slots=True)
class PrinterLooked:
    """A printer was looked at."""

    printer: str
    status: PrinterStatus
    supplies: tuple[Supply, ...] = ()


class DeskWork(Enum):
    """What the printer desk can be asked to do with a printer."""

    SAVE = "save"
    TEST_LABEL = "test_label"
    CALIBRATE = "calibrate"
    NEW_ROLL = "new_roll"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class DeskDone:
    """The printer desk ended a piece of work."""

    work: DeskWork
    printer: str
    failure: Failure | None = None
    outcome: PrintOutcome | None = None
    """Of a test label or a released job."""


@dataclass(frozen=True, slots=True)
class QueueSeen:
    """What waits, of all printers, oldest first."""

    jobs: tuple[QueuedJob, ...]


@dataclass(frozen=True, slots=True)
class AtSlot:
    """Something happened to the unit of one slot, or to its port. A bench with one slot says so too.

    What concerns the whole bench is told bare: counters, queue, printers, the other parts' health, faults, and on a
    bench with several slots scans that were no slot's (ScanRefused, LabelKnown, and JobChanged of a label found).
    """

    slot: int
    happening: "Happening"


Happening = (
    WaitingForDevice
    | DeviceSeen
    | DeviceRead
    | CodeFetched
    | LabelDrawn
    | JobChanged
    | TurnAwaited
    | ScanBackDue
    | SettlementDue
    | ScanRefused
    | LabelKnown
    | UnitDone
    | UnitRefused
    | FaultSeen
    | LineStopped
    | HealthSeen
    | Tally
    | PrintersKnown
    | PrinterFound
    | SearchEnded
    | PrinterLooked
    | DeskDone
    | QueueSeen
    | AtSlot
    | DeviceHappening
    | BatchHappening
    | CodeHappening
    | PeopleHappening
    | RecordHappening
    | OrderHappening
    | OutboxSeen
)

Tell = Callable[[Happening], None]
"""Whoever wants to hear; called on the thread where it happened, must return at once and never raise."""
