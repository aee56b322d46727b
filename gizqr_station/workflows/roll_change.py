"""A new roll or ribbon was put into a printer: it is counted from full again."""

from gizqr_station.domain.line_failures import SupplyNotCounted
from gizqr_station.domain.supplies import SupplyKind
from gizqr_station.workflows.queue_ports import SupplyCounter


def new_roll(ledger: SupplyCounter, printer: str, kind: SupplyKind, *, who: str) -> None:
    """As large as the last one, with the same warning; SupplyNotCounted, and no change, where nobody counts."""
    for supply in ledger.supplies(printer):
        if supply.kind is kind:
            ledger.load_supply(printer, kind, supply.full, supply.warn_below, who=who)
            return
    raise SupplyNotCounted(printer, kind.value)
