"""A new roll or ribbon was put into a printer: it is counted from full again."""

import logging

from gizqr_station.domain.failures import Failure
from gizqr_station.domain.line_failures import SupplyNotCounted
from gizqr_station.domain.people import Permission
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.happenings import DeskDone, DeskWork, ScanRefused, Tell
from gizqr_station.workflows.provision import Bench
from gizqr_station.workflows.queue_ports import SupplyCounter

log = logging.getLogger(__name__)


def obey_new_roll(bench: Bench, kind: SupplyKind, tell: Tell) -> None:
    """Count the line's printer from full, as a command barcode or key says, and tell what came of it."""
    printer = bench.printer.name
    try:
        new_roll(bench.ledger, printer, kind, who=bench.duty.require(Permission.LABEL))
    except Failure as failure:
        log.warning("roll not changed: %s", failure)
        tell(ScanRefused(failure))
    else:
        tell(DeskDone(DeskWork.NEW_ROLL, printer))


def new_roll(ledger: SupplyCounter, printer: str, kind: SupplyKind, *, who: str) -> None:
    """As large as the last one, with the same warning; SupplyNotCounted, and no change, where nobody counts."""
    for supply in ledger.supplies(printer):
        if supply.kind is kind:
            ledger.load_supply(printer, kind, supply.full, supply.warn_below, who=who)
            return
    raise SupplyNotCounted(printer, kind.value)
