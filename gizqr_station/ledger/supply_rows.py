"""What is counted for a printer, read within a transaction that the caller holds."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.ledger import hot_path
from gizqr_station.ledger.rows import DAMAGE

_ORDER = list(SupplyKind)


def count_key(printer: str, station: str) -> str:
    """By what a printer's rolls are counted: in a shared ledger each station has printers of its own."""
    return f"{station}: {printer}" if station else printer


def counted(connection: Connection, printer: str, path: str, station: str = "") -> tuple[Supply, ...]:
    """What is counted for a printer, labels first; LedgerDamaged, naming the ledger by its path."""
    rows = connection.execute(hot_path.COUNTED, {"of": count_key(printer, station)})
    found = [replace(_supply(row, path), printer=printer) for row in rows]
    return tuple(sorted(found, key=lambda supply: _ORDER.index(supply.kind)))


def _supply(row: Row[Any], path: str) -> Supply:
    try:
        return Supply(row.printer, SupplyKind(row.kind), int(row.remaining), int(row.capacity), int(row.warn_below))
    except DAMAGE as broken:
        raise LedgerDamaged(path, f"supplies of {row.printer}: {broken}") from broken
