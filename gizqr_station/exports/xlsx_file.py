"""Records as an XLSX workbook in which every cell is text: nothing is calculated, rounded or made a link."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.line_failures import FileNotWritten
from gizqr_station.domain.stop import Stop
from gizqr_station.exports.columns import COLUMNS, row_of
from gizqr_station.exports.whole_file import appearing

MOST_ROWS = 1_048_576
"""Of one sheet, its header among them; more labels go on in another sheet (Excel specifications and limits)."""
_WIDTHS = {"label_serial": 12, "identity": 20, "product": 24, "product_key": 34, "opened_at": 21, "moved_at": 21}
"""Characters; 14 where nothing is said."""
_AS_IT_IS = {
    "constant_memory": True,  # rows go to the disk as they come
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_xlsx(
    jobs: Iterable[PrintJob], path: Path, stop: Stop | None = None, *, replace: bool = False, most_rows: int = MOST_ROWS
) -> int:
    """Write a header and a row a job, into as many sheets as it takes; tells how many jobs.

    The file appears whole or not at all; raises FileExists unless ``replace``, FileNotWritten, Stopped.
    """
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]

    with appearing(path, replace=replace) as part:
        # what it keeps for a while goes beside the file, where there is room for it, and not into a small /tmp
        book = xlsxwriter.Workbook(part, {**_AS_IT_IS, "tmpdir": str(part.parent)})
        book.set_properties({"comments": "Every cell is text."})
        try:
            written = _write(jobs, _Sheets(book, most_rows), stop or Stop())
        finally:
            try:
                book.close()  # its own files go with it
            except XlsxWriterException as refused:
                raise FileNotWritten(str(path), str(refused)) from refused
        return written


class _Sheet(Protocol):
    """What is used of a worksheet of xlsxwriter, which tells no types."""

    def freeze_panes(self, row: int, column: int) -> object: ...

    def set_column(self, first: int, last: int, width: int, form: object) -> object: ...

    def write_string(self, row: int, column: int, text: str, form: object) -> object: ...


class _Book(Protocol):
    """What is used of its workbook."""

    def add_format(self, properties: dict[str, object]) -> object: ...

    def add_worksheet(self, name: str) -> _Sheet: ...


class _Sheets:
    """Rows, sheet after sheet."""

    def __init__(self, book: _Book, most_rows: int) -> None:
        self._book = book
        self._most_rows = most_rows
        self._text = book.add_format({"num_format": "@"})
        self._bold = book.add_format({"num_format": "@", "bold": True})
        self._count = 0
        self._begin()

    def add(self, cells: Iterable[str]) -> None:
        """One more row."""
        if self._row == self._most_rows:
            self._begin()
        self._put(cells, self._text)

    def _begin(self) -> None:
        self._count += 1
        self._sheet = self._book.add_worksheet(f"labels {self._count}")
        self._sheet.freeze_panes(1, 0)
        for at, name in enumerate(COLUMNS):
            self._sheet.set_column(at, at, _WIDTHS.get(name, 14), self._text)
        self._row = 0
        self._put(COLUMNS, self._bold)

    def _put(self, cells: Iterable[str], form: object) -> None:
        for at, cell in enumerate(cells):
            self._sheet.write_string(self._row, at, cell, form)
        self._row += 1


def _write(jobs: Iterable[PrintJob], sheets: _Sheets, stop: Stop) -> int:
    written = 0
    for job in jobs:
        stop.check()
        sheets.add(row_of(job))
        written += 1
    return written
