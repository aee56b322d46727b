"""A report as CSV that a spreadsheet opens as it is: UTF-8 with its mark, and no text taken for a formula."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Self

from gizqr_station.exports.csv_file import defused
from gizqr_station.exports.report import Report, Row


class ReportCsv:
    """One file that is written row by row. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stream.close()

    def report(self, report: Report) -> None:
        """Its sections one below the other, a blank row between."""
        self.row((report.title,))
        for section in report.sections:
            self.row(())
            self.row((section.title,))
            if section.header:
                self.row(section.header)
            for row in section.rows:
                self.row(row)

    def row(self, row: Row) -> None:
        """One row; texts that a spreadsheet would calculate or change get an apostrophe before them."""
        self._rows.writerow([defused(cell) for cell in row])
