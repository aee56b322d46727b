"""A printer behind its lane: labels leave in order, and the status is looked at only between them."""

import time

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import PrinterBusy
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.lanes import Lane
from gizqr_station.workflows.ports import Printer, PrintReport

STALE_S = 1.0
"""A label that waited longer behind something else is not sent: its device was looked at before, and may have left."""


class PrinterOnLane:
    """The same printer, whose every call runs on the one lane that is its own. The caller waits."""

    def __init__(self, printer: Printer, lane: Lane, *, stale_s: float = STALE_S) -> None:
        self._printer = printer
        self._lane = lane
        self._stale_s = stale_s

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._printer.name

    @property
    def dpi(self) -> int:
        """Of its head."""
        return self._printer.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Hand over one label, at once or not at all. The printer keeps its own time limits, so this ends."""
        asked_at = time.monotonic()

        def in_turn() -> PrintReport:
            if time.monotonic() - asked_at > self._stale_s:
                return PrintReport(PrintOutcome.REFUSED, 0, PrinterBusy(self.name))
            return self._printer.print_label(job_name, image, stop)

        return self._lane.submit(in_turn).result()

    def status(self, stop: Stop) -> PrinterStatus:
        """Asked when no label is on its way."""
        return self._lane.submit(self._printer.status, stop).result()

    def calibrate(self, stop: Stop) -> None:
        """Measured when no label is on its way."""
        self._lane.submit(self._printer.calibrate, stop).result()
