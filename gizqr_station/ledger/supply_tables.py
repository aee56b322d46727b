"""The part of the ledger that counts labels and ribbon."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select, update

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.supplies import Supply, SupplyKind
from gizqr_station.ledger import hot_path
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.supply_rows import count_key, counted
from gizqr_station.ledger.tables import supplies, supply_loads
from gizqr_station.workflows.ports import Clock


class SupplyTables:
    """The SupplyCounter of ``workflows.ports``; the ledger that it is a part of brings database, clock and journal."""

    _database: Database
    _clock: Clock
    _journal: Journal
    _own: str

    def supplies(self, printer: str) -> tuple[Supply, ...]:
        """What is counted for a printer, labels first; nothing where nobody counts."""
        with self._database.reading() as connection:
            return counted(connection, printer, self._database.path, self._own)

    def load_supply(self, printer: str, kind: SupplyKind, full: int, warn_below: int, *, who: str) -> None:
        """A roll of so many labels was put in; with ``full`` 0 nobody counts any more. Who did it stays on record."""
        if full < 0 or warn_below < 0:
            raise ValueError(f"a roll of {full} labels, a warning below {warn_below}")
        size = {"capacity": full, "warn_below": warn_below}
        roll = {"printer": count_key(printer, self._own), "kind": kind.value, **size}
        which = (supplies.c.printer == roll["printer"], supplies.c.kind == kind.value)
        with self._database.writing() as connection:
            before = connection.execute(select(supplies.c.remaining).where(*which)).scalar()
            self._write_load(connection, {**roll, "remaining": before}, who)
            connection.execute(delete(supplies).where(*which))
            if full:
                connection.execute(insert(supplies), {**roll, "remaining": full})

    def use_supply(self, printer: str, labels: int) -> None:
        """Labels, and the ribbon that goes with them, that no job stands for."""
        if labels < 0:
            raise ValueError(f"{labels} labels")
        with self._database.writing() as connection:
            connection.execute(hot_path.USED, {"of": count_key(printer, self._own), "labels": labels})

    def _rename_supplies(self, connection: Connection, was: str, now: str, who: str) -> None:
        """The count goes on; the record of rolls says under which name it went on, and from what."""
        was_key, now_key = count_key(was, self._own), count_key(now, self._own)
        connection.execute(delete(supplies).where(supplies.c.printer == now_key))
        for supply in counted(connection, was, self._database.path, self._own):
            size = {"capacity": supply.full, "warn_below": supply.warn_below, "remaining": supply.left}
            self._write_load(connection, {"printer": now_key, "kind": supply.kind.value, **size}, who)
        connection.execute(update(supplies).where(supplies.c.printer == was_key).values(printer=now_key))

    def _write_load(self, connection: Connection, load: Mapping[str, object], who: str) -> None:
        """One roll, in the record of rolls and in the sealed one."""
        known = Known(self._clock.now(), who)
        connection.execute(insert(supply_loads), {**load, "at": micros(known.at), "who": who})
        told = tuple((name, str(load[name])) for name in ("kind", "capacity", "warn_below", "remaining"))
        self._journal.act(connection, Act(ActKind.SUPPLY, str(load["printer"]), told), known)
