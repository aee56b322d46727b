"""Negative controls: drivers and a start-up that are careless, each in a way that must be found out."""

from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.label import LabelImage
from gizqr_station.domain.printer import PrinterStatus
from gizqr_station.domain.printer_failures import LabelCountDiffers, PrintUnconfirmed
from gizqr_station.domain.stop import Stop
from gizqr_station.workflows.ports import Printer, PrintReport
from gizqr_station.workflows.print_queue import release_and_print
from tests.end_to_end.lying_bench import LyingBench


class Careless:
    """Everything but ``print_label`` is the real driver's."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    @property
    def name(self) -> str:
        return self._printer.name

    @property
    def dpi(self) -> int:
        return self._printer.dpi

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        return self._printer.print_label(job_name, image, stop)

    def status(self, stop: Stop) -> PrinterStatus:
        return self._printer.status(stop)

    def calibrate(self, stop: Stop) -> None:
        self._printer.calibrate(stop)


class TakenIsPrinted(Careless):
    """What was taken to the last byte is CONFIRMED."""

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        report = self._printer.print_label(job_name, image, stop)
        taken = report.failure is None or isinstance(report.failure, PrintUnconfirmed | LabelCountDiffers)
        return PrintReport(PrintOutcome.CONFIRMED, report.bytes_sent) if taken else report


class SendsAgain(Careless):
    """What broke is sent once more."""

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        report = self._printer.print_label(job_name, image, stop)
        return (
            report if report.outcome is not PrintOutcome.UNKNOWN else self._printer.print_label(job_name, image, stop)
        )


class BrokenIsNotSent(Careless):
    """What broke is REFUSED, which gives the identity free for another label."""

    def print_label(self, job_name: str, image: LabelImage, stop: Stop) -> PrintReport:
        report = self._printer.print_label(job_name, image, stop)
        if report.outcome is not PrintOutcome.UNKNOWN:
            return report
        return PrintReport(PrintOutcome.REFUSED, 0, report.failure)


def fire_what_waits(bench: LyingBench) -> None:
    """A start that sends what an earlier life of the station had queued."""
    for waiting in bench.ledger.queued():
        release_and_print(bench.ledger, waiting.job.id, bench.printer, who="start", stop=Stop(), tell=lambda _: None)
