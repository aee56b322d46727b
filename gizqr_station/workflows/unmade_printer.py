"""Stands in for a printer that cannot be had, so that the station runs on and says why."""

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import PrintReport


class UnmadePrinter:
    """A Printer that refuses every label with the reason that it was given."""

    def __init__(self, name: str, dpi: int, failure: Failure) -> None:
        self._name, self._dpi, self._failure = name, dpi, failure

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._name

    @property
    def dpi(self) -> int:
        """As set up."""
        return self._dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """REFUSED: there is nothing to send it to."""
        del job_name, image, stop
        return PrintReport(PrintOutcome.REFUSED, 0, self._failure)

    def status(self, stop: Stop) -> PrinterStatus:
        """Why it cannot be had."""
        del stop
        return PrinterStatus(self._failure)

    def calibrate(self, stop: Stop) -> None:
        """Raise why it cannot be had."""
        del stop
        raise self._failure
