"""Looks at printers, each on its own lane, so that a slow one holds up nobody else's look."""

import logging
import threading
from collections.abc import Callable

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import ProgramFault
from gizqr_station.domain.printer import PrinterConfig, PrinterStatus
from gizqr_station.domain.stop import Stop, Stopped
from gizqr_station.domain.supplies import Supply
from gizqr_station.workflows.happenings import PrinterLooked, PrintersKnown, QueueSeen, Tell
from gizqr_station.workflows.ports import Ledger, Printer
from gizqr_station.workflows.printer_pool import PrinterPool

LOOK_EVERY_S = 2.0
log = logging.getLogger(__name__)


class PrinterLooks:
    """Tells what printers and queue look like; any thread may ask, and never waits for a printer."""

    def __init__(self, pool: PrinterPool, ledger: Ledger, tell: Tell, stop: Stop) -> None:
        self._pool = pool
        self._ledger = ledger
        self._tell = tell
        self._stop = stop
        self._lock = threading.Lock()
        self._under_way: set[PrinterConfig] = set()

    def look_at(self, name: str) -> None:
        """Tell a printer's state and supplies when its lane is free; one look at a time, however often it is asked."""
        try:
            config = self._pool.config(name)
        except Failure as unknown:
            self._tell(PrinterLooked(name, PrinterStatus(unknown)))
            return
        with self._lock:
            # By its settings, not its name: a look at what it was before must not stand in for one at what it is now.
            if config in self._under_way:
                return
            self._under_way.add(config)
        try:
            self._pool.submit(name, lambda printer: self._look(config, printer))
        except BaseException:
            self._ended(config)
            raise

    def look_at_queue(self) -> None:
        """Tell what waits; raises LedgerFailures."""
        self._tell(QueueSeen(tuple(self._ledger.queued())))

    def tell_printers(self) -> None:
        """Tell what is set up, as it stands in the settings now; raises what the shelf raises."""
        self._pool.refresh()
        self._tell(self._known())

    def watch(self, stop: Stop) -> None:
        """Look at all printers and the queue every two seconds, until stopped."""
        told: PrintersKnown | None = None
        try:
            while True:
                # Settings that somebody is editing are read again in a moment, and the ledger has its own tile.
                _unless_failed(self._pool.refresh)
                if told != self._known():
                    told = self._known()
                    self._tell(told)
                for config in told.printers:
                    self.look_at(config.name)
                _unless_failed(self.look_at_queue)
                stop.sleep(LOOK_EVERY_S)
        except Stopped:
            return

    def _known(self) -> PrintersKnown:
        return PrintersKnown(self._pool.printers(), self._pool.chosen_name())

    def _look(self, config: PrinterConfig, printer: Printer) -> None:
        try:
            status = printer.status(self._stop)
        except Stopped:
            return
        except Failure as failure:
            status = PrinterStatus(failure)
        except Exception as fault:
            # One printer that breaks must not leave its tile as it was.
            log.exception("looking at %s failed", config.name)
            status = PrinterStatus(ProgramFault(type(fault).__name__))
        finally:
            self._ended(config)
        self._tell(PrinterLooked(config.name, status, self._supplies(config.name)))

    def _supplies(self, name: str) -> tuple[Supply, ...]:
        try:
            return self._ledger.supplies(name)
        except Failure as unread:
            log.warning("supplies of %s not read: %s", name, unread)
            return ()

    def _ended(self, config: PrinterConfig) -> None:
        with self._lock:
            self._under_way.discard(config)


def _unless_failed(look: Callable[[], None]) -> None:
    try:
        look()
    except Failure as failure:
        log.warning("not looked at: %s", failure)
