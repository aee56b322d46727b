"""A whole station: everything opened in order, and closed in the opposite one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import filelock

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import code_provider, product_from
from gizqr_station.assembly.labels import label_painter, trial_labels
from gizqr_station.assembly.ledgers import begun_ledger, hold
from gizqr_station.assembly.printers import printer_finder, printer_pool, printer_shelf
from gizqr_station.assembly.readers import (
    machine_ports,
    no_port_twice,
    profile_shelf,
    reader_maker,
    slot_shelf,
    wire_logs,
)
from gizqr_station.assembly.scanners import Controls, Scanners, scanners_for
from gizqr_station.assembly.scanning import scan_rules
from gizqr_station.assembly.slots import Slots, slots_for
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.list_failures import LabelsInDoubt
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.lists.files import FileLists
from gizqr_station.lists.folders import ListFolderOnDisk
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.batch_happenings import BatchRefused, BatchSeen
from gizqr_station.workflows.device_desk import DeviceDesk, DeviceParts
from gizqr_station.workflows.happenings import DeskDone, DeskWork, Happening, Part, Tell
from gizqr_station.workflows.health import ROUNDS, WatchedParts, watch
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.list_desk import ListDesk, ListParts
from gizqr_station.workflows.ports import PrinterShelf
from gizqr_station.workflows.printer_desk import DeskParts, PrinterDesk
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened and will have to be closed."""

    slots: Slots
    scanners: Scanners
    pool: PrinterPool
    ledger: SqlLedger
    lock: filelock.BaseFileLock


@dataclass(frozen=True, slots=True)
class Desks:
    """What the other pages ask."""

    printers: PrinterDesk
    devices: DeviceDesk
    lists: ListDesk


class Station:
    """An open station: its lines run until ``shut_down``."""

    def __init__(self, opened: Opened, desks: Desks, watched: WatchedParts, tell: Tell) -> None:
        self.ledger = opened.ledger
        self._opened = opened
        self._desks = desks
        self._watched = watched
        self._watches = tuple(ThreadLane(f"watch:{each.name}") for each in ROUNDS)
        self._tell = tell
        self._stop = Stop()

    @property
    def controls(self) -> Controls:
        """Where scans and keys go."""
        return self._opened.scanners.controls

    @property
    def desk(self) -> PrinterDesk:
        """What the printers page asks."""
        return self._desks.printers

    @property
    def devices(self) -> DeviceDesk:
        """What the devices page asks."""
        return self._desks.devices

    @property
    def lists(self) -> ListDesk:
        """What the lists page asks."""
        return self._desks.lists

    @property
    def slots(self) -> tuple[SlotConfig, ...]:
        """As they run now, by number."""
        return self._opened.slots.configs

    def start(self) -> None:
        """Let lines, scanners and watches run on their lanes."""
        self._opened.slots.start(self._stop)
        self._opened.scanners.start(self._stop)
        for lane, looks in zip(self._watches, ROUNDS, strict=True):
            lane.submit(watch, self._watched, looks, self._stop, self._tell)

    def shut_down(self) -> None:
        """Stop, wait for the lanes, close what they used, give the folder free. Assembly backwards."""
        self._stop.set()
        self._desks.lists.close()
        self._desks.devices.close()
        self._desks.printers.close()
        self._opened.scanners.close()
        self._opened.slots.end_lines()
        for lane in self._watches:
            lane.close()
        self._opened.pool.close()
        self._opened.slots.close()
        self.ledger.close()
        self._opened.lock.release()
        log.info("station closed")


def open_station(folder: DataFolder, settings: Settings, tell: Tell, *, demo: bool) -> Station:
    """Join the parts and start the lines. Raises the Failure that keeps the station from opening."""
    product = product_from(settings, folder)
    allowance = allowance_from(settings, folder)
    lock = hold(folder)
    try:
        ledger = begun_ledger(folder, settings.station.name, demo=demo)
    except BaseException:
        lock.release()
        raise
    try:
        clock = SystemClock()
        shelf = printer_shelf(folder, settings, demo=demo)
        pool = printer_pool(folder, shelf)
        bench = Bench(
            product=product,
            station=settings.station.name,
            operator=settings.station.operator,
            demo=demo,
            codes=code_provider(folder, settings, clock),
            painter=label_painter(folder),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=pool.line_printer,
            clock=clock,
            allowance=allowance,
            scan_rules=scan_rules(settings),
        )
        station = _joined(folder, settings, bench, _Held(ledger, lock, shelf, pool), tell, demo=demo)
    except BaseException:
        ledger.close()
        lock.release()
        raise
    log.info("station opened: %s, %d slots, ledger %s", settings.station.name, len(station.slots), folder.ledger_file)
    station.start()
    return station


@dataclass(frozen=True, slots=True)
class _Held:
    """What is open before the bench is."""

    ledger: SqlLedger
    lock: filelock.BaseFileLock
    shelf: PrinterShelf
    pool: PrinterPool


def _joined(folder: DataFolder, settings: Settings, bench: Bench, held: _Held, tell: Tell, *, demo: bool) -> Station:
    """Everything that works on the bench."""
    ports, profiles, configs = machine_ports(), profile_shelf(folder), settings.slot_configs()
    no_port_twice(settings, ports)
    reader = reader_maker(settings, profiles, ports, bench.clock)
    slots = slots_for(configs, reader, bench, tell)
    scanners = scanners_for(settings, bench.scan_rules, slots.lines, ports, tell)
    watched = WatchedParts(
        ports=tuple(slot.watched for slot in slots.slots),
        codes=bench.codes,
        printer=held.pool.line_printer,
        ledger=held.ledger,
        details=watched_details(settings) | {Part.SCANNER: scanners.detail},
        clock=bench.clock,
        scanner=scanners if scanners.others else None,
    )
    at_printer_desk = DeskParts(
        held.shelf,
        held.pool,
        printer_finder(settings),
        held.ledger,
        trial_labels(folder, settings),
        bench.clock,
        lambda: settings.station.operator,
    )
    at_device_desk = DeviceParts(
        ports,
        profiles,
        slot_shelf(folder, settings, demo=demo),
        configs,
        reader,
        wire_logs(folder, bench.clock),
        scanner=PortName.parse(settings.scanner.port) if settings.scanner.port else None,
    )
    at_list_desk = ListParts(FileLists(), ListFolderOnDisk(), bench, held.pool)
    doubts = doubts_heard(tell, slots.lines.look_at_open_jobs)
    desks = Desks(
        PrinterDesk(at_printer_desk, ThreadLane, doubts),
        DeviceDesk(at_device_desk, ThreadLane, tell),
        ListDesk(at_list_desk, ThreadLane, doubts),
    )
    return Station(Opened(slots, scanners, held.pool, held.ledger, held.lock), desks, watched, tell)


def doubts_heard(tell: Tell, look_at_open_jobs: Callable[[], None]) -> Tell:
    """Passes on what the desk tells; a label of the queue that nobody can account for is asked for by the lines."""

    def hear(happening: Happening) -> None:
        tell(happening)
        match happening:
            case DeskDone(work=DeskWork.QUEUE, outcome=PrintOutcome.UNKNOWN):
                look_at_open_jobs()
            case BatchSeen(failure=LabelsInDoubt()) | BatchRefused(failure=LabelsInDoubt()):
                look_at_open_jobs()
            case _:
                pass

    return hear


def watched_details(settings: Settings) -> dict[Part, str]:
    """How each health tile calls its part, where that does not change."""
    address = settings.service.url.partition("://")[2]
    return {Part.CODE_SERVICE: address if settings.product.scheme == "gizwits" else "", Part.LEDGER: ""}
