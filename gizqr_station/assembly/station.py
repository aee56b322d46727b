"""A whole station: everything opened in order, and closed in the opposite one."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

import filelock

from gizqr_station.assembly.allowance import allowance_from
from gizqr_station.assembly.clock import SystemClock
from gizqr_station.assembly.codes import product_from
from gizqr_station.assembly.copies import daily_copy
from gizqr_station.assembly.desks import DeskMaking, Desks, Held, Ports, desks_for
from gizqr_station.assembly.labels import label_painter, serial_codes
from gizqr_station.assembly.ledgers import begun_ledger, hold
from gizqr_station.assembly.order_printers import line_shelf
from gizqr_station.assembly.orders import labelled_here
from gizqr_station.assembly.outbox import OutboxLanes, outboxes
from gizqr_station.assembly.people import duty_heard, people_desk, people_of, stay_on_duty
from gizqr_station.assembly.pools import CodeSources, code_sources, pause_interrupted
from gizqr_station.assembly.printers import printer_pool, printer_shelf
from gizqr_station.assembly.readers import (
    machine_ports,
    no_port_twice,
    profile_shelf,
    reader_maker,
)
from gizqr_station.assembly.scanners import Controls, Scanners, scanners_for
from gizqr_station.assembly.scanning import scan_rules
from gizqr_station.assembly.secrets import guarded_secrets
from gizqr_station.assembly.slots import Slots, slots_for
from gizqr_station.domain.failures import PeopleFailure
from gizqr_station.domain.job import PrintOutcome
from gizqr_station.domain.list_failures import LabelsInDoubt
from gizqr_station.domain.people import Credential
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.domain.stop import Stop
from gizqr_station.labels.read_back import ZxingReadBack
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.batch_happenings import BatchRefused, BatchSeen
from gizqr_station.workflows.code_health import CodeHealth
from gizqr_station.workflows.codes_desk import CodesDesk
from gizqr_station.workflows.device_desk import DeviceDesk
from gizqr_station.workflows.duty import Present
from gizqr_station.workflows.happenings import DeskDone, DeskWork, Happening, Part, Tell
from gizqr_station.workflows.health import ROUNDS, WatchedParts, watch
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.list_desk import ListDesk
from gizqr_station.workflows.orders_desk import OrdersDesk
from gizqr_station.workflows.people_desk import PeopleDesk
from gizqr_station.workflows.printer_desk import PrinterDesk
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.record_happenings import RecordDone, RecordWork
from gizqr_station.workflows.records_desk import RecordsDesk

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
    outbox: OutboxLanes
    copies: Callable[[Stop], None]
    """Makes the day's copy of the ledger."""


class Station:
    """An open station: its lines run until ``shut_down``."""

    def __init__(self, opened: Opened, desks: Desks, watched: WatchedParts, tell: Tell) -> None:
        self.ledger = opened.ledger
        self._opened = opened
        self._desks = desks
        self._watched = watched
        self._watches = tuple(ThreadLane(f"watch:{each.name}") for each in ROUNDS)
        self._copying = ThreadLane("copies")
        self._tell = tell
        self._stop = Stop()
        self.was_on_duty: Present | None = None
        """Whoever was as it was shut down."""

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
    def orders(self) -> OrdersDesk:
        """What the orders page asks."""
        return self._desks.orders

    @property
    def people(self) -> PeopleDesk:
        """What the people page and the header ask."""
        return self._desks.people

    @property
    def records(self) -> RecordsDesk:
        """What the records page asks."""
        return self._desks.records

    @property
    def slots(self) -> tuple[SlotConfig, ...]:
        """As they run now, by number."""
        return self._opened.slots.configs

    def start(self) -> None:
        """Let lines, scanners and watches run on their lanes; told before: who is on duty, what the pool misses."""
        self._desks.people.open()
        self._desks.orders.look()
        self._desks.codes.first_look(FIRST_LOOK_S)
        self._opened.slots.start(self._stop)
        self._opened.scanners.start(self._stop)
        self._opened.outbox.start(self._stop)
        for lane, looks in zip(self._watches, ROUNDS, strict=True):
            lane.submit(watch, self._watched, looks, self._stop, self._tell)
        self._copying.submit(self._opened.copies, self._stop)

    def shut_down(self) -> None:
        """Stop, wait for the lanes, close what they used, give the folder free. Assembly backwards."""
        self._stop.set()
        self._desks.close()
        self._opened.scanners.close()
        self._opened.slots.end_lines()
        for lane in self._watches:
            lane.close()
        self._opened.pool.close()
        self._opened.slots.close()
        self._opened.sources.close()
        self._opened.outbox.close()
        self._copying.close()
        self.was_on_duty = self._desks.people.end_duty()
        self.ledger.close()
        self._opened.lock.release()
        log.info("station closed")


def open_station(
    folder: DataFolder,
    settings: Settings,
    tell: Tell,
    *,
    demo: bool,
    demo_operator: Credential | None = None,
    stays: Present | None = None,
) -> Station:
    """Join the parts and start the lines. Raises the Failure that keeps the station from opening.

    ``demo_operator`` is on duty from the start where a demo's ledger knows people; at a real station nobody is, but
    for ``stays``: who was on duty as this program closed it for a changeover.
    """
    product = product_from(settings, folder)
    secrets = guarded_secrets(settings, folder)
    allowance = allowance_from(settings, folder)
    lock = hold(folder)
    clock = SystemClock()
    with contextlib.ExitStack() as opened:
        opened.callback(lock.release)
        ledger = begun_ledger(folder, settings.station.name, demo=demo, wanted=settings.ledger)
        opened.callback(ledger.close)
        labelled = labelled_here(settings, ledger)
        settings = labelled.settings
        if labelled.order is not None:
            product, secrets = product_from(settings, folder), guarded_secrets(settings, folder)
            allowance = labelled.allowance(folder)
        sources = code_sources(folder, settings, clock, ledger)
        opened.callback(sources.close)
        people = people_of(ledger, settings)
        if demo and demo_operator is not None and ledger.anybody():
            # Who changed that PIN in the demo signs in at the window.
            with contextlib.suppress(PeopleFailure):
                people.duty.sign_in(demo_operator)
        stay_on_duty(people, stays)
        shelf = line_shelf(printer_shelf(folder, settings, demo=demo), labelled)
        pool = printer_pool(folder, shelf)
        bench = Bench(
            product=product,
            station=settings.station.name,
            duty=people.duty,
            demo=demo,
            codes=sources.provider,
            painter=label_painter(folder, secrets),
            read_back=ZxingReadBack(),
            ledger=ledger,
            printer=pool.line_printer,
            clock=clock,
            allowance=allowance,
            scan_rules=scan_rules(settings),
            serial_codes=serial_codes(folder),
            secrets=secrets,
            orders=ledger,
            rules=settings.reprints.rules(),
        )
        held = Held(ledger, lock, shelf, pool, sources, people, labelled)
        station = _joined(folder, settings, bench, held, tell, demo=demo)
        opened.pop_all()
    log.info("station opened: %s, %d slots, ledger %s", settings.station.name, len(station.slots), ledger.path)
    station.start()
    return station


def _joined(folder: DataFolder, settings: Settings, bench: Bench, held: Held, tell: Tell, *, demo: bool) -> Station:
    """Everything that works on the bench."""
    ports, profiles, configs = machine_ports(), profile_shelf(folder), settings.slot_configs()
    no_port_twice(settings, ports)
    reader = reader_maker(settings, profiles, ports, bench.clock)
    slots = slots_for(configs, reader, bench, tell)
    held.people.duty.listen(duty_heard(tell, slots.lines.duty_changed))
    people = people_desk(held.ledger, held.people, tell)
    scanners = scanners_for(settings, bench.scan_rules, slots.lines, ports, tell, people.badge_scanned)
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
    doubts = doubts_heard(tell, slots.lines.look_at_open_jobs)
    making = DeskMaking(folder, settings, bench, held, demo)
    desks = desks_for(making, Ports(ports, profiles, configs, reader), people, tell, doubts)
    if held.sources.pooled is not None:
        pause_interrupted(held.sources.pooled)
    outbox = OutboxLanes(outboxes(folder, settings, held.ledger, bench.clock, tell))

    def copies(stop: Stop) -> None:
        if not demo:
            daily_copy(folder, settings, held.ledger, stop, tell)

    opened = Opened(slots, scanners, held.pool, held.sources, held.ledger, held.lock, outbox, copies)
    return Station(opened, desks, watched, tell)


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
            case RecordDone(work=RecordWork.VERIFY | RecordWork.SETTLE | RecordWork.VOID, failure=None):
                look_at_open_jobs()  # a line may be waiting for this very label
            case _:
                pass

    return hear


def watched_details(settings: Settings) -> dict[Part, str]:
    """How each health tile calls its part, where that does not change."""
    address = settings.service.url.partition("://")[2]
    return {Part.CODE_SERVICE: address if settings.product.scheme in ("gizwits", "private") else "", Part.LEDGER: ""}
