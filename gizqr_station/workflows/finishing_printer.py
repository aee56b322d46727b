"""A printer that is let finish the label in hand: whoever pauses a batch should not leave half a label behind."""

import time

from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.workflows.ports import Printer, PrintReport

GRACE_S = 0.7
"""Most labels are handed over in a tenth of it, and a pause still takes no second."""


class FinishingPrinter:
    """The same printer; a label that was begun hears of a stop only after a moment's grace."""

    def __init__(self, printer: Printer, *, grace_s: float = GRACE_S) -> None:
        self._printer = printer
        self._grace_s = grace_s

    @property
    def name(self) -> str:
        """As shown to people."""
        return self._printer.name

    @property
    def dpi(self) -> int:
        """Of its head."""
        return self._printer.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        """Hand over one label."""
        return self._printer.print_label(job_name, image, LaterStop(stop, self._grace_s))

    def status(self, stop: Stop) -> PrinterStatus:
        """Asked between labels; stops at once."""
        return self._printer.status(stop)

    def calibrate(self, stop: Stop) -> None:
        """Stops at once."""
        self._printer.calibrate(stop)


class LaterStop(Stop):
    """Asked when another stop has been asked for so long, counted from when this one was first looked at since."""

    def __init__(self, stop: Stop, grace_s: float) -> None:
        super().__init__()
        self._stop, self._grace_s = stop, grace_s
        self._due: float | None = None

    @property
    def asked(self) -> bool:
        """Whether the grace is over."""
        if self._due is None and self._stop.asked:
            self._due = time.monotonic() + self._grace_s
        return super().asked or (self._due is not None and time.monotonic() >= self._due)

    def check(self) -> None:
        """Raise Stopped if it is."""
        if self.asked:
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Wait so long, or raise Stopped as soon as the grace is over."""
        ends = time.monotonic() + seconds
        while (left_s := ends - time.monotonic()) > 0:
            self.check()
            if self._due is None:
                try:
                    self._stop.sleep(left_s)
                except Stopped:
                    continue
                return
            super().sleep(min(left_s, max(0.0, self._due - time.monotonic())))
        self.check()
