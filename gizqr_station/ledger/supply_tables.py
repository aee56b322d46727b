"""The part of the ledger that counts labels and ribbon."""

from sqlalchemy import Connection, delete, insert, select, update

from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.ledger import hot_path
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.supply_rows import counted
from gizqr_station.ledger.tables import supplies, supply_loads
from gizqr_station.workflows.ports import Clock


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

    def _rename_supplies(self, connection: Connection, was: str, now: str, who: str) -> None:
        """The count goes on; the record of rolls says under which name it went on, and from what."""
        connection.execute(delete(supplies).where(supplies.c.printer == now))
        for supply in counted(connection, was, self._database.path):
            size = {"capacity": supply.full, "warn_below": supply.warn_below, "remaining": supply.left}
            act = {"at": micros(self._clock.now()), "who": who}
            connection.execute(insert(supply_loads), {"printer": now, "kind": supply.kind.value, **size, **act})
        connection.execute(update(supplies).where(supplies.c.printer == was).values(printer=now))
