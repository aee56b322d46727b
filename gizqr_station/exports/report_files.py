"""Puts reports where reports are kept: each file whole or not at all, and none in place of another."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from itertools import count, islice
from pathlib import Path

from gizqr_station.domain.export_failures import FileExists
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.reports import OrderReport, ShiftReport
from gizqr_station.exports.order_report import label_header, label_row, labels_section, order_sections
from gizqr_station.exports.report import Report
from gizqr_station.exports.report_csv import ReportCsv
from gizqr_station.exports.report_pdf import write_pdf
from gizqr_station.exports.shift_report import shift_sections
from gizqr_station.exports.whole_file import appearing

MOST_IN_PDF = 2_000
"""Labels that a PDF lists: some forty pages. The CSV has them all."""
_UNFIT = re.compile(r"[^\w\-]+")


class ReportFiles:
    """The ReportWriter of ``workflows.report_ports``, in one folder and one language."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language

    def write_order(self, report: OrderReport, labels: Iterable[PrintJob]) -> tuple[str, ...]:
        """PDF and CSV; where they are. Raises FileNotWritten."""
        said = order_sections(report, self._language)
        shown: list[PrintJob] = []
        name = f"order-{_fit(report.order.number)}-{_stamp(report.written_at)}"

        def csv(file: Path) -> None:
            with ReportCsv(file) as written:
                written.report(said)
                written.row(())
                written.row(label_header(self._language))
                left = iter(labels)
                for job in islice(left, MOST_IN_PDF):
                    shown.append(job)
                    written.row(label_row(job, self._language))
                for job in left:
                    written.row(label_row(job, self._language))

        def pdf(file: Path) -> None:
            listed = labels_section(tuple(shown), report.labels, self._language)
            write_pdf(Report(said.title, (*said.sections, listed)), file, self._language)

        table = self._put(f"{name}.csv", csv)
        return self._put(f"{name}.pdf", pdf), table

    def write_shift(self, report: ShiftReport) -> tuple[str, ...]:
        """PDF and CSV; where they are. Raises FileNotWritten."""
        said = shift_sections(report, self._language)
        at = report.shift.closed_at or report.written_at
        name = f"shift-{_fit(report.shift.station)}-{report.shift.id}-{_stamp(at)}"

        def csv(file: Path) -> None:
            with ReportCsv(file) as written:
                written.report(said)

        pdf = self._put(f"{name}.pdf", lambda file: write_pdf(said, file, self._language))
        return pdf, self._put(f"{name}.csv", csv)

    def _put(self, name: str, write: Callable[[Path], None]) -> str:
        """Under the first of its names that no report has yet: within one second there may be several."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise FileNotWritten(str(self._folder), fault.strerror or type(fault).__name__) from fault
        wanted = self._folder / name
        for number in count(1):
            file = wanted if number == 1 else wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
            with suppress(FileExists):
                with appearing(file) as part:
                    write(part)
                return str(file)
        raise AssertionError("counting does not end")


def _fit(text: str) -> str:
    """What may stand in the name of a file, on any system."""
    return _UNFIT.sub("_", text).strip("_")[:40] or "_"


def _stamp(at: datetime) -> str:
    return at.astimezone().strftime("%Y%m%d-%H%M%S")
