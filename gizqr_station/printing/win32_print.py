"""The part of pywin32's ``win32print`` that is used, and what its numbers mean.

Names and shapes are pywin32's, see https://mhammond.github.io/pywin32/win32print.html. The numbers are Microsoft's:
winspool.h, and [MS-RPRN] 2.2.3.12 (printers) and JOB_INFO_1 (jobs).
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Any, Protocol

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.printer_failures import CoverOpen, MediaJam, MediaOut, PrinterFault, PrinterOffline
from gizqr_station.domain.printer_setup_failures import PrinterLibraryMissing

ERROR_ACCESS_DENIED = 5
ERROR_INVALID_PARAMETER = 87
"""What GetJob answers for a job that is not in the list any more ([MS-RPRN] 3.1.4.3.2)."""
ERROR_INVALID_PRINTER_NAME = 1801
JOB_CONTROL_DELETE = 5


class JobStatus(IntFlag):
    """JOB_INFO_1.Status."""

    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    SPOOLING = 0x8
    PRINTING = 0x10
    OFFLINE = 0x20
    PAPEROUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED_DEVQ = 0x200
    USER_INTERVENTION = 0x400
    RESTART = 0x800
    COMPLETE = 0x1000
    RETAINED = 0x2000


class QueueStatus(IntFlag):
    """PRINTER_INFO_2.Status, as far as it keeps a label from being printed."""

    PAUSED = 0x1
    ERROR = 0x2
    PENDING_DELETION = 0x4
    PAPER_JAM = 0x8
    PAPER_OUT = 0x10
    PAPER_PROBLEM = 0x40
    OFFLINE = 0x80
    NOT_AVAILABLE = 0x1000
    USER_INTERVENTION = 0x100000
    OUT_OF_MEMORY = 0x200000
    DOOR_OPEN = 0x400000
    SERVER_OFFLINE = 0x2000000


WORK_OFFLINE = 0x400
"""PRINTER_INFO_2.Attributes: somebody chose "Use Printer Offline", or the port found nobody."""

Said = tuple[int, Callable[[str], Failure]]


def _fault(said: str) -> Callable[[str], Failure]:
    return lambda printer: PrinterFault(printer, said)


# In this order: what a person can see at the printer comes before what Windows makes of it.
JOB_FAULTS: tuple[Said, ...] = (
    (JobStatus.PAPEROUT, MediaOut),
    (JobStatus.OFFLINE, PrinterOffline),
    (JobStatus.USER_INTERVENTION, _fault("user intervention")),
    (JobStatus.BLOCKED_DEVQ, _fault("driver cannot print the job")),
    (JobStatus.ERROR, _fault("error")),
)
QUEUE_FAULTS: tuple[Said, ...] = (
    (QueueStatus.DOOR_OPEN, CoverOpen),
    (QueueStatus.PAPER_JAM, MediaJam),
    (QueueStatus.PAPER_OUT, MediaOut),
    (QueueStatus.PAPER_PROBLEM, _fault("paper problem")),
    (QueueStatus.OFFLINE | QueueStatus.SERVER_OFFLINE | QueueStatus.NOT_AVAILABLE, PrinterOffline),
    (QueueStatus.USER_INTERVENTION, _fault("user intervention")),
    (QueueStatus.OUT_OF_MEMORY, _fault("out of memory")),
    (QueueStatus.PENDING_DELETION, _fault("being deleted")),
    (QueueStatus.ERROR, _fault("error")),
)


def fault_in(status: int, faults: tuple[Said, ...], printer: str) -> Failure | None:
    """The first that is set, in words; None when none is."""
    for bits, failure in faults:
        if status & bits:
            return failure(printer)
    return None


class Win32Print(Protocol):
    """The functions; each raises pywin32's ``error``, which carries a ``winerror``."""

    def OpenPrinter(self, printer: str, /) -> Any:  # noqa: N802, ANN401 - pywin32's names; its handles have no type
        """A handle."""
        ...

    def ClosePrinter(self, handle: Any, /) -> None:  # noqa: N802, ANN401
        """Give it back."""
        ...

    def GetPrinter(self, handle: Any, level: int, /) -> dict[str, Any]:  # noqa: N802, ANN401
        """Level 2 has Status and Attributes."""
        ...

    def EnumJobs(self, handle: Any, first: int, count: int, level: int, /) -> Sequence[dict[str, Any]]:  # noqa: N802, ANN401
        """Level 1 has JobId and Status."""
        ...

    def StartDocPrinter(self, handle: Any, level: int, document: tuple[str, str | None, str], /) -> int:  # noqa: N802, ANN401
        """The job's number; ``document`` is its name, no file, and its data type."""
        ...

    def StartPagePrinter(self, handle: Any, /) -> None:  # noqa: N802, ANN401
        """A page begins."""
        ...

    def WritePrinter(self, handle: Any, data: bytes, /) -> int:  # noqa: N802, ANN401
        """How many bytes were taken."""
        ...

    def EndPagePrinter(self, handle: Any, /) -> None:  # noqa: N802, ANN401
        """It ends."""
        ...

    def EndDocPrinter(self, handle: Any, /) -> None:  # noqa: N802, ANN401
        """The job is whole."""
        ...

    def AbortPrinter(self, handle: Any, /) -> None:  # noqa: N802, ANN401
        """Throw away what was written."""
        ...

    def GetJob(self, handle: Any, job: int, level: int, /) -> dict[str, Any]:  # noqa: N802, ANN401
        """Level 1 has Status and pStatus, the port's own words, which come first where there are any."""
        ...

    def SetJob(self, handle: Any, job: int, level: int, info: None, command: int, /) -> None:  # noqa: N802, ANN401
        """With level 0 only the command is done."""
        ...


@dataclass(frozen=True, slots=True)
class Spooler:
    """The functions, and what they raise."""

    api: Win32Print
    error: type[Exception]


def windows_spooler(printer: str) -> Spooler:
    """Of this machine; raises PrinterLibraryMissing anywhere but on Windows with pywin32."""
    try:
        api = importlib.import_module("win32print")
        error = importlib.import_module("pywintypes").error
    except ImportError as missing:
        raise PrinterLibraryMissing(printer, "win32print") from missing
    return Spooler(api, error)


def winerror(fault: Exception) -> int:
    """Its Windows number; 0 where it has none."""
    number = getattr(fault, "winerror", 0)
    return number if isinstance(number, int) else 0


def words(fault: Exception) -> str:
    """What Windows says of it, in the system's language."""
    return str(getattr(fault, "strerror", "") or fault)
