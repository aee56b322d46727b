"""A whole station: everything opened in order, and closed in the opposite one."""

import logging
from dataclasses import dataclass
from pathlib import Path

import filelock

from gizqr_station.assembly.clock import SystemClock, local_midnight
from gizqr_station.assembly.codes import code_provider, product_from
from gizqr_station.assembly.labels import label_painter, trial_labels
from gizqr_station.assembly.ledgers import begun_ledger, hold
from gizqr_station.assembly.printers import printer_finder, printer_pool, printer_shelf
from gizqr_station.assembly.readers import device_reader
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.readers.gagent import GagentReader
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.happenings import DeskDone, DeskWork, Happening, Part, Tell
from gizqr_station.workflows.health import ROUNDS, WatchedParts, watch
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.printer_desk import DeskParts, PrinterDesk
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The threads of one slot's line; printers bring their own."""

    line: ThreadLane
    reader: ThreadLane
    watches: tuple[ThreadLane, ...]
    """One for each round of the quiet watch."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened and will have to be closed."""

    reader: GagentReader | ScannerOnly
    pool: PrinterPool
    ledger: SqlLedger
    lock: filelock.BaseFileLock


class Station:
    """An open station: its line runs until ``shut_down``."""

    def __init__(self, bench: Bench, opened: Opened, desk: PrinterDesk, watched: WatchedParts, tell: Tell) -> None:
        self.ledger = opened.ledger
        self._opened = opened
        self._desk = desk
        self._watched = watched
        watches = tuple(ThreadLane(f"watch:{each.name}") for each in ROUNDS)
        self._lanes = Lanes(ThreadLane("prepare:1"), ThreadLane("read:1"), watches)
        self._tell = tell
        self._stop = Stop()
        self._line = Line(bench, opened.reader, self._lanes.reader, tell, counted_since=local_midnight)

    @property
    def controls(self) -> Line:
        """Where scans and keys go."""
        return self._line

    @property
    def desk(self) -> PrinterDesk:
        """What the printers page asks."""
        return self._desk

    def start(self) -> None:
        """Let the line and the watches run on their lanes."""
        self._lanes.line.submit(self._line.run, self._stop)
        for lane, looks in zip(self._lanes.watches, ROUNDS, strict=True):
            lane.submit(watch, self._watched, looks, self._stop, self._tell)

    def shut_down(self) -> None:
        """Stop, wait for the lanes, close what they used, give the folder free. Assembly backwards."""
        self._stop.set()
        self._desk.close()
        for lane in (self._lanes.line, *self._lanes.watches):
            lane.close()
        self._opened.pool.close()
        self._lanes.reader.close()
        self._opened.reader.close()
        self.ledger.close()
        self._opened.lock.release()
        log.info("station closed")


def open_station(folder: DataFolder, settings: Settings, tell: Tell, *, demo: bool) -> Station:
    """Join the parts and start the line. Raises the Failure that keeps the station from opening."""
    product = product_from(settings, folder)
    clock = SystemClock()
    lock = hold(folder)
    try:
        ledger = begun_ledger(folder, settings.station.name, demo=demo)
    except BaseException:
        lock.release()
        raise
    try:
        codes = code_provider(folder, settings, clock)
        reader = device_reader(settings, clock)
        shelf = printer_shelf(folder, settings, demo=demo)
        pool = printer_pool(folder, shelf)
        bench = Bench(
            product=product,
            station=settings.station.name,
            operator=settings.station.operator,
            demo=demo,
            codes=codes,
            painter=label_painter(folder),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=pool.line_printer,
            clock=clock,
        )
        trials = trial_labels(folder, settings)
        at_desk = DeskParts(
            shelf, pool, printer_finder(settings), ledger, trials, clock, lambda: settings.station.operator
        )
        watched = WatchedParts(reader, codes, pool.line_printer, ledger, watched_details(settings), clock)
        doubts = Doubts(tell)
        desk = PrinterDesk(at_desk, ThreadLane, doubts.hear)
        station = Station(bench, Opened(reader, pool, ledger, lock), desk, watched, tell)
        doubts.line = station.controls
    except BaseException:
        ledger.close()
        lock.release()
        raise
    log.info("station opened: %s, ledger %s", settings.station.name, folder.ledger_file)
    station.start()
    return station


class Doubts:
    """Passes on what the desk tells; a label of the queue that nobody can account for is asked for by the line."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.line: Line | None = None

    def hear(self, happening: Happening) -> None:
        """On the thread where it happened."""
        self._tell(happening)
        if not isinstance(happening, DeskDone) or happening.work is not DeskWork.QUEUE:
            return
        if self.line is not None and happening.outcome is PrintOutcome.UNKNOWN:
            self.line.look_at_open_jobs()


def watched_details(settings: Settings) -> dict[Part, str]:
    """How each health tile calls its part."""
    address = settings.service.url.partition("://")[2]
    return {
        Part.DEVICE_PORT: Path(settings.device.port).name if settings.device.port else "",
        Part.CODE_SERVICE: address if settings.product.scheme == "gizwits" else "",
        Part.LEDGER: "",
    }
