"""Looks everywhere at once, and whatever breaks in one place takes nothing from the others."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from gizqr_station.domain.printer import FoundPrinter
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.printing.finding.source import Source

log = logging.getLogger(__name__)

SEARCH_S = 6.0
"""The network needs three seconds of this; the rest is for a print server that answers slowly."""
_LOOK_AT_STOP_S = 0.05


class Finder:
    """A PrinterFinder."""

    def __init__(self, sources: Sequence[Source], *, search_s: float = SEARCH_S) -> None:
        """``search_s`` is the longest that a search takes; what has not answered by then is left alone."""
        self._sources = tuple(sources)
        self._search_s = search_s

    def find(self, found: Callable[[FoundPrinter], None], stop: Stop) -> None:
        """Report each printer once, one after the other; raise Stopped."""
        ends = time.monotonic() + self._search_s
        gate = _Gate(found)
        over = Stop()
        # A system call that hangs (a print server that is gone, on some systems) cannot be ended; it must not keep the
        # program from ending either.
        threads = [
            threading.Thread(target=_look, args=(source, gate.report, over), name=f"find:{source.name}", daemon=True)
            for source in self._sources
        ]
        try:
            for thread in threads:
                thread.start()
            for source, thread in zip(self._sources, threads, strict=True):
                while thread.is_alive() and time.monotonic() < ends:
                    stop.check()
                    thread.join(_LOOK_AT_STOP_S)
                if thread.is_alive():
                    log.warning("looking for printers (%s) did not end in time", source.name)
            stop.check()
        finally:
            over.set()
            gate.close()


class _Gate:
    """Lets each address through once, and nothing at all once the search is over."""

    def __init__(self, found: Callable[[FoundPrinter], None]) -> None:
        self._found = found
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        self._open = True

    def report(self, printer: FoundPrinter) -> None:
        address = str(printer.address)
        with self._lock:
            if self._open and address not in self._seen:
                self._seen.add(address)
                self._found(printer)

    def close(self) -> None:
        with self._lock:
            self._open = False


def _look(source: Source, found: Callable[[FoundPrinter], None], over: Stop) -> None:
    try:
        source.look(found, over)
    except Stopped:
        return
    except Exception:
        # The crash border of one source: a fault in a library for one kind of printer must not hide the other kinds.
        log.exception("looking for printers (%s) broke off", source.name)
