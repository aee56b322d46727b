"""What labels are replaced, taken back and settled with."""

import contextlib
from collections.abc import Callable, Iterator

from gizqr_station.assembly.printers import label_printer
from gizqr_station.assembly.single_labels import DutyOf, single_bench
from gizqr_station.domain.work_order import OrderState
from gizqr_station.ledger.store import SqlLedger
from gizqr_station.places import DataFolder
from gizqr_station.settings.model import Settings
from gizqr_station.workflows.corrections import CorrectionParts, Corrections
from gizqr_station.workflows.happenings import Tell
from gizqr_station.workflows.order_ports import OrderBook
from gizqr_station.workflows.ports import Printer
from gizqr_station.workflows.printer_pool import PrinterPool
from gizqr_station.workflows.provision import Bench


def corrections(settings: Settings, bench: Bench, pool: PrinterPool, orders: OrderBook, tell: Tell) -> Corrections:
    """On the bench's ledger, with the printers of this station: a replacement waits its turn behind other labels."""
    return _joined(settings, bench, orders, pool.patient, tell)


@contextlib.contextmanager
def correction_desk(folder: DataFolder, settings: Settings, duty: DutyOf, tell: Tell) -> Iterator[Corrections]:
    """On the folder's production ledger, for one command; whoever prints holds the folder."""
    with single_bench(folder, settings, duty=duty) as bench:
        ledger = bench.ledger
        if not isinstance(ledger, SqlLedger):
            raise TypeError(f"{type(ledger).__name__} keeps no orders")
        yield _joined(settings, bench, ledger, lambda name: label_printer(folder, settings, name), tell)


def _joined(
    settings: Settings, bench: Bench, orders: OrderBook, printer_named: Callable[[str], Printer], tell: Tell
) -> Corrections:
    def order_closed(number: str) -> bool:
        order = orders.order(number)
        return order is not None and order.state is OrderState.CLOSED

    return Corrections(CorrectionParts(bench, settings.reprints.rules(), printer_named, order_closed), tell)
