"""Records as a CSV file that a spreadsheet shows as it is: no formula runs, no number, no date is made of a cell."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.stop import Stop
from gizqr_station.exports.columns import COLUMNS, row_of
from gizqr_station.exports.whole_file import appearing

_BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as the local code page
_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")  # full-width signs start formulas in East Asian editions
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# What a spreadsheet would take for something else and change: leading zeros, more than 15 digits, an exponent, and what
# looks like a date or a time, such as the order 12-05 or the order MAR1.
_CHANGED = re.compile(
    r"0[0-9]+|[0-9]{16,}|[0-9]+(\.[0-9]*)?E[+-]?[0-9]+"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}([-/.][0-9]{1,4})?|[0-9]{1,4}:[0-9]{2}(:[0-9]{2})?( ?[ap]m?)?"
    rf"|{_MONTH}[-/. ]?[0-9]{{1,4}}|[0-9]{{1,4}}[-/. ]?{_MONTH}([-/. ]?[0-9]{{1,4}})?",
    re.IGNORECASE | re.ASCII,
)


def write_csv(
    jobs: Iterable[PrintJob], destination: Path | TextIO, stop: Stop | None = None, *, replace: bool = False
) -> int:
    """Write a header and a line a job, UTF-8 with byte order mark, lines ended by CR LF; tells how many jobs.

    A file appears whole or not at all; raises FileExists unless ``replace``, FileNotWritten, Stopped. A text stream
    should be opened with ``newline=""``.
    """
    if not isinstance(destination, Path):
        return _write(jobs, destination, stop or Stop())
    with appearing(destination, replace=replace) as part, part.open("x", encoding="utf-8", newline="") as stream:
        return _write(jobs, stream, stop or Stop())


def defused(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet would run it or change it."""
    bare = cell.strip(" \u3000")
    if cell.startswith(_FORMULA_STARTS) or bare.startswith(_FORMULA_STARTS) or _CHANGED.fullmatch(bare):
        return "'" + cell
    return cell


def _write(jobs: Iterable[PrintJob], stream: TextIO, stop: Stop) -> int:
    stream.write(_BYTE_ORDER_MARK)
    lines = csv.writer(stream)
    lines.writerow(COLUMNS)
    written = 0
    for job in jobs:
        stop.check()
        lines.writerow([defused(cell) for cell in row_of(job)])
        written += 1
    return written
