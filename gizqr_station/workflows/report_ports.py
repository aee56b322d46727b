"""Where reports are written."""

from collections.abc import Iterable
from typing import Protocol

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.reports import OrderReport, ShiftReport


class ReportWriter(Protocol):
    """Writes reports as files for people: whole, or not at all."""

    def write_order(self, report: OrderReport, labels: Iterable[PrintJob]) -> tuple[str, ...]:
        """PDF and CSV; where they are. Raises FileNotWritten."""
        ...

    def write_shift(self, report: ShiftReport) -> tuple[str, ...]:
        """PDF and CSV; where they are. Raises FileNotWritten."""
        ...
