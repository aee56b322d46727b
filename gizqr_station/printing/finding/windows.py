"""Queues of the Windows spooler. Written with care from Microsoft's pages on EnumPrinters, not run there yet."""

import importlib
import sys
from typing import Any

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding.guesses import clean, found_printer, guess
from gizqr_station.printing.finding.source import Found

_NO_PAPER = ("PORTPROMPT:", "NUL:", "SHRFAX:", "XPSPORT:", "FILE:")
"""Ports of queues that make files or faxes: raw labels mean nothing there."""


def windows_queues(found: Found, stop: Stop) -> None:
    """Local queues and those that this user is connected to; none where pywin32 or Windows is missing."""
    spooler = _spooler()
    if spooler is None:
        return
    stop.check()
    kinds = spooler.PRINTER_ENUM_LOCAL | spooler.PRINTER_ENUM_CONNECTIONS
    # Level 2 is the one that names driver and port.
    for queue in spooler.EnumPrinters(kinds, None, 2):
        name, driver, port = (str(queue.get(key) or "") for key in ("pPrinterName", "pDriverName", "pPortName"))
        if port.upper().startswith(_NO_PAPER):
            continue
        says = name if driver in name else f"{name} ({driver})"
        printer = found_printer(f"windows:{name}", clean(says), guess(driver, name))
        if printer is not None:
            found(printer)


def _spooler() -> Any:  # noqa: ANN401 - pywin32 has no types, and is on Windows only
    if sys.platform != "win32" and "win32print" not in sys.modules:
        return None
    try:
        return importlib.import_module("win32print")
    except ImportError:
        return None
