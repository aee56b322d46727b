"""What is told to the records page: pages of a search, a unit's history, and what became of a correction."""

from dataclasses import dataclass
from enum import Enum

from gizqr_station.domain.corrections import ReprintStanding
from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.records import RecordPage, RecordQuery
from gizqr_station.workflows.ports import Entry


@dataclass(frozen=True, slots=True)
class RecordsFound:
    """A page of a search; what was asked for meanwhile is not answered any more."""

    query: RecordQuery
    page: RecordPage
    more: bool = False
    """It continues the page before."""


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """Everything that is known of one device."""

    job: PrintJob
    """The label that was asked for."""
    jobs: tuple[PrintJob, ...]
    """All labels of the device, newest first."""
    entries: tuple[Entry, ...]
    """Of all of them, in the order in which they were written."""
    image: LabelImage | None
    """Of the label that was asked for, dot by dot as it was sent."""
    standing: ReprintStanding
    scanned: bool = False
    """A scan led here."""


class RecordWork(Enum):
    """What the records desk can be asked for."""

    SEARCH = "search"
    LOOK = "look"
    SCAN = "scan"
    REPRINT = "reprint"
    VOID = "void"
    SETTLE = "settle"
    VERIFY = "verify"
    """The scan of a reprinted label."""
    EXPORT = "export"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class LabelAwaited:
    """A reprinted label is on its way: it is stuck on and scanned."""

    job: PrintJob
    replaced: PrintJob
    serial_too: bool = False
    """The small code with the label serial has to be scanned as well: the voided label says the same as this one."""


@dataclass(frozen=True, slots=True)
class OldLabelScanned:
    """An alarm: a scan may be, or is, of a voided label. Told at every station that scans it."""

    voided: PrintJob
    replacement: PrintJob | None
    """The live label of the same device; None where it has none."""
    certain: bool
    """False where the live label says the same, and only its small code tells them apart."""


@dataclass(frozen=True, slots=True)
class RecordProgress:
    """An export goes on."""

    work: RecordWork
    done: int


@dataclass(frozen=True, slots=True)
class RecordDone:
    """A request was done, or why not."""

    work: RecordWork
    job: PrintJob | None = None
    file: str = ""
    rows: int = 0
    failure: Failure | None = None


RecordHappening = RecordsFound | UnitSeen | LabelAwaited | OldLabelScanned | RecordProgress | RecordDone
