"""What the orders page and the commands about orders and shifts work with."""

from dataclasses import replace

from gizqr_station.assembly.checkpoints import checkpoints_for
from gizqr_station.assembly.copies import copies_for
from gizqr_station.assembly.orders import Labelled, profile_of, require_here
from gizqr_station.domain.work_order import OrderProfile, WorkOrder
from gizqr_station.exports.report_files import ReportFiles
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.lists.files import FileLists
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.duty import Duty
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.lanes import ThreadLane
from gizqr_station.workflows.order_reports import ReportParts
from gizqr_station.workflows.orders import OrderParts
from gizqr_station.workflows.orders_desk import OrdersDesk
from gizqr_station.workflows.ports import Clock, PrinterShelf


def order_parts(
    folder: DataFolder, labelled: Labelled, ledger: SqlLedger, duty: Duty, shelf: PrinterShelf
) -> OrderParts:
    """What orders are worked on with."""

    def profile_here() -> OrderProfile:
        # The line's printer may be another one than when the station was opened.
        return replace(profile_of(labelled.settings), printer=shelf.line_printer())

    def has_it_all(order: WorkOrder) -> None:
        require_here(labelled.settings, folder, order, tuple(printer.name for printer in shelf.printers()))

    return OrderParts(duty, ledger, FileLists(), profile_here, has_it_all)


def report_parts(
    folder: DataFolder,
    settings: Settings,
    ledger: SqlLedger,
    clock: Clock,
    *,
    language: str = "",
) -> ReportParts:
    """What reports are made with, in this language or the station's; a database of many stations copies itself."""
    copies = None if settings.ledger.url else copies_for(folder, settings, ledger, clock)
    writer = ReportFiles(folder.reports, language or settings.station.language)
    checkpoints = checkpoints_for(folder, settings, ledger, clock)
    return ReportParts(ledger, ledger, writer, clock, settings.station.name, checkpoints, copies)


def orders_desk(parts: OrderParts, reports: ReportParts, labelled: Labelled, tell: Tell) -> OrdersDesk:
    """The desk itself."""
    return OrdersDesk(parts, reports, ThreadLane, tell, in_hand=labelled.number)
