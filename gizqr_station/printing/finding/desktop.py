"""Printers of the desktop, as Qt lists them. Only where a window is open: a command line never loads Qt for this."""

import importlib
import sys

from gizqr_station.domain.stop import Stop
from gizqr_station.printing.finding.source import Found

_QT = "PySide6.QtGui"


def desktop_printers(found: Found, stop: Stop) -> None:
    """None without a window, and none where Qt's print support cannot be loaded."""
    if _QT not in sys.modules:
        return
    stop.check()
    try:
        # Not at the top, for a command line must not load it; by name, because Qt may be there without it.
        importlib.import_module("PySide6.QtPrintSupport")
    except ImportError:
        return
    from gizqr_station.printing.system_printer import list_system_printers

    for printer in list_system_printers():
        found(printer)
