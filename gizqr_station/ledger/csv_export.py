"""The ledger as a CSV file that a spreadsheet shows as it is: no formula runs, no number is rounded."""

import csv
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.line_failures import FileNotWritten

_BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as the local code page
_FORMULA_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")  # full-width signs start formulas in East Asian editions
# What a spreadsheet would take for a number and change: leading zeros, more than 15 digits, an exponent.
_CHANGED_NUMBER = re.compile(r"0[0-9]+|[0-9]{16,}|[0-9]+(\.[0-9]*)?E[0-9]+", re.IGNORECASE | re.ASCII)

_COLUMNS: dict[str, Callable[[PrintJob], str]] = {
    "label_serial": lambda job: job.draft.label_serial,
    "identity": lambda job: job.identity.readable,
    "kind": lambda job: job.identity.kind.value,
    "product": lambda job: job.draft.product_name,
    "product_key": lambda job: job.draft.product_key,
    "work_order": lambda job: job.draft.work_order,
    "state": lambda job: job.state.value,
    "outcome": lambda job: job.outcome.value if job.outcome else "",
    "revision": lambda job: str(job.draft.revision),
    "mark": lambda job: job.mark,
    "test": lambda job: "yes" if job.draft.test else "no",
    "opened_at": lambda job: _utc(job.opened_at),
    "moved_at": lambda job: _utc(job.moved_at),
    "printer": lambda job: job.draft.printer,
    "station": lambda job: job.draft.station,
    "operator": lambda job: job.draft.operator,
    "template": lambda job: job.draft.template,
    "dpi": lambda job: str(job.draft.dpi),
    "code_source": lambda job: job.draft.code_source.value,
    "image_digest": lambda job: job.draft.image_digest,
}


def write_csv(jobs: Iterable[PrintJob], destination: Path | TextIO) -> int:
    """Write a header and a line a job, UTF-8 with byte order mark, lines ended by CR LF; tells how many jobs.

    A file appears whole or not at all; FileNotWritten says why not. A text stream should be opened with
    ``newline=""``.
    """
    if not isinstance(destination, Path):
        return _write(jobs, destination)
    part = destination.with_name(f".{destination.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as stream:
            written = _write(jobs, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(destination)
    except OSError as refused:
        raise FileNotWritten(str(destination), refused.strerror or str(refused)) from refused
    finally:
        with suppress(OSError):  # a folder in which nothing can be written or removed was already told
            part.unlink()
    return written


def defused(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet would run it or change it."""
    if cell.startswith(_FORMULA_STARTS) or _CHANGED_NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _write(jobs: Iterable[PrintJob], stream: TextIO) -> int:
    stream.write(_BYTE_ORDER_MARK)
    lines = csv.writer(stream)
    lines.writerow(_COLUMNS)
    written = 0
    for job in jobs:
        lines.writerow([defused(value(job)) for value in _COLUMNS.values()])
        written += 1
    return written


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
