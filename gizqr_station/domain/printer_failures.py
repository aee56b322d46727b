"""What can go wrong between the station and its label printer."""

from dataclasses import dataclass

from gizqr_station.domain.failures import PrinterFailure


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
