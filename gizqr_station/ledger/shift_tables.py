"""The part of the ledger in which shifts are kept: each begins and ends with an entry of the record."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from gizqr_station.domain.audit import Act, ActKind
from gizqr_station.domain.job import PrintJob
from gizqr_station.domain.order_failures import NoShift, ShiftNotSettled, ShiftUnderWay
from gizqr_station.domain.work_order import Shift, ShiftTotals
from gizqr_station.ledger.database import Database
from gizqr_station.ledger.journal import Journal, Known
from gizqr_station.ledger.rows import micros
from gizqr_station.ledger.shift_rows import running, shift_of, shifts, totals_of
from gizqr_station.ledger.station_labels import jobs_out, labels_out
from gizqr_station.workflows.ports import Clock


class ShiftTables:
    """The ShiftBook of ``workflows.order_ports``; the ledger that it is a part of brings database, clock, journal."""

    _database: Database
    _clock: Clock
    _journal: Journal
    _own: str
    """Of a shared ledger this station's name; a file belongs to one station, which may have been renamed since."""

    def open_shift(self, *, who: str) -> Shift:
        """Begin one at this station; raises ShiftUnderWay."""
        at, station = self._clock.now(), self._journal.station
        with self._database.writing() as connection:
            runs = connection.execute(running(self._own)).first()
            if runs is not None:
                raise ShiftUnderWay(runs.opened_by)
            begun = self._journal.act(connection, Act(ActKind.SHIFT, station, (("what", "opened"),)), Known(at, who))
            row = {"station": station, "opened_by": who, "opened_at": micros(at), "first_entry": begun}
            ends = {"closed_by": "", "last_entry": 0, "remark": ""}
            try:
                with connection.begin_nested():
                    opened = connection.execute(insert(shifts).returning(shifts), {**row, **ends}).one()
            except IntegrityError as twice:
                raise ShiftUnderWay(who) from twice
            return shift_of(opened, self._database.path)

    def current_shift(self) -> Shift | None:
        """The one that runs at this station."""
        with self._database.reading() as connection:
            row = connection.execute(running(self._own)).first()
            return None if row is None else shift_of(row, self._database.path)

    def shifts(self, limit: int = 50) -> Sequence[Shift]:
        """Newest first, of every station."""
        with self._database.reading() as connection:
            newest = connection.execute(select(shifts).order_by(shifts.c.id.desc()).limit(limit))
            return [shift_of(row, self._database.path) for row in newest]

    def shift_totals(self, shift: Shift) -> ShiftTotals:
        """What was done in it; of one that runs, so far."""
        with self._database.reading() as connection:
            return totals_of(connection, shift, self._whose(shift))

    def labels_out_here(self) -> Sequence[PrintJob]:
        """Labels of this station that keep its shift from being closed, oldest first."""
        with self._database.reading() as connection:
            return self._journal.many(connection, jobs_out(self._own))

    def close_shift(self, *, who: str, remark: str = "") -> Shift:
        """End it; raises NoShift, and ShiftNotSettled while labels of this station are unknown or await their scan."""
        at, station = self._clock.now(), self._journal.station
        with self._database.writing() as connection:
            row = connection.execute(running(self._own).with_for_update()).first()
            if row is None:
                raise NoShift(station)
            out = labels_out(connection, self._own, waiting=False)
            if out.number:
                raise ShiftNotSettled(out.number, out.first)
            shift = shift_of(row, self._database.path)
            totals = totals_of(connection, shift, self._whose(shift))
            facts = (("what", "closed"), ("remark", remark), *_told(totals))
            last = self._journal.act(connection, Act(ActKind.SHIFT, shift.station, facts), Known(at, who))
            ends = {"closed_by": who, "closed_at": micros(at), "last_entry": last, "remark": remark}
            closed = update(shifts).where(shifts.c.id == row.id).values(**ends).returning(shifts)
            return shift_of(connection.execute(closed).one(), self._database.path)

    def _whose(self, shift: Shift) -> str:
        return shift.station if self._own else ""


def _told(totals: ShiftTotals) -> tuple[tuple[str, str], ...]:
    names = ("opened", "verified", "handed_over", "voided", "failed", "unknown")
    return tuple((name, str(getattr(totals, name))) for name in names)
