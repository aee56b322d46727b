"""What can go wrong with jobs that wait: in the queues of a print server, and in the ledger's own."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Owner, PrinterFailure


@dataclass(eq=False)
class QueueNotRaw(PrinterFailure):
    """A queue with a driver was to be sent a label language: it would print pages of text."""

    code = "E-PRN-16"
    owner = Owner.LEAD
    queue: str
    driver: str


@dataclass(eq=False)
class QueueIsRaw(PrinterFailure):
    """A raw queue was to be sent a document: the printer would print its bytes."""

    code = "E-PRN-17"
    owner = Owner.LEAD
    queue: str
    document: str


@dataclass(eq=False)
class QueueUnknown(PrinterFailure):
    """The spooler has no such queue."""

    code = "E-PRN-18"
    owner = Owner.LEAD
    queue: str


@dataclass(eq=False)
class SpoolerSilent(PrinterFailure):
    """The print server does not answer."""

    code = "E-PRN-19"
    owner = Owner.IT
    server: str


@dataclass(eq=False)
class QueueStopped(PrinterFailure):
    """The queue was stopped, by a person or by an error."""

    code = "E-PRN-20"
    owner = Owner.LEAD
    queue: str
    reason: str


@dataclass(eq=False)
class QueueRejects(PrinterFailure):
    """The queue takes no jobs."""

    code = "E-PRN-21"
    owner = Owner.LEAD
    queue: str


@dataclass(eq=False)
class NotQueued(PrinterFailure):
    """The job does not wait in the queue any more."""

    code = "E-PRN-33"
    job: int
    state: str


@dataclass(eq=False)
class PrinterUnsuitable(PrinterFailure):
    """A job's dots were drawn for another resolution than this printer has."""

    code = "E-PRN-34"
    job: int
    printer: str
    drawn_dpi: int
    printer_dpi: int


@dataclass(eq=False)
class QueueWaits(PrinterFailure):
    """Jobs from before wait for a person's word."""

    code = "E-PRN-39"
    printer: str
    jobs: int


@dataclass(eq=False)
class JobHeld(PrinterFailure):
    """The job is held: it is not sent until somebody releases it."""

    code = "E-PRN-40"
    job: int
    reason: str


@dataclass(eq=False)
class QueueResends(PrinterFailure):
    """The queue's error policy sends a label again by itself, which would be a second one."""

    code = "E-PRN-46"
    owner = Owner.LEAD
    queue: str
    policy: str
