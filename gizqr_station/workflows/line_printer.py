"""The printer of the line, whichever that is: the choice may change between two labels."""

import logging
from collections.abc import Callable

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Printer, PrintReport

log = logging.getLogger(__name__)


class LinePrinter:
    """A Printer that is always the one chosen for the line."""

    def __init__(self, chosen: Callable[[], Printer], refresh: Callable[[], None]) -> None:
        """``refresh`` looks at the settings again and may raise a Failure."""
        self._chosen = chosen
        self._refresh = refresh

    @property
    def name(self) -> str:
        """Of the printer that is chosen now."""
        return self._chosen().name

    @property
    def dpi(self) -> int:
        """Of the printer that is chosen now; it refuses a label that was drawn for another."""
        return self._chosen().dpi

    def now(self) -> Printer:
        """The very printer that is chosen now, for a unit that must end on the printer that its record names."""
        return self._chosen()

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """On the printer that is chosen now."""
        return self._chosen().print_label(job_name, image, stop)

    def status(self, stop: Stop) -> PrinterStatus:
        """Of the printer that is chosen now, after a look at the settings, which somebody may have edited."""
        try:
            self._refresh()
        except Failure as unreadable:
            # A settings file that is being edited must not stop a line that has a printer.
            log.warning("the printers stay as they were: %s", unreadable)
        return self._chosen().status(stop)

    def calibrate(self, stop: Stop) -> None:
        """The printer that is chosen now."""
        self._chosen().calibrate(stop)
