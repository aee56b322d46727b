"""The one place where settings become parts and parts are joined."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import filelock

from gizqr_station.codes.local_codes import Link, LinkCodes, TemplateCodes, load_links
from gizqr_station.codes.service_codes import Pace, ServiceCodes
from gizqr_station.codes.task_client import TaskClient
from gizqr_station.domain.identity import Identity
from gizqr_station.domain.ledger_failures import (
    LedgerNotWritable,
    NoLedger,
    StationAlreadyRunning,
    WrongLedgerKind,
)
from gizqr_station.domain.product import CodeScheme, Product
from gizqr_station.domain.settings_failures import SettingInvalid, SettingMissing
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.painter import LabelPainter
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.labels.template_files import TemplateShelf
from gizqr_station.ledger.opening import open_ledger
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.printing.tcp_printer import TcpZplPrinter
from gizqr_station.readers.gagent import GagentReader
from gizqr_station.readers.scanner_only import ScannerOnly
from gizqr_station.settings.model import DOCUMENTED_KEY, Settings
from gizqr_station.settings.secret_store import find_secret
from gizqr_station.workflows.happenings import Part, Tell
from gizqr_station.workflows.health import WatchedParts, watch
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.line import Line
from gizqr_station.workflows.ports import CodeProvider
from gizqr_station.workflows.printer_lane import PrinterOnLane
from gizqr_station.workflows.provision import Bench

log = logging.getLogger(__name__)


class SystemClock:
    """The computer's own."""

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Lanes:
    """The threads of one slot's station."""

    line: ThreadLane
    reader: ThreadLane
    printer: ThreadLane
    watch: ThreadLane


class Station:
    """An open station: its line runs until ``shut_down``."""

    def __init__(
        self, bench: Bench, reader: GagentReader | ScannerOnly, ledger: SqlLedger, watched: WatchedParts, lanes: Lanes,
        lock: filelock.BaseFileLock, tell: Tell,
    ) -> None:  # fmt: skip
        self.ledger = ledger
        self._reader = reader
        self._watched = watched
        self._lanes = lanes
        self._lock = lock
        self._tell = tell
        self._stop = Stop()
        self._line = Line(bench, reader, lanes.reader, tell, counted_since=local_midnight)

    @property
    def controls(self) -> Line:
        """Where scans and keys go."""
        return self._line

    def start(self) -> None:
        """Let the line and the watch run on their lanes."""
        self._lanes.line.submit(self._line.run, self._stop)
        self._lanes.watch.submit(watch, self._watched, self._stop, self._tell)

    def shut_down(self) -> None:
        """Stop, wait for the lanes, close what they used, give the folder free. Assembly backwards."""
        self._stop.set()
        for lane in (self._lanes.line, self._lanes.watch, self._lanes.printer, self._lanes.reader):
            lane.close()
        self._reader.close()
        self.ledger.close()
        self._lock.release()
        log.info("station closed")


def open_station(folder: DataFolder, settings: Settings, tell: Tell, *, demo: bool) -> Station:
    """Join the parts and start the line. Raises the Failure that keeps the station from opening."""
    product = product_from(settings, folder)
    clock = SystemClock()
    lock = hold(folder)
    try:
        ledger = open_ledger(
            folder.ledger_file, kind="demo" if demo else "production", station=settings.station.name, clock=clock
        )
    except BaseException:
        lock.release()
        raise
    try:
        lanes = Lanes(*(ThreadLane(name) for name in ("prepare:1", "read:1", "printer:1", "watch")))
        codes = code_provider(folder, settings, clock)
        reader = device_reader(settings, clock)
        printer = PrinterOnLane(label_printer(settings), lanes.printer)
        bench = Bench(
            product=product,
            station=settings.station.name,
            operator=settings.station.operator,
            demo=demo,
            codes=codes,
            painter=label_painter(folder),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=printer,
            clock=clock,
        )
        watched = WatchedParts(reader, codes, printer, ledger, watched_details(settings), clock)
        station = Station(bench, reader, ledger, watched, lanes, lock, tell)
    except BaseException:
        ledger.close()
        lock.release()
        raise
    log.info("station opened: %s, ledger %s", settings.station.name, folder.ledger_file)
    station.start()
    return station


def hold(folder: DataFolder) -> filelock.BaseFileLock:
    """Take the folder for this process; the operating system frees it if the process dies."""
    lock = filelock.FileLock(folder.lock_file, timeout=0)
    try:
        folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except OSError as fault:
        if isinstance(fault, filelock.Timeout):
            raise StationAlreadyRunning(str(folder.root)) from fault
        raise LedgerNotWritable(str(folder.root), fault.strerror or type(fault).__name__) from fault
    return lock


def product_from(settings: Settings, folder: DataFolder) -> Product:
    """The product of the settings; a station without one cannot label anything."""
    wanted = settings.product
    for key, value in (("product.key", wanted.key), ("product.name", wanted.name)):
        if not value:
            raise SettingMissing(str(folder.settings_file), key)
    return Product(wanted.key, wanted.name, CodeScheme(wanted.scheme), wanted.template, wanted.scan_back_every)


def code_provider(folder: DataFolder, settings: Settings, clock: SystemClock) -> CodeProvider:
    """Where this product's codes come from."""
    wanted = settings.product
    match CodeScheme(wanted.scheme):
        case CodeScheme.GIZWITS:
            return ServiceCodes(
                task_client(folder, settings),
                clock,
                pace=Pace(deadline_s=settings.service.deadline_s),
                product_key=wanted.key or None,
            )
        case CodeScheme.LINK:
            path = Path(wanted.links_file)
            return LinkCodes(_links(path), path.name, clock)
        case CodeScheme.TEMPLATE:
            try:
                return TemplateCodes(wanted.content, clock)
            except ValueError as fault:
                raise SettingInvalid(str(folder.settings_file), "product.content", str(fault)) from fault


def _links(path: Path) -> Mapping[Identity, Link]:
    """A list's usable lines; the others are in the log, and their devices are refused by name when they come."""
    loaded = load_links(path)
    for bad in loaded.bad_lines:
        log.warning("%s line %d left out: %s %r", path.name, bad.number, bad.fault.value, bad.text)
    return loaded.links


def task_client(folder: DataFolder, settings: Settings) -> TaskClient:
    """The client of the QR service with its key."""
    secret = settings.service.authorization_secret
    key = find_secret(secret, folder.secrets) if secret else DOCUMENTED_KEY
    try:
        return TaskClient(settings.service.url, key)
    except ValueError as fault:
        raise SettingInvalid(str(folder.settings_file), "service", str(fault)) from fault


def device_reader(settings: Settings, clock: SystemClock) -> GagentReader | ScannerOnly:
    """What is asked who a device is."""
    if not settings.device.port:
        return ScannerOnly()
    try:
        return GagentReader(
            settings.device.port,
            settings.product.key,
            clock=clock,
            baud=settings.device.baud,
            answer_timeout_s=settings.device.answer_s,
        )
    except ValueError as fault:
        raise SettingInvalid("settings.toml", "device", str(fault)) from fault


def label_printer(settings: Settings) -> TcpZplPrinter:
    """The bench's printer."""
    wanted = settings.printer
    return TcpZplPrinter(
        wanted.name,
        wanted.host,
        wanted.port,
        dpi=wanted.dpi,
        connect_timeout_s=wanted.connect_s,
        total_timeout_s=wanted.send_s,
    )


def label_painter(folder: DataFolder) -> LabelPainter:
    """Draws with the user's own templates before the shipped ones."""
    return LabelPainter(TemplateShelf(folder.templates))


def existing_ledger(folder: DataFolder) -> SqlLedger:
    """The ledger that is there, of whichever kind; never begins one."""
    if not folder.ledger_file.exists():
        raise NoLedger(str(folder.ledger_file))
    clock = SystemClock()
    try:
        return open_ledger(folder.ledger_file, kind="production", station="", clock=clock)
    except WrongLedgerKind:
        return open_ledger(folder.ledger_file, kind="demo", station="", clock=clock)


def watched_details(settings: Settings) -> dict[Part, str]:
    """How each health tile calls its part."""
    address = settings.service.url.partition("://")[2]
    return {
        Part.DEVICE_PORT: Path(settings.device.port).name if settings.device.port else "",
        Part.CODE_SERVICE: address if settings.product.scheme == "gizwits" else "",
        Part.PRINTER: settings.printer.name,
        Part.LEDGER: "",
    }


def local_midnight() -> datetime:
    """When today began here, as an aware time."""
    return datetime.now(UTC).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
