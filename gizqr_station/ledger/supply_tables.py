"""The part of the ledger that counts labels and ribbon."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from gizqr_station.domain.ledger_failures import LedgerDamaged
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.ledger import hot_path
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.rows import DAMAGE, micros
from gizqr_station.ledger.tables import supplies, supply_loads
from gizqr_station.workflows.ports import Clock

_ORDER = list(SupplyKind)


class SupplyTables:
    """The SupplyCounter of ``workflows.ports``; the ledger that it is a part of brings database and clock."""

    _database: Database
    _clock: Clock

    def supplies(self, printer: str) -> tuple[Supply, ...]:
        """What is counted for a printer, labels first; nothing where nobody counts."""
        with self._database.reading() as connection:
            return counted(connection, printer, self._database.path)

    def load_supply(self, printer: str, kind: SupplyKind, full: int, warn_below: int, *, who: str) -> None:
        """A roll of so many labels was put in; with ``full`` 0 nobody counts any more. Who did it stays on record."""
        if full < 0 or warn_below < 0:
            raise ValueError(f"a roll of {full} labels, a warning below {warn_below}")
        size = {"capacity": full, "warn_below": warn_below}
        roll = {"printer": printer, "kind": kind.value, **size}
        which = (supplies.c.printer == printer, supplies.c.kind == kind.value)
        with self._database.writing() as connection:
            before = connection.execute(select(supplies.c.remaining).where(*which)).scalar()
            act = {"remaining": before, "at": micros(self._clock.now()), "who": who}
            connection.execute(insert(supply_loads), {**roll, **act})
            connection.execute(delete(supplies).where(*which))
            if full:
                connection.execute(insert(supplies), {**roll, "remaining": full})

    def use_supply(self, printer: str, labels: int) -> None:
        """Labels, and the ribbon that goes with them, that no job stands for."""
        if labels < 0:
            raise ValueError(f"{labels} labels")
        with self._database.writing() as connection:
            connection.execute(hot_path.USED, {"of": printer, "labels": labels})


def counted(connection: Connection, printer: str, path: str) -> tuple[Supply, ...]:
    """What is counted for a printer, labels first; LedgerDamaged, naming the ledger by its path."""
    found = [_supply(row, path) for row in connection.execute(hot_path.COUNTED, {"of": printer})]
    return tuple(sorted(found, key=lambda supply: _ORDER.index(supply.kind)))


def _supply(row: Row[Any], path: str) -> Supply:
    try:
        return Supply(row.printer, SupplyKind(row.kind), int(row.remaining), int(row.capacity), int(row.warn_below))
    except DAMAGE as broken:
        raise LedgerDamaged(path, f"supplies of {row.printer}: {broken}") from broken
