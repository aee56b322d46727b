"""A whole station: everything opened in order, and closed in the opposite one."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

import filelock

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import product_from
from gizqr_station.assembly.codes_desk import codes_desk
from gizqr_station.assembly.labels import label_painter, trial_labels
from gizqr_station.assembly.ledgers import begun_ledger, hold
from gizqr_station.assembly.pools import CodeSources, code_sources, pause_interrupted
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
from gizqr_station.assembly.secrets import guarded_secrets
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
from gizqr_station.workflows.code_health import CodeHealth
from gizqr_station.workflows.codes_desk import CodesDesk
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

FIRST_LOOK_S = 3.0
"""So long the line waits until it is known what the pool misses of its order; of a very long one that comes later."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened and will have to be closed."""

    slots: Slots
    scanners: Scanners
    pool: PrinterPool
    sources: CodeSources
    ledger: SqlLedger
    lock: filelock.BaseFileLock


@dataclass(frozen=True, slots=True)
class Desks:
    """What the other pages ask."""

    printers: PrinterDesk
    devices: DeviceDesk
    lists: ListDesk
    codes: CodesDesk


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
    def codes(self) -> CodesDesk:
        """What the codes page asks."""
        return self._desks.codes

    @property
    def slots(self) -> tuple[SlotConfig, ...]:
        """As they run now, by number."""
        return self._opened.slots.configs

    def start(self) -> None:
        """Let lines, scanners and watches run on their lanes; what the order's pool misses is told before."""
        self._desks.codes.first_look(FIRST_LOOK_S)
        self._opened.slots.start(self._stop)
        self._opened.scanners.start(self._stop)
        for lane, looks in zip(self._watches, ROUNDS, strict=True):
            lane.submit(watch, self._watched, looks, self._stop, self._tell)

    def shut_down(self) -> None:
        """Stop, wait for the lanes, close what they used, give the folder free. Assembly backwards."""
        self._stop.set()
        self._desks.codes.close()
        self._desks.lists.close()
        self._desks.devices.close()
        self._desks.printers.close()
        self._opened.scanners.close()
        self._opened.slots.end_lines()
        for lane in self._watches:
            lane.close()
        self._opened.pool.close()
        self._opened.slots.close()
        self._opened.sources.close()
        self.ledger.close()
        self._opened.lock.release()
        log.info("station closed")


def open_station(folder: DataFolder, settings: Settings, tell: Tell, *, demo: bool) -> Station:
    """Join the parts and start the lines. Raises the Failure that keeps the station from opening."""
    product = product_from(settings, folder)
    secrets = guarded_secrets(settings, folder)
    allowance = allowance_from(settings, folder)
    lock = hold(folder)
    clock = SystemClock()
    with contextlib.ExitStack() as opened:
        opened.callback(lock.release)
        ledger = begun_ledger(folder, settings.station.name, demo=demo)
        opened.callback(ledger.close)
        sources = code_sources(folder, settings, clock, ledger)
        opened.callback(sources.close)
        shelf = printer_shelf(folder, settings, demo=demo)
        pool = printer_pool(folder, shelf)
        bench = Bench(
            product=product,
            station=settings.station.name,
            operator=settings.station.operator,
            demo=demo,
            codes=sources.provider,
            painter=label_painter(folder, secrets),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=pool.line_printer,
            clock=clock,
            allowance=allowance,
            scan_rules=scan_rules(settings),
            secrets=secrets,
        )
        station = _joined(folder, settings, bench, _Held(ledger, lock, shelf, pool, sources), tell, demo=demo)
        opened.pop_all()
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
    sources: CodeSources


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
        pool=watched_pool(bench, held.sources),
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
        wire_logs(folder, bench.clock, bench.secrets),
        scanner=PortName.parse(settings.scanner.port) if settings.scanner.port else None,
    )
    at_list_desk = ListParts(FileLists(), ListFolderOnDisk(), bench, held.pool)
    doubts = doubts_heard(tell, slots.lines.look_at_open_jobs)
    desks = Desks(
        PrinterDesk(at_printer_desk, ThreadLane, doubts),
        DeviceDesk(at_device_desk, ThreadLane, tell),
        ListDesk(at_list_desk, ThreadLane, doubts),
        codes_desk(folder, settings, bench, held.sources, tell),
    )
    if held.sources.pooled is not None:
        pause_interrupted(held.sources.pooled)
    return Station(Opened(slots, scanners, held.pool, held.sources, held.ledger, held.lock), desks, watched, tell)


def watched_pool(bench: Bench, sources: CodeSources) -> CodeHealth | None:
    """What the service's tile knows of the pool behind it."""
    return None if sources.pooled is None else CodeHealth(bench.allowance, sources.pooled.fetch, sources.broken)


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
    return {Part.CODE_SERVICE: address if settings.product.scheme in ("gizwits", "private") else "", Part.LEDGER: ""}
