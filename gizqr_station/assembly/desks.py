"""What the pages ask: the desks of a station, made from what it holds."""

from dataclasses import dataclass

import filelock

from gizqr_station.assembly.codes_desk import codes_desk
from gizqr_station.assembly.evidence import EvidenceAtDesk, EvidenceMaker
from gizqr_station.assembly.labels import trial_labels
from gizqr_station.assembly.orders import Labelled
from gizqr_station.assembly.orders_desk import order_parts, orders_desk, report_parts
from gizqr_station.assembly.people import People
from gizqr_station.assembly.pools import CodeSources
from gizqr_station.assembly.printers import printer_finder
from gizqr_station.assembly.readers import slot_shelf, wire_logs
from gizqr_station.assembly.records import records_desk
from gizqr_station.domain.serial_ports import PortName
from gizqr_station.domain.slot import SlotConfig
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.lists.files import FileLists
from gizqr_station.lists.folders import ListFolderOnDisk
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.codes_desk import CodesDesk
from gizqr_station.workflows.device_desk import DeviceDesk, DeviceParts
from gizqr_station.workflows.device_ports import PortList, ReaderMaker, ReaderShelf
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.list_desk import ListDesk, ListParts
from gizqr_station.workflows.orders_desk import OrdersDesk
from gizqr_station.workflows.people_desk import PeopleDesk
from gizqr_station.workflows.ports import PrinterShelf
from gizqr_station.workflows.printer_desk import DeskParts, PrinterDesk
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.records_desk import RecordsDesk


@dataclass(frozen=True, slots=True)
class Held:
    """What is open before the bench is."""

    ledger: SqlLedger
    lock: filelock.BaseFileLock
    shelf: PrinterShelf
    pool: PrinterPool
    sources: CodeSources
    people: People
    labelled: Labelled


@dataclass(frozen=True, slots=True)
class Ports:
    """What this machine's slots are read with."""

    machine: PortList
    profiles: ReaderShelf
    configs: tuple[SlotConfig, ...]
    reader: ReaderMaker


@dataclass(frozen=True, slots=True)
class Desks:
    """What the other pages ask."""

    printers: PrinterDesk
    devices: DeviceDesk
    lists: ListDesk
    codes: CodesDesk
    people: PeopleDesk
    orders: OrdersDesk
    records: RecordsDesk

    def close(self) -> None:
        """Wait for what each is at; the last that was made first."""
        self.records.close()
        self.orders.close()
        self.people.close()
        self.codes.close()
        self.lists.close()
        self.devices.close()
        self.printers.close()


@dataclass(frozen=True, slots=True)
class DeskMaking:
    """What every desk is made from."""

    folder: DataFolder
    settings: Settings
    bench: Bench
    held: Held
    demo: bool


def desks_for(making: DeskMaking, ports: Ports, people: PeopleDesk, tell: Tell, doubts: Tell) -> Desks:
    """All of them; ``doubts`` is the Tell of those that may leave a label nobody can account for."""
    return Desks(
        PrinterDesk(_at_printer_desk(making), ThreadLane, doubts),
        DeviceDesk(_at_device_desk(making, ports), ThreadLane, tell),
        ListDesk(_at_list_desk(making), ThreadLane, doubts),
        codes_desk(making.folder, making.settings, making.bench, making.held.sources, tell),
        people,
        _orders_desk(making, tell),
        _records_desk(making, doubts),
    )


def _records_desk(making: DeskMaking, doubts: Tell) -> RecordsDesk:
    held = making.held
    evidence = EvidenceAtDesk(EvidenceMaker(making.folder, making.settings, held.ledger))
    return records_desk(making.settings, making.bench, held.ledger, held.pool, evidence, doubts)


def _orders_desk(making: DeskMaking, tell: Tell) -> OrdersDesk:
    bench, held = making.bench, making.held
    parts = order_parts(making.folder, held.labelled, held.ledger, bench.duty, held.shelf)
    return orders_desk(
        parts, report_parts(making.folder, making.settings, held.ledger, bench.clock), held.labelled, tell
    )


def _at_printer_desk(making: DeskMaking) -> DeskParts:
    return DeskParts(
        making.held.shelf,
        making.held.pool,
        printer_finder(making.settings),
        making.held.ledger,
        trial_labels(making.folder, making.settings),
        making.bench.clock,
        making.bench.duty,
    )


def _at_device_desk(making: DeskMaking, ports: Ports) -> DeviceParts:
    port = making.settings.scanner.port
    return DeviceParts(
        ports.machine,
        ports.profiles,
        slot_shelf(making.folder, making.settings, demo=making.demo),
        ports.configs,
        ports.reader,
        wire_logs(making.folder, making.bench.clock, making.bench.secrets),
        scanner=PortName.parse(port) if port else None,
        duty=making.bench.duty,
    )


def _at_list_desk(making: DeskMaking) -> ListParts:
    return ListParts(FileLists(), ListFolderOnDisk(), making.bench, making.held.pool)
