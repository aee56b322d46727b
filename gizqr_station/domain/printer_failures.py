"""What can go wrong between the station and its label printer."""

from dataclasses import dataclass

from gizqr_station.domain.failures import Failure, PrinterFailure


@dataclass(eq=False)
class PrinterUnreachable(PrinterFailure):
    """No connection; nothing was sent."""

    code = "E-PRN-01"
    printer: str
    address: str


@dataclass(eq=False)
class PrinterStalled(PrinterFailure):
    """The printer stopped taking bytes in mid label."""

    code = "E-PRN-02"
    printer: str
    sent: int
    total: int
    seconds: float


@dataclass(eq=False)
class PrinterConnectionLost(PrinterFailure):
    """The connection broke in mid label."""

    code = "E-PRN-03"
    printer: str
    sent: int
    total: int


@dataclass(eq=False)
class MediaOut(PrinterFailure):
    """No labels in the printer."""

    code = "E-PRN-04"
    printer: str


@dataclass(eq=False)
class RibbonOut(PrinterFailure):
    """No ribbon in the printer."""

    code = "E-PRN-05"
    printer: str


@dataclass(eq=False)
class CoverOpen(PrinterFailure):
    """Its cover or head is open."""

    code = "E-PRN-06"
    printer: str


@dataclass(eq=False)
class PrinterPaused(PrinterFailure):
    """Somebody pressed pause."""

    code = "E-PRN-07"
    printer: str


@dataclass(eq=False)
class PrinterOffline(PrinterFailure):
    """It answers that it is off line."""

    code = "E-PRN-08"
    printer: str


@dataclass(eq=False)
class MediaJam(PrinterFailure):
    """The media is jammed."""

    code = "E-PRN-09"
    printer: str


@dataclass(eq=False)
class PrinterOverheated(PrinterFailure):
    """Its head or motor is too hot."""

    code = "E-PRN-10"
    printer: str


@dataclass(eq=False)
class PrinterSilent(PrinterFailure):
    """It answered before and now says nothing, as many do while labels, ribbon or cover are not in order."""

    code = "E-PRN-11"
    printer: str


@dataclass(eq=False)
class PrinterFault(PrinterFailure):
    """It reports something that has no leaf of its own."""

    code = "E-PRN-12"
    printer: str
    said: str


@dataclass(eq=False)
class PrinterBusy(PrinterFailure):
    """It still works on something that is not ours."""

    code = "E-PRN-13"
    printer: str


@dataclass(eq=False)
class PrintAborted(PrinterFailure):
    """Printer or spooler gave the job up after it was handed over."""

    code = "E-PRN-22"
    printer: str
    reason: str


@dataclass(eq=False)
class PrintUnconfirmed(PrinterFailure):
    """Everything was taken, but the word that the label is out did not come in time."""

    code = "E-PRN-23"
    printer: str
    seconds: float


@dataclass(eq=False)
class LabelCountDiffers(PrinterFailure):
    """The printer's own counter went on by another number than one."""

    code = "E-PRN-24"
    printer: str
    counted: int


@dataclass(eq=False)
class RollEnded(PrinterFailure):
    """By count the roll has no whole label left."""

    code = "E-PRN-29"
    printer: str


@dataclass(eq=False)
class RibbonEnded(PrinterFailure):
    """By count the ribbon has no whole label left."""

    code = "E-PRN-30"
    printer: str


@dataclass(eq=False)
class RollLow(PrinterFailure):
    """By count the roll ends soon."""

    code = "E-PRN-31"
    printer: str
    left: int


@dataclass(eq=False)
class RibbonLow(PrinterFailure):
    """By count the ribbon ends soon."""

    code = "E-PRN-32"
    printer: str
    left: int


@dataclass(eq=False)
class MediaLow(PrinterFailure):
    """The printer says that its labels end soon."""

    code = "E-PRN-37"
    printer: str


@dataclass(eq=False)
class LabelNotTaken(PrinterFailure):
    """A label waits at the peeler to be taken."""

    code = "E-PRN-38"
    printer: str


@dataclass(eq=False)
class LabelHeldBack(PrinterFailure):
    """The printer was sent the label, then reported a fault: many print it once the fault is mended."""

    code = "E-PRN-45"
    printer: str
    cause: Failure


_HOLD_BACK = (
    MediaOut,
    RibbonOut,
    CoverOpen,
    PrinterPaused,
    PrinterOffline,
    MediaJam,
    PrinterOverheated,
    PrinterSilent,
    PrinterFault,
    PrinterBusy,
    LabelNotTaken,
)


def after_sending(printer: str, failure: Failure) -> Failure:
    """The same trouble, of a label that was sent: it can no longer be said that the station goes on by itself."""
    return LabelHeldBack(printer, failure) if isinstance(failure, _HOLD_BACK) else failure
